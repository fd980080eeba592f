"""The notice that a change of the timetable proposes: who is touched is exactly who is told (BC-16)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from actions import notice_drafts
from actions.change_words import Changed, Wording
from actions.leaves import GRANTED, counted
from chat.messages import Lines, Refusal, lines, say
from rules.leaves import WITHDRAW, Stretch
from rules.notices import DRAFT, LEVELS, QUEUED, TO_CONFIRM
from rules.roles import CLASS_TEACHER
from rules.timetable_changes import is_away, is_expected, is_over, level, life_until, spans
from storage import leaves, members, notices, places
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.members import Member
from storage.notices import Notice
from storage.session_events import kept
from storage.sessions import Session
from storage.tx import Tx
from texts.render import voice

TOLD_IN = frozenset({"registration", "running"})
"""Before registration nobody has seen the timetable yet."""
IMPORT = "import"
"""What the one notice of an import is about."""
MOST = 12
"""Lines of a notice; more stand in the timetable."""


class Touched(Struct, frozen=True, kw_only=True):
    """Members whom changes concern, each once; `away`: how many are not told since leave covers it all."""

    trainees: tuple[int, ...] = ()
    lecturers: tuple[int, ...] = ()
    contacts: tuple[int, ...] = ()
    teachers: tuple[int, ...] = ()
    away: int = 0

    @property
    def members(self) -> tuple[int, ...]:
        return (*self.trainees, *self.lecturers, *self.contacts, *self.teachers)


async def wording_of(tx: Tx, cohort: Cohort) -> Wording:
    """How this class speaks of its sessions."""
    return Wording(cohort.timezone, {m.ref: m.name for m in await members.of_cohort(tx, cohort.id)})


async def touched(tx: Tx, me: Me, cohort: Cohort, changes: Sequence[Changed], now: datetime) -> Touched:
    """The trainees expected then, without those away all the time; lecturers and site contacts, old and new; the other
    class teachers."""
    people = [m for m in await members.of_cohort(tx, cohort.id) if m.left_at is None or m.left_at > now]
    free: dict[int, list[Stretch]] = {}
    for leave in await leaves.of_cohort(tx, cohort.id, GRANTED):
        if leave.kind != WITHDRAW:
            free.setdefault(leave.member_id, []).append(counted(leave))
    times = [spans(one.before, one.after) for one in changes]
    expected = [m for m in people if m.seat_no and any(is_expected(m.joined_at, m.left_at, when) for when in times)]
    trainees = [m for m in expected if not all(is_away(free.get(m.id, []), when) for when in times)]
    slots = [slot for one in changes for slot in (one.before, one.after) if slot is not None]
    leads = {slot.lead_ref for slot in slots}
    contacts = await _contacts(tx, cohort, {slot.site_ref for slot in slots})
    told = {me.member_id, *(m.id for m in expected)}
    return Touched(
        trainees=tuple(m.id for m in trainees if m.id != me.member_id),
        lecturers=_others(told, (m for m in people if m.ref in leads)),
        contacts=_others(told, (m for m in people if m.ref in contacts)),
        teachers=_others(told, (m for m in people if CLASS_TEACHER in m.role_set)),
        away=len(expected) - len(trainees),
    )


def _others(told: set[int], people: Iterable[Member]) -> tuple[int, ...]:
    """Those who are not told already; `told` grows."""
    found = tuple(m.id for m in people if m.id not in told)
    told |= set(found)
    return found


async def _contacts(tx: Tx, cohort: Cohort, refs: set[str]) -> set[str]:
    """Who receives the class at these sites."""
    sites = await places.sites(tx, cohort.id)
    return {str(site.facts["contact_id"]) for site in sites if site.ref in refs and site.facts.get("contact_id")}


class Proposed(Struct, frozen=True):
    """What came of telling: the draft, if anybody is to be told; `merged`: it takes the place of one that nobody has
    sent yet; `dropped`: nothing is left to be told of that one."""

    notice: Notice | None = None
    merged: bool = False
    dropped: bool = False


async def propose(tx: Tx, me: Me, cohort: Cohort, what: str, changes: Sequence[Changed], now: datetime) -> Proposed:
    """Propose one notice of these changes (`what`: the id of a session, or IMPORT).

    What was changed before and is not sent yet is told together with it, from where it began; what is back where it
    was is not told at all.
    """
    if cohort.state not in TOLD_IN:
        return Proposed()
    found = {one.session.ref: one for one in changes}
    began, rest = await _unsent(tx, me, cohort, what, set(found), now)
    combined = {**rest, **{ref: Changed(began.get(ref, one.before), one.after) for ref, one in found.items()}}
    written = await _write(tx, me, cohort, what, list(combined.values()), now)
    merged = bool(began or rest)
    return Proposed(written, merged and written is not None, merged and written is None)


async def _unsent(
    tx: Tx, me: Me, cohort: Cohort, what: str, refs: set[str], now: datetime
) -> tuple[dict[str, Session | None], dict[str, Changed]]:  # fmt: skip
    """How these sessions were before changes that nobody was told of, and what else the notice told that is written
    anew now. Notices of others lose what is told here."""
    began: dict[str, Session | None] = {}
    rest: dict[str, Changed] = {}
    for notice in await notices.open_changes(tx, cohort.id):
        known = changes_in(notice)
        if (notice.what != what and not refs & known.keys()) or not await _take_back(tx, notice):
            continue
        began |= {ref: one.before for ref, one in known.items() if ref in refs}
        others = {ref: one for ref, one in known.items() if ref not in refs}
        if notice.what != what:
            await _write(tx, me, cohort, notice.what, list(others.values()), now)
            continue
        rest = others
        if notice.sender != me.account_id:  # whoever changes last sends it
            await notice_drafts.drop_change(tx, cohort.id, what)
    return began, rest


async def _take_back(tx: Tx, notice: Notice) -> bool:
    """A notice that waits for its time, or for a second person, is a draft again; False when it has just begun."""
    if notice.state == TO_CONFIRM:
        return await notices.set_state(tx, notice.id, TO_CONFIRM, DRAFT)
    if notice.state != QUEUED:
        return True
    try:
        await notice_drafts.take_back(tx, notice)
    except Refusal:
        return False
    return True


def changes_in(notice: Notice) -> dict[str, Changed]:
    """What a change notice tells, by the ids of the sessions."""
    known: dict[str, dict[str, Any]] = notice.facts.get("sessions", {})
    return {ref: Changed(_session(pair.get("before")), _session(pair.get("after"))) for ref, pair in known.items()}


def _session(kept: Any) -> Session | None:
    return msgspec.convert(kept, Session) if kept else None


async def _write(
    tx: Tx, me: Me, cohort: Cohort, what: str, changes: Sequence[Changed], now: datetime
) -> Notice | None:  # fmt: skip
    """Write the draft; without anything to tell, or anybody to tell it to, there is none."""
    told = [one for one in changes if one.parts and not is_over(one.before, one.after, now)]
    people = await touched(tx, me, cohort, told, now) if told else Touched()
    if not people.members:
        await notice_drafts.drop_change(tx, cohort.id, what)
        return None
    wording, rules = await wording_of(tx, cohort), cohort.rules
    zh, en = (voice(lang, cohort.timezone).html(_text(wording, told, lang)) for lang in ("zh", "en"))
    pairs = {one.session.ref: {"before": kept(one.before), "after": kept(one.after)} for one in told}
    return await notice_drafts.propose(
        tx, me, cohort, what=what, html=zh, html_en=en, members=people.members,
        level=max((level(one.before, one.after, now, rules, cohort.timezone) for one in told), key=LEVELS.index),
        life_until=max(life_until(one.before, one.after, now) for one in told), facts={"sessions": pairs}, now=now,
    )  # fmt: skip


def _text(wording: Wording, changes: Sequence[Changed], lang: str) -> Lines:
    head = say("changes-notice") if len(changes) == 1 else say("changes-notice-many", count=len(changes))
    ordered = sorted(changes, key=lambda one: one.session.starts_at)
    return lines(head, wording.list_of(ordered, lang, MOST), say("changes-notice-foot"))
