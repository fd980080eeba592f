"""The ticker: wakes us every few seconds, and once a night for the rest. What is due is a question to the database."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.base import STATE_PAUSED

from actions import clock as deeds
from actions import erasure, notice_clock, rolls, search_asks
from bot.clock import Bell, Clock
from storage import accounts, cards, desk_sessions, documents, errands, files, inbox, outages, outbox, pace, talks
from storage.tx import Store, Tx

log = logging.getLogger("tongxue.scheduler")

EVERY = 1.0
KEEP_INBOX = timedelta(days=5)
KEEP_DEAD = timedelta(days=30)
KEEP_CARDS = timedelta(days=60)
TICKING, ERASING = 7073, 7076
"""Advisory locks of PostgreSQL."""


class Ticker:
    """APScheduler only wakes us; missing a wake-up costs nothing, since the next one asks the same question."""

    def __init__(self, store: Store, clock: Clock, bell: Bell, every: float = EVERY) -> None:
        self.store, self.clock, self.bell = store, clock, bell
        self.scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._at_work = asyncio.Lock()
        self._failed = ""
        """What the last tick failed of: said once, however long the database is away."""
        self._add(self.tick, every)
        self._add(self.prune, 3600)

    def _add(self, job: Callable[[], Awaitable[None]], seconds: float) -> None:
        self.scheduler.add_job(job, "interval", seconds=seconds)

    def start(self) -> None:
        self.scheduler.start()

    async def stop(self) -> None:
        """No wake-up any more; a tick at hand is finished, for APScheduler would cancel it."""
        if not self.scheduler.running:
            return
        self.scheduler.pause()
        async with self._at_work:
            await asyncio.sleep(0)
            self.scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Do what is due; paint the live cards that are behind. While one tick is at work another has nothing to do."""
        if self._at_work.locked():
            return
        try:
            async with self._at_work:
                more = True
                while more and self.scheduler.state != STATE_PAUSED:
                    news, more = await self.store.work(self._tick)
                    if news:
                        self.bell.ring()
            self._failed = ""
        except Exception as lost:  # the head of this loop: the next tick asks again
            if type(lost).__name__ != self._failed:
                log.exception("a tick failed")
            self._failed = type(lost).__name__

    async def _tick(self, tx: Tx) -> tuple[bool, bool]:
        """One portion of what is due: whether there are words to be sent, and whether there may be more to do."""
        now = self.clock.now()
        if not await one_at_a_time(tx):
            return False, False
        await outages.beat(tx, "tick", now)
        taken = await deeds.tick(tx, now)
        await rolls.stir_codes(tx, now)
        every = timedelta(0) if self.clock.is_led else rolls.PAINT_EVERY
        told = await notice_clock.follow(tx, now, every)
        painted = await rolls.paint_stirred(tx, now, every)
        return painted or told or bool(taken), taken >= deeds.AT_ONCE

    async def prune(self) -> None:
        """Forget what nobody needs any more."""
        now = self.clock.now()

        async def work(tx: Tx) -> None:
            await inbox.prune(tx, now - KEEP_INBOX)
            await inbox.prune_dead(tx, now - KEEP_DEAD)
            await outbox.prune(tx, now)
            await cards.prune(tx, now - KEEP_CARDS)
            await talks.prune(tx, now - timedelta(days=1))
            await errands.prune(tx, now - timedelta(days=1))
            await files.prune(tx, now)
            await documents.prune(tx, now - timedelta(days=7))
            await accounts.prune_attempts(tx, now - timedelta(days=1))
            await search_asks.tidy(tx, now)
            await desk_sessions.prune(tx, now, now - timedelta(days=1))
            await pace.prune(tx, round((now - timedelta(hours=1)).timestamp() * 1000))

        await self.store.work(work)
        if not self.clock.is_moved:  # hands that somebody turns would erase a class before its time
            await self.store.work(lambda tx: self._erase(tx))

    async def _erase(self, tx: Tx) -> None:
        """Personal data whose time is over go in the first hours of the day (XC-07)."""
        if await one_at_a_time(tx, ERASING):
            for key in await erasure.nightly(tx, self.clock.now()):
                log.info("the personal data of class %s are erased", key)
                self.bell.ring()


async def one_at_a_time(tx: Tx, what: int = TICKING) -> bool:
    """On PostgreSQL one process does such a thing at a time."""
    return not tx.postgres or await tx.one(bool, "select pg_try_advisory_xact_lock(:what)", {"what": what})


async def ticking(tx: Tx) -> None:
    """Until this transaction ends nobody ticks: what is planned anew is not carried out meanwhile."""
    if tx.postgres:
        await tx.do("select pg_advisory_xact_lock(:what)", {"what": TICKING})
