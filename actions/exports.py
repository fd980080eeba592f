"""What may be taken out of a class as tables: roster, timetable, marks, with every change of a mark (XC-11)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from storage import audits, marks, members, rolls, sessions
from storage.cohorts import Cohort
from storage.marks import UNMARKED
from storage.tx import Tx

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


async def tables_of(tx: Tx, cohort: Cohort, now: datetime) -> dict[str, Table]:
    """The tables of a class by name: a header and rows. Times are those of the class."""
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
                (session.ref, f"{begins:%Y-%m-%d}", f"{begins:%H:%M}", session.title, person.ref, safe(person.name),
                 str(person.group_no or ""), str(person.seat_no), mark.status if mark else UNMARKED,
                 f"{mark.at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if mark else "", mark.source if mark else "",
                 by.ref if by else "")
            )  # fmt: skip
    await audits.add(tx, now, "export", f"class:{cohort.key}", cohort_id=cohort.id)
    return {
        "people": (
            ("person_id", "name", "roles", "group", "seat", "phone", "bound_at"),
            [(p.ref, safe(p.name), p.roles, str(p.group_no or ""), str(p.seat_no or ""), p.phone,
              f"{p.bound_at.astimezone(zone):%Y-%m-%d %H:%M}" if p.bound_at else "") for p in people],
        ),
        "timetable": (
            ("session_id", "day", "date", "start", "end", "title", "place", "mode", "credit_hours", "cancelled"),
            [(s.ref, str(s.day), f"{s.starts_at.astimezone(zone):%Y-%m-%d}", f"{s.starts_at.astimezone(zone):%H:%M}",
              f"{s.ends_at.astimezone(zone):%H:%M}", safe(s.title), safe(s.place), s.mode, str(s.credit_hours),
              "1" if s.cancelled else "") for s in table],
        ),
        "marks": (header, found),
    }  # fmt: skip


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
