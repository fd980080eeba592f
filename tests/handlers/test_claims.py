"""Corrections (补签) and objections (有异议): asked for by a person, decided by a person (ATT-16, ATT-11, AT-20)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions import marks as mark_deeds
from storage import accounts, claims, marks, members, rolls
from storage.claims import Claim
from storage.marks import Mark
from storage.members import Member
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.handlers.test_checkins import code, roll_of
from tests.stage import Stage

WORDS = "我8:55到的，坐第三排，手机没电了。"


async def member_of(stage: Stage, name: str) -> Member:
    async def work(tx: Tx) -> Member:
        return next(m for m in await members.of_account(tx, ACCOUNTS[name]))

    return await stage.store.work(work)


async def put_mark(stage: Stage, name: str, status: str, ref: str = "S11") -> None:
    """Staff or a leader entered it, with its event, now."""
    roll, person, now = await roll_of(stage, ref), await member_of(stage, name), stage.clock.now()

    async def work(tx: Tx) -> None:
        wanted = Mark(roll_id=roll.id, member_id=person.id, status=status, at=now, source="staff")
        kept = await marks.add(tx, wanted)
        assert kept is not None
        await marks.add_event(tx, kept, "unmarked", ACCOUNTS["Clara"], now)

    await stage.store.work(work)


async def close(stage: Stage, ref: str = "S11") -> None:
    roll = await roll_of(stage, ref)
    assert await stage.store.work(lambda tx: rolls.close(tx, roll.id, ACCOUNTS["Clara"], "", stage.clock.now()))


async def closed_as_absent(stage: Stage, name: str = "Tina") -> int:
    """The list of the first session, closed at 09:25, with somebody absent; gives its id."""
    stage.at("09:25")
    await put_mark(stage, name, "absent")
    await close(stage)
    return (await roll_of(stage, "S11")).id


async def status_of(stage: Stage, name: str, ref: str = "S11") -> str:
    roll, person = await roll_of(stage, ref), await member_of(stage, name)
    found = await stage.store.work(lambda tx: marks.get(tx, roll.id, person.id))
    return found.status if found else "unmarked"


async def chain(stage: Stage, name: str = "Tina", ref: str = "S11") -> list[Claim]:
    roll, person = await roll_of(stage, ref), await member_of(stage, name)
    return await stage.store.work(lambda tx: claims.of_mark(tx, roll.id, person.id))


async def asks(stage: Stage, name: str = "Tina", ref: str = "S11", cause: str = "手机") -> None:
    """Somebody asks for a correction, in three steps."""
    roll = await roll_of(stage, ref)
    await stage.tap_data(name, f"correct:{roll.id}")
    await stage.taps(name, cause)
    await stage.says(name, WORDS)


async def objects(stage: Stage, name: str = "Tina", words: str = "我当时在场。") -> None:
    roll = await roll_of(stage, "S11")
    await stage.tap_data(name, f"object:{roll.id}")
    await stage.says(name, words)


async def second_teacher(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dora, a deputy with equal rights (ROLE-04)."""
    monkeypatch.setitem(ACCOUNTS, "Dora", 301)
    person, now = await member_of(stage, "Clara"), stage.clock.now()

    async def work(tx: Tx) -> None:
        await accounts.meet(tx, 301, "Dora", now)
        id = await members.add(tx, Member(cohort_id=person.cohort_id, ref="S09", name="窦老师", roles="class_teacher"))
        await members.set_account(tx, id, 301, now)
        await accounts.set_cohort(tx, 301, person.cohort_id)

    await stage.store.work(work)


# ---- corrections -----------------------------------------------------------------------------------------


