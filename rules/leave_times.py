"""When somebody wants to be away: what is offered from the timetable, and what people type (ATT-08, UI-03)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from rules.days import moment
from rules.leaves import NIGHT_OUT, Stretch
from rules.plans import Slot, has_list
from rules.settings import Settings

NOON, DUSK = time(12, 30), time(18)
PARTS = {"morning": (time(8), time(12)), "afternoon": (time(14), time(18)), "evening": (time(18), time(21)),
         "noon": (time(12), time(14)), "day": (time(8), time(18))}  # fmt: skip
"""Parts of a day on which there is no class; else they run from the first to the last session of the part."""
STEP = timedelta(minutes=5)
MIDNIGHT = 24 * 60


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

_NUMERALS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十]+")
_WEEKDAYS = {c: i for i, c in enumerate("1234567")} | {"日": 6, "天": 6}
_DAYS = {"今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "昨天": -1}
_PART_WORDS = {
    "上午": "morning", "早上": "morning", "早晨": "morning", "morning": "morning", "am": "morning",
    "中午": "noon", "noon": "noon", "下午": "afternoon", "午后": "afternoon", "afternoon": "afternoon",
    "pm": "afternoon", "晚上": "evening", "傍晚": "evening", "夜里": "evening", "evening": "evening",
    "凌晨": "small-hours", "全天": "day", "一天": "day", "整天": "day", "all day": "day",
}  # fmt: skip
_TOKEN = re.compile(
    r"(?P<iso>\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)|(?P<date>\d{1,2}月\d{1,2}[日号]?|\d{1,2}/\d{1,2}|\d{1,2}[日号])"
    r"|(?P<week>(?:下?(?:周|星期|礼拜))[1-7日天])"
    r"|(?P<clock>\d{1,2}\s*[:点时]\s*(?:\d{1,2}\s*分?|半|1刻|3刻)?|\d{1,2}\s*(?=am\b|pm\b))"
    r"|(?P<night>今晚|明晚|tonight)|(?P<day>今天|今日|today|明天|明日|tomorrow|后天|昨天)"
    rf"|(?P<part>{'|'.join(sorted(_PART_WORDS, key=len, reverse=True))})"
    r"|(?P<now>现在|马上|now)|(?P<to>到|至|[-~—–]+|\bto\b|\buntil\b)"
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
    sides = _sides(_plain(text), now.astimezone(ZoneInfo(zone)).date())
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


def _plain(text: str) -> str:
    flat = unicodedata.normalize("NFKC", text).casefold()
    return _NUMERAL.sub(lambda found: _digits(found[0]), flat.replace("一天", "全天"))


def _digits(word: str) -> str:
    """A Chinese numeral up to 99 in digits; as it is where it is none."""
    tens, ten, ones = word.partition("十")
    if len(tens) > 1 and not ten:
        return "".join(str(_NUMERALS.get(c, c)) for c in word)
    if len(tens) > 1 or len(ones) > 1:
        return word
    value = (10 * _NUMERALS.get(tens, 1) if ten else _NUMERALS.get(tens, 0)) + _NUMERALS.get(ones, 0)
    return str(value)


def _sides(plain: str, today: date) -> tuple[_Side, _Side] | None:
    """Both ends; None for what is no time at all, or more than two ends."""
    sides, at = (_Side(), _Side()), 0
    for found in _TOKEN.finditer(plain):
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
        minutes = _minutes(word)
        if side.clock is not None or minutes is None:
            return False
        side.clock, side.exact = minutes, word[0] == "0"
    elif kind == "part":
        if side.part:
            return False
        side.part = _PART_WORDS[word]
    elif kind == "now":
        side.now = True
    else:
        day = _date(kind, word, today)
        if side.day is not None or day is None:
            return False
        side.day = day
        if kind == "night":
            side.part = "evening"
    return True


def _minutes(word: str) -> int | None:
    """A time of day in minutes: 10:30, 10点半, 10点, 24:00."""
    numbers = [int(n) for n in re.findall(r"\d+", word.replace("半", "30").replace("1刻", "15").replace("3刻", "45"))]
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
    return hour * 60 + minute if (hour < 24 and minute < 60) or (hour, minute) == (24, 0) else None


def _date(kind: str, word: str, today: date) -> date | None:
    """The day that is meant: of dates without a year the nearest, of weekdays the next."""
    if kind in ("day", "night"):
        return today + timedelta(days=_DAYS.get(word, 1 if word == "明晚" else 0))
    if kind == "week":
        ahead = (_WEEKDAYS[word[-1]] - today.weekday()) % 7 + 7 * word.startswith("下")
        return today + timedelta(days=ahead)
    numbers = [int(n) for n in re.findall(r"\d+", word)]
    try:
        if kind == "iso":
            return date(*numbers)
        if len(numbers) == 1:
            month = [today + timedelta(days=n) for n in range(-3, 35)]
            return next((day for day in month if day.day == numbers[0]), None)
        near = [date(today.year + more, *numbers) for more in (-1, 0, 1)]
    except ValueError:
        return None
    return min(near, key=lambda day: abs(day - today))


def _bounds(day: date, part: str, slots: Sequence[Slot], zone: str) -> Stretch:
    """A part of a day: from its first to its last session; by the clock where there is none."""
    mine = [s for s in slots if has_list(s) and s.credit_hours and _day(s, zone) == day]
    inside = [s for s in mine if part in ("day", part_of(s, zone))]
    if inside:
        return Stretch(min(s.starts_at for s in inside), max(s.ends_at for s in inside))
    start, end = PARTS.get(part, PARTS["day"])
    return Stretch(moment(day, start, zone), moment(day, end, zone))


def _start(side: _Side, now: datetime, slots: Sequence[Slot], zone: str, night: bool) -> datetime:
    assert side.day is not None
    if side.now:
        return _rounded_up(now)
    if side.clock is None:
        return _bounds(side.day, side.part or "day", slots, zone).starts_at
    return _at(side.day, _guessed(side.clock, side.part, side.exact, night), zone)


def _end(left: _Side, right: _Side, slots: Sequence[Slot], zone: str, night: bool) -> datetime:
    day = right.day or left.day
    assert day is not None
    if right.clock is None:
        part = right.part or ("day" if right.day else left.part) or "day"
        return _bounds(day, part, slots, zone).ends_at
    part = right.part or ("" if right.day else left.part)
    minutes = _guessed(right.clock, part, right.exact, night or right.day is not None)
    if not right.part and left.part == "morning" and left.clock is not None and minutes < left.clock < 12 * 60:
        minutes += 12 * 60
    return _at(day, minutes, zone)


def _guessed(minutes: int, part: str, exact: bool, night: bool) -> int:
    """The time of day that is meant: 下午两点 is 14:00, 晚上十二点 midnight; a bare 两点 in class time is 14:00."""
    hour = minutes // 60
    if part in ("afternoon", "evening", "noon") and hour < 12:
        if part == "noon" and hour == 11:
            return minutes
        return minutes + (MIDNIGHT if part == "evening" and hour < 5 else 12 * 60)
    if part == "evening" and hour == 12:
        return minutes + 12 * 60
    if not part and not exact and not night and 1 <= hour <= 5:
        return minutes + 12 * 60
    return minutes


def _at(day: date, minutes: int, zone: str) -> datetime:
    return moment(day + timedelta(days=minutes // MIDNIGHT), time(minutes % MIDNIGHT // 60, minutes % 60), zone)
