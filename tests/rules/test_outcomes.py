"""The ledger, the limits and the outcome: the golden cases, and every boundary (ATT-13, ATT-21, CERT-01, LEAVE-03)."""

import csv
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from rules import outcomes
from rules.outcomes import (
    Ledger,
    Limits,
    Line,
    Work,
    attention,
    expected,
    final_test,
    is_near,
    judge,
    limits,
    shown,
    tally,
    warnings,
    weigh,
)
from rules.settings import Settings, load_settings
from tests.rules.test_leaves import SLOTS

EXAMPLES = Path(__file__).parents[2] / "examples"
RULES = Settings()
FIVE_DAYS = limits(RULES, 5)


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


TIMETABLE = {row["session_id"]: row for row in rows(EXAMPLES / "guanshan" / "timetable.csv")}
GOLDEN = rows(EXAMPLES / "golden_outcome.csv")


def lines(events: str) -> list[Line]:
    """All required lists of the sample class: attended, but for the events; of `a>b` the last holds."""
    last = {ref: said.split(">")[-1] for ref, said in (event.split(":") for event in filter(None, events.split(";")))}
    return [
        Line(ref=ref, hours=int(row["credit_hours"]), status=last.get(ref, "present"), kind=row["kind"])
        for ref, row in TIMETABLE.items()
        if row["required"] == "true"
    ]


def test_the_golden_file_is_whole():
    assert [case["case_id"] for case in GOLDEN] == [f"OC{n:02d}" for n in range(1, 23)]


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["case_id"])
def test_golden_outcome(case):
    ledger = tally(lines(case["events"]), RULES)
    retake = int(case["retake"]) if case["retake"] else None
    work = Work(logs=int(case["logs"]), posttest=int(case["posttest"]), retake=retake)
    verdict = judge(ledger, work, FIVE_DAYS, RULES)
    assert (ledger.leave, ledger.tardies, ledger.unexcused, verdict.outcome) == (
        int(case["expect_leave"]), int(case["expect_tardy"]), int(case["expect_unexcused"]), case["expect_outcome"],
    )  # fmt: skip
    assert bool(verdict.reasons) is (verdict.outcome != "eligible")


def test_only_closed_lists_count_and_an_open_one_blocks():
    absent = Line(ref="S1", hours=2, status="absent", closed=False)
    assert tally([absent], RULES) == Ledger(open=("S1",))
    assert tally([structs.replace(absent, closed=True)], RULES) == Ledger(absent_hours=2)
    assert tally([structs.replace(absent, status="present", closed=False)], RULES).open == ("S1",)
    assert tally([structs.replace(absent, status="unmarked", closed=True)], RULES).open == ("S1",)


def test_lists_without_hours_and_leave_from_the_dormitory():
    dorm = Line(ref="N1", hours=0, status="leave_personal", kind="dorm_check")
    assert tally([dorm], RULES) == Ledger()
    assert tally([structs.replace(dorm, status="absent")], RULES) == Ledger(dorm_missed=1)
    assert tally([structs.replace(dorm, status="absent", kind="transfer")], RULES) == Ledger()


@pytest.mark.parametrize(("per", "hours"), [(0, 0), (1, 5), (2, 2), (3, 1), (5, 1), (6, 0)])
def test_how_many_tardies_make_an_hour(per, hours):
    rules, _ = load_settings({"attendance": {"lates_per_absent_hour": per}})
    late = [Line(ref=str(n), hours=2, status="late") for n in range(5)]
    ledger = tally(late, rules)
    assert (ledger.tardies, ledger.unexcused, ledger.attended) == (5, hours, 10)


@pytest.mark.parametrize(
    ("days", "total", "hours", "passed"),
    [
        (5, 48, 6, ()),
        (5, 48, 7, ("withdrawal",)),
        (5, 48, 9, ("withdrawal", "certificate")),
        (5, 49, 7, ()),  # exactly a seventh
        (15, 80, 8, ()),
        (15, 80, 9, ("certificate",)),
        (16, 80, 11, ()),
        (16, 80, 12, ("withdrawal",)),
        (5, 42, 7, ("withdrawal",)),  # somebody who came a day later
    ],
)
def test_both_limits_exactly(days, total, hours, passed):
    assert limits(RULES, days, total).passed(hours) == passed


