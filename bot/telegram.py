"""Telegram's words and ours: update → event, words → Bot API call, error → kind. Nobody else knows both."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.entities import html_of
from bot.updates import Change, Chat, File, MessageIn, Query, User, head_in, outline_in, update_in
from chat import events
from chat.events import Event
from chat.words import Item, Key, Words

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?=\s|$)")
"""What Telegram marks as a command at the beginning of a text."""
FIRST, LAST = 946_684_800, 4_102_444_800
"""The first moments of 2000 and of 2100: no message is older, none is from later."""
MEDIA = ("photo", "voice", "video", "document", "audio", "sticker", "animation", "video_note")


def chat_of(raw: str | bytes) -> tuple[int, int]:
    """(update_id, the person or chat by which updates are kept in order); 0 where it cannot be told.

    A tap and a message of one person belong to the same line; raises msgspec.MsgspecError for what is no update.
    """
    head = head_in(raw)
    part = head.message or head.edited_message or head.my_chat_member
    if part is not None:
        return head.update_id, part.chat.id
    return head.update_id, head.callback_query.from_.id if head.callback_query else 0


def event_of(raw: str | bytes, clock: Clock) -> Event | None:
    """The event in an update; None for what does not concern us. Raises msgspec.MsgspecError when it cannot be read."""
    update = update_in(raw)
    if update.callback_query is not None:
        return _tap(update.callback_query, clock)
    if update.my_chat_member is not None:
        return _standing(update.my_chat_member, clock)
    message = update.message or update.edited_message
    if message is None or message.from_ is None or message.from_.is_bot:
        return None
    return _message(message, message.from_, update.message is None, clock)


def outline_of(raw: str | bytes, clock: Clock) -> Event | None:
    """What is left of an update in which a field is of a shape that we do not know: somebody said something, or tapped.

    Raises msgspec.MsgspecError where not even that can be told.
    """
    found = outline_in(raw)
    if found.message is not None:
        chat, who = found.message.chat, found.message.from_.id
        private = chat.type == "private"
        return events.Unknown(chat_id=chat.id, account_id=who, at=clock.now(), private=private, kind="strange")
    if found.callback_query is not None:
        tapped = found.callback_query
        who = tapped.from_.id
        return events.Tap(chat_id=who, account_id=who, at=clock.now(), query_id=tapped.id, verb="")
    return None


def _tap(query: Query, clock: Clock) -> Event:
    verb, *args = query.data.split(":")
    chat = query.message.chat if query.message else Chat(query.from_.id)
    return events.Tap(
        chat_id=chat.id, account_id=query.from_.id, at=clock.now(), private=chat.type == "private",
        message_id=query.message.message_id if query.message else 0, first_name=query.from_.first_name,
        lang=query.from_.language_code, query_id=query.id, verb=verb, args=tuple(args),
    )  # fmt: skip


def _at(date: int, clock: Clock) -> datetime:
    """When something was said; a date of another age than ours says nothing: it counts as now."""
    return clock.of_message(date) if FIRST <= date <= LAST else clock.now()


def _standing(change: Change, clock: Clock) -> Event:
    common: dict[str, Any] = {
        "chat_id": change.chat.id, "account_id": change.from_.id, "at": _at(change.date, clock),
        "first_name": change.from_.first_name, "lang": change.from_.language_code,
        "private": change.chat.type == "private",
    }  # fmt: skip
    gone = change.new_chat_member.status in ("kicked", "left")
    if not common["private"]:
        may_pin = change.new_chat_member.can_pin_messages
        return events.Joined(**common, here=not gone, title=change.chat.title, may_pin=may_pin)
    return events.Blocked(**common) if gone else events.Unblocked(**common)


def _message(message: MessageIn, sender: User, edited: bool, clock: Clock) -> Event:
    common: dict[str, Any] = {
        "chat_id": message.chat.id, "account_id": sender.id, "at": _at(message.date, clock),
        "message_id": message.message_id, "first_name": sender.first_name, "lang": sender.language_code,
        "private": message.chat.type == "private",
    }  # fmt: skip
    if message.migrate_to_chat_id is not None:
        return events.Moved(**common, new_chat_id=message.migrate_to_chat_id)
    if edited:
        common["at"] = _at(message.edit_date or message.date, clock)
        rich = html_of(message.text, message.entities) or html_of(message.caption, message.caption_entities)
        return events.Edited(**common, text=message.text or message.caption, html=rich)
    if message.text:
        return _text(message, common)
    if message.location is not None:
        place = message.location
        return events.Location(**common, latitude=place.latitude, longitude=place.longitude)
    for kind in MEDIA:
        found = getattr(message, kind)
        if found:
            return _media(kind, found[-1] if isinstance(found, list) else found, message, common)
    return events.Unknown(**common)


def _text(message: MessageIn, common: dict[str, Any]) -> Event:
    command = COMMAND.match(message.text) if not message.forward_origin else None
    if command:
        return events.Command(**common, name=command[1].lower(), args=message.text[command.end() :].strip())
    rich = html_of(message.text, message.entities) if message.entities else ""
    return events.Text(**common, text=message.text, forwarded=message.forward_origin is not None, html=rich)


def _media(kind: str, file: File, message: MessageIn, common: dict[str, Any]) -> Event:
    return events.Media(
        **common, kind=kind, file_id=file.file_id, unique_id=file.file_unique_id, size=file.file_size,
        seconds=file.duration, file_name=file.file_name, caption=message.caption, album=message.media_group_id,
        forwarded=message.forward_origin is not None, html=html_of(message.caption, message.caption_entities),
    )  # fmt: skip


SENDS = {
    "photo": "sendPhoto", "video": "sendVideo", "document": "sendDocument", "voice": "sendVoice", "audio": "sendAudio",
    "animation": "sendAnimation", "video_note": "sendVideoNote",
}  # fmt: skip


def call_of(
    kind: str, words: Words, chat_id: int, message_id: int | None, others: str = ""
) -> tuple[str, dict[str, Any]]:
    """The Bot API call for a parcel: (method, parameters); the document of a `file` is uploaded beside them.

    `others` are further messages that go the same way (of an album that is deleted), as numbers with blanks.
    """
    call: dict[str, Any] = {"chat_id": chat_id}
    match kind:
        case "menu":
            scope = {"scope": {"type": "chat", "chat_id": chat_id}}
            menu = [{"command": name, "description": about} for name, about in words.commands]
            return ("setMyCommands", {**scope, "commands": menu}) if menu else ("deleteMyCommands", scope)
        case "app":
            key = words.buttons[0][0]
            opens = {"type": "web_app", "text": key.label, "web_app": {"url": key.url}}
            return "setChatMenuButton", {**call, "menu_button": opens}
        case "delete" if others:
            return "deleteMessages", {**call, "message_ids": [message_id, *map(int, others.split())]}
        case "delete":
            return "deleteMessage", {**call, "message_id": message_id}
        case "pin":
            return "pinChatMessage", {**call, "message_id": message_id, "disable_notification": True}
        case "keys":
            keys = _markup(words) or {"inline_keyboard": []}
            return "editMessageReplyMarkup", {**call, "message_id": message_id, "reply_markup": keys}
        case "file":
            return "sendDocument", {**call, "caption": words.text, "parse_mode": "HTML"}
        case "album":
            quiet = {"disable_notification": True} if words.silent else {}
            return "sendMediaGroup", {
                **call,
                **quiet,
                "media": [{"type": m.kind, "media": m.file_id} for m in words.media],
            }
    return _say(kind, words, call, message_id)


def _say(kind: str, words: Words, call: dict[str, Any], message_id: int | None) -> tuple[str, dict[str, Any]]:
    """A message of its own, or an edit of one; with a file its text is a caption."""
    item = words.media[0] if words.media else Item("photo", words.photo) if words.photo else None
    if item is None:
        call |= {"text": words.text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    elif words.text:
        call |= {"caption": words.text, "parse_mode": "HTML"}
    markup = _markup(words)
    if markup is not None:
        call["reply_markup"] = markup
    if kind in ("card", "edit") and message_id is not None:
        return ("editMessageCaption" if item else "editMessageText"), {**call, "message_id": message_id}
    if words.silent:
        call["disable_notification"] = True
    if item is not None:
        return SENDS[item.kind], {**call, item.kind: item.file_id}
    return "sendMessage", call


def _key(key: Key) -> dict[str, Any]:
    if key.app:
        return {"text": key.label, "web_app": {"url": key.url}}
    return {"text": key.label, "url": key.url} if key.url else {"text": key.label, "callback_data": key.data}


def _markup(words: Words) -> dict[str, Any] | None:
    if words.buttons:
        return {"inline_keyboard": [[_key(k) for k in row] for row in words.buttons]}
    if words.keyboard:
        board: dict[str, Any] = {
            "keyboard": [[{"text": label} for label in row] for row in words.keyboard],
            "resize_keyboard": True, "is_persistent": True,
        }  # fmt: skip
        if words.hint:
            board["input_field_placeholder"] = words.hint[:64]
        return board
    return {"remove_keyboard": True} if words.bare else None
