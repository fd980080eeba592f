"""Questions as the desk shows them: the queue with its numbers, one question with what may be done, an answer typed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from msgspec import Struct, structs

from actions import question_answers as answering
from actions import question_cards as cards
from actions import question_queue, question_routing, question_together
from actions.access import access_cohort_of
from actions.question_access import access_question_by_id, me_before
from actions.question_numbers import READERS, reply_minutes
from actions.question_queue import Queue
from actions.question_topics import Topic, topic_of
from chat.messages import Lines, Say
from rules.questions import OPEN, PRIVATE, WITH_ANSWER, Viewer, may_answer, may_assign, sees_staff_side
from rules.roles import CLASS_TEACHER
from storage import answers, questions
from storage.accounts import Me
from storage.answers import File
from storage.members import Addressee
from storage.questions import Question
from storage.sessions import Session
from storage.tx import Tx

STEPS = ((30, "30"), (60, "60"), (120, "120"), (240, "240"))
"""Answer times are counted up to so many service minutes each."""


class Board(Struct, frozen=True):
    """The queue, and for those who may see them the class's questions by category and by waiting time."""

    queue: Queue
    which: str
    topics: list[tuple[Topic, int]]
    times: list[tuple[str, int]]


async def board(tx: Tx, me: Me, which: str, now: datetime) -> Board:
    """What waits; the pictures only for those who see the numbers of the class (QA-13)."""
    chosen = which if which in question_queue.WHICH else question_queue.WHICH[0]
    queue = await question_queue.listed(tx, me, chosen, now)
    if not me.roles & READERS:
        return Board(queue, chosen, [], [])
    cohort = await access_cohort_of(tx, me)
    every = await questions.of_cohort(tx, cohort.id)
    count = Counter((q.topic, q.topic_ref) for q in every)
    topics = [(await topic_of(tx, cohort.id, *key, None), n) for key, n in count.most_common(8)]
    waits = [m for q in every if (m := reply_minutes(q, cohort)) is not None]
    times = [(label, sum(low <= m < high for m in waits)) for low, high, label in _spans()]
    return Board(queue, chosen, topics, times if waits else [])


def _spans() -> list[tuple[float, float, str]]:
    low, found = 0.0, []
    for high, label in STEPS:
        found.append((low, float(high), f"<{label}"))
        low = float(high)
    return [*found, (low, float("inf"), f"≥{STEPS[-1][1]}")]


class Opened(Struct, frozen=True, kw_only=True):
    """One question as its reader may see it, and what he may do with it."""

    question: Question
    text: Lines | Say
    files: list[File]
    viewer: Viewer
    history: Lines | None
    choices: list[Addressee]
    """To whom it may be given."""
    sessions: list[Session]
    """In which it may be answered for all."""
    lecturer: str
    """In whose name a class teacher may answer."""
    draft: str
    """What was begun in the chat."""

    @property
    def may_answer(self) -> bool:
        return may_answer(self.viewer) and self.question.state in OPEN | WITH_ANSWER

    @property
    def may_assign(self) -> bool:
        return may_assign(self.viewer.roles) and self.question.state in OPEN

    @property
    def may_book(self) -> bool:
        sees = sees_staff_side(self.viewer) and self.question.visibility != PRIVATE
        return sees and self.question.state in WITH_ANSWER


async def opened(tx: Tx, me: Me, id: int, now: datetime) -> Opened:
    """One question; whoever may not read it is refused as if it were not there."""
    question = await access_question_by_id(tx, me, id)
    viewer = await me_before(tx, me, question)
    shown = await cards.seen_by(tx, question, viewer, me.lang, now)
    staff, teacher = sees_staff_side(viewer), CLASS_TEACHER in me.class_roles.split()
    gives = may_assign(me.roles) and question.state in OPEN
    lecturer = await answering.lecturer_of(tx, question) if teacher else None
    draft = await answers.draft_of(tx, question.id, me.member_id) if me.member_id else None
    return Opened(
        question=question, text=shown.text, viewer=viewer,
        files=[*await answers.files_of(tx, question.id), *(await answers.files_of(tx, question.id, question.version)
                                                           if question.version else [])],
        history=await question_queue.history(tx, me, question) if staff else None,
        choices=await question_routing.choices(tx, me, question, now) if gives else [],
        sessions=await question_together.together_choices(tx, me, question, now) if gives and teacher else [],
        lecturer=lecturer.name if lecturer and lecturer.id != me.member_id else "", draft=draft.body if draft else "",
    )  # fmt: skip


async def answer(
    tx: Tx, me: Me, question: Question, body: str, base: int, now: datetime, *, as_lecturer: bool = False
) -> answering.Sent:  # fmt: skip
    """Send what was typed over the version that was shown; refused when somebody else has answered since (QA-06)."""
    draft = await answering.begin(tx, me, question, now)
    lecturer = await answering.lecturer_of(tx, question) if as_lecturer else None
    teacher = CLASS_TEACHER in me.class_roles.split()
    typed = structs.replace(draft, body=body.strip(), files=[], base=base, at=now,
                            author_id=lecturer.id if lecturer and teacher else None)  # fmt: skip
    answering.fits(typed.body, typed.files)
    return await answering.send(tx, me, question, await answers.put_draft(tx, typed), now)
