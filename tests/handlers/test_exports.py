"""[导出] and [打印签到表] on the telephone: who gets the file, what is in it, who does not (DASH-04, ATT-22)."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.handlers.test_checkins import code, roll_of
from tests.handlers.test_question_live import asks, stored
from tests.stage import Shown, Stage


def cells(shown: Shown, sheet: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(shown.file))[sheet].iter_rows()]


async def count(stage: Stage, sql: str) -> int:
    async def look(tx: Tx) -> int:
        return await tx.one(int, sql)

    return await stage.store.work(look)


@pytest.mark.parametrize("words", ["/export", "导出", "导出考勤", "export", "导出！"])
async def test_the_class_teacher_gets_the_workbook(stage: Stage, words: str) -> None:
    stage.at("08:55")
    await stage.says("Tina", await code(stage))
    await stage.says("Clara", words)
    shown = stage.sees("Clara", "春晓班", "考勤矩阵", "请收好")
    assert shown.file_name == "春晓班_2027-03-15_考勤.xlsx"
    found = cells(shown, "考勤矩阵")
    assert "2027-03-15 08:55 由 柯老师 导出" in found[1][0]
    assert found[10][:4] == [1, 2, "田小雪", "✓"] and found[11][3] is None and found[8][3] == "未收口"
    assert cells(shown, "花名册")[3][-1] == "000-0001"
    assert len([s for s in stage.phone("Clara") if s.file]) == 1


async def test_the_administrator_too_and_it_is_in_the_audit(stage: Stage) -> None:
    await stage.says("Ada", "/export")
    assert stage.last("Ada").file_name.startswith("春晓班_")

    async def look(tx: Tx) -> list[int]:
        return await tx.all(int, "select who from audit where act = 'export'")

    assert await stage.store.work(look) == [ACCOUNTS["Ada"]]


async def test_the_word_is_said_in_the_help_of_who_may(stage: Stage) -> None:
    for name in ("Clara", "Ada"):
        await stage.says(name, "帮助")
        assert any("“导出”" in s.plain for s in stage.phone(name)[-2:])
        assert "发通知" in stage.phone(name)[-2].plain
    for name in ("Tina", "Gao", "Ivan"):
        await stage.says(name, "帮助")
        stage.sees_nothing_of(name, "“导出”", "/export")


@pytest.mark.parametrize("name", ["Tina", "Gao", "Ivan", "Nora"])
async def test_nobody_else_gets_anything(stage: Stage, name: str) -> None:
    roll = await roll_of(stage, "S11")
    for words in ("/export", "导出", "export"):
        await stage.says(name, words)
    await stage.tap_data(name, f"sheet:{roll.id}")
    assert not [s for s in stage.phone(name) if s.file or s.file_name]
    stage.sees_nothing_of(name, "考勤矩阵", "学员05", "000-")
    assert await count(stage, "select count(*) from file") == 0
    assert await count(stage, "select count(*) from audit where act in ('export', 'sheet')") == 0


async def test_a_school_leader_has_numbers_only(stage: Stage) -> None:
    async def become(tx: Tx) -> None:
        await tx.do("update account set roles = 'school_leader' where id = 103")
        await tx.do("update member set account_id = null where account_id = 103")

    await stage.store.work(become)
    await stage.says("Gao", "/export")
    assert not [s for s in stage.phone("Gao") if s.file]


async def test_another_class_s_people_see_nothing(stage: Stage) -> None:
    """Oscar is a trainee of another class; even its class teacher gets the own class only."""
    roll = await roll_of(stage, "S11")
    for words in ("/export", "导出"):
        await stage.says("Oscar", words)
    await stage.tap_data("Oscar", f"sheet:{roll.id}")
    assert not [s for s in stage.phone("Oscar") if s.file]

    async def become(tx: Tx) -> None:
        await tx.do("update member set roles = 'class_teacher' where account_id = :id", {"id": ACCOUNTS["Oscar"]})

    await stage.store.work(become)
    await stage.says("Oscar", "/export")
    shown = stage.last("Oscar")
    assert shown.file_name.startswith("秋实班_") and "田小雪" not in str(cells(shown, "花名册"))
    await stage.tap_data("Oscar", f"sheet:{roll.id}")
    assert len([s for s in stage.phone("Oscar") if s.file]) == 1, "no sheet of the spring class"


async def test_the_sheet_on_paper(stage: Stage) -> None:
    stage.at("08:30")
    roll = await roll_of(stage, "S12")
    toast = await stage.tap_data("Clara", f"sheet:{roll.id}")
    assert "签到表" in toast
    shown = stage.sees("Clara", "社区党建", "每组一页", "缺 7 34")
    assert shown.file_name == "春晓班_2027-03-15_签到表_社区党建.xlsx"
    found = cells(shown, "签到表")
    assert found[5][:3] == [1, "高远", "□"] and "第1组　社区党建" in found[1][0]
    await stage.tap_data("Ada", f"sheet:{roll.id}")
    assert stage.last("Ada").file_name == shown.file_name
    for forged in ("sheet:99999", "sheet:x", "sheet"):
        await stage.tap_data("Clara", forged)
    assert len([s for s in stage.phone("Clara") if s.file]) == 1


async def test_a_talk_in_progress_goes_on_after_the_sheet(stage: Stage) -> None:
    """The sheet is asked for with a tap, and a tap leaves a talk alone."""
    await stage.says("Ada", "/import")
    step = await count(stage, "select count(*) from talk where account_id = 106 and step <> ''")
    roll = await roll_of(stage, "S11")
    await stage.tap_data("Ada", f"sheet:{roll.id}")
    assert await count(stage, "select count(*) from talk where account_id = 106 and step <> ''") == step


async def test_questions_in_the_workbook_and_who_reads_what(stage: Stage) -> None:
    """AT-37: no name of who asked without signing, and no private words, for anybody but the class teacher."""
    await stage.store.work(lambda tx: tx.do("update account set lang = 'zh' where id = 104"))
    stage.at("11:40")
    await asks(stage, "Tina", "=1+1 老人不会用手机，能不能由志愿者代办？")
    await asks(stage, "Tom", "家里的事影响工作，想单独问问老师怎么办？", "仅老师可见")
    await asks(stage, "Gao", "我署名问：楼道里能不能给电动车充电？", "署名公开")
    first, second, _ = await stored(stage)
    await stage.tap_data("Tom", f"qsame:{first.id}")
    stage.at("13:50")
    await stage.tap_data("Ivan", f"qans:{first.id}")
    await stage.says("Ivan", "@可以，先登记委托。")
    await stage.taps("Ivan", "发送")
    await stage.tap_data("Clara", f"qnay:{second.id}")
    await stage.says("Clara", "已经当面谈过了")
    found = {}
    for name in ("Clara", "Ada"):
        await stage.says(name, "/export")
        found[name] = cells(next(s for s in reversed(stage.phone(name)) if s.file), "提问")
    head, *rows = found["Clara"][2:]
    assert head[:9] == ["编号", "时间", "分类", "可见范围", "提问人", "问题", "状态", "同问", "回答"]
    assert rows[0][:5] == [1, "2027-03-15 11:40", "社区党建", "对同学匿名，班主任可见", "田小雪（1组2号）"]
    assert rows[0][5].startswith("'=1+1 老人") and rows[0][6:9] == ["已答", 1, "'@可以，先登记委托。"]
    assert rows[0][9:11] == ["授课教师 易教授", "2027-03-15 13:50"]
    assert rows[0][11] == 40, "20 minutes till noon and 20 after half past one"
    assert (
        rows[1][4:6] == ["田小雪（1组3号）", "家里的事影响工作，想单独问问老师怎么办？"]
        and rows[1][12] == "已经当面谈过了"
    )
    rows = found["Ada"][3:]
    assert [row[4] for row in rows] == ["一位学员", "一位学员", "高远（1组1号）"]
    assert rows[0][5:9] == found["Clara"][3][5:9], "the words that the class reads, the office reads too"
    assert rows[1][5] == rows[1][12] == "仅老师可见" and rows[1][6] == "不作答"
    assert "家里的事" not in str(found["Ada"]) and "当面" not in str(found["Ada"]) and "田小雪" not in str(found["Ada"])

    for name in ("Clara", "Ada"):
        stage.at("12:00", day=3)
        await stage.tap_data(name, "qnumbers")
        shown = stage.sees(name, "共3问：待答1", "一半在40分钟内", "24小时内有回复：50%", "社区党建 3")
        assert "教授" not in shown.plain and "田小雪" not in shown.plain
    for name in ("Tina", "Ivan", "Oscar", "Nora"):
        await stage.tap_data(name, "qnumbers")
        stage.sees_nothing_of(name, "共3问", "提问统计")

    async def leads(tx: Tx) -> None:
        await tx.do("update account set roles = 'school_leader' where id = 103")
        await tx.do("update member set account_id = null where account_id = 103")

    await stage.store.work(leads)
    stage.clear()
    await stage.tick("21:30", day=3)
    assert [k.label for k in stage.sees("Gao", "🙋 提问3个，待答1，超时1").buttons] == ["提问统计"]
    await stage.taps("Gao", "提问统计")
    stage.sees("Gao", "共3问：待答1")
    for data in (f"qopen:{first.id}", f"qlive:{first.session_id}", "qlist:0:open", f"qoral:{first.id}"):
        await stage.tap_data("Gao", data)
    stage.sees_nothing_of("Gao", "志愿者", "易教授", "田小雪")
