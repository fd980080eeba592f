"""Taking back, coming back, checking in while away, 销假 (ATT-10, LEAVE-08)."""

from __future__ import annotations

import pytest

from tests.handlers.leave_class import asks, asks_sick, events_of, furnish, leave_of, marks_of
from tests.handlers.test_checkins import code
from tests.stage import Stage


@pytest.fixture
async def play(stage: Stage) -> Stage:
    stage.at("09:30")
    return await furnish(stage)


async def away(play: Stage, times: str = "10:00-15:30", until: str = "10:01") -> None:
    """Tina is on approved leave: S12 (2 hours) and S14 (2 hours)."""
    await asks(play, "事假", times)
    await play.says("Tina", "提交请假")
    await play.taps("Clara", "同意")
    await play.tick(until)


async def test_back_again_and_confirmed(play: Stage) -> None:
    await away(play)
    assert (await leave_of(play)).state == "away"
    assert await marks_of(play) == {"S12": "leave_personal", "S14": "leave_personal"}
    play.at("12:10")
    await play.says("Tina", "我已返回")
    play.sees("Tina", "12:10 已记下您返回")
    assert "手册" in play.last("Tina").keyboard and "我已返回" not in play.last("Tina").keyboard
    assert await marks_of(play) == {"S12": "leave_personal", "S14": "unmarked"}
    play.sees("Gao", "2号田小雪 回来了")
    for teacher in ("Clara", "Duan"):
        play.sees(teacher, "12:10 已返回，待销假", "田小雪")
    await play.taps("Duan", "确认销假")
    play.sees("Clara", "段老师 销假", "已销假")
    play.sees("Tina", "已销假", "共2学时")
    leave = await leave_of(play)
    assert (leave.state, leave.hours) == ("closed", 2)
    assert [(e.act, e.old, e.new) for e in await events_of(play, leave.id)] == [
        ("submit", "draft", "pending"), ("agree", "pending", "approved"), ("start", "approved", "away"),
        ("come_back", "away", "returned"), ("confirm", "returned", "closed")]  # fmt: skip


async def test_the_key_to_report_back_with_is_there_while_away(play: Stage) -> None:
    await away(play)
    await play.says("Tina", "返回")
    assert "我已返回" in play.last("Tina").keyboard and "手册" not in play.last("Tina").keyboard
    assert len(play.last("Tina").keyboard) <= 6
    await play.says("Tina", "/back")
    play.sees("Tina", "已记下您返回")
    await play.says("Tina", "我回来了")
    play.sees("Tina", "已经报过返回")
    await play.says("Tom", "我已返回")
    play.sees("Tom", "没有请假在外")


async def test_a_word_said_during_an_outage_counts_from_its_own_time(play: Stage) -> None:
    await away(play)
    with play.bot_down():
        play.at("12:00")
        await play.says("Tina", "已返回")
        play.at("14:30")
    await play.settle()
    play.sees("Clara", "12:00 已返回")


async def test_before_the_leave_there_is_nothing_to_come_back_from(play: Stage) -> None:
    await away(play, until="09:40")
    await play.says("Tina", "我已返回")
    play.sees("Tina", "还没开始")
    await play.taps("Tina", "撤回")
    await play.taps("Tina", "是的，撤回")
    play.sees("Tina", "已撤回")
    assert await marks_of(play) == {"S12": "unmarked", "S14": "unmarked"}
    assert (await leave_of(play)).state == "cancelled"
    play.sees("Gao", "不出去了")
    play.sees_somewhere("Clara", "田小雪 撤回")
    await play.tick("10:01")
    assert (await leave_of(play)).state == "cancelled"


async def test_what_has_begun_cannot_be_taken_back(play: Stage) -> None:
    await away(play)
    leave = await leave_of(play)
    for name in ("Tina", "Clara"):
        await play.tap_data(name, f"leaveundoyes:{leave.id}")
    assert (await leave_of(play)).state == "away"
    await play.says("Tina", "请假")
    assert "我已返回" in play.labels("Tina") and "撤回" not in play.labels("Tina")


async def test_a_request_may_be_taken_back_before_it_is_decided(play: Stage) -> None:
    await asks_sick(play)
    await play.says("Tina", "请假")
    await play.taps("Tina", "撤回")
    await play.taps("Tina", "是的，撤回")
    leave = await leave_of(play)
    assert leave.state == "cancelled"
    assert "已撤回" in await play.tap_data("Clara", f"leaveyes:{leave.id}:0")
    await play.tap_data("Tina", f"leaveundoyes:{leave.id}")
    assert [e.act for e in await events_of(play, leave.id)] == ["submit", "withdraw"]


