"""Who gets a question, its clock, its answer and what follows (QA-04 … QA-09, AT-11, AT-12); long: one story a test."""

from __future__ import annotations

from typing import Any

from actions.question_cards import page_buttons
from storage import accounts, members
from storage.members import Member
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.handbook import publish
from tests.handlers.question_class import (
    BIKES,
    CANTEEN,
    PHONE,
    answer,
    asks,
    count,
    do,
    events,
    id_of,
    kinds,
    nothing_failed,
    of,
    one,
    photo,
    stored,
    versions,
    writes,
)
from tests.stage import Stage


async def zh(stage: Stage, name: str = "Ivan") -> None:
    """Somebody reads Chinese in this play."""
    await do(stage, "update account set lang = 'zh' where id = :id", id=ACCOUNTS[name])


async def unbind(stage: Stage, name: str) -> None:
    await do(stage, "update member set account_id = null where account_id = :id and cohort_id = 1", id=ACCOUNTS[name])


async def block(stage: Stage, name: str) -> None:
    now = stage.clock.now()
    await stage.store.work(lambda tx: accounts.set_blocked(tx, ACCOUNTS[name], now))


async def leave(stage: Stage, name: str) -> None:
    id, now = await id_of(stage, name), stage.clock.now()
    await stage.store.work(lambda tx: members.set_left(tx, id, now))


async def staff(stage: Stage, ref: str, name: str, role: str, account: int) -> int:
    """One more member of the class who answers; gives the seat's id."""

    async def work(tx: Tx) -> int:
        id = await members.add(tx, Member(cohort_id=1, ref=ref, name=name, roles=role, phone="000-9009"))
        await accounts.meet(tx, account, name, stage.clock.now())
        await members.set_account(tx, id, account, stage.clock.now())
        await accounts.set_cohort(tx, account, 1)
        return id

    return await stage.store.work(work)


# ---- whose it is, and its clock -------------------------------------------------------------------------------------


async def test_a_question_that_waits_goes_back_after_two_hours_of_service(stage: Stage) -> None:
    """AT-11."""
    await zh(stage)
    stage.at("11:30")
    sent = await asks(stage, "Tina", PHONE)
    stage.sees("Tina", "由授课教师回答", "15:00 前有回音")
    shown = stage.sees("Ivan", "第1问 · 社区党建", "👤 一位学员 · 对同学匿名", PHONE)
    assert [k.label for k in shown.buttons] == ["回答", "我答不了", "内部备注"]
    stage.clear()
    await stage.tick("13:59")
    assert not of(stage, "Ivan", "第1问")
    await stage.tick("14:00")  # lunch is not counted
    stage.sees("Ivan", "有个问题在等您", "15:00 前", PHONE)
    await stage.tick("14:59")
    assert len(of(stage, "Ivan", "第1问")) == 1 and not of(stage, "Clara", "第1问")
    for clock in ("15:00", "15:01", "15:30"):
        await stage.tick(clock)
    (told,) = of(stage, "Clara", "第1问")
    assert "易教授 120分钟（答疑时间）没有回答，已退回" in told.plain and "田小雪（1组2号）" in told.plain
    assert len(of(stage, "Ivan", "第1问")) == 1
    back = await one(stage, sent)
    assert (back.state, back.late, back.owner_id) == ("queued", True, await id_of(stage, "Clara"))
    await stage.says("Clara", "/questions")
    stage.sees("Clara", "待答1，超时1", "⏰ 1. 老人不会用手机", "4小时")
    await stage.tap_data("Tina", f"qopen:{sent.id}")
    stage.sees("Tina", "待分派", "在班主任那里")
    stage.clear()
    await stage.tick("11:29", 2)
    assert not of(stage, "Clara", "24小时")
    for clock in ("11:30", "11:31"):
        await stage.tick(clock, 2)
    assert [len(of(stage, name, "24小时还没有回答")) for name in ("Clara", "Ada", "Ivan", "Tina")] == [1, 1, 0, 0]
    stage.sees_nothing_of("Ada", "田小雪")
    await answer(stage, "Clara", sent, "可以，先登记委托。")
    assert (await kinds(stage, sent)) == ["send", "assign", "return", "answer"]
    assert [e.member_id for e in await events(stage, sent)][1:3] == [None, None], "the clock did that"
    await nothing_failed(stage)


async def test_nothing_rings_while_the_lecturer_teaches_or_sleeps(stage: Stage) -> None:
    await zh(stage)
    stage.at("10:10")
    first = await asks(stage, "Tina", PHONE, "仅老师可见")
    stage.at("10:15")
    second = await asks(stage, "Tom", BIKES, "仅老师可见")
    await stage.tick("11:16")
    assert not of(stage, "Ivan", "问 ·"), "neither the questions nor the reminder"
    await answer(stage, "Clara", second, "不能，飞线充电要劝阻。")
    await stage.tick("11:29")
    assert not of(stage, "Ivan", "问 ·")
    await stage.tick("11:30")
    assert of(stage, "Ivan", "第1问") and not of(stage, "Ivan", "第2问"), "what was answered meanwhile he need not see"
    await answer(stage, "Ivan", first, "可以，先登记委托。")
    stage.clear()
    stage.at("23:00")
    third = await asks(stage, "Tina", CANTEEN, topic="社区党建")
    stage.sees("Tina", "现在不是答疑时间", "08:30")
    fourth = await asks(stage, "Tom", "晚上十一点以后还能不能回宿舍楼取东西？", topic="社区党建")
    await stage.tick("23:30")
    assert not of(stage, "Ivan", "问 ·")
    await stage.tap_data("Clara", f"qtake:{fourth.id}")
    await stage.tick("06:29", 2)
    assert not of(stage, "Ivan", "问 ·")
    for clock in ("06:30", "06:31", "06:32"):
        await stage.tick(clock, 2)
    assert len(of(stage, "Ivan", "第3问")) == 1 and not of(stage, "Ivan", "第4问")
    await stage.tick("09:30", 2)
    stage.sees("Ivan", "有个问题在等您", "10:30", CANTEEN)
    assert (await one(stage, third)).state == "assigned"
    await nothing_failed(stage)


