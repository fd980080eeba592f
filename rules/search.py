"""Find what was asked for, the same on every database: one ranking for the handbook and the answers (HANDBOOK-02)."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from msgspec import Struct

from rules.search_index import AT_LEAST, TOO_COMMON, Field, Index, Scores
from rules.search_terms import asked, asked_sounds, has_han, terms, words

SOUND, SYNONYM = 0.5, 0.4
SURE, UNSURE = 0.9, 0.5
ANSWER, MAYBE, NOTHING, BUILDING = "answer", "unsure", "none", "building"
LONGEST = 300


class Features(Struct, frozen=True):
    """What tells whether the first hit is right."""

    covb: float = 0.0
    gap10: float = 0.0
    lead: float = 0.0


class Ranked(Struct, frozen=True):
    """An entry or answer that was found, and the passage through which it was."""

    kind: str
    ref_id: int
    passage_id: int
    score: float


class Ranking(Struct, frozen=True):
    """What was found, the best first."""

    hits: tuple[Ranked, ...] = ()
    features: Features = Features()

    @property
    def p(self) -> float:
        """How likely the first hit answers the question, 0 to 1."""
        return likelihood(self.features) if self.hits else 0.0


def likelihood(seen: Features) -> float:
    """How likely a first hit with these features is right, 0 to 1."""
    return 1 / (1 + math.exp(-(2.05 * seen.covb + 5.88 * seen.gap10 + 6.47 * seen.lead - 4.5)))


def find(
    index: Index, query: str, cohort_id: int | None, limit: int = 5, *, without: tuple[str, int] | None = None
) -> Ranking:
    """The best entries for a question among what this class may see, one of them left out if wished; no text makes it
    fail."""
    plain = asked(query)[:LONGEST]
    if not plain or not index.count:
        return Ranking()
    scores, possible, covb = _scores(index, plain)
    visible = (index.classes == 0) | (index.classes == (cohort_id or 0))
    scores = np.where(visible, scores, 0.0)
    ranked = _entries(index, scores, max(limit, 10), without)
    if not ranked:
        return Ranking()
    top = [hit.score for hit in ranked[:10]] + [0.0] * (10 - len(ranked))
    seen = Features(covb, (top[0] - sum(top[1:]) / 9) / top[0], (top[0] - top[1]) / possible if possible else 0.0)
    return Ranking(tuple(ranked[:limit]), seen)


def _scores(index: Index, plain: str) -> tuple[Scores, float, float]:
    """What each passage is worth, what the best passage one can think of would be, and the share of pairs found."""
    keys = list(dict.fromkeys(terms([plain])[0].tolist()))
    more = [key for key in _synonym_terms(index, plain) if key not in keys]
    scores, possible, covb = _sum(index.plain, {**dict.fromkeys(keys, 1.0), **dict.fromkeys(more, SYNONYM)}, len(keys))
    if scores.max(initial=0.0) < possible / 2:
        sounds = list(dict.fromkeys(asked_sounds(plain).tolist()))
        by_sound, _, covs = _sum(index.sound, dict.fromkeys(sounds, 1.0), len(sounds))
        scores = scores + SOUND * by_sound
        covb = max(covb, 0.5 * covs)
    return scores, possible, covb


def meant(index: Index, query: str) -> tuple[str, ...]:
    """What the school calls the words of a question."""
    plain = asked(query)
    mine = set(words(plain))
    return tuple(
        means for word, means in index.synonyms if (word in plain if has_han(word) else mine.issuperset(words(word)))
    )


def _synonym_terms(index: Index, plain: str) -> list[int]:
    means = list(meant(index, plain))
    return list(dict.fromkeys(terms(means)[0].tolist())) if means else []


def _sum(field: Field, weights: Mapping[int, float], own: int) -> tuple[Scores, float, float]:
    """The sum over terms; those that nearly every passage holds are passed over if enough others remain."""
    size = len(field.norms)
    found = [(key, weight, *field.holders(key)) for key, weight in weights.items()]
    rare = [f for f in found if len(f[2]) <= TOO_COMMON * field.count]
    used = rare if sum(1 for f in rare if len(f[2])) >= AT_LEAST else found
    possible = pairs = pairs_found = 0.0
    docs, worths = [np.zeros(0, np.int32)], [np.zeros(0)]
    for key, weight, doc, worth in used:
        rarity = field.rarity(len(doc))
        docs.append(doc)
        worths.append(worth * (rarity * weight))
        if weight == 1.0:
            possible += rarity * field.best(key)
            if not field.singles or key >= 1 << 30:
                pairs += rarity
                pairs_found += rarity if len(doc) else 0.0
    scores: Scores = np.bincount(np.concatenate(docs), np.concatenate(worths), size).astype(np.float64)
    return scores, possible, pairs_found / pairs if pairs else 0.0


def _entries(index: Index, scores: Scores, limit: int, without: tuple[str, int] | None) -> list[Ranked]:
    """The best entries, each once, with its best passage; equal ones in the order of their passages."""
    hit = np.flatnonzero(scores > 1e-12)
    many = 8 * limit
    while True:
        if len(hit) > many:
            edge = np.partition(scores[hit], len(hit) - many)[len(hit) - many]
            some = hit[scores[hit] >= edge]
        else:
            some = hit
        best: dict[tuple[str, int], Ranked] = {}
        for doc in some[np.lexsort((index.ids[some], -scores[some]))].tolist():
            entry = index.entry(doc)
            if entry not in best and entry != without:
                best[entry] = Ranked(*entry, int(index.ids[doc]), float(scores[doc]))
                if len(best) == limit:
                    return list(best.values())
        if len(some) == len(hit):
            return list(best.values())
        many *= 8
