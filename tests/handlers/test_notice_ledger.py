"""After a notice has gone: chases, lists of the missing, failures, stop and go on, corrections, recall (BC-02)."""

from __future__ import annotations

from storage import notice_people as ledger
from storage import outbox
from storage.notice_people import Row
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.handlers.test_notices import begin, compose, counts, newest
from tests.stage import Stage


async def sent(stage: Stage, text: str, *ways: str, who: str = "Clara") -> None:
    """A notice to the whole class that has gone."""
    await compose(stage, text, *ways, who=who)
    await stage.taps(who, "发给3人")
    if "紧急" in ways:
        await stage.taps(who, "确定")
    stage.clear()


async def rows(stage: Stage) -> dict[str, Row]:
    notice = await newest(stage)
    found = await stage.store.work(lambda tx: ledger.of_notice(tx, notice.id))
    return {row.ref: row for row in found}


def chased(stage: Stage, name: str) -> int:
    return sum("没点［已读］" in s.plain or "请马上看" in s.plain for s in stage.phone(name))


async def test_only_those_who_have_not_read_are_asked_again_twice(stage: Stage) -> None:
    await begin(stage)
    await sent(stage, "明早七点集合。", "级别", "需已读")
    await stage.says("Tina", "已读")
    for clock in ("08:44", "08:45", "08:46", "10:14", "10:15", "10:16", "12:00"):
        await stage.tick(clock)
    assert chased(stage, "Tina") == 0
    assert chased(stage, "Tom") == 2 and chased(stage, "Gao") == 2
    stage.sees_nothing_of("Oscar", "集合")
    shown = next(s for s in stage.phone("Tom") if "没点［已读］" in s.plain)
    assert [k.label for k in shown.buttons] == ["已读", "看全文"]
    stage.sees_somewhere("Clara", "还有11人没点已读")
    stage.sees_somewhere("Clara", "田小雪（1组3号） 📞 000-0003")


async def test_acknowledging_from_a_chase_stops_the_next(stage: Stage) -> None:
    await begin(stage)
    await sent(stage, "明早七点集合。", "级别", "需已读")
    await stage.tick("08:45")
    await stage.taps("Tom", "看全文")
    stage.sees("Tom", "明早七点集合。")
    await stage.taps("Tom", "已读")
    await stage.tick("10:15")
    assert chased(stage, "Tom") == 1


async def test_urgent_is_chased_three_times_then_leaders_get_their_ten(stage: Stage) -> None:
    await begin(stage)
    await sent(stage, "楼下集合！", "级别", "紧急")
    for minute in (20, 25, 30, 35, 40):
        await stage.tick(f"08:{minute}")
    assert chased(stage, "Tom") == 3
    stage.sees_somewhere("Clara", "没点已读，请打个电话")
    mine = stage.sees_somewhere("Gao", "没点已读，请打个电话")
    assert "田小雪" in mine.plain and "学员07" not in mine.plain, "leaders see their own ten only"
    label = next(k.label for k in mine.buttons if "学员05" in k.label)
    assert "已电话告知" in await stage.taps("Gao", label)
    assert (await rows(stage))["T05"].read_how == "phone"
    other = (await rows(stage))["T08"].id
    await stage.tap_data("Gao", f"nphone:{other}")
    await stage.tap_data("Tina", f"nphone:{other}")
    await stage.tap_data("Oscar", f"nphone:{other}")
    assert (await rows(stage))["T08"].read_at is None


async def test_nobody_on_leave_is_chased(stage: Stage) -> None:
    await begin(stage)
    await sent(stage, "明早七点集合。", "级别", "需已读")

    async def leave(tx: Tx) -> None:
        member = await tx.one(int, "select id from member where cohort_id = 1 and ref = 'T03'")
        now = stage.clock.now()
        await tx.do(
            """insert into leave (cohort_id, member_id, kind, starts_at, ends_at, state, made_at)
               values (1, :m, 'sick', :start, :end, 'away', :start)""",
            {"m": member, "start": now, "end": now.replace(hour=2)},
        )

    await stage.store.work(leave)
    await stage.tick("08:45")
    assert chased(stage, "Tom") == 0 and chased(stage, "Tina") == 1


