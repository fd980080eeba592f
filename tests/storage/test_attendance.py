"""Timetable, lists and marks: which list is open, whose mark stands."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from msgspec.structs import replace

from storage import cohorts, marks, members, rolls, sessions, stirs
from storage.marks import LEADER, STAFF, Mark
from storage.rolls import Roll
from storage.sessions import Session
from storage.tx import Store, Tx
from tests.cast import DAY_1
from tests.stage import ZONE

SECOND = timedelta(seconds=1)


def at(clock: str, day: int = 1) -> datetime:
    return datetime.combine(DAY_1 + timedelta(days=day - 1), time.fromisoformat(clock), ZONE)


async def spring(tx: Tx) -> int:
    found = await cohorts.by_key(tx, "spring")
    assert found is not None
    return found.id


async def session(tx: Tx, ref: str) -> Session:
    return next(s for s in await sessions.of_cohort(tx, await spring(tx)) if s.ref == ref)


async def roll(tx: Tx, ref: str) -> Roll:
    found = await rolls.of_session(tx, (await session(tx, ref)).id)
    assert found is not None
    return found


async def member(tx: Tx, ref: str = "T02") -> int:
    found = await members.by_ref(tx, await spring(tx), ref)
    assert found is not None
    return found.id


async def named(tx: Tx, found: Roll | None) -> str:
    return (await sessions.get(tx, found.session_id)).ref if found else ""


async def test_the_timetable(store: Store) -> None:
    async def work(tx: Tx) -> None:
        id = await spring(tx)
        assert [s.ref for s in await sessions.of_cohort(tx, id)] == [
            "S11", "S12", "S13", "S14", "S15", "S21", "S22", "S31"]  # fmt: skip
        assert [s.ref for s in await sessions.of_day(tx, id, 2)] == ["S21", "S22"]
        one = await session(tx, "S12")
        assert one.starts_at == at("10:00") and one.title_in("en") == "Party building" and one.title_in("zh")
        assert await sessions.put(tx, replace(one, title="改", required=False)) == one.id
        again = await sessions.get(tx, one.id)
        assert (again.title, again.required) == ("改", False)
        new = await sessions.put(tx, replace(one, ref="S99", day=3))
        await sessions.set_cancelled(tx, new)
        assert "S99" not in [s.ref for s in await sessions.of_day(tx, id, 3)]
        assert (await session(tx, "S99")).cancelled
        await sessions.remove(tx, new)
        await sessions.remove(tx, one.id)
        assert "S12" not in [s.ref for s in await sessions.of_cohort(tx, id)]
        with pytest.raises(LookupError):
            await sessions.get(tx, new)

    await store.work(work)


async def test_a_list_is_open_from_its_first_to_its_last_second(store: Store) -> None:
    async def work(tx: Tx) -> None:
        id, me = await spring(tx), await member(tx)
        one = await roll(tx, "S11")
        assert (one.opens_at, one.bell_at, one.shuts_at) == (at("08:40"), at("09:00"), at("09:20"))

        async def open_at(moment: datetime) -> list[str]:
            return [await named(tx, found) for found in await rolls.open_at(tx, id, me, moment)]

        assert await open_at(one.opens_at - SECOND) == [] and await open_at(one.opens_at) == ["S11"]
        assert await open_at(one.shuts_at) == ["S11"] and await open_at(one.shuts_at + SECOND) == []
        await rolls.put(tx, id, one.session_id, "s", at("08:40"), at("09:00"), at("09:50"))
        assert await open_at(at("09:45")) == ["S12", "S11"], "the latest bell first"
        await rolls.set_state(tx, one.id, "cancelled")
        assert await open_at(at("09:45")) == ["S12"]
        assert (await rolls.get(tx, one.id)) == replace(await roll(tx, "S11"))
        assert (await roll(tx, "S11")).secret == one.secret, "moving a list keeps its codes"

    await store.work(work)


async def test_a_closed_list_neither_moves_nor_opens(store: Store) -> None:
    async def work(tx: Tx) -> None:
        id, one = await spring(tx), await roll(tx, "S11")
        await tx.do(
            "update roll set closed_at = :at, state = 'closed' where id = :id", {"at": at("09:10"), "id": one.id}
        )
        await rolls.put(tx, id, one.session_id, "other", at("10:00"), at("10:20"), at("10:40"))
        await rolls.set_state(tx, one.id, "open")
        after = await roll(tx, "S11")
        assert (after.opens_at, after.state, after.closed_at) == (one.opens_at, "closed", at("09:10"))
        assert await rolls.open_at(tx, id, 0, at("09:05")) == []

    await store.work(work)


async def test_next_and_last(store: Store) -> None:
    async def work(tx: Tx) -> None:
        id, me = await spring(tx), await member(tx)

        async def last(moment: str, since: str) -> str:
            return await named(tx, await rolls.last_before(tx, id, me, at(moment), at(since)))

        assert await named(tx, await rolls.next_after(tx, id, at("08:00"))) == "S11"
        assert await named(tx, await rolls.next_after(tx, id, at("08:40"))) == "S12", "one that opens now is not next"
        assert await named(tx, await rolls.next_after(tx, id, at("23:00", 3))) == ""
        assert await last("09:21", "08:00") == "S11" and await last("09:20", "08:00") == "", "not shut yet"
        assert await last("12:00", "10:20") == "S12" and await last("12:00", "10:21") == "", "too long ago"
        await sessions.set_cancelled(tx, (await session(tx, "S11")).id)
        assert await named(tx, await rolls.next_after(tx, id, at("08:00"))) == "S12"
        assert await last("09:21", "08:00") == ""

    await store.work(work)


async def test_the_list_that_matters_most(store: Store) -> None:
    async def work(tx: Tx) -> None:
        id = await spring(tx)
        moments = {"07:00": "S11", "08:40": "S11", "09:44": "S12", "10:30": "S12", "11:29": "S12", "12:00": "S14",
                   "15:20": "S14", "15:45": "S15", "16:30": "S15"}  # fmt: skip
        found = {clock: await named(tx, await rolls.around(tx, id, at(clock))) for clock in moments}
        assert found == moments
        assert await named(tx, await rolls.around(tx, id, at("20:00", 3))) == "S31", "else the last"
        assert await rolls.around(tx, 999, at("09:00")) is None

    await store.work(work)


async def test_lists_of_a_day_and_of_what_is_not_called(store: Store) -> None:
    async def work(tx: Tx) -> None:
        id = await spring(tx)
        assert [await named(tx, r) for r in await rolls.of_day(tx, id, 1)] == ["S11", "S12", "S14", "S15"]
        lunch = await session(tx, "S13")
        assert await rolls.of_session(tx, lunch.id) is None
        one = await roll(tx, "S11")
        await rolls.remove_of(tx, one.session_id)
        assert await rolls.get(tx, one.id) is None
        two = await roll(tx, "S12")
        await marks.add(tx, Mark(roll_id=two.id, member_id=await member(tx), status="present", at=at("09:59")))
        await rolls.remove_of(tx, two.session_id)
        assert await rolls.get(tx, two.id) is not None, "somebody is marked in it"
        assert await rolls.with_marks(tx, id) == {two.session_id}
        assert await members.with_records(tx, id) == {await member(tx)}

    await store.work(work)


async def test_painting(store: Store) -> None:
    async def work(tx: Tx) -> None:
        one = await roll(tx, "S11")
        await tx.do("update roll set stirred_at = null, painted_at = null")
        await rolls.stir(tx, one.id, at("09:00"))
        await rolls.stir(tx, one.id, at("09:01"))
        await stirs.gather(tx, "roll")
        assert [r.id for r in await rolls.stirred(tx, at("09:00"))] == [one.id]
        await rolls.set_painted(tx, one.id, at("09:02"))
        assert await rolls.stirred(tx, at("09:59")) == []
        await rolls.stir(tx, one.id, at("09:03"))
        await stirs.gather(tx, "roll")
        assert await rolls.stirred(tx, at("09:01")) == [] and len(await rolls.stirred(tx, at("09:02"))) == 1
        await rolls.set_painted(tx, one.id, at("09:02"))
        await rolls.stir_open(tx, "tap", at("09:05"), at("09:05"))
        await rolls.stir_open(tx, "code", at("09:05"), at("09:02"))
        await rolls.stir_open(tx, "code", at("09:21"), at("09:21"))
        assert await rolls.stirred(tx, at("10:00")) == [], "other modes, painted since, shut"
        await rolls.stir_open(tx, "code", at("09:05"), at("09:05"))
        assert [r.id for r in await rolls.stirred(tx, at("10:00"))] == [one.id]

    await store.work(work)


async def test_the_first_final_mark_wins(store: Store) -> None:
    async def work(tx: Tx) -> None:
        one, me = await roll(tx, "S11"), await member(tx)
        draft = Mark(roll_id=one.id, member_id=me, status="unmarked", at=at("09:16"), arrived_at=at("09:16"))
        first = await marks.add(tx, draft)
        assert first is not None and first.id
        assert await marks.add(tx, replace(draft, at=at("09:17"))) is None, "nothing new"
        by_staff = replace(
            draft, status="late", at=at("09:18"), arrived_at=None, source=STAFF, entered_by=me, flags="f"
        )
        second = await marks.add(tx, by_staff)
        assert second is not None and second.id == first.id
        assert await marks.add(tx, replace(by_staff, status="present", source=LEADER)) is None
        assert await marks.add(tx, draft) is None
        kept = await marks.get(tx, one.id, me)
        assert kept is not None and (kept.status, kept.source, kept.flags) == ("late", STAFF, "f")
        assert kept.arrived_at == at("09:16"), "the evidence of the arrival stays"
        assert await marks.of_roll(tx, one.id) == {me: kept}
        assert [r.status for r in await rolls.open_at(tx, one.cohort_id, me, at("09:10"))] == ["late"]
        other = await member(tx, "T03")
        assert [r.status for r in await rolls.open_at(tx, one.cohort_id, other, at("09:10"))] == [None]
        assert await marks.get(tx, one.id, other) is None

    await store.work(work)


async def test_a_mark_is_changed_with_its_event(store: Store) -> None:
    async def work(tx: Tx) -> None:
        me = await member(tx)
        for ref, status in (("S12", "present"), ("S11", "late")):
            one = await roll(tx, ref)
            mark = await marks.add(tx, Mark(roll_id=one.id, member_id=me, status=status, at=one.bell_at))
            assert mark is not None
        await marks.set_status(tx, mark.id, "present", STAFF, me)
        await marks.add_event(tx, replace(mark, status="present", source=STAFF), "late", 105, at("09:30"), "公交晚点")
        event = await tx.one(str, "select old || '>' || new || ' ' || source || ' ' || reason from mark_event")
        assert event == "late>present staff 公交晚点"
        own = await marks.of_member(tx, me)
        assert [(m.status, m.session_id) for m in own] == [
            ("present", (await session(tx, "S11")).id), ("present", (await session(tx, "S12")).id)]  # fmt: skip

    await store.work(work)
