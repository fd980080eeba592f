"""Asking: in pieces, with files, what is there already, category and level, once (QA-01 … QA-03, QA-14, QA-15)."""

from __future__ import annotations

import asyncio

from actions import questions as asking
from chat.messages import Refusal
from storage import accounts, answers, questions, search
from storage.questions import Question
from storage.search import Ask
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.handlers.log_class import GOOD
from tests.handlers.log_class import writes as writes_log
from tests.handlers.question_class import (
    BIKES,
    CANTEEN,
    PHONE,
    answer,
    asks,
    count,
    do,
    kinds,
    nothing_failed,
    of,
    one,
    photo,
    stored,
)
from tests.handlers.test_handovers import second_teacher
from tests.stage import Stage


async def draft(stage: Stage, name: str = "Tina") -> Question | None:
    async def look(tx: Tx) -> Question | None:
        seat = await tx.one(int, "select id from member where account_id = :id", {"id": ACCOUNTS[name]})
        return await questions.draft_of(tx, seat, "self")

    return await stage.store.work(look)


async def test_a_question_in_pieces_is_confirmed_on_one_screen_and_sent_once(stage: Stage) -> None:
    stage.at("09:50")
    await stage.says("Tina", "提问题")
    stage.sees("Tina", "10到300字", "3张图片")
    stage.at("10:05")
    await stage.says("Tina", "提问")  # a synonym; begun without a word it is about the session of now
    for text, hint in (("啊", "现在1字"), ("老 人 不 会", "现在5字"), ("字" * 800, "缩短")):
        await stage.says("Tina", text)
        stage.sees("Tina", hint)
    sticker = {"file_id": "S", "file_unique_id": "S", "width": 1, "height": 1, "type": "regular"}
    await stage.sends("Tina", sticker={**sticker, "is_animated": False, "is_video": False})
    stage.sees("Tina", "请用文字写下问题")
    await stage.says("Tina", "用手机，能不能由志愿者代办？")
    stage.sees("Tina", "请看一眼", "啊\n老 人 不 会\n用手机，能不能由志愿者代办？", "分类：社区党建",
               "谁能看：对同学匿名，班主任可见", "谁来答：授课教师")  # fmt: skip
    await stage.says("Tina", "比如领补贴。")
    stage.sees("Tina", "代办？\n比如领补贴。")
    old = list(stage.last("Tina").buttons)
    for _ in range(5):
        await stage.taps("Tina", "发出")
    stage.sees("Tina", "第1问")
    (sent,) = await stored(stage)
    assert (sent.no, sent.state, sent.topic, sent.topic_ref, sent.visibility, sent.door) == (
        1, "assigned", "course", "PH1", "anonymous", "class"
    )  # fmt: skip
    assert await kinds(stage, sent) == ["send", "assign"] and await draft(stage) is None
    for key in old:  # whatever stood under the confirmation
        stage.clear()
        await stage.tap_data("Tina", key.data)
        said = (stage.last("Tina").plain if stage.phone("Tina") else "") + "".join(stage.toasts[ACCOUNTS["Tina"]])
        assert "已经发出了（第1问）" in said and stage.labels("Tina") == ["看这个问题"], key.label
    assert [await one(stage, sent)] == await stored(stage), "nothing of it has changed"
    await stage.says("Tina", "发出")
    stage.sees("Tina", "还没有写好的问题")
    await nothing_failed(stage)


async def test_files_come_with_words_or_wait_for_them(stage: Stage) -> None:
    stage.at("14:10")
    await stage.says("Tina", "提问题")
    await photo(stage, "Tina", 1)
    stage.sees("Tina", "收到了", "再写一句")
    await stage.says("Tina", "怎么办")
    stage.sees("Tina", "再多写几个字")
    await photo(stage, "Tina", 2)
    stage.sees("Tina", "再多写几个字")  # there is nothing to confirm yet
    await photo(stage, "Tina", 3, caption="楼道里这样充电行不行？")
    stage.sees("Tina", "怎么办\n楼道里这样充电行不行？", "附件3个")
    await photo(stage, "Tina", 3)  # the same again
    stage.sees("Tina", "附件3个")
    await photo(stage, "Tina", 4, caption="还有这张")
    stage.sees("Tina", "最多3个附件，这个没有收进去")
    await stage.sends("Tina", document={"file_id": "D", "file_unique_id": "D"})
    stage.sees("Tina", "图片或语音")
    await stage.says("Tina", "发出")  # typed: the same by a message
    stage.sees("Tina", "第1问", "班主任")
    (sent,) = await stored(stage)
    assert "还有这张" not in sent.text
    await stage.taps("Tina", "看这个问题")
    await stage.taps("Tina", "看附件")
    assert [s.media[0].file_id for s in of(stage, "Tina", "第1问的附件")] == ["F1", "F2", "F3"]
    await stage.tap_data("Clara", f"qopen:{sent.id}")
    stage.sees("Clara", "附件3个")
    await stage.taps("Clara", "看附件")
    assert len(of(stage, "Clara", "第1问的附件")) == 3
    await nothing_failed(stage)


