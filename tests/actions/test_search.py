"""The search over a database: the same order on both, changes seen at once everywhere, too much at once waits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions import search, search_asks
from rules.search import ANSWER, BUILDING, MAYBE
from rules.search_fit import ENOUGH
from storage import passages
from storage import search as kept
from storage.door import open_store
from storage.passages import Passage, Synonym
from storage.search import Ask
from storage.tx import Store, Tx
from tests.handbook import entries, publish

NOW = datetime(2027, 3, 15, 12, tzinfo=UTC)
H19 = (
    "换物业到底要多少业主投票同意",
    "小区里的大事需要几个业主同意才算数",
    "大修要多少业主表决通过",
    "業主大會表決要多少人",
)
H23 = (
    "电动车 充电",
    "楼道充电",
    "e-bike stairwell",
    "小区电瓶车能不能在楼道充电",
    "louti chongdian diandongche",
    "ＥＢＩＫＥ",
)


async def found(store: Store, text: str) -> list[tuple[int, float]]:
    asked = await store.work(lambda tx: search.find(tx, None, text))
    return [(hit.ref_id, hit.score) for hit in asked.hits]


async def test_the_sample_handbook_answers_in_other_words(store: Store) -> None:
    """AT-39, AT-40."""
    ids = await store.work(lambda tx: publish(tx, NOW))
    for text in H19:
        assert ids["H19"] in [ref for ref, _ in (await found(store, text))[:3]], text
    for text in H23:
        assert (await found(store, text))[0][0] == ids["H23"], text
    for entry in entries():
        asked = await store.work(lambda tx, entry=entry: search.find(tx, None, entry["q_zh"]))
        assert asked.outcome == ANSWER and asked.hits[0].ref_id == ids[entry["id"]], entry["id"]
    part = (await store.work(lambda tx: search.find(tx, None, "楼道充电"))).hits[0]
    assert "充电" in part.part and len(part.part) <= 122 and part.title.startswith("电动车")


async def test_a_change_is_seen_in_the_next_turn_of_another_process(store: Store, url: str) -> None:
    ids = await store.work(lambda tx: publish(tx, NOW))
    other = await open_store(url)
    try:
        before = await found(other, "石榴籽工作法")
        assert ids["H05"] not in [ref for ref, _ in before[:1]]
        alias = Passage(kind="entry", ref_id=ids["H05"], slot="alias:1", title="石榴籽工作法")
        await store.work(lambda tx: passages.put(tx, alias))
        asked = await other.work(lambda tx: search.find(tx, None, "石榴籽工作法"))
        assert asked.hits[0].ref_id == ids["H05"] and asked.outcome == ANSWER
        assert await found(store, "石榴籽工作法") == await found(other, "石榴籽工作法")
        await store.work(lambda tx: passages.put_synonym(tx, Synonym(word="铁驴子", means="电动车")))
        assert (await found(other, "铁驴子"))[0][0] == ids["H23"]
        await store.work(lambda tx: passages.set_shown(tx, "entry", ids["H05"], False))
        assert ids["H05"] not in [ref for ref, _ in await found(other, "石榴籽工作法")]
    finally:
        await other.close()


async def test_work_that_is_undone_leaves_nothing_in_the_index(store: Store) -> None:
    ids = await store.work(lambda tx: publish(tx, NOW))
    before = await found(store, "石榴籽工作法")

    async def fails(tx: Tx) -> None:
        await passages.put(tx, Passage(kind="entry", ref_id=ids["H05"], slot="alias:1", title="石榴籽工作法"))
        assert (await search.find(tx, None, "石榴籽工作法")).hits[0].ref_id == ids["H05"]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.work(fails)
    assert await found(store, "石榴籽工作法") == before
    await store.work(
        lambda tx: passages.put(tx, Passage(kind="entry", ref_id=ids["H06"], slot="alias:1", title="石榴籽工作法"))
    )
    assert (await found(store, "石榴籽工作法"))[0][0] == ids["H06"]


async def test_too_much_at_once_is_built_in_a_thread_and_finds_the_same(store: Store) -> None:
    await store.work(lambda tx: publish(tx, NOW))
    at_once = [await found(store, text) for text in (*H19, *H23)]
    store.memory.clear()

    async def fill(tx: Tx) -> None:
        for number in range(search.AT_ONCE):
            await passages.put(tx, Passage(kind="answer", ref_id=number, title=f"第{number}号", shown=False))

    await store.work(fill)
    assert (await store.work(lambda tx: search.find(tx, None, "楼道充电"))).outcome == BUILDING
    await search.warm(store)
    assert [await found(store, text) for text in (*H19, *H23)] == at_once


async def test_both_databases_rank_any_text_alike(databases: object) -> None:
    stores = [await open_store(await getattr(databases, kind)()) for kind in ("sqlite", "postgres")]
    for store in stores:
        await store.work(lambda tx: publish(tx, NOW))
    texts: list[str] = []

    @settings(max_examples=60)
    @given(st.one_of(st.text(max_size=40), st.text("物业电动车楼道充电党支部。 的? e-b*", max_size=20)))
    def gather(text: str) -> None:
        texts.append(text)

    gather()
    for text in texts:
        one, two = [await found(store, text) for store in stores]
        assert one == two, text
    for store in stores:
        await store.close()


async def test_the_limits_are_found_without_votes_and_fitted_to_two_hundred(store: Store) -> None:
    await store.work(lambda tx: publish(tx, NOW))
    await search.warm(store)
    fit = (await store.work(kept.state)).fit
    assert 0.9 <= fit["sure"] <= 1 and fit["unsure"] == 0.5

    async def vote(tx: Tx) -> None:
        for number in range(ENOUGH):
            features = {"share": 1.0, "gap10": 1.0, "lead": 0.4, "size": 0.9} if number % 2 else {"gap10": 0.1}
            id = await kept.add_ask(tx, Ask(text="x", features=features, at=NOW))
            await kept.set_vote(tx, id, "yes" if number % 2 else "no", "entry", 1)
        await search_asks.tidy(tx, NOW)

    await store.work(vote)
    fit = (await store.work(kept.state)).fit
    assert fit["votes"] == ENOUGH and 0.9 < fit["sure"] < 1
    asked = await store.work(lambda tx: search.find(tx, None, "楼道充电"))
    assert asked.outcome in (ANSWER, MAYBE)
    await search.warm(store)
    assert (await store.work(kept.state)).fit == fit, "a new index leaves what votes have found"
