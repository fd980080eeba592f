"""The tables that leave the house, as plain cells in a reader's language: marks, leaves, changes, people (DASH-04)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec import Struct

from chat.messages import say
from rules.outcomes import Ledger, Line, expected, tally
from rules.plans import has_list
from rules.settings import Settings
from storage.cohorts import Cohort
from storage.marks import UNMARKED, Mark
from storage.members import Member
from storage.rolls import Roll
from storage.sessions import Session
from storage.slips import Change, Decision, Slip
from texts.render import Voice

OUT = "–"
"""Not in the class then; no minus, so that no spreadsheet reads a number."""
ALWAYS, NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
STATUSES = ("present", "late", "early_leave", "leave_personal", "leave_sick", "leave_official", "class_duty", "absent")

Cell = str | int


class Facts(Struct, frozen=True, kw_only=True):
    """All that the tables of a class are made of."""

    cohort: Cohort
    rules: Settings
    people: list[Member]
    sessions: list[Session]
    rolls: dict[int, Roll]
    """By session."""
    marks: dict[int, dict[int, Mark]]
    """By list, by member."""
    slips: list[Slip]
    decisions: list[Decision]
    changes: list[Change]
    reasons: bool
    """Whether the reader may see reasons of leave, and telephones."""
    phones: bool


class Table(Struct, frozen=True):
    """A simple table; `key` names its file, `wide` are the columns that want room."""

    key: str
    title: str
    header: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    wide: frozenset[int] = frozenset()


class Column(Struct, frozen=True):
    """One list of the matrix. `counts`: 应到, 实到, 迟到早退, 请假, 旷课, 未点到."""

    session: Session
    closed: bool
    counts: tuple[int, ...]


class Matrix(Struct, frozen=True):
    """People by lists. `cells` are statuses, OUT, or `unmarked`; `ledgers` hold closed lists only (ATT-21)."""

    people: list[Member]
    columns: list[Column]
    cells: list[tuple[str, ...]]
    ledgers: list[Ledger]


def matrix(facts: Facts) -> Matrix:
    """Everybody who is called by seat, and all lists in order of time."""
    called = [s for s in facts.sessions if has_list(s)]
    marked = {member_id for marks in facts.marks.values() for member_id in marks}
    people = [p for p in facts.people if p.seat_no or p.id in marked]
    rolls = [facts.rolls.get(s.id) for s in called]
    closed = [roll is not None and roll.closed_at is not None for roll in rolls]
    found = [facts.marks.get(roll.id, {}) if roll else {} for roll in rolls]
    cells: list[tuple[str, ...]] = []
    ledgers: list[Ledger] = []
    for person in people:
        inside = {s.id for s in expected(called, person.joined_at or ALWAYS, person.left_at, NEVER)}
        row = tuple(
            (marks[person.id].status if person.id in marks else UNMARKED) if session.id in inside else OUT
            for session, marks in zip(called, found, strict=True)
        )
        cells.append(row)
        lines = (
            Line(ref=s.ref, hours=s.credit_hours, status=status, closed=shut, kind=s.kind)
            for s, status, shut in zip(called, row, closed, strict=True)
            if status != OUT
        )
        ledgers.append(tally(lines, facts.rules))
    columns = [
        Column(s, shut, _counts((row[at] for row in cells), facts.rules))
        for at, (s, shut) in enumerate(zip(called, closed, strict=True))
    ]
    return Matrix(people, columns, cells, ledgers)


def _counts(statuses: Iterable[str], rules: Settings) -> tuple[int, ...]:
    """A list in numbers: the same arithmetic with one hour for each person."""
    lines = [Line(ref="", hours=1, status=status) for status in statuses if status != OUT]
    sums = tally(lines, rules)
    return len(lines), sums.attended, sums.tardies, sums.leave, sums.absent_hours, len(sums.open)


COUNTS = ("expected", "here", "tardy", "leave", "absent", "unmarked")
SUMS = ("attended", "tardies", "absent", "tardy-hours", "unexcused", "leave")


def sums_of(ledger: Ledger) -> tuple[int, ...]:
    """实到学时, 迟到早退次数, 旷课学时, 迟到折合学时, 旷课合计, 请假学时."""
    return (
        ledger.attended, ledger.tardies, ledger.absent_hours, ledger.tardy_hours, ledger.unexcused, ledger.leave,
    )  # fmt: skip


def symbol(status: str, speak: Voice) -> str:
    """A status as schools write it on paper."""
    return status if status == OUT else speak.plain(say(f"exports-mark-{status}")).strip()


def symbols(speak: Voice) -> dict[str, str]:
    """All of them at once: a class has thousands of cells."""
    return {OUT: OUT, UNMARKED: ""} | {status: symbol(status, speak) for status in STATUSES}


def flat(found: Matrix, speak: Voice) -> Table:
    """The matrix with one header line, for CSV."""
    signs = symbols(speak)
    titles = tuple(_title(c, speak) for c in found.columns)
    sums, counts = heads(speak)
    header = (*columns_of(speak, "group", "seat", "name"), *titles, *sums)
    rows: list[tuple[Cell, ...]] = [
        (p.group_no or "", p.seat_no or "", p.name, *(signs[s] for s in row), *sums_of(ledger))
        for p, row, ledger in zip(found.people, found.cells, found.ledgers, strict=True)
    ]
    nothing = ("",) * len(SUMS)
    rows += [("", "", name, *(c.counts[at] for c in found.columns), *nothing) for at, name in enumerate(counts)]
    return Table("attendance", speak.plain(say("exports-matrix")), header, rows)


def _title(column: Column, speak: Voice) -> str:
    session = column.session
    begins = session.starts_at.astimezone(speak.zone)
    still = "" if column.closed else f" {speak.plain(say('exports-open'))}"
    return f"{begins:%Y-%m-%d %H:%M} {session.title_in(speak.lang)}{still}"


def leaves(facts: Facts, speak: Voice) -> Table:
    """The slips; a reason only for whom it concerns, and never where the kind asks for none (XC-07, LEAVE-01)."""
    named = {p.id: p for p in facts.people}
    silent = {"sick"} | {kind.key for kind in facts.rules.leave.type if not kind.ask_reason}
    by: dict[int, list[str]] = {}
    for step in facts.decisions:
        act = speak.plain(say("exports-act-agree" if step.act == "agree" else "exports-act-refuse"))
        by.setdefault(step.leave_id, []).append(f"{step.who} {act} {_time(step.at, speak)}".strip())
    rows: list[tuple[Cell, ...]] = []
    for slip in facts.slips:
        person = named[slip.member_id]
        reason = slip.reason if facts.reasons and slip.kind not in silent else ""
        rows.append(
            (slip.id, *_who(person), speak.plain(say(f"leaves-kind-{slip.kind}")), _time(slip.starts_at, speak),
             _time(slip.ends_at, speak), slip.hours, speak.plain(say(f"leaves-state-{slip.state}")),
             "\n".join(by.get(slip.id, ())), _time(slip.back_at, speak), reason)
        )  # fmt: skip
    names = ("number", "group", "seat", "name", "kind", "from", "to", "hours", "state", "decided", "back", "reason")
    header = columns_of(speak, *names)
    if not facts.reasons:
        header, rows = header[:-1], [row[:-1] for row in rows]
    return Table("leaves", speak.plain(say("exports-leaves")), header, rows, frozenset({9, 11}))


def changes(facts: Facts, speak: Voice) -> Table:
    """Every change of a mark: when, where, whose, from what to what, by whom, why (ATT-11)."""
    named = {p.id: p for p in facts.people}
    table = {s.id: s for s in facts.sessions}
    rows: list[tuple[Cell, ...]] = []
    for change in facts.changes:
        session = table[change.session_id]
        who = change.who or speak.plain(say("exports-machine"))
        rows.append(
            (_time(change.at, speak, "%Y-%m-%d %H:%M:%S"), _time(session.starts_at, speak),
             session.title_in(speak.lang), *_who(named[change.member_id]), _status(change.old, speak),
             _status(change.new, speak), _source(change.source, speak), who, change.reason)
        )  # fmt: skip
    header = ("at", "session-at", "session", "group", "seat", "name", "old", "new", "source", "who", "why")
    return Table("changes", speak.plain(say("exports-changes")), columns_of(speak, *header), rows, frozenset({2, 10}))


def roster(facts: Facts, speak: Voice) -> Table:
    """Everybody of the class; no Telegram id, telephones only for whom they concern (DASH-04)."""
    header = ("group", "seat", "name", "roles", "street", "community", "room", "bus", "bound", "joined", "left")
    rows: list[tuple[Cell, ...]] = []
    gap = "、" if speak.lang == "zh" else ", "
    for p in facts.people:
        roles = [speak.plain(say(f"exports-role-{role}")) for role in p.roles.split()]
        cells = (*_who(p), gap.join(roles), p.street, p.community, p.dorm_room, p.bus, _time(p.bound_at, speak),
                 _time(p.joined_at, speak), _time(p.left_at, speak))  # fmt: skip
        rows.append((*cells, p.phone) if facts.phones else cells)
    names = columns_of(speak, *header, *(("phone",) if facts.phones else ()))
    return Table("roster", speak.plain(say("exports-roster")), names, rows)


def _who(person: Member) -> tuple[Cell, Cell, str]:
    return person.group_no or "", person.seat_no or "", person.name


def _time(at: datetime | None, speak: Voice, form: str = "%Y-%m-%d %H:%M") -> str:
    return at.astimezone(speak.zone).strftime(form) if at else ""


SOURCES = ("self", "leader", "staff", "clock", "paper")


def _source(source: str, speak: Voice) -> str:
    return speak.plain(say(f"exports-source-{source}")) if source in SOURCES else source


def _status(status: str, speak: Voice) -> str:
    return speak.plain(say(f"status-{status}")) if status else ""


def columns_of(speak: Voice, *keys: str) -> tuple[str, ...]:
    """The heads of columns."""
    return tuple(speak.plain(say(f"exports-col-{key}")) for key in keys)


def heads(speak: Voice) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the sums of a person and of the numbers of a list."""
    return (
        tuple(speak.plain(say(f"exports-sum-{key}")) for key in SUMS),
        tuple(speak.plain(say(f"exports-count-{key}")) for key in COUNTS),
    )
