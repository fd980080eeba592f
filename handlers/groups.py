"""The group of a class: found when a teacher adds the bot to it; it only receives (BC-05)."""

from __future__ import annotations

from actions.groups import adopt, lose
from chat.events import Joined, Moved
from chat.messages import Message, Reply, say
from chat.turns import on_kind
from handlers.turns import Turn
from rules.roles import ANYBODY
from storage import outbox


async def joined(turn: Turn, said: Joined) -> Reply:
    """The bot was added to a group, or taken out. The group is told nothing; who added it is told privately."""
    if not said.here:
        await lose(turn.tx, said.chat_id, turn.now)
        return Reply()
    adopted = await adopt(turn.tx, turn.me, said.chat_id, said.title, turn.now)
    if not adopted:
        return Reply()
    key = "groups-adopted" if said.may_pin else "groups-adopted-no-pin"
    return Reply(more=(Message(say(key, group=said.title, title=turn.me.cohort_title)),))


async def moved(turn: Turn, said: Moved) -> Reply:
    """A group became a supergroup: everything goes to its new id."""
    await outbox.move_chat(turn.tx, said.chat_id, said.new_chat_id)
    return Reply()


ROUTES = (
    on_kind("joined", joined, who=ANYBODY),
    on_kind("moved", moved, who=ANYBODY),
)