async def test_a_chase_in_the_night_waits_for_the_morning_and_comes_once(stage: Stage) -> None:
    stage.at("21:00")
    await sent(stage, "明天早点来。", "级别", "需已读")
    for clock, day in (("21:30", 1), ("22:35", 1), ("23:00", 1), ("06:59", 2), ("07:00", 2), ("07:05", 2)):
        await stage.tick(clock, day=day)
    assert chased(stage, "Tom") == 2


async def test_somebody_who_blocks_is_named_and_the_rest_goes_on(stage: Stage) -> None:
    await begin(stage)
    await compose(stage, "下午换教室。")
    stage.troubles[ACCOUNTS["Tom"]] = "unreachable"
    await stage.taps("Clara", "发给3人")
    stage.clear()
    await stage.tick("08:16")
    found = await counts(stage)
    assert (found.sent, found.blocked, found.unbound) == (2, 1, 9)
    stage.sees_somewhere("Clara", "已屏蔽1")
    await stage.taps("Clara", "名单")
    stage.sees("Clara", "田小雪（1组3号）　🚫 已屏蔽机器人", "学员04（1组4号）　🚫 未绑定")


async def test_failed_copies_are_sent_again_and_uncertain_ones_by_name_only(stage: Stage) -> None:
    await begin(stage)
    stage.troubles[ACCOUNTS["Tom"]] = "failed"
    stage.troubles[ACCOUNTS["Gao"]] = "uncertain"
    await sent(stage, "下午换教室。")
    await stage.tick("08:16")
    stage.troubles.clear()
    stage.sees_somewhere("Clara", "不确定1、失败1")
    await stage.taps("Clara", "仅补发失败")
    stage.sees("Tom", "下午换教室")
    stage.sees_nothing_of("Gao", "下午换教室")
    said = await stage.taps("Clara", "仅补发失败")
    assert "不确定" in said
    await stage.tick("08:17")
    await stage.taps("Clara", "不确定和失败的")
    await stage.taps("Clara", "补发 高远")
    stage.sees("Gao", "下午换教室")
    assert "已经在路上" in await stage.taps("Clara", "补发 高远")
    await stage.tick("08:18")
    found = await counts(stage)
    assert (found.sent, found.uncertain, found.failed) == (3, 0, 0)
    assert sum("下午换教室" in s.plain for s in stage.phone("Tom")) == 1


async def test_an_uncertain_copy_that_was_there_counts_as_sent_by_a_persons_word(stage: Stage) -> None:
    await begin(stage)
    stage.troubles[ACCOUNTS["Gao"]] = "uncertain"
    await sent(stage, "下午换教室。")
    stage.troubles.clear()
    await stage.tick("08:16")
    await stage.taps("Clara", "不确定和失败的")
    await stage.taps("Clara", "算已送到")
    assert (await counts(stage)).sent == 3
    stage.sees_nothing_of("Gao", "下午换教室")


async def test_the_chase_brings_the_whole_to_whom_it_is_uncertain(stage: Stage) -> None:
    await begin(stage)
    stage.troubles[ACCOUNTS["Gao"]] = "uncertain"
    await sent(stage, "明早七点集合，带伞。", "级别", "需已读")
    stage.troubles.clear()
    await stage.tick("08:45")
    stage.sees("Gao", "明早七点集合，带伞。")
    assert (await counts(stage)).uncertain == 0 and (await counts(stage)).sent == 3


