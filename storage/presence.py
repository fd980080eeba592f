"""How the programs on one PostgreSQL know of one another: a connection of its own, a lock that dies with it, bells."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from typing import Any

import asyncpg

from storage.outbox import NUMBERED

PRESENT = 7074
"""The advisory lock that every running program shares; a program that dies lets it go at once."""
POLLS = 7076
"""The advisory lock of the one program that takes updates by polling."""
CHANNEL = "tongxue"
BELL_EVERY = 0.02
LOST = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)

log = logging.getLogger("tongxue.presence")


class Presence:
    """One program among those that run on the database; while its connection is lost it has no number."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._link: Any = None
        self._number = 0
        self._hearers: dict[str, Callable[[], None]] = {}
        self._told: set[str] = set()
        self._awake = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None
        self._busy = asyncio.Lock()
        """One statement at a time on the connection."""
        self._polls: Any = None
        """The connection by which this program polls: with it the right to poll is lost."""

    @property
    def number(self) -> int:
        """What this program is known by; 0 while nobody can see whether it lives."""
        return 0 if self._link is None or self._link.is_closed() else self._number

    def hear(self, what: str, ring: Callable[[], None]) -> None:
        """Ring when another program tells of this."""
        self._hearers[what] = ring

    def tell(self, what: str) -> None:
        """Wake the other programs: many calls within a moment are one bell. Who is not there misses nothing, for
        whoever comes looks for itself."""
        self._told.add(what)
        self._awake.set()

    async def polls(self) -> bool:
        """Whether this program is the one that polls; if nobody is, it becomes so. Without a connection nobody can say,
        and whoever polled goes on: what two programs fetched is kept once."""
        if self.number and self._polls is not self._link:
            async with self._busy:
                if await self._link.fetchval("select pg_try_advisory_lock($1::bigint)", POLLS):
                    self._polls = self._link
                else:
                    self._polls = None
        return self._polls is not None

    async def begin(self) -> bool:
        """Be there; whether nobody else was. A program killed just now is given half a second to go."""
        await self._connect()
        alone = False
        for tries_left in range(5, -1, -1):
            if await self._link.fetchval("select pg_try_advisory_lock($1::bigint)", PRESENT):
                alone = True
                break
            if tries_left:
                await asyncio.sleep(0.1)
        await self._link.execute(f"select pg_advisory_lock_shared({PRESENT}::bigint)")
        if alone:
            await self._link.execute(f"select pg_advisory_unlock({PRESENT}::bigint)")
        self._loop = asyncio.create_task(self._run())
        return alone

    async def _connect(self) -> None:
        link = await asyncpg.connect(self._url)
        await link.execute("set synchronous_commit = off")  # a bell that is lost with the server wakes nobody
        number = 0
        while not number or not await link.fetchval("select pg_try_advisory_lock($1, $2)", NUMBERED, number):
            number = random.randrange(1, 2**31)
        await link.add_listener(CHANNEL, self._heard)
        link.add_termination_listener(lambda _: self._awake.set())
        self._link, self._number = link, number

    def _heard(self, link: Any, pid: int, channel: str, payload: str) -> None:
        what, _, by = payload.partition(":")
        ring = self._hearers.get(what)
        if ring is not None and by != str(self._number):
            ring()

    async def _run(self) -> None:
        """Ring what is told; come back when the connection was lost, which is said once."""
        lost_before = False
        while True:
            await self._awake.wait()
            self._awake.clear()
            try:
                if self._link.is_closed():
                    async with self._busy:  # the new connection is there before it is known that this program runs
                        await self._connect()
                        await self._link.execute(f"select pg_advisory_lock_shared({PRESENT}::bigint)")
                    for ring in self._hearers.values():  # what was told meanwhile was not heard
                        ring()
                lost_before = False
                while self._told:
                    async with self._busy:
                        told = f"{self._told.pop()}:{self._number}"
                        await self._link.execute("select pg_notify($1, $2)", CHANNEL, told)
                await asyncio.sleep(BELL_EVERY)
            except LOST as lost:
                if not lost_before:
                    log.warning("the other programs cannot be seen or told: %s", type(lost).__name__)
                lost_before = True
                self._awake.set()
                await asyncio.sleep(1)

    async def end(self) -> None:
        """Be there no more."""
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.wait([self._loop])
        if self._link is not None and not self._link.is_closed():
            await self._link.close()
