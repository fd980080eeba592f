"""The office writes to several classes, with a second person's yes; in English too (BC-14, UI-06)."""

from __future__ import annotations

from msgspec import structs

from actions import classes
from storage import accounts, members
from storage import notice_people as ledger
from storage.tx import Tx
from tests.cast import ACCOUNTS, spring
from tests.handlers.test_notices import begin, counts, newest
from tests.stage import Stage


async def office(stage: Stage) -> None:
    """Ada is administrator of the school, Nora the school leader on duty."""

    async def work(tx: Tx) -> None:
        await accounts.set_roles(tx, ACCOUNTS["Ada"], "admin")
        await accounts.meet(tx, ACCOUNTS["Nora"], "Nora", stage.clock.now())
        await accounts.set_roles(tx, ACCOUNTS["Nora"], "school_leader")
        await accounts.set_cohort(tx, ACCOUNTS["Nora"], 1)

    await stage.store.work(work)
    await begin(stage)


async def to_both(stage: Stage) -> int:
    """A notice of Ada's for both classes, not sent yet."""
    await stage.says("Ada", "发通知")
    await stage.says("Ada", "全校停电检修，今晚九点。")
    await stage.taps("Ada", "更多")
    await stage.taps("Ada", "发给几个班")
    await stage.taps("Ada", "秋实班")
    await stage.taps("Ada", "回去")
    await stage.taps("Ada", "预览")
    stage.sees("Ada", "要发给2个班", "发给4人")
    return (await newest(stage)).id


async def test_several_classes_need_a_second_person(stage: Stage) -> None:
    await office(stage)
    await to_both(stage)
    await stage.taps("Ada", "请另一位老师同意")
    stage.sees("Ada", "同意了就发")
    stage.sees_nothing_of("Tina", "停电")
    stage.sees("Nora", "要给2个班发通知")
    await stage.taps("Nora", "看看")
    await stage.taps("Nora", "同意发送")
    for name in ("Tina", "Tom", "Oscar"):
        stage.sees_somewhere(name, "全校停电检修")
    await stage.tick("08:16")
    assert (await counts(stage)).sent == 4
    said = await stage.tap_data("Nora", f"nsecondno:{(await newest(stage)).id}")
    assert "已经有人办了" in said, "the first yes stands"


async def test_nobody_says_yes_to_the_own_notice(stage: Stage) -> None:
    await office(stage)
    id = await to_both(stage)
    await stage.taps("Ada", "请另一位老师同意")
    await stage.tap_data("Ada", f"nsecondyes:{id}")
    for name in ("Clara", "Tina", "Oscar", "Ivan"):
        await stage.tap_data(name, f"nsecondyes:{id}")
    stage.sees_nothing_of("Tina", "停电")
    assert (await newest(stage)).state == "asked"
    await stage.taps("Nora", "看看")
    await stage.taps("Nora", "先不发")
    stage.sees_somewhere("Ada", "觉得先不发")
    assert (await newest(stage)).state == "draft"


async def test_each_class_sees_its_own_people_only(stage: Stage) -> None:
    await office(stage)
    id = await to_both(stage)
    await stage.taps("Ada", "请另一位老师同意")
    await stage.taps("Nora", "看看")
    await stage.taps("Nora", "同意发送")
    await stage.tick("08:16")
    stage.clear()
    await stage.tap_data("Clara", f"nnames:{id}:all:0")
    stage.sees("Clara", "共12人")
    stage.sees_nothing_of("Clara", "欧阳客")
    found = await stage.store.work(lambda tx: ledger.of_notice(tx, id))
    other = next(r for r in found if r.name == "欧阳客")
    await stage.tap_data("Clara", f"nphone:{other.id}")
    again = await stage.store.work(lambda tx: ledger.get(tx, other.id))
    assert again is not None and again.read_at is None


async def test_a_class_teacher_cannot_write_to_another_class(stage: Stage) -> None:
    await office(stage)
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "给别人。")
    id = (await newest(stage)).id
    await stage.tap_data("Clara", f"nclasses:{id}:2")
    assert (await newest(stage)).scope == ()


async def test_english_readers_get_english_where_there_is_some(stage: Stage) -> None:
    await begin(stage)

    async def work(tx: Tx) -> None:
        await accounts.set_lang(tx, ACCOUNTS["Tom"], "en")

    await stage.store.work(work)
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "{姓名}，下午两点集合。")
    await stage.taps("Clara", "级别")
    await stage.taps("Clara", "需已读")
    await stage.taps("Clara", "预览")
    stage.sees("Clara", "2种语言", "1人看英文")
    await stage.taps("Clara", "改一改")
    await stage.taps("Clara", "更多")
    await stage.taps("Clara", "英文版")
    await stage.says("Clara", "{name}, meet at two.")
    await stage.taps("Clara", "预览")
    await stage.taps("Clara", "发给3人")
    shown = stage.sees("Tom", "田小雪, meet at two.", "Notice")
    assert shown.buttons[0].label == "Read"
    stage.sees("Tina", "田小雪，下午两点集合。")
    await stage.says("Tom", "Read")
    stage.sees("Tom", "notice")
    assert (await counts(stage)).read == 1


async def test_somebody_whom_a_notice_never_reached_may_still_leave_the_roster(stage: Stage) -> None:
    await begin(stage)
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "给大家。")
    await stage.taps("Clara", "预览")
    await stage.taps("Clara", "发给3人")

    async def without(tx: Tx) -> tuple[bool, bool]:
        file = structs.replace(
            spring(), trainees=tuple(t for t in spring().trainees if t.trainee_id not in ("T02", "T12"))
        )
        await classes.bring_in(tx, file, stage.clock.now())
        return await members.by_ref(tx, 1, "T12") is None, await members.by_ref(tx, 1, "T02") is not None

    assert await stage.store.work(without) == (True, True), "who was reached stays, with the record"
