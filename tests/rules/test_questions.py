"""Who may see what of a question, whose it is, what may follow what, and the minutes that count (QA-*, section 21)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.questions import (
    ADMIN,
    ANONYMOUS,
    CLASS_TEACHER,
    COURSE,
    LECTURER,
    LEVELS,
    LOGISTICS,
    NAMED,
    OPEN,
    OTHER,
    POLICY,
    PRIVATE,
    SITE,
    STEPS,
    TRAINEE,
    Candidate,
    Routed,
    Viewer,
    after,
    may_answer,
    may_assign,
    may_become,
    number_and_rest,
    route,
    sees_name,
    sees_staff_side,
    sees_text,
    written,
)
from rules.service_hours import after as in_service
from rules.service_hours import is_open, minutes_between, next_open
from rules.settings_parts import Span
from rules.settings_talk import Question as Numbers
from rules.similar import ALIKE, SAME, alike, plain

ZONE = "Asia/Shanghai"
HERE = ZoneInfo(ZONE)
HOURS = Numbers().service_hours
EARLY_AND_LATE = (Span(start=time(0), end=time(1, 30)), Span(start=time(22), end=time(23, 59)))
"""Two blocks of one night, before and after midnight."""


def at(clock: str, day: int = 15) -> datetime:
    return datetime.combine(date(2027, 3, day), time.fromisoformat(clock), HERE)


# ---- the minutes that count --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (at("08:30"), 60, at("09:30")),
        (at("11:30"), 30, at("12:00")),  # a block ends exactly: there, and not at 13:30
        (at("11:30"), 31, at("13:31")),
        (at("11:30"), 60, at("14:00")),  # AT-11: lunch is not counted
        (at("11:30"), 120, at("15:00")),
        (at("12:30"), 60, at("14:30")),  # asked at lunch
        (at("12:30"), 0, at("13:30")),
        (at("20:59"), 2, at("08:31", 16)),
        (at("23:10"), 120, at("10:30", 16)),
        (at("03:00"), 120, at("10:30")),
        (at("08:30"), 660, at("21:00")),  # the whole day
        (at("08:30"), 661, at("08:31", 16)),
        (at("08:30"), 3 * 660 + 1, at("08:31", 18)),
    ],
)
def test_minutes_of_service_leave_out_lunch_and_night(start: datetime, minutes: int, end: datetime) -> None:
    assert in_service(start, minutes, HOURS, ZONE) == end
    assert minutes_between(start, end, HOURS, ZONE) == minutes
    assert in_service(start.astimezone(UTC), minutes, HOURS, ZONE) == end, "in whatever zone the moment is given"


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at("08:29"), at("08:30")), (at("08:30"), at("08:30")), (at("11:59"), at("11:59")), (at("12:00"), at("13:30")),
        (at("13:29"), at("13:30")), (at("20:59"), at("20:59")), (at("21:00"), at("08:30", 16)),
        (at("00:10"), at("08:30")),
    ],
)  # fmt: skip
def test_when_somebody_is_there(now: datetime, opens: datetime) -> None:
    assert next_open(now, HOURS, ZONE) == opens
    assert is_open(now, HOURS, ZONE) == (now == opens)


def test_blocks_around_midnight_and_no_hours_at_all() -> None:
    assert in_service(at("23:30"), 60, EARLY_AND_LATE, ZONE) == at("00:31", 16)
    assert in_service(at("01:00"), 60, EARLY_AND_LATE, ZONE) == at("22:30")
    assert next_open(at("02:00"), EARLY_AND_LATE, ZONE) == at("22:00")
    assert in_service(at("23:30"), 60, (), ZONE) == at("00:30", 16), "without hours all minutes count"
    assert minutes_between(at("23:30"), at("00:30", 16), (), ZONE) == 60
    assert (
        minutes_between(at("10:00"), at("09:00"), (), ZONE)
        == 0
        == minutes_between(at("10:00"), at("09:00"), HOURS, ZONE)
    )
    assert is_open(at("03:00"), (), ZONE)


def test_an_hour_that_the_clock_jumps_over_does_not_count() -> None:
    night, zone = (Span(start=time(0), end=time(6)),), "Europe/Berlin"  # 2027-03-28, 02:00 → 03:00
    begin = datetime(2027, 3, 28, 0, 0, tzinfo=ZoneInfo(zone))
    assert in_service(begin, 180, night, zone) == datetime(2027, 3, 28, 4, 0, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert minutes_between(begin, begin + timedelta(days=1), night, zone) == 300


MOMENTS = st.integers(0, 40 * 24 * 60).map(lambda n: at("00:00", 1) + timedelta(minutes=n))


@settings(max_examples=60)
@given(
    start=MOMENTS,
    minutes=st.integers(1, 3000),
    more=st.integers(0, 500),
    hours=st.sampled_from([HOURS, EARLY_AND_LATE, ()]),
)
def test_counting_forth_and_back_agrees(start: datetime, minutes: int, more: int, hours: tuple[Span, ...]) -> None:
    end = in_service(start, minutes, hours, ZONE)
    assert minutes_between(start, end, hours, ZONE) == minutes
    assert start < end <= in_service(start, minutes + more, hours, ZONE)
    assert in_service(start, minutes, hours, ZONE) <= in_service(start + timedelta(minutes=more), minutes, hours, ZONE)
    assert is_open(end - timedelta(seconds=1), hours, ZONE), "the last minute is one of service"


# ---- what may follow what ----------------------------------------------------------------------------------------

STATES = ("draft", "queued", "assigned", "answered", "solved", "declined")
TABLE = """
            draft   queued    assigned  answered  solved    declined
