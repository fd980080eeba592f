"""Checking in: the word, the digits, the QR code; judged by the time of the message (ATT-02, 04, 05, 19)."""

from __future__ import annotations

import pytest

from actions.checkins import link_payload, screen_code
from storage import cohorts, rolls, sessions
from storage.rolls import Roll
from storage.tx import Tx
from tests.stage import Stage


async def roll_of(stage: Stage, ref: str) -> Roll:
    async def work(tx: Tx) -> Roll:
        cohort = await cohorts.by_key(tx, "spring")
        assert cohort is not None
        session = next(s for s in await sessions.of_cohort(tx, cohort.id) if s.ref == ref)
        roll = await rolls.of_session(tx, session.id)
        assert roll is not None
        return roll

    return await stage.store.work(work)


async def code(stage: Stage, ref: str = "S11") -> str:
    """The digits on the screen now."""
    roll = await roll_of(stage, ref)

    async def work(tx: Tx) -> str:
        cohort = await cohorts.get(tx, roll.cohort_id)
        return screen_code(roll, cohort.rules, stage.clock.now())

    return await stage.store.work(work)


async def test_the_word_asks_for_the_digits_and_the_digits_check_in(stage: Stage) -> None:
    stage.at("08:55")
    await stage.says("Tina", "我要签到")
    stage.sees("Tina", "4位数字")
    await stage.says("Tina", await code(stage))
    stage.sees("Tina", "田小雪 已签到 08:55", "出勤", "开班式")


async def test_digits_alone_are_enough_and_full_width_is_forgiven(stage: Stage) -> None:
    stage.at("08:55")
    digits = await code(stage)
    await stage.says("Tina", "".join(chr(ord(c) + 0xFEE0) for c in digits))
    stage.sees("Tina", "已签到")


@pytest.mark.parametrize(
    ("at", "seen"),
    [
        ("08:39", "08:40 开始签到"), ("08:40", "出勤"), ("09:03", "出勤"), ("09:04", "迟到"), ("09:15", "迟到"),
        ("09:16", "由班主任认定"), ("09:20", "由班主任认定"), ("09:21", "已关闭"),
    ],
)  # fmt: skip
async def test_the_bands(stage: Stage, at: str, seen: str) -> None:
    stage.at(at)
    digits = await code(stage)
    await stage.says("Tina", digits if at not in ("08:39", "09:21") else "签到")
    stage.sees("Tina", seen)


async def test_twice_is_harmless(stage: Stage) -> None:
    stage.at("08:55")
    for _ in range(3):
        await stage.says("Tina", await code(stage))
        await stage.says("Tina", "签到")
    stage.sees("Tina", "08:55 已签到")

    async def work(tx: Tx) -> int:
        return await tx.one(int, "select count(*) from mark")

    assert await stage.store.work(work) == 1


async def test_wrong_digits_are_counted_and_then_a_hand_helps(stage: Stage) -> None:
    stage.at("08:55")
    good = await code(stage)
    bad = "0000" if good != "0000" else "1111"
    for _ in range(4):
        await stage.says("Tina", bad)
        stage.sees("Tina", "再试一次")
    await stage.says("Tina", bad)
    stage.sees("Tina", "举手")


async def test_a_forwarded_code_does_not_count(stage: Stage) -> None:
    stage.at("08:55")
    await stage.says("Tina", await code(stage), forward_origin={"type": "user"})
    stage.sees("Tina", "转发")


async def test_said_during_an_outage_it_is_judged_by_its_own_time(stage: Stage) -> None:
    stage.at("08:58")
    digits = await code(stage)
    with stage.bot_down():
        await stage.says("Tina", digits)
        stage.at("09:21")
    await stage.settle()
    stage.sees("Tina", "已签到 08:58")
    await stage.says("Clara", "点名")
    stage.sees_somewhere("Clara", "实到1")


async def test_the_word_alone_where_the_session_allows_it(stage: Stage) -> None:
    stage.at("13:55")
    await stage.says("Tina", "到了")
    stage.sees("Tina", "已签到 13:55", "物业矛盾")


async def test_a_list_that_the_leader_calls_wants_nothing_of_a_trainee(stage: Stage) -> None:
    stage.at("15:55")
    await stage.says("Tina", "签到")
    stage.sees("Tina", "组长点名")


async def test_the_qr_code_of_this_minute(stage: Stage) -> None:
    stage.at("08:55")
    roll = await roll_of(stage, "S11")
    payload = await stage.store.work(lambda tx: _payload(tx, roll, stage))
    await stage.says("Tina", f"/start {payload}")
    stage.sees("Tina", "已签到")
    stage.at("08:58")
    await stage.says("Tom", f"/start {payload}")
    stage.sees("Tom", "二维码过期")


async def _payload(tx: Tx, roll: Roll, stage: Stage) -> str:
    cohort = await cohorts.get(tx, roll.cohort_id)
    return link_payload(roll, cohort.rules, stage.clock.now())


async def test_the_outsider_cannot_check_in_to_another_class(stage: Stage) -> None:
    stage.at("08:55")
    roll = await roll_of(stage, "S11")
    await stage.says("Oscar", await code(stage))
    payload = await stage.store.work(lambda tx: _payload(tx, roll, stage))
    await stage.says("Oscar", f"/start {payload}")
    stage.sees_nothing_of("Oscar", "开班式）", "春晓班", "已签到")


async def test_teachers_and_lecturers_are_told_that_it_is_not_for_them(stage: Stage) -> None:
    stage.at("08:55")
    for name in ("Clara", "Ivan"):
        await stage.says(name, "/checkin")
        assert stage.phone(name)


async def test_english_speaks_english(stage: Stage) -> None:
    stage.at("13:55")
    await stage.tap_data("Tom", "lang:en")
    await stage.says("Tom", "check in")
    stage.sees("Tom", "checked in at 13:55", "Property")
