"""One whole day of the sample class, as a process over HTTP: desk, code, leaders, leave, closing, evening, export."""

from __future__ import annotations

import asyncio
import io
import re
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from simulator import Phone
from simulator.phone import Shown
from tests.conftest import Databases
from tests.stage import ZONE
from tests.stories.program import SAMPLE, Program, playing

FIFTY = [f"T{number:03}" for number in range(1, 51)]
LATE, PAPER, ILL, ABSENT, ENGLISH = "T041", "T034", "T005", "T020", "T030"


@pytest.fixture(params=["sqlite", "postgres"])
async def empty_url(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    return f"sqlite:///{tmp_path}/new.db" if request.param == "sqlite" else await databases.empty_postgres()


def at(clock: str, day: int = 15) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2027, 3, day, hour, minute, tzinfo=ZONE)


class Day:
    """The phones of a class, and the hands of its clock."""

    def __init__(self, program: Program) -> None:
        self.program, self.sim = program, program.sim
        self.phones: dict[str, Phone] = {}
        self.names: dict[str, str] = {}

    async def bind(self, refs: list[str]) -> None:
        """These people take their telephones and bind their seats."""
        seats = await self.program.seats()
        self.names = {ref: seat["name"] for ref, seat in seats.items()}

        async def one(ref: str) -> None:
            phone = self.phones[ref] = self.sim.person(self.names[ref], lang="en" if ref == ENGLISH else "zh")
            await phone.start(payload=seats[ref]["link"].split("?start=")[1])
            await phone.sees("是我，绑定" if ref != ENGLISH else "Yes", within=20)
            await phone.keys("是我，绑定" if ref != ENGLISH else "Yes, that is me")
            await phone.sees("绑定好了" if ref != ENGLISH else "Done", within=20)

        for begin in range(0, len(refs), 10):
            await asyncio.gather(*(one(ref) for ref in refs[begin : begin + 10]))

    async def turns(self, clock: str) -> None:
        """It becomes so late; what is due is done. Taps of before are worked first: Telegram keeps them for 150 s."""
        await asyncio.sleep(0.5)
        self.sim.clock.set(at(clock))
        await asyncio.sleep(1.5)


