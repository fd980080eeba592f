"""How many messages a day has room for, in which order they are cut, and what a day asks (section 22, XC-09)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.classfiles import read_folder
from rules.budget import (
    KINDS,
    LAST_CUT,
    OPTIONAL,
    RETURNED,
    Burden,
    burden,
    fits,
    is_silent,
    is_too_much,
    meant_for,
    rank_of,
)
from rules.plans import (
    BUS_CALL,
    CALL,
    DAY_CARD,
    EVE,
    JOINT,
    LEG_CALL,
    LOG_REMINDER_1,
    LOG_REMINDER_2,
    REMINDER,
    TOMORROW,
)
from rules.settings import Settings
from rules.settings_talk import Burden as Limits
from rules.settings_talk import Messages
from tests.rules.test_plans import slot

SAMPLE = Path(__file__).parent.parent.parent / "examples" / "guanshan"
RULES = Settings()
TRAINEE, LEADER = frozenset({"trainee"}), frozenset({"trainee", "leader"})


def test_the_order_in_which_messages_are_cut() -> None:
    """The last column of the table."""
    order = sorted((k for k in KINDS if rank_of(k) is not None), key=lambda k: rank_of(k) or 0)
    assert order == [LOG_REMINDER_1, TOMORROW, JOINT, REMINDER, LOG_REMINDER_2, RETURNED, CALL]
    assert {k for k in KINDS if rank_of(k) is None} == {EVE, DAY_CARD, BUS_CALL, LEG_CALL}
    assert rank_of("anything else") == LAST_CUT


def test_what_makes_a_sound() -> None:
    assert {k for k in KINDS if not is_silent(k)} == {EVE, BUS_CALL, LEG_CALL, LOG_REMINDER_2, CALL}
    assert not is_silent("anything else")


@pytest.mark.parametrize(
    ("kind", "used", "ahead", "goes"),
    [
        (REMINDER, 0, [], True),
        (REMINDER, 5, [], True),
        (REMINDER, 6, [], False),
        (BUS_CALL, 6, [], True),
        (DAY_CARD, 9, [BUS_CALL], True),
        (TOMORROW, 5, [LOG_REMINDER_2], False),
        (TOMORROW, 5, [LOG_REMINDER_1], True),
        (TOMORROW, 4, [LOG_REMINDER_2], True),
        (LOG_REMINDER_1, 4, [LOG_REMINDER_2], True),
        (LOG_REMINDER_1, 5, [LOG_REMINDER_2], False),
        (LOG_REMINDER_2, 5, [LOG_REMINDER_1, TOMORROW], True),
        (JOINT, 2, [REMINDER, BUS_CALL, LOG_REMINDER_2], True),
        (JOINT, 3, [REMINDER, BUS_CALL, LOG_REMINDER_2], False),
        (CALL, 2, [BUS_CALL, LEG_CALL, LEG_CALL], True),
        (CALL, 3, [BUS_CALL, LEG_CALL, LEG_CALL], False),
        (CALL, 5, [REMINDER, TOMORROW, JOINT], True),
    ],
)  # fmt: skip
def test_a_message_goes_if_what_matters_more_still_fits(
    kind: str, used: int, ahead: Sequence[str], goes: bool
) -> None:  # fmt: skip
    assert fits(kind, used, ahead, RULES) is goes


@given(st.lists(st.sampled_from(sorted(KINDS)), max_size=14), st.integers(1, 9))
def test_a_day_is_over_its_maximum_only_by_what_is_never_cut(day: list[str], most: int) -> None:
    rules = Settings(messages=Messages(max_push_per_trainee_per_day=most))
    sent: list[str] = []
    for at, kind in enumerate(day):
        if fits(kind, len(sent), day[at + 1 :], rules):
            sent.append(kind)
    fixed = [k for k in day if rank_of(k) is None]
    assert [k for k in sent if rank_of(k) is None] == fixed
    assert len(sent) <= max(most, len(fixed))
    cut = [k for k in day if rank_of(k) is not None]
    assert len(sent) >= min(most, len(fixed)) and (len(day) > most or len(sent) == len(day) or not cut)


def test_whom_a_planned_kind_is_meant_for() -> None:
    assert meant_for(BUS_CALL, TRAINEE, False) and meant_for(REMINDER, TRAINEE, False)
    assert not meant_for(REMINDER, TRAINEE, True) and meant_for(BUS_CALL, TRAINEE, True)
    assert meant_for(LEG_CALL, LEADER, False) and not meant_for(LEG_CALL, TRAINEE, False)
    assert not meant_for(DAY_CARD, frozenset({"class_teacher"}), False)
    assert not meant_for(JOINT, TRAINEE, False), "nobody knows yet whether somebody will have something waiting"
    assert {REMINDER, TOMORROW, LOG_REMINDER_1, LOG_REMINDER_2} == OPTIONAL


def test_the_burden_of_a_day() -> None:
    day = [
        slot("A", "09:00", "10:00"),
        slot("B", "10:15", "11:00", mode="tap"),
        slot("C", "14:00", "15:00", mode="leader"),
        slot("D", "16:00", "17:00", cancelled=True),
        slot("E", "18:00", "19:00", required=False),
    ]
    found = burden(day)
    assert found == Burden(2, 1, 1) and found.acts == 4 and found.minutes == 6.2
    assert burden(day, reads=3) == Burden(2, 1, 3)
    assert burden([]) == Burden() and burden([], reads=2).acts == 2
    assert not is_too_much(Burden(4, 1, 1), RULES) and is_too_much(Burden(5, 1, 1), RULES)
    assert is_too_much(Burden(4, 1, 1), Settings(burden=Limits(max_acts=6, max_minutes=7)))


def test_no_day_of_the_sample_class_asks_too_much() -> None:
    """AT-46: no day above 6 compulsory acts or 8 minutes."""
    reading = read_folder(SAMPLE)
    assert reading.classfile is not None
    file, days = reading.classfile, dict[date, list[object]]()
    check_ins = {}
    for row in file.sessions:
        days.setdefault(row.date, []).append(row)
    for day, rows in days.items():
        slots = [slot(r.session_id, f"{r.start:%H:%M}", f"{r.end:%H:%M}", mode=r.checkin_mode, required=r.required)
                 for r in file.sessions if r in rows]  # fmt: skip
        found = burden(slots)
        check_ins[day.day] = found.check_ins
        assert found.acts <= 6 and found.minutes <= 8 and not is_too_much(found, file.settings), day
    assert check_ins == {15: 4, 16: 4, 17: 0, 18: 3, 19: 4}
