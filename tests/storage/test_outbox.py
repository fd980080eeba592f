"""The outbox: once, in order, not too late; taken, let go, counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage import outbox, pace
from storage.outbox import ANSWER, NOTICE, Outcome, Parcel, Sending
from storage.pace import Pace
from storage.tx import Store, Tx
from tests.bot.office import body, emptied

NOW = datetime(2027, 3, 15, 1, tzinfo=UTC)
MS = 1_000_000
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
async def nothing_waits(store: Store) -> None:
    await emptied(store)


def parcel(chat: int, text: str = "x", **fields: Any) -> Parcel:
    return Parcel(**{"chat_id": chat, "body": body(text), "made_at": NOW, **fields})


async def add(store: Store, *parcels: Parcel) -> None:
    await store.work(lambda tx: outbox.add(tx, parcels))


async def ready(store: Store, now: datetime = NOW, ms: int = MS, limit: int = 100) -> list[Sending]:
    return await store.work(lambda tx: outbox.ready(tx, now, ms, limit))


async def chats(store: Store, now: datetime = NOW, ms: int = MS) -> list[int]:
    return [sending.chat_id for sending in await ready(store, now, ms)]


async def states(store: Store) -> list[str]:
    return await store.work(lambda tx: tx.all(str, "select state from outbox order by id"))


async def outcome(store: Store, one: Sending, state: str, **more: Any) -> None:
    done = Outcome(id=one.id, chat_id=one.chat_id, state=state, at=NOW, **more)
    await store.work(lambda tx: outbox.set_outcomes(tx, [done]))


async def test_what_has_a_key_is_posted_once(store: Store) -> None:
    await add(store, parcel(1, once="s:42"), parcel(1, once="s:42"), parcel(2))
    await add(store, parcel(2, "anders", once="s:42"), parcel(2))
    assert len(await states(store)) == 3
    assert await store.work(lambda tx: outbox.posted(tx, "s:42"))
    assert not await store.work(lambda tx: outbox.posted(tx, "s:43"))


async def test_of_each_chat_only_the_head_is_ready(store: Store) -> None:
    await add(store, parcel(1, "a"), parcel(2, "b"), parcel(1, "c"), parcel(2, "d", priority=NOTICE))
    found = await ready(store)
    assert [one.body for one in found] == [body("a"), body("b")]
    await store.work(lambda tx: outbox.set_sending(tx, [found[0].id], NOW + SECOND))
    assert await chats(store) == [2], "nothing of a chat while one is on its way"
    await outcome(store, found[0], "sent", message_id=77)
    assert [one.body for one in await ready(store)] == [body("b"), body("c")]
    assert len(await ready(store, limit=1)) == 1


async def test_what_is_urgent_goes_first(store: Store) -> None:
    await add(store, parcel(1, "Rundruf", priority=NOTICE), parcel(2, priority=NOTICE), parcel(1, "Antwort"))
    found = await ready(store)
    assert [(one.chat_id, one.priority) for one in found] == [(1, ANSWER), (2, NOTICE)]
    assert found[0].body == body("Antwort")


async def test_what_begins_later_keeps_nobody_waiting(store: Store) -> None:
    await add(store, parcel(1, "später", not_before=NOW + SECOND), parcel(1, "jetzt", priority=NOTICE))
    assert [one.body for one in await ready(store)] == [body("jetzt")]
    assert [one.body for one in await ready(store, NOW + SECOND)] == [body("später")], "from that moment on it is first"


async def test_what_is_too_late_is_let_go(store: Store) -> None:
    await add(store, parcel(1, not_after=NOW), parcel(2))
    await store.work(lambda tx: outbox.expire(tx, NOW))
    assert await chats(store) == [1, 2], "the last moment belongs to it"
    assert await chats(store, NOW + SECOND) == [2], "and is not sent later, expired or not"
    await store.work(lambda tx: outbox.expire(tx, NOW + SECOND))
    assert await states(store) == ["expired", "new"]


async def test_a_chat_rests_by_real_time(store: Store) -> None:
    await add(store, parcel(1), parcel(2))
    await store.work(lambda tx: pace.put(tx, [Pace(1, MS + 500)]))
    assert await chats(store) == [2] and await chats(store, ms=MS + 500) == [1, 2]
    assert (await ready(store, ms=MS + 500))[0].ready_at == MS + 500


async def test_how_long_until_the_next(store: Store) -> None:
    async def wait() -> float:
        return await store.work(lambda tx: outbox.seconds_to_next(tx, NOW, MS))

    assert await wait() == 3600
    await add(store, parcel(1, not_before=NOW + 90 * SECOND))
    assert await wait() == 90
    await add(store, parcel(2))
    await store.work(lambda tx: pace.put(tx, [Pace(2, MS + 2500)]))
    assert await wait() == 2.5


async def test_outcomes(store: Store) -> None:
    await add(store, parcel(1), parcel(2))
    one, two = await ready(store)
    await store.work(lambda tx: outbox.set_sending(tx, [one.id, two.id], NOW))
    await outcome(store, one, "sent", message_id=2**40)
    await outcome(store, two, "new", trouble="502")
    again = await ready(store)
    assert [(a.id, a.tries) for a in again] == [(two.id, 1)]
    kept = await store.work(lambda tx: tx.one(int, "select message_id from outbox where state = 'sent'"))
    assert kept == 2**40


async def test_what_was_on_its_way_is_let_go(store: Store) -> None:
    await add(store, parcel(1), parcel(2, hold=True), parcel(3))
    found = await ready(store)
    await store.work(lambda tx: outbox.set_sending(tx, [s.id for s in found[:2]], NOW))
    await store.work(lambda tx: outbox.set_sending(tx, [found[2].id], NOW + SECOND))
    await store.work(lambda tx: outbox.release(tx, NOW))
    assert await states(store) == ["sending"] * 3, "not before the lease is over"
    await store.work(lambda tx: outbox.release(tx, NOW + SECOND))
    assert await states(store) == ["new", "uncertain", "sending"]
    await store.work(lambda tx: outbox.release(tx, None))
    assert await states(store) == ["new", "uncertain", "new"]


async def test_somebody_who_cannot_be_reached(store: Store) -> None:
    await add(store, parcel(1), parcel(1, not_before=NOW + SECOND), parcel(2))
    await store.work(lambda tx: outbox.forget_chat(tx, 1, "unreachable"))
    assert await states(store) == ["unreachable", "unreachable", "new"]


async def test_a_group_with_a_new_id(store: Store) -> None:
    await add(store, parcel(-5), parcel(-6))
    await store.work(lambda tx: outbox.move_chat(tx, -5, -1_000_000_000_005))
    assert sorted(await chats(store)) == [-1_000_000_000_005, -6]


async def test_an_edit_becomes_a_new_message(store: Store) -> None:
    await add(store, parcel(1, kind="edit", message_id=9))
    before = (await ready(store))[0]
    await store.work(lambda tx: outbox.set_as_new_message(tx, before.id))
    after = (await ready(store))[0]
    assert (before.kind, before.message_id, after.kind, after.message_id) == ("edit", 9, "say", None)


async def test_pushes_of_a_day(store: Store) -> None:
    day = "2027-03-15"
    await add(store, *(parcel(1, push_day=day) for _ in range(3)), parcel(1), parcel(1, push_day="2027-03-16"),
              parcel(2, push_day=day))  # fmt: skip
    assert await store.work(lambda tx: outbox.pushes_of(tx, 1, day)) == 3
    await outcome(store, (await ready(store))[0], "expired")
    assert await store.work(lambda tx: outbox.pushes_of(tx, 1, day)) == 2, "what was never sent does not count"


async def test_counts_and_pruning(store: Store) -> None:
    old = NOW - timedelta(days=31)
    await add(store, parcel(1, made_at=old), parcel(2, made_at=old), parcel(3), parcel(4, made_at=old))
    found = await ready(store)
    await outcome(store, found[0], "sent")
    await outcome(store, found[2], "failed")

    async def counts() -> dict[str, int]:
        return await store.work(lambda tx: outbox.counts(tx, NOW - SECOND))

    assert await counts() == {"new": 2, "failed": 1}, "what waits counts however old it is"
    await store.work(lambda tx: outbox.prune(tx, NOW))
    assert await states(store) == ["new", "failed", "new"]


async def test_the_pace_of_the_bot_and_of_chats(store: Store) -> None:
    async def work(tx: Tx) -> None:
        assert await pace.whole_bot(tx) == 0
        await pace.put(tx, [Pace(pace.WHOLE_BOT, MS), Pace(2**40, MS), Pace(2**40, MS + 1), Pace(-7, MS - 1)])
        assert await pace.whole_bot(tx) == MS
        await pace.prune(tx, MS + 1)
        assert await tx.all(int, "select key from pace order by key") == [0, 2**40]
        assert await tx.one(int, "select ready_at from pace where key > 0") == MS + 1

    await store.work(work)


async def test_two_programs_never_take_the_same(store: Store) -> None:
    import asyncio

    await add(store, *(parcel(n) for n in range(1, 41)))
    taken: list[int] = []

    async def take(tx: Tx) -> list[int]:
        await outbox.alone(tx)
        found = [s.id for s in await outbox.ready(tx, NOW, MS, 5)]
        await outbox.set_sending(tx, found, NOW + SECOND)
        return found

    for got in await asyncio.gather(*(store.work(take) for _ in range(8))):
        taken += got
    assert len(taken) == len(set(taken)) == 40
