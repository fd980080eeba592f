"""The first morning of a real class: from a folder of files to a filled list, over HTTP, as processes."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from pathlib import Path

import pytest

from tests.conftest import Databases
from tests.stage import ZONE
from tests.stories.program import SAMPLE, playing

MORNING = datetime(2027, 3, 15, 8, 50, tzinfo=ZONE)


@pytest.fixture(params=["sqlite", "postgres"])
async def empty_url(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    return f"sqlite:///{tmp_path}/new.db" if request.param == "sqlite" else await databases.empty_postgres()


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_the_first_morning(tmp_path: Path, empty_url: str, mode: str) -> None:
    async with playing(tmp_path, empty_url, mode, MORNING) as program:
        assert "新增82" in await program.tongxue("class", "import", str(SAMPLE))
        assert "没有变化" in await program.tongxue("class", "import", str(SAMPLE))
        seats = await program.seats()
        assert len(seats) == 82 and seats["T001"]["link"].startswith("https://t.me/tongxue_bot?start=")
        await program.start()
        sim = program.sim
        teacher, leader, tina, oscar = (sim.person(name) for name in ("Clara", "Gao", "Tina", "Oscar"))
        for phone, ref in ((teacher, "B01"), (leader, "T001"), (tina, "T003")):
            await phone.start(payload=seats[ref]["link"].split("?start=")[1])
            await phone.sees(seats[ref]["name"])
            await phone.keys("是我，绑定")
            await phone.sees("绑定好了")

        await teacher.keys("点名")
        card = await teacher.sees("口令：")
        found = re.search(r"口令：(\d{4})", card.text)
        assert found and "开班式" in card.text and "应到50 实到0" in card.text

        await tina.keys("我要签到")
        await tina.sees("4位数字")
        await tina.says(found[1])
        await tina.sees("已签到")
        await tina.says("签到")
        await tina.sees("不用再签")
        await tina.keys("课程表")
        await tina.sees("第1天")

        await oscar.start()
        await oscar.sees("绑定码")
        await oscar.says(found[1])
        await oscar.sees_nothing()
        await oscar.start(payload=seats["T003"]["link"].split("?start=")[1])
        refused = await oscar.sees("已经有人用过")
        assert seats["T003"]["name"] not in refused.text

        await teacher.taps("代点名")
        await teacher.sees("第1组")
        await teacher.taps(f"1 {seats['T001']['name']}")
        await teacher.keys("点名")
        await teacher.sees("实到2", within=12)
        await program.stop()
        await program.tongxue("class", "export", str(tmp_path / "out"))
        rows = list(csv.DictReader((tmp_path / "out" / "marks.csv").read_text("utf-8-sig").splitlines()))
        marked = {(r["person_id"], r["status"], r["source"]) for r in rows if r["session_id"] == "S0102" and r["at"]}
        assert marked == {("T003", "present", "self"), ("T001", "present", "staff")}
        assert "7:TEST" not in program.log() and seats["T003"]["name"] not in program.log()
