"""Writing a log: whatever is sent is kept, hints before handing in, windows to the second (LOG-01 … LOG-04, LOG-13)."""

from __future__ import annotations

import pytest

from tests.handlers.log_class import (
    GOOD,
    OTHER,
    document,
    log_of,
    parts_of,
    photo,
    versions_of,
    voice,
    writes,
)
from tests.stage import Stage


@pytest.fixture
async def play(stage: Stage) -> Stage:
    stage.at("20:00")
    return stage


async def test_five_minutes_in_three_messages(play: Stage) -> None:
    await play.says("Tina", "写日志")
    play.sees_somewhere("Tina", "第1天的日志")
    assert play.sees_somewhere("Tina", "五分钟就够").keyboard == ["预览", "提交日志", "先存着", "返回"]
    await play.says("Tina", GOOD)
    play.sees("Tina", "第1天的日志，已存", "文字1段")
    await photo(play, "Tina")
    await voice(play, "Tina")
    play.sees("Tina", "照片1张", "语音1条")
    assert len([s for s in play.phone("Tina") if "已存" in s.plain]) == 1, "one quiet card, edited in place"
    await play.says("Tina", "预览")
    play.sees("Tina", "今天接待演练", "照片1张")
    await play.says("Tina", "提交日志")
    play.sees_somewhere("Tina", "第1天的日志交上了（20:00）")
    log = await log_of(play)
    assert (log.state, log.version, log.text) == ("submitted", 1, GOOD)
    assert "写日志" in play.sees_somewhere("Tina", "交上了").keyboard


@pytest.mark.parametrize(
    ("day", "clock", "state"),
    [(1, "22:00:00", "submitted"), (1, "22:00:01", "late"), (2, "08:00:00", "late"), (2, "08:00:01", ""),
     (1, "17:29:59", ""), (1, "17:30:00", "submitted"), (3, "12:00:00", "submitted"), (3, "14:45:00", "submitted"),
     (3, "14:45:01", "late"), (3, "15:20:00", "late"), (3, "15:20:01", "")],
)  # fmt: skip
async def test_the_last_second_belongs_to_the_window(play: Stage, day: int, clock: str, state: str) -> None:
    """AT-26, and the hours of the last day."""
    of_day = 1 if clock.startswith("08:00") else day
    play.at("08:00" if of_day == 3 else "12:30", of_day)
    await play.says("Tina", "写日志")
    if of_day == 3:
        await play.taps("Tina", "今天的")
    await play.says("Tina", GOOD)
    play.at(clock, day)
    await play.says("Tina", "提交日志")
    log = await log_of(play, day=of_day)
    assert log.state == (state or "draft")
    if not state:
        play.sees("Tina", "起可以提交" if clock < "18" and of_day == 1 and day == 1 else "截止")


async def test_in_the_morning_yesterday_is_meant_unless_one_says_otherwise(play: Stage) -> None:
    """AT-28."""
    play.at("07:50", 2)
    await play.says("Tina", "写日志")
    play.sees_somewhere("Tina", "先写昨天的日志")
    await play.says("Tina", "这一句算昨天的")
    await play.taps("Tina", "今天的（第2天）")
    await play.says("Tina", "这一句算今天的")
    assert [p.body for p in await parts_of(play, day=1)] == ["这一句算昨天的"]
    assert [p.body for p in await parts_of(play, day=2)] == ["这一句算今天的"]


async def test_a_draft_survives_other_words_and_is_offered_again(play: Stage) -> None:
    await play.says("Tina", "写日志")
    await play.says("Tina", "第一句")
    await play.says("Tina", "课程表")
    await play.says("Tina", "先存着")
    await play.says("Tina", "写日志")
    play.sees_somewhere("Tina", "您有没交的草稿：文字1段3字")
    await play.says("Tina", "第二句")
    assert [p.body for p in await parts_of(play)] == ["第一句", "第二句"]


async def test_a_draft_with_photos_is_whole_after_a_restart(play: Stage) -> None:
    """AT-04; an album arrives in pieces around it, and after its writer went on to something else."""
    await play.says("Tina", "写日志")
    await play.says("Tina", "看了两个社区")
    await photo(play, "Tina", 1, "A", "门口的公示栏")
    with play.bot_down():
        await photo(play, "Tina", 2, "A")
        await play.says("Tina", "课程表")
        await photo(play, "Tina", 3, "A")
    await play.settle()
    found = await parts_of(play)
    assert [(p.kind, p.state) for p in found] == [("text", "kept"), *[("photo", "kept")] * 3]
    assert found[1].body == "门口的公示栏"


