"""The live queue of a session: silent in class, opened in the break, and what becomes of what is left (QA-12)."""

from __future__ import annotations

from datetime import time

from msgspec import structs

from actions import classes
from rules.classfile import ClassFile, Lecturer
from storage import questions
from storage.questions import Question
from storage.tx import Tx
from tests.cast import ACCOUNTS, spring
from tests.stage import Shown, Stage

FIRST = "老人不会用手机，能不能由志愿者代办？"
SECOND = "党员不愿意参加楼道里的活动，怎么动员才合适？"


async def asks(stage: Stage, name: str, text: str, level: str = "") -> None:
    """Somebody asks during the session, at the level given or the usual one."""
    await stage.says(name, "提问题")
    await stage.says(name, text)
    if any("仍要提问" in label for label in stage.labels(name)):
        await stage.taps(name, "仍要提问")
    if level:
        await stage.taps(name, "换可见范围")
        await stage.taps(name, level)
    await stage.taps(name, "发出")


async def stored(stage: Stage) -> list[Question]:
    async def look(tx: Tx) -> list[Question]:
        return await questions.of_cohort(tx, 1)

    return await stage.store.work(look)


async def zh(stage: Stage, name: str = "Ivan") -> None:
    """Somebody reads Chinese in this play."""
    sql = "update account set lang = 'zh' where id = :id"
    await stage.store.work(lambda tx: tx.do(sql, {"id": ACCOUNTS[name]}))


def told(stage: Stage, name: str) -> list[str]:
    """What somebody hears of questions."""
    return [s.plain for s in stage.phone(name) if "问" in s.plain and s.plain[0] not in "📅📬"]


def cards(stage: Stage, name: str = "Ivan") -> list[Shown]:
    return [s for s in stage.phone(name) if "本课提问" in s.plain or "没有等着的提问" in s.plain]


async def test_silent_in_class_then_on_the_card_in_the_break(stage: Stage) -> None:
    await zh(stage)
    await stage.says("Ivan", "提问")
    stage.clear()
    stage.at("10:20")
    await asks(stage, "Tina", FIRST, "署名公开")
    stage.sees("Tina", "第1问", "课间会看到")
    stage.at("10:30")
    await asks(stage, "Gao", SECOND)
    first, second = await stored(stage)
    await stage.tap_data("Tom", f"qsame:{second.id}")
    await stage.tick("11:00")
    assert not told(stage, "Ivan") and not told(stage, "Clara"), "nothing is posted while the lecture is on"
    await stage.says("Ivan", "提问")
    await stage.taps("Ivan", "本课提问")
    (shown,) = cards(stage)
    assert shown.plain.splitlines() == [
        "📋 社区党建 · 本课提问2个，同问多的在前：", f"2. {SECOND}（同问1）", f"1. {FIRST}"
    ]  # fmt: skip
    stage.sees_nothing_of("Ivan", "田小雪", "高远")
    await stage.tap_data("Tom", f"qsame:{first.id}")
    assert "同问1" in cards(stage)[0].plain.splitlines()[2], "the card changes in place"
    stage.clear()
    await stage.tick("11:30")
    (shown,) = cards(stage)
    assert not shown.silent and [k.label for k in shown.buttons][:2] == ["1 已口头答", "1 稍后书面答"]
    stage.sees_nothing_of("Ivan", "田小雪", "高远")

    await stage.taps("Ivan", "2 已口头答")
    assert "2." not in cards(stage)[0].plain and len(told(stage, "Ivan")) == 1
    shown = stage.sees_somewhere("Tom", "第2问")
    assert "同问" in shown.plain and "易教授" in shown.plain and "课上" in shown.plain
    assert "田小雪" not in shown.plain and "高远" not in shown.plain
    stage.sees_somewhere("Gao", "课上")
    assert "已答" in await stage.tap_data("Ivan", f"qoral:{second.id}"), "a second tap does nothing"

    assert "课后书面答" in await stage.taps("Ivan", "1 稍后书面答")
    assert "没有等着的提问" in cards(stage)[0].plain
    assert FIRST in stage.last("Ivan").plain and "回答" in " ".join(stage.labels("Ivan"))
    await stage.tap_data("Ivan", f"qlater:{first.id}")
    stage.clear()
    await stage.tick("12:00")
    assert not told(stage, "Ivan"), "nothing was left"
    stage.at("11:45")
    await asks(stage, "Tina", "课间想再问一句：办事窗口能不能开到晚上？")
    stage.sees_somewhere("Ivan", "办事窗口")
    assert [(q.no, q.live) for q in await stored(stage)] == [(1, False), (2, False), (3, False)]


