"""The state file: everything but the journal, so that a demo goes on after a restart."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from simulator.clock import Mark
from simulator.model import Json, World
from simulator.queues import Update

if TYPE_CHECKING:
    from simulator.core import Telegram


class SavedQueue(msgspec.Struct):
    """What a bot had not fetched yet, and how it wanted it."""

    waiting: list[Update]
    allowed: list[str]
    last_id: int
    url: str = ""
    secret: str = ""
    most: int = 40


class Saved(msgspec.Struct):
    """The whole file."""

    world: World
    at: float
    speed: float
    marks: list[Mark]
    queues: dict[int, SavedQueue]
    callbacks: dict[str, Json]


def save(sim: Telegram, path: Path) -> None:
    """Write everything to a new file and put it in the old one's place."""
    queues = {
        number: SavedQueue(
            sim.hooks[number].all_waiting(), sorted(queue.allowed), queue.last_id,
            sim.hooks[number].url, sim.hooks[number].secret, sim.hooks[number].most,
        )
        for number, queue in sim.queues.items()
    }  # fmt: skip
    face = sim.clock.face()
    saved = Saved(sim.world, sim.clock.now(), face.speed, sim.clock.marks, queues, sim.callbacks)
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(msgspec.json.encode(saved))
    os.replace(fresh, path)


def load(sim: Telegram, path: Path) -> None:
    """Go on from a state file, if there is one; the clock goes on where it stood."""
    sim.files.folder = path.with_name(path.name + ".files")
    if not path.exists():
        return
    saved = msgspec.json.decode(path.read_bytes(), type=Saved)
    sim.world = sim.files.world = saved.world
    sim.callbacks = saved.callbacks
    sim.clock.marks = saved.marks
    sim.clock.restore(saved.at, saved.speed)
    for account in sim.world.bots.values():
        sim.know(account)
        restore_queue(sim, account.id, saved.queues[account.id])
    join_cards(sim)


def restore_queue(sim: Telegram, number: int, saved: SavedQueue) -> None:
    """Put back what a bot had not fetched, and its webhook."""
    queue, hook = sim.queues[number], sim.hooks[number]
    queue.waiting.extend(saved.waiting)
    queue.last_id = saved.last_id
    queue.allowed = frozenset(saved.allowed)
    hook.resume = (saved.url, saved.secret, saved.most) if saved.url else None


def join_cards(sim: Telegram) -> None:
    """Let the messages of a conversation share their chat again, as they did before they were saved."""
    dialogs = [dialog for bot in sim.world.bots.values() for dialog in bot.dialogs.values()]
    for dialog in [*dialogs, *(group.dialog for group in sim.world.groups.values())]:
        for message in dialog.messages.values():
            message.body["chat"] = dialog.card
