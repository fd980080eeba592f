"""Leaves as they are kept: one draft a source, the first of two decisions wins, every act once (LEAVE-04)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from msgspec.structs import replace

from rules.leaves import Standing, Stretch
from storage import accounts, cohorts, leaves, members
from storage.leaves import Filed, Leave, LeaveEvent, Moved
from storage.tx import Store, Tx
from tests.cast import DAY_1
from tests.stage import ZONE

NOW = datetime.combine(DAY_1, time(9, 30), ZONE)
HOUR = timedelta(hours=1)
WHEN = Stretch(NOW + HOUR, NOW + 3 * HOUR)


async def tina(tx: Tx) -> tuple[int, int]:
    cohort = await cohorts.by_key(tx, "spring")
    assert cohort is not None
    member = await members.by_ref(tx, cohort.id, "T02")
    assert member is not None
    return cohort.id, member.id


async def draft(tx: Tx, kind: str = "sick", source: str = "self") -> Leave:
    cohort_id, member_id = await tina(tx)
    return await leaves.begin(tx, cohort_id, member_id, kind, source, None, NOW)


async def sent(tx: Tx, chain: str = "class_teacher admin") -> Leave:
    leave = await draft(tx)
    await leaves.set_times(tx, leave.id, WHEN)
    assert await leaves.set_filed(tx, leave.id, Filed(chain=chain, hours=2, total=2, notice=""), NOW)
    return await get(tx, leave.id)


async def get(tx: Tx, id: int) -> Leave:
    found = await leaves.get(tx, id)
    assert found is not None
    return found


async def test_one_draft_for_each_source_which_a_new_one_writes_over(store: Store) -> None:
    async def work(tx: Tx) -> None:
        first = await draft(tx)
        await leaves.set_times(tx, first.id, WHEN)
        await leaves.set_place(tx, first.id, "在宿舍")
        await leaves.set_reason(tx, first.id, "说明")
        await leaves.set_letter(tx, first.id, "photo")
        kept = await leaves.draft_of(tx, first.member_id)
        assert kept is not None and (kept.place, kept.reason, kept.letter, kept.stretch) == (
            "在宿舍", "说明", "photo", WHEN)  # fmt: skip
        again = await draft(tx, "personal")
        assert (again.id, again.kind, again.place, again.starts_at) == (first.id, "personal", "", None)
        with pytest.raises(LookupError):
            _ = again.stretch
        other = await draft(tx, source="phone")
        assert other.id != first.id
        await leaves.remove_draft(tx, first.id)
        assert await leaves.draft_of(tx, first.member_id) is None
        assert (await get(tx, other.id)).source == "phone"

    await store.work(work)


async def test_a_request_is_sent_once_and_does_not_change_then(store: Store) -> None:
    async def work(tx: Tx) -> None:
        leave = await sent(tx)
        assert leave.standing == Standing("pending", ("class_teacher", "admin"))
        assert (leave.asked_at, leave.hours) == (NOW, 2)
        assert not await leaves.set_filed(tx, leave.id, Filed(chain="x", hours=9, total=9, notice=""), NOW)
        await leaves.set_place(tx, leave.id, "x")
        await leaves.set_reason(tx, leave.id, "x")
        await leaves.set_times(tx, leave.id, Stretch(NOW, NOW + HOUR))
        await leaves.remove_draft(tx, leave.id)
        assert await get(tx, leave.id) == leave
        assert (await draft(tx)).id != leave.id, "a new draft beside it"

    await store.work(work)


async def test_of_two_who_decide_at_once_the_first_wins(store: Store) -> None:
    async def work(tx: Tx) -> None:
        leave = await sent(tx)
        agreed, refused = replace(leave.standing, step=1), replace(leave.standing, state="refused")
        assert await leaves.set_standing(tx, leave.id, leave.standing, agreed, Moved(step_at=NOW + HOUR))
        assert not await leaves.set_standing(tx, leave.id, leave.standing, refused, Moved(decided_at=NOW))
        assert not await leaves.set_standing(tx, leave.id, leave.standing, agreed, Moved())
        now = await get(tx, leave.id)
        assert (now.standing, now.step_at, now.decided_at) == (agreed, NOW + HOUR, None)

    await store.work(work)


async def test_a_step_is_decided_once(store: Store) -> None:
    async def work(tx: Tx) -> None:
        leave = await sent(tx)
        event = LeaveEvent(leave_id=leave.id, at=NOW, who=105, act="agree", step=0, role="class_teacher",
                           old="pending", new="pending")  # fmt: skip
        plain = replace(event, act="hand_on", step=None)
        for one in (plain, plain, event):
            await leaves.add_event(tx, one)
        assert await leaves.events_of(tx, leave.id) == [plain, plain, event]
        with pytest.raises(Exception, match=r"(?i)unique"):
            async with tx.apart():
                await leaves.add_event(tx, replace(event, act="refuse"))

    await store.work(work)


async def test_proof_is_ticked_once_and_hours_are_fixed(store: Store) -> None:
    async def work(tx: Tx) -> None:
        leave = await sent(tx)
        assert await leaves.set_proof_seen(tx, leave.id)
        assert not await leaves.set_proof_seen(tx, leave.id)
        await leaves.set_hours(tx, leave.id, 1)
        found = await get(tx, leave.id)
        assert (found.proof_seen, found.hours) == (True, 1)

    await store.work(work)


async def test_by_state_of_a_person_and_of_a_class(store: Store) -> None:
    async def work(tx: Tx) -> None:
        leave = await sent(tx)
        await draft(tx)
        cohort_id, member_id = await tina(tx)
        assert [o.id for o in await leaves.of_member(tx, member_id)] == [leave.id]
        assert [o.id for o in await leaves.of_cohort(tx, cohort_id, ("pending",))] == [leave.id]
        assert await leaves.of_cohort(tx, cohort_id, ("away",)) == []
        other = await cohorts.by_key(tx, "autumn")
        assert other is not None and await leaves.of_cohort(tx, other.id) == []

    await store.work(work)


async def test_who_is_away_is_known_with_the_speaker(store: Store) -> None:
    async def work(tx: Tx) -> None:
        leave = await sent(tx)

        async def away(at: datetime) -> bool:
            me = await accounts.who(tx, 101, at)
            assert me is not None
            return me.away

        assert not await away(NOW + 2 * HOUR)
        approved = replace(leave.standing, state="approved", step=2)
        await leaves.set_standing(tx, leave.id, leave.standing, approved, Moved())
        assert [await away(NOW), await away(NOW + HOUR), await away(NOW + 9 * HOUR)] == [False, True, True]
        await leaves.set_standing(tx, leave.id, approved, replace(approved, state="returned"), Moved(back_at=NOW))
        assert not await away(NOW + 2 * HOUR)

    await store.work(work)


async def test_those_who_have_a_say(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort_id, _ = await tina(tx)
        found = {h.account_id: h for h in await leaves.holders(tx, cohort_id, NOW)}
        assert set(found) == {105, 106}
        assert found[105].role_set == {"class_teacher"} and found[105].name == "柯老师" and not found[105].is_deputy
        assert "admin" in found[106].role_set
        other = await cohorts.by_key(tx, "autumn")
        assert other is not None
        assert [(h.account_id, h.name) for h in await leaves.holders(tx, other.id, NOW)] == [(106, "安老师")]
        await accounts.set_blocked(tx, 105, NOW)
        assert [h.account_id for h in await leaves.holders(tx, cohort_id, NOW)] == [106]

    await store.work(work)


async def test_who_left_is_not_expected(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort_id, member_id = await tina(tx)
        await members.set_left(tx, member_id, NOW)
        assert member_id not in {m.id for m in await members.trainees(tx, cohort_id, NOW)}
        me = await accounts.who(tx, 101, NOW)
        assert me is not None and me.member_id == 0

    await store.work(work)
