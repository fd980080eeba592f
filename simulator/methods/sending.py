"""Sending: texts, places, polls and everything that all sent messages have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.call import Call
from simulator.entities import message_text
from simulator.markup import any_markup, keys_shown
from simulator.model import Account, Dialog, Json, Message
from simulator.places import find, may_send
from simulator.refusal import bad
from simulator.telling import readers, show, tell

if TYPE_CHECKING:
    from simulator.core import Telegram

ACTIONS = frozenset(
    (
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note", "record_audio", "upload_audio",
    )
)  # fmt: skip


def send_message(sim: Telegram, bot: Account, call: Call) -> Json:
    """A text."""
    dialog = find(sim, bot, call)
    content = message_text(call.text("text"), call.text("parse_mode"), call.tree("entities"))
    may_send(sim, bot, dialog, "text messages")
    preview = call.tree("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    return post(sim, bot, dialog, content, call)


def send_location(sim: Telegram, bot: Account, call: Call) -> Json:
    """A place."""
    dialog = find(sim, bot, call)
    if not call.has("latitude") or not call.has("longitude"):
        raise bad("location is invalid")
    place = {"latitude": call.number("latitude"), "longitude": call.number("longitude")}
    return post(sim, bot, dialog, {"location": place}, call)


def send_contact(sim: Telegram, bot: Account, call: Call) -> Json:
    """Somebody's card."""
    dialog = find(sim, bot, call)
    card = {"phone_number": call.text("phone_number"), "first_name": call.text("first_name")}
    return post(sim, bot, dialog, {"contact": card}, call)


def send_chat_action(sim: Telegram, bot: Account, call: Call) -> bool:
    """ "typing…" and the like."""
    dialog = find(sim, bot, call)
    action = call.text("action").lower()
    if action not in ACTIONS:
        raise bad("wrong parameter action in request")
    tell(sim, dialog, "typing", action=action)
    return True


def send_message_draft(sim: Telegram, bot: Account, call: Call) -> bool:
    """A preview of a text being written; shown as typing."""
    dialog = find(sim, bot, call)
    if dialog.chat < 0:
        raise bad("drafts can be sent to private chats only")
    if not call.integer("draft_id"):
        raise bad("RANDOM_ID_INVALID")
    if call.text("text"):
        message_text(call.text("text"), call.text("parse_mode"), call.tree("entities"))
    tell(sim, dialog, "typing", action="typing")
    return True


# ---- what all sent messages share ------------------------------------------------------------------------


def post(sim: Telegram, bot: Account, dialog: Dialog, content: Json, call: Call) -> Json:
    """Send what was checked: with reply, topic, keyboard and silence as the call asks."""
    around = surroundings(sim, dialog, call)
    markup = (
        any_markup(call.tree("reply_markup", "reply keyboard markup"), dialog.chat > 0)
        if call.params.get("reply_markup")
        else None
    )
    sim.floods.spend(bot.id, dialog.chat)
    if markup and "inline_keyboard" in markup:
        around["reply_markup"] = markup
    message = add(sim, bot, dialog, {**content, **around}, call.flag("disable_notification"))
    if markup and "inline_keyboard" not in markup:
        put_keys(sim, dialog, message, markup)
    show(sim, dialog, message)
    return message.body


def add(sim: Telegram, bot: Account, dialog: Dialog, content: Json, silent: bool = False) -> Message:
    """Put a bot's message into the conversation."""
    return sim.add_message(dialog, bot.id, bot.card(), content, silent)


def surroundings(sim: Telegram, dialog: Dialog, call: Call) -> Json:
    """Reply, topic, protection, effect: what stands around the content."""
    around: Json = {}
    replied = reply_of(sim, dialog, call)
    if replied is not None:
        around["reply_to_message"] = {name: value for name, value in replied.body.items() if name != "reply_to_message"}
    thread = call.integer("message_thread_id")
    if thread:
        group = sim.world.groups.get(dialog.chat)
        if group is None or thread not in group.topics:
            raise bad("message thread not found")
        around |= {"message_thread_id": thread, "is_topic_message": True}
    if call.flag("protect_content"):
        around["has_protected_content"] = True
    if call.has("message_effect_id") and dialog.chat > 0:
        around["effect_id"] = call.text("message_effect_id")
    return around


def reply_of(sim: Telegram, dialog: Dialog, call: Call) -> Message | None:
    """The message that a call replies to; refused when it is gone, unless the call says that this is fine."""
    wish: Any = call.tree("reply_parameters")
    if not wish:
        number = call.integer("reply_to_message_id")
        wish = {"message_id": number, "allow_sending_without_reply": call.flag("allow_sending_without_reply")}
    if not isinstance(wish, dict):
        raise bad("can't parse reply parameters JSON object")
    number = int(wish.get("message_id") or 0)
    if not number:
        return None
    found = dialog.messages.get(number)
    if found is None and not wish.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    quote = wish.get("quote")
    words: str = (found.body.get("text") or found.body.get("caption") or "") if found else ""
    if found is not None and quote and quote not in words:
        raise bad("QUOTE_TEXT_INVALID")
    return found


def put_keys(sim: Telegram, dialog: Dialog, message: Message, markup: Json) -> None:
    """Put a reply keyboard under the text boxes, or take it away."""
    message.has_keyboard = True
    if "keyboard" not in markup and not markup.get("remove_keyboard"):
        return
    view = keys_shown(markup) if "keyboard" in markup else None
    for person in readers(sim, dialog):
        if view is None:
            dialog.keyboards.pop(person, None)
        else:
            dialog.keyboards[person] = view
        if sim.feed.listeners:
            sim.feed.tell("keyboard", chat=dialog.chat, person=person, keyboard=view)
