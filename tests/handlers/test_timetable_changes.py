"""[改课]: shown first, done in one step, told to exactly those whom it touches (TIME-01, SCH-06, BC-16, AT-10)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from msgspec import Struct, structs

from actions import ledgers
from actions.leaves import settle_marks
from handlers.notice_panel import stamp
from rules.plans import HEAD_COUNT, REMINDER, ROLL_OPENS, ROLL_SHUTS
from storage import accounts, cohorts, dues, leaves, members, notices, outbox, places, rolls, session_events, sessions
from storage.cohorts import Cohort
from storage.dues import Due
from storage.leaves import Leave
from storage.members import Member
from storage.notices import Notice
from storage.rolls import Roll
from storage.session_events import Change
from storage.sessions import Session
from storage.tx import Tx
from tests.cast import ACCOUNTS, DAY_1
from tests.handlers.leave_class import closes, marks_of
from tests.handlers.test_checkins import code
from tests.stage import ZONE, Stage


def moment(clock: str, day: int = 1) -> datetime:
    return datetime.combine(DAY_1 + timedelta(days=day - 1), time.fromisoformat(clock), ZONE)


async def spring(tx: Tx) -> Cohort:
    cohort = await cohorts.by_key(tx, "spring")
    assert cohort is not None
    return cohort


async def session_of(stage: Stage, ref: str) -> Session:
    async def look(tx: Tx) -> Session:
        table = await sessions.of_cohort(tx, (await spring(tx)).id)
        return next(s for s in table if s.ref == ref)

    return await stage.store.work(look)


async def roll_of(stage: Stage, ref: str) -> Roll:
    session = await session_of(stage, ref)
    roll = await stage.store.work(lambda tx: rolls.of_session(tx, session.id))
    assert roll is not None
    return roll


async def due_of(stage: Stage, ref: str) -> dict[str, datetime]:
    """What is planned for a session and not done, by kind."""

    async def look(tx: Tx) -> list[Due]:
        cohort = await spring(tx)
        found = await dues.between(tx, cohort.id, moment("00:00", -5), moment("00:00", 9))
        return [d for d in found if d.what == ref and d.state == "new"]

    return {d.kind: d.at for d in await stage.store.work(look)}


async def drafts(stage: Stage) -> list[Notice]:
    """The change notices of the class that nobody has got yet."""

    async def look(tx: Tx) -> list[Notice]:
        return await notices.open_changes(tx, (await spring(tx)).id)

    return await stage.store.work(look)


async def draft(stage: Stage) -> Notice:
    (found,) = await drafts(stage)
    return found


async def told(stage: Stage) -> set[str]:
    """The ids of the file of those whom the draft is for."""
    numbers = (await draft(stage)).audience.numbers

    async def look(tx: Tx) -> set[str]:
        return {m.ref for id in numbers if (m := await members.get(tx, id)) is not None}

    return await stage.store.work(look)


async def history(stage: Stage, ref: str) -> list[Change]:
    session = await session_of(stage, ref)
    return await stage.store.work(lambda tx: session_events.of_session(tx, session.cohort_id, session.id))


async def audited(stage: Stage) -> list[tuple[str, str, int]]:
    """What the audit says of the timetable: about what, why, who."""

    class Line(Struct):
        about: str
        why: str
        who: int

    async def look(tx: Tx) -> list[Line]:
        return await tx.all(Line, "select about, why, who from audit where act = 'timetable' order by id")

    return [(line.about, line.why, line.who) for line in await stage.store.work(look)]


async def opens(stage: Stage, title: str, day: int = 0, who: str = "Clara") -> None:
    """The page of one session."""
    await stage.says(who, "改课")
    if day:
        await stage.taps(who, f"第{day}天")
    await stage.taps(who, title)


async def moves(stage: Stage, title: str, text: str, day: int = 0, who: str = "Clara") -> None:
    """A session is moved by a typed time."""
    await opens(stage, title, day, who)
    await stage.taps(who, "改时间")
    await stage.says(who, text)
    await stage.taps(who, "就这样改")


async def on_leave(stage: Stage, ref: str, start: str, end: str) -> None:
    """Somebody's leave is approved."""

    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        member = await members.by_ref(tx, cohort.id, ref)
        assert member is not None
        begun = await leaves.begin(tx, cohort.id, member.id, "personal", "paper", None, moment("07:00"))
        values: dict[str, Any] = {"id": begun.id, "s": moment(start), "e": moment(end)}
        await tx.do("update leave set state = 'approved', starts_at = :s, ends_at = :e where id = :id", values)
        approved = await leaves.get(tx, begun.id)
        assert isinstance(approved, Leave)

    await stage.store.work(work)


