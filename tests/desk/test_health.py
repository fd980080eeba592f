"""What a monitor outside asks: whether the program lives, and whether its clock strikes (SCH-12)."""

from __future__ import annotations

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from desk import health


@pytest.mark.parametrize(
    ("state", "status"), [({"clock_stands_still": True}, 503), ({"clock_stands_still": False}, 200)]
)
async def test_a_clock_that_stands_still_is_an_alarm(state: dict[str, object], status: int) -> None:
    async def check() -> dict[str, object]:
        return state

    app = web.Application()
    app.add_routes(health.routes(check))
    async with TestClient(TestServer(app)) as client, client.get("/healthz") as answer:
        assert answer.status == status
