"""[关注学员]: whom the class teacher should look at, each with the reason and what is left (DASH-02)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from actions.ledgers import Entry, why
from actions.question_states import open_of
from chat.messages import Lines, say
from rules.questions import Viewer, sees_name
from storage import ledgers
from storage.cohorts import Cohort
from storage.members import Member
from storage.tx import Tx

GRAVE = ("withdrawn", "not_awarded")


class Looked(Struct, frozen=True, kw_only=True):
    """Somebody to look after, and why."""

    member: Member
    why: Lines
    rank: int
    """The grave first, then absences, leave, questions without an answer, and those who have not joined."""


async def to_look_after(
    tx: Tx, cohort: Cohort, entries: Mapping[int, Entry], now: datetime, roles: frozenset[str]
) -> list[Looked]:
    """The people of a class who have a reason, the grave first, each by seat; those who left are no part of it.

    Who takes part on paper is not asked to join (XC-04). Who waits for an answer is named only to those among `roles`
    who may know that he asked (RULE-8).
    """
    paper, asking = await ledgers.on_paper(tx, cohort.id), await _asking(tx, cohort, now, roles)
    opened = any(c.session.starts_at <= now for entry in entries.values() for c in entry.called[:1])
    found = [
        looked
        for entry in entries.values()
        if entry.member.left_at is None or entry.member.left_at > now
        if (looked := _look(entry, asking, opened and entry.member.id not in paper, now)) is not None
    ]
    return sorted(found, key=lambda looked: (looked.rank, looked.member.seat_no or 0))


async def _asking(tx: Tx, cohort: Cohort, now: datetime, roles: frozenset[str]) -> dict[int, int]:
    """Who waits for an answer longer than it is due, and which number it has; one with a date is not forgotten."""
    reads = Viewer(roles=roles)
    return {
        q.asker_id: q.no
        for q in reversed(await open_of(tx, cohort.id))
        if q.due_at is not None and q.due_at <= now and sees_name(reads, q.visibility)
    }


def _look(entry: Entry, asking: Mapping[int, int], should_join: bool, now: datetime) -> Looked | None:
    member = entry.member
    waits = say("attention-asking", no=asking[member.id]) if member.id in asking else None
    if entry.reasons:
        rank = 0 if entry.verdict.outcome in GRAVE else 1 if "leave" not in entry.reasons else 2
        return Looked(member=member, why=Lines((why(entry), waits), " "), rank=rank)
    if waits is not None:
        return Looked(member=member, why=Lines((waits,)), rank=3)
    late = member.joined_at is not None and member.joined_at > now
    if should_join and member.account_id is None and not late:
        return Looked(member=member, why=Lines((say("attention-unbound"),)), rank=4)
    return None
