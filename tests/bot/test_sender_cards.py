"""Cards: one message edited in place; edits coalesce, and a card that is gone comes anew."""

from __future__ import annotations

import pytest

from bot.transport import Api
from simulator import Phone, Simulator
from storage import cards, outbox
from storage.outbox import Parcel
from storage.tx import Store
from tests.bot.office import Office, body, running


async def test_edits_coalesce_and_the_last_words_are_shown(office: Office, sim: Simulator, tina: Phone) -> None:
    async with running(office):
        await office.put_card(tina.id, "eins")
        await tina.sees("eins")
        await office.settles()
        sim.fault("editMessageText", "slow", seconds=0.5)
        await office.put_card(tina.id, "zwei")
        await office.until(office.on_its_way)
        for words in ("drei", "vier", "fünf"):
            await office.put_card(tina.id, words)
        await office.settles()
    assert [e.params["text"] for e in office.calls("editMessageText")] == ["zwei", "fünf"]
    assert len(office.calls("sendMessage")) == 1
    assert [m.text for m in tina.messages[1:]] == ["fünf"]


async def test_words_that_change_before_they_are_sent_are_sent_once(office: Office, tina: Phone) -> None:
    for words in ("eins", "zwei", "drei"):
        await office.put_card(tina.id, words)
    async with running(office):
        await office.settles()
        await office.put_card(tina.id, "drei")
        await office.settles()
    assert office.texts(tina.id) == ["drei"] and not office.calls("editMessageText")


async def test_words_that_are_taken_back_while_they_are_on_their_way(
    office: Office, sim: Simulator, tina: Phone
) -> None:
    async with running(office):
        await office.put_card(tina.id, "50")
        await office.settles()
        sim.fault("editMessageText", "slow", seconds=0.4)
        await office.put_card(tina.id, "51")
        await office.until(office.on_its_way)
        await office.put_card(tina.id, "50")
        await office.settles()
    assert [m.text for m in tina.messages[1:]] == ["50"]


async def test_a_card_that_was_deleted_comes_anew(office: Office, api: Api, tina: Phone) -> None:
    async with running(office):
        await office.put_card(tina.id, "eins")
        await office.settles()
        await api.call("deleteMessage", {"chat_id": tina.id, "message_id": tina.last.message_id})
        await office.put_card(tina.id, "zwei")
        await office.settles()
        await office.put_card(tina.id, "drei")
        await office.settles()
        assert [m.text for m in tina.messages[1:]] == ["drei"]
        await office.put_card(tina.id, "vier")
        await office.settles()
    assert [m.text for m in tina.messages[1:]] == ["vier"], "from then on it is edited in place again"


@pytest.mark.parametrize("text", ["message to edit not found", "message can't be edited"])
async def test_an_edit_of_a_message_that_is_gone_is_said_anew(
    office: Office, sim: Simulator, tina: Phone, text: str
) -> None:
    async with running(office):
        await office.post((tina.id, "alt"))
        await office.settles()
        sim.fault("editMessageText", "refuse", text=text)
        edit = Parcel(chat_id=tina.id, body=body("neu"), kind="edit", message_id=tina.last.message_id,
                      made_at=office.clock.now())  # fmt: skip
        await office.store.work(lambda tx: outbox.add(tx, [edit]))
        office.sender.bell.ring()
        assert await office.settles() == ["sent", "sent"]
    assert [m.text for m in tina.messages[1:]] == ["alt", "neu"]


async def test_the_same_words_again_are_no_trouble(office: Office, store: Store, sim: Simulator, tina: Phone) -> None:
    async with running(office):
        await office.put_card(tina.id, "eins")
        await office.settles()
        sim.fault("editMessageText", "refuse", text="message is not modified: specified new message content")
        await office.put_card(tina.id, "zwei")
        assert await office.settles() == ["sent", "sent"]
    card = await store.work(lambda tx: cards.get(tx, "card"))
    assert card is not None and card.message_id == tina.last.message_id and card.shown == card.body


async def test_a_card_is_lifted_to_the_foot_of_the_chat(office: Office, store: Store, tina: Phone) -> None:
    async with running(office):
        await office.put_card(tina.id, "eins")
        await office.settles()
        await office.post((tina.id, "dazwischen"))
        await office.settles()
        await store.work(lambda tx: cards.lift(tx, "card"))
        await office.put_card(tina.id, "eins")
        await office.settles()
    assert [m.text for m in tina.messages[1:]] == ["eins", "dazwischen", "eins"]


async def test_a_card_is_lifted_while_its_edit_waits_to_be_tried_again(
    office: Office, store: Store, sim: Simulator, tina: Phone
) -> None:  # fmt: skip
    async with running(office):
        await office.put_card(tina.id, "eins")
        await office.settles()
        sim.fault("editMessageText", "502")
        await office.put_card(tina.id, "zwei")
        await office.until(lambda: len(office.calls("editMessageText")) == 1)
        await store.work(lambda tx: cards.lift(tx, "card"))
        await office.put_card(tina.id, "zwei")
        await office.settles()
    assert [m.text for m in tina.messages[1:]] == ["eins", "zwei"]


@pytest.mark.parametrize("words", ["zwei", "drei"])
async def test_a_card_is_lifted_while_an_edit_is_on_its_way(
    office: Office, store: Store, sim: Simulator, tina: Phone, words: str
) -> None:  # fmt: skip
    """Somebody asks for the card at the very moment at which it is being edited: it comes to the foot all the same."""
    async with running(office):
        await office.put_card(tina.id, "eins")
        await office.settles()
        sim.fault("editMessageText", "slow", seconds=0.5)
        await office.put_card(tina.id, "zwei")
        await office.until(office.on_its_way)
        await store.work(lambda tx: cards.lift(tx, "card"))
        await office.put_card(tina.id, words)
        await office.settles()
        await office.put_card(tina.id, "vier")
        await office.settles()
    assert [m.text for m in tina.messages[1:]] == ["zwei", "vier"], "from now on the new one is edited"


async def test_a_card_s_answer_that_got_lost(office: Office, sim: Simulator, tina: Phone) -> None:
    async with running(office):
        await office.put_card(tina.id, "eins")
        await office.settles()
        sim.fault("editMessageText", "accept_close")
        await office.put_card(tina.id, "zwei")
        assert await office.settles() == ["sent", "sent"], "the second edit changes nothing, which is benign"
    assert [m.text for m in tina.messages[1:]] == ["zwei"]