async def other_people(stage: Stage) -> None:
    """A second lecturer, a second class teacher, and somebody who receives the class at the site."""

    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        for ref, name, roles in (("L02", "路教授", "lecturer"), ("S03", "段老师", "class_teacher"),
                                 ("S05", "金主任", "site_contact")):  # fmt: skip
            await members.add(tx, Member(cohort_id=cohort.id, ref=ref, name=name, roles=roles))
        site = next(p for p in await places.sites(tx, cohort.id) if p.ref == "SITE2")
        await places.put_site(tx, structs.replace(site, facts={**site.facts, "contact_id": "S05"}))

    await stage.store.work(work)


# ---- AT-10 -------------------------------------------------------------------------------------------------


async def test_moved_by_an_hour_110_minutes_ahead(stage: Stage) -> None:
    """AT-10: the old reminder gone, the new one made, urgent, before and after, to people touched only."""
    await on_leave(stage, "T03", "11:00", "18:00")  # Tom is away at both times
    await on_leave(stage, "T05", "13:00", "15:30")  # back for the new time
    stage.at("12:10")
    assert (await due_of(stage, "S14"))[REMINDER] == moment("13:55")
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "改时间")
    await stage.taps("Clara", "推后60分　15:00–16:30")
    stage.sees(
        "Clara", "现在什么都没变", "《物业矛盾》3月15日 周一 14:00–15:30 → 15:00–16:30", "16:00–16:45 小组研讨",
        "签到提醒 13:55 → 14:55", "开始签到 13:40 → 14:40", "学员11", "都在请假的1人不打扰", "紧急通知",
    )  # fmt: skip
    assert (await session_of(stage, "S14")).starts_at == moment("14:00"), "nothing has changed yet"
    await stage.taps("Clara", "就这样改")
    assert (await session_of(stage, "S14")).starts_at == moment("15:00")
    stage.sees_somewhere("Clara", "改好了")
    stage.sees("Clara", "发给")
    notice = await draft(stage)
    assert (notice.level, notice.what, notice.life_until) == ("urgent", "S14", moment("15:00"))
    assert "《物业矛盾》3月15日 周一 14:00–15:30 → <b>15:00–16:30</b>" in notice.html
    assert "Property: Mon 15 Mar 14:00–15:30 → <b>15:00–16:30</b>" in notice.html_en
    assert await told(stage) == {f"T{n:02}" for n in range(1, 13) if n != 3}, "and no lecturer: nobody teaches it"
    planned = await due_of(stage, "S14")
    assert planned[REMINDER] == moment("14:55") and planned[ROLL_OPENS] == moment("14:40")
    roll = await roll_of(stage, "S14")
    assert (roll.opens_at, roll.bell_at, roll.shuts_at) == (moment("14:40"), moment("15:00"), moment("15:20"))
    stage.clear()
    await stage.tick("13:56")
    stage.sees_nothing_of("Tina", "快开始了")
    await stage.tick("14:56")
    stage.sees("Tina", "快开始了", "15:00")


async def test_the_notice_goes_to_those_who_are_touched(stage: Stage) -> None:
    await on_leave(stage, "T03", "07:00", "18:00")
    stage.at("12:10")
    await moves(stage, "物业矛盾", "15:00")
    stage.clear()
    await _send(stage)
    for name in ("Tina", "Gao"):
        stage.sees_somewhere(name, "《物业矛盾》3月15日 周一 14:00–15:30 → 15:00–16:30")
    for name in ("Tom", "Ivan", "Ada", "Oscar"):
        stage.sees_nothing_of(name, "课程有变动")


async def _send(stage: Stage) -> None:
    """[发送], and the second question of an urgent one."""
    notice = await draft(stage)
    await stage.tap_data("Clara", f"nsend:{notice.id}:{stamp(notice)}:sure")
    await stage.tick()


async def test_reminded_of_already_and_moved_is_reminded_of_again(stage: Stage) -> None:
    """The lecturer is late: at 08:57 everybody was reminded, the list is open, two are in."""
    await stage.tick("08:40")
    stage.at("08:50")
    await stage.says("Tina", await code(stage))
    await stage.tick("08:55")
    assert [s for s in stage.phone("Tom") if "快开始了" in s.plain]
    stage.at("08:57")
    await opens(stage, "开班式")
    stage.sees("Clara", "正在签到", "已有1人的签到")
    await stage.taps("Clara", "改时间")
    await stage.says("Clara", "推后半小时")
    stage.sees("Clara", "09:00–09:45 → 09:30–10:15", "签到提醒 09:25（新的）", "已有1人，记录留着")
    await stage.taps("Clara", "就这样改")
    stage.clear()
    assert (await marks_of(stage))["S11"] == "present", "who was in stays in"
    await stage.says("Tom", "我要签到")
    stage.sees("Tom", "09:10")
    await stage.tick("09:10")
    stage.sees_somewhere("Clara", "口令")
    await stage.tick("09:25")
    assert len([s for s in stage.phone("Tom") if "快开始了" in s.plain]) == 1
    stage.sees_nothing_of("Tina", "快开始了")


