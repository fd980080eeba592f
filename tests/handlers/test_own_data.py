"""[导出我的数据], [删除可选数据] and forgetting: all of one's own, nothing of anybody else (XC-07)."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from msgspec import structs

from actions import classes, erasure
from bot.clock import Bell, Clock
from bot.documents import Maker
from bot.scheduler import Ticker
from storage import accounts, cohorts, logs, marks, members
from storage.logs import Log
from storage.marks import Mark
from storage.members import Member
from storage.tx import Tx
from tests.cast import ACCOUNTS, spring
from tests.handlers.leave_class import asks as asks_for_leave
from tests.handlers.question_class import BIKES, PHONE, asks, do
from tests.handlers.test_checkins import code
from tests.stage import Stage


async def person(tx: Tx, ref: str = "T02") -> Member:
    cohort = await cohorts.by_key(tx, "spring")
    found = await members.by_ref(tx, cohort.id if cohort else 0, ref)
    assert found is not None
    return found


def opened(content: bytes) -> tuple[dict[str, Any], str]:
    """The data and the page of an export."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    page = archive.read(next(n for n in archive.namelist() if n.endswith(".html"))).decode()
    return json.loads(archive.read("data.json")), page


async def makes(stage: Stage) -> None:
    """What was wished for is made beside the turns."""
    maker = Maker(stage.store, stage.clock, Bell())
    while await maker.one():
        pass
    await stage.settle()


async def acts(stage: Stage) -> list[str]:
    async def look(tx: Tx) -> list[str]:
        return await tx.all(str, "select act || ' ' || about || old || new || why from audit order by id")

    return await stage.store.work(look)


async def test_everybody_takes_what_is_one_s_own_along(stage: Stage) -> None:
    async def wrote(tx: Tx) -> None:
        for ref, text in (("T02", "我的心里话<b>"), ("T03", "汤姆的心里话")):
            who = await person(tx, ref)
            await logs.begin(tx, Log(cohort_id=who.cohort_id, member_id=who.id, day=1, made_at=stage.clock.now()))
            log = (await logs.of_member(tx, who.id))[0]
            await logs.add_part(tx, logs.Part(log_id=log.id, message_id=1, body=text, at=stage.clock.now()))
            await logs.set_mood(tx, log.id, "low")

    await stage.store.work(wrote)
    stage.at("08:55")
    await stage.says("Tina", await code(stage))
    await stage.says("Tina", "我的记录")
    await stage.taps("Tina", "导出我的数据")
    await makes(stage)
    shown = stage.sees("Tina", "全部数据", "别人的一条也没有")
    assert shown.file_name == "我的数据_2027-03-15.zip"
    data, page = opened(shown.file)
    assert data["person"][0]["phone"] == "000-0002" and [m["status"] for m in data["marks"]] == ["present"]
    assert data["parts"][0]["text"] == "我的心里话<b>" and data["days"][0]["mood"] == "low"
    assert "我的心里话&lt;b&gt;" in page and "出勤" in page and "<script" not in page
    for other in ("汤姆", "000-0003", "高远", "学员05", "柯老师"):
        assert other not in page and other not in str(data)
    await stage.taps("Tina", "导出我的数据")
    assert "10分钟" in stage.toasts[ACCOUNTS["Tina"]][-1] + stage.last("Tina").plain
    for name in ("Oscar", "Ivan", "Clara"):
        await stage.says(name, "/mydata")
        await makes(stage)
        data, page = opened(stage.last(name).file)
        assert "心里话" not in page and "田小雪" not in page and len(data["person"]) == 1
    await stage.says("Nora", "/mydata")
    await makes(stage)
    assert not any(s.file for s in stage.phone("Nora"))
    assert next(a for a in await acts(stage) if a.startswith("own-data")).split()[1].startswith("member:")


