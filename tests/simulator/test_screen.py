"""The page of phones in a real browser, against a small bot that talks HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from html import escape
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, expect

from simulator import Phone, Simulator
from simulator.clock import ZONE, Mark
from tests.simulator.screen import LARGE, NEEDED, SMALL, opened, phone

pytestmark = NEEDED
KEYS = {"keyboard": [[{"text": "签到"}, {"text": "课程表"}]], "resize_keyboard": True}
SURE = {"inline_keyboard": [[{"text": "我已知晓", "callback_data": "sure"}, {"text": "大声", "callback_data": "loud"}]]}
LINK = {"payload": "seat7", "label": "点这里绑定座位"}


class EchoBot:
    """Greets with a keyboard, repeats words under a button, and answers its tap."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self.http = http
        self.heard: list[dict[str, Any]] = []

    async def call(self, method: str, **params: Any) -> Any:
        async with self.http.post(f"/bot1:TEST/{method}", json=params) as answer:
            return (await answer.json())["result"]

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                self.heard.append(update)
                await self.answer(update)

    async def answer(self, update: dict[str, Any]) -> None:
        if query := update.get("callback_query"):
            where = query["message"]
            loud = query["data"] == "loud"
            await self.call("answerCallbackQuery", callback_query_id=query["id"], text="记下了", show_alert=loud)
            if loud:
                return
            await self.call(
                "editMessageText", chat_id=where["chat"]["id"], message_id=where["message_id"], text="改好了"
            )
        if "message" not in update:
            return
        chat, text = update["message"]["chat"]["id"], update["message"]["text"]
        more = {"reply_markup": KEYS} if text.startswith("/start") else {"reply_markup": SURE}
        await self.call("sendMessage", chat_id=chat, text=f"收到 <b>{escape(text)}</b>", parse_mode="HTML", **more)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.heard if "message" in update]


@pytest.fixture
async def echo(http: aiohttp.ClientSession) -> AsyncIterator[EchoBot]:
    made = EchoBot(http)
    task = asyncio.create_task(made.run())
    yield made
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture
def cast(sim: Simulator) -> list[Phone]:
    """Five phones; the first has its link and has not begun."""
    first = sim.person("岑惊蛰", note="学员", link=LINK)
    return [first, *(sim.person(name) for name in ("范清明", "阿朵", "百里舟", "令狐衡"))]


async def test_talk(sim: Simulator, echo: EchoBot, cast: list[Phone], browser: Browser, complaints: list[str]) -> None:
    page = await opened(browser, sim, complaints, LARGE)
    await expect(page.locator(".phone")).to_have_count(5)
    mine, other = phone(page, cast[0]), phone(page, cast[1])
    await expect(mine.locator(".firststeps li")).to_have_count(3)
    await mine.get_by_role("button", name=LINK["label"]).click()
    await expect(mine.locator(".row.in .text")).to_have_text("收到 /start seat7")
    await expect(mine.locator(".linkchip")).to_be_hidden()
    await mine.locator(".bigkey", has_text="签到").click()
    button = mine.locator(".key", has_text="我已知晓")
    await mine.locator(".key", has_text="大声").click()
    await expect(mine.get_by_role("alertdialog")).to_contain_text("记下了")
    await mine.get_by_role("button", name="知道了").click()
    await button.click()
    await expect(mine.locator(".toast")).to_have_text("记下了")
    await expect(mine.locator(".row.in .text").last).to_have_text("改好了")
    await expect(button).to_have_count(0)
    await mine.get_by_role("textbox", name="写消息").fill("a <img src=x> b")
    await mine.get_by_role("button", name="发送", exact=True).click()
    await expect(mine.locator(".row.in .text b").last).to_have_text("a <img src=x> b")
    await expect(mine.locator(".text img")).to_have_count(0)
    assert echo.texts() == ["/start seat7", "签到", "a <img src=x> b"]
    await expect(other.locator(".row")).to_have_count(0)