async def test_a_reminder_that_has_not_left_does_not_leave(stage: Stage) -> None:
    stage.at("08:30")

    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        when = f"{moment('08:55').astimezone(tz=None):%Y%m%d%H%M}"
        parcel = outbox.Parcel(chat_id=102, body='{"text":"old"}', made_at=moment("08:30"),
                               not_before=moment("08:56"), once=f"{REMINDER}:{cohort.id}:S11:{when}:3")  # fmt: skip
        await outbox.add(tx, [parcel])

    await stage.store.work(work)
    await moves(stage, "开班式", "推后半小时")
    await stage.tick("08:57")
    stage.sees_nothing_of("Tom", "old")


# ---- several changes ---------------------------------------------------------------------------------------


async def test_moved_twice_in_an_hour_is_one_notice_from_where_it_began(stage: Stage) -> None:
    stage.at("12:10")
    await moves(stage, "物业矛盾", "15:00")
    first = await draft(stage)
    stage.at("12:40")
    await moves(stage, "物业矛盾", "14:30-16:00")
    stage.sees_somewhere("Clara", "已经合成下面这一条")
    second = await draft(stage)
    assert second.id == first.id
    assert "14:00–15:30 → <b>14:30–16:00</b>" in second.html and "15:00–16:30" not in second.html
    assert (await due_of(stage, "S14"))[REMINDER] == moment("14:25"), "only the last state is reminded of"
    assert [c.act for c in await history(stage, "S14")] == ["time", "time"]


async def test_back_where_it_was_is_told_to_nobody(stage: Stage) -> None:
    stage.at("12:10")
    await moves(stage, "物业矛盾", "15:00")
    await moves(stage, "物业矛盾", "14:00-15:30")
    stage.sees("Clara", "又回到原来的样子了")
    assert not await drafts(stage)
    assert (await due_of(stage, "S14"))[REMINDER] == moment("13:55")


async def test_after_the_first_was_sent_the_second_is_told_from_there(stage: Stage) -> None:
    stage.at("12:10")
    await moves(stage, "物业矛盾", "15:00")
    await _send(stage)
    assert not await drafts(stage)
    stage.at("12:40")
    await moves(stage, "物业矛盾", "14:00")
    assert "15:00–16:30 → <b>14:00–15:30</b>" in (await draft(stage)).html


async def test_one_that_waits_for_its_time_is_called_back(stage: Stage) -> None:
    """In the quiet hours a notice waits for the morning; a second change at night takes its place."""
    stage.at("22:40")
    await moves(stage, "现场教学", "15:00-16:30", day=2)
    await _send(stage)
    assert (await draft(stage)).state == "queued"
    stage.at("23:10")
    await moves(stage, "现场教学", "16:00-17:30", day=2)
    notice = await draft(stage)
    assert notice.state == "draft" and "09:30–11:00 → <b>16:00–17:30</b>" in notice.html
    stage.clear()
    await stage.tick("07:00", day=2)
    stage.sees_nothing_of("Tina", "15:00–16:30")


async def test_who_changes_last_sends_it(stage: Stage) -> None:
    stage.at("12:10")
    await moves(stage, "物业矛盾", "15:00")
    await moves(stage, "物业矛盾", "16:50", who="Ada")
    notice = await draft(stage)
    assert notice.sender == ACCOUNTS["Ada"] and "14:00–15:30 → <b>16:50–18:20</b>" in notice.html
    assert "S01" in await told(stage), "the other teacher is told"


async def test_two_change_the_same_session_at_once(stage: Stage) -> None:
    """Both look at 14:00; the second confirms what is not so any more, and nothing is lost."""
    stage.at("12:10")
    for name, text in (("Clara", "15:00"), ("Ada", "16:50")):
        await opens(stage, "物业矛盾", who=name)
        await stage.taps(name, "改时间")
        await stage.says(name, text)
    await stage.taps("Clara", "就这样改")
    await stage.taps("Ada", "就这样改")
    stage.sees("Ada", "刚刚被别人改过")
    assert (await session_of(stage, "S14")).starts_at == moment("15:00")
    await stage.taps("Ada", "看这节课")
    stage.sees("Ada", "15:00–16:30")


async def test_a_double_tap_does_nothing(stage: Stage) -> None:
    stage.at("12:10")
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "改时间")
    await stage.taps("Clara", "推后60分")
    key = next(k for k in stage.last("Clara").buttons if k.data.startswith("chgdo"))
    for _ in range(3):
        await stage.tap_data("Clara", key.data)
    assert any("没有再改一次" in t for t in stage.toasts[ACCOUNTS["Clara"]])
    assert (await session_of(stage, "S14")).starts_at == moment("15:00")
    assert len(await history(stage, "S14")) == 1 and len(await drafts(stage)) == 1


# ---- cancel and restore ------------------------------------------------------------------------------------


