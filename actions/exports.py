"""What may be taken out of a class as tables: roster, timetable, marks with every change, questions (XC-11)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from actions import question_sheets, registers, workbooks
from actions.access import access_cohort_of, need
from actions.post import send_file
from actions.registers import Cell, Facts
from actions.workbooks import safe
from chat.messages import say
from rules.roles import ADMIN, CLASS_TEACHER, SCHOOL_LEADER
from storage import audits, marks, members, rolls, sessions, slips
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.marks import UNMARKED
from storage.tx import Tx
from texts.render import Voice

EXPORTERS = frozenset({CLASS_TEACHER, ADMIN})
"""Those who may take names out of the class; a school leader has numbers only (section 3)."""
REASONS = EXPORTERS | {SCHOOL_LEADER}

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


async def tables_of(tx: Tx, cohort: Cohort) -> dict[str, Table]:
    """The plain tables of a class by name, for other programs: a header and rows. Times are those of the class."""
    zone = ZoneInfo(cohort.timezone)
    people = await members.of_cohort(tx, cohort.id)
    table = await sessions.of_cohort(tx, cohort.id)
    lists = {s.id: await rolls.of_session(tx, s.id) for s in table}
    named = {p.id: p for p in people}
    header = ("session_id", "date", "start", "title", "person_id", "name", "group", "seat", "status", "at", "source",
              "entered_by")  # fmt: skip
    found: list[tuple[str, ...]] = []
    for session in table:
        roll = lists[session.id]
        if roll is None:
            continue
        kept = await marks.of_roll(tx, roll.id)
        begins = session.starts_at.astimezone(zone)
        for person in (p for p in people if p.seat_no):
            mark = kept.get(person.id)
            by = named.get(mark.entered_by or 0) if mark else None
            found.append(
                (session.ref, f"{begins:%Y-%m-%d}", f"{begins:%H:%M}", session.title, person.ref,
                 person.name, str(person.group_no or ""), str(person.seat_no), mark.status if mark else UNMARKED,
                 f"{mark.at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if mark else "", mark.source if mark else "",
                 by.ref if by else "")
            )  # fmt: skip
    tables: dict[str, Table] = {
        "people": (
            ("person_id", "name", "roles", "group", "seat", "phone", "bound_at"),
            [(p.ref, p.name, p.roles, str(p.group_no or ""), str(p.seat_no or ""), p.phone,
              f"{p.bound_at.astimezone(zone):%Y-%m-%d %H:%M}" if p.bound_at else "") for p in people],
        ),
        "timetable": (
            ("session_id", "day", "date", "start", "end", "title", "place", "mode", "credit_hours", "cancelled"),
            [(s.ref, str(s.day), f"{s.starts_at.astimezone(zone):%Y-%m-%d}", f"{s.starts_at.astimezone(zone):%H:%M}",
              f"{s.ends_at.astimezone(zone):%H:%M}", s.title, s.place, s.mode, str(s.credit_hours),
              "1" if s.cancelled else "") for s in table],
        ),
        "marks": (header, found),
    }  # fmt: skip
    return {name: _texts(*table) for name, table in tables.items()}


class Export(Struct, frozen=True):
    """What a class has to show: a workbook, and the same tables for CSV."""

    name: str
    content: bytes
    tables: dict[str, Table]


async def export(
    tx: Tx, cohort: Cohort, speak: Voice, now: datetime, *, who: str, roles: Collection[str], account: int | None = None
) -> Export:
    """Attendance, leave slips, changes, roster and questions as a workbook and as tables, for somebody of these roles.

    It is written into the audit with `account`; None is the command line.
    """
    facts = await _facts(tx, cohort, frozenset(roles))
    found = registers.matrix(facts)
    tables = [registers.leaves(facts, speak), registers.changes(facts, speak), registers.roster(facts, speak)]
    tables.append(await question_sheets.table(tx, cohort, roles, speak))
    made = workbooks.made_line(who, now, speak)
    content = workbooks.draw(cohort, facts.rules, found, tables, speak, made)
    day = f"{now.astimezone(speak.zone):%Y-%m-%d}"
    name = workbooks.file_name(speak.plain(say("exports-file", title=cohort.title_in(speak.lang), date=day)))
    await audits.add(tx, now, "export", f"class:{cohort.key}", who=account, cohort_id=cohort.id, new=name)
    return Export(name, content, {t.key: _texts(t.header, t.rows) for t in (registers.flat(found, speak), *tables)})


async def _facts(tx: Tx, cohort: Cohort, roles: frozenset[str]) -> Facts:
    return Facts(
        cohort=cohort,
        rules=cohort.rules,
        people=await members.of_cohort(tx, cohort.id),
        sessions=await sessions.of_cohort(tx, cohort.id),
        rolls={roll.session_id: roll for roll in await rolls.of_cohort(tx, cohort.id)},
        marks=await marks.of_cohort(tx, cohort.id),
        slips=await slips.of_cohort(tx, cohort.id),
        decisions=await slips.decisions(tx, cohort.id),
        changes=await slips.changes(tx, cohort.id),
        reasons=bool(roles & REASONS),
        phones=bool(roles & EXPORTERS),
    )


def _texts(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Table:
    """Each cell as a text that no spreadsheet takes for a formula: ids come out of files too."""
    return tuple(header), [tuple(safe(str(cell)) for cell in row) for row in rows]


async def send_export(tx: Tx, me: Me, now: datetime) -> None:
    """Send the workbook of the speaker's class to the speaker: class teacher and administrator only."""
    need(me, *EXPORTERS)
    cohort = await access_cohort_of(tx, me)
    made = await export(tx, cohort, me.voice, now, who=me.name or me.first_name, roles=me.roles, account=me.account_id)
    caption = say("exports-caption", title=cohort.title_in(me.lang))
    await send_file(tx, me.reader, made.name, made.content, caption, now, cohort_id=cohort.id)
