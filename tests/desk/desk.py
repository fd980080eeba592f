"""The desk for tests: our pages over the stage's database and clock; the cast sign in by the chat, and look and press.

async with desk(stage) as d:
    page = await d.get("Clara", "/desk/today")        # .status, .html, .words (what one reads, in one line)
    done = await d.post("Clara", "/desk/rolls/1/close", {"reason": "…"})   # with the proof that forms bring
"""

from __future__ import annotations

import html as escaping
import io
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientResponse, DummyCookieJar, FormData, web
from aiohttp.test_utils import TestClient, TestServer
from msgspec import Struct

from actions import desk_sessions as deeds
from desk.answers import Setting, no_shelf
from desk.events import Live
from desk.proofs import csrf_of
from desk.serving import Serving
from desk.visits import Way
from desk.ways import WAYS, install
from rules import init_data
from storage import desk_sessions
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.stage import Stage

TOKEN = "1:TEST"
Fetch = Callable[[str], Awaitable[bytes]]
TAG = re.compile(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", re.S)
CSRF = re.compile(r'name="csrf" (?:content|value)="([0-9a-f]*)"')


class Seen(Struct):
    """What came back."""

    status: int
    html: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def words(self) -> str:
        """What one reads, in one line."""
        return " ".join(escaping.unescape(TAG.sub(" ", self.html)).split())

    @property
    def to(self) -> str:
        """Where it leads."""
        return self.headers.get("Location", "")


class Desk:
    """The server with a browser for each of the cast."""

    def __init__(self, stage: Stage, client: TestClient[Any, Any], serving: Serving, live: Live) -> None:
        self.stage, self.client, self.serving, self.live = stage, client, serving, live
        self.cookies: dict[str, str] = {}
        self.proofs: dict[str, str] = {}

    @property
    def origin(self) -> str:
        return deeds.origin()

    async def link(self, name: str) -> str:
        """Somebody asks for the desk in the chat; gives the way that the link leads."""
        await self.stage.says(name, "/desk")
        found = re.search(r"https?://\S+/desk/in/[\w-]+", self.stage.last(name).plain)
        assert found, self.stage.last(name).plain
        return urlsplit(found[0]).path

    async def signs_in(self, name: str) -> Seen:
        """By the link from the chat."""
        path = await self.link(name)
        entered = await self.raw("POST", path, headers={"Origin": self.origin})
        assert entered.status == 303, entered.words
        self.cookies[name] = entered.headers["Set-Cookie"].split(";")[0]
        self.proofs.pop(name, None)
        return entered

    async def forced_in(self, name: str) -> None:
        """A session without asking for rights: what somebody would have whose rights have gone."""
        token, now = secrets.token_urlsafe(32), self.stage.clock.now()
        hashed, account = deeds.hashed(token), ACCOUNTS[name]
        until = now + timedelta(hours=12)
        await self.stage.store.work(lambda tx: desk_sessions.add(tx, hashed, account, deeds.BROWSER, until, now))
        self.cookies[name] = f"desk={token}"
        self.proofs[name] = csrf_of(token)

    async def oscar_teaches(self) -> None:
        """Oscar is class teacher of the autumn class, and at the desk: he has rights, and none here."""

        async def promoted(tx: Tx) -> None:
            await tx.do("update member set roles = 'class_teacher' where account_id = :id", {"id": ACCOUNTS["Oscar"]})

        await self.stage.store.work(promoted)
        await self.signs_in("Oscar")

    async def get(self, name: str, path: str, **headers: str) -> Seen:
        """Somebody opens a page; "" is nobody. Who is not signed in signs in first."""
        await self._in(name)
        return await self.raw("GET", path, headers={**self._cookie(name), **headers})

    async def follow(self, name: str, seen: Seen) -> Seen:
        """Go where it leads."""
        assert seen.status == 303, f"{seen.status} {seen.words}"
        return await self.get(name, seen.to)

    async def post(self, name: str, path: str, fields: Mapping[str, Any] | None = None, **headers: str) -> Seen:
        """Somebody presses a button of a form; with the form's own proof."""
        await self._in(name)
        if name and name not in self.proofs:
            found = CSRF.search((await self.get(name, "/desk/devices")).html)
            assert found and found[1]
            self.proofs[name] = found[1]
        data = FormData({"csrf": self.proofs.get(name, "")})
        for key, value in (fields or {}).items():
            for one in value if isinstance(value, list | tuple) else [value]:
                if isinstance(one, bytes):
                    data.add_field(key, io.BytesIO(one), filename=f"{key}.bin")
                else:
                    data.add_field(key, str(one))
        sent = {"Origin": self.origin, **self._cookie(name), **headers}
        seen = await self.raw("POST", path, data=data, headers=sent)
        await self.stage.settle()
        return seen

    async def raw(self, method: str, path: str, **more: Any) -> Seen:
        """Any request at all."""
        async with self.client.request(method, path, allow_redirects=False, **more) as answer:
            return await _seen(answer)

    async def _in(self, name: str) -> None:
        if name and name not in self.cookies:
            await self.signs_in(name)

    def _cookie(self, name: str) -> dict[str, str]:
        return {"Cookie": self.cookies[name]} if name else {}


async def _seen(answer: ClientResponse) -> Seen:
    body = await answer.read()
    is_text = answer.content_type.startswith(("text/", "application/json", "image/svg"))
    return Seen(answer.status, body.decode() if is_text else "", answer.headers, body)


@asynccontextmanager
async def desk(stage: Stage, ways: Mapping[str, Way] = WAYS, fetch: Fetch = no_shelf) -> AsyncIterator[Desk]:
    """Our pages, on the stage's clock; or a table of a test's own. `fetch` reads what stands on a shelf."""
    setting = Setting(
        store=stage.store, now=stage.clock.now, key=init_data.key_of(TOKEN), signed_at=stage.clock.of_message,
        fetch=fetch,
    )  # fmt: skip
    app = web.Application()
    serving, live = install(app, setting, ways)
    async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:
        deeds.serve_at(str(client.make_url("/")))
        try:
            yield Desk(stage, client, serving, live)
        finally:
            deeds.serve_at("")
