"""/screen: who gets the projector page's link, how long it holds, how it ends (ATT-19)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from actions import joining
from actions import screens as deeds
from storage import accounts, members
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.desk.screens import path_for, served_at
from tests.stage import Stage


@pytest.fixture(autouse=True)
def address() -> Iterator[None]:
    with served_at("https://bot.example.org/tongxue/"):
        yield


async def holds(stage: Stage, path: str) -> bool:
    found = await stage.store.work(lambda tx: deeds.look(tx, path.rpartition("/")[2], stage.clock.now()))
    return found is not None


async def test_the_teacher_and_the_administrator_get_a_link(stage: Stage) -> None:
    for name in ("Clara", "Ada"):
        for said in ("/screen", "大屏", "投屏", "projector"):
            await stage.says(name, said)
            shown = stage.sees(name, "春晓班", "F11", "3月15日 周一", "不要转发")
            url, wall = [key.url for key in shown.buttons if key.url]
            assert wall == url + "/questions" and wall in shown.plain
            assert url.startswith("https://bot.example.org/tongxue/screen/") and url in shown.plain


@pytest.mark.parametrize("name", ["Tina", "Gao", "Ivan", "Oscar", "Nora"])
async def test_nobody_else_does(stage: Stage, name: str) -> None:
    for said in ("/screen", "大屏"):
        await stage.says(name, said)
    for data in ("screen", "screen:1", "screenew", "screenew:1"):
        await stage.tap_data(name, data)
    stage.sees_nothing_of(name, "/screen/", "F11", "链接（")
    count = await stage.store.work(
        lambda tx: tx.one(int, "select count(*) from seat_link where purpose like 'screen%'")
    )
    assert count == 0


async def test_the_same_link_all_day_and_another_one_tomorrow(stage: Stage) -> None:
    first = await path_for(stage)
    stage.at("19:59")
    assert await path_for(stage) == first and await holds(stage, first)
    assert await path_for(stage, "Ada") != first, "each has a link of one's own"
    stage.at("21:00")
    tomorrow = await path_for(stage)
    assert tomorrow != first, "who asks in the evening prepares the next day"
    stage.at("23:59", day=2)
    assert await holds(stage, tomorrow) and not await holds(stage, first)


async def test_a_link_that_got_about_is_taken_back(stage: Stage) -> None:
    teacher, admin = await path_for(stage), await path_for(stage, "Ada")
    assert "作废" in await stage.taps("Clara", "换新链接")
    url, _ = [key.url for key in stage.last("Clara").buttons if key.url]
    assert not await holds(stage, teacher) and not await holds(stage, admin)
    assert await holds(stage, url) and url.rpartition("/")[2] not in teacher


async def test_with_the_seat_goes_the_page(stage: Stage) -> None:
    path = await path_for(stage)
    assert await holds(stage, path)

    async def take(tx: Tx) -> None:
        admin = await accounts.who(tx, ACCOUNTS["Ada"], stage.clock.now())
        seat = (await members.of_account(tx, ACCOUNTS["Clara"]))[0]
        assert admin is not None
        await joining.free_seat(tx, admin, seat, stage.clock.now())

    await stage.store.work(take)
    assert not await holds(stage, path)


async def test_the_page_stays_with_its_class_when_the_administrator_looks_at_another(stage: Stage) -> None:
    path = await path_for(stage, "Ada")

    async def elsewhere(tx: Tx) -> int:
        other = await tx.one(int, "select id from cohort where key = 'autumn'")
        await accounts.set_cohort(tx, ACCOUNTS["Ada"], other)
        return other

    await stage.store.work(elsewhere)
    found = await stage.store.work(lambda tx: deeds.look(tx, path.rpartition("/")[2], stage.clock.now()))
    assert found is not None and found.cohort.key == "spring"


async def test_when_the_class_is_over_so_is_the_page(stage: Stage) -> None:
    path = await path_for(stage)
    await stage.store.work(lambda tx: tx.do("update cohort set state = 'closed'"))
    assert not await holds(stage, path)
    await stage.says("Clara", "/screen")
    stage.sees("Clara", "已经结束")


async def test_the_page_s_link_is_no_seat(stage: Stage) -> None:
    token = (await path_for(stage)).rpartition("/")[2]
    await stage.says("Nora", f"/start {token}")
    stage.sees_nothing_of("Nora", "柯老师", "春晓班", "是我")


async def test_without_a_server_it_says_what_to_do(stage: Stage) -> None:
    with served_at(""):
        await stage.says("Clara", "/screen")
        stage.sees("Clara", "public_url", "点［点名］")


async def test_an_address_that_telegram_takes_for_no_button_is_words_only(stage: Stage) -> None:
    with served_at("http://localhost:8080"):
        await stage.says("Clara", "/screen")
        shown = stage.sees("Clara", "http://localhost:8080/screen/")
        assert not [key for key in shown.buttons if key.url]
