"""What people do to messages that are already there: editing, deleting, reacting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core import PLANE
from simulator.delivery import bots_of, deliver
from simulator.model import Dialog, Json, Message, Person, user_card
from simulator.people import place
from simulator.places import is_admin
from simulator.refusal import NotPossible
from simulator.shown import FILES, kind_of
from simulator.telling import show, tell
from simulator.wording import Wording

if TYPE_CHECKING:
    from simulator.core import Telegram

EDITABLE = 48 * 3600
CAPTIONED = frozenset(FILES) - {"sticker", "video_note"}


def edit(sim: Telegram, person: Person, chat: int | None, message_id: int, wording: Wording) -> Message:
    """Change one's own words or caption; the same words again change nothing, as in the apps."""
    dialog, message = own(sim, person, chat, message_id)
    kind = kind_of(message.body)
    if "forward_origin" in message.body or kind not in ("text", *CAPTIONED):
        raise NotPossible("this message cannot be edited")
    if sim.clock.now() - message.body["date"] > EDITABLE:
        raise NotPossible("too old to be edited")
    new = wording.texts() if kind == "text" else [wording.caption()]
    if len(new) > 1:
        raise NotPossible("too long")
    old = ("text", "entities", "caption", "caption_entities")
    if new[0] == {name: message.body[name] for name in old if name in message.body}:
        return message
    message.reworded = int(sim.clock.now())
    rest = {name: value for name, value in message.body.items() if name not in old}
    message.body = {**rest, **new[0], "edit_date": message.reworded}
    sim.touch(message)
    show(sim, dialog, message, "edit")
    deliver(sim, dialog, message, "edited_message")
    return message


def own(sim: Telegram, person: Person, chat: int | None, message_id: int) -> tuple[Dialog, Message]:
    """A message that a person wrote themselves."""
    dialog, message = there(sim, person, chat, message_id)
    if message.sender != person.id:
        raise NotPossible("not your message")
    return dialog, message


def there(sim: Telegram, person: Person, chat: int | None, message_id: int) -> tuple[Dialog, Message]:
    """A message that a person has before them, with the network to do something about it."""
    if person.offline:
        raise NotPossible("no network")
    dialog = place(sim, person, chat)
    message = dialog.messages.get(message_id)
    if message is None:
        raise NotPossible("this message is gone")
    return dialog, message


def delete(sim: Telegram, person: Person, chat: int | None, numbers: list[int]) -> None:
    """Delete one's own messages for everybody (who runs a group: anybody's); bots are not told."""
    dialog = place(sim, person, chat)
    admin = not dialog.bot and is_admin(sim.world.groups[dialog.chat].members.get(person.id))
    for number in numbers:
        _, message = there(sim, person, chat, number)
        if message.sender != person.id and not dialog.bot and not admin:
            raise NotPossible("not your message")
    remove(sim, dialog, numbers)


def remove(sim: Telegram, dialog: Dialog, numbers: list[int]) -> None:
    """Take messages out of a conversation and off the phones."""
    for number in numbers:
        dialog.messages.pop(number, None)
    sim.changes += 1
    tell(sim, dialog, "delete", message_ids=numbers)
    sim.feed.stir()


def react(sim: Telegram, person: Person, chat: int | None, message_id: int, emoji: str) -> Message:
    """Put an emoji on a message; the same again takes it off."""
    dialog, message = there(sim, person, chat, message_id)
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
