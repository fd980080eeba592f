"""Texts, keyboards, edits and taps between a bot and a phone."""

from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.error import BadRequest, Forbidden

from simulator import Phone, Simulator
from simulator.refusal import NotPossible

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("我已知晓", callback_data="a:1")]])


async def test_get_me(bot: Bot) -> None:
    assert (bot.id, bot.username, bot.first_name) == (1, "tongxue_bot", "同学")


async def test_start_arrives_as_command(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start(payload="abc")
    (update,) = await bot.get_updates()
    assert update.message and update.message.text == "/start abc"
    assert update.message.chat.id == tina.id == update.message.from_user.id
    assert update.message.entities[0].type == "bot_command"


async def test_bot_speaks_and_phone_sees(bot: Bot, tina: Phone) -> None:
    await tina.start()
    sent = await bot.send_message(tina.id, "<b>签到</b> 08:58 &lt;ok&gt; 😀", parse_mode="HTML")
    seen = await tina.sees("08:58")
    assert seen.text == "签到 08:58 <ok> 😀"
    assert seen.html == "<b>签到</b> 08:58 &lt;ok&gt; 😀"
    assert seen.message_id == sent.message_id == 2
    await tina.sees_nothing(within=0.05)


async def test_before_start_the_bot_may_not_speak(bot: Bot, tina: Phone) -> None:
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(tina.id, "hi")
    with pytest.raises(NotPossible):
        await tina.says("hi")


async def test_tap_and_answer(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    await bot.send_message(tina.id, "通知", reply_markup=BUTTONS)
    await tina.taps("已知")
    update = (await bot.get_updates())[-1]
    query = update.callback_query
    assert query and query.data == "a:1" and query.chat_instance and query.message.text == "通知"
    assert await query.answer("收到", show_alert=True)
    assert tina.toasts == ["收到"]
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await bot.answer_callback_query(query.id)


async def test_tap_grows_too_old(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    await bot.send_message(tina.id, "通知", reply_markup=BUTTONS)
    number = await tina.taps("我已知晓")
    sim.clock.advance(151)
    with pytest.raises(BadRequest, match="too old"):
        await bot.answer_callback_query(number)
    updates = await bot.get_updates()
    assert [update.callback_query for update in updates] == [None]


async def test_edit(bot: Bot, tina: Phone) -> None:
    await tina.start()
    sent = await bot.send_message(tina.id, "一", reply_markup=BUTTONS)
    edited = await bot.edit_message_text("二", tina.id, sent.message_id, reply_markup=BUTTONS)
    assert edited.text == "二" and edited.edit_date
    seen = await tina.sees("二")
    assert seen.labels == ["我已知晓"]
    with pytest.raises(
        BadRequest, match=r"^Message is not modified: specified new message content and reply markup are"
    ):
        await bot.edit_message_text("二", tina.id, sent.message_id, reply_markup=BUTTONS)
    bare = await bot.edit_message_reply_markup(tina.id, sent.message_id)
    assert bare.reply_markup is None and bare.text == "二"


async def test_what_cannot_be_edited(bot: Bot, tina: Phone) -> None:
    await tina.start()
    keyed = await bot.send_message(tina.id, "菜单", reply_markup=ReplyKeyboardMarkup([["签到", "日志"]]))
    for number, why in (
        (keyed.message_id, "Message can't be edited"),
        (1, "Message can't be edited"),
        (99, "to edit not found"),
    ):
        with pytest.raises(BadRequest, match=why):
            await bot.edit_message_text("新", tina.id, number)
    plain = await bot.send_message(tina.id, "x")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(tina.id, plain.message_id, caption="y")
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await bot.edit_message_reply_markup(tina.id, plain.message_id, reply_markup=ReplyKeyboardMarkup([["a"]]))


async def test_reply_keyboard(bot: Bot, tina: Phone) -> None:
    await tina.start()
    await bot.send_message(tina.id, "菜单", reply_markup=ReplyKeyboardMarkup([["签到", "日志"]]))
    assert tina.keyboard == [["签到", "日志"]]
    await tina.keys("签到")
    assert (await bot.get_updates(offset=-1))[0].message.text == "签到"
    await bot.send_message(tina.id, "好", reply_markup=ReplyKeyboardRemove())
    assert tina.keyboard == []
    with pytest.raises(AssertionError):
        await tina.keys("签到")


async def test_delete(bot: Bot, sim: Simulator, tina: Phone) -> None:
    await tina.start()
    sent = await bot.send_message(tina.id, "x")
    old = await bot.send_message(tina.id, "y")
    assert await bot.delete_message(tina.id, sent.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(tina.id, sent.message_id)
    assert await bot.delete_messages(tina.id, [sent.message_id, 77])
    sim.clock.advance(49 * 3600)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(tina.id, old.message_id)
    assert [one.text for one in tina.messages] == ["/start", "y"]


async def test_reply(bot: Bot, tina: Phone) -> None:
    await tina.start()
    number = await tina.says("问题")
    sent = await bot.send_message(tina.id, "答", reply_to_message_id=number)
    assert sent.reply_to_message and sent.reply_to_message.text == "问题" and sent.reply_to_message.chat.id == tina.id
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(tina.id, "答", reply_to_message_id=4242)
    assert (
        await bot.send_message(tina.id, "答", reply_to_message_id=4242, allow_sending_without_reply=True)
    ).text == "答"
    await tina.says("谢谢", reply_to=sent.message_id)
    update = (await bot.get_updates(offset=-1))[0]
    assert update.message.reply_to_message.message_id == sent.message_id


async def test_person_edits_reacts_forwards_and_deletes(bot: Bot, tina: Phone) -> None:
    await bot.get_updates(allowed_updates=["message", "edited_message", "message_reaction"], timeout=0)
    await tina.start()
    number = await tina.says("一")
    await tina.edits(number, "二")
    await tina.reacts(number, "👍")
    await tina.forwards(number)
    updates = await bot.get_updates(offset=1)
    assert [update.effective_message.text for update in updates if update.effective_message][:3] == [
        "/start",
        "一",
        "二",
    ]
    reaction = next(update.message_reaction for update in updates if update.message_reaction)
    assert reaction.new_reaction[0].emoji == "👍"
    assert updates[-1].message.forward_origin.sender_user.id == tina.id
    await tina.deletes(number)
    assert number not in [one.message_id for one in tina.messages]


async def test_block_and_unblock(bot: Bot, tina: Phone) -> None:
    await tina.start()
    await tina.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(tina.id, "hi")
    await tina.unblocks()
    await bot.send_message(tina.id, "hi")
    members = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    assert [(one.old_chat_member.status, one.new_chat_member.status) for one in members] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_offline_phone_keeps_what_is_said(bot: Bot, sim: Simulator, tina: Phone) -> None:
    await tina.start()
    await tina.goes_offline()
    await tina.says("晚到")
    await bot.send_message(tina.id, "上课了")
    assert [(one.text, one.view.get("pending", False)) for one in tina.messages] == [("/start", False), ("晚到", True)]
    assert len(await bot.get_updates()) == 1
    with pytest.raises(NotPossible):
        await tina.taps_data(1, "x")
    sim.clock.advance(600)
    await tina.comes_online()
    await tina.sees("上课了")
    update = (await bot.get_updates(offset=-1))[0]
    assert update.message.text == "晚到"
    assert abs(update.message.date.timestamp() - sim.clock.now()) < 5


async def test_commands_and_menu(bot: Bot, http, tina: Phone) -> None:
    await bot.set_my_commands([("help", "帮助")], language_code="zh")
    await bot.set_my_commands([("help", "Help")])
    assert [one.description for one in await bot.get_my_commands()] == ["Help"]
    await tina.start()
    view = await (await http.get(f"/sim/chats/{tina.id}?person={tina.id}")).json()
    assert view["commands"] == [{"command": "help", "description": "帮助"}]
    with pytest.raises(BadRequest, match=r"(?i)BOT_COMMAND_INVALID"):
        await bot.set_my_commands([("Bad!", "x")])
    assert (await bot.get_chat_menu_button()).type == "default"


async def test_polls(bot: Bot, http, tina: Phone) -> None:
    await tina.start()
    sent = await bot.send_poll(tina.id, "好吗", ["好", "不好"], is_anonymous=False)
    body = {"message_id": sent.message_id, "options": [0]}
    assert (await http.post(f"/sim/people/{tina.id}/vote", json=body)).status == 200
    updates = await bot.get_updates()
    answer = next(update.poll_answer for update in updates if update.poll_answer)
    assert answer.option_ids == (0,) and answer.user.id == tina.id
    poll = await bot.stop_poll(tina.id, sent.message_id)
    assert poll.is_closed and poll.options[0].voter_count == 1
    with pytest.raises(BadRequest, match="Poll has already been closed"):
        await bot.stop_poll(tina.id, sent.message_id)
    with pytest.raises(BadRequest, match="Message with poll to stop not found"):
        await bot.stop_poll(tina.id, 1)


async def test_pin_and_reaction(bot: Bot, tina: Phone) -> None:
    await tina.start()
    sent = await bot.send_message(tina.id, "要紧")
    assert await bot.pin_chat_message(tina.id, sent.message_id)
    assert tina.messages[1].view["pinned"]
    assert await bot.unpin_chat_message(tina.id)
    assert await bot.set_message_reaction(tina.id, 1, "👍")
    with pytest.raises(BadRequest, match=r"(?i)REACTION_INVALID"):
        await bot.set_message_reaction(tina.id, 1, "x")
    with pytest.raises(BadRequest, match="Message to react not found"):
        await bot.set_message_reaction(tina.id, 99, "👍")


async def test_copies_and_forwards(bot: Bot, tina: Phone) -> None:
    await tina.start()
    number = await tina.sends_photo(caption="图")
    copy = await bot.copy_message(tina.id, tina.id, number, caption="新")
    assert tina.last.message_id == copy.message_id and tina.last.text == "新" and tina.last.kind == "photo"
    forward = await bot.forward_message(tina.id, tina.id, number)
    assert forward.forward_origin.sender_user.id == tina.id
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_caption(tina.id, forward.message_id, caption="x")
    assert len(await bot.copy_messages(tina.id, tina.id, [1, number, 5555])) == 2
    assert len(await bot.forward_messages(tina.id, tina.id, [1, number])) == 2
    secret = await bot.send_message(tina.id, "s", protect_content=True)
    for send, why in (
        (bot.copy_message, "Message to copy not found"),
        (bot.forward_message, "Message to forward not found"),
    ):
        with pytest.raises(BadRequest, match=why):
            await send(tina.id, tina.id, 5555)
        with pytest.raises(BadRequest, match="Message can't be"):
            await send(tina.id, tina.id, secret.message_id)
    with pytest.raises(BadRequest, match="Message identifiers are not specified"):
        await bot.copy_messages(tina.id, tina.id, [])
