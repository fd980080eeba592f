"""The live queue on the lecturer's phone: looked at any time, said in class, or answered later in writing (QA-12)."""

from __future__ import annotations

from actions import question_answers as answering
from actions import question_live as deeds
from actions import question_routing as routing
from actions.question_access import access_to_answer
from chat.events import Tap
from chat.messages import Reply, say
from chat.turns import on_tap
from handlers.turns import Turn
from rules.roles import CLASS_TEACHER, LECTURER
from storage import sessions

LEADS = frozenset({LECTURER, CLASS_TEACHER})


async def here(turn: Turn, said: Tap) -> Reply:
    """[本课提问] (`qlive:<session>`): the queue at the foot of the chat."""
    session = await deeds.access_live_by_id(turn.tx, turn.me, said.number())
    await deeds.present(turn.tx, turn.me, session, turn.now)
    return Reply()


async def oral(turn: Turn, said: Tap) -> Reply:
    """[已口头答] (`qoral:<question>`): whoever asked it hears that it was answered in class."""
    question = await access_to_answer(turn.tx, turn.me, said.number())
    sent = await answering.said_in_class(turn.tx, turn.me, question, turn.now)
    return Reply(toast=say("question-live-said", no=question.no, others=sent.others))


async def later(turn: Turn, said: Tap) -> Reply:
    """[稍后书面答] (`qlater:<question>`): it becomes an ordinary question; a second tap changes nothing."""
    question = await access_to_answer(turn.tx, turn.me, said.number())
    if question.live:
        session = await sessions.by_id(turn.tx, question.session_id or 0)
        await routing.out_of_the_queue(turn.tx, question, turn.now, starts=session.ends_at if session else None)
    return Reply(toast=say("question-live-put-off", no=question.no))


ROUTES = (
    on_tap("qlive", here, who=LEADS),
    on_tap("qoral", oral, who=LEADS),
    on_tap("qlater", later, who=LEADS),
)