async def test_rain_the_visit_is_cancelled(stage: Stage) -> None:
    """No reminders, no list, no hours for or against anybody; marks stay as evidence; site and lecturer are told."""
    await other_people(stage)
    stage.at("20:00")
    await opens(stage, "现场教学", day=2)
    await stage.taps("Clara", "换讲师")
    await stage.taps("Clara", "路教授")
    await stage.taps("Clara", "就这样改")
    await stage.tick("09:12", day=2)
    roll = await roll_of(stage, "S22")
    tina = await stage.store.work(lambda tx: members.by_ref(tx, roll.cohort_id, "T02"))
    assert tina is not None
    await stage.tap_data("Gao", f"mark:{roll.id}:{tina.id}")
    stage.at("09:20", day=2)
    await opens(stage, "现场教学")
    await stage.taps("Clara", "取消这节")
    stage.sees("Clara", "3月16日 周二 09:30–11:00，金元社区 → 取消", "1人的记录留作凭据", "2学时不算在任何人头上",
               "学员12、讲课老师1、教学点负责人1、其他班主任1", "紧急通知")  # fmt: skip
    await stage.says("Clara", "下雨")
    stage.sees("Clara", "原因：下雨")
    await stage.taps("Clara", "就这样改")
    assert (await session_of(stage, "S22")).cancelled
    assert (await roll_of(stage, "S22")).state == "cancelled"
    assert (await marks_of(stage))["S22"] == "present", "evidence"
    assert not await due_of(stage, "S22")
    notice = await draft(stage)
    assert notice.life_until == moment("09:30", 2) and "<b>取消</b>" in notice.html and "下雨" not in notice.html
    assert await told(stage) == {*(f"T{n:02}" for n in range(1, 13)), "L02", "S03", "S05"}
    last = (await history(stage, "S22"))[-1]
    assert (last.act, last.why, last.who) == ("cancelled", "下雨", ACCOUNTS["Clara"])
    assert last.before is not None and last.after is not None and not last.before.cancelled and last.after.cancelled
    assert (await audited(stage))[-1] == ("session:S22", "下雨", ACCOUNTS["Clara"])
    stage.clear()
    await stage.tick("09:31", day=2)
    await stage.says("Tina", "课程表")
    stage.sees_nothing_of("Tina", "现场教学")
    await stage.tap_data("Gao", f"mark:{roll.id}:{tina.id}")
    assert (await marks_of(stage))["S22"] == "present", "nothing more is marked in it"
    assert "取消了，不用点名" in stage.toasts[ACCOUNTS["Gao"]][-1]


async def test_a_cancelled_list_counts_for_nobody(stage: Stage) -> None:
    async def hours(tx: Tx) -> int:
        cohort = await spring(tx)
        found = await ledgers.book(tx, cohort, stage.clock.now())
        return sum(c.session.credit_hours for c in next(iter(found.values())).called)

    before = await stage.store.work(hours)
    await stage.says("Clara", "改课")
    await stage.taps("Clara", "社区党建")
    await stage.taps("Clara", "取消这节")
    await stage.taps("Clara", "就这样改")
    assert before - await stage.store.work(hours) == 2
    await stage.says("Tina", "我的记录")
    stage.sees_nothing_of("Tina", "社区党建")


async def test_cancelled_by_mistake_comes_back(stage: Stage) -> None:
    stage.at("08:45")
    await opens(stage, "开班式")
    await stage.taps("Clara", "取消这节")
    await stage.taps("Clara", "就这样改")
    assert not await due_of(stage, "S11")
    await opens(stage, "🚫 09:00–09:45 开班式")
    stage.sees("Clara", "这节课取消了")
    await stage.taps("Clara", "恢复这节")
    stage.sees("Clara", "《开班式》恢复 3月15日 周一 09:00–09:45")
    await stage.taps("Clara", "就这样改")
    stage.sees("Clara", "又回到原来的样子了")
    assert not await drafts(stage)
    assert {REMINDER, ROLL_SHUTS, HEAD_COUNT} <= (await due_of(stage, "S11")).keys()
    await stage.says("Tina", await code(stage))
    assert (await marks_of(stage))["S11"] == "present", "the list is open again"


async def test_what_was_held_is_not_cancelled_and_not_moved(stage: Stage) -> None:
    stage.at("09:25")
    await opens(stage, "开班式")
    await stage.taps("Clara", "改时间")
    assert "已经开始" in stage.toasts[ACCOUNTS["Clara"]][-1]
    await stage.taps("Clara", "取消这节")
    assert "已经上过了" in stage.toasts[ACCOUNTS["Clara"]][-1]
    await closes(stage, "S11")
    await stage.taps("Clara", "改时间")
    assert "已经收口" in stage.toasts[ACCOUNTS["Clara"]][-1]
    await stage.taps("Clara", "改地点")
    await stage.says("Clara", "二楼会议室")
    await stage.taps("Clara", "就这样改")
    assert (await session_of(stage, "S11")).place == "二楼会议室", "what is written down may be put right"


