"""A teacher's evening in a real browser: ten logs by the keyboard, a mark changed in the matrix."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.async_api import Browser, expect

from storage import logs, members
from storage.logs import HandedIn, Log, Part, Version
from storage.tx import Tx
from tests.desk.desk import desk
from tests.desk.test_desk_browser import CHROMIUM, Heard, browser, signed_in
from tests.handlers.test_checkins import code
from tests.stage import Stage

__all__ = ["browser"]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium, chromium-browser or google-chrome is installed")
WORDS = "第{n}篇：今天听了课，回去先问水果店老板一句话，再和楼长定一件能做的事，一周后看结果怎么样。"


async def _ten_logs(stage: Stage) -> None:
    """Ten people have handed in, also those without a telephone."""

    async def work(tx: Tx) -> None:
        at: datetime = stage.clock.now()
        people = [m for m in await members.of_cohort(tx, 1) if m.seat_no][:10]
        for n, person in enumerate(people, 1):
            log = await logs.begin(tx, Log(cohort_id=1, member_id=person.id, day=1, made_at=at))
            body = WORDS.format(n=n)
            part = await logs.add_part(tx, Part(log_id=log.id, message_id=n, body=body, at=at))
            made = HandedIn(id=log.id, old_version=0, state="submitted", text=body, chars=len(body), flags=(), grams=0,
                            sketch=b"", at=at)  # fmt: skip
            assert await logs.set_handed_in(tx, made)
            parts = (part,) if part else ()
            await logs.add_version(tx, Version(log_id=log.id, no=1, body=body, parts=parts, state="submitted", at=at))

    await stage.store.work(work)


async def test_ten_logs_are_read_by_the_keyboard(plain: Stage, browser: Browser) -> None:
    plain.at("20:00")
    await _ten_logs(plain)
    heard = Heard()
    async with desk(plain) as d:
        context = await signed_in(browser, d, "Clara", viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page = await context.new_page()
        heard.listen(page)
        await page.goto(f"{d.origin}/desk/logs?which=waiting")
        await expect(page.locator("article.log")).to_have_count(10)
        await page.keyboard.press("j")
        await page.keyboard.press("j")
        await page.keyboard.press("k")
        await expect(page.locator("article.log").first).to_be_focused()
        await page.keyboard.press("r")  # the first gets an answer
        await page.keyboard.type("写得很实在，周一告诉我水果店老板怎么说。")
        await page.keyboard.press("Control+Enter")
        await expect(page.locator("article.log")).to_have_count(9)
        await page.keyboard.press("s")  # the second a star
        await expect(page.locator("article.log")).to_have_count(8)
        for left in range(7, -1, -1):  # the others are read
            await page.keyboard.press("y")
            await expect(page.locator("article.log")).to_have_count(left)
        await expect(page.locator("main")).to_contain_text("都看完了")
        assert heard == []

    async def kinds(tx: Tx) -> list[str]:
        return await tx.all(str, "select kind from log_review order by id")

    assert await plain.store.work(kinds) == ["reply", "star", *["read"] * 8]


async def test_a_mark_is_changed_from_the_matrix_on_a_telephone(plain: Stage, browser: Browser) -> None:
    plain.at("08:55")
    await plain.says("Tina", await code(plain))
    plain.at("09:30")
    heard = Heard()
    async with desk(plain) as d:
        context = await signed_in(browser, d, "Clara", viewport={"width": 390, "height": 844})
        page = await context.new_page()
        heard.listen(page)
        await page.goto(f"{d.origin}/desk/matrix")
        row = page.locator("tbody tr", has_text="田小雪").nth(1)
        await row.locator("td a").first.click()
        await expect(page.locator("h1")).to_contain_text("田小雪")
        await page.locator("select[name=status]").select_option("late")
        await page.locator("input[name=reason]").fill("手机没电，组长看到他到了")
        await page.get_by_role("button", name="保存").click()
        await expect(page.locator("#toast")).to_contain_text("迟到")
        await expect(page.locator("tbody tr", has_text="田小雪").nth(1).locator("td").first).to_have_text("迟")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390
        assert heard == []