async def test_each_category_has_its_owner_and_somebody_stands_in(stage: Stage) -> None:
    await zh(stage)
    stage.at("14:10")
    for topic, owner in (
        ("社区党建", "Ivan"),
        ("后勤", "Ada"),
        ("政策", "Clara"),
        ("现场教学", "Clara"),
        ("其他", "Clara"),
    ):
        sent = await asks(stage, "Tina", f"{topic}这方面的问题应该去问谁？", topic=topic)
        assert sent.owner_id == await id_of(stage, owner)
        stage.sees(owner, f"第{sent.no}问", f"{topic}这方面")
    stage.sees_nothing_of("Ada", "田小雪")
    stage.sees_nothing_of("Ivan", "田小雪")
    sixth = await asks(stage, "Tina", PHONE, topic="社区党建")
    await leave(stage, "Ivan")  # it is his, and he goes
    stage.clear()
    await stage.tick("15:11")
    await stage.tick("16:11")
    assert (await one(stage, sixth)).owner_id == await id_of(stage, "Clara")
    assert of(stage, "Clara", "第6问")
    seventh = await asks(stage, "Tom", BIKES, topic="社区党建")
    stage.sees("Tom", "由班主任回答")
    stage.sees("Clara", "讲师或教务现在收不到", "代录", BIKES)
    assert seventh.owner_id == await id_of(stage, "Clara")
    await do(stage, "update member set left_at = null where ref = 'L01'")
    await block(stage, "Ivan")
    assert (await asks(stage, "Tom", CANTEEN, topic="社区党建")).owner_id == await id_of(stage, "Clara")
    clara, ada = await id_of(stage, "Clara"), await id_of(stage, "Ada")
    await unbind(stage, "Ada")
    assert (await asks(stage, "Gao", "宿舍的热水几点停，能晚一点吗？", topic="后勤")).owner_id == clara
    await block(stage, "Clara")
    stage.clear()
    last = await asks(stage, "Gao", "谁能告诉我报到的材料交到哪里？", "仅老师可见", topic="其他")
    assert (last.state, last.owner_id, last.return_at) == ("queued", None, None)
    stage.sees("Gao", "第10问", "由班主任回答")
    await do(stage, "update member set account_id = :a where id = :id", a=ACCOUNTS["Ada"], id=ada)
    await stage.tick("14:10", 2)
    await stage.tick("16:11", 2)
    assert of(stage, "Ada", "第10问"), "whatever happens, after a day somebody hears of it"
    await stage.says("Ada", "/questions")
    await stage.tap_data("Ada", f"qopen:{last.id}")  # to give it to somebody, not to read it
    stage.sees("Ada", "第10问", "一位学员", "这里不显示内容")
    assert stage.labels("Ada") == ["转给…", "更多"]
    stage.sees_nothing_of("Ada", "报到的材料", "高远")
    await do(stage, "update account set blocked_at = null where id = :a", a=ACCOUNTS["Clara"])
    await stage.tap_data("Clara", f"qtake:{last.id}")
    assert (await one(stage, last)).owner_id == clara
    await nothing_failed(stage)


async def test_the_class_teacher_answers_for_a_lecturer_without_telegram(stage: Stage) -> None:
    await unbind(stage, "Ivan")
    stage.at("11:40")
    sent = await asks(stage, "Tina", PHONE)
    await writes(stage, "Clara", sent, "可以，先登记委托。")
    stage.sees_somewhere("Clara", "💬 柯老师")
    await stage.taps("Clara", "署易教授的名")
    stage.sees_somewhere("Clara", "💬 易教授")
    await stage.taps("Clara", "改回署我的名")
    await stage.taps("Clara", "署易教授的名")
    await stage.taps("Clara", "发送")
    shown = stage.sees("Tina", "💬 易教授", "登记委托")
    assert "柯老师" not in shown.plain
    (made,) = await versions(stage, sent)
    assert made.author_id == await count(stage, "select id from member where ref = 'L01' and cohort_id = 1")
    assert (made.entered_by, made.source) == (await id_of(stage, "Clara"), "staff")
    stage.at("11:41")
    await stage.taps("Tina", "还有疑问")
    await stage.says("Tina", "委托书要写什么？")
    stage.sees("Clara", "还有疑问", "➕ 委托书要写什么")
    assert (await one(stage, sent)).owner_id == await id_of(stage, "Clara")
    await nothing_failed(stage)


# ---- what staff do with it ------------------------------------------------------------------------------------------


