"""Whoever does whatever to leaves, in any order: no impossible state, no gap in the chain, marks as the leaves say."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from actions import checkins, clock, leave_forms, leave_steps
from actions import leaves as deeds
from actions.access import access_leave_by_id
from actions.checkins import screen_code
from chat.messages import Refusal
from rules.attendance import LEAVES
from rules.leaves import COUNTED, STATUS, Standing, Stretch, next_state, overlap, touches
from rules.plans import has_list
from storage import accounts, cohorts, leaves, marks, members, rolls, sessions
from storage.accounts import Me
from storage.door import open_store
from storage.leaves import Leave
from storage.tx import Store, Tx
from tests.cast import ACCOUNTS, DAY_1
from tests.conftest import _fill
from tests.handlers.leave_class import furnish
from tests.stage import ZONE, Stage

PEOPLE = st.sampled_from(["Tina", "Tom", "Gao", "Clara", "Duan", "Ada", "Hua", "Ivan", "Oscar"])
TRAINEES = st.sampled_from(["Tina", "Tom"])
FOLDER = Path(tempfile.mkdtemp(prefix="tongxue-leaves"))
TEMPLATE = FOLDER / "template.db"
Act = Callable[[Tx, Me, Leave, datetime], Awaitable[Any]]
ACTS: dict[str, Act] = {
    "agree": leave_steps.agree,
    "refuse": lambda tx, me, leave, now: leave_steps.refuse(tx, me, leave, "今天不行", now),
    "ask_material": leave_steps.ask_material,
    "give_material": lambda tx, me, leave, now: leave_steps.give_material(tx, me, leave, now, words="补上"),
    "hand_on": leave_steps.hand_on,
    "withdraw": leave_steps.withdraw,
    "come_back": lambda tx, me, leave, now: leave_steps.come_back(tx, me, leave, now, now),
    "confirm": leave_steps.confirm,
    "see_proof": leave_steps.see_proof,
}


async def template() -> None:
    await _fill(f"sqlite:///{TEMPLATE}")
    store = await open_store(f"sqlite:///{TEMPLATE}")
    await furnish(Stage(store))
    await store.close()


class Leaves(RuleBasedStateMachine):
    """Two trainees ask, everybody tries everything, time goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.now = datetime.combine(DAY_1, time(8, 10), ZONE)
        if not TEMPLATE.exists():
            self.loop.run(template())
        path = FOLDER / "play.db"
        shutil.copy(TEMPLATE, path)
        self.store: Store = self.loop.run(open_store(f"sqlite:///{path}"))

    def teardown(self) -> None:
        self.loop.run(self.store.close())
        self.loop.close()

    def do(self, work: Callable[[Tx], Awaitable[Any]]) -> None:
        """Something that may be refused; then nothing of it is left."""

        async def tried(tx: Tx) -> None:
            try:
                async with tx.apart():
                    await work(tx)
            except Refusal:
                return

        self.loop.run(self.store.work(tried))

    async def me(self, tx: Tx, name: str) -> Me:
        found = await accounts.who(tx, ACCOUNTS[name], self.now)
        assert found is not None
        return found

    @initialize()
    def begin(self) -> None:
        self.ask("Tina", "personal", 110, 200)

    @rule(name=TRAINEES, kind=st.sampled_from(["sick", "personal", "official", "night_out", "withdraw"]),
          start=st.integers(-150, 600), length=st.integers(5, 1500))  # fmt: skip
    def ask(self, name: str, kind: str, start: int, length: int) -> None:
        async def work(tx: Tx) -> None:
            me = await self.me(tx, name)
            leave = await leave_forms.begin(tx, me, kind, self.now)
            cohort = await cohorts.get(tx, leave.cohort_id)
            if kind != "withdraw":
                first = self.now + timedelta(minutes=start)
                when = Stretch(first, first + timedelta(minutes=length))
                leave = await leave_forms.set_when(tx, cohort, leave, when, self.now)
                leave = await leave_forms.set_place(tx, leave, "回家")
            leave = await leave_forms.set_reason(tx, leave, "家里有事要处理")
            await leave_forms.submit(tx, me, leave, self.now, self.now)

        self.do(work)

    @rule(name=PEOPLE, act=st.sampled_from(sorted(ACTS)), which=st.integers(0, 5))
    def act(self, name: str, act: str, which: int) -> None:
        async def work(tx: Tx) -> None:
            me = await self.me(tx, name)
            ids = await tx.all(int, "select id from leave order by id desc")
            leave = await access_leave_by_id(tx, me, ids[which % len(ids)])
            await ACTS[act](tx, me, leave, self.now)

        self.do(work)

    @rule(name=TRAINEES, kind=st.sampled_from(["sick", "personal"]), start=st.integers(1, 40),
          length=st.sampled_from([30, 95, 240, 1000]), wait=st.integers(0, 60))  # fmt: skip
    def go(self, name: str, kind: str, start: int, length: int, wait: int) -> None:
        """A leave as it should be: asked for, agreed to by all, begun; left to chance this is rare."""
        self.ask(name, kind, start, length)
        for teacher in ("Clara", "Ada", "Hua"):
            self.act(teacher, "agree", 0)
        self.tick(wait)

    @rule(name=TRAINEES, act=st.sampled_from(["come_back", "withdraw", "give_material"]), which=st.integers(0, 2))
    def own(self, name: str, act: str, which: int) -> None:
        self.act(name, act, which)

    @rule(act=st.sampled_from(["agree", "confirm", "ask_material"]), which=st.integers(0, 2))
    def staff(self, act: str, which: int) -> None:
        self.act("Clara", act, which)

    @rule(name=TRAINEES)
    def check_in(self, name: str) -> None:
        async def work(tx: Tx) -> None:
            me = await self.me(tx, name)
            for roll in await checkins.open_lists(tx, me, self.now):
                digits = screen_code(roll, (await cohorts.get(tx, roll.cohort_id)).rules, self.now)
                await checkins.check_in_with(tx, me, digits, self.now, self.now)

        self.do(work)

    @rule(minutes=st.sampled_from([1, 4, 9, 17, 33, 70, 190]))
    def tick(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.loop.run(self.store.work(lambda tx: clock.tick(tx, self.now, limit=200)))

    @invariant()
    def all_is_well(self) -> None:
        self.loop.run(self.store.work(self.look))

    async def look(self, tx: Tx) -> None:
        for leave in await tx.all(Leave, "select * from leave where state <> 'draft'"):
            await self.chain_has_no_gap(tx, leave)
        cohort = await cohorts.by_key(tx, "spring")
        assert cohort is not None
        for ref in ("T02", "T03"):
            member = await members.by_ref(tx, cohort.id, ref)
            assert member is not None
            known = [o for o in await leaves.of_member(tx, member.id) if o.kind in STATUS]
            times = [deeds.counted(o) for o in known]
            assert not any(overlap(a, b) for i, a in enumerate(times) for b in times[i + 1 :])
            granted = [o for o in known if o.state in deeds.GRANTED]
            for session in await sessions.of_cohort(tx, cohort.id):
                roll = await rolls.of_session(tx, session.id) if has_list(session) else None
                mark = await marks.get(tx, roll.id, member.id) if roll else None
                wanted = {STATUS[o.kind] for o in granted if touches(deeds.counted(o), session, cohort.rules)}
                status = mark.status if mark else "unmarked"
                if wanted and roll:
                    assert status in wanted or (mark is not None and status not in (*LEAVES, "unmarked")), session.ref
                else:
                    assert status not in LEAVES, session.ref

    async def chain_has_no_gap(self, tx: Tx, leave: Leave) -> None:
        """The events, played by the rules from the draft on, end where the leave stands."""
        assert leave.state in deeds.STATES
        standing = Standing("draft", tuple(leave.chain.split()))
        for event in await leaves.events_of(tx, leave.id):
            assert event.old == standing.state
            if event.act == "proof":
                continue
            if event.act == "submit":
                standing = Standing("pending", standing.chain)
            else:
                after = next_state(standing, event.act, event.role)
                assert after is not None, f"{event.act} by {event.role} in {standing}"
                standing = after
            assert event.new == standing.state
        assert standing == leave.standing
        assert leave.back_at is not None or leave.state not in ("returned", "closed")
        assert leave.state not in COUNTED or leave.starts_at is not None


Leaves.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestLeaves = Leaves.TestCase
