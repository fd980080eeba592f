"""Whose a question is, and its clock: routed, taken, given to somebody else, back to the queue (QA-04, QA-05)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import structs

from actions import question_cards as cards
from actions import question_live as live_queue
from actions.post import post
from actions.question_access import happened, me_before, people_of
from actions.question_topics import topic_of
from chat.messages import Lines, Refusal, Rows, Say, say
from rules.days import is_quiet, quiet_ends
from rules.questions import ASSIGNED, QUEUED, Candidate, Routed, after, may_assign, route, sees_text
from rules.roles import ADMIN, CLASS_TEACHER, LECTURER
from rules.service_hours import after as in_service
from storage import audits, cohorts, dues, members, outbox, questions, sessions
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.dues import Due
from storage.members import Addressee
from storage.outbox import NOTICE
from storage.questions import Question, Standing
from storage.tx import Tx

NUDGE, RETURN, DUE, PROMISE = "question-nudge", "question-return", "question-due", "question-promise"
FOREVER = timedelta(days=30)


async def candidates(tx: Tx, cohort: Cohort, now: datetime) -> list[Candidate]:
    """Everybody who can answer in a class."""
    chosen = {p.member_id for p in await members.in_charge(tx, cohort.id, now)}
    return [
        Candidate(
            member_id=p.member_id, ref=p.ref, roles=p.role_set, in_charge=p.member_id in chosen,
            reachable=p.account_id is not None and p.blocked_at is None,
        )
        for p in await people_of(tx, cohort.id, now)
        if p.role_set & {CLASS_TEACHER, LECTURER, ADMIN}
    ]  # fmt: skip


async def settle(tx: Tx, question: Question, now: datetime, *, starts: datetime | None = None) -> Question:
    """Give a sent question its owner by category (QA-04); its clock runs from now, or from when its session ends."""
    cohort = await cohorts.get(tx, question.cohort_id)
    found = await foreseen(tx, question, now)
    live = question.live and not found.stands_in
    begins = starts if live else None
    question = await stand(tx, cohort, question, found.state, found.member_id, now, live=live, starts=begins)
    await happened(tx, question, "assign", None, now, new=str(found.member_id or ""))
    if not question.live:
        await tell_owner(tx, question, now, say("questions-stands-in") if found.stands_in else None)
    return question


async def foreseen(tx: Tx, question: Question, now: datetime) -> Routed:
    """Whose a question would be if it were sent now."""
    cohort = await cohorts.get(tx, question.cohort_id)
    topic = await topic_of(tx, cohort.id, question.topic, question.topic_ref, question.session_id)
    return route(question.topic, topic.lead_ref, await candidates(tx, cohort, now))


async def out_of_the_queue(tx: Tx, question: Question, now: datetime, starts: datetime | None = None) -> Question:
    """A question leaves the live queue of its session and becomes an ordinary one: its owner is told (QA-12)."""
    cohort = await cohorts.get(tx, question.cohort_id)
    question = await stand(tx, cohort, question, question.state, question.owner_id, now, late=question.late, live=False,
                           starts=starts)  # fmt: skip
    await tell_owner(tx, question, now)
    return question


async def stand(
    tx: Tx, cohort: Cohort, question: Question, state: str, owner_id: int | None, now: datetime, *,
    late: bool = False, live: bool | None = None, starts: datetime | None = None, due: datetime | None = None,
    together_id: int | None = None, promised_at: datetime | None = None,
) -> Question:  # fmt: skip
    """Set state, owner and clock in one step, and plan what the clock will do; what was planned before has no effect.

    The minutes run from `starts` (now); the 24 hours from when it was sent, unless `due` says otherwise."""
    numbers = cohort.rules.question
    begin = max(now, starts or now)

    def until(minutes: int) -> datetime:
        return in_service(begin, minutes, numbers.service_hours, cohort.timezone)

    running = state == ASSIGNED and promised_at is None
    new = Standing(
        state=state, owner_id=owner_id, late=late, live=question.live if live is None else live, assigned_at=now,
        nudge_at=until(numbers.nudge_min) if running else None,
        return_at=until(numbers.return_min) if running else None,
        due_at=due or question.due_at or begin + timedelta(hours=numbers.answer_due_hours),
        promised_at=promised_at, together_id=together_id,
    )  # fmt: skip
    if not await questions.set_standing(tx, question, new):
        raise Refusal("questions-faster", no=question.no)
    if owner_id != question.owner_id:
        await call_off(tx, question)
    made = structs.replace(question, **structs.asdict(new))
    await dues.put(tx, [d for d in _dues(made) if d.at >= now])
    if question.live or made.live:
        await live_queue.repaint(tx, made.session_id, now)
    return made


def stamp_of(question: Question) -> str:
    """What the clock must still find when it comes: this assignment of this question."""
    at = question.assigned_at
    return f"{question.id}:{round(at.timestamp() * 1000) if at else 0}"


def _dues(question: Question) -> list[Due]:
    wanted = ((NUDGE, question.nudge_at), (RETURN, question.return_at), (DUE, question.due_at),
              (PROMISE, question.promised_at))  # fmt: skip
    return [
        Due(cohort_id=question.cohort_id, kind=kind, what=stamp_of(question), at=at, until=at + FOREVER)
        for kind, at in wanted
        if at is not None
    ]


async def call_off(tx: Tx, question: Question) -> None:
    """What still waits to be told to its owner, who taught or slept, is not told: it is his no longer, or answered."""
    await outbox.call_back(tx, f"question:{question.id}:")
    await outbox.call_back(tx, f"question:nudge:{question.id}:")


async def tell_owner(tx: Tx, question: Question, now: datetime, head: Say | Lines | None = None) -> None:
    """The one whose it is gets the question, but not while he teaches, and not at night."""
    if question.owner_id is None:
        return
    owner = next((p for p in await people_of(tx, question.cohort_id, now) if p.member_id == question.owner_id), None)
    if owner is not None:
        await tell(tx, question, owner, now, head, stamp_of(question))


async def tell_owner_of(tx: Tx, question: Question, now: datetime, head: Say, key: str) -> None:
    """The one whose it is hears of something new about it."""
    owner = next((p for p in await people_of(tx, question.cohort_id, now) if p.member_id == question.owner_id), None)
    if owner is not None and not question.live:
        await tell(tx, question, owner, now, head, key)


async def tell(
    tx: Tx, question: Question, to: Addressee, now: datetime, head: Say | Lines | None, key: str, more: Rows = ()
) -> None:  # fmt: skip
    """A question with its buttons to somebody who answers or looks after it."""
    if to.account_id is None or to.blocked_at is not None:
        return
    cohort = await cohorts.get(tx, question.cohort_id)
    message = await cards.for_staff(tx, question, to, now, head)
    message = structs.replace(message, buttons=(*message.buttons, *more))
    at = await free_at(tx, cohort, to, now)
    once = f"question:{key}:{to.member_id}"
    await post(tx, to.reader, message, now, once=once, priority=NOTICE, not_before=at if at > now else None, hold=True)


async def free_at(tx: Tx, cohort: Cohort, to: Addressee, now: datetime) -> datetime:
    """When somebody may be disturbed: not while he teaches (QA-12), not in the quiet hours."""
    at = now
    if LECTURER in to.role_set:
        for session in await sessions.of_cohort(tx, cohort.id):
            if session.lead_ref == to.ref and not session.cancelled and session.starts_at <= at < session.ends_at:
                at = session.ends_at
    quiet = cohort.rules.messages
    if is_quiet(at, to.zone, quiet.quiet_from, quiet.quiet_to):
        at = quiet_ends(at, to.zone, quiet.quiet_to)
    return at


async def tell_teachers(tx: Tx, question: Question, now: datetime, head: Say | Lines, key: str) -> None:
    """The class teachers in charge are told."""
    for teacher in await members.in_charge(tx, question.cohort_id, now):
        await tell(tx, question, teacher, now, head, key)


# ---- what staff do with it --------------------------------------------------------------------------------------


async def choices(tx: Tx, me: Me, question: Question, now: datetime) -> list[Addressee]:
    """To whom a question can be given: lecturers, class teachers, the office, who can be reached. Whoever may not read
    it gives it to others only."""
    if not may_assign(me.roles):
        raise Refusal("questions-no-assign")
    reads = await may_read(tx, me, question)
    return [
        p
        for p in await people_of(tx, question.cohort_id, now)
        if p.role_set & {CLASS_TEACHER, LECTURER, ADMIN}
        and p.account_id is not None
        and p.blocked_at is None
        and p.member_id != question.owner_id
        and (reads or p.member_id != me.member_id)
    ]


async def may_read(tx: Tx, me: Me, question: Question) -> bool:
    """Whether the speaker reads the text of a question: the office does not read what is for teachers only (QA-02)."""
    return sees_text(await me_before(tx, me, question), question.visibility)


async def give(tx: Tx, me: Me, question: Question, member_id: int, now: datetime) -> Question:
    """Give a question to somebody, who is told; its clock starts anew, the 24 hours do not (QA-05)."""
    question = await questions.hold(tx, question)
    people = await choices(tx, me, question, now)
    if question.state == ASSIGNED and question.owner_id == member_id:  # the same press once more
        return question
    if member_id and member_id == me.member_id and not await may_read(tx, me, question):
        raise Refusal("questions-not-oneself")
    to = next((p for p in people if p.member_id == member_id), None)
    if to is None:
        raise Refusal("questions-not-him")
    return await hand(tx, me, question, to, now)


async def take(tx: Tx, me: Me, question: Question, now: datetime) -> Question:
    """[我来答]: a class teacher takes it."""
    if CLASS_TEACHER not in me.class_roles.split():
        raise Refusal("questions-no-assign")
    if question.owner_id == me.member_id and question.state == ASSIGNED:
        return question
    to = next(p for p in await people_of(tx, question.cohort_id, now) if p.member_id == me.member_id)
    return await hand(tx, me, question, to, now, told=False)


async def hand(tx: Tx, me: Me, question: Question, to: Addressee, now: datetime, *, told: bool = True) -> Question:
    if after(question.state, "assign") is None:
        raise cards.is_over(question)
    cohort = await cohorts.get(tx, question.cohort_id)
    before = question.owner_id
    question = await stand(tx, cohort, question, ASSIGNED, to.member_id, now, late=question.late, live=False,
                           promised_at=still_promised(question, now))  # fmt: skip
    await happened(tx, question, "assign", me.member_id or None, now, old=str(before or ""), new=str(to.member_id))
    await audits.add(tx, now, "question-assign", f"question:{question.id}", who=me.account_id,
                     cohort_id=cohort.id, old=str(before or ""), new=str(to.member_id))  # fmt: skip
    if told and to.member_id != me.member_id:
        await tell_owner(tx, question, now, say("questions-given", name=me.name or me.first_name))
    return question


async def give_back(tx: Tx, me: Me, question: Question, now: datetime) -> Question:
    """[退回待分派] by its owner or the staff: the class teacher has it until somebody else does (one owner always)."""
    if question.owner_id != me.member_id and not may_assign(me.roles):
        raise Refusal("questions-no-assign")
    if question.state != ASSIGNED:
        raise cards.is_over(question)
    question = await requeue(tx, question, now, late=question.late)
    await happened(tx, question, "return", me.member_id or None, now)
    await tell_teachers(tx, question, now, say("questions-came-back", name=me.name), f"back:{stamp_of(question)}")
    return question


async def requeue(tx: Tx, question: Question, now: datetime, *, late: bool) -> Question:
    """Back to the queue, in the hands of the class teacher in charge."""
    cohort = await cohorts.get(tx, question.cohort_id)
    teachers = await members.in_charge(tx, cohort.id, now)
    keeper = teachers[0].member_id if teachers else None
    return await stand(tx, cohort, question, QUEUED, keeper, now, late=late, live=False,
                       promised_at=still_promised(question, now))  # fmt: skip


def still_promised(question: Question, now: datetime) -> datetime | None:
    """The date that the asker was told, as long as it lies ahead: it holds for whoever has the question."""
    return question.promised_at if question.promised_at is not None and question.promised_at > now else None
