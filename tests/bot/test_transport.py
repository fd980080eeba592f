"""Our wire to Telegram: PTB's client over it, quick calls, files, and what is known of a call that failed."""

from __future__ import annotations

import io
import logging
import traceback

import pytest
from msgspec import json
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter
from yarl import URL

from bot.transport import Api, FileGone, NotSent, Uncertain, Wire
from simulator import Phone, Simulator
from tests.stories.program import TOKEN, free_port


async def test_ptb_asks_who_it_is(api: Api) -> None:
    async with api.bot() as bot:
        assert (await bot.get_me()).username == "tongxue_bot"


async def test_ptb_sends_words(api: Api, tina: Phone) -> None:
    async with api.bot() as bot:
        sent = await bot.send_message(tina.id, "<b>早上好</b>", parse_mode="HTML")
    assert tina.last.text == "早上好" and tina.last.message_id == sent.message_id


async def test_ptb_sends_a_file(api: Api, tina: Phone) -> None:
    async with api.bot() as bot:
        sent = await bot.send_document(tina.id, io.BytesIO(b"a,b\n1,2\n"), filename="成绩.csv", caption="成绩")
        assert sent.document is not None and sent.document.file_name == "成绩.csv"
        assert tina.last.kind == "document" and tina.last.text == "成绩"
        there = await bot.get_file(sent.document.file_id)
        assert bytes(await there.download_as_bytearray()) == b"a,b\n1,2\n"


async def test_the_connections_outlive_ptb(api: Api, tina: Phone) -> None:
    async with api.bot():
        pass
    status, _ = await api.call("sendMessage", {"chat_id": tina.id, "text": "x"})
    assert status == 200


async def test_ptb_says_what_telegram_refuses(api: Api, sim: Simulator, tina: Phone) -> None:
    async with api.bot() as bot:
        with pytest.raises(BadRequest, match="empty"):
            await bot.send_message(tina.id, "")
        sim.fault("sendMessage", "429", retry_after=7)
        with pytest.raises(RetryAfter):
            await bot.send_message(tina.id, "x")
        await tina.blocks()
        with pytest.raises(Forbidden, match="blocked"):
            await bot.send_message(tina.id, "x")


async def test_ptb_says_that_a_token_is_wrong(sim: Simulator) -> None:
    api = Api("7:OTHER", sim.url)
    with pytest.raises(InvalidToken):
        await api.bot().initialize()
    await api.close()


@pytest.mark.parametrize("kind", ["close", "accept_close", "502"])
async def test_ptb_calls_a_broken_line_a_network_error(api: Api, sim: Simulator, tina: Phone, kind: str) -> None:
    async with api.bot() as bot:
        sim.fault("sendMessage", kind)
        with pytest.raises(NetworkError):
            await bot.send_message(tina.id, "x")
        assert (await bot.send_message(tina.id, "wieder da")).text == "wieder da"


async def test_nobody_listens() -> None:
    api = Api(TOKEN, f"http://127.0.0.1:{free_port()}/")
    try:
        with pytest.raises(NotSent):
            await api.call("getMe", {})
        with pytest.raises(NotSent):
            await api.poll(0, 1, 100, ("message",))
        with pytest.raises(NetworkError):
            await api.bot().initialize()
    finally:
        await api.close()


async def test_a_quick_call_gives_status_and_body(api: Api, tina: Phone) -> None:
    status, body = await api.call("sendMessage", {"chat_id": tina.id, "text": "hallo"})
    assert status == 200 and json.decode(body)["result"]["text"] == "hallo"
    status, body = await api.call("sendMessage", {"chat_id": 4711, "text": "hallo"})
    assert status == 400 and "chat not found" in json.decode(body)["description"]
    assert (await api.call("noSuchMethod", {}))[0] == 404


async def test_a_poll_brings_what_was_said(api: Api, tina: Phone) -> None:
    await tina.says("hallo")
    status, body = await api.poll(0, 1, 100, ("message",))
    assert status == 200 and [u["message"]["text"] for u in json.decode(body)["result"]] == ["/start", "hallo"]


@pytest.mark.parametrize("kind", ["close", "accept_close"])
async def test_a_line_that_broke_after_the_request_left_is_uncertain(api: Api, sim: Simulator, kind: str) -> None:
    phone = sim.person("Tom")
    await phone.start()
    sim.fault("sendMessage", kind)
    with pytest.raises(Uncertain):
        await api.call("sendMessage", {"chat_id": phone.id, "text": "x"})
    assert (phone.last.text == "x") is (kind == "accept_close"), "nobody can tell the two apart from here"


async def test_an_answer_that_takes_too_long_is_uncertain(sim: Simulator, tina: Phone) -> None:
    wire, url = Wire(read_seconds=0.2), URL(f"{sim.url}bot{TOKEN}/sendMessage")
    body = json.encode({"chat_id": tina.id, "text": "langsam"})
    sim.fault("sendMessage", "slow", seconds=0.8, times=2)
    with pytest.raises(Uncertain):
        await wire.ask(url, body)
    assert (await wire.ask(url, body, seconds=3))[0] == 200, "a call may be given more time"
    await wire.shutdown()


async def test_a_wire_opens_again_after_it_was_shut(sim: Simulator) -> None:
    wire, url = Wire(), URL(f"{sim.url}bot{TOKEN}/getMe")
    assert (await wire.ask(url, b"{}"))[0] == 200
    await wire.shutdown()
    await wire.shutdown()
    assert (await wire.ask(url, None, "GET"))[0] == 200
    await wire.shutdown()


async def test_a_file_that_somebody_sent(api: Api, sim: Simulator, tina: Phone) -> None:
    content = bytes(range(256)) * 400
    number = await tina.sends_document("班级.xlsx", content)
    message = next(m for m in tina.messages if m.message_id == number)
    assert message.kind == "document"
    _, body = await api.poll(0, 1, 100, ("message",))
    file_id = json.decode(body)["result"][-1]["message"]["document"]["file_id"]
    assert await api.fetch(file_id) == content
    with pytest.raises(FileGone):
        await api.fetch("no-such-file")


@pytest.mark.parametrize("kind", ["nobody", "close", "accept_close", "slow", "refused", "file"])
async def test_the_token_stands_in_no_error_and_no_log(
    sim: Simulator, tina: Phone, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "telegram")  # as the command line does
    api = Api(TOKEN, f"http://127.0.0.1:{free_port()}" if kind == "nobody" else sim.url)
    api.wire.read_seconds = 0.2
    sim.fault("", kind if kind not in ("nobody", "refused", "file") else "502", times=3, seconds=0.5)
    told = [repr(api)]
    for attempt in (lambda: api.call("getMe", {}), lambda: api.fetch("x"), lambda: api.bot().get_me()):
        try:
            await attempt()
        except Exception as lost:
            told.append("".join(traceback.format_exception(lost)) + repr(lost))
    assert len(told) > 1 and not [text for text in told if TOKEN in text]
    assert TOKEN not in caplog.text
    await api.close()