async def test_an_edit_keeps_the_place(
    sim: Simulator, echo: EchoBot, cast: list[Phone], browser: Browser, complaints: list[str]
) -> None:
    await cast[0].start()
    for number in range(30):
        await cast[0].says(f"Zeile {number}")
    last = await cast[0].sees("Zeile 29")
    page = await opened(browser, sim, complaints, LARGE)
    mine = phone(page, cast[0])
    bubble = mine.locator(f'.row[data-id="{last.message_id}"] .text')
    await expect(bubble).to_be_in_viewport()
    await mine.locator(".key").last.focus()
    await echo.call("editMessageText", chat_id=cast[0].id, message_id=last.message_id, text="a\nb", reply_markup=SURE)
    await expect(bubble).to_have_text("a\nb")
    await expect(mine.locator(".key").last).to_be_focused()
    await expect(mine.locator(".key").last).to_be_in_viewport()
    for number in range(5):
        await cast[0].says(f"mehr {number}")
    await expect(mine.locator(".row.in .text").last).to_have_text("收到 mehr 4")
    await expect(mine.locator(".row.in .key").last).to_be_in_viewport()
    up = "log => new Promise(done => { log.onscroll = () => setTimeout(done, 50); log.scrollTo(0, 200); })"
    await mine.locator(".log").evaluate(up)
    await echo.call("sendMessage", chat_id=cast[0].id, text="unten")
    await expect(mine.locator(".below")).to_be_visible()
    await mine.locator(".below").click()
    await expect(mine.locator(".text", has_text="unten")).to_be_in_viewport()


async def test_clock(sim: Simulator, echo: EchoBot, cast: list[Phone], browser: Browser, complaints: list[str]) -> None:
    sim.clock.set(datetime(2027, 3, 1, 8, 38, tzinfo=ZONE))
    sim.clock.marks = [Mark("2027-03-01T08:55:00+08:00", "签到提醒"), Mark("2027-03-01T09:20:00+08:00", "签到关闭")]
    page = await opened(browser, sim, complaints, LARGE)
    jump = page.locator(".pill.next")
    await expect(jump).to_contain_text("签到提醒")
    await jump.click()
    await expect(page.locator(".face .hm")).to_have_text("08:55")
    await expect(jump).to_contain_text("签到关闭")
    await page.get_by_role("button", name="暂停").click()
    await expect(page.get_by_role("button", name="暂停")).to_have_attribute("aria-pressed", "true")
    assert sim.clock.face().speed == 0


async def test_small_screen(
    sim: Simulator, echo: EchoBot, cast: list[Phone], browser: Browser, complaints: list[str]
) -> None:
    await cast[3].start()
    await cast[3].sees("收到")
    sim.clock.marks = [Mark("2099-03-01T08:55:00+08:00", "签到开始 · 入学教育：纪律、分组、班委、训前测试")]
    page = await opened(browser, sim, complaints, SMALL)
    await expect(page.locator(".phone:visible")).to_have_count(1)
    await expect(phone(page, cast[0])).to_be_visible()
    face = page.locator(f'.face-button[data-person="{cast[3].id}"]')
    await echo.call("sendMessage", chat_id=cast[3].id, text="für später")
    await expect(face.locator(".badge")).to_have_text("1")
    await face.click()
    await expect(phone(page, cast[3]).locator(".row.in .text").last).to_have_text("für später")
    await expect(page.locator(".phone:visible")).to_have_count(1)
    await expect(face.locator(".badge")).to_have_count(0)
    assert await page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


async def test_offline_blocked_and_english(
    sim: Simulator, echo: EchoBot, cast: list[Phone], browser: Browser, complaints: list[str]
) -> None:
    await cast[1].start()
    page = await opened(browser, sim, complaints, LARGE)
    await page.get_by_role("button", name="English").click()
    other = phone(page, cast[1])
    await other.get_by_role("button", name="More").click()
    await other.get_by_role("button", name="Network off").click()
    await other.get_by_role("textbox", name="Message").fill("wait for me")
    await page.keyboard.press("Enter")
    await expect(other.locator(".row.out .meta").last).to_contain_text("waiting for network")
    assert "wait for me" not in echo.texts()
    await other.get_by_role("button", name="Go online").click()
    await expect(other.locator(".row.in .text b").last).to_have_text("wait for me")
    await other.get_by_role("button", name="More").click()
    await other.get_by_role("button", name="Block the bot").click()
    await other.get_by_role("button", name="Unblock").click()
    await expect(other.get_by_role("textbox", name="Message")).to_be_visible()
    standing = [
        update["my_chat_member"]["new_chat_member"]["status"] for update in echo.heard if "my_chat_member" in update
    ]
    assert standing == ["kicked", "member"]
