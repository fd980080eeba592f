"""Leave: hours, deciders, times, and no sequence of acts goes astray (LEAVE-*); long: one table for each rule."""

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec import Struct, structs

from rules.leaves import (
    COUNTED,
    STATUS,
    STEPS,
    Ask,
    Nudge,
    Standing,
    Stretch,
    approvers,
    deciders,
    half_days,
    hours,
    is_away,
    is_overnight,
    level_hours,
    may_withdraw,
    needs_letter,
    next_state,
    notice,
    nudges,
    objections,
    overdue_at,
    served,
    shortens,
    span_of,
    touched,
    unit_is_told,
    used_hours,
)
from rules.roles import ADMIN, CLASS_TEACHER, SCHOOL_LEADER, TRAINEE
from rules.settings import Settings, load_settings

ZONE = "Asia/Shanghai"
RULES = Settings()
SAMPLE = Path(__file__).parents[2] / "examples" / "guanshan" / "timetable.csv"
C, A, H = CLASS_TEACHER, ADMIN, SCHOOL_LEADER


class Slot(Struct, frozen=True, kw_only=True):
    ref: str
    day: int
    starts_at: datetime
    ends_at: datetime
    mode: str
    required: bool
    cancelled: bool = False
    credit_hours: int


def at(text: str, day: int = 16) -> datetime:
    """`14:00` on a day of March 2027; the 15th is day 1."""
    return datetime.combine(date(2027, 3, day), time.fromisoformat(text), ZoneInfo(ZONE))


def timetable() -> list[Slot]:
    rows = list(csv.DictReader(SAMPLE.read_text(encoding="utf-8").splitlines()))
    return [
        Slot(
            ref=row["session_id"],
            day=int(row["day"]),
            starts_at=at(row["start"], int(row["date"][-2:])),
            ends_at=at(row["end"], int(row["date"][-2:])),
            mode=row["checkin_mode"],
            required=row["required"] == "true",
            credit_hours=int(row["credit_hours"]),
        )
        for row in rows
    ]


SLOTS = timetable()
COURSE = Stretch(SLOTS[0].starts_at, max(s.ends_at for s in SLOTS if s.credit_hours))


def leave(start: str, end: str, day: int = 16, last: int | None = None) -> Stretch:
    return Stretch(at(start, day), at(end, last or day))


def refs(found) -> list[str]:
    return [slot.ref for slot in found]


@pytest.mark.parametrize(
    ("start", "end", "missed", "cost"),
    [
        ("10:30", "12:00", ["S0202"], 2),
        ("09:55", "12:00", ["S0202"], 2),  # 15 min of S0201: not more than 15
        ("09:54", "12:00", ["S0201", "S0202"], 4),
        ("08:00", "08:55", [], 0),
        ("08:00", "08:56", ["S0201"], 2),
        ("12:00", "13:00", [], 0),  # a meal has no list
        ("14:00", "20:30", ["S0203", "S0204", "S0205"], 6),
        ("22:00", "22:25", [], 0),
        ("22:00", "22:26", ["N0201"], 0),  # the dormitory check is missed, and costs no hours
        ("00:00", "23:59", ["S0201", "S0202", "S0203", "S0204", "S0205", "N0201"], 10),
    ],
)
def test_what_a_leave_costs(start, end, missed, cost):
    found = touched(leave(start, end), SLOTS, RULES)
    assert (refs(found), hours(found)) == (missed, cost)


def test_a_list_of_a_quarter_of_an_hour_is_missed_when_all_of_it_is():
    assert "X0303" in refs(touched(leave("08:00", "18:00", 17), SLOTS, RULES))  # 15:40 to 15:55
    assert "X0303" not in refs(touched(leave("15:41", "15:56", 17), SLOTS, RULES))


def test_a_cancelled_session_costs_nothing():
    gone = [structs.replace(slot, cancelled=True) for slot in SLOTS]
    assert touched(leave("08:00", "18:00"), gone, RULES) == []


@pytest.mark.parametrize(("count", "halves"), [(0, 0), (1, 1), (4, 1), (5, 2), (8, 2), (9, 3)])
def test_half_days(count, halves):
    assert half_days(count, RULES) == halves


def test_hours_used_are_marks_and_what_is_still_to_come():
    mine = [leave("10:30", "15:30")]
    assert used_hours(SLOTS, mine, {}, RULES) == 4
    assert used_hours(SLOTS, mine, {"S0202": "present"}, RULES) == 2
    assert used_hours(SLOTS, mine, {"S0202": "leave_sick", "S0104": "leave_official"}, RULES) == 6
    assert used_hours(SLOTS, [], {"S0202": "absent"}, RULES) == 0


