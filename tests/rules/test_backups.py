"""Which backup is due and which copies stay."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from rules.backups import night, to_drop
from rules.erasure import erased_on, is_due, is_near, without_optional


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "wanted"),
    [("2027-03-15T19:29", "2027-03-14T19:30"), ("2027-03-15T19:30", "2027-03-15T19:30"),
     ("2027-03-16T12:00", "2027-03-15T19:30")],
)  # fmt: skip
def test_the_night_is_that_of_the_school(now: str, wanted: str) -> None:
    assert night(at(now), time(3, 30)) == at(wanted)


def test_one_a_day_then_one_a_week_then_none() -> None:
    now = at("2027-06-30T20:00")
    nightly = [now - timedelta(days=n, minutes=1) for n in range(150)]
    again = [one + timedelta(seconds=30) for one in nightly]
    dropped = to_drop([*nightly, *again], now, 14, 8)
    kept = sorted({*nightly, *again} - dropped, reverse=True)
    assert kept[:14] == again[:14], "the newest of each day"
    assert len(kept[14:]) in (8, 9) and kept[-1] > now - timedelta(days=14, weeks=8)
    assert all((a - b).days == 7 for a, b in pairwise(kept[15:])), "the newest of each week"
    assert to_drop(kept, now, 14, 8) == set(), "a second look drops nothing more"
    assert to_drop([], now, 1, 0) == set() and len(to_drop(nightly, now, 1, 0)) == 149


def test_the_day_on_which_a_class_is_erased() -> None:
    last = date(2027, 3, 19)
    assert erased_on(last, 180) == date(2027, 9, 15) and erased_on(last, 0) == date(2027, 3, 20)
    assert not is_due(last, 180, date(2027, 9, 14)) and is_due(last, 180, date(2027, 9, 15))
    assert is_near(last, 180, date(2027, 9, 8)) and not is_near(last, 180, date(2027, 9, 7))
    assert without_optional({"diet": "素", "post": "书记"}) == {"post": "书记", "declined": True}
