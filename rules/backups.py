"""When a backup is due, and which copies have had their time (XC-06)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = "Asia/Shanghai"


def night(now: datetime, at: time, zone: str = ZONE) -> datetime:
    """The newest moment at which a backup should have been made."""
    here = now.astimezone(ZoneInfo(zone))
    found = datetime.combine(here.date(), at, ZoneInfo(zone))
    return found if found <= now else found - timedelta(days=1)


def to_drop(made: Collection[datetime], now: datetime, keep_days: int, keep_weekly: int) -> set[datetime]:
    """The copies that go: of each of the last days the newest stays, before that of each week the newest."""
    kept: dict[object, datetime] = {}
    for one in sorted(made):
        here = one.astimezone(ZoneInfo(ZONE))
        age = now - one
        if age < timedelta(days=keep_days):
            kept[here.date()] = one
        elif age < timedelta(days=keep_days, weeks=keep_weekly):
            kept[here.isocalendar()[:2]] = one
    return set(made) - set(kept.values())