async def test_given_taken_and_given_back(stage: Stage) -> None:
    await zh(stage)
    second = await staff(stage, "L02", "米教授", "lecturer", 901)
    ACCOUNTS["Mia"] = 901
    await zh(stage, "Mia")
    stage.at("11:40")
    sent = await asks(stage, "Tina", PHONE)
    stage.clear()
    stage.at("11:50")
    await stage.tap_data("Clara", f"qopen:{sent.id}")
    await stage.taps("Clara", "转给")
    assert set(stage.labels("Clara")) == {"安老师（教务）", "柯老师（班主任）", "米教授（授课教师）", "看这个问题"}
    await stage.taps("Clara", "米教授")
    stage.sees("Mia", "柯老师 把这个问题转给您", PHONE, "一位学员")
    given = await one(stage, sent)
    assert given.owner_id == second and given.due_at == sent.due_at and given.return_at != sent.return_at
    assert "不归您回答" in await stage.tap_data("Ivan", f"qans:{sent.id}")
    await stage.tick("12:00")
    await stage.tick("13:41")  # an hour after it was his
    assert not of(stage, "Ivan", "有个问题")
    stage.clear()
    stage.at("13:45")
    await stage.tap_data("Mia", f"qopen:{sent.id}")
    await stage.taps("Mia", "我答不了")
    stage.sees("Mia", "已退回")
    stage.sees("Clara", "米教授 答不了，请分派", PHONE)
    back = await one(stage, sent)
    assert (back.state, back.owner_id, back.late) == ("queued", await id_of(stage, "Clara"), False)
    stage.at("13:50")
    await stage.taps("Clara", "我来答")
    await stage.tap_data("Clara", f"qtake:{sent.id}")
    stage.sees("Clara", "待答 · 柯老师")
    assert (await one(stage, sent)).owner_id == await id_of(stage, "Clara")
    stage.at("13:55")
    await stage.tap_data("Ada", f"qto:{sent.id}")
    await stage.taps("Ada", "易教授")
    stage.sees("Ivan", "安老师 把这个问题转给您")
    stage.sees_nothing_of("Ada", "田小雪")
    for data in (f"qto:{sent.id}:{await id_of(stage, 'Tom')}", f"qto:{sent.id}:999", f"qto:{sent.id}:x"):
        assert "收不到消息" in await stage.tap_data("Clara", data)
    assert await kinds(stage, sent) == ["send", "assign", "assign", "return", "assign", "assign"]
    assert await count(stage, "select count(*) from audit where act = 'question-assign'") == 3
    await stage.tap_data("Clara", f"qhist:{sent.id}")
    stage.sees("Clara", "第1问的经过", "退回（米教授）", "发出（提问的人）")
    await stage.tap_data("Ivan", f"qhist:{sent.id}")
    stage.sees_nothing_of("Ivan", "田小雪")
    await nothing_failed(stage)


async def test_answered_together_promised_declined(stage: Stage) -> None:
    await zh(stage)
    await do(stage, "update account set lang = 'en' where id = 102")
    stage.at("12:40")
    first = await asks(stage, "Tina", PHONE, topic="社区党建")
    await stage.tap_data("Tom", f"qsame:{first.id}")
    stage.at("12:41")
    await stage.tap_data("Clara", f"qmenu:{first.id}")
    assert stage.labels("Clara")[:4] == ["约定日期", "不作答", "课堂统一解答", "经过"]
    await stage.taps("Clara", "课堂统一解答")
    assert [label.split()[-1] for label in stage.labels("Clara")[:2]] == ["物业矛盾", "小组研讨"]
    await stage.taps("Clara", "物业矛盾")
    stage.sees("Tina", "第1问会在课上统一解答", "14:00《物业矛盾》")
    stage.sees_somewhere("Tom", "Property")
    assert not [s for s in stage.phone("Tom") if "物业" in s.plain], "each in the own language"
    stage.sees("Ivan", "请在课上统一解答")
    stage.clear()
    for clock in ("13:31", "14:45", "15:29", "15:59"):
        await stage.tick(clock)
    assert not of(stage, "Ivan", "第1问"), "its clock waits till the end of that session"

    stage.at("15:59")
    await stage.tap_data("Ada", f"qmenu:{first.id}")
    assert stage.labels("Ada") == ["约定日期", "不作答", "看这个问题"]
    await stage.taps("Ada", "约定日期")
    await photo(stage, "Ada", 1)
    for words in ("看情况", "昨天", "。", "请"):
        stage.sees("Ada", "没看懂日期")
        await stage.says("Ada", words)
    await stage.says("Ada", "明天")
    stage.sees("Ada", "第1问约在", "12:00")
    stage.sees("Tina", "约在", "12:00")
    dated = await one(stage, first)
    assert dated.owner_id == await id_of(stage, "Ivan") and dated.return_at is None and dated.state == "assigned"
    stage.at("16:50")
    await stage.tap_data("Clara", f"qto:{first.id}:{await id_of(stage, 'Ada')}")  # the date holds for whoever has it
    assert (await one(stage, first)).promised_at == dated.promised_at
    stage.clear()
    for clock, day in (("20:59", 1), ("11:59", 2)):
        await stage.tick(clock, day)
    assert not of(stage, "Ada", "第1问") and not of(stage, "Ivan", "第1问")
    for clock in ("12:00", "12:01"):
        await stage.tick(clock, 2)
    assert len(of(stage, "Ada", "约定答复的时间到了")) == 1 and not of(stage, "Ivan", "第1问")
    await stage.tick("12:00", 3)
    assert of(stage, "Clara", "24小时还没有回答"), "a date that has passed does not silence the clock"

    stage.at("12:10", 3)
    stage.clear()
    await stage.tap_data("Clara", f"qnay:{first.id}")
    for words in ("不", "不" * 301):
        await stage.says("Clara", words)
        stage.sees("Clara", "2到300字")
    await stage.says("Clara", "这是个人家事，课上不合适。")
    stage.sees_somewhere("Tina", "这次不作答")
    stage.sees_somewhere("Tina", "这是个人家事")
    await stage.tap_data("Tom", f"qopen:{first.id}")
    assert "✋ 1 asking the same\nnot answered" in stage.last("Tom").plain, "he reads English; nobody waits any more"
    assert await count(stage, "select count(*) from audit where act = 'question-decline'") == 1
    over = await one(stage, first)
    assert (over.state, over.closed_by) == ("declined", "declined")
    for verb in ("qans", "qtake", "qto", "qnay", "qdate", "qback"):
        told = await stage.tap_data("Clara", f"{verb}:{first.id}:{await id_of(stage, 'Ivan')}")
        assert "不作答" in told and "打开这个问题" in told, verb
    for verb in ("qmore", "qok"):
        await stage.tap_data("Tina", f"{verb}:{first.id}")
        stage.sees("Tina", "第1问这次没有作答")
    await stage.taps("Tina", "再问一个")
    stage.sees("Tina", "想问什么，直接写")
    assert await one(stage, first) == over
    for clock in ("18:00", "21:00"):
        await stage.tick(clock, 5)
    assert await one(stage, first) == over
    await nothing_failed(stage)