async def test_when_check_in_is_closed_one_asks_and_the_teacher_grants(stage: Stage) -> None:
    stage.at("09:21")
    await stage.says("Tina", "签到")
    stage.sees("Tina", "已关闭")
    await stage.taps("Tina", "申请补签")
    stage.sees("Tina", "开班式", "未点到", "什么原因")
    await stage.taps("Tina", "网络")
    assert "返回" in stage.sees("Tina", "一句话").keyboard
    await stage.says("Tina", WORDS)
    assert "我要签到" in stage.sees("Tina", "班主任会看，结果私下告诉您").keyboard
    stage.sees("Clara", "申请补签", "田小雪（1组2号）", "开班式", "3月15日 周一 09:00", "未点到", "网络", WORDS)
    assert stage.labels("Clara") == ["出勤", "迟到", "因班务免到", "维持 未点到"]
    assert "田小雪（1组2号）：出勤" in await stage.taps("Clara", "出勤")
    assert stage.labels("Clara") == []
    stage.sees("Clara", "原来：未点到", "柯老师 09:21 定为“出勤”")
    stage.sees("Tina", "通过了", "出勤")
    assert await status_of(stage, "Tina") == "present"
    done = (await chain(stage))[0]
    assert (done.kind, done.cause, done.old, done.new, done.state) == (
        "correction", "network", "unmarked", "present", "granted")  # fmt: skip

    async def look(tx: Tx) -> tuple[list[str], list[str]]:
        acts = await tx.all(str, "select act from audit where act like 'claim-%' order by id")
        return acts, await tx.all(str, "select reason from mark_event")

    acts, reasons = await stage.store.work(look)
    assert acts == ["claim-correction", "claim-granted"]
    assert WORDS in reasons[-1]


async def test_the_card_shows_arrival_and_what_others_said(stage: Stage) -> None:
    stage.at("09:16")
    await stage.says("Tina", await code(stage))
    roll, person = await roll_of(stage, "S11"), await member_of(stage, "Tina")
    said = Mark(roll_id=roll.id, member_id=person.id, status="late", at=stage.clock.now(), source="leader")
    await stage.store.work(lambda tx: marks.keep_evidence(tx, said))
    stage.at("09:30")
    await asks(stage)
    shown = stage.sees("Clara", "到场：09:16", "组长09:16记迟到")
    assert len(shown.plain.splitlines()) <= 12
    await stage.taps("Clara", "迟到")
    assert await status_of(stage, "Tina") == "late"


async def test_refusing_needs_a_sentence_and_the_person_reads_it(stage: Stage) -> None:
    stage.at("09:30")
    await asks(stage)
    await stage.taps("Clara", "维持 未点到")
    stage.sees("Clara", "一句原因", "田小雪（1组2号）")
    await stage.says("Clara", "不")
    stage.sees("Clara", "2到300个字")
    assert (await chain(stage))[0].is_open
    await stage.says("Clara", "组长说您十点才到。")
    stage.sees_somewhere("Clara", "维持原来的记录")
    stage.sees_somewhere("Clara", "柯老师 09:30 维持“未点到”：组长说您十点才到。")
    shown = stage.sees("Tina", "还是记“未点到”", "组长说您十点才到。")
    assert not shown.buttons
    done = (await chain(stage))[0]
    assert (done.state, done.answer, done.words) == ("refused", "组长说您十点才到。", WORDS)
    await stage.says("Clara", "随便说点什么")
    stage.sees_nothing_of("Clara", "已经定了")


async def test_a_quick_reason_refuses_and_the_next_words_mean_what_they_mean(stage: Stage) -> None:
    stage.at("09:30")
    await asks(stage)
    await stage.taps("Clara", "维持")
    await stage.taps("Clara", "与组长记录不符")
    stage.sees("Tina", "与组长记录不符")
    await stage.says("Clara", "随便说点什么")
    stage.sees_nothing_of("Clara", "已经定了")
    assert (await chain(stage))[0].answer == "与组长记录不符"


async def test_pictures_and_short_words_are_asked_for_again_and_back_leaves(stage: Stage) -> None:
    stage.at("09:30")
    roll = await roll_of(stage, "S11")
    await stage.tap_data("Tina", f"correct:{roll.id}:phone")
    await stage.sends("Tina", photo=[{"file_id": "F", "file_unique_id": "U", "width": 9, "height": 9}])
    stage.sees("Tina", "打一句话")
    await stage.says("Tina", "在")
    stage.sees("Tina", "2到300个字")
    await stage.says("Tina", "在" * 301)
    stage.sees("Tina", "2到300个字")
    await stage.says("Tina", "返回")
    assert "我要签到" in stage.sees("Tina", "先不弄了").keyboard
    assert await chain(stage) == []
    await stage.says("Tina", "我其实在场")
    assert await chain(stage) == []


@pytest.mark.parametrize(("clock", "day", "good"), [("09:20", 2, True), ("09:21", 2, False)])
async def test_a_correction_is_possible_for_24_hours(stage: Stage, clock: str, day: int, good: bool) -> None:
    stage.at(clock, day)
    roll = await roll_of(stage, "S11")
    said = await stage.tap_data("Tina", f"correct:{roll.id}")
    assert ("超过24小时" not in said) is good
    assert bool(stage.phone("Tina")) is good


