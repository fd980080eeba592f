"""What notices need of Telegram: buttons that come and go, edits that show, deleting in time, floods, blocks."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, Forbidden, RetryAfter

from simulator import Phone, Simulator, groups
from simulator.phone import PNG

READ = InlineKeyboardMarkup([[InlineKeyboardButton("已读", callback_data="a")]])
HOURS = InlineKeyboardMarkup([[InlineKeyboardButton(f"{n}:00", callback_data=f"h{n}") for n in range(8, 16)]])
NO_CAPTION = "There is no caption in the message to edit"


async def test_media_with_caption_and_buttons(bot: Bot, tina: Phone) -> None:
    await tina.start()
    await tina.sends_photo()
    photo = (await bot.get_updates(offset=-1))[0].message.photo[-1].file_id
    sent = await bot.send_photo(tina.id, photo, caption="<b>集合点</b>", parse_mode="HTML", reply_markup=READ)
    assert tina.last.labels == ["已读"] and tina.last.html == "<b>集合点</b>"
    assert len((await bot.send_message(tina.id, "几点", reply_markup=HOURS)).reply_markup.inline_keyboard[0]) == 8
    edited = await bot.edit_message_caption(tina.id, sent.message_id, caption="<i>东门</i>", parse_mode="HTML")
    assert edited.caption == "东门" and edited.reply_markup is None
    again = await bot.edit_message_caption(tina.id, sent.message_id, caption="东门", reply_markup=READ)
    assert again.reply_markup and not again.caption_entities
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_caption(tina.id, sent.message_id, caption="东门", reply_markup=READ)
    for other in (await bot.send_location(tina.id, 1, 2), await bot.send_message(tina.id, "x")):
        with pytest.raises(BadRequest, match=NO_CAPTION):
            await bot.edit_message_caption(tina.id, other.message_id, caption="x")


async def test_only_changed_words_show_as_edited(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    sent = await bot.send_message(tina.id, "明天九点", reply_markup=READ)
    bare = await bot.edit_message_reply_markup(tina.id, sent.message_id, reply_markup=None)
    assert bare.edit_date and not tina.last.edited and tina.last.labels == []
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(tina.id, sent.message_id)
    sim.clock.advance(240)
    await bot.edit_message_text("明天八点", tina.id, sent.message_id, reply_markup=READ)
    assert tina.last.edited and tina.last.view["edit_date"] == int(sim.clock.now())
    assert (await tina.sees("八点")).labels == ["已读"]
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", tina.id, 999)


async def test_deleting_within_two_days(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    said = await tina.says("我的")
    numbers = [(await bot.send_message(tina.id, str(n))).message_id for n in range(4)]
    assert await bot.delete_message(tina.id, said)
    sim.clock.advance(47 * 3600)
    assert await bot.delete_messages(tina.id, [numbers[0], numbers[0], 555])
    sim.clock.advance(3600 + 1)
    fresh = await bot.send_message(tina.id, "neu")
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(tina.id, numbers[1])
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_messages(tina.id, [numbers[1], fresh.message_id])
    with pytest.raises(BadRequest, match="Message identifiers are not specified"):
        await bot.delete_messages(tina.id, [])
    with pytest.raises(BadRequest, match="Too many message identifiers specified"):
        await bot.delete_messages(tina.id, list(range(1, 102)))
    assert [one.text for one in tina.messages] == ["/start", "1", "2", "3", "neu"]
    assert (await bot.edit_message_text("更正", tina.id, numbers[1])).text == "更正"


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_deleting_in_groups(sim: Simulator, bot: Bot, tina: Phone, kind: str) -> None:
    group = await tina.makes_group("一班", supergroup=kind == "supergroup")
    words = "^Message can't be deleted for everyone$" if kind == "group" else "^Message can't be deleted$"
    theirs, mine = await tina.says("hi", chat=group), await bot.send_message(group.id, "通知")
    with pytest.raises(BadRequest, match=words):
        await bot.delete_message(group.id, theirs)
    groups.promote(sim, group, 1, True, {"can_delete_messages": False})
    with pytest.raises(BadRequest, match=words):
        await bot.delete_message(group.id, theirs)
    groups.promote(sim, group, 1, True)
    assert await bot.delete_message(group.id, theirs)
    sim.clock.advance(48 * 3600 + 1)
    with pytest.raises(BadRequest, match=words):
        await bot.delete_message(group.id, mine.message_id)


@pytest.mark.parametrize("supergroup", [False, True])
async def test_pinning_in_groups(sim: Simulator, bot: Bot, tina: Phone, supergroup: bool) -> None:
    group = await tina.makes_group("一班", supergroup=supergroup)
    sent = await bot.send_message(group.id, "明天八点")
    for rights in ({"can_pin_messages": False}, None):
        if rights:
            groups.promote(sim, group, 1, True, rights)
        with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages in the chat"):
            await bot.pin_chat_message(group.id, sent.message_id)
        groups.promote(sim, group, 1, False)
    groups.promote(sim, group, 1, True)
    assert (await bot.get_chat_member(group.id, 1)).can_pin_messages
    assert await bot.pin_chat_message(group.id, sent.message_id, disable_notification=True)
    assert await bot.pin_chat_message(group.id, sent.message_id)
    lines = [one.text for one in tina.messages_in(group) if one.kind == "service"]
    assert lines == ["Tina 邀请 同学 加入了群组", "同学 置顶了一条消息"]
    with pytest.raises(BadRequest, match="Message to pin not found"):
        await bot.pin_chat_message(group.id, 999)
    assert await bot.unpin_chat_message(group.id, sent.message_id)


async def test_people_pin_and_see_what_is_pinned(
    http: aiohttp.ClientSession, sim: Simulator, bot: Bot, tina: Phone
) -> None:
    tom = sim.person("Tom")
    group = await tina.makes_group("一班", tom, supergroup=True)
    sent = [await bot.send_message(group.id, f"通知 {n}") for n in range(2)]
    body = {"chat": group.id, "message_id": sent[0].message_id}
    async with http.post(f"/sim/people/{tom.id}/pin", json=body) as answer:
        assert answer.status == 400
    async with http.post(f"/sim/people/{tina.id}/pin", json=body) as answer:
        assert (await answer.json())["message"]["pinned"]
    update = (await bot.get_updates(offset=-1))[0].message
    assert update.pinned_message.text == "通知 0" and update.from_user.id == tina.id
    await tina.pins(sent[1].message_id, chat=group)
    path = f"/sim/chats/{group.id}?person={tom.id}&limit=1"
    async with http.get(path) as answer:
        assert [one["text"] for one in (await answer.json())["pinned"]] == ["通知 1", "通知 0"]
    await tina.pins(sent[1].message_id, chat=group, on=False)
    async with http.get(path) as answer:
        assert [one["text"] for one in (await answer.json())["pinned"]] == ["通知 0"]


async def test_an_hour_of_flood_for_one_chat(
    http: aiohttp.ClientSession, sim: Simulator, bot: Bot, tina: Phone
) -> None:
    tom = sim.person("Tom")
    await tina.start()
    await tom.start()
    sim.clock.run(0)
    async with http.put("/sim/faults", json=[{"kind": "flood", "chat": tina.id, "retry_after": 3600}]) as answer:
        assert answer.status == 200
    for passed, left in ((0, 3600), (1200, 2400)):
        sim.clock.advance(passed)
        for call in (lambda: bot.send_message(tina.id, "x"), lambda: bot.send_photo(tina.id, PNG)):
            with pytest.raises(RetryAfter) as caught:
                await call()
            assert caught.value.retry_after.total_seconds() == left
        await bot.send_message(tom.id, "x")
    sim.clock.advance(2400)
    await bot.send_message(tina.id, "endlich")
    async with http.get("/sim/faults") as answer:
        assert await answer.json() == []
    sim.fault("sendMessage", "429", retry_after=3600, chat=tina.id)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(tina.id, "x")
    assert caught.value.retry_after.total_seconds() == 3600


async def test_blocked_in_the_middle(sim: Simulator, bot: Bot, tina: Phone) -> None:
    crowd = [tina, *(sim.person(f"P{n}") for n in range(4))]
    for one in crowd:
        await one.start()
    group = await tina.makes_group("一班")
    sim.fault("sendMessage", "block", after=2)
    results: list[Any] = []
    for one in crowd:
        try:
            results.append((await bot.send_message(one.id, "通知")).chat.id)
        except Forbidden as no:
            results.append(no.message)
    assert results == [tina.id, crowd[1].id, "Forbidden: bot was blocked by the user", crowd[3].id, crowd[4].id]
    change = (await bot.get_updates(offset=-1))[0].my_chat_member
    assert (change.chat.id, change.new_chat_member.status) == (crowd[2].id, "kicked")
    sim.fault("", "block", chat=group.id)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.id, "x")
    assert (await bot.get_updates(offset=-1))[0].my_chat_member.chat.id == group.id


async def test_a_reply_to_what_is_gone(bot: Bot, tina: Phone) -> None:
    await tina.start()
    number = await tina.says("一")
    await tina.deletes(number)
    gone = ReplyParameters(number, allow_sending_without_reply=True)
    assert (await bot.send_photo(tina.id, PNG, reply_parameters=gone)).reply_to_message is None
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_photo(tina.id, PNG, reply_parameters=ReplyParameters(number))
