"""The day in numbers: digests to class teachers, the evening's card, what is left on the day card (DASH-03, ATT-06)."""

from __future__ import annotations

from actions.clock import replan
from storage import dues, outbox, warned
from storage.tx import Tx
from tests.actions import test_ledgers as facts
from tests.cast import ACCOUNTS
from tests.handlers.test_attention import all_joined, member_id
from tests.handlers.test_records import happened
from tests.stage import Shown, Stage


async def morning(stage: Stage, day: int) -> None:
    """08:20 of a later day; what was due meanwhile takes several strikes of the clock."""
    for _ in range(4):
        await stage.tick("08:20", day)


def digests(stage: Stage, name: str = "Clara") -> list[Shown]:
    return [s for s in stage.phone(name) if "简报" in s.plain]


async def school_leader(stage: Stage) -> None:
    """Ivan is the school leader on duty in this play."""

    async def work(tx: Tx) -> None:
        values = {"c": (await facts.spring(tx)).id}
        await tx.do("update member set roles = 'school_leader' where cohort_id = :c and ref = 'L01'", values)
        await tx.do("update account set lang = 'zh' where id = 104")

    await stage.store.work(work)


async def happened_at(stage: Stage, clock: str, day: int = 1) -> None:
    """Somebody was marked at this time: an event, so that something changed."""

    async def work(tx: Tx) -> None:
        await tx.do("""insert into mark_event (roll_id, member_id, at, old, new, source, reason)
                       select min(r.id), min(m.id), :at, 'unmarked', 'present', 'staff', '' from roll r
                       join member m on m.cohort_id = r.cohort_id where r.cohort_id = :id""",
                    {"at": facts.at(clock, day), "id": (await facts.spring(tx)).id})  # fmt: skip

    await stage.store.work(work)


async def test_the_day_so_far_and_the_lists_left_open_by_name(stage: Stage) -> None:
    await all_joined(stage)
    await happened(stage, {"S11": "present", "S12": "late"})
    await happened(stage, {"S11": "absent"}, "S11", who="T03")
    await stage.tick("13:50")
    (shown,) = digests(stage)
    assert shown.plain.splitlines() == [
        "📬 13:50 简报",
        "📋 今天点名2次，已收口1次",
        "迟到1 请假0 旷课1 未点到21（人次）",
        "⏳ 还没收口，点下面的按键就能办：",
        "10:00 社区党建，未点到11",
        "👀 关注学员1人",
    ]
    assert [k.label for k in shown.buttons] == ["📋 社区党建", "关注学员"]


async def test_its_buttons_open_the_list_and_the_people(stage: Stage) -> None:
    await happened(stage, {"S11": "absent"}, "S11")
    await stage.tick("13:50")
    await stage.taps("Clara", "📋 社区党建")
    stage.sees_somewhere("Clara", "应到12")
    await stage.taps("Clara", "关注学员")
    stage.sees("Clara", "田小雪（1组2号）　旷课1学时")


async def test_a_list_left_open_for_a_night_is_named_in_the_morning(stage: Stage) -> None:
    """AT-17: nobody absent; the teachers' digest names it; the result is open."""
    await happened(stage, {}, "S11", "S12", "S14")
    await morning(stage, 2)
    (shown,) = digests(stage)
    assert "第1天 16:00 小组研讨，未点到12" in shown.plain

    async def look(tx: Tx) -> int:
        return await tx.one(int, "select count(*) from mark where status = 'absent'")

    assert await stage.store.work(look) == 0


async def test_also_on_the_morning_after_the_last_day(stage: Stage) -> None:
    await happened(stage, {}, "S11", "S12", "S14", "S15", "S21", "S22")
    await morning(stage, 4)
    stage.sees_somewhere("Clara", "第3天 09:00 结业考核，未点到12")


async def test_at_four_times_and_never_in_the_quiet_hours(stage: Stage) -> None:
    await happened_at(stage, "08:05")
    for clock in ("08:19", "08:20", "13:49", "13:50", "13:51", "18:10", "22:05", "22:06", "22:45"):
        await stage.tick(clock)
    assert [s.plain.splitlines()[0] for s in digests(stage)] == [
        "📬 08:20 简报", "📬 13:50 简报", "📬 18:10 简报", "📬 22:05 简报",
    ]  # fmt: skip


async def test_a_late_clock_writes_one_digest_and_none_at_night(stage: Stage) -> None:
    await stage.tick("14:30")
    assert [s.plain.splitlines()[0] for s in digests(stage)] == ["📬 14:30 简报"]
    await stage.tick("22:40")
    assert len(digests(stage)) == 1


