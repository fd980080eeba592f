"""What people do on their phones, and the updates that bots get from it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from simulator.core import LIFE, PLANE
from simulator.delivery import deliver
from simulator.markup import checked_inline
from simulator.model import Account, Dialog, Json, Message, Person, user_card
from simulator.refusal import NotPossible
from simulator.shown import shown
from simulator.standing import block
from simulator.telling import on_page, show, tell
from simulator.wording import Wording

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


def say(sim: Telegram, person: Person, chat: int | None, words: str | Wording, reply_to: int = 0) -> Message:
    """Send a text; gives its (first) message."""
    return say_all(sim, person, chat, words, reply_to)[0]


def say_all(sim: Telegram, person: Person, chat: int | None, words: str | Wording, reply_to: int = 0) -> list[Message]:
    """Send a text, as several messages where it is too long for one."""
    wording = Wording(words) if isinstance(words, str) else words
    dialog = place(sim, person, chat)
    return [post(sim, person, dialog, content, reply_to) for content in wording.texts()]


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
