"""[机器状况]: failed updates, unsent messages, last tick, disk; numbers and numbers of updates, no words of people
(SCH-12)."""

from __future__ import annotations

from actions import machine
from chat.messages import say
from desk.visits import Page, Visit, Way, page
from rules.roles import ADMINS
from storage import desk_machine, inbox


async def show(visit: Visit) -> Page:
    """The same numbers as on the card in the chat, with what lies behind them."""
    state = await machine.look(visit.tx, visit.now)
    dead = [(letter.id, letter.tries, _kind(letter.trouble)) for letter in await inbox.dead(visit.tx)]
    unsent = await desk_machine.unsent(visit.tx)
    values = {"card": machine.card(state, visit.now), "dead": dead, "unsent": unsent, "disk": visit.disk}
    return Page("machine.html", say("desk-machine"), values, live=("today",))


def _kind(trouble: str) -> str:
    """The kind of an error without its text, which may hold somebody's words."""
    last = trouble.strip().rpartition("\n")[2].partition(":")[0].strip()
    return last if last.replace(".", "").replace("_", "").isalnum() and len(last) < 80 else ""


WAYS: tuple[Way, ...] = (page("/desk/machine", show, who=ADMINS, nav="desk-machine"),)
