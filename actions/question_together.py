"""课堂统一解答: answered for all in a session; it goes along when that moves, and back when it is over (QA-05)."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions import question_cards as cards
from actions import question_routing as routing
from actions.question_access import happened, people_of
from actions.question_break import AFTER
from actions.question_states import tell_all, to_decide
from chat.messages import Refusal, button, lines, say
from rules.questions import ASSIGNED, OPEN
from rules.roles import CLASS_TEACHER
from storage import cohorts, dues, members, questions, sessions
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.dues import Due
from storage.questions import Question
from storage.sessions import Session
from storage.tx import Tx

TOGETHER = "question-together"
NEXT_SESSIONS = 8


async def together_choices(tx: Tx, me: Me, question: Question, now: datetime) -> list[Session]:
    """The sessions to come in which it can be answered for all."""
    if CLASS_TEACHER not in me.class_roles.split():
        raise Refusal("questions-no-assign")
    table = [s for s in await sessions.of_cohort(tx, question.cohort_id) if not s.cancelled and s.ends_at > now]
    return [s for s in table if s.kind not in ("meal", "transfer", "dorm_check", "registration")][:NEXT_SESSIONS]


async def together(tx: Tx, me: Me, question: Question, session_id: int, now: datetime) -> Question:
    """「课堂统一解答」: the asker and all 同问 are told in which session; the clock waits till its end (QA-05)."""
    question = await to_decide(tx, me, question)
    session = next((s for s in await together_choices(tx, me, question, now) if s.id == session_id), None)
    if session is None:
        raise Refusal("help-old-button")
    if question.state == ASSIGNED and question.together_id == session_id:  # the same press once more
        return question
    cohort = await cohorts.get(tx, question.cohort_id)
    owner_id = await _lead(tx, cohort, session, now) or question.owner_id or me.member_id
    question = await _stand(tx, cohort, question, session, owner_id, now)
    await happened(tx, question, "together", me.member_id, now, new=session.ref)
    told = say("questions-told-together", no=question.no, text=cards.cut(question.text, 60))
    words = lines(told, await cards.together_line(tx, question, "zh"))
    english = lines(told, await cards.together_line(tx, question, "en"))
    await tell_all(tx, question, words, now, f"together:{routing.stamp_of(question)}", english)
    await routing.tell_owner(tx, question, now, say("questions-together-yours"))
    return question


async def _lead(tx: Tx, cohort: Cohort, session: Session, now: datetime) -> int | None:
    """The lecturer of a session, as long as he can be reached."""
    lead = await members.by_ref(tx, cohort.id, session.lead_ref) if session.lead_ref else None
    known = {c.member_id for c in await routing.candidates(tx, cohort, now) if c.reachable}
    return lead.id if lead is not None and lead.id in known else None


def _due_at(cohort: Cohort, session: Session) -> datetime:
    return session.ends_at + timedelta(hours=cohort.rules.question.answer_due_hours)


async def _stand(
    tx: Tx, cohort: Cohort, question: Question, session: Session, owner_id: int | None, now: datetime
) -> Question:  # fmt: skip
    """It is answered in this session; the clock looks again some time after its end."""
    question = await routing.stand(tx, cohort, question, ASSIGNED, owner_id, now, late=question.late, live=False,
                                   starts=session.ends_at, due=_due_at(cohort, session),
                                   together_id=session.id)  # fmt: skip
    await _look_again(tx, question, session)
    return question


async def _look_again(tx: Tx, question: Question, session: Session) -> None:
    at = session.ends_at + AFTER
    await dues.put(tx, [Due(cohort_id=question.cohort_id, kind=TOGETHER, what=routing.stamp_of(question), at=at,
                            until=at + routing.FOREVER)])  # fmt: skip


async def follow(tx: Tx, cohort: Cohort, session: Session, now: datetime) -> None:
    """A session has changed: what is to be answered in it goes with it to its new time and lecturer; of a cancelled one
    it goes back to the queue, and whoever asked does not wait for that session any more."""
    if not session.id:
        return
    for question in [q for q in await questions.of_cohort(tx, cohort.id, OPEN) if q.together_id == session.id]:
        if session.cancelled:
            words = say("questions-told-not-together", no=question.no, text=cards.cut(question.text, 60))
            await tell_all(tx, question, words, now, f"not-together:{routing.stamp_of(question)}")
            await _back(tx, question, session, now, CANCELLED)
        else:
            await _go_with(tx, cohort, question, session, now)


async def _go_with(tx: Tx, cohort: Cohort, question: Question, session: Session, now: datetime) -> None:
    owner_id = await _lead(tx, cohort, session, now) or question.owner_id
    if (owner_id, question.due_at) == (question.owner_id, _due_at(cohort, session)):
        return
    before = question.owner_id
    question = await _stand(tx, cohort, question, session, owner_id, now)
    await happened(tx, question, "together", None, now, new=session.ref)
    if owner_id != before:
        await routing.tell_owner(tx, question, now, say("questions-together-yours"))


CANCELLED, OVER = "cancelled", "over"


async def _back(tx: Tx, question: Question, session: Session, now: datetime, why: str) -> None:
    """Back to the queue: the class teachers in charge hear of it, and who was to answer in the session."""
    stamp = routing.stamp_of(question)
    told = {question.owner_id, *(t.member_id for t in await members.in_charge(tx, question.cohort_id, now))}
    question = await routing.requeue(tx, question, now, late=question.late)
    await happened(tx, question, "return", None, now, why=why)
    for person in [p for p in await people_of(tx, question.cohort_id, now) if p.member_id in told]:
        teaches = CLASS_TEACHER in person.role_set
        over = "questions-together-over" if teaches else "questions-together-over-yours"
        head = say("questions-together-cancelled" if why == CANCELLED else over, title=session.title_in(person.lang))
        rows = ((button("questions-oral", "qoral", question.id),),) if why == OVER and teaches else ()
        await routing.tell(tx, question, person, now, head, f"together:{stamp}", rows)


async def class_over(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """Half an hour after the session nobody has said that it was answered."""
    question = await questions.get(tx, int(thing.what.split(":")[0]))
    if question is None or question.state not in OPEN or routing.stamp_of(question) != thing.what:
        return
    session = await sessions.by_id(tx, question.together_id or 0)
    if session is not None:
        await _back(tx, question, session, now, OVER)


DEEDS = {TOGETHER: class_over}
