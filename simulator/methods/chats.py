"""What a bot may learn and change about a chat: members, invitations, topics."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from simulator import groups
from simulator.call import Call
from simulator.methods.sending import add
from simulator.model import Account, Group, Json, Member, group_card, private_card, user_card
from simulator.places import chat_number, group_of, is_admin
from simulator.refusal import bad, forbidden
from simulator.standing import member_card
from simulator.telling import show

if TYPE_CHECKING:
    from simulator.core import Telegram

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def the_group(sim: Telegram, bot: Account, call: Call, otherwise: str = "chat not found") -> Group:
    """The group that a call means."""
    number = chat_number(sim, call)
    if number > 0:
        raise bad(otherwise)
    return group_of(sim, bot, number)


def run_group(sim: Telegram, bot: Account, call: Call, refused: str) -> Group:
    """The group that a call means, if the bot runs it."""
    group = the_group(sim, bot, call)
    if not is_admin(group.members.get(bot.id)):
        raise bad(refused)
    return group


def get_chat(sim: Telegram, bot: Account, call: Call) -> Json:
    """Everything about a chat."""
    number = chat_number(sim, call)
    full: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(GIFTS, False)}
    if number < 0:
        group = group_of(sim, bot, number)
        return {**group_card(group), **full, "permissions": {"can_send_messages": not group.muted}}
    person = sim.world.people.get(number)
    if person is None or number not in bot.dialogs:
        raise bad("chat not found")
    return {**private_card(person), **full}


def user_of(sim: Telegram, number: int) -> Json:
    """A person or bot as a User."""
    if number in sim.world.people:
        return user_card(sim.world.people[number])
    if number in sim.world.bots:
        return sim.world.bots[number].card()
    raise bad("PARTICIPANT_ID_INVALID")


def member_of(sim: Telegram, group: Group, number: int) -> Json:
    """Somebody's standing in a group."""
    user = user_of(sim, number)
    member = group.members.get(number, Member("left"))
    card = member_card(member.status, user, member.rights)
    return {**card, "tag": member.tag} if member.tag else card


def get_chat_member(sim: Telegram, bot: Account, call: Call) -> Json:
    """How one user stands in a chat."""
    number, wanted = chat_number(sim, call), call.integer("user_id")
    if number < 0:
        return member_of(sim, group_of(sim, bot, number), wanted)
    if number not in bot.dialogs:
        raise bad("chat not found")
    return member_card("member" if wanted in (number, bot.id) else "left", user_of(sim, wanted))


def get_chat_administrators(sim: Telegram, bot: Account, call: Call) -> list[Json]:
    """Who runs a group."""
    group = the_group(sim, bot, call, "there are no administrators in the private chat")
    return [member_of(sim, group, number) for number, member in group.members.items() if is_admin(member)]


def get_chat_member_count(sim: Telegram, bot: Account, call: Call) -> int:
    """How many are in a chat."""
    if chat_number(sim, call) > 0:
        return 2
    return sum(one.status not in ("left", "kicked") for one in the_group(sim, bot, call).members.values())


def leave_chat(sim: Telegram, bot: Account, call: Call) -> bool:
    """The bot goes out of a group."""
    group = the_group(sim, bot, call, "chat member status can't be changed in private chats")
    show(sim, group.dialog, add(sim, bot, group.dialog, {"left_chat_member": bot.card()}))
    was = group.members[bot.id].status
    group.members[bot.id].status = "left"
    groups.membership(sim, group, bot.card(), bot.card(), was, "left")
    sim.tell_groups()
    return True


