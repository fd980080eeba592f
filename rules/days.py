"""Days and hours as a class counts them: a day runs from 04:00 to 04:00; the night is quiet."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TURNS_AT = time(4)


def class_date(now: datetime, zone: str, turns_at: time = TURNS_AT) -> date:
    """The day of the class that a moment belongs to (section 0: a day runs from 04:00 to 04:00)."""
    here = now.astimezone(ZoneInfo(zone))
    return here.date() if here.time() >= turns_at else here.date() - timedelta(days=1)


def moment(day: date, at: time, zone: str) -> datetime:
    """A time of day of a class as an instant; in the gap of a clock change it moves forward."""
    return datetime.combine(day, at, ZoneInfo(zone))


def is_quiet(now: datetime, zone: str, start: time, end: time) -> bool:
    """Whether a moment falls into the quiet hours, which may run over midnight (BC-06)."""
    at = now.astimezone(ZoneInfo(zone)).time()
    return start <= at < end if start <= end else at >= start or at < end


def quiet_ends(now: datetime, zone: str, end: time) -> datetime:
    """When the quiet hours around a moment are over."""
    here = now.astimezone(ZoneInfo(zone))
    day = here.date() if here.time() < end else here.date() + timedelta(days=1)
    return moment(day, end, zone)
