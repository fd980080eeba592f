"""The exact words in which Telegram refuses."""

from __future__ import annotations

import aiohttp
import pytest

from simulator import Phone, Simulator


def inline(**button: object) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": "b", **button}]]}


SAYS = [
    ({"text": "x", "chat_id": ""}, "Bad Request: chat_id is empty"),
    ({"text": "x", "chat_id": 42}, "Bad Request: chat not found"),
    ({"text": "x", "chat_id": "@nobody_here"}, "Bad Request: chat not found"),
    ({}, "Bad Request: message text is empty"),
    ({"text": "  \n "}, "Bad Request: text must be non-empty"),
    ({"text": "x" * 4097}, "Bad Request: message is too long"),
    ({"text": "x" * 32769}, "Bad Request: text is too long"),
    ({"text": "x", "parse_mode": "bbcode"}, "Bad Request: unsupported parse_mode"),
    ({"text": "x", "message_thread_id": 7}, "Bad Request: message thread not found"),
    ({"text": "x", "reply_markup": inline(callback_data="x" * 65)}, "Bad Request: BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": inline(callback_data="签" * 22)}, "Bad Request: BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": inline(url="nowhere")}, "Bad Request: BUTTON_URL_INVALID"),
    (
        {"text": "x", "reply_markup": inline()},
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "b", "callback_data": "x"}] * 101]}},
        "Bad Request: reply markup is too long",
    ),
]
HTML = [
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("签<x>y</x>", 'Unsupported start tag "x" at byte offset 3'),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
]


async def say(http: aiohttp.ClientSession, tina: Phone, body: dict[str, object]) -> tuple[int, dict[str, object]]:
    async with http.post("/bot1:TEST/sendMessage", json={"chat_id": tina.id, **body}) as answer:
        return answer.status, await answer.json()


@pytest.mark.parametrize(("body", "words"), SAYS, ids=range(len(SAYS)))
async def test_send_message(http: aiohttp.ClientSession, tina: Phone, body: dict[str, object], words: str) -> None:
    await tina.start()
    status, answer = await say(http, tina, body)
    assert (status, answer) == (400, {"ok": False, "error_code": 400, "description": words})


@pytest.mark.parametrize(("text", "words"), HTML, ids=range(len(HTML)))
async def test_html(http: aiohttp.ClientSession, tina: Phone, text: str, words: str) -> None:
    await tina.start()
    _, answer = await say(http, tina, {"text": text, "parse_mode": "HTML"})
    if text == "1 < 2":
        assert str(answer["description"]).startswith("Bad Request: can't parse entities: ")
    else:
        assert answer["description"] == f"Bad Request: can't parse entities: {words}"


async def test_entities_of_html(http: aiohttp.ClientSession, tina: Phone) -> None:
    await tina.start()
    text = '😀 <b>粗<i>斜</i></b> <a href="https://a.b/c">链</a> <pre><code class="language-py">x</code></pre>'
    _, answer = await say(http, tina, {"text": text, "parse_mode": "HTML"})
    result = answer["result"]
    assert isinstance(result, dict) and result["text"] == "😀 粗斜 链 x"
    assert result["entities"] == [
        {"type": "bold", "offset": 3, "length": 2},
        {"type": "italic", "offset": 4, "length": 1},
        {"type": "text_link", "offset": 6, "length": 1, "url": "https://a.b/c"},
        {"type": "pre", "offset": 8, "length": 1, "language": "py"},
    ]
    html = '😀 <b>粗<i>斜</i></b> <a href="https://a.b/c">链</a> <pre>x</pre>'
    assert tina.last.html == html


async def test_markdown(http: aiohttp.ClientSession, tina: Phone) -> None:
    await tina.start()
    _, answer = await say(http, tina, {"text": "*粗* _斜_ `x` [链](https://a.b/c) \\.", "parse_mode": "MarkdownV2"})
    result = answer["result"]
    assert isinstance(result, dict) and result["text"] == "粗 斜 x 链 ."
    assert [one["type"] for one in result["entities"]] == ["bold", "italic", "code", "text_link"]
    _, answer = await say(http, tina, {"text": "a.b", "parse_mode": "MarkdownV2"})
    words = "Character '.' is reserved and must be escaped with the preceding '\\'"
    assert answer["description"] == f"Bad Request: can't parse entities: {words}"


async def test_paths_and_tokens(http: aiohttp.ClientSession) -> None:
    cases = [
        ("/bot1:TEST/nosuchmethod", 404, "Not Found: method not found"),
        ("/bot1:OTHER/getMe", 401, "Unauthorized"),
        ("/botabc/getMe", 401, "Unauthorized: invalid token specified"),
        ("/nowhere", 404, "Not Found"),
    ]
    for path, code, words in cases:
        async with http.get(path) as answer:
            assert (answer.status, (await answer.json())["description"]) == (code, words)


async def test_every_way_to_send_parameters(http: aiohttp.ClientSession, tina: Phone) -> None:
    await tina.start()
    form = aiohttp.FormData({"chat_id": str(tina.id), "text": "multipart"})
    form.add_field("x", b"1", filename="x")
    ways = [
        http.get("/bot1:TEST/sendMessage", params={"chat_id": tina.id, "text": "query"}),
        http.post("/bot1:TEST/SENDMESSAGE", data={"chat_id": tina.id, "text": "form"}),
        http.post("/bot1:TEST/sendmessage", json={"chat_id": tina.id, "text": "json"}),
        http.post("/bot1:TEST/sendMessage", data=form),
    ]
    for way, text in zip(ways, ("query", "form", "json", "multipart"), strict=True):
        async with way as answer:
            assert (await answer.json())["result"]["text"] == text


async def test_revoked_and_gone(http: aiohttp.ClientSession, sim: Simulator, tina: Phone) -> None:
    await tina.start()
    tina.person.deactivated = True
    assert (await say(http, tina, {"text": "x"}))[1]["description"] == "Forbidden: user is deactivated"
    sim.tokens["1:TEST"].revoked = True
    assert (await say(http, tina, {"text": "x"}))[0] == 401
