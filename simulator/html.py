"""Telegram's HTML: from tags to entities, with Telegram's own complaints about bad markup."""

from __future__ import annotations

from typing import Any

from simulator.model import Json
from simulator.refusal import bad

STYLES = {
    "a": "text_link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def wide(text: str) -> int:
    """The length of a text in UTF-16 units, as Telegram counts."""
    return len(text) if text.isascii() else len(text) + sum(letter > "\uffff" for letter in text)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The plain text of some HTML, and its entities in order."""
    if "<" not in source and "&" not in source:
        return source, []
    reader = Reader(source)
    reader.run()
    return "".join(reader.out), sorted(reader.entities, key=lambda one: (one["offset"], -one["length"]))


class Open:
    """A tag that waits for its end."""

    def __init__(self, name: str, given: dict[str, str], offset: int) -> None:
        self.name, self.given, self.offset = name, given, offset


class Reader:
    """Walks once through the source."""

    def __init__(self, source: str) -> None:
        self.source, self.at, self.units = source, 0, 0
        self.out: list[str] = []
        self.entities: list[Json] = []
        self.open: list[Open] = []

    def run(self) -> None:
        """Read everything."""
        while self.at < len(self.source):
            letter = self.source[self.at]
            if letter == "<":
                self._tag()
            elif letter == "&":
                self._write(self._character())
            else:
                self._plain()
        if self.open:
            raise self._wrong(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')

    def _plain(self) -> None:
        ends = [end for end in (self.source.find("<", self.at), self.source.find("&", self.at)) if end >= 0]
        end = min(ends, default=len(self.source))
        self._write(self.source[self.at : end])
        self.at = end

    def _write(self, text: str) -> None:
        self.out.append(text)
        self.units += wide(text)

    def _character(self) -> str:
        end = self.source.find(";", self.at + 1, self.at + 12)
        name = self.source[self.at + 1 : end] if end > 0 else ""
        known = NAMED.get(name) or numbered(name)
        self.at = end + 1 if known else self.at + 1
        return known or "&"

    def _tag(self) -> None:
        if self.source.startswith("</", self.at):
            self._end()
        else:
            self._start()

    def _start(self) -> None:
        begin = self.at
        self.at += 1
        name = self._word(">").lower()
        if self.at >= len(self.source):
            raise self._wrong(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if name not in STYLES:
            raise self._wrong(f'Unsupported start tag "{name}" at byte offset {self._bytes(begin)}')
        given = self._attributes(name, begin)
        if name == "span" and given.get("class") != "tg-spoiler":
            raise self._wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self.open.append(Open(name, given, self.units))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        given: dict[str, str] = {}
        while True:
            self._blanks()
            if self._peek() == ">":
                self.at += 1
                return given
            name = self._word("=>/\"'").lower()
            if not name:
                raise self._wrong(f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}')
            self._blanks()
            given[name] = self._value(tag, begin) if self._peek() == "=" else ""

    def _value(self, tag: str, begin: int) -> str:
        self.at += 1
        self._blanks()
        quote = self._peek()
        if quote not in "\"'":
            return self._word(">")
        self.at += 1
        parts: list[str] = []
        while (letter := self._peek(tag, begin)) != quote:
            if letter == "&":
                parts.append(self._character())
            else:
                parts.append(letter)
                self.at += 1
        self.at += 1
        return "".join(parts)

    def _end(self) -> None:
        begin = self.at
        if not self.open:
            raise self._wrong(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        self.at += 2
        name = self._word(">").lower()
        self._blanks()
        if self.at >= len(self.source) or self.source[self.at] != ">":
            raise self._wrong(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            where = f"at byte offset {self._bytes(begin)}"
            raise self._wrong(f'Unmatched end tag {where}, expected "</{tag.name}>", found "</{name}>"')
        if self.units > tag.offset:
            self._close(tag)

    def _close(self, tag: Open) -> None:
        length = self.units - tag.offset
        entity: Json = {"type": STYLES[tag.name], "offset": tag.offset, "length": length}
        if tag.name == "code" and self._inside_pre(tag, length):
            return
        extra = self._extra(tag, length)
        if extra is not None:
            self.entities.append({**entity, **extra})

    def _extra(self, tag: Open, length: int) -> dict[str, Any] | None:
        """What an entity carries besides its place; None when the tag then means nothing."""
        given = tag.given
        if tag.name == "a":
            return link(given.get("href") or "".join(self.out)[-length:])
        if tag.name == "blockquote" and "expandable" in given:
            return {"type": "expandable_blockquote"}
        if tag.name == "tg-emoji":
            return {"custom_emoji_id": given.get("emoji-id", "")}
        if tag.name == "tg-time":
            return {"unix_time": int(given.get("unix", "0") or 0), "date_time_format": given.get("format", "")}
        if tag.name == "pre" and "language" in given:
            return {"language": given["language"]}
        return {}

    def _inside_pre(self, tag: Open, length: int) -> bool:
        """A code tag right inside a pre only tells the pre's language."""
        outer = self.open[-1] if self.open else None
        if outer is None or outer.name != "pre" or outer.offset != tag.offset:
            return False
        language = tag.given.get("class", "")
        if language.startswith("language-") and self.source.startswith("</pre>", self.at):
            outer.given["language"] = language[9:]
            return True
        return False

    def _word(self, stops: str) -> str:
        begin = self.at
        while self.at < len(self.source) and not self.source[self.at].isspace() and self.source[self.at] not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _blanks(self) -> None:
        while self.at < len(self.source) and self.source[self.at].isspace():
            self.at += 1

    def _peek(self, tag: str = "", begin: int = 0) -> str:
        if self.at >= len(self.source):
            raise self._wrong(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        return self.source[self.at]

    def _bytes(self, at: int) -> int:
        return len(self.source[:at].encode())

    def _wrong(self, text: str) -> Exception:
        return bad(f"can't parse entities: {text}")


def numbered(name: str) -> str:
    """The letter of a numeric character reference, or nothing."""
    digits, radix = (name[2:], 16) if name[:2] in ("#x", "#X") else (name[1:], 10)
    if not name.startswith("#") or not digits.isalnum():
        return ""
    try:
        number = int(digits, radix)
        return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else ""
    except ValueError:
        return ""


def link(url: str) -> Json | None:
    """A link's entity fields; a tg://user link mentions somebody, an address without a dot is no link."""
    if url.startswith("tg://user?id=") and url[13:].isdigit():
        return {"type": "text_mention", "user": {"id": int(url[13:]), "is_bot": False, "first_name": ""}}
    if "://" not in url:
        url = f"http://{url}"
    host = url.split("://", 1)[1].split("/", 1)[0]
    if not host or ("." not in host and "localhost" not in host and not url.startswith("tg:")):
        return None
    return {"url": url + "/" if url.count("/") == 2 and "?" not in url else url}
