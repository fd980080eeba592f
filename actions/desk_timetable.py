"""The timetable as the desk shows it: days side by side, one session with what was done to it (TIME-01, CARD-02)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from actions import timetable_changes as wanted
from actions.access import access_cohort_of, need
from actions.change_notices import wording_of
from actions.change_words import Changed, Wording
from actions.timetable_changes import Looked
from chat.messages import Refusal, Say
from rules.daycards import COLOURS, QUIET, colour, icon
from rules.days import class_date
from rules.roles import ADMIN, CLASS_TEACHER, STAFF
from storage import members, notices, session_events, sessions
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.notices import Notice
from storage.session_events import Change
from storage.sessions import Session
from storage.tx import Tx

CHANGERS = frozenset({CLASS_TEACHER, ADMIN})
PARTS = ("morning", "afternoon", "evening")
NOON, DUSK = 12, 18
"""The hours at which the afternoon and the evening begin."""


class Cell(Struct, frozen=True, kw_only=True):
    """A session in the grid. `colour` is one of the four kinds, or quiet; `on`: it goes on now."""

    session: Session
    hours: str
    who: Say | str
    sign: str
    colour: str
    on: bool
    over: bool


class Day(Struct, frozen=True, kw_only=True):
    """A day of the class, its sessions by part of the day."""

    number: int
    date: date
    parts: dict[str, list[Cell]]


class Table(Struct, frozen=True, kw_only=True):
    """The whole class: its days, which of them is today (0: none), the credit hours by kind, what is not told yet."""

    cohort: Cohort
    days: list[Day]
    today: int
    hours: list[tuple[str, int]]
    untold: list[Notice]
    """Change notices of one's own that nobody has got yet."""
    may_change: bool


def may_change(me: Me) -> bool:
    """Whether somebody may change this timetable; a class that is over keeps it."""
    return bool(me.roles & CHANGERS) and me.cohort_state not in ("closed", "erased")


async def look(tx: Tx, me: Me, now: datetime) -> Table:
    """All days of the class, the empty ones too."""
    need(me, *STAFF)
    cohort = await access_cohort_of(tx, me)
    wording, table = await wording_of(tx, cohort), await sessions.of_cohort(tx, cohort.id)
    length = (cohort.last_day - cohort.first_day).days + 1
    today = class_date(now, cohort.timezone)
    days = []
    for number in sorted({*range(1, length + 1), *(s.day for s in table)}):
        parts: dict[str, list[Cell]] = {part: [] for part in PARTS}
        for session in (s for s in table if s.day == number):
            parts[_part(session, cohort)].append(_cell(session, wording, now))
        days.append(Day(number=number, date=wanted.date_of(cohort, table, number), parts=parts))
    hours: Counter[str] = Counter()
    for session in (s for s in table if not s.cancelled):
        hours[colour(session.kind, session.course)] += session.credit_hours
    untold = [n for n in await notices.open_changes(tx, cohort.id) if n.sender == me.account_id]
    return Table(
        cohort=cohort, days=days, today=next((d.number for d in days if d.date == today), 0), untold=untold,
        hours=[(c, hours[c]) for c in COLOURS if c != QUIET or hours[c]], may_change=may_change(me),
    )  # fmt: skip


def _part(session: Session, cohort: Cohort) -> str:
    hour = session.starts_at.astimezone(ZoneInfo(cohort.timezone)).hour
    return PARTS[(hour >= NOON) + (hour >= DUSK)]


def _cell(session: Session, wording: Wording, now: datetime) -> Cell:
    return Cell(
        session=session, hours=wording.hours(session), who=wording.name(session.lead_ref) if session.lead_ref else "",
        sign=icon(session.kind, session.course), colour=colour(session.kind, session.course),
        on=session.starts_at <= now < session.ends_at and not session.cancelled, over=session.ends_at <= now,
    )  # fmt: skip


class Past(Struct, frozen=True, kw_only=True):
    """A change that was made: what, when, by whom where that is somebody of the class, why."""

    what: Say
    at: datetime
    who: str
    why: str


class Seen(Struct, frozen=True, kw_only=True):
    """One session as it stands; what cannot be changed any more says why."""

    looked: Looked
    cell: Cell
    history: list[Past]
    may_change: bool
    not_moved: Say | None
    not_cancelled: Say | None
    not_restored: Say | None


async def find(tx: Tx, me: Me, id: int) -> Session:
    """A session of the present class, for staff: they all may look (section 3)."""
    need(me, *STAFF)
    cohort = await access_cohort_of(tx, me)
    session = await sessions.by_id(tx, id)
    if session is None or session.cohort_id != cohort.id:
        raise Refusal("refusals-not-here")
    return session


async def see(tx: Tx, me: Me, session: Session, now: datetime) -> Seen:
    """Look at one session."""
    looked = await wanted.look(tx, await access_cohort_of(tx, me), session, now)
    history = await _history(tx, me, session, looked.wording)
    return Seen(
        looked=looked, cell=_cell(session, looked.wording, now), history=history,
        may_change=may_change(me), not_moved=await _why_not(wanted.need_movable(tx, me, session, now)),
        not_cancelled=await _why_not(wanted.need_cancellable(tx, me, session, now)),
        not_restored=await _why_not(_restorable(me, session, now)),
    )  # fmt: skip


async def _restorable(me: Me, session: Session, now: datetime) -> None:
    wanted.need_restorable(me, session, now)


async def _why_not(asked: Awaitable[None]) -> Say | None:
    try:
        await asked
    except Refusal as no:
        return no.say
    return None


async def _history(tx: Tx, me: Me, session: Session, wording: Wording) -> list[Past]:
    """The latest first."""
    made: list[Change] = await session_events.of_session(tx, session.cohort_id, session.id)
    names = {m.account_id: m.name for m in await members.of_cohort(tx, session.cohort_id) if m.account_id}
    found = []
    for one in reversed(made):
        what, who = wording.line(Changed(one.before, one.after), me.lang), one.who or 0
        found.append(Past(what=what, at=one.at, who=names.get(who, ""), why=one.why))
    return found


async def is_stale(tx: Tx, change: Change) -> bool:
    """Whether the session stands otherwise than when this change was prepared."""
    return change.before is not None and await sessions.by_id(tx, change.before.id) != change.before
