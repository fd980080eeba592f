"""What people type: the signs that Telegram's apps turn into formatting when a message is sent.

`**bold**`, `__italic__`, `~~struck~~`, `||hidden||`, `` `code` ``, ```` ```pre``` ```` and `[words](address)` as in the
apps; `<u>underlined</u>` stands for what the apps only have as a key.
"""

from __future__ import annotations

import re

import msgspec

from simulator.html import link, wide
from simulator.model import Json

SIGNS = {"**": "bold", "__": "italic", "~~": "strikethrough", "||": "spoiler"}
TOKEN = re.compile(
    r"```(?:(?P<language>[\w+-]+)\n)?(?P<pre>.+?)```"
    r"|`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>[^\[\]\n]+)\]\((?P<address>[^\s()]+)\)"
    r"|(?P<url>(?:https?://|\bt\.me/)[^\s*~|`<>()\[\]]+?(?=(?:__)?(?:[\s*~|`<>()\[\]]|$)))"
    r"|(?P<sign>(?<!\*)\*\*(?!\*)|(?<!_)__(?!_)|(?<!~)~~(?!~)|(?<!\|)\|\|(?!\|)|</?u>)",
    re.DOTALL,
)


class Piece(msgspec.Struct):
    """Some letters with their entities, or one sign that may open or close."""

    text: str
    marks: list[Json] = []
    sign: str = ""
    opens: bool = False
    closes: bool = False


def parse_typed(source: str) -> tuple[str, list[Json]]:
    """The plain text that was meant, and its entities in order; a sign without its partner stays as it is."""
    pieces = split(source)
    ends = pairs(pieces)
    begins = {end: begin for begin, end in ends.items()}
    out: list[str] = []
    marks: list[Json] = []
    at: dict[int, int] = {}
    units = 0
    for n, piece in enumerate(pieces):
        if n in ends:
            at[n] = units
        elif n in begins:
            start = at[begins[n]]
            marks.append({"type": SIGNS.get(piece.sign, "underline"), "offset": start, "length": units - start})
        else:
            marks += [{**one, "offset": one["offset"] + units} for one in piece.marks]
            out.append(piece.text)
            units += wide(piece.text)
    return "".join(out), sorted(marks, key=lambda one: (one["offset"], -one["length"]))


def split(source: str) -> list[Piece]:
    """A typed text cut into letters, signs, code and links."""
    pieces: list[Piece] = []
    end = 0
    for hit in TOKEN.finditer(source):
        if hit.start() > end:
            pieces.append(Piece(source[end : hit.start()]))
        end = hit.end()
        pieces.append(piece_of(hit, source))
    return [*pieces, Piece(source[end:])]


def piece_of(hit: re.Match[str], source: str) -> Piece:
    """One token as a piece."""
    if sign := hit["sign"]:
        before, after = source[: hit.start()][-1:], source[hit.end() :][:1]
        touches = bool(after.strip()), bool(before.strip())
        opens, closes = (sign == "<u>", sign == "</u>") if sign.endswith("u>") else touches
        return Piece(sign, sign=sign, opens=opens, closes=closes)
    if words := hit["code"] or hit["pre"]:
        mark: Json = {"type": "code" if hit["code"] else "pre", "offset": 0, "length": wide(words)}
        return Piece(words, [{**mark, "language": hit["language"]} if hit["language"] else mark])
    if hit["label"] and (fields := link(hit["address"])) is not None:
        words, inside = parse_typed(hit["label"])
        kind = {"type": "text_link", "offset": 0, "length": wide(words)}
        return Piece(words, [{**kind, **fields}, *inside])
    return Piece(hit.group())


def pairs(pieces: list[Piece]) -> dict[int, int]:
    """Which sign closes which: the number of the opening piece → that of the closing one."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for n, piece in enumerate(pieces):
        if not piece.sign:
            continue
        partner = "<u>" if piece.sign == "</u>" else piece.sign
        begin = next((one for one in reversed(waiting) if pieces[one].sign == partner), None)
        if piece.closes and begin is not None and filled(pieces[begin + 1 : n]):
            del waiting[waiting.index(begin) :]
            found[begin] = n
        elif piece.opens:
            waiting.append(n)
    return found


def filled(pieces: list[Piece]) -> bool:
    """Whether anything but blanks and signs stands there."""
    return any(piece.text.strip() for piece in pieces if not piece.sign)
