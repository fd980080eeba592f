"""What a turn, a send and a tick cost while the tables grow, on both databases; in this process, without a network.

Counted is the CPU of this process and of the server: on a busy machine the clock on the wall says little.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from actions.clock import tick
from benchmarks import province
from benchmarks.lean import word
from benchmarks.province import PER_CLASS, account
from benchmarks.report import Table
from benchmarks.school import NOW, WORD
from bot.clock import Clock
from bot.dispatcher import Dispatcher
from bot.intake import arrival_of
from handlers import ROUTES
from rules.plans import REMINDER
from storage import inbox, outbox
from storage.door import open_store
from storage.outbox import Outcome
from storage.tx import Store, Tx

GROUP = 50
New = Callable[[str], Awaitable[str]]


class Still(Clock):
    """Stands at a moment of the class's morning."""

    def __init__(self, minutes: float = 0) -> None:
        super().__init__()
        self.follow(NOW + timedelta(minutes=minutes), time.time(), 0)

    def of_message(self, date: int):  # type: ignore[no-untyped-def]
        return self.now()


class Desk:
    """A dispatcher over a database, and a stopwatch."""

    def __init__(self, store: Store, cpu: Callable[[], float]) -> None:
        self.store, self.clock, self.cpu = store, Still(), cpu
        self.dispatcher = Dispatcher(ROUTES, self.clock)
        self._number = 0

    async def turns(self, text: str, people: list[int]) -> float:
        """Milliseconds for each turn, from keeping the update to the commit."""
        begun = self.cpu()
        for n in range(0, len(people), GROUP):
            group = people[n : n + GROUP]
            raws = [word(self._number + i + 1, who, text) for i, who in enumerate(group)]
            self._number += len(group)
            arrivals = [arrival_of(raw, 8001, self.clock.now()) for raw in raws]

            async def work(tx: Tx, arrivals=arrivals) -> int:  # type: ignore[no-untyped-def]
                await inbox.add(tx, arrivals)
                return (await self.dispatcher.work_lane(tx, None)).worked

            assert await self.store.work(work) == len(group)
        return (self.cpu() - begun) / len(people) * 1000

    async def sends(self) -> float:
        """Milliseconds for each message: to take what waits, and to note what came of it."""
        begun, count, taken = self.cpu(), 0, 1
        while taken:
            taken = await self.store.work(self._send)
            count += taken
        return (self.cpu() - begun) / count * 1000

    async def _send(self, tx: Tx) -> int:
        now = self.clock.now()
        await outbox.alone(tx)
        found = await outbox.ready(tx, now, self.clock.real_ms(), 64)
        await outbox.set_sending(tx, [s.id for s in found], now)
        await outbox.set_outcomes(
            tx, [Outcome(id=s.id, chat_id=s.chat_id, state="sent", at=now, message_id=1) for s in found]
        )
        return len(found)

    async def ticks(self, count: int = 200) -> float:
        """Milliseconds for a tick that finds nothing to do."""
        begun = self.cpu()
        for _ in range(count):
            await self.store.work(lambda tx: tick(tx, self.clock.now()))
        return (self.cpu() - begun) / count * 1000


async def measure(url: str, cpu: Callable[[], float]) -> dict[str, float]:
    """All of it on one database; the same 200 people whatever its size."""
    store = await open_store(url)
    desk = Desk(store, cpu)
    while await store.work(lambda tx: tick(tx, desk.clock.now())):  # the lists open
        pass
    people = [account(n) for n in range(4 * PER_CLASS)]
    await desk.turns("帮助", people)
    await desk.sends()
    found = {"签到": await desk.turns(WORD, people), "签到 again": await desk.turns(WORD, people)}
    found["a send"] = await desk.sends()
    found["我的记录"] = await desk.turns("我的记录", people)
    await desk.sends()
    found["an idle tick"] = await desk.ticks()
    await store.close()
    return found


async def cost(new: New, folder: Path, classes: int, past: int, server: Callable[[], float]) -> list[Table]:
    """The same turns while everything grows a hundredfold."""
    sizes = sorted({max(4, classes // 100), max(4, classes // 10), classes})
    tables = []
    for kind in ("SQLite", "PostgreSQL"):
        people = [f"{size * PER_CLASS:,} people" for size in sizes]
        table = Table(f"CPU milliseconds as tables grow, {kind}", ("what", *people, "the largest against the smallest"))
        found = []
        for size in sizes:
            url = await new("growing") if kind == "PostgreSQL" else f"sqlite:///{folder}/growing{size}.db"
            await province.seed(url, size, past)
            found.append(
                await measure(url, time.process_time if kind == "SQLite" else lambda: time.process_time() + server())
            )
        for what in found[0]:
            values = [one[what] for one in found]
            table.add(what, *(f"{v:.3f}" for v in values), f"{values[-1] / values[0]:.2f} ×")
        tables.append(table)
    return tables


async def clock(new: New, folder: Path, classes: int) -> list[Table]:
    """Reminders for all classes fall due in the same minute."""
    table = Table(
        f"Reminders for {classes} classes ({classes * PER_CLASS:,} people) in the same minute",
        ("database", "written after", "ticks", "the longest tick", "ms a message"),
    )
    for kind in ("SQLite", "PostgreSQL"):
        url = await new("ticking") if kind == "PostgreSQL" else f"sqlite:///{folder}/ticking.db"
        await province.seed(url, classes)
        store = await open_store(url)
        at = await store.work(lambda tx: tx.one(int, "select min(at) from due where kind = :k", {"k": REMINDER}))
        await store.work(lambda tx: tx.do("update due set state = 'idle' where kind <> :k", {"k": REMINDER}))
        await store.work(lambda tx: tx.do("update due set state = 'new' where kind = :k", {"k": REMINDER}))
        still = Still()
        still.follow(NOW + timedelta(milliseconds=at + 1000 - NOW.timestamp() * 1000), time.time(), 0)
        took, taken = [], 1
        while taken:
            begun = time.perf_counter()
            taken = await store.work(lambda tx, still=still: tick(tx, still.now()))  # type: ignore[misc]
            took.append(time.perf_counter() - begun)
        posted = await store.work(lambda tx: tx.one(int, "select count(*) from outbox"))
        await store.close()
        table.add(kind, f"{sum(took):.1f} s", str(len(took) - 1), f"{max(took):.2f} s",
                  f"{sum(took) / max(1, posted) * 1000:.2f}")  # fmt: skip
    return [table]
