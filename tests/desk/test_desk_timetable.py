"""The timetable at the desk: looked at by staff, changed with its consequences first, by two at once, told as in the
chat."""

from __future__ import annotations

import re

from storage import rolls, session_events, sessions
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.desk.desk import Seen, desk
from tests.handlers.test_checkins import code
from tests.handlers.test_timetable_changes import audited, draft, drafts, history, moment, session_of, spring
from tests.stage import Stage


async def drafted(stage: Stage) -> int:
    """How many changes are being prepared."""
    return await stage.store.work(lambda tx: tx.one(int, "select count(*) from session_event where act = 'draft'"))


def slot(page: Seen, id: int) -> str:
    """The line of one session in the grid."""
    found = re.search(rf'<li class="(slot [^"]*)"><a href="/desk/timetable/{id}">(.*?)</a></li>', page.html, re.S)
    assert found, f"session {id} is not in the grid"
    return f"{found[1]} {found[2]}"


async def test_a_session_is_moved_with_its_consequences_first(plain: Stage) -> None:
    stage = plain
    stage.at("12:10")
    one = await session_of(stage, "S14")
    here = f"/desk/timetable/{one.id}"
    async with desk(stage) as d:
        page = await d.get("Clara", "/desk/timetable")
        for words in ("第1天", "3月15日 周一", "物业矛盾", "301报告厅", "学时分布", "红色教育 2学时"):
            assert words in page.words or words in page.html, words
        for ref, kind in (
            ("S12", "k-red"),
            ("S14", "k-class"),
            ("S22", "k-field"),
            ("S15", "k-talk"),
            ("S21", "k-quiet"),
        ):
            assert kind in slot(page, (await session_of(stage, ref)).id), ref
        assert "正在上" in slot(page, (await session_of(stage, "S13")).id), "lunch goes on"
        assert "易教授" in slot(page, (await session_of(stage, "S12")).id)
        page = await d.get("Clara", here)
        for words in ("还没开始签到", "没写讲师", "2学时", "改时间", "取消这节"):
            assert words in page.words
        for text in ("昨天", "25点", "16:00-15:00", ""):
            refused = await d.post("Clara", f"{here}/time", {"time": text})
            assert refused.status == 422 and 'role="alert"' in refused.html
            assert (
                f'name="time" maxlength="60" autocomplete="off" placeholder="10:30-12:00，或 推后半小时" value="{text}"'
                in refused.html
            ), "what was typed stands there still"
        assert await drafted(stage) == 0
        same = await d.post("Clara", f"{here}/time", {"time": "14:00-15:30"})
        assert same.status == 422 and "和现在一样" in same.words
        shown = await d.post("Clara", f"{here}/time", {"time": "推后1小时", "on": ""})
        page = await d.follow("Clara", shown)
        for words in (
            "现在什么都没变", "《物业矛盾》3月15日 周一 14:00–15:30 → 15:00–16:30", "16:00–16:45 小组研讨",
            "签到提醒 13:55 → 14:55", "学员12", "紧急通知", "就这样改",
        ):  # fmt: skip
            assert words in page.words, words
        assert (await session_of(stage, "S14")).starts_at == moment("14:00"), "nothing has changed yet"
        short = await d.post("Clara", f"{shown.to}/do", {"why": "x"})
        assert short.status == 422 and 'value="x"' in short.html and "2到200个字" in short.words
        done = await d.post("Clara", f"{shown.to}/do", {"why": "老师<b>路上</b>堵车"})
        assert done.to == "/desk/timetable#d1"
        page = await d.follow("Clara", done)
        assert "通知拟好了，还没有发" in page.words and "15:00–16:30" in slot(page, one.id)
        notice = await draft(stage)
        assert f'href="/desk/notices/{notice.id}"' in page.html
        told = await d.get("Clara", f"/desk/notices/{notice.id}")
        assert told.status == 200 and "14:00–15:30 → 15:00–16:30" in told.words
        assert "拟好了" not in (await d.get("Ada", "/desk/timetable")).words, "it waits for who changed last"
        assert notice.level == "urgent" and "14:00–15:30 → <b>15:00–16:30</b>" in notice.html
        assert (await session_of(stage, "S14")).starts_at == moment("15:00")
        again = await d.post("Clara", f"{shown.to}/do", {"why": "再来一次"})
        assert "没有再改一次" in (await d.follow("Clara", again)).words
        assert [(c.act, c.why) for c in await history(stage, "S14")] == [("time", "老师<b>路上</b>堵车")], "once"
        assert ("session:S14", "老师<b>路上</b>堵车", ACCOUNTS["Clara"]) in await audited(stage)
        assert "改好了" in (await d.get("Clara", shown.to)).words, "what was done is not shown as if it were to do"
        page = await d.get("Clara", here)
        assert (
            "改动记录（1）" in page.words and "老师&lt;b&gt;路上&lt;/b&gt;堵车" in page.html and "柯老师" in page.words
        )
        by = await d.post("Clara", f"{here}/time", {"by": "-30", "time": "", "on": ""})
        assert "→ 14:30–16:00" in (await d.follow("Clara", by)).words
        dropped = await d.post("Clara", f"{by.to}/drop")
        assert "什么都没变" in (await d.follow("Clara", dropped)).words and dropped.to == here
        assert (await d.get("Clara", by.to)).status == 403, "what was dropped is not there any more"
        day = await d.post("Clara", f"{here}/time", {"time": "", "on": "2027-03-16"})
        assert "3月16日 周二 15:00–16:30" in (await d.follow("Clara", day)).words
        day = await d.post("Clara", f"{here}/time", {"time": "10:00-11:00", "on": "2027-03-17"})
        assert "3月17日 周三 10:00–11:00" in (await d.follow("Clara", day)).words
        far = await d.post("Clara", f"{here}/time", {"time": "10:00-11:00", "on": "2027-05-17"})
        assert far.status == 422 and "这几天里" in far.words
    await stage.tick("13:56")
    stage.sees_nothing_of("Tina", "快开始了")
    await stage.tick("14:56")
    stage.sees("Tina", "快开始了", "15:00")


