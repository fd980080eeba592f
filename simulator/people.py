"""What people do on their phones, and the updates that bots get from it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from simulator.core import LIFE, PLANE
from simulator.entities import find_entities
from simulator.markup import checked_inline
from simulator.model import Account, Dialog, Group, Json, Message, Person, user_card
from simulator.places import is_admin
from simulator.refusal import NotPossible
from simulator.shown import kind_of, shown
from simulator.standing import block
from simulator.telling import on_page, show, tell

if TYPE_CHECKING:
    from simulator.core import Telegram

PENDING = 4_000_000_000


def place(sim: Telegram, person: Person, chat: int | None) -> Dialog:
    """The conversation that a person means: none or themselves is their chat with the bot, a bot, or a group."""
    if chat is not None and chat < 0:
        group = sim.group(chat)
        if person.id not in sim.people_of(group):
            raise NotPossible("not a member of this group")
        return group.dialog
    bot = sim.world.bots.get(chat or 0) or sim.home(person)
    return sim.dialog(bot, person)


def say(sim: Telegram, person: Person, chat: int | None, text: str, reply_to: int = 0, **more: Any) -> Message:
    """Send a text."""
    text = text.strip()
    if not text:
        raise NotPossible("nothing to send")
    marks = find_entities(text, [])
    content: Json = {"text": text, "entities": marks} if marks else {"text": text}
    return post(sim, person, place(sim, person, chat), {**content, **more}, reply_to)


def start(sim: Telegram, person: Person, bot: Account, payload: str = "") -> Message:
    """Press Start, with the payload of a link or without; it also lifts a block."""
    dialog = sim.dialog(bot, person)
    person.home = bot.id
    if not person.offline:
        if dialog.blocked:
            block(sim, person, bot, False)
        dialog.started = True
    text = f"/start {payload}".strip()
    content = {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}
    message = post(sim, person, dialog, content)
    sim.tell_people()
    return message


def post(sim: Telegram, person: Person, dialog: Dialog, content: Json, reply_to: int = 0) -> Message:
    """Send anything; offline it waits on the phone."""
    if person.offline:
        return keep(sim, person, dialog, content, reply_to)
    if dialog.bot and dialog.blocked:
        raise NotPossible("the bot is blocked")
    if dialog.bot and not dialog.started:
        raise NotPossible("press Start first")
    replied = dialog.messages.get(reply_to)
    if replied is not None:
        content["reply_to_message"] = {
            name: value for name, value in replied.body.items() if name != "reply_to_message"
        }
    tag = "" if dialog.bot else sim.world.groups[dialog.chat].members[person.id].tag
    if tag:
        content["sender_tag"] = tag
    message = sim.add_message(dialog, person.id, user_card(person), content)
    show(sim, dialog, message)
    deliver(sim, dialog, message, "message")
    return message


def keep(sim: Telegram, person: Person, dialog: Dialog, content: Json, reply_to: int) -> Message:
    """Let a message wait on the phone until it is online again."""
    number = PENDING + len(person.waiting) + int(sim.clock.now()) % 100_000 * 1000
    body = {
        "message_id": number,
        "from": user_card(person),
        "chat": dialog.card,
        "date": int(sim.clock.now()),
        **content,
    }
    message = Message(number, person.id, body, unsent=True)
    view = shown(sim, dialog, message)
    person.waiting.append({"place": dialog.bot or dialog.chat, "content": content, "reply_to": reply_to, "shown": view})
    tell(sim, dialog, "message", message=view)
    sim.changes += 1
    return message


def deliver(sim: Telegram, dialog: Dialog, message: Message, kind: str) -> None:
    """Let the bots of a conversation know of a message."""
    life = LIFE["message"]
    if dialog.bot:
        sim.update(sim.world.bots[dialog.bot], kind, message.body, dialog.chat, life)
        return
    group = sim.world.groups[dialog.chat]
    for number, member in group.members.items():
        bot = sim.world.bots.get(number)
        if bot is not None and member.status not in ("left", "kicked") and hears(bot, group, message.body):
            sim.update(bot, kind, message.body, dialog.chat, life)


def hears(bot: Account, group: Group, body: Json) -> bool:
    """Whether a bot in privacy mode gets a group's message: commands, replies to it, its name, service messages."""
    if not bot.privacy or is_admin(group.members.get(bot.id)):
        return True
    text = body.get("text", body.get("caption"))
    if text is None or text.startswith("/"):
        at = text.split()[0].partition("@")[2] if text else ""
        return (
            (text is not None and (not at or at.lower() == bot.username.lower()))
            or "from" not in body
            or is_service(body)
        )
    mine = body.get("reply_to_message", {}).get("from", {}).get("id") == bot.id
    return mine or f"@{bot.username}".lower() in text.lower()


def is_service(body: Json) -> bool:
    """Whether nobody wrote this message."""
    return kind_of(body) == "service"


def tap(sim: Telegram, person: Person, chat: int | None, message_id: int, data: str) -> str:
    """Tap an inline button; gives the id of the callback query."""
    if person.offline:
        raise NotPossible("no network")
    dialog = place(sim, person, chat)
    message = dialog.messages.get(message_id)
    bot = sim.world.bots.get(message.sender) if message else None
    if message is None or bot is None:
        raise NotPossible("this message is gone")
    number = str(secrets.randbelow(9 * 10**18) + 10**18)
    life = LIFE["callback_query"]
    now = sim.clock.now()
    sim.callbacks[number] = {"bot": bot.id, "person": person.id, "chat": dialog.chat, "expires": now + life}
    if len(sim.callbacks) > 20_000:
        forget_old(sim)
    query = {
        "id": number, "from": user_card(person), "message": message.body, "data": data,
        "chat_instance": str(abs(dialog.chat) * 7919 + bot.id),
    }  # fmt: skip
    sim.update(bot, "callback_query", query, person.id + 3 * PLANE, life)
    return number


