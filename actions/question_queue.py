"""The queue of those who answer, by the clock, and the history of a question (QA-05, QA-12)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from msgspec import Struct, structs

from actions.access import need_class
from actions.question_access import me_before
from actions.question_topics import Topic, topic_of
from chat.messages import Lines, Refusal, When, lines, say
from rules.questions import ANSWERED, OPEN, SOLVED, may_assign, sees_staff_side, sees_text
from rules.roles import CLASS_TEACHER, LECTURER
from storage import answers, members, question_events, questions, sessions
from storage.accounts import Me
from storage.questions import Question
from storage.sessions import Session
from storage.tx import Tx

WHICH = ("open", "mine", "answered")
EVENTS = 12


class Roled(Protocol):
    @property
    def role_set(self) -> frozenset[str]: ...


class Queue(Struct, frozen=True):
    """What waits, with the category of each and how many ask the same."""

    questions: list[Question]
    topics: dict[int, Topic]
    same: dict[int, int]


def role_of(person: Roled) -> str:
    """How somebody who answers is called."""
    if CLASS_TEACHER in person.role_set:
        return "questions-role-class"
    return "questions-role-lecturer" if LECTURER in person.role_set else "questions-role-office"


async def listed(tx: Tx, me: Me, which: str, now: datetime) -> Queue:
    """Class teachers and the office see all that waits, others what is theirs; late first, then by the clock."""
    cohort_id = need_class(me)
    states = frozenset({ANSWERED, SOLVED}) if which == "answered" else OPEN
    found = await questions.of_cohort(tx, cohort_id, states)
    if which == "mine" or not may_assign(me.roles):
        found = [q for q in found if q.owner_id is not None and q.owner_id == me.member_id]
    found = [q for q in found if not q.live or may_assign(me.roles)]
    ordered = sorted(found, key=_pressing if which != "answered" else lambda q: (-q.no,))
    topics, known = {}, {}
    for q in ordered:
        key = (q.topic, q.topic_ref, q.session_id)
        if key not in known:
            known[key] = await topic_of(tx, cohort_id, *key)
        topics[q.id] = known[key]
    return Queue([await _masked(tx, me, q) for q in ordered], topics, await answers.same_counts(tx, cohort_id))


async def _masked(tx: Tx, me: Me, question: Question) -> Question:
    """What is for teachers only stands in the office's queue without its text."""
    if sees_text(await me_before(tx, me, question), question.visibility):
        return question
    return structs.replace(question, text="…")


def _pressing(question: Question) -> tuple[bool, float, int]:
    at = question.promised_at or question.return_at or question.due_at or question.sent_at
    return (not question.late, at.timestamp() if at else 0.0, question.no)


async def live_sessions(tx: Tx, me: Me, now: datetime) -> list[Session]:
    """The sessions of today with a live queue: a lecturer's own, all of them for class teachers."""
    teacher = CLASS_TEACHER in me.class_roles.split()
    waiting = {q.session_id for q in await questions.of_cohort(tx, need_class(me), OPEN) if q.live}
    return [
        s
        for s in await sessions.of_cohort(tx, me.cohort_id)
        if s.id in waiting and (teacher or (s.lead_ref == me.ref and LECTURER in me.roles))
    ]


async def history(tx: Tx, me: Me, question: Question) -> Lines:
    """Who did what when: for class teachers, and who answers."""
    viewer = await me_before(tx, me, question)
    if not sees_staff_side(viewer):
        raise Refusal("refusals-not-here")
    found = await question_events.of_question(tx, question.id)
    shown = []
    for event in found[-EVENTS:]:
        own = event.member_id == question.asker_id
        who = await members.get(tx, event.member_id) if event.member_id and not own else None
        why = event.why if event.kind == "decline" and who else ""
        key = (
            "questions-did-own"
            if own
            else "questions-did-why"
            if why
            else "questions-did-who"
            if who
            else "questions-did"
        )
        what = say(f"questions-event-{event.kind}")
        shown.append(say(key, at=When(event.at), what=what, name=who.name if who else "", why=why))
    return lines(say("questions-history-head", no=question.no), *shown)