async def test_category_level_start_over_give_up_and_come_back(stage: Stage) -> None:
    stage.at("10:30")
    await stage.says("Tina", "提问题")
    await stage.says("Tina", BIKES)
    await stage.taps("Tina", "换分类")
    assert stage.labels("Tina") == ["社区党建", "现场教学", "政策", "后勤", "其他"]
    await stage.taps("Tina", "后勤")
    stage.sees("Tina", "分类：后勤", "谁来答：教务")
    await stage.taps("Tina", "换可见范围")
    stage.sees("Tina", "· 署名公开：", "只有班主任和回答的老师看得到", "只能改得更私密")
    await stage.taps("Tina", "仅老师可见")
    stage.sees("Tina", "谁能看：仅老师可见", BIKES)
    await stage.says("Tina", "返回")
    kept = await draft(stage)
    assert kept is not None and kept.text == BIKES
    await stage.says("Tina", "签到")
    stage.at("15:40")
    await stage.says("Tina", "提问题")
    stage.sees("Tina", "上次没发出", BIKES, "分类：后勤", "仅老师可见")
    await stage.taps("Tina", "重写")
    await stage.says("Tina", PHONE)
    shown = stage.sees("Tina", PHONE, "分类：后勤", "仅老师可见")
    assert BIKES not in shown.plain
    await stage.taps("Tina", "不问了")
    stage.sees("Tina", "没有发出")
    assert await draft(stage) is None and not await stored(stage)
    await stage.says("Tina", "发出")
    stage.sees("Tina", "点［提问题］开始")
    for data in ("qsend:1", "qtopic:1:0", "qlevel:1:named", "qgo:1", "qrewrite:1", "qdrop:1"):  # of what is gone
        await stage.tap_data("Tina", data)
    for data in ("qtopic:x:99", "qsend", "qlevel:1:everybody", "qopen:999999999999999", "qmine:77", "qall:9"):
        await stage.tap_data("Tina", data)
    assert not await stored(stage)
    sent = await asks(stage, "Tina", PHONE, "仅老师可见")
    assert (sent.door, sent.live, sent.topic) == ("anonymous", False, "other")
    await nothing_failed(stage)


async def test_somebody_who_reads_english_asks_in_english(stage: Stage) -> None:
    await do(stage, "update account set lang = 'en' where id = 101")
    stage.at("10:30")
    await stage.says("Tina", "ask")
    await stage.says("Tina", "May a volunteer fill in the form for somebody old?")
    stage.sees("Tina", "Topic: Party building", "Anonymous to classmates", "Who answers: the lecturer")
    await stage.taps("Tina", "Send")
    stage.sees("Tina", "Sent as question 1", "will see it in the break")
    for shown in stage.phone("Tina"):
        assert not any("\u4e00" <= c <= "\u9fff" for c in shown.plain), shown.plain
    stage.at("21:30")
    await stage.says("Tina", "ask")
    await stage.says("Tina", "What is the plan for tomorrow morning then?")
    await stage.taps("Tina", "Send")
    stage.sees("Tina", "Nobody is answering right now", "08:30", "16")


