"""A change of the timetable as it is wanted: looked at, read, refused or prepared; nothing is changed yet (TIME-01)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec import Struct, structs

from actions.access import need_scheduler
from actions.change_notices import wording_of
from actions.change_words import Wording
from actions.marks import state_of
from chat.messages import Refusal
from rules import timetable_changes as judge
from rules.attendance import LEAVES, UNMARKED
from rules.days import class_date
from rules.plans import has_list
from rules.roles import LECTURER
from rules.timetable_changes import Span
from storage import cohorts, marks, members, places, rolls, session_events, sessions
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.members import Member
from storage.places import Place
from storage.rolls import Roll
from storage.session_events import Change, kept
from storage.sessions import Session
from storage.tx import Tx
from texts.render import folded

WHY_NOT = {
    "cancelled": "changes-is-cancelled", "closed": "changes-closed", "begun": "changes-begun", "held": "changes-held",
    "alive": "changes-alive", "over": "changes-over", "past": "changes-past", "reversed": "changes-reversed",
    "long": "changes-long", "outside": "changes-outside", "far": "changes-outside", "unclear": "changes-unclear",
}  # fmt: skip
STATES = {
    "": "changes-list-none", "planned": "changes-list-planned", "open": "changes-list-open",
    "staff_only": "changes-list-held", "closed": "changes-list-closed", "cancelled": "changes-list-cancelled",
}  # fmt: skip
SHORTEST_WORDS, LONGEST_TITLE, LONGEST_PLACE, LONGEST_WHY = 2, 60, 60, 200
DRAFT_LIVES = timedelta(days=1)
ROOM, SITE = "r", "s"
"""What a place is, in a button."""


# ---- what one looks at -------------------------------------------------------------------------------------


class Looked(Struct, frozen=True, kw_only=True):
    """A session with its list as they stand."""

    session: Session
    roll: Roll | None
    state: str
    """Of the list; empty without one."""
    marked: int
    """How many are in the list already, those on leave not counted."""
    wording: Wording


async def look(tx: Tx, cohort: Cohort, session: Session, now: datetime) -> Looked:
    """Look at a session before changing it."""
    roll = await rolls.of_session(tx, session.id) if session.id else None
    found = await marks.of_roll(tx, roll.id) if roll else {}
    marked = sum(m.status not in (UNMARKED, *LEAVES) or m.arrived_at is not None for m in found.values())
    return Looked(session=session, roll=roll, state=state_of(roll, now) if roll else "", marked=marked,
                  wording=await wording_of(tx, cohort))  # fmt: skip


async def lecturers(tx: Tx, cohort_id: int) -> list[Member]:
    """Those who may teach: the lecturers of the class, and whoever leads a session of it."""
    leads = {s.lead_ref for s in await sessions.of_cohort(tx, cohort_id)}
    return [m for m in await members.of_cohort(tx, cohort_id) if LECTURER in m.role_set or m.ref in leads]


async def rooms_and_sites(tx: Tx, cohort_id: int) -> list[tuple[str, Place]]:
    """Where a session may be: rooms first."""
    found = [(ROOM, place) for place in await places.rooms(tx, cohort_id)]
    return [*found, *((SITE, place) for place in await places.sites(tx, cohort_id))]


# ---- what is wanted ----------------------------------------------------------------------------------------


async def to_move(tx: Tx, me: Me, session: Session, span: Span, now: datetime) -> Change:
    """Prepare another time."""
    cohort = await cohorts.get(tx, need_scheduler(me))
    await need_movable(tx, me, session, now)
    need_free(span, cohort, now)
    return await _prepare(tx, me, session, await at(tx, cohort, session, span), now)


async def to_place(tx: Tx, me: Me, session: Session, kind: str, ref: str, now: datetime) -> Change:
    """Prepare another room or site."""
    _need_alive(me, session)
    return await _prepare(tx, me, session, structs.replace(session, **await known_place(tx, me, kind, ref)), now)


async def to_typed_place(tx: Tx, me: Me, session: Session, text: str, now: datetime) -> Change:
    """Prepare a place by its name: a known one, or words; words keep the site."""
    _need_alive(me, session)
    return await _prepare(tx, me, session, structs.replace(session, **await typed_place(tx, me, text)), now)


async def known_place(tx: Tx, me: Me, kind: str, ref: str) -> dict[str, Any]:
    """What a room or site changes in a session."""
    known = await rooms_and_sites(tx, need_scheduler(me))
    place = next((p for k, p in known if k == kind and p.ref == ref), None)
    if place is None:
        raise Refusal("changes-place-gone")
    return _where(kind, place)


async def typed_place(tx: Tx, me: Me, text: str) -> dict[str, Any]:
    """What a typed place changes in a session."""
    plain = words_of(text, LONGEST_PLACE, "changes-place-words")
    for kind, place in await rooms_and_sites(tx, need_scheduler(me)):
        if folded(plain) in {folded(name) for name in (place.ref, place.name, place.name_en) if name}:
            return _where(kind, place)
    return {"place": plain, "place_en": "", "room_ref": ""}


def _where(kind: str, place: Place) -> dict[str, Any]:
    site = place.facts.get("site_ref", "") if kind == ROOM else place.ref
    return {"place": place.name, "place_en": place.name_en or place.name, "site_ref": site,
            "room_ref": place.ref if kind == ROOM else ""}  # fmt: skip


async def to_lecturer(tx: Tx, me: Me, session: Session, member_id: int, now: datetime) -> Change:
    """Prepare another lecturer; 0: nobody in particular."""
    _need_alive(me, session)
    chosen = next((m for m in await lecturers(tx, need_scheduler(me)) if m.id == member_id), None)
    if member_id and chosen is None:
        raise Refusal("refusals-not-here")
    return await _prepare(tx, me, session, structs.replace(session, lead_ref=chosen.ref if chosen else ""), now)


async def to_cancel(tx: Tx, me: Me, session: Session, now: datetime) -> Change:
    """Prepare to cancel."""
    await need_cancellable(tx, me, session, now)
    return await _prepare(tx, me, session, structs.replace(session, cancelled=True), now)


async def to_restore(tx: Tx, me: Me, session: Session, now: datetime) -> Change:
    """Prepare to bring a cancelled session back."""
    need_restorable(me, session, now)
    return await _prepare(tx, me, session, structs.replace(session, cancelled=False), now)


async def _prepare(tx: Tx, me: Me, before: Session, after: Session, now: datetime) -> Change:
    if before == after:
        raise Refusal("changes-same")
    await session_events.prune_drafts(tx, me.account_id, now - DRAFT_LIVES)
    change = Change(cohort_id=before.cohort_id, session_id=before.id, at=now, who=me.account_id, old=kept(before),
                    new=kept(after))  # fmt: skip
    return await session_events.add(tx, change)


async def need_movable(tx: Tx, me: Me, session: Session, now: datetime) -> None:
    """A session that has not begun and whose list is not closed."""
    _refuse(judge.why_not_move(session, await _list_state(tx, session, now), session.cancelled, now), me, session)


async def need_cancellable(tx: Tx, me: Me, session: Session, now: datetime) -> None:
    """A session that was not held (section 21)."""
    _refuse(judge.why_not_cancel(session, await _list_state(tx, session, now), session.cancelled, now), me, session)


def need_restorable(me: Me, session: Session, now: datetime) -> None:
    """A cancelled session that is not over."""
    _refuse(judge.why_not_restore(session, session.cancelled, now), me, session)


def need_free(span: Span | Session, cohort: Cohort, now: datetime) -> None:
    """A time to come on a day of the class."""
    why = judge.why_not_then(span, now, cohort.first_day, cohort.last_day, cohort.timezone)
    if why:
        raise Refusal(WHY_NOT[why], first=cohort.first_day, last=cohort.last_day)


def _need_alive(me: Me, session: Session) -> None:
    if session.cancelled:
        _refuse("cancelled", me, session)


async def _list_state(tx: Tx, session: Session, now: datetime) -> str:
    roll = await rolls.of_session(tx, session.id) if has_list(session) else None
    return state_of(roll, now) if roll else ""


def _refuse(why: str, me: Me, session: Session) -> None:
    if why:
        raise Refusal(WHY_NOT[why], title=session.title_in(me.lang))


async def set_why(tx: Tx, change: Change, text: str) -> Change:
    """The reason; kept in the history, told to nobody."""
    plain = words_of(text, LONGEST_WHY, "changes-why-words")
    await session_events.set_why(tx, change.id, plain)
    return structs.replace(change, why=plain)


# ---- times -------------------------------------------------------------------------------------------------


def read(text: str, day: date, length: timedelta, cohort: Cohort, now: datetime) -> Span:
    """A typed time, or a refusal that says how to type it."""
    found = judge.read_span(text, day, length, now, cohort.timezone)
    if found.span is None:
        raise Refusal(WHY_NOT[found.problem], first=cohort.first_day, last=cohort.last_day)
    return found.span


def read_for(text: str, session: Session, cohort: Cohort, now: datetime) -> Span:
    """A typed time for a session: hours, a day, or 「推后半小时」."""
    shift = judge.read_shift(text)
    if shift is not None:
        return judge.shifted(session, shift)
    day = class_date(session.starts_at, cohort.timezone)
    return read(text, day, session.ends_at - session.starts_at, cohort, now)


async def at(tx: Tx, cohort: Cohort, session: Session, span: Span) -> Session:
    """The session at another time; its day in the class follows."""
    starts, ends = (at.astimezone(UTC) for at in (span.starts_at, span.ends_at))
    day = day_number(cohort, await sessions.of_cohort(tx, cohort.id), class_date(starts, cohort.timezone))
    return structs.replace(session, starts_at=starts, ends_at=ends, day=day)


def day_number(cohort: Cohort, table: Sequence[Session], day: date) -> int:
    """The number of a day in the class, as its sessions have it."""
    known = next((s.day for s in table if class_date(s.starts_at, cohort.timezone) == day), 0)
    return known or (day - cohort.first_day).days + 1


def date_of(cohort: Cohort, table: Sequence[Session], number: int) -> date:
    """The date of a numbered day."""
    known = next((s for s in table if s.day == number), None)
    return class_date(known.starts_at, cohort.timezone) if known else cohort.first_day + timedelta(days=number - 1)


def words_of(text: str, most: int, key: str) -> str:
    """A line that somebody typed, or a refusal."""
    plain = " ".join(text.split())
    if not SHORTEST_WORDS <= len(plain) <= most:
        raise Refusal(key, most=most)
    return plain
