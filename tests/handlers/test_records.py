"""[我的记录]: what is left first, then one's own lists by day (CLASS-07, ATT-13)."""

from __future__ import annotations

import re
from datetime import timedelta

from msgspec import structs

from actions import ledgers
from storage import members, rolls, sessions
from storage.tx import Tx
from tests.actions import test_ledgers as facts
from tests.handlers.test_checkins import code
from tests.stage import Stage


async def happened(stage: Stage, marks: dict[str, str], *closed: str, who: str = "T02") -> None:
    """These lists have these marks of somebody, and some are closed."""

    async def work(tx: Tx) -> None:
        cohort = await facts.spring(tx)
        for ref, status in marks.items():
            await facts.mark(tx, cohort, ref, who, status)
        await facts.close(tx, cohort, *closed)

    await stage.store.work(work)


async def test_the_record_says_first_what_is_left(stage: Stage) -> None:
    await happened(stage, {"S11": "late", "S12": "present", "S14": "leave_sick"}, "S11", "S12", "S14")
    stage.at("17:00")
    await stage.says("Tina", "我的记录")
    lines = stage.last("Tina").plain.splitlines()
    assert lines[:3] == ["还可请假 0 学时（已用2，上限1.42）", "还可迟到 1 次不计旷课", "旷课 0 学时"]
    assert lines[3:] == [
        "📅 第1天", "🕒 09:00 开班式", "✅ 10:00 社区党建", "🏥 14:00 物业矛盾", "⬜ 16:00 小组研讨（待收口）",
    ]  # fmt: skip
    assert "%" not in stage.last("Tina").plain and len(lines) <= 12


async def test_an_open_list_stands_there_as_open_and_counts_for_nothing(stage: Stage) -> None:
    stage.at("08:55")
    await stage.says("Tina", await code(stage))
    await stage.says("Tina", "记录")
    stage.sees("Tina", "旷课 0 学时", "✅ 09:00 开班式（待收口）")
    await stage.taps("Tina", "我的信息怎么用")
    stage.sees("Tina", "180天")


async def test_before_the_class_it_is_empty(stage: Stage) -> None:
    await stage.says("Tina", "/record")
    stage.sees("Tina", "还可请假 1.42 学时", "先空着")


async def test_leave_ahead_is_taken_off(stage: Stage) -> None:
    await happened(stage, {"S15": "leave_personal", "S21": "leave_personal"})
    stage.at("09:30")
    await stage.says("Tina", "我的记录")
    stage.sees("Tina", "已用0，已批还没到1", "第2天", "📝 08:00 乘车（待收口）")


async def test_a_day_at_a_time_in_place(stage: Stage) -> None:
    await happened(stage, {"S11": "present", "S22": "absent"}, "S11", "S22")
    stage.at("12:00", day=2)
    await stage.says("Tina", "我的记录")
    stage.sees("Tina", "第2天", "❌ 09:30 现场教学", "旷课 2 学时")
    assert "开班式" not in stage.last("Tina").plain
    number = stage.last("Tina").message_id
    await stage.taps("Tina", "第1天")
    shown = stage.sees("Tina", "📅 第1天", "✅ 09:00 开班式", "旷课 2 学时")
    assert shown.message_id == number and "现场教学" not in shown.plain
    await stage.taps("Tina", "第2天")
    stage.sees("Tina", "❌ 09:30 现场教学")


async def test_a_guessed_day_shows_the_newest(stage: Stage) -> None:
    stage.at("09:30")
    for data in ("record:9:9", "record:x", "record:1:7", "record"):
        await stage.tap_data("Tina", data)
        stage.sees("Tina", "📅 第1天", "开班式")


async def test_a_long_day_has_parts_and_no_page_is_longer_than_a_screen(stage: Stage) -> None:
    async def many(tx: Tx) -> None:
        cohort = await facts.spring(tx)
        pattern = next(s for s in await sessions.of_cohort(tx, cohort.id) if s.ref == "S14")
        for n in range(10):
            begin = facts.at("16:00") + timedelta(minutes=n)
            lecture = structs.replace(pattern, ref=f"X{n}", title="讲座", starts_at=begin, ends_at=facts.at("20:00"))
            await rolls.put(tx, cohort.id, await sessions.put(tx, lecture), "secret", begin, begin, begin)

    await stage.store.work(many)
    stage.at("21:00")
    await stage.says("Tina", "我的记录")
    stage.sees("Tina", "第1天（2/2）", "讲座")
    await stage.taps("Tina", "第1天-1")
    stage.sees("Tina", "第1天（1/2）", "开班式")
    assert all(len(s.plain.splitlines()) <= 12 for s in stage.phone("Tina"))


async def test_in_english(stage: Stage) -> None:
    async def english(tx: Tx) -> None:
        await tx.do("update account set lang = 'en' where id = 101")

    await stage.store.work(english)
    await happened(stage, {"S11": "absent"}, "S11")
    stage.at("11:00")
    await stage.says("Tina", "my record")
    shown = stage.sees("Tina", "Leave left: 1.42 hours (0 used, limit 1.42)", "Unexcused: 1 hour", "❌ 09:00 Opening")
    assert not re.search("[\u4e00-\u9fff]", shown.plain)


async def test_the_record_is_one_s_own(stage: Stage) -> None:
    await happened(stage, {"S11": "absent"}, "S11")
    stage.at("11:00")
    for name in ("Oscar", "Nora", "Ivan", "Clara"):
        for data in ("record", "record:1:1"):
            await stage.tap_data(name, data)
        await stage.says(name, "/record")
        stage.sees_nothing_of(name, "❌", "社区党建", "旷课 1 学时")
    await stage.says("Gao", "我的记录")
    stage.sees("Gao", "旷课 0 学时")


async def test_the_warning_leads_to_the_record(stage: Stage) -> None:
    await happened(stage, {"S11": "leave_personal"}, "S11")
    stage.at("11:00")

    async def warn(tx: Tx) -> None:
        cohort = await facts.spring(tx)
        everybody = [m.id for m in await members.of_cohort(tx, cohort.id)]
        await ledgers.warn(tx, cohort, everybody, stage.clock.now())

    await stage.store.work(warn)
    await stage.settle()
    stage.sees("Tina", "还可请假 0.42 学时")
    await stage.taps("Tina", "看我的记录")
    stage.sees("Tina", "还可请假 0.42 学时（已用1，上限1.42）", "📝 09:00 开班式")
    assert len(stage.phone("Tina")) == 2
    assert not stage.phone("Tom") and not stage.phone("Clara")
