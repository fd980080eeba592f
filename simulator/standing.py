"""How somebody stands to a bot or in a group: blocked or not, member, admin, gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core import PLANE
from simulator.model import Account, Json, Person, user_card

if TYPE_CHECKING:
    from simulator.core import Telegram


def block(sim: Telegram, person: Person, bot: Account, blocked: bool) -> None:
    """Block a bot or let it write again; the bot is told."""
    dialog = sim.dialog(bot, person)
    if dialog.blocked == blocked:
        return
    dialog.blocked = blocked
    was, now = ("member", "kicked") if blocked else ("kicked", "member")
    change = {
        "chat": dialog.card, "from": user_card(person), "date": int(sim.clock.now()),
        "old_chat_member": member_card(was, bot.card()), "new_chat_member": member_card(now, bot.card()),
    }  # fmt: skip
    sim.update(bot, "my_chat_member", change, dialog.chat + 5 * PLANE)
    sim.tell_people()


def member_card(status: str, user: Json, held: Json | None = None) -> Json:
    """A ChatMember with the fields that its kind must have; `held` are the rights that differ from the usual ones."""
    card: Json = {"status": status, "user": user}
    if status == "kicked":
        card["until_date"] = 0
    if status == "creator":
        card["is_anonymous"] = False
    if status == "administrator":
        rights = (
            "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
            "can_promote_members", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
            "can_post_stories", "can_edit_stories", "can_delete_stories", "can_manage_tags",
        )  # fmt: skip
        card |= {"can_be_edited": False, "is_anonymous": False, **dict.fromkeys(rights, True), **(held or {})}
    return card
