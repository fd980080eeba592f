"""Marks (考勤): one a person a list, and every change of it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, structs

from storage.tx import Tx

SELF, LEADER, STAFF = "self", "leader", "staff"
UNMARKED = "unmarked"


class Mark(Struct, frozen=True, kw_only=True):
    """One person's status in one list: source, time of the message, who entered it (RULE-5)."""

    id: int = 0
    roll_id: int
    member_id: int
    status: str
    at: datetime
    arrived_at: datetime | None = None
    source: str = SELF
    entered_by: int | None = None
    flags: str = ""


async def add(tx: Tx, mark: Mark) -> Mark | None:
    """Keep a mark where none is final yet; None when the first final mark stands already (ATT-20)."""
    id = await tx.first(
        int,
        """insert into mark (roll_id, member_id, status, at, arrived_at, source, entered_by, flags)
           values (:roll_id, :member_id, :status, :at, :arrived_at, :source, :entered_by, :flags)
           on conflict (roll_id, member_id) do update set status = excluded.status, at = excluded.at,
             arrived_at = coalesce(mark.arrived_at, excluded.arrived_at), source = excluded.source,
             entered_by = excluded.entered_by, flags = excluded.flags
           where mark.status = 'unmarked' and excluded.status <> 'unmarked'
           returning id""",
        mark,
    )
    return None if id is None else structs.replace(mark, id=id)


async def get(tx: Tx, roll_id: int, member_id: int) -> Mark | None:
    return await tx.first(
        Mark,
        "select * from mark where roll_id = :roll_id and member_id = :member_id",
        {"roll_id": roll_id, "member_id": member_id},
    )


async def set_status(tx: Tx, id: int, status: str, source: str, entered_by: int | None) -> None:
    """Change a mark that stands; the caller writes the event."""
    await tx.do(
        "update mark set status = :status, source = :source, entered_by = :entered_by where id = :id",
        {"id": id, "status": status, "source": source, "entered_by": entered_by},
    )


async def add_event(
    tx: Tx, mark: Mark, old: str, who: int | None, now: datetime, reason: str = ""
) -> None:  # fmt: skip
    """Write down who made what of a mark (ATT-11)."""
    await tx.do(
        """insert into mark_event (roll_id, member_id, at, who, old, new, source, reason)
           values (:roll_id, :member_id, :now, :who, :old, :new, :source, :reason)""",
        {"roll_id": mark.roll_id, "member_id": mark.member_id, "now": now, "who": who, "old": old,
         "new": mark.status, "source": mark.source, "reason": reason},
    )  # fmt: skip


async def of_roll(tx: Tx, roll_id: int) -> dict[int, Mark]:
    """The marks of a list by member."""
    found = await tx.all(Mark, "select * from mark where roll_id = :roll_id", {"roll_id": roll_id})
    return {mark.member_id: mark for mark in found}


async def keep_evidence(tx: Tx, mark: Mark) -> None:
    """Keep what another source said of somebody who is marked already (ATT-20); of the same words the last time."""
    await tx.do(
        """insert into evidence (roll_id, member_id, status, at, source, entered_by)
           values (:roll_id, :member_id, :status, :at, :source, :entered_by)
           on conflict (roll_id, member_id, source, status) do update set at = excluded.at""",
        mark,
    )


class Evidence(Struct, frozen=True, kw_only=True):
    """What a second source said."""

    roll_id: int
    member_id: int
    status: str
    at: datetime
    source: str
    entered_by: int | None = None


async def evidence_of(tx: Tx, roll_id: int) -> list[Evidence]:
    """All second sources of a list, in order of time."""
    return await tx.all(
        Evidence,
        """select roll_id, member_id, status, at, source, entered_by from evidence where roll_id = :id
           order by at, id""",
        {"id": roll_id},
    )


class Change(Struct, frozen=True, kw_only=True):
    """One event of a mark: who (an account; None is the clock), when, old, new, why."""

    roll_id: int
    member_id: int
    at: datetime
    who: int | None
    old: str
    new: str
    source: str
    reason: str
    name: str = ""
    """Who it was, by the seat in the class; only `history_of` looks it up."""


async def history_of(tx: Tx, roll_id: int, member_id: int) -> list[Change]:
    """The chain of events of one mark, with the names of those who made them."""
    return await tx.all(
        Change,
        """select e.roll_id, e.member_id, e.at, e.who, e.old, e.new, e.source, e.reason, coalesce(m.name, '') as name
           from mark_event e join roll r on r.id = e.roll_id
           left join member m on m.account_id = e.who and m.cohort_id = r.cohort_id
           where e.roll_id = :roll_id and e.member_id = :member_id order by e.id""",
        {"roll_id": roll_id, "member_id": member_id},
    )


async def events_of(tx: Tx, roll_id: int, member_id: int) -> list[Change]:
    """The chain of events of one mark."""
    return await tx.all(
        Change,
        """select roll_id, member_id, at, who, old, new, source, reason from mark_event
           where roll_id = :roll_id and member_id = :member_id order by id""",
        {"roll_id": roll_id, "member_id": member_id},
    )


async def of_cohort(tx: Tx, cohort_id: int) -> dict[int, dict[int, Mark]]:
    """All marks of a class, by list, by member."""
    found: dict[int, dict[int, Mark]] = {}
    for mark in await tx.all(
        Mark,
        "select k.* from mark k join roll r on r.id = k.roll_id where r.cohort_id = :id",
        {"id": cohort_id},
    ):
        found.setdefault(mark.roll_id, {})[mark.member_id] = mark
    return found


async def attended_before(tx: Tx, member_id: int, at: datetime) -> bool:
    """Whether somebody was marked as here in a list that began before a moment."""
    found = await tx.first(
        int,
        """select 1 from mark k join roll r on r.id = k.roll_id where k.member_id = :id and r.bell_at < :at
           and k.status in ('present', 'late', 'early_leave', 'class_duty')""",
        {"id": member_id, "at": at},
    )
    return found is not None


class OwnMark(Struct, frozen=True):
    """A line of one's own record."""

    session_id: int
    status: str
    at: datetime


async def of_member(tx: Tx, member_id: int) -> list[OwnMark]:
    """All marks of a person, by session."""
    return await tx.all(
        OwnMark,
        """select r.session_id, k.status, k.at from mark k join roll r on r.id = k.roll_id
           where k.member_id = :id order by r.bell_at""",
        {"id": member_id},
    )
