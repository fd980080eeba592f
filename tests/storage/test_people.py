"""People, their seats, links, talks: what the roster and the accounts remember."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from storage import accounts, audits, cohorts, links, members, places, talks
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.links import Link
from storage.members import Member
from storage.places import Group, Place
from storage.tx import Store, Tx
from tests.cast import ACCOUNTS

NOW = datetime(2027, 3, 15, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TINA, TOM, ADA, OSCAR, NORA = (ACCOUNTS[name] for name in ("Tina", "Tom", "Ada", "Oscar", "Nora"))


async def spring(tx: Tx) -> Cohort:
    found = await cohorts.by_key(tx, "spring")
    assert found is not None
    return found


async def who(tx: Tx, account: int, now: datetime = NOW) -> Me:
    found = await accounts.who(tx, account, now)
    assert found is not None
    return found


async def seat(tx: Tx, ref: str) -> Member:
    found = await members.by_ref(tx, (await spring(tx)).id, ref)
    assert found is not None
    return found


async def test_who_speaks(store: Store) -> None:
    async def work(tx: Tx) -> None:
        me = await who(tx, TINA)
        assert (me.ref, me.name, me.roles, me.role) == ("T02", "田小雪", frozenset({"trainee"}), "trainee")
        assert me.cohort_title == "春晓班" and me.seat_no == 2 and me.group_no == 1
        assert me.settings_mark == cohorts.fingerprint((await spring(tx)).settings)
        assert await accounts.who(tx, NORA, NOW) is None
        await accounts.meet(tx, NORA, "Nora", NOW)
        await accounts.meet(tx, NORA, "Nora B.", NOW)
        stranger = await who(tx, NORA)
        assert (stranger.first_name, stranger.role, stranger.member_id) == ("Nora B.", "stranger", 0)

    await store.work(work)


async def test_who_left_the_class_has_no_seat(store: Store) -> None:
    async def work(tx: Tx) -> None:
        one = await seat(tx, "T02")
        await tx.do("update member set left_at = :at where id = :id", {"at": NOW, "id": one.id})
        assert (await who(tx, TINA, NOW - SECOND)).member_id == one.id
        assert (await who(tx, TINA, NOW)).role == "stranger"
        refs = [m.ref for m in await members.trainees(tx, one.cohort_id, NOW)]
        assert "T02" not in refs and "T02" in [m.ref for m in await members.trainees(tx, one.cohort_id, NOW - SECOND)]
        assert "T02" not in [m.ref for m in await members.addressees(tx, one.cohort_id, NOW)]

    await store.work(work)


async def test_what_is_set_of_an_account(store: Store) -> None:
    async def work(tx: Tx) -> None:
        await accounts.set_lang(tx, TINA, "en")
        await accounts.set_blocked(tx, TINA, NOW)
        await accounts.set_roles(tx, TINA, "school_leader admin")
        me = await who(tx, TINA)
        assert (me.lang, me.blocked_at) == ("en", NOW) and {"admin", "trainee"} <= me.roles
        assert TINA not in [r.account_id for r in await accounts.admins(tx)], "who blocked us is not written to"
        await accounts.set_blocked(tx, TINA, None)
        assert {TINA, ADA} == {r.account_id for r in await accounts.admins(tx)}
        await accounts.set_roles(tx, TINA, "")
        await accounts.set_cohort(tx, TINA, None)
        assert (await who(tx, TINA)).role == "stranger"

    await store.work(work)


async def test_attempts_are_counted_by_kind_and_time(store: Store) -> None:
    async def work(tx: Tx) -> None:
        for n in range(3):
            await accounts.add_attempt(tx, NORA, "code", NOW + n * SECOND)
        await accounts.add_attempt(tx, NORA, "greeting", NOW)
        assert await accounts.attempts(tx, NORA, "code", NOW) == 2, "since then, that moment left out"
        assert await accounts.attempts(tx, TINA, "code", NOW - SECOND) == 0
        await accounts.prune_attempts(tx, NOW + SECOND)
        assert await accounts.attempts(tx, NORA, "code", NOW - SECOND) == 2

    await store.work(work)


async def test_talks(store: Store) -> None:
    async def work(tx: Tx) -> None:
        assert ((await who(tx, TINA)).step, (await who(tx, TINA)).memo) == ("", {})
        await talks.set_talk(tx, TINA, "logs.text", {"day": 1}, NOW)
        await talks.set_talk(tx, TINA, "logs.photo", {"day": 2, "名": ["é"]}, NOW + SECOND)
        me = await who(tx, TINA)
        assert (me.step, me.memo, me.since) == ("logs.photo", {"day": 2, "名": ["é"]}, NOW + SECOND)
        await talks.prune(tx, NOW + SECOND)
        assert (await who(tx, TINA)).step == "logs.photo"
        await talks.end(tx, TINA)
        await talks.end(tx, TOM)
        assert (await who(tx, TINA)).step == ""
        await talks.set_talk(tx, TOM, "x", {}, NOW)
        await talks.prune(tx, NOW + SECOND)
        assert (await who(tx, TOM)).step == ""

    await store.work(work)


async def test_the_roster(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        everybody = await members.of_cohort(tx, cohort.id)
        assert [m.seat_no for m in everybody] == [*range(1, 13), None, None, None], "by seat, then the rest"
        assert [m.ref for m in await members.trainees(tx, cohort.id, NOW)] == [f"T{n:02}" for n in range(1, 13)]
        one = Member(cohort_id=cohort.id, ref="T99", name="新同学", roles="trainee", seat_no=99, facts={"k": [1]},
                     joined_at=NOW + SECOND)  # fmt: skip
        id = await members.add(tx, one)
        assert await members.get(tx, id) == replace(one, id=id)
        assert len(await members.trainees(tx, cohort.id, NOW)) == 12, "not expected before they join"
        assert len(await members.trainees(tx, cohort.id, NOW + SECOND)) == 13
        await members.set_roster(tx, replace(one, id=id, name="老同学", bus="2", facts={}))
        found = await members.get(tx, id)
        assert found is not None and (found.name, found.bus, found.facts) == ("老同学", "2", {})
        await members.remove(tx, id)
        assert await members.get(tx, id) is None and await members.by_ref(tx, cohort.id, "T99") is None

    await store.work(work)


async def test_two_change_seats(store: Store) -> None:
    async def work(tx: Tx) -> None:
        one, two = await seat(tx, "T05"), await seat(tx, "T06")
        await members.clear_seats(tx, [one.id, two.id])
        await members.set_seat(tx, one.id, 6)
        await members.set_seat(tx, two.id, 5)
        assert ((await seat(tx, "T05")).seat_no, (await seat(tx, "T06")).seat_no) == (6, 5)

    await store.work(work)
    with pytest.raises(Exception, match=r"(?i)unique"):
        await store.work(lambda tx: tx.do("update member set seat_no = 5 where ref = 'T05' and seat_no = 6"))


async def test_a_seat_is_bound_and_freed(store: Store) -> None:
    async def work(tx: Tx) -> None:
        free = await seat(tx, "T05")
        await accounts.meet(tx, NORA, "Nora", NOW)
        await members.set_account(tx, free.id, NORA, NOW)
        await members.set_consent(tx, free.id, "v2", NOW)
        bound = await seat(tx, "T05")
        assert (bound.account_id, bound.bound_at, bound.consent, bound.consent_at) == (NORA, NOW, "v2", NOW)
        assert [m.ref for m in await members.of_account(tx, NORA)] == ["T05"]
        await members.set_account(tx, free.id, None, None)
        assert await members.of_account(tx, NORA) == []

    await store.work(work)

    async def twice(tx: Tx) -> None:
        await members.set_account(tx, (await seat(tx, "T05")).id, TINA, NOW)

    with pytest.raises(Exception, match=r"(?i)unique"):
        await store.work(twice)


async def test_addressees(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        await accounts.set_lang(tx, TINA, "en")
        await accounts.set_blocked(tx, TOM, NOW)
        found = {one.ref: one for one in await members.addressees(tx, cohort.id, NOW)}
        assert len(found) == 15 and found["T05"].account_id is None and found["T03"].blocked_at == NOW
        assert found["T02"].lang == "en" and found["T02"].reader.account_id == TINA and found["T02"].muted is False
        assert await members.with_records(tx, cohort.id) == set()

    await store.work(work)


async def test_classes(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort = await spring(tx)
        assert await cohorts.get(tx, cohort.id) == cohort and await cohorts.by_key(tx, "winter") is None
        assert {one.key for one in await cohorts.all(tx)} == {"spring", "autumn"}
        assert cohort.title_in("en") == "Spring class" and cohort.title_in("zh") == "春晓班"
        rules = await cohorts.rules_of(tx, cohort.id, cohorts.fingerprint(cohort.settings))
        assert rules == cohort.rules and cohorts.settings_of(cohorts.settings_text(rules)) == rules
        await cohorts.set_state(tx, cohort.id, "running")
        assert await cohorts.put(tx, replace(cohort, title="新名", state="draft"), NOW) == cohort.id
        again = await cohorts.get(tx, cohort.id)
        assert (again.title, again.state) == ("新名", "running"), "a second import leaves the state alone"
        other = await cohorts.put(tx, replace(cohort, key="winter"), NOW)
        assert other != cohort.id
        with pytest.raises(LookupError):
            await cohorts.get(tx, 999)

    await store.work(work)


async def test_groups_sites_and_rooms(store: Store) -> None:
    async def work(tx: Tx) -> None:
        id = (await spring(tx)).id
        group = Group(cohort_id=id, group_no=3, name="第3组", leader_ref="T09", facts={"room": "R1"})
        for _ in range(2):
            await places.put_group(tx, group)
        assert [one.group_no for one in await places.groups(tx, id)] == [1, 2, 3]
        assert (await places.groups(tx, id))[2] == group
        await places.remove_group(tx, id, 3)
        place = Place(cohort_id=id, ref="X", name="新", name_en="New")
        kinds: list[tuple[Any, Any, Any]] = [
            (places.put_site, places.sites, places.remove_site), (places.put_room, places.rooms, places.remove_room),
        ]  # fmt: skip
        for put, all_of, remove in kinds:
            before = await all_of(tx, id)
            await put(tx, place)
            await put(tx, replace(place, name="更新"))
            assert [one.name for one in await all_of(tx, id) if one.ref == "X"] == ["更新"]
            await remove(tx, id, "X")
            assert await all_of(tx, id) == before
        assert len(await places.groups(tx, id)) == 2

    await store.work(work)


async def test_links(store: Store) -> None:
    async def work(tx: Tx) -> None:
        one = await seat(tx, "T05")
        before = await links.live_of(tx, one.id)
        assert before is None
        link = Link("t" * 20, "ABCD2345", one.id, "seat", NOW + SECOND)
        await links.add(tx, link, NOW)
        await links.add(tx, Link("u" * 20, None, None, "admin"), NOW)
        assert await links.by_token(tx, "t" * 20) == await links.by_code(tx, "ABCD2345") == link
        assert await links.by_token(tx, "x") is None and await links.by_code(tx, "abcd2345") is None
        await links.set_used(tx, link.token, NORA, NOW)
        live = await links.live_of(tx, one.id)
        assert live is not None and (live.used_at, live.used_by) == (NOW, NORA)
        await links.revoke_of(tx, one.id, NOW)
        assert await links.live_of(tx, one.id) is None
        gone = await links.by_token(tx, link.token)
        assert gone is not None and gone.revoked_at == NOW
        admin = await links.by_token(tx, "u" * 20)
        assert admin is not None and admin.revoked_at is None and admin.expires_at is None

    await store.work(work)


async def test_the_audit_is_added_to(store: Store) -> None:
    async def work(tx: Tx) -> list[str]:
        cohort = await spring(tx)
        await tx.do("delete from audit")
        await audits.add(tx, NOW, "mark", "roll:1", who=OSCAR, cohort_id=cohort.id, old="late", new="present", why="车")
        await audits.add(tx, NOW, "import", "class:spring")
        return await tx.all(str, "select act || ' ' || old || ' ' || why from audit order by id")

    assert await store.work(work) == ["mark late 车", "import  "]
