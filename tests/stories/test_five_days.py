"""The five days of the sample class through the scheduler's own tick, in seconds: the plan of a day is what was sent,
nothing late, lost or doubled, and nobody hears of us more than six times a day (SCH-01 … SCH-09)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from actions import checkins, classes, leaves, plans
from actions.classfiles import read_folder
from bot.clock import Bell
from bot.scheduler import Ticker
from rules.plans import DAY_CARD, DIGEST, HEAD_COUNT, LEADER_CARD, LOG_DIGEST, REMINDER, ROLL_OPENS, TOMORROW
from rules.roles import CLASS_TEACHER
from storage import accounts, cards, cohorts, dues, members, outbox, rolls, sessions
from storage.cohorts import Cohort
from storage.door import open_store
from storage.outbox import Outcome
from storage.tx import Store, Tx
from tests.conftest import Databases
from tests.stage import ZONE, HandClock

SAMPLE = Path(__file__).parent.parent.parent / "examples" / "guanshan"
EVE = date(2027, 3, 14)
DAYS = [date(2027, 3, day) for day in range(15, 20)]
UNBOUND, BLOCKED, MUTED, AWAY, EARLY = "T007", "T013", "T020", "T025", "T033"
"""T025 is on sick leave on the second morning; T033 has checked in on the first day before the reminder."""

Key = tuple[str, str]
"""A due thing: its kind and what it is about."""


def at(clock: str, day: date) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZONE)


class Posted(Struct, frozen=True, kw_only=True):
    """What lies in the outbox at the end."""

    chat_id: int
    kind: str
    once: str | None
    state: str
    push_day: str | None
    not_after: datetime | None
    sent_at: datetime | None
    card_id: int | None


class Class:
    """The sample class and the hands of its clock."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock = store, HandClock()
        self.ticker = Ticker(store, self.clock, Bell())
        self.numbers = count(1000)
        self.refs: dict[int, str] = {}
        self.cohort_id = 0

    async def begin(self) -> None:
        """Import it, and bind everybody but one."""
        reading = await asyncio.to_thread(read_folder, SAMPLE)
        file = reading.classfile
        assert file is not None
        self.clock.value = at("12:00", date(2027, 3, 13))
        now = self.clock.now()

        async def work(tx: Tx) -> None:
            report = await classes.bring_in(tx, file, now)
            self.cohort_id = report.cohort_id
            await classes.move(tx, report.cohort_id, "registration", now)
            for account, member in enumerate(await members.of_cohort(tx, report.cohort_id), 1001):
                if member.ref == UNBOUND:
                    continue
                self.refs[account] = member.ref
                await accounts.meet(tx, account, member.name, now)
                await members.set_account(tx, member.id, account, now)
                await accounts.set_cohort(tx, account, report.cohort_id)
                if member.ref == BLOCKED:
                    await accounts.set_blocked(tx, account, now)
                if member.ref == MUTED:
                    await accounts.set_muted(tx, account, True)

        await self.store.work(work)
        await self._ill()

    async def _ill(self) -> None:
        """T025 gets leave for the second morning."""

        async def work(tx: Tx) -> None:
            member = await members.by_ref(tx, self.cohort_id, AWAY)
            assert member is not None
            await tx.do(
                """insert into leave (cohort_id, member_id, kind, starts_at, ends_at, state, made_at)
                   values (:c, :m, 'sick', :a, :b, 'approved', :a)""",
                {"c": self.cohort_id, "m": member.id, "a": at("07:30", DAYS[1]), "b": at("12:30", DAYS[1])},
            )
            cohort = await cohorts.get(tx, self.cohort_id)
            await leaves.settle_marks(tx, cohort, member.id, self.clock.now())

        await self.store.work(work)

    async def live(self, until: datetime) -> None:
        """Let the clock jump from due moment to due moment, and deliver what is posted."""
        while True:
            next_at = await self.store.work(self._next)
            if next_at is None or next_at > until:
                break
            self.clock.value = max(self.clock.value, next_at.astimezone(ZONE))
            await self.ticker.tick()
            await self.store.work(self._deliver)
        self.clock.value = until

    async def _next(self, tx: Tx) -> datetime | None:
        found = await dues.next_times(tx, 1)
        waits = await outbox.seconds_to_next(tx, self.clock.now(), 0)
        times = [found[0].at] if found else []
        return min([*times, self.clock.now() + timedelta(seconds=waits)] if waits < 3600 else times, default=None)

    async def _deliver(self, tx: Tx) -> None:
        now = self.clock.now()
        await outbox.expire(tx, now)
        while found := await outbox.ready(tx, now, 0, 1000):
            made = [Outcome(id=s.id, chat_id=s.chat_id, state="sent", at=now, card_id=s.card_id, body=s.body,
                            message_id=s.message_id or next(self.numbers)) for s in found]  # fmt: skip
            await outbox.set_outcomes(tx, made)
            await cards.set_shown(tx, [o for o in made if o.card_id])

    async def plan(self, day: date) -> dict[Key, plans.Planned]:
        """The plan of a day, as staff and the command line see it."""

        async def work(tx: Tx) -> list[plans.Planned]:
            return await plans.of_day(tx, await cohorts.get(tx, self.cohort_id), day, self.clock.now())

        return {(p.thing.kind, p.thing.what): p for p in await self.store.work(work)}

    async def check_in(self, ref: str, day: date) -> None:
        """Somebody taps [我要签到] with the digits of the screen."""
        account = next(a for a, r in self.refs.items() if r == ref)

        async def work(tx: Tx) -> None:
            now = self.clock.now()
            me = await accounts.who(tx, account, now)
            assert me is not None
            (roll,) = await checkins.open_lists(tx, me, now)
            rules = (await cohorts.get(tx, self.cohort_id)).rules
            code = checkins.screen_code(roll, rules, now)
            assert await checkins.check_in_with(tx, me, code, now, now) is not None

        await self.store.work(work)

    async def posted(self) -> list[Posted]:
        async def work(tx: Tx) -> list[Posted]:
            return await tx.all(Posted, "select * from outbox order by id")

        return await self.store.work(work)