async def test_words_that_come_too_late_are_refused_too(stage: Stage) -> None:
    stage.at("09:20", 2)
    roll = await roll_of(stage, "S11")
    await stage.tap_data("Tina", f"correct:{roll.id}:phone")
    stage.at("09:21", 2)
    await stage.says("Tina", WORDS)
    assert "我要签到" in stage.sees("Tina", "超过24小时").keyboard
    await stage.says("Tina", "今天天气真好")
    assert "超过24小时" not in stage.last("Tina").plain
    assert await chain(stage) == []


async def test_too_late_for_a_correction_is_not_too_late_for_an_objection(stage: Stage) -> None:
    stage.at("18:00")
    await put_mark(stage, "Tina", "absent")
    await close(stage)
    roll = await roll_of(stage, "S11")
    stage.at("10:00", 2)
    await stage.tap_data("Tina", f"correct:{roll.id}")
    stage.sees("Tina", "不能补签了")
    await stage.taps("Tina", "有异议")
    stage.sees("Tina", "旷课", "哪里不对")


async def test_the_third_request_is_refused(stage: Stage) -> None:
    for clock, ref in (("09:30", "S11"), ("10:30", "S12")):
        stage.at(clock)
        await asks(stage, ref=ref)
        await stage.taps("Clara", "维持")
        await stage.taps("Clara", "当时不在场")
    stage.at("14:30")
    roll = await roll_of(stage, "S14")
    assert "最多补签2次" in await stage.tap_data("Tina", f"correct:{roll.id}")
    await stage.tap_data("Tom", f"correct:{roll.id}")
    stage.sees("Tom", "什么原因")


async def test_while_check_in_is_open_one_checks_in(stage: Stage) -> None:
    roll = await roll_of(stage, "S11")
    for clock in ("08:30", "09:20"):
        stage.at(clock)
        assert "还没关" in await stage.tap_data("Tina", f"correct:{roll.id}")


async def test_who_is_present_has_nothing_to_correct(stage: Stage) -> None:
    stage.at("08:55")
    await stage.says("Tina", await code(stage))
    stage.at("09:30")
    roll = await roll_of(stage, "S11")
    assert "不用补签" in await stage.tap_data("Tina", f"correct:{roll.id}")


async def test_one_request_at_a_time(stage: Stage) -> None:
    stage.at("09:30")
    roll = await roll_of(stage, "S11")
    await stage.tap_data("Tina", f"correct:{roll.id}:phone")
    await stage.says("Tina", WORDS)
    assert "已经提过" in await stage.tap_data("Tina", f"correct:{roll.id}")
    assert "已经提过" in await stage.tap_data("Tina", f"object:{roll.id}")
    assert len(await chain(stage)) == 1


async def test_a_granted_correction_of_a_closed_list_tells_once(stage: Stage) -> None:
    await closed_as_absent(stage)
    stage.at("10:00")
    await asks(stage)
    seen = len(stage.phone("Tina"))
    await stage.taps("Clara", "迟到")
    assert len(stage.phone("Tina")) == seen + 1
    stage.sees("Tina", "旷课 → 迟到", "补签通过", WORDS)
    assert stage.labels("Tina") == ["有异议"]


async def test_a_refused_correction_of_a_closed_list_leaves_the_objection(stage: Stage) -> None:
    await closed_as_absent(stage)
    stage.at("10:00")
    await asks(stage)
    await stage.taps("Clara", "维持")
    await stage.taps("Clara", "已超过时间")
    stage.sees("Tina", "还是记“旷课”")
    await stage.taps("Tina", "有异议")
    await stage.says("Tina", "我一直在第三排。")
    assert [(c.kind, c.level) for c in await chain(stage)] == [("correction", 1), ("objection", 1)]
    stage.sees("Clara", "有异议，请您定", "我一直在第三排。")


# ---- objections ------------------------------------------------------------------------------------------


async def test_an_objection_is_granted_and_both_values_and_reasons_stay(stage: Stage) -> None:
    roll_id = await closed_as_absent(stage)
    stage.at("12:00")
    await stage.tap_data("Tina", f"object:{roll_id}")
    stage.sees("Tina", "旷课", "哪里不对")
    await stage.says("Tina", "我当时在场，组长可以作证。")
    await stage.taps("Clara", "出勤")
    stage.sees("Tina", "旷课 → 出勤", "异议成立")
    done = (await chain(stage))[0]
    assert (done.old, done.new, done.state, done.words) == (
        "absent",
        "present",
        "granted",
        "我当时在场，组长可以作证。",
    )
    assert await status_of(stage, "Tina") == "present"


