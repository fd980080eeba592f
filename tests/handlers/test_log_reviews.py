"""Reading logs: one tap a log, one message a review, two readers never on one, five minutes to take it back."""

from __future__ import annotations

import re

import pytest

from chat.messages import say
from storage import joint_items
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.handlers.leave_class import furnish
from tests.handlers.log_class import GOOD, OTHER, log_of, photo, reviews_of, versions_of, voice, writes
from tests.stage import Stage


@pytest.fixture
async def play(stage: Stage) -> Stage:
    stage.at("07:30")
    await furnish(stage)
    stage.at("20:00")
    return stage


async def wait(stage: Stage, clock: str, day: int = 1) -> None:
    """Let time pass, and what waits for it be sent."""
    stage.at(clock, day)
    await stage.settle()


async def test_one_tap_a_log_and_not_a_word_to_the_writer(play: Stage) -> None:
    await writes(play, "Tina")
    play.at("20:01")
    await writes(play, "Tom", OTHER)
    play.clear()
    play.at("20:10")
    await play.says("Clara", "批日志")
    play.sees_somewhere("Clara", "应交12 已交2（迟0） 未交10 待阅2 退回0")
    shown = play.sees("Clara", "田小雪（1组2号）", "第1天", "今天接待演练", "真问题吗")
    assert [k.label for k in shown.buttons][:5] == ["已阅", "回复", "⭐", "退回", "下一篇"]
    await play.taps("Clara", "已阅")
    play.sees("Clara", "田小雪（1组3号）", "三感三问")
    await play.taps("Clara", "已阅")
    play.sees("Clara", "都看完了")
    assert (await log_of(play)).state == "accepted"
    await wait(play, "21:00")
    assert play.phone("Tina") == [], "nobody is told that he was read"
    await play.says("Tina", "写日志")
    play.sees("Tina", "老师已阅")


async def test_an_answer_is_one_message_five_minutes_later(play: Stage) -> None:
    await writes(play, "Tina")
    play.clear()
    await play.says("Clara", "批日志")
    await play.taps("Clara", "回复")
    play.sees("Clara", "打一句话，或者发语音")
    await play.says("Clara", "先情绪再事实，说得好。")
    play.sees_somewhere("Clara", "已回复")
    play.sees("Clara", "都看完了")
    assert play.phone("Tina") == []
    await wait(play, "20:05")
    play.sees("Tina", "第1天的日志，老师回复了", "柯老师：先情绪再事实，说得好。")
    assert len(play.phone("Tina")) == 1
    log = await log_of(play)
    assert (log.state, log.answered_at is not None) == ("accepted", True)


async def test_an_answer_by_voice_and_a_star(play: Stage) -> None:
    await writes(play, "Tina")
    await play.says("Clara", "批日志")
    await play.taps("Clara", "⭐")
    assert (await log_of(play)).state == "starred"
    await play.taps("Clara", "再回一句")
    await voice(play, "Clara", 12, "answer")
    play.clear()
    await wait(play, "20:06")
    play.sees("Tina", "柯老师的语音", "老师觉得这篇很好")
    assert len(play.phone("Tina")) == 1
    assert [r.kind for r in await reviews_of(play)] == ["star", "reply"]


async def test_the_third_answer_of_a_day_comes_with_the_joint_post(play: Stage) -> None:
    """Section 22: two answers a day at once, the rest together; also that one can be taken back."""
    await writes(play, "Tina")
    id = (await log_of(play)).member_id
    play.at("11:00", 2)

    async def two(tx: Tx) -> None:
        for n in range(2):
            await joint_items.add(tx, id, "2027-03-16", f"x{n}", say("logs-later"), "sent", play.clock.now())

    await play.store.work(two)
    play.clear()
    for words in ("写错了", "第三句，回去试试。"):
        await play.says("Clara", "批日志")
        await play.taps("Clara", "回复")
        await play.says("Clara", words)
        if words == "写错了":
            await play.taps("Clara", "撤回")
    await wait(play, "11:10", 2)
    play.sees_nothing_of("Tina", "回去试试", "写错了")
    for _ in range(4):
        await play.tick("12:10", 2)
    assert len([s for s in play.phone("Tina") if "第三句，回去试试。" in s.plain]) == 1
    play.sees_nothing_of("Tina", "写错了")


async def test_the_other_teacher_is_told_how_many_wait(play: Stage) -> None:
    await writes(play, "Tina")
    await play.says("Clara", "交接")
    play.sees("Clara", "待阅的日志 1 篇")


