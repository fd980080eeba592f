"""Texts as Telegram takes them in: parse mode, given entities, and what it finds by itself in plain words."""

from __future__ import annotations

import re
from typing import Any

from simulator.html import parse_html, wide
from simulator.markdown import parse_markdown
from simulator.model import Json
from simulator.refusal import bad

TEXT_MOST, CAPTION_MOST, RAW_MOST = 4096, 1024, 32768
FOUND = re.compile(
    r"(?P<url>(?:https?://|tg://)[^\s<>\"'，。！？；：、（）《》「」]+|\bt\.me/[^\s<>\"'，。！？；：、（）]+)"
    r"|(?P<email>\b[\w.+-]+@[\w-]+\.[a-zA-Z]{2,}\b)"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/<>])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})\b"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d]\w*)"
)
SPECIAL = ("/", "@", "#", "t.me")
SOLID = frozenset({"code", "pre", "text_link", "text_mention"})


def find_entities(text: str, taken: list[Json]) -> list[Json]:
    """Links, commands, mentions and tags in plain words, outside of what is already marked as something solid."""
    if not any(sign in text for sign in SPECIAL):
        return []
    solid = [(one["offset"], one["offset"] + one["length"]) for one in taken if one["type"] in SOLID]
    found: list[Json] = []
    for hit in FOUND.finditer(text):
        kind = hit.lastgroup or ""
        words = hit.group().rstrip(".,;:!?)") if kind == "url" else hit.group()
        begin = wide(text[: hit.start()])
        end = begin + wide(words)
        if not any(begin < stop and end > start for start, stop in solid):
            found.append({"type": kind, "offset": begin, "length": end - begin})
    return found


def parse(text: str, mode: str, given: Any) -> tuple[str, list[Json]]:
    """A text as it was meant: by its parse mode, or with the entities given."""
    mode = mode.lower()
    if mode == "html":
        words, marks = parse_html(text)
    elif mode in ("markdown", "markdownv2"):
        words, marks = parse_markdown(text, mode == "markdownv2")
    elif mode:
        raise bad("unsupported parse_mode")
    else:
        words, marks = text, checked(text, given or [])
    return finished(words, marks)


def finished(text: str, marks: list[Json]) -> tuple[str, list[Json]]:
    """A text without blanks at its ends, with what Telegram finds in it by itself."""
    words, marks = trim(text, marks)
    if found := find_entities(words, marks):
        marks = sorted([*marks, *found], key=lambda one: (one["offset"], -one["length"]))
    return words, marks[:100]


def checked(text: str, given: Any) -> list[Json]:
    """Entities from the caller that lie inside the text."""
    if not isinstance(given, list) or not all(isinstance(one, dict) and "type" in one for one in given):
        raise bad("can't parse MessageEntity: expected an Array of MessageEntity")
    end = wide(text)
    marks = [one for one in given if 0 <= int(one.get("offset", -1)) < end and int(one.get("length", 0)) > 0]
    found = ("url", "bot_command", "mention", "hashtag", "email")
    return [{**one, "length": min(one["length"], end - one["offset"])} for one in marks if one["type"] not in found]


def trim(text: str, marks: list[Json]) -> tuple[str, list[Json]]:
    """Cut blanks at both ends and move the entities along."""
    right = text.rstrip()
    words = right.lstrip()
    if len(words) == len(text):
        return text, marks
    shift, end = len(right) - len(words), wide(words)
    moved: list[Json] = []
    for one in marks:
        start = max(0, one["offset"] - shift)
        stop = min(end, one["offset"] + one["length"] - shift)
        if stop > start:
            moved.append({**one, "offset": start, "length": stop - start})
    return words, moved


def message_text(text: str, mode: str, given: Any) -> Json:
    """The text of a message and its entities, or why it cannot be one."""
    if not text:
        raise bad("message text is empty")
    if len(text) > RAW_MOST // 4 and len(text.encode()) > RAW_MOST:
        raise bad("text is too long")
    words, marks = parse(text, mode, given)
    if not words:
        raise bad("text must be non-empty")
    if wide(words) > TEXT_MOST:
        raise bad("message is too long")
    return {"text": words, "entities": marks} if marks else {"text": words}


def caption_text(text: str, mode: str, given: Any) -> Json:
    """The caption of a message and its entities; nothing when there is none."""
    if not text:
        return {}
    words, marks = parse(text, mode, given)
    if wide(words) > CAPTION_MOST:
        raise bad("message caption is too long")
    if not words:
        return {}
    return {"caption": words, "caption_entities": marks} if marks else {"caption": words}
