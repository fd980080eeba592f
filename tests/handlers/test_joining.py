"""Joining: links, codes, consent, re-binding, strangers (XC-01, CLASS-06, BC-10)."""

from __future__ import annotations

from actions import joining
from storage import cohorts, links, members
from storage.links import Link
from storage.tx import Tx
from tests.handlers.test_notices import compose
from tests.stage import Stage


async def link_of(stage: Stage, ref: str, key: str = "spring") -> Link:
    async def work(tx: Tx) -> Link:
        cohort = await cohorts.by_key(tx, key)
        assert cohort is not None
        member = await members.by_ref(tx, cohort.id, ref)
        assert member is not None
        return await joining.link_for(tx, member.id, stage.clock.now())

    return await stage.store.work(work)


async def test_from_the_link_to_the_role_menu(stage: Stage) -> None:
    link = await link_of(stage, "T08")
    await stage.says("Nora", f"/start {link.token}")
    shown = stage.sees("Nora", "学员08", "第2组 8号", "金阳街道", "308", "180天")
    assert shown.keyboard == ["是我，绑定", "不是我"]
    await stage.says("Nora", "是我，绑定")
    shown = stage.sees_somewhere("Nora", "绑定好了，学员08")
    stage.sees("Nora", "第1天", "开班式")
    assert shown.keyboard[0] == "我要签到"
    assert "checkin" in stage.menus[999] and "roll" not in stage.menus[999]


async def test_a_code_typed_in_any_way(stage: Stage) -> None:
    link = await link_of(stage, "T08")
    code = (link.code or "").lower()
    await stage.says("Nora", f" {code[:4]}-{code[4:]} ")
    stage.sees("Nora", "学员08")
    await stage.says("Nora", "是我")
    stage.sees_somewhere("Nora", "绑定好了")


async def test_a_forwarded_code_does_not_count(stage: Stage) -> None:
    link = await link_of(stage, "T08")
    await stage.says("Nora", link.code or "", forward_origin={"type": "user"})
    stage.sees("Nora", "转发")
    stage.sees_nothing_of("Nora", "学员08")


async def test_not_me_binds_nothing_and_the_link_stays_good(stage: Stage) -> None:
    link = await link_of(stage, "T08")
    await stage.says("Nora", f"/start {link.token}")
    await stage.says("Nora", "不是我")
    assert stage.sees("Nora", "什么都没有绑定").bare
    await stage.says("Nora", f"/start {link.token}")
    stage.sees("Nora", "学员08")


async def test_a_used_link_shows_no_name(stage: Stage) -> None:
    link = await link_of(stage, "T08")
    await stage.says("Nora", f"/start {link.token}")
    await stage.says("Nora", "是我，绑定")
    await stage.says("Oscar", f"/start {link.token}")
    stage.sees("Oscar", "已经有人用过", "班主任")
    stage.sees_nothing_of("Oscar", "学员08")
    await stage.says("Nora", f"/start {link.token}")
    stage.sees("Nora", "已经绑定好了")


async def test_one_seat_an_account(stage: Stage) -> None:
    link = await link_of(stage, "T08")
    await stage.says("Tina", f"/start {link.token}")
    stage.sees("Tina", "一个人只能有一个座位")


async def test_five_wrong_codes_then_a_pause(stage: Stage) -> None:
    for _ in range(5):
        await stage.says("Nora", "ABCD2345")
        stage.sees("Nora", "没有这个绑定码")
    await stage.says("Nora", "ABCD2345")
    stage.sees("Nora", "一小时后")
    stage.sees("Ada", "输错了5次")
    link = await link_of(stage, "T08")
    await stage.says("Nora", link.code or "")
    stage.sees("Nora", "一小时后")
    stage.at("09:10")
    await stage.says("Nora", link.code or "")
    stage.sees("Nora", "学员08")


async def test_a_link_that_never_was_and_a_link_taken_back(stage: Stage) -> None:
    await stage.says("Nora", "/start nosuchtoken")
    stage.sees("Nora", "这条链接没有用")
    link = await link_of(stage, "T08")

    async def revoke(tx: Tx) -> None:
        await links.revoke_of(tx, link.member_id or 0, stage.clock.now())

    await stage.store.work(revoke)
    await stage.says("Nora", f"/start {link.token}")
    stage.sees("Nora", "作废")


