"""When somebody wants to be away: what is offered from the timetable, and what people type (ATT-08, UI-03)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from rules.clock_words import (
    CLOCK,
    DATE,
    DAY,
    DAY_PART,
    DAY_PARTS,
    NOW,
    PART,
    PARTS,
    TO,
    WEEK,
    at_minute,
    day_of,
    in_part,
    minutes_of,
    plain,
)
from rules.days import moment
from rules.leaves import NIGHT_OUT, Stretch
from rules.plans import Slot, has_list
from rules.settings import Settings

NOON, DUSK = time(12, 30), time(18)
PART_HOURS = {"morning": (time(8), time(12)), "afternoon": (time(14), time(18)), "evening": (time(18), time(21)),
         "noon": (time(12), time(14)), "day": (time(8), time(18))}  # fmt: skip
"""Parts of a day on which there is no class; else they run from the first to the last session of the part."""
STEP = timedelta(minutes=5)


class Offer(Struct, frozen=True):
    """One choice of time. `key`: this, next, today-morning …, tomorrow-day, tonight, tonight-late; `title` of a
    session."""

    key: str
    when: Stretch
    ref: str = ""


class Reading(Struct, frozen=True):
    """What a text was taken for; `problem` is empty, `unclear`, `half` (an end is missing) or `reversed`."""

    when: Stretch | None = None
    problem: str = ""


def offers(slots: Iterable[Slot], kind: str, now: datetime, rules: Settings, zone: str, here: bool) -> list[Offer]:
    """The times that one may choose with one tap, the nearest first. `here`: the person is in the session that is on,
    so the leave begins now; else it is entered for the whole of it."""
    today = now.astimezone(ZoneInfo(zone)).date()
    if kind == NIGHT_OUT:
        return _nights(today, now, rules, zone)
    called = sorted((s for s in slots if has_list(s) and s.credit_hours), key=lambda s: s.starts_at)
    soon = _rounded_up(now)
    found: list[Offer] = []
    on = next((s for s in called if s.starts_at <= now and s.ends_at > soon), None)
    if on is not None:
        found.append(Offer("this", Stretch(soon if here else on.starts_at, on.ends_at), on.ref))
    coming = next((s for s in called if s.starts_at > now), None)
    if coming is not None and _day(coming, zone) <= today + timedelta(days=1):
        found.append(Offer("next", Stretch(coming.starts_at, coming.ends_at), coming.ref))
    for day, name in ((today, "today"), (today + timedelta(days=1), "tomorrow")):
        mine = [s for s in called if _day(s, zone) == day]
        for part in ("morning", "afternoon", "evening", "day"):
            inside = [s for s in mine if part in ("day", part_of(s, zone))]
            if inside and inside[-1].ends_at > soon:
                start = inside[0].starts_at
                found.append(Offer(f"{name}-{part}", Stretch(start if start > now else soon, inside[-1].ends_at)))
    return _different(found)


def _different(found: list[Offer]) -> list[Offer]:
    """Each stretch once, by its first name."""
    seen: dict[Stretch, Offer] = {}
    for offer in found:
        seen.setdefault(offer.when, offer)
    return list(seen.values())


def _nights(today: date, now: datetime, rules: Settings, zone: str) -> list[Offer]:
    shut, check, wake = rules.closed.gate_closed_from, rules.closed.dorm_check_from, rules.closed.wake
    found: list[Offer] = []
    for ahead, late, whole in ((0, "tonight", "tonight-late"), (1, "tomorrow-night", "tomorrow-late")):
        day = today + timedelta(days=ahead)
        start = max(moment(day, shut, zone), _rounded_up(now)) if not ahead else moment(day, shut, zone)
        for key, end in ((late, moment(day, check, zone)), (whole, moment(day + timedelta(days=1), wake, zone))):
            if end > start:
                found.append(Offer(key, Stretch(start, end)))
    return found


def _rounded_up(now: datetime) -> datetime:
    """The next full five minutes, so that a request for now is not late when it is sent."""
    plain = now.replace(second=0, microsecond=0)
    return plain + STEP - timedelta(minutes=plain.minute % 5)


def _day(slot: Slot, zone: str) -> date:
    return slot.starts_at.astimezone(ZoneInfo(zone)).date()


def part_of(slot: Slot, zone: str) -> str:
    """The part of the day in which a session begins."""
    at = slot.starts_at.astimezone(ZoneInfo(zone)).time()
    return "morning" if at < NOON else "afternoon" if at < DUSK else "evening"


# ---- what people type ------------------------------------------------------------------------------------

_TOKEN = re.compile(
    rf"(?P<date>{DATE})|(?P<week>{WEEK})|(?P<clock>{CLOCK}|\d{{1,2}}\s*(?=[ap]m(?![a-z])))"
    rf"|(?P<daypart>{DAY_PART})|(?P<day>{DAY})|(?P<part>{PART})|(?P<now>{NOW})|(?P<to>{TO})"
    r"|(?:[\s,、。;()从的请假在钟起止整]|\bfrom\b|\bon\b|\bat\b|\bthe\b)+|(?P<odd>.)"
)


class _Side(Struct):
    """One end of a stretch, as far as it was said."""

    day: date | None = None
    part: str = ""
    clock: int | None = None
    """Minutes since midnight."""
    now: bool = False
    exact: bool = False
    """Two digits were typed for the hour: 02:00 is the night, 2点 is the afternoon."""

    @property
    def empty(self) -> bool:
        return self.day is None and not self.part and self.clock is None and not self.now


def read_times(text: str, kind: str, now: datetime, slots: Sequence[Slot], zone: str) -> Reading:
    """Read 「10:30-12:00」「明天下午」「3月16日 8:40到10:10」「周三全天」「下午两点到四点半」.

    Without a day it is today; without a time the part of the day as the timetable has it. Only a night out runs over
    midnight when no second day is named.
    """
    sides = _sides(plain(text.replace("一天", "全天")), now.astimezone(ZoneInfo(zone)).date())
    if sides is None or all(side.empty for side in sides):
        return Reading(problem="unclear")
    left, right = sides
    left.day = left.day or now.astimezone(ZoneInfo(zone)).date()
    if right.empty:
        if left.clock is not None or left.now:
            return Reading(problem="half")
        return Reading(_bounds(left.day, left.part or "day", slots, zone))
    start = _start(left, now, slots, zone, night=kind == NIGHT_OUT)
    end = _end(left, right, slots, zone, night=kind == NIGHT_OUT)
    if end <= start and kind == NIGHT_OUT and right.day is None:
        end += timedelta(days=1)
    if end <= start:
        return Reading(problem="reversed")
    return Reading(Stretch(start, end))


def _sides(words: str, today: date) -> tuple[_Side, _Side] | None:
    """Both ends; None for what is no time at all, or more than two ends."""
    sides, at = (_Side(), _Side()), 0
    for found in _TOKEN.finditer(words):
        kind, word = found.lastgroup, found[0]
        if kind is None:
            continue
        if kind == "odd" or (kind == "to" and (at or sides[0].empty)):
            return None
        if kind == "to" or (kind == "clock" and sides[at].clock is not None and not at):
            at = 1
        if kind != "to" and not _put(sides[at], kind, word, today):
            return None
    return sides


def _put(side: _Side, kind: str, word: str, today: date) -> bool:
    """Add what was said to one end. False: it makes no sense, or was said twice."""
    if kind == "clock":
        minutes = minutes_of(word)
        if side.clock is not None or minutes is None:
            return False
        side.clock, side.exact = minutes, word[0] == "0"
    elif kind == "part":
        if side.part:
            return False
        side.part = PARTS[word]
    elif kind == "now":
        side.now = True
    else:
        ahead, part = DAY_PARTS.get(word, (0, side.part))
        day = today + timedelta(days=ahead) if kind == "daypart" else day_of(kind, word, today)
        if side.day is not None or day is None:
            return False
        side.day, side.part = day, part
    return True


def _bounds(day: date, part: str, slots: Sequence[Slot], zone: str) -> Stretch:
    """A part of a day: from its first to its last session; by the clock where there is none."""
    mine = [s for s in slots if has_list(s) and s.credit_hours and _day(s, zone) == day]
    inside = [s for s in mine if part in ("day", part_of(s, zone))]
    if inside:
        return Stretch(min(s.starts_at for s in inside), max(s.ends_at for s in inside))
    start, end = PART_HOURS.get(part, PART_HOURS["day"])
    return Stretch(moment(day, start, zone), moment(day, end, zone))


def _start(side: _Side, now: datetime, slots: Sequence[Slot], zone: str, night: bool) -> datetime:
    assert side.day is not None
    if side.now:
        return _rounded_up(now)
    if side.clock is None:
        return _bounds(side.day, side.part or "day", slots, zone).starts_at
    return at_minute(side.day, _guessed(side.clock, side.part, side.exact, night), zone)


def _end(left: _Side, right: _Side, slots: Sequence[Slot], zone: str, night: bool) -> datetime:
    day = right.day or left.day
    assert day is not None
    if right.clock is None:
        part = right.part or ("day" if right.day else left.part) or "day"
        return _bounds(day, part, slots, zone).ends_at
    part = right.part or ("" if right.day else "morning" if left.part == "small-hours" else left.part)
    minutes = _guessed(right.clock, part, right.exact, night or right.day is not None)
    if not right.part and left.part == "morning" and left.clock is not None and minutes < left.clock < 12 * 60:
        minutes += 12 * 60
    return at_minute(day, minutes, zone)


def _guessed(minutes: int, part: str, exact: bool, night: bool) -> int:
    """The time of day that is meant: 下午两点 is 14:00, 晚上十二点 midnight; a bare 两点 in class time is 14:00."""
    if part:
        fit = in_part(minutes, "afternoon" if part == "noon" and minutes < 11 * 60 else part)
        return minutes if fit is None else fit
    return minutes + 12 * 60 if not exact and not night and 1 <= minutes // 60 <= 5 else minutes
