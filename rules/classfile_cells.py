"""Makes plain values from what people type into cells: numerals, dates, times, words (CLASS-01, UI-03)."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from rules.classfile_rows import Cell
from rules.classfile_words import CHOICES, choice_of

_WIDE = {
    code: code - 0xFEE0 for span in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)) for code in range(*span)
}
_WIDE_AND_HIDDEN: dict[int, int | None] = {**_WIDE, 0x3000: 0x20, 0xA0: 0x20, 0x200B: None, 0xFEFF: None}
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_WHOLE = re.compile(r"第?(\d{1,9})(?:\.0+)?(?:组|号|座|天|日|人|米|年|个|学时|小时|m)?")
_NUMERAL = re.compile(
    r"第?([零〇一二两三四五六七八九]?)(十?)([一二三四五六七八九]?)(?:组|号|座|天|日|人|米|年|个|学时|小时)?"
)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]0{1,2}:00(?::00)?)?")
_CLOCK = re.compile(r"(\d{1,2})\s*(?:[:.]\s*(\d{2})(?::(\d{2}))?|[点时]\s*(?:(\d{1,2})分?|(半))?)")
_DASH = re.compile(r"\s*(?:[-~\u2010-\u2015\u2212]+|至|到)\s*")
_LIST = re.compile(r"[;；、,，/\s]+")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff\U00020000-\U0003ffff])\s+(?=[\u3400-\u9fff\U00020000-\U0003ffff])")
_YES = {
    "是": True,
    "有": True,
    "y": True,
    "yes": True,
    "true": True,
    "1": True,
    "√": True,
    "✓": True,
    "✔": True,
}
_NO = {"否": False, "无": False, "n": False, "no": False, "false": False, "0": False, "×": False, "✗": False}
_HIDDEN = {"Cc", "Cf", "Cs"}
N = TypeVar("N", int, float)
EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet


class Unreadable(Exception):
    """A cell that makes no sense; the text id and its variables say why."""

    def __init__(self, key: str, **args: str | int) -> None:
        super().__init__(key)
        self.key, self.text_args = key, args


def words(cell: Cell) -> str:
    """What stands in a cell, as one line. Brackets and ① stay; widths of digits and letters do not."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    seen = (
        char for char in str(cell) if char.isspace() or char == "\u200d" or unicodedata.category(char) not in _HIDDEN
    )
    text = " ".join(unicodedata.normalize("NFC", "".join(seen)).translate(_WIDE_AND_HIDDEN).split())
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text


def strict(cell: Cell) -> str:
    """What stands in a cell, made plain altogether (NFKC): for ids, numbers and words that we know."""
    return " ".join(unicodedata.normalize("NFKC", words(cell)).split())


def text(most: int) -> Callable[[Cell], str]:
    """A text of at most so many characters."""

    def read(cell: Cell) -> str:
        return _short(words(cell), most)

    return read


def ident(cell: Cell) -> str:
    """An id, a room, a telephone number."""
    return _short(strict(cell), 40)


def name(cell: Cell) -> str:
    """A person's name; 「张　三」 is 「张三」."""
    return _short(_BETWEEN_HAN.sub("", strict(cell)), 40)


def bus(cell: Cell) -> str:
    """A bus: `A`, 「A车」, 「1号车」."""
    plain = strict(cell).upper()
    return _short(re.sub(r"号?车$", "", plain) or plain, 10)


def listed(cell: Cell) -> tuple[str, ...]:
    """Several ids in one cell."""
    return tuple(part for part in _LIST.split(strict(cell)) if part)


def whole(cell: Cell) -> int:
    """A whole number from 0 on: 7, 「７」, 「第7组」, 「三组」, 「十二号」."""
    plain = strict(cell).replace(" ", "")
    if found := _WHOLE.fullmatch(plain):
        return int(found[1])
    if (found := _NUMERAL.fullmatch(plain)) and any(found.groups()):
        tens, ten, ones = found.groups()
        if ten:
            return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
        if not ones:
            return _DIGITS[tens]
    raise Unreadable("classfile-not-whole", value=seen(cell))


def within(read: Callable[[Cell], N], low: float, high: float) -> Callable[[Cell], N]:
    """The same reader, for values from `low` to `high` only."""

    def bounded(cell: Cell) -> N:
        value = read(cell)
        if not low <= value <= high:
            raise Unreadable("classfile-out-of-range", value=seen(cell), low=str(low), high=str(high))
        return value

    return bounded


def number(cell: Cell) -> float:
    """Any number."""
    try:
        value = float(strict(cell))
    except ValueError:
        raise Unreadable("classfile-not-number", value=seen(cell)) from None
    if not math.isfinite(value):
        raise Unreadable("classfile-not-number", value=seen(cell))
    return value


def yes(cell: Cell) -> bool:
    """Yes or no."""
    found = (_YES | _NO).get(strict(cell).lower())
    if found is None:
        raise Unreadable("classfile-not-yes", value=seen(cell))
    return found


def day(cell: Cell) -> date:
    """A date: 2027-03-15, 2027/3/15, 2027年3月15日, or a spreadsheet's; of this century."""
    found = _day(cell)
    if not 2000 <= found.year <= 2100:
        raise Unreadable("classfile-out-of-range", value=str(found), low="2000-01-01", high="2100-12-31")
    return found


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 30_000 <= cell < 80_000:
        return EPOCH + timedelta(days=int(cell))
    if found := _DATE.fullmatch(strict(cell)):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            pass
    raise Unreadable("classfile-not-date", value=seen(cell))


def clock(cell: Cell) -> time:
    """A time of day: 08:30, 8：30, 8点半, or a spreadsheet's."""
    if isinstance(cell, datetime):
        return cell.time().replace(microsecond=0)
    if isinstance(cell, time):
        return cell.replace(microsecond=0, tzinfo=None)
    if isinstance(cell, timedelta) and timedelta() <= cell < timedelta(days=1):
        return (datetime.min + cell).time().replace(microsecond=0)
    if isinstance(cell, float) and 0 <= cell < 1:
        return (datetime.min + timedelta(minutes=round(cell * 24 * 60))).time()
    if found := _CLOCK.fullmatch(strict(cell)):
        hour, minute, second = int(found[1]), int(found[2] or found[4] or 0), int(found[3] or 0)
        if hour < 24 and minute < 60 and second < 60:
            return time(hour, 30 if found[5] else minute, second)
    raise Unreadable("classfile-not-time", value=seen(cell))


def span(cell: Cell) -> tuple[time, time]:
    """Two times in one cell: 08:30-12:00."""
    ends = _DASH.split(strict(cell))
    if len(ends) != 2:
        raise Unreadable("classfile-not-span", value=seen(cell))
    return clock(ends[0]), clock(ends[1])


def choice(choices: str) -> Callable[[Cell], str]:
    """One of the words we know, e.g. `choice("mode")`."""

    def read(cell: Cell) -> str:
        found = choice_of(choices, words(cell))
        if found is None:
            known = "、".join(names[0] for names in CHOICES[choices].values())
            keys = ", ".join(CHOICES[choices])
            raise Unreadable(f"classfile-not-{choices}", value=seen(cell), known=known, keys=keys)
        return found

    return read


def _short(plain: str, most: int) -> str:
    if len(plain) > most:
        raise Unreadable("classfile-too-long", length=str(len(plain)), most=str(most))
    return plain


def seen(cell: Cell) -> str:
    """What stands in a cell, short enough for a sentence about it."""
    plain = words(cell)
    return plain if len(plain) <= 30 else plain[:30] + "…"
