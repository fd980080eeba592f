"""The simulator as one thing: the simulated Telegram with its web server and its state file."""

from __future__ import annotations

import asyncio
import functools
from pathlib import Path
from types import TracebackType
from typing import Any

from aiohttp import web

from simulator.botside import BotSide, refusal_answer
from simulator.controls import Controls
from simulator.core import Telegram
from simulator.faults import Fault
from simulator.model import Account
from simulator.peopleside import PeopleSide
from simulator.phone import Phone
from simulator.queues import RESTART
from simulator.refusal import Refusal
from simulator.state import load, save

PAGE = Path(__file__).parent / "page"
UPLOAD_MOST = 52 * 1024 * 1024
SAVE_EVERY = 3.0


class Simulator(Telegram):
    """A small Telegram on this machine; use it with `async with`, then `.url`."""

    def __init__(self, port: int = 0, host: str = "127.0.0.1", state: str | Path | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.host, self.port = host, port
        self.state = Path(state) if state else None
        self.bot_side = BotSide(self)
        self._runner: web.AppRunner | None = None
        self._saver: asyncio.Task[None] | None = None
        self._saved = 0
        if self.state is not None:
            load(self, self.state)

    @property
    def url(self) -> str:
        """Where it listens, with a slash at the end."""
        return f"http://{self.host}:{self.port}/"

    async def __aenter__(self) -> Simulator:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def open(self) -> None:
        """Begin to listen."""
        self._runner = web.AppRunner(self.app(), access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        for hook in self.hooks.values():
            hook.wake()
        if self.state is not None:
            self._saver = asyncio.create_task(self._keep_saving())

    async def close(self) -> None:
        """Stop listening and save."""
        for queue in self.queues.values():
            queue.end_poll(RESTART)
        for hook in self.hooks.values():
            await hook.rest()
        if self._saver is not None:
            self._saver.cancel()
            await asyncio.gather(self._saver, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()
        self.save()

    def save(self) -> None:
        """Write the state file if anything changed."""
        if self.state is not None and self._saved != self.changes:
            self._saved = self.changes
            save(self, self.state)

    async def _keep_saving(self) -> None:
        while True:
            await asyncio.sleep(SAVE_EVERY)
            self.save()

    def know(self, account: Account) -> None:
        """Give a bot its queue, and let its webhook's answers carry calls."""
        super().know(account)
        self.hooks[account.id].on_reply = functools.partial(self.bot_side.on_reply, account)

    def app(self) -> web.Application:
        """The web application."""
        app = web.Application(client_max_size=UPLOAD_MOST, middlewares=[json_errors])
        app.add_routes(self.bot_side.routes())
        app.add_routes(PeopleSide(self).routes())
        app.add_routes(Controls(self).routes())
        app.add_routes([web.get("/", page), web.get("/page/{name}", page)])
        return app

    # ---- for tests ---------------------------------------------------------------------------------

    def person(self, name: str, lang: str = "zh", *, id: int = 0, **fields: Any) -> Phone:
        """A new person with a phone; `id` where a test knows the account already."""
        if id:
            self.world.next_person = id
        return Phone(self, self.add_person(name, lang=lang, **fields))

    def fault(self, method: str, kind: str, **fields: Any) -> Fault:
        """Add a fault for a method ("": any, or a fault of updates), once unless `times` says otherwise."""
        one = {"kind": kind, "method": method, "times": 1, **fields}
        return self.faults.add(Fault(**one))


async def page(request: web.Request) -> web.StreamResponse:
    """The page and its parts, never cached for long."""
    path = PAGE / request.match_info.get("name", "index.html")
    if path.parent != PAGE or not path.is_file():
        return web.Response(status=404)
    return web.FileResponse(path, headers={"Cache-Control": "no-cache"})


@web.middleware
async def json_errors(request: web.Request, handler: Any) -> web.StreamResponse:
    """An address that is none is answered as Telegram does."""
    try:
        answer: web.StreamResponse = await handler(request)
        return answer
    except web.HTTPNotFound:
        return refusal_answer(Refusal(404))