@pytest.mark.parametrize(("clock", "good"), [("09:25", True), ("09:26", False)])
async def test_24_hours_after_closing(stage: Stage, clock: str, good: bool) -> None:
    roll_id = await closed_as_absent(stage)
    stage.at(clock, 2)
    said = await stage.tap_data("Tina", f"object:{roll_id}")
    assert ("超过24小时" not in said) is good
    assert bool(stage.phone("Tina")) is good


@pytest.mark.parametrize(("clock", "good"), [("18:00", True), ("18:01", False)])
async def test_24_hours_after_a_change(stage: Stage, clock: str, good: bool) -> None:
    await closed_as_absent(stage)
    stage.at("18:00")
    roll, person, now = await roll_of(stage, "S11"), await member_of(stage, "Tina"), stage.clock.now()

    async def change(tx: Tx) -> None:
        clara = await accounts.who(tx, ACCOUNTS["Clara"], now)
        assert clara is not None
        await mark_deeds.decide(tx, clara, roll, person, "late", now, reason="组长补报")

    await stage.store.work(change)
    await stage.settle()
    stage.sees("Tina", "旷课 → 迟到", "组长补报")
    stage.at(clock, 2)
    said = await stage.taps("Tina", "有异议")
    assert ("超过24小时" not in said) is good


async def test_the_second_objection_goes_to_the_office(stage: Stage) -> None:
    roll_id = await closed_as_absent(stage)
    stage.at("12:00")
    await objects(stage, words="第一次说。")
    await stage.taps("Clara", "维持 旷课")
    await stage.says("Clara", "名单上没有您。")
    shown = stage.sees("Tina", "还是记“旷课”", "名单上没有您。")
    assert [k.label for k in shown.buttons] == ["交教务再看"]
    stage.sees_nothing_of("Ada", "第一次说。")
    stage.at("11:00", 2)
    await stage.taps("Tina", "交教务再看")
    stage.sees("Tina", "交给教务")
    await stage.says("Tina", "第二次说。")
    stage.sees("Tina", "教务来看")
    first, second = await chain(stage)
    assert (first.level, first.state, second.level, second.state) == (1, "refused", 2, "open")
    stage.sees("Ada", "请教务定", "第二次说。", "第一次说。", "名单上没有您。")
    stage.sees_nothing_of("Clara", "第二次说。")
    assert "由教务定" in await stage.tap_data("Clara", f"claim:{second.id}:present")
    await stage.taps("Ada", "出勤")
    stage.sees("Tina", "旷课 → 出勤", "异议成立")
    assert await status_of(stage, "Tina") == "present"
    assert "最后的结果" in await stage.tap_data("Tina", f"object:{roll_id}")


async def test_what_the_office_refuses_is_final(stage: Stage) -> None:
    roll_id = await closed_as_absent(stage)
    stage.at("12:00")
    for name in ("Clara", "Ada"):
        await objects(stage)
        await stage.taps(name, "维持")
        await stage.taps(name, "当时不在场")
    assert not stage.sees("Tina", "教务复核过了", "还是记“旷课”", "当时不在场").buttons
    assert "最后的结果" in await stage.tap_data("Tina", f"object:{roll_id}")


async def test_only_closed_lists_with_a_decision(stage: Stage) -> None:
    stage.at("09:25")
    roll = await roll_of(stage, "S11")
    await put_mark(stage, "Tina", "absent")
    assert "还没收口" in await stage.tap_data("Tina", f"object:{roll.id}")
    await close(stage)
    assert "不用提异议" in await stage.tap_data("Tom", f"object:{roll.id}")
    await stage.store.work(lambda tx: rolls.reopen(tx, roll.id, stage.clock.now()))
    assert "还没收口" in await stage.tap_data("Tina", f"object:{roll.id}")


async def test_a_list_opened_again_meanwhile_still_gets_its_decision(stage: Stage) -> None:
    roll_id = await closed_as_absent(stage)
    stage.at("12:00")
    await objects(stage)
    await stage.store.work(lambda tx: rolls.reopen(tx, roll_id, stage.clock.now()))
    await stage.taps("Clara", "出勤")
    stage.sees("Tina", "通过了", "出勤")
    assert await status_of(stage, "Tina") == "present"


