"""When personal data of a class go, and what of a roster is optional (XC-07)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

AHEAD = timedelta(days=7)
"""So long before it the administrators are told, so that they can put the archive in order."""

OPTIONAL = frozenset({"birth_year", "diet", "gender", "party_member", "years_in_community"})
"""What a roster may say of somebody and no rule needs; a person may have it deleted at any time."""

DECLINED, ERASED = "declined", "erased"
"""Marks in a person's facts: the optional ones were deleted by the person; all of it was."""


def erased_on(last_day: date, days: int) -> date:
    """The day in whose first hours the data go: so many days after the last, and never during the class."""
    return last_day + timedelta(days=max(days, 1))


def is_due(last_day: date, days: int, today: date) -> bool:
    """Whether the data of a class go today."""
    return today >= erased_on(last_day, days)


def is_near(last_day: date, days: int, today: date) -> bool:
    """Whether it is time to tell the administrators that they go soon."""
    return today >= erased_on(last_day, days) - AHEAD


def without_optional(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of a person who wants the optional ones deleted; the mark stays, so that an import does not bring them
    back."""
    return {**{k: v for k, v in facts.items() if k not in OPTIONAL}, DECLINED: True}


def optional_in(facts: Mapping[str, Any]) -> int:
    """How many optional facts there are."""
    return len(OPTIONAL & set(facts))
