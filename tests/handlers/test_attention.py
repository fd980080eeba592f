"""[关注学员]: whom staff should look at and why; nobody else ever sees it (DASH-02)."""

from __future__ import annotations

import pytest

from storage import members
from storage.tx import Tx
from tests.actions import test_ledgers as facts
from tests.handlers.test_records import happened
from tests.stage import Stage


async def member_id(stage: Stage, ref: str = "T02") -> int:
    async def work(tx: Tx) -> int:
        return (await facts.member_of(tx, await facts.spring(tx), ref)).id

    return await stage.store.work(work)


async def all_joined(stage: Stage) -> None:
    """Everybody of the class has an account, so that only the record speaks."""

    async def work(tx: Tx) -> None:
        for member in await members.of_cohort(tx, (await facts.spring(tx)).id):
            if member.account_id is None:
                values = {"id": 5000 + member.id, "now": facts.at("07:00"), "c": member.cohort_id}
                await tx.do("insert into account (id, cohort_id, made_at) values (:id, :c, :now)", values)
                await members.set_account(tx, member.id, 5000 + member.id, facts.at("07:00"))

    await stage.store.work(work)


async def test_each_with_the_reason_and_what_is_left(stage: Stage) -> None:
    await all_joined(stage)
    await happened(stage, {"S11": "leave_personal", "S12": "present"})
    await happened(stage, {"S12": "absent"}, who="T03")
    await happened(stage, {"S11": "late"}, "S11", "S12", who="T05")
    stage.at("12:00")
    await stage.says("Clara", "关注学员")
    assert stage.last("Clara").plain.splitlines() == [
        "👀 关注学员2人，点名字看记录：",
        "田小雪（1组3号）　旷课2学时，还差2到上限",
        "田小雪（1组2号）　请假1学时，还可0.42",
    ]
    assert stage.labels("Clara") == ["3 田小雪", "2 田小雪"], "the same name twice, told by the seat"


async def test_nobody_is_on_it_when_all_is_well(stage: Stage) -> None:
    await all_joined(stage)
    stage.at("12:00")
    await stage.says("Clara", "关注")
    stage.sees("Clara", "没有需要特别关注")


async def test_an_open_list_is_no_reason(stage: Stage) -> None:
    await all_joined(stage)
    await happened(stage, {"S11": "absent"})
    stage.at("12:00", day=2)
    await stage.says("Clara", "/attention")
    stage.sees("Clara", "没有需要特别关注")


async def test_who_has_not_joined_at_the_opening(stage: Stage) -> None:
    stage.at("08:30")
    await stage.says("Clara", "关注学员")
    stage.sees("Clara", "没有需要特别关注")
    stage.at("09:01")
    await stage.says("Clara", "关注学员")
    stage.sees("Clara", "关注学员9人", "学员05（1组5号）　还没绑定")

    async def paper(tx: Tx) -> None:
        await tx.do("update member set paper_at = :now where id = :id", {"id": five, "now": facts.at("08:00")})

    five = await member_id(stage, "T05")
    await stage.store.work(paper)
    await stage.says("Clara", "关注学员")
    stage.sees("Clara", "关注学员8人")
    assert "学员05" not in stage.last("Clara").plain, "who takes part on paper need not join"


async def test_a_page_has_one_screen(stage: Stage) -> None:
    await happened(stage, {"S12": "absent"})
    await happened(stage, {"S12": "absent"}, who="T03")
    await happened(stage, {"S12": "absent"}, "S12", who="T01")
    stage.at("12:00")
    await stage.says("Clara", "关注学员")
    shown = stage.sees("Clara", "关注学员12人（1/2页）", "高远")
    assert len(shown.plain.splitlines()) == 12 and "学员12（" not in shown.plain
    await stage.taps("Clara", "下一页")
    assert stage.sees("Clara", "（2/2页）", "学员12").message_id == shown.message_id
    await stage.taps("Clara", "上一页")
    stage.sees("Clara", "（1/2页）", "高远")
    await stage.tap_data("Clara", "attention:99:e")
    stage.sees("Clara", "（2/2页）")


