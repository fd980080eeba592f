"""Marks under any order of acts: no impossible state, and no change without its event (ATT-11, ATT-20, RULE-2)."""

from __future__ import annotations

import asyncio
from datetime import datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from actions import checkins, closings, marks, rollcalls
from chat.messages import Refusal
from rules.attendance import STATUSES, UNMARKED, read_list
from rules.settings import Settings
from storage import accounts, cohorts, members
from storage import marks as kept
from storage import rolls as lists
from storage.accounts import Me
from storage.door import open_store
from storage.rolls import Roll
from storage.tx import Tx
from tests.cast import ACCOUNTS, DAY_1
from tests.conftest import Databases
from tests.stage import ZONE

START = datetime.combine(DAY_1, time(8, 38), ZONE)
CLARA = ACCOUNTS["Clara"]

ACT = st.one_of(
    st.tuples(st.just("digits"), st.sampled_from(["Tina", "Tom", "Gao"])),
    st.tuples(st.just("tap"), st.sampled_from(["Gao", "Clara", "Ada", "Tina"]), st.integers(1, 8)),
    st.tuples(st.just("type"), st.sampled_from(["Gao", "Clara"]), st.sampled_from(["全到", "缺 2", "缺2 3 迟4"])),
    st.tuples(st.just("rest"), st.sampled_from(["Gao", "Clara"])),
    st.tuples(st.just("decide"), st.integers(1, 8), st.sampled_from(sorted(STATUSES)), st.sampled_from(["", "查过了"])),
    st.tuples(st.just("choose"), st.integers(1, 8), st.sampled_from([*closings.CHOICES, "leave_sick"])),
    st.tuples(st.just("close"), st.booleans()),
    st.tuples(st.just("reopen"), st.sampled_from(["", "补录"])),
    st.tuples(st.just("count"), st.integers(0, 14)),
    st.tuples(st.just("spot"), st.integers(1, 8), st.booleans()),
    st.tuples(st.just("leave"), st.integers(1, 8), st.sampled_from(["leave_sick", UNMARKED])),
)  # fmt: skip


@settings(max_examples=settings.default.max_examples // 3)
@given(acts=st.lists(st.tuples(st.integers(0, 9), ACT), max_size=25))
def test_whatever_people_do_in_whatever_order(databases: Databases, acts: list[tuple[int, tuple[object, ...]]]) -> None:
    asyncio.run(_play(databases, acts))


async def _play(databases: Databases, acts: list[tuple[int, tuple[object, ...]]]) -> None:
    store = await open_store(await databases.sqlite())
    now = START
    for minutes, act in acts:
        now += timedelta(minutes=minutes)

        async def work(tx: Tx, act: tuple[object, ...] = act, now: datetime = now) -> None:
            before = await _chains(tx)
            try:
                async with tx.apart():
                    await _do(tx, act, now)
            except Refusal:
                assert await _chains(tx) == before
            await _look(tx, now)

        await store.work(work)
    await store.close()


async def _do(tx: Tx, act: tuple[object, ...], now: datetime) -> None:
    kind, *rest = act
    roll = await _roll(tx)
    name = rest[0] if isinstance(rest[0], str) and rest[0] in ACCOUNTS else "Clara"
    me = await accounts.who(tx, ACCOUNTS[str(name)], now)
    assert me is not None
    match kind, rest:
        case "digits", [_]:
            code = checkins.screen_code(roll, (await _rules(tx, me)), now)
            await checkins.check_in_with(tx, me, code, now, now)
        case "tap", [_, int(seat)]:
            await rollcalls.mark_for(tx, me, roll, await _member(tx, seat), now)
        case "type", [_, str(text)]:
            seats = [m.seat_no or 0 for m in await rollcalls.called_by(tx, me, roll)]
            source = "paper" if name == "Clara" else "leader"
            await rollcalls.enter(tx, me, roll, read_list(text, seats), source, now, now)
        case "rest", [_]:
            await rollcalls.rest_present(tx, me, roll, 1, now)
        case "decide", [int(seat), str(status), str(reason)]:
            member = await _member(tx, seat)
            old = await kept.get(tx, roll.id, member.id)
            await marks.decide(tx, me, roll, member, status, now, reason=reason)
            stood = old is not None and old.status != UNMARKED
            assert reason or not (stood or roll.closed_at), "a mark that stands, or a closed list, needs a reason"
        case "choose", [int(seat), str(status)]:
            await closings.choose(tx, me, roll, await _member(tx, seat), status, now)
        case "close", [bool(others)]:
            await closings.close_list(tx, me, roll, now, others)
        case "reopen", [str(reason)]:
            await closings.reopen(tx, me, roll, reason, now)
        case "count", [int(number)]:
            await closings.count(tx, me, roll, number, now)
        case "spot", [int(seat), bool(there)]:
            await closings.spot(tx, me, roll, await _member(tx, seat), there, now)
        case "leave", [int(seat), str(status)]:
            id = (await _member(tx, seat)).id
            await (marks.unset_leave(tx, roll, id, now) if status == UNMARKED
                   else marks.set_by_leave(tx, roll, id, status, now))  # fmt: skip


async def _look(tx: Tx, now: datetime) -> None:
    """What must hold after every act."""
    roll = await _roll(tx)
    found = await kept.of_roll(tx, roll.id)
    for member_id, mark in found.items():
        chain = await kept.events_of(tx, roll.id, member_id)
        assert mark.status in STATUSES and chain, "a mark without an event"
        assert chain[0].old == UNMARKED and chain[-1].new == mark.status
        assert all(a.new == b.old for a, b in pairwise(chain)), "a gap in the chain"
        for event in chain:
            assert event.new != "absent" or event.who == CLARA, "only the class teacher makes anybody absent"
    if roll.closed_at is not None:
        people = await members.trainees(tx, roll.cohort_id, roll.bell_at)
        undecided = [p for p in people if p.id not in found]
        assert not undecided, "a closed list leaves nobody undecided"
        assert roll.closed_by == CLARA and roll.closed_at <= now


async def _chains(tx: Tx) -> tuple[int, int, int]:
    counts = [await tx.one(int, f"select count(*) from {table}") for table in ("mark", "mark_event", "evidence")]
    return counts[0], counts[1], counts[2]


async def _roll(tx: Tx) -> Roll:
    session = await tx.one(int, "select id from session where cohort_id = 1 and ref = 'S11'")
    roll = await lists.of_session(tx, session)
    assert roll is not None
    return roll


async def _member(tx: Tx, seat: int) -> members.Member:
    return await tx.one(members.Member, "select * from member where cohort_id = 1 and seat_no = :seat", {"seat": seat})


async def _rules(tx: Tx, me: Me) -> Settings:
    return (await cohorts.get(tx, me.cohort_id)).rules
