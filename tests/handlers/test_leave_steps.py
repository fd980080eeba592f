"""Who decides a leave, in which order, and who comes second (ATT-09, LEAVE-03, LEAVE-04, AT-07, AT-21, AT-22)."""

from __future__ import annotations

import pytest

from storage import members
from storage.accounts import who
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.handlers.leave_class import (
    asks,
    asks_sick,
    closes,
    events_of,
    furnish,
    leave_of,
    leaves_of,
    marks_of,
)
from tests.stage import Stage


@pytest.fixture
async def play(stage: Stage) -> Stage:
    stage.at("08:10")
    return await furnish(stage)


async def test_a_night_out_needs_class_teacher_and_administrator(play: Stage) -> None:
    await asks(play, "夜间外出", "19:00-21:00")
    play.sees("Tina", "由班主任、教务审批", "不占课")
    await play.says("Tina", "提交请假")
    play.sees_nothing_of("Ada", "夜间外出")
    await play.taps("Clara", "同意")
    play.sees("Tina", "已由班主任柯老师同意 08:10", "等教务答复")
    play.sees("Ada", "夜间外出", "已由班主任柯老师同意 08:10")
    await play.taps("Ada", "同意")
    play.sees("Tina", "出门条", "19:00–21:00")
    assert [(e.act, e.role, e.step) for e in await events_of(play, (await leave_of(play)).id)] == [
        ("submit", "trainee", None), ("agree", "class_teacher", 0), ("agree", "admin", 1)]  # fmt: skip


async def test_more_than_a_day_goes_up_to_the_school_leader(play: Stage) -> None:
    await asks(play, "事假", "3月15日 9:00到3月17日 10:30")
    play.sees("Tina", "由班主任、教务、值班领导审批", "本次10学时", "超过6.85学时", "超过8学时")
    await play.says("Tina", "提交请假")
    for name in ("Clara", "Ada", "Hua"):
        play.sees(name, "事假", "本次10学时", "超过6.85学时", "孩子发烧")
        await play.taps(name, "同意")
    play.sees("Ada", "请告知派出单位")
    assert (await leave_of(play)).state == "approved"
    assert set((await marks_of(play)).values()) == {"leave_personal"}


async def test_two_leaves_next_to_each_other_are_decided_as_one(play: Stage) -> None:
    """4 + 5 hours without an attended session between them need what 9 need (AT-22)."""
    await asks(play, "事假", "9:00-15:30")
    await play.says("Tina", "提交请假")
    await asks(play, "事假", "3月15日16:00到3月16日11:00")
    play.sees("Tina", "由班主任、教务、值班领导审批")


async def sick(play: Stage) -> None:
    await play.says("Tina", "请假")
    await play.taps("Tina", "病假")
    await play.says("Tina", "9:00-17:00")
    await play.taps("Tina", "在宿舍休息")


async def test_past_the_limit_a_sick_leave_explains_itself(play: Stage) -> None:
    await sick(play)
    play.sees("Tina", "本次6学时，累计6，上限6.85，还可0.85", "快到上限")
    await play.says("Tina", "提交请假")
    await play.taps("Clara", "同意")
    await play.taps("Ada", "同意")
    await play.says("Tina", "请假")
    await play.taps("Tina", "病假")
    await play.says("Tina", "3月16日 9:30-11:00")
    await play.taps("Tina", "去医院")
    play.sees("Tina", "超过6.85学时", "写个说明", "值班领导")
    await play.says("Tina", "医生要求复查一次")
    play.sees("Tina", "累计8", "由班主任、教务、值班领导审批", "医生要求复查一次")
    await play.says("Tina", "提交请假")
    await play.taps("Clara", "同意")
    await play.taps("Ada", "同意")
    play.sees("Hua", "医生要求复查一次")
    await play.taps("Hua", "同意")
    assert [leave.state for leave in await leaves_of(play)] == ["approved", "approved"]
    play.sees_nothing_of("Gao", "医生", "病假", "复查")


async def test_a_short_class_warns_person_and_approver_before_the_decision(stage: Stage) -> None:
    """Three days of 24 hours: half a day is more than 24/7 (AT-07)."""
    stage.at("08:10")
    play = await furnish(stage, total=24)
    await play.says("Tina", "请假")
    await play.taps("Tina", "事假")
    await play.says("Tina", "10:00-15:30")
    await play.says("Tina", "回家")
    play.sees("Tina", "本次4学时，累计4，上限3.42，还可0", "超过3.42学时", "按退学处理")
    await play.says("Tina", "孩子发烧要接回家")
    await play.says("Tina", "提交请假")
    play.sees("Clara", "超过3.42学时", "按退学处理")


