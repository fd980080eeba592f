"""The day card, the timetable, and what the clock sends (CARD-01 … 04, SCH-01 … 14, section 22)."""

from __future__ import annotations

from tests.handlers.test_checkins import code
from tests.stage import Stage


async def test_at_seven_everybody_gets_the_own_card(stage: Stage) -> None:
    await stage.tick("07:00")
    stage.sees("Tina", "第1天", "3月15日 周一", "下一项：09:00", "开班式，301报告厅", "120分钟后")
    stage.sees("Gao", "我的小组：6人")
    stage.sees("Ivan", "今天我的课", "10:00–11:30 🟥 社区党建")
    stage.sees("Clara", "已绑定 3/12")


async def test_the_card_is_edited_in_place_all_day(stage: Stage) -> None:
    await stage.tick("07:00")
    await stage.tick("09:00")
    await stage.tick("10:00")
    cards = [s for s in stage.phone("Tina") if "第1天" in s.plain]
    assert len(cards) == 1 and "现在：🟥 社区党建" in cards[0].plain


async def test_the_reminder_goes_to_those_who_are_not_there(stage: Stage) -> None:
    stage.at("08:50")
    await stage.says("Tina", await code(stage))
    stage.clear()
    await stage.tick("08:55")
    stage.sees_somewhere("Tom", "快开始了")
    stage.sees_nothing_of("Tina", "快开始了")
    stage.sees_nothing_of("Clara", "快开始了")


async def test_nothing_is_said_twice_however_often_the_clock_strikes(stage: Stage) -> None:
    for _ in range(3):
        await stage.tick("07:00")
        await stage.tick("08:55")
    assert len([s for s in stage.phone("Tom") if "快开始了" in s.plain]) == 1
    assert len([s for s in stage.phone("Tom") if "第1天" in s.plain]) == 1


async def test_after_a_gap_one_catch_up_message_the_newest_that_matters(stage: Stage) -> None:
    await stage.tick("09:02")
    assert [s.plain for s in stage.phone("Tom") if "快开始了" in s.plain]
    assert not [s for s in stage.phone("Tom") if "第1天" in s.plain]


async def test_the_evening_before_a_day_out(stage: Stage) -> None:
    await stage.tick("07:00")
    await stage.tick("20:00")
    stage.sees_somewhere("Tina", "3月16日 周二 08:00")
    assert len(stage.phone("Tina")) == 2, "tomorrow begins off campus, so it is worth a message"


async def test_on_an_ordinary_evening_only_the_card_changes(stage: Stage) -> None:
    await stage.tick("07:00", day=2)
    stage.clear()
    await stage.tick("20:00", day=2)
    shown = [s.plain for s in stage.phone("Tina")]
    assert len(shown) == 1 and "3月17日 周三 09:00" in shown[0]


async def test_the_timetable_by_day_and_whole(stage: Stage) -> None:
    await stage.tick("07:00")
    stage.clear()
    await stage.says("Tina", "课程表")
    stage.sees("Tina", "第1天")
    await stage.taps("Tina", "看全天课程表")
    stage.sees("Tina", "12:00–13:00 🍚 午餐")
    await stage.taps("Tina", "第2天")
    stage.sees("Tina", "现场教学，金元社区")
    await stage.taps("Tina", "全部")
    stage.sees("Tina", "结业考核", "物业矛盾")
    assert "午餐" not in stage.last("Tina").plain


async def test_outside_the_class_the_whole_timetable(stage: Stage) -> None:
    stage.at("12:00", day=-3)
    await stage.says("Tina", "课程表")
    stage.sees("Tina", "春晓班", "第1天")


async def test_the_outsider_sees_the_own_class_only(stage: Stage) -> None:
    await stage.tick("07:00")
    await stage.says("Oscar", "课程表")
    await stage.tap_data("Oscar", "day:1")
    await stage.tap_data("Oscar", "day:0")
    stage.sees_somewhere("Oscar", "秋实开班式")
    stage.sees_nothing_of("Oscar", "社区党建", "物业矛盾")


async def test_who_blocked_the_bot_gets_nothing(stage: Stage) -> None:
    change = {"chat": {"id": 102, "type": "private"}, "from": {"id": 102, "first_name": "Tom"}, "date": 1}
    await stage.update({"my_chat_member": {**change, "new_chat_member": {"status": "kicked"}}})
    await stage.tick("07:00")
    assert not stage.phone("Tom")
    await stage.update({"my_chat_member": {**change, "new_chat_member": {"status": "member"}}})
    await stage.tick("08:55")
    assert stage.phone("Tom")
