"""getUpdates: offsets, long polls, conflicts, expiry, wanted kinds."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import pytest
from telegram import Bot
from telegram.error import Conflict

from simulator import Phone, Simulator


async def test_offsets(bot: Bot, tina: Phone) -> None:
    await tina.start()
    for n in range(4):
        await tina.says(str(n))
    updates = await bot.get_updates(limit=2)
    assert [update.message.text for update in updates] == ["/start", "0"]
    rest = await bot.get_updates(offset=updates[-1].update_id + 1)
    assert [update.message.text for update in rest] == ["1", "2", "3"]
    last = await bot.get_updates(offset=-1)
    assert [update.message.text for update in last] == ["3"]
    assert [update.message.text for update in await bot.get_updates(offset=1)] == ["3"]


async def test_long_poll_wakes(bot: Bot, tina: Phone) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.sleep(0.05)
    begun = time.monotonic()
    await tina.start()
    assert len(await poll) == 1
    assert time.monotonic() - begun < 1


async def test_second_poll_ends_the_first(bot: Bot, tina: Phone) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(bot.get_updates(timeout=10))
    with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot"):
        await first
    await tina.start()
    assert len(await second) == 1


async def test_wanted_kinds_hold_from_creation(bot: Bot, tina: Phone) -> None:
    await tina.start()
    await bot.get_updates(allowed_updates=["callback_query"])
    await tina.says("nicht gewollt")
    assert [update.message.text for update in await bot.get_updates(offset=1)] == ["/start"]
    await bot.get_updates(offset=2, allowed_updates=[])
    await tina.says("wieder")
    assert (await bot.get_updates(offset=-1))[0].message.text == "wieder"


async def test_messages_expire_after_a_day(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    sim.clock.advance(86_399)
    await tina.says("frisch")
    sim.clock.advance(2)
    assert [update.message.text for update in await bot.get_updates()] == ["frisch"]


async def test_raw_updates(http: aiohttp.ClientSession, tina: Phone) -> None:
    await http.post("/sim/raw", json={"message": {"odd": True}})
    await http.post("/sim/raw", json={"bot": 1, "update": {"update_id": "weird", "strange": []}})
    async with http.get("/bot1:TEST/getUpdates") as answer:
        result = (await answer.json())["result"]
    assert result[0]["message"] == {"odd": True} and result[1] == {"update_id": "weird", "strange": []}


async def test_burst(http: aiohttp.ClientSession, bot: Bot) -> None:
    async with http.post("/sim/burst", json={"messages": 50, "people": 7, "text": "n{n}"}) as answer:
        assert len((await answer.json())["people"]) == 7
    updates = await bot.get_updates()
    assert len(updates) == 50 and len({update.effective_user.id for update in updates}) == 7
    assert updates[49].message.text == "n49"
