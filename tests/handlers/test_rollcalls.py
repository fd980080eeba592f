"""Lists that leaders and teachers type, handing in, reminding the missing (ATT-02, 12, 20, 22; AT-18)."""

from __future__ import annotations

import pytest

from actions.marks import set_by_leave
from storage import marks, rolls
from storage.tx import Tx
from tests.handlers.test_checkins import code, roll_of
from tests.handlers.test_closings import statuses
from tests.stage import Stage


async def rows(stage: Stage, sql: str) -> list[str]:
    return await stage.store.work(lambda tx: tx.all(str, sql))


async def test_a_leader_types_who_is_missing_then_hands_in(stage: Stage) -> None:
    await stage.tick("15:45")
    await stage.says("Gao", "缺 2 ３，迟五")
    stage.sees("Gao", "应到6 到4（迟到1）没到2", "没到：2田小雪、3田小雪", "提交本组名单")
    assert await statuses(stage, "S15") == {1: "present", 4: "present", 5: "late", 6: "present"}
    await stage.says("Gao", "提交本组名单")
    stage.sees("Gao", "第1组名单交好了")
    await stage.tick("15:46")
    await stage.says("Clara", "点名")
    stage.sees("Clara", "已交名单 1/2 组，还差：第2组", "应到12 实到4（迟到1）")


async def test_a_leader_says_who_is_missing_then_one_of_them_checks_in(stage: Stage) -> None:
    """AT-18: the others by the leader, the late one with the own time, the other 未点到; nothing doubled."""
    await stage.tick("08:50")
    await stage.says("Gao", "缺 2 3")
    stage.at("08:58")
    await stage.says("Tom", await code(stage))
    assert await statuses(stage, "S11") == {1: "present", 3: "present", 4: "present", 5: "present", 6: "present"}
    found = await rows(stage, "select source from mark order by id")
    assert found == ["leader"] * 5 + ["self"] or sorted(found) == ["leader"] * 4 + ["self"]
    await stage.says("Gao", "缺 2 3")
    stage.sees("Gao", "已经有别的记录，以先记的为准", "3田小雪")
    assert (await statuses(stage, "S11"))[3] == "present"
    assert await rows(stage, "select status || ' ' || source from evidence") == ["unmarked leader"]


async def test_the_same_message_five_times_is_one_list(stage: Stage) -> None:
    await stage.tick("15:45")
    for _ in range(5):
        await stage.says("Gao", "全到")
    assert len(await rows(stage, "select source from mark")) == 6
    assert len(await rows(stage, "select source from mark_event")) == 6


async def test_the_leader_may_mend_the_own_list_until_it_is_closed(stage: Stage) -> None:
    await stage.tick("15:45")
    await stage.says("Gao", "全到")
    await stage.says("Gao", "缺3")
    assert (await statuses(stage, "S15"))[3] == "unmarked"
    await stage.says("Gao", "3到")
    assert (await statuses(stage, "S15"))[3] == "present"


@pytest.mark.parametrize(
    ("said", "answer"),
    [("缺 99", "没有这几个座位号：99"), ("缺 8", "没有这几个座位号：8"), ("缺 3 迟 3", "写了两种情况：3")],
)
async def test_a_list_that_makes_no_sense_says_what_to_do(stage: Stage, said: str, answer: str) -> None:
    await stage.tick("15:45")
    await stage.says("Gao", said)
    stage.sees("Gao", answer)
    assert await statuses(stage, "S15") == {}


@pytest.mark.parametrize("said", ["老师好", "缺水怎么办", "3号楼在哪", "我3点到"])
async def test_what_is_no_list_is_no_list(stage: Stage, said: str) -> None:
    await stage.tick("15:45")
    await stage.says("Gao", said)
    assert "应到" not in stage.last("Gao").plain
    assert await statuses(stage, "S15") == {}


