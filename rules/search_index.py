"""The index of the search: which passages hold a term, and how much that is worth (HANDBOOK-02)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rules import search_terms
from rules.search_terms import Numbers

Scores = NDArray[np.float64]
Held = tuple[NDArray[np.int32], NDArray[np.float32]]
Piece = tuple[Numbers, NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint8]]
Terms = Callable[[list[str]], tuple[Numbers, Numbers]]

K1, B, B_TITLE, TITLE = 0.9, 0.9, 0.9, 0.6
SINGLE = 1.5
"""What a single character weighs against a pair or a word."""
TOO_COMMON, AT_LEAST = 0.3, 3
"""Terms in more than this share of the passages are passed over, unless fewer than so many remain."""
CHUNK = 4000


class Passage(Protocol):
    """What the index reads of a passage (storage/passages.py)."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def ref_id(self) -> int: ...
    @property
    def cohort_id(self) -> int | None: ...
    @property
    def title(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def shown(self) -> bool: ...


class Postings(Struct, frozen=True):
    """For each term the passages that hold it, with how often in the body and in the title."""

    keys: Numbers
    starts: Numbers
    docs: NDArray[np.int32]
    bodies: NDArray[np.uint8]
    titles: NDArray[np.uint8]
    body_sizes: NDArray[np.float32]
    title_sizes: NDArray[np.float32]

    def of(self, keys: Numbers) -> list[tuple[int, int]]:
        """From where to where the passages of each term stand."""
        if not len(self.keys):
            return [(0, 0)] * len(keys)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[at] == keys
        return list(zip((self.starts[at] * known).tolist(), (self.starts[at + 1] * known).tolist(), strict=True))


def _counted(texts: list[str], terms: Terms) -> tuple[Numbers, Numbers, NDArray[np.uint8], NDArray[np.float32]]:
    """The terms of texts: term, text and how often, sorted by both; and how many terms each text has."""
    keys, owners = terms(texts)
    sizes = np.bincount(owners, minlength=len(texts)).astype(np.float32)
    known, numbers = np.unique(keys, return_inverse=True)
    both, times = np.unique(numbers * len(texts) + owners, return_counts=True)
    return known[both // len(texts)], both % len(texts), np.minimum(times, 255).astype(np.uint8), sizes


def post(passages: Sequence[Passage], terms: Terms) -> Postings:
    """Put passages into postings, in their order."""
    parts: list[Piece] = []
    bodies, titles = [np.zeros(0, np.float32)], [np.zeros(0, np.float32)]
    for start in range(0, len(passages), CHUNK):
        chunk = passages[start : start + CHUNK]
        key, doc, times, sizes = _counted([search_terms.normal(f"{p.title}\n{p.body}") for p in chunk], terms)
        key_t, doc_t, times_t, sizes_t = _counted([search_terms.normal(p.title) for p in chunk], terms)
        bodies.append(sizes)
        titles.append(sizes_t)
        keys = np.concatenate([key, key_t])
        docs = np.concatenate([doc, doc_t])
        known, numbers = np.unique(keys, return_inverse=True)
        both, at = np.unique(numbers * len(chunk) + docs, return_inverse=True)
        in_body, in_title = np.zeros(len(both), np.uint8), np.zeros(len(both), np.uint8)
        in_body[at[: len(key)]] = times
        in_title[at[len(key) :]] = times_t
        parts.append((known[both // len(chunk)], (both % len(chunk) + start).astype(np.int32), in_body, in_title))
    return _joined(parts, np.concatenate(bodies), np.concatenate(titles))


def _joined(parts: Sequence[Piece], body_sizes: NDArray[np.float32], title_sizes: NDArray[np.float32]) -> Postings:
    """The postings of consecutive pieces as one."""
    keys = np.concatenate([np.zeros(0, np.int64), *(part[0] for part in parts)])
    docs = np.concatenate([np.zeros(0, np.int32), *(part[1] for part in parts)])
    in_body = np.concatenate([np.zeros(0, np.uint8), *(part[2] for part in parts)])
    in_title = np.concatenate([np.zeros(0, np.uint8), *(part[3] for part in parts)])
    if len(parts) > 1:
        order = np.argsort(keys, kind="stable")
        keys, docs, in_body, in_title = keys[order], docs[order], in_body[order], in_title[order]
    known, starts = np.unique(keys, return_index=True)
    return Postings(known, np.append(starts, len(keys)), docs, in_body, in_title, body_sizes, title_sizes)


class Part:
    """Some passages with their postings, for the characters and for the sounds."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.ids = np.array([p.id for p in passages], dtype=np.int64)
        self.entries = [(p.kind, p.ref_id) for p in passages]
        self.classes = np.array([p.cohort_id or 0 for p in passages], dtype=np.int64)
        self.plain = post(passages, search_terms.terms)
        self.sound = post(passages, search_terms.sound_terms)


class Index:
    """All passages: a big part that was built once, and a small one of what changed since then."""

    def __init__(self, base: Part, changed: dict[int, Passage], synonyms: Sequence[tuple[str, str]]) -> None:
        self.base, self.changed = base, changed
        self.synonyms = tuple((search_terms.normal(word), search_terms.normal(means)) for word, means in synonyms)
        shown = sorted((p for p in changed.values() if p.shown), key=lambda p: p.id)
        self.delta = Part(shown)
        self.parts = (self.base, self.delta)
        gone = np.isin(base.ids, np.fromiter(changed, dtype=np.int64, count=len(changed)))
        self.alive = np.concatenate([~gone, np.ones(len(shown), dtype=bool)])
        self.ids = np.concatenate([base.ids, self.delta.ids])
        self.classes = np.concatenate([base.classes, self.delta.classes])
        self.count = int(self.alive.sum())
        self.plain = Field(self, [part.plain for part in self.parts], singles=True)
        self.sound = Field(self, [part.sound for part in self.parts], singles=False)

    @staticmethod
    def build(passages: Iterable[Passage], synonyms: Sequence[tuple[str, str]] = ()) -> Index:
        """Build the whole index; with ten thousand passages that takes seconds, so it belongs into a thread."""
        return Index(Part(sorted((p for p in passages if p.shown), key=lambda p: p.id)), {}, synonyms)

    def with_changes(self, passages: Iterable[Passage], synonyms: Sequence[tuple[str, str]] | None = None) -> Index:
        """The index with some passages new, changed or hidden; what it finds is what a whole new one would find."""
        changed = {**self.changed, **{p.id: p for p in passages}}
        return Index(self.base, changed, self.synonyms if synonyms is None else synonyms)

    @property
    def size(self) -> int:
        """The bytes that its postings take."""
        return sum(getattr(f, n).nbytes for p in self.parts for f in (p.plain, p.sound) for n in f.__struct_fields__)

    def seen_by(self, cohort_id: int | None) -> NDArray[np.bool_]:
        """Which passages a class may see: its own and the whole school's."""
        return np.asarray((self.classes == 0) | (self.classes == (cohort_id or 0)))

    def entry(self, doc: int) -> tuple[str, int]:
        """The entry or answer of a passage."""
        size = len(self.base.entries)
        return self.base.entries[doc] if doc < size else self.delta.entries[doc - size]


class Field:
    """The postings of both parts as one, with what a term is worth in them all."""

    def __init__(self, index: Index, parts: Sequence[Postings], *, singles: bool) -> None:
        self.parts, self.singles = parts, singles
        self.offset = len(index.base.ids)
        self.count = index.count
        self.alive = None if index.alive.all() else index.alive
        bodies = np.concatenate([part.body_sizes for part in parts])
        titles = np.concatenate([part.title_sizes for part in parts])
        alive = index.alive
        mean = max(float(bodies[alive].sum(dtype=np.float64)) / max(self.count, 1), 1e-9)
        mean_title = max(float(titles[alive].sum(dtype=np.float64)) / max(self.count, 1), 1e-9)
        norms = (K1 * (1 - B + B * bodies / np.float32(mean))).astype(np.float32)
        title_norms = (K1 * (1 - B_TITLE + B_TITLE * titles / np.float32(mean_title))).astype(np.float32)
        cut = [slice(0, self.offset), slice(self.offset, None)]
        self.worths = [self._worths(p, norms[c], title_norms[c]) for p, c in zip(parts, cut, strict=True)]

    def _worths(
        self, part: Postings, norms: NDArray[np.float32], title_norms: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """What each term is worth in each of its passages, its rarity aside."""
        weights = np.where(part.keys < 1 << 30, SINGLE if self.singles else 1.0, 1.0).astype(np.float32)
        tf = part.bodies.astype(np.float32)
        worths = np.repeat(weights, np.diff(part.starts)) * np.float32(K1 + 1) * tf / (tf + norms[part.docs])
        tf = part.titles.astype(np.float32)
        worths += np.float32(TITLE * (K1 + 1)) * tf / (tf + title_norms[part.docs])
        return np.asarray(worths, dtype=np.float32)

    def holders(self, keys: Sequence[int]) -> list[Held]:
        """For each term the passages that hold it, and what it is worth in each, its rarity aside."""
        wanted = np.array(keys, dtype=np.int64)
        big, small = self.parts
        out = []
        for (a, b), (c, d) in zip(big.of(wanted), small.of(wanted), strict=True):
            docs, worths = big.docs[a:b], self.worths[0][a:b]
            if d > c:
                docs = np.concatenate([docs, small.docs[c:d] + np.int32(self.offset)])
                worths = np.concatenate([worths, self.worths[1][c:d]])
            if self.alive is not None and b > a:
                keep = self.alive[docs]
                docs, worths = docs[keep], worths[keep]
            out.append((docs, worths))
        return out

    def rarity(self, holders: int) -> float:
        """How much it says that a passage holds a term which so many hold."""
        return math.log1p((self.count - holders + 0.5) / (holders + 0.5))

    def best(self, key: int) -> float:
        """The most that a term can be worth, its rarity aside."""
        weight = SINGLE if self.singles and key < 1 << 30 else 1.0
        return (K1 + 1) * (weight + TITLE)
