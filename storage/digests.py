"""What a digest asks of the tables: leaves that wait, people who are not back, and whether anything changed."""

from __future__ import annotations

from datetime import datetime

from storage.accounts import Reader
from storage.tx import Tx


async def pending_leaves(tx: Tx, cohort_id: int) -> int:
    """How many requests for leave wait for a decision."""
    return await tx.one(
        int,
        "select count(*) from leave where cohort_id = :id and state in ('pending', 'need_material')",
        {"id": cohort_id},
    )


async def overdue(tx: Tx, cohort_id: int) -> list[int]:
    """The members whose planned return is over and who have not reported back (ATT-10)."""
    return await tx.all(
        int,
        "select member_id from leave where cohort_id = :id and overdue and state = 'away' order by ends_at, id",
        {"id": cohort_id},
    )


async def last_done(tx: Tx, cohort_id: int, kind: str, before: datetime) -> datetime | None:
    """When the clock last did something of this kind, planned before a moment."""
    return await tx.first(
        datetime,
        """select done_at from due where cohort_id = :id and kind = :kind and state = 'done' and at < :before
           order by at desc limit 1""",
        {"id": cohort_id, "kind": kind, "before": before},
    )


async def has_changed(tx: Tx, cohort_id: int, since: datetime) -> bool:
    """Whether any mark, list or leave of a class changed after a moment."""
    found = await tx.first(
        int,
        """select 1 from cohort where id = :id and (
             exists (select 1 from mark_event e join roll r on r.id = e.roll_id
                     where r.cohort_id = :id and e.at > :since)
             or exists (select 1 from roll where cohort_id = :id and (closed_at > :since or reopened_at > :since))
             or exists (select 1 from leave_event e join leave l on l.id = e.leave_id
                        where l.cohort_id = :id and e.at > :since))""",
        {"id": cohort_id, "since": since},
    )
    return found is not None


async def school_leaders(tx: Tx, cohort_id: int) -> list[Reader]:
    """The school leaders who can be written to: with a seat in the class, or of the school as a whole (ROLE-01)."""
    return await tx.all(
        Reader,
        """select a.id as account_id, coalesce(a.lang, m.lang, 'zh') as lang, c.timezone as zone
           from cohort c join account a on a.blocked_at is null
           left join member m on m.account_id = a.id and m.cohort_id = c.id
           where c.id = :id and (' ' || a.roles || ' ' like '% school_leader %'
                                 or ' ' || m.roles || ' ' like '% school_leader %') order by a.id""",
        {"id": cohort_id},
    )
