"""Notices through the real program: killed in the middle, two programs at once, Telegram in trouble, a group (BC-03,
SCH-03, SCH-07; AT-03, AT-05, AT-12, AT-35)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

import pytest
from msgspec import Struct

from rules.plans import REMINDER
from simulator.deeds import erase
from simulator.groups import promote
from storage.door import open_store
from storage.tx import Tx
from tests.conftest import Databases
from tests.stage import ZONE
from tests.stories.fifty import TEACHER, TRAINEES, Fifty, number_in, until
from tests.stories.program import Program, playing

MORNING = datetime(2027, 3, 15, 9, 50, tzinfo=ZONE)
PACE = 28


@pytest.fixture(params=["sqlite", "postgres"])
async def empty_url(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database of each kind."""
    url = f"sqlite:///{tmp_path}/new.db" if request.param == "sqlite" else await databases.empty_postgres()
    yield url
    await databases.drop(url)


# ---- killed ------------------------------------------------------------------


async def test_killed_at_the_twenty_third_of_fifty(tmp_path: Path, empty_url: str) -> None:
    words = "下午两点在301集合。"
    async with playing(tmp_path, empty_url, "polling", MORNING, per_second=PACE) as program:
        fifty = Fifty(program)
        await fifty.bind(MORNING)
        await program.start()
        program.sim.fault("sendMessage", "accept_stall", chat=fifty.phones["T008"].id)
        await fifty.sends(words)
        before = await fifty.kill_at(words, 23)
        assert "T008" in before and len(before) < 50

        await program.start()
        card = await fifty.card("不确定")
        unsure = number_in(card.text, "不确定")
        card = await fifty.card(f"已发{50 - unsure}", f"不确定{unsure}")
        assert 0 < unsure < 27, "what was on its way, and no more"
        doubted = await fifty.in_doubt()
        names = fifty.refs(*doubted)
        assert len(names) == unsure and "T008" in names
        after = fifty.copies(words)
        assert set(TRAINEES) - set(after) == names - set(before), "the others of the 27 have it"
        assert set(after.values()) == {1}

        await fifty.teacher.taps_data(card.message_id, "nagain:1")  # a card of before had [仅补发失败]
        await until(lambda: any("不确定到没到" in toast for toast in fifty.teacher.toasts), "why nothing is sent again")
        assert fifty.copies(words) == after, "nobody gets it again by chance"
        for name, page in doubted.items():
            has_it = bool(fifty.refs(name) & set(after))
            again, arrived = next(row for row in page.buttons if row[0]["text"] == f"补发 {name}")
            await fifty.teacher.taps_data(page.message_id, (arrived if has_it else again)["callback_data"])
        await fifty.card("已发50")
        assert fifty.copies(words) == dict.fromkeys(TRAINEES, 1)
        assert "不确定" not in (await fifty.card("已发50")).text


async def test_a_chase_covers_what_was_uncertain(tmp_path: Path, empty_url: str) -> None:
    text, words = "明早七点半在东门上车，坐满就走，不等人，晚了请自己打车。", "晚了请自己打车"
    async with playing(tmp_path, empty_url, "webhook", MORNING, led=True, per_second=PACE) as program:
        fifty = Fifty(program)
        await fifty.bind(MORNING)
        await program.start()
        program.sim.fault("sendMessage", "accept_stall", chat=fifty.phones["T008"].id)
        await fifty.sends(text, "级别", "需已读")
        before = await fifty.kill_at(words, 23)
        await program.start()
        unsure = number_in((await fifty.card("不确定", "已读0/50")).text, "不确定")
        await fifty.card(f"已发{50 - unsure}")
        doubted = fifty.refs(*await fifty.in_doubt())
        await fifty.phones["T001"].taps("已读")
        await fifty.card("已读1/50")

        program.sim.clock.advance(31 * 60)
        chased = await fifty.arrive("还没点［已读］", 49 - len(doubted))
        assert set(chased) == set(TRAINEES) - doubted - {"T001"} and set(chased.values()) == {1}
        assert "不确定" not in (await fifty.card("已发50")).text
        copies = fifty.copies(words)
        assert set(copies) == set(TRAINEES), "nobody is left without"
        assert {ref for ref, count in copies.items() if count > 1} == doubted & set(before)
        assert set(copies.values()) <= {1, 2}