async def test_templates_are_shared_and_may_be_changed(play: Stage) -> None:
    await writes(play, "Tina")
    await play.says("Clara", "批日志")
    await play.taps("Clara", "回复")
    await play.says("Clara", "写得很实在，回去试试看。")
    await play.taps("Clara", "存为常用语")
    await writes(play, "Tom", OTHER)
    await play.says("Duan", "批日志")
    await play.taps("Duan", "回复")
    await play.taps("Duan", "「写得很实在")
    play.sees("Duan", "这样回复", "想改，直接打字")
    await play.taps("Duan", "就发这句")
    await wait(play, "20:06")
    play.sees("Tom", "段老师：写得很实在，回去试试看。")


async def test_returned_twice_at_most_with_versions_kept(play: Stage) -> None:
    await writes(play, "Tina")
    for times in (1, 2):
        play.at(f"20:{times}0")
        await play.says("Clara", "批日志")
        await play.taps("Clara", "退回")
        await play.taps("Clara", "可以再写具体一点")
        play.sees("Clara", "这样告诉", "哪节课")
        await play.taps("Clara", "就发这句")
        play.sees_somewhere("Clara", "已退回")
        await wait(play, f"20:{times}6")
        play.sees("Tina", "请再补一补：可以再写具体一点", "柯老师", f"08:{times}0 前")
        log = await log_of(play)
        assert (log.state, log.returns) == ("returned", times)
        await play.taps("Tina", "去补充")
        play.sees_somewhere("Tina", "老师请您补一补")
        await play.says("Tina", f"补充第{times}次：是物业矛盾那节课。")
        await play.says("Tina", "提交日志")
        play.sees_somewhere("Tina", "交上了")
    assert [v.no for v in await versions_of(play)] == [1, 2, 3]
    await play.says("Clara", "批日志")
    play.sees("Clara", "第3版", "补充第2次")
    await play.taps("Clara", "前后对比")
    assert "<u>" in play.sees("Clara", "第2版 → 第3版").text
    await play.taps("Clara", "退回")
    await play.taps("Clara", "请写自己的话")
    assert "已经退回过2次" in await play.taps("Clara", "就发这句")
    assert (await log_of(play)).state == "submitted"


async def test_a_return_keeps_its_own_deadline(play: Stage) -> None:
    await writes(play, "Tina")
    await play.says("Clara", "批日志")
    await play.taps("Clara", "退回")
    await play.taps("Clara", "请写一件具体的事")
    await play.says("Clara", "挑一件印象最深的写写。")
    await wait(play, "20:06")
    play.sees("Tina", "挑一件印象最深的写写", "08:00 前重新提交")
    play.at("08:00:00", 2)
    await play.says("Tina", "写日志")
    await play.says("Tina", "补上了：那位大爷的事。")
    await play.says("Tina", "提交日志")
    log = await log_of(play)
    assert (log.state, log.version) == ("submitted", 2), "as it was before, not late"


async def test_a_return_whose_time_is_over(play: Stage) -> None:
    await writes(play, "Tina")
    await play.says("Clara", "批日志")
    await play.taps("Clara", "退回")
    await play.taps("Clara", "请写自己的话")
    await play.taps("Clara", "就发这句")
    await wait(play, "20:06")
    play.at("08:00:01", 2)
    await play.taps("Tina", "去补充")
    play.sees("Tina", "补充的时间已经过了")
    await play.says("Tina", "提交日志")
    assert (await log_of(play)).state == "returned"


async def test_no_return_that_would_come_after_the_class(play: Stage) -> None:
    play.at("13:00", 3)
    await play.says("Tina", "写日志")
    await play.says("Tina", GOOD)
    await play.says("Tina", "提交日志")
    await play.says("Clara", "批日志")
    await play.taps("Clara", "退回")
    await play.taps("Clara", "请写自己的话")
    assert "快结业了" in await play.taps("Clara", "就发这句")


async def test_taking_back_within_five_minutes(play: Stage) -> None:
    await writes(play, "Tina")
    play.clear()
    await play.says("Clara", "批日志")
    await play.taps("Clara", "回复")
    await play.says("Clara", "写错人了")
    play.at("20:04")
    await play.taps("Clara", "撤回")
    assert "已阅" in [k.label for k in play.sees_somewhere("Clara", "今天接待演练").buttons]
    assert "已经撤回" in await play.tap_data("Clara", "logundo:1")
    await wait(play, "20:20")
    assert play.phone("Tina") == []
    assert (await log_of(play)).state == "submitted" and (await log_of(play)).read_at is None
    await play.taps("Clara", "已阅")
    await wait(play, "20:26")
    assert "超过5分钟" in await play.taps("Clara", "撤回")
    assert (await log_of(play)).state == "accepted"


