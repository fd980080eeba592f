"""When a session may be moved or cancelled, what differs, whom it concerns, how loud it is told (TIME-01, BC-16)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct

from rules.clock_words import TO, plain
from rules.daycards import Timed
from rules.days import class_date, moment
from rules.notices import ACK, URGENT, begins, change_level
from rules.plans import Moment
from rules.settings import Settings
from rules.when_words import read_clock, read_when

SHIFTS = (-30, 15, 30, 60)
"""Minutes by which a session is moved with one tap."""
LONGEST = timedelta(hours=12)
USUAL_LENGTH = timedelta(minutes=45)
"""One lesson (一节课): how long a new session is when only its start is typed."""
NIGHT = time(4)
"""An end before this belongs to the evening before (section 0)."""

ADDED, CANCELLED, RESTORED = "added", "cancelled", "restored"
TIME, PLACE, LECTURER, TITLE = "time", "place", "lecturer", "title"
QUIET_PARTS = frozenset({LECTURER, TITLE})
"""What nobody must hurry for: BC-16 speaks of time and place."""
KINDS = ("lecture", "site_visit", "group_discussion", "forum")
"""What a new session may be; the last stands for everything else."""
CALLS = ("code", "leader", "none")
"""How a new session is called; `none` has no list."""


class Slot(Protocol):
    """What of a session can be changed by hand."""

    @property
    def title(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def place(self) -> str: ...
    @property
    def room_ref(self) -> str: ...
    @property
    def lead_ref(self) -> str: ...
    @property
    def cancelled(self) -> bool: ...


class Span(Struct, frozen=True):
    """From here to there, both aware."""

    starts_at: datetime
    ends_at: datetime


class Reading(Struct, frozen=True):
    """A typed time, or why it is none: unclear, past, far, reversed, long."""

    span: Span | None = None
    problem: str = ""


# ---- what differs ------------------------------------------------------------------------------------------


def parts(before: Slot | None, after: Slot | None) -> tuple[str, ...]:
    """What is different to those concerned; nothing for what only the office sees (hours, ways of calling), or for a
    room that has only got another name."""
    there, then = before is not None and not before.cancelled, after is not None and not after.cancelled
    if before is None or after is None or there != then:
        if not there and not then:
            return ()
        return (CANCELLED,) if there else (ADDED,) if before is None else (RESTORED,)
    if not then:
        return ()
    found = {
        TIME: (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at),
        PLACE: before.place != after.place and not (before.room_ref and before.room_ref == after.room_ref),
        LECTURER: before.lead_ref != after.lead_ref,
        TITLE: before.title != after.title,
    }
    return tuple(part for part, differs in found.items() if differs)


def spans(before: Slot | None, after: Slot | None) -> list[Span]:
    """The times that a change touches: the old one and the new one, if there is one."""
    found = [slot for slot in (before, after) if slot is not None and not slot.cancelled]
    return list(dict.fromkeys(Span(slot.starts_at, slot.ends_at) for slot in found))


def is_over(before: Slot | None, after: Slot | None, now: datetime) -> bool:
    """Whether a change concerns nobody any more."""
    return all(span.ends_at <= now for span in spans(before, after))


def level(before: Slot | None, after: Slot | None, now: datetime, rules: Settings, zone: str) -> str:
    """How loud a change is told, by the nearest of its times; another lecturer or title is never urgent. What would
    wait in the night until it is too late is (BC-06)."""
    found = change_level(now, [span.starts_at for span in spans(before, after)], rules)
    if QUIET_PARTS.issuperset(parts(before, after)):
        return ACK if found == URGENT else found
    return URGENT if begins(now, found, rules, zone) >= life_until(before, after, now) else found


def life_until(before: Slot | None, after: Slot | None, now: datetime) -> datetime:
    """Until when a change is worth telling: the later of the old and the new start, since until then somebody may
    come at the wrong time; of a session that is on already, its end."""
    found = spans(before, after)
    latest = max(span.starts_at for span in found)
    return latest if latest > now else max(span.ends_at for span in found)


# ---- whom it concerns --------------------------------------------------------------------------------------


def is_expected(joined_at: datetime | None, left_at: datetime | None, when: Iterable[Timed]) -> bool:
    """Whether a trainee belongs to the class at one of these times (ATT-17)."""
    return any(
        (joined_at is None or joined_at <= one.starts_at) and (left_at is None or left_at > one.starts_at)
        for one in when
    )


def is_away(leaves: Sequence[Timed], when: Iterable[Timed]) -> bool:
    """Whether approved leaves cover all of these times wholly: then a change concerns the person not at all."""
    return all(any(o.starts_at <= one.starts_at and o.ends_at >= one.ends_at for o in leaves) for one in when)


# ---- what is refused ---------------------------------------------------------------------------------------


def why_not_move(slot: Timed, list_state: str, cancelled: bool, now: datetime) -> str:
    """Why the time of a session stays as it is: `cancelled`, `closed`, `begun`; empty when it may be moved."""
    if cancelled:
        return "cancelled"
    if list_state == "closed":
        return "closed"
    return "begun" if slot.starts_at <= now else ""


def why_not_cancel(slot: Timed, list_state: str, cancelled: bool, now: datetime) -> str:
    """Why a session is not cancelled: `cancelled`, `closed`, `held` (section 21: only from planned and open)."""
    if cancelled:
        return "cancelled"
    if list_state == "closed":
        return "closed"
    return "held" if list_state == "staff_only" or slot.ends_at <= now else ""


def why_not_restore(slot: Timed, cancelled: bool, now: datetime) -> str:
    """Why a session is not brought back: `alive`, `over`."""
    return "alive" if not cancelled else "over" if slot.ends_at <= now else ""


def why_not_then(span: Timed, now: datetime, first: date, last: date, zone: str) -> str:
    """Why a session cannot be at that time: `past`, `reversed`, `long`, `outside` the days of the class."""
    if span.ends_at <= span.starts_at:
        return "reversed"
    if span.ends_at - span.starts_at > LONGEST:
        return "long"
    if span.starts_at <= now:
        return "past"
    return "" if first <= class_date(span.starts_at, zone) <= last else "outside"


def overlapping(span: Timed, others: Iterable[Timed]) -> list[Timed]:
    """What goes on at the same time."""
    return [o for o in others if o.starts_at < span.ends_at and o.ends_at > span.starts_at]


# ---- other times -------------------------------------------------------------------------------------------


def shifted(slot: Timed, by: timedelta) -> Span:
    """Earlier or later by so much, just as long."""
    return Span(slot.starts_at + by, slot.ends_at + by)


def on_day(slot: Timed, day: date, zone: str) -> Span:
    """The same hours by the clock on the wall on another day, also over a change of the clocks."""
    start, end = (at.astimezone(ZoneInfo(zone)) for at in (slot.starts_at, slot.ends_at))
    ahead = day - class_date(slot.starts_at, zone)
    return Span(moment(start.date() + ahead, start.time(), zone), moment(end.date() + ahead, end.time(), zone))


_LENGTH = r"(\d{1,3}|半)\s*(个?半?)\s*(小时|钟头|分钟?|刻钟?|min(?:ute)?s?|hours?|h|m)(半?)"
_BY = (
    (1, re.compile(rf"(?:推后|推迟|延后|延迟|往后推?|晚|delay(?:ed)?(?: by)?|later by)\s*{_LENGTH}")),
    (-1, re.compile(rf"(?:提前|提早|往前提?|早|earlier by)\s*{_LENGTH}")),
    (1, re.compile(rf"{_LENGTH}\s*(?:later|晚一?点)")),
    (-1, re.compile(rf"{_LENGTH}\s*earlier")),
)


def read_shift(text: str) -> timedelta | None:
    """「推后半小时」「提前20分钟」 "30 min later" as a shift; None when it is none."""
    words = plain(text).strip(" 。.!")
    for sign, pattern in _BY:
        if found := pattern.fullmatch(words):
            count = 0.5 if found[1] == "半" else float(found[1])
            count += 0.5 * ("半" in found[2] or "半" in found[4])
            minutes = count * (15 if found[3][0] == "刻" else 60 if found[3][0] in "小钟h" else 1)
            return timedelta(minutes=sign * round(minutes))
    return None


def read_span(text: str, day: date, length: timedelta, now: datetime, zone: str) -> Reading:
    """Read 「14:00-15:30」「明天下午两点」「3月16日 14:00到15:30」 as the new time of a session.

    Hours without a day are those of `day`; without an end it is as long as before.
    """
    clock = read_clock(text)
    if clock is not None:
        start = moment(day, clock[0], zone)
        return _span(start, clock[1], length, zone)
    said = read_when(text, now, zone, near=day)
    if said.at is not None:
        return Reading(Span(said.at, said.at + length))
    for cut in reversed(list(re.finditer(TO, text))):
        begin, end = read_when(text[: cut.start()], now, zone, near=day), read_clock(text[cut.end() :])
        if begin.at is not None and end is not None and end[1] is None:
            return _span(begin.at, end[0], length, zone)
        if begin.problem in ("past", "far") and end is not None:
            return Reading(problem=begin.problem)
    return Reading(problem=said.problem)


def _span(start: datetime, clock: time | None, length: timedelta, zone: str) -> Reading:
    if clock is None:
        return Reading(Span(start, start + length))
    here = start.astimezone(ZoneInfo(zone))
    day = here.date() + timedelta(days=clock < NIGHT <= here.time())
    end = moment(day, clock, zone)
    return Reading(Span(start, end)) if end > start else Reading(problem="reversed")


# ---- what moves with it ------------------------------------------------------------------------------------


class Moved(Struct, frozen=True):
    """One thing of the clock that moves with a session: `old` None is new, `new` None is gone."""

    kind: str
    what: str
    old: datetime | None = None
    new: datetime | None = None


def moved(
    before: Iterable[Moment], after: Iterable[Moment], kinds: Sequence[str], now: datetime
) -> list[Moved]:  # fmt: skip
    """Which things of the clock a change moves, makes or takes away, by kind; those of the past do not count."""
    old = {(m.kind, m.what): m.at for m in before if m.kind in kinds and m.at > now}
    new = {(m.kind, m.what): m.at for m in after if m.kind in kinds and m.at > now}
    keys = sorted({*old, *new}, key=lambda key: (kinds.index(key[0]), key[1]))
    return [Moved(*key, old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key)]


def new_ref(taken: Collection[str], day: int) -> str:
    """An id for a session that is in no file: A, the day, a number."""
    return next(ref for n in range(1, 1000) if (ref := f"A{day:02}{n:02}") not in taken)
