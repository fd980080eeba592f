"""[统计]: the questions of the class in numbers (QA-13)."""

from __future__ import annotations

from actions import question_numbers as deeds
from chat.events import Tap
from chat.messages import Reply
from chat.turns import on_tap
from handlers.turns import Turn


async def numbers(turn: Turn, said: Tap) -> Reply:
    """How many, how soon, about what (`qnumbers`)."""
    return Reply(await deeds.shown(turn.tx, turn.me, turn.now))


ROUTES = (on_tap("qnumbers", numbers, who=deeds.READERS),)