def test_the_stricter_limit_is_shown():
    assert limits(RULES, 5).strictest == Fraction(48, 7)
    assert limits(RULES, 5, 80).strictest == 8
    assert limits(RULES, 16, 80) == Limits(Fraction(80, 7), None)


@pytest.mark.parametrize(
    ("asked", "before", "total", "left", "over"),
    [(2, 0, "2", "4.85", False), (1, 5, "6", "0.85", False), (1, 6, "7", "0", True), (0, 5, "5", "1.85", False)],
)
def test_the_line_that_person_and_approver_see(asked, before, total, left, over):
    balance = weigh(asked, before, FIVE_DAYS)
    assert (shown(balance.total), shown(balance.limits.strictest), shown(balance.left)) == (total, "6.85", left)
    assert balance.over is over


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "0"),
        (10, "10"),
        (Fraction(1, 2), "0.5"),
        (Fraction(1, 3), "0.33"),
        (Fraction(2, 3), "0.66"),
        (Fraction(1, 500), "0"),
    ],
)
def test_hours_are_never_rounded_up(hours, said):
    assert shown(hours) == said


@pytest.mark.parametrize(
    ("posttest", "retake", "state"),
    [
        (None, None, "none"),
        (60, None, "passed"),
        (59, None, "retake"),
        (59, 60, "passed"),
        (59, 59, "failed"),
        (0, 0, "failed"),
    ],
)
def test_the_final_test(posttest, retake, state):
    assert final_test(Work(logs=5, posttest=posttest, retake=retake), RULES) == state


@pytest.mark.parametrize(
    ("ledger", "work", "outcome", "reasons"),
    [
        (Ledger(), Work(logs=4), "eligible", ()),
        (Ledger(leave=7, absent_hours=4, open=("S1",)), Work(logs=0), "open", ("unmarked",)),
        (Ledger(leave=9, absent_hours=4), Work(logs=0, posttest=0), "withdrawn", ("leave",)),
        (
            Ledger(absent_hours=3, tardies=3, tardy_hours=1),
            Work(logs=5, posttest=0),
            "not_awarded",
            ("unexcused", "test"),
        ),
        (Ledger(absent_hours=3, dorm_missed=1), Work(logs=3), "hold", ("unexcused", "logs", "dorm")),
    ],
)
def test_the_first_outcome_that_fits_with_its_reasons(ledger, work, outcome, reasons):
    verdict = judge(ledger, work, FIVE_DAYS, RULES)
    assert (verdict.outcome, verdict.reasons) == (outcome, reasons)


def test_more_than_a_day_of_leave_in_a_longer_class():
    assert judge(Ledger(leave=9), Work(logs=5), limits(RULES, 10, 80), RULES).outcome == "not_awarded"
    assert judge(Ledger(leave=9), Work(logs=5), limits(RULES, 16, 80), RULES).outcome == "eligible"


@pytest.mark.parametrize(("count", "limit", "near"), [(4, FIVE_DAYS.strictest, False), (5, FIVE_DAYS.strictest, True),
                                                      (7, 10, True), (6, 10, False), (0, 0, False)])  # fmt: skip
def test_near_is_seventy_in_a_hundred_exactly(count, limit, near):
    assert is_near(count, limit, RULES) is near


