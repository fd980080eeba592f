"""The desk in a real browser: signing in, living pages, both sizes and themes, the Mini App, and what axe finds."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import axe_core_python
import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from desk.ways import WAYS
from tests.desk.desk import Desk, desk
from tests.desk.test_sign_in import init_data
from tests.handlers.test_checkins import code
from tests.stage import Stage

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium, chromium-browser or google-chrome is installed")
AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
FOUND = """axe.run(document, {resultTypes: ["violations"]}).then((r) => r.violations.map(
  (v) => [v.impact, v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))]))"""
CONTRAST = FOUND.replace("{resultTypes", '{runOnly: ["color-contrast"], resultTypes')
SMALL = """[...document.querySelectorAll("main button, main .button, body > nav a, .top a, select")]
  .filter((e) => e.offsetParent && (e.offsetHeight < 44 || e.offsetWidth < 44)).map((e) => e.outerHTML.slice(0, 120))"""


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as play:
        made = await play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        await made.close()


class Heard(list[str]):
    """What the console complains about; the policy of a page does so too when something breaks it."""

    def listen(self, page: Page) -> None:
        page.on("console", lambda m: self.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda wrong: self.append(str(wrong)))


async def signed_in(browser: Browser, d: Desk, name: str, **options: Any) -> BrowserContext:
    """A browser window of somebody who is signed in."""
    if name not in d.cookies:
        await d.signs_in(name)
    key, _, value = d.cookies[name].partition("=")
    context = await browser.new_context(**options)
    context.set_default_timeout(8000)
    await context.add_cookies([{"name": key, "value": value, "url": d.origin}])
    return context


async def test_one_signs_in_and_sees_the_day_move(plain: Stage, browser: Browser) -> None:
    heard = Heard()
    async with desk(plain) as d:
        plain.at("08:55")
        page = await browser.new_page(viewport={"width": 1280, "height": 800}, locale="zh-CN")
        page.set_default_timeout(8000)
        heard.listen(page)
        await page.goto(d.origin + await d.link("Clara"))
        await expect(page.locator("h1")).to_contain_text("柯老师")
        await page.get_by_role("button", name="进入工作台").click()
        await expect(page.locator("h1")).to_contain_text("今日")
        await expect(page.locator("tbody tr").first).to_contain_text("0/12")
        async with page.expect_response(lambda answer: "/desk/today" in answer.url):
            await d.live.poll()
            await plain.says("Tina", await code(plain))
            await d.live.poll()
        await expect(page.locator("tbody tr").first).to_contain_text("1/12")
        await page.keyboard.press("Control+Home")
        await page.locator(".who").click()
        await page.get_by_role("button", name="退出所有设备").click()
        await expect(page.locator("h1")).to_contain_text("还没有登录")
        assert [words for words in heard if "401" not in words] == []
        without = await browser.new_context(java_script_enabled=False, locale="zh-CN")
        await d.signs_in("Clara")
        key, _, value = d.cookies["Clara"].partition("=")
        await without.add_cookies([{"name": key, "value": value, "url": d.origin}])
        plain_page = await without.new_page()
        await plain_page.goto(f"{d.origin}/desk/devices")
        await plain_page.get_by_role("button", name="退出", exact=True).click()
        await expect(plain_page.locator("h1")).to_contain_text("还没有登录")


async def test_every_page_fits_and_axe_finds_nothing_serious(plain: Stage, browser: Browser) -> None:
    """Every page that is reached without a number, as class teacher and administrator, in the four looks."""
    heard = Heard()
    async with desk(plain) as d:
        plain.at("08:55")
        await plain.says("Tina", await code(plain))
        plain.at("09:10")
        for name, wide, high in (("Clara", 390, 844), ("Ada", 1280, 800)):
            window = {"width": wide, "height": high}
            context = await signed_in(browser, d, name, viewport=window, reduced_motion="reduce", bypass_csp=True)
            page = await context.new_page()
            heard.listen(page)
            me = await d.get(name, "/desk/devices")
            for way in (w for w in WAYS.values() if w.method == "GET" and w.nav and f'href="{w.path}"' in me.html):
                await page.emulate_media(color_scheme="light")
                await page.goto(d.origin + way.path)
                assert await page.evaluate("document.documentElement.scrollWidth") <= wide, (way.path, wide)
                assert await page.evaluate(SMALL) == [], (way.path, wide)
                await page.evaluate(AXE)
                found = await page.evaluate(FOUND)
                await page.emulate_media(color_scheme="dark")
                found += await page.evaluate(CONTRAST)
                assert not [one for one in found if one[0] in ("serious", "critical")], (way.path, wide, found)
            await context.close()
        assert heard == []


async def test_the_mini_app_takes_telegram_s_colours(plain: Stage, browser: Browser) -> None:
    heard = Heard()
    async with desk(plain) as d:
        plain.at("09:10")
        page = await browser.new_page(viewport={"width": 390, "height": 844}, color_scheme="light")
        page.set_default_timeout(8000)
        heard.listen(page)
        colours = "%7B%22bg_color%22%3A%22%23101820%22%2C%22text_color%22%3A%22%23f0f0f0%22%7D"
        data = init_data(plain, "Clara").replace("%", "%25").replace("&", "%26").replace("=", "%3D")
        await page.goto(f"{d.origin}/desk/app#tgWebAppData={data}&tgWebAppThemeParams={colours}")
        await expect(page.locator("h1")).to_contain_text("今日")
        assert "tgWebAppData" not in page.url
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        tile = page.locator(".tile").first
        assert await tile.evaluate("(e) => getComputedStyle(e).backgroundColor") == "rgb(16, 24, 32)"
        await page.locator(".who").click()
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        await page.goto(f"{d.origin}/desk/app")
        await expect(page.locator("#opening .soft").first).to_be_visible()
        assert heard == []