async def test_who_binds_later_gets_it_by_sending_again(stage: Stage) -> None:
    await begin(stage)
    await compose(stage, "下午换教室。")
    stage.troubles[ACCOUNTS["Tom"]] = "unreachable"
    await stage.taps("Clara", "发给3人")
    stage.clear()
    await stage.tick("08:16")
    stage.troubles.clear()
    await stage.update({"my_chat_member": {"chat": {"id": ACCOUNTS["Tom"], "type": "private"}, "date": 0,
                        "from": {"id": ACCOUNTS["Tom"], "first_name": "Tom"},
                        "new_chat_member": {"status": "member"}}})  # fmt: skip
    await stage.taps("Clara", "补发给后来的人")
    stage.sees("Tom", "下午换教室")
    stage.sees_nothing_of("Tina", "下午换教室")  # had it before; nobody gets it twice


async def test_many_errors_in_a_row_stop_it_and_alarm_the_sender(stage: Stage) -> None:
    await begin(stage)

    async def bind(tx: Tx) -> None:
        for seat in range(4, 13):
            id = 5000 + seat
            await tx.do("insert into account (id, cohort_id, made_at) values (:id, 1, 1)", {"id": id})
            await tx.do(
                "update member set account_id = :id where cohort_id = 1 and seat_no = :seat", {"id": id, "seat": seat}
            )

    await stage.store.work(bind)
    for id in [*range(5004, 5013), ACCOUNTS["Tina"]]:
        stage.troubles[id] = "failed"
    await stage.says("Clara", "发通知")
    await stage.sends("Clara", photo=[{"file_id": "gone"}], caption="看图。")
    await stage.taps("Clara", "预览")
    stage.down = True
    key = next(k for k in stage.last("Clara").buttons if k.data.startswith("nsend"))
    await stage.tap_data("Clara", key.data)
    stage.down = False

    async def slowly(tx: Tx) -> None:  # the pace lets only ten through before the next tick
        now = stage.clock.now()
        await stage.dispatcher.work_lane(tx, None)
        waits = await tx.all(int, "select id from outbox where part = 'copy' and state = 'new' order by id")
        await outbox.set_outcomes(tx, [outbox.Outcome(id=id, chat_id=1, state="failed", at=now) for id in waits[:10]])

    await stage.store.work(slowly)
    from actions import notice_clock

    await stage.store.work(lambda tx: notice_clock.follow(tx, stage.clock.now(), stage.clock.now() - stage.clock.now()))
    assert (await newest(stage)).state == "paused"
    await stage.settle()
    stage.sees_somewhere("Clara", "连着10个人都没发成")
    found = await counts(stage)
    assert found.failed == 10 and found.waiting == 2
    stage.troubles.clear()
    stage.at("08:20")
    await stage.taps("Clara", "继续发")
    await stage.tick("08:21")
    assert (await counts(stage)).waiting == 0
    await stage.taps("Clara", "仅补发失败")
    await stage.tick("08:22")
    assert (await counts(stage)).sent == 12


async def test_a_correction_reaches_every_copy(stage: Stage) -> None:
    await begin(stage)
    await sent(stage, "下午两点在301。", "级别", "需已读")
    await stage.says("Tina", "已读")
    await stage.tick("08:20")
    await stage.taps("Clara", "更正")
    stage.sees("Clara", "下午两点在301。")
    await stage.says("Clara", "下午两点在302。")
    stage.sees("Clara", "改成这样", "下午两点在302。")
    stage.at("14:05")
    await stage.taps("Clara", "就地更正")
    for name in ("Tina", "Tom", "Gao"):
        shown = stage.sees_somewhere(name, "下午两点在302。")
        assert "（更正于 14:05）" in shown.plain
    stage.sees_nothing_of("Tom", "在301")
    assert (await rows(stage))["T02"].read_at is not None, "what was read stays read"
    assert "✅ 已读" in stage.sees_somewhere("Tina", "下午两点在302。").buttons[0].label
    assert "已经办过" in await stage.tap_data("Clara", f"nfixed:{(await newest(stage)).id}:small:1")


