"""The class teacher's live card, and marking for somebody (ATT-12, RULE-5)."""

from __future__ import annotations

from storage import marks
from storage.tx import Tx
from tests.handlers.test_checkins import code, roll_of
from tests.stage import Stage


async def test_the_card_appears_by_itself_and_fills_up(stage: Stage) -> None:
    await stage.tick("08:40")
    shown = stage.sees_somewhere("Clara", "应到12 实到0")
    assert "开班式" in shown.plain and "口令：" in shown.plain
    stage.at("08:55")
    await stage.says("Tina", await code(stage))
    await stage.tick("08:56")
    shown = stage.sees_somewhere("Clara", "应到12 实到1")
    assert "2田小雪" not in shown.plain and "3田小雪" in shown.plain
    assert len([s for s in stage.phone("Clara") if "开班式" in s.plain and "应到" in s.plain]) == 1


async def test_the_digits_on_the_card_are_those_of_the_minute(stage: Stage) -> None:
    await stage.tick("08:41")
    for clock in ("08:42", "08:43"):
        await stage.tick(clock)
        stage.sees_somewhere("Clara", f"口令：{await code(stage)}")


async def test_one_tap_present_two_late_three_nothing(stage: Stage) -> None:
    await stage.tick("08:55")
    await stage.taps("Clara", "代点名")
    stage.sees("Clara", "第1组")
    for status in ("出勤", "迟到", "未点到", "出勤"):
        assert status in await stage.taps("Clara", "3 田小雪")
    roll = await roll_of(stage, "S11")

    async def look(tx: Tx) -> list[tuple[str, str]]:
        found = await marks.of_roll(tx, roll.id)
        return [(m.status, m.source) for m in found.values()]

    assert await stage.store.work(look) == [("present", "staff")]


async def test_few_missing_have_a_button_each(stage: Stage) -> None:
    await stage.tick("08:55")
    await stage.taps("Clara", "代点名")
    for seat in (4, 5, 6, 1):
        await stage.taps("Clara", f"⬜ {seat} ")
    await stage.tick("08:56")
    await stage.taps("Clara", "⬜ 2 田小雪")
    await stage.tick("08:57")
    stage.sees_somewhere("Clara", "实到5")


async def test_what_a_person_did_himself_stands(stage: Stage) -> None:
    await stage.tick("08:55")
    await stage.says("Tina", await code(stage))
    await stage.taps("Clara", "代点名")
    assert "自己签到" in await stage.taps("Clara", "2 田小雪")


async def test_every_change_is_written_down(stage: Stage) -> None:
    await stage.tick("08:55")
    await stage.taps("Clara", "代点名")
    await stage.taps("Clara", "⬜ 1 高远")
    await stage.taps("Clara", "✅ 1 高远")

    async def look(tx: Tx) -> list[str]:
        return await tx.all(str, "select old || '>' || new || ' ' || cast(who as text) from mark_event order by id")

    assert await stage.store.work(look) == ["unmarked>present 105", "present>late 105"]


async def test_nobody_else_calls_the_roll(stage: Stage) -> None:
    await stage.tick("08:55")
    roll = await roll_of(stage, "S11")
    for name in ("Oscar", "Tina", "Ivan", "Nora"):
        for data in (f"roll:{roll.id}", f"rollgrid:{roll.id}:1", f"mark:{roll.id}:2", f"mark:{roll.id}:2:1"):
            await stage.tap_data(name, data)
        await stage.says(name, "点名")
        stage.sees_nothing_of(name, "应到", "2田小雪")

    async def look(tx: Tx) -> int:
        return await tx.one(int, "select count(*) from mark")

    assert await stage.store.work(look) == 0


async def test_before_the_list_opens_nobody_is_marked(stage: Stage) -> None:
    stage.at("08:30")
    await stage.says("Clara", "点名")
    stage.sees("Clara", "08:40 开始签到")
    roll = await roll_of(stage, "S11")
    assert "08:40 开放" in await stage.tap_data("Clara", f"mark:{roll.id}:1")
    assert "08:40 开放" in await stage.tap_data("Clara", f"rest:{roll.id}:1")


async def test_after_the_late_limit_the_teacher_decides(stage: Stage) -> None:
    await stage.tick("09:16")
    await stage.says("Tina", await code(stage))
    await stage.tick("09:17")
    stage.sees_somewhere("Clara", "等您认定：田小雪（1组2号）")
    await stage.taps("Clara", "代点名")
    assert "出勤" in await stage.taps("Clara", "2 田小雪")


async def test_a_leader_calls_the_own_ten(stage: Stage) -> None:
    await stage.tick("15:40")
    stage.sees_somewhere("Gao", "请给本组点名：小组研讨")
    stage.sees_nothing_of("Tina", "请给本组点名")
    await stage.taps("Gao", "本组点名")
    assert "出勤" in await stage.taps("Gao", "2 田小雪")
    assert "迟到" in await stage.taps("Gao", "2 田小雪")
    assert not [k for k in stage.labels("Gao") if "第2组" in k or "学员07" in k]
    roll = await roll_of(stage, "S15")

    async def look(tx: Tx) -> list[tuple[str, str]]:
        return [(m.status, m.source) for m in (await marks.of_roll(tx, roll.id)).values()]

    assert await stage.store.work(look) == [("late", "leader")]


async def test_a_leader_touches_no_other_group_and_nothing_that_staff_entered(stage: Stage) -> None:
    await stage.tick("15:45")
    roll = await roll_of(stage, "S15")

    async def ids(tx: Tx) -> list[int]:
        return await tx.all(int, "select id from member where cohort_id = 1 and seat_no in (3, 8) order by seat_no")

    own, other = await stage.store.work(ids)
    assert "本组" in await stage.tap_data("Gao", f"mark:{roll.id}:{other}:1")
    await stage.tap_data("Clara", f"mark:{roll.id}:{own}:1")
    assert "以老师的为准" in await stage.tap_data("Gao", f"mark:{roll.id}:{own}:1")
    await stage.tap_data("Gao", f"rollgrid:{roll.id}:2")
    stage.sees_nothing_of("Gao", "学员08")


async def test_the_teacher_may_change_what_a_leader_entered(stage: Stage) -> None:
    await stage.tick("15:45")
    await stage.says("Gao", "点名")
    await stage.taps("Gao", "3 田小雪")
    roll = await roll_of(stage, "S15")

    async def id_of(tx: Tx) -> int:
        return await tx.one(int, "select id from member where cohort_id = 1 and seat_no = 3")

    own = await stage.store.work(id_of)
    assert "迟到" in await stage.tap_data("Clara", f"mark:{roll.id}:{own}:1")