@pytest.mark.parametrize(
    ("others", "status", "level"),
    [
        ([], {}, 2),
        ([("15:45", "17:30")], {}, 4),  # nothing lies between
        ([("19:00", "20:30")], {}, 2),  # S0204 will be attended
        ([("19:00", "20:30")], {"S0204": "absent"}, 4),
        ([("19:00", "20:30")], {"S0204": "late"}, 2),
        ([("15:45", "17:30"), ("19:00", "20:30")], {}, 6),
        ([("08:40", "10:10"), ("10:30", "12:00")], {}, 6),
    ],
)
def test_leaves_with_nothing_attended_between_them_are_one(others, status, level):
    assert level_hours(leave("14:00", "15:30"), [leave(*o) for o in others], SLOTS, status, RULES) == level


def test_the_night_does_not_part_two_leaves():
    evening, morning = leave("19:00", "20:30", 15), leave("08:40", "10:10")
    assert level_hours(morning, [evening], SLOTS, {}, RULES) == 4
    assert level_hours(evening, [morning], SLOTS, {}, RULES) == 4


def ask(start="14:00", end="15:30", day=16, kind="personal", reason="家里有事要办"):
    return Ask(kind=kind, starts_at=at(start, day), ends_at=at(end, day), reason=reason)


@pytest.mark.parametrize(
    ("asked", "now", "found"),
    [
        (ask(), "12:00", ()),
        (ask(kind="picnic"), "12:00", ("kind",)),
        (ask("15:30", "14:00"), "12:00", ("reversed",)),
        (ask("14:00", "14:00"), "12:00", ("reversed",)),
        (ask(), "16:00", ()),  # two hours later, and a second
        (ask(), "16:00:01", ("too_late",)),
        (ask(day=14), "12:00", ("before_class", "too_late")),
        (ask("16:50", "18:00", day=19), "12:00", ("after_class",)),
        (ask("16:49", "18:00", day=19), "12:00", ()),
        (ask("09:00", "10:30"), "08:00", ("overlap",)),
        (ask("09:00", "10:00"), "08:00", ()),
        (ask("11:00", "12:00"), "08:00", ()),
        (ask("10:59", "12:00"), "08:00", ("overlap",)),
        (ask("10:59", "12:00", kind="withdraw"), "08:00", ()),
        (ask(reason="四个字呀"), "12:00", ("reason_short",)),
        (ask(reason=" 五个字好了 "), "12:00", ()),
        (ask(reason="长" * 200), "12:00", ()),
        (ask(reason="长" * 201), "12:00", ("reason_long",)),
        (ask(kind="sick", reason=""), "12:00", ()),
        (ask(kind="official", reason=""), "12:00", ("reason_short",)),
    ],
)
def test_what_stands_in_the_way_of_a_request(asked, now, found):
    assert objections(asked, at(now), [leave("10:00", "11:00")], COURSE, RULES) == found


@pytest.mark.parametrize(
    ("now", "said"),
    [("13:30", ""), ("13:30:01", "short_notice"), ("14:00", "short_notice"), ("14:00:01", "back_fill")],
)
def test_notice(now, said):
    assert notice(at("14:00"), at(now), RULES) == said


@pytest.mark.parametrize(
    ("kind", "start", "end", "days"),
    [("night_out", "19:00", "06:30", 1), ("night_out", "19:00", "21:00", 0), ("personal", "19:00", "06:30", 0)],
)
def test_only_a_night_out_runs_over_midnight(kind, start, end, days):
    found = span_of(kind, date(2027, 3, 16), time.fromisoformat(start), time.fromisoformat(end), ZONE)
    assert found == Stretch(at(start), at(end, 16 + days))


@pytest.mark.parametrize(
    ("asked", "night"),
    [
        (ask("19:00", "22:10"), False),
        (ask("19:00", "22:11"), True),
        (ask("06:50", "12:00"), False),
        (ask("06:49", "12:00"), True),
        (ask("19:00", "20:00", kind="night_out"), True),
        (Ask(kind="sick", starts_at=at("14:00"), ends_at=at("12:00", 17)), True),
        (ask("15:00", "14:00"), False),
    ],
)
def test_nights(asked, night):
    assert is_overnight(asked, RULES, ZONE) is night


def test_only_official_leave_needs_a_letter():
    assert [kind for kind in STATUS if needs_letter(kind, RULES)] == ["official"]