async def test_what_deciders_wrote_what_one_joined_and_second_sources_come_along(stage: Stage) -> None:
    stage.at("08:10")
    await asks_for_leave(stage, "事假", "9:00-11:30")
    await stage.says("Tina", "提交请假")
    await stage.taps("Clara", "不同意")
    await stage.says("Clara", "下午再去吧，上午要分组")
    kept, hidden = [await asks(stage, name, text) for name, text in (("Tom", BIKES), ("Gao", PHONE))]
    for question in (kept, hidden):
        await stage.tap_data("Tina", f"qsame:{question.id}")
    await stage.tap_data("Gao", f"qprivate:{hidden.id}:private")

    async def say_so(tx: Tx) -> None:
        roll = await tx.one(int, "select r.id from roll r join session s on s.id = r.session_id where s.ref = 'S11'")
        for ref, source in (("T02", "leader"), ("T03", "staff")):
            said = Mark(roll_id=roll, member_id=(await person(tx, ref)).id, status="late", at=stage.clock.now(),
                        source=source)  # fmt: skip
            await marks.keep_evidence(tx, said)

    await stage.store.work(say_so)
    heads_of = {
        "zh": ("请假的每一步", "班主任", "同问过的问题", "同一节课的另一份记录", "组长"),
        "en": ("Leave, step by step", "class teacher", "Questions you joined", "What else was noted"),
    }
    for (lang, heads), clock in zip(heads_of.items(), ("08:30", "08:50"), strict=True):
        stage.at(clock)
        await do(stage, "update account set lang = :lang where id = :id", lang=lang, id=ACCOUNTS["Tina"])
        await stage.says("Tina", "/mydata")
        await makes(stage)
        data, page = opened(stage.last("Tina").file)
        assert not [w for w in (*heads, "下午再去吧", BIKES) if w not in page]
        assert [(d["role"], d["leave_state"], d["text"]) for d in data["decisions"]] == [
            ("trainee", "pending", ""), ("class_teacher", "refused", "下午再去吧，上午要分组")]  # fmt: skip
        assert [(j["no"], j["text"]) for j in data["joined"]] == [(1, BIKES), (2, "")], "for teachers only by now"
        assert [(e["title"], e["status"], e["source"]) for e in data["evidence"]] == [("开班式", "late", "leader")]
        for other in ("柯老师", "高远", "1组3号", PHONE):
            assert other not in page and other not in str(data)
    await stage.says("Tom", "/mydata")
    await makes(stage)
    data, _ = opened(stage.last("Tom").file)
    assert not data["decisions"] and not data["joined"] and len(data["evidence"]) == 1


async def test_optional_data_go_at_one_s_wish_and_no_import_brings_them_back(stage: Stage) -> None:
    file = spring()
    first, she, *others = file.trainees
    file = structs.replace(file, trainees=(first, structs.replace(she, diet="素", birth_year=1990), *others))

    async def bring(tx: Tx) -> None:
        await classes.bring_in(tx, file, stage.clock.now())

    await stage.store.work(bring)
    await stage.says("Tina", "/record")
    await stage.taps("Tina", "删除可选数据")
    stage.sees("Tina", "0 天", "2 项", "食堂")
    await stage.taps("Tina", "确认删除")
    stage.sees("Tina", "删好了")
    await stage.store.work(bring)
    kept = await stage.store.work(person)
    assert "diet" not in kept.facts and "birth_year" not in kept.facts and kept.name == "田小雪"
    await stage.tap_data("Tina", "optional")
    stage.sees("Tina", "没有可选的数据")
    await stage.tap_data("Nora", "optionaldel")
    assert len([a for a in await acts(stage) if a.startswith("delete-optional")]) == 1


async def test_who_is_forgotten_is_a_number_and_the_class_goes_in_its_time(stage: Stage) -> None:
    stage.at("08:55")
    await stage.says("Tina", await code(stage))
    await stage.says("Oscar", "我的记录")

    async def forget(tx: Tx) -> None:
        cohort = await cohorts.by_key(tx, "spring")
        assert cohort is not None
        await erasure.forget(tx, cohort, await erasure.find(tx, cohort, "2号"), stage.clock.now())
        await classes.bring_in(tx, spring(), stage.clock.now())

    await stage.store.work(forget)
    kept = await stage.store.work(person)
    assert (kept.name, kept.phone, kept.account_id, kept.facts) == ("#2", "", None, {"erased": True})
    assert [a for a in await acts(stage) if a.startswith("forget")] == [f"forget member:{kept.id}"]
    stage.clear()
    await stage.says("Tina", "我的记录")
    stage.sees_nothing_of("Tina", "春晓班")
    stage.at("09:50")
    await stage.says("Clara", "点名")
    stage.sees_nothing_of("Clara", "田小雪 2", "000-0002")
    await stage.says("Oscar", "我的记录")
    stage.sees("Oscar", "旷课")

    async def office(tx: Tx) -> None:
        await accounts.set_roles(tx, ACCOUNTS["Ada"], "admin")

    await stage.store.work(office)
    await Ticker(stage.store, Clock(4e7), Bell()).prune()
    assert (await stage.store.work(lambda tx: person(tx, "T03"))).name == "田小雪", "a rehearsal of 2028 erases nothing"
    ticker = Ticker(stage.store, stage.clock, Bell())
    for days, told in ((170, ""), (175, "将在"), (181, "已按约定删除"), (182, "已按约定删除")):
        stage.at("05:00", 3 + days)
        await ticker.prune()
        await stage.settle()
        if told:
            stage.sees("Ada", told)
    assert sum("已按约定删除" in s.plain for s in stage.phone("Ada")) == 2, "once for each class"
    everybody = await stage.store.work(lambda tx: members.of_cohort(tx, kept.cohort_id))
    assert {m.name[0] for m in everybody} == {"#"} and not any(m.phone or m.account_id for m in everybody)
    await stage.says("Tom", "我的记录")
    stage.sees_nothing_of("Tom", "春晓班")
    await stage.says("Ada", "/classes")
    stage.sees("Ada", "已删除")
