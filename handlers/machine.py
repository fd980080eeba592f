"""[机器状况]: the ops card for administrators, numbers only (SCH-12)."""

from __future__ import annotations

from actions import machine
from chat.events import Event, Tap
from chat.messages import Reply, button
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from rules.roles import ADMINS


async def show(turn: Turn, said: Event) -> Reply:
    """Last tick, what waits, what failed in a day, the last backup."""
    text = machine.card(await machine.look(turn.tx, turn.now), turn.now)
    return Reply(text, ((button("machine-refresh", "machine"),),), edit=isinstance(said, Tap))


ROUTES = (
    on_word("menu-machine", show, who=ADMINS),
    on_command("ops", show, who=ADMINS, about="machine-about"),
    on_tap("machine", show, who=ADMINS),
)