async def test_it_begins_while_one_looks(stage: Stage) -> None:
    stage.at("08:59")
    await opens(stage, "开班式")
    await stage.taps("Clara", "改时间")
    await stage.taps("Clara", "推后30分")
    stage.at("09:01")
    await stage.taps("Clara", "就这样改")
    assert "已经开始" in stage.toasts[ACCOUNTS["Clara"]][-1]
    assert (await session_of(stage, "S11")).starts_at == moment("09:00")


# ---- place and lecturer ------------------------------------------------------------------------------------


async def test_another_place_by_a_button_and_in_words(stage: Stage) -> None:
    stage.at("12:30")
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "改地点")
    await stage.taps("Clara", "金元社区")
    stage.sees("Clara", "《物业矛盾》3月15日 周一 14:00–15:30：地点 301报告厅 → 金元社区")
    await stage.taps("Clara", "就这样改")
    session = await session_of(stage, "S14")
    assert (session.place, session.place_en, session.site_ref, session.room_ref) == ("金元社区", "Jinyuan", "SITE2", "")
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "改地点")
    await stage.says("Clara", "院子")
    await stage.taps("Clara", "就这样改")
    session = await session_of(stage, "S14")
    assert (session.place, session.place_in("en"), session.site_ref) == ("院子", "院子", "SITE2")
    notice = await draft(stage)
    assert notice.level == "urgent" and "地点 301报告厅 → <b>院子</b>" in notice.html
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "改地点")
    await stage.says("Clara", "hall 301")
    await stage.taps("Clara", "就这样改")
    assert (await session_of(stage, "S14")).room_ref == "R1", "a known place by its name"
    assert not await drafts(stage)


async def test_another_lecturer_both_are_told(stage: Stage) -> None:
    await other_people(stage)
    stage.at("08:40")
    await opens(stage, "社区党建")
    stage.sees("Clara", "易教授")
    await stage.taps("Clara", "换讲师")
    await stage.taps("Clara", "路教授")
    stage.sees("Clara", "讲师 易教授 → 路教授", "讲课老师2", "［已读］")
    await stage.taps("Clara", "就这样改")
    assert (await session_of(stage, "S12")).lead_ref == "L02"
    notice = await draft(stage)
    assert notice.level == "ack" and "讲师 易教授 → <b>路教授</b>" in notice.html
    assert {"L01", "L02", "S03"} <= await told(stage)
    await opens(stage, "社区党建")
    await stage.taps("Clara", "换讲师")
    await stage.taps("Clara", "不写讲师")
    await stage.taps("Clara", "就这样改")
    assert "易教授 → <b>没写讲师</b>" in (await draft(stage)).html


# ---- insert ------------------------------------------------------------------------------------------------


async def test_a_session_is_added(stage: Stage) -> None:
    stage.at("12:10")
    await stage.says("Clara", "改课")
    await stage.taps("Clara", "加一节")
    stage.sees("Clara", "3月15日 周一")
    await stage.says("Clara", "消")
    stage.sees("Clara", "课名请打2到60个字")
    await stage.says("Clara", "消防演练")
    await stage.says("Clara", "今天")
    stage.sees("Clara", "没看懂")
    await stage.says("Clara", "19:00-20:30")
    await stage.taps("Clara", "301报告厅")
    await stage.taps("Clara", "课堂")
    await stage.taps("Clara", "动态口令")
    stage.sees("Clara", "《消防演练》新增 3月15日 周一 19:00–20:30，301报告厅", "开始签到 18:40（新的）", "学员12")
    await stage.taps("Clara", "就这样改")
    session = await session_of(stage, "A0101")
    assert (session.kind, session.mode, session.required, session.credit_hours) == ("lecture", "code", True, 0)
    assert (session.place, session.room_ref, session.day) == ("301报告厅", "R1", 1)
    assert (await roll_of(stage, "A0101")).opens_at == moment("18:40")
    assert {ROLL_OPENS, ROLL_SHUTS, HEAD_COUNT} <= (await due_of(stage, "A0101")).keys()
    assert "<b>新增</b>" in (await draft(stage)).html
    assert [c.act for c in await history(stage, "A0101")] == ["added"]
    stage.at("18:45")
    await stage.says("Tina", await code(stage, "A0101"))
    assert (await marks_of(stage))["A0101"] == "present"


