"""What a day card says about the hour: what is on, what is next, how long until then (CARD-01)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

KIND_ICONS = {
    "meal": "🍚", "transfer": "🚌", "dorm_check": "🛏", "registration": "🪪", "ceremony": "🎓", "presentation": "🗣",
    "group_discussion": "🗣", "forum": "🗣", "site_visit": "🏛", "site_lecture": "🏛", "assessment": "📝",
    "orientation": "📘", "lecture": "📘", "skill": "⛑",
}  # fmt: skip
RED = "🟥"
"""Red education has its own colour (CARD-02): the course code begins with PH, or the site teaches it."""

RED_KIND, CLASS, FIELD, TALK, QUIET = "red", "class", "field", "talk", "quiet"
COLOURS = (RED_KIND, CLASS, FIELD, TALK, QUIET)
"""The four kinds of sessions and the quiet rest, in the order in which they are shown (CARD-02)."""
KIND_COLOURS = {
    "meal": QUIET, "transfer": QUIET, "dorm_check": QUIET, "registration": QUIET, "site_visit": FIELD,
    "site_lecture": FIELD, "group_discussion": TALK, "forum": TALK, "presentation": TALK, "ceremony": TALK,
}  # fmt: skip


class Timed(Protocol):
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


S = TypeVar("S", bound=Timed)


def now_and_next(slots: Sequence[S], now: datetime) -> tuple[S | None, S | None]:
    """What is on at a moment, and what begins next; `slots` in order of time."""
    on = next((s for s in slots if s.starts_at <= now < s.ends_at), None)
    return on, next((s for s in slots if s.starts_at > now), None)


def minutes_until(at: datetime, now: datetime) -> int:
    """Whole minutes until then, rounded up, so that nobody is told 0 too early."""
    return max(0, -(-int((at - now).total_seconds()) // 60))


def icon(kind: str, course: str) -> str:
    """The sign of a session in lists."""
    return RED if course.startswith("PH") else KIND_ICONS.get(kind, "▫️")


def colour(kind: str, course: str) -> str:
    """Which of the four kinds a session is, or quiet: what is neither lesson nor talk."""
    return RED_KIND if course.startswith("PH") else KIND_COLOURS.get(kind, CLASS)
