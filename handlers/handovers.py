"""[交接] in the chat: what is open, and to whom it goes (ROLE-04)."""

from __future__ import annotations

from actions import handovers as deeds
from actions.access import need_class
from chat.events import Event, Tap
from chat.messages import Reply, button, lines, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from rules.roles import TEACHERS


async def look(turn: Turn, said: Event) -> Reply:
    """What is open now, and a button for each other class teacher."""
    found = await deeds.open_items(turn.tx, need_class(turn.me), turn.now)
    text, rows = deeds.listed(found, turn.me.lang)
    teachers = await deeds.others(turn.tx, turn.me)
    give = tuple((button(say("handovers-give", name=p.name), "handover", p.id),) for p in teachers)
    return Reply(lines(say("handovers-head"), text, None if give else say("handovers-nobody")), (*rows, *give))


async def give(turn: Turn, said: Tap) -> Reply:
    """Hand over: the other is told with the list, from now on the clock asks him first (`handover:<member>`)."""
    to = await deeds.hand_over(turn.tx, turn.me, said.number(), turn.now)
    return Reply(say("handovers-done", name=to.name), edit=True)


ROUTES = (
    on_word("menu-handover", look, who=TEACHERS),
    on_command("handover", look, who=TEACHERS, about="handovers-about"),
    on_tap("handover", give, who=TEACHERS),
)
