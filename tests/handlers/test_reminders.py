"""What the clock writes to people: bus calls, guests, the budget, one message after a gap (section 22, SCH-04 …)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from actions import joining
from actions.clock import replan, replan_all
from bot.clock import Bell
from bot.scheduler import Ticker
from chat.messages import say
from storage import accounts, card_lines, dues, members, outbox
from storage.dues import Due
from storage.outbox import Parcel
from storage.tx import Store, Tx
from tests.actions import test_ledgers as facts
from tests.cast import ACCOUNTS
from tests.handlers.test_checkins import code
from tests.stage import HandClock, Shown, Stage

NOBODY = ("Oscar", "Nora")


async def change(stage: Stage, *statements: str, day: int = 1, **values: object) -> None:
    """Change facts by SQL, and plan the class anew."""

    async def work(tx: Tx) -> None:
        cohort = await facts.spring(tx)
        for sql in statements:
            await tx.do(sql, {"c": cohort.id, **values})
        await replan(tx, cohort.id, stage.clock.now())

    await stage.store.work(work)


async def with_buses(stage: Stage) -> None:
    """Group 1 sits in bus A, group 2 in bus B; the leg of day 2 goes to Jinyuan at 08:10, and back at 11:10."""
    await change(
        stage,
        "update member set bus = case when group_no = 1 then 'A' else 'B' end where cohort_id = :c and seat_no > 0",
        """update session set site_ref = 'SITE2', place = '金元社区', title = '集合乘车去金元',
                  note = '08:00集合，08:10发车' where cohort_id = :c and ref = 'S21'""",
        """insert into session (cohort_id, ref, day, starts_at, ends_at, kind, title, site_ref, place, mode, required,
                                unit)
           values (:c, 'S23', 2, :a, :b, 'transfer', '返程', 'SITE1', '培训楼', 'bus', false, 'bus')""",
        a=facts.at("11:10", 2), b=facts.at("11:40", 2),
    )  # fmt: skip


async def on_leave(stage: Stage, ref: str, start: str, end: str, day: int = 1) -> None:
    async def work(tx: Tx) -> None:
        cohort = await facts.spring(tx)
        values = {"c": cohort.id, "m": (await facts.member_of(tx, cohort, ref)).id, "a": facts.at(start, day),
                  "b": facts.at(end, day)}  # fmt: skip
        await tx.do("""insert into leave (cohort_id, member_id, kind, starts_at, ends_at, state, made_at)
                       values (:c, :m, 'sick', :a, :b, 'approved', :a)""", values)  # fmt: skip

    await stage.store.work(work)


async def joins(stage: Stage, ref: str, account: int) -> None:
    """Somebody else of the class binds the own seat."""

    async def work(tx: Tx) -> None:
        cohort, now = await facts.spring(tx), stage.clock.now()
        member = await members.by_ref(tx, cohort.id, ref)
        assert member is not None
        await accounts.meet(tx, account, ref, now)
        me = await accounts.who(tx, account, now)
        assert me is not None
        await joining.bind(tx, me, (await joining.link_for(tx, member.id, now)).token, now)

    await stage.store.work(work)


def of(stage: Stage, name: str, part: str) -> list[Shown]:
    return [s for s in stage.phone(name) if part in s.plain]


# ---- buses -------------------------------------------------------------------------------------------------


async def test_the_bus_is_called_to_everybody_of_it_with_bus_place_and_departure(stage: Stage) -> None:
    await with_buses(stage)
    await stage.tick("07:49", day=2)
    stage.sees_nothing_of("Tina", "集合：")
    await stage.tick("07:50", day=2)
    shown = stage.sees("Tina", "🚌 08:00 集合：集合乘车去金元", "您坐A车", "去金元社区", "08:10 发车")
    assert "点名" not in shown.plain and not shown.buttons
    for name in ("Clara", "Ivan", "Ada", *NOBODY):
        stage.sees_nothing_of(name, "您坐", "集合：")
    await stage.tick("07:51", day=2)
    assert len(of(stage, "Tina", "集合：")) == 1


async def test_the_call_makes_a_sound_and_the_check_in_reminder_none(stage: Stage) -> None:
    await with_buses(stage)
    await stage.tick("08:55")
    await stage.tick("07:50", day=2)

    async def look(tx: Tx) -> dict[str, bool]:
        class_id = (await facts.spring(tx)).id
        found = {}
        for kind in ("bus-call", "checkin-reminder"):
            body = await tx.one(str, "select body from outbox where once like :p and chat_id = :t",
                                {"p": f"{kind}:{class_id}:%", "t": ACCOUNTS["Tina"]})  # fmt: skip
            found[kind] = '"silent":true' in body
        return found

    assert await stage.store.work(look) == {"bus-call": False, "checkin-reminder": True}


async def test_a_leader_calls_the_group_from_the_bus_call(stage: Stage) -> None:
    """One message, not two: the list of the leg is asked for with the call."""
    await with_buses(stage)
    await stage.tick("07:40", day=2)
    stage.sees_nothing_of("Gao", "请给本组点名：")
    await stage.tick("07:50", day=2)
    stage.sees("Gao", "组长请给本组点名", "您坐A车")
    await stage.taps("Gao", "本组点名")
    stage.sees_somewhere("Gao", "1组")


async def test_the_way_back_is_called_to_leaders_only(stage: Stage) -> None:
    await with_buses(stage)
    await stage.tick("07:00", day=2)
    stage.clear()
    await stage.tick("11:00", day=2)
    assert len(of(stage, "Gao", "🚌 11:10 集合：返程")) == 1
    for name in ("Tina", "Tom", "Clara", *NOBODY):
        stage.sees_nothing_of(name, "集合：返程")


async def test_the_deputy_is_called_for_a_leader_on_leave(stage: Stage) -> None:
    await with_buses(stage)
    await joins(stage, "T04", 301)
    await on_leave(stage, "T01", "07:00", "12:00", day=2)
    await stage.tick("07:00", day=2)
    stage.clear()
    await stage.tick("11:00", day=2)
    stage.sees_nothing_of("Gao", "集合：返程")
    assert [s.plain for s in stage.phones[301] if "11:10 集合：返程" in s.plain]


async def test_who_is_on_leave_or_not_yet_in_the_class_is_not_called(stage: Stage) -> None:
    await with_buses(stage)
    await on_leave(stage, "T02", "07:00", "12:00", day=2)
    await change(
        stage, "update member set joined_at = :at where cohort_id = :c and ref = 'T03'", at=facts.at("12:00", 2)
    )
    await stage.tick("07:50", day=2)
    for name in ("Tina", "Tom"):
        stage.sees_nothing_of(name, "集合：")


async def test_a_call_is_never_late_and_never_cut(stage: Stage) -> None:
    await with_buses(stage)
    await used(stage, "Tina", 6, day=2)
    await stage.tick("08:09", day=2)
    stage.sees("Tina", "08:10 发车")
    stage.clear()
    await stage.tick("11:11", day=2)
    stage.sees_nothing_of("Gao", "集合：返程")


# ---- lecturers and sites -----------------------------------------------------------------------------------


async def test_a_lecturer_is_told_on_the_eve_and_an_hour_before(stage: Stage) -> None:
    stage.at("19:00", day=0)
    await change(stage)
    await on_leave(stage, "T05", "08:00", "12:00")
    await stage.tick("20:00", day=0)
    assert stage.last("Ivan").plain.splitlines() == [
        "🎤 3月15日 周一 您有课：",
        "10:00–11:30 🟥 社区党建，301报告厅",
        "👥 预计11人",
        "☎️ 班主任 柯老师：000-9001",
    ]
    stage.clear()
    await stage.tick("09:00")
    shown = stage.sees_somewhere("Ivan", "🎤 10:00 您有课")
    assert "预计11人" in shown.plain and "学员" not in shown.plain
    for name in ("Tina", "Gao", "Clara", "Ada", *NOBODY):
        stage.sees_nothing_of(name, "您有课", "预计")


async def test_a_lecturer_reads_it_in_the_own_language(stage: Stage) -> None:
    await change(stage, "update account set lang = 'en' where id = 104")
    await stage.tick("09:00")
    stage.sees_somewhere("Ivan", "🎤 Your session at 10:00:")
    stage.sees_somewhere("Ivan", "Party building, Hall 301")


async def test_after_the_beginning_no_lecturer_is_told(stage: Stage) -> None:
    await stage.tick("10:01")
    stage.sees_nothing_of("Ivan", "您有课")


async def test_a_site_is_told_on_the_eve_who_comes_in_numbers(stage: Stage) -> None:
    await with_buses(stage)
    await change(
        stage,
        "update site set facts = '{\"contact_id\": \"L01\"}' where cohort_id = :c and ref = 'SITE2'",
        "update member set roles = 'site_contact', lang = 'zh' where cohort_id = :c and ref = 'L01'",
        "update account set lang = 'zh' where id = 104",
    )
    await on_leave(stage, "T12", "07:00", "12:00", day=2)
    await stage.tick("20:30")
    assert stage.last("Ivan").plain.splitlines() == [
        "🏛 3月16日 周二 学员来金元社区：",
        "09:30–11:00 现场教学",
        "👥 预计11人：A车6人、B车5人",
        "🚌 08:10 发车过来",
        "☎️ 班主任 柯老师：000-9001",
    ]
    for name in ("Tina", "Gao", "Clara", *NOBODY):
        stage.sees_nothing_of(name, "学员来")


async def test_guests_have_no_budget_of_trainees(stage: Stage) -> None:
    await used(stage, "Ivan", 9)
    await stage.tick("09:00")
    stage.sees_somewhere("Ivan", "10:00 您有课")

    async def look(tx: Tx) -> int:
        return await tx.one(int, "select count(*) from outbox where once like 'lecture-%' and push_day is not null")

    assert await stage.store.work(look) == 0


# ---- look again --------------------------------------------------------------------------------------------


async def test_no_reminder_on_leave_before_joining_or_after_closing(stage: Stage) -> None:
    await on_leave(stage, "T02", "08:00", "12:00")
    await change(stage, "update member set joined_at = :at where cohort_id = :c and ref = 'T03'", at=facts.at("12:00"))
    await stage.tick("08:55")
    for name in ("Tina", "Tom"):
        stage.sees_nothing_of(name, "快开始了")
    stage.sees("Gao", "快开始了")
    await change(stage, "update roll set closed_at = opens_at where cohort_id = :c")
    stage.clear()
    await stage.tick("13:55")
    stage.sees_nothing_of("Gao", "快开始了")


async def test_who_left_the_class_hears_nothing_any_more(stage: Stage) -> None:
    await change(stage, "update member set left_at = :at where cohort_id = :c and ref = 'T02'", at=facts.at("08:00"))
    for clock in ("08:55", "13:55", "20:00"):
        await stage.tick(clock)
    assert not stage.phone("Tina")


async def test_the_evening_before_a_day_out_says_nothing_to_who_is_away_then(stage: Stage) -> None:
    await on_leave(stage, "T02", "07:00", "18:00", day=2)
    await stage.tick("07:00")
    await stage.tick("20:00")
    assert len(stage.phone("Tina")) == 1 and len(stage.phone("Tom")) == 2


# ---- the budget --------------------------------------------------------------------------------------------


async def used(stage: Stage, name: str, count: int, day: int = 1) -> None:
    """Somebody has had so many pushes on a day."""

    async def work(tx: Tx) -> None:
        at = facts.at("06:45", day)
        one = Parcel(chat_id=ACCOUNTS[name], body='{"text":"x"}', push_day=f"{at:%Y-%m-%d}", made_at=at)
        await outbox.add(tx, [one] * count)

    await stage.store.work(work)
    await stage.settle()
    stage.clear()


async def test_what_has_no_room_stands_on_the_day_card(stage: Stage) -> None:
    await used(stage, "Tina", 5)
    await stage.tick("07:00")
    await stage.tick("08:55")
    (card,) = stage.phone("Tina")
    assert "📌 📍 09:00《开班式》快开始了" in card.plain and "第1天" in card.plain
    assert card.plain.splitlines()[2].startswith("📌"), "under the line of what matters"
    stage.sees("Tom", "快开始了")
    await stage.tick("09:45")
    (card,) = stage.phone("Tina")
    assert "快开始了" not in card.plain, "not after the list has shut"


async def test_room_is_kept_for_what_matters_more(stage: Stage) -> None:
    """A leader is not rung up for a list when the calls to the bus would not fit any more."""
    await with_buses(stage)
    await used(stage, "Gao", 4, day=2)
    await stage.tick("07:00", day=2)
    await stage.tick("09:10", day=2)
    assert not of(stage, "Gao", "请给本组点名：现场教学（09:30）")[:-1]
    (card,) = of(stage, "Gao", "第2天")
    assert "📌 📋 请给本组点名：现场教学（09:30）" in card.plain
    await stage.tick("11:00", day=2)
    assert len(of(stage, "Gao", "集合：返程")) == 1


async def test_more_than_three_lines_come_with_a_tap(stage: Stage) -> None:
    async def work(tx: Tx) -> None:
        tina = await facts.member_of(tx, await facts.spring(tx), "T02")
        for n in range(1, 6):
            body = say("status-present") if n == 1 else say("daycards-title", title=f"第{n}件 <b>事</b>")
            await card_lines.add(
                tx, tina.id, "2027-03-15", f"n{n}", body, None, facts.at("07:00") + timedelta(minutes=n)
            )
            await card_lines.add(tx, tina.id, "2027-03-15", f"n{n}", body, None, facts.at("07:00"))

    await stage.store.work(work)
    await stage.tick("08:00")
    shown = stage.sees("Tina", "📌 第5件 <b>事</b>", "📌 第4件", "📌 第3件")
    assert "第2件" not in shown.plain and shown.plain.index("第5件") < shown.plain.index("第4件")
    await stage.taps("Tina", "看全部（5条）")
    assert len(stage.last("Tina").plain.splitlines()) == 5
    stage.sees("Tina", "第2件", "出勤")
    for name in ("Tom", "Oscar"):
        await stage.tap_data(name, "lines:2027-03-15")
        stage.sees_nothing_of(name, "第5件")
    for data in ("lines", "lines:x", "lines:2027-13-45"):
        assert "不能用了" in await stage.tap_data("Tina", data)


async def test_lines_of_another_day_or_class_are_on_no_card(stage: Stage) -> None:
    async def work(tx: Tx) -> None:
        tina = await facts.member_of(tx, await facts.spring(tx), "T02")
        for day in ("2027-03-14", "2027-03-16"):
            await card_lines.add(tx, tina.id, day, day, say("daycards-title", title="别的一天"), None,
                                 stage.clock.now())  # fmt: skip

    await stage.store.work(work)
    await stage.tick("07:00")
    stage.sees_nothing_of("Tina", "别的一天")
    stage.sees_nothing_of("Tom", "📌")


# ---- after a gap -------------------------------------------------------------------------------------------


async def test_three_hours_down_over_two_reminders(stage: Stage) -> None:
    """AT-06: at most one message a person, none stale."""
    await stage.tick("07:00")
    stage.clear()
    stage.at("08:50")
    await change(
        stage, "update session set starts_at = :a, ends_at = :b where cohort_id = :c and ref = 'S14'",
        "update roll set opens_at = :o, bell_at = :a, shuts_at = :s where session_id = (select id from session "
        "where cohort_id = :c and ref = 'S14')",
        "update session set cancelled = true where cohort_id = :c and ref = 'S13'",
        a=facts.at("13:05"), b=facts.at("14:30"), o=facts.at("12:45"), s=facts.at("13:25"),
    )  # fmt: skip
    for clock in ("13:10", "13:10", "13:11"):
        await stage.tick(clock)
    new = [s.plain for s in stage.phone("Tom") if "第1天" not in s.plain]
    assert len(new) == 1 and "物业矛盾" in new[0]
    stage.sees_nothing_of("Tom", "开班式》快开始了")
    assert len([s for s in stage.phone("Gao") if "第1天" not in s.plain]) == 1


async def test_one_message_however_much_is_due(stage: Stage) -> None:
    """More than a tick takes of other things, the newest push last in the line."""
    await stage.tick("06:00")

    async def work(tx: Tx) -> None:
        cohort = await facts.spring(tx)
        await dues.put(tx, [Due(cohort_id=cohort.id, kind="turn", what=f"x{n}", at=facts.at("06:30"),
                                until=facts.at("23:00")) for n in range(90)])  # fmt: skip

    await stage.store.work(work)
    for _ in range(4):
        await stage.tick("09:02")
    assert len(stage.phone("Tom")) == 1 and "快开始了" in stage.last("Tom").plain
    assert len(stage.phone("Gao")) == 1


async def test_one_message_of_all_classes_together(stage: Stage) -> None:
    """Oscar sits in two classes: after a gap he hears once."""

    async def work(tx: Tx) -> None:
        cohort = await facts.spring(tx)
        member = await facts.member_of(tx, cohort, "T05")
        await members.set_account(tx, member.id, ACCOUNTS["Oscar"], stage.clock.now())

    await stage.store.work(work)
    await stage.tick("09:02")
    assert len(stage.phone("Oscar")) == 1


async def test_what_is_on_time_goes_and_what_is_late_does_not_come_beside_it(stage: Stage) -> None:
    await stage.tick("13:55")
    assert [s.plain for s in stage.phone("Tom") if "快开始了" in s.plain] and len(stage.phone("Tom")) == 1


async def test_a_leader_who_was_asked_late_gets_no_other_catch_up(stage: Stage) -> None:
    await stage.tick("15:45")
    assert len(of(stage, "Gao", "请给本组点名")) == 1 and len(stage.phone("Gao")) == 1
    assert len(stage.phone("Tom")) == 1 and "第1天" in stage.last("Tom").plain


async def test_an_older_message_that_could_not_leave_gives_way(stage: Stage) -> None:
    """The bot ran, but Telegram was away: of what waits only the newest is said."""
    await stage.tick("07:00", day=3)
    stage.clear()

    async def work(tx: Tx) -> None:
        tom = ACCOUNTS["Tom"]
        old = Parcel(chat_id=tom, body='{"text":"alt"}', once="tomorrow:1:x:1:1", push_day="2027-03-17", hold=True,
                     made_at=facts.at("08:00", 3))  # fmt: skip
        answer = Parcel(chat_id=tom, body='{"text":"Antwort"}', once="claim-told:1", made_at=facts.at("08:00", 3))
        fresh = Parcel(chat_id=tom, body='{"text":"frisch"}', once="tomorrow:1:x:1:2", made_at=facts.at("08:54", 3))
        await outbox.add(tx, [old, answer, fresh])

    await stage.store.work(work)
    await stage.tick("08:55", day=3)
    texts = [s.plain for s in stage.phone("Tom")]
    assert "alt" not in texts and "Antwort" in texts and "frisch" in texts
    stage.sees_somewhere("Tom", "快开始了")


async def test_two_programs_that_tick_at_once_send_one_of_each(store: Store) -> None:
    """SCH-07."""
    clock = HandClock()
    clock.value = facts.at("08:55").astimezone(clock.value.tzinfo)
    tickers = [Ticker(store, clock, Bell()) for _ in range(3)]
    await asyncio.gather(*(ticker.tick() for ticker in tickers))
    await asyncio.gather(*(ticker.tick() for ticker in tickers))

    async def look(tx: Tx) -> list[str]:
        return await tx.all(str, "select once from outbox where once like 'checkin-reminder:%' order by once")

    found = await store.work(look)
    assert len(found) == len(set(found)) == 4, "Gao, Tina and Tom; Oscar in his own class"


async def test_a_newer_program_plans_what_the_older_did_not_know(stage: Stage) -> None:
    """A class that runs already when the program is brought up to date gets joint posts and bus calls too."""
    await stage.tick("08:55")

    async def work(tx: Tx) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        cohort, span = await facts.spring(tx), (facts.at("09:30"), facts.at("23:00", 5))
        planned = [(d.kind, d.what) for d in await dues.between(tx, cohort.id, *span)]
        await tx.do("delete from due where kind in ('joint-post', 'bus-call', 'lecture-soon')")
        await replan_all(tx, stage.clock.now())
        return planned, [(d.kind, d.what) for d in await dues.between(tx, cohort.id, *span)]

    before, after = await stage.store.work(work)
    assert sorted(after) == sorted(before) and {k for k, _ in before} >= {"joint-post", "bus-call"}
    stage.clear()
    await stage.tick("08:56")
    stage.sees_nothing_of("Tom", "快开始了")


# ---- muting ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["提醒设置", "静音", "/mute", "mute"])
async def test_a_trainee_mutes_optional_reminders_with_one_tap(stage: Stage, word: str) -> None:
    await stage.says("Tina", word)
    stage.sees("Tina", "现在会提醒您", "关不掉的：紧急通知")
    await stage.taps("Tina", "关掉提醒")
    stage.sees("Tina", "关掉了")
    assert len(stage.phone("Tina")) == 1, "the same message"
    await stage.tap_data("Tina", "mute:on", stage.last("Tina").message_id)
    stage.sees("Tina", "关掉了")
    for clock in ("07:00", "08:55", "20:00"):
        await stage.tick(clock)
    stage.sees_nothing_of("Tina", "快开始了")
    assert len(of(stage, "Tina", "🌙")) == 1, "on the card"
    assert len(of(stage, "Tom", "🌙")) == 2
    stage.sees_somewhere("Tom", "快开始了")


async def test_muted_one_still_hears_the_bus_and_may_be_reminded_again(stage: Stage) -> None:
    await with_buses(stage)
    await stage.says("Tina", "静音")
    await stage.taps("Tina", "关掉提醒")
    await stage.tick("07:50", day=2)
    stage.sees("Tina", "您坐A车")
    await stage.says("Tina", "提醒设置")
    await stage.taps("Tina", "重新提醒我")
    stage.sees("Tina", "现在会提醒您")
    await stage.tick("08:55", day=3)
    stage.sees_somewhere("Tina", "快开始了")


async def test_muting_is_for_trainees_and_for_oneself(stage: Stage) -> None:
    for name in ("Clara", "Ada", "Ivan"):
        await stage.says(name, "/mute")
        await stage.tap_data(name, "mute:on")
        stage.sees_nothing_of(name, "关掉提醒", "Switch them off")
    await stage.says("Oscar", "/mute")
    await stage.taps("Oscar", "关掉提醒")
    await stage.tick("08:55")
    stage.sees_somewhere("Tina", "快开始了")
    stage.sees_nothing_of("Oscar", "快开始了")


async def test_who_checked_in_early_is_not_reminded(stage: Stage) -> None:
    stage.at("08:50")
    await stage.says("Tina", await code(stage))
    stage.clear()
    await stage.tick("08:55")
    stage.sees_nothing_of("Tina", "快开始了")
