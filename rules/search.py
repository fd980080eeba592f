"""Find what was asked for, the same on every database: one ranking for the handbook and the answers (HANDBOOK-02)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rules.search_index import AT_LEAST, TOO_COMMON, Field, Index, Scores
from rules.search_judge import Features, Scored, Term, likelihood, observe
from rules.search_terms import asked, asked_sounds, has_han, keywords, normal, terms, without_asking, words

SOUND, SYNONYM, ASKING, FLAT, HEARD = 0.5, 0.4, 0.5, 0.45, 0.6
"""What same sound, a synonym and a word that only asks weigh; the power that draws the scores of the words of a list
nearer to each other; how much it counts that a question only sounds like what was found."""
SURE, UNSURE = 0.9, 0.5
ANSWER, MAYBE, NOTHING, BUILDING = "answer", "unsure", "none", "building"
LONGEST = 300
TINY = 1e-12


class Ranked(Struct, frozen=True):
    """An entry or answer that was found, and the passage through which it was (`doc`: its place in the index)."""

    kind: str
    ref_id: int
    passage_id: int
    score: float
    doc: int = 0


class Ranking(Struct, frozen=True):
    """What was found, the best first."""

    hits: tuple[Ranked, ...] = ()
    features: Features = Features()

    @property
    def p(self) -> float:
        """How likely the first hit answers the question, 0 to 1."""
        return likelihood(self.features) if self.hits else 0.0


def find(
    index: Index, query: str, cohort_id: int | None, limit: int = 5, *, without: tuple[str, int] | None = None
) -> Ranking:
    """The best entries for a question among what this class may see, one of them left out if wished; no text makes it
    fail."""
    visible = index.seen_by(cohort_id)
    pieces = keywords(query[:LONGEST])
    if not pieces or not index.count:
        return Ranking()
    scored = _scores(index, pieces, visible)
    ranked = _entries(index, scored.scores, limit, without)
    if not ranked:
        return Ranking()
    evenly = _entries(index, scored.evenly, 10, without) or _entries(index, scored.scores, 10, without)
    same = bool(evenly) and evenly[0].doc == ranked[0].doc
    return Ranking(tuple(ranked), observe(index, scored, ranked[0].doc, [hit.score for hit in evenly], same))


def _scores(index: Index, pieces: list[str], visible: NDArray[np.bool_]) -> Scored:
    """What each passage is worth: the words of a list each by itself, same sound when little is found."""
    core = set(_distinct([without_asking(piece) for piece in pieces]))
    keys = _distinct(pieces)
    own = {term.key: term for term in _terms(index.plain, keys, [1.0 if key in core else ASKING for key in keys])}
    used = _rare(index.plain, own.values())
    kept = {term.key for term in used}
    parts = [[own[key] for key in _distinct([piece]) if key in kept] for piece in pieces]
    across = [key for key in _distinct([normal(" ".join(pieces))]) if key not in own]
    known = meant(index, " ".join(pieces))
    also = [key for key in _distinct([means for _, means in known]) if key not in own and key not in across]
    evenly = [_sum(index, part, visible) for part in parts]
    named = _sum(index, _terms(index.plain, also, SYNONYM), visible)
    crossing = _sum(index, _rare(index.plain, _terms(index.plain, across)), visible)
    scores = _together(evenly) + crossing + named
    possible = sum(term.rarity * index.plain.best(term.key) for term in used) or 1.0
    readings = [(1.0 if core else 0.0, used)]
    if known:
        plain = normal(" ".join(pieces))
        for word, means in known:
            plain = plain.replace(word, means)
        readings.append((1.0, _terms(index.plain, _distinct([plain]))))
    if scores.max(initial=0.0) < possible / 2:
        heard = list(dict.fromkeys(asked_sounds(" ".join(pieces)).tolist()))
        sounds = _rare(index.sound, _terms(index.sound, heard, SOUND))
        scores = scores + _sum(index, sounds, visible)
        readings.append((HEARD, sounds))
    return Scored(scores, sum(evenly, named), possible, readings)


def _distinct(texts: Sequence[str]) -> list[int]:
    return list(dict.fromkeys(terms(list(texts))[0].tolist())) if texts else []


def _together(sums: Sequence[Scores]) -> Scores:
    """The scores of the words of a list as one: it is better to have all words than much of one, so each is drawn
    nearer to the others."""
    if len(sums) == 1:
        return sums[0]
    usual = float(np.mean([found.max(initial=0.0) for found in sums]))
    return np.asarray(usual ** (1 - FLAT) * np.add.reduce([found**FLAT for found in sums]))


def meant(index: Index, query: str) -> list[tuple[str, str]]:
    """The words of a question for which the school has another, and that one."""
    plain = asked(query)
    mine = set(words(plain))
    return [
        (word, means)
        for word, means in index.synonyms
        if (word in plain if has_han(word) else mine.issuperset(words(word))) and means not in plain
    ]


def _rare(field: Field, found: Iterable[Term]) -> list[Term]:
    """Terms without those that nearly every passage holds, if enough others remain."""
    every = list(found)
    rare = [term for term in every if len(term.docs) <= TOO_COMMON * field.count]
    return rare if sum(1 for term in rare if len(term.docs)) >= AT_LEAST else every


def _sum(index: Index, used: Sequence[Term], visible: NDArray[np.bool_]) -> Scores:
    """What the terms are worth together in each passage."""
    if not used:
        return np.zeros(len(index.ids))
    docs = np.concatenate([term.docs for term in used])
    worths = np.concatenate([term.worths for term in used])
    rarities = np.repeat([term.rarity for term in used], [len(term.docs) for term in used])
    scores = np.bincount(docs, worths * rarities, len(index.ids))
    return np.asarray(scores * visible, dtype=np.float64)


def _terms(field: Field, keys: Sequence[int], weights: Sequence[float] | float = 1.0) -> list[Term]:
    """Look terms up; what they weigh is part of how rare they are."""
    each = [weights] * len(keys) if isinstance(weights, float) else weights
    return [
        Term(key, docs, worths, field.rarity(len(docs)) * weight)
        for key, weight, (docs, worths) in zip(keys, each, field.holders(keys), strict=True)
    ]


def _entries(index: Index, scores: Scores, limit: int, without: tuple[str, int] | None) -> list[Ranked]:
    """The best entries, each once, with its best passage; equal ones in the order of their passages."""
    many, count = 8 * limit, len(scores)
    while True:
        edge = np.partition(scores, count - many)[count - many] if count > many else 0.0
        some = np.flatnonzero(scores >= max(edge, TINY))
        best: dict[tuple[str, int], Ranked] = {}
        for doc in some[np.lexsort((index.ids[some], -scores[some]))].tolist():
            entry = index.entry(doc)
            if entry not in best and entry != without:
                best[entry] = Ranked(*entry, int(index.ids[doc]), float(scores[doc]), doc)
                if len(best) == limit:
                    return list(best.values())
        if edge < TINY:
            return list(best.values())
        many *= 8