async def test_a_promise_of_somebody_who_has_gone_comes_to_the_class_teacher(stage: Stage) -> None:
    stage.at("11:40")
    sent = await asks(stage, "Tina", PHONE)
    await stage.tap_data("Clara", f"qdate:{sent.id}")
    await stage.says("Clara", "今天 17:00")
    await leave(stage, "Ivan")
    stage.clear()
    for clock in ("16:00", "17:00", "17:01"):
        await stage.tick(clock)
    assert len(of(stage, "Clara", "约定答复的时间到了")) == 1
    assert (await one(stage, sent)).owner_id == await id_of(stage, "Clara")
    await nothing_failed(stage)


# ---- the answer -----------------------------------------------------------------------------------------------------


async def test_an_answer_of_words_and_files_arrives_as_it_was_shown(stage: Stage) -> None:
    await zh(stage)
    stage.at("11:40")
    sent = await asks(stage, "Tina", PHONE)
    await stage.tap_data("Tom", f"qsame:{sent.id}")
    stage.clear()
    await stage.tap_data("Ivan", f"qopen:{sent.id}")
    await stage.taps("Ivan", "回答")
    await stage.says("Ivan", "一起看这张表。")
    await stage.taps("Ivan", "重写")
    await stage.says("Ivan", "可以，先登记委托。")
    await photo(stage, "Ivan", 1, caption="表在这里。")
    await photo(stage, "Ivan", 1)  # the same again
    await stage.sends("Ivan", document={"file_id": "D", "file_unique_id": "D", "file_name": "a.docx"})
    await stage.sends("Ivan", voice={"file_id": "V", "file_unique_id": "V", "duration": 3})
    await stage.sends("Ivan", location={"latitude": 1.0, "longitude": 2.0})
    stage.sees("Ivan", "文字、图片、语音、视频或文件")
    await stage.says("Ivan", "长" * 2000)
    stage.sees("Ivan", "最多2,000字")
    await stage.says("Ivan", "再问我。")
    *files, preview = stage.phone("Ivan")[-5:-1]
    assert "一起看这张表" not in preview.plain
    assert [s.media[0].kind for s in files] == ["photo", "document", "voice"], "several files come before the words"
    assert preview.plain.splitlines()[-3:] == ["表在这里。", "再问我。」", "📎 附件3个"]
    stage.clear()
    await stage.tap_data("Ivan", f"qpost:{sent.id}:0")
    for name in ("Tina", "Tom"):
        assert [s.media for s in stage.phone(name)] == [*(s.media for s in files), []], "all of them"
    shown = stage.last("Tina")
    assert shown.plain == preview.plain, "the very words"
    assert [k.label for k in shown.buttons] == ["解决了", "还有疑问"]
    stage.sees("Ivan", "✅ 第1问已回答", "同问的1人")
    assert not stage.labels("Tom")
    for _ in range(3):
        assert "已回答" in await stage.tap_data("Ivan", f"qpost:{sent.id}:0"), "the same tap, the same answer"
    assert len(await versions(stage, sent)) == 1 and len(of(stage, "Tina", "第1问有回答了")) == 1
    stage.clear()
    await stage.tap_data("Tom", f"qopen:{sent.id}")
    await stage.taps("Tom", "看附件")
    assert [s.media[0].kind for s in of(stage, "Tom", "的附件")] == ["photo", "document", "voice"]
    await stage.tap_data("Tina", f"qok:{sent.id}")
    assert (await one(stage, sent)).state == "solved"
    await nothing_failed(stage)


