"""Telling the page what happens in a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.model import Dialog, Message
from simulator.shown import shown

if TYPE_CHECKING:
    from simulator.core import Telegram


def readers(sim: Telegram, dialog: Dialog) -> list[int]:
    """The people who see a conversation."""
    return [dialog.chat] if dialog.chat > 0 else sim.people_of(sim.world.groups[dialog.chat])


def on_page(sim: Telegram, dialog: Dialog) -> bool:
    """Whether the page shows this conversation: groups, and a person's chat with the bot they talk with."""
    return dialog.bot == 0 or sim.home(sim.world.people[dialog.chat]).id == dialog.bot


def tell(sim: Telegram, dialog: Dialog, event: str, **fields: Any) -> None:
    """Tell the page something about a conversation."""
    if sim.feed.listeners and on_page(sim, dialog):
        sim.feed.tell(event, chat=dialog.chat, **fields)


def show(sim: Telegram, dialog: Dialog, message: Message, event: str = "message") -> None:
    """Tell the page of a new or edited message."""
    if sim.feed.listeners and on_page(sim, dialog):
        sim.feed.tell(event, chat=dialog.chat, message=shown(sim, dialog, message))
