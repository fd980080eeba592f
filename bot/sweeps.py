"""What the program does for the shelves: tries a place that was away until it is back, and once a night drops what no
row names, left by a kill between writing and commit, or by data that were erased (ADR 39)."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta

from actions import watch
from actions.logs import FILE_LIMIT
from bot.clock import Bell, Clock
from bot.contents import Contents
from rules import backups as rules
from storage import media, outages
from storage.shelf import KEY, Away, Shelf
from storage.tx import Store, Tx

log = logging.getLogger("tongxue.sweeps")

EVERY = 30.0
AT = time(4, 30)
OLD = timedelta(days=1)
"""Younger ones may be on their way into a row. By the shelf's clock, which may go wrong by hours."""
TOLD = "sweep"


class Sweeper:
    """One loop beside the others."""

    def __init__(self, store: Store, clock: Clock, contents: Contents, *bells: Bell) -> None:
        self.store, self.clock, self.contents, self.bells = store, clock, contents, bells
        self.bell, self._suspected = Bell(), True

    async def run(self) -> None:
        """Go on for ever; at the start the place is tried once, so that a wrong setting is heard of early."""
        await self.look()
        while self.contents.at is not None:
            await self.bell.wait(EVERY)
            await self.look()
            await self.sweep_tonight()

    def suspect(self, place: str) -> None:
        """A content could not be read: look whether its shelf is away."""
        if place.partition(":")[0] == self.contents.kind:
            self._suspected = True
            self.bell.ring()

    async def look(self) -> None:
        """Try the place while it is away: told once when it begins, and once when it is over."""
        stands = await self.store.work(lambda tx: outages.has_trouble(tx, watch.MEDIA))
        if not stands and not self._suspected:
            return
        self._suspected = False
        try:
            if self.contents.at is not None:  # it is back when it takes the largest: one that is full takes small ones
                await self.contents.try_out(self.contents.at, FILE_LIMIT if stands else 16)
        except Away as lost:
            await self._away(lost)
        else:
            if await self.store.work(lambda tx: watch.end(tx, watch.MEDIA, self.clock.now())):
                log.info("the place of contents is back")
                self._ring()

    async def _away(self, lost: Away) -> None:
        if await self.store.work(lambda tx: watch.begin(tx, watch.MEDIA, self.clock.now())):
            log.error("the place of contents is away: %s", lost)
            self._ring()

    def _ring(self) -> None:
        for bell in self.bells:
            bell.ring()

    async def sweep_tonight(self) -> None:
        """Once a night, by one of the programs; a night that fails is made up for by the next one."""
        now = self.clock.now()
        due = rules.night(now, AT)
        if not await self.store.work(lambda tx: outages.take_turn(tx, TOLD, now, due)):
            return
        for shelf in self.contents.known:
            try:
                dropped = await sweep(self.store, self.contents, shelf, self.clock.real())
            except Away as lost:
                await self._away(lost)
            else:
                log.info("%s swept: %s dropped", shelf.kind, dropped)


async def sweep(store: Store, contents: Contents, shelf: Shelf, now: datetime) -> int:
    """Drop what no row names and is a day old; what is not of our making stays. Gives how many. `now` is real time.

    A name is used once, so what no row names a day later no row will name: nothing is dropped that is being written.
    """
    await contents.claim(shelf)
    rows: dict[int, set[str]] = {}
    dropped = 0
    async for portion in contents.standing_on(shelf):
        old = {one.key: int(found[1]) for one in portion
               if (found := KEY.fullmatch(one.key)) and now - one.modified > OLD}  # fmt: skip
        for cohort_id in set(old.values()) - rows.keys():
            rows[cohort_id] = await store.work(_named(cohort_id))
        gone = [f"{shelf.kind}:{key}" for key, id in old.items() if f"{shelf.kind}:{key}" not in rows[id]]
        await contents.remove(gone)
        dropped += len(gone)
    return dropped


def _named(cohort_id: int) -> Callable[[Tx], Awaitable[set[str]]]:
    async def look(tx: Tx) -> set[str]:
        return await media.places_of(tx, cohort_id)

    return look