async def test_closed_again_it_is_the_same_decision_but_a_new_day(stage: Stage) -> None:
    roll_id = await closed_as_absent(stage)
    stage.at("10:00", 2)
    assert "超过24小时" in await stage.tap_data("Tina", f"object:{roll_id}")
    await stage.store.work(lambda tx: rolls.reopen(tx, roll_id, stage.clock.now()))
    await close(stage)
    await objects(stage)
    assert [c.level for c in await chain(stage)] == [1]


# ---- those who decide ------------------------------------------------------------------------------------


async def test_two_teachers_decide_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    await second_teacher(stage, monkeypatch)
    stage.at("09:30")
    await asks(stage)
    claim = (await chain(stage))[0]
    stage.sees("Dora", "申请补签", WORDS)
    await stage.taps("Clara", "维持")
    await stage.taps("Dora", "迟到")
    for name in ("Clara", "Dora"):
        shown = stage.sees_somewhere(name, "窦老师 09:30 定为“迟到”")
        assert not shown.buttons
    assert "已经定了。✅ 窦老师 09:30 定为“迟到”" in await stage.tap_data("Clara", f"claim:{claim.id}:present")
    await stage.says("Clara", "他不在。")
    stage.sees("Clara", "已经定了", "迟到")
    assert await status_of(stage, "Tina") == "late"
    assert (await chain(stage))[0].answer == ""


async def test_the_teacher_s_list_is_oldest_first(stage: Stage) -> None:
    stage.at("09:30")
    await stage.says("Clara", "异议")
    stage.sees("Clara", "没有等您处理")
    await asks(stage, "Tom")
    stage.at("09:31")
    await asks(stage, "Tina")
    await stage.says("Clara", "/claims")
    stage.sees("Clara", "有2件")
    labels = stage.labels("Clara")
    assert "3号" in labels[0] and "2号" in labels[1]
    await stage.says("Ada", "补签和异议")
    stage.sees("Ada", "没有等您处理")
    await stage.taps("Clara", "3号")
    stage.sees("Clara", "1组3号", "申请补签")
    await stage.taps("Clara", "因班务免到")
    assert await status_of(stage, "Tom") == "class_duty"


async def test_the_office_does_not_decide_first(stage: Stage) -> None:
    stage.at("09:30")
    await asks(stage)
    claim = (await chain(stage))[0]
    assert "先由班主任定" in await stage.tap_data("Ada", f"claim:{claim.id}:present")
    assert "先由班主任定" in await stage.tap_data("Ada", f"claim:{claim.id}:keep")
    assert await status_of(stage, "Tina") == "unmarked"


async def test_an_administrator_in_another_class_is_told_where_it_is(stage: Stage) -> None:
    await closed_as_absent(stage)
    stage.at("12:00")
    await objects(stage)
    await stage.taps("Clara", "维持")
    await stage.taps("Clara", "当时不在场")
    await stage.says("Ada", "/class")
    await stage.taps("Ada", "秋实班")
    await objects(stage, words="第二次说。")
    stage.sees("Ada", "第二次说。")
    assert "春晓班" in await stage.taps("Ada", "出勤")
    await stage.says("Ada", "/class")
    await stage.taps("Ada", "春晓班")
    await stage.taps("Ada", "出勤")
    assert await status_of(stage, "Tina") == "present"


async def test_a_mark_that_changed_meanwhile_is_granted_without_a_second_event(stage: Stage) -> None:
    stage.at("09:30")
    await asks(stage)
    claim = (await chain(stage))[0]
    await put_mark(stage, "Tina", "present")
    await stage.tap_data("Clara", f"claim:{claim.id}:present")
    stage.sees("Tina", "通过了", "出勤")
    count = await stage.store.work(lambda tx: tx.one(int, "select count(*) from mark_event"))
    assert count == 1


async def test_a_forged_verdict_is_nothing(stage: Stage) -> None:
    stage.at("09:30")
    await asks(stage)
    claim = (await chain(stage))[0]
    for verdict in ("leave_sick", "absent", "x"):
        assert "没有找到" in await stage.tap_data("Clara", f"claim:{claim.id}:{verdict}")
    assert (await chain(stage))[0].is_open


# ---- the words, and those who must see nothing -----------------------------------------------------------