async def test_what_is_there_already_comes_first(stage: Stage) -> None:
    stage.at("14:10")
    first = await asks(stage, "Tina", BIKES)
    hidden = await asks(stage, "Gao", "食堂能不能提前开门，早饭赶不上车？", "仅老师可见")
    await stage.says("Tom", "提问题")
    await stage.says("Tom", "请问老师，楼道里到底能不能给电动车充电，出事谁负责")
    stage.sees("Tom", "这些也许就是您要的")
    assert stage.labels("Tom")[0].startswith("同问+1：楼道里到底") and "仍要提问" in stage.labels("Tom")
    await stage.taps("Tom", "已解决")
    assert await draft(stage, "Tom") is None and len(await stored(stage)) == 2, "nothing is filed"
    await stage.says("Tom", "提问题")
    await stage.says("Tom", BIKES)
    await stage.taps("Tom", "同问+1")
    stage.sees("Tom", "已同问第1问")
    assert await draft(stage, "Tom") is None and len(await stored(stage)) == 2
    assert "已经同问过" in await stage.tap_data("Tom", f"qsame:{first.id}")
    assert await count(stage, "select count(*) from same_question") == 1
    assert "您自己的问题" in await stage.tap_data("Tina", f"qsame:{first.id}")
    await stage.tap_data("Tom", f"qsame:{hidden.id}")
    assert await count(stage, "select count(*) from same_question") == 1
    await stage.says("Gao", "提问题")  # what is for teachers only is found by nobody
    await stage.says("Gao", BIKES)
    await stage.taps("Gao", "仍要提问")
    await stage.taps("Gao", "发出")
    await stage.says("Tom", "提问题")
    await stage.says("Tom", "食堂能不能提前开门，早饭赶不上车？")
    stage.sees("Tom", "请看一眼")
    await stage.taps("Tom", "不问了")
    stage.clear()
    await answer(stage, "Clara", first, "不能，飞线充电由物业先劝阻。")
    stage.sees("Tom", "您同问的第1问有回答了", "飞线充电")
    stage.sees("Tina", "第1问有回答了")
    await stage.tap_data("Gao", f"qsame:{first.id}")
    stage.sees("Gao", "第1问已经有回答了")
    assert stage.labels("Gao") == ["看这个问题"]
    stage.clear()
    await stage.says("Tom", "提问题")  # and now the answer is found
    await stage.says("Tom", BIKES)
    await stage.taps("Tom", "📖")
    stage.sees("Tom", "第1问", "飞线充电", "一位学员")
    stage.sees_nothing_of("Tom", "田小雪", "食堂")
    await nothing_failed(stage)


async def test_from_a_search_and_from_a_log(stage: Stage) -> None:
    stage.at("14:10")
    words = "独居老人的药谁来帮着取"

    async def searched(tx: Tx, text: str) -> int:
        return await search.add_ask(tx, Ask(text=text, outcome="nothing", at=stage.clock.now()))

    id = await stage.store.work(lambda tx: searched(tx, words))
    short = await stage.store.work(lambda tx: searched(tx, "取药"))
    await stage.tap_data("Tina", f"asksearch:{short}")
    stage.sees("Tina", "再多写几个字")
    for _ in range(2):
        await stage.tap_data("Tina", f"asksearch:{id}")
    shown = stage.sees("Tina", "请看一眼", f"取药\n{words}")
    assert shown.plain.count(words) == 1
    await stage.says("Tina", "提问题")  # looked at again, it still came through that door
    await stage.taps("Tina", "发出")
    (sent,) = await stored(stage)
    assert sent.door == "handbook"
    await stage.tap_data("Clara", f"asksearch:{id}")
    await stage.tap_data("Ivan", f"asksearch:{id}")
    assert await count(stage, "select count(*) from question") == 1

    stage.at("20:00")
    puzzle = GOOD + "\n疑问：居民当面答应、转身又不配合，第二次上门该从哪里说起？"
    await writes_log(stage, "Tina", puzzle)
    key = next(k for s in reversed(stage.phone("Tina")) for k in s.buttons if k.data.startswith("logask:"))
    for _ in range(2):
        await stage.tap_data("Tina", key.data)
    text = stage.sees("Tina", "请看一眼", "第二次上门").plain
    assert text.count("第二次上门") == 1
    await stage.says("Tina", "提问题")
    await stage.taps("Tina", "发出")
    last = (await stored(stage))[-1]
    assert last.log_id == int(key.data.split(":")[1]) and last.door == "class"
    await nothing_failed(stage)


