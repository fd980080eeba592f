"""What runs with every message and every second finds its rows by an index, whatever the tables grow to (ADR 36)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime, time, timedelta
from typing import Any

from msgspec import Struct, json

from actions import notice_clock, rolls
from actions.clock import tick
from bot.clock import Clock
from bot.dispatcher import Dispatcher
from bot.intake import arrival_of
from handlers import ROUTES
from storage import inbox, outages, outbox
from storage.outbox import Outcome
from storage.tx import Store, Tx
from tests.cast import ACCOUNTS, DAY_1
from tests.stage import ZONE

GROWING = {
    "inbox", "outbox", "mark", "mark_event", "evidence", "claim", "member", "account", "card", "card_line", "roll",
    "session", "due", "leave", "notice_person", "talk", "attempt", "joint_item", "log", "pace",
}  # fmt: skip
"""Tables that grow with people or with time; of the others there is a handful of rows."""


def word(number: int, who: int, text: str) -> bytes:
    """Somebody writes."""
    person = {"id": who, "is_bot": False, "first_name": "x"}
    chat = {"id": who, "type": "private"}
    date = int(Clock().now().timestamp())
    message = {"message_id": number, "date": date, "chat": chat, "from": person, "text": text}
    return json.encode({"update_id": number, "message": message})


def tap(number: int, who: int, data: str) -> bytes:
    """Somebody taps a button."""
    message = {"message_id": 7, "date": 1, "chat": {"id": who, "type": "private"}, "text": "x"}
    query = {"id": str(number), "from": {"id": who, "first_name": "x"}, "message": message, "data": data}
    return json.encode({"update_id": number, "callback_query": query})


class Line(Struct):
    """A line of SQLite's plan."""

    detail: str


class Ear:
    """A transaction that remembers its statements."""

    def __init__(self, tx: Tx, heard: dict[str, Any]) -> None:
        self.tx, self.heard, self.postgres = tx, heard, tx.postgres

    async def one(self, kind: Any, sql: str, params: Any = None) -> Any:
        self.heard.setdefault(sql, params)
        return await self.tx.one(kind, sql, params)

    async def first(self, kind: Any, sql: str, params: Any = None) -> Any:
        self.heard.setdefault(sql, params)
        return await self.tx.first(kind, sql, params)

    async def all(self, kind: Any, sql: str, params: Any = None) -> Any:
        self.heard.setdefault(sql, params)
        return await self.tx.all(kind, sql, params)

    async def do(self, sql: str, params: Any = None) -> None:
        self.heard.setdefault(sql, params)
        await self.tx.do(sql, params)

    async def many(self, sql: str, rows: Iterable[Any]) -> None:
        found = list(rows)
        if found:
            self.heard.setdefault(sql, found[0])
        await self.tx.many(sql, found)

    @asynccontextmanager
    async def apart(self) -> AsyncIterator[None]:
        async with self.tx.apart():
            yield


async def morning(tx: Tx, clock: Clock) -> None:
    """What a second of a busy morning runs: the clock, people's words, the sender."""
    now = clock.now()
    await outages.beat(tx, "tick", now)
    while await tick(tx, now):
        pass
    people = [ACCOUNTS[name] for name in ("Tina", "Tom", "Gao", "Clara")]
    said = ("签到", "我的记录", "课程表", "帮助", "1234", "点名")
    raws = [word(n * 100 + who, who, text) for n, text in enumerate(said) for who in people]
    raws += [tap(9000 + who, who, "ack:1") for who in people]
    await inbox.add(tx, [arrival_of(raw, 7, now) for raw in raws])
    for lane in await inbox.lanes_waiting(tx, now):
        await Dispatcher(ROUTES, clock).work_lane(tx, lane)
    await outbox.expire(tx, now)
    await outbox.release(tx, now)
    found = await outbox.ready(tx, now, clock.real_ms(), 64)
    await outbox.set_sending(tx, [one.id for one in found], now)
    await outbox.set_outcomes(tx, [Outcome(id=one.id, chat_id=one.chat_id, state="sent", at=now) for one in found])
    await outbox.seconds_to_next(tx, now, clock.real_ms())
    await tick(tx, now + timedelta(minutes=10))
    await notice_clock.follow(tx, now, timedelta(0))
    await rolls.stir_codes(tx, now)
    await rolls.paint_stirred(tx, now, timedelta(0))


async def notice(tx: Tx) -> None:
    """A notice that is being sent to the class; all have their copy."""
    await tx.do(
        """insert into notice (id, cohort_id, level, state, sender, html, made_at, begun_at)
           values (1, 1, 'ack', 'sending', :clara, 'x', 1, 1)""",
        {"clara": ACCOUNTS["Clara"]},
    )
    await tx.do(
        """insert into notice_person (notice_id, member_id, cohort_id, account_id)
           select 1, id, cohort_id, account_id from member where cohort_id = 1 and account_id is not null"""
    )
    await tx.do(
        """insert into outbox (chat_id, kind, body, state, message_id, ledger_id, version, part, made_at, sent_at)
           select account_id, 'say', '{"text":"x"}', 'sent', 7, id, 1, 'copy', 1, 1 from notice_person"""
    )


async def test_what_is_asked_all_the_time_finds_its_rows_by_an_index(store: Store) -> None:
    clock = Clock((datetime.combine(DAY_1, time(13, 50), ZONE) - Clock().now()).total_seconds())
    heard: dict[str, Any] = {}

    async def work(tx: Tx) -> list[str]:
        await notice(tx)
        await morning(Ear(tx, heard), clock)
        slow = []
        for sql, params in heard.items():
            plan = await tx.all(str, f"explain {sql}", params) if tx.postgres else await lines_of(tx, sql, params)
            slow += [f"{line.strip()}: {' '.join(sql.split())[:300]}" for line in plan if reads_all(line, sql)]
        return slow

    slow = await store.work(work)
    assert len(heard) > 60, "this was a busy morning"
    assert not slow, "\n".join(slow)


async def lines_of(tx: Tx, sql: str, params: Any) -> list[str]:
    """SQLite's plan; the words stand in the fourth column."""
    return [line.detail for line in await tx.all(Line, f"explain query plan {sql}", params)]


def reads_all(line: str, sql: str) -> bool:
    """Whether a step of a plan reads a whole table that grows."""
    words = line.replace("->", " ").split()
    if "Seq Scan on" in line:
        return words[words.index("on") + 1] in GROWING
    if words[:1] != ["SCAN"] or "USING" in line or words[1] in ("CONSTANT", "2"):
        return False
    said = sql.split()
    tables = {said[n - 1] for n in range(1, len(said)) if said[n] == words[1]} | {words[1]}
    return bool(tables & GROWING)
