"""Where a bus goes from, when it leaves, and whom it is called for (BUS-05)."""

from __future__ import annotations

from datetime import datetime

import pytest

from rules.legs import from_campus, is_leg, leaves_at
from tests.rules.test_plans import Slot, at, slot

HERE = "Asia/Shanghai"


def leg(ref: str, start: str, end: str, site: str = "SITE2", note: str = "", **more: object) -> Slot:
    return slot(ref, start, end, kind="transfer", unit="bus", mode="bus", credit_hours=0, site_ref=site, note=note,
                **more)  # fmt: skip


def test_what_is_a_leg() -> None:
    assert is_leg(leg("X", "08:20", "08:55"))
    assert not is_leg(leg("X", "08:20", "08:55", cancelled=True))
    assert not is_leg(slot("A", "08:20", "08:55", kind="transfer", unit="class"))
    assert not is_leg(slot("A", "08:20", "08:55", kind="lecture", unit="bus"))


def test_from_the_school_between_sites_and_back() -> None:
    """The third day of the sample class."""
    out, lunch = leg("X1", "08:20", "08:55", "SITE4"), slot("M", "12:35", "13:15", kind="meal", site_ref="SITE1")
    visit = slot("S1", "09:00", "12:10", site_ref="SITE4")
    again, second = leg("X2", "13:40", "14:05", "SITE2"), slot("S2", "14:10", "15:40", site_ref="SITE2")
    between, third = leg("X3", "15:40", "15:55", "SITE3"), slot("S3", "16:00", "17:30", site_ref="SITE3")
    back = leg("X4", "17:30", "17:55", "SITE1")
    day = [out, visit, lunch, again, second, between, third, back]
    assert [x.ref for x in day if is_leg(x) and from_campus(x, day)] == ["X1", "X2"]
    home = leg("X5", "17:00", "17:30", "")
    assert from_campus(home, [slot("A", "15:00", "16:50", site_ref=""), home]), "the last way home begins at the school"
    cancelled = slot("S2", "14:10", "15:40", site_ref="SITE2", cancelled=True)
    assert from_campus(between, [lunch, cancelled, between]), "a visit that is cancelled moves nobody"


@pytest.mark.parametrize(
    ("note", "leaves"),
    [("15:40集合，15:50发车", "15:50"), ("15:40集合，15：50 发车", "15:50"), ("Meet 15:40, 15:50 departure", "15:50"),
     ("", "15:40"), ("带水", "15:40"), ("15:30发车", "15:40"), ("18:50发车", "15:40"), ("25:70发车", "15:40"),
     ("9:5发车", "15:40")],
)  # fmt: skip
def test_when_it_leaves(note: str, leaves: str) -> None:
    found = leaves_at(leg("X", "15:40", "16:05", note=note), HERE)
    assert found == at(leaves) and isinstance(found, datetime)
