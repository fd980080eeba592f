"""The sender at work: in order, answers first, within Telegram's limits."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from actions.post import post
from bot.transport import Api
from chat.messages import Message, lines, say
from simulator import Phone, Simulator
from simulator.groups import create, upgrade
from simulator.phone import PNG
from storage import outbox, pace
from storage.accounts import Reader
from storage.outbox import ANSWER, NOTICE
from storage.tx import Store, Tx
from tests.bot.conftest import phone_of
from tests.bot.office import Office, body, emptied, running


async def test_words_arrive_in_order_within_a_chat(office: Office, sim: Simulator) -> None:
    phones = [await phone_of(sim, name) for name in ("Tina", "Tom", "Gao")]
    for n in range(8):
        await office.post(*((phone.id, f"Nr. {n}") for phone in phones))
    async with running(office):
        assert set(await office.settles()) == {"sent"}
    for phone in phones:
        assert office.texts(phone.id) == [f"Nr. {n}" for n in range(8)]


async def test_several_are_in_flight_and_one_slow_chat_keeps_nobody_waiting(office: Office, sim: Simulator) -> None:
    tina, tom = await phone_of(sim, "Tina"), await phone_of(sim, "Tom")
    sim.fault("sendMessage", "slow", chat=tina.id, seconds=1.0)
    async with running(office):
        await office.post((tina.id, "langsam"), *((tom.id, f"Nr. {n}") for n in range(5)))
        await tom.sees("Nr. 4")
        assert "sending" in await office.states(), "Tina's is still on its way"
        await office.settles()
    assert tina.last.text == "langsam"


async def test_answers_go_before_notices(office: Office, sim: Simulator, tina: Phone) -> None:
    others = [sim.person(f"P{n}") for n in range(6)]
    for other in others:
        await other.start()
    await office.post(*((other.id, "Rundruf") for other in others), (tina.id, "Rundruf"), priority=NOTICE)
    await office.post((tina.id, "Antwort"), priority=ANSWER)
    office.sender.in_flight = 1
    async with running(office):
        await office.settles()
    assert office.calls()[0].params["text"] == "Antwort"
    assert office.texts(tina.id) == ["Antwort", "Rundruf"]


async def test_the_limits_of_telegram_are_kept(store: Store, api: Api, sim: Simulator) -> None:
    """Telegram counts 30 a second over all and, with a small burst, one a second a chat: we never hear a 429."""
    sim.floods.on = True
    await emptied(store)
    office = Office(store, api, sim, per_second=28)
    people = [sim.person(f"P{n}") for n in range(60)]
    for person in people:
        await person.start()
    chatty = people[0]
    await office.post(*((chatty.id, f"Nr. {n}") for n in range(6)))
    await office.post(*((person.id, "Rundruf") for person in people), priority=NOTICE)
    async with running(office):
        assert set(await office.settles(within=30)) == {"sent"}
    assert not [e for e in office.calls() if e.status == 429]
    assert len(office.calls()) == 66, "each was sent once"
    assert office.texts(chatty.id) == [*(f"Nr. {n}" for n in range(6)), "Rundruf"]


async def test_two_senders_share_the_limits(store: Store, api: Api, sim: Simulator) -> None:
    sim.floods.on = True
    await emptied(store)
    one, two = (Office(store, api, sim, per_second=28) for _ in range(2))
    people = [sim.person(f"P{n}") for n in range(40)]
    for person in people:
        await person.start()
    await one.post(*((person.id, f"Nr. {n}") for n in range(2) for person in people))
    async with running(one), running(two):
        await one.settles(within=30)
    assert [e.status for e in one.calls()] == [200] * 80


async def test_a_group_is_spoken_to_slowly(store: Store, api: Api, sim: Simulator, tina: Phone) -> None:
    sim.floods.on = True
    await emptied(store)
    office = Office(store, api, sim, per_second=28)
    group = create(sim, "第1组", [tina.id])
    await office.post(*((group.id, f"Nr. {n}") for n in range(4)))
    async with running(office):
        await office.settles()
    assert office.texts(group.id) == [f"Nr. {n}" for n in range(4)] and len(office.calls()) == 4
    ready = await store.work(lambda tx: tx.one(int, "select ready_at from pace where key = :key", {"key": group.id}))
    assert ready > office.clock.real_ms(), "the burst is used up"


async def test_a_429_holds_that_chat_alone(office: Office, sim: Simulator) -> None:
    tina, tom = await phone_of(sim, "Tina"), await phone_of(sim, "Tom")
    sim.fault("sendMessage", "429", chat=tina.id, retry_after=1)
    async with running(office):
        await office.post((tina.id, "eins"), (tina.id, "zwei"))
        await tom.sees_nothing(0.1)
        await office.post((tom.id, "ungestört"))
        await tom.sees("ungestört")
        assert not office.texts(tina.id)
        await office.settles()
    assert office.texts(tina.id) == ["eins", "zwei"]
    assert [e.status for e in office.calls()].count(429) == 1


async def test_429_again_and_again_holds_the_whole_bot(store: Store, api: Api, sim: Simulator) -> None:
    await emptied(store)
    office = Office(store, api, sim, per_second=28)
    phones = [await phone_of(sim, name) for name in ("Tina", "Tom", "Gao")]
    sim.fault("sendMessage", "429", times=3, retry_after=2)
    async with running(office):
        await office.post(*((phone.id, "x") for phone in phones))
        await office.until(lambda: len(office.calls()) == 3)
        await asyncio.sleep(0.2)
        assert await store.work(pace.whole_bot) > office.clock.real_ms() + 1000
        assert set(await office.settles()) == {"sent"}
    assert [e.status for e in office.calls()] == [429] * 3 + [200] * 3


async def test_a_long_text_comes_in_pieces(office: Office, store: Store, tina: Phone) -> None:
    paragraphs = [f"第{n}段 " + "社区治理😀" * 60 for n in range(20)]

    text = lines(*(say("cli-doctor-plain", what=part) for part in paragraphs), gap="\n\n")
    await store.work(lambda tx: post(tx, Reader(tina.id), Message(text), office.clock.now()))
    async with running(office):
        assert len(await office.settles()) > 1
    assert "\n\n".join(office.texts(tina.id)) == "\n\n".join(paragraphs)
    assert all(len(text.encode("utf-16-le")) // 2 <= 4096 for text in office.texts(tina.id))


async def test_what_begins_later_waits_and_lets_others_pass(office: Office, tina: Phone) -> None:
    now = office.clock.now()
    await office.post((tina.id, "später"), not_before=now + timedelta(seconds=1.5))
    await office.post((tina.id, "gleich"))
    async with running(office):
        await tina.sees("gleich")
        assert office.texts(tina.id) == ["gleich"]
        await office.settles()
    assert office.texts(tina.id) == ["gleich", "später"]


async def test_what_is_too_late_is_never_sent(
    office: Office, sim: Simulator, tina: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sender.RELEASE_EVERY", 0.2)
    now = office.clock.now()
    await office.post((tina.id, "vorbei"), not_after=now - timedelta(seconds=1))
    sim.fault("sendMessage", "429", retry_after=2)
    await office.post((tina.id, "gehalten"), not_after=now + timedelta(seconds=1))
    await office.post((tina.id, "noch gut"), not_after=now + timedelta(hours=1))
    async with running(office):
        assert await office.settles() == ["expired", "expired", "sent"]
    assert office.texts(tina.id) == ["noch gut"]


async def test_a_group_that_became_a_supergroup(office: Office, sim: Simulator, tina: Phone) -> None:
    group = create(sim, "第1组", [tina.id])
    new = upgrade(sim, group)
    await office.post((group.id, "eins"), (group.id, "zwei"))
    async with running(office):
        assert await office.settles() == ["sent", "sent"]
    assert office.texts(new.id) == ["eins", "zwei"]
    assert {row.chat_id for row in await office.rows()} == {new.id}


async def test_a_photo_by_its_id_a_menu_and_a_deletion(
    office: Office, store: Store, sim: Simulator, tina: Phone
) -> None:
    await tina.sends_photo(PNG)
    file_id = next(e for e in sim.queues[7].waiting if b"photo" in e.raw).raw.decode().split('"file_id":"')[1]
    words = body("看黑板", photo=file_id.split('"')[0])
    menu = body("", commands=(("today", "今天"), ("help", "帮助")))
    now = office.clock.now()

    async def write(tx: Tx) -> None:
        parcels = [outbox.Parcel(chat_id=tina.id, body=words, made_at=now),
                   outbox.Parcel(chat_id=tina.id, kind="menu", body=menu, made_at=now)]  # fmt: skip
        await outbox.add(tx, parcels)

    await store.work(write)
    async with running(office):
        await office.settles()
        shown = await tina.sees("看黑板")
        assert shown.kind == "photo"
        await store.work(lambda tx: outbox.add(tx, [outbox.Parcel(
            chat_id=tina.id, kind="delete", message_id=shown.message_id, made_at=now)]))  # fmt: skip
        office.sender.bell.ring()
        await office.settles()
    assert "看黑板" not in [m.text for m in tina.messages]
    assert [c["command"] for c in office.calls("setMyCommands")[0].params["commands"]] == ["today", "help"]


@pytest.mark.parametrize("per_second", [0.0, 28.0])
async def test_an_orderly_end_records_what_was_in_flight(
    store: Store, api: Api, sim: Simulator, tina: Phone, per_second: float
) -> None:
    await emptied(store)
    office = Office(store, api, sim, per_second=per_second)
    sim.fault("sendMessage", "slow", seconds=0.6)
    async with running(office):
        await office.post((tina.id, "unterwegs"))
        await office.until(office.on_its_way)
    assert await office.states() == ["sent"] and tina.last.text == "unterwegs"
