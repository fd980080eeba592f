"""Questions and the handbook at the desk: answered, handed on, into the handbook, approved by a second person."""

from __future__ import annotations

from datetime import timedelta

from storage import accounts
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.desk.desk import desk
from tests.handlers.question_class import asks
from tests.stage import Stage

MANY = 75


async def test_a_question_is_answered_and_goes_into_the_handbook(stage: Stage) -> None:
    stage.at("15:40")
    await asks(stage, "Tina", "<b>老人</b>不会用手机，能不能由志愿者代办？")
    async with desk(stage) as d:
        page = await d.get("Clara", "/desk/questions")
        assert "1." in page.words and "&lt;b&gt;老人" in page.html and "<b>老人" not in page.html
        page = await d.get("Clara", "/desk/questions/1")
        assert "田小雪（1组2号）" in page.words and "待答" in page.words
        empty = await d.post("Clara", "/desk/questions/1/answer", {"version": 0, "body": "   "})
        assert empty.status == 422
        body = "可以，先登记委托：谁、办什么、到哪天。田小雪可以问社区。"
        for _ in range(2):  # sent twice: one answer
            done = await d.post("Clara", "/desk/questions/1/answer", {"version": 0, "body": body})
        assert done.status == 422 and "已经回答" in done.words, "the second is told, and keeps his words"
        assert "先登记委托" in done.html
        stage.sees_somewhere("Tina", "先登记委托")
        done = await d.post("Clara", "/desk/questions/1/note", {"note": "这个问题值得入库"})
        page = await d.follow("Clara", done)
        assert "这个问题值得入库" in page.words
        stage.sees_nothing_of("Tina", "值得入库")
        done = await d.post("Clara", "/desk/questions/1/book")
        page = await d.follow("Clara", done)
        entry = done.to
        assert "某" in page.words and "田小雪" not in page.words, "names are taken out"
        fields = {
            "category": "常见问题", "q_zh": "老人不会用手机，志愿者能代办吗？", "checked": "method", "send": "y",
            "a_zh": "可以，先登记委托：谁、办什么、到哪天。", "basis": "课堂答疑", "tags": "代办、志愿者",
        }  # fmt: skip
        done = await d.post("Clara", f"{entry}/keep", fields)
        assert "已提交" in (await d.follow("Clara", done)).words
        waits = await d.get("Ada", "/desk/handbook")
        assert "等人审核（1）" in waits.words
        version = await _open(stage)
        assert (await d.post("Clara", f"{entry}/approve", {"version": version})).status == 403
        assert (await d.post("Ada", f"{entry}/return", {"version": version, "why": ""})).status == 422
        done = await d.post("Ada", f"{entry}/approve", {"version": version})
        assert "大家都看得到" in (await d.follow("Ada", done)).words
        stage.sees_somewhere("Tina", "手册")
        await stage.says("Tom", "老人不会用手机 志愿者代办")
        assert any("老人不会用手机" in label for label in stage.labels("Tom")) or "登记委托" in stage.last("Tom").plain


