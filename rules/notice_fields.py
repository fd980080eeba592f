"""Blanks in a notice: {姓名} is filled for each person, {时间} by the sender; nothing unfilled is sent (BC-12)."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

TAG = re.compile(r"</?[a-z][^>]*>")
BLANK = re.compile(rf"{TAG.pattern}|[{{｛]+((?:{TAG.pattern}|[^{{}}｛｝\n<>])+)[}}｝]+")
"""A tag, in which nothing is filled; or a blank, whose name may be formatted. Braces may be full width."""
LEADING = re.compile(rf"(?:{TAG.pattern})*")
LONGEST = 16
PERSONAL = {
    "姓名": "name", "name": "name",
    "座位": "seat", "座号": "seat", "seat": "seat",
    "组": "group", "小组": "group", "group": "group",
    "车": "bus", "乘车": "bus", "bus": "bus",
    "房间": "dorm", "宿舍": "dorm", "dorm": "dorm",
    "教室": "room", "地点": "room", "room": "room",
    "集合点": "gathering", "集合地点": "gathering", "meeting point": "gathering",
}  # fmt: skip
"""What each person's own blank means, in both languages."""


def blanks(markup: str) -> list[str]:
    """The names of all blanks of a text, each once, in order."""
    return list(dict.fromkeys(name for found in BLANK.finditer(markup) if (name := _name(found))))


def _name(found: re.Match[str]) -> str:
    """The name in a blank; empty for a tag, and for what is too long to be one."""
    name = bare(found[1] or "")
    return name if len(name) <= LONGEST else ""


def personal(markup: str) -> list[str]:
    """The blanks that are filled for each person."""
    return [name for name in blanks(markup) if _meant(name) in PERSONAL]


def open_blanks(markup: str) -> list[str]:
    """The blanks that the sender has still to fill."""
    return [name for name in blanks(markup) if _meant(name) not in PERSONAL]


def _meant(name: str) -> str:
    return name.strip().lower()


def fill(markup: str, values: Mapping[str, str]) -> str:
    """The text with the blanks filled that have a value; values are plain words and come out escaped."""

    def one(found: re.Match[str]) -> str:
        name = _name(found)
        value = values.get(PERSONAL.get(_meant(name), _meant(name)), values.get(name, "")) if name else ""
        return _put(found[1], value) if value else found[0]

    return BLANK.sub(one, markup)


def _put(inside: str, value: str) -> str:
    """A value in place of a name, with the formatting that stood inside the braces."""
    lead = LEADING.match(inside)
    begins = lead[0] if lead else ""
    return begins + html.escape(value, quote=False) + "".join(TAG.findall(inside[len(begins) :]))


def bare(markup: str) -> str:
    """The words without markup."""
    return html.unescape(TAG.sub("", markup))


def first_words(markup: str, limit: int = 24) -> str:
    """What a notice is called on lists: the beginning of its first line; people's own blanks are left out of it."""
    called = BLANK.sub(lambda found: "…" if _meant(_name(found)) in PERSONAL else found[0], markup)
    line = next((part.strip() for part in bare(called).splitlines() if part.strip()), "")
    return line if len(line) <= limit else line[: limit - 1] + "…"
