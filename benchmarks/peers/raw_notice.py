"""One message to everybody at an even pace, and nothing else: aiohttp, no database. It cannot be done sooner."""

from __future__ import annotations

import asyncio

import aiohttp

from benchmarks.peers.raw_echo import Echo
from benchmarks.peers.wish import NOTICE, Wish, wish


async def run(told: Wish) -> None:
    """Wait for a word, then send to each person when the time has come, whatever became of the others."""
    connector = aiohttp.TCPConnector(limit=64)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=60)) as session:
        echo, offset = Echo(told, session), 0
        while True:
            for update in await echo.call("getUpdates", offset=offset, timeout=25, limit=100):
                offset = update["update_id"] + 1
                if "text" in update.get("message", {}):
                    await send(echo, told)


async def send(echo: Echo, told: Wish) -> None:
    """All of them, each in a task of its own."""
    loop = asyncio.get_running_loop()
    begun, tasks = loop.time(), []
    for n in range(told.people):
        await asyncio.sleep(max(0.0, begun + n / told.per_second - loop.time()))
        tasks.append(asyncio.create_task(echo.call("sendMessage", chat_id=told.first + n, text=NOTICE)))
    await asyncio.gather(*tasks)


if __name__ == "__main__":
    asyncio.run(run(wish()))
