"""How likely the first hit answers a question: whether the search answers by itself (search.md)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rules.search_index import Index, Scores


class Term(Struct, frozen=True):
    """A term of a question: the passages that hold it, what it is worth in each, how rare it is."""

    key: int
    docs: NDArray[np.int32]
    worths: NDArray[np.float32]
    rarity: float


class Scored(Struct, frozen=True):
    """What each passage is worth for a question; `evenly` without the drawing together of lists and without same sound.
    `possible` is what the best passage one can think of would be worth. `readings` are the terms of a question: in its
    own words, in the school's, by sound; each with how much it counts."""

    scores: Scores
    evenly: Scores
    possible: float
    readings: list[tuple[float, list[Term]]]


class Features(Struct, frozen=True):
    """What tells whether the first hit is right, all of it between 0 and 1 (`size` about so)."""

    share: float = 0.0
    """How much of the question stands in the hit, by how rare its pairs and words are."""
    gap10: float = 0.0
    """How far the next nine are behind."""
    lead: float = 0.0
    """How far the second is behind, against the best score one can think of."""
    size: float = 0.0
    """How much was asked: the logarithm of that best score, against that of a rare word."""


WEIGHTS = Features(share=4.05, gap10=2.98, lead=5.55, size=4.14)
START = -7.65
"""Fitted on public questions, half of them without an answer in the corpus (make bench-search)."""
NEXT_TO_NOTHING = 0.1
"""A hit that holds less of the question than this is hardly one, however far the others are behind."""


def likelihood(seen: Features) -> float:
    """How often hits that look at least as sure as one with these features are right, 0 to 1."""
    names = seen.__struct_fields__
    p = 1 / (1 + math.exp(-sum(getattr(seen, n) * getattr(WEIGHTS, n) for n in names) - START))
    return p * min(1.0, seen.share / NEXT_TO_NOTHING)


def observe(index: Index, scored: Scored, doc: int, evenly: Sequence[float], same: bool) -> Features:
    """Look at the first hit: `evenly` are the ten best even scores, `same` says that the first of them is that hit."""
    top = [*evenly, *[0.0] * (10 - len(evenly))]
    rare = index.plain.rarity(1)
    return Features(
        share=max(weight * _share(terms, doc) for weight, terms in scored.readings),
        gap10=(top[0] - sum(top[1:]) / 9) / top[0] if same else 0.0,
        lead=(top[0] - top[1]) / scored.possible if same else 0.0,
        size=math.log1p(scored.possible / max(rare, 1.0)) / 4,
    )


def _share(terms: Sequence[Term], doc: int) -> float:
    """How much of a reading stands in a passage: its pairs and words; its characters where there are none."""
    pairs = [term for term in terms if term.key >= 1 << 30] or terms
    whole = sum(term.rarity for term in pairs)
    return sum(term.rarity for term in pairs if (term.docs == doc).any()) / whole if whole else 0.0