def create_chat_invite_link(sim: Telegram, bot: Account, call: Call) -> Json:
    """A new link into a group."""
    group = run_group(sim, bot, call, "not enough rights to manage chat invite link")
    if call.flag("creates_join_request") and call.integer("member_limit"):
        raise bad("member limit can't be specified for links requiring administrator approval")
    address = f"https://t.me/+{secrets.token_urlsafe(12)}"
    link: Json = {
        "invite_link": address, "creator": bot.card(), "creates_join_request": call.flag("creates_join_request"),
        "is_primary": False, "is_revoked": False,
    }  # fmt: skip
    for name in ("member_limit", "expire_date"):
        if call.has(name):
            link[name] = call.integer(name)
    if call.has("name"):
        link["name"] = call.text("name")
    group.links[address] = link
    return link


def decide_join(let_in: bool) -> Any:
    """The method that lets somebody in who knocked, or sends them away."""

    def method(sim: Telegram, bot: Account, call: Call) -> bool:
        group = run_group(sim, bot, call, "not enough rights to manage chat join requests")
        number = call.integer("user_id")
        if group.asking.pop(number, None) is None:
            raise bad("HIDE_REQUESTER_MISSING")
        if let_in:
            groups.join(sim, group, sim.somebody(number))
        return True

    return method


def set_chat_member_tag(sim: Telegram, bot: Account, call: Call) -> bool:
    """A word beside a member's name."""
    group = run_group(sim, bot, call, "not enough rights to change custom title of the user")
    member, tag = group.members.get(call.integer("user_id")), call.text("tag")
    if member is None:
        raise bad("user not found")
    if len(tag) > 16 or any(letter > "\uffff" for letter in tag):
        raise bad("TAG_INVALID")
    member.tag = tag
    return True


# ---- topics ----------------------------------------------------------------------------------------------


def forum(sim: Telegram, bot: Account, call: Call) -> Group:
    """The supergroup whose topics a call is about."""
    group = the_group(sim, bot, call)
    if group.kind != "supergroup":
        raise bad("the chat is not a forum")
    if not is_admin(group.members.get(bot.id)):
        raise bad("not enough rights to manage topics")
    return group


def create_forum_topic(sim: Telegram, bot: Account, call: Call) -> Json:
    """A new topic; its first message gives it its id."""
    group, name = forum(sim, bot, call), call.text("name")
    if not 1 <= len(name) <= 128:
        raise bad("TOPIC_TITLE_INVALID" if name else "TOPIC_TITLE_EMPTY")
    colour = call.integer("icon_color", 7322096)
    message = add(sim, bot, group.dialog, {"forum_topic_created": {"name": name, "icon_color": colour}})
    topic = {"message_thread_id": message.id, "name": name, "icon_color": colour}
    group.topics[message.id] = topic
    group.dialog.card.update(group_card(group))
    show(sim, group.dialog, message)
    return topic


def topic_of(sim: Telegram, bot: Account, call: Call) -> Json:
    """The topic that a call means."""
    topic = forum(sim, bot, call).topics.get(call.integer("message_thread_id"))
    if topic is None:
        raise bad("message thread not found")
    return topic


def edit_forum_topic(sim: Telegram, bot: Account, call: Call) -> bool:
    """Another name for a topic."""
    topic = topic_of(sim, bot, call)
    if call.text("name"):
        topic["name"] = call.text("name")
    return True


def close_forum_topic(sim: Telegram, bot: Account, call: Call) -> bool:
    """Nobody may write in a topic any more."""
    topic = topic_of(sim, bot, call)
    if topic.get("closed"):
        raise bad("TOPIC_NOT_MODIFIED")
    topic["closed"] = True
    return True


def ban_chat_member(sim: Telegram, bot: Account, call: Call) -> bool:
    """Throw somebody out of a group."""
    group = run_group(sim, bot, call, "not enough rights to restrict/unrestrict chat member")
    number = call.integer("user_id")
    if is_admin(group.members.get(number)):
        raise bad("user is an administrator of the chat")
    person = sim.world.people.get(number)
    if person is None:
        raise forbidden("bot can't restrict self") if number == bot.id else bad("PARTICIPANT_ID_INVALID")
    groups.leave(sim, group, person)
    group.members[number] = Member("kicked")
    return True
