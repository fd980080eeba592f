"""Legs (乘车): where a bus goes from and to, when it leaves, and whom it is called for (BUS-05)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

ON_CAMPUS = "SITE1"
"""The school's own house; a session without a site is held there too."""
_LEAVES = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*(?:发车|出发|departs?|departure)", re.IGNORECASE)


class Ride(Protocol):
    """What one must know of a session to see whether it is a leg, and which."""

    @property
    def kind(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def site_ref(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def cancelled(self) -> bool: ...


def is_leg(ride: Ride) -> bool:
    """Whether a session is a bus ride that people are called to."""
    return ride.kind == "transfer" and ride.unit == "bus" and not ride.cancelled


def from_campus(leg: Ride, day: Iterable[Ride]) -> bool:
    """Whether a leg starts at the school: before the first session of the day everybody is there, later it is the
    place of the last session before. Legs between sites and back are called to leaders only."""
    before = [s for s in day if s.ends_at <= leg.starts_at and not s.cancelled and s is not leg]
    last = max(before, key=lambda s: (s.ends_at, s.starts_at), default=None)
    return last is None or last.site_ref in ("", ON_CAMPUS)


def leaves_at(leg: Ride, zone: str) -> datetime:
    """When the bus leaves: 「15:40集合，15:50发车」 in the note says so, else it is the start."""
    found = _LEAVES.search(unicodedata.normalize("NFKC", leg.note))
    if found is None:
        return leg.starts_at
    here = leg.starts_at.astimezone(ZoneInfo(zone))
    at = datetime.combine(here.date(), time(int(found[1]), int(found[2])), ZoneInfo(zone))
    return at if leg.starts_at <= at <= leg.ends_at else leg.starts_at
