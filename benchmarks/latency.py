"""How long a person waits: words come at a steady rate, whether the program keeps up or not (open loop)."""

from __future__ import annotations

from statistics import median

from benchmarks.arena import Burst, Call
from benchmarks.contest import AIOGRAM, OURS, RAW, Hall
from benchmarks.report import Table, sync_times
from benchmarks.school import WORD


def waits(burst: Burst, answers: list[Call], rate: float) -> list[float]:
    """Milliseconds from the moment at which each person was to speak until the simulator had the answer, sorted."""
    spoke = {person: burst.begun + max(0, n - 1) / rate for n, person in enumerate(burst.people)}
    first: dict[int, float] = {}
    for call in answers:
        if isinstance(call.chat_id, int) and call.status == 200:
            first.setdefault(call.chat_id, call.at)
    return sorted((first[p] - at) * 1000 for p, at in spoke.items() if p in first)


def share(sorted_waits: list[float], part: float) -> float:
    """The wait that this part of the people did not exceed."""
    return sorted_waits[min(len(sorted_waits) - 1, int(len(sorted_waits) * part))] if sorted_waits else float("nan")


async def waits_of(hall: Hall, name: str, count: int, rate: float) -> list[float]:
    """Start a program, let `count` people speak once at this rate, and give their waits."""
    one = await hall.contestant(name, count)
    try:
        await hall.warm_up(one)
        burst = await hall.arena.burst(one.bot, count, count, WORD, rate)
        return waits(burst, await hall.arena.answers(one.bot, burst.people, 20), rate)
    finally:
        one.program.stop()


async def steady(hall: Hall) -> Table:
    """200 updates a second."""
    rate, seconds = 200, hall.options.size(15, 5)
    count = rate * seconds
    table = Table(
        f"Waiting for an answer at {rate} updates a second, open loop, {seconds} s (ms)",
        ("program", "p50", "p99", "longest", "p50 beyond raw", "p99 beyond raw", "answered"),
    )
    names = (RAW, OURS, AIOGRAM)
    before = sync_times(hall.options.folder)
    found: dict[str, list[list[float]]] = {name: [] for name in names}
    for _ in range(hall.options.size(hall.options.rounds, 1)):
        for name in names:
            found[name].append(await waits_of(hall, name, count, rate))
    raw = [median(share(w, part) for w in found[RAW]) for part in (0.5, 0.99)]
    for name in names:
        own = [median(share(w, part) for w in found[name]) for part in (0.5, 0.99)]
        beyond = [f"{mine - theirs:+.1f}" for mine, theirs in zip(own, raw, strict=True)]
        table.add(
            name, f"{own[0]:.1f}", f"{own[1]:.1f}", f"{max(w[-1] for w in found[name] if w):.1f}",
            *(beyond if name != RAW else ("", "")), f"{min(map(len, found[name]))} of {count}",
        )  # fmt: skip
    table.notes.append("Medians of the rounds; each round lets every program have its turn.")
    table.notes.append(f"One fsync took {before} when this began, and {sync_times(hall.options.folder)} at its end.")
    table.notes.append("Wanted of ours: p50 at most 5 ms and p99 at most 30 ms beyond the raw echo.")
    return table


async def rush(hall: Hall) -> Table:
    """5,000 check-ins within ten seconds."""
    count, seconds = hall.options.size(5000, 1500), hall.options.size(10, 3)
    w = await waits_of(hall, OURS, count, count / seconds)
    table = Table(f"A rush: {count} check-ins within {seconds} s (ms)", ("p50", "p99", "longest", "answered", "wanted"))
    table.add(
        f"{share(w, 0.5):.0f}", f"{share(w, 0.99):.0f}", f"{w[-1] if w else 0:.0f}", f"{len(w)} of {count}",
        "all answered, p99 ≤ 1,000",
    )  # fmt: skip
    return table