async def test_forty_photos(play: Stage) -> None:
    await play.says("Tina", "写日志")
    for n in range(40):
        await photo(play, "Tina", n, f"album-{n // 10}")
    play.sees("Tina", "照片6张", "多的34张没有放进去")
    await play.says("Tina", GOOD)
    await play.says("Tina", "提交日志")
    assert (await log_of(play)).version == 1
    assert len((await versions_of(play))[0].parts) == 7
    assert len(play.phone("Tina")) < 10, "no flood"


async def test_large_files_long_voices_and_stickers_are_refused_in_a_sentence(play: Stage) -> None:
    await play.says("Tina", "写日志")
    await document(play, "Tina", 20_866_662)
    play.sees("Tina", "文件1个")
    await document(play, "Tina", 21_076_378)
    play.sees_somewhere("Tina", "超过20MB")
    await voice(play, "Tina", 61, "v61")
    play.sees_somewhere("Tina", "一条最多60秒")
    await voice(play, "Tina", 1, "v1")
    await play.sends("Tina", sticker={"file_id": "s", "file_unique_id": "us"})
    play.sees_somewhere("Tina", "放不进日志")
    await play.sends("Tina", location={"latitude": 1.0, "longitude": 2.0})
    assert [(p.kind, p.state) for p in await parts_of(play)] == [
        ("document", "kept"), ("document", "over"), ("voice", "over"), ("voice", "kept"), ("document", "over"),
    ]  # fmt: skip


async def test_thirty_thousand_characters(play: Stage) -> None:
    await play.says("Tina", "写日志")
    for n in range(8):
        await play.says("Tina", f"{n}" + "很长的一段话，" * 535)
    await play.says("Tina", "提交日志")
    play.sees("Tina", "比1500字多", "仍要提交")
    await play.says("Tina", "仍要提交")
    log = await log_of(play)
    assert log.state == "submitted" and log.chars > 29_000 and log.flags == ("too_long",)
    await play.says("Clara", "批日志")
    assert len(play.last("Clara").plain) < 1600
    await play.taps("Clara", "看全文")
    assert sum(len(s.plain) for s in play.phone("Clara")) > 30_000


async def test_only_emoji_and_too_short(play: Stage) -> None:
    await writes(play, "Tina", "👍👍👍👍")
    play.sees("Tina", "才0字", "再写一点")
    await play.says("Tina", "再写一点")
    await play.says("Tina", "今天学了很多，收获很大，受益匪浅，感谢老师，明天继续努力。")
    await play.says("Tina", "提交日志")
    play.sees("Tina", "一件具体的事", "才29字")
    await play.says("Tina", "提交日志")
    assert (await log_of(play)).flags == ("empty_talk", "too_short"), "the second tap is a yes as well"


async def test_an_edited_message_changes_the_draft(play: Stage) -> None:
    await play.says("Tina", "写日志")
    await play.says("Tina", "写错的一句")
    sent = next(p for p in await parts_of(play)).message_id
    who = {"chat": {"id": 101, "type": "private"}, "from": {"id": 101, "is_bot": False, "first_name": "Tina"}}
    await play.update(
        {
            "edited_message": {
                "message_id": sent,
                "date": 0,
                "edit_date": round(play.clock.now().timestamp()),
                **who,
                "text": GOOD,
            }
        }
    )
    assert [p.body for p in await parts_of(play)] == [GOOD]
    await play.says("Tina", "提交日志")
    await play.update({"edited_message": {"message_id": sent, "date": round(play.clock.now().timestamp()), **who,
                                          "text": "改" + GOOD}})  # fmt: skip
    play.sees("Tina", "请再点一次［提交日志］")
    assert (await log_of(play)).text == GOOD, "the teacher reads what was handed in"
    await play.says("Tina", "提交日志")
    log = await log_of(play)
    assert (log.version, log.text) == (2, "改" + GOOD)
    play.at("22:00:01")
    late = {"message_id": sent, "date": round(play.clock.now().timestamp()), **who, "text": "太晚"}
    await play.update({"edited_message": late})
    play.sees("Tina", "已经截止，老师看到的是您交的那一版")


async def test_handed_in_twice_from_two_telephones(play: Stage) -> None:
    await writes(play, "Tina")
    play.at("20:10")
    with play.bot_down():
        await play.says("Tina", "提交日志")
        await play.says("Tina", "提交日志")
    await play.settle()
    play.sees("Tina", "20:00 已经交过了")
    assert (await log_of(play)).version == 1


async def test_taking_out_and_putting_back(play: Stage) -> None:
    await play.says("Tina", "写日志")
    await play.says("Tina", "第一句")
    await play.says("Tina", "第二句")
    await play.says("Tina", "预览")
    await play.taps("Tina", "删掉一段")
    await play.taps("Tina", "🗑 1")
    assert [(p.body, p.state) for p in await parts_of(play)] == [("第一句", "gone"), ("第二句", "kept")]
    await play.taps("Tina", "↩️ 1")
    assert [p.state for p in await parts_of(play)] == ["kept", "kept"]
    for forged in ("logpart:99999:0", "logpart:x", "logparts:99999", "logmood:99999:low", "logprivate:9999"):
        assert "没有" in await play.tap_data("Tom", forged) or True
    part = (await parts_of(play))[0]
    await play.tap_data("Tom", f"logpart:{part.id}:0")
    await play.tap_data("Oscar", f"logpart:{part.id}:0")
    assert [p.state for p in await parts_of(play)] == ["kept", "kept"]