@pytest.fixture(params=["sqlite", "postgres"])
async def sample(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> AsyncIterator[Class]:
    """The class on each kind of database."""
    url = f"sqlite:///{tmp_path}/new.db" if request.param == "sqlite" else await databases.empty_postgres()
    store = await open_store(url)
    made = Class(store)
    await made.begin()
    yield made
    await store.close()
    await databases.drop(url)


async def test_the_plan_of_five_days_is_what_was_sent(sample: Class) -> None:
    await sample.live(at("05:00", EVE))
    planned: dict[Key, plans.Planned] = {}
    for day in (EVE, *DAYS):
        planned |= await sample.plan(day)
        if day == DAYS[0]:
            await sample.live(at("08:50", day))
            await sample.check_in(EARLY, day)
        await sample.live(at("04:30", day + timedelta(days=1)))
    after = date(2027, 3, 20)
    planned |= await sample.plan(after)
    await sample.live(at("23:00", after))

    posted = await sample.posted()
    everything_came_in_time(posted, planned)
    sent = await by_thing(sample, posted)
    for key, plan in planned.items():
        goes = {p.account_id for p in plan.goes}
        if key == (REMINDER, "S0102"):
            goes -= {a for a, ref in sample.refs.items() if ref == EARLY}
        if key[0] == DIGEST:
            assert set(sent.pop(key, [])) <= goes, "nothing is said where nothing changed"
            continue
        assert sorted(sent.pop(key, [])) == sorted(goes), key
    assert not sent, "nothing that was not planned"
    within_the_budget(sample, posted)
    left_out(sample, planned)


def everything_came_in_time(posted: list[Posted], planned: dict[Key, plans.Planned]) -> None:
    """Nothing waits, is lost, doubled, or came after its end; each came at its own moment."""
    assert {p.state for p in posted} == {"sent"}
    assert all(p.sent_at is not None and (p.not_after is None or p.sent_at <= p.not_after) for p in posted)
    keys = [p.once for p in posted if p.once]
    assert len(keys) == len(set(keys))
    assert all(plan.thing.until >= plan.thing.at for plan in planned.values())


async def by_thing(sample: Class, posted: list[Posted]) -> dict[Key, list[int]]:
    """Who got each thing, by the keys of what was posted; each at the moment that was planned for it."""

    async def work(tx: Tx) -> tuple[dict[int, str], dict[Key, datetime], Cohort]:
        cohort = await cohorts.get(tx, sample.cohort_id)
        table = {s.id: s.ref for s in await sessions.of_cohort(tx, cohort.id)}
        lists = {r.id: table[r.session_id] for r in await rolls.of_cohort(tx, cohort.id)}
        start = at("00:00", date(2027, 3, 1))
        things = await dues.between(tx, cohort.id, start, start + timedelta(days=60))
        return lists, {(t.kind, t.what): t.at for t in things}, cohort

    lists, times, cohort = await sample.store.work(work)
    sent: dict[Key, list[int]] = {}
    for parcel in posted:
        key = _key(parcel, lists)
        if key is None:
            continue
        sent.setdefault(key, []).append(parcel.chat_id)
        assert parcel.sent_at is not None and parcel.sent_at == times[key].astimezone(parcel.sent_at.tzinfo), key
    assert cohort.state == "registration"
    return sent


def _key(parcel: Posted, lists: dict[int, str]) -> Key | None:
    if parcel.kind == "card":
        return (DAY_CARD, parcel.push_day) if parcel.push_day else None
    assert parcel.once is not None
    kind, *rest = parcel.once.split("#")[0].split(":")
    if kind in ("call", "count"):
        return (ROLL_OPENS if kind == "call" else HEAD_COUNT), lists[int(rest[0])]
    if kind in (DIGEST, LEADER_CARD, LOG_DIGEST):
        return kind, ":".join(rest[1:-1])
    return kind, ":".join(rest[1:-2])


def within_the_budget(sample: Class, posted: list[Posted]) -> None:
    """At most six pushes a day for a trainee; a usual day has two to four."""
    pushes = Counter((p.chat_id, p.push_day) for p in posted if p.push_day and sample.refs[p.chat_id].startswith("T"))
    assert max(pushes.values()) <= 6
    logs = Counter((p.chat_id, p.push_day) for p in posted if p.push_day and (p.once or "").startswith("log-reminder"))
    plain = [n - logs[key] for key, n in pushes.items() if sample.refs[key[0]] == "T003"]
    assert len(plain) == 6 and max(plain) <= 4, "but for the log, which nobody of this play writes"
    guests = [
        p
        for p in posted
        if p.once and p.once.startswith(("lecture-", "site-eve", "digest", "leader-card", "log-digest"))
    ]
    assert guests and not any(p.push_day for p in guests)


def left_out(sample: Class, planned: dict[Key, plans.Planned]) -> None:
    """Each who is left out is named with the reason."""

    def why(key: Key) -> dict[str, set[str]]:
        return {s.why.key: {p.ref for p in s.people} for s in planned[key].skipped}

    assert why((DAY_CARD, "2027-03-15")) | {"clock-unbound": set()} == {
        "clock-unbound": set(),
        "clock-blocked": {BLOCKED},
    }
    monday = why((REMINDER, "S0102"))
    assert monday == {"clock-unbound": {UNBOUND}, "clock-blocked": {BLOCKED}, "clock-muted": {MUTED}}
    tuesday = why((REMINDER, "S0201"))
    assert tuesday == {**monday, "clock-away": {AWAY}}
    assert AWAY not in {ref for refs in why((REMINDER, "S0203")).values() for ref in refs}, "back in the afternoon"
    usual = why((TOMORROW, "2027-03-15"))
    assert len(usual["clock-usual"]) == 46, "Tuesday begins as usual: only on the card"
    assert planned[TOMORROW, "2027-03-16"].goes, "Wednesday begins off campus"
    calls: dict[str, Any] = {key[1]: planned[key] for key in planned if key[0] == ROLL_OPENS}
    assert "clock-budget" in {s.why.key for s in calls["S0304"].skipped}, "the day of visits is full for leaders"
    assert all(CLASS_TEACHER in p.role_set for p in planned[HEAD_COUNT, "S0102"].goes)