async def test_one_file_leaves_less_room_and_a_second_answer_begun_is_not_ended(stage: Stage) -> None:
    await zh(stage)
    stage.at("11:40")
    first, second = await asks(stage, "Tina", PHONE), await asks(stage, "Tom", BIKES)
    await writes(stage, "Ivan", first, "可以。" * 240)
    await photo(stage, "Ivan", 1)
    stage.sees("Ivan", "最多700字")
    await stage.tap_data("Ivan", f"qadrop:{first.id}")
    await writes(stage, "Ivan", first, "可以，先登记。")
    await writes(stage, "Ivan", second, "不能，")
    await stage.tap_data("Ivan", f"qpost:{first.id}:0")  # the first goes while the second is being written
    await stage.says("Ivan", "要劝阻。")
    await stage.tap_data("Ivan", f"qpost:{second.id}:0")
    assert [(await versions(stage, q))[0].body for q in (first, second)] == ["可以，先登记。", "不能，\n要劝阻。"]
    await stage.tap_data("Ivan", f"qans:{first.id}")
    await stage.tap_data("Ivan", f"qpost:{first.id}:1")
    assert len(await versions(stage, first)) == 1, "nothing was written yet"
    await writes(stage, "Ivan", first, "再补充一点。")
    await stage.tap_data("Ivan", f"qpost:{first.id}:0")  # an old button of what has gone
    assert len(await versions(stage, first)) == 1
    await stage.tap_data("Ivan", f"qadrop:{first.id}")
    stage.sees_somewhere("Ivan", "没有发送")
    assert await count(stage, "select count(*) from answer_draft") == 0
    await nothing_failed(stage)


async def test_two_answer_at_once_and_the_second_keeps_his_words(stage: Stage) -> None:
    await zh(stage)
    stage.at("11:40")
    sent = await asks(stage, "Tina", PHONE)
    await writes(stage, "Ivan", sent, "我的回答：可以。")
    await writes(stage, "Clara", sent, "先来登记。")
    await stage.taps("Clara", "发送")
    stage.at("11:41")
    await stage.tap_data("Ivan", f"qpost:{sent.id}:0")
    stage.sees("Ivan", "柯老师 在", "已经回答了", "您写的还在")
    assert len(await versions(stage, sent)) == 1
    await stage.taps("Ivan", "看这个问题")
    stage.sees("Ivan", "先来登记")
    await stage.tap_data("Ivan", f"qstill:{sent.id}")
    stage.sees_somewhere("Ivan", "我的回答：可以。")
    await stage.tap_data("Ivan", f"qpost:{sent.id}:1")
    assert [v.body for v in await versions(stage, sent)] == ["先来登记。", "我的回答：可以。"]
    stage.sees("Tina", "已更正", "我的回答：可以。")
    await nothing_failed(stage)


async def test_a_note_is_for_colleagues_only(stage: Stage) -> None:
    await zh(stage)
    stage.at("11:40")
    sent = await asks(stage, "Tina", PHONE, "署名公开")
    await stage.tap_data("Tom", f"qsame:{sent.id}")
    stage.clear()
    await stage.tap_data("Clara", f"qnote:{sent.id}")
    await photo(stage, "Clara", 1)
    stage.sees("Clara", "备注请写1到500字")
    await stage.says("Clara", "她家老人住院，语气轻些。")
    stage.sees("Clara", "备注已存")
    stage.sees("Ivan", "柯老师 写了备注", "📌 柯老师：她家老人住院", "田小雪")
    await stage.tap_data("Ivan", f"qnote:{sent.id}")
    await stage.says("Ivan", "好，我下课找她谈。")
    stage.sees("Clara", "易教授 写了备注", "她家老人住院", "好，我下课找她谈")
    await answer(stage, "Ivan", sent, "可以，先登记委托。")
    for name in ("Tina", "Tom", "Gao", "Ada"):
        await stage.tap_data(name, f"qopen:{sent.id}")
        stage.sees(name, PHONE)
        await stage.tap_data(name, f"qhist:{sent.id}")
        stage.sees_nothing_of(name, "住院", "我下课找她")
    await nothing_failed(stage)


async def test_a_corrected_answer_replaces_what_is_on_the_phones(stage: Stage) -> None:
    await zh(stage)
    stage.at("11:40")
    sent = await asks(stage, "Tina", PHONE)
    await stage.tap_data("Tom", f"qsame:{sent.id}")
    stage.clear()
    await answer(stage, "Ivan", sent, "可以，不用登记。")
    stage.at("11:50")
    await stage.tap_data("Ivan", f"qopen:{sent.id}")
    await stage.taps("Ivan", "更正回答")
    stage.sees("Ivan", "更正第1问的回答")
    await stage.says("Ivan", "要先登记委托。")
    stage.sees_somewhere("Ivan", "第1问的回答已更正")
    await stage.taps("Ivan", "发送")
    for name in ("Tina", "Tom"):
        old, new = of(stage, name, "第1问")
        assert "这个回答已更正，请看后面的新回答" in old.plain and "不用登记" not in old.plain and not old.buttons
        assert "要先登记委托" in new.plain and "（已更正）" in new.plain
    assert [v.version for v in await versions(stage, sent)] == [1, 2]
    assert (await kinds(stage, sent))[-2:] == ["answer", "answer"]
    await stage.tap_data("Tina", f"qok:{sent.id}")
    stage.at("12:30")
    await answer(stage, "Clara", sent, "登记在一楼窗口。")  # to a solved one: it stays solved, and all are told
    stage.sees("Tina", "登记在一楼窗口")
    assert stage.labels("Tina") == ["还有疑问"]
    assert (await one(stage, sent)).state == "solved" and (await one(stage, sent)).version == 3
    await stage.tick("12:10", 2)
    stage.sees_somewhere("Tom", "登记在一楼窗口")
    bodies = "select body from outbox where chat_id = 102 and kind = 'say' and state = 'sent'"
    found = await stage.store.work(lambda tx: tx.all(str, bodies))
    assert sum("一楼窗口" in body for body in found) == 1
    await nothing_failed(stage)


