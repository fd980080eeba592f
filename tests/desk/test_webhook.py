"""The webhook: whoever is not Telegram is sent away, what cannot be kept is not confirmed; and health beside it."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import Bell, Clock
from bot.intake import Keeper
from desk import health
from desk.webhook import BODY_LIMIT, SECRET_HEADER, webhook
from storage import inbox
from storage.tx import Store
from tests.bot.outages import come_back, go_down

SECRET = "geheim-1"
UPDATE = b'{"update_id":1,"message":{"message_id":1,"chat":{"id":101},"text":"\xe7\xad\xbe\xe5\x88\xb0"}}'
HEADERS = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}

Web = TestClient[Any, Any]


@pytest.fixture
async def client(store: Store) -> AsyncIterator[Web]:
    """Our server over each kind of database."""
    keeper = Keeper(store, Clock(), 7, Bell())

    async def check() -> dict[str, object]:
        return {"inbox_waiting": await store.work(inbox.waiting)}

    app = web.Application(client_max_size=BODY_LIMIT)
    app.router.add_post("/hook", webhook(SECRET, keeper.keep, keeper.is_full))
    app.add_routes(health.routes(check))
    async with TestClient(TestServer(app)) as made:
        yield made


async def status(client: Web, body: bytes = UPDATE, **headers: str) -> int:
    async with client.post("/hook", data=io.BytesIO(body), headers={**HEADERS, **headers}) as answer:
        return answer.status


async def kept(store: Store) -> list[str]:
    found = await store.work(lambda tx: inbox.next_of(tx, None, datetime.now(UTC), 100))
    return [letter.raw for letter in found]


async def test_an_update_is_on_disk_when_it_is_confirmed(client: Web, store: Store) -> None:
    assert await status(client) == 200
    assert await kept(store) == [UPDATE.decode()]
    assert await status(client) == 200, "Telegram may bring it again"
    assert len(await kept(store)) == 1


async def test_a_charset_may_stand_beside_the_type(client: Web) -> None:
    assert await status(client, **{"Content-Type": "application/json; charset=utf-8"}) == 200


@pytest.mark.parametrize("secret", ["", "geheim", "geheim-2", "GEHEIM-1", "gehéim"])
async def test_a_wrong_secret(client: Web, store: Store, secret: str) -> None:
    assert await status(client, **{SECRET_HEADER: secret}) == 403
    async with client.post("/hook", json={}) as answer:
        assert answer.status == 403
    assert await kept(store) == []


async def test_a_wrong_type(client: Web, store: Store) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/jsonx"):
        assert await status(client, **{"Content-Type": kind}) == 415
    assert await kept(store) == []


async def test_a_body_that_is_too_large(client: Web, store: Store) -> None:
    assert await status(client, b'{"update_id":1,"x":"' + b"a" * BODY_LIMIT + b'"}') == 413
    assert await status(client, b'{"update_id":2,"x":"' + b"a" * (BODY_LIMIT - 100) + b'"}') == 200
    assert len(await kept(store)) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"null", b"update_id=1", b'{"update_id":\xff}'])
async def test_no_json(client: Web, store: Store, body: bytes) -> None:
    assert await status(client, body) == 400
    assert await kept(store) == []


async def test_other_methods(client: Web) -> None:
    async with client.get("/hook", headers=HEADERS) as answer:
        assert answer.status == 405


async def test_the_database_is_down(client: Web, store: Store) -> None:
    await go_down(store)
    async with client.post("/hook", data=UPDATE, headers=HEADERS) as answer:
        assert answer.status == 503 and int(answer.headers["Retry-After"]) > 0
        assert await answer.text() == ""
    async with client.get("/readyz") as answer:
        assert answer.status == 503 and not (await answer.json())["ok"]
    async with client.get("/healthz") as answer:
        assert answer.status == 200, "the program lives all the same"
    await come_back(store)
    assert await status(client) == 200


async def test_the_inbox_is_full(client: Web, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.intake.HIGH_WATER", 2)
    for number in range(3):
        assert await status(client, b'{"update_id":%d}' % number) == 200
    async with client.post("/hook", data=UPDATE, headers=HEADERS) as answer:
        assert answer.status == 503 and "Retry-After" in answer.headers
    assert len(await kept(store)) == 3


async def test_health(client: Web) -> None:
    await status(client)
    async with client.get("/healthz") as answer:
        assert await answer.json() == {"ok": True}
    async with client.get("/readyz") as answer:
        assert answer.status == 200 and await answer.json() == {"ok": True, "inbox_waiting": 1}
