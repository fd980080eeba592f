"""The projector page for tests: our server over the stage's database and clock, and what stands on the page."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from actions import screens as deeds
from desk import screens
from tests.stage import Stage

Web = TestClient[Any, Any]
BOT = "tongxue_test_bot"
TAG = re.compile(r"<[^>]+>")


@contextmanager
def served_at(url: str) -> Iterator[None]:
    """Our pages are found there."""
    deeds.serve_at(url)
    yield
    deeds.serve_at("")


@asynccontextmanager
async def served(stage: Stage, name: str = BOT) -> AsyncIterator[Web]:
    """Our server, on the stage's clock."""
    app = web.Application()
    app.add_routes(screens.routes(stage.store, stage.clock.now, lambda: name))
    async with TestClient(TestServer(app)) as client:
        with served_at(str(client.make_url("/"))):
            yield client


async def path_for(stage: Stage, name: str = "Clara") -> str:
    """Somebody asks for the projector page in the chat; gives the way to it."""
    await stage.says(name, "/screen")
    found, _ = [key.url for key in stage.last(name).buttons if key.url]
    return "/screen/" + found.rpartition("/")[2]


async def text_of(client: Web, path: str) -> str:
    """The whole page as the server draws it."""
    async with client.get(path) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.text()


def words(html: str) -> str:
    """What one reads, in one line."""
    return " ".join(TAG.sub(" ", html).split())
