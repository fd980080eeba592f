"""Words from phones: signs, entities, long texts, captions, and changing them later."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from telegram import Bot, Message

from simulator import Phone, Simulator
from simulator.refusal import NotPossible
from simulator.typed import parse_typed
from simulator.wording import cut

TYPED = [
    ("**粗**和__斜__", "粗和斜", [("bold", 0, 1), ("italic", 2, 1)]),
    ("~~删~~ ||藏|| <u>下</u>", "删 藏 下", [("strikethrough", 0, 1), ("spoiler", 2, 1), ("underline", 4, 1)]),
    ("😀**粗**😀", "😀粗😀", [("bold", 2, 1)]),
    ("**__两样__**", "两样", [("italic", 0, 2), ("bold", 0, 2)]),
    ("**第一行\n第二行**", "第一行\n第二行", [("bold", 0, 7)]),
    ("`a**b**` [图](https://a.b/c)", "a**b** 图", [("code", 0, 6), ("text_link", 7, 1)]),
    ("[**粗**链](a.b/c)", "粗链", [("text_link", 0, 2), ("bold", 0, 1)]),
    ("```py\nx = 1```", "x = 1", [("pre", 0, 5)]),
    ("__https://a.b__", "https://a.b", [("italic", 0, 11)]),
    ("https://a.b/x__y__z", "https://a.b/x__y__z", []),
    ("姓名：____ 电话：____", "姓名：____ 电话：____", []),
    ("2 ** 3 ** 4", "2 ** 3 ** 4", []),
    ("**没有尾巴", "**没有尾巴", []),
    ("[x](y)", "[x](y)", []),
    ("** **", "** **", []),
    ("***三个***", "***三个***", []),
]


@pytest.mark.parametrize(("source", "words", "marks"), TYPED, ids=range(len(TYPED)))
def test_signs(source: str, words: str, marks: list[tuple[str, int, int]]) -> None:
    text, found = parse_typed(source)
    assert (text, [(one["type"], one["offset"], one["length"]) for one in found]) == (words, marks)


def test_long_texts_are_cut_where_a_line_or_word_ends() -> None:
    bold = {"type": "bold", "offset": 4, "length": 8}
    assert cut("eins zwei drei", [bold], 10) == [
        ("eins zwei", [{"type": "bold", "offset": 4, "length": 5}]),
        ("drei", [{"type": "bold", "offset": 0, "length": 2}]),
    ]
    assert [words for words, _ in cut("签" * 25, [], 10)] == ["签" * 10, "签" * 10, "签" * 5]
    assert [len(words) for words, _ in cut("😀" * 9, [], 10)] == [5, 4]


async def say(http: aiohttp.ClientSession, tina: Phone, **body: Any) -> dict[str, Any]:
    async with http.post(f"/sim/people/{tina.id}/say", json=body) as answer:
        return {"status": answer.status, **await answer.json()}


async def newest(bot: Bot) -> Message:
    update = (await bot.get_updates(offset=-1))[0]
    message = update.message or update.edited_message
    assert message is not None
    return message


async def test_formatting_reaches_the_bot(http: aiohttp.ClientSession, bot: Bot, tina: Phone) -> None:
    await tina.start()
    await say(http, tina, text="**明天** 8:50 到 [3 号楼](https://a.b/c) /help", parse_mode="typed")
    message = await newest(bot)
    assert message.text == "明天 8:50 到 3 号楼 /help"
    assert [one.type for one in message.entities] == ["bold", "text_link", "bot_command"]
    assert message.text_html == '<b>明天</b> 8:50 到 <a href="https://a.b/c">3 号楼</a> /help'
    await say(http, tina, text="<i>斜</i>&amp;<u>下</u>", parse_mode="HTML")
    assert (await newest(bot)).text_html == "<i>斜</i>&amp;<u>下</u>"
    await say(http, tina, text="粗 #x", entities=[{"type": "bold", "offset": 0, "length": 1}])
    assert [one.type for one in (await newest(bot)).entities] == ["bold", "hashtag"]
    await say(http, tina, text="**原样**")
    assert (await newest(bot)).text == "**原样**"
    assert (await say(http, tina, text="<x>", parse_mode="HTML"))["status"] == 400
    assert (await say(http, tina, text="** **"))["status"] == 200 and (await say(http, tina, text=" "))["status"] == 400


async def test_bots_know_no_typed_signs(http: aiohttp.ClientSession, tina: Phone) -> None:
    await tina.start()
    body = {"chat_id": tina.id, "text": "**x**", "parse_mode": "typed"}
    async with http.post("/bot1:TEST/sendMessage", json=body) as answer:
        assert (await answer.json())["description"] == "Bad Request: unsupported parse_mode"


async def test_a_text_too_long_for_one_message(http: aiohttp.ClientSession, bot: Bot, tina: Phone) -> None:
    await tina.start()
    said = await say(http, tina, text="字" * 4097)
    assert [len(one["text"]) for one in said["messages"]] == [4096, 1] and said["message"] == said["messages"][0]
    assert [len(u.message.text) for u in (await bot.get_updates())[1:] if u.message] == [4096, 1]


async def test_captions(bot: Bot, tina: Phone) -> None:
    await tina.start()
    await tina.sends_photo(caption="**集合点** 见图", parse_mode="typed")
    message = await newest(bot)
    assert message.caption == "集合点 见图" and message.caption_entities[0].type == "bold"
    await tina.sends_voice(caption="听一下", duration=7)
    assert (await newest(bot)).caption == "听一下"
    with pytest.raises(NotPossible, match="at most 1024"):
        await tina.sends_photo(caption="长" * 1025)


async def test_own_words_are_changed(http: aiohttp.ClientSession, sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    number = await tina.says("明天 **九点**", parse_mode="typed")
    body = {"message_id": number, "text": "明天 **八点**", "parse_mode": "typed"}
    async with http.post(f"/sim/people/{tina.id}/edit", json=body) as answer:
        assert (await answer.json())["message"]["edit_date"] == int(sim.clock.now())
    update = (await bot.get_updates(offset=-1))[0]
    assert update.message is None and update.edited_message and update.edited_message.text == "明天 八点"
    assert update.edited_message.entities[0].type == "bold" and update.edited_message.edit_date
    assert tina.last.edited
    before = len(await bot.get_updates())
    await tina.edits(number, "明天 **八点**", parse_mode="typed")
    assert len(await bot.get_updates()) == before
    photo = await tina.sends_photo(caption="一")
    await tina.edits(photo, "")
    assert (await newest(bot)).caption is None


async def test_what_cannot_be_changed(sim: Simulator, bot: Bot, tina: Phone) -> None:
    await tina.start()
    number = await tina.says("一")
    forward, place = await tina.forwards(number), await tina.sends_location()
    for one, text in ((forward, "二"), (place, "二"), (number, " "), (number, "长" * 4097)):
        with pytest.raises(NotPossible):
            await tina.edits(one, text)
    sim.clock.advance(48 * 3600 + 1)
    with pytest.raises(NotPossible, match="too old"):
        await tina.edits(number, "二")


async def test_whom_a_forward_comes_from(bot: Bot, tina: Phone) -> None:
    await tina.start()
    sent = await bot.send_message(tina.id, "<b>通知</b>", parse_mode="HTML")
    await tina.forwards(sent.message_id)
    message = await newest(bot)
    assert message.text_html == "<b>通知</b>" and message.forward_origin.sender_user.id == 1
    again = await tina.forwards(message.message_id)
    assert (await newest(bot)).forward_origin.sender_user.id == 1
    await tina.forwards(again, channel="学院通知")
    assert (await newest(bot)).forward_origin.type == "user"
    own = await tina.says("我写的")
    await tina.forwards(own, channel="学院通知")
    assert (await newest(bot)).forward_origin.chat.title == "学院通知"
    await tina.forwards(own, hidden=True)
    assert (await newest(bot)).forward_origin.sender_user_name == "Tina"
    assert tina.last.view["forward"] == {"name": "Tina"}
