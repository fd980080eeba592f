"""The inbox: kept once, worked in order by lanes, tried again, set aside."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from storage import inbox
from storage.inbox import Arrival, Letter
from storage.tx import Store, Tx

NOW = datetime(2027, 3, 15, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def arrival(update: int, chat: int = 101, bot: int = 7, lane: int = 3) -> Arrival:
    return Arrival(bot, update, chat, lane, f'{{"update_id":{update}}}', NOW)


async def add(store: Store, *arrivals: Arrival) -> None:
    await store.work(lambda tx: inbox.add(tx, arrivals))


async def next_of(store: Store, lane: int | None = None, now: datetime = NOW, limit: int = 100) -> list[Letter]:
    return await store.work(lambda tx: inbox.next_of(tx, lane, now, limit))


async def test_an_update_is_kept_once_for_each_bot(store: Store) -> None:
    await add(store, arrival(2**40), arrival(2**40))
    await add(store, arrival(2**40), arrival(2**40, bot=8), arrival(-5))
    assert await store.work(inbox.waiting) == 3
    assert [(one.bot, one.update_id) for one in await next_of(store)] == [(7, 2**40), (8, 2**40), (7, -5)]


async def test_in_order_of_arrival_and_by_lane(store: Store) -> None:
    await add(store, arrival(9, lane=1), arrival(8, lane=2), arrival(7, lane=1))
    assert [one.update_id for one in await next_of(store)] == [9, 8, 7]
    assert [one.update_id for one in await next_of(store, 1)] == [9, 7]
    assert [one.update_id for one in await next_of(store, None, limit=2)] == [9, 8]
    assert await store.work(lambda tx: inbox.lanes_waiting(tx, NOW)) == [1, 2]


async def test_what_is_done_is_not_worked_again(store: Store) -> None:
    await add(store, arrival(1), arrival(2))
    first = (await next_of(store))[0]
    await store.work(lambda tx: inbox.set_done(tx, [first.id], NOW))
    await add(store, arrival(1))
    assert [one.update_id for one in await next_of(store)] == [2]
    assert await store.work(inbox.waiting) == 1


async def test_a_failed_one_waits_for_its_next_try_and_is_set_aside_in_the_end(store: Store) -> None:
    await add(store, arrival(1), arrival(2))
    bad = (await next_of(store))[0]
    await store.work(lambda tx: inbox.set_failed(tx, bad.id, "Traceback …", NOW + SECOND))
    assert [one.update_id for one in await next_of(store)] == [2], "it does not block the others"
    assert [(one.update_id, one.tries) for one in await next_of(store, now=NOW + SECOND)] == [(1, 1), (2, 0)]
    assert await store.work(inbox.dead) == []
    await store.work(lambda tx: inbox.set_failed(tx, bad.id, "Traceback …", None))
    assert [one.update_id for one in await next_of(store, now=NOW + SECOND)] == [2]
    dead = await store.work(inbox.dead)
    assert [(one.update_id, one.tries) for one in dead] == [(1, 2)]
    assert await store.work(lambda tx: inbox.lanes_waiting(tx, NOW)) == [3]


async def test_a_lane_with_nothing_due_does_not_wait(store: Store) -> None:
    await add(store, arrival(1))
    one = (await next_of(store))[0]
    await store.work(lambda tx: inbox.set_failed(tx, one.id, "x", NOW + SECOND))
    assert await store.work(lambda tx: inbox.lanes_waiting(tx, NOW)) == []
    assert await store.work(lambda tx: inbox.lanes_waiting(tx, NOW + SECOND)) == [3]


async def test_a_lane_has_one_worker(store: Store) -> None:
    gate, seen = asyncio.Event(), asyncio.Event()

    async def hold(tx: Tx) -> bool:
        held = await inbox.take_lane(tx, 5)
        if tx.postgres:
            seen.set()
            await gate.wait()
        return held

    first = asyncio.create_task(store.work(hold))
    if store.postgres:
        await seen.wait()
        assert not await store.work(lambda tx: inbox.take_lane(tx, 5))
        assert await store.work(lambda tx: inbox.take_lane(tx, 6))
        gate.set()
    assert await first
    assert await store.work(lambda tx: inbox.take_lane(tx, 5))


async def test_pruning_forgets_only_what_is_done(store: Store) -> None:
    await add(store, arrival(1), arrival(2), arrival(3))
    one, two, _ = await next_of(store)
    await store.work(lambda tx: inbox.set_done(tx, [one.id], NOW))
    await store.work(lambda tx: inbox.set_failed(tx, two.id, "x", None))
    await store.work(lambda tx: inbox.prune(tx, NOW))
    assert await store.work(lambda tx: tx.one(int, "select count(*) from inbox")) == 3
    await store.work(lambda tx: inbox.prune(tx, NOW + SECOND))
    assert await store.work(lambda tx: tx.all(str, "select state from inbox order by id")) == ["dead", "new"]