async def test_the_word_offers_what_is_possible(stage: Stage) -> None:
    stage.at("08:00")
    await stage.says("Tina", "补签")
    stage.sees("Tina", "现在没有要补签的课")
    await closed_as_absent(stage)
    stage.at("10:30")
    await stage.says("Tina", "申请补签")
    assert stage.labels("Tina") == ["补签 社区党建（未点到）", "补签 开班式（旷课）", "异议 开班式（旷课）"]
    await stage.taps("Tina", "异议 开班式")
    await stage.says("Tina", "我在场的。")
    await stage.says("Tina", "有异议")
    assert stage.labels("Tina") == ["补签 社区党建（未点到）", "开班式 有异议：还在看"]
    await stage.taps("Clara", "维持")
    await stage.taps("Clara", "当时不在场")
    await stage.says("Tina", "异议")
    await stage.taps("Tina", "开班式 有异议：旷课")
    stage.sees("Tina", "我在场的。", "维持“旷课”", "当时不在场")
    assert stage.labels("Tina") == ["交教务再看"]


async def test_nobody_else_sees_or_decides_anything(stage: Stage) -> None:
    await closed_as_absent(stage)
    stage.at("10:00")
    await objects(stage, words="只给班主任看的话。")
    claim = (await chain(stage))[0]
    roll = await roll_of(stage, "S11")
    for name in ("Gao", "Tom", "Ivan", "Oscar", "Nora"):
        for data in ("", ":present", ":keep", ":keep:late"):
            await stage.tap_data(name, f"claim:{claim.id}{data}")
        await stage.says(name, "/claims")
        await stage.says(name, "补签")
        stage.sees_nothing_of(name, "只给班主任看的话", "田小雪", "1组2号")
    for name in ("Oscar", "Nora", "Ivan", "Clara"):
        for data in (f"correct:{roll.id}", f"correct:{roll.id}:phone", f"object:{roll.id}"):
            await stage.tap_data(name, data)
        stage.sees_nothing_of(name, "什么原因", "哪里不对")
    assert len(await stage.store.work(lambda tx: tx.all(Claim, "select * from claim"))) == 1
    assert (await chain(stage))[0].is_open and await status_of(stage, "Tina") == "absent"
    for wrong in ("correct:999999", "correct:abc", "object:", "claim:", "claim:999:present"):
        assert await stage.tap_data("Tina", wrong)


async def test_who_joined_later_has_no_mark_to_correct(stage: Stage) -> None:
    stage.at("09:30")
    person, now = await member_of(stage, "Tina"), stage.clock.now()

    async def work(tx: Tx) -> None:
        values = {"id": person.id, "at": now + timedelta(hours=-0.1)}
        await tx.do("update member set joined_at = :at where id = :id", values)

    await stage.store.work(work)
    roll = await roll_of(stage, "S11")
    assert "没有找到" in await stage.tap_data("Tina", f"correct:{roll.id}")


async def test_a_cancelled_session_needs_no_correction(stage: Stage) -> None:
    stage.at("09:30")
    roll = await roll_of(stage, "S11")
    values = {"id": roll.session_id}
    await stage.store.work(lambda tx: tx.do("update session set cancelled = true where id = :id", values))
    assert "取消" in await stage.tap_data("Tina", f"correct:{roll.id}")


async def test_an_unbound_person_gets_no_message_and_the_mark_is_set(stage: Stage) -> None:
    stage.at("09:30")
    await asks(stage, "Tom")
    person = await member_of(stage, "Tom")
    await stage.store.work(lambda tx: members.set_account(tx, person.id, None, None))
    seen = len(stage.phone("Tom"))
    await stage.taps("Clara", "出勤")
    assert len(stage.phone("Tom")) == seen


async def test_in_english(stage: Stage) -> None:
    stage.at("09:30")
    await stage.tap_data("Tom", "lang:en")
    await stage.tap_data("Clara", "lang:en")
    await stage.says("Tom", "correction")
    await stage.taps("Tom", "Correct Opening")
    await stage.taps("Tom", "Network")
    await stage.says("Tom", "I was in the third row.")
    stage.sees("Tom", "told the result privately")
    stage.sees("Clara", "A correction is asked for", "Mon 15 Mar 09:00", "I was in the third row.")
    await stage.taps("Clara", "Keep")
    await stage.taps("Clara", "It was past the time")
    stage.sees("Tom", "It stays", "It was past the time")
