"""Logs at the desk: a day in one scroll, reviews, versions, photos; nobody else reads a word."""

from __future__ import annotations

from storage.tx import Tx
from tests.desk.desk import desk
from tests.handlers.leave_class import furnish
from tests.handlers.log_class import GOOD, OTHER, log_of, reviews_of, writes
from tests.stage import Stage

EVIL = '<img src=x onerror="alert(1)">' + "这件事我想了很久，回去先问三个人，再定一件能做的事，一周后看结果怎么样。" * 3


async def test_a_day_is_read_answered_returned_and_taken_back(stage: Stage) -> None:
    await furnish(stage)
    stage.at("20:00")
    await writes(stage, "Tina", GOOD)
    await writes(stage, "Tom", EVIL)
    await writes(stage, "Gao", OTHER)
    tina, tom, gao = await log_of(stage), await log_of(stage, "T03"), await log_of(stage, "T01")
    stage.at("20:30")
    async with desk(stage) as d:
        page = await d.get("Clara", "/desk/logs")
        assert page.words.count("待阅") >= 2 and "跑了好几趟" in page.words and "给居民出题" in page.words
        assert "<img src=x" not in page.html and "&lt;img src=x" in page.html
        assert "20点3篇" in page.words, "the picture says it in words"
        assert (await d.post("Clara", f"/desk/logs/{tina.id}/read", {"version": 7})).status == 409, "another version"
        assert (await log_of(stage)).state == "submitted"
        for _ in range(2):  # sent twice: one review
            await d.post("Clara", f"/desk/logs/{tina.id}/read", {"version": 1})
        assert [r.kind for r in await reviews_of(stage)] == ["read"]
        fields = {"version": 1, "body": "第一句话练得好，<b>周一</b>告诉我效果。", "keep": "y"}
        done = await d.post("Clara", f"/desk/logs/{tom.id}/reply", fields)
        assert "已回复" in (await d.follow("Clara", done)).words
        second = await d.post("Duan", f"/desk/logs/{tom.id}/reply", {"version": 1, "body": "我也说一句"})
        assert second.status == 422 and "柯老师" in second.words, "two teachers on one log: the second is told"
        page = await d.get("Duan", f"/desk/logs/{tom.id}")
        assert "&lt;b&gt;周一" in page.html and "<b>周一" not in page.html
        no_reason = await d.post("Clara", f"/desk/logs/{gao.id}/return", {"version": 1})
        assert no_reason.status == 422 and "请选一个" in no_reason.words
        await d.post("Clara", f"/desk/logs/{gao.id}/return", {"version": 1, "reason": "off_topic"})
        assert (await log_of(stage, "T01")).state == "returned"
        last = (await reviews_of(stage, "T01"))[-1]
        await d.post("Clara", f"/desk/reviews/{last.id}/undo")
        assert (await log_of(stage, "T01")).state == "submitted"
        page = await d.get("Duan", "/desk/logs?which=all")
        assert "第一句话练得好" in page.words, "what is often said stands ready for all teachers"
        done = await d.post("Clara", "/desk/logs/remind", {"day": 1})
        assert "提醒" in (await d.follow("Clara", done)).words
        # the office, leaders and lecturers have no such page; Oscar finds nothing, and that he tried is kept
        for name in ("Ada", "Gao", "Ivan", "Tina"):
            await d.forced_in(name)
            for path in ("/desk/logs", f"/desk/logs/{tom.id}", f"/desk/logs/{tom.id}/files/1"):
                assert (await d.get(name, path)).status == 403
        await d.oscar_teaches()
        seen = await d.get("Oscar", f"/desk/logs/{tom.id}")
        assert seen.status == 404 and "想了很久" not in seen.words
        assert (await d.post("Oscar", f"/desk/logs/{tom.id}/read", {"version": 1})).status == 404
        assert (await d.get("Oscar", f"/desk/logs/{tom.id}/files/1")).status == 404
        assert "想了很久" not in (await d.get("Oscar", "/desk/logs?which=all")).words

    async def work(tx: Tx) -> int:
        return await tx.one(int, "select count(*) from audit where act = 'log-denied'")

    assert await stage.store.work(work) == 1