async def test_a_big_change_is_sent_anew_and_read_anew(stage: Stage) -> None:
    await begin(stage)
    await sent(stage, "下午两点在301。", "级别", "需已读")
    await stage.says("Tina", "已读")
    await stage.tick("08:20")
    await stage.taps("Clara", "更正")
    await stage.says("Clara", "改到三点，在302。")
    await stage.taps("Clara", "重大变更")
    stage.sees("Tina", "改到三点，在302。", "更正于")
    assert sum("改到三点" in s.plain for s in stage.phone("Tom")) == 1
    found = await counts(stage)
    assert found.read == 0 and found.sent == 3
    await stage.tick("08:50")
    assert chased(stage, "Tina") == 1, "the new version is chased, the old one's plans are over"
    await stage.tick("09:15")
    assert chased(stage, "Tina") == 1


async def test_a_recall_deletes_what_is_young_and_says_what_stays(stage: Stage) -> None:
    await begin(stage)
    stage.troubles[ACCOUNTS["Gao"]] = "uncertain"
    await sent(stage, "发错了。", "级别", "需已读")
    stage.troubles.clear()
    await stage.tick("08:20")
    await stage.taps("Clara", "撤回")
    stage.sees("Clara", "能删掉2人手机上的", "1人的删不掉")
    await stage.taps("Clara", "是的，撤回")
    for name in ("Tina", "Tom"):
        stage.sees_nothing_of(name, "发错了")
    await stage.tick("08:50")
    assert chased(stage, "Tina") == 0 and chased(stage, "Gao") == 0
    stage.sees_somewhere("Clara", "已撤回")
    assert "撤回" in await stage.tap_data("Tom", f"ack:{(await newest(stage)).id}")


async def test_after_two_days_only_a_correction_is_offered(stage: Stage) -> None:
    await begin(stage)
    await sent(stage, "很久以前。")
    await stage.tick("08:16")
    id = (await newest(stage)).id
    stage.at("07:14", day=3)
    await stage.tap_data("Clara", f"nrecall:{id}")
    stage.sees("Clara", "能删掉3人")
    stage.at("08:17", day=3)
    stage.clear()
    await stage.tap_data("Clara", f"nrecall:{id}:yes")
    stage.sees("Clara", "超过48小时", "更正")
    assert (await newest(stage)).state != "recalled"


async def test_its_life_ends_and_nothing_comes_late(stage: Stage) -> None:
    await begin(stage)
    await sent(stage, "今天有效。", "级别", "需已读")
    await stage.tick("08:14", day=2)
    await stage.tick("08:16", day=2)
    assert (await newest(stage)).state == "expired"
    await stage.tick("12:00", day=2)
    assert "已读" in await stage.tap_data("Tom", f"ack:{(await newest(stage)).id}"), "reading late is still reading"


async def test_lecturers_see_numbers_and_no_names(stage: Stage) -> None:
    await begin(stage)
    await stage.says("Ivan", "发通知")
    await stage.says("Ivan", "请预习。")
    id = (await newest(stage)).id
    await stage.tap_data("Ivan", f"nlevel:{id}:ack")
    await stage.tap_data("Ivan", f"npre:{id}")
    key = next(k for k in stage.last("Ivan").buttons if k.data.startswith("nsend"))
    await stage.tap_data("Ivan", key.data, stage.last("Ivan").message_id)
    await stage.tick("08:16")
    stage.clear()
    await stage.tap_data("Ivan", f"notice:{id}")
    assert not any(k.data.startswith("nnames") for k in stage.last("Ivan").buttons)
    await stage.tap_data("Ivan", f"nnames:{id}:all:0")
    stage.sees_nothing_of("Ivan", "田小雪", "000-0002")
    for clock in ("08:45", "10:15", "10:45"):
        await stage.tick(clock)
    stage.sees_nothing_of("Ivan", "000-0002")
    stage.sees_somewhere("Clara", "000-0002")