async def test_one_without_a_list_and_back_again(stage: Stage) -> None:
    await stage.says("Clara", "改课")
    await stage.taps("Clara", "第2天")
    await stage.taps("Clara", "加一节")
    await stage.says("Clara", "自由活动")
    await stage.says("Clara", "19:00")
    await stage.says("Clara", "操场")
    await stage.taps("Clara", "其他")
    await stage.taps("Clara", "不点名")
    await stage.taps("Clara", "就这样改")
    session = await session_of(stage, "A0201")
    assert (session.starts_at, session.ends_at) == (moment("19:00", 2), moment("19:45", 2))
    assert (session.kind, session.mode, session.required) == ("forum", "none", False)
    assert not await due_of(stage, "A0201")
    assert await stage.store.work(lambda tx: rolls.of_session(tx, session.id)) is None
    await opens(stage, "自由活动", day=2)
    stage.sees("Clara", "这节不点名")
    await stage.taps("Clara", "取消这节")
    await stage.taps("Clara", "就这样改")
    assert not await drafts(stage), "nobody ever knew of it"


# ---- days, zones -------------------------------------------------------------------------------------------


async def test_to_another_day(stage: Stage) -> None:
    stage.at("12:10")
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "改时间")
    await stage.taps("Clara", "改到第3天")
    stage.sees("Clara", "3月15日 周一 14:00–15:30 → 3月17日 周三 14:00–15:30", "签到提醒 13:55 → 13:55")
    await stage.taps("Clara", "就这样改")
    session = await session_of(stage, "S14")
    assert (session.day, session.starts_at) == (3, moment("14:00", 3))
    assert (await due_of(stage, "S14"))[REMINDER] == moment("13:55", 3)
    notice = await draft(stage)
    assert notice.level == "urgent" and notice.life_until == moment("14:00", 3)
    await moves(stage, "物业矛盾", "3月16日 14:00到15:00", day=3)
    session = await session_of(stage, "S14")
    assert (session.day, session.ends_at) == (2, moment("15:00", 2))


async def test_a_time_outside_the_class_or_over_is_refused_and_asked_again(stage: Stage) -> None:
    stage.at("12:10")
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "改时间")
    for text, answer in (
        ("3月20日 14:00", "这个班是 3月15日 周一 到 3月17日 周三"),
        ("11:00-12:00", "这个时间已经过了"),
        ("15:00-14:00", "结束比开始早"),
        ("随便什么时候", "没看懂"),
        ("14:00-15:30", "和现在一样"),
        ("x" * 3000, "没看懂"),
    ):
        await stage.says("Clara", text)
        stage.sees("Clara", answer)
    await stage.sends("Clara", sticker={"file_id": "S", "file_unique_id": "U"})
    stage.sees("Clara", "没看懂")
    await stage.says("Clara", "返回")
    assert not await drafts(stage)
    assert (await session_of(stage, "S14")).starts_at == moment("14:00")


async def test_in_berlin_the_wall_clock_counts(stage: Stage) -> None:
    """On 28 March 2027 the clocks go forward: 10:00 there is 08:00 UTC, the day before 09:00."""

    async def work(tx: Tx) -> int:
        cohort = await spring(tx)
        values: dict[str, Any] = {"id": cohort.id}
        await tx.do("update cohort set timezone = 'Europe/Berlin', first_day = '2027-03-27', last_day = '2027-03-28' "
                    "where id = :id", values)  # fmt: skip
        for session in await sessions.of_cohort(tx, cohort.id):
            if session.ref != "S12":
                await sessions.set_cancelled(tx, session.id)
        values |= {"s": _utc(27, 9), "e": _utc(27, 10, 30)}
        await tx.do("update session set day = 1, starts_at = :s, ends_at = :e where ref = 'S12' and cohort_id = :id",
                    values)  # fmt: skip
        return cohort.id

    await stage.store.work(work)
    stage.clock.value = _utc(26, 12)
    await opens(stage, "10:00–11:30 社区党建")
    await stage.taps("Clara", "改时间")
    stage.sees("Clara", "3月27日 周六 10:00–11:30")
    await stage.taps("Clara", "改到第2天")
    stage.sees("Clara", "3月27日 周六 10:00–11:30 → 3月28日 周日 10:00–11:30")
    await stage.taps("Clara", "就这样改")
    session = await session_of(stage, "S12")
    assert (session.starts_at, session.ends_at, session.day) == (_utc(28, 8), _utc(28, 9, 30), 2)
    assert (await due_of_all(stage))[REMINDER] == _utc(28, 7, 55)
    assert "3月28日 周日 10:00–11:30" in (await draft(stage)).html


def _utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=UTC)


async def due_of_all(stage: Stage) -> dict[str, datetime]:
    async def look(tx: Tx) -> list[Due]:
        found = await dues.between(tx, (await spring(tx)).id, _utc(20, 0), _utc(30, 0))
        return [d for d in found if d.what == "S12" and d.state == "new"]

    return {d.kind: d.at for d in await stage.store.work(look)}


# ---- leave, cards, states ----------------------------------------------------------------------------------


