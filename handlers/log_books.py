"""我的日志 as a Word file, and for class teachers the logs of the class for its archive (LOG-12)."""

from __future__ import annotations

from actions import log_books as deeds
from actions.log_books import SHEET, VOLUME
from chat.events import Event, Tap
from chat.messages import Reply, button, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from rules.roles import TEACHERS, TRAINEES


async def mine(turn: Turn, said: Event) -> Reply:
    """One's own logs, at any time."""
    await deeds.wish_for_mine(turn.tx, turn.me, turn.now)
    return Reply(say("logs-mine-coming"))


async def volume(turn: Turn, said: Event) -> Reply:
    """[日志文集]: Word or Excel."""
    rows = ((button("logs-as-word", "logbook", VOLUME), button("logs-as-sheet", "logbook", SHEET)),)
    return Reply(say("logs-volume-which"), rows)


async def wish(turn: Turn, said: Tap) -> Reply:
    """`logbook:<volume|sheet>`."""
    await deeds.wish_for_class(turn.tx, turn.me, said.args[0] if said.args else "", turn.now)
    return Reply(say("logs-volume-coming"), edit=True)


ROUTES = (
    on_word("menu-log-mine", mine, who=TRAINEES),
    on_command("mylogs", mine, who=TRAINEES, about="logs-mine-about"),
    on_word("menu-log-volume", volume, who=TEACHERS),
    on_command("logbook", volume, who=TEACHERS, about="logs-volume-about"),
    on_tap("logbook", wish, who=TEACHERS),
)
