"""The projector page in a real browser: it follows the minute and the check-ins, and blanks when nobody answers."""

from __future__ import annotations

import shutil

import pytest
from playwright.async_api import ConsoleMessage, async_playwright, expect

from storage.door import open_store
from tests.conftest import Databases
from tests.desk.screens import path_for, served
from tests.handlers.test_checkins import code
from tests.stage import Stage

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium, chromium-browser or google-chrome is installed")
SIZES = ((1280, 800), (1920, 1080), (1024, 768), (390, 844))
BOXES = """[...document.querySelectorAll("header, h1, .where, .how, svg, footer, footer > span")]
  .map((each) => each.getBoundingClientRect().toJSON())"""


async def test_it_follows_and_it_blanks(stage: Stage) -> None:
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    async with async_playwright() as play, served(stage) as client:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(8000)
        page.on("console", said)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.clock.install()
        stage.at("08:55")
        await page.goto(str(client.make_url(await path_for(stage))))
        await expect(page.locator(".digits")).to_have_text(await code(stage))
        await expect(page.locator(".here")).to_have_text("0")
        await expect(page.locator(".qr")).to_be_visible()
        await expect(page.locator("#bar")).to_be_visible()
        await stage.says("Tina", await code(stage))
        stage.at("08:56")
        await page.clock.run_for(2500)
        await expect(page.locator(".digits")).to_have_text(await code(stage))
        await expect(page.locator(".here")).to_have_text("1")
        assert complaints == [], "nothing breaks the page's own policy"
        await client.server.close()
        await page.clock.run_for(12_000)
        await expect(page.locator("#late")).to_be_visible()
        await expect(page.locator(".digits")).to_have_text(await code(stage))
        await page.clock.run_for(90_000)
        await expect(page.locator(".digits")).to_have_count(0)
        await expect(page.locator(".qr")).to_have_count(0)
        await expect(page.locator("#now")).to_contain_text("开班式")
        await browser.close()


async def test_all_of_it_is_on_the_screen(databases: Databases) -> None:
    store = await open_store(await databases.sqlite())
    stage = Stage(store)
    async with async_playwright() as play, served(stage) as client:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        path = await path_for(stage)
        for wide, high in SIZES:
            page = await browser.new_page(viewport={"width": wide, "height": high})
            for clock in ("08:30", "08:55", "09:30", "15:50", "23:00"):
                stage.at(clock)
                await page.goto(str(client.make_url(path)))
                for box in await page.evaluate(BOXES):
                    assert 0 <= box["left"] < box["right"] <= wide, (wide, clock, box)
                    assert 0 <= box["top"] < box["bottom"] <= high, (wide, clock, box)
        await browser.close()
    await store.close()
