"""Lists, marks and the matrix at the desk: what is done there is seen in the chat, and the other way round."""

from __future__ import annotations

from storage import marks
from storage.tx import Tx
from tests.desk.desk import desk
from tests.handlers.test_checkins import code
from tests.stage import Stage


async def test_a_list_is_called_counted_closed_and_opened_again(stage: Stage) -> None:
    stage.at("08:55")
    await stage.says("Tina", await code(stage))
    await stage.says("Clara", "点名")
    stage.at("09:05")
    async with desk(stage) as d:
        page = await d.get("Clara", "/desk/rolls")
        assert page.status == 200 and "09:00 开班式" in page.words and "1/12" in page.words and "正在签到" in page.words
        page = await d.get("Clara", "/desk/rolls/1")
        assert "应到12 实到1" in page.words and "2 田小雪 ✅ 出勤" in page.words and "收口" not in page.words
        for _ in range(2):  # sent twice: one mark
            done = await d.post("Clara", "/desk/rolls/1/here", {"who": [1, 2, 3]})
        assert "已记0人到" in (await d.follow("Clara", done)).words
        stage.sees_somewhere("Clara", "实到3")
        await d.post("Ada", "/desk/rolls/1/rest", {"group": 1})
        assert "6/6" in (await d.get("Ada", "/desk/rolls/1")).words
        stage.at("09:12")
        done = await d.post("Clara", "/desk/rolls/1/count", {"count": "７"})
        assert "7" in (await d.follow("Clara", done)).words
        wrong = await d.post("Clara", "/desk/rolls/1/count", {"count": "七八个吧"})
        assert wrong.status == 422 and "七八个吧" in wrong.html
        stage.at("09:25")
        refused = await d.post("Clara", "/desk/rolls/1/close", {"for7": "present", "for8": "late"})
        assert refused.status == 422 and "还有" in refused.words
        assert (await marks_of(stage)).get(7) is None, "a refused closing leaves nothing half done"
        done = await d.post("Clara", "/desk/rolls/1/close", {"for7": "present", "for8": "class_duty", "rest": "y"})
        assert "已收口" in (await d.follow("Clara", done)).words
        found = await marks_of(stage)
        assert (found[7], found[8], found[9]) == ("present", "class_duty", "absent")
        assert (await d.post("Clara", "/desk/rolls/1/close", {"rest": "y"})).status == 422
        short = await d.post("Clara", "/desk/rolls/1/reopen", {"reason": "x"})
        assert short.status == 422
        done = await d.post("Clara", "/desk/rolls/1/reopen", {"reason": "漏了一个人"})
        assert "待收口" in (await d.follow("Clara", done)).words


async def test_a_mark_is_changed_with_a_reason_and_nobody_overwrites_another(plain: Stage) -> None:
    stage = plain
    stage.at("08:55")
    await stage.says("Tina", await code(stage))
    stage.at("09:30")
    async with desk(stage) as d:
        await d.post("Clara", "/desk/rolls/1/close", {"rest": "y"})
        page = await d.get("Clara", "/desk/matrix")
        assert "旷课" in page.words and '<td class="p">' in page.html and page.html.count('<td class="a">') == 11
        assert "应到12人次，到1" in page.words, "the picture says the same in words"
        assert "2 田小雪" in page.words
        odd = await d.get("Clara", "/desk/matrix?odd=y&q=高远")
        assert "高远" in odd.words and "田小雪" not in odd.words
        assert "没有符合的人" in (await d.get("Clara", "/desk/matrix?q=没有这个人")).words
        page = await d.get("Clara", "/desk/marks/1/3?back=matrix")
        assert "旷课" in page.words and "未点到 → 旷课" in page.words and "柯老师" in page.words
        refused = await d.post("Clara", "/desk/marks/1/3", {"was": "absent", "status": "present"})
        assert refused.status == 422 and "原因" in refused.words
        fields = {"was": "absent", "status": "late", "reason": "<b>记错了</b>", "back": "matrix"}
        done = await d.post("Clara", "/desk/marks/1/3", fields)
        assert done.to == "/desk/matrix" and "已改为“迟到”" in (await d.follow("Clara", done)).words
        stage.sees_somewhere("Tom", "旷课 → 迟到")
        page = await d.get("Clara", "/desk/marks/1/3")
        assert "旷课 → 迟到" in page.words and "&lt;b&gt;记错了" in page.html and "<b>记错了" not in page.html
        late = await d.post("Clara", "/desk/marks/1/3", {**fields, "status": "present"})
        assert late.status == 422 and "刚才有人改成了" in late.words
        assert (await d.post("Clara", "/desk/marks/1/3", {**fields, "was": "late", "status": "rich"})).status == 404
        # the office looks and does not change; a leader, a lecturer, a trainee have no such page; Oscar finds nothing
        assert (await d.get("Ada", "/desk/marks/1/3")).status == 200
        assert "改考勤" not in (await d.get("Ada", "/desk/marks/1/3")).words
        assert (await d.post("Ada", "/desk/marks/1/3", {**fields, "was": "late"})).status == 403
        for name in ("Gao", "Ivan", "Tina"):
            await d.forced_in(name)
            assert (await d.get(name, "/desk/matrix")).status == 403
            assert (await d.get(name, "/desk/marks/1/3")).status == 403
        await d.oscar_teaches()
        for path in ("/desk/rolls/1", "/desk/marks/1/3", "/desk/marks/1/99999"):
            assert (await d.get("Oscar", path)).status == 404
        assert (await d.post("Oscar", "/desk/rolls/1/reopen", {"reason": "我想看看"})).status == 404
        assert "高远" not in (await d.get("Oscar", "/desk/matrix")).words


async def marks_of(stage: Stage) -> dict[int, str]:
    async def work(tx: Tx) -> dict[int, str]:
        return {id: mark.status for id, mark in (await marks.of_roll(tx, 1)).items()}

    return await stage.store.work(work)
