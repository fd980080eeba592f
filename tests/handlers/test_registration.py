"""The registration desk: by seat, by name, by tap; keys and paper (ATT-23, XC-04)."""

from __future__ import annotations

import pytest

from storage.tx import Tx
from tests.handlers.test_checkins import roll_of
from tests.handlers.test_closings import statuses
from tests.stage import Stage


@pytest.fixture
async def desk(stage: Stage) -> Stage:
    """The first list of the day is that of the registration desk, and it is open."""

    async def work(tx: Tx) -> None:
        await tx.do("update session set mode = 'desk' where ref = 'S11'")

    await stage.store.work(work)
    await stage.tick("08:45")
    return stage


async def test_a_seat_number_then_one_tap(desk: Stage) -> None:
    desk.sees_somewhere("Clara", "报到台：发座位号或名字给我")
    await desk.says("Clara", "５号")
    desk.sees("Clara", "学员05", "第1组 5号", "金阳街道", "房卡没发", "绑定码", "还没报到")
    await desk.taps("Clara", "✅ 到了")
    desk.sees("Clara", "08:45 报到")
    await desk.taps("Clara", "发房卡")
    desk.sees("Clara", "房卡已发")
    await desk.taps("Clara", "收回房卡")
    desk.sees("Clara", "房卡没发")
    assert await statuses(desk, "S11") == {5: "present"}
    assert await desk.store.work(lambda tx: tx.all(str, "select source from mark")) == ["desk"]
    assert await desk.store.work(lambda tx: tx.all(str, "select act from audit where act = 'room-key'")) == [
        "room-key", "room-key"]  # fmt: skip


async def test_two_of_one_name_are_told_apart(desk: Stage) -> None:
    await desk.says("Clara", "小雪")
    desk.sees("Clara", "有2位")
    await desk.taps("Clara", "田小雪（1组3号）")
    desk.sees("Clara", "3号", "已绑定")
    await desk.taps("Clara", "✅ 到了")
    assert await statuses(desk, "S11") == {3: "present"}


async def test_the_administrator_may_stand_there_too(desk: Stage) -> None:
    await desk.says("Ada", "学员09")
    await desk.taps("Ada", "✅ 到了")
    assert await statuses(desk, "S11") == {9: "present"}


async def test_somebody_without_a_telephone_takes_part_on_paper(desk: Stage) -> None:
    await desk.says("Clara", "7")
    await desk.taps("Clara", "📄 用纸质")
    desk.sees("Clara", "用纸质，由组长代点")
    await desk.says("Clara", "绑定情况")
    shown = desk.sees("Clara", "用纸质：学员07")
    assert "学员07" not in shown.plain.split("用纸质")[0]


async def test_a_name_that_nobody_has_is_nothing_special(desk: Stage) -> None:
    await desk.says("Clara", "诸葛亮")
    assert "报到" not in desk.last("Clara").plain


async def test_nobody_else_stands_at_the_desk(desk: Stage) -> None:
    roll = await roll_of(desk, "S11")
    for name in ("Tina", "Gao", "Ivan", "Oscar", "Nora"):
        await desk.says(name, "5")
        await desk.says(name, "学员05")
        for act in ("", ":here", ":key", ":paper"):
            await desk.tap_data(name, f"desk:{roll.id}:5{act}")
        desk.sees_nothing_of(name, "5号\n", "房卡", "金阳街道 第5社区")
    assert await statuses(desk, "S11") == {}


async def test_the_desk_stays_open_when_the_next_list_opens(desk: Stage) -> None:
    await desk.tick("09:45")
    await desk.says("Clara", "学员05")
    await desk.taps("Clara", "✅ 到了")
    assert await statuses(desk, "S11") == {5: "present"}
    await desk.says("Clara", "点名")
    desk.sees("Clara", "社区党建")
    roll = await roll_of(desk, "S11")
    await desk.tap_data("Clara", f"roll:{roll.id}")
    desk.sees("Clara", "🪪 报到 1/12")
