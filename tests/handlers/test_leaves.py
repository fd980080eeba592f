"""Asking for leave: four taps, every refusal in words, the draft that survives (ATT-08, LEAVE-01, LEAVE-05)."""

from __future__ import annotations

import pytest

from tests.handlers.leave_class import asks, asks_sick, furnish, leave_of, leaves_of, marks_of, photo
from tests.stage import Stage


@pytest.fixture
async def play(stage: Stage) -> Stage:
    stage.at("09:30")
    return await furnish(stage)


async def test_sick_leave_in_four_taps_and_no_word_of_why(play: Stage) -> None:
    await play.says("Tina", "请假/外出")
    play.sees("Tina", "请哪种假")
    await play.taps("Tina", "病假")
    play.sees("Tina", "从什么时候")
    await play.taps("Tina", "下一节 10:00–11:30 社区党建")
    play.sees("Tina", "去哪里")
    await play.taps("Tina", "在宿舍休息")
    play.sees("Tina", "病假", "10:00–11:30", "社区党建", "本次2学时，累计2，上限6.85，还可4.85", "由班主任审批")
    assert play.last("Tina").keyboard == ["提交请假", "返回"]
    await play.says("Tina", "提交请假")
    play.sees("Tina", "交上去了", "等班主任")
    leave = await leave_of(play)
    assert (leave.state, leave.reason, leave.hours, leave.chain) == ("pending", "", 2, "class_teacher")
    for teacher in ("Clara", "Duan"):
        play.sees(teacher, "田小雪（1组2号） 病假", "10:00–11:30", "在宿舍休息", "还可4.85", "等班主任答复")
    await play.taps("Clara", "同意")
    play.sees("Tina", "出门条", "田小雪（1组2号）", "柯老师", "000-9001")
    assert "我已返回" in play.last("Tina").keyboard
    play.sees("Duan", "已由班主任柯老师同意 09:30")
    assert "同意" not in play.labels("Duan")
    play.sees("Gao", "2号田小雪 不在", "10:00–11:30")
    assert await marks_of(play) == {"S12": "leave_sick"}


async def test_typed_words_do_as_well_as_taps(play: Stage) -> None:
    await play.says("Tina", "/leave")
    await play.taps("Tina", "事假")
    await play.taps("Tina", "选时间")
    play.sees("Tina", "10:30-12:00")
    await play.says("Tina", "１４：００－１５：３０")
    await play.says("Tina", "去医院，室友陪同")
    play.sees("Tina", "事由")
    await play.says("Tina", "孩子发烧要接回家")
    play.sees("Tina", "14:00–15:30", "物业矛盾", "去医院，室友陪同", "孩子发烧要接回家", "由班主任审批")
    await play.says("Tina", "好了吗")
    play.sees("Tina", "提交请假")
    await play.says("Tina", "提交请假")
    play.sees("Clara", "事假", "💬 孩子发烧要接回家", "14:00–15:30")


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("肚子疼", "没看懂"),
        ("10:30", "还差一头"),
        ("12:00-10:30", "结束要比开始晚"),
        ("23:00-01:00", "过夜请选夜间外出"),
        ("3月14日 8:00-9:00", "还没开班"),
        ("3月20日 8:00-9:00", "已经结束"),
        ("07:00-08:00", "还没开班"),
    ],
)
async def test_times_that_cannot_be_are_refused_in_words(play: Stage, typed: str, seen: str) -> None:
    await play.says("Tina", "请假")
    await play.taps("Tina", "事假")
    await play.says("Tina", typed)
    play.sees("Tina", seen)
    await play.says("Tina", "14:00-15:30")
    play.sees("Tina", "去哪里")


@pytest.mark.parametrize(("clock", "taken"), [("11:00", True), ("11:01", False)])
async def test_filled_in_afterwards_within_two_hours(play: Stage, clock: str, taken: bool) -> None:
    play.at(clock)
    await play.says("Tina", "请假")
    await play.taps("Tina", "病假")
    await play.says("Tina", "9:00-9:45")
    if not taken:
        play.sees("Tina", "不能自己补填", "找班主任")
        return
    await play.taps("Tina", "在宿舍休息")
    play.sees("Tina", "开班式")
    await play.says("Tina", "提交请假")
    play.sees("Clara", "病假（临时）" if clock < "09:00" else "病假（补填）")
    await play.taps("Clara", "同意")
    assert await marks_of(play) == {"S11": "leave_sick"}
    play.sees("Tina", "补填的请假批准了")


async def test_short_notice_is_sent_on_and_says_so(play: Stage) -> None:
    play.at("09:31")
    await asks_sick(play)
    play.sees("Clara", "病假（临时）")
    play.at("13:00")
    await asks_sick(play, "Tom", "物业矛盾")
    play.sees("Clara", "病假")
    play.sees_nothing_of("Duan", "补填")


