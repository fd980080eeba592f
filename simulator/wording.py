"""Words on their way from a phone: plain, with signs, as HTML or with entities; one long text becomes several."""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.entities import CAPTION_MOST, TEXT_MOST, finished, parse, trim
from simulator.html import wide
from simulator.model import Json
from simulator.refusal import NotPossible
from simulator.typed import parse_typed


class Wording(msgspec.Struct, frozen=True):
    """What somebody wants to say; `parse_mode` is "" (as it stands), "typed" (an app's signs) or one of the Bot API."""

    text: str
    parse_mode: str = ""
    entities: Any = None

    def read(self) -> tuple[str, list[Json]]:
        """The plain words and their entities."""
        if self.parse_mode.lower() == "typed":
            return finished(*parse_typed(self.text))
        return parse(self.text, self.parse_mode, self.entities)

    def texts(self) -> list[Json]:
        """The words as the contents of messages: an app cuts what is too long for one."""
        words, marks = self.read()
        if not words:
            raise NotPossible("nothing to send")
        return [content("text", "entities", *part) for part in cut(words, marks)]

    def caption(self) -> Json:
        """The words as a caption; nothing when there are none."""
        words, marks = self.read()
        if wide(words) > CAPTION_MOST:
            raise NotPossible(f"a caption holds at most {CAPTION_MOST} letters")
        return content("caption", "caption_entities", words, marks) if words else {}


def content(name: str, names: str, words: str, marks: list[Json]) -> Json:
    """Words and entities under the names of a text or a caption."""
    return {name: words, names: marks} if marks else {name: words}


def cut(words: str, marks: list[Json], most: int = TEXT_MOST) -> list[tuple[str, list[Json]]]:
    """A text in parts that Telegram takes, cut at the end of a line or a word where there is one."""
    if wide(words) <= most:
        return [(words, marks)]
    head = words[:most]
    while wide(head) > most:
        head = head[:-1]
    at = next((found for sign in ("\n", " ") if (found := head.rfind(sign)) > most // 2), len(head))
    middle, end = wide(words[:at]), wide(words)
    first = trim(words[:at], between(marks, 0, middle))
    return [first, *cut(*trim(words[at:], between(marks, middle, end)), most)]


def between(marks: list[Json], start: int, stop: int) -> list[Json]:
    """The entities, or the parts of them, that lie in a stretch of the text, counted from its beginning."""
    found: list[Json] = []
    for one in marks:
        begin, end = max(start, one["offset"]), min(stop, one["offset"] + one["length"])
        if end > begin:
            found.append({**one, "offset": begin - start, "length": end - begin})
    return found
