"""Minutes that count: the hours in which somebody is there to answer, several blocks a day (QA-05)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from rules.days import moment
from rules.settings_parts import Span

LOOK_AHEAD = 400
"""Days; far more than a question may wait."""


def _blocks(day: date, hours: Sequence[Span], zone: str) -> list[tuple[datetime, datetime]]:
    return [(moment(day, b.start, zone).astimezone(UTC), moment(day, b.end, zone).astimezone(UTC)) for b in hours]


def after(start: datetime, minutes: float, hours: Sequence[Span], zone: str) -> datetime:
    """The moment at which so many minutes of service have passed since `start`; without any hours, by the clock.

    A last minute that ends with a block ends there, and not at the beginning of the next.
    """
    left = timedelta(minutes=minutes)
    if not hours:
        return start + left
    first = start.date() - timedelta(days=1)
    for n in range(LOOK_AHEAD):
        for begins, ends in _blocks(first + timedelta(days=n), hours, zone):
            begin = max(begins, start)
            if begin >= ends:
                continue
            if ends - begin >= left:
                return (begin + left).astimezone(start.tzinfo)
            left -= ends - begin
    return start + timedelta(days=LOOK_AHEAD)


def minutes_between(start: datetime, end: datetime, hours: Sequence[Span], zone: str) -> float:
    """So many minutes of service lie between two moments."""
    if not hours:
        return max(0.0, (end - start).total_seconds() / 60)
    total = timedelta()
    first = start.date() - timedelta(days=1)
    for n in range((end.date() - first).days + 2):
        for begins, ends in _blocks(first + timedelta(days=n), hours, zone):
            total += max(timedelta(), min(ends, end) - max(begins, start))
    return total.total_seconds() / 60


def is_open(now: datetime, hours: Sequence[Span], zone: str) -> bool:
    """Whether somebody is there now."""
    return next_open(now, hours, zone) == now


def next_open(now: datetime, hours: Sequence[Span], zone: str) -> datetime:
    """When somebody is there next: now, or the beginning of the next block."""
    if not hours:
        return now
    first = now.date() - timedelta(days=1)
    for n in range(4):
        for begins, ends in _blocks(first + timedelta(days=n), hours, zone):
            if now < ends:
                return max(begins, now).astimezone(now.tzinfo)
    return now
