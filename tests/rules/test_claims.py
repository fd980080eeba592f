"""What may be asked and who looks at it, and what looks odd (ATT-11, ATT-16, ATT-18)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rules.attendance import next_mark
from rules.claims import CHOICES, CORRECTABLE, choices, is_sentence, level_of
from rules.hints import of_one_group, together

NOON = datetime(2027, 3, 15, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("decided", "level"),
    [
        ([], 1),
        ([(1, NOON - HOUR)], 1),
        ([(1, NOON)], 2),
        ([(1, NOON + HOUR)], 2),
        ([(1, NOON + HOUR), (2, NOON + 2 * HOUR)], 0),
        ([(1, NOON - 2 * HOUR), (2, NOON - HOUR)], 1),
        ([(2, NOON)], 0),
    ],
)
def test_who_looks_at_an_objection(decided: list[tuple[int, datetime]], level: int) -> None:
    assert level_of(decided, NOON) == level


def test_what_may_be_granted_is_allowed_by_the_table_of_marks() -> None:
    for old in CORRECTABLE:
        assert set(choices(old)) == set(CHOICES) - {old}
        for new in choices(old):
            assert next_mark(old, new, "decide", "class_teacher", "closed") == new
            assert next_mark(old, new, "decide", "class_teacher", "staff_only") == new


@pytest.mark.parametrize(
    ("words", "good"), [("", False), (" 在 ", False), ("在场", True), ("在" * 300, True), ("在" * 301, False)]
)
def test_a_sentence(words: str, good: bool) -> None:
    assert is_sentence(words) is good


def test_three_who_bound_and_checked_in_together() -> None:
    second = timedelta(seconds=1)
    people = [(1, NOON, NOON + HOUR), (2, NOON + 59 * second, NOON + HOUR + second), (3, NOON, NOON + HOUR)]
    assert together(people) == ((1, 2, 3),)
    assert together(people[:2]) == ()
    assert together([*people[:2], (3, NOON + 60 * second, NOON + HOUR)]) == ()
    assert together([*people[:2], (3, NOON, NOON + HOUR + 60 * second)]) == ()


def test_three_of_one_group() -> None:
    assert of_one_group([(1, 1), (2, 2), (3, 1), (4, 2), (5, 1)]) == {1: (1, 3, 5)}
