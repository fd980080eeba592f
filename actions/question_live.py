"""The live queue of a session: what waits for its break, most asked first, without names (QA-12)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct

from actions.access import need_class
from actions.post import show
from actions.question_access import people_of
from actions.question_cards import cut
from chat.messages import Message, Refusal, Rows, button, lines, say
from rules.roles import CLASS_TEACHER, LECTURER
from storage import answers, cards, questions, sessions
from storage.accounts import Me
from storage.questions import Question
from storage.sessions import Session
from storage.tx import Tx

MOST = 10
CHARS = 48


class Waiting(Struct, frozen=True):
    """A question that waits for the break, and how many ask the same."""

    question: Question
    same: int


async def queue_of(tx: Tx, session: Session) -> list[Waiting]:
    """The live questions of a session, those most asked first, then by number."""
    counts = await answers.same_counts(tx, session.cohort_id)
    found = [Waiting(q, counts.get(q.id, 0)) for q in await questions.live_of(tx, session.id)]
    return sorted(found, key=lambda w: (-w.same, w.question.no))


def has_it(roles: Collection[str], ref: str, session: Session) -> bool:
    """Whether somebody may look into the queue of a session: its lecturer, and the class teachers."""
    return CLASS_TEACHER in roles or (LECTURER in roles and bool(ref) and ref == session.lead_ref)


async def access_live_by_id(tx: Tx, me: Me, id: int) -> Session:
    """A session whose live queue the speaker may see."""
    cohort_id = need_class(me)
    session = await sessions.by_id(tx, id)
    if session is None or session.cohort_id != cohort_id or not has_it(me.class_roles.split(), me.ref, session):
        raise Refusal("refusals-not-here")
    return session


def card(session: Session, found: list[Waiting], lang: str) -> Message:
    """The questions that wait, without a name, each with [已口头答] and [稍后书面答]."""
    shown, title = found[:MOST], session.title_in(lang)
    more = len(found) - len(shown)
    text = lines(
        say("question-live-head", title=title, count=len(found)) if found else say("question-live-none", title=title),
        *(say("question-live-line", no=w.question.no, text=cut(w.question.text, CHARS), count=w.same) for w in shown),
        say("question-live-rest", count=more) if more else None,
    )
    rows: Rows = tuple(
        (
            button(say("question-live-oral", no=w.question.no), "qoral", w.question.id),
            button(say("question-live-later", no=w.question.no), "qlater", w.question.id),
        )
        for w in shown
    )
    return Message(text, rows)


def card_key(session_id: int, account_id: int | str) -> str:
    """The key of somebody's card of a live queue."""
    return f"live:{session_id}:{account_id}"


async def present(tx: Tx, me: Me, session: Session, now: datetime) -> None:
    """Send the queue at the foot of the chat of whoever asks for it; it stays up to date."""
    key = card_key(session.id, me.account_id)
    await cards.lift(tx, key)
    await show(tx, key, me.reader, card(session, await queue_of(tx, session), me.lang), now)


async def repaint(tx: Tx, session_id: int | None, now: datetime) -> None:
    """Bring the cards of a queue up to date; edits make no sound. Who does not hold the session any more sees nothing
    of it."""
    readers = await cards.readers(tx, card_key(session_id, "")) if session_id else []
    session = await sessions.by_id(tx, session_id) if session_id and readers else None
    if session is None:
        return
    found = await queue_of(tx, session)
    people = {p.account_id: p for p in await people_of(tx, session.cohort_id, now)}
    for reader in readers:
        person = people.get(reader.account_id)
        if person is not None and has_it(person.role_set, person.ref, session):
            message = card(session, found, person.lang)
        else:
            message = Message(say("question-live-not-yours", title=session.title_in(reader.lang)))
        await show(tx, card_key(session.id, reader.account_id), reader, message, now)
