"""Leave at the desk: the queue, the decision, the return; two deciders at once."""

from __future__ import annotations

from tests.desk.desk import desk
from tests.handlers.leave_class import asks, asks_sick, furnish
from tests.stage import Stage


async def test_a_request_is_decided_at_the_desk_and_seen_in_the_chat(plain: Stage) -> None:
    stage = plain
    stage.at("08:10")
    await furnish(stage)
    await asks(stage, "事假", "10:00-11:30", why="<i>社区</i>有急事要回去")
    await stage.says("Tina", "提交请假")
    async with desk(stage) as d:
        page = await d.get("Clara", "/desk/leaves")
        assert "待批（1）" in page.words and "等您批" in page.words and "田小雪" in page.words
        page = await d.get("Clara", "/desk/leaves/1")
        assert "&lt;i&gt;社区&lt;/i&gt;有急事" in page.html and "社区党建" in page.words
        assert (await d.post("Clara", "/desk/leaves/1/refuse", {"step": 0, "why": "x"})).status == 422
        assert (await d.post("Clara", "/desk/leaves/1/agree", {"step": 7})).status == 422, "not the step that was shown"
        done = await d.post("Clara", "/desk/leaves/1/agree", {"step": 0})
        await d.follow("Clara", done)
        again = await d.post("Clara", "/desk/leaves/1/agree", {"step": 0})
        assert again.status == 422
        assert "柯老师" in (await d.get("Clara", "/desk/leaves/1")).words
        stage.sees_somewhere("Tina", "批准")
        stage.at("12:10")
        assert "超时未回" in (await d.get("Ada", "/desk/leaves")).words
        await stage.says("Tina", "我已返回")
        page = await d.get("Clara", "/desk/leaves/1")
        assert "确认销假" in page.words
        done = await d.post("Clara", "/desk/leaves/1/confirm")
        assert "已销假" in (await d.follow("Clara", done)).words
        stage.sees_somewhere("Tina", "已销假")
        assert "最近办完的" in (await d.get("Clara", "/desk/leaves")).words
        for name in ("Gao", "Ivan", "Tom"):
            await d.forced_in(name)
            assert (await d.get(name, "/desk/leaves")).status == 403
            assert (await d.get(name, "/desk/leaves/1")).status == 403
        await d.oscar_teaches()
        assert (await d.get("Oscar", "/desk/leaves/1")).status == 404
        assert (await d.post("Oscar", "/desk/leaves/1/agree", {"step": 0})).status == 404
        assert "田小雪" not in (await d.get("Oscar", "/desk/leaves")).words


async def test_a_request_is_refused_with_a_sentence_that_the_person_reads(plain: Stage) -> None:
    stage = plain
    stage.at("08:10")
    await furnish(stage)
    stage.at("09:20")
    await asks_sick(stage, "Tom")
    async with desk(stage) as d:
        done = await d.post("Clara", "/desk/leaves/1/refuse", {"step": 0, "why": "这节课有考核，先来一下"})
        await d.follow("Clara", done)
        stage.sees_somewhere("Tom", "这节课有考核，先来一下")
        assert "没有待批的假条" in (await d.get("Clara", "/desk/leaves")).words
