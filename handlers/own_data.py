"""[导出我的数据] and [删除可选数据]: one's own data, taken along or taken away (XC-07)."""

from __future__ import annotations

from actions import erasure, own_data
from chat.events import Event, Tap
from chat.messages import Reply, button, say
from chat.turns import on_command, on_tap
from handlers.turns import Turn
from rules.roles import EVERYONE


async def export(turn: Turn, said: Event) -> Reply:
    """All that is kept about the speaker, as a file made beside the turns."""
    await own_data.wish(turn.tx, turn.me, turn.now)
    return Reply(say("owndata-begun"), silent=True)


async def optional(turn: Turn, said: Tap) -> Reply:
    """What could be deleted; nothing is before [确认删除]."""
    found = await erasure.optional_of(turn.tx, turn.me)
    if not any(found.values()):
        return Reply(say("owndata-optional-none"))
    rows = ((button("owndata-optional-yes", "optionaldel"),),)
    return Reply(say("owndata-optional-ask", moods=found["moods"], facts=found["facts"]), rows)


async def delete(turn: Turn, said: Tap) -> Reply:
    """[确认删除]."""
    await erasure.delete_optional(turn.tx, turn.me, turn.now)
    return Reply(say("owndata-optional-done"), edit=True)


ROUTES = (
    on_command("mydata", export, who=EVERYONE, about="owndata-about"),
    on_tap("owndata", export, who=EVERYONE),
    on_tap("optional", optional, who=EVERYONE),
    on_tap("optionaldel", delete, who=EVERYONE),
)