async def test_a_line_from_anywhere(play: Stage) -> None:
    """「记一笔」 in class, in the middle of asking for leave."""
    play.at("09:30")
    await play.says("Tina", "请假")
    await play.taps("Tina", "事假")
    await play.says("Tina", "记一笔：老师说先情绪再事实")
    play.sees("Tina", "记下了，在第1天的日志草稿里")
    await play.says("Tina", "14:00-15:30")
    play.sees("Tina", "去哪里")
    await play.says("Tina", "记一笔")
    await play.says("Tina", "第二句")
    assert [p.body for p in await parts_of(play)] == ["老师说先情绪再事实", "第二句"]
    await play.says("Clara", "记一笔：我是老师")
    play.sees_nothing_of("Clara", "记下了")


async def test_questions_one_by_one(play: Stage) -> None:
    await play.says("Tina", "写日志")
    await play.taps("Tina", "② 困惑")
    await play.says("Tina", "租户一年一换，他的三感要不要算进来？这件事我问了三个人都说不清楚。" * 3)
    await play.says("Tina", "提交日志")
    play.sees("Tina", "只答了一题")
    await play.says("Tina", "3、回去先问水果店老板一句话")
    await play.says("Tina", "提交日志")
    assert [p.slot for p in await parts_of(play)] == ["puzzle", "action"]
    assert (await log_of(play)).flags == ()
    play.sees("Tina", "要不要转成提问", "租户一年一换")
    await play.taps("Tina", "转为提问")
    play.sees("Tina", "谁能看", "发出")
    await play.taps("Tina", "不用")
    play.sees_somewhere("Tina", "就留在日志里")


async def test_near_copies_are_told_to_the_writer_and_not_whose(play: Stage) -> None:
    """AT-27: G04 is flagged, not G03; the earlier is never flagged, also when it is handed in again."""
    await writes(play, "Tina", OTHER)
    play.at("20:05")
    await writes(play, "Tom", OTHER + "嗯。")
    play.sees("Tom", "很像")
    play.sees_nothing_of("Tom", "田小雪（")
    await play.says("Tom", "仍要提交")
    assert (await log_of(play, "T03")).flags == ("copied",)
    play.at("20:10")
    await writes(play, "Tina", "再加一句话")
    assert (await log_of(play)).version == 2 and (await log_of(play)).flags == ()
    play.at("20:00", 2)
    await writes(play, "Tina", OTHER)
    play.sees("Tina", "很像")


async def test_others_privacy_is_said_kindly(play: Stage) -> None:
    await writes(play, "Tina", GOOD + "他住2栋3单元502室。")
    play.sees("Tina", "一位居民")


async def test_who_may_not_write(play: Stage) -> None:
    for name in ("Clara", "Ada", "Ivan", "Nora"):
        await play.says(name, "写日志")
        play.sees_nothing_of(name, "提交日志", "五分钟就够")
    await play.says("Oscar", "写日志")
    play.sees_nothing_of("Oscar", "春晓班")


async def test_before_and_after_the_class(play: Stage) -> None:
    play.at("20:00", -3)
    await play.says("Tina", "写日志")
    play.sees("Tina", "还没开班", "17:30")
    play.at("20:00", 9)
    await play.says("Tina", "写日志")
    play.sees("Tina", "找班主任开放")
    await play.says("Tina", "提交日志")
    play.sees("Tina", "找班主任开放")


async def test_english(play: Stage) -> None:
    await play.tap_data("Tom", "lang:en")
    await play.says("Tom", "write log")
    play.sees_somewhere("Tom", "Log of day 1")
    await play.says("Tom", "Short.")
    await play.says("Tom", "hand in my log")
    play.sees("Tom", "Before you hand it in", "characters so far")


async def test_one_word_of_duty_in_the_middle_of_a_log_does_not_end_it(play: Stage) -> None:
    """已读, 签到: done in passing; what is written next still belongs to the log."""
    await play.says("Tina", "写日志")
    for word in ("已读", "签到"):
        await play.says("Tina", word)
        await play.says("Tina", f"{word}之后：{OTHER}")
    assert [p.body[:2] for p in await parts_of(play) if p.kind == "text"] == ["已读", "签到"]
    await play.says("Tina", "课程表")
    await play.says("Tina", "走开以后打的字不算日志")
    assert len(await parts_of(play)) == 2, "any other word is another thing"
