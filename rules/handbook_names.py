"""Takes names out of a text before it becomes everybody's: people of the class, households, numbers (QA-10)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from rules.log_checks import SURNAMES, traces

RESIDENT, TRAINEE, TEACHER = "某居民", "某学员", "某老师"
INSTEAD = {"name": RESIDENT, "number": "（号码略）", "door": "某户"}
_CALLED = re.compile(rf"[{SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:先生|女士|阿姨|大爷|大妈|奶奶|爷爷|叔叔|大姐|大哥|师傅)")
_TITLES = ("老师", "教授", "同学", "主任", "书记")


class Cleaned(Struct, frozen=True):
    """A text without names, and what was replaced by what."""

    text: str
    replaced: tuple[tuple[str, str], ...] = ()


def without_names(text: str, trainees: Iterable[str], teachers: Iterable[str]) -> Cleaned:
    """Put 「某学员」, 「某老师」, 「某居民」 in the place of names; longer ones first, so that none is cut in two."""
    known = dict.fromkeys(trainees, TRAINEE) | dict.fromkeys(teachers, TEACHER)
    found: dict[str, str] = {}
    for name in sorted((n for n in known if _is_name(n)), key=len, reverse=True):
        for stretch in (*(name + title for title in _TITLES), name):
            if stretch in text:
                text = text.replace(stretch, known[name])
                found[stretch] = known[name]
    called = (("name", stretch) for stretch in _CALLED.findall(text))
    for kind, stretch in sorted((*traces(text), *called), key=lambda trace: -len(trace[1])):
        if stretch in text:
            text = text.replace(stretch, INSTEAD[kind])
            found[stretch] = INSTEAD[kind]
    door = INSTEAD["door"]
    return Cleaned(re.sub(f"(?:{door})+", door, text), tuple(found.items()))


def _is_name(name: str) -> bool:
    """Whether a name can stand for one person only: a single character is a word of everyday life."""
    return len(name) >= 2 and (name[0] in SURNAMES or len(name) > 2 or not name.isascii())