async def test_below_a_picture_and_after_several_files_it_says_so_too(stage: Stage) -> None:
    await zh(stage)
    stage.at("11:40")
    sent = await asks(stage, "Tina", PHONE)
    await stage.tap_data("Tom", f"qsame:{sent.id}")
    stage.clear()
    await stage.tap_data("Ivan", f"qans:{sent.id}")
    await photo(stage, "Ivan", 1, caption="不用登记，看图。")
    await stage.tap_data("Ivan", f"qpost:{sent.id}:0")
    for version, (files, body) in enumerate((((2, 3), "要先登记，看两张图。"), ((), "去一楼窗口登记。")), 1):
        await stage.tap_data("Ivan", f"qans:{sent.id}")
        for number in files:
            await photo(stage, "Ivan", number)
        await stage.says("Ivan", body)
        await stage.tap_data("Ivan", f"qpost:{sent.id}:{version}")
    for name in ("Tina", "Tom"):
        first, album, second, *rest = stage.phone(name)
        assert [len(s.media) for s in (first, album, second)] == [1, 2, 0]
        for old in (first, second):
            assert "这个回答已更正" in old.plain and "登记" not in old.plain and not old.buttons
        assert ["去一楼窗口登记" in s.plain for s in rest] == [True] * (name == "Tina"), "Tom's waits for the others"
    await nothing_failed(stage)


async def test_in_a_joint_post_and_on_a_day_card_the_old_answer_says_so(stage: Stage) -> None:
    await zh(stage)
    stage.at("11:31")
    bins = "垃圾分类的桶到底放在哪一个门口比较好？"
    whose = (("Tina", PHONE), ("Gao", BIKES), ("Tina", CANTEEN), ("Gao", bins))
    asked = [await asks(stage, name, text) for name, text in whose]
    for question in asked:
        await stage.tap_data("Tom", f"qsame:{question.id}")
        await answer(stage, "Clara", question, f"第{question.no}个的老回答。")
    stage.clear()
    await stage.tick("12:10")  # two went at once, these two together
    (joint,) = of(stage, "Tom", "有2件事给您答复")
    assert "第3个的老回答" in joint.plain and "第4个的老回答" in joint.plain
    await answer(stage, "Clara", asked[2], "第3个的新回答。")
    (joint,) = of(stage, "Tom", "有2件事给您答复")
    assert "第3个的老回答" not in joint.plain and "第3问" in joint.plain and "这个回答已更正" in joint.plain
    assert "第4个的老回答" in joint.plain, "what stood beside it stays"
    stage.at("19:00")
    await answer(stage, "Clara", asked[3], "第4个的新回答。")
    (joint,) = of(stage, "Tom", "有2件事给您答复")
    assert joint.plain.count("这个回答已更正") == 2 and "老回答" not in joint.plain
    await stage.tick("07:00", 2)  # the newest stands on the day card
    await stage.taps("Tom", "条")
    stage.sees("Tom", "第4个的新回答")
    await answer(stage, "Clara", asked[3], "第4个的最新回答。")
    await stage.taps("Tom", "条")
    assert "第4个的新回答" not in stage.last("Tom").plain and "这个回答已更正" in stage.last("Tom").plain
    await nothing_failed(stage)


async def test_an_answer_corrected_before_it_left_comes_once(stage: Stage) -> None:
    await zh(stage)
    stage.at("22:40")
    sent = await asks(stage, "Tina", PHONE, topic="社区党建")
    await stage.tap_data("Tom", f"qsame:{sent.id}")
    stage.clear()
    await answer(stage, "Clara", sent, "可以，不用登记。")
    await answer(stage, "Clara", sent, "要先登记委托。")
    assert not of(stage, "Tina", "第1问"), "nothing at night"
    for clock in ("06:30", "07:00", "12:10", "12:11"):
        await stage.tick(clock, 2)
    (seen,) = of(stage, "Tina", "登记")
    assert "要先登记委托" in seen.plain
    await stage.taps("Tom", "1条")  # his stands on the day card, the whole of it a tap away
    stage.sees("Tom", "要先登记委托")
    for name in ("Tina", "Tom"):
        stage.sees_nothing_of(name, "不用登记")
    await nothing_failed(stage)


# ---- how it goes on -------------------------------------------------------------------------------------------------


