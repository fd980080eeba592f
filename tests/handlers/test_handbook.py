"""The handbook in the chat: reading, writing, a second person approves, history, expiry, files (HANDBOOK-*, QA-10)."""

from __future__ import annotations

import io

import pytest
from docx import Document

from actions import question_books
from actions.handbook_imports import Hand, bring_in
from bot.clock import Bell
from bot.documents import Maker
from chat.messages import Refusal
from rules.handbook_file import Found, given
from storage import accounts, handbook, handbook_versions
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.handlers.handbook_shelf import fill, found_by_search
from tests.handlers.log_class import member, photo
from tests.stage import Stage

ONE = {"category": "常见问题", "a_zh": "一段足够长的回答，讲清怎么办。", "basis": "经验做法"}
ANSWER = "先听完，再写下来，三天内给回音。办不了的当场说明找谁。"


async def writes_one(stage: Stage, name: str, question: str = "居民反映路灯不亮找谁？") -> None:
    """Somebody writes a new entry step by step, up to its whole screen."""
    await stage.says(name, "/handbook")
    await stage.taps(name, "写一条")
    for text in (question, ANSWER):
        await stage.says(name, text)
    await stage.taps(name, "具体工作方法")
    await stage.taps(name, "是经验做法")


async def test_reading_by_category(stage: Stage) -> None:
    await stage.says("Tina", "手册")
    stage.sees("Tina", "还没有内容")
    await fill(stage)
    await stage.says("Tina", "工作手册")
    stage.sees("Tina", "共30条")
    assert "党建引领（6）" in stage.labels("Tina") and "导出手册" not in str(stage.labels("Tina"))
    await stage.taps("Tina", "党建引领")
    assert len([b for b in stage.last("Tina").buttons if b.data.startswith("entry:")]) == 6
    await stage.taps("Tina", "三网融合")
    shown = stage.sees(
        "Tina", "党建网、民生网、平安网", "金元社区公开报道（有依据）", "2026-11-22", "不一致时以本地现行文件为准"
    )
    assert len(shown.plain.splitlines()) <= 12
    assert {k.label for k in shown.buttons} == {"改", "返回手册"}, "a trainee may write, and decides nothing"
    await stage.taps("Tina", "返回手册")
    assert stage.sees("Tina", "党建引领，6条").buttons[-1].data == "hb"
    await stage.says("Oscar", "/handbook")
    await stage.taps("Oscar", "常见问题")
    stage.sees("Oscar", "常见问题")
    stage.sees_nothing_of("Nora", "手册")
    await stage.says("Nora", "手册")
    await stage.tap_data("Nora", "entry:1")
    stage.sees_nothing_of("Nora", "社区先做哪几件事", "共30条")
    await stage.store.work(lambda tx: accounts.set_lang(tx, ACCOUNTS["Ivan"], "en"))
    await stage.says("Ivan", "handbook")
    await stage.taps("Ivan", "Party-led")
    await stage.taps("Ivan", "What are the three nets")
    stage.sees("Ivan", "safety", "Basis: ", "(cited)", "local documents")
    for data in (
        "hbcat:9",
        "entry:999",
        "hbvers:1",
        "hbopen:1",
        "hbkeep:1",
        "hball",
        "hbpass:1",
        "hbset:1",
    ):
        assert await stage.tap_data("Oscar", data), f"{data} is refused in words or answered"
    more = tuple(given(at, {**ONE, "q_zh": f"第{at}个常见问题？"}) for at in range(12))
    by, now = Hand(0, "安老师"), stage.clock.now()
    await stage.store.work(lambda tx: bring_in(tx, "x", Found(more), by, now, by))
    await stage.says("Tom", "手册")
    await stage.taps("Tom", "常见问题（18）")
    assert len([b for b in stage.last("Tom").buttons if b.data.startswith("entry:")]) == 10
    await stage.taps("Tom", "下一页")
    stage.sees("Tom", "第2/2页")
    await stage.taps("Tom", "第11个常见问题")
    await stage.taps("Tom", "返回手册")
    assert "第2/2页" in stage.sees("Tom", "常见问题，18条").plain, "back to the page one came from"


