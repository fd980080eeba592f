"""The class as a whole: key, title, days from `class.toml` or the sheet 班级, and its settings (CLASS-01, RULE-1)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct, structs

from rules import classfile_cells as cells
from rules.classfile_book import Book
from rules.classfile_rows import Cell, Handed
from rules.classfile_words import ABOUT, choice_of
from rules.problems import Problem
from rules.settings import Settings, load_settings

_KEY = re.compile(r"[^\W_](?:[\w-]{0,38}[^\W_])?")
_LONGEST = 31


class About(Struct, frozen=True, kw_only=True):
    """What is said of the class as a whole; days that are not said come from the timetable."""

    key: str
    title: str
    title_en: str = ""
    first_day: date | None = None
    last_day: date | None = None
    term: int = 1
    group_chat: int | None = None


def _key(cell: Cell) -> str:
    plain = cells.strict(cell)
    if not _KEY.fullmatch(plain):
        raise cells.Unreadable("classfile-not-key", value=cells.seen(cell))
    return plain


def _chat(cell: Cell) -> int:
    plain = cells.strict(cell)
    if not re.fullmatch(r"-?\d{1,18}", plain):
        raise cells.Unreadable("classfile-not-chat", value=cells.seen(cell))
    return int(plain)


READERS: dict[str, Callable[[Cell], Any]] = {
    "key": _key,
    "title": cells.text(120),
    "title_en": cells.text(120),
    "first_day": cells.day,
    "last_day": cells.day,
    "term": cells.within(cells.whole, 1, 99),
    "group_chat": _chat,
}


def read_about(book: Book, name: str) -> About:
    """What the sheet says; where it does not say a key or title, `name` (of the folder or file) stands in."""
    said, at = _said(book)
    plain = cells.words(name)[:60] or "class"
    made = re.sub(r"[^\w-]+|_", "-", plain).strip("-")[:40].strip("-") or "class"
    if "key" not in said and not book.broken("class") and "key" not in at:
        book.warning("class", 0, "", "classfile-key-made", value=made)
    if "title" not in said and not book.broken("class") and "title" not in at:
        book.warning("class", 0, "", "classfile-title-made", value=plain)
    about = About(**{"key": made, "title": plain} | said)
    _sense(book, about, at)
    return about


def _said(book: Book) -> tuple[dict[str, Any], dict[str, int]]:
    """The values by our names of them, and the rows at which they stand."""
    said: dict[str, Any] = {}
    at: dict[str, int] = {}
    for line in book.lines("class"):
        word, value = cells.words(line.values.get("key")), line.values.get("value")
        key = choice_of("about", word) if word else None
        if key is None:
            known = "、".join(names[0] for names in ABOUT.values())
            book.warning("class", line.row, "", "classfile-about-unknown", value=word, known=known)
        elif key in at:
            book.error("class", line.row, "", "classfile-about-twice", value=word, other=at[key])
        elif cells.words(value):
            at[key] = line.row
            try:
                said[key] = READERS[key](value)
            except cells.Unreadable as wrong:
                book.error("class", line.row, "", wrong.key, **wrong.text_args)
    return said, at


def _sense(book: Book, about: About, at: Mapping[str, int]) -> None:
    if about.first_day is None or about.last_day is None:
        return
    days = (about.last_day - about.first_day).days + 1
    first, last = about.first_day.isoformat(), about.last_day.isoformat()
    if days < 1:
        book.error("class", at["last_day"], "", "classfile-days-order", first=first, last=last)
    elif days > _LONGEST:
        book.warning("class", at["last_day"], "", "classfile-days-many", first=first, last=last, days=days)


def read_settings(book: Book, handed: Handed | None) -> tuple[Settings, list[Problem], bool]:
    """The settings from a file or else from the sheet 设置, and whether they name `hours.total`."""
    handed = handed or _nested(book)
    settings, problems = load_settings(handed.data, handed.file)
    hours = handed.data.get("hours")
    told = isinstance(hours, Mapping) and "total" in hours
    return settings, [_placed(problem, handed.lines) for problem in problems], told


def _nested(book: Book) -> Handed:
    """The sheet 设置 as nested tables, with the row of each key path."""
    nested: dict[str, Any] = {}
    rows: dict[str, int] = {}
    for line in book.lines("settings"):
        path, value = cells.strict(line.values.get("key")), line.values.get("value")
        if not path or not cells.words(value):
            continue
        if path in rows:
            book.error("settings", line.row, "", "classfile-about-twice", value=path, other=rows[path])
            continue
        rows[path] = line.row
        _put(nested, path.split("."), taken(value))
    return Handed(book.file("settings"), nested, rows)


def _put(nested: dict[str, Any], path: list[str], value: Any) -> None:
    for name in path[:-1]:
        below = nested.setdefault(name, {})
        nested = below if isinstance(below, dict) else {}
    nested[path[-1]] = value


def taken(cell: Cell) -> Any:
    """The value in a cell of the sheet 设置: a number, a word, or a list or table written as JSON."""
    if not isinstance(cell, str):
        return cell
    plain = cells.words(cell)
    if plain in ("是", "否"):
        return plain == "是"
    try:
        return json.loads(plain, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return plain


def _refuse(word: str) -> None:
    raise ValueError(word)


def _placed(problem: Problem, rows: Mapping[str, int]) -> Problem:
    """A problem of a setting with the line at which it, or the table around it, stands."""
    path = re.sub(r"\[\d+\].*", "", problem.column)
    while path and path not in rows:
        path = path.rpartition(".")[0]
    return structs.replace(problem, row=rows[path]) if path else problem
