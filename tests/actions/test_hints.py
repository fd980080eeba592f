"""Hints beside a list: said when something looks odd, and nothing is changed by them (ATT-18, AT-19)."""

from __future__ import annotations

import pytest

from actions.hints import hints
from storage import marks, members
from storage.marks import Mark
from storage.tx import Tx
from tests.handlers.test_checkins import code, roll_of
from tests.stage import Stage
from texts.render import voice


async def said(stage: Stage, ref: str = "S11", lang: str = "zh") -> list[str]:
    """The hints of a list, in words; and nothing in the database moved."""
    roll = await roll_of(stage, ref)

    async def work(tx: Tx) -> list[str]:
        before = await marks.of_roll(tx, roll.id), await tx.one(int, "select count(*) from mark_event")
        found = await hints(tx, roll, stage.clock.now())
        assert before == (await marks.of_roll(tx, roll.id), await tx.one(int, "select count(*) from mark_event"))
        return [voice(lang, "Asia/Shanghai").plain(one) for one in found]

    return await stage.store.work(work)


async def put(stage: Stage, seat: int, status: str, source: str, evidence: bool = False, flags: str = "") -> None:
    roll, now = await roll_of(stage, "S11"), stage.clock.now()

    async def work(tx: Tx) -> None:
        found = await members.trainees(tx, roll.cohort_id, now)
        id = next(m.id for m in found if m.seat_no == seat)
        mark = Mark(roll_id=roll.id, member_id=id, status=status, at=now, source=source, flags=flags)
        if evidence:
            await marks.keep_evidence(tx, mark)
            return
        old = await marks.get(tx, roll.id, id)
        if old is None:
            await marks.add(tx, mark)
        else:
            await marks.set_status(tx, old.id, status, source, None)
        await marks.add_event(tx, mark, old.status if old else "unmarked", None, now)

    await stage.store.work(work)


async def test_nothing_odd_nothing_said(stage: Stage) -> None:
    stage.at("08:30")
    assert await said(stage) == []
    stage.at("08:55")
    await stage.says("Tina", await code(stage))
    assert await said(stage) == []


async def test_checked_in_but_the_leader_says_not_there(stage: Stage) -> None:
    stage.at("08:55")
    await stage.says("Tina", await code(stage))
    await put(stage, 2, "unmarked", "leader", evidence=True)
    assert await said(stage) == ["💡 自己签到了，组长说没到：田小雪（1组2号）"]


async def test_the_leader_s_present_and_the_teacher_s_absent(stage: Stage) -> None:
    stage.at("09:05")
    await put(stage, 3, "present", "leader")
    stage.at("09:25")
    assert await said(stage) == []
    await put(stage, 3, "absent", "staff")
    await put(stage, 4, "absent", "staff")
    await put(stage, 4, "late", "leader", evidence=True)
    assert await said(stage) == ["💡 记了旷课，组长说到了：田小雪（1组3号）、学员04（1组4号）"]
    assert "Marked absent, but the leader says there" in (await said(stage, lang="en"))[0]


async def test_a_leader_who_took_it_back_said_nothing(stage: Stage) -> None:
    stage.at("09:05")
    await put(stage, 3, "present", "leader")
    await put(stage, 3, "unmarked", "leader")
    await put(stage, 3, "absent", "staff")
    assert await said(stage) == []


@pytest.mark.parametrize("late", [True, False])
async def test_an_arrival_of_somebody_marked_absent(stage: Stage, late: bool) -> None:
    stage.at("09:16")
    if late:
        await stage.says("Tina", await code(stage))
    await put(stage, 2, "absent", "staff")
    if not late:
        assert await said(stage) == []
        await put(stage, 2, "present", "self", evidence=True)
    assert await said(stage) == ["💡 记了旷课，可是有到场记录：田小雪（1组2号）"]


async def test_three_telephones_in_one_hand(stage: Stage) -> None:
    stage.at("08:55")
    digits = await code(stage)
    for name in ("Tina", "Tom"):
        await stage.says(name, digits)
    assert await said(stage) == []
    await stage.says("Gao", digits)
    assert await said(stage) == ["💡 同一分钟绑定，又同一分钟签到：高远（1组1号）、田小雪（1组2号）、田小雪（1组3号）"]


async def test_three_of_a_group_with_the_digits_of_the_minute_before(stage: Stage) -> None:
    stage.at("08:54")
    digits = await code(stage)
    await stage.says("Tina", digits)
    stage.at("08:55")
    await stage.says("Tom", digits)
    await stage.says("Gao", digits)
    roll = await roll_of(stage, "S11")

    async def flags(tx: Tx) -> list[str]:
        return await tx.all(str, "select flags from mark where roll_id = :id order by id", {"id": roll.id})

    assert await stage.store.work(flags) == ["", "prev", "prev"]
    assert await said(stage) == []
    await put(stage, 4, "present", "self", flags="prev")
    assert await said(stage) == [
        "💡 第1组好几位用的是上一分钟的口令：高远（1组1号）、田小雪（1组3号）、学员04（1组4号）"
    ]


async def test_in_a_gap_of_the_bot_the_digits_are_no_hint(stage: Stage) -> None:
    stage.at("08:54")
    digits = await code(stage)
    stage.at("08:55")
    now = stage.clock.now()

    async def gap(tx: Tx) -> None:
        values = {"a": now.replace(minute=53), "b": now.replace(minute=58)}
        await tx.do("insert into outage (starts_at, ends_at) values (:a, :b)", values)

    await stage.store.work(gap)
    await stage.says("Tina", digits)
    assert await stage.store.work(lambda tx: tx.all(str, "select flags from mark")) == [""]
