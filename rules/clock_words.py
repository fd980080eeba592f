"""What people call days and hours, in Chinese and English: one vocabulary for all that reads typed times (UI-03)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from rules.days import moment

MIDNIGHT = 24 * 60
NOON = 12 * 60
SENSIBLE_FROM = 6 * 60 + 30
"""When the quiet hours end: a bare 3点 is not in the night before it."""

DAYS = {
    "今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "tmr": 1, "后天": 2, "大后天": 3,
    "昨天": -1, "昨日": -1, "yesterday": -1, "前天": -2,
}  # fmt: skip
"""Words for a day, counted from today."""

DAY_PARTS = {
    "今早": (0, "morning"), "今晚": (0, "evening"), "明早": (1, "morning"), "明晚": (1, "evening"),
    "昨晚": (-1, "evening"), "tonight": (0, "evening"), "this morning": (0, "morning"),
    "this afternoon": (0, "afternoon"), "this evening": (0, "evening"),
}  # fmt: skip
"""Words for a day and a part of it at once."""

PARTS = {
    "上午": "morning", "早上": "morning", "早晨": "morning", "清晨": "morning", "早": "morning", "morning": "morning",
    "am": "morning", "中午": "noon", "noon": "noon", "下午": "afternoon", "午后": "afternoon",
    "afternoon": "afternoon", "pm": "afternoon", "晚上": "evening", "傍晚": "evening", "夜里": "evening",
    "半夜": "evening", "深夜": "evening", "晚": "evening", "evening": "evening", "night": "evening",
    "凌晨": "small-hours", "全天": "day", "整天": "day", "all day": "day",
}  # fmt: skip

_WEEKDAYS = {c: i for i, c in enumerate("1234567")} | {"日": 6, "天": 6}
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def any_of(words: Iterable[str]) -> str:
    """A pattern for some words, the longest first; English ones only where they stand alone."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(rf"(?<![a-z]){word}(?![a-z])" if word.isascii() else word for word in longest)


# ---- patterns for a text that went through `plain`; none has a named group of its own -----------------------

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_YEAR = r"(?:,?\s*20\d\d(?![\d:]))?"
DATE = (
    r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)\s*[日号]?"
    r"|\d{1,2}\s*月\s*\d{1,2}(?!\d)\s*[日号]?|\d{1,2}/\d{1,2}(?!\d)|\d{1,2}\s*[日号]"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s*(?:of\s+)?{_MONTH}{_YEAR}"
    rf"|{_MONTH}\s*\d{{1,2}}(?!\d|\s*[:.点时]|\s*[ap]\.?m)(?:st|nd|rd|th)?{_YEAR}"
)
WEEK = (
    r"(?:下{1,2}个?|这个?|本)?(?:周|星期|礼拜)(?:[1-7](?!\d)|[日天])"
    r"|(?<![a-z])(?:(?:next|this)\s+)?"
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
    r"(?![a-z])\.?"
)
CLOCK = (
    r"\d{1,2}\s*(?::\s*\d{2}(?!\d)(?::00)?\s*分?"
    r"|[点时](?:\s*(?:半|[123]刻|\d{1,2}(?!\d|\s*[月/号日年点时:刻])\s*分?))?)"
)
HALF_CLOCK = (
    r"\d{1,2}(?:\s*[:.]\s*\d{2})?\s*[ap](?:m|\.\s?m\.?)(?![a-z])|\d{1,2}\s*o['’]?\s?clock(?![a-z])"
)  # fmt: skip
DAY, DAY_PART = any_of(DAYS), any_of(DAY_PARTS)
PART = rf"(?![早晚]\s*1点(?!\s*(?:\d|半|[123]刻|钟|整)))(?:{any_of(PARTS)})"
"""「晚一点」 is no time of day: it means a little later."""
NOW = any_of(("现在", "马上", "立刻", "立即", "right now", "now", "immediately"))
TO = r"到|至|[-~‐-―−]+|(?<![a-z])(?:to|until|till)(?![a-z])"


# ---- digits ------------------------------------------------------------------------------------------------

_NUMERALS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NUMERAL = re.compile(r"(?P<after>(?<=\d))?(?P<word>[零〇一二两三四五六七八九十]+)")
_BLANK = re.compile(
    r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])(?!(?<=[零〇一二两三四五六七八九十] )[零〇一二两三四五六七八九十])"
)
_WEEKDAY_NUMERAL = re.compile(r"(周|星期|礼拜)([一二三四五六])")


def plain(text: str) -> str:
    """A text in half width and small letters, hidden signs and blanks between Chinese dropped, numerals in digits."""
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    flat = unicodedata.normalize("NFKC", seen.replace("∶", ":")).casefold()
    close = _BLANK.sub("", " ".join(flat.split()))
    apart = _WEEKDAY_NUMERAL.sub(lambda found: f"{found[1]}{_NUMERALS[found[2]]} ", close)
    return _NUMERAL.sub(lambda found: (" " if found["after"] is not None else "") + _digits(found["word"]), apart)


def _digits(word: str) -> str:
    """A Chinese numeral up to 99 in digits; as it is where it is none."""
    tens, ten, ones = word.partition("十")
    if len(tens) == 2 and not ten and not set(tens) & {"零", "〇"}:
        return word  # 两三点: about two or three
    if len(tens) > 1 and not ten:
        return "".join(str(_NUMERALS.get(c, c)) for c in word)
    if len(tens) > 1 or len(ones) > 1:
        return word
    value = (10 * _NUMERALS.get(tens, 1) if ten else _NUMERALS.get(tens, 0)) + _NUMERALS.get(ones, 0)
    return str(value)


