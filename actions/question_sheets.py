"""The questions of a class as a table; nobody reads there more than in the chat (DASH-04, AT-37)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from actions.people import who_where
from actions.question_cards import level_word, state_word
from actions.question_numbers import reply_minutes
from actions.question_queue import role_of
from actions.question_topics import topic_of
from actions.registers import Cell, Table, columns_of
from chat.messages import Say, lines, say
from rules.questions import PRIVATE, Viewer, sees_name
from rules.roles import CLASS_TEACHER
from storage import answers, members, questions
from storage.answers import Answer
from storage.cohorts import Cohort
from storage.members import Member
from storage.questions import Question
from storage.tx import Tx
from texts.render import Voice

HEADER = ("number", "at", "category", "level", "asker", "question", "state", "same", "answer", "answered-by",
          "answered-at", "minutes", "why")  # fmt: skip
WIDE = frozenset({5, 8, 12})


async def table(tx: Tx, cohort: Cohort, roles: Collection[str], speak: Voice) -> Table:
    """All sent questions with their newest answers, as somebody with these roles may read them."""
    reads = Viewer(roles=frozenset(roles))
    people = {m.id: m for m in await members.of_cohort(tx, cohort.id)}
    newest = {a.question_id: a for a in await answers.of_cohort(tx, cohort.id)}
    same = await answers.same_counts(tx, cohort.id)
    labels: dict[tuple[str, str], str] = {}
    rows: list[tuple[Cell, ...]] = []
    for question in await questions.of_cohort(tx, cohort.id):
        topic = (question.topic, question.topic_ref)
        if topic not in labels:
            labels[topic] = speak.plain((await topic_of(tx, cohort.id, *topic, None)).label(speak.lang))
        answer, minutes = newest.get(question.id), reply_minutes(question, cohort)
        rows.append((
            question.no, _time(question.sent_at, speak), labels[topic], speak.plain(level_word(question.visibility)),
            _asker(question, people[question.asker_id], reads, speak), _text(question, question.text, reads, speak),
            speak.plain(state_word(question)), same.get(question.id, 0),
            _text(question, _said(answer, speak), reads, speak) if answer else "",
            _author(answer, people, speak), _time(answer.at if answer else None, speak),
            "" if minutes is None else round(minutes), _text(question, question.reason, reads, speak),
        ))  # fmt: skip
    return Table("questions", speak.plain(say("exports-questions")), columns_of(speak, *HEADER), rows, WIDE)


def _asker(question: Question, asker: Member, reads: Viewer, speak: Voice) -> str:
    seen = sees_name(reads, question.visibility)
    return speak.plain(who_where(asker) if seen else say("questions-somebody"))


def _text(question: Question, text: str, reads: Viewer, speak: Voice) -> str:
    """Words of a question or its answer; of those for teachers only nothing but that."""
    if text and question.visibility == PRIVATE and CLASS_TEACHER not in reads.roles:
        return speak.plain(level_word(PRIVATE))
    return text


def _said(answer: Answer, speak: Voice) -> str:
    """An answer in words; what was said aloud, or is a file, is named as such."""
    if answer.body:
        return answer.body
    return speak.plain(say("questions-answer-oral" if answer.source == "oral" else "exports-question-file"))


def _author(answer: Answer | None, people: dict[int, Member], speak: Voice) -> str:
    """Role and name of whoever answered."""
    author = people.get(answer.author_id) if answer else None
    if author is None:
        return ""
    shown: tuple[Say, ...] = (say(role_of(author)), say("rolls-person-only", name=author.name))
    return speak.plain(lines(*shown, gap=" "))


def _time(at: datetime | None, speak: Voice) -> str:
    return f"{at.astimezone(speak.zone):%Y-%m-%d %H:%M}" if at else ""