async def test_the_class_teacher_enters_a_question_for_somebody(stage: Stage) -> None:
    stage.at("14:10")
    await asks(stage, "Tom", BIKES)
    await stage.says("Clara", "/questions")
    await stage.taps("Clara", "替学员登记")
    for text in ("老人不会用手机怎么办", "99 老人不会用手机怎么办？", "5", "图"):
        await stage.says("Clara", text)
        stage.sees("Clara", "座号 空格 问题")
    await stage.says("Clara", "２号：不行")
    stage.sees("Clara", "田小雪（1组2号）", "再多写几个字")
    await stage.says("Clara", f"２号：{BIKES}")
    stage.sees("Clara", "请看一眼", "替 田小雪（1组2号） 登记", BIKES)
    await stage.taps("Clara", "重写")
    await stage.says("Clara", PHONE)
    await stage.taps("Clara", "换分类")
    await stage.taps("Clara", "后勤")
    await stage.taps("Clara", "发出")
    sent = (await stored(stage))[-1]
    assert (sent.no, sent.source, sent.text, sent.topic) == (2, "staff", PHONE, "logistics")
    assert sent.entered_by == await count(stage, "select id from member where ref = 'S01' and cohort_id = 1")
    assert sent.asker_id == await count(stage, "select id from member where ref = 'T02' and cohort_id = 1")
    await stage.tap_data("Tina", "qmine")
    await stage.taps("Tina", "2. 老人")
    await stage.tap_data("Ada", f"qopen:{sent.id}")
    stage.sees("Ada", "一位学员", PHONE)
    stage.sees_nothing_of("Ada", "田小雪")
    await answer(stage, "Ada", sent, "可以，先登记委托。")
    stage.sees("Tina", "第2问有回答了")
    for name in ("Tina", "Ivan", "Ada"):
        await stage.tap_data(name, "qfor")
    assert await count(stage, "select count(*) from question") == 2
    await nothing_failed(stage)


async def test_a_colleague_s_unsent_words_for_a_seat_are_not_replaced(stage: Stage) -> None:
    await second_teacher(stage)
    stage.at("14:10")
    await stage.tap_data("Clara", "qfor")
    await stage.says("Clara", f"2 {BIKES}")
    stage.at("14:19")
    await stage.tap_data("Ivan", "qfor")
    await stage.says("Ivan", f"2 {PHONE}")
    stage.sees("Ivan", "柯老师 从 14:10 起", "田小雪（1组2号）", "满10分钟", "座号 空格 问题")
    await stage.says("Ivan", f"5 {PHONE}")  # another seat, without tapping anything
    stage.sees("Ivan", "替 学员05（1组5号） 登记", PHONE)
    await stage.taps("Clara", "换分类")
    await stage.taps("Clara", "后勤")
    stage.sees("Clara", BIKES, "后勤")
    await stage.says("Clara", "再补一句。")
    stage.sees("Clara", f"{BIKES}\n再补一句。")
    await stage.tap_data("Clara", "qfor")
    await stage.says("Clara", f"2 {CANTEEN}")  # her own is written anew, as ever
    stage.sees("Clara", CANTEEN)
    assert BIKES not in stage.last("Clara").plain
    stage.at("14:29")
    await stage.tap_data("Ivan", "qfor")
    await stage.says("Ivan", f"2 {PHONE}")
    stage.sees("Ivan", "替 田小雪（1组2号） 登记", PHONE)
    assert await count(stage, "select count(*) from question where source = 'staff'") == 2
    await nothing_failed(stage)


async def test_two_teachers_who_begin_for_one_seat_at_once(stage: Stage) -> None:
    await second_teacher(stage)
    stage.at("14:10")

    async def enter(tx: Tx, name: str) -> str:
        now = stage.clock.now()
        me = await accounts.who(tx, ACCOUNTS[name], now)
        assert me is not None
        person = await asking.seat(tx, me, 2, now)
        assert person is not None
        draft = await asking.begin_for(tx, me, person, now)
        await asking.add_words(tx, me, draft, BIKES)
        return name

    done = await asyncio.gather(*(stage.store.work(lambda tx, n=n: enter(tx, n)) for n in ("Clara", "Ivan")),
                                return_exceptions=True)  # fmt: skip
    refused = [d for d in done if isinstance(d, Refusal)]
    assert len(refused) == 1 and refused[0].say.key == asking.FOR_COLLEAGUE
    assert await count(stage, "select count(*) from question where text = :t", t=BIKES) == 1


