"""What befalls the bot in a soak: each trouble begins, lasts a moment and is over."""

from __future__ import annotations

import asyncio
import contextlib
import random
import resource
import sqlite3
from collections.abc import Awaitable, Callable

from tests.soak.world import Database, World
from tests.stories.program import Program

LOCKED = 11.0
"""Longer than a statement waits for the file (busy_timeout)."""
TEAR = b"[telegram\ntoken = "


class Troubles:
    """A deck of troubles, drawn card by card and shuffled anew, so that each comes as often as the others."""

    def __init__(self, world: World, seed: int, long: bool) -> None:
        """`long`: also those that last ten seconds."""
        self.world, self.dice = world, random.Random(seed)
        self.befell: dict[str, int] = {}
        self._deck: list[Callable[[], Awaitable[None]]] = []
        self._all = self._kinds(long)

    def _kinds(self, long: bool) -> list[Callable[[], Awaitable[None]]]:
        """kill -9 is in the deck three times."""
        kinds = [
            self.killed, self.killed, self.killed, self.ended, self.refused, self.flooded, self.hanging, self.lost,
            self.cut_off, self.doubled, self.shuffled, self.poisoned, self.clock_jumps, self.broken_config,
        ]  # fmt: skip
        if self.world.database.kind == "postgres":
            return [*kinds, self.server_crashes]
        return [*kinds, self.disk_full, self.second_program, *([self.file_locked] if long else [])]

    async def one(self) -> None:
        """The next trouble, from its beginning to its end."""
        if not self._deck:
            self._deck = self.dice.sample(self._all, len(self._all))
        trouble = self._deck.pop()
        name = trouble.__name__
        self.befell[name] = self.befell.get(name, 0) + 1
        await trouble()

    def _some(self) -> Program:
        return self.dice.choice(self.world.programs)

    # ---- the program ----------------------------------------------------------------------------------------

    async def killed(self) -> None:
        program = self._some()
        await program.kill()
        await asyncio.sleep(self.dice.uniform(0, 1))
        await program.start()

    async def ended(self) -> None:
        program = self._some()
        await program.stop()
        await program.start()

    async def broken_config(self) -> None:
        """A restart with a torn configuration: one sentence, and nothing is touched."""
        program = self._some()
        good = program.config.read_bytes()
        await program.stop()
        program.config.write_bytes(TEAR)
        try:
            await program.launch()
            assert program.process is not None
            assert await asyncio.wait_for(program.process.wait(), 20) == 2, "it does not run without a configuration"
            assert "Traceback" not in program.log()[-300:], program.log()[-300:]
        finally:
            program.config.write_bytes(good)
        await program.start()

    async def second_program(self) -> None:
        """Somebody starts the bot a second time on the same file."""
        first = self.world.programs[0]
        place = first.folder / f"second{len(list(first.folder.glob('second*')))}"
        place.mkdir()
        other = Program.beside(first, place)
        await other.launch()
        await asyncio.sleep(self.dice.uniform(1, 3))
        await other.kill()

    # ---- Telegram ---------------------------------------------------------------------------------------------

    async def refused(self) -> None:
        for kind in ("500", "502", "504"):
            self.world.sim.fault("", kind, times=self.dice.randint(1, 4))
            self.world.sim.fault("getUpdates", kind)

    async def flooded(self) -> None:
        """A storm of 429: for some calls, then for the whole bot."""
        self.world.sim.fault("sendMessage", "429", times=self.dice.randint(3, 8), retry_after=1)
        self.world.sim.fault("", "429", times=3, retry_after=1)

    async def hanging(self) -> None:
        """Calls that are taken and never answered."""
        self.world.sim.fault("sendMessage", "accept_stall", times=2)
        self.world.sim.fault("", "slow", times=3, seconds=2.0)

    async def lost(self) -> None:
        """Taken, and the line broke before the answer."""
        self.world.sim.fault("sendMessage", "accept_close", times=self.dice.randint(1, 3))
        self.world.sim.fault("getUpdates", "accept_close")

    async def cut_off(self) -> None:
        self.world.sim.fault("", "close", times=self.dice.randint(1, 5))

    async def doubled(self) -> None:
        self.world.sim.fault("", "duplicate", times=self.dice.randint(2, 6))

    async def shuffled(self) -> None:
        self.world.sim.fault("", "reorder", times=3)

    async def poisoned(self) -> None:
        self.world.sim.fault("", "poison", times=2)

    async def clock_jumps(self) -> None:
        """Hands that somebody puts right: a little forward, a little back."""
        self.world.sim.clock.advance(self.dice.choice((-40, -15, 25, 70)))

    # ---- the database -----------------------------------------------------------------------------------------

    async def server_crashes(self) -> None:
        await asyncio.to_thread(self.world.database.crash)
        await asyncio.sleep(self.dice.uniform(1, 4))
        await asyncio.to_thread(self.world.database.come_back)

    async def disk_full(self) -> None:
        """Nothing more can be written: the system refuses to let any file of the program grow, or change."""
        process = self.world.programs[0].process
        assert process is not None
        _, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, most))
        await asyncio.sleep(self.dice.uniform(1, 4))
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, most))

    async def file_locked(self) -> None:
        """Somebody else holds the file for longer than one waits."""
        await asyncio.to_thread(_hold, self.world.database)


def _hold(database: Database) -> None:
    import time

    link = sqlite3.connect(database.path, timeout=30, isolation_level=None)
    link.execute("begin immediate")
    time.sleep(LOCKED)
    link.execute("rollback")
    link.close()