async def test_the_class_teacher_chooses_for_somebody(stage: Stage) -> None:
    await begin(stage)
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "怎么回去？")
    await stage.taps("Clara", "更多")
    await stage.taps("Clara", "加选项")
    await stage.says("Clara", "乘车/不乘车")
    await stage.taps("Clara", "不限时间")
    await stage.taps("Clara", "预览")
    await stage.taps("Clara", "发给3人")
    await stage.tick("08:16")
    await stage.taps("Clara", "谁没读")
    await stage.taps("Clara", "替学员05选")
    await stage.taps("Clara", "不乘车")
    stage.sees("Clara", "已替学员05（1组5号）选了“不乘车”")
    assert (await rows(stage))["T05"].choice == 1


async def test_the_group_gets_one_pinned_copy_with_a_counter_and_no_names(stage: Stage) -> None:
    await begin(stage)
    group = -4001
    added = {"chat": {"id": group, "type": "supergroup", "title": "春晓班群"}, "date": 0,
             "new_chat_member": {"status": "administrator", "can_pin_messages": True}}  # fmt: skip
    await stage.update({"my_chat_member": {**added, "from": {"id": ACCOUNTS["Oscar"], "first_name": "Oscar"}}})
    await stage.update({"my_chat_member": {**added, "from": {"id": ACCOUNTS["Clara"], "first_name": "Clara"}}})
    stage.sees("Clara", "春晓班群", "班级群")
    await stage.says("Clara", "发通知")
    await stage.says("Clara", "明早七点集合。")
    await stage.taps("Clara", "级别")
    await stage.taps("Clara", "需已读")
    await stage.taps("Clara", "更多")
    await stage.taps("Clara", "群里也放一条")
    await stage.taps("Clara", "预览")
    stage.sees("Clara", "群“春晓班群”里也放一条")
    await stage.taps("Clara", "发给3人")
    await stage.tick("08:16")
    await stage.says("Tina", "已读")
    await stage.tick("08:17")
    await stage.tick("08:18")
    shown = stage.phones[group]
    assert len(shown) == 1 and "已读 1/12" in shown[0].plain and "田小雪" not in shown[0].plain
    assert stage.pinned[group] == shown[0].message_id
    gone = {**added, "new_chat_member": {"status": "kicked"}, "from": {"id": ACCOUNTS["Clara"], "first_name": "Clara"}}
    await stage.update({"my_chat_member": gone})
    await sent(stage, "群没了也收得到。")
    stage.clear()
    await stage.says("Tina", "通知")
    stage.sees("Tina", "最近收到的通知")
    assert any("群没了" in k.label for k in stage.last("Tina").buttons)


async def test_a_person_sees_again_what_came(stage: Stage) -> None:
    await begin(stage)
    await stage.says("Tina", "通知")
    stage.sees("Tina", "还没有收到过通知")
    await sent(stage, "第一条。")
    await sent(stage, "第二条。", "级别", "需已读")
    await stage.says("Tina", "通知")
    assert [k.label[:1] for k in stage.last("Tina").buttons] == ["🔴", "0"]
    await stage.taps("Tina", "第二条")
    stage.sees("Tina", "第二条。")
    await stage.says("Oscar", "通知")
    stage.sees("Oscar", "还没有收到过通知")


async def test_what_one_does_with_the_bot_in_a_group_ends_no_talk(stage: Stage) -> None:
    """The bot's rights in a group are changed while a notice is being written: what comes next is the notice."""
    stage.at("08:15")
    await stage.says("Clara", "发通知")
    added = {"chat": {"id": -700, "type": "supergroup", "title": "春晓班群"}, "date": 0,
             "new_chat_member": {"status": "administrator", "can_pin_messages": True}}  # fmt: skip
    await stage.update({"my_chat_member": {**added, "from": {"id": ACCOUNTS["Clara"], "first_name": "Clara"}}})
    await stage.says("Clara", "明早七点半集合。")
    stage.sees("Clara", "通知草稿", "明早七点半集合")
