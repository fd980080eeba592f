"""Albums: from people and from bots, passed on and copied, and their files when they vanish."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InputMediaAudio, InputMediaDocument, InputMediaPhoto, Message
from telegram.error import BadRequest, NetworkError, RetryAfter

from simulator import Phone, Simulator
from simulator.phone import PNG


async def heard(bot: Bot, count: int) -> list[Message]:
    return [update.message for update in (await bot.get_updates(offset=-count)) if update.message]


def form_of(count: int, mime: str = "image/png", **fields: str) -> aiohttp.FormData:
    form = aiohttp.FormData({"kind": "album", **fields})
    for n in range(count):
        form.add_field("file", PNG + bytes([n]), filename=f"{n}.{mime[-3:]}", content_type=mime)
    return form


async def send(http: aiohttp.ClientSession, tina: Phone, form: aiohttp.FormData) -> list[dict[str, Any]]:
    async with http.post(f"/sim/people/{tina.id}/send", data=form) as answer:
        assert answer.status == 200, await answer.text()
        body = await answer.json()
    return list(body.get("messages") or [body["message"]])


async def test_pictures_over_http(http: aiohttp.ClientSession, bot: Bot, tina: Phone) -> None:
    await tina.start()
    replied = await tina.says("见图")
    marks = json.dumps([{"type": "italic", "offset": 0, "length": 1}])
    sent = await send(http, tina, form_of(4, caption="四张", caption_entities=marks, reply_to=str(replied)))
    assert len({one["album"] for one in sent}) == 1 and sent[0]["file"]["width"] == 1
    messages = await heard(bot, 4)
    assert [one.caption for one in messages] == ["四张", None, None, None]
    assert messages[0].caption_entities[0].type == "italic" and len({one.media_group_id for one in messages}) == 1
    assert {one.reply_to_message.message_id for one in messages if one.reply_to_message} == {replied}


async def test_other_albums(http: aiohttp.ClientSession, bot: Bot, tina: Phone) -> None:
    await tina.start()
    await send(http, tina, form_of(2, "application/pdf", of="document", caption="**两份**", parse_mode="typed"))
    first, second = await heard(bot, 2)
    assert first.document and second.document and first.media_group_id == second.media_group_id
    assert first.caption == "两份" and first.caption_entities[0].type == "bold"
    await tina.sends_album(12)
    groups = [one.media_group_id for one in await heard(bot, 12)]
    assert groups == [groups[0]] * 10 + [groups[10]] * 2 and groups[0] != groups[10]
    await send(http, tina, form_of(1))
    assert (await heard(bot, 1))[0].media_group_id is None


async def test_an_album_is_passed_on_together(http: aiohttp.ClientSession, bot: Bot, tina: Phone) -> None:
    await tina.start()
    numbers = await tina.sends_album(3, caption="三张")
    old = (await heard(bot, 3))[0].media_group_id
    body = {"message_ids": numbers, "chat": tina.id, "from_chat": tina.id}
    async with http.post(f"/sim/people/{tina.id}/forward", json=body) as answer:
        assert len((await answer.json())["messages"]) == 3
    messages = await heard(bot, 3)
    assert messages[0].caption == "三张" and all(one.forward_origin for one in messages)
    assert len({one.media_group_id for one in messages} - {old, None}) == 1
    await tina.forwards(numbers[1])
    assert (await heard(bot, 1))[0].media_group_id is None
    async with http.post(f"/sim/people/{tina.id}/delete", json={"message_ids": numbers}) as answer:
        assert answer.status == 200
    assert not set(numbers) & {one.message_id for one in tina.messages}


async def test_a_bot_sends_one_by_file_ids(http: aiohttp.ClientSession, bot: Bot, tina: Phone) -> None:
    await tina.start()
    await tina.sends_album(2)
    ids = [one.photo[-1].file_id for one in await heard(bot, 2)]
    media = [{"type": "photo", "media": one} for one in ids]
    media[0] |= {"caption": "<b>两</b>张", "parse_mode": "HTML"}
    body = {"chat_id": tina.id, "media": media, "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}}
    async with http.post("/bot1:TEST/sendMediaGroup", json=body) as answer:
        sent = (await answer.json())["result"]
    assert [one["message_id"] for one in sent] == [sent[0]["message_id"], sent[0]["message_id"] + 1]
    assert sent[0]["caption_entities"][0]["type"] == "bold" and "reply_markup" not in sent[0]
    assert [one.album for one in tina.messages[-2:]] == [sent[0]["media_group_id"]] * 2
    media[0]["media"] = "attach://no"
    async with http.post("/bot1:TEST/sendMediaGroup", json=body) as answer:
        assert (await answer.json())["description"] == "Bad Request: can't parse InputMedia: media not found"


async def test_what_is_no_album(http: aiohttp.ClientSession, bot: Bot, tina: Phone) -> None:
    await tina.start()
    for media, words in (
        (None, 'parameter "media" is required'),
        ([], "there are no messages to send"),
        ([{"type": "photo", "media": "x"}] * 11, "too many messages to send as an album"),
        ([{"type": "animation", "media": "x"}], "can't parse InputMedia: type \"animation\" can't be used in "),
        ([{"type": "voice", "media": "x"}], 'can\'t parse InputMedia: type "voice" is unsupported'),
    ):
        async with http.post("/bot1:TEST/sendMediaGroup", json={"chat_id": tina.id, "media": media}) as answer:
            assert (await answer.json())["description"].startswith(f"Bad Request: {words}")
    with pytest.raises(BadRequest, match="Audio can't be mixed with other media types"):
        await bot.send_media_group(tina.id, [InputMediaPhoto(PNG), InputMediaAudio(b"x")])
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_media_group(tina.id, [InputMediaPhoto(PNG, caption="y" * 1025), InputMediaPhoto(PNG)])
    (single,) = await bot.send_media_group(tina.id, [InputMediaPhoto(PNG)])
    assert single.media_group_id is None and len(tina.messages) == 2


async def test_an_album_counts_as_its_messages(sim: Simulator, bot: Bot, tina: Phone) -> None:
    group = await tina.makes_group("一班")
    sim.floods.on = True
    for _ in range(2):
        await bot.send_media_group(group.id, [InputMediaPhoto(PNG)] * 10)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_media_group(group.id, [InputMediaPhoto(PNG)] * 2)
    assert 5 <= caught.value.retry_after.total_seconds() <= 6


async def test_copies_keep_the_album(bot: Bot, tina: Phone) -> None:
    await tina.start()
    numbers = [*await tina.sends_album(2, caption="两张"), await tina.says("单独")]
    old = tina.messages_in(limit=3)[0].album
    await bot.copy_messages(tina.id, tina.id, numbers)
    first, second, alone = tina.messages_in(limit=3)
    assert first.album == second.album not in ("", old) and not alone.album and first.text == "两张"
    await bot.copy_messages(tina.id, tina.id, numbers[:2], remove_caption=True)
    assert [one.text for one in tina.messages_in(limit=2)] == ["", ""]
    await bot.forward_messages(tina.id, tina.id, numbers)
    assert tina.messages_in(limit=3)[0].album and "forward" in tina.last.view


async def test_an_album_keeps_its_kind(bot: Bot, tina: Phone) -> None:
    await tina.start()
    sent = await bot.send_media_group(tina.id, [InputMediaPhoto(PNG, caption="一"), InputMediaPhoto(PNG)])
    with pytest.raises(BadRequest, match="Can't change media type in the album"):
        await bot.edit_message_media(InputMediaDocument(b"x"), tina.id, sent[0].message_id)
    edited = await bot.edit_message_caption(tina.id, sent[0].message_id, caption="二")
    assert edited.caption == "二" and edited.media_group_id == sent[0].media_group_id
    await bot.edit_message_media(InputMediaPhoto(PNG + b"2", caption="三"), tina.id, sent[0].message_id)
    assert tina.messages[-2].text == "三" and tina.messages[-2].edited and not tina.last.edited


async def test_a_file_vanishes(http: aiohttp.ClientSession, sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    await tina.sends_album(2)
    good, gone = [one.photo[-1].file_id for one in await heard(bot, 2)]
    async with http.put(f"/sim/files/{gone}", json={"gone": True}) as answer:
        assert answer.status == 200
    with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
        await bot.send_photo(tina.id, gone, caption="x")
    with pytest.raises(BadRequest, match="Wrong file_id or the file is temporarily unavailable"):
        await bot.get_file(gone)
    words = 'Failed to send message #2 with the error message "wrong file identifier/http url specified"'
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await bot.send_media_group(tina.id, [InputMediaPhoto(good), InputMediaPhoto(gone)])
    assert len(tina.messages) == 3
    async with http.put(f"/sim/files/{gone}", json={"gone": False}) as answer:
        assert answer.status == 200
    await bot.send_photo(tina.id, gone)
    sim.fault("sendPhoto", "vanish")
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_photo(tina.id, gone)
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_photo(tina.id, gone)
    async with http.put("/sim/files/nothing", json={}) as answer:
        assert answer.status == 400


async def test_accepted_and_then_closed(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    for method, send in (
        ("sendMediaGroup", lambda: bot.send_media_group(tina.id, [InputMediaPhoto(PNG), InputMediaPhoto(PNG)])),
        ("sendPhoto", lambda: bot.send_photo(tina.id, PNG, caption="一张")),
    ):
        before = len(tina.messages)
        sim.fault(method, "accept_close")
        with pytest.raises(NetworkError):
            await send()
        assert len(tina.messages) > before


async def test_a_voice_keeps_its_length(bot: Bot, tina: Phone) -> None:
    await tina.start()
    await tina.sends_voice(duration=37)
    voice = (await heard(bot, 1))[0].voice
    again = await bot.send_voice(tina.id, voice.file_id, caption="<b>听</b>", parse_mode="HTML")
    assert again.voice.duration.total_seconds() == 37 and again.caption_entities[0].type == "bold"