async def test_two_leaves_do_not_overlap(play: Stage) -> None:
    await asks_sick(play)
    await play.says("Tina", "请假")
    play.sees("Tina", "您的请假", "病假 3月15日 周一 10:00–11:30", "等班主任答复")
    await play.taps("Tina", "事假")
    await play.says("Tina", "11:00-12:00")
    play.sees("Tina", "重叠", "10:00–11:30")


async def test_a_reason_has_5_to_200_characters(play: Stage) -> None:
    await play.says("Tina", "请假")
    await play.taps("Tina", "事假")
    await play.says("Tina", "14:00-15:30")
    await play.says("Tina", "回")
    play.sees("Tina", "2到60个字")
    await play.says("Tina", "回家")
    await play.says("Tina", "有事")
    play.sees("Tina", "至少5个字")
    await play.says("Tina", "长" * 201)
    play.sees("Tina", "200个字以内")
    await play.says("Tina", "长" * 200)
    play.sees("Tina", "请看一遍")


async def test_the_letter_is_a_photo_and_may_come_later(play: Stage) -> None:
    await asks(play, "公假", "14:00-15:30", why="单位有一个会议")
    play.sees("Tina", "拍一张派出单位的函")
    await play.says("Tina", "我有函")
    play.sees("Tina", "请发照片")
    await photo(play, "Tina")
    play.sees("Tina", "派出单位函已交")
    await play.says("Tina", "提交请假")
    assert (await leave_of(play)).letter == "letter-1"
    play.sees_somewhere("Clara", "田小雪（1组2号） 的派出单位函")
    play.sees("Clara", "派出单位函已交")


async def test_a_letter_that_is_asked_for(play: Stage) -> None:
    await asks(play, "公假", "14:00-15:30", why="单位有一个会议")
    await play.taps("Tina", "以后再交")
    await play.says("Tina", "提交请假")
    play.sees("Clara", "派出单位函还没交")
    await play.taps("Clara", "要材料")
    assert (await leave_of(play)).state == "need_material"
    play.sees("Tina", "请拍照补上")
    await play.taps("Tina", "补材料")
    await play.says("Tina", "马上")
    play.sees("Tina", "请发照片")
    await photo(play, "Tina", "letter-2")
    play.sees("Tina", "已经转给")
    play.sees("Clara", "派出单位函已交", "材料已补")
    await play.taps("Clara", "同意")
    assert (await leave_of(play)).state == "approved"


async def test_the_proof_of_an_illness_is_never_photographed(play: Stage) -> None:
    await asks_sick(play)
    await play.taps("Clara", "要材料")
    play.sees("Tina", "不用拍照")
    await play.taps("Tina", "补材料")
    await photo(play, "Tina")
    play.sees("Tina", "不用拍照")
    assert (await leave_of(play)).letter == ""
    await play.taps("Clara", "材料已交")
    await play.taps("Clara", "同意")
    await play.taps("Clara", "已看证明")
    play.sees("Clara", "已看证明")
    assert (await leave_of(play)).proof_seen


async def test_a_draft_survives_a_word_of_the_menu(play: Stage) -> None:
    await play.says("Tina", "请假")
    await play.taps("Tina", "病假")
    await play.taps("Tina", "社区党建")
    await play.says("Tina", "返回")
    await play.says("Tina", "课程表")
    await play.says("Tina", "请假")
    play.sees("Tina", "没交的请假单：病假", "10:00–11:30")
    await play.taps("Tina", "继续")
    play.sees("Tina", "去哪里")
    await play.taps("Tina", "去医院")
    await play.says("Tina", "返回")
    await play.says("Tina", "提交请假")
    play.sees("Tina", "交上去了")
    await play.says("Tina", "提交请假")
    play.sees("Tina", "没有要提交的请假单")
    assert [leave.state for leave in await leaves_of(play)] == ["pending"]


async def test_a_draft_may_be_thrown_away(play: Stage) -> None:
    await play.says("Tina", "请假")
    await play.taps("Tina", "病假")
    await play.taps("Tina", "社区党建")
    await play.says("Tina", "请假")
    await play.taps("Tina", "重写")
    play.sees("Tina", "请哪种假")
    assert await leaves_of(play) == []


async def test_sent_during_an_outage_it_has_the_time_of_the_message(play: Stage) -> None:
    play.at("08:50")
    await play.says("Tina", "请假")
    await play.taps("Tina", "病假")
    await play.says("Tina", "9:00-9:45")
    await play.taps("Tina", "在宿舍休息")
    with play.bot_down():
        await play.says("Tina", "提交请假")
        play.at("11:30")
    await play.settle()
    leave = await leave_of(play)
    assert (leave.state, leave.notice) == ("pending", "short_notice")


async def test_english(play: Stage) -> None:
    await play.tap_data("Tom", "lang:en")
    await play.says("Tom", "leave")
    await play.taps("Tom", "Sick leave")
    await play.taps("Tom", "Next session")
    await play.taps("Tom", "dormitory")
    play.sees("Tom", "This one 2 hours, together 2, limit 6.85, then 4.85 left", "Party building")
    await play.says("Tom", "send the request")
    play.sees("Clara", "在宿舍休息")
