"""Check-in turns for each CPU-second of the bot's process, beside bots that do far less."""

from __future__ import annotations

import asyncio

from msgspec import Struct

from benchmarks.contest import AIOGRAM, OURS, PTB, RAW, Contestant, Hall
from benchmarks.report import Table
from benchmarks.school import WORD


class Result(Struct, frozen=True):
    """What came of one program: answers, rows in its database, CPU seconds, seconds, MB."""

    name: str
    asked: int
    answered: int
    rows: int
    cpu: float
    wall: float
    rss: float

    @property
    def per_cpu(self) -> float:
        return self.answered / self.cpu if self.cpu else 0.0


async def one(hall: Hall, name: str, size: int, webhook: bool) -> Result:
    """Let everybody of the class write once, and measure the program that answers."""
    runner = await hall.contestant(name, size, webhook=webhook)
    try:
        await hall.warm_up(runner)
        return await measured(hall, runner, size)
    finally:
        runner.program.stop()


async def measured(hall: Hall, runner: Contestant, size: int) -> Result:
    """CPU from the first word to the last answer, and half a second more for what is written down after it."""
    await asyncio.sleep(0.5)
    rows, cpu = runner.rows, runner.program.cpu()
    burst = await hall.arena.burst(runner.bot, size, size, WORD)
    answers = await hall.arena.answers(runner.bot, burst.people, 20)
    await asyncio.sleep(0.5)
    spent, rss = runner.program.cpu() - cpu, runner.program.rss()
    wall = answers[-1].at - burst.begun if answers else 0.0
    said = len({c.chat_id for c in answers if c.status == 200} & set(burst.people))
    return Result(runner.name, size, said, runner.rows - max(0, rows), spent, wall, rss)


def best(results: list[Result]) -> Result:
    """The round that others on the machine disturbed least."""
    return max(results, key=lambda r: (r.answered, r.per_cpu))


async def contest(hall: Hall, webhook: bool) -> Table:
    """Rounds in which all take part, one after the other."""
    size, rounds = hall.options.size(5000, 1500), hall.options.size(hall.options.rounds, 1)
    names = [OURS, AIOGRAM, PTB, RAW]
    if webhook and not _has_tornado():
        names.remove(PTB)
    found: dict[str, list[Result]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            found[name].append(await one(hall, name, size, webhook))
    way = "webhook" if webhook else "polling"
    table = Table(
        f"Check-in turns per CPU-second, by {way} ({size} messages, best of {rounds})",
        ("program", "per CPU-second", "we against it", "wanted", "per second", "answered", "rows kept", "MB"),
    )
    us = best(found[OURS])
    wanted = {AIOGRAM: "1.3 × (aim 2.2)", PTB: "2.5 ×"}
    for name in names:
        r = best(found[name])
        ratio = "" if name == OURS else f"{us.per_cpu / r.per_cpu:.2f} ×" if r.per_cpu else "–"
        table.add(
            name, f"{r.per_cpu:,.0f}", ratio, wanted.get(name, ""), f"{r.answered / r.wall:,.0f}" if r.wall else "–",
            f"{r.answered} of {r.asked}", str(r.rows) if name != RAW else "none", f"{r.rss:.0f}",
        )  # fmt: skip
    if webhook and PTB not in names:
        table.notes.append("PTB's webhook needs its extra (tornado), which is not installed: polling only.")
    if not webhook:
        table.notes.append(
            "Ours keeps the raw update, looks up seat and session, marks, stirs the roll card, answers from the outbox"
            " and survives kill -9; the peers insert one row and answer."
        )
    return table


def _has_tornado() -> bool:
    from importlib.util import find_spec

    return find_spec("tornado") is not None
