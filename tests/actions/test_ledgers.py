"""The book over real rows: golden cases, late joiners, what is left, warnings once (ATT-13, 17, 21, AT-14, AT-17)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from actions import classes, ledgers
from actions.classfiles import read_folder
from actions.ledgers import Entry
from rules.outcomes import Work, judge, shown
from storage import accounts, cohorts, marks, members, outbox, rolls, sessions, warned
from storage.cohorts import Cohort
from storage.marks import STAFF, Mark
from storage.tx import Store, Tx
from tests.cast import ACCOUNTS, DAY_1
from tests.rules.test_outcomes import EXAMPLES, GOLDEN
from tests.stage import ZONE

AFTER = datetime.combine(DAY_1 + timedelta(days=9), time(12), ZONE)


def at(clock: str, day: int = 1) -> datetime:
    return datetime.combine(DAY_1 + timedelta(days=day - 1), time.fromisoformat(clock), ZONE)


async def spring(tx: Tx) -> Cohort:
    found = await cohorts.by_key(tx, "spring")
    assert found is not None
    return found


async def member_of(tx: Tx, cohort: Cohort, ref: str) -> members.Member:
    found = await members.by_ref(tx, cohort.id, ref)
    assert found is not None
    return found


async def roll_of(tx: Tx, cohort: Cohort, ref: str) -> rolls.Roll:
    session = next(s for s in await sessions.of_cohort(tx, cohort.id) if s.ref == ref)
    found = await rolls.of_session(tx, session.id)
    assert found is not None
    return found


async def mark(tx: Tx, cohort: Cohort, ref: str, who: str, status: str) -> None:
    """Set a mark as a real row, whatever it was."""
    roll, member = await roll_of(tx, cohort, ref), await member_of(tx, cohort, who)
    old = await marks.get(tx, roll.id, member.id)
    if old is not None:
        await marks.set_status(tx, old.id, status, STAFF, None)
    elif status != "unmarked":
        await marks.add(tx, Mark(roll_id=roll.id, member_id=member.id, status=status, at=roll.bell_at, source=STAFF))


async def close(tx: Tx, cohort: Cohort, *refs: str) -> None:
    for ref in refs:
        roll = await roll_of(tx, cohort, ref)
        assert await rolls.close(tx, roll.id, ACCOUNTS["Clara"], "", roll.shuts_at + timedelta(minutes=1))


async def entry_of(tx: Tx, cohort: Cohort, who: str, now: datetime) -> Entry:
    """The entry of somebody; both ways of making it say the same."""
    member = await member_of(tx, cohort, who)
    found = await ledgers.one(tx, cohort, member, now)
    assert (await ledgers.book(tx, cohort, now))[member.id] == found
    return found


async def test_the_golden_cases_as_real_rows(store: Store) -> None:
    """AT-14: each case is a trainee of the sample class; all its lists are closed."""

    async def work(tx: Tx) -> None:
        file = read_folder(EXAMPLES / "guanshan").classfile
        assert file is not None
        cohort = await cohorts.get(tx, (await classes.bring_in(tx, file, at("07:00"))).cohort_id)
        people = {m.ref: m for m in await members.of_cohort(tx, cohort.id)}
        table = {s.id: s for s in await sessions.of_cohort(tx, cohort.id)}
        lists = {table[r.session_id].ref: r for r in await rolls.of_cohort(tx, cohort.id)}
        assert len(lists) == 37
        cases = {f"T{n:03d}": case for n, case in enumerate(GOLDEN, 1)}
        for ref, case in cases.items():
            events = dict(event.split(":") for event in filter(None, case["events"].split(";")))
            for session, roll in lists.items():
                first, _, then = events.get(session, "present").partition(">")
                if first == "unmarked":
                    continue
                kept = await marks.add(tx, Mark(roll_id=roll.id, member_id=people[ref].id, status=first, at=AFTER))
                assert kept is not None
                if then:
                    await marks.set_status(tx, kept.id, then, STAFF, None)
        for roll in lists.values():
            assert await rolls.close(tx, roll.id, 1, "", AFTER)
        found = await ledgers.book(tx, cohort, AFTER)
        assert len(found) == 50
        for ref, case in cases.items():
            entry = found[people[ref].id]
            got = (entry.ledger.leave, entry.ledger.tardies, entry.ledger.unexcused)
            expected = tuple(int(case[f"expect_{name}"]) for name in ("leave", "tardy", "unexcused"))
            assert got == expected, case["case_id"]
            assert await ledgers.one(tx, cohort, people[ref], AFTER) == entry
            retake = int(case["retake"]) if case["retake"] else None
            handed_in = Work(logs=int(case["logs"]), posttest=int(case["posttest"]), retake=retake)
            outcome = judge(entry.ledger, handed_in, entry.limits, cohort.rules).outcome
            assert outcome == case["expect_outcome"], case["case_id"]
            by_attendance = case["events"] or outcome == "eligible"
            if by_attendance:
                assert entry.outcome == ("fine" if outcome == "eligible" else outcome), case["case_id"]
            else:
                assert entry.outcome == "fine", "logs and tests hold nobody up here"

    await store.work(work)


async def test_only_closed_lists_count_and_a_night_makes_nobody_absent(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        await mark(tx, cohort, "S11", "T02", "late")
        entry = await entry_of(tx, cohort, "T02", at("09:30"))
        assert (entry.ledger.tardies, entry.ledger.open, entry.outcome) == (0, (), "fine"), "the session is still on"
        entry = await entry_of(tx, cohort, "T02", at("08:00", 2))
        assert entry.ledger.open == ("S11", "S12", "S14", "S15") and entry.outcome == "open"
        assert (entry.ledger.unexcused, entry.reasons) == (0, ())
        await close(tx, cohort, "S11", "S12")
        entry = await entry_of(tx, cohort, "T02", at("08:00", 2))
        assert entry.ledger.tardies == 1 and entry.ledger.open == ("S12", "S14", "S15"), "closed, but not decided"
        assert entry.left.tardies_free == 1

    await store.work(work)


async def test_leave_that_is_granted_is_taken_off_before_its_list_is_closed(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        await mark(tx, cohort, "S31", "T02", "leave_sick")
        entry = await entry_of(tx, cohort, "T02", at("09:30"))
        assert (entry.ledger.leave, entry.approved, entry.taken) == (0, 2, 2)
        assert (shown(entry.left.leave_left), entry.outcome) == ("0", "fine"), "10 hours: 10/7 = 1.42"
        await close(tx, cohort, "S31")
        entry = await entry_of(tx, cohort, "T02", at("12:00", 3))
        assert (entry.ledger.leave, entry.approved, entry.reasons) == (2, 0, ("leave",))

    await store.work(work)


async def test_a_cancelled_list_counts_against_nobody(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        await mark(tx, cohort, "S12", "T02", "absent")
        await close(tx, cohort, "S12")
        assert (await entry_of(tx, cohort, "T02", at("12:00"))).ledger.unexcused == 2
        await sessions.set_cancelled(tx, (await roll_of(tx, cohort, "S12")).session_id)
        assert (await entry_of(tx, cohort, "T02", at("12:00"))).ledger.unexcused == 0

    await store.work(work)


async def test_who_came_later_is_measured_by_the_own_hours(store: Store) -> None:
    """ATT-17: sessions before `joined_at` or after `left_at` are in no denominator."""

    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        member = await member_of(tx, cohort, "T05")
        whole = await ledgers.one(tx, cohort, member, at("18:00", 3))
        assert whole.limits.withdrawal * 7 == 10 and len(whole.called) == 7
        times = {"id": member.id, "joined": at("07:00", 2), "left": at("23:00", 2)}
        await tx.do("update member set joined_at = :joined where id = :id", times)
        late = await entry_of(tx, cohort, "T05", at("18:00", 3))
        assert [c.session.ref for c in late.called] == ["S21", "S22", "S31"]
        assert late.limits.withdrawal * 7 == 4 and late.ledger.open == ("S21", "S22", "S31")
        await tx.do("update member set left_at = :left where id = :id", times)
        assert [c.session.ref for c in (await entry_of(tx, cohort, "T05", at("18:00", 3))).called] == ["S21", "S22"]

    await store.work(work)


async def letters(tx: Tx, name: str) -> list[str]:
    return await tx.all(str, "select body from outbox where chat_id = :id order by id", {"id": ACCOUNTS[name]})


async def ids_of(tx: Tx, cohort: Cohort, *refs: str) -> list[int]:
    return [(await member_of(tx, cohort, ref)).id for ref in refs]


async def test_a_warning_once_for_each_threshold_and_to_nobody_else(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        everybody = await ids_of(tx, cohort, *(f"T{n:02}" for n in range(1, 13)))
        (tina,) = await ids_of(tx, cohort, "T02")
        assert await ledgers.warn(tx, cohort, everybody, at("09:30")) == 0
        await mark(tx, cohort, "S11", "T02", "leave_personal")  # 1 of 10/7: at 70 in a hundred
        await close(tx, cohort, "S11")
        for who in (everybody, [tina], []):
            await ledgers.warn(tx, cohort, who, at("09:30"))
        (said,) = await letters(tx, "Tina")
        assert "还可请假 0.42 学时" in said and "%" not in said and "上限1.42" in said
        await mark(tx, cohort, "S12", "T02", "leave_personal")
        assert await ledgers.warn(tx, cohort, [tina], at("10:30")) == 1, "granted already, though not closed"
        assert "超过上限1.42" in (await letters(tx, "Tina"))[1]
        assert await ledgers.warn(tx, cohort, everybody, at("10:31")) == 0
        assert await warned.of_cohort(tx, cohort.id) == {tina: {"withdrawal-near", "withdrawal-over"}}
        for name in ("Tom", "Gao", "Clara", "Ivan", "Oscar"):
            assert not await letters(tx, name)

    await store.work(work)


async def test_unexcused_hours_are_warned_of_too_in_one_message(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        (tina,) = await ids_of(tx, cohort, "T02")
        await mark(tx, cohort, "S12", "T02", "absent")
        await mark(tx, cohort, "S11", "T02", "absent")
        await mark(tx, cohort, "S31", "T02", "leave_official")
        await close(tx, cohort, "S11", "S12")
        assert await ledgers.warn(tx, cohort, [tina], at("12:00")) == 1
        (said,) = await letters(tx, "Tina")
        assert "旷课还差 1 学时就到上限" in said and "累计2学时，已经超过上限1.42" in said
        entry = await entry_of(tx, cohort, "T02", at("12:00"))
        assert entry.reasons == ("absent", "leave") and entry.outcome == "hold"

    await store.work(work)


async def test_many_tardies_are_a_reason_too(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        rules = cohorts.settings_text(cohort.rules).replace('"lates_per_absent_hour":3', '"lates_per_absent_hour":1')
        await tx.do("update cohort set settings = :s where id = :id", {"s": rules, "id": cohort.id})
        cohort = await spring(tx)
        for ref in ("S11", "S12", "S14"):
            await mark(tx, cohort, ref, "T02", "late")
        await close(tx, cohort, "S11", "S12", "S14")
        entry = await entry_of(tx, cohort, "T02", at("16:00"))
        assert entry.reasons == ("unexcused",) and entry.ledger.unexcused == 3

    await store.work(work)


async def test_a_used_up_budget_loses_no_warning(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        (tina,) = await ids_of(tx, cohort, "T02")
        used = [
            outbox.Parcel(chat_id=ACCOUNTS["Tina"], body="{}", push_day="2027-03-15", made_at=at("08:00"))
            for _ in range(6)
        ]
        await outbox.add(tx, used)
        await mark(tx, cohort, "S11", "T02", "leave_personal")
        await close(tx, cohort, "S11")
        assert await ledgers.warn(tx, cohort, [tina], at("12:00")) == 0
        assert await warned.of_cohort(tx, cohort.id) == {}, "not noted as told"
        assert await ledgers.warn(tx, cohort, [tina], at("08:20", 2)) == 1
        assert len(await letters(tx, "Tina")) == 7

    await store.work(work)


@pytest.mark.parametrize("state", ["blocked", "unbound", "over"])
async def test_who_cannot_be_told_is_not_noted_as_told(store: Store, state: str) -> None:
    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        (tina,) = await ids_of(tx, cohort, "T02")
        await mark(tx, cohort, "S11", "T02", "leave_personal")
        await close(tx, cohort, "S11")
        if state == "blocked":
            await accounts.set_blocked(tx, ACCOUNTS["Tina"], at("09:00"))
        elif state == "unbound":
            await members.set_account(tx, tina, None, None)
        else:
            await cohorts.set_state(tx, cohort.id, "closed")
        assert await ledgers.warn(tx, await spring(tx), [tina], at("12:00")) == 0
        assert not await letters(tx, "Tina") and await warned.of_cohort(tx, cohort.id) == {}

    await store.work(work)


async def test_in_quiet_hours_a_warning_waits(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        await mark(tx, cohort, "S11", "T02", "leave_personal")
        await close(tx, cohort, "S11")
        assert await ledgers.warn(tx, cohort, await ids_of(tx, cohort, "T02"), at("23:00")) == 1
        begin = await tx.one(datetime, "select not_before from outbox where chat_id = :id", {"id": ACCOUNTS["Tina"]})
        assert begin == at("06:30", 2)

    await store.work(work)
