"""The doors of the desk: a link opens once, initData opens once, what is not ours opens nothing, and out is out."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

from actions import desk_sessions as deeds
from simulator.initdata import signed
from simulator.model import Account
from storage import desk_sessions
from tests.cast import ACCOUNTS
from tests.desk.desk import TOKEN, Desk, desk
from tests.stage import Stage


def init_data(stage: Stage, name: str, age: timedelta = timedelta(0), query: str = "AAA", token: str = TOKEN) -> str:
    """What Telegram hands to a Mini App that somebody opens."""
    bot = Account(1, token, "bot", "bot")
    user = {"id": ACCOUNTS[name], "is_bot": False, "first_name": name, "language_code": "zh-hans"}
    return signed(bot, user, round((stage.clock.now() - age).timestamp()), query)


async def enters_app(d: Desk, data: str, cookie: str = "") -> tuple[int, str]:
    """Hand initData over; gives the status and the cookie."""
    headers = {"Origin": d.origin, **({"Cookie": cookie} if cookie else {})}
    seen = await d.raw("POST", "/desk/app", data={"init": data}, headers=headers)
    return seen.status, seen.headers.get("Set-Cookie", "").split(";")[0]


async def test_a_link_opens_the_desk_once(stage: Stage) -> None:
    async with desk(stage) as d:
        first = await d.link("Clara")
        path = await d.link("Clara")
        assert (await d.raw("GET", first)).status == 404, "the newer link has taken its place"
        for _ in range(2):
            looked = await d.raw("GET", path)
            assert looked.status == 200 and "柯老师" in looked.words, "who looks at it does not use it up"
        ours = {"Origin": d.origin}
        for strange in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
            assert (await d.raw("POST", path, headers=strange)).status == 403
        both = await asyncio.gather(*(d.raw("POST", path, headers=ours) for _ in range(2)))
        assert sorted(seen.status for seen in both) == [303, 403], "a double click signs in once"
        kept = next(seen.headers["Set-Cookie"] for seen in both if seen.status == 303)
        assert re.fullmatch(r"desk=[\w-]{43}; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax", kept)
        page = await d.raw("GET", "/desk/today", headers={"Cookie": kept.split(";")[0]})
        assert page.status == 200 and "no-store" in page.headers["Cache-Control"]
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert (await d.raw("GET", path)).status == 404
        late = await d.link("Clara")
        stage.at("08:05")
        assert (await d.raw("POST", late, headers=ours)).status == 403, "after five minutes it is over"
        for bad in ("x" * 32, "..%2f" * 8, "%00" * 20, "a" * 3000):
            assert (await d.raw("GET", f"/desk/in/{bad}")).status in (401, 404)
        stage.at("20:05")
        assert (await d.raw("GET", "/desk/today", headers={"Cookie": kept.split(";")[0]})).status == 401, "12 hours"
        stage.at("20:05", day=3)
        now = stage.clock.now()
        await stage.store.work(lambda tx: desk_sessions.prune(tx, now, now - timedelta(days=1)))
        for left in ("desk_link", "desk_session", "desk_init", "desk_try"):
            counted = f"select count(*) from {left}"
            assert await stage.store.work(lambda tx, sql=counted: tx.one(int, sql)) == 0, left


async def test_nobody_else_gets_a_link_and_nobody_may_guess(stage: Stage) -> None:
    async with desk(stage) as d:
        for name in ("Tina", "Nora"):
            await stage.says(name, "/desk")
            assert "/desk/in/" not in stage.last(name).plain
        for _ in range(10):
            await d.link("Clara")
        await stage.says("Clara", "/desk")
        stage.sees("Clara", "过10分钟再要")
        path = await d.link("Ada")
        for n in range(20):
            assert (await d.raw("GET", f"/desk/in/{'y' * 30}{n}")).status == 404
        wrong = f"/desk/in/{'y' * 32}"
        assert (await d.raw("GET", wrong)).status == 429
        assert (await d.raw("POST", wrong, headers={"Origin": d.origin})).status == 429
        assert (await d.raw("POST", "/desk/app", data={"init": "x"}, headers={"Origin": d.origin})).status == 429
        assert (await d.raw("GET", wrong, headers={"X-Forwarded-For": "203.0.113.9"})).status == 404, "others go on"
        assert (await d.raw("GET", path)).status == 200, "nor can one lock out whoever has a right link"
        stage.at("08:11")
        assert (await d.raw("GET", wrong)).status == 404


async def test_the_mini_app(stage: Stage) -> None:
    async with desk(stage) as d:
        deeds.serve_at("https://bot.example.org", app=True)
        await stage.says("Clara", "/desk")
        keys = {key.label: key for key in stage.last("Clara").buttons}
        assert keys["打开工作台"].app and keys["打开工作台"].url == "https://bot.example.org/desk/app"
        assert stage.apps == {ACCOUNTS["Clara"]: "https://bot.example.org/desk/app"}
        assert "没有加密" not in stage.last("Clara").plain
        deeds.serve_at("http://192.0.2.7:8080")
        await stage.says("Clara", "/desk")
        assert "没有加密" in stage.last("Clara").plain
        deeds.serve_at(str(d.client.make_url("/")))
        hello = await d.raw("GET", "/desk/app")
        assert hello.status == 200 and "https://web.telegram.org" in hello.headers["Content-Security-Policy"]
        data = init_data(stage, "Clara")
        status, cookie = await enters_app(d, data)
        assert status == 303
        page = await d.raw("GET", "/desk/today", headers={"Cookie": cookie})
        assert (
            page.status == 200 and "frame-ancestors https://web.telegram.org" in page.headers["Content-Security-Policy"]
        )
        assert await enters_app(d, data) == (403, ""), "initData opens one session"
        assert await enters_app(d, "&".join(reversed(data.split("&")))) == (403, ""), "in another order too"
        assert (await enters_app(d, data, cookie))[0] == 303, "who has that session already goes on in it"
        assert await enters_app(d, data.replace("105", "106")) == (403, ""), "forged"
        assert await enters_app(d, init_data(stage, "Clara", token="2:OTHER")) == (403, "")
        assert await enters_app(d, init_data(stage, "Clara", timedelta(hours=25))) == (403, "")
        assert await enters_app(d, init_data(stage, "Clara", -timedelta(minutes=5))) == (403, "")
        yesterday = init_data(stage, "Clara", timedelta(hours=23), query="B")
        assert (await enters_app(d, yesterday))[0] == 303, "Telegram for computers brings old data again"
        for name in ("Tina", "Nora"):
            assert await enters_app(d, init_data(stage, name)) == (403, "")
        assert (await enters_app(d, ""))[0] == 403
        stage.at("10:00")
        assert (await d.raw("GET", "/desk/today", headers={"Cookie": cookie})).status == 401, "2 hours"


async def test_with_https_the_cookie_is_ours_alone(stage: Stage) -> None:
    async with desk(stage) as d:
        deeds.serve_at("https://bot.example.org", app=True)
        ours = {"Origin": "https://bot.example.org"}
        browser = await d.raw("POST", await d.link("Clara"), headers=ours)
        kept = browser.headers["Set-Cookie"]
        assert re.fullmatch(r"__Host-desk=[\w-]{43}; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure", kept)
        app = await d.raw("POST", "/desk/app", data={"init": init_data(stage, "Clara")}, headers=ours)
        kept = app.headers["Set-Cookie"]
        assert kept.endswith("; Path=/; Max-Age=7200; HttpOnly; SameSite=None; Secure; Partitioned")
        wrong = {"Cookie": kept.split(";")[0].removeprefix("__Host-")}
        assert (await d.raw("GET", "/desk/today", headers=wrong)).status == 401, "without the prefix it is nobody's"


async def test_out_is_out_and_a_seat_that_goes_takes_the_page_with_it(stage: Stage) -> None:
    async with desk(stage) as d:
        await d.signs_in("Clara")
        other = d.cookies["Clara"]
        await d.signs_in("Clara")
        assert "浏览器" in (await d.get("Clara", "/desk/devices")).words
        await d.post("Clara", "/desk/out")
        assert (await d.get("Clara", "/desk/today")).status == 401
        assert (await d.raw("GET", "/desk/today", headers={"Cookie": other})).status == 200
        unused = await d.link("Clara")
        await stage.taps("Clara", "退出所有设备")
        stage.sees("Clara", "1处登录都退出了")
        assert (await d.raw("GET", "/desk/today", headers={"Cookie": other})).status == 401
        assert (await d.raw("GET", unused)).status == 404
        await d.signs_in("Clara")
        now = stage.clock.now()
        await stage.store.work(
            lambda tx: tx.do("update member set left_at = :now where account_id = :id",
                             {"now": now - timedelta(minutes=1), "id": ACCOUNTS["Clara"]})
        )  # fmt: skip
        gone = await d.get("Clara", "/desk/today")
        assert gone.status == 403 and "春晓班" not in gone.words


async def test_what_cannot_be_taken_back_is_confirmed_in_the_chat(stage: Stage) -> None:
    async with desk(stage) as d:
        await d.signs_in("Clara")
        await d.signs_in("Ada")
        await d.post("Clara", "/desk/confirm", {"back": "/desk/today"})
        asked = stage.sees("Clara", "是您本人吗")
        data = next(key.data for key in asked.buttons if key.label == "是我")
        assert "已经结束" in await stage.tap_data("Ada", data), "nobody confirms for another"
        await stage.taps("Clara", "是我")
        stage.sees("Clara", "确认了")
        assert (await d.post("Clara", "/desk/confirm", {"back": "https://evil.example"})).to == "/desk/"


async def test_live_pages_hear_of_changes_and_end_with_the_session(stage: Stage) -> None:
    async with desk(stage) as d:
        stage.at("08:55")
        assert (await d.raw("GET", "/desk/events?topics=today")).status == 401
        await d.signs_in("Clara")
        headers = {"Cookie": d.cookies["Clara"]}
        assert (await d.raw("GET", "/desk/events?topics=nothing", headers=headers)).status == 429
        async with d.client.get("/desk/events?topics=today", headers=headers) as stream:
            assert stream.headers["Content-Type"].startswith("text/event-stream")
            await _hears(stream, b"retry:")
            await d.live.poll()
            await stage.says("Gao", "/roll")
            await stage.taps("Gao", "田小雪")
            await d.live.poll()
            await _hears(stream, b"event: changed")
            await stage.taps("Clara", "退出所有设备")
            await d.live.poll()
            await _hears(stream, b"event: over")


async def _hears(stream: object, part: bytes) -> None:
    async with asyncio.timeout(10):
        while part not in await stream.content.readline():  # type: ignore[attr-defined]
            pass
