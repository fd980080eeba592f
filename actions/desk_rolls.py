"""Lists and marks as the desk shows them: the lists of a class, one list by groups, everybody's marks side by side."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from msgspec import Struct

from actions import ledgers, rollcalls, rolls
from actions.access import access_called_by_id, access_cohort_of, access_roll_by_id, need
from actions.digests import Count
from actions.ledgers import Entry
from actions.marks import state_of
from actions.rolls import Tally
from chat.messages import Refusal
from rules import attendance
from rules.attendance import UNMARKED
from rules.roles import ADMIN, CLASS_TEACHER, SCHOOL_LEADER
from storage import cohorts, marks, members
from storage import rolls as lists
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.marks import Change, Evidence, Mark
from storage.members import Member
from storage.rolls import Roll
from storage.sessions import Session
from storage.tx import Tx

SEERS = frozenset({CLASS_TEACHER, ADMIN, SCHOOL_LEADER})
"""Who sees the marks of a whole class (DASH-05)."""


class Row(Struct, frozen=True, kw_only=True):
    """A list with its numbers; `state` as in the chat."""

    roll: Roll
    state: str
    count: Count


async def everything(tx: Tx, me: Me, now: datetime) -> tuple[Cohort, list[Row]]:
    """All lists of the class, with what they come to."""
    need(me, *SEERS)
    cohort = await access_cohort_of(tx, me)
    book = await ledgers.book(tx, cohort, now)
    found: dict[int, Counter[str]] = {}
    for called in (c for entry in book.values() for c in entry.called if c.roll is not None):
        assert called.roll is not None
        found.setdefault(called.roll.id, Counter())[called.status] += 1
    every = await lists.of_cohort(tx, cohort.id)
    return cohort, [Row(roll=r, state=state_of(r, now), count=Count.of(found.get(r.id, Counter()))) for r in every]


class Group(Struct, frozen=True):
    """The people of one group with their marks."""

    no: int
    people: list[tuple[Member, Mark | None]]

    @property
    def unmarked(self) -> int:
        return sum(mark is None or mark.status == UNMARKED for _, mark in self.people)


class Sheet(Struct, frozen=True, kw_only=True):
    """One list by groups, and what may be done with it now."""

    roll: Roll
    state: str
    tally: Tally
    groups: list[Group]
    may_mark: bool
    may_count: bool
    may_close: bool


async def sheet(tx: Tx, me: Me, roll_id: int, now: datetime) -> Sheet:
    """A list as the class teacher's card shows it, with everybody."""
    roll = await access_roll_by_id(tx, me, roll_id)
    rules = (await cohorts.get(tx, roll.cohort_id)).rules
    state, tally = state_of(roll, now), await rolls.tally(tx, roll)
    people, found = await rollcalls.called_by(tx, me, roll), await marks.of_roll(tx, roll.id)
    groups = [
        Group(no, [(p, found.get(p.id)) for p in people if (p.group_no or 0) == no])
        for no in sorted({p.group_no or 0 for p in people})
    ]
    teacher, runs = CLASS_TEACHER in me.roles, state in ("open", "staff_only")
    return Sheet(
        roll=roll, state=state, tally=tally, groups=groups, may_mark=runs,
        may_count=teacher and runs and attendance.may_count(now, roll.bell_at, rules),
        may_close=teacher and runs and attendance.may_close(now, roll.bell_at, len(tally.missing), rules),
    )  # fmt: skip


async def here(tx: Tx, me: Me, roll_id: int, member_ids: list[int], now: datetime) -> int:
    """Mark several who are not marked yet as present; gives how many. Whoever is marked by now stays so."""
    roll = await access_roll_by_id(tx, me, roll_id)
    found = await marks.of_roll(tx, roll.id)
    count = 0
    for id in member_ids:
        member = await access_called_by_id(tx, me, id)
        if id in found and found[id].status != UNMARKED:
            continue
        await rollcalls.mark_for(tx, me, roll, member, now)
        count += 1
    await rolls.paint(tx, roll, now, only_shown=True)
    return count


class Marked(Struct, frozen=True, kw_only=True):
    """One mark in full: what stands, what other sources said, every change with who made it."""

    roll: Roll
    member: Member
    mark: Mark | None
    others: list[Evidence]
    changes: list[Change]
    may_change: bool
    needs_reason: bool

    @property
    def status(self) -> str:
        return self.mark.status if self.mark else UNMARKED


async def marked(tx: Tx, me: Me, roll_id: int, member_id: int, now: datetime) -> Marked:
    """One mark; only those who see the marks of the whole class (ATT-11)."""
    need(me, *SEERS)
    roll = await lists.get(tx, roll_id)
    if roll is None or roll.cohort_id != me.cohort_id:
        raise Refusal("refusals-not-here")
    member = await _of_class(tx, me, member_id)
    mark = await marks.get(tx, roll.id, member.id)
    events = await marks.history_of(tx, roll.id, member.id)
    state = state_of(roll, now)
    status = mark.status if mark else UNMARKED
    return Marked(
        roll=roll, member=member, mark=mark,
        others=[e for e in await marks.evidence_of(tx, roll.id) if e.member_id == member.id],
        changes=[e for e in events if e.old != e.new],
        may_change=CLASS_TEACHER in me.roles and state not in ("planned", "cancelled"),
        needs_reason=attendance.needs_reason("decide", status, state),
    )  # fmt: skip


async def _of_class(tx: Tx, me: Me, member_id: int) -> Member:
    member = await members.get(tx, member_id)
    if member is None or member.cohort_id != me.cohort_id or member.seat_no is None:
        raise Refusal("refusals-not-here")
    return member


class Matrix(Struct, frozen=True, kw_only=True):
    """People beside sessions."""

    cohort: Cohort
    sessions: list[tuple[Session, Roll]]
    entries: list[Entry]
    days: list[int]


async def matrix(tx: Tx, me: Me, now: datetime) -> Matrix:
    """Everybody's marks in every list that has opened."""
    need(me, *SEERS)
    cohort = await access_cohort_of(tx, me)
    book = await ledgers.book(tx, cohort, now)
    seen: dict[int, tuple[Session, Roll]] = {}
    for called in (c for e in book.values() for c in e.called):
        if called.roll is not None and called.is_seen(now):
            seen.setdefault(called.roll.id, (called.session, called.roll))
    shown = sorted(seen.values(), key=lambda s: (s[0].starts_at, s[1].id))
    people = sorted(book.values(), key=lambda e: (e.member.seat_no or 0, e.member.id))
    return Matrix(cohort=cohort, sessions=shown, entries=people, days=sorted({s.day for s, _ in shown}))
