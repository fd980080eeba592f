"""Finding the chat that a bot means, and whether the bot may write there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.model import Account, Dialog, Group, Member
from simulator.refusal import Refusal, bad, forbidden

if TYPE_CHECKING:
    from simulator.call import Call
    from simulator.core import Telegram

ADMINS = ("creator", "administrator")


def find(sim: Telegram, bot: Account, call: Call, name: str = "chat_id") -> Dialog:
    """The conversation named by a call, if the bot is in it and may speak there."""
    number = chat_number(sim, call, name)
    return private(sim, bot, number) if number > 0 else group_of(sim, bot, number).dialog


def chat_number(sim: Telegram, call: Call, name: str = "chat_id") -> int:
    """The id of the chat named by a call; an @name is looked up."""
    value = call.text(name).strip()
    if not value:
        raise bad("chat_id is empty")
    try:
        return int(value)
    except ValueError:
        wanted = value.lstrip("@").lower()
    for person in sim.world.people.values():
        if person.username and person.username.lower() == wanted:
            return person.id
    raise bad("chat not found")


def private(sim: Telegram, bot: Account, number: int) -> Dialog:
    """A private chat that has begun and is not blocked."""
    person = sim.world.people.get(number)
    if person is None:
        if number in sim.world.bots:
            raise forbidden("bot can't send messages to bots")
        raise bad("chat not found")
    if person.deactivated:
        raise forbidden("user is deactivated")
    dialog = bot.dialogs.get(number)
    if dialog is None or not dialog.started:
        raise forbidden("bot can't initiate conversation with a user")
    if dialog.blocked:
        raise forbidden("bot was blocked by the user")
    return dialog


def group_of(sim: Telegram, bot: Account, number: int) -> Group:
    """A group in which the bot is."""
    group = sim.world.groups.get(number)
    if group is None:
        raise bad("chat not found")
    if group.moved_to:
        raise Refusal(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=group.moved_to)
    if group.deleted:
        raise forbidden("the group chat was deleted")
    member = group.members.get(bot.id)
    if member is not None and member.status == "kicked":
        raise forbidden(f"bot was kicked from the {group.kind} chat")
    if member is None or member.status == "left":
        raise forbidden(f"bot is not a member of the {group.kind} chat")
    return group


def may_send(sim: Telegram, bot: Account, dialog: Dialog, what: str) -> None:
    """Refuse where the bot is restricted; `what` is "text messages", "photos", …"""
    if dialog.bot:
        return
    group = sim.world.groups[dialog.chat]
    member = group.members[bot.id]
    muted = group.muted and member.status not in ADMINS
    if muted or member.rights.get("can_send_messages") is False:
        raise bad(f"not enough rights to send {what} to the chat")


def is_admin(member: Member | None) -> bool:
    """Whether somebody runs the group."""
    return member is not None and member.status in ADMINS


def allowed(member: Member | None, right: str) -> bool:
    """Whether somebody who runs the group has this right, such as "can_pin_messages"."""
    return member is not None and is_admin(member) and bool(member.rights.get(right, True))
