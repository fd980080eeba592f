"""When a notice goes, rings, is asked again and dies; which events move it (BC-*, section 21)."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from rules import notices
from rules.days import is_quiet, moment
from rules.notices import (
    ACK,
    ASKED,
    EXPIRED,
    LEVELS,
    ORDINARY,
    PAUSED,
    QUEUED,
    RECALLED,
    SENDING,
    SENT,
    URGENT,
    bar,
    begins,
    call_list_at,
    change_level,
    chases,
    is_silent,
    life_ends,
    may_recall,
    move,
    push_day,
    seconds_to_send,
)
from rules.settings import Settings

HERE, BERLIN = "Asia/Shanghai", "Europe/Berlin"
RULES = Settings()
DAY = date(2027, 3, 15)
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
"""Days on which the clocks of Berlin change: 02:00 becomes 03:00, and 03:00 becomes 02:00."""


def at(clock: str, day: date = DAY, zone: str = HERE) -> datetime:
    """A time of day as an instant, in UTC as the house keeps it."""
    return moment(day, time.fromisoformat(clock), zone).astimezone(UTC)


def clocks(times: list[datetime], zone: str = HERE) -> list[str]:
    """Instants as people of the class read them."""
    return [f"{t.astimezone(ZoneInfo(zone)):%d %H:%M}" for t in times]


# ---- when it goes ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clock", "goes"),
    [
        ("12:00", "15 12:00"),
        ("22:29:59", "15 22:29"),
        ("22:30", "16 07:00"),
        ("23:59:59.999999", "16 07:00"),
        ("00:00", "15 07:00"),
        ("04:00", "15 07:00"),
        ("06:29:59.999999", "15 07:00"),
        ("06:30", "15 06:30"),
        ("06:59", "15 06:59"),
    ],
)
@pytest.mark.parametrize("zone", [HERE, BERLIN, "America/New_York"])
def test_what_is_not_urgent_waits_for_the_morning_card(clock: str, goes: str, zone: str) -> None:
    for level in (ORDINARY, ACK):
        assert clocks([begins(at(clock, zone=zone), level, RULES, zone)], zone) == [goes]
    assert begins(at(clock, zone=zone), URGENT, RULES, zone) == at(clock, zone=zone)


def test_a_class_whose_card_comes_before_the_quiet_ends() -> None:
    early = structs.replace(RULES, messages=structs.replace(RULES.messages, day_card_at=time(6)))
    assert clocks([begins(at("23:00"), ACK, early, HERE)]) == ["16 06:30"], "never in the quiet hours"


def test_a_class_without_quiet_hours() -> None:
    loud = structs.replace(RULES, messages=structs.replace(RULES.messages, quiet_from=time(0), quiet_to=time(0)))
    assert begins(at("03:00"), ORDINARY, loud, HERE) == at("03:00")


@pytest.mark.parametrize(
    ("day", "wanted", "goes"),
    [
        (SPRING, "02:30", "28 07:00"),  # a time that does not exist
        (SPRING, "01:59", "28 07:00"),
        (SPRING, "03:00", "28 07:00"),
        (SPRING - timedelta(days=1), "22:30", "28 07:00"),
        (AUTUMN, "02:30", "31 07:00"),  # a time that comes twice
        (AUTUMN - timedelta(days=1), "23:30", "31 07:00"),
        (SPRING, "06:30", "28 06:30"),
        (AUTUMN, "06:30", "31 06:30"),
    ],
)
def test_the_night_of_a_clock_change(day: date, wanted: str, goes: str) -> None:
    asked = at(wanted, day, BERLIN)
    assert clocks([begins(asked, ORDINARY, RULES, BERLIN)], BERLIN) == [goes]
    assert begins(asked, URGENT, RULES, BERLIN) == asked, "urgent ones wait for nothing"


def test_the_hour_that_comes_twice_is_quiet_both_times() -> None:
    first = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    for asked in (first, first + timedelta(hours=1)):
        assert f"{asked.astimezone(ZoneInfo(BERLIN)):%H:%M}" == "02:30"
        assert begins(asked, ACK, RULES, BERLIN) == at("07:00", AUTUMN, BERLIN)


def test_a_night_is_as_long_as_it_is() -> None:
    for day, hours in ((DAY, 8.5), (SPRING, 7.5), (AUTUMN, 9.5)):
        asked = at("22:30", day - timedelta(days=1), BERLIN)
        waits = begins(asked, ORDINARY, RULES, BERLIN) - asked
        assert waits == timedelta(hours=hours), "real time, whatever the clocks do"


INSTANTS = st.datetimes(datetime(2027, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
ZONES = st.sampled_from([HERE, BERLIN, "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"])
NIGHTS = st.sampled_from(
    [
        (time(22, 30), time(6, 30)), (time(21), time(7)), (time(22), time(2, 30)), (time(0), time(6)),
        (time(13), time(14)), (time(0), time(0)),
    ]
)  # fmt: skip


def with_night(quiet: tuple[time, time], card: time = RULES.messages.day_card_at) -> Settings:
    said = structs.replace(RULES.messages, quiet_from=quiet[0], quiet_to=quiet[1], day_card_at=card)
    return structs.replace(RULES, messages=said)


@given(INSTANTS, ZONES, NIGHTS, st.sampled_from(LEVELS), st.sampled_from([time(5), time(7), time(12), time(23)]))
def test_it_never_goes_in_the_quiet_nor_early_and_waits_once(
    asked: datetime, zone: str, quiet: tuple[time, time], level: str, card: time
) -> None:
    rules = with_night(quiet, card)
    goes = begins(asked, level, rules, zone)
    assert goes >= asked
    assert begins(goes, level, rules, zone) == goes, "what may go then is not put off again"
    assert level == URGENT or not is_quiet(goes, zone, *quiet)
    assert goes - asked < timedelta(hours=26), "one night at most"
    if level == URGENT or not is_quiet(asked, zone, *quiet):
        assert goes == asked


# ---- whether it rings ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clock", "silent"),
    [
        ("12:00", False), ("20:59:59", False), ("21:00", True), ("22:40", True), ("00:00", True), ("06:29", True),
        ("06:30", False),
    ],
)  # fmt: skip
def test_an_ordinary_one_makes_no_sound_in_the_evening(clock: str, silent: bool) -> None:
    assert is_silent(ORDINARY, at(clock), RULES, HERE, False) is silent
    assert is_silent(ACK, at(clock), RULES, HERE, False) is False
    assert is_silent(URGENT, at(clock), RULES, HERE, False) is False


def test_in_class_only_an_urgent_one_rings() -> None:
    assert [is_silent(level, at("10:00"), RULES, HERE, True) for level in LEVELS] == [True, True, False]
    loud = structs.replace(RULES, messages=structs.replace(RULES.messages, class_quiet=False))
    assert [is_silent(level, at("10:00"), loud, HERE, True) for level in LEVELS] == [False, False, False]


@given(INSTANTS, ZONES, st.booleans())
def test_what_must_be_read_is_never_more_silent_than_what_need_not(asked: datetime, zone: str, in_class: bool) -> None:
    ordinary, ack, urgent = (is_silent(level, asked, RULES, zone, in_class) for level in LEVELS)
    assert not urgent and ordinary >= ack and ack is in_class


# ---- asked again ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "begun", "asked", "listed"),
    [
        (ORDINARY, "12:00", [], None),
        (ACK, "12:00", ["15 12:30", "15 14:00"], "15 14:30"),
        (ACK, "20:29", ["15 20:59", "15 22:29"], "16 07:00"),
        (ACK, "20:30", ["15 21:00", "16 07:00"], "16 07:30"),
        (ACK, "21:59:59", ["15 22:29", "16 07:00"], "16 07:30"),
        (ACK, "22:00", ["16 07:00"], "16 07:30"),
        (ACK, "22:29", ["16 07:00"], "16 07:30"),
        (URGENT, "12:00", ["15 12:05", "15 12:10", "15 12:15"], "15 12:20"),
        (URGENT, "22:29", ["15 22:34", "15 22:39", "15 22:44"], "15 22:49"),
        (URGENT, "23:58", ["16 00:03", "16 00:08", "16 00:13"], "16 00:18"),
    ],
)
def test_who_has_not_read_it_is_asked_again(level: str, begun: str, asked: list[str], listed: str | None) -> None:
    assert clocks(chases(level, at(begun), RULES, HERE)) == asked
    found = call_list_at(level, at(begun), RULES, HERE)
    assert (clocks([found])[0] if found else None) == listed


def test_chases_over_a_clock_change_count_real_minutes() -> None:
    begun = at("01:50", SPRING, BERLIN)
    asked = chases(URGENT, begun, RULES, BERLIN)
    assert clocks(asked, BERLIN) == ["28 01:55", "28 03:00", "28 03:05"]
    assert [t - begun for t in asked] == [timedelta(minutes=m) for m in (5, 10, 15)]
    begun = at("02:50", AUTUMN, BERLIN)
    asked = chases(URGENT, begun, RULES, BERLIN)
    assert clocks(asked, BERLIN) == ["31 02:55", "31 02:00", "31 02:05"], "the hour comes again"
    assert [t - begun for t in asked] == [timedelta(minutes=m) for m in (5, 10, 15)]
    for day in (SPRING, AUTUMN):
        late = at("22:10", day - timedelta(days=1), BERLIN)
        assert clocks(chases(ACK, late, RULES, BERLIN), BERLIN) == [f"{day:%d} 07:00"]


def test_a_notice_wanted_at_a_time_that_does_not_exist() -> None:
    wanted = at("02:30", SPRING, BERLIN)
    assert clocks([wanted], BERLIN) == ["28 03:30"]
    goes = begins(wanted, ACK, RULES, BERLIN)
    assert clocks([goes, *chases(ACK, goes, RULES, BERLIN)], BERLIN) == ["28 07:00", "28 07:30", "28 09:00"]


def test_a_class_may_ask_otherwise_or_not_at_all() -> None:
    often = structs.replace(RULES, notice=structs.replace(RULES.notice, ack_remind_min=(10, 20, 60), urgent_times=0))
    assert clocks(chases(ACK, at("12:00"), often, HERE)) == ["15 12:10", "15 12:20", "15 13:00"]
    assert chases(URGENT, at("12:00"), often, HERE) == []
    assert call_list_at(URGENT, at("12:00"), often, HERE) == at("12:05"), "the list comes all the same"
    never = structs.replace(RULES, notice=structs.replace(RULES.notice, ack_remind_min=()))
    assert call_list_at(ACK, at("12:00"), never, HERE) == at("12:30")


@given(INSTANTS, ZONES, NIGHTS, st.sampled_from(ASKED))
def test_chases_come_in_order_once_each_after_it_began(
    begun: datetime, zone: str, quiet: tuple[time, time], level: str
) -> None:
    rules = with_night(quiet)
    asked = chases(level, begun, rules, zone)
    assert all(a < b for a, b in itertools.pairwise([begun, *asked]))
    assert 1 <= len(asked) <= (2 if level == ACK else 3)
    assert level == URGENT or not any(is_quiet(t, zone, *quiet) for t in asked)
    listed = call_list_at(level, begun, rules, zone)
    assert listed is not None and listed > asked[-1], "the list comes after the last chase"


# ---- how long it lives, how loud a change is ------------------------------------------------------------------


def test_it_lives_a_day_of_real_hours() -> None:
    for day in (DAY, SPRING, AUTUMN):
        begun = at("12:00", day - timedelta(days=1), BERLIN)
        assert life_ends(begun, RULES) - begun == timedelta(hours=24)
        put_off = begins(at("23:00", day - timedelta(days=2), BERLIN), ORDINARY, RULES, BERLIN)
        assert life_ends(put_off, RULES).astimezone(UTC) - put_off.astimezone(UTC) == timedelta(hours=24)
    short = structs.replace(RULES, notice=structs.replace(RULES.notice, life_hours=3))
    assert life_ends(at("12:00"), short) == at("15:00")


@pytest.mark.parametrize(
    ("ahead", "level"),
    [
        (["-1:00:00"], URGENT),
        (["0:00:00"], URGENT),
        (["2:00:00"], URGENT),
        (["2:00:01"], ACK),
        (["12:00:00"], ACK),
        (["12:00:01"], ORDINARY),
        (["100:00:00"], ORDINARY),
        (["100:00:00", "1:59:00"], URGENT),
        (["13:00:00", "11:00:00"], ACK),
        ([], ORDINARY),
    ],
)
def test_a_change_is_as_loud_as_it_is_near(ahead: list[str], level: str) -> None:
    touched = [at("12:00") + _length(text) for text in ahead]
    assert change_level(at("12:00"), touched, RULES) == level


def _length(text: str) -> timedelta:
    hours, minutes, seconds = map(int, text.split(":"))
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


@given(INSTANTS, st.lists(st.timedeltas(timedelta(days=-2), timedelta(days=9)), max_size=4))
def test_a_change_never_grows_quieter_as_it_comes_nearer(now: datetime, ahead: list[timedelta]) -> None:
    touched = [now + wait for wait in ahead]
    later = now + timedelta(hours=1)
    assert LEVELS.index(change_level(later, touched, RULES)) >= LEVELS.index(change_level(now, touched, RULES))


# ---- recall, days, numbers ------------------------------------------------------------------


@pytest.mark.parametrize(("age", "may"), [("0:00:00", True), ("47:59:59", True), ("48:00:00", False)])
def test_how_long_a_copy_can_be_deleted(age: str, may: bool) -> None:
    assert may_recall(at("12:00"), at("12:00") + _length(age)) is may
    over = at("12:00", SPRING - timedelta(days=1), BERLIN)
    assert may_recall(over, at("11:59", SPRING + timedelta(days=1), BERLIN)), "47 hours have passed"
    assert not may_recall(over, at("13:00", SPRING + timedelta(days=1), BERLIN)), "48 real hours"


def test_the_day_whose_budget_a_copy_uses() -> None:
    assert [push_day(at(clock), RULES, HERE) for clock in ("03:59", "04:00", "23:59")] == [
        "2027-03-14", "2027-03-15", "2027-03-15",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("done", "of", "shown"),
    [
        (0, 50, "░░░░░░░░░░"), (4, 50, "░░░░░░░░░░"), (5, 50, "▓░░░░░░░░░"), (49, 50, "▓▓▓▓▓▓▓▓▓░"),
        (50, 50, "▓▓▓▓▓▓▓▓▓▓"), (60, 50, "▓▓▓▓▓▓▓▓▓▓"), (0, 0, "▓▓▓▓▓▓▓▓▓▓"), (1, 3, "▓▓▓░░░░░░░"),
    ],
)  # fmt: skip
def test_a_bar(done: int, of: int, shown: str) -> None:
    assert bar(done, of) == shown


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 20))
def test_a_bar_is_full_only_at_the_end(done: int, of: int, width: int) -> None:
    shown = bar(done, of, width)
    assert len(shown) == width and shown == "".join(sorted(shown, reverse=True))
    assert ("░" not in shown) is (done >= of)


def test_how_long_sending_takes() -> None:
    assert [seconds_to_send(copies, 28) for copies in (0, 28, 50)] == [0, 1, 50 / 28]
    assert seconds_to_send(50, 0) == 0, "a class without a pace of its own"


# ---- states ------------------------------------------------------------------

STATES = ("draft", "asked", "queued", "sending", "paused", "sent", "expired", "recalled")
EVENTS = ("confirm", "ask", "change", "begin", "pause", "resume", "finish", "expire", "recall")
ALLOWED = {
    "draft": {"confirm": QUEUED, "ask": "asked"},
    "asked": {"confirm": QUEUED, "change": "draft"},
    "queued": {"begin": SENDING, "change": "draft", "expire": EXPIRED},
    "sending": {"pause": PAUSED, "finish": SENT, "expire": EXPIRED, "recall": RECALLED},
    "paused": {"resume": SENDING, "expire": EXPIRED, "recall": RECALLED},
    "sent": {"resume": SENDING, "expire": EXPIRED, "recall": RECALLED},
    "expired": {"recall": RECALLED},
    "recalled": {},
}


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("state", STATES)
def test_every_event_in_every_state(state: str, event: str) -> None:
    assert move(state, event) == ALLOWED[state].get(event)


def test_there_are_no_other_states_and_events() -> None:
    assert {state for state, _ in notices.MOVES} | set(notices.MOVES.values()) == set(STATES)
    assert {event for _, event in notices.MOVES} == set(EVENTS)
    assert move("", "confirm") is None and move("draft", "") is None and move("archived", "recall") is None


@given(st.lists(st.sampled_from(EVENTS), max_size=30))
def test_no_sequence_of_events_leads_astray(events: list[str]) -> None:
    state, before = "draft", ["draft"]
    for event in events:
        state = move(state, event) or state
        before.append(state)
    if RECALLED in before:
        assert state == RECALLED, "what is recalled stays recalled"
    if SENDING in before:
        after = before[before.index(SENDING) :]
        assert not {"draft", "asked", QUEUED} & set(after), "what has begun to go is never a draft again"
    if EXPIRED in before:
        assert not {SENDING, PAUSED, SENT} & set(before[before.index(EXPIRED) :]), "what is over never goes again"
