"""How questions go in a class, in numbers: how soon somebody replies, what is asked, what is left (QA-13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil

from msgspec import Struct

from rules.questions import DECLINED, OPEN, SOLVED


class Asked(Struct, frozen=True, kw_only=True):
    """One sent question. `minutes`: of service until the first reply, None while there is none; `in_time`: replied
    within the due hours, None while that is not decided."""

    topic: tuple[str, str]
    door: str
    state: str
    late: bool = False
    reopened: int = 0
    minutes: float | None = None
    in_time: bool | None = None


class Numbers(Struct, frozen=True, kw_only=True):
    """The questions of a class. `median` and `ninety` are service minutes to the first reply, `in_time` a percentage;
    None where nothing is known yet."""

    asked: int
    open: int
    late: int
    solved: int
    declined: int
    reopened: int
    median: int | None
    ninety: int | None
    in_time: int | None
    doors: dict[str, int]
    topics: list[tuple[tuple[str, str], int]]
    """The categories most asked about first."""


def numbers_of(asked: Iterable[Asked]) -> Numbers:
    """Count the questions of a class."""
    found = list(asked)
    minutes = sorted(a.minutes for a in found if a.minutes is not None)
    judged = [a.in_time for a in found if a.in_time is not None]
    topics = Counter(a.topic for a in found)
    return Numbers(
        asked=len(found),
        open=sum(a.state in OPEN for a in found),
        late=sum(a.late and a.state in OPEN for a in found),
        solved=sum(a.state == SOLVED for a in found),
        declined=sum(a.state == DECLINED for a in found),
        reopened=sum(a.reopened for a in found),
        median=median(minutes),
        ninety=ninetieth(minutes),
        in_time=round(100 * sum(judged) / len(judged)) if judged else None,
        doors=dict(Counter(a.door for a in found)),
        topics=sorted(topics.items(), key=lambda pair: (-pair[1], pair[0])),
    )


def median(ordered: Sequence[float]) -> int | None:
    """The middle of ordered minutes, between the two middle ones where they are even; whole minutes."""
    if not ordered:
        return None
    half = len(ordered) // 2
    return round(ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2)


def ninetieth(ordered: Sequence[float]) -> int | None:
    """So many minutes or fewer did nine of ten wait (nearest rank), rounded up: it is a promise kept."""
    return ceil(ordered[ceil(len(ordered) * 9 / 10) - 1]) if ordered else None
