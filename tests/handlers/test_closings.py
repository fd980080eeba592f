"""Closing, reopening, and the number in the room (ATT-03, ATT-06, ATT-28, RULE-2)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import marks, outages, rolls
from storage.tx import Tx
from tests.handlers.test_checkins import code, roll_of
from tests.stage import Stage


async def statuses(stage: Stage, ref: str) -> dict[int, str]:
    """Seat and status of everybody who has a mark in a list."""
    roll = await roll_of(stage, ref)

    async def look(tx: Tx) -> dict[int, str]:
        seats = await tx.all(int, "select seat_no from member where cohort_id = 1 and seat_no is not null order by id")
        ids = await tx.all(int, "select id from member where cohort_id = 1 and seat_no is not null order by id")
        found = await marks.of_roll(tx, roll.id)
        return {seat: found[id].status for seat, id in zip(seats, ids, strict=True) if id in found}

    return await stage.store.work(look)


async def all_but(stage: Stage, *seats: int) -> None:
    """Everybody is called present but for these seats."""
    await stage.says("Clara", "缺 " + " ".join(map(str, seats)) if seats else "全到")
    await stage.says("Clara", "提交名单")


@pytest.mark.parametrize(("clock", "shown"), [("09:19", False), ("09:20", True)])
async def test_a_list_may_be_closed_20_minutes_after_the_start(stage: Stage, clock: str, shown: bool) -> None:
    await stage.tick("08:55")
    await all_but(stage, 2, 3)
    await stage.tick(clock)
    await stage.says("Clara", "点名")
    assert ("🔒 收口" in stage.labels("Clara")) is shown
    roll = await roll_of(stage, "S11")
    said = await stage.tap_data("Clara", f"close:{roll.id}")
    assert ("20分钟" in said) is not shown


async def test_with_nobody_missing_it_may_be_closed_at_once(stage: Stage) -> None:
    await stage.tick("08:55")
    await all_but(stage)
    await stage.says("Clara", "点名")
    await stage.taps("Clara", "🔒 收口")
    stage.sees_somewhere("Clara", "应到12 实到12（迟到0）请假0 旷课0")


async def test_each_missing_person_is_decided_and_the_rest_by_an_explicit_tap(stage: Stage) -> None:
    await stage.tick("08:55")
    await all_but(stage, 2, 3, 5)
    stage.at("09:16")
    await stage.says("Tina", await code(stage))
    await stage.tick("09:21")
    await stage.says("Clara", "点名")
    await stage.taps("Clara", "🔒 收口")
    stage.sees("Clara", "这3位没有点到", "田小雪（1组2号） 09:16 到")
    roll = await roll_of(stage, "S11")
    assert "先选好" in await stage.tap_data("Clara", f"closenow:{roll.id}")
    shown = stage.last("Clara")
    late = next(k for k in shown.buttons if k.data.startswith("choose") and k.data.endswith(":late"))
    await stage.tap_data("Clara", late.data, shown.message_id)
    stage.sees("Clara", "这2位没有点到")
    await stage.taps("Clara", "其余2人按旷课收口")
    stage.sees_somewhere("Clara", "应到12 实到10（迟到1）请假0 旷课2")
    assert {seat: s for seat, s in (await statuses(stage, "S11")).items() if s != "present"} == {
        2: "late", 3: "absent", 5: "absent"}  # fmt: skip


async def test_nobody_is_absent_by_machine(stage: Stage) -> None:
    await stage.tick("08:55")
    await all_but(stage, 2)
    for day, clock in ((1, "09:21"), (1, "23:00"), (2, "08:20"), (3, "18:00")):
        await stage.tick(clock, day)
    assert "absent" not in (await statuses(stage, "S11")).values()
    assert (await roll_of(stage, "S11")).closed_at is None


async def test_reopening_needs_a_reason_and_closing_works_again(stage: Stage) -> None:
    await stage.tick("08:55")
    await all_but(stage, 2)
    await stage.tick("09:25")
    await stage.says("Clara", "点名")
    await stage.taps("Clara", "🔒 收口")
    await stage.taps("Clara", "其余1人按旷课收口")
    await stage.says("Clara", "点名")
    stage.sees("Clara", "🔒 09:25 收口")
    await stage.taps("Clara", "重开")
    await stage.sends("Clara", photo=[{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}])
    stage.sees("Clara", "请用文字写一句原因")
    await stage.says("Clara", "补录纸质名单")
    stage.sees("Clara", "已重开")
    assert (await roll_of(stage, "S11")).closed_at is None

    async def audit(tx: Tx) -> list[str]:
        return await tx.all(
            str, "select act || ' ' || old || '>' || new || ' ' || why from audit where act like '%list' order by id"
        )

    assert await stage.store.work(audit) == [
        "close-list staff_only>closed ",
        "reopen-list closed>staff_only 补录纸质名单",
    ]


async def test_old_cards_after_closing_say_how_it_stands(stage: Stage) -> None:
    await stage.tick("08:55")
    await all_but(stage, 2)
    await stage.tick("09:25")
    roll = await roll_of(stage, "S11")
    await stage.tap_data("Clara", f"closenow:{roll.id}:rest")
    for data in (f"closenow:{roll.id}:rest", f"close:{roll.id}", f"mark:{roll.id}:2", f"rest:{roll.id}:1",
                 f"nudge:{roll.id}", f"count:{roll.id}"):  # fmt: skip
        assert "已经收口" in await stage.tap_data("Clara", data), data
    assert "已经收口" in await stage.tap_data("Gao", f"mark:{roll.id}:2:1")


async def test_the_number_in_the_room_is_asked_and_reconciled(stage: Stage) -> None:
    await stage.tick("08:55")
    await all_but(stage, 2)
    await stage.tick("09:09")
    stage.sees_nothing_of("Clara", "现场有多少人")
    await stage.tick("09:10")
    stage.sees_somewhere("Clara", "现场有多少人")
    await stage.says("Clara", "１１人")
    stage.sees("Clara", "和点名一致，已核对")
    roll = await roll_of(stage, "S11")
    assert roll.reconciled and roll.headcount == 11
    await stage.says("Clara", "点名")
    stage.sees("Clara", "现场11人，已核对")


async def test_a_surplus_names_those_not_marked(stage: Stage) -> None:
    await stage.tick("08:55")
    await all_but(stage, 2, 3)
    await stage.tick("09:10")
    await stage.says("Clara", "十一")
    stage.sees("Clara", "多了1人")
    await stage.taps("Clara", "⬜ 3 田小雪")
    assert (await statuses(stage, "S11"))[3] == "present"


async def test_too_few_are_looked_at_by_sight(stage: Stage) -> None:
    await stage.tick("08:55")
    await all_but(stage)
    await stage.tick("09:10")
    await stage.says("Clara", "11")
    stage.sees("Clara", "少了1人", "这5位")
    assert stage.labels("Clara").count("不在") == 5
    await stage.taps("Clara", "✅")
    await stage.taps("Clara", "不在")
    stage.sees("Clara", "和点名一致")
    found = await statuses(stage, "S11")
    assert list(found.values()).count("unmarked") == 1
    assert (await roll_of(stage, "S11")).reconciled


@pytest.mark.parametrize("said", ["很多", "12 13", "-", "一百二"])
async def test_what_is_no_number_is_asked_again(stage: Stage, said: str) -> None:
    await stage.tick("09:10")
    await stage.says("Clara", said)
    stage.sees("Clara", "请只发一个数字")
    await stage.says("Clara", "8")
    stage.sees("Clara", "现场8人")


async def test_only_the_class_teacher_closes_counts_and_reopens(stage: Stage) -> None:
    await stage.tick("09:25")
    roll = await roll_of(stage, "S11")
    before = roll.state
    stage.clear()
    for name in ("Tina", "Gao", "Ivan", "Ada", "Oscar", "Nora"):
        for data in (f"close:{roll.id}", f"closenow:{roll.id}:rest", f"choose:{roll.id}:2:absent", f"reopen:{roll.id}",
                     f"count:{roll.id}", f"spot:{roll.id}:2:n", f"fix:{roll.id}:2", f"fixto:{roll.id}:2:absent",
                     f"fixwhy:{roll.id}:2:absent:1"):  # fmt: skip
            await stage.tap_data(name, data)
        stage.sees_nothing_of(name, "应到", "2田小雪", "学员05")

    async def look(tx: Tx) -> tuple[int, object]:
        now = await rolls.get(tx, roll.id)
        assert now is not None
        return await tx.one(int, "select count(*) from mark"), (now.closed_at, now.headcount)

    assert await stage.store.work(look) == (0, (None, None))
    assert before == (await roll_of(stage, "S11")).state


async def test_a_mark_changed_after_closing_needs_a_reason_and_the_person_is_told(stage: Stage) -> None:
    await stage.tick("08:55")
    await all_but(stage, 2)
    await stage.tick("09:25")
    roll = await roll_of(stage, "S11")
    await stage.tap_data("Clara", f"closenow:{roll.id}:rest")
    await stage.says("Clara", "点名")
    await stage.taps("Clara", "改记录")
    await stage.taps("Clara", "❌ 2 田小雪")
    stage.sees("Clara", "现在：旷课（老师", "未点到 → 旷课")
    await stage.taps("Clara", "🎗 因班务免到")
    stage.sees("Clara", "为什么")
    await stage.says("Clara", "去搬投影仪了")
    stage.sees("Clara", "因班务免到。已经私下告诉本人")
    told = stage.sees_somewhere("Tina", "您的考勤有改动")
    assert "旷课 → 因班务免到" in told.plain and "去搬投影仪了" in told.plain
    assert [k.label for k in told.buttons] == ["有异议"]

    async def chain(tx: Tx) -> list[str]:
        return await tx.all(
            str,
            """select old || '>' || new || ' ' || reason from mark_event where member_id =
               (select id from member where cohort_id = 1 and seat_no = 2) order by id""",
        )

    assert await stage.store.work(chain) == ["unmarked>absent ", "absent>class_duty 去搬投影仪了"]


async def test_a_limit_that_comes_near_is_told_once_and_privately(stage: Stage) -> None:
    await stage.tick("08:55")
    await all_but(stage, 2)
    await stage.tick("09:25")
    roll = await roll_of(stage, "S11")
    await stage.tap_data("Clara", f"closenow:{roll.id}:rest")
    await stage.tick("10:00")
    await all_but(stage, 2)
    await stage.tick("10:25")
    roll = await roll_of(stage, "S12")
    await stage.tap_data("Clara", f"closenow:{roll.id}:rest")
    told = [s for s in stage.phone("Tina") if "旷课" in s.plain and "还" in s.plain]
    assert len(told) == 1, [s.plain for s in stage.phone("Tina")]
    stage.sees_nothing_of("Tom", "田小雪 旷课")


async def test_a_tap_just_after_an_outage_is_flagged(stage: Stage) -> None:
    await stage.tick("08:55")

    async def gap(tx: Tx) -> None:
        now = stage.clock.now()
        await outages.add(tx, now - timedelta(minutes=8), now - timedelta(seconds=30))

    await stage.store.work(gap)
    await stage.taps("Clara", "代点名")
    await stage.taps("Clara", "⬜ 4 学员04")
    stage.at("09:00")
    await stage.taps("Clara", "⬜ 5 学员05")
    assert await stage.store.work(lambda tx: tx.all(str, "select flags from mark order by id")) == ["time_check", ""]
    roll = await roll_of(stage, "S11")
    await stage.taps("Clara", "其他状态")
    await stage.taps("Clara", "4 学员04")
    stage.sees("Clara", "时间待核")
    assert roll.closed_at is None
