"""The virtual days of a soak: scene after scene, troubles at random moments, the count at the end of each day."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from tests.soak.checks import quiet, without_a_copy, wrong
from tests.soak.faults import Troubles
from tests.soak.people import Class
from tests.soak.world import MONDAY, World

SPEED = 20.0
"""Seconds of the class for each real one."""
PAGE = 4096
GROWS = 0.05
"""More than so much a program may not grow on calm days, after the first of them."""


class Plan(Struct, frozen=True, kw_only=True):
    """How long a soak is: so many days with troubles and then without; the people of a scene begin within so many real
    seconds, and so many troubles come meanwhile."""

    scene: float = 20.0
    troubles: int = 8
    rough: int = 10
    calm: int = 6
    actors: int = 16
    seed: int = 1
    long: bool = True


class Day(Struct, frozen=True):
    """The end of a day: memory in MB and open tasks of each program, and what was wrong."""

    number: int
    rough: bool
    megabytes: tuple[float, ...]
    tasks: tuple[int, ...]
    wrong: tuple[str, ...]


class Soak:
    """One run."""

    def __init__(self, world: World, plan: Plan, tell: Callable[[str], None] = print) -> None:
        self.world, self.plan, self.tell = world, plan, tell
        self.people = Class(world, plan.seed, plan.actors)
        self.troubles = Troubles(world, plan.seed, plan.long)
        self.days: list[Day] = []

    async def run(self) -> None:
        for number in range(self.plan.rough + self.plan.calm):
            await self.day(number, number < self.plan.rough)

    # ---- a day ------------------------------------------------------------------------------------------------

    async def day(self, number: int, rough: bool) -> None:
        """Morning, noon, evening of one of five days, and the night after it."""
        begin = MONDAY + timedelta(weeks=number // 5, days=number % 5)
        if number % 5 == 0:
            self._set(begin + timedelta(hours=7))
            await self.world.new_class()
            if number == 0:
                await asyncio.gather(*(program.start() for program in self.world.programs))
        await self._morning(begin, number % 5, rough)
        await self._noon(begin, number % 5, rough)
        await self._evening(begin, number % 5, rough)
        for hours, minutes in ((22, 40), (28, 5)):
            self._set(begin + timedelta(hours=hours, minutes=minutes))
            await asyncio.sleep(2)
        await self.count(number, rough)

    async def _morning(self, begin: datetime, day: int, rough: bool) -> None:
        """The first list of the day; on the day of visits, when leaders call the roll, a question instead."""
        people = self.people
        if day == 2:
            deeds = [people.ask(ref) for ref in people.actors]
        else:
            deeds = [people.check_in(ref) for ref in people.actors]
        hours, minutes = {0: (8, 52), 2: (10, 41)}.get(day, (8, 32))
        await self.scene(begin + timedelta(hours=hours, minutes=minutes), rough, deeds)

    async def _noon(self, begin: datetime, day: int, rough: bool) -> None:
        """A notice; leave for some (not on the last day, when everybody goes home), questions of others."""
        people, half = self.people, len(self.people.actors) // 2
        leaves = [people.go_out(ref) for ref in people.actors[:half]] if day < 4 else []
        asks = [people.ask(ref) for ref in people.actors[half:]]
        await self.scene(begin + timedelta(hours=12, minutes=25), rough, [people.notice(), *leaves, *asks])

    async def _evening(self, begin: datetime, day: int, rough: bool) -> None:
        """Logs, talk, search; the teacher reads. On the last day logs are due before the closing ceremony."""
        befell = self.troubles.befell
        shuffles = befell.get("shuffled", 0)

        def in_order() -> bool:
            return befell.get("shuffled", 0) == shuffles

        people = self.people
        at = timedelta(hours=14, minutes=40) if day == 4 else timedelta(hours=20, minutes=35)
        deeds = [people.evening(ref, in_order) for ref in people.actors]
        await self.scene(begin + at, rough, [people.teaches(), *deeds])

    def _set(self, at: datetime) -> None:
        self.world.sim.clock.set(at)
        self.world.sim.clock.run(SPEED)

    async def scene(self, at: datetime, rough: bool, deeds: Iterable[Awaitable[None]]) -> None:
        """People do these things, spread over the scene, while troubles come."""
        self.world.sim.clock.run(1)  # taps of before are worked first: Telegram keeps them for 150 s of the class's
        await quiet(self.world)
        self._set(at)
        acting = [asyncio.create_task(self._later(deed)) for deed in deeds]
        for _ in range(self.plan.troubles if rough else 0):
            await asyncio.sleep(self.troubles.dice.uniform(0.3, 2.0))
            await self.troubles.one()
        for done in await asyncio.gather(*acting, return_exceptions=True):
            if isinstance(done, BaseException):
                raise done
        self.world.sim.faults.list.clear()

    async def _later(self, deed: Awaitable[None]) -> None:
        await asyncio.sleep(self.people.dice.uniform(0, self.plan.scene * 0.7))
        await deed

    async def count(self, number: int, rough: bool) -> None:
        """The day is over: what is wrong, and how large the programs are."""
        self.world.sim.clock.run(1)
        found = await wrong(self.people, timedelta(seconds=SPEED * 4))
        found += await without_a_copy(self.people)
        self.people.told.unanswered.clear()
        self.people.told.disordered.clear()
        self.people.told.plain.clear()  # a telephone shows so many messages only
        numbers = [await self.world.numbers(program) for program in self.world.programs]
        tasks = tuple(int(n["tongxue_open_tasks"]) for n in numbers)
        sizes = tuple(megabytes(program.pid) for program in self.world.programs)
        self.days.append(Day(number, rough, sizes, tasks, tuple(found)))
        last = self.days[-1]
        shown = ", ".join(f"{mb:.1f} MB, {n} tasks" for mb, n in zip(last.megabytes, last.tasks, strict=True))
        self.tell(f"day {number + 1} ({'rough' if rough else 'calm'}): {shown}; {len(found)} wrong")
        for words in found:
            self.tell(f"  {words}")

    # ---- the end ----------------------------------------------------------------------------------------------

    def faults_found(self) -> list[str]:
        """All that was wrong on any day, memory that grew and tasks that stayed."""
        found = [f"day {day.number + 1}: {words}" for day in self.days for words in day.wrong]
        calm = [day for day in self.days if not day.rough][1:]
        for place in range(len(self.world.programs)) if len(calm) > 2 else ():
            grew = calm[-1].megabytes[place] / calm[0].megabytes[place] - 1
            if grew > GROWS:
                found.append(f"program {place + 1} grew by {grew:.1%} in {len(calm)} calm days")
            if calm[-1].tasks[place] > calm[0].tasks[place]:
                found.append(f"program {place + 1} has {calm[-1].tasks[place] - calm[0].tasks[place]} tasks more")
        return found

    def report(self, seconds: float) -> str:
        """The whole run on a few lines."""
        acts, befell = self.people.told.acts, self.troubles.befell
        sizes = self.days[-1].megabytes
        calm = [day.megabytes for day in self.days if not day.rough]
        lines = [
            f"{len(self.days)} days in {seconds / 60:.1f} min on {self.world.database.kind}, {len(sizes)} program(s)",
            f"{acts.total()} deeds: " + ", ".join(f"{n} {name}" for name, n in acts.most_common()),
            f"{sum(befell.values())} troubles: " + ", ".join(f"{n} {name}" for name, n in sorted(befell.items())),
            f"memory on calm days (MB): {[tuple(round(mb, 1) for mb in day) for day in calm]}",
            f"wrong: {self.faults_found() or 'nothing'}",
        ]
        return "\n".join(lines)


def megabytes(pid: int) -> float:
    """The resident memory of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6
