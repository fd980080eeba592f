"""Whether a question has been asked already: characters in common, the rare ones weighing more (QA-03, search.md)."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

SAME, ALIKE = 0.90, 0.75
"""From here on it counts as asked already, or as similar; nothing is ever merged by machine."""
_GREETING = re.compile(r"^(?:老师|各位|大家|你好|您好|请问|请教|想问|想请教|一下|问一下|咨询|hello|hi)+")
_NOT = re.compile(r"不|没|无|未|非|别|勿|\b(?:no|not|never|cannot)\b|n't\b")
_DIGITS = re.compile(r"\d+")


def plain(text: str) -> str:
    """The letters and digits of a question, without greeting, blanks and signs."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(c for c in folded if c.isalnum())
    return _GREETING.sub("", bare) or bare


def alike(text: str, others: Mapping[int, str]) -> dict[int, float]:
    """How much of each other question is the same, 0 … 1; a different number or a negation takes it under `SAME`."""
    wanted = plain(text)
    known = {id: plain(other) for id, other in others.items()}
    seen: Counter[str] = Counter(c for other in (*known.values(), wanted) for c in set(other))
    count = len(known) + 1

    def weight(chars: set[str]) -> float:
        return sum(math.log(1 + count / seen[c]) for c in chars)

    mine = set(wanted)
    found: dict[int, float] = {}
    for id, other in known.items():
        both = weight(mine) + weight(set(other))
        share = 2 * weight(mine & set(other)) / both if both else 0.0
        differs = _sense(text) != _sense(others[id])
        found[id] = min(share, SAME - 0.01) if differs else share
    return found


def _sense(text: str) -> tuple[bool, tuple[str, ...]]:
    """Whether it says no, and its numbers; of the words as they stand, for an English "not" needs its blanks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return bool(_NOT.search(folded)), tuple(_DIGITS.findall(folded))
