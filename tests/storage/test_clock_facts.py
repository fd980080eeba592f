"""What the clock asks: what is due, when nobody heard; cards, and files to be fetched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from storage import cards, cohorts, dues, errands, members, outages, outbox
from storage.dues import Due
from storage.errands import Errand
from storage.outbox import Outcome
from storage.tx import Store, Tx
from tests.bot.office import body, emptied
from tests.cast import ACCOUNTS

NOW = datetime(2027, 3, 15, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
TINA = ACCOUNTS["Tina"]


@pytest.fixture(autouse=True)
async def nothing_waits(store: Store) -> None:
    await emptied(store)

    async def clear(tx: Tx) -> None:
        for table in ("due", "pulse", "card", "errand"):
            await tx.do(f"delete from {table}")

    await store.work(clear)


async def spring(tx: Tx) -> int:
    found = await cohorts.by_key(tx, "spring")
    assert found is not None
    return found.id


async def test_dues_move_until_they_are_done(store: Store) -> None:
    async def work(tx: Tx) -> None:
        id = await spring(tx)
        one = Due(cohort_id=id, kind="reminder", what="S11", at=NOW, until=NOW + HOUR)
        two = replace(one, what="S12", at=NOW + SECOND)
        await dues.put(tx, [two, one])
        assert await dues.next_due(tx, NOW - SECOND) == []
        assert [d.what for d in await dues.next_due(tx, NOW)] == ["S11"]
        assert [d.what for d in await dues.next_due(tx, NOW + SECOND)] == ["S11", "S12"], "oldest first"
        assert len(await dues.next_due(tx, NOW + SECOND, 1)) == 1
        first = (await dues.next_due(tx, NOW))[0]
        await dues.set_state(tx, first.id, "done", NOW)
        await dues.put(tx, [replace(d, at=d.at + HOUR) for d in (one, two)])
        planned = await dues.between(tx, id, NOW, NOW + 2 * HOUR)
        assert [(d.what, d.at, d.state) for d in planned] == [
            ("S11", NOW, "done"), ("S12", NOW + SECOND + HOUR, "new")]  # fmt: skip
        assert await dues.between(tx, id, NOW + SECOND, NOW + SECOND + HOUR) == [], "from, not until"
        assert [d.what for d in await dues.next_times(tx)] == ["S12"]
        await dues.drop_new(tx, id)
        assert [d.what for d in await dues.between(tx, id, NOW, NOW + 9 * HOUR)] == ["S11"]
        assert await dues.next_times(tx) == []

    await store.work(work)


async def test_a_due_thing_is_taken_by_one_program(store: Store) -> None:
    if not store.postgres:
        return
    import asyncio

    async def plan(tx: Tx) -> None:
        id = await spring(tx)
        await dues.put(tx, [Due(cohort_id=id, kind="k", what=str(n), at=NOW, until=NOW) for n in range(4)])

    async def take(tx: Tx) -> list[str]:
        found = await dues.next_due(tx, NOW, 2)
        await asyncio.sleep(0.2)
        for one in found:
            await dues.set_state(tx, one.id, "done", NOW)
        return [one.what for one in found]

    await store.work(plan)
    one, two = await asyncio.gather(store.work(take), store.work(take))
    assert sorted([*one, *two]) == ["0", "1", "2", "3"]


async def test_pulses_and_outages(store: Store) -> None:
    async def work(tx: Tx) -> None:
        assert await outages.pulse(tx, "heard") is None
        assert await outages.beat(tx, "heard", NOW) is None
        assert await outages.beat(tx, "heard", NOW + HOUR) == NOW
        assert await outages.pulse(tx, "heard") == NOW + HOUR
        await outages.add(tx, NOW, NOW + HOUR)
        for moment, inside in ((NOW - SECOND, False), (NOW, True), (NOW + HOUR, True), (NOW + HOUR + SECOND, False)):
            found = await outages.around(tx, moment)
            assert (found is not None) is inside
            assert found is None or (found.starts_at, found.ends_at) == (NOW, NOW + HOUR)

    await store.work(work)


async def waiting(tx: Tx) -> list[outbox.Sending]:
    return await outbox.ready(tx, NOW, 0, 100)


async def shown(tx: Tx, one: outbox.Sending, number: int) -> None:
    done = Outcome(id=one.id, chat_id=one.chat_id, state="sent", at=NOW, message_id=number, card_id=one.card_id,
                   body=one.body)  # fmt: skip
    await outbox.set_outcomes(tx, [done])
    await cards.set_shown(tx, [done])


async def test_what_is_asked_for_while_a_parcel_is_being_taken_is_not_forgotten(store: Store) -> None:
    """On PostgreSQL a sender takes a parcel while a turn sees it waiting still: new words, or the way to the foot."""

    async def first(tx: Tx) -> None:
        await cards.put(tx, "day:1", TINA, body("eins"), NOW)
        await shown(tx, (await waiting(tx))[0], 55)
        await cards.put(tx, "day:1", TINA, body("zwei"), NOW)

    await store.work(first)
    (taken,) = await store.work(waiting)

    async def lifted(tx: Tx) -> None:
        await cards.lift(tx, "day:1")
        await cards.put(tx, "day:1", TINA, body("zwei"), NOW)

    await store.work(lifted)
    await store.work(lambda tx: outbox.set_sending(tx, [taken.id], NOW, 0))
    done = Outcome(id=taken.id, chat_id=TINA, state="sent", at=NOW, message_id=55, card_id=taken.card_id,
                   body=taken.body, edited=True)  # fmt: skip
    await store.work(lambda tx: outbox.set_outcomes(tx, [done]))
    await store.work(lambda tx: cards.set_shown(tx, [done]))
    assert [(s.body, s.message_id) for s in await store.work(waiting)] == [(body("zwei"), None)]
    await store.work(lambda tx: cards.set_shown(tx, [done]))
    assert len(await store.work(waiting)) == 1


async def test_a_card_is_queued_once_and_only_when_it_changes(store: Store) -> None:
    async def work(tx: Tx) -> None:
        for words in ("eins", "zwei"):
            await cards.put(tx, "roll:1", TINA, body(words), NOW, push_day="2027-03-15")
        found = await waiting(tx)
        assert [(s.body, s.message_id) for s in found] == [(body("zwei"), None)]
        await shown(tx, found[0], 55)
        await cards.put(tx, "roll:1", TINA, body("zwei"), NOW)
        assert await waiting(tx) == []
        await cards.put(tx, "roll:1", TINA, body("drei"), NOW, push_day="2027-03-15")
        assert [(s.body, s.message_id) for s in await waiting(tx)] == [(body("drei"), 55)]
        assert await outbox.pushes_of(tx, TINA, "2027-03-15") == 1, "an edit is no push"
        card = await cards.get(tx, "roll:1")
        assert card is not None and (card.shown, card.body) == (body("zwei"), body("drei"))

    await store.work(work)


async def test_words_that_are_taken_back_while_others_are_on_their_way(store: Store) -> None:
    async def work(tx: Tx) -> None:
        await cards.put(tx, "k", TINA, body("A"), NOW)
        await shown(tx, (await waiting(tx))[0], 5)
        await cards.put(tx, "k", TINA, body("B"), NOW)
        way = (await waiting(tx))[0]
        await outbox.set_sending(tx, [way.id], NOW)
        await cards.put(tx, "k", TINA, body("A"), NOW)
        await shown(tx, way, 5)
        assert [s.body for s in await waiting(tx)] == [body("A")]

    await store.work(work)


async def test_a_card_lifted_forgotten_and_counted(store: Store) -> None:
    async def work(tx: Tx) -> None:
        id = await spring(tx)
        tina = await members.by_ref(tx, id, "T02")
        assert tina is not None
        key = f"day:{tina.id}:2027-03-15"
        await cards.put(tx, key, TINA, body("A"), NOW)
        assert await cards.members_with(tx, id, "2027-03-15") == set(), "not sent yet"
        await shown(tx, (await waiting(tx))[0], 5)
        assert await cards.members_with(tx, id, "2027-03-15") == {tina.id}
        assert await cards.members_with(tx, id, "2027-03-16") == set()
        assert [r.account_id for r in await cards.readers(tx, f"day:{tina.id}:")] == [TINA]
        assert await cards.readers(tx, "roll:") == []
        card = await cards.get(tx, key)
        assert card is not None
        for anew in (cards.lift(tx, key), cards.forget(tx, card.id)):
            await anew
            await cards.put(tx, key, TINA, body("A"), NOW)
            again = (await waiting(tx))[0]
            assert again.message_id is None, "the same words are sent anew"
            await shown(tx, again, 6)
        assert await cards.get(tx, "nothing") is None

    await store.work(work)


async def test_errands(store: Store) -> None:
    async def work(tx: Tx) -> None:
        for name in ("a.xlsx", "b.xlsx"):
            await errands.add(tx, Errand(account_id=TINA, kind="class", file_id="F", file_name=name, made_at=NOW))
        one = await errands.next_new(tx, NOW)
        assert one is not None and (one.file_name, one.tries) == ("a.xlsx", 0)
        await errands.put_off(tx, one.id, NOW + HOUR)
        two = await errands.next_new(tx, NOW)
        assert two is not None and two.file_name == "b.xlsx"
        await errands.set_read(tx, two.id, "Zm9v")
        assert await errands.next_new(tx, NOW) is None
        fetched = await errands.get(tx, two.id)
        assert fetched is not None and (fetched.state, fetched.data) == ("fetched", "Zm9v")
        await errands.set_done(tx, two.id, "done")
        over = await errands.get(tx, two.id)
        assert over is not None and (over.state, over.data) == ("done", ""), "the file is not kept"
        again = await errands.next_new(tx, NOW + HOUR)
        assert again is not None and (again.id, again.tries) == (one.id, 1)
        await errands.prune(tx, NOW)
        assert await errands.get(tx, one.id) is not None
        await errands.prune(tx, NOW + SECOND)
        assert await errands.get(tx, two.id) is None
        assert await errands.get(tx, one.id) is not None, "what still waits has its tries"
        await errands.give_back(tx, one.id, NOW + 2 * HOUR)
        assert await errands.next_new(tx, NOW + HOUR) is None
        later = await errands.next_new(tx, NOW + 2 * HOUR)
        assert later is not None and later.tries == 0, "what it needed was away: that was none"
        assert await errands.next_new(tx, NOW + 2 * HOUR, but="class") is None

    await store.work(work)
