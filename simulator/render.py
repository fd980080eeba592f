"""Text and entities as safe HTML for the page: every letter escaped, only known tags written."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from simulator.model import Json

TAGS = {
    "bold": ("<b>", "</b>"), "italic": ("<i>", "</i>"), "underline": ("<u>", "</u>"), "strikethrough": ("<s>", "</s>"),
    "spoiler": ('<span class="spoiler">', "</span>"), "code": ("<code>", "</code>"), "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
    "date_time": ("<span>", "</span>"),
}  # fmt: skip


def html_of(text: str, entities: list[Json]) -> str:
    """The HTML of a text with its entities."""
    if not entities:
        return escape(text)
    units = text if text.isascii() else spread(text)
    opens: dict[int, list[Json]] = {}
    for one in sorted(entities, key=lambda one: (one["offset"], -one["length"])):
        opens.setdefault(one["offset"], []).append(one)
    return "".join(pieces(units, opens))


def spread(text: str) -> list[str]:
    """One item for each UTF-16 unit; the second half of a wide letter is empty."""
    units: list[str] = []
    for letter in text:
        units.append(letter)
        if letter > "\uffff":
            units.append("")
    return units


def pieces(units: str | list[str], opens: dict[int, list[Json]]) -> list[str]:
    """The HTML piece by piece; entities that overlap are closed and opened again."""
    out: list[str] = []
    stack: list[tuple[int, str, str]] = []
    for at, letter in enumerate(units):
        close(out, stack, at)
        for one in opens.get(at, ()):
            words = "".join(units[at : at + one["length"]])
            before, after = tags(one, words)
            out.append(before)
            stack.append((at + one["length"], before, after))
        out.append(escape(letter))
    close(out, stack, len(units))
    return [*out, *(after for _, _, after in reversed(stack))]


def close(out: list[str], stack: list[tuple[int, str, str]], at: int) -> None:
    """Write the end tags of everything that ends here."""
    again: list[tuple[int, str, str]] = []
    while any(end <= at for end, _, _ in stack):
        top = stack.pop()
        out.append(top[2])
        if top[0] > at:
            again.append(top)
    for one in reversed(again):
        out.append(one[1])
        stack.append(one)


def tags(one: Json, words: str) -> tuple[str, str]:
    """The tags around an entity."""
    kind = one["type"]
    if kind in TAGS:
        return TAGS[kind]
    if kind == "bot_command":
        return f'<span class="bot_command" data-command="{escape(words)}">', "</span>"
    if kind == "text_link":
        return f'<a href="{escape(one.get("url", ""))}">', "</a>"
    if kind == "url":
        return f'<a href="{escape(words if "://" in words else f"https://{words}")}">', "</a>"
    if kind == "email":
        return f'<a href="mailto:{quote(words, safe="@")}">', "</a>"
    return f'<span class="{escape(kind)}">', "</span>"
