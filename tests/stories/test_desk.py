"""The desk of the real program inside Telegram: asked for in the chat, opened by its button in a phone."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import async_playwright, expect

from tests.desk.test_desk_browser import CHROMIUM
from tests.stories.test_demo import demo, get


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium, chromium-browser or google-chrome is installed")
async def test_the_mini_app_opens_in_the_phone(tmp_path: Path) -> None:
    heard: list[str] = []
    async with demo(tmp_path / "state") as url, aiohttp.ClientSession() as web, async_playwright() as play:
        people = (await get(url, "/sim/state"))["people"]
        teacher = next(p["id"] for p in people if p["note"] == "班主任")
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        page.set_default_timeout(15_000)
        page.on("console", lambda m: heard.append(m.text) if m.type in ("error", "warning") else None)
        await page.goto(f"{url}/?people={teacher}")
        async with web.post(f"{url}/sim/people/{teacher}/say", json={"text": "/desk"}) as answer:
            assert answer.status == 200
        phone = page.locator(f'.phone[data-person="{teacher}"]')
        await phone.get_by_role("button", name="打开工作台").click()
        app = phone.frame_locator("iframe.appframe")
        await expect(app.locator("h1")).to_contain_text("今日")
        await app.locator(".who").click()
        await app.get_by_role("button", name="退出", exact=True).click()
        await expect(app.locator("h1")).to_contain_text("还没有登录")
        await expect(phone.locator(".menubutton.app")).to_be_visible()
        assert [words for words in heard if "401" not in words] == []
        await browser.close()
