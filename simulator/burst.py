"""A crowd that writes all at once, for benchmarks."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from simulator import people
from simulator.model import Account, Json, Person

if TYPE_CHECKING:
    from simulator.core import Telegram


async def burst(sim: Telegram, bot: Account, wish: Json) -> Json:
    """Let `people` persons say `text` `messages` times together, `rate` a second (0: as fast as it goes)."""
    count, crowd = int(wish.get("messages", 100)), int(wish.get("people", 10))
    rate, text = float(wish.get("rate", 0)), str(wish.get("text", "签到 {n}"))
    persons = gather(sim, bot, max(1, crowd))
    begun = time.monotonic()
    for n in range(count):
        people.say(sim, persons[n % len(persons)], bot.id, text.replace("{n}", str(n)))
        ahead = n / rate - (time.monotonic() - begun) if rate else 0.0
        if ahead > 0 or n % 50 == 49:
            await asyncio.sleep(max(0.0, ahead))
    seconds = round(time.monotonic() - begun, 3)
    return {"messages": count, "people": [person.id for person in persons], "seconds": seconds}


def gather(sim: Telegram, bot: Account, crowd: int) -> list[Person]:
    """The crowd: people named for it, all of whom pressed Start long ago; made once, used again."""
    known = [person for person in sim.world.people.values() if person.note == "burst"]
    for n in range(len(known), crowd):
        known.append(sim.add_person(f"Crowd {n + 1}", note="burst", shown=False))
    for person in known[:crowd]:
        sim.dialog(bot, person).started = True
    return known[:crowd]
