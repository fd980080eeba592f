"""Where a notice could go wrong: late taps, versions, nights, seats that change hands; long: a play for each."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions import clock, joining, notice_reading
from storage import accounts, members, notice_copies, outbox
from storage import notice_people as ledger
from storage import notices as stored
from storage.notice_people import Row
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.handlers.test_notice_ledger import chased, rows, sent
from tests.handlers.test_notices import begin, compose, counts, newest
from tests.stage import Stage


async def acts(stage: Stage) -> list[str]:
    """The history of the newest notice."""
    notice = await newest(stage)
    return [e.act for e in await stage.store.work(lambda tx: stored.events_of(tx, notice.id))]


async def fix(stage: Stage, text: str, how: str) -> None:
    await stage.tap_data("Clara", f"nfix:{(await newest(stage)).id}")
    await stage.says("Clara", text)
    await stage.taps("Clara", how)


async def full_day(stage: Stage, name: str, day: str = "2027-03-15") -> None:
    """Somebody has had six pushes."""

    async def work(tx: Tx) -> None:
        row = {"id": ACCOUNTS[name], "day": day}
        sql = "insert into outbox (chat_id, push_day, state, made_at) values (:id, :day, 'sent', 1)"
        await tx.many(sql, [row] * 6)

    await stage.store.work(work)


async def row_of(stage: Stage, ref: str) -> Row:
    return (await rows(stage))[ref]


# ---- buttons of a time long past ------------------------------------------------------------------


async def test_throwing_the_draft_away_after_it_has_gone_touches_nothing(stage: Stage) -> None:
    await begin(stage)
    await compose(stage, "下午换教室。")
    id = (await newest(stage)).id
    await stage.tap_data("Clara", f"ndrop:{id}")
    await stage.taps("Clara", "发给3人")
    await stage.tick("08:16")
    before = await acts(stage)
    assert before == ["confirm", "begin", "finish"]
    said = await stage.taps("Clara", "不要了")
    assert "已经发出去了" in said and "更正" in said, "not: nothing was sent"
    assert await acts(stage) == before, "the history stays"


@pytest.mark.parametrize("verb", ["nback", "nnow", "npanel", "npre", "nclear", "nlevel", "nto", "nwho", "nmore"])
async def test_a_draft_that_has_gone_is_no_draft_any_more(stage: Stage, verb: str) -> None:
    await begin(stage)
    await sent(stage, "下午换教室。")
    assert "已经发出去了" in await stage.tap_data("Clara", f"{verb}:{(await newest(stage)).id}")
    assert not stage.phone("Clara")


async def test_a_teacher_cannot_take_back_what_another_has_planned_and_sees_no_button_for_it(stage: Stage) -> None:
    await begin(stage)
    await compose(stage, "今晚开会。", "什么时候", "明早", who="Ada")
    await stage.taps("Ada", "排好")
    id = (await newest(stage)).id
    await stage.tap_data("Clara", f"notice:{id}")
    stage.sees("Clara", "3月16日 周二 07:30")  # 23:30 of the day before in UTC
    assert not any(k.data.startswith(("nback", "nnow")) for k in stage.last("Clara").buttons)
    await stage.tap_data("Ada", f"notice:{id}")
    assert any(k.data.startswith("nback") for k in stage.last("Ada").buttons)


# ---- versions ------------------------------------------------------------------


async def test_a_failed_copy_of_an_old_version_is_never_sent(stage: Stage) -> None:
    await begin(stage)
    stage.troubles[ACCOUNTS["Tom"]] = "failed"
    await sent(stage, "两点在301。", "级别", "需已读")
    await stage.tick("08:16")
    await fix(stage, "三点在302。", "重大变更")
    stage.troubles.clear()
    await stage.tick("08:17")
    await stage.tap_data("Clara", f"nagain:{(await newest(stage)).id}")
    stage.sees("Tom", "三点在302。")
    stage.sees_nothing_of("Tom", "在301")
    await stage.tick("08:18")
    assert (await counts(stage)).sent == 3 and (await newest(stage)).state == "sent"


async def test_a_correction_reaches_copies_that_failed_too(stage: Stage) -> None:
    await begin(stage)
    stage.troubles = {ACCOUNTS["Tom"]: "failed", ACCOUNTS["Gao"]: "uncertain"}
    await sent(stage, "两点在301。")
    await stage.tick("08:16")
    await fix(stage, "两点在302。", "就地更正")
    stage.troubles.clear()
    id = (await newest(stage)).id
    await stage.tap_data("Clara", f"nagain:{id}")
    await stage.tap_data("Clara", f"nresend:{(await row_of(stage, 'T01')).id}")
    for name in ("Tina", "Tom", "Gao"):
        stage.sees_somewhere(name, "两点在302。")
        stage.sees_nothing_of(name, "在301")


async def test_who_binds_after_a_big_change_gets_the_new_version_and_counts(stage: Stage) -> None:
    await begin(stage)
    await sent(stage, "两点在301。", "级别", "需已读")
    await stage.tap_data("Clara", f"nphone:{(await row_of(stage, 'T05')).id}")
    await stage.tick("08:16")
    await fix(stage, "三点在302。", "重大变更")
    await stage.tick("08:17")
    assert (await row_of(stage, "T05")).read_at is None, "told by telephone of the old version only"

    async def bind(tx: Tx) -> None:
        await tx.do("insert into account (id, cohort_id, made_at) values (505, 1, 1)")
        await tx.do("update member set account_id = 505 where cohort_id = 1 and ref = 'T05'")

    await stage.store.work(bind)
    await stage.tap_data("Clara", f"nagain:{(await newest(stage)).id}")
    assert [s.plain.splitlines()[1] for s in stage.phones[505]] == ["三点在302。"]
    await stage.tick("08:18")
    assert (await row_of(stage, "T05")).state == "sent" and (await newest(stage)).state == "sent"


# ---- what waits and is overtaken ------------------------------------------------------------------


async def strike(stage: Stage, at: str) -> None:
    """The clock strikes, and nothing is sent yet."""
    stage.at(at)
    await stage.store.work(lambda tx: clock.tick(tx, stage.clock.now()))


async def test_a_question_that_still_waits_is_not_asked_once_it_is_answered(stage: Stage) -> None:
    await begin(stage)
    await sent(stage, "明早七点集合。", "级别", "需已读")
    await strike(stage, "08:45")
    with stage.bot_down():
        await stage.says("Tom", "已读")
    stage.clear()

    async def work(tx: Tx) -> None:
        await stage.dispatcher.work_lane(tx, None)

    await stage.store.work(work)
    await stage.settle()
    assert chased(stage, "Tom") == 0 and chased(stage, "Tina") == 1


async def test_a_recall_right_after_a_correction_brings_nothing_back(stage: Stage) -> None:
    await begin(stage)
    await sent(stage, "两点在301。")
    await stage.tick("08:16")
    id = (await newest(stage)).id
    await stage.tap_data("Clara", f"nfix:{id}")
    await stage.says("Clara", "两点在302。")
    label = next(k for k in stage.last("Clara").buttons if "就地更正" in k.label)
    with stage.bot_down():
        await stage.tap_data("Clara", label.data)
        await stage.tap_data("Clara", f"nrecall:{id}:yes")
    await stage.settle()
    for name in ("Tina", "Tom", "Gao"):
        stage.sees_nothing_of(name, "在301", "在302")
    edits = "select state from outbox where part = 'edit'"
    assert set(await stage.store.work(lambda tx: tx.all(str, edits))) == {"recalled"}, (
        "an edit of what is deleted would come as a new message"
    )


async def test_a_stopped_notice_stands_still(stage: Stage) -> None:
    await begin(stage)
    stage.troubles = {ACCOUNTS["Tom"]: "failed"}
    await sent(stage, "明早七点集合。", "级别", "需已读")
    stage.troubles.clear()
    id = (await newest(stage)).id
    await stage.tap_data("Clara", f"npause:{id}")
    assert "停着" in await stage.tap_data("Clara", f"nagain:{id}")
    assert "停着" in await stage.tap_data("Clara", f"nresend:{(await row_of(stage, 'T03')).id}")
    await stage.tick("08:45")
    assert chased(stage, "Tina") == 0
    stage.sees_nothing_of("Tom", "集合")
    await stage.tap_data("Clara", f"nresume:{id}")
    await stage.tap_data("Clara", f"nagain:{id}")
    stage.sees("Tom", "明早七点集合。")
    await stage.tick("10:15")
    assert chased(stage, "Tina") == 1


async def test_a_word_said_before_covers_nothing_that_came_on_the_card_later(stage: Stage) -> None:
    await begin(stage)
    await full_day(stage, "Tom")
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "今晚七点开会。")
    for way in ("级别", "需已读", "预览", "写在今日卡上", "发给2人"):
        await stage.taps("Clara", way)
    now = stage.clock.now()
    tom = await stage.store.work(lambda tx: accounts.who(tx, ACCOUNTS["Tom"], now))
    assert tom is not None
    read_all = notice_reading.acknowledge_all
    assert await stage.store.work(lambda tx: read_all(tx, tom, now - timedelta(minutes=5), now)) == []
    await stage.says("Tom", "已读")
    stage.sees("Tom", "1条通知都记为已读")


# ---- nights ------------------------------------------------------------------


async def test_a_chase_put_off_in_the_night_and_the_next_one_are_one(stage: Stage) -> None:
    stage.at("21:45")
    await sent(stage, "明天早点来。", "级别", "需已读")
    await stage.tick("22:40")  # the first was due at 22:15, but nobody was there to do it
    await stage.tick("07:00", day=2)
    await stage.tick("07:05", day=2)
    assert chased(stage, "Tom") == 1


@pytest.mark.parametrize("how", ["重大变更", "仅补发失败", "继续发"])
async def test_nothing_that_is_not_urgent_is_sent_on_in_the_night(stage: Stage, how: str) -> None:
    stage.at("22:00")
    stage.troubles = {ACCOUNTS["Tom"]: "failed"}
    await sent(stage, "明早七点集合。", "级别", "需已读")
    await stage.tick("22:01")
    stage.troubles.clear()
    stage.at("23:00")
    id = (await newest(stage)).id
    if how == "重大变更":
        await fix(stage, "明早七点半集合。", how)
    elif how == "仅补发失败":
        await stage.tap_data("Clara", f"nagain:{id}")
    else:
        await stage.store.work(lambda tx: tx.do("update outbox set state = 'held' where state = 'failed'"))
        await stage.store.work(lambda tx: tx.do("update notice set state = 'paused'"))
        await stage.tap_data("Clara", f"nresume:{id}")
    await stage.tick("06:59", day=2)
    stage.sees_nothing_of("Tom", "集合")
    await stage.tick("07:00", day=2)
    assert sum("半集合" in s.plain or "明早七点集合" in s.plain for s in stage.phone("Tom")) == 1


async def test_what_telegram_did_not_take_until_the_night_waits_for_the_morning(stage: Stage) -> None:
    stage.at("22:29")
    await compose(stage, "明天记得交照片。")
    key = next(k for k in stage.last("Clara").buttons if k.data.startswith("nsend"))
    with stage.bot_down():
        await stage.tap_data("Clara", key.data, stage.last("Clara").message_id)
    await stage.store.work(lambda tx: _work(stage, tx))
    stage.down = True  # the network is away for an hour; the clock strikes
    await stage.tick("22:31")
    await stage.tick("23:30")
    stage.down = False
    await stage.settle()
    stage.sees_nothing_of("Tina", "交照片")
    await stage.tick("07:00", day=2)
    stage.sees_somewhere("Tina", "交照片")


async def _work(stage: Stage, tx: Tx) -> None:
    await stage.dispatcher.work_lane(tx, None)


async def test_what_was_planned_for_a_time_that_the_bot_slept_through_is_told_to_the_sender(stage: Stage) -> None:
    await begin(stage)
    await compose(stage, "今天傍晚开会。", "什么时候", "今天傍晚")
    await stage.taps("Clara", "排好")
    stage.clear()
    await stage.tick("18:00", day=2)  # its life ended twenty minutes ago
    stage.sees_nothing_of("Tina", "开会")
    stage.sees_somewhere("Clara", "没有发出去")
    assert (await newest(stage)).state == "draft", "not waiting for ever"
    stage.clear()
    await stage.tap_data("Clara", f"npanel:{(await newest(stage)).id}")
    for way in ("什么时候", "明早", "预览", "排好"):
        await stage.taps("Clara", way)
    await stage.tick("12:00", day=4)
    stage.sees_somewhere("Clara", "没有发出去")  # told the second time as well


# ---- day cards, seats, names ------------------------------------------------------------------


async def test_a_line_on_the_day_card_is_corrected_and_recalled_like_a_copy(stage: Stage) -> None:
    await begin(stage)
    await full_day(stage, "Tom")
    await stage.says("Tom", "课程表")
    await compose(stage, "今晚放电影。")
    await stage.taps("Clara", "写在今日卡上")
    await stage.taps("Clara", "发给2人")
    stage.sees("Tom", "今晚放电影")
    await stage.tick("08:16")
    await fix(stage, "今晚不放电影。", "就地更正")
    stage.sees("Tom", "今晚不放电影")
    await fix(stage, "今晚打球。", "重大变更")
    stage.sees("Tom", "今晚打球")
    stage.sees_nothing_of("Tom", "电影")
    await stage.tap_data("Clara", f"nrecall:{(await newest(stage)).id}:yes")
    stage.sees_nothing_of("Tom", "打球")


async def test_a_seat_that_changes_hands_takes_its_copy_along(stage: Stage) -> None:
    await begin(stage)
    stage.troubles = {ACCOUNTS["Tom"]: "uncertain"}
    await sent(stage, "下午换教室。")
    await stage.tick("08:16")
    stage.troubles.clear()

    async def rebind(tx: Tx) -> None:
        now = stage.clock.now()
        ada = await accounts.who(tx, ACCOUNTS["Ada"], now)
        member = await members.by_ref(tx, 1, "T03")
        assert ada is not None and member is not None
        link = await joining.free_seat(tx, ada, member, now)
        await accounts.meet(tx, 777, "Tom", now)
        me = await accounts.who(tx, 777, now)
        assert me is not None
        await joining.bind(tx, me, link.token, now)

    await stage.store.work(rebind)
    assert (await row_of(stage, "T03")).state == "unbound", "neither sent nor waiting"
    id = (await newest(stage)).id
    await stage.tap_data("Clara", f"nresend:{(await row_of(stage, 'T03')).id}")
    stage.sees_nothing_of("Tom", "换教室")
    await stage.tap_data("Clara", f"nagain:{id}")
    assert "下午换教室" in stage.phones[777][-1].plain
    await fix(stage, "下午不换了。", "就地更正")
    assert "下午不换了" in stage.phones[777][-1].plain
    stage.sees_nothing_of("Tom", "换教室", "不换了")


async def test_who_has_left_the_class_keeps_no_notice_waiting(stage: Stage) -> None:
    await begin(stage)
    await compose(stage, "下午换教室。")
    key = next(k for k in stage.last("Clara").buttons if k.data.startswith("nsend"))
    with stage.bot_down():
        await stage.tap_data("Clara", key.data)
    await stage.store.work(lambda tx: _work(stage, tx))

    async def leave(tx: Tx) -> None:
        await notice_copies.withdraw(tx, ACCOUNTS["Tom"])
        await outbox.forget_chat(tx, ACCOUNTS["Tom"], "withdrawn")

    await stage.store.work(leave)
    await stage.settle()
    await stage.tick("08:16")
    stage.sees_nothing_of("Tom", "换教室")
    found = await counts(stage)
    assert (found.sent, found.waiting, found.unbound) == (2, 0, 10) and (await newest(stage)).state == "sent"


async def test_an_administrator_who_writes_gets_the_list_of_those_who_have_not_read(stage: Stage) -> None:
    await begin(stage)
    await sent(stage, "明早七点集合。", "级别", "需已读", who="Ada")
    for clock_ in ("08:45", "10:15", "10:45"):
        await stage.tick(clock_)
    stage.sees_somewhere("Ada", "000-0002")
    stage.sees_nothing_of("Clara", "000-0002")


async def test_a_chase_calls_people_by_their_names_and_nobody_by_a_blank(stage: Stage) -> None:
    await begin(stage)
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "｛姓名｝您好，请到{教室}。", entities=[{"type": "bold", "offset": 10, "length": 2}])
    for way in ("级别", "需已读", "预览", "发给3人"):
        await stage.taps("Clara", way)
    assert "高远您好，请到<b>301报告厅</b>。" in stage.last("Gao").text
    await stage.tick("08:45")
    stage.sees_somewhere("Gao", "「高远您好，请到301报告厅。」")
    for name in ("Tina", "Tom", "Gao"):
        stage.sees_nothing_of(name, "{", "｛")


async def test_blanks_with_full_width_braces_and_signs_are_asked_for(stage: Stage) -> None:
    await begin(stage)
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "｛时间｝在{A&B}集合。")
    stage.sees("Clara", "还有空没填", "时间", "A&B")
    id = (await newest(stage)).id
    await stage.tap_data("Clara", f"nkeep:{id}")
    await stage.says("Clara", "我的模板")
    await stage.says("Clara", "发通知")
    await stage.taps("Clara", "用模板")
    await stage.taps("Clara", "我的模板")
    stage.sees("Clara", "“时间”填什么")
    await stage.says("Clara", "{三点}")
    stage.sees("Clara", "“A&B”填什么")
    await stage.says("Clara", "东门<1>")
    await stage.taps("Clara", "预览")
    await stage.taps("Clara", "发给3人")
    stage.sees("Tina", "（三点）在东门<1>集合。")


async def test_everything_that_happens_stands_in_the_history(stage: Stage) -> None:
    await begin(stage)
    stage.troubles = {ACCOUNTS["Tom"]: "failed", ACCOUNTS["Gao"]: "uncertain"}
    await sent(stage, "两点在301。", "级别", "需已读")
    await stage.tick("08:16")
    stage.troubles.clear()
    id = (await newest(stage)).id
    found = await rows(stage)
    await stage.tap_data("Clara", f"nagain:{id}")
    await stage.tap_data("Clara", f"narrived:{found['T01'].id}")
    await stage.tap_data("Clara", f"nphone:{found['T05'].id}")
    await stage.tick("08:17")
    await fix(stage, "两点在302。", "就地更正")
    await fix(stage, "三点在302。", "重大变更")
    await stage.tap_data("Clara", f"npause:{id}")
    await stage.tap_data("Clara", f"nresume:{id}")
    await stage.tick("08:18")
    await stage.tap_data("Clara", f"nrecall:{id}:yes")
    assert await acts(stage) == [
        "confirm", "begin", "finish", "again", "arrived", "told", "finish", "correct", "change", "pause", "resume",
        "finish", "recall",
    ]  # fmt: skip
    counted = await stage.store.work(lambda tx: ledger.counts(tx, id))
    assert counted.people == 12


async def test_a_notice_behind_many_others_says_the_hours_before_it_is_sent(stage: Stage) -> None:
    async def crowd(tx: Tx) -> None:
        await tx.do(
            """update cohort set settings_mark = 'slow',
               settings = replace(settings, '"overall_per_s":30', '"overall_per_s":1')"""
        )
        await tx.do(
            """insert into outbox (chat_id, priority, not_before, made_at)
               with recursive series (n) as (select 1 union all select n + 1 from series where n < 6000)
               select 7000 + n, 5, :later, 1 from series""",
            {"later": stage.clock.now() + timedelta(minutes=5)},
        )

    await begin(stage)
    await stage.store.work(crowd)
    await compose(stage, "明天下午换教室。")
    assert "小时" not in stage.last("Clara").plain
    await stage.taps("Clara", "改一改")
    await stage.taps("Clara", "什么时候")
    await stage.says("Clara", "今天 11:00")
    await stage.taps("Clara", "预览")
    stage.sees("Clara", "全部发完大约要1.7小时", "12:40 左右收到")