send        queued  -         -         -         -         -
assign      -       assigned  assigned  -         -         -
return      -       -         queued    -         -         -
answer      -       answered  answered  answered  solved    -
ask_again   -       -         -         assigned  -         -
solve       -       -         -         solved    -         -
reopen      -       -         -         -         assigned  -
decline     -       declined  declined  -         -         -
"""


def test_every_state_and_every_event() -> None:
    head, *rows = (line.split() for line in TABLE.strip().splitlines())
    assert tuple(head) == STATES
    for event, *ends in rows:
        for state, end in zip(STATES, ends, strict=True):
            assert (after(state, event) or "-") == end, f"{event} in {state}"
    assert {event for _, event in STEPS} == {row[0] for row in rows}
    assert after("nothing", "answer") is None
    assert {s for s in STATES if after(s, "decline")} == OPEN, "whatever is owed can be declined"


def test_a_level_becomes_more_private_only() -> None:
    allowed = {(old, new) for old in LEVELS for new in LEVELS if may_become(old, new)}
    assert allowed == {(NAMED, ANONYMOUS), (NAMED, PRIVATE), (ANONYMOUS, PRIVATE)}
    assert not may_become(NAMED, "hidden")


# ---- who sees ----------------------------------------------------------------------------------------------------

ASKER, OWNER = {"is_asker": True}, {"is_owner": True}
SEES = [
    # roles                     stands       text at n/a/p  name at n/a/p  staff's side, answers
    ({TRAINEE},                 ASKER,       "yyy",         "yyy",         "--"),
    ({TRAINEE},                 {},          "yy-",         "y--",         "--"),
    ({TRAINEE, "leader"},       {},          "yy-",         "y--",         "--"),
    ({LECTURER},                {},          "yy-",         "y--",         "--"),
    ({LECTURER},                OWNER,       "yyy",         "y--",         "yy"),
    ({CLASS_TEACHER},           {},          "yyy",         "yyy",         "yy"),
    ({CLASS_TEACHER},           OWNER,       "yyy",         "yyy",         "yy"),
    ({ADMIN},                   {},          "yy-",         "y--",         "--"),
    ({ADMIN},                   OWNER,       "yyy",         "y--",         "yy"),
    ({"school_leader"},         {},          "---",         "y--",         "--"),
    ({"site_contact"},          {},          "---",         "y--",         "--"),
    ({"site_contact"},          OWNER,       "yyy",         "y--",         "yy"),
    ({"support"},               {},          "---",         "y--",         "--"),
    ({"reviewer"},              {},          "---",         "y--",         "--"),
    ({"sending_unit"},          {},          "---",         "y--",         "--"),
    ({"stranger"},              {},          "---",         "y--",         "--"),
]  # fmt: skip


@pytest.mark.parametrize(("roles", "stands", "text", "name", "staff"), SEES)
def test_who_sees_what(roles: set[str], stands: dict[str, bool], text: str, name: str, staff: str) -> None:
    viewer = Viewer(roles=frozenset(roles), **stands)
    assert "".join("y" if sees_text(viewer, level) else "-" for level in LEVELS) == text
    assert "".join("y" if sees_name(viewer, level) else "-" for level in LEVELS) == name
    assert ("y" if sees_staff_side(viewer) else "-") + ("y" if may_answer(viewer) else "-") == staff
    assert may_assign(roles) == bool(roles & {CLASS_TEACHER, ADMIN})


# ---- whose it is -------------------------------------------------------------------------------------------------


def _person(id: int, ref: str, role: str, reachable: bool = True, in_charge: bool = False) -> Candidate:
    return Candidate(member_id=id, ref=ref, roles=frozenset({role}), reachable=reachable, in_charge=in_charge)


IVAN, OTHER_LECTURER = _person(4, "L01", LECTURER), _person(5, "L02", LECTURER)
CLARA, DEPUTY = _person(6, "S01", CLASS_TEACHER), _person(7, "S03", CLASS_TEACHER)
ADA = _person(8, "S02", ADMIN)
GONE = _person(4, "L01", LECTURER, reachable=False)
STAFF = [ADA, DEPUTY, CLARA, OTHER_LECTURER]


@pytest.mark.parametrize(
    ("topic", "lead", "people", "found"),
    [
        (COURSE, "L01", [*STAFF, IVAN], Routed(4, "assigned")),
        (COURSE, "L02", [*STAFF, IVAN], Routed(5, "assigned")),
        (COURSE, "L01", [*STAFF, GONE], Routed(6, "assigned", True)),  # no account, blocked, or left
        (COURSE, "L01", STAFF, Routed(6, "assigned", True)),
        (COURSE, "", [*STAFF, IVAN], Routed(6, "assigned", True)),
        (COURSE, "S02", STAFF, Routed(6, "assigned", True)),  # somebody of that number who is no lecturer
        (LOGISTICS, "", STAFF, Routed(8, "assigned")),
        (LOGISTICS, "", [CLARA, IVAN], Routed(6, "assigned", True)),
        (SITE, "L01", [*STAFF, IVAN], Routed(6, "assigned")),
        (POLICY, "", STAFF, Routed(6, "assigned")),
        (OTHER, "", [*STAFF, _person(9, "S04", CLASS_TEACHER, in_charge=True)], Routed(9, "assigned")),
        (OTHER, "", [ADA, IVAN], Routed(None, "queued")),
        (COURSE, "L01", [], Routed(None, "queued", True)),
    ],
)
def test_one_owner_by_category(topic: str, lead: str, people: list[Candidate], found: Routed) -> None:
    assert route(topic, lead, people) == found
    assert route(topic, lead, people[::-1]) == found, "in whatever order they stand"


# ---- words -------------------------------------------------------------------------------------------------------


def test_what_was_written_is_judged_by_its_signs() -> None:
    assert written("  楼道里\n\n 能不能充电？ ", 8, 20).text == "楼道里\n能不能充电？"
    short, right, long = ("", "   ", "一二三", "一 二 三"), ("一二三四", "一二三四五六"), "一二三四五六七"
    assert [written(t, 4, 6).problem for t in (*short, *right, long)] == ["short"] * 4 + ["", "", "long"]
    assert written("一 二\n三", 4, 6).length == 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 老人不会用手机，怎么办？", (12, "老人不会用手机，怎么办？")),  # the signs stay as they were typed
        ("１２号：楼道充电？", (12, "楼道充电？")), ("3座，能报销吗", (3, "能报销吗")),
        ("7\n第一行\n第二行", (7, "第一行\n第二行")),
        ("12", (12, "")), ("老人不会用手机", (0, "")), ("", (0, "")), ("12345 块够吗", (0, "")),
    ],
)  # fmt: skip
def test_a_seat_and_a_question_in_one_message(text: str, found: tuple[int, str]) -> None:
    assert number_and_rest(text) == found


def test_what_has_been_asked_already() -> None:
    wanted = "老师，请问楼道里能不能给电动车充电？"
    share = alike(
        wanted,
        {
            1: "请问楼道里能不能给电动车充电",
            2: "楼道里电动车充电可以吗",
            3: "食堂早上几点开门？",
            4: "楼道里能给电动车充电？",
            5: "２楼楼道里能不能给电动车充电？",
            6: "",
        },
    )
    assert share[1] == 1.0 and plain(wanted) == plain("您好，请问：楼道里能不能给电动车充电？"), (
        "greetings do not count"
    )
    assert share[3] < 0.3 and share[6] == 0
    assert ALIKE <= share[4] < SAME and ALIKE <= share[5] < SAME, "a negation, another number: alike, never the same"
    assert share[3] < share[2] < share[4]
    english = alike("May we charge bikes in the stairwell?", {1: "May we not charge bikes in the stairwell?"})
    assert english[1] < SAME
    assert plain("老师你好") and alike("老师你好", {}) == {}


@settings(max_examples=60)
@given(one=st.text(max_size=40), two=st.text(max_size=40))
def test_likeness_is_a_share_and_goes_both_ways(one: str, two: str) -> None:
    there, back = alike(one, {1: two})[1], alike(two, {1: one})[1]
    assert abs(there - back) < 1e-9 and 0 <= there <= 1 + 1e-9
    if plain(one):
        assert alike(one, {1: one})[1] > SAME
