"""Faults on purpose and flood limits."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from simulator import Phone, Simulator


async def test_accepted_and_then_closed(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    sim.fault("sendMessage", "accept_close")
    with pytest.raises(NetworkError):
        await bot.send_message(tina.id, "angekommen")
    assert tina.last.text == "angekommen"
    entry = sim.journal.of("sendMessage")[-1]
    assert (entry.status, entry.fault) == (200, "accept_close")
    assert (await bot.send_message(tina.id, "heil")).text == "heil"


async def test_closed_before_reading(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    sim.fault("sendMessage", "close")
    with pytest.raises(NetworkError):
        await bot.send_message(tina.id, "x")
    assert tina.last.text == "/start" and sim.journal[-1].status == 0


async def test_stall_and_slow(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    sim.fault("sendMessage", "accept_stall")
    with pytest.raises(TimedOut):
        await bot.send_message(tina.id, "hängt", read_timeout=0.2)
    assert tina.last.text == "hängt"
    sim.fault("sendMessage", "slow", seconds=0.2)
    begun = time.monotonic()
    await bot.send_message(tina.id, "langsam")
    assert time.monotonic() - begun > 0.19


async def test_error_codes(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    sim.fault("sendMessage", "429", retry_after=7)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(tina.id, "x")
    assert caught.value.retry_after.total_seconds() == 7
    for kind in ("500", "502", "504"):
        sim.fault("sendMessage", kind)
        with pytest.raises(NetworkError):
            await bot.send_message(tina.id, "x")
    sim.fault("sendMessage", "refuse", text="something odd", chat=tina.id)
    with pytest.raises(BadRequest, match="Something odd"):
        await bot.send_message(tina.id, "x")
    assert tina.last.text == "/start"


async def test_closed_for_one_chat_only(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    tom = sim.person("Tom")
    await tom.start()
    sim.fault("sendMessage", "close", chat=tina.id)
    await bot.send_message(tom.id, "x")
    with pytest.raises(NetworkError):
        await bot.send_message(tina.id, "x")
    assert tina.last.text == "/start"


async def test_only_the_named_call_after_some(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    sim.fault("sendMessage", "refuse", after=1)
    await bot.send_message(tina.id, "1")
    await bot.get_me()
    with pytest.raises(BadRequest):
        await bot.send_message(tina.id, "2")
    await bot.send_message(tina.id, "3")


async def test_updates_doubled_shuffled_and_odd(sim: Simulator, http: aiohttp.ClientSession, tina: Phone) -> None:
    await tina.start()
    sim.fault("", "duplicate")
    await tina.says("a")
    sim.fault("", "reorder")
    await tina.says("b")
    await tina.says("c")
    sim.fault("", "poison")
    await tina.says("d")
    async with http.get("/bot1:TEST/getUpdates") as answer:
        result = (await answer.json())["result"]
    assert [one["message"].get("text") for one in result] == ["/start", "a", "a", "c", "b", None, "d"]
    assert result[1]["update_id"] == result[2]["update_id"]


async def test_faults_over_http(http: aiohttp.ClientSession) -> None:
    async with http.put("/sim/faults", json=[{"kind": "429", "retry_after": 3, "times": 1}]) as answer:
        assert answer.status == 200
    async with http.get("/bot1:TEST/getMe") as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, "3")
        assert (await answer.json())["parameters"] == {"retry_after": 3}
    async with http.get("/sim/faults") as answer:
        assert await answer.json() == []
    async with http.put("/sim/faults", json=[{"kind": "meteor"}]) as answer:
        assert answer.status == 400


async def test_floods(http: aiohttp.ClientSession, sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    await http.put("/sim/limits", json={"on": True})
    for n in range(4):
        await bot.send_message(tina.id, str(n))
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(tina.id, "zu viel")
    assert caught.value.retry_after.total_seconds() == 1
    others = [sim.person(f"P{n}") for n in range(90)]
    for other in others:
        await other.start()
    results = await asyncio.gather(*(bot.send_message(one.id, "x") for one in others), return_exceptions=True)
    assert 0 < sum(isinstance(one, RetryAfter) for one in results) < 70


async def test_set_webhook_once_a_second(sim: Simulator, bot: Bot) -> None:
    sim.floods.on = True
    await bot.set_webhook("http://127.0.0.1:9/x")
    with pytest.raises(RetryAfter):
        await bot.set_webhook("http://127.0.0.1:9/y")