async def test_marks_of_leave_follow_the_session(stage: Stage) -> None:
    await on_leave(stage, "T02", "13:30", "16:00")

    async def settle(tx: Tx) -> None:
        cohort = await spring(tx)
        member = await members.by_ref(tx, cohort.id, "T02")
        assert member is not None
        await settle_marks(tx, cohort, member.id, moment("08:00"))

    await stage.store.work(settle)
    assert (await marks_of(stage))["S14"] == "leave_personal"
    stage.at("12:10")
    await moves(stage, "物业矛盾", "17:00")
    assert (await marks_of(stage))["S14"] == "unmarked"
    await moves(stage, "小组研讨", "14:00")
    assert (await marks_of(stage))["S15"] == "leave_personal"


async def test_day_cards_and_live_cards_follow_at_once(stage: Stage) -> None:
    await stage.tick("07:00")
    await stage.tick("13:40")
    stage.sees_somewhere("Clara", "物业矛盾　14:00")
    stage.at("13:45")
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "取消这节")
    await stage.taps("Clara", "就这样改")
    stage.sees_somewhere("Clara", "🚫 这节课取消了")
    cards = [s for s in stage.phone("Tina") if "第1天" in s.plain]
    assert len(cards) == 1 and "下一项：16:00" in cards[0].plain


async def test_before_registration_nobody_is_told(stage: Stage) -> None:
    async def work(tx: Tx) -> None:
        await cohorts.set_state(tx, (await spring(tx)).id, "draft")

    await stage.store.work(work)
    stage.at("12:10")
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "改时间")
    await stage.taps("Clara", "推后60分")
    stage.sees("Clara", "不用通知谁")
    await stage.taps("Clara", "就这样改")
    assert not await drafts(stage)


async def test_a_class_that_is_over_keeps_its_timetable(stage: Stage) -> None:
    async def work(tx: Tx) -> None:
        await cohorts.set_state(tx, (await spring(tx)).id, "closed")

    await stage.store.work(work)
    await stage.says("Clara", "改课")
    stage.sees("Clara", "课程表不能再改")


async def test_not_now_and_words_after_it(stage: Stage) -> None:
    stage.at("12:10")
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "取消这节")
    await stage.says("Clara", "停" * 300)
    stage.sees("Clara", "原因请打2到200个字")
    await stage.taps("Clara", "先不改")
    stage.sees_somewhere("Clara", "什么都没变")
    await stage.says("Clara", "算了")
    stage.sees_nothing_of("Clara", "原因：算了")
    assert not (await session_of(stage, "S14")).cancelled and not await history(stage, "S14")


async def test_going_back_ends_the_question_and_the_notice_takes_no_stray_words(stage: Stage) -> None:
    stage.at("12:10")
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "改时间")
    await stage.taps("Clara", "回到这节")
    await stage.says("Clara", "15:00")
    stage.sees_nothing_of("Clara", "改之前先看一眼")
    await moves(stage, "物业矛盾", "15:00")
    html = (await draft(stage)).html
    await stage.says("Clara", "46")
    assert (await draft(stage)).html == html


async def test_markup_in_names_is_shown_as_typed(stage: Stage) -> None:
    stage.at("12:10")
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "改地点")
    await stage.says("Clara", "<b>楼&下")
    await stage.taps("Clara", "就这样改")
    assert "<b>&lt;b&gt;楼&amp;下</b>" in (await draft(stage)).html


async def test_everything_in_english(stage: Stage) -> None:
    async def work(tx: Tx) -> None:
        await accounts.set_lang(tx, ACCOUNTS["Clara"], "en")

    await stage.store.work(work)
    stage.at("12:10")
    await stage.says("Clara", "/change")
    stage.sees("Clara", "Change a session · day 1 · Mon 15 Mar")
    await stage.taps("Clara", "14:00–15:30 Property")
    stage.sees("Clara", "Hall 301", "Check-in has not opened yet")
    await stage.taps("Clara", "Time")
    await stage.says("Clara", "whenever")
    stage.sees("Clara", "I could not read that time")
    await stage.says("Clara", "1 hour later")
    stage.sees("Clara", "Property: Mon 15 Mar 14:00–15:30 → 15:00–16:30", "Check-in reminder 13:55 → 14:55",
               "12 trainees", "an urgent notice will be drafted")  # fmt: skip
    await stage.taps("Clara", "Change it")
    stage.sees_somewhere("Clara", "have followed")