def forget_old(sim: Telegram) -> None:
    """Drop the taps that nobody may answer any more, and the oldest if there are still too many."""
    now = sim.clock.now()
    left = [item for item in sim.callbacks.items() if item[1]["expires"] > now][-10_000:]
    sim.callbacks = dict(left)


def edit(sim: Telegram, person: Person, chat: int | None, message_id: int, text: str) -> Message:
    """Change one's own words."""
    dialog, message = own(sim, person, chat, message_id)
    name = "text" if "text" in message.body else "caption"
    marks = "entities" if name == "text" else "caption_entities"
    body = {key: value for key, value in message.body.items() if key != marks}
    body |= {name: text.strip(), "edit_date": int(sim.clock.now())}
    if found := find_entities(text.strip(), []):
        body[marks] = found
    message.body = body
    sim.touch(message)
    show(sim, dialog, message, "edit")
    deliver(sim, dialog, message, "edited_message")
    return message


def own(sim: Telegram, person: Person, chat: int | None, message_id: int) -> tuple[Dialog, Message]:
    """A message that a person wrote themselves."""
    if person.offline:
        raise NotPossible("no network")
    dialog = place(sim, person, chat)
    message = dialog.messages.get(message_id)
    if message is None or message.sender != person.id:
        raise NotPossible("not your message")
    return dialog, message


def delete(sim: Telegram, person: Person, chat: int | None, message_id: int) -> None:
    """Delete one's own message for everybody; bots are not told."""
    dialog, message = own(sim, person, chat, message_id)
    dialog.messages.pop(message.id)
    sim.changes += 1
    tell(sim, dialog, "delete", message_ids=[message.id])
    sim.feed.stir()


def forward(sim: Telegram, person: Person, to: int | None, from_chat: int | None, message_id: int) -> Message:
    """Pass a message on."""
    source = place(sim, person, from_chat).messages.get(message_id)
    if source is None:
        raise NotPossible("this message is gone")
    if source.body.get("has_protected_content"):
        raise NotPossible("this message may not be forwarded")
    return post(sim, person, place(sim, person, to), forwarded(source.body))


def forwarded(body: Json) -> Json:
    """The content of a message with its origin, as forwarding carries it."""
    outer = (
        "message_id", "from", "chat", "date", "reply_markup", "reply_to_message", "edit_date", "media_group_id",
        "message_thread_id", "is_topic_message", "effect_id", "has_protected_content", "pinned",
    )  # fmt: skip
    origin = body.get("forward_origin") or {"type": "user", "sender_user": body["from"], "date": body["date"]}
    return {**{name: value for name, value in body.items() if name not in outer}, "forward_origin": origin}


def react(sim: Telegram, person: Person, chat: int | None, message_id: int, emoji: str) -> Message:
    """Put an emoji on a message; the same again takes it off."""
    if person.offline:
        raise NotPossible("no network")
    dialog = place(sim, person, chat)
    message = dialog.messages.get(message_id)
    if message is None:
        raise NotPossible("this message is gone")
    before = message.reactions.get(person.id, "")
    if emoji and emoji != before:
        message.reactions[person.id] = emoji
    else:
        message.reactions.pop(person.id, None)
    sim.touch(message)
    show(sim, dialog, message, "edit")
    tell_reaction(sim, dialog, message, person, before)
    return message


def tell_reaction(sim: Telegram, dialog: Dialog, message: Message, person: Person, before: str) -> None:
    """Let the bots that may know of it know of a reaction."""
    after = message.reactions.get(person.id, "")
    change = {
        "chat": dialog.card, "message_id": message.id, "user": user_card(person), "date": int(sim.clock.now()),
        "old_reaction": as_reactions(before), "new_reaction": as_reactions(after),
    }  # fmt: skip
    for bot in bots_of(sim, dialog):
        if dialog.bot or is_admin(sim.world.groups[dialog.chat].members.get(bot.id)):
            sim.update(bot, "message_reaction", change, dialog.chat + 8 * PLANE)


def as_reactions(emoji: str) -> list[Json]:
    """An emoji as the Bot API lists it."""
    return [{"type": "emoji", "emoji": emoji}] if emoji else []


def bots_of(sim: Telegram, dialog: Dialog) -> list[Account]:
    """The bots in a conversation."""
    if dialog.bot:
        return [sim.world.bots[dialog.bot]]
    members = sim.world.groups[dialog.chat].members.items()
    inside = [number for number, member in members if member.status not in ("left", "kicked")]
    return [sim.world.bots[number] for number in inside if number in sim.world.bots]


def say_for(sim: Telegram, person: Person, bot: Account, result: Json) -> None:
    """Send what a Mini App made, as a message of the person."""
    content = result.get("input_message_content", {})
    body: Json = {"text": str(content.get("message_text", result.get("title", ""))), "via_bot": bot.card()}
    markup = result.get("reply_markup")
    if markup and (checked := checked_inline(markup, True)):
        body["reply_markup"] = checked
    dialog = sim.dialog(bot, person)
    message = sim.add_message(dialog, person.id, user_card(person), body)
    if on_page(sim, dialog):
        show(sim, dialog, message)
    deliver(sim, dialog, message, "message")
