"""Changing messages that were sent: text, caption, media, buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.call import Call
from simulator.changes import CAPTIONED
from simulator.entities import caption_text, message_text
from simulator.markup import inline_markup
from simulator.model import Account, Dialog, Json, Message
from simulator.places import find
from simulator.refusal import bad
from simulator.shown import kind_of
from simulator.telling import show

if TYPE_CHECKING:
    from simulator.core import Telegram

SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
WORDS = ("text", "entities", "link_preview_options")
CAPTION = ("caption", "caption_entities")


def edit_message_text(sim: Telegram, bot: Account, call: Call) -> Json:
    """New words for a text message."""
    dialog = find(sim, bot, call)
    content = message_text(call.text("text"), call.text("parse_mode"), call.tree("entities"))
    message = own(dialog, bot, call)
    if "text" not in message.body:
        raise bad("there is no text in the message to edit")
    if call.has("link_preview_options"):
        content["link_preview_options"] = call.tree("link_preview_options")
    return change(sim, dialog, message, content, WORDS, call)


def edit_message_caption(sim: Telegram, bot: Account, call: Call) -> Json:
    """New words under a picture or file."""
    dialog = find(sim, bot, call)
    content = caption_text(call.text("caption"), call.text("parse_mode"), call.tree("caption_entities"))
    message = own(dialog, bot, call)
    if kind_of(message.body) not in CAPTIONED:
        raise bad("there is no caption in the message to edit")
    return change(sim, dialog, message, content, CAPTION, call)


def edit_message_reply_markup(sim: Telegram, bot: Account, call: Call) -> Json:
    """New buttons, or none."""
    dialog = find(sim, bot, call)
    return change(sim, dialog, own(dialog, bot, call), {}, (), call)


def own(dialog: Dialog, bot: Account, call: Call) -> Message:
    """The bot's message that a call wants to change."""
    number = call.integer("message_id")
    if not number:
        raise bad("message identifier is not specified")
    message = dialog.messages.get(number)
    if message is None:
        raise bad("message to edit not found")
    if message.sender != bot.id or message.has_keyboard or "forward_origin" in message.body:
        raise bad("message can't be edited")
    return message


def change(sim: Telegram, dialog: Dialog, message: Message, content: Json, names: tuple[str, ...], call: Call) -> Json:
    """Put new content in place of the old under these names, and the call's buttons; refused when nothing differs."""
    markup = inline_markup(call.tree("reply_markup", "inline keyboard markup"))
    body = message.body
    same = all(body.get(name) == content.get(name) for name in names)
    if same and body.get("reply_markup") == markup:
        raise bad(SAME)
    kept = {name: value for name, value in body.items() if name not in names and name != "reply_markup"}
    kept |= content | {"edit_date": int(sim.clock.now())}
    if markup:
        kept["reply_markup"] = markup
    message.body = kept
    if not same:
        message.reworded = kept["edit_date"]
    sim.touch(message)
    show(sim, dialog, message, "edit")
    return kept
