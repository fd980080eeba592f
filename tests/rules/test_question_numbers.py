"""Questions in numbers (QA-13)."""

from __future__ import annotations

import pytest

from rules.question_numbers import Asked, median, ninetieth, numbers_of


@pytest.mark.parametrize(
    ("minutes", "half", "nine"),
    [
        ((), None, None),
        ((12.4,), 12, 13),
        ((10, 20), 15, 20),
        ((10, 20, 60), 20, 60),
        (tuple(range(1, 11)), 6, 9),
        (tuple(range(1, 12)), 6, 10),
        ((0.0, 0.0, 0.2), 0, 1),
    ],
)
def test_median_and_ninetieth(minutes: tuple[float, ...], half: int | None, nine: int | None) -> None:
    assert (median(minutes), ninetieth(minutes)) == (half, nine)


def test_all_of_a_class() -> None:
    party, policy = ("course", "PH1"), ("policy", "")
    found = numbers_of(
        [
            Asked(topic=party, door="class", state="solved", minutes=30, in_time=True, reopened=2),
            Asked(topic=party, door="class", state="answered", minutes=90, in_time=False, late=True),
            Asked(topic=policy, door="handbook", state="queued", late=True, in_time=False),
            Asked(topic=policy, door="anonymous", state="assigned"),
            Asked(topic=party, door="class", state="declined"),
        ]
    )
    assert (found.asked, found.open, found.late, found.solved, found.declined) == (5, 2, 1, 1, 1)
    assert (found.median, found.ninety, found.in_time, found.reopened) == (60, 90, 33, 2)
    assert found.doors == {"class": 3, "handbook": 1, "anonymous": 1}
    assert found.topics == [(party, 3), (policy, 2)]
    nobody = numbers_of([])
    assert (nobody.asked, nobody.median, nobody.ninety, nobody.in_time, nobody.topics) == (0, None, None, None, [])
