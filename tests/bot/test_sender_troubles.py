"""The sender in trouble: what may be sent again is, what may not is held and shown, who is gone is left in peace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.transport import Api
from simulator import Phone, Simulator
from storage import accounts, outbox, pace
from storage.outbox import Outcome
from storage.tx import Store, Tx
from tests.bot.conftest import phone_of
from tests.bot.office import Office, emptied, running
from tests.stories.program import TOKEN, free_port


@pytest.mark.parametrize("kind", ["500", "502", "504"])
async def test_a_server_error_is_tried_again(office: Office, sim: Simulator, tina: Phone, kind: str) -> None:
    sim.fault("sendMessage", kind)
    await office.post((tina.id, "eins"), (tina.id, "zwei"))
    async with running(office):
        assert await office.settles() == ["sent", "sent"]
    assert office.texts(tina.id)[-2:] == ["eins", "zwei"], "and the order stays"


async def test_an_answer_that_may_be_lost_is_sent_again(office: Office, sim: Simulator, tina: Phone) -> None:
    sim.fault("sendMessage", "accept_close")
    await office.post((tina.id, "eins"), (tina.id, "zwei"))
    async with running(office):
        assert await office.settles() == ["sent", "sent"]
    assert [m.text for m in tina.messages[1:]] == ["eins", "eins", "zwei"]


async def test_a_notice_that_may_be_lost_is_held(office: Office, sim: Simulator, tina: Phone) -> None:
    sim.fault("sendMessage", "accept_close")
    await office.post((tina.id, "eins"), (tina.id, "zwei"), hold=True)
    async with running(office):
        assert await office.settles() == ["uncertain", "sent"]
    assert [m.text for m in tina.messages[1:]] == ["eins", "zwei"]
    assert (await office.rows())[0].trouble


async def test_floods_are_no_tries(office: Office, sim: Simulator, tina: Phone) -> None:
    """What Telegram surely did not take may be refused more often than anything is tried."""
    await office.post((tina.id, "eins"))
    (row,) = await office.rows()
    flooded = Outcome(id=row.id, chat_id=tina.id, state="new", at=office.clock.now(), trouble="429", tried=0)
    for _ in range(12):
        await office.store.work(lambda tx: outbox.set_outcomes(tx, [flooded]))
    sim.fault("sendMessage", "429", retry_after=1)
    sim.fault("sendMessage", "accept_close")
    async with running(office):
        assert await office.settles() == ["sent"]
    assert [m.text for m in tina.messages[1:]] == ["eins", "eins"], "one that may be lost is still sent again"
    assert (await office.rows())[0].tries == 2, "the one that may be lost and the one that arrived"


async def test_nobody_listens_for_a_while(store: Store, sim: Simulator, tina: Phone) -> None:
    """Not connected is not sent: held notices too are sent when Telegram is back."""
    await emptied(store)
    port = free_port()
    api = Api(TOKEN, f"http://127.0.0.1:{port}")
    office = Office(store, api, sim)
    await office.post((tina.id, "eins"), (tina.id, "zwei"), hold=True)
    async with running(office), Simulator(port=port, limits=False) as later:
        later.add_bot(TOKEN, "tongxue_bot")
        phone = await phone_of(later, "Tina")
        await later.close()
        office.sim = later
        await office.until(tried(office))
        await later.open()
        assert await office.settles() == ["sent", "sent"]
        assert [m.text for m in phone.messages[1:]] == ["eins", "zwei"]
    await api.close()


def tried(office: Office) -> Callable[[], Awaitable[bool]]:
    """Asks whether something was tried already."""

    async def look() -> bool:
        return any(row.trouble for row in await office.rows())

    return look


async def test_who_blocked_the_bot_is_left_in_peace(office: Office, store: Store, sim: Simulator, tina: Phone) -> None:
    tom = await phone_of(sim, "Tom")
    await tina.blocks()
    await office.post((tina.id, "eins"), (tina.id, "zwei"), (tom.id, "eins"))
    async with running(office):
        assert sorted(await office.settles()) == ["sent", "unreachable", "unreachable"]
    assert len(office.calls()) == 2, "the second is not even tried"
    me, other = await store.work(lambda tx: both(tx, tina.id, tom.id, office))
    assert me.blocked_at is not None and other.blocked_at is None


async def both(tx: Tx, one: int, two: int, office: Office) -> tuple[accounts.Me, accounts.Me]:
    found = [await accounts.who(tx, n, office.clock.now()) for n in (one, two)]
    assert found[0] is not None and found[1] is not None
    return found[0], found[1]


async def test_a_chat_that_is_not_there(office: Office, tina: Phone) -> None:
    await office.post((424242, "wohin?"), (tina.id, "hierher"))
    async with running(office):
        assert sorted(await office.settles()) == ["sent", "unreachable"]


async def test_a_bad_message_fails_alone(office: Office, tina: Phone) -> None:
    await office.post((tina.id, "<b>offen"), (tina.id, "gut"))
    async with running(office):
        assert await office.settles() == ["failed", "sent"]
    assert "400" in str((await office.rows())[0].trouble)


async def test_it_is_not_tried_for_ever(office: Office, sim: Simulator, tina: Phone) -> None:
    sim.fault("sendMessage", "502", times=None)
    await office.post((tina.id, "nie"))
    await office.store.work(lambda tx: tx.do("update outbox set tries = 8"))
    async with running(office):
        assert await office.settles() == ["failed"]
    assert len(office.calls()) == 1, "the last try"


async def test_a_token_that_is_refused_lets_everything_rest(
    store: Store, api: Api, sim: Simulator, tina: Phone
) -> None:
    await emptied(store)
    office = Office(store, api, sim, per_second=28)
    sim.world.bots[7].revoked = True
    await office.post((tina.id, "x"))
    async with running(office):
        await office.until(tried(office))
    assert await office.states() == ["new"]
    assert await store.work(pace.whole_bot) > office.clock.real_ms() + 50_000


async def test_what_a_program_that_died_had_taken(
    office: Office, store: Store, api: Api, sim: Simulator, tina: Phone
) -> None:
    await office.post((tina.id, "eins"))
    await office.post((tina.id, "zwei"), hold=True)
    await office.post((tina.id, "drei"))
    now = office.clock.now()
    one, two, three = [row.id for row in await office.rows()]

    async def die(tx: Tx) -> None:
        await outbox.set_sending(tx, [one, two], now - timedelta(seconds=1))
        await outbox.set_sending(tx, [three], now + timedelta(minutes=1))

    await office.store.work(die)
    async with running(office):
        await asyncio.sleep(0.5)
        assert (await office.states())[1:] == ["uncertain", "sending"], "the third is another program's"
    await office.store.work(lambda tx: outbox.release(tx, None))
    async with running(Office(store, api, sim)):
        assert await office.settles() == ["sent", "uncertain", "sent"]
    assert office.texts(tina.id) == ["eins", "drei"]


async def test_hands_put_forward_while_a_message_is_on_its_way(office: Office, sim: Simulator, tina: Phone) -> None:
    tom = sim.person("Tom")
    await tom.start()
    sim.fault("sendMessage", "slow", chat=tina.id, seconds=0.8)
    await office.post((tina.id, "eins"))
    async with running(office):
        await office.until(office.on_its_way)
        office.clock.follow(office.clock.now() + timedelta(hours=1), time.time(), 1.0)
        await office.post((tom.id, "zwei"))
        assert await office.settles() == ["sent", "sent"]
    assert office.texts(tina.id) == ["eins"], "another program takes over by real time only"