async def test_place_lecturer_cancelled_and_back(plain: Stage) -> None:
    stage = plain
    stage.at("08:50")
    await stage.says("Tina", await code(stage))
    one, visit = await session_of(stage, "S11"), await session_of(stage, "S22")
    here, there = f"/desk/timetable/{one.id}", f"/desk/timetable/{visit.id}"
    async with desk(stage) as d:
        seen = await d.get("Clara", here)
        assert "正在签到" in seen.words and "已有1人的签到" in seen.words
        for fields in ({"place": "r:R9"}, {"place": ""}, {"place": "r:R1", "typed": "x"}):
            assert (await d.post("Clara", f"{here}/place", fields)).status == 422
        shown = await d.post("Clara", f"{there}/place", {"place": "r:R1", "typed": ""})
        assert "地点 金元社区 → 301报告厅" in (await d.follow("Clara", shown)).words
        await d.post("Clara", f"{shown.to}/do")
        assert (await session_of(stage, "S22")).room_ref == "R1"
        shown = await d.post("Clara", f"{there}/place", {"place": "r:R1", "typed": "<i>二楼</i>会议室"})
        page = await d.follow("Clara", shown)
        assert "<i>二楼" not in page.html and "二楼" in page.words
        await d.post("Clara", f"{shown.to}/do")
        assert (await session_of(stage, "S22")).place == "<i>二楼</i>会议室"

        async def lead(tx: Tx) -> int:
            return await tx.one(int, "select id from member where ref = 'L01'")

        who = await stage.store.work(lead)
        assert (await d.post("Clara", f"{there}/lecturer", {"who": ACCOUNTS["Tina"]})).status in (404, 422)
        shown = await d.post("Clara", f"{there}/lecturer", {"who": who})
        assert "讲师 没写讲师 → 易教授" in (await d.follow("Clara", shown)).words
        await d.post("Clara", f"{shown.to}/do")
        assert (await session_of(stage, "S22")).lead_ref == "L01"
        shown = await d.post("Clara", f"{here}/cancel")
        page = await d.follow("Clara", shown)
        assert "点名表一起取消，1人的记录留作凭据" in page.words and "→ 取消" in page.words
        page = await d.follow("Clara", await d.post("Clara", f"{shown.to}/do"))
        line = slot(page, one.id)
        assert "slot k-talk off" in line and "<s>开班式</s>" in line and "已取消" in line
        page = await d.get("Clara", here)
        assert "恢复这节" in page.words and f'action="{here}/time"' not in page.html
        refused = await d.post("Clara", f"{here}/time", {"time": "推后半小时"})
        assert refused.status == 422 and "已经取消了" in refused.words
        shown = await d.post("Clara", f"{here}/restore")
        page = await d.follow("Clara", await d.post("Clara", f"{shown.to}/do"))
        assert "slot k-talk off" not in slot(page, one.id)
        stage.at("09:50")
        page = await d.get("Clara", here)
        assert "已经开始，时间不能再改" in page.words and "已经上过了，不能取消" in page.words


