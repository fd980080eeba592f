"""Every tap is answered once, in time, whatever happens to its turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.dispatcher import Toast
from bot.taps import Taps
from bot.transport import Api
from simulator import Phone, Simulator


@pytest.fixture
async def taps(api: Api) -> AsyncIterator[Taps]:
    made = Taps(api, patience=0.3)
    yield made
    await made.close()


async def tapped(api: Api, tina: Phone) -> str:
    """Tina taps a button; gives the id of her query."""
    markup = {"inline_keyboard": [[{"text": "收到", "callback_data": "ack:1"}]]}
    await api.call("sendMessage", {"chat_id": tina.id, "text": "通知", "reply_markup": markup})
    return await tina.taps("收到")


def answers(sim: Simulator) -> list[dict[str, object]]:
    return [entry.params for entry in sim.journal.of("answerCallbackQuery")]


async def test_a_tap_is_answered_once_by_its_turn(taps: Taps, api: Api, sim: Simulator, tina: Phone) -> None:
    query = await tapped(api, tina)
    taps.seen(query)
    taps.seen(query)
    taps.answer(Toast(query, "知道了", alert=True))
    await asyncio.sleep(0.6)
    assert answers(sim) == [{"callback_query_id": query, "text": "知道了", "show_alert": True}]
    assert tina.toasts == ["知道了"]


async def test_a_tap_that_no_turn_answers_is_answered_by_the_timer(
    taps: Taps, api: Api, sim: Simulator, tina: Phone
) -> None:
    query = await tapped(api, tina)
    taps.seen(query)
    assert not answers(sim)
    await asyncio.sleep(0.6)
    assert answers(sim) == [{"callback_query_id": query}]


async def test_a_tap_whose_answer_is_too_late_or_lost_is_no_trouble(
    taps: Taps, api: Api, sim: Simulator, tina: Phone
) -> None:
    taps.answer(Toast("long-ago", "zu spät"))
    query = await tapped(api, tina)
    sim.fault("answerCallbackQuery", "close")
    taps.answer(Toast(query))
    await taps.close()
    assert len(answers(sim)) == 2


async def test_the_end_leaves_no_timer_behind(api: Api, sim: Simulator) -> None:
    taps = Taps(api, patience=0.1)
    taps.seen("q")
    await taps.close()
    await asyncio.sleep(0.2)
    assert not answers(sim)
