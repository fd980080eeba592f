"""The words of a log: which prompt a line answers, what is a question in it, what changed between versions."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from msgspec import Struct

SLOTS = ("learned", "puzzle", "action")
_NUMBERED = re.compile(r"^\s*(?:([123１２３一二三①②③])\s*[.、．。:：)）]?\s*(?=\S))")
_NUMBERS = {n: SLOTS[i % 3] for i, n in enumerate("123１２３一二三①②③")}
_WORDED = (
    (re.compile(r"^\s*(?:学到|收获|今天学到|learned)\s*[:：]\s*", re.IGNORECASE), "learned"),
    (re.compile(r"^\s*(?:困惑|问题|没听明白|puzzle|question)\s*[:：]\s*", re.IGNORECASE), "puzzle"),
    (re.compile(r"^\s*(?:打算|准备做|下一步|行动|action)\s*[:：]\s*", re.IGNORECASE), "action"),
)
_SURE_NUMBER = re.compile(r"^\s*(?:[①②③]|[123１２３][.、．)）:：]|[一二三][、.．:：])")
_NOTE = re.compile(r"^\s*(?:记一笔|随手记|note)\s*[:：,，\s]\s*(?=\S)", re.IGNORECASE)
_ASKS = re.compile(  # it begins where a sentence does: tried at every letter it takes seconds over a long text
    r"(?<![^。！!?？\n])[^。！!?？\n]*(?:困惑|没想明白|没听明白|想不明白|想问|想请|不知道|怎么办|[?？])[^。！!?？\n]*[?？]?"
)
_SENTENCE = re.compile(r"[^。！!?？\n]*[。！!?？\n]+|[^。！!?？\n]+")


def slot_of(text: str) -> tuple[str, str]:
    """(the prompt that a text says it answers, the text without that mark): `2、…`, `②…`, `困惑：…`."""
    if _SURE_NUMBER.match(text) and (numbered := _NUMBERED.match(text)):
        return _NUMBERS[numbered[1]], text[numbered.end() :].strip()
    for pattern, slot in _WORDED:
        if found := pattern.match(text):
            return slot, text[found.end() :].strip()
    return "", text.strip()


def noted(text: str) -> str:
    """What follows 「记一笔」, where a text begins so; empty otherwise (from anywhere in the chat)."""
    found = _NOTE.match(text)
    return text[found.end() :].strip() if found else ""


def puzzle_of(parts: Iterable[tuple[str, str]]) -> str:
    """The question in a log: its part "puzzle", else the first sentence that asks something (LOG-09)."""
    found = list(parts)
    answered = " ".join(text for slot, text in found if slot == "puzzle").strip()
    if answered:
        return answered
    for _, text in found:
        if asks := _ASKS.search(text):
            return asks[0].strip(" ，,：:；;")
    return ""


class Change(Struct, frozen=True):
    """A stretch of text between two versions: `same`, `gone` or `new`."""

    kind: str
    text: str


def changes(before: str, after: str) -> list[Change]:
    """What became of a text, sentence by sentence, and within a sentence where only a little changed."""
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    found: list[Change] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("same", "".join(old[a:b])))
        elif tag == "replace":
            found += _within("".join(old[a:b]), "".join(new[c:d]))
        else:
            found += [Change("gone", "".join(old[a:b]))] if b > a else []
            found += [Change("new", "".join(new[c:d]))] if d > c else []
    return found


def _within(before: str, after: str) -> list[Change]:
    match = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if len(before) + len(after) > 1200 or match.ratio() < 0.5:
        return [Change("gone", before), Change("new", after)]
    found = []
    for tag, a, b, c, d in match.get_opcodes():
        if tag == "equal":
            found.append(Change("same", before[a:b]))
            continue
        found += [Change("gone", before[a:b])] if b > a else []
        found += [Change("new", after[c:d])] if d > c else []
    return found


def cut(text: str, most: int) -> str:
    """A text that fits on a screen."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
