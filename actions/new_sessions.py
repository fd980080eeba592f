"""A new session ([加一节]): title, time, place, kind, how it is called; it stands nowhere before it is confirmed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import structs

from actions.access import need_scheduler
from actions.timetable_changes import DRAFT_LIVES, LONGEST_TITLE, at, date_of, need_free, read, typed_place, words_of
from chat.messages import Refusal
from rules.timetable_changes import CALLS, KINDS, USUAL_LENGTH
from storage import cohorts, session_events, sessions
from storage.accounts import Me
from storage.session_events import Change, kept
from storage.sessions import Session
from storage.tx import Tx

KIND_NAMES = {"lecture": "changes-kind-lecture", "site_visit": "changes-kind-site",
              "group_discussion": "changes-kind-talk", "forum": "changes-kind-other"}  # fmt: skip
CALL_NAMES = {"code": "changes-call-code", "leader": "changes-call-leader", "none": "changes-call-none"}


async def begin(tx: Tx, me: Me, day: int, text: str, now: datetime) -> Change:
    """A session of that day with this title; time, place and the rest are asked next."""
    cohort = await cohorts.get(tx, need_scheduler(me))
    title = words_of(text, LONGEST_TITLE, "changes-title-words")
    await session_events.prune_drafts(tx, me.account_id, now - DRAFT_LIVES)
    made = Session(cohort_id=cohort.id, ref="", day=day, starts_at=now, ends_at=now, kind="", title=title, unit="")
    return await session_events.add(tx, Change(cohort_id=cohort.id, at=now, who=me.account_id, new=kept(made)))


async def set_time(tx: Tx, me: Me, change: Change, text: str, now: datetime) -> Change:
    """When it is, typed; only a start means one lesson."""
    cohort, session = await cohorts.get(tx, need_scheduler(me)), session_of(change)
    day = date_of(cohort, await sessions.of_cohort(tx, cohort.id), session.day)
    span = read(text, day, USUAL_LENGTH, cohort, now)
    need_free(span, cohort, now)
    return await _set(tx, change, await at(tx, cohort, session, span))


async def set_place(tx: Tx, change: Change, where: dict[str, Any]) -> Change:
    """Where it is: a known place, or words."""
    return await _set(tx, change, structs.replace(session_of(change), **where))


async def set_typed_place(tx: Tx, me: Me, change: Change, text: str) -> Change:
    """Where it is, typed."""
    return await set_place(tx, change, await typed_place(tx, me, text))


async def set_kind(tx: Tx, change: Change, kind: str) -> Change:
    """What it is."""
    if kind not in KINDS:
        raise Refusal("refusals-not-here")
    return await _set(tx, change, structs.replace(session_of(change), kind=kind))


async def set_call(tx: Tx, change: Change, mode: str) -> Change:
    """How it is called; without a list nobody is expected by the machine. It has no credit hours: those are the
    file's."""
    if mode not in CALLS:
        raise Refusal("refusals-not-here")
    called = structs.replace(session_of(change), mode=mode, required=mode != "none", unit="class")
    return await _set(tx, change, called)


async def _set(tx: Tx, change: Change, session: Session) -> Change:
    await session_events.set_new(tx, change.id, kept(session))
    return structs.replace(change, new=kept(session))


def session_of(change: Change) -> Session:
    """The new session that is being prepared; one that stands in the timetable already is changed otherwise."""
    session = change.after
    if session is None or change.before is not None or change.act != session_events.DRAFT:
        raise Refusal("changes-gone")
    return session


def missing(session: Session) -> str:
    """What a new session still wants, in this order: time, place, kind, call; or nothing."""
    if session.ends_at <= session.starts_at:
        return "time"
    if not session.place:
        return "place"
    return "kind" if not session.kind else "call" if not session.unit else ""
