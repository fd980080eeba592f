"""What the clock sets off: from timetable and numbers to moments (SCH-01, SCH-14, section 22)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from msgspec import Struct
from msgspec.structs import replace

from rules.plans import (
    BUS_CALL,
    DAY_CARD,
    DIGEST,
    EVE,
    JOINT,
    LEADER_CARD,
    LECTURE_EVE,
    LECTURE_SOON,
    LEG_CALL,
    PUSHES,
    REMINDER,
    ROLL_OPENS,
    ROLL_SHUTS,
    SITE_EVE,
    TOMORROW,
    TURN,
    Moment,
    day_named,
    first_of_half_days,
    has_list,
    moments,
    window,
)
from rules.settings import Settings
from rules.settings_attendance import Attendance
from rules.settings_talk import Messages
from tests.cast import DAY_1
from tests.stage import ZONE

HERE = "Asia/Shanghai"


class Slot(Struct, frozen=True, kw_only=True):
    """A session as a plan sees it."""

    ref: str
    day: int
    starts_at: datetime
    ends_at: datetime
    mode: str = "code"
    required: bool = True
    cancelled: bool = False
    credit_hours: int = 1
    kind: str = "lecture"
    unit: str = "class"
    site_ref: str = ""
    lead_ref: str = ""
    note: str = ""


def at(clock: str, day: int = 1) -> datetime:
    return datetime.combine(DAY_1 + timedelta(days=day - 1), time.fromisoformat(clock), ZONE)


def slot(ref: str, start: str, end: str, day: int = 1, **more: object) -> Slot:
    return Slot(ref=ref, day=day, starts_at=at(start, day), ends_at=at(end, day), **more)  # type: ignore[arg-type]


MORNING = slot("A", "09:00", "10:00")
LATER = slot("B", "10:15", "11:00", mode="tap")
LUNCH = slot("M", "12:00", "13:00", mode="none", required=False, credit_hours=0)
AFTERNOON = slot("C", "14:00", "15:00", mode="tap")
NEXT = slot("D", "08:00", "09:00", 2)


def planned(*slots: Slot, rules: Settings | None = None) -> list[Moment]:
    return moments(slots, rules or Settings(), HERE)


def of(kind: str, found: list[Moment]) -> list[tuple[str, datetime]]:
    return [(m.what, m.at) for m in found if m.kind == kind]


@pytest.mark.parametrize(
    ("change", "called"),
    [({}, True), ({"mode": "leader"}, True), ({"mode": "none"}, False), ({"required": False}, False),
     ({"cancelled": True}, False)],
)  # fmt: skip
def test_which_sessions_are_called(change: dict[str, object], called: bool) -> None:
    assert has_list(replace(MORNING, **change)) is called  # type: ignore[arg-type]
    assert bool(of(ROLL_OPENS, planned(replace(MORNING, **change), NEXT))[1:]) is called  # type: ignore[arg-type]


def test_the_window_by_the_numbers_of_the_class() -> None:
    assert window(MORNING, Settings()) == (at("08:40"), at("09:20"))
    rules = Settings(attendance=Attendance(open_before_min=30, close_after_min=40))
    assert window(MORNING, rules) == (at("08:30"), at("09:40"))


def test_a_whole_plan() -> None:
    found = planned(AFTERNOON, MORNING, LUNCH, NEXT, LATER)
    assert found == sorted(found, key=lambda m: m.at)
    assert of(DAY_CARD, found) == [("2027-03-15", at("07:00")), ("2027-03-16", at("07:00", 2))]
    assert of(TOMORROW, found) == [("2027-03-15", at("20:00"))], "after the last day there is no tomorrow"
    assert [what for what, _ in of(EVE, found)] == ["2027-03-15"] and of(EVE, found)[0][1] < at("00:00")
    assert of(REMINDER, found) == [("A", at("08:55")), ("C", at("13:55")), ("D", at("07:55", 2))]
    assert of(ROLL_OPENS, found)[0] == ("A", at("08:40")) and of(ROLL_SHUTS, found)[0] == ("A", at("09:20:01"))
    assert len(of(ROLL_OPENS, found)) == len(of(ROLL_SHUTS, found)) == 4, "lunch is not called"
    assert [what[11:] for what, _ in of(TURN, found)][:4] == ["09:00", "10:00", "10:15", "11:00"]


def test_everything_has_its_end_after_its_beginning_and_its_own_key() -> None:
    found = planned(MORNING, LATER, LUNCH, AFTERNOON, NEXT)
    assert all(m.until > m.at for m in found)
    assert len({(m.kind, m.what) for m in found}) == len(found)
    pushes = [m for m in found if m.kind in PUSHES]
    assert all(time(6, 30) <= m.at.astimezone(ZoneInfo(HERE)).time() < time(22, 30) for m in pushes)


def test_nothing_is_said_after_it_has_no_sense() -> None:
    found = {m.kind: m for m in planned(MORNING, NEXT)[:6]}
    assert found[REMINDER].until == at("09:20") and found[DAY_CARD].until == at("22:30")


def test_digests_each_until_the_next_and_the_morning_after() -> None:
    found = planned(MORNING, NEXT)
    clocks = [what[5:] for what, _ in of(DIGEST, found)]
    assert clocks == [f"03-{day}T{clock}" for day in (15, 16) for clock in ("08:20", "13:50", "18:10", "22:05")] + [
        "03-17T08:20"
    ], "the morning after names what was left open (ATT-06)"
    assert of(LEADER_CARD, found) == [("2027-03-15", at("21:30")), ("2027-03-16", at("21:30", 2))]
    digests = [m for m in found if m.kind == DIGEST]
    assert all(a.until < b.at for a, b in pairwise(digests)), "after a gap one digest, the newest"
    assert digests[3].until == at("22:30"), "nothing in the quiet hours"


@pytest.mark.parametrize("digests", [(), (time(23),), (time(18), time(9))])
def test_digests_at_the_hours_of_a_school(digests: tuple[time, ...]) -> None:
    found = planned(MORNING, rules=Settings(messages=Messages(digests=digests)))
    assert [w for _, w in of(DIGEST, found)][: len(digests)] == [at(f"{t:%H:%M}") for t in sorted(digests)]
    assert all(m.until > m.at for m in found)


def test_cancelled_sessions_leave_no_trace() -> None:
    assert planned() == [] and planned(replace(MORNING, cancelled=True)) == []
    found = planned(MORNING, replace(LATER, cancelled=True))
    assert found == planned(MORNING)


def test_the_first_of_each_half_day() -> None:
    def first(*slots: Slot) -> list[str]:
        return [s.ref for s in first_of_half_days(slots, HERE)]

    assert first(AFTERNOON, LATER, MORNING, LUNCH) == ["A", "C"]
    by_leader = replace(MORNING, mode="leader")
    assert first(by_leader, LATER) == [], "the first is called by the leader: nobody is reminded"
    assert first(replace(MORNING, credit_hours=0), LATER) == ["B"], "without credit hours it does not count"
    assert first(replace(AFTERNOON, starts_at=at("13:00"))) == ["C"]
    noon = [replace(MORNING, starts_at=at("12:59")), replace(AFTERNOON, starts_at=at("13:00"))]
    assert first(*noon) == ["A", "C"], "13:00 is afternoon"
    assert first() == []


def test_a_session_after_midnight_belongs_to_the_day_before() -> None:
    late = slot("N", "01:00", "02:00", 2)
    assert of(DAY_CARD, planned(MORNING, late)) == [("2027-03-15", at("07:00"))]
    assert date(2027, 3, 16).isoformat() not in {m.what for m in planned(MORNING, late)}


def test_the_bus_is_called_before_people_gather_and_until_it_leaves() -> None:
    def leg(ref: str, start: str, end: str, note: str = "", site: str = "SITE2") -> Slot:
        return slot(ref, start, end, kind="transfer", unit="bus", mode="bus", credit_hours=0, site_ref=site, note=note)

    out, back = leg("X", "15:40", "16:05", "15:40集合，15:50发车"), leg("Y", "17:35", "17:55", site="SITE1")
    visit = slot("V", "16:05", "17:35", mode="leader", site_ref="SITE2")
    found = planned(MORNING, out, visit, back)
    (call,), (legs,) = ([m for m in found if m.kind == kind] for kind in (BUS_CALL, LEG_CALL))
    assert (call.what, call.at, call.until) == ("X", at("15:30"), at("15:50"))
    assert (legs.what, legs.at, legs.until) == ("Y", at("17:25"), at("17:35"))
    earlier = Settings(messages=Messages(bus_call_min=20))
    assert of(BUS_CALL, planned(MORNING, out, rules=earlier)) == [("X", at("15:20"))]


def test_joint_posts_each_day_and_once_more_after_the_last() -> None:
    clocks = [what for what, _ in of(JOINT, planned(MORNING, NEXT))]
    assert clocks == ["2027-03-15T12:10", "2027-03-15T17:40", "2027-03-16T12:10", "2027-03-16T17:40",
                      "2027-03-17T12:10"]  # fmt: skip
    assert not of(JOINT, planned(MORNING, rules=Settings(messages=Messages(joint_posts=()))))


def test_lecturers_and_sites_are_told_before() -> None:
    first = slot("A", "08:40", "10:10", 2, lead_ref="L03")
    second = slot("B", "10:30", "12:00", 2, lead_ref="L03")
    third = slot("C", "11:00", "12:30", 2, lead_ref="L04", site_ref="SITE2")
    lunch = slot("M", "12:00", "13:00", 2, kind="meal", lead_ref="W01", mode="none", required=False)
    found = planned(MORNING, first, second, third, lunch)
    assert of(LECTURE_EVE, found) == [("2027-03-16", at("20:00"))]
    assert of(LECTURE_SOON, found) == [("A", at("07:40", 2)), ("C", at("10:00", 2))], "nobody in the middle of the own"
    assert [m.until for m in found if m.kind == LECTURE_SOON] == [at("08:40", 2), at("11:00", 2)]
    assert of(SITE_EVE, found) == [("2027-03-16", at("20:30"))]
    assert not of(SITE_EVE, planned(first, second)) and not of(LECTURE_EVE, planned(MORNING, lunch))


@pytest.mark.parametrize(
    ("words", "day"),
    [("今天", 15), ("明天", 16), ("昨天", 14), ("tomorrow", 16), ("周三", 17), ("3月17日", 17), ("2027-03-17", 17),
     ("２０２７－０３－１７", 17), ("17号", 17), ("3/17", 17)],
)  # fmt: skip
def test_a_day_that_somebody_types(words: str, day: int) -> None:
    assert day_named(words, DAY_1) == DAY_1.replace(day=day)


@pytest.mark.parametrize("words", ["", "天", "明天早上", "2027-02-30", "x", "明天 后天", "0", "13月40日"])
def test_what_is_no_day(words: str) -> None:
    assert day_named(words, DAY_1) is None
