"""Notices in any order: nobody gets one twice, late, or after it was stopped; long: one machine for all of it."""

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec import Struct, json, structs

from actions import clock, joining, notice_clock
from actions import notice_changes as changes
from actions import notice_corrections as corrections
from actions import notice_drafts as drafts
from actions import notice_reading as reading
from actions import notices as deeds
from actions.access import access_ledger_row, access_notice_by_id, access_own_copy_by_id
from chat.messages import Refusal
from chat.words import Words
from rules.days import is_quiet
from rules.notices import ACK, DRAFT, LEVELS, ORDINARY, PAUSED, QUEUED, RECALLED, SENDING, SENT, URGENT, may_recall
from rules.settings import Settings
from rules.settings_attendance import HoursPart
from storage import accounts, cohorts, members, notices, outbox
from storage import notice_people as ledger
from storage.accounts import Me
from storage.door import open_store
from storage.notice_people import Row
from storage.notices import Notice
from storage.outbox import Outcome, Sending
from storage.tx import Store, Tx
from tests.cast import ACCOUNTS, DAY_1
from tests.conftest import _fill
from tests.stage import ZONE

PEOPLE = st.sampled_from(["Tina", "Tom", "Gao"])
SEATS = st.sampled_from(["T04", "T05"])
ANY = st.integers(0, 5)
OUTCOMES = st.sampled_from(["sent", "sent", "failed", "failed", "uncertain", "uncertain but there", "unreachable"])
FATES = st.lists(OUTCOMES, min_size=1, max_size=6)
DAY = timedelta(days=1)
FOLDER = Path(tempfile.mkdtemp(prefix="tongxue-notices"))
TEMPLATE = FOLDER / "template.db"
ASKED_AT_MOST = {ORDINARY: 0, ACK: 2, URGENT: 3}
PUSHES = 3
TOLD_BY = frozenset({SENDING, SENT})


class Leaving(Struct, frozen=True, kw_only=True):
    """A message of a notice as it leaves, with all that decides whether it may."""

    id: int
    chat_id: int
    part: str
    version: int
    hold: bool
    body: str
    ledger_id: int
    row_version: int
    read_at: datetime | None
    account_id: int | None
    notice_id: int
    level: str
    state: str
    html: str
    life_until: datetime


LEAVING = """select o.id, o.chat_id, o.part, o.version, o.hold, o.body, p.id as ledger_id, p.version as row_version,
                    p.read_at, m.account_id, n.id as notice_id, n.level, n.state, n.html, n.life_until
             from outbox o join notice_person p on p.id = o.ledger_id join member m on m.id = p.member_id
             join notice n on n.id = p.notice_id where o.id = :id"""


class Lying(Struct, frozen=True, kw_only=True):
    """A message of a notice as it lies in the outbox."""

    id: int
    ledger_id: int
    chat_id: int
    part: str
    version: int
    state: str
    message_id: int | None
    sent_at: datetime | None
    made_at: datetime
    once: str | None


async def template() -> None:
    """The cast, with small days; nothing is planned but what notices plan."""
    await _fill(f"sqlite:///{TEMPLATE}")
    store = await open_store(f"sqlite:///{TEMPLATE}")

    async def work(tx: Tx) -> None:
        cohort = await cohorts.by_key(tx, "spring")
        assert cohort is not None
        rules = Settings(hours=HoursPart(total=10))
        rules = structs.replace(rules, messages=structs.replace(rules.messages, max_push_per_trainee_per_day=PUSHES))
        await cohorts.put(tx, structs.replace(cohort, settings=cohorts.settings_text(rules)), cohort_now())
        await tx.do("delete from due")

    await store.work(work)
    await store.close()


def cohort_now() -> datetime:
    return datetime.combine(DAY_1, time(8, 10), ZONE)