async def test_a_trainee_who_types_a_list_calls_nobody(stage: Stage) -> None:
    await stage.tick("15:45")
    for name in ("Tina", "Ivan", "Oscar", "Nora"):
        await stage.says(name, "缺 3 7")
        await stage.says(name, "提交本组名单")
        await stage.says(name, "提交名单")
        stage.sees_nothing_of(name, "应到", "田小雪（", "没到")
    assert await statuses(stage, "S15") == {}


async def test_a_paper_list_is_shown_then_entered(stage: Stage) -> None:
    await stage.tick("14:10")
    await stage.says("Clara", "缺 7、3　迟 5")
    shown = stage.sees_somewhere("Clara", "物业矛盾")
    stage.sees_somewhere("Clara", "到9 迟1 缺2")
    assert "缺：3号、7号" in stage.sees_somewhere("Clara", "缺：").plain and shown
    assert await statuses(stage, "S14") == {}
    await stage.says("Clara", "提交名单")
    stage.sees("Clara", "录好了", "没到：3田小雪、7学员07")
    found = await statuses(stage, "S14")
    assert found[5] == "late" and len(found) == 10 and 7 not in found
    assert set(await rows(stage, "select source from mark")) == {"paper"}


async def test_a_paper_list_for_an_earlier_session_is_typed_back_in_the_evening(stage: Stage) -> None:
    for clock in ("08:40", "09:40", "13:40", "15:40", "17:00"):
        await stage.tick(clock)
    await stage.says("Clara", "缺 7")
    await stage.taps("Clara", "09:00 开班式")
    await stage.says("Clara", "提交名单")
    assert len(await statuses(stage, "S11")) == 11 and await statuses(stage, "S15") == {}


async def test_a_paper_list_leaves_what_people_did_themselves(stage: Stage) -> None:
    await stage.tick("08:55")
    await stage.says("Tina", await code(stage))
    await stage.says("Clara", "缺 2")
    await stage.says("Clara", "提交名单")
    stage.sees("Clara", "已经有别的记录", "2田小雪")
    assert (await statuses(stage, "S11"))[2] == "present"


async def test_leaving_the_paper_list_enters_nothing(stage: Stage) -> None:
    await stage.tick("08:55")
    await stage.says("Clara", "全到")
    await stage.says("Clara", "返回")
    await stage.says("Clara", "提交名单")
    stage.sees("Clara", "还没有要提交的名单")
    assert await statuses(stage, "S11") == {}


async def test_the_deputy_is_asked_where_the_leader_cannot_be(stage: Stage) -> None:
    async def free(tx: Tx) -> None:
        await tx.do("update member set account_id = null where cohort_id = 1 and ref = 'T01'")
        await tx.do("update member set roles = 'trainee deputy' where cohort_id = 1 and ref = 'T02'")

    await stage.store.work(free)
    await stage.tick("15:40")
    stage.sees_somewhere("Tina", "请给本组点名")


async def test_the_missing_are_reminded_privately_at_most_once_in_ten_minutes(stage: Stage) -> None:
    await stage.tick("08:58")
    await stage.says("Tina", await code(stage))
    stage.clear()
    await stage.tick("09:05")
    await stage.says("Clara", "点名")
    await stage.taps("Clara", "催一下")
    stage.sees("Clara", "已经私下提醒了2人", "学员04")
    stage.sees_somewhere("Tom", "还没有您的签到")
    stage.sees_nothing_of("Tina", "还没有您的签到")
    stage.at("09:14")
    assert "09:05 刚提醒过" in await stage.taps("Clara", "催一下")
    stage.at("09:15")
    await stage.taps("Clara", "催一下")
    assert len([s for s in stage.phone("Tom") if "还没有您的签到" in s.plain]) == 2