async def test_two_change_one_session_and_nobody_overwrites_unseen(plain: Stage) -> None:
    stage = plain
    stage.at("12:10")
    here = f"/desk/timetable/{(await session_of(stage, 'S14')).id}"
    async with desk(stage) as d:
        first = await d.post("Clara", f"{here}/time", {"time": "15:00"})
        second = await d.post("Ada", f"{here}/time", {"time": "16:50"})
        await d.post("Clara", f"{first.to}/do")
        refused = await d.post("Ada", f"{second.to}/do", {"why": "安老师的原因"})
        assert refused.status == 422 and "刚刚被别人改过" in refused.words
        assert "就这样改" not in refused.words and f'href="{here}"' in refused.html
        assert "刚刚被别人改过" in (await d.get("Ada", second.to)).words
        assert (await session_of(stage, "S14")).starts_at == moment("15:00")
        for way in ("", "/do", "/drop"):
            look = d.get if not way else d.post
            mine, nothing = await look("Ada", f"{first.to}{way}"), await look("Ada", f"/desk/changes/999999{way}")
            assert mine.status == nothing.status and mine.words == nothing.words, "another's draft is nobody's"
        assert len(await drafts(stage)) == 1


async def test_a_session_is_added_on_one_page(plain: Stage) -> None:
    stage = plain
    stage.at("12:10")
    filled = {
        "title": "消防<b>演练</b>", "day": 2, "time": "19:00-20:30", "place": "r:R1", "typed": "", "kind": "lecture",
        "call": "code",
    }  # fmt: skip
    async with desk(stage) as d:
        assert 'value="2" selected' in (await d.get("Clara", "/desk/timetable/new?day=2")).html
        for wrong in ({"time": "25点"}, {"title": "x"}, {"place": "", "typed": ""}, {"time": "11:00", "day": 1}):
            refused = await d.post("Clara", "/desk/timetable/new", {**filled, **wrong})
            assert refused.status == 422 and 'role="alert"' in refused.html
            assert ("title" in wrong) or "消防&lt;b&gt;演练&lt;/b&gt;" in refused.html, (
                "what was typed stands there still"
            )
        for strange in ({"kind": "evil"}, {"call": "evil"}):
            assert (await d.post("Clara", "/desk/timetable/new", {**filled, **strange})).status == 404
        assert await drafted(stage) == 0, "what is refused leaves nothing behind"
        shown = await d.post("Clara", "/desk/timetable/new", filled)
        page = await d.follow("Clara", shown)
        assert "新增 3月16日 周二 19:00–20:30，301报告厅" in page.words and "开始签到 18:40（新的）" in page.words
        done = await d.post("Clara", f"{shown.to}/do")
        assert done.to == "/desk/timetable#d2" and "19:00–20:30" in (await d.follow("Clara", done)).words
        assert "没有再改一次" in (await d.follow("Clara", await d.post("Clara", f"{shown.to}/do"))).words

        async def added(tx: Tx) -> int:
            table = await sessions.of_cohort(tx, (await spring(tx)).id)
            (session,) = [s for s in table if s.title == "消防<b>演练</b>"]
            assert await rolls.of_session(tx, session.id) is not None, "it is called"
            assert [c.act for c in await session_events.of_session(tx, session.cohort_id, session.id)] == ["added"]
            return session.id

        page = await d.get("Clara", f"/desk/timetable/{await stage.store.work(added)}")
        assert page.status == 200 and "新增" in page.words