async def test_written_by_one_approved_by_another(stage: Stage) -> None:
    await stage.says("Clara", "手册")
    await stage.taps("Clara", "写一条")
    await stage.says("Clara", "短")
    stage.sees("Clara", "问题要4到120个字", "留在草稿")
    await stage.says("Clara", "居民反映路灯不亮找谁？")
    stage.sees("Clara", "写回答")
    await stage.says("Clara", "返回")
    await stage.says("Clara", "/drafts")
    await stage.taps("Clara", "居民反映路灯")
    stage.sees("Clara", "草稿", "还差：", "缺回答")
    await stage.taps("Clara", "提交审核")
    stage.sees("Clara", "还不能提交")
    await stage.taps("Clara", "看一看")
    await stage.taps("Clara", "回答")
    await stage.says("Clara", ANSWER + "联系王小明家，电话13800001111。")
    stage.sees("Clara", "好像有姓名", "王小明家", "13800001111")
    await stage.taps("Clara", "具体工作方法")
    await stage.says("Clara", "市政路灯管理办法第三条")
    await stage.taps("Clara", "回答")
    await stage.says("Clara", ANSWER)
    stage.sees("Clara", "第1版", "市政路灯管理办法")
    english = (("英文问题", "Who mends street lamps?"), ("英文回答", "The lamp office."))
    for label, value in (("标签", "路灯、市政"), *english, ("日期", "2026年1月2日")):
        await stage.taps("Clara", label)
        await stage.says("Clara", value)
    await stage.taps("Clara", "日期")
    await stage.says("Clara", "去年")
    stage.sees("Clara", "2027-03-15 这样")
    await stage.says("Clara", "2026年1月3日")
    await stage.taps("Clara", "提交审核")
    stage.sees("Clara", "已提交审核")
    stage.sees("Ada", "柯老师提交了一条手册")
    assert not await found_by_search(stage)

    version = 1
    for name in ("Clara", "Tina", "Oscar", "Ivan", "Gao"):
        await stage.tap_data(name, f"hbpass:{version}")
        await stage.tap_data(name, f"hbback:{version}")
        stage.sees_nothing_of(name, "已通过", "写一句原因")
    for name in ("Tina", "Oscar"):
        assert "没有找到" in await stage.tap_data(name, f"hbopen:{version}")
        await stage.tap_data(name, f"hbdrop:{version}:y")
    await stage.taps("Ada", "看一看")
    stage.sees("Ada", "待审核", "市政路灯管理办法", "Who mends")
    await stage.taps("Ada", "退回")
    await stage.says("Ada", "短")
    await stage.says("Ada", "请写上路灯所的工作时间")
    stage.sees("Clara", "安老师退回", "请写上路灯所")
    assert not await found_by_search(stage)
    await stage.says("Clara", "/drafts")
    await stage.taps("Clara", "↩️")
    stage.sees("Clara", "已退回", "安老师：请写上")
    await stage.taps("Clara", "回答")
    await stage.says("Clara", ANSWER + "路灯所上班时间8点到18点。")
    await stage.taps("Clara", "提交审核")
    await stage.taps("Ada", "看一看")
    await stage.taps("Ada", "通过")
    stage.sees("Ada", "已通过", "2027-09-11")
    stage.sees("Clara", "通过了（安老师）")
    await stage.tap_data("Ada", f"hbpass:{version}")
    shown = await found_by_search(stage)
    assert shown[1, "zh"].title == "居民反映路灯不亮找谁？" and shown[1, "zh"].body.endswith("路灯 市政")
    assert shown[1, "en"].title == "Who mends street lamps?"
    await stage.says("Tina", "手册")
    await stage.taps("Tina", "具体工作方法（1）")
    await stage.taps("Tina", "居民反映路灯")
    stage.sees("Tina", "8点到18点", "2026-01-03", "第1版")


