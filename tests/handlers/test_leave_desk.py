"""Staff: silence, entering for somebody, the list; and who may see what (AT-23, AT-24, LEAVE-07, LEAVE-09)."""

from __future__ import annotations

import pytest

from storage import cohorts, members
from storage.tx import Tx
from tests.handlers.leave_class import asks, asks_sick, events_of, furnish, leave_of, marks_of, photo
from tests.handlers.test_checkins import roll_of
from tests.stage import Stage


@pytest.fixture
async def play(stage: Stage) -> Stage:
    stage.at("09:30")
    return await furnish(stage)


async def id_of(play: Stage, ref: str) -> int:
    async def work(tx: Tx) -> int:
        found = await members.by_ref(tx, 1, ref)
        assert found is not None
        return found.id

    return await play.store.work(work)


async def test_a_silent_approver_is_reminded_then_the_deputy_then_the_administrator(play: Stage) -> None:
    await asks_sick(play)
    play.clear()
    await play.tick("09:39")
    play.sees_nothing_of("Clara", "等了")
    await play.tick("09:40")
    assert "病假" in play.sees_somewhere("Clara", "等了10分钟").plain
    play.sees_nothing_of("Duan", "等了")
    await play.tick("09:50")
    play.sees_somewhere("Duan", "等了20分钟")
    play.sees_nothing_of("Ada", "病假")
    await play.tick("10:10")
    assert "等班主任、教务答复" in play.sees_somewhere("Ada", "转来的请假").plain
    assert (await leave_of(play)).state == "pending"
    await play.tick("23:00")
    assert (await leave_of(play)).state == "pending", "nothing is ever approved by time"
    await play.taps("Ada", "同意")
    assert (await leave_of(play)).state == "away", "approved after its start"
    assert [e.who for e in await events_of(play, (await leave_of(play)).id)] == [101, None, 106, None]


async def test_who_answered_is_not_reminded(play: Stage) -> None:
    await asks_sick(play)
    await play.taps("Clara", "同意")
    play.clear()
    for clock in ("09:40", "09:50", "09:59"):
        await play.tick(clock)
    for name in ("Clara", "Duan", "Ada"):
        play.sees_nothing_of(name, "等了", "转来")


async def test_each_step_has_its_own_reminders_and_material_begins_anew(play: Stage) -> None:
    await asks(play, "公假", "14:00-15:30", why="单位有一个会议")
    await photo(play, "Tina")
    await play.says("Tina", "提交请假")
    play.at("09:35")
    await play.taps("Clara", "要材料")
    await play.tick("09:45")
    play.sees_nothing_of("Clara", "等了")
    await play.taps("Tina", "补材料")
    await photo(play, "Tina", "letter-2")
    play.clear()
    await play.tick("09:54")
    play.sees_nothing_of("Clara", "等了")
    await play.tick("09:55")
    play.sees_somewhere("Clara", "等了10分钟")


async def test_staff_enter_what_somebody_telephoned(play: Stage) -> None:
    roll = await roll_of(play, "S12")
    play.clear()
    await play.tap_data("Clara", f"leavefor:{await id_of(play, 'T05')}:{roll.id}")
    play.sees("Clara", "替学员05（1组5号）请假（电话告知）")
    await play.taps("Clara", "改成：纸条")
    play.sees("Clara", "纸条")
    await play.taps("Clara", "病假")
    await play.taps("Clara", "10:00–11:30 社区党建")
    await play.taps("Clara", "去医院")
    play.sees("Clara", "学员05", "由班主任审批")
    await play.says("Clara", "提交请假")
    play.sees_somewhere("Clara", "已替学员05（1组5号）提交请假")
    play.sees("Clara", "柯老师代填（纸条）", "等班主任答复")
    await play.taps("Clara", "同意")
    leave = await leave_of(play, "T05")
    assert (leave.state, leave.source) == ("approved", "paper")
    assert leave.entered_by == await id_of(play, "S01")
    assert [(e.act, e.who) for e in await events_of(play, leave.id)] == [("submit", 105), ("agree", 105)]
    assert await marks_of(play, "T05") == {"S12": "leave_sick"}
    play.sees("Gao", "5号学员05 不在")


@pytest.mark.parametrize(("clock", "taken"), [("11:00", True), ("11:01", False)])
async def test_staff_too_have_two_hours(play: Stage, clock: str, taken: bool) -> None:
    play.at(clock)
    await play.tap_data("Ada", f"leavefor:{await id_of(play, 'T05')}:{(await roll_of(play, 'S11')).id}")
    await play.taps("Ada", "事假")
    said = await play.taps("Ada", "09:00–09:45")
    assert ("不能自己补填" not in said) == taken


async def test_the_list_of_what_waits_and_who_is_away(play: Stage) -> None:
    await play.says("Clara", "/leaves")
    play.sees("Clara", "没有待批的请假")
    await asks_sick(play)
    await asks(play, "事假", "9:35-15:30", "Tom")
    await play.says("Tom", "提交请假")
    await play.tap_data("Clara", f"leaveyes:{(await leave_of(play, 'T03')).id}:0")
    await play.tick("09:36")
    for name in ("Clara", "Ada", "Hua"):
        await play.says(name, "请假审批")
        play.sees(name, "待批1　在外1", "田小雪（1组2号） 病假", "🚶 田小雪（1组3号） 3月15日 周一 15:30 返回")
    await play.taps("Clara", "看 田小雪（1组2号）")
    play.sees("Clara", "病假", "等班主任答复")
    assert "同意" in play.labels("Clara")
    await play.says("Ada", "请假审批")
    await play.taps("Ada", "看 田小雪（1组2号）")
    assert "同意" not in play.labels("Ada")


