"""All that stands on one's own day card because it was too much for messages (the button under a full card)."""

from __future__ import annotations

from datetime import date

from actions import daycards
from actions.access import access_cohort_of
from chat.events import Tap
from chat.messages import Refusal, Reply, lines, say
from chat.turns import on_tap
from handlers.turns import Turn
from rules.roles import EVERYONE


async def noted(turn: Turn, said: Tap) -> Reply:
    """`lines:<date>`: the lines of the speaker's own card, in full."""
    await access_cohort_of(turn.tx, turn.me)
    try:
        day = date.fromisoformat(said.args[0] if said.args else "")
    except ValueError:
        raise Refusal("help-old-button") from None
    found = await daycards.noted_on(turn.tx, turn.me, day.isoformat(), turn.now)
    return Reply(lines(*found) if found else say("daycards-lines-none"))


ROUTES = (on_tap("lines", noted, who=EVERYONE),)