async def test_what_is_left_becomes_ordinary_and_only_those_concerned_look(stage: Stage) -> None:
    await zh(stage)
    stage.at("10:20")
    await asks(stage, "Tina", FIRST)
    await asks(stage, "Tom", "这个问题只给老师看：家里的事影响工作怎么办？", "仅老师可见")
    stage.clear()
    (first, private) = await stored(stage)
    assert first.live and not private.live
    for name in ("Oscar", "Tina", "Ada", "Nora"):
        for data in (f"qlive:{first.session_id}", f"qoral:{first.id}", f"qlater:{first.id}"):
            await stage.tap_data(name, data)
        stage.sees_nothing_of(name, "本课提问", "志愿者", "书面答")
    await another_lecturer(stage)
    for data in (f"qlive:{first.session_id}", f"qoral:{first.id}", f"qlater:{first.id}"):
        await stage.tap_data("Gao", data)
    stage.sees_nothing_of("Gao", "本课提问", "志愿者", "书面答")
    assert (await stored(stage))[0].live

    stage.at("11:28")
    await stage.says("Tom", "提问题")
    await stage.says("Tom", SECOND)
    with stage.bot_down():
        stage.at("11:29")
        await stage.taps("Tom", "发出")
    stage.at("11:31")
    await stage.settle()
    assert not (await stored(stage))[2].live, "what comes late waits for no break that is over"
    assert SECOND in stage.sees_somewhere("Ivan", "第3问").plain

    await stage.tick("11:31")
    await stage.tick("11:59")
    assert FIRST in cards(stage)[0].plain and len(cards(stage)) == 1
    await stage.tick("12:01")
    assert "没有等着的提问" in cards(stage)[0].plain
    shown = stage.sees_somewhere("Ivan", "第1问")
    assert FIRST in shown.plain and "一位学员" in shown.plain and "田小雪" not in shown.plain
    assert stage.sees_somewhere("Ivan", "家里的事"), "it is his to answer"
    assert not any("家里的事" in s.plain for s in cards(stage)), "and not for the whole room"
    assert not any("第1问" in s.plain for s in stage.phone("Clara"))
    assert not (await stored(stage))[0].live


WITH_TWO = structs.replace(spring(), lecturers=(*spring().lecturers, Lecturer(lecturer_id="L02", name="高老师")))


async def brought(stage: Stage, file: ClassFile) -> None:
    """The class is imported anew."""
    await stage.store.work(lambda tx: classes.bring_in(tx, file, stage.clock.now()))
    await stage.settle()


async def another_lecturer(stage: Stage) -> int:
    """Gao is a lecturer of the class in this play; gives the new seat."""
    await brought(stage, WITH_TWO)

    async def work(tx: Tx) -> int:
        await tx.do("update member set account_id = null where account_id = 103")
        await tx.do("update account set lang = 'zh' where id = 103")
        return await tx.one(int, "update member set account_id = 103 where cohort_id = 1 and ref = 'L02' returning id")

    return await stage.store.work(work)


async def test_the_class_teacher_enters_what_was_said_and_takes_the_place_of_who_is_gone(stage: Stage) -> None:
    stage.at("10:20")
    await asks(stage, "Tina", FIRST)
    await asks(stage, "Tom", SECOND)
    stage.clear()
    await stage.says("Clara", "提问")
    await stage.taps("Clara", "本课提问")
    await stage.taps("Clara", "1 已口头答")
    assert "易教授" in stage.sees_somewhere("Tina", "第1问").plain, "the answer is the lecturer's"
    stage.clear()
    await stage.store.work(lambda tx: tx.do("update account set blocked_at = 1 where id = 104"))
    await stage.tick("11:30")
    assert not told(stage, "Ivan")
    shown = stage.sees_somewhere("Clara", "讲师或教务现在收不到")
    assert SECOND in shown.plain
    assert [q.live for q in await stored(stage)] == [False, False]