@pytest.mark.parametrize(
    ("kind", "count", "more", "chain"),
    [
        ("sick", 0, {}, (C,)),
        ("sick", 4, {}, (C,)),
        ("personal", 5, {}, (C, A)),
        ("official", 8, {}, (C, A)),
        ("official", 9, {}, (C, A, H)),
        ("night_out", 0, {"night": True}, (C, A)),
        ("personal", 10, {"night": True}, (C, A, H)),
        ("personal", 2, {"over": True}, (C, H)),
        ("withdraw", 0, {}, (C, A, H)),
    ],
)
def test_who_decides(kind, count, more, chain):
    assert approvers(kind, count, RULES, **more) == chain
    assert unit_is_told(chain) is (H in chain)


def test_a_school_may_have_its_own_steps():
    steps = [{"max_hours": 2, "approvers": ["class_teacher"]}, {"max_hours": 48, "approvers": ["school_leader"]}]
    rules, problems = load_settings({"leave": {"approval": steps}})
    assert problems == []
    assert [approvers("sick", n, rules) for n in (2, 3, 49)] == [(C,), (H,), (C, A, H)]
    assert approvers("night_out", 2, rules, night=True) == (C,)


@pytest.mark.parametrize(
    ("approver", "deputy", "told"),
    [
        (C, True, [("09:10", C), ("09:20", "deputy"), ("09:40", A)]),
        (C, False, [("09:10", C), ("09:20", A)]),
        (A, True, [("09:10", A), ("09:20", A)]),
        (H, True, [("09:10", H), ("09:20", H)]),
    ],
)
def test_a_silent_approver_is_reminded(approver, deputy, told):
    assert list(nudges(at("09:00"), approver, RULES, deputy)) == [Nudge(at(when), to) for when, to in told]


def test_who_is_overdue_and_when():
    assert overdue_at(at("12:00"), COURSE.ends_at, RULES) == at("12:30")
    assert overdue_at(COURSE.ends_at, COURSE.ends_at, RULES) is None


@pytest.mark.parametrize(("now", "inside"), [("13:59", False), ("14:00", True), ("15:29", True), ("15:30", False)])
def test_while_a_leave_lasts(now, inside):
    taken = leave("14:00", "15:30")
    assert shortens(taken, at(now)) is inside
    assert is_away("approved", taken, at(now)) is is_away("away", taken, at(now)) is inside
    assert not any(is_away(state, taken, at(now)) for state in ("pending", "returned", "closed", "cancelled"))
    assert may_withdraw(taken, at(now)) is (at(now) < taken.starts_at)


@pytest.mark.parametrize(
    ("back", "end"), [("13:00", "14:00"), ("14:15", "14:15"), ("15:30", "15:30"), ("18:00", "15:30")]
)
def test_who_is_back_early_has_less_leave(back, end):
    assert served(leave("14:00", "15:30"), at(back)) == leave("14:00", end)


def test_checking_in_just_in_time_costs_no_hours():
    assert hours(touched(served(leave("14:00", "15:30"), at("14:15")), SLOTS, RULES)) == 0
    assert hours(touched(served(leave("14:00", "15:30"), at("14:15:01")), SLOTS, RULES)) == 2


def play(standing, *acts):
    for event, who in acts:
        standing = next_state(standing, event, who)
    return standing


def test_three_steps_then_away_and_back():
    asked = play(Standing("draft", (C, A, H)), ("submit", TRAINEE), ("agree", C), ("agree", A))
    assert (asked.state, asked.step, deciders(asked)) == ("pending", 2, {H})
    end = play(asked, ("agree", H), ("start", "system"), ("overdue", "system"), ("come_back", TRAINEE), ("confirm", C))
    assert (end.state, end.overdue) == ("closed", True)


def test_a_step_handed_on_is_open_to_both_and_nobody_is_asked_twice():
    handed = play(Standing("pending", (C, A, H)), ("hand_on", "system"))
    assert deciders(handed) == {C, A}
    assert play(handed, ("agree", A)) == Standing("pending", (C, A, H), 2)
    assert play(handed, ("agree", C)) == Standing("pending", (C, A, H), 1)


def test_material_is_asked_for_at_the_step_where_it_lacks():
    asked = play(Standing("pending", (C, A), 1), ("ask_material", A))
    assert asked.state == "need_material" and deciders(asked) == frozenset()
    assert play(asked, ("give_material", TRAINEE)) == Standing("pending", (C, A), 1)


