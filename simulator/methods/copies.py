"""Copying and forwarding messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.call import Call
from simulator.entities import caption_text
from simulator.forwards import content_of, forwarded, together
from simulator.methods.sending import add, post
from simulator.model import Account, Dialog, Json, Message
from simulator.places import chat_number, find, group_of
from simulator.refusal import bad
from simulator.shown import kind_of
from simulator.telling import show

if TYPE_CHECKING:
    from simulator.core import Telegram

MOST = 100


def source(sim: Telegram, bot: Account, call: Call) -> Dialog:
    """Where messages are taken from; a block does not matter there."""
    number = chat_number(sim, call, "from_chat_id")
    if number < 0:
        return group_of(sim, bot, number).dialog
    dialog = bot.dialogs.get(number)
    if dialog is None:
        raise bad("chat not found")
    return dialog


def usable(message: Message | None) -> bool:
    """Whether a message may go elsewhere."""
    return message is not None and kind_of(message.body) != "service" and not message.body.get("has_protected_content")


def one_of(dialog: Dialog, call: Call, deed: str) -> Message:
    """The message to be copied or forwarded."""
    message = dialog.messages.get(call.integer("message_id"))
    if message is None:
        raise bad(f"message to {deed} not found")
    if not usable(message):
        raise bad(f"message can't be {'copied' if deed == 'copy' else 'forwarded'}")
    return message


def copy_message(sim: Telegram, bot: Account, call: Call) -> Json:
    """The same content once more, with no link to where it came from; a caption may be given anew."""
    dialog = find(sim, bot, call)
    content = content_of(one_of(source(sim, bot, call), call, "copy").body)
    if call.has("caption") and "text" not in content:
        for name in ("caption", "caption_entities"):
            content.pop(name, None)
        content |= caption_text(call.text("caption"), call.text("parse_mode"), call.tree("caption_entities"))
    return {"message_id": post(sim, bot, dialog, content, call)["message_id"]}


def forward_message(sim: Telegram, bot: Account, call: Call) -> Json:
    """The message with its origin shown."""
    dialog = find(sim, bot, call)
    content = forwarded(one_of(source(sim, bot, call), call, "forward").body)
    return post(sim, bot, dialog, content, Call(call.method, {**call.params, "reply_markup": None}))


def copy_messages(sim: Telegram, bot: Account, call: Call) -> list[Json]:
    """Many copies at once."""
    return many(sim, bot, call, "copy")


def forward_messages(sim: Telegram, bot: Account, call: Call) -> list[Json]:
    """Many forwards at once."""
    return many(sim, bot, call, "forward")


def many(sim: Telegram, bot: Account, call: Call, deed: str) -> list[Json]:
    """Copy or forward all that can be found; what is missing is left out."""
    dialog, origin = find(sim, bot, call), source(sim, bot, call)
    numbers = identifiers(call)
    if sorted(set(numbers)) != numbers:
        raise bad("message identifiers must be in a strictly increasing order")
    found = [origin.messages[number] for number in numbers if usable(origin.messages.get(number))]
    if not found:
        raise bad(f"there are no messages to {deed}")
    sim.floods.spend(bot.id, dialog.chat, len(found))
    sent = []
    bodies = [message.body for message in found]
    for body, album in zip(bodies, together(bodies), strict=True):
        content = content_of(body) if deed == "copy" else forwarded(body)
        if deed == "copy" and call.flag("remove_caption"):
            content = {name: value for name, value in content.items() if name not in ("caption", "caption_entities")}
        new = add(sim, bot, dialog, {**content, **album}, call.flag("disable_notification"))
        show(sim, dialog, new)
        sent.append({"message_id": new.id})
    return sent


def identifiers(call: Call) -> list[int]:
    """The message ids of a bulk call."""
    numbers: Any = call.tree("message_ids")
    if not isinstance(numbers, list) or not numbers:
        raise bad("message identifiers are not specified")
    if len(numbers) > MOST:
        raise bad("too many message identifiers specified")
    return [int(number) for number in numbers]
