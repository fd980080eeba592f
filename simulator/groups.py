"""Groups: who comes and goes, and the upgrade to a supergroup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core import PLANE
from simulator.delivery import bots_of, deliver
from simulator.model import Account, Dialog, Group, Json, Member, Person, group_card, user_card
from simulator.refusal import NotPossible
from simulator.standing import member_card
from simulator.telling import show

if TYPE_CHECKING:
    from simulator.core import Telegram


def create(
    sim: Telegram, title: str, members: list[int], supergroup: bool = False, bots: list[Account] | None = None
) -> Group:
    """A new group of these people, owned by the first, and these bots (all of them, if none are named)."""
    if not title.strip():
        raise NotPossible("a group needs a title")
    people = [sim.somebody(number) for number in dict.fromkeys(members)]
    group = sim.add_group(title.strip(), [person.id for person in people], supergroup)
    for bot in (list(sim.world.bots.values()) if bots is None else bots) if people else []:
        add_bot(sim, group, bot, people[0])
    sim.tell_groups()
    return group


def add_bot(sim: Telegram, group: Group, bot: Account, by: Person, status: str = "member") -> None:
    """Somebody in a group puts a bot into it."""
    if by.id not in sim.people_of(group):
        raise NotPossible("not a member of this group")
    was = group.members.get(bot.id, Member("left")).status
    if was not in ("left", "kicked"):
        raise NotPossible("the bot is in this group already")
    group.members[bot.id] = Member(status)
    membership(sim, group, bot.card(), user_card(by), was, status)
    service(sim, group, by, {"new_chat_members": [bot.card()]})
    sim.tell_groups()


def remove_bot(sim: Telegram, group: Group, bot: Account, by: Person) -> None:
    """Somebody throws a bot out of a group."""
    member = group.members.get(bot.id)
    if member is None or member.status in ("left", "kicked"):
        raise NotPossible("the bot is not in this group")
    was, member.status = member.status, "kicked"
    membership(sim, group, bot.card(), user_card(by), was, "kicked")
    service(sim, group, by, {"left_chat_member": bot.card()})
    sim.tell_groups()


def promote(sim: Telegram, group: Group, number: int, admin: bool, rights: Json | None = None) -> None:
    """Make a member an admin, or an ordinary member again; `rights` that an admin lacks are given as false."""
    member = group.members.get(number)
    if member is None or member.status in ("left", "kicked"):
        raise NotPossible("not a member")
    was, member.status = member.status, "administrator" if admin else "member"
    member.rights = dict(rights or {}) if admin else {}
    user = sim.world.bots[number].card() if number in sim.world.bots else user_card(sim.world.people[number])
    owner = next((one for one, held in group.members.items() if held.status == "creator"), number)
    by = user_card(sim.world.people[owner]) if owner in sim.world.people else user
    membership(sim, group, user, by, was, member.status)
    sim.tell_groups()


def join(sim: Telegram, group: Group, person: Person) -> None:
    """Somebody comes in."""
    was = group.members.get(person.id, Member("left")).status
    if was not in ("left", "kicked"):
        return
    group.members[person.id] = Member("member")
    sim.tell_groups()
    membership(sim, group, user_card(person), user_card(person), was, "member")
    service(sim, group, person, {"new_chat_members": [user_card(person)]})


def leave(sim: Telegram, group: Group, person: Person) -> None:
    """Somebody goes."""
    member = group.members.get(person.id)
    if member is None or member.status == "left":
        return
    was = member.status
    service(sim, group, person, {"left_chat_member": user_card(person)})
    member.status = "left"
    group.dialog.keyboards.pop(person.id, None)
    membership(sim, group, user_card(person), user_card(person), was, "left")
    sim.tell_groups()


def ask_to_join(sim: Telegram, group: Group, person: Person, link: str = "") -> None:
    """Somebody knocks at a group; its bots that run it are told."""
    request: Json = {
        "chat": group.dialog.card, "from": user_card(person), "user_chat_id": person.id, "date": int(sim.clock.now()),
    }  # fmt: skip
    if link in group.links:
        request["invite_link"] = group.links[link]
    group.asking[person.id] = request
    for bot in bots_of(sim, group.dialog):
        sim.update(bot, "chat_join_request", request, person.id + 6 * PLANE)


def membership(sim: Telegram, group: Group, user: Json, by: Json, was: str, now: str) -> None:
    """Let the bots of a group know that somebody's standing changed."""
    change = {
        "chat": group.dialog.card, "from": by, "date": int(sim.clock.now()),
        "old_chat_member": member_card(was, user),
        "new_chat_member": member_card(now, user, group.members.get(user["id"], Member()).rights),
    }  # fmt: skip
    if user["is_bot"]:
        sim.update(sim.world.bots[user["id"]], "my_chat_member", change, group.id + 5 * PLANE)
    for bot in bots_of(sim, group.dialog):
        if bot.id != user["id"]:
            sim.update(bot, "chat_member", change, user["id"] + 6 * PLANE)


def service(sim: Telegram, group: Group, person: Person, content: Json) -> None:
    """A message that nobody wrote."""
    message = sim.add_message(group.dialog, person.id, user_card(person), content)
    show(sim, group.dialog, message)
    deliver(sim, group.dialog, message, "message")


def upgrade(sim: Telegram, group: Group) -> Group:
    """Make a supergroup of a group: it gets a new id, and both sides are told."""
    if group.kind == "supergroup":
        raise NotPossible("it is a supergroup already")
    sim.world.next_group += 1
    number = -1_000_000_000_000 - sim.world.next_group
    new = Group(number, group.title, Dialog(number, {}), "supergroup", dict(group.members))
    new.dialog.card = group_card(new)
    sim.world.groups[number] = new
    owner = sim.world.people[sim.people_of(group)[0]]
    service(sim, group, owner, {"migrate_to_chat_id": number})
    group.moved_to = number
    service(sim, new, owner, {"migrate_from_chat_id": group.id})
    sim.tell_groups()
    return new
