"""Reads the one moment that somebody types: when a notice goes out, or where a session is moved to (BC-01, TIME-01)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from rules.clock_words import (
    CLOCK,
    DATE,
    DAY,
    DAY_PART,
    DAY_PARTS,
    HALF_CLOCK,
    MIDNIGHT,
    NOON,
    NOW,
    PART,
    PARTS,
    TO,
    WEEK,
    Clock,
    at_minute,
    clock_of,
    day_of,
    in_part,
    meant_by,
    plain,
    weekday_of,
)
from rules.days import TURNS_AT, class_date

FARTHEST = timedelta(days=60)
LONGEST = 100
"""Signs; nobody needs more for a moment."""
_DAY = timedelta(days=1)


class Said(Struct, frozen=True):
    """The moment that a text was taken for, in UTC; or why there is none: `unclear`, `past`, `far`."""

    at: datetime | None = None
    problem: str = ""


class _Heard(Struct, frozen=True):
    """What a text says: the minutes of a day that may be meant, the earliest first, and perhaps the day."""

    choices: list[int]
    day: date | None


_POLITE = (
    r"[\s,、。;!()「」【】的请发送在于吧了呢就整正钟再您]|\.(?!\d)|改[到为成在]|[移挪调]到|[推延]迟到|延后到|提前到"
    r"|定[在到时]|左右|通知|帮我|麻烦|谢谢|安排|(?<=\d)t(?=\d)"
    r"|(?<![a-z])(?:at|on|in|the|it|of|please|send|then|thanks)(?![a-z])"
)
_ONLY_POLITE = re.compile(rf"(?:{_POLITE})*")
_TOKEN = re.compile(
    r"(?P<ahead>\d{1,3}\s*天\s*(?:以后|之后|后)(?!天)|(?<![a-z])in\s\d{1,3}\sdays?(?![a-z]))"
    rf"|(?P<date>{DATE})|(?P<week>{WEEK})|(?P<clock>{HALF_CLOCK}|{CLOCK})|(?P<dotted>\d{{1,2}}\.\d{{1,2}}(?![\d.]))"
    rf"|(?P<daypart>{DAY_PART})|(?P<day>{DAY})|(?P<part>{PART})|(?P<now>{NOW})|(?:{_POLITE})+|(?P<to>{TO})|(?P<odd>.)"
)
_LENGTH = (
    r"(\d{1,6}(?:\.\d{1,2})?|半|half an|an?)\s*(个半|个)?\s*"
    r"(小时|钟头|(?:hours?|hrs?|h)(?![a-z])|刻钟|分钟?|m(?:in(?:ute)?s?)?(?![a-z]))(半|\sand a half)?"
)
_LATER = re.compile(
    rf"(再?过|(?<![a-z])in\s)?\s*{_LENGTH}(?:\s*(?:零|and\s)?\s*{_LENGTH})?\s*(以后|之后|过后|后|later|from now)?"
)


def read_when(text: str, now: datetime, zone: str, near: date | None = None) -> Said:
    """Read 「明早7点半」「3月16日 14:00」「半小时后」「tomorrow 7.30am」 as an instant.

    A time without a day is the next such time, or that of `near`; the minute that is running is still now. A bare
    hour from 1 to 6 is the next one between 06:30 and 22:30: 3点 is 15:00, but 03:00 the night. Until 04:00 the
    evening before is still today (section 0), so at 01:00 明早 is the morning to come; what would be over by that is
    counted from the calendar's day. Gaps of a clock change move forward; of an hour that comes twice it is the first.
    """
    if len(text) > LONGEST:
        return Said(problem="unclear")
    words, now = plain(text), now.astimezone(UTC)
    if (wait := _wait(words)) is not None:
        return _bounded((now + wait).replace(second=0, microsecond=0), now)
    calendar = now.astimezone(ZoneInfo(zone)).date()
    found = Said(problem="unclear")
    for today in dict.fromkeys((class_date(now, zone), calendar)):
        heard = _heard(words, today, near)
        if heard is None:
            continue
        day = heard.day or near
        days = [day] if day else [calendar + n * _DAY for n in range(-1, 3)]
        dawn = TURNS_AT.hour * 60 if heard.day and today != calendar else 0
        choices = [minutes for minutes in heard.choices if minutes >= dawn]
        found = _next(days, choices, now, zone)
        if found.at is not None:
            break
    return found


def read_clock(text: str) -> tuple[time, time | None] | None:
    """Read 「14:00」「下午两点到三点半」 as a start and perhaps an end on one day; None when it is unclear.

    An end that is not after its start comes back as it was typed, so that the caller can say so. Words for 24:00 and
    later are unclear. A bare hour from 1 to 6 is read as by `read_when`.
    """
    ends = _ends(plain(text)) if len(text) <= LONGEST else None
    found = _span(*ends) if ends else []
    if not found or max(found) >= MIDNIGHT:
        return None
    start, *end = (time(m // 60, m % 60) for m in found)
    return start, end[0] if end else None


# ---- one moment ------------------------------------------------------------------------------------------


def _tokens(words: str) -> Iterator[tuple[str, str]]:
    """What a text consists of, without what is only polite."""
    for found in _TOKEN.finditer(words):
        if found.lastgroup:
            yield found.lastgroup, found[0]


def _wait(words: str) -> timedelta | None:
    """How long from now, when that is all that was said; zero for 马上."""
    if {kind for kind, _ in _tokens(words)} == {"now"}:
        return timedelta()
    found = _LATER.search(words)
    if found is None or not (found[1] or found[10]):
        return None
    if not _ONLY_POLITE.fullmatch(f"{words[: found.start()]} {words[found.end() :]}"):
        return None
    return _length(*found.groups()[1:5]) + _length(*found.groups()[5:9])


def _length(number: str | None, more: str | None, unit: str | None, half: str | None) -> timedelta:
    """1个半小时 is 90 minutes, 半小时 is 30, nothing is none."""
    if number is None or unit is None:
        return timedelta()
    count = 0.5 if number in ("半", "half an") else 1.0 if number in ("a", "an") else float(number)
    count += 0.5 * ((more == "个半") + (half is not None))
    return timedelta(minutes=round(count * (15 if unit == "刻钟" else 1 if unit[0] in "分m" else 60)))


def _heard(words: str, today: date, near: date | None) -> _Heard | None:
    """The time that was said, and the day; None for leftovers, contradictions, or a time that is missing."""
    said: dict[str, list[str]] = {}
    for kind, word in _tokens(words):
        said.setdefault(kind, []).append(word)
    if said.keys() & {"odd", "to", "now"} or not _dots_settled(said, today, near):
        return None
    parts = {PARTS[word] for word in said.get("part", [])} | {DAY_PARTS[word][1] for word in said.get("daypart", [])}
    days, clocks = _days(said, today), said.get("clock", [])
    if days is None or len(clocks) != 1 or len(parts) > 1 or len(days) > 1:
        return None
    clock = clock_of(clocks[0], "".join(parts))
    choices = meant_by(clock) if clock else []
    return _Heard(choices, next(iter(days), None)) if choices else None


def _dots_settled(said: dict[str, list[str]], today: date, near: date | None) -> bool:
    """Take 3.16 for a day beside a time, for a time beside a day; False when it stands alone and may be either."""
    dotted = said.pop("dotted", [])
    if not dotted:
        return True
    hour, minute = dotted[0].split(".")
    if "clock" in said:
        said.setdefault("date", []).append(f"{hour}/{minute}")
        return len(dotted) == 1
    said["clock"] = dotted
    if near or said.keys() & {"date", "week", "day", "daypart", "ahead"}:
        return len(minute) == 2
    day = day_of("date", f"{hour}/{minute}", today)
    return len(minute) == 2 and (day is None or abs(day - today) > FARTHEST)


def _days(said: dict[str, list[str]], today: date) -> set[date] | None:
    """The days that were named: one if they agree, as 3月16日(周二). None when one does not exist."""
    found = [day_of(kind, word, today) for kind in ("date", "day") for word in said.get(kind, [])]
    found += [today + DAY_PARTS[word][0] * _DAY for word in said.get("daypart", [])]
    found += [today + int(re.sub(r"\D", "", word)) * _DAY for word in said.get("ahead", [])]
    days = {day for day in found if day is not None}
    for word in said.get("week", []):
        weekday, weeks = weekday_of(word)
        if weeks is None and any(day.weekday() == weekday for day in days):
            continue
        days |= {day for day in [day_of("week", word, today)] if day}
    return None if None in found else days


def _next(days: list[date], choices: list[int], now: datetime, zone: str) -> Said:
    """The first of some times that is not over."""
    today = now.astimezone(ZoneInfo(zone)).date()
    for day in days:
        if day > today + FARTHEST + 2 * _DAY:
            return Said(problem="far")
        for minutes in choices if day >= today - 2 * _DAY else ():
            at = at_minute(day, minutes, zone).astimezone(UTC)
            if at >= now.replace(second=0, microsecond=0):
                return _bounded(at, now)
    return Said(problem="past")


def _bounded(at: datetime, now: datetime) -> Said:
    return Said(max(at, now)) if at - now <= FARTHEST else Said(problem="far")


# ---- times of a day --------------------------------------------------------------------------------------


def _ends(words: str) -> list[Clock] | None:
    """One or two times, with nothing beside them but parts of the day."""
    sides: list[dict[str, str]] = [{}]
    for kind, word in _tokens(words):
        slot = "clock" if kind == "dotted" else kind
        if slot not in ("clock", "part", "to"):
            return None
        if slot == "to" or slot in sides[-1]:
            if "clock" not in sides[-1] or len(sides) == 2:
                return None
            sides.append({})
        if slot != "to":
            sides[-1][slot] = word
    parts = [PARTS[side["part"]] if "part" in side else "" for side in sides]
    clocks = [clock_of(side["clock"], part) for side, part in zip(sides, parts, strict=True) if "clock" in side]
    made = [clock for clock in clocks if clock is not None]
    return made if len(made) == len(sides) else None


def _span(left: Clock, right: Clock | None = None) -> list[int]:
    """The minutes of a start and of the end, if there is one; empty for nonsense."""
    starts = meant_by(left)
    if right is None or not starts:
        return starts[:1]
    start, ends = starts[0], meant_by(right)
    if ends and right.half and not left.exact and not left.part:  # 7:00-8:00pm
        start = next((m for m in (left.minutes + NOON, left.minutes) if m < ends[0]), start)
    elif ends and not right.half and not right.part:
        fit = in_part(right.minutes, left.part) if left.part else None  # 下午两点到四点
        ends = [fit, *ends] if fit is not None else ends
        later = start != left.minutes or (left.half and start >= NOON)  # 6点到8点, 7pm-9:00
        ends = [*ends, right.minutes + NOON] if later and right.minutes < NOON and not right.exact else ends
        ends = [m for m in ends if m > start] or meant_by(right)
    return [start, ends[0]] if ends else []
