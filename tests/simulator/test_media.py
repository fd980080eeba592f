"""Pictures, voices, files, albums: to the bot and from it."""

from __future__ import annotations

import aiohttp
import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

from simulator import Phone, Simulator
from simulator.phone import PNG


async def test_photo_to_the_bot_and_back(bot: Bot, tina: Phone) -> None:
    await tina.start()
    await tina.sends_photo(caption="作业 #1")
    message = (await bot.get_updates(offset=-1))[0].message
    assert message.caption == "作业 #1" and message.photo[-1].width == 1
    file = await bot.get_file(message.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == PNG
    again = await bot.send_photo(tina.id, message.photo[-1].file_id, caption="<b>好</b>", parse_mode="HTML")
    assert again.photo[-1].file_unique_id == message.photo[-1].file_unique_id
    assert (await tina.sees("好")).kind == "photo"


async def test_every_kind_from_a_person(bot: Bot, tina: Phone) -> None:
    await tina.start()
    await tina.sends_voice(duration=7)
    await tina.sends_video()
    await tina.sends_document("日志.txt", b"hello")
    await tina.sends_sticker()
    await tina.sends_location(1.5, 2.5)
    voice, video, document, sticker, place = [update.message for update in (await bot.get_updates())[1:]]
    assert voice.voice.duration.total_seconds() == 7 and video.video and sticker.sticker.type == "regular"
    assert document.document.file_name == "日志.txt" and document.document.mime_type == "text/plain"
    assert (place.location.latitude, place.location.longitude) == (1.5, 2.5)


async def test_album_from_a_person(bot: Bot, tina: Phone) -> None:
    await tina.start()
    await tina.sends_album(3, caption="三张")
    messages = [update.message for update in (await bot.get_updates())[1:]]
    assert len({message.media_group_id for message in messages}) == 1 and len(messages) == 3
    assert [message.caption for message in messages] == ["三张", None, None]


async def test_bot_uploads(bot: Bot, tina: Phone, http: aiohttp.ClientSession) -> None:
    await tina.start()
    sent = await bot.send_document(tina.id, b"<svg/>", filename="a.svg")
    assert sent.document.file_name == "a.svg"
    await bot.send_voice(tina.id, b"OggS", duration=3)
    await bot.send_video(tina.id, b"mp4")
    await bot.send_audio(tina.id, b"mp3", title="x")
    await bot.send_sticker(tina.id, b"webp")
    await bot.send_location(tina.id, 1, 2)
    assert [one.kind for one in tina.messages[1:]] == ["document", "voice", "video", "audio", "sticker", "location"]
    async with http.get(f"/sim/files/{sent.document.file_id}") as answer:
        assert answer.headers["Content-Type"] == "application/octet-stream" and await answer.read() == b"<svg/>"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_bot_sends_an_album(bot: Bot, tina: Phone) -> None:
    await tina.start()
    sent = await bot.send_media_group(tina.id, [InputMediaPhoto(PNG, caption="一"), InputMediaPhoto(PNG)])
    assert len(sent) == 2 and sent[0].media_group_id == sent[1].media_group_id and sent[0].caption == "一"
    with pytest.raises(BadRequest, match=r"(?i)document can't be mixed with other media types"):
        await bot.send_media_group(tina.id, [InputMediaPhoto(PNG), InputMediaDocument(b"x")])


async def test_edit_media_and_caption(bot: Bot, tina: Phone) -> None:
    await tina.start()
    sent = await bot.send_photo(tina.id, PNG, caption="一")
    edited = await bot.edit_message_caption(tina.id, sent.message_id, caption="二")
    assert edited.caption == "二"
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("三", tina.id, sent.message_id)
    changed = await bot.edit_message_media(InputMediaDocument(b"x", filename="x.txt"), tina.id, sent.message_id)
    assert changed.document and not changed.photo and changed.caption is None


async def test_bad_files(bot: Bot, tina: Phone) -> None:
    await tina.start()
    sent = await bot.send_document(tina.id, b"x" * (20 * 2**20 + 1), filename="big.bin")
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(sent.document.file_id)
    with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
        await bot.send_photo(tina.id, "no such file")
    with pytest.raises(BadRequest, match="Wrong remote file identifier specified"):
        await bot.send_photo(tina.id, "AgACAgIAAxkBAAIBZ2Zzzzzzzzzzzz")
    with pytest.raises(BadRequest, match="Can't use file of type document as photo"):
        await bot.send_photo(tina.id, sent.document.file_id)


async def test_nothing_in_the_request(http: aiohttp.ClientSession, tina: Phone) -> None:
    await tina.start()
    for kind in ("Photo", "Voice", "Document"):
        async with http.post(f"/bot1:TEST/send{kind}", json={"chat_id": tina.id}) as answer:
            words = (await answer.json())["description"]
        assert words == f"Bad Request: there is no {kind.lower()} in the request"
    async with http.post(
        "/bot1:TEST/sendPhoto", json={"chat_id": tina.id, "photo": "x", "caption": "y" * 1025}
    ) as answer:
        assert (await answer.json())["description"] == "Bad Request: message caption is too long"


async def test_page_sends_files(http: aiohttp.ClientSession, sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    form = aiohttp.FormData({"kind": "album", "chat": str(tina.id), "caption": "两张"})
    for n in range(2):
        form.add_field("file", PNG + bytes([n]), filename=f"{n}.png", content_type="image/png")
    async with http.post(f"/sim/people/{tina.id}/send", data=form) as answer:
        messages = (await answer.json())["messages"]
    assert [one["kind"] for one in messages] == ["photo", "photo"] and messages[0]["album"] == messages[1]["album"]
    async with http.post(f"/sim/people/{tina.id}/send", json={"kind": "contact"}) as answer:
        assert (await answer.json())["message"]["contact"]["first_name"] == "Tina"