async def test_a_trainee_s_change_and_what_became_of_it(stage: Stage) -> None:
    """A change of what is published: not seen before, one works at a time, versions are compared and come back."""
    await fill(stage)
    await stage.tap_data("Tina", "entry:1")
    await stage.taps("Tina", "改")
    await stage.taps("Tina", "回答")
    stage.sees("Tina", "现在是：先做三件")
    await photo(stage, "Tina")
    stage.sees("Tina", "请打字")
    await stage.says("Tina", "先做三件：把小区里的党员找出来；开一张联席会的桌子；居民意见列成清单。再谈模式。")
    assert "安老师" not in stage.sees("Tina", "第2版", "田小雪").plain
    assert "田小雪正在改" in await stage.tap_data("Clara", "hbedit:1")
    await stage.tap_data("Oscar", "entry:1")
    stage.sees("Oscar", "请到一张固定的桌子上")
    await stage.taps("Tina", "提交审核")
    await stage.taps("Ada", "看一看")
    stage.sees("Ada", "说明：改了回答")
    await stage.taps("Ada", "和上一版比")
    diff = stage.sees("Ada", "第1版 → 第2版", "回答")
    assert "<s>" in diff.text and "<u>" in diff.text
    await stage.taps("Ada", "通过")
    stage.sees_somewhere("Tina", "通过了")
    assert (await found_by_search(stage))[1, "zh"].body.startswith("先做三件：把小区里的党员找出来；")

    await stage.tap_data("Ada", "entry:1")
    await stage.taps("Ada", "版本")
    stage.sees("Ada", "第2版　已发布", "田小雪 → 安老师", "第1版　已发布", "命令行 → 安老师")
    await stage.taps("Ada", "第1版")
    await stage.taps("Ada", "用这一版")
    stage.sees("Ada", "第3版", "回到第1版")
    await stage.taps("Ada", "提交审核")
    stage.sees_somewhere("Ada", "没有别的教务能审核")
    assert "另一个人" in await stage.tap_data("Ada", f"hbpass:{await newest(stage)}")
    assert not [b for b in stage.labels("Ada") if b in ("通过", "退回")]
    await stage.tap_data("Clara", f"hbvers:{1}")
    assert "第3版" not in stage.sees("Clara", "第2版", "第1版").plain
    await stage.says("Ada", "/drafts")
    await stage.taps("Ada", "待审核")
    await stage.taps("Ada", "不要了")
    await stage.taps("Ada", "不要了")
    stage.sees("Ada", "不要了。")

    await stage.tap_data("Ada", "entry:1")
    await stage.taps("Ada", "下架")
    await stage.taps("Ada", "下架")
    stage.sees("Ada", "已下架")
    assert "没有找到" in await stage.tap_data("Tina", "entry:1")
    assert (1, "zh") not in await found_by_search(stage)
    await stage.says("Ada", "手册")
    await stage.taps("Ada", "已下架（1）")
    stage.sees("Ada", "已下架1条")
    assert "下架" in await stage.tap_data("Ada", "hbkeep:1"), "what is retired is not confirmed"


async def newest(stage: Stage) -> int:
    return await stage.store.work(lambda tx: tx.one(int, "select max(id) from handbook_version"))