async def test_a_session_that_is_cancelled_replaced_or_lasts_longer(stage: Stage) -> None:
    await zh(stage)
    seat = await another_lecturer(stage)
    stage.at("10:20")
    await asks(stage, "Tina", FIRST)
    await stage.says("Ivan", "提问")
    await stage.taps("Ivan", "本课提问")
    longer = [structs.replace(s, lead_id="L02", end=time(11, 50)) if s.session_id == "S12" else s
              for s in WITH_TWO.sessions]  # fmt: skip
    await brought(stage, structs.replace(WITH_TWO, sessions=tuple(longer)))
    (shown,) = [s for s in stage.phone("Ivan") if "换了老师" in s.plain]
    assert "志愿者" not in shown.plain and not shown.buttons
    (first,) = await stored(stage)
    assert first.owner_id == seat and first.live
    assert "志愿者" not in await stage.tap_data("Ivan", f"qlive:{first.session_id}")
    stage.clear()
    await stage.tick("11:30")
    assert not told(stage, "Gao") and not told(stage, "Ivan")
    await stage.tick("11:50")
    assert FIRST in cards(stage, "Gao")[0].plain and not told(stage, "Ivan")

    await brought(stage, structs.replace(WITH_TWO, sessions=tuple(s for s in longer if s.session_id != "S12")))
    assert FIRST in stage.sees_somewhere("Gao", "第1问").plain
    assert "没有等着的提问" in cards(stage, "Gao")[0].plain
    assert not (await stored(stage))[0].live, "a session with questions is cancelled, not dropped"


async def moved(stage: Stage, *states: str) -> None:
    """Ada moves the class on."""
    for state in states:
        await stage.tap_data("Ada", f"classto:1:{state}")


async def test_nothing_is_lost_and_everybody_who_must_know_sees_it(stage: Stage) -> None:
    """QA-09, DASH-02: what waits stands in digest, day card, attention, handover, one's own record; and keeps the
    class from being closed."""
    await zh(stage)
    stage.at("11:40")
    await asks(stage, "Tina", FIRST)
    await asks(stage, "Tom", SECOND, "署名公开")
    await stage.says("Gao", "提问题")
    await stage.says("Gao", "我写了一半还没有发出去的问题怎么办？")
    first, second = await stored(stage)

    await stage.says("Tina", "我的记录")
    stage.sees("Tina", "等着回答的提问1个")
    await stage.taps("Tina", "我的提问")
    await stage.tick("13:50")
    assert "看提问" in [k.label for k in stage.sees_somewhere("Clara", "🙋 提问：待答2").buttons]
    await stage.says("Clara", "交接")
    assert "看提问" in [k.label for k in stage.sees("Clara", "🙋 提问：待答2").buttons]
    stage.at("11:39", day=2)
    await stage.says("Clara", "关注学员")
    assert "没有回答" not in stage.last("Clara").plain
    stage.at("11:41", day=2)
    for name, who in (("Clara", ["第1问", "第2问"]), ("Ada", ["第2问"])):
        await stage.says(name, "关注学员")
        found = [line.partition("　") for line in stage.last(name).plain.splitlines() if "没有回答" in line]
        assert [why[:3] for _, _, why in found] == who, "only who may know that somebody asked"
    await stage.tick("22:05", day=2)
    stage.sees_somewhere("Clara", "待答2，超时2")

    stage.at("12:00", day=3)
    await moved(stage, "running", "closing", "closed")
    stage.sees("Ada", "还有2个问题没有着落：第1问", "第2问", "约定日期")
    await stage.taps("Ada", "全部待答")
    stage.sees("Ada", "待答2")
    await stage.tap_data("Clara", f"qnay:{first.id}")
    await stage.says("Clara", "这件事要问街道，班上答不了")
    await moved(stage, "closed")
    stage.sees("Ada", "还有1个问题")
    await stage.tap_data("Clara", f"qdate:{second.id}")
    await stage.says("Clara", "4月2日")
    await moved(stage, "closed")
    assert await stage.store.work(lambda tx: tx.one(str, "select state from cohort where id = 1")) == "closed"