# ---- who may -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Tina", "Gao", "Ivan", "Oscar", "Nora"])
async def test_nobody_else_changes_the_timetable(stage: Stage, name: str) -> None:
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "取消这节")
    session = await session_of(stage, "S14")
    change = next(int(k.data.split(":")[1]) for k in stage.last("Clara").buttons if k.data.startswith("chgdo"))
    stage.clear()
    await stage.says(name, "改课")
    await stage.says(name, "/change")
    start = round(moment("15:00").timestamp()) // 60
    for data in (
        "chg:1", f"chgs:{session.id}", f"chgtime:{session.id}", f"chgto:{session.id}:{start}:{start + 60}",
        f"chgplace:{session.id}", f"chgroom:{session.id}:s:SITE2", f"chglead:{session.id}:0",
        f"chglec:{session.id}:0", f"chgoff:{session.id}", f"chgon:{session.id}", f"chgdo:{change}", f"chgno:{change}",
        "chgadd:1", f"chgaddat:{change}:r:R1", f"chgkind:{change}:lecture", f"chgcall:{change}:none",
        "chgsee:1",
    ):  # fmt: skip
        await stage.tap_data(name, data)
    stage.sees_nothing_of(name, "物业矛盾", "改到", "就这样改")
    assert await session_of(stage, "S14") == session and not await drafts(stage)


async def test_the_school_leader_looks_and_does_not_change(stage: Stage) -> None:
    async def work(tx: Tx) -> None:
        await tx.do("update member set roles = 'school_leader' where account_id = 104")

    await stage.store.work(work)
    await stage.says("Ivan", "改课")
    stage.sees("Ivan", "班主任或教务")
    await stage.tap_data("Ivan", f"chgoff:{(await session_of(stage, 'S14')).id}")
    assert "班主任或教务" in stage.toasts[ACCOUNTS["Ivan"]][-1]


async def test_the_teacher_of_another_class_reaches_nothing_by_guessed_ids(stage: Stage) -> None:
    """Oscar becomes the class teacher of the other class: his own timetable, and not one row of ours."""

    async def work(tx: Tx) -> None:
        await tx.do("update member set roles = 'class_teacher' where account_id = 201")

    await stage.store.work(work)
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "取消这节")
    session = await session_of(stage, "S14")
    change = next(int(k.data.split(":")[1]) for k in stage.last("Clara").buttons if k.data.startswith("chgdo"))
    stage.clear()
    await stage.says("Oscar", "改课")
    stage.sees("Oscar", "3月15日")
    start = round(moment("15:00").timestamp()) // 60
    for data in (
        f"chgs:{session.id}", f"chgtime:{session.id}", f"chgto:{session.id}:{start}:{start + 60}",
        f"chgroom:{session.id}:r:R1", f"chgoff:{session.id}", f"chgdo:{change}", f"chgno:{change}",
        f"chgcall:{change}:none",
    ):  # fmt: skip
        await stage.tap_data("Oscar", data)
    stage.sees_nothing_of("Oscar", "物业矛盾", "春晓")
    assert await session_of(stage, "S14") == session
    await stage.tap_data("Clara", f"chgdo:{change}")
    assert (await session_of(stage, "S14")).cancelled, "hers is still there"


async def test_forged_buttons_change_nothing(stage: Stage) -> None:
    session = await session_of(stage, "S14")
    before = await session_of(stage, "S14")
    for data in (
        "chg", "chg:", "chg:99999", "chg:-1", "chgs", "chgs:x", "chgto", f"chgto:{session.id}", f"chgto:{session.id}:1",
        f"chgto:{session.id}:99999999999999:99999999999999", f"chgroom:{session.id}", f"chgroom:{session.id}:x:y",
        f"chglec:{session.id}:999999", "chgdo", "chgdo:0", "chgdo:999999999999999", "chgkind:1", "chgcall:1:duty",
        "chgadd", "chgadd:99999999", "chgsee:999",
    ):  # fmt: skip
        await stage.tap_data("Clara", data)
    assert await session_of(stage, "S14") == before

    await stage.tap_data("Clara", "chgadd:99999999")
    await stage.says("Clara", "消防演练")
    await stage.says("Clara", "19:00")

    async def failed(tx: Tx) -> int:
        return await tx.one(int, "select count(*) from inbox where trouble is not null")

    assert not await stage.store.work(failed)


async def test_somebody_who_left_and_somebody_who_came_later(stage: Stage) -> None:
    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        for ref, act in (("T05", members.set_left), ("T06", members.set_joined)):
            member = await members.by_ref(tx, cohort.id, ref)
            assert member is not None
            await act(tx, member.id, moment("12:00") if ref == "T05" else moment("09:00", 2))

    await stage.store.work(work)
    stage.at("12:10")
    await moves(stage, "物业矛盾", "15:00")
    assert not {"T05", "T06"} & await told(stage)
    await moves(stage, "物业矛盾", "3月16日 14:00")
    assert "T06" in await told(stage), "in time for the new one"


async def test_who_is_not_bound_stands_in_the_draft_all_the_same(stage: Stage) -> None:
    """The site contact is not bound: the preview says so, and somebody telephones."""
    await other_people(stage)
    stage.at("20:00")
    await opens(stage, "现场教学", day=2)
    await stage.taps("Clara", "改时间")
    await stage.taps("Clara", "推后30分")
    await stage.taps("Clara", "就这样改")
    assert "S05" in await told(stage)
    stage.sees("Clara", "没绑定")
