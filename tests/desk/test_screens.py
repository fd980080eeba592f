"""The projector page: the digits of the minute, a QR code that checks in, numbers, never a name (ATT-19)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import segno

from actions import screens as deeds
from actions.screens import Screen
from tests.cast import REFS, SESSIONS, spring
from tests.desk.screens import BOT, Web, path_for, served, text_of, words
from tests.handlers.test_checkins import code
from tests.stage import Stage

GONE = "过期了"


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[Web]:
    async with served(stage) as made:
        yield made


def squares_of(svg: str) -> tuple[bytearray, ...]:
    """The squares of a QR code as a browser would draw its path, without the white border."""
    size = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])  # type: ignore[index]
    rows = [bytearray(size) for _ in range(size)]
    x, y = 0.0, 0.0
    for deed, numbers in re.findall(r"([Mmh])([-\d. ]+)", svg.partition(' d="')[2]):
        step = [float(n) for n in numbers.split()]
        if deed == "h":
            for dark in range(int(step[0])):
                rows[int(y)][int(x) + dark] = 1
            x += step[0]
        else:
            x, y = (step[0], step[1]) if deed == "M" else (x + step[0], y + step[1])
    return tuple(row[2:-2] for row in rows[2:-2])


async def look(stage: Stage, path: str) -> Screen:
    found = await stage.store.work(lambda tx: deeds.look(tx, path.rpartition("/")[2], stage.clock.now()))
    assert found is not None
    return found


async def seen(client: Web, path: str) -> str:
    return words(await text_of(client, path))


async def test_the_digits_are_those_of_the_minute(stage: Stage, client: Web) -> None:
    stage.at("08:55")
    path = await path_for(stage)
    for clock in ("08:55", "08:56", "08:57"):
        stage.at(clock)
        shown = await seen(client, path)
        assert f" {await code(stage)} " in shown and clock in shown
        assert "春晓班 Spring class" in shown and "开班式 Opening" in shown and "09:00 · 301报告厅" in shown


async def test_the_script_hears_the_same_and_when_the_digits_change(stage: Stage, client: Web) -> None:
    stage.at("08:55")
    path = await path_for(stage)
    stage.clock.value += timedelta(seconds=22)
    async with client.get(path + "/state") as answer:
        said = await answer.json()
    assert (said["left"], said["step"]) == (38, 60)
    assert said["html"].strip() in await text_of(client, path)


async def test_the_qr_code_of_the_minute_checks_in(stage: Stage, client: Web) -> None:
    stage.at("08:55")
    path = await path_for(stage)
    screen = await look(stage, path)
    assert screen.now is not None
    link = f"https://t.me/{BOT}?start={screen.now.payload}"
    drawn = re.search(r'<svg [^>]*class="qr".*?</svg>', await text_of(client, path))
    assert drawn and squares_of(drawn[0]) == segno.make(link, error="l", micro=False, boost_error=False).matrix
    await stage.says("Tina", f"/start {screen.now.payload}")
    stage.sees("Tina", "田小雪 已签到 08:55")


async def test_without_the_bot_s_name_there_are_digits_only(stage: Stage) -> None:
    stage.at("08:55")
    async with served(stage, name="") as client:
        page = await text_of(client, await path_for(stage))
    assert 'class="digits"' in page and 'class="qr"' not in page


async def test_the_numbers_rise(stage: Stage, client: Web) -> None:
    stage.at("08:55")
    path = await path_for(stage)
    assert "实到 0 / 应到 12" in await seen(client, path)
    await stage.says("Tina", await code(stage))
    assert "实到 1 / 应到 12" in await seen(client, path)
    await stage.says("Tom", await code(stage))
    assert "实到 2 / 应到 12" in await seen(client, path)


async def test_between_lists_stands_what_comes_next(stage: Stage, client: Web) -> None:
    stage.at("08:10")
    path = await path_for(stage)
    for clock, title in (("08:10", "09:00 · 301报告厅"), ("11:45", "12:00")):
        stage.at(clock)
        page = await text_of(client, path)
        assert "下一项" in words(page) and title in words(page) and clock in words(page)
        assert "digits" not in page and "实到" not in page and "qr" not in page


async def test_the_next_of_another_day_has_its_date(stage: Stage, client: Web) -> None:
    stage.at("18:00")
    assert "3月16日 周二 08:00" in await seen(client, await path_for(stage))


async def test_after_the_last_session(stage: Stage, client: Web) -> None:
    stage.at("18:00", day=3)
    assert "后面没有安排了" in await seen(client, await path_for(stage))


async def test_after_the_list_shut_the_numbers_stay_till_the_session_ends(stage: Stage, client: Web) -> None:
    stage.at("08:55")
    path = await path_for(stage)
    await stage.says("Tina", await code(stage))
    stage.at("09:30")
    page = await text_of(client, path)
    assert "签到已结束" in words(page) and "实到 1 / 应到 12" in words(page) and "digits" not in page


async def test_lists_without_digits(stage: Stage, client: Web) -> None:
    stage.at("13:55")
    path = await path_for(stage)
    assert "点［我要签到］" in await seen(client, path)
    stage.at("15:50")
    page = await text_of(client, path)
    assert "组长点名" in words(page) and "实到 0 / 应到 12" in words(page) and "digits" not in page


async def test_never_a_name(stage: Stage, client: Web) -> None:
    stage.at("08:00")
    path = await path_for(stage)
    names = [p.name for p in (*spring().trainees, *spring().staff, *spring().lecturers)]
    for clock in ("08:00", "08:55", "09:30", "10:05", "14:00", "15:55", "18:00"):
        stage.at(clock)
        page = await text_of(client, path)
        assert not [name for name in names if name in page]


async def test_a_class_sees_nothing_of_another(stage: Stage, client: Web) -> None:
    path = await path_for(stage)
    for session in SESSIONS[:3]:
        stage.clock.value = stage.clock.value.replace(hour=session.start.hour, minute=session.start.minute)
        page = await text_of(client, path)
        assert "春晓班" in page and "秋实" not in page and "401教室" not in page


async def test_unknown_and_old_addresses_say_nothing(stage: Stage, client: Web) -> None:
    stage.at("08:55")
    path = await path_for(stage)
    held = await look(stage, path)
    wrong = ("/screen/", "/screen/x", "/screen/" + "A" * 24, path[:-1], path + "x", path + "/x", "/screen/" + "A" * 900)
    for address in (*wrong, "/screen/%27or%201=1", "/screen/..%2f..%2fpages"):
        async with client.get(address) as answer:
            assert answer.status == 404 and GONE in await answer.text(), address
    async with client.get("/screen/" + "A" * 24 + "/state") as answer:
        assert answer.status == 410 and await answer.json() == {}
    stage.at("00:01", day=2)
    async with client.get(path) as answer:
        text = await answer.text()
        assert answer.status == 404 and GONE in text and held.cohort.title not in text


async def test_the_seat_s_own_links_open_no_page(stage: Stage, client: Web) -> None:
    async def all_tokens(tx):  # type: ignore[no-untyped-def]
        return await tx.all(str, "select token from seat_link")

    tokens = await stage.store.work(all_tokens)
    assert len(tokens) >= len(REFS)
    for token in tokens:
        async with client.get(f"/screen/{token}") as answer:
            assert answer.status == 404


async def test_headers(stage: Stage, client: Web) -> None:
    path = await path_for(stage)
    for address in (path, path + "/state", "/screen/x"):
        async with client.get(address) as answer:
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    for name, kind in (("screen.css", "text/css"), ("screen.js", "text/javascript")):
        async with client.get(f"/pages/{name}") as answer:
            assert answer.status == 200 and answer.content_type == kind
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for name in ("screen.html", "..%2fscreens.py", "screenXcss"):
        async with client.get(f"/pages/{name}") as answer:
            assert answer.status == 404


async def test_it_works_without_script_and_without_inline_code(stage: Stage, client: Web) -> None:
    stage.at("08:55")
    page = await text_of(client, await path_for(stage))
    assert re.search(r'<noscript>\s*<meta http-equiv="refresh"', page)
    assert " style=" not in page and "<style" not in page and not re.search(r"\son\w+=", page)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)


async def test_what_the_file_says_is_text(stage: Stage, client: Web) -> None:
    stage.at("08:55")
    path = await path_for(stage)
    await stage.store.work(lambda tx: tx.do("update session set title = '<script>alert(1)</script>'"))
    page = await text_of(client, path)
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