async def test_skipped_when_nothing_changed_and_nothing_is_open(stage: Stage) -> None:
    await stage.tick("08:20")
    assert not digests(stage), "day 1: nothing has happened yet"
    await happened(stage, {}, "S11", "S12")
    await stage.tick("13:50")
    assert len(digests(stage)) == 1, "two lists were closed"
    await happened(stage, {}, "S14", "S15")
    await stage.tick("18:10")
    assert len(digests(stage)) == 2
    await stage.tick("22:05")
    assert len(digests(stage)) == 2, "nothing since"
    await happened_at(stage, "22:10")
    await stage.tick("08:20", day=2)
    assert len(digests(stage)) == 3


async def test_a_list_of_a_session_that_is_still_on_is_not_named(stage: Stage) -> None:
    await happened(stage, {}, "S11", "S12")
    await stage.tick("13:50")

    async def longer(tx: Tx) -> None:
        await tx.do("update session set ends_at = :at where ref = 'S14'", {"at": facts.at("19:00")})

    await stage.store.work(longer)
    await stage.tick("18:10")
    shown = stage.sees_somewhere("Clara", "18:10 简报").plain
    assert "16:00 小组研讨" in shown and "物业矛盾" not in shown


async def test_leaves_that_wait_and_people_who_are_not_back(stage: Stage) -> None:
    async def leave(tx: Tx) -> None:
        cohort = await facts.spring(tx)
        for ref, state, overdue in (("T02", "away", True), ("T03", "pending", False), ("T05", "closed", True)):
            values = {"c": cohort.id, "m": (await facts.member_of(tx, cohort, ref)).id, "state": state, "o": overdue,
                      "a": facts.at("09:00"), "b": facts.at("12:00")}  # fmt: skip
            await tx.do("""insert into leave (cohort_id, member_id, kind, starts_at, ends_at, state, overdue, made_at)
                           values (:c, :m, 'sick', :a, :b, :state, :o, :a)""", values)  # fmt: skip

    await happened(stage, {}, "S11", "S12")
    await stage.store.work(leave)
    await stage.tick("13:50")
    shown = digests(stage)[-1].plain
    assert "等着批的请假1份" in shown and "该回来还没报到：田小雪（1组2号）" in shown
    assert "病假" not in shown and "学员05" not in shown


async def test_only_class_teachers_of_the_class_get_it(stage: Stage) -> None:
    await happened(stage, {"S11": "absent"}, "S11")
    await stage.tick("13:50")
    for name in ("Tina", "Tom", "Gao", "Ivan", "Ada", "Oscar", "Nora"):
        stage.sees_nothing_of(name, "简报", "还没收口", "人次")


async def test_a_digest_is_no_push_of_anybody_s_budget(stage: Stage) -> None:
    await stage.tick("13:50")

    async def look(tx: Tx) -> int:
        values = {"id": ACCOUNTS["Clara"]}
        sql = "select count(*) from outbox where chat_id = :id and once like 'digest:%' and push_day is null"
        return await tx.one(int, sql, values)

    assert digests(stage) and await stage.store.work(look) == 1


async def test_a_warning_that_the_budget_cut_is_said_with_the_next_digest(stage: Stage) -> None:
    async def used(tx: Tx) -> None:
        parcel = outbox.Parcel(chat_id=ACCOUNTS["Tina"], body='{"text":"x"}', push_day="2027-03-15",
                               made_at=facts.at("08:00"))  # fmt: skip
        await outbox.add(tx, [parcel] * 6)

    await stage.store.work(used)
    await stage.tick("07:00")
    await happened(stage, {"S11": "leave_sick"}, "S11")
    await stage.tick("13:50")
    (card,) = [s for s in stage.phone("Tina") if "还可请假 0.42" in s.plain]
    assert "第1天" in card.plain and "📌" in card.plain, "it stands on the day card only"
    await stage.tick("08:20", day=2)
    await stage.tick("13:50", day=2)
    assert len([s for s in stage.phone("Tina") if "还可请假 0.42 学时。" in s.plain and s is not card]) == 1

    async def told(tx: Tx) -> set[str]:
        return (await warned.of_cohort(tx, (await facts.spring(tx)).id)).get(await _tina(tx), set())

    assert await stage.store.work(told) == {"withdrawal-near"}


async def _tina(tx: Tx) -> int:
    return (await facts.member_of(tx, await facts.spring(tx), "T02")).id


