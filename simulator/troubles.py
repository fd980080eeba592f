"""What a fault does to a call before it is run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator import groups, standing
from simulator.call import Call
from simulator.faults import Fault
from simulator.model import Account
from simulator.refusal import Refusal, bad

if TYPE_CHECKING:
    from simulator.core import Telegram

MEDIA = ("photo", "voice", "video", "audio", "document", "animation", "sticker", "file_id")


def befall(sim: Telegram, bot: Account, call: Call, fault: Fault) -> None:
    """Refuse a call in the way a fault asks, or let happen what the call will then run into."""
    if fault.kind == "refuse":
        raise bad(fault.text)
    if fault.kind == "429":
        raise wait(fault.retry_after)
    if fault.kind == "flood":
        raise wait(fault.until - sim.clock.now())
    if fault.kind in ("500", "502", "504"):
        raise Refusal(int(fault.kind), "restart" if fault.kind == "500" else "")
    if fault.kind == "block":
        shut_out(sim, bot, call.integer("chat_id"))
    if fault.kind == "vanish":
        for file_id in files_of(call):
            if file_id in sim.world.files:
                sim.files.lose(file_id)


def wait(seconds: float) -> Refusal:
    """A 429 of any length, up to hours."""
    after = max(1, math.ceil(seconds))
    return Refusal(429, f"retry after {after}", retry_after=after)


def shut_out(sim: Telegram, bot: Account, chat: int) -> None:
    """A person blocks the bot; a group's owner throws it out."""
    if chat in sim.world.people:
        standing.block(sim, sim.world.people[chat], bot, True)
    elif (group := sim.world.groups.get(chat)) is not None:
        members = sim.people_of(group)
        member = group.members.get(bot.id)
        if members and member is not None and member.status not in ("left", "kicked"):
            groups.remove_bot(sim, group, bot, sim.somebody(members[0]))


def files_of(call: Call) -> list[str]:
    """The file ids that a call names, also those inside an album."""
    media: Any = call.tree("media")
    items = media if isinstance(media, list) else [media]
    named = [str(item.get("media")) for item in items if isinstance(item, dict)]
    return [*named, *(call.text(name) for name in MEDIA)]
