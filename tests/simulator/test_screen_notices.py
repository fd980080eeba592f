"""What notices look like on the page: formatting, albums, edits, pins, buttons, a class group."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, expect
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Message

from simulator import Phone, Simulator, groups
from simulator.phone import PNG
from tests.simulator.screen import NEEDED, SMALL, opened, phone

pytestmark = NEEDED
EIGHT = [[InlineKeyboardButton(f"{hour}:00", callback_data=str(hour)) for hour in range(8, 16)]]


@pytest.fixture
def tom(sim: Simulator) -> Phone:
    return sim.person("Tom", note="班主任")


async def heard(bot: Bot, count: int = 1) -> list[Message]:
    found = [update.message or update.edited_message for update in await bot.get_updates(offset=-count)]
    return [one for one in found if one is not None]


async def choose(mine: Locator, row: Locator, label: str) -> None:
    """Open what can be done with a message, and do one of it."""
    await row.locator(".bubble").click(button="right")
    await mine.locator(".deed", has_text=label).click()


async def test_formatting(sim: Simulator, bot: Bot, tina: Phone, browser: Browser, complaints: list[str]) -> None:
    await tina.start()
    page = await opened(browser, sim, complaints, SMALL)
    mine = phone(page, tina)
    box = mine.get_by_role("textbox", name="写消息")
    bar = mine.get_by_role("toolbar", name="文字格式")
    await box.fill("明天八点到三号楼")
    await expect(bar).to_be_hidden()
    await box.evaluate("box => { box.focus(); box.setSelectionRange(2, 4); }")
    await expect(bar).to_be_visible()
    await page.keyboard.press("Control+b")
    await expect(box).to_have_value("明天**八点**到三号楼")
    await page.keyboard.press("Control+b")
    await expect(box).to_have_value("明天八点到三号楼")
    await page.keyboard.press("Control+b")
    await box.evaluate("box => box.setSelectionRange(9, 12)")
    await bar.get_by_role("button", name="下划线").click()
    await expect(box).to_have_value("明天**八点**到<u>三号楼</u>")
    await box.press("Control+End")
    await box.type(" ~~旧的~~ ")
    await page.keyboard.press("Control+k")
    await mine.get_by_role("textbox", name="网址").fill("https://a.b/c")
    await mine.get_by_role("button", name="知道了").click()
    await page.keyboard.press("Enter")
    await expect(mine.locator(".row.out .text b")).to_have_text("八点")
    (message,) = await heard(bot)
    assert message.text == "明天八点到三号楼 旧的 https://a.b/c"
    assert [one.type for one in message.entities] == ["bold", "underline", "strikethrough", "text_link"]
    await choose(mine, mine.locator(".row.out").last, "编辑")
    await expect(box).to_have_value(re.compile(r"^明天\*\*八点\*\*到<u>三号楼</u> ~~旧的~~ \["))
    await box.fill("明天**九点**")
    await page.keyboard.press("Enter")
    await expect(mine.locator(".row.out .edited")).to_be_visible()
    (edited,) = await heard(bot)
    assert edited.text_html == "明天<b>九点</b>" and edited.edit_date


async def test_albums(sim: Simulator, bot: Bot, tina: Phone, browser: Browser, complaints: list[str]) -> None:
    await tina.start()
    page = await opened(browser, sim, complaints, SMALL)
    mine = phone(page, tina)
    await mine.get_by_role("textbox", name="写消息").fill("**四张**作业")
    await mine.get_by_role("button", name="发图片").click()
    await mine.locator(".deed", has_text="示例相册").click()
    album = mine.locator(".row.out", has=page.locator(".grid"))
    await expect(album.locator(".tile")).to_have_count(4)
    await expect(album.locator(".text b")).to_have_text("四张")
    messages = await heard(bot, 4)
    assert messages[0].caption_entities[0].type == "bold" and len({one.media_group_id for one in messages}) == 1
    sizes = await album.locator(".tile").evaluate_all(
        "tiles => tiles.map((one) => [one.offsetWidth, one.offsetHeight])"
    )
    await expect(album.locator(".gridrow")).to_have_count(2)
    assert len({tuple(size) for size in sizes}) == 1 and sizes[0][0] > 100
    await album.locator(".tile").nth(2).click()
    await expect(mine.locator(".viewer img")).to_have_count(4)
    await mine.get_by_role("button", name="关闭").click()
    await choose(mine, album, "转发到")
    await mine.locator(".deed", has_text="同学").click()
    await expect(mine.locator(".row.out .grid")).to_have_count(2)
    assert all(one.forward_origin and one.media_group_id for one in await heard(bot, 4))
    await bot.send_media_group(tina.id, [InputMediaPhoto(PNG + bytes([n])) for n in range(10)])
    await expect(mine.locator(".row.in .tile")).to_have_count(10)
    await expect(mine.locator(".row.in article, article.row.in")).to_have_count(1)
    await choose(mine, mine.locator(".row.out").last, "删除")
    await expect(mine.locator(".row.out .grid")).to_have_count(1)
    assert await page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


async def test_edits_and_deletions(
    sim: Simulator, bot: Bot, tina: Phone, browser: Browser, complaints: list[str]
) -> None:
    await tina.start()
    sent = await bot.send_message(tina.id, "发送中 ▓▓▓░░ 60%", reply_markup=InlineKeyboardMarkup(EIGHT))
    page = await opened(browser, sim, complaints, SMALL)
    mine = phone(page, tina)
    row = mine.locator(f'.row[data-id="{sent.message_id}"]')
    await expect(row.locator(".bar i")).to_have_count(5)
    await expect(row.locator(".bar .on")).to_have_count(3)
    await expect(row.locator(".text")).to_have_text("发送中 ▓▓▓░░ 60%")
    widths = await row.locator(".bar i").evaluate_all("cells => cells.map((cell) => cell.offsetWidth)")
    assert set(widths) == {9}
    for key in await row.locator(".key").all():
        assert await key.evaluate("key => key.scrollWidth <= key.clientWidth")
    sim.clock.advance(300)
    await bot.edit_message_text("发完了 ▓▓▓▓▓ 100%", tina.id, sent.message_id)
    await expect(row.locator(".edited")).to_have_text(re.compile(r"^已编辑 \d\d:\d\d$"))
    await expect(row.locator(".meta > time")).to_have_count(1)
    await expect(row.locator(".key")).to_have_count(0)
    await bot.delete_message(tina.id, sent.message_id)
    await expect(row).to_have_count(0)
    await expect(mine.locator(".row.in")).to_have_count(0)


async def test_a_class_group(
    sim: Simulator, bot: Bot, tina: Phone, tom: Phone, browser: Browser, complaints: list[str]
) -> None:
    await tina.start()
    await tom.start()
    page = await opened(browser, sim, complaints, SMALL)
    mine = phone(page, tina)
    await mine.get_by_role("button", name="更多").click()
    await mine.locator(".deed", has_text="新建群").click()
    await mine.get_by_role("textbox", name="群名").fill("春晓班")
    await mine.get_by_role("switch", name="同学").uncheck()
    await mine.get_by_role("button", name="建群").click()
    await expect(mine.locator(".chathead .label")).to_have_text("春晓班")
    group = next(iter(sim.world.groups.values()))
    assert sim.people_of(group) == [tina.id, tom.id] and 1 not in group.members
    await mine.get_by_role("button", name="更多").click()
    await mine.locator(".deed", has_text="拉进群").click()
    await expect(mine.locator(".row.service")).to_have_text("Tina 邀请 同学 加入了群组")
    assert (await bot.get_updates())[-2].my_chat_member.from_user.id == tina.id
    await mine.get_by_role("button", name="更多").click()
    await mine.locator(".deed", has_text="设机器人为管理员").click()
    await expect(mine.locator(".sheet")).to_have_count(0)
    sent = [await bot.send_message(group.id, f"通知 {n} 已读 ▓▓░") for n in range(2)]
    for one in sent:
        await bot.pin_chat_message(group.id, one.message_id)
    pin = mine.locator(".pinned")
    await expect(pin).to_contain_text("置顶 1/2通知 1")
    await expect(pin.locator(".bar i")).to_have_count(3)
    await pin.click()
    await expect(pin).to_contain_text("置顶 2/2通知 0")
    await bot.edit_message_text("通知 0 改了", group.id, sent[0].message_id)
    await expect(pin).to_contain_text("通知 0 改了")
    await bot.unpin_all_chat_messages(group.id)
    await expect(pin).to_be_hidden()
    await page.locator(".small-only button").last.click()
    await page.locator(".panel .wide-line", has_text="春晓班").click()
    await expect(mine.locator(".chathead .label")).to_have_text("春晓班")
    await mine.get_by_role("button", name="更多").click()
    await mine.locator(".deed", has_text="移出群").click()
    await expect(mine.locator(".row.service").last).to_have_text("Tina 移出了 同学")


async def test_an_old_pin_is_found(
    sim: Simulator, bot: Bot, tina: Phone, browser: Browser, complaints: list[str]
) -> None:
    group = await tina.makes_group("一班")
    groups.promote(sim, group, 1, True)
    sent = await bot.send_message(group.id, "很早的通知")
    await bot.pin_chat_message(group.id, sent.message_id)
    for n in range(130):
        await tina.says(f"第 {n} 句", chat=group)
    page = await opened(browser, sim, complaints, SMALL)
    mine = phone(page, tina)
    await mine.locator(".tab", has_text="一班").click()
    await expect(mine.locator(".pinned")).to_contain_text("很早的通知")
    await expect(mine.locator(".text", has_text="很早的通知")).to_have_count(0)
    await mine.locator(".pinned").click()
    await expect(mine.locator(".text", has_text="很早的通知")).to_be_in_viewport()


async def test_trouble_from_the_page(
    sim: Simulator, bot: Bot, tina: Phone, browser: Browser, complaints: list[str]
) -> None:
    await tina.start()
    await tina.sends_photo()
    photo: Any = (await heard(bot))[0].photo[-1].file_id
    page = await opened(browser, sim, complaints, SMALL)
    mine = phone(page, tina)
    await choose(mine, mine.locator(".row.out").last, "失效")
    await expect(mine.locator(".toast")).to_have_text("文件已失效")
    assert sim.world.files[photo].gone
    await page.locator(".small-only button").last.click()
    await page.get_by_role("button", name="记录与故障").click()
    drawer = page.locator("#drawer")
    await drawer.get_by_role("button", name="故障").click()
    await drawer.get_by_label("对谁").select_option(label="Tina")
    await drawer.locator(".fault", has_text="限流一小时").click()
    await expect(drawer.locator(".faultlist")).to_contain_text("Tina")
    fault = sim.faults.list[0]
    assert (fault.kind, fault.chat, fault.retry_after) == ("flood", tina.id, 3600)