# ---- what the words mean -----------------------------------------------------------------------------------


def minutes_of(word: str) -> int | None:
    """A CLOCK or HALF_CLOCK as typed, in minutes since midnight (24:00 is 1440); None for 25:00."""
    spelt = word.replace("半", "30").replace("1刻", "15").replace("2刻", "30").replace("3刻", "45")
    numbers = [int(n) for n in re.findall(r"\d+", spelt)]
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
    return hour * 60 + minute if (hour < 24 and minute < 60) or (hour, minute) == (24, 0) else None


def in_part(minutes: int, part: str) -> int | None:
    """The time that is meant in a part of the day: 下午两点 is 14:00, 晚上十二点 is 24:00, 晚上一点 is 25:00 (the
    night after); None where the two do not go together, as 上午14:00."""
    hour = minutes // 60
    if part == "morning":
        return minutes if hour <= 12 else None
    if part == "small-hours":
        return minutes - NOON if hour == 12 else minutes if hour <= 6 else None
    if part == "noon":
        return minutes + NOON if hour <= 5 else minutes if 11 <= hour <= 17 else None
    if part == "afternoon":
        return minutes + NOON if hour < 12 else minutes if hour < 24 else None
    if part == "evening":
        later = MIDNIGHT if hour < 5 else NOON if hour <= 12 else 0
        return None if 13 <= hour <= 16 else minutes + later
    return minutes


class Clock(Struct, frozen=True):
    """A time of day as it was typed, and the part of the day that was said with it."""

    minutes: int
    exact: bool
    """Typed as 02:00, or with am or pm."""
    half: bool = False
    part: str = ""


def clock_of(word: str, part: str = "") -> Clock | None:
    """A CLOCK, HALF_CLOCK or 7.30 as a time of day; None for 25:00 or 14:00am."""
    minutes, half = minutes_of(word), re.search(r"[ap](?=\.?\s?m)", word)
    if minutes is None or half is None:
        return None if minutes is None else Clock(minutes, word[0] == "0", part=part)
    if minutes >= 13 * 60:
        return Clock(minutes, True, True, part) if half[0] == "p" and minutes < MIDNIGHT else None
    return Clock(minutes % NOON + (NOON if half[0] == "p" else 0), True, True, part)


def meant_by(clock: Clock) -> list[int]:
    """The minutes of a day that may be meant, the earliest first; none where part and time contradict each other.

    A bare hour from 1 to 6 may be either half of the day, but not before 06:30: 3点 is 15:00 and 6:30 both.
    """
    if clock.part:
        fit = None if clock.part == "day" else in_part(clock.minutes, clock.part)
        agrees = fit is not None and (not clock.half or fit % MIDNIGHT == clock.minutes % MIDNIGHT)
        return [fit] if fit is not None and agrees else []
    if clock.exact or not 60 <= clock.minutes < 7 * 60:
        return [clock.minutes]
    return [m for m in (clock.minutes, clock.minutes + NOON) if m >= SENSIBLE_FROM]


def weekday_of(word: str) -> tuple[int, int | None]:
    """A WEEK as the day of the week (0 is Monday) and the week: 0 this, 1 the next; None when no week is named."""
    if word.isascii():
        name, weeks = word.split()[-1], {"next": 1, "this": 0}.get(word.split()[0])
        return _ENGLISH_DAYS.index(name[:3]), weeks
    weeks = word.count("下") or (0 if word[0] in "这本" else None)
    return _WEEKDAYS[word[-1]], weeks


def day_of(kind: str, word: str, today: date) -> date | None:
    """The day that a DAY, WEEK or DATE (`kind` in small letters) means; None for February 30.

    Of weekdays it is the next one, today included, or that of the week that is named (weeks begin on Monday). Of
    dates without a year one up to two months ago is the past, any other is to come.
    """
    if kind == "day":
        return today + timedelta(days=DAYS[word])
    if kind == "week":
        weekday, weeks = weekday_of(word)
        if weeks is None:
            return today + timedelta(days=(weekday - today.weekday()) % 7)
        return today + timedelta(days=7 * weeks + weekday - today.weekday())
    numbers = [int(n) for n in re.findall(r"\d+", word)]
    if month := next((n for n, name in enumerate(_ENGLISH_MONTHS, 1) if name in word), 0):
        numbers = [n for n in numbers if n > 99] + [month] + [n for n in numbers if n <= 99]
    if len(numbers) == 3:
        return _existing(numbers)
    if len(numbers) == 1:
        soon = [today + timedelta(days=n) for n in range(-3, 63)]
        return next((day for day in soon if day.day == numbers[0]), None)
    near = [day for more in (-1, 0, 1) if (day := _existing([today.year + more, *numbers]))]
    return min(near, key=lambda day: abs(day - today - timedelta(days=120)), default=None)


def _existing(numbers: list[int]) -> date | None:
    try:
        return date(*numbers)
    except ValueError:
        return None


def at_minute(day: date, minutes: int, zone: str) -> datetime:
    """A minute of a day as an instant; from 1440 on it is in the night after."""
    return moment(day + timedelta(days=minutes // MIDNIGHT), time(minutes % MIDNIGHT // 60, minutes % 60), zone)