async def test_a_whole_day(tmp_path: Path, empty_url: str) -> None:
    async with playing(tmp_path, empty_url, "polling", at("07:30"), led=True) as program:
        await program.tongxue("class", "import", str(SAMPLE))
        day = Day(program)
        await program.start()
        present = [ref for ref in FIFTY if ref not in (PAPER,)]
        await day.bind([*present, "B01", "A01", "A02"])
        await program.tongxue("class", "activate")
        teacher, leader = day.phones["B01"], day.phones["T001"]

        # 08:00 the desk: everybody but one; two are called up by seat and by name.
        await day.turns("08:05")
        await teacher.says("34")
        await teacher.sees("吴踏莎")
        await taps(teacher, "用纸质")
        await teacher.sees("用纸质，由组长代点")
        await teacher.says("缺 41")
        await teacher.sees("到49 迟0 缺1")
        await teacher.keys("提交名单")
        await teacher.sees("应到50 到49")

        # 08:45 the whole class sends the digits in the same minute, and the bot is killed in the middle of it.
        await day.turns("08:50")
        await teacher.keys("点名")
        card = await teacher.sees("开班式")
        found = re.search(r"口令：(\d{4})", card.text)
        assert found is not None
        crowd = [ref for ref in present if ref not in (LATE, ILL, ABSENT)]
        await asyncio.gather(*(day.phones[ref].says(found[1]) for ref in crowd))
        await program.kill()
        await program.start()
        for ref in crowd:
            words = "已签到" if ref != ENGLISH else "checked in"
            await day.phones[ref].sees(words, within=30)
        await teacher.keys("点名")
        await teacher.sees("应到50 实到46", within=15)

        # The leader of the fourth group calls the one on paper; the one who is held up telephones.
        await day.phones["T031"].keys("点名")
        await day.phones["T031"].sees("第4组")
        await taps(day.phones["T031"], "34 吴踏莎")
        await day.turns("09:05")
        await day.phones[ILL].says(await _code(teacher))
        await day.phones[ILL].sees("迟到")
        await teacher.keys("点名")
        await teacher.sees("未点到2", within=15)
        await taps(teacher, "设请假")
        await teacher.sees("给谁请假")
        await taps(teacher, "41")
        await teacher.sees("请假")
        await taps(teacher, "病假")
        await taps(teacher, "开班式")
        await taps(teacher, "去医院")
        await teacher.sees("提交请假", within=5)
        await teacher.keys("提交请假")
        await teacher.sees("已替")
        await taps(teacher, "同意")
        await day.phones[LATE].sees("批准")

        # 09:10 the number in the room, 09:21 the list is closed by hand; nobody is absent before that.
        await day.turns("09:11")
        await teacher.sees("现场有多少人")
        await teacher.says("48")
        await teacher.sees("已核对")
        await day.turns("09:21")
        await teacher.keys("点名")
        await teacher.sees("应到50 实到48（迟到1）请假1 未点到1", within=15)
        await taps(teacher, "收口")
        await teacher.sees("这1位没有点到")
        await taps(teacher, "其余1人按旷课收口")
        await teacher.sees("应到50 实到48（迟到1）请假1 旷课1")

        # The one marked absent objects; the teacher decides; both values stay.
        absent = day.phones[ABSENT]
        await absent.says("有异议")
        await absent.sees("开班式")
        await taps(absent, "异议 开班式")
        await absent.sees("一句")
        await absent.says("我在后排，手机没电了")
        await absent.sees("班主任")
        await teacher.sees("我在后排")
        await taps(teacher, "出勤")
        await absent.sees("出勤", within=10)

        # 10:10 somebody feels ill: four taps and the decisive key; the leader sees who, never why.
        await day.turns("11:00")
        ill = day.phones[ILL]
        await ill.keys("请假/外出")
        await taps(ill, "病假")
        await taps(ill, "今天下午")
        await taps(ill, "在宿舍休息")
        await ill.sees("提交请假")
        await ill.keys("提交请假")
        await ill.sees("交上去了")
        await teacher.sees("病假", within=10)
        await taps(teacher, "同意")
        await ill.sees("出门条", within=10)
        seen = await leader.sees("不在", within=10)
        assert "病" not in seen.text and "5号" in seen.text

        # 16:05 leaders call at the exhibition; the one on leave is not missed.
        await day.turns("16:06")
        await leader.says("全到")
        await leader.sees("应到10 到9（迟到0）没到0")
        await leader.keys("提交本组名单")
        await leader.sees("名单交好了")

        # 18:50 back again; the evening says how the day was, privately and in numbers.
        await day.turns("18:50")
        await ill.keys("我已返回")
        await ill.sees("回来")
        await teacher.sees("待销假", within=10)
        await taps(teacher, "确认销假")
        await day.turns("21:31")
        evening = await day.phones["A02"].sees("应到50", within=10)
        assert not any(name in evening.text for name in day.names.values())
        await ill.says("我的记录")
        mine = await ill.sees("还可请假")
        assert "%" not in mine.text

        # The record: a workbook with everybody's line, readable as a table.
        await teacher.says("导出")
        sent = await teacher.sees("", within=20)
        book = openpyxl.load_workbook(io.BytesIO(_file(day, sent)))
        assert "考勤矩阵" in book.sheetnames
        cells = [str(cell.value) for row in book["考勤矩阵"].iter_rows() for cell in row if cell.value is not None]
        assert day.names[ILL] in cells and "病" in cells and "迟" in cells
        log = program.log()
        assert "Traceback" not in log and day.names[ILL] not in log


async def taps(phone: Phone, label: str) -> None:
    """Tap a button as soon as it is there."""
    for _ in range(50):
        if any(label in shown for message in phone.messages for shown in message.labels):
            break
        await asyncio.sleep(0.1)
    await asyncio.sleep(0.2)
    await phone.taps(label)


async def _code(teacher: Phone) -> str:
    await teacher.keys("点名")
    card = await teacher.sees("口令：")
    found = re.search(r"口令：(\d{4})", card.text)
    assert found is not None
    return found[1]


def _file(day: Day, sent: Shown) -> bytes:
    """The bytes of a file that came to a phone."""
    found = day.sim.files.read(sent.view["file"]["file_id"])
    assert found is not None
    return found
