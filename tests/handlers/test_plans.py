"""[今日计划]: what will be sent, to whom, when, who is left out and why; what the day asks (SCH-01, XC-09)."""

from __future__ import annotations

import pytest

from actions import plans
from actions.clock import replan
from rules.settings import Settings
from rules.settings_talk import Burden
from storage import accounts, cohorts, dues
from storage.tx import Tx
from tests.actions import test_ledgers as facts
from tests.cast import ACCOUNTS
from tests.handlers.test_checkins import code
from tests.handlers.test_reminders import joins, on_leave, used, with_buses
from tests.stage import Stage


async def things(stage: Stage, day: int = 1) -> dict[str, plans.Planned]:
    """The plan of a day, by kind and what."""

    async def work(tx: Tx) -> list[plans.Planned]:
        return await plans.of_day(tx, await facts.spring(tx), facts.at("12:00", day).date(), stage.clock.now())

    return {f"{p.thing.kind} {p.thing.what}": p for p in await stage.store.work(work)}


def why(planned: plans.Planned) -> dict[str, set[str]]:
    return {s.why.key: {p.ref for p in s.people} for s in planned.skipped}


async def test_a_teacher_sees_what_is_sent_and_to_how_many(stage: Stage) -> None:
    stage.at("06:30")
    await stage.says("Clara", "今日计划")
    shown = stage.sees("Clara", "🗓 3月15日 周一 要发的（1/3）", "07:00 今日卡：6人，9人不发",
                       "08:55 签到提醒（开班式）：3人，9人不发",
                       "📊 每人要做5件，约6.7分钟：自己签到3、日志1、已读1")  # fmt: skip
    assert len(shown.plain.splitlines()) <= 12
    assert stage.labels("Clara")[-3:] == ["下一页", "昨天", "明天"]
    await stage.taps("Clara", "下一页")
    stage.sees("Clara", "（2/3）", "20:00 明天外出或更早：3人")
    assert len(stage.phone("Clara")) == 1, "the same message"
    await stage.tap_data("Clara", "plan:2027-03-16:0:e", stage.last("Clara").message_id)
    stage.sees("Clara", "3月16日 周二")
    assert stage.labels("Clara")[-3:] == ["前一天", "今天", "后一天"]
    await stage.taps("Clara", "今天")
    stage.sees("Clara", "3月15日")


async def test_a_tap_brings_the_names_by_group_and_the_reasons(stage: Stage) -> None:
    await joins(stage, "T07", 307)
    stage.at("06:30")
    await stage.says("Clara", "/plan")
    await stage.taps("Clara", "08:55 签到提醒")
    shown = stage.sees("Clara", "08:55 签到提醒（开班式）：4人", "1组：高远（1号）、田小雪（2号）、田小雪（3号）",
                       "2组：学员07（7号）", "不发·还没绑定：学员04、学员05")  # fmt: skip
    assert len(shown.plain.splitlines()) == 4


async def test_names_are_paged(stage: Stage) -> None:
    await joins(stage, "T07", 307)
    await on_leave(stage, "T02", "08:30", "12:00")
    stage.at("06:30")
    await stage.says("Clara", "/plan")
    await stage.taps("Clara", "08:55 签到提醒")
    assert stage.labels("Clara") == ["下一页"]
    await stage.taps("Clara", "下一页")
    stage.sees("Clara", "不发·")
    assert stage.labels("Clara") == ["上一页"]


async def test_who_is_left_out_and_why(stage: Stage) -> None:
    stage.at("08:45")
    await stage.says("Gao", await code(stage))
    await on_leave(stage, "T02", "08:30", "12:00")
    await joins(stage, "T05", 305)

    async def work(tx: Tx) -> None:
        await accounts.set_muted(tx, 305, True)
        await accounts.set_blocked(tx, ACCOUNTS["Tom"], stage.clock.now())

    await stage.store.work(work)
    found = why((await things(stage))["checkin-reminder S11"])
    assert {key: refs for key, refs in found.items() if key != "clock-unbound"} == {
        "clock-marked": {"T01"}, "clock-away": {"T02"}, "clock-blocked": {"T03"}, "clock-muted": {"T05"},
    }  # fmt: skip
    assert "T04" in found["clock-unbound"] and len(found["clock-unbound"]) == 8


async def test_the_plan_counts_what_comes_before_on_the_same_day(stage: Stage) -> None:
    """Of a day that is full before it has begun, the plan says what will stand on the card."""
    await used(stage, "Tina", 3, day=2)
    await with_buses(stage)
    found = await things(stage, day=2)
    assert {p.ref for p in found["bus-call S21"].goes} == {"T01", "T02", "T03"}
    await used(stage, "Tina", 1)
    await used(stage, "Gao", 3)  # and a place is kept for the second reminder of the log
    first = await things(stage)
    assert why(first["checkin-reminder S11"]).get("clock-budget") is None
    assert why(first["checkin-reminder S14"])["clock-budget"] == {"T01"}
    assert why(first["tomorrow 2027-03-15"])["clock-budget"] == {"T01"}
    assert "T02" in {p.ref for p in first["tomorrow 2027-03-15"].goes}


