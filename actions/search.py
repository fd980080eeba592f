"""Search the handbook and the published answers: an answer, a few to choose from, or nothing (HANDBOOK-02)."""

from __future__ import annotations

import asyncio

from msgspec import Struct, structs

from rules import search as rules
from rules.search import ANSWER, BUILDING, MAYBE, NOTHING, Ranked
from rules.search_fit import fit_titles, likely_without, limits_of
from rules.search_index import Index
from rules.search_parts import Stretch, stretch
from rules.search_synonyms import SYNONYMS
from rules.search_terms import has_han, sounds
from storage import passages, search
from storage.passages import Passage, Synonym
from storage.search import Answered, Entry
from storage.tx import Store, Tx

ENTRY, ANSWERED = "entry", "answer"
AT_ONCE = 200
"""So many changes are taken in while somebody waits; more are built into a new index in a thread."""
TOO_MANY = 1000
"""When so many changes stand beside the index, a new one is built."""
PAGE = 2000
LOOK_EVERY = 1.0
KEPT, BEHIND = "search", "search-behind"


class Kept(Struct, frozen=True):
    """The index as this process has it, and the stamp up to which it knows the database."""

    stamp: int
    index: Index


class Hit(Struct, frozen=True):
    """An entry or an answer that was found: its title, and the stretch of its text that matches."""

    kind: str
    ref_id: int
    passage_id: int
    score: float
    title: str
    stretch: Stretch
    row: Entry | Answered

    @property
    def part(self) -> str:
        """The words of the stretch."""
        return self.stretch.text


class Found(Struct, frozen=True):
    """What came of a search; `p` is how likely the first hit answers it."""

    outcome: str
    hits: tuple[Hit, ...] = ()
    p: float = 0.0
    features: dict[str, float] = {}


async def find(tx: Tx, cohort_id: int | None, text: str, limit: int = 5, *, lang: str = "") -> Found:
    """What the handbook and the answers of this class say to a question, in its language or in another."""
    state = await search.state(tx)
    index = await _index(tx, state.stamp)
    if index is None:
        return Found(BUILDING)
    ranking = rules.find(index, text, cohort_id, limit + 2)
    in_english = lang == "en" or (not lang and not has_han(text))
    hits = [await _shown(tx, hit, text, in_english, index) for hit in ranking.hits]
    there = tuple(hit for hit in hits if hit is not None)[:limit]
    limits, p = limits_of(state.fit), ranking.p
    outcome = NOTHING
    if there and hits[0] is not None and p >= limits.sure:
        outcome = ANSWER
    elif there and p >= limits.unsure:
        outcome = MAYBE
    return Found(outcome, there, p, structs.asdict(ranking.features))


async def _shown(tx: Tx, hit: Ranked, text: str, in_english: bool, index: Index) -> Hit | None:
    """A hit with its words; None when its row has gone since."""
    row = await row_of(tx, hit.kind, hit.ref_id)
    if row is None:
        return None
    title, body = words_of(row, in_english)
    part = stretch(body, text, tuple(means for _, means in rules.meant(index, text)))
    return Hit(hit.kind, hit.ref_id, hit.passage_id, hit.score, title, part, row)


async def row_of(tx: Tx, kind: str, ref_id: int) -> Entry | Answered | None:
    """The entry or the answered question that a passage belongs to; None when it is not to be seen any more."""
    if kind == ENTRY:
        return await search.entry(tx, ref_id)
    return await search.answered(tx, ref_id) if kind == ANSWERED else None


def words_of(row: Entry | Answered, in_english: bool) -> tuple[str, str]:
    """Title and text; English where there is some and it is wanted."""
    if isinstance(row, Answered):
        return row.question, row.answer
    return (row.q_en if in_english and row.q_en else row.q_zh), (row.a_en if in_english and row.a_en else row.a_zh)


# ---- the index in this process ---------------------------------------------------------------------------------------


async def _index(tx: Tx, stamp: int) -> Index | None:
    """The index as of this stamp; None while too much is missing in it."""
    kept: Kept | None = tx.memory.get(KEPT)
    if kept is not None and kept.stamp > stamp:  # of work that was undone
        kept = None
    if kept is not None and kept.stamp == stamp:
        return kept.index
    known = kept.stamp if kept is not None else 0
    if await passages.count_since(tx, known) > AT_ONCE:
        tx.memory[BEHIND] = True
        return None
    changed = await passages.since(tx, known)
    index = kept.index if kept is not None else Index.build(())
    index = index.with_changes(changed, await _synonyms(tx))
    tx.memory[KEPT] = Kept(stamp, index)
    if len(index.changed) > TOO_MANY:
        tx.memory[BEHIND] = True
    return index


async def _synonyms(tx: Tx) -> list[tuple[str, str]]:
    return [(s.word, s.means) for s in await passages.synonyms(tx)]


async def warm(store: Store) -> None:
    """Build the index in a thread, piece by piece, so that nobody waits for it; the limits for a handbook without votes
    are found on the way."""
    stamp = await store.work(passages.stamp)
    found: list[Passage] = []
    while True:
        after = found[-1].id if found else 0
        more = await store.work(lambda tx, after=after: passages.page(tx, after, PAGE))  # type: ignore[misc]
        found += more
        if len(more) < PAGE:
            break
    synonyms = await store.work(_synonyms)
    index = await asyncio.to_thread(_built, found, synonyms)

    async def keep(tx: Tx) -> None:
        newer: Kept | None = tx.memory.get(KEPT)
        if newer is None or newer.stamp <= stamp or len(newer.index.changed) > TOO_MANY:
            tx.memory[KEPT] = Kept(stamp, index)
        tx.memory.pop(BEHIND, None)

    await store.work(keep)
    await _fit_titles(store, index, found)


def _built(found: list[Passage], synonyms: list[tuple[str, str]]) -> Index:
    sounds()
    return Index.build(found, synonyms)


async def _fit_titles(store: Store, index: Index, found: list[Passage]) -> None:
    """Find the limits for a handbook without votes; those that votes have found stay."""
    titles = [(p.title, p.kind, p.ref_id, p.cohort_id) for p in found if p.slot in ("zh", "en")]
    limits = await asyncio.to_thread(fit_titles, titles, likely_without(index))

    async def keep(tx: Tx) -> None:
        fit = (await search.state(tx)).fit
        if not fit.get("votes") and titles:
            await search.set_fit(tx, {"sure": limits.sure, "unsure": limits.unsure})

    await store.work(keep)


async def seed_synonyms(tx: Tx) -> None:
    """Everyday words of community work for a school that has none yet; what it has changed or hidden stays."""
    there = await passages.synonym_words(tx)
    for word, means in SYNONYMS:
        if (word, means) not in there:
            await passages.put_synonym(tx, Synonym(word=word, means=means))


async def keep_warm(store: Store) -> None:
    """Build the index when the program starts, and again whenever too much is missing in it."""
    await warm(store)
    while True:
        await asyncio.sleep(LOOK_EVERY)
        if store.memory.get(BEHIND):
            await warm(store)
