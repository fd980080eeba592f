"""A workbook that changes the timetable: the difference is shown first, then one notice (TIME-01, CLASS-01, BC-16)."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from msgspec import structs

from actions import classes
from actions.classbook import write_book
from handlers.classes import preview
from rules.classfile import ClassFile, SessionRow
from rules.plans import REMINDER
from storage import cohorts, session_events
from storage.session_events import Change
from storage.tx import Tx
from tests.cast import ACCOUNTS, SESSIONS, autumn, spring
from tests.handlers.test_checkins import code
from tests.handlers.test_classes import sends_book
from tests.handlers.test_timetable_changes import (
    draft,
    drafts,
    due_of,
    marks_of,
    moment,
    moves,
    roll_of,
    session_of,
    told,
)
from tests.stage import Stage
from texts.render import voice


def other(ref: str, **more: object) -> SessionRow:
    """One row of the timetable, with something different."""
    row = next(s for s in SESSIONS if s.session_id == ref)
    return structs.replace(row, **more)


def book(*changed: SessionRow, without: tuple[str, ...] = (), plus: tuple[SessionRow, ...] = ()) -> ClassFile:
    """The class with another timetable."""
    new = {row.session_id: row for row in changed}
    rows = tuple(new.get(s.session_id, s) for s in SESSIONS if s.session_id not in without)
    return structs.replace(spring(), sessions=(*rows, *plus))


LATER = other("S14", start=time(15, 10), end=time(15, 55))
DRILL = other("S31", session_id="S23", day=2, date=SESSIONS[5].date, start=time(14), end=time(15), title_zh="消防演练",
              title_en="", kind="skill", credit_hours=1)  # fmt: skip


async def looks(stage: Stage, file: ClassFile) -> None:
    await sends_book(stage, write_book(file))


async def imports(stage: Stage, file: ClassFile) -> None:
    await looks(stage, file)
    await stage.taps("Ada", "确认导入")


async def history(stage: Stage) -> list[Change]:
    async def look(tx: Tx) -> list[Change]:
        return await tx.all(Change, "select * from session_event where act <> 'draft' order by id")

    return await stage.store.work(look)


async def test_the_difference_is_shown_a_line_each_before_anything_is_written(stage: Stage) -> None:
    stage.at("12:10")
    await looks(stage, book(LATER, other("S22", title_zh="现场观摩"), without=("S15",), plus=(DRILL,)))
    stage.sees(
        "Ada", "课次会这样变",
        "《物业矛盾》3月15日 周一 14:00–15:30 → 15:10–15:55",
        "《小组研讨》3月15日 周一 16:00–16:45，301报告厅 → 取消",
        "《现场观摩》3月16日 周二 09:30–11:00：课题 现场教学 → 现场观摩",
        "《消防演练》新增 3月16日 周二 14:00–15:00，301报告厅",
    )  # fmt: skip
    assert (await session_of(stage, "S14")).starts_at == moment("14:00")
    assert not await history(stage) and not await drafts(stage)


async def test_confirmed_it_is_one_notice_with_a_line_a_session(stage: Stage) -> None:
    stage.at("12:30")
    await imports(stage, book(LATER, without=("S15",), plus=(DRILL,)))
    stage.sees_somewhere("Ada", "已导入")
    notice = await draft(stage)
    assert (notice.what, notice.level, notice.sender) == ("import", "urgent", ACCOUNTS["Ada"])
    assert notice.life_until == moment("14:00", 2), "as long as one of them is to come"
    for line in ("课程表有变动（3节）", "14:00–15:30 → <b>15:10–15:55</b>", "<b>取消</b>", "《消防演练》<b>新增</b>"):
        assert line in notice.html
    assert "Property: Mon 15 Mar 14:00–15:30 → <b>15:10–15:55</b>" in notice.html_en
    assert await told(stage) == {*(f"T{n:02}" for n in range(1, 13)), "S01"}, "the class teacher too, not the office"
    assert [(c.act, c.who) for c in await history(stage)] == [("import", ACCOUNTS["Ada"])] * 3
    assert (await due_of(stage, "S14"))[REMINDER] == moment("15:05")
    assert not await due_of(stage, "S15")
    stage.sees("Ada", "发给4人")
    await looks(stage, spring())
    stage.sees("Ada", "《物业矛盾》3月15日 周一 15:10–15:55 → 14:00–15:30")


async def test_the_same_file_again_proposes_nothing(stage: Stage) -> None:
    await imports(stage, spring())
    assert not await drafts(stage) and not await history(stage)


async def test_of_many_changes_eight_are_shown(stage: Stage) -> None:
    days = [SESSIONS[0].date + timedelta(days=n) for n in range(3)]
    plus = tuple(
        other("S31", session_id=f"X{n}", day=1 + n % 3, date=days[n % 3], start=time(16 + n // 3, 50),
              end=time(17 + n // 3, 20), title_zh=f"加课{n}", credit_hours=0, checkin_mode="none", required=False)
        for n in range(11)
    )  # fmt: skip
    await looks(stage, book(plus=plus))
    shown = stage.sees("Ada", "……还有3节").plain
    assert shown.count("新增 3月") == 8
    await stage.taps("Ada", "确认导入")
    assert (await draft(stage)).html.count("<b>新增</b>") == 11


async def test_what_only_the_office_sees_is_in_the_preview_and_in_no_notice(stage: Stage) -> None:
    await looks(stage, book(other("S14", credit_hours=1), other("S15", credit_hours=2)))
    stage.sees("Ada", "《物业矛盾》3月15日 周一 14:00–15:30：学时、签到方式等有改动", "《小组研讨》")
    await stage.taps("Ada", "确认导入")
    assert not await drafts(stage)
    assert [c.act for c in await history(stage)] == ["import"] * 2


@pytest.mark.parametrize("state", ["draft", "closing"])
async def test_before_registration_and_after_the_class_nobody_is_told(stage: Stage, state: str) -> None:
    async def work(tx: Tx) -> None:
        cohort = await cohorts.by_key(tx, "spring")
        assert cohort is not None
        await cohorts.set_state(tx, cohort.id, state)

    await stage.store.work(work)
    await looks(stage, book(LATER))
    assert "课次会这样变" not in stage.last("Ada").plain
    await stage.taps("Ada", "确认导入")
    assert (await session_of(stage, "S14")).starts_at == moment("15:10")
    assert not await drafts(stage)


async def test_a_new_class_has_no_history(stage: Stage) -> None:
    report = await stage.store.work(
        lambda tx: classes.bring_in(tx, structs.replace(autumn(), key="winter", title="冬藏班"), stage.clock.now())
    )
    assert not report.changes and not await history(stage)


async def test_what_was_changed_by_hand_and_not_told_yet_is_told_together(stage: Stage) -> None:
    """[改课] moved one session; the file moves it on, and another; it is one notice, from where each began."""
    stage.at("12:10")
    await moves(stage, "物业矛盾", "14:10-15:40")
    await imports(stage, book(LATER, other("S15", start=time(17), end=time(17, 45))))
    notice = await draft(stage)
    assert notice.what == "import" and notice.sender == ACCOUNTS["Ada"]
    assert "14:00–15:30 → <b>15:10–15:55</b>" in notice.html and "16:00–16:45 → <b>17:00–17:45</b>" in notice.html
    await moves(stage, "小组研讨", "16:30-17:15")
    one, many = sorted(await drafts(stage), key=lambda n: n.what)
    assert (one.what, many.what) == ("S15", "import")
    assert "16:00–16:45 → <b>16:30–17:15</b>" in one.html and "小组研讨" not in many.html
    await imports(stage, spring())
    stage.sees("Ada", "又回到原来的样子了")
    assert not await drafts(stage), "all is as it was"


async def test_two_imports_before_anything_was_sent(stage: Stage) -> None:
    stage.at("12:10")
    await imports(stage, book(LATER))
    await imports(stage, book(LATER, other("S15", start=time(17), end=time(17, 45))))
    stage.sees_somewhere("Ada", "已经合成下面这一条")
    html = (await draft(stage)).html
    assert "14:00–15:30 → <b>15:10–15:55</b>" in html and "16:00–16:45 → <b>17:00–17:45</b>" in html


async def test_a_cancelled_session_that_the_file_still_has_comes_back(stage: Stage) -> None:
    stage.at("08:45")
    await stage.says("Clara", "改课")
    await stage.taps("Clara", "开班式")
    await stage.taps("Clara", "取消这节")
    await stage.taps("Clara", "就这样改")
    assert (await roll_of(stage, "S11")).state == "cancelled"
    await looks(stage, spring())
    stage.sees("Ada", "《开班式》恢复 3月15日 周一 09:00–09:45")
    await stage.taps("Ada", "确认导入")
    assert not await drafts(stage)
    await stage.says("Tina", await code(stage))
    assert (await marks_of(stage))["S11"] == "present"
    await imports(stage, book(other("S14", credit_hours=3), without=("S11",)))
    assert (await session_of(stage, "S11")).cancelled and (await roll_of(stage, "S11")).state == "cancelled"
    assert (await marks_of(stage))["S11"] == "present", "evidence"


async def test_of_the_past_nobody_is_told(stage: Stage) -> None:
    stage.at("12:10")
    await imports(stage, book(other("S11", room_id="", site_id="SITE2")))
    assert not await drafts(stage)


async def test_the_office_speaks_in_another_class(stage: Stage) -> None:
    """The draft belongs to the class of the file: one tap goes there."""

    async def work(tx: Tx) -> None:
        await tx.do("update account set roles = 'admin' where id = 106")
        other_class = await cohorts.by_key(tx, "autumn")
        assert other_class is not None
        await tx.do("update account set cohort_id = :id where id = 106", {"id": other_class.id})

    await stage.store.work(work)
    stage.at("12:10")
    await imports(stage, book(LATER))
    stage.sees("Ada", "已导入")
    await stage.taps("Ada", "切换到这个班")
    stage.sees("Ada", "发给")
    await stage.tap_data("Oscar", f"chgsee:{(await draft(stage)).id}")
    stage.sees_nothing_of("Oscar", "物业矛盾")


async def test_in_english_and_in_the_zone_of_the_class(stage: Stage) -> None:
    async def look(tx: Tx) -> str:
        cohort = await cohorts.by_key(tx, "spring")
        assert cohort is not None
        report = await classes.preview(tx, book(LATER, other("S12", lead_id="")), stage.clock.now())
        text, _ = preview(report, 1, "en")
        return voice("en", "Europe/Berlin").html(text)

    shown = await stage.store.work(look)
    assert "Property: Mon 15 Mar 14:00–15:30 → <b>15:10–15:55</b>" in shown
    assert "Party building, Mon 15 Mar 10:00–11:30: lecturer 易教授 → <b>no lecturer named</b>" in shown


async def test_a_renamed_room_is_no_move(stage: Stage) -> None:
    file = spring()
    rooms = tuple(structs.replace(r, name_zh="三楼报告厅") for r in file.rooms)
    await imports(stage, structs.replace(file, rooms=rooms))
    assert (await session_of(stage, "S14")).place == "三楼报告厅"
    assert not await drafts(stage)


async def test_the_history_of_a_session_from_both_ways(stage: Stage) -> None:
    stage.at("12:10")
    await moves(stage, "物业矛盾", "14:10-15:40")
    await imports(stage, book(LATER))
    session = await session_of(stage, "S14")
    found = await stage.store.work(lambda tx: session_events.of_session(tx, session.cohort_id, session.id))
    assert [c.act for c in found] == ["time", "import"]
    assert [c.who for c in found] == [ACCOUNTS["Clara"], ACCOUNTS["Ada"]]
    assert [c.before and c.before.starts_at for c in found] == [moment("14:00"), moment("14:10")]