# ---- two programs ------------------------------------------------------------------


async def test_two_programs_send_one_of_each(tmp_path: Path, databases: Databases) -> None:
    """A notice that waited for its time, its chases, and the reminder of a class, by two programs on one database."""
    text, words = "合影改在正门前，请穿深色上衣，戴好胸牌，十分钟拍完。", "十分钟拍完"
    noon = at("13:30")
    url = await databases.empty_postgres()
    async with playing(tmp_path, url, "webhook", noon, led=True) as one:
        fifty = Fifty(one)
        await fifty.bind(noon, plans={REMINDER})
        folder = tmp_path / "other"
        folder.mkdir()
        other = Program(folder, one.sim, url, "webhook", noon, led=True)
        await one.start()
        await other.start()
        try:
            await fifty.writes(text, "级别", "需已读", "什么时候", typed="今天13点40")
            await fifty.taps("发给50人")
            await fifty.teacher.sees("排好了", within=20)
            came: dict[str, int] = {}
            for clock, said in (("13:40", words), ("13:55", "快开始了"), ("14:11", "还没点"), ("15:41", "还没点")):
                one.sim.clock.set(at(f"{clock}:01"))
                came[said] = came.get(said, 0) + 50
                await until(lambda w=said, n=came[said]: fifty.copies(w).total() >= n, f"{said} at {clock}")
            await fifty.card("已发50", "已读0/50")
            for said, count in came.items():
                assert fifty.copies(said) == dict.fromkeys(TRAINEES, count // 50), said
        finally:
            await other.stop()
    await databases.drop(url)


# ---- Telegram in trouble ------------------------------------------------------------------


async def test_troubles_of_a_few_do_not_touch_the_rest(tmp_path: Path, empty_url: str) -> None:
    words = "请带好工作证。"
    async with playing(tmp_path, empty_url, "polling", MORNING, led=True, per_second=PACE) as program:
        fifty = Fifty(program)
        await fifty.bind(MORNING)
        await program.start()
        sim, chat = program.sim, {ref: phone.id for ref, phone in fifty.phones.items()}
        await fifty.writes(words)
        sim.fault("sendMessage", "502", chat=chat["T005"])
        sim.fault("sendMessage", "accept_close", chat=chat["T010"])
        sim.fault("sendMessage", "block", chat=chat["T015"])
        sim.fault("sendMessage", "flood", chat=chat["T020"], retry_after=3600)
        await fifty.taps("发给50人")
        await fifty.arrive(words, 20)
        await sim.close()  # nobody listens any more: connections are refused
        held = len(fifty.copies(words))
        await asyncio.sleep(1.2)
        assert len(fifty.copies(words)) == held
        await sim.open()
        away = {"T005", "T015", "T020"}
        copies = await fifty.arrive(words, 47)
        assert set(copies) == set(TRAINEES) - away and set(copies.values()) == {1}
        card = await fifty.card("49/50", "已发46", "不确定2")
        assert "已屏蔽1" in card.text and "失败" not in card.text
        assert fifty.refs(*await fifty.in_doubt()) == {"T005", "T010"}

        (waits,) = await waiting(empty_url)
        assert waits.chat_id == chat["T020"] and 3500 < waits.seconds <= 3600, "this chat alone waits, for its hour"
        sim.clock.set(MORNING + timedelta(hours=25))
        await fifty.card("到时间了", "过期1", "已发46")
        sim.faults.put([])
        assert not await waiting(empty_url) and len(fifty.copies(words)) == 47, "never late"


class Waiting(Struct, frozen=True):
    """A copy that waits, and for how long still."""

    chat_id: int
    seconds: float


async def waiting(url: str) -> list[Waiting]:
    """The copies that wait for their chat to be free."""
    real = time.time() * 1000

    async def look(tx: Tx) -> list[Waiting]:
        return await tx.all(
            Waiting,
            """select o.chat_id, (p.ready_at - :real) / 1000.0 as seconds from outbox o
               join pace p on p.key = o.chat_id where o.state = 'new' and o.part = 'copy'""",
            {"real": real},
        )

    store = await open_store(url)
    try:
        return await store.work(look)
    finally:
        await store.close()


async def test_a_vanished_file_stops_the_notice_and_tells_the_sender(tmp_path: Path, empty_url: str) -> None:
    async with playing(tmp_path, empty_url, "polling", MORNING, led=True, per_second=PACE) as program:
        fifty = Fifty(program)
        await fifty.bind(MORNING)
        await program.start()
        teacher = fifty.teacher
        await teacher.says("发通知")
        await teacher.sees("要通知什么", within=20)
        await teacher.sends_photo(caption="看这张路线图。")
        await fifty.goes_on()
        program.sim.fault("sendPhoto", "vanish")
        await fifty.taps("发给50人")
        told = await teacher.sees("都没发成", within=30)
        assert "附件" in told.text and "继续发" in str(told.labels)
        card = await fifty.card("停着", "失败")
        failed = number_in(card.text, "失败")
        assert 10 <= failed < 50 and "已发0" in card.text
        await asyncio.sleep(0.5)  # those on their way fail, the rest is held
        failed = program.log().count("was refused")
        assert failed < 50
        await fifty.card("停着", f"失败{failed}")
        assert not fifty.copies("路线图", "sendPhoto")


# ---- the group ------------------------------------------------------------------


async def test_the_group_gets_one_copy_and_nothing_said_there_is_kept(tmp_path: Path, empty_url: str) -> None:
    words = "明早七点半集合。"
    async with playing(tmp_path, empty_url, "polling", MORNING, led=True) as program:
        fifty = Fifty(program)
        await fifty.bind(MORNING)
        await program.start()
        sim, teacher, tina = program.sim, fifty.teacher, fifty.phones["T002"]
        bot = sim.home(teacher.person)
        bot.privacy = False  # as where somebody made the bot an admin: it hears everything
        group = await teacher.makes_group("观山班群", *fifty.phones.values())
        await teacher.sees("班级群", within=20)
        promote(sim, group, bot.id, True)
        await fifty.sends(words, "级别", "需已读", "更多", "群里也放一条")
        await fifty.arrive(words, 50)
        for ref in ("T001", "T002", "T003"):
            await fifty.phones[ref].taps("已读")
        await until(lambda: any("已读 3/50" in m.text and m.pinned for m in tina.messages_in(group)), "the counter")
        (copy,) = [m for m in tina.messages_in(group) if m.sender == bot.id and m.kind == "text"]
        assert words in copy.text and not copy.labels
        assert not any(name in copy.text for ref, name in fifty.names.items() if ref != TEACHER)

        await tina.says("收到收到", group)
        await tina.says("/help", group)
        await tina.says("签到")
        await tina.sees(within=20)
        assert not await kept(empty_url, "收到收到") and not await kept(empty_url, "/help")
        assert len([m for m in tina.messages_in(group) if m.sender == bot.id and m.kind == "text"]) == 1

        erase(sim, group, {})
        await fifty.sends("再说一遍，东门。")
        await fifty.arrive("再说一遍", 50)
        await fifty.card("已发50", "再说一遍")
        await fifty.phones["T004"].taps("已读")  # the counter of the first one has nowhere to go now
        await until(lambda: any(e.status == 403 and e.chat_id == group.id for e in sim.journal), "the group is gone")
        await fifty.sends("第三条。")
        assert await fifty.arrive("第三条", 50) == dict.fromkeys(TRAINEES, 1)


async def kept(url: str, words: str) -> int:
    """How many updates with these words lie in the inbox."""

    async def look(tx: Tx) -> int:
        return await tx.one(int, "select count(*) from inbox where raw like :words", {"words": f"%{words}%"})

    store = await open_store(url)
    try:
        return await store.work(look)
    finally:
        await store.close()


def at(clock: str) -> datetime:
    return datetime.combine(MORNING.date(), clock_time.fromisoformat(clock), ZONE)