@pytest.mark.parametrize(
    ("leave", "unexcused", "bounds", "keys"),
    [
        (4, 2, FIVE_DAYS, []),
        (5, 0, FIVE_DAYS, ["withdrawal-near"]),
        (6, 3, FIVE_DAYS, ["withdrawal-near", "unexcused-near"]),
        (7, 4, FIVE_DAYS, ["withdrawal-over", "unexcused-over"]),
        (6, 0, limits(RULES, 5, 80), ["certificate-near"]),
        (8, 0, limits(RULES, 5, 80), ["certificate-near", "withdrawal-near"]),
        (9, 0, limits(RULES, 5, 80), ["certificate-over", "withdrawal-near"]),
        (12, 0, limits(RULES, 5, 80), ["certificate-over", "withdrawal-over"]),
    ],
)
def test_forward_warnings_once_each(leave, unexcused, bounds, keys):
    found = warnings(leave, unexcused, bounds, RULES, told=())
    assert [warning.key for warning in found] == keys
    assert warnings(leave, unexcused, bounds, RULES, told=set(keys)) == ()
    assert all(warning.left >= 0 for warning in found)


def test_the_warning_says_what_is_left():
    (warning,) = warnings(5, 0, FIVE_DAYS, RULES, told=())
    assert shown(warning.left) == "1.85"


@pytest.mark.parametrize(("tardies", "free"), [(0, 2), (1, 1), (2, 0), (3, 2), (5, 0)])
def test_what_is_left(tardies, free):
    ledger = tally([Line(ref=str(n), hours=1, status="late") for n in range(tardies)], RULES)
    mine = outcomes.left(ledger, Work(logs=1), FIVE_DAYS, RULES)
    assert (mine.tardies_free, mine.logs_missing, mine.hours_attended) == (free, 3, tardies)
    assert (shown(mine.leave_left), shown(mine.leave_limit), mine.test) == ("6.85", "6.85", "none")


@pytest.mark.parametrize(
    ("ledger", "logs_missing", "why"),
    [
        (Ledger(), 1, ()),
        (Ledger(absent_hours=1, leave=5), 2, ("absent", "logs", "leave")),
        (Ledger(dorm_missed=1), 0, ("absent",)),
        (Ledger(tardies=2), 0, ()),
    ],
)
def test_whom_the_teacher_should_look_at(ledger, logs_missing, why):
    assert attention(ledger, logs_missing, FIVE_DAYS, RULES) == why


def test_late_enrolment_and_leaving_early():
    def moment(day, hour, minute=0):
        return datetime(2027, 3, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))

    whole = expected(SLOTS, moment(1, 0), None, moment(30, 0))
    assert sum(slot.credit_hours for slot in whole) == 48
    assert all(slot.required and slot.mode != "none" for slot in whole)
    late = expected(SLOTS, moment(16, 8, 40), None, moment(30, 0))
    assert late[0].ref == "S0201" and sum(slot.credit_hours for slot in late) == 38
    assert expected(SLOTS, moment(16, 8, 41), None, moment(30, 0))[0].ref == "S0202"
    assert [s.ref for s in expected(SLOTS, moment(16, 8), moment(16, 10, 30), moment(30, 0))] == ["S0201"]
    assert [s.ref for s in expected(SLOTS, moment(16, 8), None, moment(16, 12))] == ["S0201", "S0202"]


STATUSES = [status.key for status in RULES.attendance.status]
LINES = st.lists(
    st.builds(Line, ref=st.text("ab", max_size=2), hours=st.integers(0, 4), status=st.sampled_from(STATUSES),
              closed=st.booleans(), kind=st.sampled_from(["", "dorm_check"])),
    max_size=20,
)  # fmt: skip
RANK = ["eligible", "hold", "not_awarded", "withdrawn", "open"]


@given(found=LINES, more=LINES, logs=st.integers(0, 5), mark=st.integers(0, 100) | st.none())
def test_another_list_never_makes_it_better(found, more, logs, mark):
    work = Work(logs=logs, posttest=mark)
    before = judge(tally(found, RULES), work, FIVE_DAYS, RULES).outcome
    assert RANK.index(judge(tally(found + more, RULES), work, FIVE_DAYS, RULES).outcome) >= RANK.index(before)


@given(found=LINES)
def test_no_hour_is_counted_twice_or_lost(found):
    ledger = tally(found, RULES)
    final = sum(line.hours for line in found if line.closed and line.status != "unmarked")
    assert ledger.attended + ledger.leave + ledger.absent_hours == final
    assert ledger.tardy_hours == ledger.tardies // 3