@pytest.mark.parametrize(
    ("state", "event", "who"),
    [
        ("pending", "agree", A),  # not yet
        ("pending", "agree", TRAINEE),
        ("pending", "agree", "approver"),
        ("pending", "agree", "system"),
        ("pending", "refuse", H),
        ("pending", "hand_on", A),
        ("approved", "agree", C),  # a second tap
        ("refused", "agree", C),
        ("away", "withdraw", TRAINEE),
        ("away", "confirm", TRAINEE),
        ("draft", "submit", H),
        ("approved", "start", TRAINEE),
        ("closed", "reopen", C),
        ("nowhere", "agree", C),
    ],
)
def test_what_is_refused(state, event, who):
    assert next_state(Standing(state, (C, A)), event, who) is None


def test_some_events_have_no_sense_twice_or_without_deciders():
    assert next_state(Standing("draft"), "submit", TRAINEE) is None
    assert next_state(Standing("away", (C,), 1, overdue=True), "overdue", "system") is None
    assert next_state(Standing("pending", (C,), 0, handed_on=True), "hand_on", C) is None
    assert next_state(Standing("pending", (C, A), 1), "hand_on", C) is None


EVENTS = sorted({event for _, event in STEPS})
PEOPLE = (TRAINEE, "leader", C, A, H, "system", "stranger", "approver")


class LeaveMachine(RuleBasedStateMachine):
    """Whatever people and clock do in whatever order."""

    def __init__(self):
        super().__init__()
        self.now = Standing("draft", (C, A, H))
        self.agreed, self.away = [], False

    @rule(chain=st.sampled_from([(C,), (C, A), (C, H), (C, A, H)]))
    @precondition(lambda self: self.now.state == "draft")
    def written(self, chain):
        self.now = Standing("draft", chain)

    @rule(event=st.sampled_from(EVENTS), who=st.sampled_from(PEOPLE))
    def act(self, event, who):
        self.take(event, who)

    @rule(event=st.sampled_from(EVENTS))
    def somebody_who_may(self, event):
        may, _ = STEPS.get((self.now.state, event), (frozenset(), ""))
        for who in sorted(deciders(self.now) if "approver" in may else may)[:1]:
            self.take(event, who)

    def take(self, event, who):
        before, after = self.now, next_state(self.now, event, who)
        if after is None:
            return
        assert STEPS[before.state, event]
        assert after.chain == before.chain and after.step >= before.step
        self.away |= after.state == "away"
        if event == "agree":
            self.agreed += list(before.chain[before.step : after.step])
            assert who in deciders(before) and after.step > before.step
        self.now = after

    @invariant()
    def steps_are_those_who_agreed(self):
        assert self.agreed == list(self.now.chain[: self.now.step])
        assert (self.now.state in ("pending", "need_material")) <= (self.now.step < len(self.now.chain))

    @invariant()
    def nobody_is_away_without_everybody_s_consent(self):
        if self.now.state in ("approved", "away", "returned", "closed"):
            assert self.now.step == len(self.now.chain) > 0
        if self.now.state in ("refused", "cancelled", "draft"):
            assert not self.away

    @invariant()
    def the_end_is_the_end(self):
        if self.now.state in ("refused", "cancelled", "closed"):
            assert not any(next_state(self.now, event, who) for event in EVENTS for who in PEOPLE)
        elif self.now.state not in ("draft",):
            assert self.now.state in COUNTED

    @invariant()
    def flags_stand_where_they_mean_something(self):
        assert not self.now.overdue or self.now.state in ("away", "returned", "closed")
        assert self.now.state != "pending" or deciders(self.now)


TestLeaveMachine = LeaveMachine.TestCase

STRETCHES = st.tuples(st.integers(0, 7 * 24 * 60), st.integers(1, 3 * 24 * 60)).map(
    lambda pair: Stretch(at("00:00", 14) + timedelta(minutes=pair[0]), at("00:00", 14) + timedelta(minutes=sum(pair)))
)


@given(taken=STRETCHES, back=STRETCHES)
def test_coming_back_never_costs_more(taken, back):
    whole, part = touched(taken, SLOTS, RULES), touched(served(taken, back.starts_at), SLOTS, RULES)
    assert set(refs(part)) <= set(refs(whole))
    assert 0 <= hours(part) <= hours(whole) <= 48


@given(taken=STRETCHES, others=st.lists(STRETCHES, max_size=4))
def test_splitting_a_leave_is_never_judged_as_less_than_itself(taken, others):
    own, level = hours(touched(taken, SLOTS, RULES)), level_hours(taken, others, SLOTS, {}, RULES)
    assert own <= level <= used_hours(SLOTS, [taken, *others], {}, RULES)
