"""The daily log: whose day it is, when it may be handed in, what may follow what (LOG-01, LOG-04, section 21)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from rules.days import class_date, moment
from rules.settings_talk import Log

DRAFT, SUBMITTED, LATE, RETURNED, ACCEPTED, STARRED = "draft", "submitted", "late", "returned", "accepted", "starred"
WAITING = (SUBMITTED, LATE)
"""What waits for a reader."""
HANDED_IN = (SUBMITTED, LATE, ACCEPTED, STARRED)
"""What counts as handed in; a returned log is neither missing nor counted while its deadline runs (LOG-07)."""
NIGHT = time(4)
EARLY, OPEN, OVER = "early", "open", "over"
GOOD, FAIR, LOW = "good", "ok", "low"
UNDO = timedelta(minutes=5)


class Window(Struct, frozen=True, kw_only=True):
    """When the log of one day may be handed in; the last second belongs to it."""

    day: int
    date: date
    opens_at: datetime
    due_at: datetime
    ends_at: datetime
    is_last: bool = False

    def judge(self, at: datetime) -> str:
        """`early`, `submitted`, `late` or `over` (AT-26)."""
        if at < self.opens_at:
            return EARLY
        if _second(at) <= self.due_at:
            return SUBMITTED
        return LATE if _second(at) <= self.ends_at else OVER


def _second(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def windows(days: Mapping[int, date], rules: Log, zone: str) -> list[Window]:
    """The windows of all training days, in order; the last day has hours of its own."""
    last = max(days.values(), default=None)
    found = []
    for day, on in sorted(days.items()):
        at = _last_hours(rules) if on == last else (rules.open_at, rules.due_at, rules.grace_until_next_day)
        opens, due = moment(on, at[0], zone), moment(on, at[1], zone)
        ends = moment(on, at[2], zone)
        ends = ends if ends > due else moment(on + timedelta(days=1), at[2], zone)
        found.append(Window(day=day, date=on, opens_at=opens, due_at=due, ends_at=ends, is_last=on == last))
    return found


def _last_hours(rules: Log) -> tuple[time, time, time]:
    return rules.last_day_open_at, rules.last_day_due_at, rules.last_day_grace_until


class Days(Struct, frozen=True):
    """The day that a message belongs to; `other` is the choice where two are possible (yesterday is the default)."""

    window: Window
    other: Window | None = None


def day_of(at: datetime, found: Iterable[Window], handed_in: Iterable[int], zone: str) -> Days | None:
    """The day of a log begun at a moment (LOG-01, LOG-13); None where the class has no day then.

    In the morning, while the day before can still be handed in and is missing, that one is meant unless the person
    says otherwise.
    """
    table, done = sorted(found, key=lambda w: w.date), set(handed_in)
    today = next((w for w in table if w.date == class_date(at, zone, NIGHT)), None)
    open_before = [w for w in table if w.date < class_date(at, zone, NIGHT) and _second(at) <= w.ends_at]
    before = next((w for w in reversed(open_before) if w.day not in done), None)
    if before is not None:
        return Days(before, today)
    return Days(today) if today is not None else None


class Stand(Struct, frozen=True, kw_only=True):
    """What decides whether somebody may hand a log in."""

    state: str = DRAFT
    was: str = ""
    version: int = 0
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    """Hours of the person's own, set by the class teacher (LOG-13)."""
    return_until: datetime | None = None


def hand_in(stand: Stand, window: Window, at: datetime) -> str:
    """The state after handing in at a moment, or why not: `early`, `over`, `expired`, `due` (changed after the due
    time), `read`."""
    if stand.state == RETURNED:
        if stand.return_until is not None and _second(at) <= stand.return_until:
            return stand.was or SUBMITTED
        return "expired"
    if stand.state in (ACCEPTED, STARRED):
        return "read"
    judged = window.judge(at)
    if judged == EARLY and stand.opens_at is not None and at >= stand.opens_at:
        judged = SUBMITTED
    if judged == OVER and stand.closes_at is not None and _second(at) <= stand.closes_at:
        judged = LATE
    if stand.state in WAITING and judged != SUBMITTED:
        return "due" if judged != EARLY else EARLY
    return judged


def may_change(stand: Stand, window: Window, at: datetime) -> bool:
    """Whether what is written may still be changed: a draft till its window ends, a log till it is due (LOG-04)."""
    if stand.state == DRAFT:
        return hand_in(stand, window, at) in (EARLY, SUBMITTED, LATE)
    return hand_in(stand, window, at) in (SUBMITTED, LATE)


def after_review(state: str, kind: str) -> str | None:
    """The state after a review (section 21); None where the table has no such step."""
    match kind:
        case "read" | "reply" if state in WAITING:
            return ACCEPTED
        case "reply" if state in (ACCEPTED, STARRED):
            return state  # a promise kept later: everybody is answered once (LOG-18)
        case "star" if state in (*WAITING, ACCEPTED):
            return STARRED
        case "return" if state in WAITING:
            return RETURNED
    return None


def may_return(returns: int, until: datetime, class_ends: datetime, rules: Log) -> str:
    """Empty, or why a log cannot be returned: `often`, `last_day` (LOG-07)."""
    if returns >= rules.max_returns:
        return "often"
    return "last_day" if until > class_ends else ""


def is_low_twice(moods: Mapping[int, str], day: int, days: int) -> bool:
    """Whether the mood was low on so many days running, up to this one (LOG-16)."""
    return days > 0 and all(moods.get(day - n) == LOW for n in range(days))


def promise(count: int, share: float) -> int:
    """So many answers a day are promised for so many logs (LOG-18)."""
    return -(-int(count * share * 1000) // 1000) if count else 0


def minutes_before(words: Iterable[str]) -> list[int]:
    """The minutes of `due-60min`, the longest first; other words mean nothing here."""
    found = [w.removeprefix("due-").removesuffix("min") for w in words if w.startswith("due-") and w.endswith("min")]
    return sorted({int(m) for m in found if m.isdecimal()}, reverse=True)
