"""Messages kept in sight at the top of a conversation, by bots and by people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.changes import there
from simulator.delivery import deliver
from simulator.model import Dialog, Json, Message, Person, user_card
from simulator.places import allowed
from simulator.refusal import NotPossible
from simulator.shown import shown
from simulator.telling import show

if TYPE_CHECKING:
    from simulator.core import Telegram

SHOWN_MOST = 20


def set_pin(sim: Telegram, dialog: Dialog, message: Message, pinned: bool) -> None:
    """Pin or let go, and show it; it makes nothing new to read."""
    message.pinned = pinned
    sim.changes += 1
    show(sim, dialog, message, "edit")


def told(message: Message) -> Json:
    """What the line "… pinned a message" carries."""
    return {"pinned_message": {name: value for name, value in message.body.items() if name != "reply_to_message"}}


def pin(sim: Telegram, person: Person, chat: int | None, message_id: int, on: bool) -> Message:
    """Somebody pins a message or takes it down; in a supergroup they must run it."""
    dialog, message = there(sim, person, chat, message_id)
    if not dialog.bot:
        group = sim.world.groups[dialog.chat]
        if group.kind == "supergroup" and not allowed(group.members.get(person.id), "can_pin_messages"):
            raise NotPossible("only those who run the group may pin")
    if message.pinned != on:
        set_pin(sim, dialog, message, on)
        if on:
            line = sim.add_message(dialog, person.id, user_card(person), told(message))
            show(sim, dialog, line)
            deliver(sim, dialog, line, "message")
    return message


def pinned_in(sim: Telegram, dialog: Dialog) -> list[Json]:
    """The pinned messages of a conversation, newest first."""
    found = [message for message in dialog.newest_first() if message.pinned]
    return [shown(sim, dialog, message) for message in found[:SHOWN_MOST]]
