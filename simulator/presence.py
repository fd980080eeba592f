"""A phone's network: off, it keeps what is said on it; on again, it sends that and shows what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.model import Person
from simulator.people import place, post

if TYPE_CHECKING:
    from simulator.core import Telegram


def go_offline(sim: Telegram, person: Person) -> None:
    """Take the phone off the network: it keeps showing what it has."""
    if person.offline:
        return
    person.offline = True
    person.seen = {}
    for bot in sim.world.bots.values():
        dialog = bot.dialogs.get(person.id)
        if dialog is not None and dialog.ids:
            person.seen[str(bot.id)] = dialog.ids[-1]
    for group in sim.world.groups.values():
        if group.dialog.ids:
            person.seen[str(group.id)] = group.dialog.ids[-1]
    sim.tell_people()


def come_online(sim: Telegram, person: Person) -> None:
    """Put the phone on the network again: what waited on it is sent."""
    if not person.offline:
        return
    person.offline = False
    waiting, person.waiting = person.waiting, []
    for one in waiting:
        dialog = place(sim, person, one["place"])
        if str(one["content"].get("text", "")).startswith("/start"):
            dialog.started = True
        if not dialog.blocked:
            post(sim, person, dialog, one["content"], one["reply_to"])
    sim.tell_people()
    sim.feed.stir()
