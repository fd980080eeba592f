"""What the clock does about questions: reminds, takes back, closes, opens the live queue (QA-05, QA-07, QA-12)."""

from __future__ import annotations

from datetime import datetime

from actions import question_answers, question_break, question_states, question_together
from actions import question_routing as routing
from actions.question_access import happened, people_of
from chat.messages import When, say
from rules.questions import ASSIGNED, OPEN
from rules.roles import ADMIN, CLASS_TEACHER
from storage import outbox, questions
from storage.cohorts import Cohort
from storage.dues import Due
from storage.questions import Question
from storage.tx import Tx


async def _still(tx: Tx, thing: Due) -> Question | None:
    """The question of a due thing, when it is still the same assignment that set it off (SCH-08)."""
    question = await questions.get(tx, int(thing.what.split(":")[0]))
    if question is None or question.state not in OPEN or routing.stamp_of(question) != thing.what:
        return None
    return question


async def nudge(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """After an hour of service its owner is reminded (QA-05)."""
    question = await _still(tx, thing)
    if question is not None and question.state == ASSIGNED and (question.return_at is None or now < question.return_at):
        owner = next((p for p in await people_of(tx, cohort.id, now) if p.member_id == question.owner_id), None)
        if owner is not None:
            head = say("questions-nudge", until=When(question.return_at or now))
            await routing.tell(tx, question, owner, now, head, f"nudge:{thing.what}")


async def overdue(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """After two hours of service it goes back to the queue, flagged, and the class teachers are told (AT-11)."""
    question = await _still(tx, thing)
    if question is None or question.state != ASSIGNED:
        return
    was = next((p for p in await people_of(tx, cohort.id, now) if p.member_id == question.owner_id), None)
    question = await routing.requeue(tx, question, now, late=True)
    await happened(tx, question, "return", None, now, why="late")
    await outbox.call_back(tx, f"question:nudge:{thing.what}")
    head = say("questions-late", name=was.name if was else "", minutes=cohort.rules.question.return_min)
    await routing.tell_teachers(tx, question, now, head, f"late:{thing.what}")


async def whole_day(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """Whatever happens, after 24 hours all class teachers and the office hear of it."""
    question = await questions.get(tx, int(thing.what.split(":")[0]))
    if question is None or question.state not in OPEN or question.due_at is None or question.due_at > now:
        return
    hours = cohort.rules.question.answer_due_hours
    for person in await people_of(tx, cohort.id, now):
        if person.role_set & {CLASS_TEACHER, ADMIN}:
            key = f"day:{question.id}:{round(question.due_at.timestamp())}"
            await routing.tell(tx, question, person, now, say("questions-whole-day", hours=hours), key)


DEEDS = {
    routing.NUDGE: nudge, routing.RETURN: overdue, routing.DUE: whole_day,
    **question_answers.DEEDS, **question_states.DEEDS, **question_break.DEEDS, **question_together.DEEDS,
}  # fmt: skip
"""Each looks at the question again before it acts (SCH-08); they go on after the class, until it is erased."""
