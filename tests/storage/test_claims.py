"""Claims about marks: one open a mark, decided once, counted, in order."""

from __future__ import annotations

from msgspec.structs import replace

from storage import claims
from storage.claims import Claim
from storage.tx import Store, Tx
from tests.storage.test_attendance import at, member, roll, spring


async def one(tx: Tx, ref: str = "S11", who: str = "T02", kind: str = "correction") -> Claim:
    return Claim(roll_id=(await roll(tx, ref)).id, member_id=await member(tx, who), kind=kind, cause="phone",
                 words="在场。", asked_at=at("09:30"), old="unmarked")  # fmt: skip


async def test_one_open_a_mark_and_the_whole_of_it_comes_back(store: Store) -> None:
    async def work(tx: Tx) -> None:
        wanted = await one(tx)
        id = await claims.add(tx, wanted)
        assert id is not None
        assert await claims.get(tx, id) == replace(wanted, id=id)
        assert await claims.add(tx, replace(wanted, kind="objection")) is None
        assert await claims.add(tx, await one(tx, who="T03")) is not None
        assert await claims.get(tx, 999) is None

    await store.work(work)


async def test_decided_once_and_then_another_may_come(store: Store) -> None:
    async def work(tx: Tx) -> None:
        wanted = await one(tx)
        id = await claims.add(tx, wanted) or 0
        assert await claims.set_decided(tx, id, "refused", "unmarked", "不在场", 105, at("09:40"))
        assert not await claims.set_decided(tx, id, "granted", "present", "", 106, at("09:41"))
        done = await claims.get(tx, id)
        assert done is not None and not done.is_open
        assert (done.state, done.new, done.answer, done.decided_by, done.decided_at) == (
            "refused", "unmarked", "不在场", 105, at("09:40"))  # fmt: skip
        again = replace(wanted, kind="objection", level=2, asked_at=at("10:00"))
        assert await claims.add(tx, again) is not None
        assert [c.level for c in await claims.of_mark(tx, wanted.roll_id, wanted.member_id)] == [1, 2]
        assert not await claims.set_decided(tx, 999, "refused", "", "", 105, at("09:40"))

    await store.work(work)


async def test_what_waits_by_class_and_level_and_what_is_counted(store: Store) -> None:
    async def work(tx: Tx) -> None:
        late = replace(await one(tx, "S12"), asked_at=at("11:00"))
        second = replace(await one(tx, "S14", "T03", "objection"), level=2, asked_at=at("08:00"))
        ids = [await claims.add(tx, c) or 0 for c in (late, await one(tx), second)]
        cohort = await spring(tx)
        assert [c.id for c in await claims.open_of_cohort(tx, cohort)] == [ids[2], ids[1], ids[0]]
        assert [c.id for c in await claims.open_of_cohort(tx, cohort, (1,))] == [ids[1], ids[0]]
        assert [c.id for c in await claims.open_of_cohort(tx, cohort, (2,))] == [ids[2]]
        assert await claims.open_of_cohort(tx, cohort + 1) == []
        await claims.set_decided(tx, ids[1], "refused", "unmarked", "不", 105, at("12:00"))
        assert [c.id for c in await claims.open_of_cohort(tx, cohort, (1,))] == [ids[0]]
        tina, tom = await member(tx), await member(tx, "T03")
        assert [c.id for c in await claims.of_member(tx, tina)] == [ids[1], ids[0]]
        assert await claims.count_of(tx, tina, "correction") == 2
        assert await claims.count_of(tx, tom, "correction") == 0

    await store.work(work)
