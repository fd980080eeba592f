"""Formatting that a person gave to a text (Telegram's entities) as HTML that we may send on: simple tags only."""

from __future__ import annotations

import html
from collections.abc import Sequence

from msgspec import Struct

TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler", "code": "code",
    "pre": "pre", "blockquote": "blockquote", "expandable_blockquote": "blockquote",
}  # fmt: skip
WEB = ("http://", "https://", "tg://")


class Entity(Struct, frozen=True):
    """A stretch of a text, counted in UTF-16 units."""

    type: str
    offset: int = 0
    length: int = 0
    url: str = ""


def html_of(text: str, entities: Sequence[Entity]) -> str:
    """The text as HTML; empty when it has no formatting of its own. Stretches that cross each other are cut, what is
    out of range or of an unknown kind is passed over: the result always has valid tags."""
    marks = [(e.offset, min(e.offset + e.length, _units(text)), *tag) for e in entities if (tag := _tag(e)) is not None]
    marks = sorted((m for m in marks if 0 <= m[0] < m[1]), key=lambda m: (m[0], -m[1]))
    if not marks:
        return ""
    made: list[str] = []
    inside: list[tuple[int, str]] = []
    at = 0
    waiting = list(marks)
    for char in text:
        at = _step(at, made, inside, waiting)
        made.append(html.escape(char, quote=False))
        at += 2 if char > "\uffff" else 1
    _step(at, made, inside, [])
    made += [f"</{name}>" for _, name in reversed(inside)]
    return "".join(made)


def _step(at: int, made: list[str], inside: list[tuple[int, str]], waiting: list[tuple[int, int, str, str]]) -> int:
    """Close what ends at this place, open what begins; an inner stretch never outlives its outer one."""
    while inside and any(end <= at for end, _ in inside):
        made.append(f"</{inside.pop()[1]}>")
    while waiting and waiting[0][0] <= at:
        _, end, name, attributes = waiting.pop(0)
        end = min([end, *(e for e, _ in inside)])
        if end > at:
            made.append(f"<{name}{attributes}>")
            inside.append((end, name))
    return at


def _tag(entity: Entity) -> tuple[str, str] | None:
    """Name and attributes of the tag for a stretch."""
    if entity.type == "text_link" and entity.url.lower().startswith(WEB):
        return "a", f' href="{html.escape(entity.url)}"'
    name = TAGS.get(entity.type)
    return (name, "") if name else None


def _units(text: str) -> int:
    return len(text) + sum(c > "\uffff" for c in text)
