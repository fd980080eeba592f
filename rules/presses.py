"""One press that comes twice: a slow network and a page without script make two of it (XC-03)."""

from __future__ import annotations

from datetime import datetime, timedelta

TWICE = timedelta(seconds=60)
"""The same, by the same person, within so long is the same press."""


def is_twice(before: datetime, now: datetime) -> bool:
    """Whether what was done at `before` and is asked for again `now` was asked for once."""
    return now - before < TWICE