async def test_silence_for_two_days_closes_and_a_week_reopens(stage: Stage) -> None:
    await zh(stage)
    stage.at("11:40")
    sent = await asks(stage, "Tina", PHONE)
    assert "还在等回答" in await stage.tap_data("Tina", f"qok:{sent.id}")
    await stage.tap_data("Clara", f"qbook:{sent.id}")
    assert "先回答，再点［入库］" in stage.last("Clara").plain and stage.labels("Clara") == ["看这个问题"]
    await answer(stage, "Ivan", sent, "可以。")
    stage.at("11:50")
    await stage.taps("Tina", "还有疑问")
    await photo(stage, "Tina", 1)
    stage.sees("Tina", "请写2到300字")
    await stage.says("Tina", "委托书要写什么？")
    stage.sees("Tina", "已补充到第1问")
    stage.sees("Ivan", "还有疑问", "➕ 委托书要写什么")
    again = await one(stage, sent)
    assert (again.state, again.reopened, again.owner_id) == ("assigned", 1, await id_of(stage, "Ivan"))
    await stage.taps("Tina", "还有疑问")  # one more word while it is open
    await stage.says("Tina", "要不要手印？")
    stage.sees("Ivan", "提问的人补充了", "手印")
    assert (await one(stage, sent)).reopened == 1
    await answer(stage, "Ivan", sent, "写明事项就行。")
    stage.clear()
    await stage.tick("11:41", 3)  # two days after the first answer, not after this one
    assert (await one(stage, sent)).state == "answered"
    for clock in ("11:50", "11:51"):
        await stage.tick(clock, 3)
    shown = of(stage, "Tina", "48小时没有新的疑问")
    assert len(shown) == 1 and [k.label for k in shown[0].buttons] == ["还有疑问"]
    closed = await one(stage, sent)
    assert (closed.state, closed.closed_by) == ("solved", "silent")
    stage.at("11:49", 10)
    await stage.taps("Tina", "还有疑问")
    await stage.says("Tina", "委托多久有效？")
    assert (await one(stage, sent)).state == "assigned"
    await answer(stage, "Ivan", sent, "一年。")
    await stage.tap_data("Tina", f"qok:{sent.id}")
    stage.at("11:48", 17)
    await stage.tap_data("Tina", f"qmore:{sent.id}")
    stage.sees("Tina", "还有哪里不清楚")
    stage.at("11:50", 17)
    await stage.says("Tina", "太晚了吗？")
    stage.sees("Tina", "超过7天")
    assert (await one(stage, sent)).state == "solved"
    assert await kinds(stage, sent) == [
        "send", "assign", "answer", "add", "ask_again", "add", "answer", "solve", "add", "ask_again", "answer", "solve"
    ]  # fmt: skip
    await nothing_failed(stage)


async def test_after_the_class_there_are_three_more_days_at_least(stage: Stage) -> None:
    stage.at("11:40")
    sent = await asks(stage, "Tina", PHONE)
    await answer(stage, "Clara", sent, "可以。")
    await stage.tap_data("Tina", f"qok:{sent.id}")
    long_ago = "update question set closed_at = :at where id = :id"
    stage.at("11:40")
    await do(stage, long_ago, at=stage.clock.now().replace(year=2027, month=3, day=1), id=sent.id)
    stage.at("03:59", 7)  # the class ends on its day 3
    await stage.tap_data("Tina", f"qmore:{sent.id}")
    stage.sees("Tina", "还有哪里不清楚")
    stage.at("04:01", 7)
    assert "超过7天" in await stage.tap_data("Tina", f"qmore:{sent.id}")
    await nothing_failed(stage)


async def test_an_asker_who_cannot_be_reached_is_told_by_the_class_teacher(stage: Stage) -> None:
    await zh(stage)
    stage.at("11:40")
    first, second = await asks(stage, "Tina", PHONE), await asks(stage, "Tom", BIKES)
    third = await asks(stage, "Gao", CANTEEN, topic="社区党建")
    await stage.tap_data("Gao", f"qsame:{first.id}")
    await block(stage, "Tina")
    stage.clear()
    await answer(stage, "Ivan", first, "可以，先登记委托。")
    stage.sees("Ivan", "已存好", "收不到消息", "同问的1人")
    stage.sees("Clara", "田小雪 收不到消息，请转告回答（电话 000-0002）", "登记委托")
    stage.sees("Gao", "登记委托")
    stage.sees_nothing_of("Ivan", "田小雪", "000-0002")
    stage.sees_nothing_of("Gao", "田小雪")
    assert (await one(stage, first)).version == 1
    stage.clear()
    await writes(stage, "Ivan", second, "不能，要劝阻。")
    stage.troubles = {ACCOUNTS["Tom"]: "unreachable"}  # he stops the bot, and nobody knows it yet
    await stage.tap_data("Ivan", f"qpost:{second.id}:0")
    assert "第2问已回答" in stage.last("Ivan").plain and not of(stage, "Clara", "转告")
    await stage.tick("11:51")
    assert len(of(stage, "Clara", "田小雪 收不到消息，请转告回答（电话 000-0003）")) == 1
    stage.clear()
    stage.troubles = {}
    stage.at("22:50")
    await answer(stage, "Ivan", third, "六点半有粥和包子。")  # it leaves in the morning only
    await stage.tick("23:10")
    stage.troubles = {ACCOUNTS["Gao"]: "unreachable"}
    for clock in ("06:30", "06:40", "06:41", "07:40"):
        await stage.tick(clock, 2)
    assert len(of(stage, "Clara", "高远 收不到消息，请转告回答")) == 1
    stage.sees_nothing_of("Ivan", "高远", "田小雪")
    await stage.tap_data("Clara", "qfor")
    await stage.says("Clara", f"9 {PHONE}")  # somebody who never joined
    await stage.taps("Clara", "发出")
    last = (await stored(stage))[-1]
    await answer(stage, "Clara", last, "可以代办。")
    stage.sees_somewhere("Clara", "学员09 收不到消息")
    stage.sees_somewhere("Clara", "当面或电话转告")
    await nothing_failed(stage)


