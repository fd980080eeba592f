"""The loop that most bots have: python-telegram-bot, send, sleep, the next one; no database, and nobody is chased."""

from __future__ import annotations

import asyncio

from telegram import Bot

from benchmarks.peers.wish import NOTICE, Wish, wish


async def run(told: Wish) -> None:
    """Wait for a word, then send to one person after the other."""
    offset = 0
    async with Bot(told.token, base_url=f"{told.api}/bot") as bot:
        while True:
            for update in await bot.get_updates(offset=offset, timeout=25):
                offset = update.update_id + 1
                if update.message is None or not update.message.text:
                    continue
                for n in range(told.people):
                    await bot.send_message(told.first + n, NOTICE)
                    await asyncio.sleep(1 / told.per_second)


if __name__ == "__main__":
    asyncio.run(run(wish()))