async def test_past_its_day_it_is_hidden_until_confirmed(stage: Stage) -> None:
    await fill(stage)
    policies = await stage.store.work(lambda tx: handbook.of_category(tx, "政策文件", 0, 50))
    assert {e.review_by for e in policies} == {"2027-06-13"}
    stage.at("08:59", 91)
    await stage.tick()
    assert len(await found_by_search(stage)) == 60, "its day is the last"
    await stage.tick("04:01", 92)
    assert len(await found_by_search(stage)) == 60 - 2 * len(policies)
    stage.sees_nothing_of("Ada", "过了复核日期")
    await stage.tick("09:00", 92)
    await stage.tick("09:01", 92)
    told = [s for s in stage.phone("Ada") if "过了复核日期" in s.plain]
    assert len(told) == 1 and f"{len(policies)}条" in told[0].plain, "once a day"
    stage.sees_nothing_of("Clara", "过了复核日期")
    one = policies[0]
    assert "正在核对" in await stage.tap_data("Tina", f"entry:{one.id}")
    await stage.taps("Ada", "草稿和待审")
    await stage.taps("Ada", "🗓")
    stage.sees("Ada", "学员看不到", one.a_zh[:20])
    await stage.taps("Ada", "确认仍有效")
    stage.sees("Ada", "2027-09-12")
    assert (one.id, "en") in await found_by_search(stage)
    stage.clear()
    await stage.tick("10:00", 93)
    stage.sees("Ada", f"{len(policies) - 1}条")


async def test_imported_waits_for_one_who_approves_all(stage: Stage) -> None:
    await fill(stage, approved=False)
    stage.sees("Ada", "命令行导入了30条")
    await stage.says("Tina", "手册")
    stage.sees("Tina", "还没有内容")
    await stage.taps("Ada", "草稿和待审")
    assert stage.sees("Ada", "等您审核30条").buttons[10].label == "下一页 ▶"
    await stage.taps("Ada", "下一页")
    await stage.taps("Ada", "全部通过（30）")
    stage.sees("Ada", "全部通过这30条吗")
    await writes_one(stage, "Clara")
    await stage.taps("Clara", "提交审核")
    await stage.taps("Ada", "通过这30条")
    stage.sees_somewhere("Ada", "通过了30条")
    assert len(await found_by_search(stage)) == 60, "what came after the count is not among them"
    assert "全部通过" not in str(stage.labels("Ada"))


async def test_a_file_by_chat(stage: Stage) -> None:
    """Ada sends the handbook with a word below it; what it would change is shown; another administrator approves."""
    file = {"file_id": "F", "file_unique_id": "U", "file_size": 9000, "file_name": "手册.md"}
    body = "# 常见问题\n## 居民反映路灯不亮找谁？\n" + ANSWER + "\n依据：经验做法\n"
    for name in ("Tina", "Clara", "Oscar"):
        await stage.sends(name, document=file, caption="手册")
        stage.sees_nothing_of(name, "正在检查")
    await stage.sends("Ada", document={**file, "file_name": "手册.pdf"}, caption="手册")
    stage.sees("Ada", "不能当手册导入")

    async def comes(content: str) -> None:
        await stage.sends("Ada", document=file, caption="手册")
        stage.sees("Ada", "正在检查")
        await stage.fetched("Ada", content.encode())

    await comes("# 别的\n## 问题是什么呢\n短")
    stage.sees("Ada", "处要改", "没有这一类", "第1行")
    await comes(body)
    stage.sees("Ada", "新增1 改动0", "居民反映路灯")
    await stage.taps("Ada", "先不导入")
    assert not await stage.store.work(handbook.all)
    await comes(body)
    await stage.taps("Ada", "确认导入")
    stage.sees("Ada", "导入了1条", "另一位教务")
    await comes(body)
    stage.sees("Ada", "新增0 改动0 不变1", "还在等审核")
    assert "确认导入" not in str(stage.labels("Ada"))
    assert "另一个人" in await stage.tap_data("Ada", "hbpass:1"), "never one's own"
    await stage.store.work(lambda tx: accounts.set_roles(tx, ACCOUNTS["Clara"], "admin"))
    await stage.says("Clara", "/drafts")
    await stage.taps("Clara", "居民反映路灯")
    await stage.taps("Clara", "通过")
    stage.sees("Ada", "您写的手册通过了（柯老师）")
    assert (1, "zh") in await found_by_search(stage)


