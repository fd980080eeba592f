"""The bands around the bell (ATT-04), by the golden cases and at every edge."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.checkins import Arrival, Bands, bands_of, judge
from rules.settings import Settings
from rules.settings_attendance import Attendance

EXAMPLES = Path(__file__).parents[2] / "examples"
BELL = datetime(2027, 3, 15, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
GOLDEN = {
    row["case_id"]: row for row in csv.DictReader((EXAMPLES / "golden_checkin.csv").read_text("utf-8").splitlines())
}


@pytest.mark.parametrize("case", GOLDEN)
def test_the_golden_cases(case: str) -> None:
    row = GOLDEN[case]
    bell, at = (datetime.fromisoformat(f"2027-03-15T{row[name]}+08:00") for name in ("start", "checkin_at"))
    found = judge(at, bell, bands_of(Settings().attendance))
    expected = "for_the_teacher" if row["expect"] == "absent" else row["expect"]
    assert found.value == expected
    assert found.status == (expected if expected in ("present", "late") else "unmarked"), "only a person says absent"


def test_there_are_golden_cases_and_the_defaults_are_theirs() -> None:
    assert len(GOLDEN) == 9 and bands_of(Settings().attendance) == Bands()


def test_the_numbers_of_a_class() -> None:
    bands = bands_of(Attendance(open_before_min=60, grace_min=0, late_until_min=30, close_after_min=45))
    at = {-61: "too_early", -60: "present", 0: "present", 1: "late", 30: "late", 31: "for_the_teacher",
          45: "for_the_teacher", 46: "closed"}  # fmt: skip
    assert {n: judge(BELL + n * MINUTE, BELL, bands).value for n in at} == at


@given(st.integers(-7200, 7200), st.integers(0, 3600))
def test_who_comes_later_never_counts_better(seconds: int, later: int) -> None:
    order = list(Arrival)
    one = judge(BELL + timedelta(seconds=seconds), BELL, Bands())
    two = judge(BELL + timedelta(seconds=seconds + later), BELL, Bands())
    assert order.index(one) <= order.index(two)
