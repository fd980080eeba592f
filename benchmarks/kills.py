"""kill -9, again and again: nothing may be lost, nothing done twice."""

from __future__ import annotations

import asyncio
import random
import time
from bisect import bisect
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.arena import Call
from benchmarks.broadcast import announce
from benchmarks.contest import CHECKED_IN, OURS, Contestant, Hall
from benchmarks.report import Table
from benchmarks.school import WORD, count

IN_FLIGHT = 64
DEAD = "select count(*) from inbox where state <> 'done'"
SENT = "select count(*) from outbox where state = 'sent' and once like 'bench:%'"
EVENTS = "select count(*) from mark_event"


@dataclass
class Siege:
    """A program that is killed again and again, and what its people were told."""

    hall: Hall
    one: Contestant
    people: set[int]
    killed_at: list[float] = field(default_factory=list)
    told: dict[int, int] = field(default_factory=dict)
    again: Counter[int] = field(default_factory=Counter)
    """After the n-th kill so many were told what they had been told before."""

    async def kill(self, times: int) -> None:
        """Let it run a moment (it starts within about a second), kill it, start it again."""
        for _ in range(times):
            await asyncio.sleep(random.uniform(1.2, 2.6))
            self.one.program.kill()
            self.killed_at.append(time.time())
            self.one.program.start()

    async def listen(self) -> None:
        """Hear what was said until all is quiet, then end the program."""
        quiet = 0.0
        while quiet < 4:
            await asyncio.sleep(0.5)
            fresh = [c for c in await self.hall.arena.fresh_calls() if self._is_news(c)]
            for call in fresh:
                self._hear(int(call.chat_id or 0), call.at)
            quiet = 0.0 if fresh else quiet + (0.5 if len(self.told) >= len(self.people) else 0.1)
        self.one.program.stop()

    def _is_news(self, call: Call) -> bool:
        mine = call.bot == self.one.bot and call.method == "sendMessage" and call.status == 200
        return mine and call.chat_id in self.people

    def _hear(self, person: int, at: float) -> None:
        if person in self.told:
            self.again[bisect(self.killed_at, at)] += 1
        self.told[person] = self.told.get(person, 0) + 1

    def cells(self) -> tuple[str, ...]:
        """Never told; told twice in all; at most after one kill; updates that were not worked."""
        most = max(self.again.values(), default=0)
        left = count(self.one.database, DEAD)
        return str(len(self.people - set(self.told))), str(self.again.total()), str(most), str(left)


async def storm(hall: Hall) -> Table:
    """Twenty kills among check-ins, twenty among a broadcast."""
    kills, words, people = hall.options.size(20, 5), hall.options.size(4000, 800), hall.options.size(600, 200)
    table = Table(
        f"kill -9, {kills} times",
        ("during", "in the database", "done twice", "never told", "told twice", "most at one kill", "not worked"),
    )
    siege = await _check_ins(hall, kills, words)
    rows, events = count(siege.one.database, CHECKED_IN), count(siege.one.database, EVENTS)
    table.add(f"{words} check-ins", f"{rows} of {words}", str(events - rows), *siege.cells())
    siege = await _broadcast(hall, kills, people)
    table.add(f"a broadcast to {people}", f"{count(siege.one.database, SENT)} sent", "–", *siege.cells())
    table.notes.append(
        f"Wanted: nobody left untold, each check-in once. The Bot API has no key against telling twice: what was in"
        f" flight (at most {IN_FLIGHT}) when the program died is told again."
    )
    return table


async def _check_ins(hall: Hall, kills: int, words: int) -> Siege:
    one = await hall.contestant(OURS, words)
    people = (await hall.arena.crowd(one.bot, words))[:words]
    await hall.warm_up(one)
    siege = Siege(hall, one, set(people))
    speaking = asyncio.create_task(hall.arena.burst(one.bot, words, words, WORD, words / (kills * 2.2)))
    await siege.kill(kills)
    await speaking
    await siege.listen()
    return siege


async def _broadcast(hall: Hall, kills: int, size: int) -> Siege:
    one = await hall.contestant(OURS, size, per_second=28)
    people = (await hall.arena.crowd(one.bot, size))[:size]
    await announce(one.database, size)
    await hall.arena.fresh_calls()
    siege = Siege(hall, one, set(people))
    one.program.start()
    await siege.kill(kills)
    await siege.listen()
    return siege
