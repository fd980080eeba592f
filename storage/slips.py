"""Leave slips (请假条) and changes of marks as an export reads them: a class in one statement."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Slip(Struct, frozen=True, kw_only=True):
    """One leave that was asked for."""

    id: int
    member_id: int
    kind: str
    starts_at: datetime | None
    ends_at: datetime | None
    reason: str
    hours: int
    state: str
    decided_at: datetime | None
    back_at: datetime | None


class Decision(Struct, frozen=True, kw_only=True):
    """A step of an approval: who, when. `who` is a name; nobody's is empty."""

    leave_id: int
    at: datetime
    who: str
    act: str


class Change(Struct, frozen=True, kw_only=True):
    """One change of a mark, with the name of who made it; the machine's is empty."""

    roll_id: int
    member_id: int
    session_id: int
    at: datetime
    who: str
    old: str
    new: str
    source: str
    reason: str


_SLIP = "l.id, l.member_id, l.kind, l.starts_at, l.ends_at, l.reason, l.hours, l.state, l.decided_at, l.back_at"


async def of_cohort(tx: Tx, cohort_id: int) -> list[Slip]:
    """Every slip of a class that was handed in, in order of time; what is still being written is nobody's business."""
    return await tx.all(
        Slip,
        f"""select {_SLIP} from leave l where l.cohort_id = :id and l.state <> 'draft'
            order by l.starts_at, l.id""",
        {"id": cohort_id},
    )


async def granted(tx: Tx, cohort_id: int, since: datetime, until: datetime) -> list[Slip]:
    """The leaves that are approved and overlap a stretch of time."""
    return await tx.all(
        Slip,
        f"""select {_SLIP} from leave l
            where l.cohort_id = :id and l.state in ('approved', 'away', 'returned', 'closed')
              and l.starts_at < :until and l.ends_at > :since and (l.back_at is null or l.back_at > :since)
            order by l.id""",
        {"id": cohort_id, "since": since, "until": until},
    )


async def decisions(tx: Tx, cohort_id: int) -> list[Decision]:
    """Who decided a step of any slip of a class, in order."""
    return await tx.all(
        Decision,
        """select e.leave_id, e.at, coalesce(w.name, a.first_name, '') as who, e.act
           from leave_event e join leave l on l.id = e.leave_id
           left join member w on w.account_id = e.who and w.cohort_id = l.cohort_id
           left join account a on a.id = e.who
           where l.cohort_id = :id and e.step is not null order by e.leave_id, e.id""",
        {"id": cohort_id},
    )


async def changes(tx: Tx, cohort_id: int) -> list[Change]:
    """Every change of every mark of a class, in order."""
    return await tx.all(
        Change,
        """select e.roll_id, e.member_id, r.session_id, e.at, coalesce(w.name, a.first_name, '') as who, e.old, e.new,
                  e.source, e.reason
           from mark_event e join roll r on r.id = e.roll_id
           left join member w on w.account_id = e.who and w.cohort_id = r.cohort_id
           left join account a on a.id = e.who
           where r.cohort_id = :id order by e.id""",
        {"id": cohort_id},
    )
