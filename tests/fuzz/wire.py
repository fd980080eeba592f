"""Requests byte by byte, as no browser sends them, to a server that has every page and door of ours."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from aiohttp import web
from aiohttp.test_utils import TestServer
from msgspec import Struct

from actions import desk_sessions as deeds
from actions import screens as screen_deeds
from bot.clock import Bell
from bot.intake import Keeper
from desk import health, metrics, screens
from desk.answers import Setting
from desk.proofs import csrf_of
from desk.ways import install
from desk.webhook import BODY_LIMIT, webhook
from rules import init_data
from storage import desk_sessions, inbox
from tests.cast import ACCOUNTS
from tests.desk.desk import TOKEN
from tests.stage import Stage

SECRET, SCRAPE = "geheim-1", "zähler-1"
PATIENCE = 20.0

Head = tuple[bytes, bytes]


class Heard(Struct, frozen=True):
    """An answer; status 0 where the line was closed without one."""

    status: int
    head: bytes
    body: bytes

    @property
    def words(self) -> str:
        return self.body.decode("utf-8", "replace")


class Wire:
    """The server, and who is signed in."""

    def __init__(self, stage: Stage, port: int) -> None:
        self.stage, self.port = stage, port
        self.tokens: dict[str, str] = {}

    @property
    def origin(self) -> bytes:
        return f"http://127.0.0.1:{self.port}".encode()

    async def signs_in(self, name: str) -> None:
        """A session as the doors open it."""
        token, now = secrets.token_urlsafe(32), self.stage.clock.now()
        hashed, until = deeds.hashed(token), now + timedelta(hours=12)
        account = ACCOUNTS[name]
        await self.stage.store.work(lambda tx: desk_sessions.add(tx, hashed, account, deeds.BROWSER, until, now))
        self.tokens[name] = token

    def known_as(self, name: str) -> list[Head]:
        """What a browser sends of itself; nobody ("") has no cookie."""
        if not name:
            return [(b"Origin", self.origin)]
        token = self.tokens[name]
        return [
            (b"Cookie", f"desk={token}".encode()),
            (b"Origin", self.origin),
            (b"Desk-Csrf", csrf_of(token).encode()),
        ]

    async def ask(self, method: str | bytes, path: str | bytes, head: Sequence[Head] = (), body: bytes = b"") -> Heard:
        """One request on a line of its own."""
        first = b"%b %b HTTP/1.1" % tuple(p if isinstance(p, bytes) else p.encode() for p in (method, path))
        lines = [first, b"Host: 127.0.0.1", b"Connection: close", *(b"%b: %b" % pair for pair in head)]
        if body and not any(name.lower() in (b"content-length", b"transfer-encoding") for name, _ in head):
            lines.append(b"Content-Length: %d" % len(body))
        return await self.raw(b"\r\n".join([*lines, b"", b""]) + body)

    async def raw(self, sent: bytes, *, hang_up: bool = False) -> Heard:
        """These bytes; with `hang_up` nothing more comes, so that nobody waits for the rest."""
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            try:
                writer.write(sent)
                if hang_up:
                    writer.write_eof()
                answer = await reader.read()
            except ConnectionError:  # the server hung up while we were still speaking
                answer = b""
            finally:
                writer.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        return Heard(int(head[9:12]) if head.startswith(b"HTTP/") else 0, head, body)


@asynccontextmanager
async def wire(stage: Stage) -> AsyncIterator[Wire]:
    """Everything that bot/app.py serves, on the stage's clock and database."""

    async def state() -> dict[str, object]:
        return {"inbox_waiting": await stage.store.work(inbox.waiting)}

    async def numbers() -> dict[str, float]:
        return {"inbox_waiting": float(await stage.store.work(inbox.waiting))}

    keeper = Keeper(stage.store, stage.clock, 7, Bell())
    app = web.Application(client_max_size=BODY_LIMIT)
    app.add_routes(health.routes(state))
    app.add_routes(metrics.routes(metrics.Metrics(), numbers, SCRAPE))
    app.add_routes(screens.routes(stage.store, stage.clock.now, lambda: "tongxue_test_bot"))
    key = init_data.key_of(TOKEN)
    install(app, Setting(store=stage.store, now=stage.clock.now, key=key, signed_at=stage.clock.of_message))
    app.router.add_post("/hook", webhook(SECRET, keeper.keep, keeper.is_full))
    server = TestServer(app, host="127.0.0.1")
    await server.start_server(access_log=None)
    try:
        assert server.port is not None
        made = Wire(stage, server.port)
        deeds.serve_at(made.origin.decode())
        screen_deeds.serve_at(made.origin.decode())
        yield made
    finally:
        deeds.serve_at("")
        screen_deeds.serve_at("")
        await server.close()
