"""The projector page of the real program: asked for in the chat, opened by its button (ATT-19)."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from pathlib import Path

import aiohttp

from tests.stories.test_demo import demo, get


async def test_the_button_in_the_demo_opens_the_page(tmp_path: Path) -> None:
    async with demo(tmp_path / "state") as url, aiohttp.ClientSession() as web:
        people = (await get(url, "/sim/state"))["people"]
        bot = (await get(url, "/sim/state"))["bots"][0]["id"]
        teacher = next(p["id"] for p in people if p["note"] == "班主任")
        today = date.fromisoformat((await get(url, "/sim/state"))["clock"]["now"][:10])
        async with web.post(f"{url}/sim/clock", json={"set": f"{today}T08:50:00", "speed": 0}) as answer:
            assert answer.status == 200
        async with web.post(f"{url}/sim/people/{teacher}/say", json={"text": "大屏"}) as answer:
            assert answer.status == 200
        found: list[str] = []
        async with asyncio.timeout(20):
            while not found:
                await asyncio.sleep(0.1)
                said = str(await get(url, f"/sim/chats/{bot}?person={teacher}&limit=5"))
                found = re.findall(r"'url': '(http://127\.0\.0\.1:\d+/screen/[\w-]+)'", said)
            page = ""
            while 'class="qr"' not in page:  # the bot's name is asked for beside the rest
                await asyncio.sleep(0.1)
                async with web.get(found[-1]) as answer:
                    assert answer.status == 200
                    page = await answer.text()
        assert "08:50" in page and re.search(r'aria-label="\d{4}"', page)