async def test_a_person_s_record_as_staff_see_it(stage: Stage) -> None:
    await happened(stage, {"S11": "late", "S12": "absent", "S14": "leave_sick"}, "S11", "S12", "S14")
    await happened(stage, {"S22": "present"}, "S22")
    stage.at("12:00", day=2)
    await stage.says("Clara", "关注学员")
    await stage.taps("Clara", "2 田小雪")
    shown = stage.sees("Clara", "田小雪（1组2号）", "还可请假 0 学时（已用2，上限1.42）", "迟到早退 1 次，旷课 2 学时",
                       "结论：待定", "✅ 09:30 现场教学")  # fmt: skip
    await stage.taps("Clara", "第1天")
    assert stage.sees("Clara", "❌ 10:00 社区党建", "🏥 14:00").message_id == shown.message_id
    assert all(len(s.plain.splitlines()) <= 12 for s in stage.phone("Clara"))


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ({"S11": "present"}, "考勤方面没有问题"),
        ({"S11": "absent"}, "由值班领导定"),
        ({"S12": "absent", "S14": "absent"}, "不能结业的界线"),
        ({"S12": "leave_sick"}, "按退学处理"),
    ],
)
async def test_how_the_attendance_stands(stage: Stage, marks: dict[str, str], said: str) -> None:
    everything = ("S11", "S12", "S14", "S15", "S21", "S22", "S31")
    await happened(stage, dict.fromkeys(everything, "present") | marks, *everything)
    stage.at("12:00", day=3)
    await stage.tap_data("Clara", f"book:{await member_id(stage)}")
    stage.sees("Clara", said)


async def test_administrator_and_school_leader_see_it_too(stage: Stage) -> None:
    await happened(stage, {"S12": "absent"}, "S12")
    stage.at("12:00")
    id = await member_id(stage)

    async def leader(tx: Tx) -> None:
        await tx.do("update member set roles = 'school_leader' where cohort_id = :c and ref = 'L01'",
                    {"c": (await facts.spring(tx)).id})  # fmt: skip
        await tx.do("update account set lang = 'zh' where id = 104")

    await stage.store.work(leader)
    for name in ("Ada", "Ivan"):
        await stage.says(name, "关注学员")
        stage.sees(name, "田小雪（1组2号）　旷课2学时")
        await stage.tap_data(name, f"book:{id}")
        stage.sees(name, "迟到早退 0 次，旷课 2 学时")
    await stage.says("Ivan", "/start")
    assert "关注学员" in stage.last("Ivan").keyboard


async def test_nobody_else_ever(stage: Stage) -> None:
    """Leaders, trainees, lecturers, strangers, and people of another class: by word, command, and guessed ids."""
    await happened(stage, {"S12": "absent", "S14": "leave_sick"}, "S12", "S14")
    await happened(stage, {"S12": "absent"}, who="T01")
    stage.at("16:00")
    ids = [await member_id(stage, ref) for ref in ("T01", "T02", "S01")]
    for name in ("Gao", "Tina", "Tom", "Ivan", "Oscar", "Nora"):
        for text in ("关注学员", "关注", "people to look after", "/attention"):
            await stage.says(name, text)
        for data in ("attention", "attention:0", "attention:1:e", *(f"book:{id}" for id in ids), f"book:{ids[1]}:1:1"):
            await stage.tap_data(name, data)
        stage.sees_nothing_of(name, "旷课2", "旷课 2", "迟到早退", "还差2到上限", "结论", "❌", "🏥", "unexcused 2")


async def test_staff_see_trainees_of_their_own_class_only(stage: Stage) -> None:
    async def other(tx: Tx) -> int:
        found = await tx.one(int, "select m.id from member m join cohort c on c.id = m.cohort_id"
                             " where c.key = 'autumn' and m.ref = 'T01'")  # fmt: skip
        return found

    stage.at("12:00")
    foreign = await stage.store.work(other)
    for data in (f"book:{foreign}", "book:999999", "book:x", "book", f"book:{await member_id(stage, 'S02')}"):
        assert "没有找到" in await stage.tap_data("Clara", data)
    stage.sees_nothing_of("Clara", "欧阳客", "秋实开班式")
