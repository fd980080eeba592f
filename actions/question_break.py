"""When a session ends its live queue opens; what is left becomes ordinary questions; a changed session (QA-12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import structs

from actions import question_live as live
from actions import question_routing as routing
from actions.post import show
from actions.question_access import happened, people_of
from rules.questions import ASSIGNED
from rules.roles import LECTURER
from storage import cards, dues, questions, sessions
from storage.cohorts import Cohort
from storage.dues import Due
from storage.members import Addressee
from storage.questions import Question
from storage.sessions import Session
from storage.tx import Tx

BREAK, LEFT = "question-break", "question-left"
AFTER = timedelta(minutes=30)
"""So long after the queue opened it is the lecturer's card; then each question goes its ordinary way."""


async def plan(tx: Tx, session: Session, at: datetime | None = None) -> None:
    """The queue of a session opens at its end, or `at`."""
    await dues.put(tx, [_due(session, BREAK, at or session.ends_at)])


def _due(session: Session, kind: str, at: datetime) -> Due:
    """One a session and time: a session that lasts longer than it was planned has its break again."""
    what = f"{session.id}:{round(at.timestamp())}"
    return Due(cohort_id=session.cohort_id, kind=kind, what=what, at=at, until=at + routing.FOREVER)


async def lead_of(tx: Tx, session: Session, now: datetime) -> Addressee | None:
    """The lecturer of a session, as long as he can be reached."""
    for person in await people_of(tx, session.cohort_id, now):
        if person.ref == session.lead_ref and LECTURER in person.role_set:
            return person if person.account_id is not None and person.blocked_at is None else None
    return None


async def _of(tx: Tx, thing: Due) -> tuple[Session, list[Question]] | None:
    """The session of a due thing and what still waits in it."""
    session = await sessions.by_id(tx, int(thing.what.split(":")[0]))
    found = await questions.live_of(tx, session.id) if session is not None else []
    return (session, found) if session is not None and found else None


async def open_queue(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """The session is over: its lecturer gets the queue, with sound, but not while he teaches the next one."""
    waiting = await _of(tx, thing)
    if waiting is None:
        return
    session, found = waiting
    lead = await lead_of(tx, session, now)
    if session.cancelled or lead is None:
        await leave(tx, found, now)
        return
    free = max(session.ends_at, await routing.free_at(tx, cohort, lead, now))
    if free > now:
        await plan(tx, session, free)
        return
    key = live.card_key(session.id, lead.account_id or 0)
    await cards.lift(tx, key)
    await show(tx, key, lead.reader, live.card(session, await live.queue_of(tx, session), lead.lang), now)
    await dues.put(tx, [_due(session, LEFT, now + AFTER)])


async def end_queue(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """Half an hour later what is left becomes ordinary questions; not when the session lasts longer meanwhile."""
    waiting = await _of(tx, thing)
    if waiting is None:
        return
    session, found = waiting
    if session.ends_at > now and not session.cancelled:
        await plan(tx, session)
        return
    await leave(tx, found, now)


async def leave(tx: Tx, found: Sequence[Question], now: datetime) -> None:
    """Questions leave the queue, each to its owner: the lecturer, else a class teacher in his place."""
    for question in found:
        await routing.settle(tx, structs.replace(question, live=False), now)
        await happened(tx, question, "live", None, now)
    for session_id in {q.session_id for q in found}:
        await live.repaint(tx, session_id, now)


async def follow(tx: Tx, cohort: Cohort, session: Session, now: datetime) -> None:
    """A session has changed: the queue goes with it to its new lecturer and end; of a cancelled one it ends at once."""
    found = await questions.live_of(tx, session.id) if session.id else []
    if not found:
        return
    lead = await lead_of(tx, session, now)
    if session.cancelled or lead is None:
        await leave(tx, found, now)
        return
    for question in found:
        if question.owner_id != lead.member_id:
            await routing.stand(tx, cohort, question, ASSIGNED, lead.member_id, now, live=True, starts=session.ends_at)
            await happened(tx, question, "assign", None, now, old=str(question.owner_id or ""), new=str(lead.member_id))
    await plan(tx, session)
    await live.repaint(tx, session.id, now)


DEEDS = {BREAK: open_queue, LEFT: end_queue}
