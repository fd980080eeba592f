"""Writing a notice, looking at it, sending it; who has it and who has read it (BC-01, BC-02, BC-04)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chat.words import Item
from storage import accounts, members, outbox
from storage import notice_people as ledger
from storage import notices as stored
from storage.notice_people import Counts
from storage.notices import Notice
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.stage import Stage

CLASS = ("Tina", "Tom", "Gao")


async def begin(stage: Stage) -> None:
    """Everybody is in class, day 1, a quarter past eight."""
    stage.at("08:15")
    stage.clear()


async def compose(stage: Stage, text: str, *ways: str, who: str = "Clara") -> None:
    """Write, choose, look; the preview stands."""
    await stage.says(who, "发通知")
    await stage.says(who, text)
    for way in ways:
        await stage.taps(who, way)
    await stage.taps(who, "预览")


async def newest(stage: Stage) -> Notice:
    async def look(tx: Tx) -> Notice:
        return await tx.one(Notice, "select * from notice order by id desc limit 1")

    return await stage.store.work(look)


async def counts(stage: Stage) -> Counts:
    notice = await newest(stage)
    return await stage.store.work(lambda tx: ledger.counts(tx, notice.id))


async def test_a_notice_in_three_steps(stage: Stage) -> None:
    await begin(stage)
    await compose(stage, "下午两点在301集合，带上手册。")
    panel = stage.sees("Clara", "发给3人", "没绑定9人", "现在就发")
    assert "下午两点在301集合，带上手册。" in stage.phone("Clara")[-2].plain, "the very message stands above"
    assert stage.labels("Clara")[0] == "✅ 发给3人"
    for name in CLASS:
        stage.sees_nothing_of(name, "301集合")
    await stage.taps("Clara", "发给3人")
    for name in CLASS:
        stage.sees(name, "通知", "柯老师", "下午两点在301集合")
    stage.sees_nothing_of("Oscar", "301集合")
    assert panel.plain
    await stage.tick("08:16")
    stage.sees_somewhere("Clara", "已发3")
    assert (await newest(stage)).state == "sent"
    found = await counts(stage)
    assert (found.sent, found.unbound, found.people) == (3, 9, 12)


async def test_sending_twice_sends_once(stage: Stage) -> None:
    await begin(stage)
    await compose(stage, "中午加一次合影。")
    key = next(k for k in stage.last("Clara").buttons if "发给" in k.label and k.data.startswith("nsend"))
    for _ in range(5):
        await stage.tap_data("Clara", key.data, stage.last("Clara").message_id)
    assert sum("中午加一次合影" in s.plain for s in stage.phone("Tina")) == 1


async def test_words_come_together_and_can_be_written_anew(stage: Stage) -> None:
    await begin(stage)
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "第一句。")
    await stage.says("Clara", "第二句。")
    await stage.taps("Clara", "预览")
    assert "第一句。\n第二句。" in stage.phone("Clara")[-2].plain
    await stage.taps("Clara", "改一改")
    await stage.taps("Clara", "更多")
    await stage.taps("Clara", "重写")
    stage.sees("Clara", "通知草稿")
    assert "预览" not in " ".join(stage.labels("Clara")), "nothing to look at yet"
    await stage.says("Clara", "只有这一句。")
    await stage.taps("Clara", "预览")
    assert "第一句" not in stage.phone("Clara")[-2].plain


async def test_formatting_stays_and_typed_markup_is_shown_as_typed(stage: Stage) -> None:
    await begin(stage)
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "请带手册和<b>笔", entities=[{"type": "bold", "offset": 2, "length": 2}])
    await stage.taps("Clara", "预览")
    await stage.taps("Clara", "发给3人")
    assert "请带<b>手册</b>和&lt;b&gt;笔" in stage.last("Tina").text


async def test_a_photo_carries_the_words_and_an_album_comes_before_them(stage: Stage) -> None:
    await begin(stage)
    await stage.says("Clara", "发通知")
    await stage.sends("Clara", photo=[{"file_id": "P1"}], caption="看这张路线图。")
    await stage.taps("Clara", "预览")
    await stage.taps("Clara", "发给3人")
    one = stage.last("Tina")
    assert one.media == [Item("photo", "P1")] and "看这张路线图" in one.plain

    await stage.says("Clara", "发通知")
    for n in (1, 2, 3):
        caption = {"caption": "昨天的照片。"} if n == 1 else {}
        await stage.sends("Clara", photo=[{"file_id": f"A{n}"}], media_group_id="g1", **caption)
    drafts = [s for s in stage.phone("Clara") if "通知草稿" in s.plain]
    assert "附件3个" in drafts[-1].plain
    await stage.taps("Clara", "预览")
    await stage.taps("Clara", "发给3人")
    album, words = stage.phone("Tom")[-2:]
    assert [m.file_id for m in album.media] == ["A1", "A2", "A3"] and "昨天的照片" in words.plain


async def test_voice_documents_and_forwarded_messages_are_welcome(stage: Stage) -> None:
    await begin(stage)
    for body, kind in (({"voice": {"file_id": "V"}}, "voice"), ({"document": {"file_id": "D", "file_name": "a.pdf"}},
                                                                "document")):  # fmt: skip
        await stage.says("Clara", "发通知")
        await stage.sends("Clara", **body)
        await stage.taps("Clara", "预览")
        await stage.taps("Clara", "发给3人")
        assert stage.last("Gao").media[0].kind == kind
    await stage.says("Clara", "发通知")
    await stage.sends("Clara", text="转来的：明天有雨。", forward_origin={"type": "user"})
    await stage.taps("Clara", "预览")
    await stage.taps("Clara", "发给3人")
    stage.sees("Gao", "转来的：明天有雨。")


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({"text": "   "}, "空的"),
        ({"text": "长" * 4096}, "太长了：4103个字，最多3500个"),
        ({"sticker": {"file_id": "S"}}, "发不出去"),
        ({"location": {"latitude": 1.0, "longitude": 2.0}}, "发不出去"),
    ],
)
async def test_what_cannot_be_sent_is_said_and_nothing_is_lost(
    stage: Stage, body: dict[str, object], answer: str
) -> None:
    await begin(stage)
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "先写的一句。")
    await stage.sends("Clara", **body)
    stage.sees("Clara", answer)
    assert (await newest(stage)).html == "先写的一句。"
    await stage.taps("Clara", "预览")
    stage.sees("Clara", "发给3人")


async def test_acknowledging_by_tap_and_by_word(stage: Stage) -> None:
    await begin(stage)
    await compose(stage, "明早七点集合。", "级别", "需已读")
    await stage.taps("Clara", "发给3人")
    stage.at("08:17")
    assert "已读 08:17" in await stage.taps("Tina", "已读")
    assert stage.labels("Tina") == ["✅ 已读 08:17"], "the button says what was done"
    stage.at("08:30")
    assert "已读 08:17" in await stage.taps("Tina", "已读"), "once and for all"
    await stage.says("Tom", "已读")
    stage.sees("Tom", "1条通知都记为已读", "明早七点集合")
    await stage.says("Tom", "已读")
    stage.sees("Tom", "没有要点已读的通知")
    await stage.tick("08:31")
    stage.sees_somewhere("Clara", "已读2/12")


async def test_a_word_said_before_the_notice_came_covers_nothing(stage: Stage) -> None:
    await begin(stage)
    with stage.bot_down():
        await stage.says("Tina", "已读")
        stage.at("08:20")
    stage.clear()
    await compose(stage, "九点开会。", "级别", "需已读")
    await stage.taps("Clara", "发给3人")
    assert (await counts(stage)).read == 0


async def test_urgent_is_asked_twice_and_rings_at_night(stage: Stage) -> None:
    stage.at("22:40")
    await compose(stage, "请马上到一楼大厅集合。", "级别", "紧急")
    await stage.taps("Clara", "发给3人")
    stage.sees("Clara", "确定吗")
    stage.sees_nothing_of("Tina", "一楼大厅")
    await stage.taps("Clara", "确定")
    stage.sees("Tina", "紧急通知", "一楼大厅")


async def test_the_quiet_hours_hold_an_ordinary_notice_until_the_card(stage: Stage) -> None:
    stage.at("22:40")
    await compose(stage, "明天记得交照片。")
    stage.sees("Clara", "不打扰", "07:00")
    await stage.taps("Clara", "排好")
    stage.sees("Clara", "排好了", "07:00")
    stage.sees_nothing_of("Tina", "交照片")
    await stage.tick("06:59", day=2)
    stage.sees_nothing_of("Tina", "交照片")
    await stage.tick("07:00", day=2)
    stage.sees_somewhere("Tina", "交照片")


async def test_a_notice_for_later_is_typed_and_can_be_taken_back(stage: Stage) -> None:
    await begin(stage)
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "带伞。")
    await stage.taps("Clara", "什么时候")
    await stage.says("Clara", "随便吧")
    stage.sees("Clara", "没看懂")
    await stage.says("Clara", "昨天8点")
    stage.sees("Clara", "已经过了")
    await stage.says("Clara", "明早7点半")
    stage.sees("Clara", "07:30 发")
    await stage.taps("Clara", "预览")
    await stage.taps("Clara", "排好")
    await stage.taps("Clara", "先不发")
    await stage.tick("07:31", day=2)
    stage.sees_nothing_of("Tina", "带伞")
    assert (await newest(stage)).state == "draft"
    await stage.taps("Clara", "什么时候")
    await stage.taps("Clara", "今天中午")
    await stage.taps("Clara", "预览")
    await stage.taps("Clara", "排好")
    await stage.tick("12:10", day=2)
    stage.sees_somewhere("Tina", "带伞")


async def test_what_changed_since_the_preview_is_looked_at_again(stage: Stage) -> None:
    await begin(stage)
    await compose(stage, "第一版。")
    key = next(k for k in stage.last("Clara").buttons if k.data.startswith("nsend"))
    await stage.says("Clara", "再加一句。")
    await stage.tap_data("Clara", key.data)
    stage.sees("Clara", "又改过了")
    stage.sees_nothing_of("Tina", "第一版")


async def test_groups_names_and_roles(stage: Stage) -> None:
    await begin(stage)
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "二组今晚值日。")
    await stage.taps("Clara", "发给谁")
    await stage.taps("Clara", "按组")
    await stage.taps("Clara", "第2组")
    await stage.taps("Clara", "回去")
    stage.sees("Clara", "发给：2组，0人")
    await stage.taps("Clara", "发给谁")
    await stage.taps("Clara", "点名字")
    await stage.says("Clara", "2 99")
    stage.sees("Clara", "没有找到“99”")
    await stage.says("Clara", "田小雪")
    stage.sees("Clara", "不止一位")
    await stage.says("Clara", "2、3")
    stage.sees("Clara", "点选的2人，2人")
    await stage.taps("Clara", "发给谁")
    await stage.taps("Clara", "按身份")
    await stage.taps("Clara", "授课教师")
    await stage.taps("Clara", "回去")
    await stage.taps("Clara", "预览")
    await stage.taps("Clara", "发给1人")
    stage.sees("Ivan", "二组今晚值日")
    stage.sees_nothing_of("Tina", "值日")


async def test_an_empty_audience_cannot_be_sent(stage: Stage) -> None:
    await begin(stage)
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "给教学点。")
    await stage.taps("Clara", "发给谁")
    await stage.taps("Clara", "按身份")
    await stage.taps("Clara", "教学点负责人")
    await stage.taps("Clara", "回去")
    stage.sees("Clara", "一个人也发不到")
    id = (await newest(stage)).id
    await stage.tap_data("Clara", f"npre:{id}")
    assert (await newest(stage)).state == "draft"


async def test_choices_are_counted_and_can_be_changed(stage: Stage) -> None:
    await begin(stage)
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "周五怎么回去？")
    await stage.taps("Clara", "更多")
    await stage.taps("Clara", "加选项")
    await stage.says("Clara", "只有一个")
    stage.sees("Clara", "2到6个")
    await stage.says("Clara", "乘车/不乘车/还没定")
    await stage.says("Clara", "今晚8点")
    await stage.taps("Clara", "预览")
    await stage.taps("Clara", "发给3人")
    await stage.taps("Tina", "乘车")
    assert "✅ 乘车" in stage.labels("Tina")
    await stage.taps("Tina", "还没定")
    assert "✅ 还没定" in stage.labels("Tina") and "乘车" in stage.labels("Tina")
    await stage.says("Tom", "不乘车")
    stage.sees("Tom", "已选“不乘车”")
    await stage.tick("08:20")
    stage.sees_somewhere("Clara", "还没定：1")
    stage.sees_somewhere("Clara", "不乘车：1")
    stage.at("20:01")
    said = await stage.taps("Gao", "乘车")
    assert "截止" in said


async def test_fields_of_each_person_and_blanks_that_nobody_filled(stage: Stage) -> None:
    await begin(stage)
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "{姓名}（{座位}号）请到{教室}，{时间}开始。")
    stage.sees("Clara", "{时间}", "没填")
    await stage.taps("Clara", "更多")
    await stage.taps("Clara", "重写")
    await stage.says("Clara", "{姓名}（{座位}号）请到{教室}。")
    await stage.taps("Clara", "预览")
    await stage.taps("Clara", "发给3人")
    stage.sees("Tina", "田小雪（2号）请到301报告厅。")
    stage.sees("Gao", "高远（1号）请到301报告厅。")


async def test_a_template_asks_for_its_blanks(stage: Stage) -> None:
    await begin(stage)
    await stage.says("Clara", "发通知")
    await stage.taps("Clara", "用模板")
    await stage.taps("Clara", "明天带什么")
    stage.sees("Clara", "“物品”填什么")
    await stage.says("Clara", "雨伞和水杯")
    await stage.taps("Clara", "预览")
    await stage.taps("Clara", "发给3人")
    stage.sees("Tina", "明天请带：雨伞和水杯。")
    await stage.tick("08:17")
    await stage.taps("Clara", "存为模板")
    await stage.says("Clara", "带伞")
    stage.sees("Clara", "存好了")
    await stage.says("Clara", "发通知")
    await stage.taps("Clara", "用模板")
    await stage.taps("Clara", "带伞")
    stage.sees("Clara", "雨伞和水杯")


async def test_who_may_write_to_whom(stage: Stage) -> None:
    await begin(stage)
    for name in ("Tina", "Gao", "Oscar", "Nora"):
        await stage.says(name, "发通知")
        await stage.says(name, "/notice")
        await stage.says(name, "大家好")

    async def none(tx: Tx) -> int:
        return await tx.one(int, "select count(*) from notice")

    assert await stage.store.work(none) == 0
    await stage.says("Ivan", "发通知")
    await stage.says("Ivan", "课前请读第三章。")
    stage.sees("Ivan", "3")
    id = (await newest(stage)).id
    await stage.tap_data("Ivan", f"nlevel:{id}:urgent")
    await stage.tap_data("Ivan", f"nto:{id}:class")
    assert (await newest(stage)).audience.kind == "session" and (await newest(stage)).level == "ordinary"
    await stage.tap_data("Ivan", f"npre:{id}")
    key = next(k for k in stage.last("Ivan").buttons if k.data.startswith("nsend"))
    await stage.tap_data("Ivan", key.data, stage.last("Ivan").message_id)
    stage.sees("Tina", "课前请读第三章")
    stage.sees_nothing_of("Oscar", "第三章")


async def test_an_outsider_learns_and_changes_nothing(stage: Stage) -> None:
    await begin(stage)
    await compose(stage, "秘密集合。", "级别", "需已读")
    draft = (await newest(stage)).id
    verbs = ("notice", "npanel", "npre", "ndrop", "nclear", "nlevel", "nwhen", "nto", "nmore", "nnames", "nagain",
             "npause", "nrecall", "nfix", "ack", "nshow", "nsecond", "nwho", "nback", "nnow")  # fmt: skip
    for verb in verbs:
        await stage.tap_data("Oscar", f"{verb}:{draft}:all:0")
        await stage.tap_data("Tina", f"{verb}:{draft}:all:0") if verb not in ("ack", "nshow") else None
    stage.sees_nothing_of("Oscar", "秘密", "集合")
    stage.sees_nothing_of("Tina", "秘密")
    await stage.taps("Clara", "发给3人")
    for verb in (*verbs, "nchoose", "nphone", "nfor", "nresend", "narrived"):
        await stage.tap_data("Oscar", f"{verb}:{draft}:all:0")
    stage.sees_nothing_of("Oscar", "秘密", "集合")
    found = await counts(stage)
    assert found.read == 0 and found.sent == 3


async def test_other_classes_teachers_see_nothing_of_it(stage: Stage) -> None:
    await begin(stage)
    await compose(stage, "只给春晓班。")
    await stage.taps("Clara", "发给3人")

    async def work(tx: Tx) -> None:
        member = await members.by_ref(tx, 2, "S01")
        assert member is not None
        await accounts.meet(tx, ACCOUNTS["Nora"], "Nora", stage.clock.now())
        await members.set_account(tx, member.id, ACCOUNTS["Nora"], stage.clock.now())
        await accounts.set_cohort(tx, ACCOUNTS["Nora"], 2)

    await stage.store.work(work)
    id = (await newest(stage)).id
    for verb in ("notice", "nnames", "nrecall", "nfix", "nagain"):
        await stage.tap_data("Nora", f"{verb}:{id}:all:0")
    await stage.tap_data("Nora", "nsent:0")
    stage.sees_nothing_of("Nora", "春晓")


async def test_a_closed_class_gets_nothing(stage: Stage) -> None:
    await begin(stage)
    await compose(stage, "下周见。", "什么时候", "今天傍晚")
    await stage.taps("Clara", "排好")

    async def close(tx: Tx) -> None:
        await tx.do("update cohort set state = 'closed' where id = 1")

    await stage.store.work(close)
    await stage.tick("17:41")
    stage.sees_nothing_of("Tina", "下周见")
    stage.sees_somewhere("Clara", "没有发出去")
    assert (await newest(stage)).state == "expired"


async def test_pushes_are_counted_and_the_full_days_are_shown(stage: Stage) -> None:
    await begin(stage)

    async def fill(tx: Tx) -> None:
        await tx.many(
            "insert into outbox (chat_id, push_day, state, made_at) values (:id, '2027-03-15', 'sent', 1)",
            [{"id": ACCOUNTS["Tom"]}] * 6,
        )

    await stage.store.work(fill)
    await compose(stage, "今晚放电影。")
    stage.sees("Clara", "今天已经收满的1人", "田小雪")
    await stage.taps("Clara", "写在今日卡上")
    stage.sees("Clara", "写在今日卡上1人", "发给2人")
    await stage.taps("Clara", "发给2人")
    stage.sees("Tina", "今晚放电影")
    stage.sees_nothing_of("Tom", "今晚放电影")
    await stage.says("Tom", "课程表")
    stage.sees_somewhere("Tom", "今晚放电影")
    found = await counts(stage)
    assert (found.sent, found.on_card) == (2, 1)
    day = await stage.store.work(lambda tx: outbox.pushes_of_cohort(tx, 1, "2027-03-15"))
    assert day[ACCOUNTS["Tina"]] == 1 and day[ACCOUNTS["Tom"]] == 6


async def test_somebody_on_leave_all_day_is_left_out_by_name(stage: Stage) -> None:
    await begin(stage)

    async def leave(tx: Tx) -> None:
        now = stage.clock.now()
        member = await members.by_ref(tx, 1, "T02")
        assert member is not None
        await tx.do(
            """insert into leave (cohort_id, member_id, kind, starts_at, ends_at, state, made_at)
               values (1, :m, 'sick', :start, :end, 'approved', :start)""",
            {"m": member.id, "start": now - timedelta(hours=1), "end": now + timedelta(hours=14)},
        )

    await stage.store.work(leave)
    await compose(stage, "午饭提前。")
    stage.sees("Clara", "全天请假1人", "田小雪（1组2号）", "发给2人")
    await stage.taps("Clara", "发给2人")
    stage.sees_nothing_of("Tina", "午饭提前")
    assert (await counts(stage)).on_leave == 1
    assert await stage.store.work(lambda tx: stored.get(tx, 1)) is not None


async def test_those_without_a_log_can_be_written_to(stage: Stage) -> None:
    stage.at("08:15")
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "日志写三句就行。")
    await stage.taps("Clara", "发给谁")
    assert "还没到" in await stage.taps("Clara", "没交日志的")
    stage.at("20:30")
    await stage.says("Tina", "写日志")
    await stage.says(
        "Tina",
        "今天学到怎样把楼道里的矛盾摆到桌面上谈。回去先请三户人家坐下来，定一个时间，把话说开，再一起写成约定贴在门口。我还没想好怎样请不愿意来的人。"
        * 2,
    )
    await stage.says("Tina", "提交日志")
    if "再写一点" in " ".join(k.label for k in stage.last("Tina").buttons):
        await stage.taps("Tina", "仍要提交")
    stage.clear()
    id = (await newest(stage)).id
    await stage.tap_data("Clara", f"nto:{id}:nolog")
    await stage.tap_data("Clara", f"npre:{id}")
    stage.sees("Clara", "发给2人")
    await stage.taps("Clara", "发给2人")
    stage.sees("Tom", "日志写三句就行")
    stage.sees_nothing_of("Tina", "日志写三句就行")