async def test_no_group_and_no_quote_plays_a_part(stage: Stage) -> None:
    """AT-12."""
    stage.at("11:40")
    sent = await asks(stage, "Tina", PHONE)
    group: dict[str, Any] = {"id": -100, "type": "supergroup", "title": "春晓班群"}
    who = {"id": ACCOUNTS["Clara"], "is_bot": False, "first_name": "Clara"}
    for text in ("回答", "可以代办。", "/questions"):
        await stage.update({"message": {"message_id": 5, "date": 0, "chat": group, "from": who, "text": text,
                                        "message_thread_id": 7, "reply_to_message": {"message_id": 4, "date": 0,
                                                                                     "chat": group}}})  # fmt: skip
    left = {"chat": group, "from": who, "date": 0, "old_chat_member": {"status": "administrator"},
            "new_chat_member": {"status": "left"}}  # fmt: skip
    await stage.update({"my_chat_member": left})
    assert not stage.phones.get(-100) and not await versions(stage, sent)
    await answer(stage, "Clara", sent, "可以，先登记委托。")
    stage.sees("Tina", "登记委托")
    assert await count(stage, "select count(*) from outbox where chat_id < 0") == 0
    await nothing_failed(stage)


async def test_whoever_answers_sees_what_the_handbook_has_nearest(stage: Stage) -> None:
    stage.at("15:40")
    await stage.store.work(lambda tx: publish(tx, stage.clock.now()))
    question = await asks(stage, "Tina", BIKES)
    await stage.tap_data("Clara", f"qopen:{question.id}")
    near = [label for label in stage.labels("Clara") if label.startswith("📖")]
    assert 1 <= len(near) <= 3 and "电动车" in near[0]
    await stage.taps("Clara", near[0])
    stage.sees("Clara", "高层民用建筑")
    await answer(stage, "Clara", question, "不能，车棚里有充电桩。")
    await stage.tap_data("Clara", f"qopen:{question.id}")
    assert not any(label.startswith("📖") for label in stage.labels("Clara"))


def test_every_page_of_a_long_list_can_be_reached() -> None:
    for pages in range(1, 30):
        seen, at = {0}, [0]
        while at:
            near = {int(key.args[0]) for key in page_buttons(pages, at.pop(), 4, "qlist", "answered")}
            at += near - seen
            seen |= near
        assert seen == set(range(pages))


async def test_the_reason_of_a_private_question_is_not_for_the_office(stage: Stage) -> None:
    stage.at("11:35")
    question = await asks(stage, "Tom", "我和邻居的纠纷想单独请教老师怎么办", "仅老师可见")
    await stage.tap_data("Clara", f"qnay:{question.id}")
    await stage.says("Clara", "这件事请当面找我谈")
    await stage.tap_data("Clara", f"qopen:{question.id}")
    stage.sees("Clara", "当面找我谈")
    await stage.tap_data("Ada", f"qopen:{question.id}")
    assert "当面" not in stage.last("Ada").plain and "纠纷" not in stage.last("Ada").plain


async def test_the_office_does_not_give_itself_what_is_for_teachers_only(stage: Stage) -> None:
    stage.at("11:35")
    secret = "我和邻居的纠纷想单独请教老师怎么办"
    question = await asks(stage, "Tom", secret, "仅老师可见")
    await stage.tap_data("Ada", f"qto:{question.id}")
    assert not any("安老师" in label for label in stage.labels("Ada")) and "柯老师（班主任）" in stage.labels("Ada")
    ada = await id_of(stage, "Ada")
    told = await stage.tap_data("Ada", f"qto:{question.id}:{ada}")
    assert "教务不能转给自己" in told and "班主任或授课教师" in told
    await do(stage, "update question set state = 'queued', owner_id = null where id = :id", id=question.id)
    await stage.tap_data("Ada", f"qdate:{question.id}")  # nobody's: a date does not make it hers either
    await stage.says("Ada", "明天中午")
    assert (await one(stage, question)).owner_id is None
    await stage.tap_data("Ada", f"qopen:{question.id}")
    stage.sees_nothing_of("Ada", secret)
    await stage.tap_data("Ada", f"qto:{question.id}:{await id_of(stage, 'Clara')}")
    assert (await one(stage, question)).owner_id == await id_of(stage, "Clara"), "to others she gives it"

    open_one = await asks(stage, "Tina", BIKES)
    await stage.tap_data("Ada", f"qto:{open_one.id}:{ada}")
    assert (await one(stage, open_one)).owner_id == ada, "what she may read she may take"
    await do(stage, "update member set roles = 'admin class_teacher' where id = :id", id=ada)
    await stage.tap_data("Ada", f"qto:{question.id}:{ada}")
    assert (await one(stage, question)).owner_id == ada, "a teacher of the class may"
    await nothing_failed(stage)
