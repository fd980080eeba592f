"""Plan, exports, machine and audit on the desk: the same deeds as in the chat, for the same people."""

from __future__ import annotations

import io
import zipfile

from openpyxl import load_workbook

from storage import inbox
from storage.tx import Tx
from tests.desk.desk import desk
from tests.handlers.log_class import log_of, writes
from tests.handlers.question_class import asks
from tests.stage import Stage


async def test_what_leaves_the_house_is_recorded(stage: Stage) -> None:
    async with desk(stage) as d:
        stage.at("09:00")
        made = await d.post("Clara", "/desk/exports/workbook")
        assert made.status == 200 and "attachment" in made.headers["Content-Disposition"]
        assert "sandbox" in made.headers["Content-Security-Policy"]
        assert len(load_workbook(io.BytesIO(made.body)).sheetnames) >= 4
        tables = await d.post("Clara", "/desk/exports/workbook", {"as": "csv"})
        with zipfile.ZipFile(io.BytesIO(tables.body)) as box:
            texts = [box.read(name).decode() for name in box.namelist()]
        assert all(text.startswith("\ufeff") for text in texts) and any("田小雪" in text for text in texts)
        assert (await d.post("Ada", "/desk/exports/logs", {"kind": "volume"})).status == 403, "logs are the teachers'"
        wished = await d.post("Clara", "/desk/exports/logs", {"kind": "volume"})
        assert "在聊天里发给您" in (await d.follow("Clara", wished)).words
        assert "在聊天里发给您" not in (await d.get("Clara", "/desk/exports")).words.replace(
            "做好了机器人在聊天里发给您", ""
        )
        read = await d.get("Clara", "/desk/audits?kind=export&q=%E6%9F%AF")
        assert read.words.count("柯老师") >= 3 and read.words.count("绑定座位") == 1, "only among the kinds"
        assert "没有这样的记录" in (await d.get("Clara", "/desk/audits?q=zzz")).words
        bound = await d.get("Ada", "/desk/audits?kind=bind")
        assert "田小雪" in bound.words and " 101 " not in bound.words, "no numbers of accounts"
        assert (await d.get("Ada", "/desk/audits?before=999999999999999&page=-1&kind=%27%20or%201=1")).status == 200


async def test_the_audit_tells_the_office_neither_who_asked_nor_what_stands_in_logs(stage: Stage) -> None:
    """Not by showing it, and not by finding it (DASH-05, AT-37)."""
    stage.at("11:35")
    question = await asks(stage, "Gao", "楼道里能不能给电动车充电？")
    await stage.tap_data("Gao", f"qprivate:{question.id}:private")
    stage.at("20:00")
    await writes(stage, "Gao")
    log = await log_of(stage, "T01")
    await stage.tap_data("Clara", f"logreturn:{log.id}:1:off_topic")
    await stage.says("Clara", "写写您自己那条街的事")
    async with desk(stage) as d:
        for name, teaches in (("Clara", True), ("Ada", False)):
            by_thing = await d.get(name, f"/desk/audits?q=question:{question.id}")
            assert "anonymous → private" in by_thing.words, "that it became more private is no secret"
            assert ("高远" in by_thing.html) == teaches and ("一位学员" in by_thing.html) != teaches
            by_name = await d.get(name, "/desk/audits?q=高远")
            assert ("anonymous → private" in by_name.words) == teaches, "who asked is not found either"
            returned = (await d.get(name, "/desk/audits?kind=log")).words
            assert ("off_topic" in returned) == teaches and "没有这样的记录" not in returned
            assert ("没有这样的记录" in (await d.get(name, "/desk/audits?q=topic")).words) != teaches


async def test_the_machine_shows_numbers_and_no_words(stage: Stage) -> None:
    async with desk(stage) as d:
        await stage.says("Tina", "绝密的话")

        async def spoiled(tx: Tx) -> None:
            id = await tx.one(int, "select max(id) from inbox")
            await inbox.set_failed(tx, id, "Traceback …\nValueError: 绝密的话", None)
            await tx.do(
                "update outbox set state = 'failed', trouble = 'Bad Request: chat not found' where chat_id = 101"
            )

        await stage.store.work(spoiled)
        page = await d.get("Ada", "/desk/machine")
        assert "ValueError" in page.words and "chat not found" in page.words and "绝密" not in page.html
        assert (await d.get("Clara", "/desk/machine")).status == 403


async def test_the_plan_of_a_day(plain: Stage) -> None:
    async with desk(plain) as d:
        today, tomorrow = await d.get("Clara", "/desk/plans"), await d.get("Clara", "/desk/plans?day=2027-03-16")
        assert "08:55" in today.words and "签到提醒" in today.words and "乘车" not in today.words
        assert "乘车" in tomorrow.words
        for strange in ("0001-01-01", "9999-12-31", "2027-13-40", "x", "%00"):
            assert (await d.get("Clara", f"/desk/plans?day={strange}")).status == 200, strange
