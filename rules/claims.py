"""Claims about marks: what may be asked, what may be decided, and who looks at it (ATT-11, ATT-16)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

CORRECTION, OBJECTION = "correction", "objection"
CAUSES = ("phone", "network", "forgot", "other")
"""Kinds of error kept with a correction (ATT-16)."""
CORRECTABLE = frozenset({"unmarked", "late", "absent"})
"""Marks that a person may ask to have corrected; about any other one objects."""
CHOICES = ("present", "late", "class_duty")
"""What may be granted."""
FIRST, SECOND, FINAL = 1, 2, 0
"""The class teacher, the administrator, nobody any more."""
SHORTEST, LONGEST = 2, 300


def choices(present: str) -> tuple[str, ...]:
    """What may be granted to somebody whose mark is `present` now."""
    return tuple(status for status in CHOICES if status != present)


def is_sentence(words: str) -> bool:
    """Whether somebody said something that another person can judge by."""
    return SHORTEST <= len(words.strip()) <= LONGEST


def level_of(decided: Iterable[tuple[int, datetime]], changed_at: datetime) -> int:
    """Who looks at an objection (ATT-11): after the class teacher's decision the administrator, after his nobody.

    `decided` are earlier objections to this mark as (level, time of the decision). What was decided before the mark
    changed again was about another decision.
    """
    same = [level for level, at in decided if at >= changed_at]
    if not same:
        return FIRST
    return SECOND if max(same) == FIRST else FINAL
