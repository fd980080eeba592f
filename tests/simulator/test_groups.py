"""Groups: privacy, membership, upgrade, join requests, topics."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden

from simulator import Phone, Simulator, groups

KINDS = ["message", "my_chat_member", "chat_member", "chat_join_request"]


async def texts(bot: Bot) -> list[str]:
    return [update.message.text for update in await bot.get_updates(offset=1) if update.message and update.message.text]


async def test_privacy_and_speaking(sim: Simulator, bot: Bot, tina: Phone) -> None:
    group = groups.create(sim, "一班", [tina.id])
    await tina.says("大家好", chat=group)
    await tina.says("/help", chat=group)
    await tina.says("/help@other_bot", chat=group)
    await tina.says("@tongxue_bot 在吗", chat=group)
    sent = await bot.send_message(group.id, "在")
    await tina.says("谢谢", chat=group, reply_to=sent.message_id)
    assert await texts(bot) == ["/help", "@tongxue_bot 在吗", "谢谢"]
    assert tina.messages_in(group)[-2].text == "在"


async def test_privacy_of_pictures_replies_and_edits(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await bot.get_updates(allowed_updates=["message", "edited_message"])
    group = groups.create(sim, "一班", [tina.id])
    sent = await bot.send_message(group.id, "在")
    await tina.sends_photo(chat=group)
    await tina.sends_photo(chat=group, caption="看图")
    await tina.sends_photo(chat=group, caption="@tongxue_bot 看图")
    await tina.sends_photo(chat=group, reply_to=sent.message_id)
    await tina.says("/help@other_bot", chat=group, reply_to=sent.message_id)
    number = await tina.says("大家好", chat=group)
    await tina.edits(number, "大家早", chat=group)
    await tina.edits(await tina.says("/a", chat=group), "/b", chat=group)
    updates = await bot.get_updates(offset=1)
    seen = [one.effective_message.text or one.effective_message.caption for one in updates]
    assert seen == [None, "@tongxue_bot 看图", None, "/help@other_bot", "/a", "/b"]
    groups.promote(sim, group, 1, True)
    await tina.says("大家晚安", chat=group)
    assert (await bot.get_updates(offset=-1))[0].message.text == "大家晚安"


async def test_put_in_and_thrown_out_by_people(
    sim: Simulator, http: aiohttp.ClientSession, bot: Bot, tina: Phone
) -> None:
    tom = sim.person("Tom")
    async with http.post("/sim/groups", json={"title": "一班", "members": [tina.id], "bots": []}) as answer:
        number = (await answer.json())["id"]
    group = sim.group(number)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(number, "x")

    async def does(deed: str, status: int = 200, **body: Any) -> None:
        async with http.post(f"/sim/groups/{number}/{deed}", json=body) as answer:
            assert answer.status == status, await answer.text()

    await does("add_bot", 400, person=tom.id)
    await does("join", person=tom.id)
    await does("add_bot", person=tom.id, bot=1)
    await does("add_bot", 400, person=tom.id)
    added, line = await bot.get_updates()
    assert (added.my_chat_member.from_user.id, added.my_chat_member.new_chat_member.status) == (tom.id, "member")
    assert line.message.new_chat_members[0].id == 1 and line.message.from_user.id == tom.id
    await does("promote", bot=1, rights={"can_pin_messages": False})
    change = (await bot.get_updates(offset=-1))[0].my_chat_member.new_chat_member
    assert change.status == "administrator" and not change.can_pin_messages and change.can_delete_messages
    async with http.get("/sim/state") as answer:
        shown = (await answer.json())["groups"][0]
    assert shown["bots"] == {"1": "administrator"} and shown["admins"] == [tina.id, 1]
    await does("kick_bot", person=tina.id)
    await does("kick_bot", 400)
    assert (await bot.get_updates(offset=-1))[0].my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(number, "x")
    await tina.adds_bot(group)
    assert (await bot.send_message(number, "wieder da")).text == "wieder da"
    await does("delete")
    with pytest.raises(Forbidden, match="the group chat was deleted"):
        await bot.send_message(number, "x")


async def test_membership(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await bot.get_updates(allowed_updates=KINDS)
    group = groups.create(sim, "一班", [tina.id])
    tom = sim.person("Tom")
    groups.join(sim, group, tom.person)
    groups.leave(sim, group, tom.person)
    updates = await bot.get_updates(offset=1)
    assert updates[0].my_chat_member.new_chat_member.status == "member"
    changes = [(one.old_chat_member.status, one.new_chat_member.status) for u in updates if (one := u.chat_member)]
    assert changes == [("left", "member"), ("member", "left")]
    assert [u.message.left_chat_member.first_name for u in updates if u.message and u.message.left_chat_member] == [
        "Tom"
    ]
    groups.promote(sim, group, 1, True)
    admins = await bot.get_chat_administrators(group.id)
    assert {one.user.id for one in admins} == {tina.id, 1}
    assert (await bot.get_chat_member(group.id, tom.id)).status == "left"
    assert (await bot.get_chat(group.id)).title == "一班"
    assert await bot.get_chat_member_count(group.id) == 2


async def test_upgrade(sim: Simulator, bot: Bot, tina: Phone) -> None:
    group = groups.create(sim, "一班", [tina.id])
    new = groups.upgrade(sim, group)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.id, "x")
    assert caught.value.new_chat_id == new.id < -1_000_000_000_000
    messages = [update.message for update in await bot.get_updates() if update.message]
    assert messages[-2].migrate_to_chat_id == new.id and messages[-1].migrate_from_chat_id == group.id
    assert (await bot.send_message(new.id, "x")).chat.type == "supergroup"


async def test_out_of_the_group(sim: Simulator, bot: Bot, tina: Phone) -> None:
    group = groups.create(sim, "一班", [tina.id])
    groups.remove_bot(sim, group, sim.tokens["1:TEST"], tina.person)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.id, "x")
    groups.add_bot(sim, group, sim.tokens["1:TEST"], tina.person)
    assert await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(group.id, "x")
    group.deleted = True
    with pytest.raises(Forbidden, match="the group chat was deleted"):
        await bot.send_message(group.id, "x")


async def test_rights(sim: Simulator, bot: Bot, tina: Phone) -> None:
    group = groups.create(sim, "一班", [tina.id])
    sent = await bot.send_message(group.id, "x")
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages in the chat"):
        await bot.pin_chat_message(group.id, sent.message_id)
    number = await tina.says("hi", chat=group)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(group.id, number)
    group.muted = True
    with pytest.raises(BadRequest, match="Not enough rights to send text messages to the chat"):
        await bot.send_message(group.id, "x")
    groups.promote(sim, group, 1, True)
    assert await bot.pin_chat_message(group.id, sent.message_id) and await bot.delete_message(group.id, number)


async def test_keyboard_in_a_group(sim: Simulator, bot: Bot, tina: Phone) -> None:
    group = groups.create(sim, "一班", [tina.id])
    for key, words in (
        ({"request_location": True}, "Location can be requested in private chats only"),
        ({"web_app": {"url": "https://a.b"}}, "Web app buttons can be used in private chats only"),
    ):
        with pytest.raises(BadRequest, match=words):
            await bot.send_message(group.id, "x", api_kwargs={"reply_markup": {"keyboard": [[{"text": "k", **key}]]}})


async def test_invitation(sim: Simulator, bot: Bot, tina: Phone) -> None:
    group = groups.create(sim, "一班", [tina.id])
    with pytest.raises(BadRequest, match="Not enough rights to manage chat invite link"):
        await bot.create_chat_invite_link(group.id)
    groups.promote(sim, group, 1, True)
    link = await bot.create_chat_invite_link(group.id, creates_join_request=True)
    tom = sim.person("Tom")
    groups.ask_to_join(sim, group, tom.person, link.invite_link)
    request = (await bot.get_updates(offset=-1))[0].chat_join_request
    assert request.from_user.id == tom.id and request.invite_link.invite_link == link.invite_link
    assert await bot.approve_chat_join_request(group.id, tom.id)
    assert tom.id in sim.people_of(group)
    with pytest.raises(BadRequest, match=r"(?i)HIDE_REQUESTER_MISSING"):
        await bot.decline_chat_join_request(group.id, tom.id)


async def test_topics(sim: Simulator, bot: Bot, tina: Phone) -> None:
    group = groups.create(sim, "讲师", [tina.id], supergroup=True)
    groups.promote(sim, group, 1, True)
    topic = await bot.create_forum_topic(group.id, "问题 1")
    sent = await bot.send_message(group.id, "x", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message and sent.chat.is_forum
    assert await bot.edit_forum_topic(group.id, topic.message_thread_id, name="问题 2")
    assert await bot.close_forum_topic(group.id, topic.message_thread_id)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(group.id, "x", message_thread_id=999)
