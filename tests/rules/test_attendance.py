"""Lists, marks, head-count, and what people type (section 21, ATT-02 to ATT-06); long: the tables of typed lists."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from rules.attendance import (
    HERE,
    LEAVES,
    LISTS,
    MARKS,
    STATUSES,
    correction_refused,
    head_count,
    may_close,
    may_count,
    may_object,
    needs_reason,
    next_list,
    next_mark,
    read_list,
    spot_check,
)
from rules.checkins import bands_of, judge
from rules.roles import ADMIN, CLASS_TEACHER, DEPUTY, LEADER, MONITOR, SCHOOL_LEADER, TRAINEE
from rules.settings import Settings

RULES = Settings()
BELL = datetime(2027, 3, 16, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
C, A = CLASS_TEACHER, ADMIN
PEOPLE = (TRAINEE, LEADER, DEPUTY, MONITOR, C, A, SCHOOL_LEADER, "lecturer", "stranger", "system")


@pytest.mark.parametrize(
    ("at", "band"),
    [
        ("08:39:59", "too_early"), ("08:40:00", "present"), ("09:00:00", "present"), ("09:03:00", "present"),
        ("09:03:01", "late"), ("09:15:00", "late"), ("09:15:01", "for_the_teacher"), ("09:20:00", "for_the_teacher"),
        ("09:20:01", "closed"),
    ],
)  # fmt: skip
def test_golden_checkin(at, band):
    """CK01 to CK09; `absent` in the file is a proposal to the teacher, not yet a mark."""
    hour, minute, second = map(int, at.split(":"))
    when = BELL.replace(hour=hour, minute=minute, second=second)
    assert judge(when, BELL, bands_of(RULES.attendance)).value == band


def test_all_statuses_are_those_of_the_settings():
    assert {status.key for status in RULES.attendance.status} == STATUSES
    assert {status.key for status in RULES.attendance.status if status.absence == "leave"} == LEAVES


@pytest.mark.parametrize(
    ("state", "event", "who", "after"),
    [
        ("planned", "open", "system", "open"),
        ("planned", "open", LEADER, "open"),
        ("planned", "open", TRAINEE, None),
        ("planned", "close", C, None),
        ("planned", "cancel", A, "cancelled"),
        ("planned", "move", C, "planned"),
        ("open", "move", C, None),
        ("open", "shut", "system", "staff_only"),
        ("open", "close", C, "closed"),
        ("open", "close", A, None),
        ("open", "close", "system", None),
        ("staff_only", "close", C, "closed"),
        ("staff_only", "cancel", C, None),
        ("staff_only", "reconcile", C, "staff_only"),
        ("closed", "close", C, None),
        ("closed", "reopen", C, "staff_only"),
        ("closed", "reopen", A, None),
        ("closed", "reconcile", C, None),
        ("cancelled", "reopen", C, None),
        ("nowhere", "open", C, None),
    ],
)
def test_lists(state, event, who, after):
    assert next_list(state, event, who) == after


@pytest.mark.parametrize(
    ("old", "new", "event", "who", "state", "done"),
    [
        ("unmarked", "present", "check_in", TRAINEE, "open", True),
        ("unmarked", "late", "check_in", TRAINEE, "open", True),
        ("unmarked", "present", "check_in", TRAINEE, "staff_only", False),
        ("unmarked", "present", "check_in", TRAINEE, "closed", False),
        ("unmarked", "absent", "check_in", TRAINEE, "open", False),
        ("present", "late", "check_in", TRAINEE, "open", False),  # the first final mark stands
        ("leave_sick", "present", "check_in", TRAINEE, "open", True),
        ("leave_sick", "late", "check_in", TRAINEE, "staff_only", False),
        ("unmarked", "unmarked", "arrive_late", TRAINEE, "open", True),
        ("unmarked", "late", "arrive_late", TRAINEE, "open", False),
        ("unmarked", "present", "roll_call", LEADER, "staff_only", True),
        ("unmarked", "late", "roll_call", MONITOR, "open", True),
        ("unmarked", "early_leave", "roll_call", LEADER, "open", False),
        ("unmarked", "present", "roll_call", LEADER, "closed", False),
        ("unmarked", "present", "roll_call", TRAINEE, "open", False),
        ("late", "present", "roll_call", LEADER, "open", False),
        ("unmarked", "leave_personal", "leave", "system", "planned", True),
        ("unmarked", "leave_personal", "leave", "system", "closed", True),  # decided after the bell
        ("unmarked", "leave_personal", "leave", "system", "cancelled", False),
        ("present", "leave_personal", "leave", "system", "open", False),
        ("unmarked", "absent", "leave", "system", "open", False),
        ("unmarked", "absent", "close", C, "staff_only", True),
        ("unmarked", "absent", "close", "system", "staff_only", False),
        ("unmarked", "absent", "close", A, "staff_only", False),
        ("unmarked", "leave_sick", "close", C, "open", False),
        ("present", "absent", "close", C, "open", False),
        ("absent", "late", "decide", C, "closed", True),
        ("absent", "late", "decide", A, "closed", False),
        ("absent", "late", "decide", C, "cancelled", False),
        ("absent", "late", "objection", A, "closed", True),
        ("absent", "late", "objection", TRAINEE, "closed", False),
        ("unmarked", "late", "objection", C, "closed", False),
        ("unmarked", "hero", "decide", C, "closed", False),
        ("unmarked", "present", "magic", C, "open", False),
    ],
)
def test_marks(old, new, event, who, state, done):
    assert next_mark(old, new, event, who, state) == (new if done else None)


def test_only_the_class_teacher_makes_anybody_absent():
    makers = {
        who
        for event in MARKS
        for who in PEOPLE
        for state in ("planned", "open", "staff_only", "closed", "cancelled")
        if next_mark("unmarked", "absent", event, who, state)
    }
    assert makers == {C}


@pytest.mark.parametrize(
    ("event", "old", "state", "needed"),
    [
        ("decide", "unmarked", "open", False),
        ("decide", "unmarked", "closed", True),
        ("decide", "present", "open", True),
        ("objection", "absent", "closed", True),
        ("close", "unmarked", "staff_only", False),
        ("roll_call", "unmarked", "open", False),
    ],
)
def test_what_needs_a_reason(event, old, state, needed):
    assert needs_reason(event, old, state) is needed


@pytest.mark.parametrize(
    ("seconds", "missing", "may"), [(0, 1, False), (0, 0, True), (1199, 1, False), (1200, 1, True), (-600, 0, True)]
)
def test_when_a_list_may_be_closed(seconds, missing, may):
    assert may_close(BELL + timedelta(seconds=seconds), BELL, missing, RULES) is may


@pytest.mark.parametrize(("hours", "asked", "why"), [(24, 1, ""), (24.001, 0, "too_late"), (1, 2, "too_often")])
def test_late_corrections(hours, asked, why):
    assert correction_refused(BELL + timedelta(hours=hours), BELL, asked, RULES) == why


@pytest.mark.parametrize(("hours", "may"), [(0, True), (24, True), (24.001, False)])
def test_objections(hours, may):
    assert may_object(BELL + timedelta(hours=hours), BELL, RULES) is may


class AttendanceMachine(RuleBasedStateMachine):
    """One list and one mark in it, whatever people and clock do in whatever order."""

    def __init__(self):
        super().__init__()
        self.state, self.mark = "planned", "unmarked"
        self.history = ["unmarked"]
        self.closed = False

    @rule(event=st.sampled_from(sorted({event for _, event in LISTS})), who=st.sampled_from(PEOPLE))
    def on_the_list(self, event, who):
        if after := next_list(self.state, event, who):
            self.closed |= after == "closed"
            self.state = after

    @rule(event=st.sampled_from(sorted(MARKS)), new=st.sampled_from(sorted(STATUSES)), who=st.sampled_from(PEOPLE))
    def on_the_mark(self, event, new, who):
        after = next_mark(self.mark, new, event, who, self.state)
        if after is None:
            return
        assert after == new and self.state != "cancelled"
        assert self.mark == "unmarked" or self.mark in LEAVES or who in (C, A)
        assert after != "absent" or who in (C, A)
        assert who != "system" or after in LEAVES
        assert self.state != "planned" or after in LEAVES
        self.mark = after
        self.history.append(after)

    @invariant()
    def nothing_impossible_is_reached(self):
        assert self.state in {"planned", "open", "staff_only", "closed", "cancelled"}
        assert self.mark in STATUSES and self.history[-1] == self.mark
        assert not (self.closed and self.state in ("planned", "open", "cancelled"))


TestAttendanceMachine = AttendanceMachine.TestCase


@pytest.mark.parametrize(
    ("in_room", "surplus", "lacking", "unmarked", "doubtful"),
    [(4, 0, 0, (), ()), (5, 1, 0, (5, 6), ()), (3, 0, 1, (), (1, 2, 3, 4)), (0, 0, 4, (), (1, 2, 3, 4))],
)
def test_the_number_in_the_room(in_room, surplus, lacking, unmarked, doubtful):
    status = {1: "present", 2: "present", 3: "late", 4: "present", 6: "unmarked", 5: "unmarked"}
    status |= {7: "leave_sick", 8: "class_duty", 9: "absent", 10: "early_leave"}
    count = head_count(in_room, status)
    assert (count.marked, count.surplus, count.lacking) == (4, surplus, lacking)
    assert (count.unmarked, count.doubtful, count.reconciled) == (unmarked, doubtful, in_room == 4)


@pytest.mark.parametrize(("minutes", "may"), [(9.9, False), (10, True)])
def test_when_heads_are_counted(minutes, may):
    assert may_count(BELL + timedelta(minutes=minutes), BELL, RULES) is may


def test_the_spot_check_is_the_same_for_the_same_seed():
    seats = list(range(1, 51))
    first = spot_check(seats, "list-7")
    random.Random(1).shuffle(seats)
    assert first == spot_check(seats, "list-7") == tuple(sorted(first)) and len(set(first)) == 5
    assert len({spot_check(seats, f"list-{n}") for n in range(20)}) == 20
    assert {seat for n in range(200) for seat in spot_check(seats, str(n))} == set(seats)
    assert spot_check([3, 1], "x") == (1, 3) and spot_check([], "x") == ()
    assert len(spot_check(seats, "x", 7)) == 7


TEN = range(1, 11)


@pytest.mark.parametrize(
    "text",
    ["全到", " 全到 ", "全部到齐", "都到了！", "到齐了", "全勤。", "All here", "ALL", "本组全到"],
)
def test_everybody_is_there(text):
    typed = read_list(text, TEN)
    assert typed.clear and typed.seats("present") == tuple(TEN)


@pytest.mark.parametrize(
    ("text", "missing", "late"),
    [
        ("缺 3 7", (3, 7), ()),
        ("缺3、7", (3, 7), ()),
        ("缺３，７", (3, 7), ()),
        ("缺３　７", (3, 7), ()),
        ("缺三、七", (3, 7), ()),
        ("缺十", (10,), ()),
        ("迟 5", (), (5,)),
        ("迟到5号", (), (5,)),
        ("缺3、7 迟5", (3, 7), (5,)),
        ("迟5，缺3和7。", (3, 7), (5,)),
        ("缺3 迟5 缺7", (3, 7), (5,)),
        ("3号没到", (3,), ()),
        ("3、7号没到，5号迟到", (3, 7), (5,)),
        ("除3、7外全到", (3, 7), ()),
        ("除了3号同学以外都到了", (3,), ()),
        ("缺3，其余到", (3,), ()),
        ("全到，迟5", (), (5,)),
        ("缺3-5", (3, 4, 5), ()),
        ("缺 3～5、7", (3, 4, 5, 7), ()),
        ("缺3至5", (3, 4, 5), ()),
        ("缺 3\n迟 5", (3,), (5,)),
        ("缺 3 3", (3,), ()),
        ("Missing 3, 7; late 5", (3, 7), (5,)),
    ],
)
def test_some_are_not(text, missing, late):
    typed = read_list(text, TEN)
    assert typed.clear
    assert (typed.seats("unmarked"), typed.seats("late")) == (missing, late)
    assert set(typed.seats("present")) == set(TEN) - set(missing) - set(late)


def test_only_those_named_as_there():
    typed = read_list("到 3 7 迟 5", TEN)
    assert typed.clear and typed.marks == {3: "present", 7: "present", 5: "late"}


def test_words_for_the_teacher():
    typed = read_list("早退 3 班务 7", TEN)
    assert typed.clear and (typed.seats("early_leave"), typed.seats("class_duty")) == ((3,), (7,))


@pytest.mark.parametrize(
    ("text", "words", "seats", "twice"),
    [
        ("", (), (), ()),
        ("缺", ("缺",), (), ()),
        ("缺 田小雪", ("田小雪", "缺"), (), ()),
        ("缺3 王 7", ("王",), (), ()),
        ("缺七八", ("七八", "缺"), (), ()),
        ("缺一百二", ("一百二", "缺"), (), ()),
        ("缺 7-3", ("7-3", "缺"), (), ()),
        ("缺 123456", ("123456", "缺"), (), ()),
        ("3 7", ("3", "7"), (), ()),
        ("缺 3 99", (), (99,), ()),
        ("缺 0", (), (0,), ()),
        ("缺3 迟3", (), (), (3,)),
        ("请假 3", ("请假", "3"), (), ()),
        ("你好", ("你好",), (), ()),
    ],
)
def test_what_was_not_understood_is_told(text, words, seats, twice):
    typed = read_list(text, TEN)
    assert not typed.clear
    assert (typed.unknown_words, typed.unknown_seats, typed.twice) == (words, seats, twice)


@pytest.mark.parametrize(
    ("said", "seat"),
    [("二", 2), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("三十四", 34), ("一百", 100), ("一百零三", 103),
     ("一百二十", 120), ("一百一十五", 115), ("四百九十九", 499), ("４９９", 499)],
)  # fmt: skip
def test_chinese_numerals(said, seat):
    assert read_list(f"缺{said}", range(1, 501)).seats("unmarked") == (seat,)


@given(st.text(max_size=80) | st.text("缺迟到全没未不在除 0123456789０９一二十百、，-~至号了外all", max_size=40))
def test_no_text_is_too_odd(text):
    typed = read_list(text, TEN)
    assert set(typed.marks) <= set(TEN) and set(typed.marks.values()) <= STATUSES
    assert not set(typed.twice) & set(typed.marks) and not set(typed.unknown_seats) & set(TEN)


@given(st.sets(st.integers(1, 500)), st.sets(st.integers(1, 500)), st.sampled_from([" ", "、", "，", ","]))
def test_five_hundred_in_one_message(missing, late, comma):
    missing = missing - late
    text = " ".join(f"{word}{comma.join(map(str, seats))}" for word, seats in (("缺", missing), ("迟", late)) if seats)
    typed = read_list(text or "全到", range(1, 501))
    assert typed.clear and len(typed.marks) == 500
    assert (set(typed.seats("unmarked")), set(typed.seats("late"))) == (missing, late)
    assert set(typed.marks.values()) <= HERE | {"unmarked"}