async def test_everybody_else_of_a_group_with_one_tap(stage: Stage) -> None:
    await stage.tick("08:55")
    await stage.taps("Clara", "代点名")
    await stage.taps("Clara", "⬜ 3 田小雪")
    await stage.taps("Clara", "✅ 3 田小雪")
    assert "5人" in await stage.taps("Clara", "其余全到")
    assert await statuses(stage, "S11") == {1: "present", 2: "present", 3: "late", 4: "present", 5: "present",
                                            6: "present"}  # fmt: skip


async def test_five_hundred_people_are_called_page_by_page(stage: Stage) -> None:
    async def crowd(tx: Tx) -> None:
        await tx.many(
            """insert into member (cohort_id, ref, name, roles, group_no, seat_no) values (1, :ref, :name, 'trainee',
               :group_no, :seat_no)""",
            [{"ref": f"X{n}", "name": f"众人{n}", "group_no": 3 + n // 45, "seat_no": 100 + n} for n in range(488)],
        )

    await stage.store.work(crowd)
    await stage.tick("08:55")
    await stage.says("Clara", "点名")
    stage.sees("Clara", "应到500")
    await stage.taps("Clara", "代点名")
    await stage.taps("Clara", "第3组")
    await stage.taps("Clara", "下一页")
    await stage.taps("Clara", "其余全到")
    assert len(await statuses(stage, "S11")) == 45
    await stage.says("Clara", "缺 7")
    await stage.says("Clara", "提交名单")
    stage.sees("Clara", "应到500 到499")
    roll = await roll_of(stage, "S11")

    async def look(tx: Tx) -> tuple[int, int]:
        return len(await marks.of_roll(tx, roll.id)), len(await rolls.handed_in(tx, roll.id))

    assert await stage.store.work(look) == (499, 0)


async def test_a_leader_sees_who_is_away_and_never_of_which_kind(stage: Stage) -> None:
    roll = await roll_of(stage, "S15")

    async def leave(tx: Tx) -> None:
        id = await tx.one(int, "select id from member where cohort_id = 1 and seat_no = 3")
        assert await set_by_leave(tx, roll, id, "leave_sick", stage.clock.now())

    await stage.store.work(leave)
    await stage.tick("15:45")
    await stage.says("Gao", "点名")
    assert "🚶 3 田小雪" in stage.labels("Gao")
    assert "以老师的为准" in await stage.taps("Gao", "3 田小雪")
    await stage.says("Gao", "缺 3")
    stage.sees_nothing_of("Gao", "病假", "🏥", "事假", "公假")
    await stage.says("Clara", "点名")
    stage.sees("Clara", "请假1")


async def test_what_changes_in_a_list_to_come_sends_no_card(stage: Stage) -> None:
    stage.at("08:00")
    roll = await roll_of(stage, "S15")

    async def leave(tx: Tx) -> None:
        assert await set_by_leave(tx, roll, 3, "leave_personal", stage.clock.now())

    await stage.store.work(leave)
    await stage.tick("08:01")
    stage.sees_nothing_of("Clara", "小组研讨　16:00")


async def test_a_paper_list_changes_nothing_that_a_teacher_has_decided(stage: Stage) -> None:
    await stage.tick("08:55")
    await stage.taps("Clara", "代点名")
    await stage.taps("Clara", "⬜ 5 学员05")
    await stage.taps("Clara", "✅ 5 学员05")
    await stage.says("Clara", "缺 3")
    await stage.says("Clara", "提交名单")
    stage.sees("Clara", "以先记的为准", "5学员05")
    found = await statuses(stage, "S11")
    assert found[5] == "late" and 3 not in found


async def test_what_a_leader_took_back_is_no_hint_any_more(stage: Stage) -> None:
    await stage.tick("08:55")
    await stage.says("Tom", await code(stage))
    await stage.says("Gao", "缺 3")
    await stage.says("Clara", "点名")
    stage.sees("Clara", "组长说没到：田小雪（1组3号）")
    stage.at("08:57")
    await stage.says("Gao", "全到")
    await stage.says("Clara", "点名")
    assert "组长说没到" not in stage.last("Clara").plain
