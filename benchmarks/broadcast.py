"""One message to everybody, as fast as Telegram lets a bot."""

from __future__ import annotations

from pathlib import Path

from actions.post import post
from benchmarks.contest import OURS, Contestant, Hall
from benchmarks.report import Table
from benchmarks.school import NOW
from chat.messages import Message, say
from storage import cohorts, members
from storage.door import open_store
from storage.tx import Tx


async def announce(database: Path, count: int) -> None:
    """Put one message to each trainee into the outbox of a program that does not run yet."""

    async def work(tx: Tx) -> None:
        (cohort,) = await cohorts.all(tx)
        people = [p for p in await members.addressees(tx, cohort.id, NOW) if p.seat_no]
        for person in people[:count]:
            message = Message(say("clock-eve-bring"))
            await post(tx, person.reader, message, NOW, once=f"bench:{person.member_id}")

    store = await open_store(f"sqlite:///{database}")
    await store.work(work)
    await store.close()


async def to_all(hall: Hall) -> Table:
    """Our own limit as it is set when nothing is said, and Telegram's."""
    count = hall.options.size(600, 120)
    table = Table(
        f"A broadcast to {count} people, the simulator's flood limits on",
        ("our limit", "seconds", "the limit's own time", "ratio", "429", "reached", "wanted"),
    )
    await hall.arena.limits(True)
    for per_second in (28, 30):
        one = await hall.contestant(OURS, count, per_second=per_second)
        await announce(one.database, count)
        seconds, floods, reached = await _timed(hall, one, count)
        own = (count - 1) / per_second
        table.add(
            f"{per_second}/s", f"{seconds:.2f}", f"{own:.2f}", f"{seconds / own:.3f} ×", str(floods),
            f"{reached} of {count}", "≤ 1.03 ×, no 429",
        )  # fmt: skip
    await hall.arena.limits(False)
    table.notes.append(
        "28/s is the default; the simulator refuses more than 30/s (burst of 30) and more than 1/s a chat."
    )
    return table


async def _timed(hall: Hall, one: Contestant, count: int) -> tuple[float, int, int]:
    """Seconds from the first message to the last, refusals, people reached."""
    people = (await hall.arena.crowd(one.bot, count))[:count]
    await hall.arena.fresh_calls()
    one.program.start()
    try:
        calls = await hall.arena.answers(one.bot, people, 20)
    finally:
        one.program.stop()
    sent = [c for c in calls if c.status == 200 and c.chat_id in people]
    floods = sum(c.status == 429 for c in calls)
    return sent[-1].at - sent[0].at if sent else 0.0, floods, len({c.chat_id for c in sent})