async def test_a_level_becomes_more_private_only(stage: Stage) -> None:
    stage.at("14:10")
    sent = await asks(stage, "Tina", BIKES, "署名公开")
    other = await asks(stage, "Gao", CANTEEN)
    await stage.tap_data("Tom", "qall")
    await stage.taps("Tom", "1. 楼道")
    stage.sees("Tom", "田小雪", BIKES)
    await stage.taps("Tom", "同问+1")
    await stage.tap_data("Tina", f"qopen:{sent.id}")
    assert stage.labels("Tina")[-2:] == ["改为匿名", "改为仅老师可见"]
    await stage.taps("Tina", "改为匿名")
    stage.sees("Tina", "对同学匿名，班主任可见")
    assert "改为匿名" not in stage.labels("Tina")
    for level in ("named", "anonymous", "everybody", ""):  # AT-38
        assert "不能更公开" in await stage.tap_data("Tina", f"qprivate:{sent.id}:{level}")
    assert "不能更公开" not in await stage.tap_data("Tina", f"qprivate:{other.id}:private"), "not one's own"
    stage.clear()
    await stage.tap_data("Tom", f"qopen:{sent.id}")
    stage.sees("Tom", "一位学员")
    stage.sees_nothing_of("Tom", "田小雪")
    await answer(stage, "Clara", sent, "不能，飞线充电要劝阻。")
    await stage.taps("Tina", "还有疑问")
    await stage.says("Tina", "那业主不听怎么办？")
    assert (await one(stage, sent)).state == "assigned"
    stage.clear()
    await stage.tap_data("Tina", f"qprivate:{sent.id}:private")
    stage.sees("Tina", "仅老师可见")
    stage.sees("Tom", "第1问", "不再转给同问的人")
    stage.sees_nothing_of("Tom", "楼道", "充电", "业主")
    await answer(stage, "Clara", sent, "请社区民警一起上门。")
    stage.sees("Tina", "第1问的回答已更正", "民警")
    for name in ("Tom", "Gao", "Ivan"):
        await stage.tap_data(name, f"qopen:{sent.id}")
        await stage.tap_data(name, f"qfiles:{sent.id}")
    await stage.tap_data("Tom", "qall")
    stage.sees_nothing_of("Tom", "楼道", "民警", "业主")
    assert (await one(stage, other)).visibility == "anonymous"
    denied = "select count(*) from audit where act = 'question-denied' and about = :about"
    assert await count(stage, denied, about=f"question:{sent.id}") == 6
    shown = "select count(*) from passage where kind = 'answer' and shown"
    assert await count(stage, shown) == 0, "the search knows it no more"
    assert (await kinds(stage, sent)).count("visibility") == 2
    await nothing_failed(stage)


async def test_two_who_send_at_once_get_two_numbers(stage: Stage) -> None:
    stage.at("14:10")
    names = {"Tina": PHONE, "Tom": BIKES, "Gao": CANTEEN}
    for name, text in names.items():
        await stage.says(name, "提问题")
        await stage.says(name, text)

    async def send(tx: Tx, name: str) -> int:
        me = await accounts.who(tx, ACCOUNTS[name], stage.clock.now())
        assert me is not None
        found = await questions.draft_of(tx, me.member_id, "self")
        assert found is not None
        now = stage.clock.now()
        return (await asking.send(tx, me, found, now, now)).question.no

    numbers = await asyncio.gather(*(stage.store.work(lambda tx, name=name: send(tx, name)) for name in names))
    assert sorted(numbers) == [1, 2, 3]


async def test_ones_own_and_those_of_others_page_by_page(stage: Stage) -> None:
    stage.at("14:10")
    await stage.tap_data("Tina", "qmine")
    stage.sees("Tina", "还没有提过问题")
    await stage.tap_data("Tom", "qall")
    stage.sees("Tom", "没有等着回答的问题")

    async def many(tx: Tx) -> None:
        for n in range(1, 12):
            await tx.do(
                """insert into question (cohort_id, no, asker_id, text, topic, state, visibility, made_at, sent_at)
                   select 1, :n, id, :text, 'other', 'queued', :level, :now, :now from member
                   where ref = 'T02' and cohort_id = 1""",
                {"n": n, "text": f"第{n}个问题是什么", "level": "private" if n == 11 else "anonymous",
                 "now": stage.clock.now()},
            )  # fmt: skip
        await answers.add_same(
            tx, 5, await tx.one(int, "select id from member where account_id = 103"), stage.clock.now()
        )

    await stage.store.work(many)
    await stage.tap_data("Tina", "qmine:0")
    stage.sees("Tina", "我的提问（11）")
    assert stage.labels("Tina")[0].startswith("11. ") and len(stage.labels("Tina")) == 9
    await stage.taps("Tina", "第2页")
    assert stage.labels("Tina") == [
        "3. 第3个问题是什么 · 待分派",
        "2. 第2个问题是什么 · 待分派",
        "1. 第1个问题是什么 · 待分派",
        "第1页",
    ]
    await stage.tap_data("Tom", "qall:0")
    stage.sees("Tom", "大家在问（10）")
    assert "同问1" in stage.labels("Tom")[0], "what most ask comes first"
    await nothing_failed(stage)