async def test_a_refusal_needs_a_sentence_which_the_person_reads(play: Stage) -> None:
    await asks_sick(play, when="开班式")
    await play.taps("Clara", "不同意")
    play.sees("Clara", "为什么不同意")
    await play.says("Clara", "不")
    play.sees("Clara", "2到200个字")
    await play.says("Clara", "今天有考核，请考完再走")
    play.sees("Tina", "没有批准：今天有考核，请考完再走", "当面说明")
    assert (await leave_of(play)).state == "refused"
    assert await marks_of(play) == {}
    play.sees("Duan", "柯老师 不同意", "今天有考核")
    await play.taps("Tina", "重新请假")
    play.sees("Tina", "请哪种假")


async def test_a_usual_sentence_with_one_tap(play: Stage) -> None:
    await asks_sick(play, when="开班式")
    await play.taps("Clara", "不同意")
    await play.taps("Clara", "当面说明")
    play.sees("Tina", "请先到办公室当面说明")


async def test_of_two_approvers_the_first_wins_and_the_second_is_told(play: Stage) -> None:
    await asks_sick(play, when="开班式")
    leave = await leave_of(play)
    await play.taps("Duan", "不同意")
    await play.taps("Clara", "同意")
    await play.says("Duan", "我觉得不合适")
    play.sees("Duan", "不能这样办", "已由班主任柯老师同意 08:10", "已批准")
    for name in ("Duan", "Clara"):
        assert "已由班主任柯老师同意 08:10" in await play.tap_data(name, f"leaveyes:{leave.id}:0")
        assert "已由班主任柯老师同意" in await play.tap_data(name, f"leaveno:{leave.id}:0")
    assert [e.act for e in await events_of(play, leave.id)] == ["submit", "agree"]


async def test_two_taps_before_anything_is_answered(play: Stage) -> None:
    await asks_sick(play, when="开班式")
    leave = await leave_of(play)
    with play.bot_down():
        await play.tap_data("Clara", f"leaveyes:{leave.id}:0")
        await play.tap_data("Duan", f"leaveyes:{leave.id}:0")
        await play.tap_data("Clara", f"leaveyes:{leave.id}:0")
    await play.settle()
    assert [e.act for e in await events_of(play, leave.id)] == ["submit", "agree"]
    assert play.toasts[ACCOUNTS["Duan"]] == play.toasts[ACCOUNTS["Clara"]][:1]


async def test_the_teacher_may_hand_the_step_to_the_administrator(play: Stage) -> None:
    await asks_sick(play, when="开班式")
    assert "等班主任、教务答复" in await play.taps("Clara", "转教务")
    play.sees("Ada", "转来的请假", "病假")
    await play.taps("Ada", "同意")
    play.sees("Tina", "出门条", "教务安老师")


async def test_leaving_the_class_takes_three_and_then_there_is_silence(play: Stage) -> None:
    await asks_sick(play, when="开班式")
    await play.says("Tina", "请假")
    await play.taps("Tina", "更多")
    await play.taps("Tina", "退班")
    await play.says("Tina", "单位紧急召回，无法继续")
    play.sees("Tina", "由班主任、教务、值班领导审批")
    await play.says("Tina", "提交请假")
    for name in ("Clara", "Ada", "Hua"):
        play.sees(name, "退班", "单位紧急召回")
        await play.taps(name, "同意")
    play.sees("Tina", "退班已经批准")
    assert [leave.state for leave in await leaves_of(play)] == ["cancelled", "approved"]
    play.clear()
    for clock in ("08:40", "08:55", "09:00", "09:21"):
        await play.tick(clock)
    assert play.phone("Tina") == []

    async def look(tx: Tx) -> tuple[bool, int]:
        me = await who(tx, ACCOUNTS["Tina"], play.clock.now())
        assert me is not None
        return me.member_id == 0, len(await members.trainees(tx, 1, play.clock.now()))

    assert await play.store.work(look) == (True, 11)


async def test_a_decision_settles_a_closed_list_too(play: Stage) -> None:
    """Pending at the bell: the list was closed with 未点到, the decision comes after (LEAVE-06)."""
    await asks_sick(play, when="开班式")
    await play.tick("09:25")
    await closes(play, "S11")
    await play.taps("Clara", "同意")
    assert await marks_of(play) == {"S11": "leave_sick"}


async def test_a_step_that_nobody_holds_is_told_to_those_who_can_help(stage: Stage) -> None:
    stage.at("08:10")
    await asks(stage, "事假", "10:00-11:30")
    await stage.says("Tina", "提交请假")
    await stage.taps("Clara", "同意")
    for name in ("Clara", "Ada"):
        stage.sees_somewhere(name, "没有人绑定这个岗位")
