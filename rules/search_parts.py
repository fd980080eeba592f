"""The passage of a text that answers a question, short enough for a card, with the matching words marked."""

from __future__ import annotations

import html
import re

from msgspec import Struct

from rules.search_terms import HAN, asked, has_han, normal

PART = 120
_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]?|.+", re.DOTALL)
_PIECE = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")


class Stretch(Struct, frozen=True):
    """A stretch of a text, and from where to where its words match."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def marked(self) -> str:
        """The stretch with the matching words in bold, everything else made harmless."""
        out, at = [], 0
        for start, end in self.marks:
            out += [html.escape(self.text[at:start], quote=False),
                    "<b>", html.escape(self.text[start:end], quote=False), "</b>"]  # fmt: skip
            at = end
        return "".join(out) + html.escape(self.text[at:], quote=False)


def _wanted(query: str, also: tuple[str, ...]) -> frozenset[str]:
    """The pairs of characters and the words that count as matching."""
    found = set[str]()
    for text in (asked(query), *map(normal, also)):
        for piece in _PIECE.findall(text):
            han = has_han(piece[0])
            found |= {piece[i : i + 2] for i in range(len(piece) - 1)} if han else {piece}
            if len(piece) == 1:
                found.add(piece)
    return frozenset(found)


def _marks(text: str, wanted: frozenset[str]) -> list[tuple[int, int]]:
    """From where to where the wanted words stand; the text is compared character by character as it will be shown."""
    plain = "".join(small if len(small := normal(char) or " ") == 1 else " " for char in text)
    hit = [False] * len(plain)
    for match in re.finditer(rf"[^\W_{HAN}]+", plain):
        if match[0] in wanted:
            hit[match.start() : match.end()] = [True] * len(match[0])
    for i in range(len(plain)):
        if plain[i : i + 2] in wanted and len(plain[i : i + 2]) == 2 and not plain[i].isascii():
            hit[i] = hit[i + 1] = True
        elif plain[i] in wanted and not plain[i].isascii():
            hit[i] = True
    spans: list[tuple[int, int]] = []
    for i, is_hit in enumerate(hit):
        if is_hit and spans and spans[-1][1] == i:
            spans[-1] = (spans[-1][0], i + 1)
        elif is_hit:
            spans.append((i, i + 1))
    return spans


def stretch(text: str, query: str, also: tuple[str, ...] = (), size: int = 0) -> Stretch:
    """The sentences of a text that match a question best, about `size` characters; the beginning when none does."""
    text = re.sub(r"\s*\n\s*", "\n", text.strip())
    size = size or (PART if has_han(text) else 2 * PART)
    spans = _marks(text, _wanted(query, also))
    bounds = [m.span() for m in _SENTENCE.finditer(text) if m[0]]
    best, where = (-1, 0), (0, len(text))
    for i, (start, _) in enumerate(bounds):
        end = start
        for _, stop in bounds[i:]:
            if end > start and stop - start > size:
                break
            end = stop
        worth = sum(b - a for a, b in spans if a >= start and b <= end), end - start
        if worth > best:
            best, where = worth, (start, end)
    start, end = where
    cut = end - start > size
    if cut:
        first = next((a for a, b in spans if start <= a < end), start)
        start = max(start, min(first - size // 4, end - size))
        end = min(end, start + size)
    before = "…" if start > 0 and (cut or start != 0) else ""
    after = "…" if end < len(text) else ""
    body = text[start:end].strip("\n")
    start += len(text[start:end]) - len(text[start:end].lstrip("\n"))
    shift = len(before) - start
    marks = tuple((max(a, start) + shift, min(b, start + len(body)) + shift)
                  for a, b in spans if b > start and a < start + len(body))  # fmt: skip
    return Stretch(before + body + after, marks)