async def made(stage: Stage) -> None:
    """Documents that were wished for are made."""
    maker = Maker(stage.store, stage.clock, Bell())
    while await maker.one():
        pass
    await stage.settle()


async def test_a_booklet_whose_right_is_gone_meanwhile_is_not_sent(stage: Stage) -> None:
    await fill(stage)
    await stage.says("Clara", "手册")
    await stage.taps("Clara", "导出手册")
    await stage.store.work(lambda tx: tx.do("update member set roles = 'lecturer' where ref = 'S01'"))
    await made(stage)
    stage.sees("Clara", "没能整理出来")
    assert not any(s.file for s in stage.phone("Clara"))


async def test_the_booklet(stage: Stage) -> None:
    await fill(stage)
    await stage.says("Clara", "手册")
    for _ in range(2):
        await stage.taps("Clara", "导出手册")
    await made(stage)
    shown = stage.sees("Clara", "30条", "版本 20270315.30")
    assert shown.file_name == "社区工作手册_2027-03-15.docx"
    book = Document(io.BytesIO(shown.file))
    texts = [p.text for p in book.paragraphs]
    assert texts[0] == "社区工作手册" and "2027-03-15 导出，共30条" in texts
    assert next(p.text for p in book.paragraphs if p.style.name == "Heading 1") == "党建引领"
    assert "版本 20270315.30" in book.sections[0].header.paragraphs[0].text
    assert sum(bool(s.file) for s in stage.phone("Clara")) == 1, "pressed twice is once"
    await stage.tap_data("Tina", "hbexport")
    await stage.tap_data("Oscar", "hbexport")
    await made(stage)
    assert not any(s.file for name in ("Tina", "Oscar") for s in stage.phone(name))


async def test_from_a_question_without_names_and_news_to_all_who_asked(stage: Stage) -> None:
    """[入库]: names are gone and told; at publication the asker and all 同问 hear of it, once, nobody else."""

    async def ask(tx: Tx) -> int:
        tina, tom = await member(tx, "T02"), await member(tx, "T03")
        id = await tx.one(
            int,
            """insert into question (cohort_id, no, asker_id, text, state, made_at)
               values (:c, 1, :asker, '路灯坏了', 'answered', :now) returning id""",
            {"c": tina.cohort_id, "asker": tina.id, "now": stage.clock.now()},
        )
        await tx.do("insert into same_question (question_id, member_id, at) values (:q, :m, :now)",
                    {"q": id, "m": tom.id, "now": stage.clock.now()})  # fmt: skip
        return id

    question = await stage.store.work(ask)

    async def into(tx: Tx, name: str = "Clara") -> handbook_versions.Version:
        me = await accounts.who(tx, ACCOUNTS[name], stage.clock.now())
        assert me is not None
        return await question_books.draft_from(
            tx, me, stage.clock.now(), title="田小雪问：路灯坏了找谁？", text="高远和易教授说：" + ANSWER,
            category="常见问题", basis="经验做法", question_id=question,
        )  # fmt: skip

    version = await stage.store.work(into)
    assert version.content.q_zh == "某学员问：路灯坏了找谁？" and version.content.a_zh.startswith("某学员和某老师说：")
    assert "田小雪→某学员" in version.note
    again = await stage.store.work(into)
    assert (again.id, again.note) == (version.id, ""), "twice is once; the names are kept nowhere"
    await stage.tap_data("Clara", f"hbsend:{version.id}")
    stage.clear()
    await stage.tap_data("Ada", f"hbpass:{version.id}")
    for name in ("Tina", "Tom"):
        assert len([s for s in stage.phone(name) if "您问过的" in s.plain]) == 1
    stage.sees_nothing_of("Gao", "您问过的")
    stage.sees_nothing_of("Oscar", "您问过的")
    assert (await stage.store.work(lambda tx: handbook.of_question(tx, question)))[0].state == "published"
    with pytest.raises(Refusal):
        await stage.store.work(into)
