"""From which likelihood on the search answers by itself, fitted to a school's own votes (search.md)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from msgspec import Struct

from rules.search import SURE, UNSURE, find
from rules.search_index import Index

ENOUGH = 200
"""So many votes are needed before they are trusted."""
PRECISION = 0.9
SHARE = 0.98
MOST_TITLES = 400


class Limits(Struct, frozen=True):
    """From `sure` on an answer is given, from `unsure` on it is asked whether one of three is meant."""

    sure: float = SURE
    unsure: float = UNSURE


def limits_of(fit: dict[str, float]) -> Limits:
    """The limits as they were kept; the given ones where none were."""
    sure = min(max(float(fit.get("sure", SURE)), UNSURE), 1.0)
    return Limits(sure, min(float(fit.get("unsure", UNSURE)), sure))


def wilson(right: int, of: int, z: float = 1.96) -> float:
    """The lower bound of a share (95 %), 0 to 1."""
    if not of:
        return 0.0
    share = right / of
    middle = share + z * z / (2 * of)
    return (middle - z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))) / (1 + z * z / of)


def fit_votes(votes: Sequence[tuple[float, bool]]) -> Limits | None:
    """The limits for votes (likelihood, whether it helped): the lowest from which on nine of ten helped for certain;
    None while there are too few votes. If there is no such limit, the search only asks what is meant."""
    if len(votes) < ENOUGH:
        return None
    ordered = sorted(votes, reverse=True)
    sure, unsure, right = 1.0, 1.0, 0
    for i, (p, helped) in enumerate(ordered):
        right += helped
        if i + 1 < len(ordered) and ordered[i + 1][0] == p:
            continue
        if wilson(right, i + 1) >= PRECISION:
            sure = p
        if right / (i + 1) >= UNSURE:
            unsure = p
    return Limits(sure, min(unsure, sure))


def fit_titles(
    titles: Sequence[tuple[str, str, int, int | None]], likely: Callable[[str, str, int, int | None], float]
) -> Limits:
    """The limits for a handbook without votes. Each title (text, kind, row, class) is asked of the handbook without its
    own entry, so every answer would be wrong: only the surest two of a hundred may pass."""
    some = titles[:: max(1, len(titles) // MOST_TITLES)][:MOST_TITLES]
    found = sorted(likely(*title) for title in some)
    if not found:
        return Limits()
    edge = found[min(len(found) - 1, math.ceil(SHARE * len(found)))]
    return Limits(max(SURE, math.nextafter(edge, 1.0)), UNSURE)


def likely_without(index: Index) -> Callable[[str, str, int, int | None], float]:
    """How sure the search is of a title when its own entry is not there."""
    return lambda text, kind, ref_id, cohort_id: find(index, text, cohort_id, without=(kind, ref_id)).p
