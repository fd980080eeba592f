"""Which bots hear of a message, and telling them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core import LIFE
from simulator.model import Account, Dialog, Group, Json, Message
from simulator.places import is_admin
from simulator.shown import kind_of

if TYPE_CHECKING:
    from simulator.core import Telegram


def deliver(sim: Telegram, dialog: Dialog, message: Message, kind: str) -> None:
    """Let the bots of a conversation know of a message."""
    life = LIFE["message"]
    if dialog.bot:
        sim.update(sim.world.bots[dialog.bot], kind, message.body, dialog.chat, life)
        return
    group = sim.world.groups[dialog.chat]
    for bot in bots_of(sim, dialog):
        if hears(bot, group, message.body):
            sim.update(bot, kind, message.body, dialog.chat, life)


def hears(bot: Account, group: Group, body: Json) -> bool:
    """Whether a bot gets a group's message; in privacy mode only what is meant for it or was written by nobody."""
    if not bot.privacy or is_admin(group.members.get(bot.id)) or is_service(body):
        return True
    if (
        body.get("via_bot", {}).get("id") == bot.id
        or body.get("reply_to_message", {}).get("from", {}).get("id") == bot.id
    ):
        return True
    words: str = body.get("text") or body.get("caption") or ""
    if words.startswith("/"):
        addressed = words.split()[0].partition("@")[2].lower()
        return addressed in ("", bot.username.lower())
    return f"@{bot.username}".lower() in words.lower()


def is_service(body: Json) -> bool:
    """Whether nobody wrote this message."""
    return kind_of(body) == "service"


def bots_of(sim: Telegram, dialog: Dialog) -> list[Account]:
    """The bots in a conversation."""
    if dialog.bot:
        return [sim.world.bots[dialog.bot]]
    members = sim.world.groups[dialog.chat].members.items()
    inside = [number for number, member in members if member.status not in ("left", "kicked")]
    return [sim.world.bots[number] for number in inside if number in sim.world.bots]