async def test_who_may_look_and_who_may_change(plain: Stage) -> None:
    stage = plain
    stage.at("08:10")
    here = f"/desk/timetable/{(await session_of(stage, 'S14')).id}"
    deeds = (f"{here}/time", f"{here}/place", f"{here}/lecturer", f"{here}/cancel", f"{here}/restore")

    async def leader(tx: Tx) -> None:
        await tx.do("update member set roles = 'school_leader' where account_id = :id", {"id": ACCOUNTS["Ivan"]})

    async def over(tx: Tx) -> None:
        await tx.do("update cohort set state = 'closed' where id = :id", {"id": (await spring(tx)).id})

    async with desk(stage) as d:
        shown = await d.post("Clara", f"{here}/time", {"time": "15:00"})
        for name in ("Gao", "Ivan", "Tina"):
            await d.forced_in(name)
            for path in ("/desk/timetable", here, "/desk/timetable/new", shown.to):
                assert (await d.get(name, path)).status == 403
            for path in (*deeds, "/desk/timetable/new", f"{shown.to}/do", f"{shown.to}/drop"):
                assert (await d.post(name, path, {"time": "15:00"})).status == 403
        await d.oscar_teaches()
        page = await d.get("Oscar", "/desk/timetable")
        assert "秋实开班式" in page.words and "物业矛盾" not in page.words
        for path in (here, "/desk/timetable/999999", "/desk/timetable/0", "/desk/timetable/x"):
            assert (await d.get("Oscar", path)).status == 404
        for path in deeds:
            assert (await d.post("Oscar", path, {"time": "15:00"})).status == 404
        assert (await d.get("Oscar", shown.to)).status == 403
        await d.post("Oscar", f"{shown.to}/do")
        assert (await session_of(stage, "S14")).starts_at == moment("14:00")
        await stage.store.work(leader)
        page = await d.get("Ivan", "/desk/timetable")
        assert "物业矛盾" in page.words and "加一节" not in page.words
        page = await d.get("Ivan", here)
        assert page.status == 200 and f"{here}/" not in page.html and "取消这节" not in page.words
        for path in (*deeds, "/desk/timetable/new", f"{shown.to}/do"):
            assert (await d.post("Ivan", path, {"time": "15:00"})).status == 403, "the school leader only looks"
        assert (await session_of(stage, "S14")).starts_at == moment("14:00")
        assert "改时间" in (await d.get("Ada", here)).words, "the office changes too"
        await stage.says("Ada", "/language")
        await stage.taps("Ada", "English")
        page = await d.get("Ada", "/desk/timetable")
        assert "Red lessons" in page.words and "Property" in page.words and "Hall 301" in page.words
        page = await d.follow("Ada", await d.post("Ada", f"{here}/time", {"time": "30 min later"}))
        assert "Property" in page.words and "14:30–16:00" in page.words
        assert not re.search("[\u4e00-\u9fff]", page.html.partition("<main")[2].partition("</main>")[0])
        await stage.store.work(over)
        page = await d.get("Clara", here)
        assert page.status == 200 and "改时间" not in page.words, "a class that is over keeps its timetable"
        refused = await d.post("Clara", f"{here}/cancel")
        assert refused.status == 422 and "已经结束" in refused.words