async def test_the_seat_can_be_given_to_a_new_phone(stage: Stage) -> None:
    await stage.says("Clara", "绑定情况")
    stage.sees("Clara", "3/12", "学员04（1组4号）")
    await stage.taps("Clara", "第1组")
    await stage.taps("Clara", "2 田小雪")
    await stage.taps("Clara", "换手机")
    await stage.taps("Clara", "确定换绑")
    shown = stage.sees("Clara", "田小雪（1组2号）", "绑定码")
    code = shown.plain.splitlines()[1].strip()
    stage.at("08:55")
    await stage.says("Tina", "签到")
    stage.sees("Tina", "绑定码发给我")
    assert stage.menus[101] == []
    await stage.says("Nora", code)
    await stage.says("Nora", "是我，绑定")
    await stage.says("Nora", "签到")
    stage.sees("Nora", "4位数字")


async def test_a_stranger_is_told_once_a_minute(stage: Stage) -> None:
    await stage.says("Nora", "你好")
    await stage.says("Nora", "在吗")
    await stage.says("Nora", "/timetable")
    assert len(stage.phone("Nora")) == 1
    stage.at("08:02")
    await stage.says("Nora", "在吗")
    assert len(stage.phone("Nora")) == 2
    stage.sees("Nora", "绑定码")


async def test_the_first_administrator(stage: Stage) -> None:
    link = await stage.store.work(lambda tx: joining.admin_link(tx, stage.clock.now()))
    await stage.says("Nora", f"/start {link.token}")
    stage.sees("Nora", "教务管理员")
    assert "import" in stage.menus[999]
    await stage.says("Oscar", f"/start {link.token}")
    stage.sees("Oscar", "已经有人用过")


async def test_another_language_changes_keys_and_menu(stage: Stage) -> None:
    await stage.says("Tom", "/language")
    await stage.taps("Tom", "English")
    shown = stage.sees("Tom", "English from now on")
    assert shown.keyboard[0] == "Check in"


async def test_an_unknown_code_like_word_of_a_bound_person_is_just_text(stage: Stage) -> None:
    await stage.says("Tina", "ABSENCES")
    stage.sees("Tina", "问老师")


async def test_oscar_gets_no_code_of_another_class(stage: Stage) -> None:
    async def work(tx: Tx) -> int:
        cohort = await cohorts.by_key(tx, "spring")
        assert cohort is not None
        member = await members.by_ref(tx, cohort.id, "T08")
        assert member is not None
        return member.id

    id = await stage.store.work(work)
    for data in (f"person:{id}", f"free:{id}", f"freeyes:{id}", "people:1", "class:1"):
        await stage.tap_data("Oscar", data)
    stage.sees_nothing_of("Oscar", "学员08", "春晓班", "绑定码：")


async def test_the_cards_of_a_teacher_who_lost_the_seat_say_no_more(stage: Stage) -> None:
    """The live list and the notice stood on the old telephone: they go, and are not painted again (XC-01)."""
    stage.at("09:10")
    await stage.says("Clara", "点名")
    stage.sees_somewhere("Clara", "田小雪")
    await stage.says("Ada", "点名")
    await compose(stage, "下午两点在301集合。", "级别", "需已读")
    await stage.taps("Clara", "发给3人")
    clara = await stage.store.work(lambda tx: tx.one(int, "select id from member where account_id = 105"))
    await stage.tap_data("Ada", f"freeyes:{clara}")
    stage.sees_somewhere("Clara", "这个座位换了手机")
    await stage.says("Tina", "已读")
    for minute in ("09:12", "09:20", "09:46"):
        await stage.tick(minute)
        cards = [s.plain for s in stage.phone("Clara") if "应到" in s.plain or "👀" in s.plain]
        assert not cards, cards
    assert "应到12" in stage.sees_somewhere("Ada", "应到").plain, "who still has it sees it go on"
