"""Telegram's MarkdownV2 and the old Markdown: from signs to entities."""

from __future__ import annotations

import re

from simulator.html import link, wide
from simulator.model import Json
from simulator.refusal import bad

SIGNS = {"__": "underline", "||": "spoiler", "*": "bold", "_": "italic", "~": "strikethrough"}
OLD_SIGNS = {"*": "bold", "_": "italic"}
RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
CODE = re.compile(r"```(?:(?P<language>[\w+-]+)\n)?(?P<pre>.*?)```|`(?P<code>(?:\\.|[^`\\])+)`", re.DOTALL)
LINK = re.compile(r"\]\((?P<url>(?:\\.|[^)\\])*)\)")


def parse_markdown(source: str, strict: bool) -> tuple[str, list[Json]]:
    """The plain text and its entities; `strict` is MarkdownV2."""
    reader = Reader(source, strict)
    reader.run()
    return "".join(reader.out), sorted(reader.entities, key=lambda one: (one["offset"], -one["length"]))


class Reader:
    """Walks once through the source; `open` holds the signs that wait for their pair."""

    def __init__(self, source: str, strict: bool) -> None:
        self.source, self.strict, self.at, self.units = source, strict, 0, 0
        self.signs = SIGNS if strict else OLD_SIGNS
        self.out: list[str] = []
        self.entities: list[Json] = []
        self.open: list[tuple[str, int, int]] = []

    def run(self) -> None:
        """Read everything."""
        while self.at < len(self.source):
            if not (self._escaped() or self._code() or self._sign() or self._link()):
                self._letter()
        if self.open:
            sign, _, begin = self.open[-1]
            name = "TextUrl" if sign == "[" else self.signs[sign].capitalize()
            where = f"at byte offset {len(self.source[:begin].encode())}"
            raise wrong(f"Can't find end of {name} entity {where}")

    def _write(self, text: str) -> None:
        self.out.append(text)
        self.units += wide(text)

    def _letter(self) -> None:
        letter = self.source[self.at]
        if letter == ">" and (self.at == 0 or self.source[self.at - 1] == "\n"):
            self._quote()
            return
        if self.strict and letter in RESERVED:
            raise wrong(f"Character '{letter}' is reserved and must be escaped with the preceding '\\'")
        self._write(letter)
        self.at += 1

    def _quote(self) -> None:
        end = self.source.find("\n", self.at)
        end = len(self.source) if end < 0 else end
        words, inner = parse_markdown(self.source[self.at + 1 : end], self.strict)
        self.entities += [{**one, "offset": one["offset"] + self.units} for one in inner]
        if words:
            self.entities.append({"type": "blockquote", "offset": self.units, "length": wide(words)})
        self._write(words)
        self.at = end

    def _escaped(self) -> bool:
        following = self.source[self.at + 1 : self.at + 2]
        if self.source[self.at] != "\\" or not following or not (following in RESERVED or following == "\\"):
            return False
        self._write(following)
        self.at += 2
        return True

    def _code(self) -> bool:
        hit = CODE.match(self.source, self.at)
        if hit is None:
            return False
        words = re.sub(r"\\(.)", r"\1", hit["pre"] if hit["pre"] is not None else hit["code"])
        kind = "pre" if hit["pre"] is not None else "code"
        entity: Json = {"type": kind, "offset": self.units, "length": wide(words)}
        self.entities.append({**entity, "language": hit["language"]} if hit["language"] else entity)
        self._write(words)
        self.at = hit.end()
        return True

    def _sign(self) -> bool:
        sign = next((one for one in self.signs if self.source.startswith(one, self.at)), "")
        if not sign:
            return False
        if self.open and self.open[-1][0] == sign:
            self._close(self.signs[sign], {})
        else:
            self.open.append((sign, self.units, self.at))
        self.at += len(sign)
        return True

    def _link(self) -> bool:
        letter = self.source[self.at]
        if letter == "[":
            self.open.append(("[", self.units, self.at))
            self.at += 1
            return True
        hit = LINK.match(self.source, self.at)
        if hit is None or not self.open or self.open[-1][0] != "[":
            return False
        fields = link(re.sub(r"\\(.)", r"\1", hit["url"]))
        self._close("text_link", fields)
        self.at = hit.end()
        return True

    def _close(self, kind: str, fields: Json | None) -> None:
        _, offset, _ = self.open.pop()
        if self.units > offset and fields is not None:
            self.entities.append({"type": kind, "offset": offset, "length": self.units - offset, **fields})


def wrong(text: str) -> Exception:
    """The refusal of a badly marked text."""
    return bad(f"can't parse entities: {text}")