async def test_nobody_reads_more_at_the_desk_than_in_the_chat(plain: Stage) -> None:
    stage = plain
    stage.at("15:40")
    await asks(stage, "Tina", "这个问题只想给老师看，行不行呢？", level="仅老师可见")
    async with desk(stage) as d:
        assert "只想给老师看" in (await d.get("Clara", "/desk/questions/1")).words
        office = await d.get("Ada", "/desk/questions")
        assert "只想给老师看" not in office.words and "田小雪" not in office.words
        for name, status in (("Ada", 404), ("Ivan", 404)):
            seen = await d.get(name, "/desk/questions/1")
            assert seen.status == status and "只想给老师看" not in seen.words
        done = await d.post("Clara", "/desk/questions/1/give", {"to": await _member(stage, "Ivan")})
        await d.follow("Clara", done)
        seen = await d.get("Ivan", "/desk/questions/1")
        assert "只想给老师看" in seen.words and "田小雪" not in seen.words, "who answers reads it, without the name"
        assert (await d.post("Ivan", "/desk/questions/1/decline", {"reason": "不想答"})).status == 403
        done = await d.post("Ivan", "/desk/questions/1/back")
        assert "退回" in (await d.follow("Ivan", done)).words
        done = await d.post("Clara", "/desk/questions/1/promise", {"when": "明天中午"})
        assert "约好了" in (await d.follow("Clara", done)).words
        assert (await d.post("Clara", "/desk/questions/1/promise", {"when": "等等看"})).status == 422
        done = await d.post("Clara", "/desk/questions/1/decline", {"reason": "当面说过了"})
        await d.follow("Clara", done)
        stage.sees_somewhere("Tina", "当面说过了")
        for name in ("Gao", "Tina"):
            await d.forced_in(name)
            assert (await d.get(name, "/desk/questions/1")).status == 403
            assert (await d.get(name, "/desk/handbook")).status == 403
        await d.oscar_teaches()
        assert (await d.get("Oscar", "/desk/questions/1")).status == 404
        assert (await d.post("Oscar", "/desk/questions/1/answer", {"version": 0, "body": "我来答"})).status == 404
        assert "只想给老师看" not in (await d.get("Oscar", "/desk/questions?which=answered")).words


async def test_a_refusal_at_the_desk_speaks_of_what_is_there(plain: Stage) -> None:
    stage = plain
    stage.at("15:40")
    await asks(stage, "Tina", "老人不会用手机，能不能由志愿者代办？")
    async with desk(stage) as d:
        done = await d.post("Clara", "/desk/questions/1/together")
        assert done.status == 422 and "请先选在哪节课上" in done.words
        for seen in (
            await d.get("Clara", "/desk/questions/99"), await d.get("Clara", "/desk/logs/99"),
            await d.get("Clara", "/desk/nowhere"), await d.post("Clara", "/desk/handbook/new", {"miss": 99}),
            await d.post("Clara", "/desk/questions/1/together", {"session": 99}),
            await d.post("Clara", "/desk/questions/99/take", **{"Desk-Piece": "1"}),
        ):  # fmt: skip
            assert seen.status in (404, 409, 422) and "上面的菜单" in seen.words, seen.words
            assert "按键" not in seen.words and "按钮" not in seen.words


async def test_a_long_queue_is_whole_in_the_chat_and_at_the_desk(plain: Stage) -> None:
    """More than a screen, more than sixty: each question can be reached."""
    stage, wanted = plain, {f"第{no}问" for no in range(1, MANY + 1)}
    stage.at("15:40")
    now = stage.clock.now()

    async def many(tx: Tx) -> None:
        sql = """insert into question (cohort_id, no, asker_id, text, topic, state, made_at, sent_at, due_at)
                 values (1, :no, 2, :text, 'other', 'queued', :now, :now, :due)"""
        await tx.many(sql, [{"no": no, "text": f"第{no}个问题怎么办", "now": now, "due": now + timedelta(minutes=no)}
                            for no in range(1, MANY + 1)])  # fmt: skip

    await stage.store.work(many)
    await stage.says("Clara", "/questions")
    stage.sees("Clara", f"待答{MANY}")
    found: set[str] = set()
    left, seen = [""], {"qlist:0:open"}
    while left:  # from page to page, by the buttons alone
        if data := left.pop():
            await stage.tap_data("Clara", data, stage.last("Clara").message_id)
        found |= set(stage.labels("Clara")) & wanted
        pages = {k.data for k in stage.last("Clara").buttons if k.label.endswith("页")} - seen
        left, seen = [*left, *pages], seen | pages
    async with desk(stage) as d:
        page = await d.get("Clara", "/desk/questions")
        assert all(f'/desk/questions/{no}"' in page.html for no in range(1, MANY + 1))
    assert found == wanted


async def _open(stage: Stage) -> int:
    async def work(tx: Tx) -> int:
        return await tx.one(int, "select id from handbook_version where state = 'review'")

    return await stage.store.work(work)


async def _member(stage: Stage, name: str) -> int:
    async def work(tx: Tx) -> int:
        me = await accounts.who(tx, ACCOUNTS[name], stage.clock.now())
        assert me is not None
        return me.member_id

    return await stage.store.work(work)
