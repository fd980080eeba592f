"""Who stands where before a question: the only way from an outside id to one, and what is written down of it."""

from __future__ import annotations

from datetime import datetime

from actions.access import need_class
from chat.messages import Refusal
from rules.questions import DRAFT, PRIVATE, Viewer, may_assign, sees_text
from rules.roles import CLASS_TEACHER, TRAINEE
from storage import answers, audits, members, question_events, questions
from storage.accounts import Me
from storage.members import Addressee, Member
from storage.question_events import QuestionEvent
from storage.questions import Question
from storage.tx import Tx


async def people_of(tx: Tx, cohort_id: int, now: datetime) -> list[Addressee]:
    """Everybody of a class who has not left."""
    return await members.addressees(tx, cohort_id, now)


async def viewer_of(tx: Tx, question: Question, member_id: int, roles: frozenset[str]) -> Viewer:
    """How somebody of the class stands to a question. Whoever wrote an answer stays the one who answers, and so does
    whoever was writing one when another was faster."""
    wrote = False
    if member_id and member_id not in (question.asker_id, question.owner_id) and question.version:
        wrote = any(a.author_id == member_id for a in await answers.of_question(tx, question.id))
        wrote = wrote or await answers.draft_of(tx, question.id, member_id) is not None
    return Viewer(
        roles=roles, is_asker=member_id == question.asker_id and member_id != 0,
        is_owner=bool(member_id) and (member_id == question.owner_id or wrote),
    )  # fmt: skip


async def me_before(tx: Tx, me: Me, question: Question) -> Viewer:
    """How the speaker stands to a question: as a class teacher of this class, not of another one."""
    return await viewer_of(tx, question, me.member_id, me.roles)


async def access_question_by_id(tx: Tx, me: Me, id: int) -> Question:
    """A question that the speaker may read; nobody else learns that it is there (QA-02, ROLE-03)."""
    cohort_id = need_class(me)
    question = await questions.get(tx, id)
    if question is None or question.cohort_id != cohort_id or question.state == DRAFT:
        raise Refusal("refusals-not-here")
    if not sees_text(await me_before(tx, me, question), question.visibility):
        raise Refusal("refusals-not-here")
    return question


async def access_to_assign(tx: Tx, me: Me, id: int) -> Question:
    """A question for whoever may give it to somebody: the office does so without reading what is for teachers only."""
    cohort_id = need_class(me)
    question = await questions.get(tx, id)
    if question is not None and question.cohort_id == cohort_id and question.state != DRAFT and may_assign(me.roles):
        return question
    return await access_question_by_id(tx, me, id)


async def access_draft_by_id(tx: Tx, me: Me, id: int) -> Question:
    """The draft of the speaker, or one that he enters for somebody."""
    cohort_id = need_class(me)
    question = await questions.get(tx, id)
    if question is None or question.cohort_id != cohort_id:
        raise Refusal("refusals-not-here")
    if me.member_id not in (question.asker_id, question.entered_by or 0) or not me.member_id:
        raise Refusal("refusals-not-here")
    return question


async def access_own_question(tx: Tx, me: Me, id: int) -> Question:
    """A question that the speaker asked."""
    question = await access_question_by_id(tx, me, id)
    if question.asker_id != me.member_id or TRAINEE not in me.roles:
        raise Refusal("refusals-not-here")
    return question


async def access_to_answer(tx: Tx, me: Me, id: int) -> Question:
    """A question that the speaker may answer: any for class teachers, else what is his."""
    question = await access_question_by_id(tx, me, id)
    viewer = await me_before(tx, me, question)
    if CLASS_TEACHER not in me.class_roles.split() and not viewer.is_owner:
        raise Refusal("questions-not-yours")
    return question


async def note_denied(tx: Tx, me: Me, id: int, now: datetime) -> None:
    """Somebody tried to open what is not for him; only where there is one, so that nothing fills up."""
    question = await questions.get(tx, id)
    if question is not None:
        await audits.add(tx, now, "question-denied", f"question:{id}", who=me.account_id, cohort_id=question.cohort_id)


async def asking(tx: Tx, question: Question) -> list[int]:
    """Who hears of it: the asker, and all 同问, unless it has become one for teachers only meanwhile (QA-02)."""
    others = await answers.same_of(tx, question.id) if question.visibility != PRIVATE else []
    return [question.asker_id, *others]


async def asker_of(tx: Tx, question: Question) -> Member:
    """Who asked."""
    member = await members.get(tx, question.asker_id)
    if member is None:
        raise LookupError(f"question {question.id} has no asker")
    return member


async def happened(
    tx: Tx, question: Question, kind: str, member_id: int | None, now: datetime, *, old: str = "", new: str = "",
    why: str = "",
) -> None:  # fmt: skip
    """A line in the history of a question."""
    event = QuestionEvent(question_id=question.id, kind=kind, member_id=member_id, old=old, new=new, why=why, at=now)
    await question_events.add(tx, event)