async def test_two_teachers_never_review_the_same_log(play: Stage) -> None:
    await writes(play, "Tina")
    play.at("20:01")
    await writes(play, "Tom", OTHER)
    with play.bot_down():
        await play.says("Clara", "批日志")
        await play.says("Duan", "批日志")
    await play.settle()
    play.sees("Clara", "田小雪（1组2号）")
    play.sees("Duan", "田小雪（1组3号）")
    tina = await log_of(play)
    await play.tap_data("Duan", f"logopen:{tina.id}")
    play.sees("Duan", "柯老师正在看，20:31 后可以接手")
    assert "柯老师正在看" in await play.tap_data("Duan", f"logread:{tina.id}:1")
    play.at("20:32")
    await play.tap_data("Duan", f"logread:{tina.id}:1")
    assert (await log_of(play)).state == "accepted"
    assert "段老师" in await play.tap_data("Clara", f"logread:{tina.id}:1")
    assert len(await reviews_of(play)) == 1


async def test_a_new_version_comes_while_it_is_read(play: Stage) -> None:
    await writes(play, "Tina")
    await play.says("Clara", "批日志")
    await play.says("Tina", "写日志")
    await play.says("Tina", "再补一句")
    await play.says("Tina", "提交日志")
    assert (await log_of(play)).version == 2
    await play.taps("Clara", "已阅")
    play.sees("Clara", "刚交了新的一版")
    await play.taps("Clara", "看新的一版")
    play.sees("Clara", "再补一句")


async def test_five_stars_a_day(play: Stage) -> None:
    async def six(tx: Tx) -> None:
        await tx.do(
            """insert into log (cohort_id, member_id, day, state, version, made_at, handed_at, starred_at, read_at)
               select cohort_id, id, 1, 'starred', 1, 1, 1, 1, 1 from member where seat_no between 5 and 9"""
        )

    await play.store.work(six)
    await writes(play, "Tina")
    await play.says("Clara", "批日志")
    play.sees("Clara", "⭐ 5/5")
    assert "星已经用完了" in await play.taps("Clara", "⭐")
    assert (await log_of(play)).state == "submitted"


async def test_the_order_of_the_queue(play: Stage) -> None:
    """First whom nobody has read, then what waits longest, then low twice, then flags, then by time."""

    async def fill(tx: Tx) -> None:
        base = play.clock.now().timestamp() * 1000
        rows = [  # seat, read before, hours ago, mood now and yesterday, flags
            ("T05", True, 1, "", "", "[]"), ("T06", True, 20, "", "", "[]"), ("T07", True, 0, "low", "low", "[]"),
            ("T08", True, 0, "", "", '["copied"]'), ("T09", False, 0, "", "", "[]"), ("T10", False, 2, "", "", "[]"),
        ]  # fmt: skip
        for ref, known, hours, mood, before, flags in rows:
            params = {"ref": ref, "at": round(base - hours * 3_600_000), "mood": mood, "before": before, "flags": flags,
                      "read": 1 if known else None}  # fmt: skip
            await tx.do(
                """insert into log (cohort_id, member_id, day, state, version, mood, made_at, read_at)
                   select cohort_id, id, 1, 'accepted', 1, :before, 1, :read from member where ref = :ref
                   and cohort_id = (select id from cohort where key = 'spring')""",
                params,
            )
            await tx.do(
                """insert into log (cohort_id, member_id, day, state, version, mood, flags, made_at, handed_at, text)
                   select cohort_id, id, 2, 'submitted', 1, :mood, :flags, 1, :at, 'x' from member where ref = :ref
                   and cohort_id = (select id from cohort where key = 'spring')""",
                params,
            )

        await tx.do("update log set known = member_id in (select member_id from log where read_at is not null)")

    play.at("20:00", 2)
    await play.store.work(fill)
    await play.says("Clara", "批日志")
    seen = []
    for _ in range(6):
        found = re.search(r"（.组(\d+)号）", play.last("Clara").plain)
        seen.append(int(found[1]) if found else 0)
        await play.taps("Clara", "已阅")
    assert seen == [10, 9, 6, 7, 8, 5]


async def test_skipping_leaves_it_unread_and_last(play: Stage) -> None:
    await writes(play, "Tina")
    play.at("20:01")
    await writes(play, "Tom", OTHER)
    await play.says("Clara", "批日志")
    await play.taps("Clara", "下一篇")
    play.sees("Clara", "田小雪（1组3号）")
    await play.taps("Clara", "已阅")
    play.sees("Clara", "田小雪（1组2号）")
    assert "没有别的待阅" in await play.taps("Clara", "下一篇")


async def test_photos_stand_above_the_log(play: Stage) -> None:
    await play.says("Tina", "写日志")
    for n in range(3):
        await photo(play, "Tina", n, "A")
    await voice(play, "Tina")
    await play.says("Tina", GOOD)
    await play.says("Tina", "提交日志")
    await play.says("Clara", "批日志")
    play.sees("Clara", "照片3张", "语音1条")
    assert len([s for s in play.phone("Clara") if s.plain.startswith("📎 田小雪")]) == 2, "an album and a voice note"