async def test_what_is_done_says_how_many_it_reached(stage: Stage) -> None:
    for clock in ("07:00", "08:40", "08:55", "15:40"):
        await stage.tick(clock)
    await stage.says("Clara", "计划")
    stage.sees("Clara", "07:00 今日卡：已发6人", "08:55 签到提醒（开班式）：已发3人")
    found = await things(stage)
    assert {p.ref for p in found["roll-opens S15"].goes} == {"T01"} and found["roll-opens S15"].is_done
    assert "roll-opens S11" not in found, "nobody is written to when a list with digits opens"


async def test_nothing_is_sent_or_changed_by_looking(stage: Stage) -> None:
    async def facts_of(tx: Tx) -> tuple[int, list[tuple[str, str]]]:
        cohort = await facts.spring(tx)
        found = await dues.between(tx, cohort.id, facts.at("00:00"), facts.at("23:00", 5))
        return await tx.one(int, "select count(*) from outbox where once is not null"), [
            (d.what, d.state) for d in found
        ]

    before = await stage.store.work(facts_of)
    await things(stage)
    await things(stage, day=2)
    assert await stage.store.work(facts_of) == before


@pytest.mark.parametrize(
    ("words", "date"),
    [("明天", "3月16日"), ("周三", "3月17日"), ("2027-03-17", "3月17日"), ("3月17日", "3月17日"), ("", "3月15日"),
     ("tomorrow", "3月16日")],
)  # fmt: skip
async def test_the_plan_of_another_day(stage: Stage, words: str, date: str) -> None:
    await stage.says("Ada", f"/plan {words}".strip())
    stage.sees("Ada", date)


async def test_what_is_no_day_gets_one_clear_sentence(stage: Stage) -> None:
    for words in ("下辈子", "32", "2027-02-30", "' or 1=1"):
        await stage.says("Clara", f"/plan {words}")
        stage.sees("Clara", "没看懂是哪一天", "/plan 明天")
    for data in ("plan", "plan:x", "plan:2027-99-99:0", "plan:2027-03-15:999999", "planwho:0", "planwho:99999999:1"):
        assert await stage.tap_data("Clara", data) or "🗓" in stage.last("Clara").plain
    await stage.says("Clara", "/plan 2027-06-01")
    stage.sees("Clara", "6月1日 周二 没有要发的")


async def test_it_is_for_staff_of_the_class_only(stage: Stage) -> None:
    stage.at("06:30")
    await stage.says("Clara", "今日计划")
    due = next(k.data for k in stage.last("Clara").buttons if k.data.startswith("planwho"))
    for name in ("Tina", "Gao", "Ivan", "Oscar", "Nora"):
        await stage.says(name, "今日计划")
        await stage.says(name, "/plan")
        await stage.tap_data(name, "plan:2027-03-15:0")
        await stage.tap_data(name, due)
        stage.sees_nothing_of(name, "要发的", "签到提醒（", "不发·")

    async def make_teacher(tx: Tx) -> None:
        autumn = await cohorts.by_key(tx, "autumn")
        assert autumn is not None
        await tx.do("update member set roles = 'class_teacher' where cohort_id = :c and account_id = :a",
                    {"c": autumn.id, "a": ACCOUNTS["Oscar"]})  # fmt: skip

    await stage.store.work(make_teacher)
    await stage.says("Oscar", "今日计划")
    stage.sees("Oscar", "要发的")
    await stage.tap_data("Oscar", due)
    stage.sees_nothing_of("Oscar", "高远", "田小雪", "开班式）：3人")


async def test_a_day_that_asks_too_much_is_marked(stage: Stage) -> None:
    async def work(tx: Tx) -> None:
        cohort = await facts.spring(tx)
        rules = Settings(hours=cohort.rules.hours, burden=Burden(max_acts=4, max_minutes=6))
        await tx.do("update cohort set settings = :s, settings_mark = 'x' where id = :id",
                    {"s": cohorts.settings_text(rules), "id": cohort.id})  # fmt: skip

    await stage.says("Clara", "/plan")
    assert "⚠️" not in stage.last("Clara").plain
    await stage.store.work(work)
    await stage.says("Clara", "/plan")
    stage.sees("Clara", "⚠️ 一天最好不超过4件、6分钟")


async def test_the_button_on_the_card_of_staff(stage: Stage) -> None:
    await stage.tick("07:00")
    await stage.taps("Clara", "今日计划")
    stage.sees("Clara", "3月15日 周一 要发的")
    assert "今日计划" not in stage.labels("Tina") and "今日计划" not in stage.labels("Ivan")


async def test_a_session_that_moves_takes_its_lines_along(stage: Stage) -> None:
    async def work(tx: Tx) -> None:
        cohort = await facts.spring(tx)
        await tx.do("update session set starts_at = :a, ends_at = :b where cohort_id = :c and ref = 'S14'",
                    {"c": cohort.id, "a": facts.at("14:30"), "b": facts.at("15:45")})  # fmt: skip
        await replan(tx, cohort.id, stage.clock.now())

    await stage.store.work(work)
    found = await things(stage)
    assert found["checkin-reminder S14"].thing.at == facts.at("14:25")


async def test_in_english(stage: Stage) -> None:
    stage.at("06:30")
    await stage.says("Clara", "/plan")

    async def work(tx: Tx) -> None:
        await accounts.set_lang(tx, ACCOUNTS["Clara"], "en")

    await stage.store.work(work)
    await stage.says("Clara", "plan of the day")
    stage.sees("Clara", "Mon 15 Mar: what is sent (1/3)", "07:00 day card: 6 people, 9 left out",
               "check-in reminder (Opening)", "Each trainee: 5 things to do")  # fmt: skip
