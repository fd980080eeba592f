"""A simulator with one bot, Tina's phone, and the real client."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import aiohttp
import pytest
from playwright.async_api import Browser, async_playwright
from telegram import Bot
from telegram.request import HTTPXRequest

from simulator import Phone, Simulator
from tests.simulator.screen import CHROMIUM

TOKEN = "1:TEST"
os.environ["PTB_TIMEDELTA"] = "1"


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator(limits=False) as made:
        made.add_bot(TOKEN, "tongxue_bot", "同学")
        yield made


@pytest.fixture
def tina(sim: Simulator) -> Phone:
    return sim.person("Tina")


@pytest.fixture
async def bot(sim: Simulator) -> AsyncIterator[Bot]:
    request, updates = HTTPXRequest(connection_pool_size=20), HTTPXRequest(connection_pool_size=4)
    made = Bot(TOKEN, f"{sim.url}bot", f"{sim.url}file/bot", request=request, get_updates_request=updates)
    async with made:
        yield made


@pytest.fixture
async def http(sim: Simulator) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(sim.url) as session:
        yield session


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as play:
        made = await play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        await made.close()


@pytest.fixture
async def complaints() -> AsyncIterator[list[str]]:
    """What the browser's console complains about: nothing, at the end of each test."""
    heard: list[str] = []
    yield heard
    assert heard == []
