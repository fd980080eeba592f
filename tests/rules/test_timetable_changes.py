"""When a session may move, what differs, whom it concerns, how loud it is told (TIME-01, BC-16, AT-10)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct, structs

from rules import timetable_changes as judge
from rules.plans import REMINDER, ROLL_OPENS, Moment
from rules.settings import Settings
from rules.timetable_changes import Moved, Span, parts, read_shift, read_span

ZONE = "Asia/Shanghai"
DAY = date(2027, 3, 15)
RULES = Settings()


def at(clock: str, day: int = 15, zone: str = ZONE, month: int = 3) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2027, month, day, hour, minute, tzinfo=ZoneInfo(zone))


class One(Struct, frozen=True, kw_only=True):
    """A session of these tests."""

    starts_at: datetime = at("10:00")
    ends_at: datetime = at("11:30")
    title: str = "社区党建"
    place: str = "301报告厅"
    room_ref: str = "R1"
    lead_ref: str = "L01"
    cancelled: bool = False


OLD = One()
HOUR_LATER = structs.replace(OLD, starts_at=at("11:00"), ends_at=at("12:30"))
GONE = structs.replace(OLD, cancelled=True)


# ---- what differs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (OLD, OLD, ()),
        (OLD, HOUR_LATER, ("time",)),
        (OLD, structs.replace(OLD, ends_at=at("11:45")), ("time",)),
        (OLD, structs.replace(OLD, place="302教室", room_ref="R2"), ("place",)),
        (OLD, structs.replace(OLD, place="三楼报告厅"), ()),
        (structs.replace(OLD, room_ref=""), structs.replace(OLD, room_ref="", place="操场"), ("place",)),
        (OLD, structs.replace(OLD, lead_ref="L02", title="党史"), ("lecturer", "title")),
        (OLD, structs.replace(HOUR_LATER, place="302教室", room_ref="R2"), ("time", "place")),
        (OLD, GONE, ("cancelled",)),
        (structs.replace(HOUR_LATER, cancelled=True), OLD, ("restored",)),
        (GONE, structs.replace(HOUR_LATER, cancelled=True), ()),
        (None, OLD, ("added",)),
        (None, GONE, ()),
        (OLD, None, ("cancelled",)),
        (None, None, ()),
    ],
)
def test_what_is_different_to_those_concerned(before: One | None, after: One | None, found: tuple[str, ...]) -> None:
    assert parts(before, after) == found


@pytest.mark.parametrize(
    ("now", "before", "after", "level"),
    [
        ("08:10", OLD, HOUR_LATER, "urgent"),  # AT-10: 110 minutes ahead
        ("08:00", OLD, HOUR_LATER, "urgent"),
        ("07:59", OLD, HOUR_LATER, "ack"),
        ("09:30", structs.replace(OLD, starts_at=at("18:00"), ends_at=at("19:00")), HOUR_LATER, "urgent"),
        ("08:10", OLD, GONE, "urgent"),
        ("08:10", None, HOUR_LATER, "ack"),
        ("09:10", None, HOUR_LATER, "urgent"),
        ("10:30", OLD, structs.replace(OLD, place="操场", room_ref=""), "urgent"),
        ("08:10", OLD, structs.replace(OLD, lead_ref="L02"), "ack"),
        ("08:10", OLD, structs.replace(HOUR_LATER, lead_ref="L02"), "urgent"),
    ],
)
def test_the_nearer_the_louder(now: str, before: One | None, after: One, level: str) -> None:
    assert judge.level(before, after, at(now), RULES, ZONE) == level


def test_a_change_of_next_week_is_ordinary() -> None:
    far = One(starts_at=at("10:00", 19), ends_at=at("11:30", 19))
    assert judge.level(far, structs.replace(far, starts_at=at("9:00", 19)), at("10:00"), RULES, ZONE) == "ordinary"
    assert judge.level(far, structs.replace(far, lead_ref=""), at("10:00"), RULES, ZONE) == "ordinary"


def test_what_would_sleep_until_it_is_too_late_is_urgent() -> None:
    """At 23:00 a bus of 06:40 is moved: one to acknowledge would wait for 07:00."""
    early = One(starts_at=at("06:40", 16), ends_at=at("07:00", 16))
    assert judge.level(early, structs.replace(early, starts_at=at("06:30", 16)), at("23:00"), RULES, ZONE) == "urgent"
    later = One(starts_at=at("09:00", 16), ends_at=at("10:00", 16))
    assert judge.level(later, structs.replace(later, starts_at=at("09:30", 16)), at("23:00"), RULES, ZONE) == "ack"


@pytest.mark.parametrize(
    ("now", "before", "after", "until"),
    [
        ("08:00", OLD, HOUR_LATER, "11:00"),
        ("08:00", HOUR_LATER, OLD, "11:00"),
        ("08:00", OLD, GONE, "10:00"),
        ("08:00", GONE, OLD, "10:00"),
        ("08:00", None, HOUR_LATER, "11:00"),
        ("10:30", OLD, structs.replace(OLD, place="操场", room_ref=""), "11:30"),
    ],
)
def test_it_is_worth_telling_as_long_as_somebody_may_come_wrong(
    now: str, before: One | None, after: One, until: str
) -> None:
    assert judge.life_until(before, after, at(now)) == at(until)


def test_nobody_is_told_of_the_past() -> None:
    assert judge.is_over(OLD, GONE, at("11:30")) and not judge.is_over(OLD, GONE, at("11:29"))
    assert not judge.is_over(OLD, HOUR_LATER, at("11:45"))


# ---- whom it concerns --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("joined", "left", "is_expected"),
    [
        (None, None, True),
        ("11:00", None, True),  # in time for the new one
        ("11:01", None, False),
        (None, "10:00", False),  # left as the old one began
        (None, "10:01", True),
    ],
)
def test_who_belongs_to_the_class_at_one_of_the_times(joined: str | None, left: str | None, is_expected: bool) -> None:
    when = judge.spans(OLD, HOUR_LATER)
    assert judge.is_expected(at(joined) if joined else None, at(left) if left else None, when) is is_expected


@pytest.mark.parametrize(
    ("leave", "is_away"),
    [
        (("08:00", "18:00"), True),
        (("10:00", "12:30"), True),
        (("10:00", "11:30"), False),  # back for the new time
        (("10:00", "12:29"), False),
        (("11:00", "12:30"), False),
    ],
)
def test_leave_over_both_times_leaves_one_in_peace(leave: tuple[str, str], is_away: bool) -> None:
    leaves = [Span(at(leave[0]), at(leave[1]))]
    assert judge.is_away(leaves, judge.spans(OLD, HOUR_LATER)) is is_away
    assert not judge.is_away([], judge.spans(OLD, HOUR_LATER))


# ---- what is refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "cancelled", "now", "move", "cancel"),
    [
        ("planned", False, "09:00", "", ""),
        ("", False, "09:00", "", ""),
        ("open", False, "09:50", "", ""),
        ("open", False, "10:00", "begun", ""),
        ("staff_only", False, "10:21", "begun", "held"),
        ("", False, "11:00", "begun", ""),
        ("", False, "11:30", "begun", "held"),
        ("closed", False, "12:00", "closed", "closed"),
        ("closed", False, "09:00", "closed", "closed"),
        ("cancelled", True, "09:00", "cancelled", "cancelled"),
    ],
)
def test_what_is_held_or_closed_stays(state: str, cancelled: bool, now: str, move: str, cancel: str) -> None:
    assert judge.why_not_move(OLD, state, cancelled, at(now)) == move
    assert judge.why_not_cancel(OLD, state, cancelled, at(now)) == cancel


def test_only_a_cancelled_session_that_is_not_over_comes_back() -> None:
    assert judge.why_not_restore(OLD, False, at("09:00")) == "alive"
    assert judge.why_not_restore(OLD, True, at("11:29")) == ""
    assert judge.why_not_restore(OLD, True, at("11:30")) == "over"


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (at("14:00"), at("15:30"), ""),
        (at("08:00"), at("08:45"), "past"),
        (at("08:01"), at("08:45"), ""),
        (at("14:00"), at("14:00"), "reversed"),
        (at("14:00"), at("13:00"), "reversed"),
        (at("08:30"), at("20:30"), ""),
        (at("08:30"), at("20:31"), "long"),
        (at("14:00", 17), at("15:00", 17), ""),
        (at("03:00", 18), at("03:30", 18), ""),  # the night still belongs to the last day
        (at("14:00", 18), at("15:00", 18), "outside"),
        (at("14:00", 14, month=4), at("15:00", 14, month=4), "outside"),
    ],
)
def test_a_new_time_is_to_come_and_inside_the_class(start: datetime, end: datetime, why: str) -> None:
    assert judge.why_not_then(Span(start, end), at("08:00"), DAY, date(2027, 3, 17), ZONE) == why


def test_neighbours_do_not_overlap() -> None:
    others = [Span(at("08:00"), at("10:00")), Span(at("11:30"), at("12:00")), Span(at("11:29"), at("12:00"))]
    assert judge.overlapping(OLD, others) == others[2:]


# ---- times -------------------------------------------------------------------------------------------------

LENGTH = timedelta(minutes=90)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("14:00-15:30", at("14:00"), at("15:30")),
        ("14:00", at("14:00"), at("15:30")),
        ("下午两点", at("14:00"), at("15:30")),
        ("两点到三点", at("14:00"), at("15:00")),
        ("改到14:00", at("14:00"), at("15:30")),
        ("明天下午两点", at("14:00", 16), at("15:30", 16)),
        ("明天14:00-15:00", at("14:00", 16), at("15:00", 16)),
        ("明天下午两点到四点", at("14:00", 16), at("16:00", 16)),
        ("3月17日 9:00到10:00", at("09:00", 17), at("10:00", 17)),
        ("2027-03-16 14:00-15:30", at("14:00", 16), at("15:30", 16)),
        ("tomorrow 2pm", at("14:00", 16), at("15:30", 16)),
        ("tomorrow 14:00 to 15:00", at("14:00", 16), at("15:00", 16)),
        ("22:30-00:30", at("22:30"), at("00:30", 16)),
        ("23:00", at("23:00"), at("00:30", 16)),
    ],
)
def test_times_as_people_type_them(text: str, start: datetime, end: datetime) -> None:
    found = read_span(text, DAY, LENGTH, at("08:00"), ZONE)
    assert found.span == Span(start, end), found


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "unclear"),
        ("随便", "unclear"),
        ("到", "unclear"),
        ("后天", "unclear"),
        ("15:30-14:00", "reversed"),
        ("昨天14:00", "past"),
        ("昨天14:00-15:00", "past"),
        ("8月1日14:00", "far"),
        ("14:00-15:00-16:00", "unclear"),
    ],
)
def test_what_is_no_time(text: str, problem: str) -> None:
    assert read_span(text, DAY, LENGTH, at("08:00"), ZONE) == judge.Reading(problem=problem)


@given(st.text(max_size=120))
def test_no_text_is_too_odd(text: str) -> None:
    found = read_span(text, DAY, LENGTH, at("08:00"), ZONE)
    assert (found.span is None) is bool(found.problem)
    shift = read_shift(text)
    assert shift is None or abs(shift) < timedelta(days=60)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("推后半小时", 30), ("推后 30 分钟", 30), ("推迟一个半小时", 90), ("延后1小时", 60), ("晚一刻钟", 15),
        ("提前20分钟", -20), ("提前半个小时", -30), ("早10分", -10), ("30 min later", 30), ("1 hour earlier", -60),
        ("推后两小时。", 120), ("推迟到15:00", None), ("半小时后", None), ("推后", None), ("30", None),
    ],
)  # fmt: skip
def test_earlier_and_later_in_words(text: str, minutes: int | None) -> None:
    assert read_shift(text) == (None if minutes is None else timedelta(minutes=minutes))


def test_a_shift_keeps_the_length() -> None:
    assert judge.shifted(OLD, timedelta(minutes=-30)) == Span(at("09:30"), at("11:00"))


def test_another_day_has_the_same_hours_on_the_wall() -> None:
    """In Berlin the clocks go forward on 28 March 2027, and back on 31 October."""
    berlin = "Europe/Berlin"
    saturday = Span(at("10:00", 27, berlin).astimezone(UTC), at("11:30", 27, berlin).astimezone(UTC))
    sunday = judge.on_day(saturday, date(2027, 3, 28), berlin)
    assert sunday == Span(at("10:00", 28, berlin), at("11:30", 28, berlin))
    assert sunday.starts_at.astimezone(UTC) - saturday.starts_at == timedelta(hours=23)
    night = Span(at("23:30", 30, berlin, 10), at("00:30", 31, berlin, 10))
    assert judge.on_day(night, date(2027, 10, 31), berlin).ends_at == at("00:30", 1, berlin, 11)


def test_the_night_after_belongs_to_the_day() -> None:
    late = Span(at("01:00", 16), at("02:00", 16))
    assert judge.on_day(late, date(2027, 3, 17), ZONE) == Span(at("01:00", 18), at("02:00", 18))


@given(st.integers(0, 364), st.integers(0, 23), st.integers(15, 600))
def test_a_day_there_and_back_is_where_it_was(day: int, hour: int, minutes: int) -> None:
    start = datetime(2027, 1, 1, hour, tzinfo=ZoneInfo(ZONE)) + timedelta(days=day)
    span = Span(start, start + timedelta(minutes=minutes))
    own = judge.class_date(start, ZONE)
    assert judge.on_day(judge.on_day(span, own + timedelta(days=1), ZONE), own, ZONE) == span


# ---- what moves with it ------------------------------------------------------------------------------------


def test_which_reminders_move() -> None:
    def plan(**found: str) -> list[Moment]:
        return [Moment(REMINDER, ref, at(clock), at("23:00")) for ref, clock in found.items()]

    before, after = plan(S1="09:55", S2="13:55", S3="08:00"), plan(S1="10:55", S4="13:40", S3="08:30")
    assert judge.moved(before, after, (REMINDER, ROLL_OPENS), at("09:00")) == [
        Moved(REMINDER, "S1", at("09:55"), at("10:55")),
        Moved(REMINDER, "S2", at("13:55"), None),
        Moved(REMINDER, "S4", None, at("13:40")),
    ]
    assert judge.moved(before, after, (ROLL_OPENS,), at("09:00")) == []


def test_a_new_session_has_an_id_of_its_own() -> None:
    assert judge.new_ref(set(), 1) == "A0101"
    assert judge.new_ref({"A0101", "A0102", "S0103"}, 1) == "A0103"
    assert judge.new_ref({"A0101"}, 12) == "A1201"
