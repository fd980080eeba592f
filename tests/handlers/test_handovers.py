"""Handing the class over, late joiners, and who is asked by the clock afterwards (ROLE-04, ATT-17, CLASS-04)."""

from __future__ import annotations

from msgspec import structs

from actions import classes
from storage.tx import Tx
from tests.cast import ACCOUNTS, spring
from tests.handlers.test_checkins import code
from tests.handlers.test_closings import statuses
from tests.stage import Stage


async def second_teacher(stage: Stage) -> int:
    """Ivan is class teacher too, for once; gives his seat."""

    async def work(tx: Tx) -> int:
        await tx.do("update member set roles = 'class_teacher', lang = 'zh' where account_id = :id",
                    {"id": ACCOUNTS["Ivan"]})  # fmt: skip
        return await tx.one(int, "select id from member where account_id = :id", {"id": ACCOUNTS["Ivan"]})

    return await stage.store.work(work)


async def test_the_other_teacher_gets_the_open_items_and_the_timers(stage: Stage) -> None:
    await second_teacher(stage)
    await stage.tick("09:25")
    await stage.says("Clara", "交接")
    stage.sees("Clara", "没收口的点名 1 张")
    await stage.taps("Clara", "交给易教授")
    stage.sees("Clara", "交给易教授了")
    shown = stage.sees_somewhere("Ivan", "柯老师 把班交给您了")
    assert "没收口的点名 1 张" in shown.plain and "开班式" in shown.buttons[0].label
    stage.clear()
    await stage.tick("10:10")
    stage.sees_somewhere("Ivan", "现场有多少人")
    stage.sees_nothing_of("Clara", "现场有多少人")
    await stage.says("Clara", "点名")
    stage.sees("Clara", "应到12")


async def test_a_class_with_one_teacher_cannot_be_handed_over(stage: Stage) -> None:
    stage.at("08:00")
    await stage.says("Clara", "/handover")
    stage.sees("Clara", "没有没办完的事", "没有别的班主任")


async def test_nobody_else_hands_a_class_over(stage: Stage) -> None:
    seat = await second_teacher(stage)
    for name in ("Tina", "Gao", "Ada", "Oscar", "Nora"):
        await stage.says(name, "交接")
        await stage.tap_data(name, f"handover:{seat}")
        stage.sees_nothing_of(name, "没收口", "交给")
    assert await stage.store.work(lambda tx: tx.all(int, "select id from cohort where in_charge is not null")) == []


async def test_who_comes_into_a_running_class_is_not_expected_before(stage: Stage) -> None:
    await stage.tick("09:30")
    file = spring()
    late = structs.replace(file.trainees[-1], trainee_id="T13", name="迟来的", seat_no=13, dorm_room="313")

    async def work(tx: Tx) -> None:
        await classes.bring_in(tx, structs.replace(file, trainees=(*file.trainees, late)), stage.clock.now())

    await stage.store.work(work)
    await stage.says("Clara", "点名")
    stage.sees("Clara", "应到12")
    await stage.tick("09:45")
    await stage.says("Clara", "点名")
    stage.sees("Clara", "社区党建", "应到13")


async def test_somebody_of_the_roster_who_comes_later_counts_from_then_on(stage: Stage) -> None:
    await stage.tick("09:30")
    await stage.says("Clara", "绑定情况")
    await stage.taps("Clara", "第1组")
    await stage.taps("Clara", "5 学员05")
    await stage.taps("Clara", "晚入班")
    await stage.taps("Clara", "确定")
    stage.sees("Clara", "学员05（1组5号） 从现在起入班")
    await stage.says("Clara", "点名")
    stage.sees("Clara", "应到11")
    await stage.tick("09:45")
    await stage.says("Clara", "点名")
    stage.sees("Clara", "社区党建", "应到12")


async def test_who_was_here_before_is_no_late_joiner(stage: Stage) -> None:
    await stage.tick("08:55")
    await stage.says("Tina", await code(stage))
    stage.at("10:30")
    seat = await stage.store.work(lambda tx: tx.one(int, "select id from member where cohort_id = 1 and seat_no = 2"))
    assert "已经有到课记录" in await stage.tap_data("Clara", f"lateyes:{seat}")
    for name in ("Tina", "Gao", "Ivan", "Oscar", "Nora"):
        await stage.tap_data(name, f"lateyes:{seat + 3}")
    assert (await statuses(stage, "S11")) == {2: "present"}
    assert await stage.store.work(lambda tx: tx.all(int, "select id from member where joined_at is not null")) == []
