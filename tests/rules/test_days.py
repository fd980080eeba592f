"""Days from 04:00 to 04:00, and quiet hours over midnight."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.days import class_date, is_quiet, moment, quiet_ends

HERE = "Asia/Shanghai"
DAY = date(2027, 3, 15)
FROM, TO = time(22, 30), time(6, 30)


def at(clock: str, day: date = DAY, zone: str = HERE) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))


@pytest.mark.parametrize(
    ("clock", "day"), [("04:00", 15), ("03:59:59.999999", 14), ("00:00", 14), ("23:59", 15), ("12:00", 15)]
)
def test_a_day_of_the_class(clock: str, day: int) -> None:
    assert class_date(at(clock), HERE) == date(2027, 3, day)
    assert class_date(at(clock).astimezone(ZoneInfo("UTC")), HERE) == date(2027, 3, day)


def test_a_class_may_turn_its_days_elsewhere() -> None:
    assert class_date(at("00:30"), HERE, time(0)) == DAY
    assert class_date(at("01:00"), "America/New_York") == date(2027, 3, 14)


@pytest.mark.parametrize(
    ("clock", "quiet"), [("22:29:59", False), ("22:30", True), ("00:00", True), ("06:29:59", True), ("06:30", False)]
)
def test_quiet_over_midnight(clock: str, quiet: bool) -> None:
    assert is_quiet(at(clock), HERE, FROM, TO) is quiet


def test_quiet_within_a_day() -> None:
    found = [is_quiet(at(clock), HERE, time(12), time(14)) for clock in ("11:59", "12:00", "13:59", "14:00", "00:00")]
    assert found == [False, True, True, False, False]
    assert not is_quiet(at("12:00"), HERE, time(12), time(12)), "no quiet hours at all"


def test_when_quiet_ends() -> None:
    assert quiet_ends(at("23:00"), HERE, TO) == at("06:30", DAY + timedelta(days=1))
    assert quiet_ends(at("05:00"), HERE, TO) == at("06:30")


@given(st.datetimes(datetime(2027, 1, 1), datetime(2028, 1, 1), timezones=st.just(ZoneInfo("UTC"))))
def test_the_end_of_quiet_is_soon_and_is_not_quiet(now: datetime) -> None:
    end = quiet_ends(now, HERE, TO)
    assert now < end <= now + timedelta(days=1) and not is_quiet(end, HERE, FROM, TO)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.times())
def test_a_moment_belongs_to_its_day(day: date, clock: time) -> None:
    found = class_date(moment(day, clock.replace(tzinfo=None), HERE), HERE)
    assert found == (day if clock >= time(4) else day - timedelta(days=1))


def test_in_the_gap_of_a_clock_change_a_moment_moves_forward() -> None:
    there = moment(date(2027, 3, 28), time(2, 30), "Europe/Berlin").astimezone(ZoneInfo("UTC"))
    assert there.astimezone(ZoneInfo("Europe/Berlin")).time() == time(3, 30)
