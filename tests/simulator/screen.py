"""The page of phones in a real browser: opening it, and finding a phone on it."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page

from simulator import Phone, Simulator

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NEEDED = pytest.mark.skipif(CHROMIUM is None, reason="no chromium, chromium-browser or google-chrome is installed")
LARGE, SMALL = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


async def opened(browser: Browser, sim: Simulator, complaints: list[str], size: Any) -> Page:
    """The page, with what its console says collected in `complaints`."""

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page = await browser.new_page(viewport=size)
    page.set_default_timeout(8000)
    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(sim.url)
    await page.locator(".phone").first.wait_for(state="attached")
    return page


def phone(page: Page, who: Phone) -> Any:
    """Somebody's phone on the page."""
    return page.locator(f'.phone[data-person="{who.id}"]')
