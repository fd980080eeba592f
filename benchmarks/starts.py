"""How soon it hears, and how much memory it holds."""

from __future__ import annotations

import asyncio
import statistics
import time

from benchmarks.contest import AIOGRAM, OURS, PTB, Contestant, Hall
from benchmarks.report import Table
from benchmarks.school import WORD


async def start(hall: Hall) -> Table:
    """Seconds to the first getUpdates, and MB with a class of ten thousand."""
    size, tries, words = hall.options.size(10_000, 2000), hall.options.size(5, 2), hall.options.size(2000, 500)
    table = Table(
        f"Start, and memory with {size} people",
        (
            "program",
            "first getUpdates (s, median)",
            "slowest",
            "MB after the start",
            f"MB after {words} messages",
            "wanted",
        ),
    )
    for name in (OURS, AIOGRAM, PTB):
        seconds, before, after = [], 0.0, 0.0
        for turn in range(tries):
            one = await hall.contestant(name, size)
            try:
                seconds.append(await _first_poll(hall, one))
                if turn == tries - 1:
                    before, after = await _memory(hall, one, words)
            finally:
                one.program.stop()
        table.add(
            name, f"{statistics.median(seconds):.2f}", f"{max(seconds):.2f}", f"{before:.0f}", f"{after:.0f}",
            "≤ 1.5 s, ≤ 90 MB" if name == OURS else "",
        )  # fmt: skip
    return table


async def _first_poll(hall: Hall, one: Contestant) -> float:
    """Somebody has written already, so that the first getUpdates is answered (and noted) at once."""
    await hall.arena.burst(one.bot, 1, 1, "帮助")
    await hall.arena.fresh_calls()
    begun = time.time()
    one.program.start()
    while time.time() < begun + 30:
        await asyncio.sleep(0.1)
        for call in await hall.arena.fresh_calls():
            if call.bot == one.bot and call.method.lower() == "getupdates" and call.status == 200:
                return call.at - begun
    raise RuntimeError(f"{one.name} never polled: see {one.program.log}")


async def _memory(hall: Hall, one: Contestant, words: int) -> tuple[float, float]:
    await asyncio.sleep(2)
    before = one.program.rss()
    burst = await hall.arena.burst(one.bot, words, words, WORD)
    await hall.arena.answers(one.bot, burst.people, 20)
    return before, one.program.rss()