async def test_the_school_leader_gets_numbers_without_names(stage: Stage) -> None:
    await school_leader(stage)
    everybody = {f"T{n:02}": "present" for n in range(1, 13)}
    for who, status in (everybody | {"T02": "late", "T03": "leave_sick"}).items():
        await happened(stage, {"S11": status, "S12": "present"}, who=who)
    await happened(stage, {}, "S11", "S12")
    await stage.tick("21:29")
    assert not [s for s in stage.phone("Ivan") if "🏫" in s.plain]
    await stage.tick("21:30")
    shown = stage.sees_somewhere("Ivan", "🏫")
    assert shown.plain.splitlines() == [
        "🏫 春晓班　3月15日 周一",
        "今天点名4次：应到48 实到23 迟到1 请假1（人次）",
        "09:00 开班式　应到12 实到11 迟到1 请假1",
        "14:00 物业矛盾　应到12 实到0 迟到0 请假0",
        "16:00 小组研讨　应到12 实到0 迟到0 请假0",
        "其余1次都按时到齐",
        "⏳ 2张点名表还没收口",
    ]
    assert "田" not in shown.plain and "病假" not in shown.plain and not shown.buttons
    await stage.tick("21:31")
    assert len([s for s in stage.phone("Ivan") if "🏫" in s.plain]) == 1
    for name in ("Tina", "Gao", "Clara", "Ada", "Oscar"):
        stage.sees_nothing_of(name, "🏫")


async def test_a_leader_of_the_whole_school_gets_it_too(stage: Stage) -> None:
    async def work(tx: Tx) -> None:
        await tx.do("insert into account (id, roles, lang, made_at) values (777, 'school_leader', 'en', :now)",
                    {"now": facts.at("07:00")})  # fmt: skip

    await stage.store.work(work)
    for _ in range(2):  # a whole day is more than one tick takes
        await stage.tick("21:30")
    texts = [s.plain for s in stage.phones[777]]
    assert any("Spring class" in t and "Lists today: 4" in t for t in texts)


async def test_no_card_for_the_leader_on_a_day_without_lists(stage: Stage) -> None:
    await school_leader(stage)

    async def none(tx: Tx) -> None:
        await tx.do("update session set cancelled = true where day = 1")

    await stage.store.work(none)
    await stage.tick("21:30")
    stage.sees_nothing_of("Ivan", "🏫")


async def test_in_the_evening_the_own_day_card_says_what_is_left(stage: Stage) -> None:
    await stage.tick("07:00")
    await happened(stage, {"S11": "late", "S12": "present"}, "S11", "S12")
    await stage.tick("14:00")
    stage.sees_nothing_of("Tina", "还可请假")
    await happened(stage, {"S14": "absent", "S15": "present"}, "S14", "S15")
    before = len(stage.phone("Tina"))
    await stage.tick("21:30")
    cards = [s for s in stage.phone("Tina") if s.plain.startswith("📅 第1天")]
    assert len(cards) == 1, "an edit, no message"
    assert "🗂 还可请假 1.42 学时 · 还可迟到 1 次不计旷课 · 旷课 2 学时" in cards[0].plain
    assert "我的考勤：迟到 开班式、出勤 社区党建、旷课 物业矛盾、出勤 小组研讨" in cards[0].plain
    assert len(cards[0].plain.splitlines()) <= 12
    assert len(stage.phone("Tina")) <= before + 2, "at most an unusual tomorrow at 20:00, and the log at 21:00"
    stage.sees_nothing_of("Clara", "还可请假")


async def test_in_the_evening_a_card_that_is_asked_for_says_it_too(stage: Stage) -> None:
    stage.at("18:30")
    await stage.says("Tina", "课程表")
    stage.sees("Tina", "🗂 还可请假 1.42 学时")
    await stage.says("Clara", "课程表")
    assert "还可请假" not in stage.last("Clara").plain
    stage.at("11:00", day=3)
    await stage.says("Tina", "课程表")
    stage.sees("Tina", "还可请假")


async def test_the_plan_is_made_anew_with_the_timetable_and_done_once(stage: Stage) -> None:
    await stage.tick("13:50")

    async def again(tx: Tx) -> list[str]:
        cohort = await facts.spring(tx)
        await replan(tx, cohort.id, stage.clock.now())
        found = await dues.between(tx, cohort.id, facts.at("04:00"), facts.at("23:59"))
        return [f"{d.kind} {d.what} {d.state}" for d in found if d.kind in ("digest", "leader-card")]

    planned = await stage.store.work(again)
    assert planned[-3:] == [
        "digest 2027-03-15T18:10 new", "leader-card 2027-03-15 new", "digest 2027-03-15T22:05 new",
    ]  # fmt: skip
    await stage.tick("13:51")
    assert len(digests(stage)) == 1


async def test_who_left_is_in_no_number_after_that(stage: Stage) -> None:
    await happened(stage, {"S12": "absent"}, "S11", "S12", who="T03")
    id = await member_id(stage, "T03")

    async def work(tx: Tx) -> None:
        await tx.do("update member set left_at = :at where id = :id", {"id": id, "at": facts.at("09:30")})

    await stage.store.work(work)
    await stage.tick("13:50")
    (shown,) = digests(stage)
    assert "旷课0" in shown.plain and "未点到23" in shown.plain
    await stage.says("Clara", "关注学员")
    assert "3号" not in stage.last("Clara").plain
