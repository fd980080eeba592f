"""The least there is: aiohttp, json and no database. What is slower than this is what the rest costs."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
from aiohttp import web
from msgspec import json

from benchmarks.peers.wish import Wish, answer, wish


class Echo:
    """Answers every message."""

    def __init__(self, told: Wish, session: aiohttp.ClientSession) -> None:
        self.told, self.session = told, session
        self.root = f"{told.api}/bot{told.token}/"
        self.tasks: set[asyncio.Task[None]] = set()

    async def call(self, method: str, **params: Any) -> Any:
        """One call of the Bot API."""
        async with self.session.post(
            self.root + method, data=json.encode(params), headers={"Content-Type": "application/json"}
        ) as reply:
            return json.decode(await reply.read())["result"]

    async def say(self, chat: int, text: str) -> None:
        """Answer one message."""
        await self.call("sendMessage", chat_id=chat, text=answer(text))

    def take(self, update: Any) -> None:
        """Answer in a task of its own."""
        message = update.get("message")
        if message and "text" in message:
            task = asyncio.create_task(self.say(message["chat"]["id"], message["text"]))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def poll(self) -> None:
        """Ask, answer, ask again."""
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=25, limit=100):
                offset = update["update_id"] + 1
                self.take(update)

    async def hook(self, request: web.Request) -> web.Response:
        """Take one update from the webhook."""
        self.take(json.decode(await request.read()))
        return web.Response()

    async def listen(self) -> None:
        """Open the webhook's door."""
        app = web.Application()
        app.router.add_post("/hook", self.hook)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.told.port).start()
        await self.call("setWebhook", url=f"http://127.0.0.1:{self.told.port}/hook", secret_token="bench")
        await asyncio.Event().wait()


async def run(told: Wish) -> None:
    """Answer until killed."""
    connector = aiohttp.TCPConnector(limit=64)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=60)) as session:
        echo = Echo(told, session)
        await (echo.listen() if told.port else echo.poll())


if __name__ == "__main__":
    asyncio.run(run(wish()))
