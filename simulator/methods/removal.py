"""Deleting, pinning and reacting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.call import Call
from simulator.changes import remove
from simulator.delivery import is_service
from simulator.methods.copies import identifiers
from simulator.methods.sending import add
from simulator.model import Account, Dialog, Message
from simulator.pins import set_pin, told
from simulator.places import allowed, find
from simulator.refusal import bad
from simulator.telling import show

if TYPE_CHECKING:
    from simulator.core import Telegram

TWO_DAYS = 48 * 3600
FOR_EVERYONE = "message can't be deleted for everyone"
NO_PINS = "not enough rights to manage pinned messages in the chat"
EMOJI = frozenset(
    "👍,👎,❤,🔥,🥰,👏,😁,🤔,🤯,😱,🤬,😢,🎉,🤩,🤮,💩,🙏,👌,🕊,🤡,🥱,🥴,😍,🐳,❤\u200d🔥,🌚,🌭,💯,🤣,⚡,🍌,🏆,💔,🤨,😐,"  # noqa: SIM905
    "🍓,🍾,💋,🖕,😈,😴,😭,🤓,👻,👨\u200d💻,👀,🎃,🙈,😇,😨,🤝,✍,🤗,🫡,🎅,🎄,☃,💅,🤪,🗿,🆒,💘,🙉,🦄,😘,💊,🙊,😎,👾,"
    "🤷\u200d♂,🤷,🤷\u200d♀,😡".split(",")
)


def delete_message(sim: Telegram, bot: Account, call: Call) -> bool:
    """Take one message away for everybody."""
    dialog = find(sim, bot, call)
    message = dialog.messages.get(call.integer("message_id"))
    if message is None:
        raise bad("message to delete not found")
    if why := undeletable(sim, bot, dialog, message):
        raise bad(why)
    remove(sim, dialog, [message.id])
    return True


def delete_messages(sim: Telegram, bot: Account, call: Call) -> bool:
    """Take many messages away; those that are not there are passed over."""
    dialog = find(sim, bot, call)
    found = [dialog.messages.get(number) for number in identifiers(call)]
    for message in found:
        if message is not None and (why := undeletable(sim, bot, dialog, message)):
            raise bad(why)
    remove(sim, dialog, [message.id for message in found if message is not None])
    return True


def undeletable(sim: Telegram, bot: Account, dialog: Dialog, message: Message) -> str:
    """Why a message cannot be deleted, or nothing; how Telegram says no differs between the kinds of chats."""
    old = sim.clock.now() - message.body["date"] > TWO_DAYS
    if dialog.bot:
        return FOR_EVERYONE if old else ""
    group = sim.world.groups[dialog.chat]
    mine = message.sender == bot.id and not is_service(message.body)
    may = mine or allowed(group.members.get(bot.id), "can_delete_messages")
    if may and not old:
        return ""
    return FOR_EVERYONE if group.kind == "group" else "message can't be deleted"


def may_pin(sim: Telegram, bot: Account, dialog: Dialog) -> bool:
    """Whether the bot may pin; in a private chat it may."""
    return bool(dialog.bot) or allowed(sim.world.groups[dialog.chat].members.get(bot.id), "can_pin_messages")


def pin_chat_message(sim: Telegram, bot: Account, call: Call) -> bool:
    """Keep a message in sight."""
    dialog = find(sim, bot, call)
    message = dialog.messages.get(call.integer("message_id"))
    if message is None:
        raise bad("message to pin not found")
    if not may_pin(sim, bot, dialog):
        raise bad(NO_PINS)
    if not message.pinned:
        set_pin(sim, dialog, message, True)
        show(sim, dialog, add(sim, bot, dialog, told(message), call.flag("disable_notification")))
    return True


def unpin_chat_message(sim: Telegram, bot: Account, call: Call) -> bool:
    """Let a pinned message go: the one named, or the newest."""
    dialog = find(sim, bot, call)
    if not may_pin(sim, bot, dialog):
        raise bad(NO_PINS)
    number = call.integer("message_id")
    pinned = (one for one in dialog.newest_first() if one.pinned)
    message = dialog.messages.get(number) if number else next(pinned, None)
    if message is None or not message.pinned:
        raise bad("message to unpin not found")
    set_pin(sim, dialog, message, False)
    return True


def unpin_all_chat_messages(sim: Telegram, bot: Account, call: Call) -> bool:
    """Let all pinned messages go."""
    dialog = find(sim, bot, call)
    if not may_pin(sim, bot, dialog):
        raise bad(NO_PINS)
    for message in [one for one in dialog.newest_first() if one.pinned]:
        set_pin(sim, dialog, message, False)
    return True


def set_message_reaction(sim: Telegram, bot: Account, call: Call) -> bool:
    """The bot's own emoji on a message, or none."""
    dialog = find(sim, bot, call)
    message = dialog.messages.get(call.integer("message_id"))
    if message is None:
        raise bad("message to react not found")
    wish: Any = call.tree("reaction") or []
    if not isinstance(wish, list) or len(wish) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if not wish:
        message.reactions.pop(bot.id, None)
    else:
        emoji = str(wish[0].get("emoji", "")).replace("\ufe0f", "")
        if emoji not in EMOJI:
            raise bad("REACTION_INVALID")
        message.reactions[bot.id] = emoji
    sim.changes += 1
    show(sim, dialog, message, "edit")
    return True