class Notices(RuleBasedStateMachine):
    """Clara writes, the network does what it likes, people read or do not, time goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.now = cohort_now()
        if not TEMPLATE.exists():
            self.loop.run(template())
        path = FOLDER / "play.db"
        shutil.copy(TEMPLATE, path)
        self.store: Store = self.loop.run(open_store(f"sqlite:///{path}"))
        self.drafts = 0
        self.messages = 0
        self.flying: list[Sending] = []
        self.got: Counter[tuple[int, int, int]] = Counter()
        """How many copies of a version have reached a person's phone, whether we know it or not."""
        self.chosen: Counter[tuple[int, int]] = Counter()
        """How often a person chose [补发] for an uncertain one."""
        self.shown: dict[int, str] = {}
        """What messages say on the phones, by their ids."""
        self.caught: set[int] = set()
        """Copies that were on their way at the moment of a correction or a recall."""
        self.read: dict[int, int] = {}
        """Who has read: the ledger's line and the version."""
        self.seats: dict[int, int | None] = {}
        self.seen: dict[tuple[str, int], tuple[object, int]] = {}

    def teardown(self) -> None:
        self.loop.run(self.store.close())
        self.loop.close()

    def do(self, work: Callable[[Tx], Awaitable[Any]]) -> None:
        """Something that may be refused; then nothing of it is left. Each takes a second."""
        self.now += timedelta(seconds=1)

        async def tried(tx: Tx) -> None:
            try:
                async with tx.apart():
                    await work(tx)
            except Refusal:
                return

        self.loop.run(self.store.work(tried))

    async def me(self, tx: Tx, name: str = "Clara") -> Me:
        found = await accounts.who(tx, ACCOUNTS[name], self.now)
        assert found is not None
        return found

    async def notice(self, tx: Tx, which: int) -> Notice:
        """The newest, or an earlier one."""
        ids = await tx.all(int, "select id from notice order by id desc")
        return await access_notice_by_id(tx, await self.me(tx), ids[which % len(ids)])

    async def line(self, tx: Tx, which: int, whom: int) -> tuple[Notice, Row]:
        """Somebody's line of the ledger; those with troubles first."""
        rows = await ledger.of_notice(tx, (await self.notice(tx, which)).id)
        rows = sorted(rows, key=lambda row: row.state not in ("uncertain", "failed"))[:6]
        return await access_ledger_row(tx, await self.me(tx), rows[whom % len(rows)].id if rows else 0)

    def text(self) -> str:
        self.drafts += 1
        return f"第{self.drafts}稿。"

    # ---- Clara ------------------------------------------------------------------

    @initialize(level=st.sampled_from(LEVELS), outcomes=FATES, evening=st.booleans())
    def begin(self, level: str, outcomes: list[str], evening: bool) -> None:
        """Five people have a notice, or not; in class, or before the quiet hours."""
        self.now += timedelta(hours=13, minutes=50) * evening
        self.bind("T04")
        self.bind("T05")
        self.write(level, "send", 0, False)
        self.deliver(outcomes)

    @rule(level=st.sampled_from(LEVELS), over=st.sampled_from(["send", "card"]),
          later=st.sampled_from([0, 0, 0, 20, 700]), choices=st.booleans())  # fmt: skip
    def write(self, level: str, over: str, later: int, choices: bool) -> None:
        async def work(tx: Tx) -> None:
            me = await self.me(tx)
            notice = await drafts.begin(tx, me, self.now)
            notice = await drafts.set_text(tx, me, notice, self.text(), "")
            notice = await drafts.set_level(tx, me, notice, level)
            options = ("乘车", "不乘车") if choices else ()
            notice = await drafts.put(tx, me, notice, over=over, choices=options)
            if later:
                notice = await drafts.set_when(tx, me, notice, self.now + timedelta(minutes=later), self.now)
            await deeds.confirm(tx, me, notice, self.now)

        if len([key for key in self.seen if key[0] == "notice"]) < 3:
            self.do(work)

    @rule(which=ANY)
    def plan_otherwise(self, which: int) -> None:
        """What waits for its time is a draft again; a draft goes."""

        async def work(tx: Tx) -> None:
            notice = await self.notice(tx, which)
            if notice.state == DRAFT:
                await deeds.confirm(tx, await self.me(tx), notice, self.now)
            else:
                await drafts.take_back(tx, notice)

        self.do(work)

    @rule(which=ANY)
    def stop_or_go_on(self, which: int) -> None:
        async def work(tx: Tx) -> None:
            notice = await self.notice(tx, which)
            deed = changes.resume if notice.state == PAUSED else changes.pause
            await deed(tx, await self.me(tx), notice, self.now)

        self.do(work)

    @rule(which=ANY)
    def again(self, which: int) -> None:
        async def work(tx: Tx) -> None:
            await changes.again(tx, await self.me(tx), await self.notice(tx, which), self.now)

        self.do(work)

    @rule(outcomes=FATES)
    def again_at_once(self, outcomes: list[str]) -> None:
        self.again(0)
        self.deliver(outcomes)

    @rule(which=ANY, big=st.booleans())
    def correct(self, which: int, big: bool) -> None:
        async def work(tx: Tx) -> None:
            notice = await self.notice(tx, which)
            await corrections.correct(tx, await self.me(tx), notice, self.text(), self.now, anew=big)
            self.catch(await self.flying_of(tx, notice))
            if big:
                self.read = {id: v for id, v in self.read.items() if id not in await self.lines_of(tx, notice)}

        self.do(work)

    @rule(which=ANY)
    def recall(self, which: int) -> None:
        async def work(tx: Tx) -> None:
            notice = await self.notice(tx, which)
            await corrections.recall(tx, await self.me(tx), notice, self.now)
            self.catch(await self.flying_of(tx, notice))

        self.do(work)

    @rule(which=ANY, whom=ANY, deed=st.sampled_from([changes.resend, changes.resend, changes.arrived, changes.told]))
    def for_somebody(self, which: int, whom: int, deed: Callable[..., Awaitable[Any]]) -> None:
        async def work(tx: Tx) -> None:
            notice, row = await self.line(tx, which, whom)
            done = await deed(tx, await self.me(tx), notice, row, self.now)
            if done and deed is changes.resend and row.state == "uncertain":
                self.chosen[row.id, row.version] += 1

        self.do(work)

    # ---- people ------------------------------------------------------------------

    @rule(name=PEOPLE, which=ANY)
    def read_by_tap(self, name: str, which: int) -> None:
        async def work(tx: Tx) -> None:
            me = await self.me(tx, name)
            notice = await access_own_copy_by_id(tx, me, (await self.notice(tx, which)).id)
            if notice.choices:
                await reading.choose(tx, notice, me.member_id, which % 2, self.now, self.now)
            else:
                await reading.acknowledge(tx, me, notice, self.now, self.now)

        self.do(work)

    @rule(name=PEOPLE, ago=st.integers(0, 20))
    def read_by_word(self, name: str, ago: int) -> None:
        async def work(tx: Tx) -> None:
            at = self.now - timedelta(minutes=ago)
            for notice in await reading.acknowledge_all(tx, await self.me(tx, name), at, self.now):
                assert notice.begun_at is not None and notice.begun_at <= at, "only what came before the word"

        self.do(work)

    @rule(ref=SEATS)
    def bind(self, ref: str) -> None:
        """A seat is taken, or goes over to another account."""

        async def work(tx: Tx) -> None:
            member = await members.by_ref(tx, 1, ref)
            assert member is not None
            if member.account_id is not None:
                await joining.free_seat(tx, await self.me(tx), member, self.now)
            link = await joining.link_for(tx, member.id, self.now)
            account = (member.account_id or 600 + int(ref[1:])) + 10
            await accounts.meet(tx, account, ref, self.now)
            me = await accounts.who(tx, account, self.now)
            assert me is not None
            await joining.bind(tx, me, link.token, self.now)

        self.do(work)

    @rule(name=PEOPLE, how=st.sampled_from(["stops the bot", "goes away", "all is as before"]))
    def comes_and_goes(self, name: str, how: str) -> None:
        async def work(tx: Tx) -> None:
            if how == "stops the bot":
                await accounts.set_blocked(tx, ACCOUNTS[name], self.now)
                await outbox.forget_chat(tx, ACCOUNTS[name], "unreachable")
            elif how == "goes away":
                row = {"id": (await self.me(tx, name)).member_id, "now": self.now, "end": self.now + DAY}
                await tx.do(
                    """insert into leave (cohort_id, member_id, kind, starts_at, ends_at, state, made_at)
                       values (1, :id, 'sick', :now, :end, 'away', :now)""",
                    row,
                )
            else:
                await tx.do("update account set blocked_at = null")
                await tx.do("update leave set state = 'returned'")

        self.do(work)

    # ---- the network ------------------------------------------------------------------

    @rule(count=st.integers(1, 8))
    def take(self, count: int) -> None:
        """The sender takes what may go; it is on its way now."""

        async def work(tx: Tx) -> None:
            await outbox.expire(tx, self.now)
            found = await outbox.ready(tx, self.now, 0, count)
            await outbox.set_sending(tx, [s.id for s in found], self.now + timedelta(seconds=45))
            for sending in found:
                leaving = await tx.first(Leaving, LEAVING, {"id": sending.id})
                if leaving is not None and leaving.part in ("copy", "chase"):
                    self.may_leave(leaving)
            self.flying += found

        self.do(work)

    def may_leave(self, leaving: Leaving) -> None:
        """What must hold of a message at the moment in which it leaves."""
        assert leaving.state in TOLD_BY, f"a {leaving.part} leaves while the notice is {leaving.state}"
        assert self.now <= leaving.life_until, "nothing is sent after its life"
        assert leaving.chat_id == leaving.account_id, "to whoever has the seat now"
        rules = Settings().messages
        times = (self.now - timedelta(minutes=5), self.now)  # the clock strikes now and then
        quiet = all(is_quiet(at, str(ZONE), rules.quiet_from, rules.quiet_to) for at in times)
        assert leaving.level == URGENT or not quiet, "only urgent ones in the night"
        if leaving.part == "chase":
            assert leaving.read_at is None, "who has read it is not asked"
        else:
            assert leaving.version == leaving.row_version, "no old version leaves"
            assert leaving.html in json.decode(leaving.body, type=Words).text, "no old words leave"

    @rule(outcomes=FATES)
    def land(self, outcomes: list[str]) -> None:
        """What is on its way arrives, or does not."""

        async def work(tx: Tx) -> None:
            for number, sending in enumerate(self.flying):
                leaving = await tx.first(Leaving, LEAVING, {"id": sending.id})
                fate = outcomes[number % len(outcomes)] if leaving and leaving.part in ("copy", "chase") else "sent"
                await self.lands(tx, sending, leaving, fate)
            self.flying = []

        self.do(work)

    async def lands(self, tx: Tx, sending: Sending, leaving: Leaving | None, fate: str) -> None:
        state = "uncertain" if fate.startswith("uncertain") else fate
        number = sending.message_id
        if state == "sent" and number is None:
            self.messages += 1
            number = self.messages
        made = Outcome(id=sending.id, chat_id=sending.chat_id, state=state, at=self.now, message_id=number,
                       card_id=sending.card_id, body=sending.body)  # fmt: skip
        await outbox.set_outcomes(tx, [made])
        if state == "unreachable":
            await accounts.set_blocked(tx, sending.chat_id, self.now)
            await outbox.forget_chat(tx, sending.chat_id, "unreachable")
        if leaving is not None and leaving.part == "copy" and state in ("sent", "uncertain") and fate != "uncertain":
            self.got[leaving.ledger_id, leaving.version, leaving.chat_id] += 1
        assert sending.kind != "edit" or number in self.shown, "an edit of what is gone would be a new message"
        if state == "sent" and number is not None:
            if sending.kind == "delete":
                self.shown.pop(number, None)
            elif sending.kind in ("say", "edit"):
                self.shown[number] = json.decode(sending.body, type=Words).text

    @rule(outcomes=FATES)
    def deliver(self, outcomes: list[str]) -> None:
        self.take(8)
        self.land(outcomes)

    @rule()
    def all_arrives(self) -> None:
        for _ in range(3):
            self.deliver(["sent"])

    @rule(minutes=st.sampled_from([5, 30, 700]))
    def goes_on(self, minutes: int) -> None:
        """A while later, and all is well with the network."""
        self.tick(minutes)
        self.all_arrives()

    @rule(there=st.booleans())
    def kill(self, there: bool) -> None:
        """The program dies and comes back: what was on its way is sent again, or held by rule."""

        async def work(tx: Tx) -> None:
            for sending in self.flying:
                leaving = await tx.first(Leaving, LEAVING, {"id": sending.id})
                if leaving is not None and leaving.part == "copy" and there:
                    self.got[leaving.ledger_id, leaving.version, leaving.chat_id] += 1
            self.flying = []
            await outbox.release(tx, None)

        self.do(work)

    def catch(self, ids: list[int]) -> None:
        self.caught |= set(ids)

    async def flying_of(self, tx: Tx, notice: Notice) -> list[int]:
        sql = """select o.id from outbox o join notice_person p on p.id = o.ledger_id
                 where p.notice_id = :id and o.state = 'sending'"""
        return await tx.all(int, sql, {"id": notice.id})

    async def lines_of(self, tx: Tx, notice: Notice) -> set[int]:
        return set(await tx.all(int, "select id from notice_person where notice_id = :id", {"id": notice.id}))

    @rule(minutes=st.sampled_from([1, 5, 30, 31, 119, 700]))
    def tick(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

        async def work(tx: Tx) -> None:
            await clock.tick(tx, self.now, limit=200)
            await notice_clock.follow(tx, self.now, timedelta(0))

        self.loop.run(self.store.work(work))

    # ---- what must hold ------------------------------------------------------------------

    @invariant()
    def all_is_well(self) -> None:
        self.loop.run(self.store.work(self.look))

    async def look(self, tx: Tx) -> None:
        lying = await tx.all(Lying, "select * from outbox where ledger_id is not null")
        self.seats = {m.id: m.account_id for m in await members.of_cohort(tx, 1)}
        for notice in await tx.all(Notice, "select * from notice"):
            rows = await ledger.of_notice(tx, notice.id)
            await self.adds_up(tx, notice, rows)
            await self.is_told(tx, notice, rows)
            if notice.state == QUEUED:
                planned = "select count(*) from due where what like :what and state = 'new'"
                assert await tx.one(int, planned, {"what": f"{notice.id}:go:%"}) == 1, "it goes some day"
            lines = "select body from card_line where once like :once"
            for body in await tx.all(str, lines, {"once": f"notice:{notice.id}:%"}):
                assert notice.state != RECALLED and notice.html in body, "the newest words on the day cards"
            for row in rows:
                mine = [one for one in lying if one.ledger_id == row.id]
                self.is_right(notice, row, mine)

    async def adds_up(self, tx: Tx, notice: Notice, rows: list[Row]) -> None:
        """The numbers are those of the names."""
        counts = await ledger.counts(tx, notice.id)
        states = Counter(row.state for row in rows)
        assert states == Counter({s: n for s in states if (n := getattr(counts, s))})
        assert counts.people == len(rows) == sum(states.values())
        assert counts.read == sum(row.read_at is not None for row in rows) <= counts.people - counts.unread
        assert not rows or len(rows) == 12, "the whole class, whoever was bound"

    async def is_told(self, tx: Tx, notice: Notice, rows: list[Row]) -> None:
        """Every change has its line in the history."""
        lines = len(await notices.events_of(tx, notice.id))
        now: dict[tuple[str, int], object] = {
            ("notice", notice.id): (notice.state, notice.version, notice.html, notice.level)
        }
        for row in rows:
            now["row", row.id] = (row.choice, row.read_how == "phone")
        for key, what in now.items():
            before, then = self.seen.get(key, (what, lines))
            drafted = isinstance(what, tuple) and what[0] == DRAFT
            assert what == before or lines > then or drafted, f"{before} became {what}, and nobody wrote it down"
        self.seen |= {key: (what, lines) for key, what in now.items()}

    def is_right(self, notice: Notice, row: Row, mine: list[Lying]) -> None:
        copies = [one for one in mine if one.part == "copy" and one.version == row.version]
        replaced = sum(one.state == "replaced" for one in copies)
        key = (row.id, row.version)
        got = max((n for (id, version, _), n in self.got.items() if (id, version) == key), default=0)
        assert got <= 1 + self.chosen[key] + replaced, "nobody gets it twice"
        if row.id in self.read:
            assert row.read_at is not None, "what was read stays read"
        if row.read_at is not None:
            self.read[row.id] = row.version
        self.is_asked_seldom(notice, row, mine)
        if row.state == "sent":
            assert any(one.state in ("sent", "replaced") for one in copies), "sent is what has gone"
        if any(one.state in ("new", "sending", "held") for one in mine):
            return
        assert notice.state not in (SENDING, SENT) or row.state != "waiting", "what waits has something to wait for"
        if not {"unreachable", "withdrawn"} & {one.state for one in mine}:  # a phone that is out of reach
            self.shows_what_it_should(notice, row, [c for c in copies if c.id not in self.caught])

    def is_asked_seldom(self, notice: Notice, row: Row, mine: list[Lying]) -> None:
        asked = [
            one for one in mine if one.part == "chase" or (one.once or "").count(":") > 4
        ]  # or a copy in its place
        now = [one for one in asked if (one.once or "").split(":")[2:3] == [str(row.version)]]
        assert max(row.chased, len(now)) <= ASKED_AT_MOST[notice.level], "not more often than was said"
        minutes = [one.made_at.replace(second=0, microsecond=0) for one in asked]
        assert len(minutes) == len(set(minutes)), "nobody is asked twice at once"

    def shows_what_it_should(self, notice: Notice, row: Row, copies: list[Lying]) -> None:
        """When nothing is on its way any more: the newest words everywhere; after a recall nothing that could go."""
        for copy in copies:
            text = self.shown.get(copy.message_id or 0)
            if copy.state != "sent" or copy.message_id is None or copy.chat_id != self.seats[row.member_id]:
                continue
            if notice.state == RECALLED:
                ended = notice.stirred_at or self.now
                assert text is None or not may_recall(copy.sent_at or self.now, ended), "it was deleted"
            elif copy is copies[-1]:
                assert text is not None and notice.html in text, "the newest words"


Notices.TestCase.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
TestNotices = Notices.TestCase
