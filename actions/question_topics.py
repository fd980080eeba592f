"""What a question can be about: the courses of the class, field teaching, policy, logistics, other things (QA-01)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from msgspec import Struct, structs

from chat.messages import Say, say
from rules.questions import COURSE, OTHER, PLAIN_TOPICS, SITE
from storage import sessions
from storage.sessions import Session
from storage.tx import Tx

AFTERWARDS = timedelta(minutes=30)
"""So long after its end a session is still the one that a question is about."""
PART = re.compile(r"\s*[（(](?:上|中|下|[一二三123]|part \d|\d/\d)[)）]$", re.IGNORECASE)
NO_TOPICS = frozenset({"meal", "transfer", "dorm_check", "registration"})


class Topic(Struct, frozen=True, kw_only=True):
    """A category; a course with its reference, and the session in which it was asked."""

    kind: str
    ref: str = ""
    title: str = ""
    title_en: str = ""
    session_id: int | None = None
    lead_ref: str = ""

    def label(self, lang: str) -> Say:
        if self.kind == COURSE:
            title = self.title_en or self.title if lang == "en" else self.title
            return say("questions-topic-course", title=title)
        return say(f"questions-topic-{self.kind}")


async def topics_of(tx: Tx, cohort_id: int) -> list[Topic]:
    """All categories of a class: each course once, in the order of the timetable, then the plain ones."""
    courses: dict[str, Topic] = {}
    for session in await sessions.of_cohort(tx, cohort_id):
        if session.course and not session.cancelled and session.lead_ref:
            courses.setdefault(session.course, _course(session))
    return [*courses.values(), *(Topic(kind=kind) for kind in PLAIN_TOPICS)]


def _course(session: Session) -> Topic:
    return Topic(
        kind=COURSE, ref=session.course, title=_whole(session.title), title_en=_whole(session.title_en),
        lead_ref=session.lead_ref,
    )  # fmt: skip


def _whole(title: str) -> str:
    """The course of a session that is one of its parts."""
    return PART.sub("", title)


async def topic_now(tx: Tx, cohort_id: int, now: datetime) -> Topic:
    """The category that is likely meant now: that of the session which is on, or has just ended."""
    session = await session_now(tx, cohort_id, now)
    if session is None:
        return Topic(kind=OTHER)
    kind = SITE if session.kind == "site_visit" else COURSE if session.course and session.lead_ref else OTHER
    if kind == OTHER:
        return Topic(kind=OTHER)
    return Topic(
        kind=kind, ref=session.course if kind == COURSE else session.site_ref, title=_whole(session.title),
        title_en=_whole(session.title_en), session_id=session.id, lead_ref=session.lead_ref,
    )  # fmt: skip


async def session_now(tx: Tx, cohort_id: int, now: datetime) -> Session | None:
    """The session that is on, else the one that ended last and not long ago."""
    found = [
        s
        for s in await sessions.of_cohort(tx, cohort_id)
        if not s.cancelled and s.kind not in NO_TOPICS and s.starts_at <= now < s.ends_at + AFTERWARDS
    ]
    return max(found, key=lambda s: (s.starts_at <= now < s.ends_at, s.starts_at), default=None)


async def topic_of(tx: Tx, cohort_id: int, kind: str, ref: str, session_id: int | None) -> Topic:
    """The category of a question, with its title."""
    if kind == COURSE:
        table = [s for s in await sessions.of_cohort(tx, cohort_id) if s.course == ref]
        mine = next((s for s in table if s.id == session_id), None)
        taught = next((s for s in table if not s.cancelled and s.lead_ref), None)
        session = mine or taught or next(iter(table), None)
        lead = (mine or taught or session).lead_ref if session else ""
        if session is not None:
            return structs.replace(_course(session), session_id=session_id, lead_ref=lead)
    return Topic(kind=kind or OTHER, ref=ref, session_id=session_id)
