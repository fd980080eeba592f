"""The questions of a class in numbers, without names and without a table of teachers (QA-13)."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.access import access_cohort_of, need
from actions.question_topics import topic_of
from chat.messages import Lines, lines, say
from rules.question_numbers import Asked, Numbers, numbers_of
from rules.questions import BY_CLASS, BY_HANDBOOK, BY_SELF, DECLINED
from rules.roles import ADMIN, CLASS_TEACHER, SCHOOL_LEADER
from rules.service_hours import minutes_between
from storage import questions
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.questions import Question
from storage.tx import Tx

READERS = frozenset({CLASS_TEACHER, ADMIN, SCHOOL_LEADER})
DOORS = (BY_CLASS, BY_HANDBOOK, BY_SELF)
TOPICS = 3


async def count(tx: Tx, cohort: Cohort, now: datetime) -> Numbers:
    """The numbers of a class as they stand."""
    return numbers_of(_asked(q, cohort, now) for q in await questions.of_cohort(tx, cohort.id))


def _asked(question: Question, cohort: Cohort, now: datetime) -> Asked:
    replied, in_time = question.first_answer_at, None
    assert question.sent_at is not None
    until = question.sent_at + timedelta(hours=cohort.rules.question.answer_due_hours)
    if replied is not None:
        in_time = replied <= until
    elif question.state != DECLINED and now > until:
        in_time = False
    return Asked(topic=(question.topic, question.topic_ref), door=question.door, state=question.state,
                 late=question.late, reopened=question.reopened, minutes=reply_minutes(question, cohort),
                 in_time=in_time)  # fmt: skip


def reply_minutes(question: Question, cohort: Cohort) -> float | None:
    """How many service minutes somebody waited for the first reply."""
    if question.first_answer_at is None or question.sent_at is None:
        return None
    hours = cohort.rules.question.service_hours
    return minutes_between(question.sent_at, question.first_answer_at, hours, cohort.timezone)


async def shown(tx: Tx, me: Me, now: datetime) -> Lines:
    """[统计]: for class teachers, the office and school leaders."""
    need(me, *READERS)
    cohort = await access_cohort_of(tx, me)
    found = await count(tx, cohort, now)
    if not found.asked:
        return lines(say("question-numbers-head", title=cohort.title_in(me.lang)), say("question-numbers-none"))
    topics = [
        say("question-numbers-topic", topic=(await topic_of(tx, cohort.id, *topic, None)).label(me.lang), count=count)
        for topic, count in found.topics[:TOPICS]
    ]
    doors = [say(f"question-numbers-door-{d}", count=found.doors[d]) for d in DOORS if found.doors.get(d)]
    return lines(
        say("question-numbers-head", title=cohort.title_in(me.lang)),
        say("question-numbers-asked", count=found.asked, open=found.open, late=found.late, solved=found.solved,
            declined=found.declined),
        say("question-numbers-first", median=found.median, ninety=found.ninety or 0)
        if found.median is not None else say("question-numbers-no-reply"),
        say("question-numbers-in-time", hours=cohort.rules.question.answer_due_hours, share=found.in_time)
        if found.in_time is not None else None,
        say("question-numbers-reopened", count=found.reopened) if found.reopened else None,
        say("question-numbers-doors", doors=doors),
        say("question-numbers-topics", topics=topics),
    )  # fmt: skip
