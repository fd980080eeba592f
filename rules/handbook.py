"""The handbook of the school: what an entry holds, who may do what with it, when it is looked at again (HANDBOOK-*)."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta

from msgspec import Struct

from rules.log_checks import traces
from rules.roles import (
    ADMIN,
    CLASS_TEACHER,
    DEPUTY,
    LEADER,
    LECTURER,
    MONITOR,
    SCHOOL_LEADER,
    SITE_CONTACT,
    SUPPORT,
    TRAINEE,
)
from rules.settings_talk import Handbook

CATEGORIES = ("党建引领", "政策文件", "具体工作方法", "常见问题", "重点难点问题")
POLICY = "政策文件"
CITED, TO_CHECK, METHOD = "cited", "to_check", "method"
CHECKED = (CITED, TO_CHECK, METHOD)

DRAFT, REVIEW, RETURNED, DROPPED = "draft", "review", "returned", "dropped"
PUBLISHED, EXPIRED, RETIRED = "published", "expired", "retired"
OPEN = frozenset({DRAFT, REVIEW, RETURNED})
"""States of a version at which somebody still works; an entry has one such version at most."""
WRITABLE = frozenset({DRAFT, RETURNED})

DRAFTERS = frozenset({TRAINEE, LEADER, DEPUTY, MONITOR, CLASS_TEACHER, LECTURER, SITE_CONTACT, ADMIN})
PUBLISHERS = frozenset({ADMIN})
READERS = DRAFTERS | {SCHOOL_LEADER, SUPPORT}
EXPORTERS = frozenset({CLASS_TEACHER, ADMIN, SCHOOL_LEADER})

FIELDS = ("category", "q_zh", "a_zh", "q_en", "a_en", "checked", "basis", "tags", "as_of")
"""What an entry says, in the order in which a person reads it."""
LENGTHS = {"q_zh": (4, 120), "a_zh": (10, 1500), "q_en": (0, 200), "a_en": (0, 2500), "basis": (2, 200)}
"""The least and the most characters of a field."""
MOST_TAGS, TAG_LENGTH = 10, 20
_LINK = re.compile(r"(?<![A-Za-z0-9])([CK])(\d{1,3})(?![A-Za-z0-9])")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


class Content(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an entry says. `as_of` is an ISO date or empty."""

    category: str = ""
    q_zh: str = ""
    a_zh: str = ""
    q_en: str = ""
    a_en: str = ""
    checked: str = METHOD
    basis: str = ""
    tags: tuple[str, ...] = ()
    as_of: str = ""


class Wrong(Struct, frozen=True):
    """One thing that stands in the way of showing an entry: in which field, what, and the numbers of the rule."""

    field: str
    what: str
    low: int = 0
    high: int = 0


def tidy(text: str) -> str:
    """A text without what no reader sees; at most one empty line in a row."""
    lines = [line.rstrip() for line in _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """A text as one line."""
    return " ".join(tidy(text).split())


def tags_of(text: str) -> tuple[str, ...]:
    """Tags as people type them, each once."""
    return tuple(dict.fromkeys(found for part in re.split(r"[、，,;；\n|#]", text) if (found := one_line(part))))


def wrongs(content: Content) -> list[Wrong]:
    """Everything that must be mended before an entry may be shown."""
    found = []
    if content.category not in CATEGORIES:
        found.append(Wrong("category", "unknown" if content.category else "empty"))
    for name, (low, high) in LENGTHS.items():
        length = len(getattr(content, name))
        if not length and low:
            found.append(Wrong(name, "empty"))
        elif not low <= length <= high:
            found.append(Wrong(name, "length", low, high))
    if bool(content.q_en) != bool(content.a_en):
        found.append(Wrong("a_en" if content.q_en else "q_en", "half"))
    if content.checked not in CHECKED:
        found.append(Wrong("checked", "unknown"))
    if len(content.tags) > MOST_TAGS or any(len(tag) > TAG_LENGTH for tag in content.tags):
        found.append(Wrong("tags", "tags", MOST_TAGS, TAG_LENGTH))
    if content.as_of and day_of(content.as_of) is None:
        found.append(Wrong("as_of", "date"))
    return found


def day_of(text: str) -> date | None:
    """An ISO date, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def where_a_name_is(content: Content) -> tuple[str, ...]:
    """The stretches that seem to be somebody's name, number or door: for the reviewer to look at (never a refusal)."""
    texts = (content.q_zh, content.a_zh, content.q_en, content.a_en)
    return tuple(dict.fromkeys(found for text in texts for _, found in traces(text)))


def links_of(content: Content) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(courses, cases) that an entry names: C5, K07, in its tags, its basis or its text (HANDBOOK-06)."""
    text = " ".join((*content.tags, content.basis, content.q_zh, content.a_zh))
    found = list(dict.fromkeys((m[1], m[1] + m[2]) for m in _LINK.finditer(text)))
    return tuple(name for kind, name in found if kind == "C"), tuple(name for kind, name in found if kind == "K")


def review_day(category: str, today: date, numbers: Handbook) -> date:
    """When an entry that is published or confirmed today is looked at again (QA-10)."""
    return today + timedelta(days=numbers.review_days_policy if category == POLICY else numbers.review_days)


def may_decide(roles: Collection[str], account: int, author: int) -> bool:
    """Whether somebody may publish or return a version: an administrator, and never the one who wrote it."""
    return bool(PUBLISHERS & set(roles)) and account != author


def changed(old: Content, new: Content) -> tuple[str, ...]:
    """The fields in which two texts differ."""
    return tuple(name for name in FIELDS if getattr(old, name) != getattr(new, name))