async def test_a_long_list_has_pages(play: Stage) -> None:
    for seat in range(2, 12):
        member = await id_of(play, f"T{seat:02}")
        await play.tap_data("Clara", f"leavekind:sick:{member}:0:phone")
        await play.taps("Clara", "社区党建")
        await play.taps("Clara", "去医院")
        await play.says("Clara", "提交请假")
    await play.says("Clara", "请假审批")
    assert len(play.last("Clara").plain.splitlines()) <= 12
    await play.taps("Clara", "第2页")
    play.sees("Clara", "学员10", "学员11")


async def test_a_leader_sees_who_and_until_when_and_never_why(play: Stage) -> None:
    await asks(play, "事假", "10:00-11:30")
    await play.says("Tina", "提交请假")
    await play.taps("Clara", "同意")
    await play.tick("10:01")
    await play.says("Gao", "请假审批")
    for word in ("请假审批", "/leaves"):
        await play.says("Gao", word)
    play.sees_somewhere("Gao", "2号田小雪 不在，3月15日 周一 10:00–11:30")
    play.sees_nothing_of("Gao", "事假", "孩子", "发烧", "一个人")


async def test_the_leader_of_another_group_is_not_told(play: Stage) -> None:
    await play.tap_data("Clara", f"leavekind:sick:{await id_of(play, 'T08')}:0:phone")
    await play.taps("Clara", "社区党建")
    await play.taps("Clara", "去医院")
    await play.says("Clara", "提交请假")
    await play.taps("Clara", "同意")
    play.sees_nothing_of("Gao", "学员08")


async def test_nobody_else_sees_decides_or_takes_back(play: Stage) -> None:
    await asks(play, "事假", "10:00-11:30")
    await play.says("Tina", "提交请假")
    leave = await leave_of(play)
    member = await id_of(play, "T02")
    for name in ("Oscar", "Nora", "Ivan", "Tom", "Gao"):
        for data in (
            f"leave:{leave.id}", f"leaveyes:{leave.id}:0", f"leaveno:{leave.id}:0", f"leavenowhy:{leave.id}:0:0",
            f"leaveproof:{leave.id}:0", f"leavehand:{leave.id}:0", f"leaveundo:{leave.id}", f"leavego:{leave.id}",
            f"leaveundoyes:{leave.id}", f"leavedone:{leave.id}", f"leaveseen:{leave.id}", f"leavegive:{leave.id}",
            f"leavegiven:{leave.id}", f"leavelater:{leave.id}", f"leavetime:{leave.id}", f"leaveplace:{leave.id}:home",
            f"leavewhen:{leave.id}:30000000:30000010", f"leavefor:{member}", f"leavekind:sick:{member}:0:phone",
            "leaves:0",
        ):  # fmt: skip
            await play.tap_data(name, data)
        play.sees_nothing_of(name, "事假", "孩子", "2号", "10:00")
    assert (await leave_of(play)).state == "pending"
    assert [e.act for e in await events_of(play, leave.id)] == ["submit"]
    for data in (f"leaveyes:{leave.id}:0", f"leavehand:{leave.id}:0", f"leavedone:{leave.id}"):
        await play.tap_data("Tina", data)
        await play.tap_data("Hua", data)
    assert [e.act for e in await events_of(play, leave.id)] == ["submit"]


async def test_one_s_own_draft_is_nobody_else_s(play: Stage) -> None:
    await play.says("Tina", "请假")
    await play.taps("Tina", "病假")
    await play.taps("Tina", "社区党建")
    draft = await leave_of(play)
    for name in ("Tom", "Clara", "Ada", "Oscar"):
        for data in (f"leavego:{draft.id}", f"leaveplace:{draft.id}:home", f"leave:{draft.id}"):
            await play.tap_data(name, data)
    assert (await leave_of(play)).place == ""


async def test_after_a_handover_the_one_in_charge_is_reminded_first(play: Stage) -> None:
    duan = await id_of(play, "S08")
    await play.store.work(lambda tx: cohorts.set_in_charge(tx, 1, duan))
    await asks_sick(play)
    await play.tick("09:40")
    play.sees_somewhere("Duan", "等了10分钟")
    play.sees_nothing_of("Clara", "等了")
    await play.tick("09:50")
    play.sees_somewhere("Clara", "等了20分钟")


async def test_the_office_decides_in_every_class_and_nobody_of_one_class_in_the_other(play: Stage) -> None:
    """Oscar's class has no teacher here: the administrator is told at once, and may decide after 20 minutes."""
    await asks(play, "病假", "9:35-9:45", "Oscar")
    play.sees_somewhere("Oscar", "去哪里")
    await play.says("Oscar", "提交请假")
    play.sees_somewhere("Ada", "没有人绑定这个岗位")
    await play.tick("09:50")
    play.sees_somewhere("Ada", "转来的请假")
    play.sees_nothing_of("Clara", "欧阳客")
    play.sees_nothing_of("Duan", "欧阳客")

    async def look(tx: Tx) -> list[int]:
        return await tx.all(int, "select id from leave")

    (id,) = await play.store.work(look)
    for name in ("Clara", "Tina", "Gao"):
        await play.tap_data(name, f"leaveyes:{id}:0")
        await play.tap_data(name, f"leave:{id}")
        play.sees_nothing_of(name, "欧阳客")
    await play.taps("Ada", "同意")
    play.sees_somewhere("Oscar", "批准")
