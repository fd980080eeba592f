"""The people's side over HTTP: what the page of phones asks for and hears."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import aiohttp
from telegram import Bot, ReplyKeyboardMarkup

from simulator import Phone, Simulator
from simulator.clock import ZONE


async def get(http: aiohttp.ClientSession, path: str) -> Any:
    async with http.get(path) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.json()


async def post(http: aiohttp.ClientSession, path: str, body: Any, status: int = 200) -> Any:
    async with http.post(path, json=body) as answer:
        assert answer.status == status, await answer.text()
        return await answer.json()


async def events(http: aiohttp.ClientSession, wanted: str) -> dict[str, Any]:
    async with http.get("/sim/events") as answer:
        assert answer.content_type == "text/event-stream"
        async for line in answer.content:
            if line.startswith(b"data: ") and (event := json.loads(line[6:]))["type"] == wanted:
                return dict(event)
    raise AssertionError("the stream ended")


async def test_page_is_served(http: aiohttp.ClientSession) -> None:
    async with http.get("/") as answer:
        assert answer.status == 200 and "<main" in await answer.text()
    async with http.get("/page/main.js") as answer:
        assert answer.status == 200 and "javascript" in answer.content_type
    async with http.get("/page/..%2f__init__.py") as answer:
        assert answer.status == 404


async def test_a_whole_conversation(http: aiohttp.ClientSession, bot: Bot) -> None:
    tina = await post(http, "/sim/people", {"name": "Tina", "note": "学员", "lang": "zh"})
    number = tina["id"]
    await post(http, f"/sim/people/{number}/say", {"chat": number, "text": "x"}, 400)
    await post(http, f"/sim/people/{number}/start", {"payload": "tok"})
    await bot.send_message(number, "菜单", reply_markup=ReplyKeyboardMarkup([["签到"]], input_field_placeholder="写"))
    said = await post(http, f"/sim/people/{number}/say", {"chat": number, "text": "签到 /help", "reply_to": 2})
    assert said["message"]["reply_to"]["text"] == "菜单"
    view = await get(http, f"/sim/chats/{number}?person={number}&limit=2")
    assert [one["message_id"] for one in view["messages"]] == [2, 3] and view["bot"]["username"] == "tongxue_bot"
    assert view["keyboard"]["rows"] == [[{"text": "签到"}]] and view["keyboard"]["placeholder"] == "写"
    assert '<span class="bot_command" data-command="/help">' in view["messages"][1]["html"]
    older = await get(http, f"/sim/chats/{number}?person={number}&limit=50&before=2")
    assert [one["text"] for one in older["messages"]] == ["/start tok"]
    state = await get(http, "/sim/state")
    assert state["people"][0]["started"] and state["bots"][0]["id"] == 1


async def test_live_events(http: aiohttp.ClientSession, bot: Bot, tina: Phone) -> None:
    await tina.start()
    for wanted, deed in (
        ("message", lambda: bot.send_message(tina.id, "<i>x</i>", parse_mode="HTML")),
        ("typing", lambda: bot.send_chat_action(tina.id, "typing")),
        ("keyboard", lambda: bot.send_message(tina.id, "k", reply_markup=ReplyKeyboardMarkup([["a"]]))),
        ("call", lambda: bot.get_me()),
        ("edit", lambda: bot.edit_message_text("neu", tina.id, 2)),
        ("delete", lambda: bot.delete_message(tina.id, 2)),
    ):
        heard = asyncio.create_task(events(http, wanted))
        await asyncio.sleep(0.05)
        await deed()
        event = await asyncio.wait_for(heard, 2)
        assert event.get("chat", tina.id) == tina.id, event


async def test_escaping(http: aiohttp.ClientSession, tina: Phone) -> None:
    await tina.start()
    await tina.says('<img src=x onerror="1"> /a')
    assert tina.last.html.startswith("&lt;img src=x onerror=&quot;1&quot;&gt; ")


async def test_clock(http: aiohttp.ClientSession, sim: Simulator) -> None:
    await http.put("/sim/marks", json=[{"at": "2027-03-01T08:00:00+08:00", "label": "上课"}])
    face = await post(http, "/sim/clock", {"set": "2027-03-01T07:00:00", "speed": 0})
    assert face["now"] == "2027-03-01T07:00:00.000+08:00" and face["speed"] == 0
    assert (await post(http, "/sim/clock", {"add_seconds": 60}))["now"].startswith("2027-03-01T07:01")
    assert (await post(http, "/sim/clock", {"to_next": True}))["now"].startswith("2027-03-01T08:00")
    await post(http, "/sim/clock", {"set": "bald"}, 400)
    sim.clock.run(3600)
    await asyncio.sleep(0.05)
    assert sim.clock.now() > datetime(2027, 3, 1, 8, 2, tzinfo=ZONE).timestamp()


async def test_clock_stream(http: aiohttp.ClientSession, sim: Simulator) -> None:
    async with http.get("/sim/clock/stream") as answer:
        first = json.loads((await answer.content.readuntil(b"\n\n"))[6:])
        sim.clock.set(datetime(2027, 3, 1, tzinfo=ZONE))
        second = json.loads((await answer.content.readuntil(b"\n\n"))[6:])
    assert first["speed"] == 1 and second["now"].startswith("2027-03-01T00:00:00")


async def test_mini_app(http: aiohttp.ClientSession, tina: Phone) -> None:
    await tina.start()
    answer = await post(http, f"/sim/people/{tina.id}/webapp", {"url": "http://127.0.0.1:1/desk"})
    data = parse_qs(urlsplit(answer["url"]).fragment)["tgWebAppData"][0]
    fields = dict(parse_qsl(data))
    given = fields.pop("hash")
    check = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    key = hmac.new(b"WebAppData", b"1:TEST", hashlib.sha256).digest()
    assert hmac.new(key, check.encode(), hashlib.sha256).hexdigest() == given
    assert json.loads(fields["user"])["id"] == tina.id and "signature" in fields


async def test_offline_and_blocked_over_http(http: aiohttp.ClientSession, tina: Phone) -> None:
    await tina.start()
    async with http.patch(f"/sim/people/{tina.id}", json={"offline": True, "note": "路上"}) as answer:
        assert (await answer.json())["offline"]
    said = await post(http, f"/sim/people/{tina.id}/say", {"text": "später"})
    assert said["message"]["pending"]
    await post(http, f"/sim/people/{tina.id}/tap", {"message_id": 1, "data": "x"}, 400)
    async with http.patch(f"/sim/people/{tina.id}", json={"offline": False, "blocked": True}) as answer:
        assert (await answer.json())["blocked"]
    assert tina.last.text == "später"


async def test_groups_over_http(http: aiohttp.ClientSession, sim: Simulator, tina: Phone) -> None:
    tom = sim.person("Tom")
    group = await post(http, "/sim/groups", {"title": "一班", "members": [tina.id]})
    await post(http, f"/sim/groups/{group['id']}/join", {"person": tom.id})
    assert (await get(http, "/sim/state"))["groups"][0]["members"] == [tina.id, tom.id]
    await post(http, f"/sim/people/{tom.id}/say", {"chat": group["id"], "text": "hi"})
    view = await get(http, f"/sim/chats/{group['id']}?person={tina.id}")
    assert view["messages"][-1]["from"] == {"id": tom.id, "name": "Tom"}
    await post(http, f"/sim/groups/{group['id']}/leave", {"person": tom.id})
    await post(http, f"/sim/people/{tom.id}/say", {"chat": group["id"], "text": "hi"}, 400)
    upgraded = await post(http, f"/sim/groups/{group['id']}/upgrade", {})
    assert upgraded["id"] < -1_000_000_000_000


async def test_journal(http: aiohttp.ClientSession, bot: Bot, tina: Phone) -> None:
    await tina.start()
    await bot.send_message(tina.id, "x")
    (call,) = [one for one in await get(http, "/sim/journal?after=0&limit=10") if one["method"] == "sendMessage"]
    assert (call["chat_id"], call["status"], call["params"]["text"]) == (tina.id, 200, "x")
    assert await get(http, f"/sim/journal?after={call['n']}") == []


async def test_state_file(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    async with Simulator(state=path, limits=False) as sim:
        account = sim.add_bot("1:TEST", "tongxue_bot")
        tina = sim.person("Tina")
        await tina.start(account)
        await tina.sends_photo(caption="图")
        sim.clock.set(datetime(2027, 3, 1, 8, 0, tzinfo=ZONE))
    async with Simulator(state=path, limits=False) as sim:
        again = Phone(sim, sim.somebody(tina.id))
        assert [one.text for one in again.messages] == ["/start", "图"]
        assert datetime.fromtimestamp(sim.clock.now(), ZONE).strftime("%m-%d %H") == "03-01 08"
        assert len(sim.queues[1].waiting) == 2 and sim.files.read(again.last.view["file"]["file_id"])
        assert await again.says("weiter") == 3