async def test_two_low_days_tell_the_teacher_privately(play: Stage) -> None:
    await writes(play, "Tina")
    await play.taps("Tina", "😞 低")
    play.sees_nothing_of("Clara", "心情")
    play.at("20:00", 2)
    await writes(play, "Tina", OTHER)
    await play.taps("Tina", "😞 低")
    for teacher in ("Clara", "Duan"):
        play.sees_somewhere(teacher, "田小雪（1组2号） 连续2天心情低落")
    for name in ("Gao", "Ada", "Hua", "Tom", "Ivan", "Oscar"):
        play.sees_nothing_of(name, "心情低落")


VERBS = (
    "logopen", "logread", "logreply", "logreturn", "logstar", "lognext", "logfiles", "logdiff", "logwho", "logparts",
    "logmood", "logprivate", "logask", "logundo", "logagain",
)  # fmt: skip


async def test_nobody_else_reads_a_word(play: Stage) -> None:
    """AT-29, DASH-05: leader, lecturer, administrator, school leader, classmates, another class's teacher."""
    await play.says("Tina", "写日志")
    await photo(play, "Tina", caption="只有我知道的照片")
    await play.says("Tina", GOOD)
    await play.says("Tina", "提交日志")
    play.sees_nothing_of("Clara", "接待演练")

    async def become(tx: Tx) -> None:
        await tx.do("update member set roles = 'class_teacher' where account_id = :id", {"id": ACCOUNTS["Oscar"]})

    await play.store.work(become)
    log = await log_of(play)
    people = ("Gao", "Tom", "Ivan", "Ada", "Hua", "Oscar", "Nora")
    for name in people:
        for verb in VERBS:
            await play.tap_data(name, f"{verb}:{log.id}:1")
        await play.says(name, "批日志")
        play.sees_nothing_of(name, "接待演练", "只有我知道")
    play.sees("Gao", "本组还有5人没交", "田小雪（3号）")
    play.sees("Ada", "应交12 已交1 未交11")
    play.sees_nothing_of("Oscar", "应交12", "田小雪")
    assert (await log_of(play)).state == "submitted"

    async def denied(tx: Tx) -> set[int]:
        return set(await tx.all(int, "select who from audit where act = 'log-denied'"))

    assert await play.store.work(denied) == {ACCOUNTS[n] for n in people if n != "Nora"}


async def test_paper_counts_the_same(play: Stage) -> None:
    await play.says("Clara", "批日志")
    await play.taps("Clara", "未交名单")
    await play.taps("Clara", "5 学员05")
    play.sees("Clara", "学员05", "还没有写")
    await play.taps("Clara", "纸质已交")
    await photo(play, "Clara", 7)
    play.sees("Clara", "已登记")
    log = await log_of(play, "T05")
    assert (log.state, log.source, log.entered_by is not None) == ("submitted", "paper", True)
    await play.says("Clara", "批日志")
    await play.taps("Clara", "未交名单")
    await play.taps("Clara", "6 学员06")
    await play.taps("Clara", "纸质已交")
    await play.taps("Clara", "只登记已交")
    assert (await log_of(play, "T06")).source == "paper"
    await writes(play, "Tina")
    member = (await log_of(play)).member_id
    assert "本人已经交过" in await play.tap_data("Clara", f"logpaper:{member}:1:y")
    for name in ("Gao", "Ada", "Oscar", "Tom"):
        await play.tap_data(name, f"logpaper:{member}:1:y")
    assert (await log_of(play)).source == "self"


async def test_the_teacher_opens_the_window_for_one(play: Stage) -> None:
    play.at("09:00", 2)
    await play.says("Tina", "写日志")
    await play.says("Tina", "提交日志")
    member = await play.store.work(lambda tx: tx.one(int, "select id from member where account_id = 101"))
    await play.tap_data("Clara", f"loghours:{member}:1")
    play.sees_somewhere(
        "Tina",
        "给您开放了第1天的日志",
    )
    play.at("09:10", 2)
    await play.says("Tina", "写日志")
    play.sees_somewhere("Tina", "第1天的日志")
    await play.says("Tina", GOOD)
    await play.says("Tina", "提交日志")
    log = await log_of(play)
    assert log.state == "late"


async def test_english(play: Stage) -> None:
    await writes(play, "Tina")
    await play.tap_data("Clara", "lang:en")
    await play.says("Clara", "read logs")
    play.sees("Clara", "day 1", "Concrete?")
    await play.taps("Clara", "Read")
    play.sees("Clara", "All read")