async def test_the_teacher_takes_it_back_for_somebody_who_telephones(play: Stage) -> None:
    await away(play, until="09:40")
    await play.taps("Clara", "替本人撤回")
    await play.taps("Clara", "是的，撤回")
    play.sees("Tina", "班主任替您撤回")


async def test_checking_in_ends_the_leave(play: Stage) -> None:
    await away(play)
    play.at("10:03")
    await play.says("Tina", await code(play, "S12"))
    play.sees("Tina", "田小雪 已签到 10:03（出勤）", "请假到此为止")
    assert "手册" in play.last("Tina").keyboard
    leave = await leave_of(play)
    assert (leave.state, (await marks_of(play))["S12"]) == ("returned", "present")
    assert (await marks_of(play))["S14"] == "unmarked"
    play.sees("Clara", "10:03 已返回，待销假", "已签到，人回来了")
    await play.taps("Clara", "确认销假")
    assert (await leave_of(play)).hours == 0


async def test_checking_in_late_and_by_the_word(play: Stage) -> None:
    await away(play, "14:00-16:45", until="14:05")
    await play.says("Tina", "签到")
    play.sees("Tina", "14:05（迟到）")
    assert (await marks_of(play))["S14"] == "late"


async def test_coming_very_late_the_teacher_judges(play: Stage) -> None:
    await away(play)
    play.at("10:18")
    await play.says("Tina", await code(play, "S12"))
    play.sees("Tina", "10:18 到场", "由班主任认定", "请假到此为止")
    assert (await marks_of(play))["S12"] == "leave_personal"
    assert (await leave_of(play)).state == "returned"


async def test_who_is_listed_as_away_later_takes_it_back_first(play: Stage) -> None:
    await away(play, "10:30-15:30", until="09:50")
    await play.says("Tina", await code(play, "S12"))
    play.sees("Tina", "已给您记了请假", "先撤回")
    await play.taps("Tina", "撤回")
    await play.taps("Tina", "是的，撤回")
    await play.says("Tina", await code(play, "S12"))
    play.sees("Tina", "已签到 09:50（出勤）")
    assert (await leave_of(play)).state == "cancelled"


async def test_nobody_on_leave_is_reminded(play: Stage) -> None:
    await away(play, "14:00-15:30", until="13:40")
    play.clear()
    await play.tick("13:55")
    play.sees_nothing_of("Tina", "快开始了")
    play.sees("Tom", "快开始了")


async def test_not_back_in_time_is_told_to_the_teachers_only(play: Stage) -> None:
    """No message of blame: the person hears nothing (AT-25)."""
    await away(play, "10:00-11:30")
    play.clear()
    await play.tick("11:59")
    play.sees_nothing_of("Clara", "应于")
    await play.tick("12:00")
    for teacher in ("Clara", "Duan"):
        play.sees(teacher, "应于 11:30 返回", "📞 000-0002")
    play.sees_nothing_of("Tina", "返回", "应于")
    assert (await leave_of(play)).overdue
    await play.says("Clara", "请假审批")
    play.sees("Clara", "⏰ 田小雪（1组2号） 应于 11:30 返回 📞 000-0002")
    await play.taps("Clara", "确认销假")
    assert (await leave_of(play)).state == "closed"


async def test_who_was_seen_in_the_next_list_is_back(play: Stage) -> None:
    await away(play, "10:00-11:30")
    await play.tick("11:40")
    play.at("13:50")
    await play.says("Tina", "到了")
    play.sees("Tina", "已签到 13:50")
    assert (await leave_of(play)).state == "returned"


async def test_the_clock_may_be_late_and_looks_again(play: Stage) -> None:
    await away(play, "10:00-11:30", until="09:45")
    play.at("11:20")
    await play.says("Tina", "我已返回")
    assert (await leave_of(play)).state == "returned"
    await play.tick("12:30")
    play.sees_nothing_of("Clara", "应于 11:30 返回，还没有消息")
    assert [e.act for e in await events_of(play, (await leave_of(play)).id)] == [
        "submit", "agree", "start", "come_back"]  # fmt: skip
