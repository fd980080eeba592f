"""How an arrival counts: the bands around the bell (ATT-04)."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct

from rules.settings import Attendance


class Arrival(Enum):
    """How an arrival counts. FOR_THE_TEACHER is kept as evidence; only a person decides (RULE-2)."""

    TOO_EARLY = "too_early"
    PRESENT = "present"
    LATE = "late"
    FOR_THE_TEACHER = "for_the_teacher"
    CLOSED = "closed"

    @property
    def status(self) -> str:
        """The status of the mark that follows (ATT-07): `present`, `late`, or still `unmarked`."""
        return self.value if self in (Arrival.PRESENT, Arrival.LATE) else "unmarked"


class Bands(Struct, frozen=True, kw_only=True):
    """The bands of a list, kept with it when it is closed (RULE-1)."""

    opens_before: timedelta = timedelta(minutes=20)
    grace: timedelta = timedelta(minutes=3)
    late_until: timedelta = timedelta(minutes=15)
    closes_after: timedelta = timedelta(minutes=20)


def bands_of(attendance: Attendance) -> Bands:
    """The bands that a class has set (RULE-1)."""
    return Bands(
        opens_before=timedelta(minutes=attendance.open_before_min),
        grace=timedelta(minutes=attendance.grace_min),
        late_until=timedelta(minutes=attendance.late_until_min),
        closes_after=timedelta(minutes=attendance.close_after_min),
    )


def judge(at: datetime, bell: datetime, bands: Bands) -> Arrival:
    """Say how an arrival at `at` counts for a session that starts at `bell`, both aware (ATT-04)."""
    if at < bell - bands.opens_before:
        return Arrival.TOO_EARLY
    if at <= bell + bands.grace:
        return Arrival.PRESENT
    if at <= bell + bands.late_until:
        return Arrival.LATE
    if at <= bell + bands.closes_after:
        return Arrival.FOR_THE_TEACHER
    return Arrival.CLOSED
