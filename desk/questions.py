"""Questions: the queue by the clock, one question with everything that can be done about it (QA-04 … QA-10)."""

from __future__ import annotations

from markupsafe import Markup

from actions import (
    desk_questions,
    question_answers,
    question_books,
    question_routing,
    question_states,
    question_together,
)
from actions.desk_questions import Board
from actions.question_access import access_question_by_id, access_to_answer, note_denied
from chat.messages import Refusal, Say, say
from desk.charts import Bar, Part, bars, columns
from desk.visits import Done, Page, Visit, Way, deed, not_here, page
from rules.roles import ADMIN, CLASS_TEACHER, LECTURER, SITE_CONTACT, TEACHERS
from storage.questions import Question

ANSWERERS = frozenset({CLASS_TEACHER, ADMIN, LECTURER, SITE_CONTACT})
ASSIGNERS = frozenset({CLASS_TEACHER, ADMIN})
WHICH = ("open", "mine", "answered")


async def listed(visit: Visit) -> Page:
    """What waits, the most pressing first; what is asked about most, and how soon it is answered."""
    board = await desk_questions.board(visit.tx, visit.me, visit.word("which", 10), visit.now)
    values = {"board": board, "queue": board.queue, "which": WHICH, "now": visit.now, **_pictures(visit, board)}
    return Page("questions.html", say("desk-questions"), values, live=("question",))


def _pictures(visit: Visit, board: Board) -> dict[str, Markup | None]:
    speak = visit.speak
    labels = [(speak.plain(topic.label(visit.me.lang)), n) for topic, n in board.topics]
    told = [speak.plain(say("desk-questions-topic-told", topic=label, count=n)) for label, n in labels]
    topics = bars([Bar(label, (Part("now", n),), str(n)) for label, n in labels],
                  speak.plain(say("desk-questions-topics")), " ".join(told)) if labels else None  # fmt: skip
    waits = [speak.plain(say("desk-questions-time-told", span=label, count=n)) for label, n in board.times]
    times = columns(board.times, speak.plain(say("desk-questions-times")), " ".join(waits)) if board.times else None
    return {"topics_chart": topics, "times_chart": times}


async def show(visit: Visit) -> Page:
    """One question."""
    try:
        found = await desk_questions.opened(visit.tx, visit.me, visit.number("id"), visit.now)
    except Refusal as no:  # not raised any further: that somebody tried is to stay
        await note_denied(visit.tx, visit.me, visit.number("id"), visit.now)
        return not_here(no.say)
    values = {"found": found, "question": found.question, "teaches": CLASS_TEACHER in visit.me.class_roles.split(),
              "longest": question_answers.LONGEST}  # fmt: skip
    return Page("question.html", say("desk-question", no=found.question.no), values, live=("question",))


def _done(question: Question, words: Say) -> Done:
    return Done(f"/desk/questions/{question.id}", words)


async def answer(visit: Visit) -> Done:
    """[发送]: an answer or a correction, over the version that the page showed."""
    question = await access_to_answer(visit.tx, visit.me, visit.number("id"))
    sent = await desk_questions.answer(visit.tx, visit.me, question, visit.text("body"), visit.number("version"),
                                       visit.now, as_lecturer=visit.word("lecturer", 2) == "y")  # fmt: skip
    key = "questions-answered" if sent.reached else "questions-answered-unreached"
    return _done(question, say(key, no=question.no, others=sent.others))


async def take(visit: Visit) -> Done:
    """[我来答]."""
    question = await access_question_by_id(visit.tx, visit.me, visit.number("id"))
    question = await question_routing.take(visit.tx, visit.me, question, visit.now)
    return _done(question, say("questions-taken", no=question.no))


async def give(visit: Visit) -> Done:
    """[转给…]."""
    question = await access_question_by_id(visit.tx, visit.me, visit.number("id"))
    question = await question_routing.give(visit.tx, visit.me, question, visit.number("to"), visit.now)
    return _done(question, say("questions-handed", no=question.no))


async def back(visit: Visit) -> Done:
    """[我答不了]."""
    question = await access_to_answer(visit.tx, visit.me, visit.number("id"))
    await question_routing.give_back(visit.tx, visit.me, question, visit.now)
    return Done("/desk/questions", say("questions-given-back", no=question.no))


async def note(visit: Visit) -> Done:
    """[内部备注]."""
    question = await access_to_answer(visit.tx, visit.me, visit.number("id"))
    await question_answers.note(visit.tx, visit.me, question, visit.text("note"), visit.now)
    return _done(question, say("questions-noted", no=question.no))


async def promise(visit: Visit) -> Done:
    """[约定日期], as people type it."""
    question = await access_question_by_id(visit.tx, visit.me, visit.number("id"))
    question = await question_states.promise(visit.tx, visit.me, question, visit.word("when", 60), visit.now)
    return _done(question, say("desk-question-promised", no=question.no))


async def decline(visit: Visit) -> Done:
    """[不作答] with its reason."""
    question = await access_question_by_id(visit.tx, visit.me, visit.number("id"))
    question = await question_states.decline(visit.tx, visit.me, question, visit.word("reason", 400), visit.now)
    return _done(question, say("questions-declined", no=question.no))


async def together(visit: Visit) -> Done:
    """[课堂统一解答]."""
    question = await access_question_by_id(visit.tx, visit.me, visit.number("id"))
    if not visit.number("session"):
        raise Refusal("desk-question-which-session")
    question = await question_together.together(visit.tx, visit.me, question, visit.number("session"), visit.now)
    return _done(question, say("questions-together-done", no=question.no))


async def book(visit: Visit) -> Done:
    """[入库]: a draft of an entry, to be edited and approved by a second person."""
    question = await access_to_answer(visit.tx, visit.me, visit.number("id"))
    draft = await question_books.into_book(visit.tx, visit.me, question, visit.now)
    return Done(f"/desk/handbook/{draft.entry_id}", say("questions-booked", no=question.no))


WAYS: tuple[Way, ...] = (
    page("/desk/questions", listed, who=ANSWERERS, nav="desk-questions"),
    page("/desk/questions/{id}", show, who=ANSWERERS),
    deed("/desk/questions/{id}/answer", answer, who=ANSWERERS, again=show),
    deed("/desk/questions/{id}/take", take, who=TEACHERS),
    deed("/desk/questions/{id}/give", give, who=ASSIGNERS, again=show),
    deed("/desk/questions/{id}/back", back, who=ANSWERERS),
    deed("/desk/questions/{id}/note", note, who=ANSWERERS, again=show),
    deed("/desk/questions/{id}/promise", promise, who=ASSIGNERS, again=show),
    deed("/desk/questions/{id}/decline", decline, who=ASSIGNERS, again=show),
    deed("/desk/questions/{id}/together", together, who=TEACHERS, again=show),
    deed("/desk/questions/{id}/book", book, who=ANSWERERS),
)
