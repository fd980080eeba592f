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
