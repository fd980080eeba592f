"""Reminders to those without a log, the evening's numbers, [一键提醒] (LOG-05, LOG-10, AT-30)."""

from __future__ import annotations

import pytest

from actions import clock as deeds
from storage import cohorts
from storage.tx import Tx
from tests.handlers.leave_class import asks, furnish
from tests.handlers.log_class import GOOD, writes
from tests.stage import Stage


@pytest.fixture
async def play(stage: Stage) -> Stage:
    stage.at("07:30")
    await furnish(stage)

    async def plan(tx: Tx) -> None:
        cohort = await cohorts.by_key(tx, "spring")
        assert cohort is not None
        await deeds.replan(tx, cohort.id, stage.clock.now())

    await stage.store.work(plan)
    return stage


async def test_two_reminders_and_no_third(play: Stage) -> None:
    """AT-30: submitted 0, on leave 0, draft its own words, nothing a reminder."""
    play.at("18:00")
    await writes(play, "Tina")
    await asks(play, "事假", "20:00-22:30", name="Tom")
    await play.says("Tom", "提交请假")
    await play.taps("Clara", "同意")
    await play.taps("Ada", "同意")
    await play.says("Gao", "写日志")
    await play.says("Gao", "只写了一句")
    play.clear()
    await play.tick("20:30")
    play.clear()
    await play.tick("21:00")
    play.sees_nothing_of("Tina", "日志")
    play.sees_nothing_of("Tom", "日志")
    play.sees_somewhere("Gao", "草稿在，点［提交日志］就行。22:00 前")
    play.clear()
    await play.tick("21:44:30")
    play.sees_nothing_of("Gao", "草稿在")
    await play.tick("21:45")
    play.sees_somewhere("Gao", "草稿在")
    await play.tick("21:59")
    assert len([s for s in play.phone("Gao") if "草稿在" in s.plain]) == 1
    for name in ("Clara", "Ada", "Ivan", "Oscar"):
        play.sees_nothing_of(name, "草稿在", "日志还没写")


async def test_somebody_with_nothing_is_reminded_once_after_an_outage(play: Stage) -> None:
    await play.tick("20:55")
    play.clear()
    await play.tick("21:50")
    assert len([s for s in play.phone("Tina") if "日志还没写" in s.plain]) == 1
    play.clear()
    await play.tick("22:01")
    play.sees_nothing_of("Tina", "日志还没写")


async def test_the_evening_s_numbers_and_one_reminder_by_hand(play: Stage) -> None:
    play.at("20:00")
    await writes(play, "Tina")
    await play.tick("22:04")
    play.clear()
    await play.tick("22:05")
    shown = play.sees_somewhere("Clara", "应交12 已交1（迟0） 未交11 待阅1 退回0")
    assert "未交：高远（1组1号）、田小雪（1组3号）" in shown.plain and len(shown.plain.splitlines()) < 12
    for name in ("Gao", "Ada", "Ivan", "Oscar", "Hua", "Tina"):
        play.sees_nothing_of(name, "未交11")
    play.at("22:06")
    assert "已经私下提醒2人" in await play.taps("Clara", "一键提醒")
    play.sees("Tom", "还没交，08:00 前还能补交")
    play.sees_nothing_of("Tina", "日志")
    assert "都提醒过了" in await play.taps("Clara", "一键提醒")
    for name in ("Gao", "Ada", "Oscar"):
        await play.tap_data(name, "logremind:1")
    assert len([s for s in play.phone("Tom") if "还没交" in s.plain]) == 1
    await play.taps("Clara", "开始批")
    play.sees("Clara", GOOD[:20])


async def test_the_last_day_has_hours_of_its_own(play: Stage) -> None:
    play.at("12:30", 3)
    play.clear()
    for _ in range(9):  # two days of other things are over by then
        await play.tick("13:45", 3)
    play.sees_somewhere("Tina", "第3天的日志还没写，14:45 前交")
    await play.tick("14:50", 3)
    play.sees_somewhere("Clara", "第3天的日志")


async def test_an_empty_draft_is_no_draft_and_who_muted_reminders_has_none(play: Stage) -> None:
    play.at("18:00")
    await play.says("Tom", "写日志")

    async def mute(tx: Tx) -> None:
        await tx.do("update account set muted = true where id = 101")

    await play.store.work(mute)
    await play.tick("20:30")
    play.clear()
    await play.tick("21:00")
    play.sees_somewhere("Tom", "第1天的日志还没写，22:00 前交")
    play.sees_nothing_of("Tina", "日志还没写")
