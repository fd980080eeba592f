"""Hints for the class teacher: what looks odd in a list. They say something and decide nothing (ATT-18)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

ENOUGH, MANY = 3, 8
"""So many at once are no chance any more; more than the second bind together because a class does."""

MINUTE = 60


def together(people: Iterable[tuple[int, datetime, datetime]], enough: int = ENOUGH) -> tuple[tuple[int, ...], ...]:
    """Those who bound within one minute of the clock and checked in within one: (id, bound, checked in) each."""
    found: dict[tuple[int, int], list[int]] = {}
    for id, bound, checked in people:
        minutes = int(bound.timestamp()) // MINUTE, int(checked.timestamp()) // MINUTE
        found.setdefault(minutes, []).append(id)
    return tuple(tuple(ids) for _, ids in sorted(found.items()) if enough <= len(ids) <= MANY)


def of_one_group(people: Iterable[tuple[int, int]], enough: int = ENOUGH) -> dict[int, tuple[int, ...]]:
    """The groups with so many of these people, who are (id, group) each."""
    found: dict[int, list[int]] = {}
    for id, group in people:
        found.setdefault(group, []).append(id)
    return {group: tuple(ids) for group, ids in sorted(found.items()) if len(ids) >= enough}
