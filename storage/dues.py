"""What is due, as facts: one row for each thing that the clock will set off (SCH-01)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Due(Struct, frozen=True, kw_only=True):
    """One thing for the clock: at this moment, for this class; after `until` it is let go (SCH-04)."""

    id: int = 0
    cohort_id: int
    kind: str
    what: str
    at: datetime
    until: datetime
    state: str = "new"


async def put(tx: Tx, dues: Iterable[Due]) -> None:
    """Plan; what is planned already and not done moves to its new time."""
    await tx.many(
        """insert into due (cohort_id, kind, what, at, until) values (:cohort_id, :kind, :what, :at, :until)
           on conflict (cohort_id, kind, what) do update set at = excluded.at, until = excluded.until
           where due.state = 'new'""",
        dues,
    )


async def drop_new(tx: Tx, cohort_id: int) -> None:
    """Forget all that is planned from the timetable and not done (before planning anew); what a leave or a notice set
    off stays."""
    await tx.do(
        """delete from due where cohort_id = :id and state = 'new'
           and kind not like 'leave-%' and kind not like 'notice-%'""",
        {"id": cohort_id},
    )


async def drop_of(tx: Tx, cohort_id: int, what: str) -> None:
    """Let go of all that is planned for one thing (`what`), such as a leave that is decided."""
    await tx.do(
        "update due set state = 'idle' where cohort_id = :id and state = 'new' and what = :what",
        {"id": cohort_id, "what": what},
    )


async def next_due(tx: Tx, now: datetime, limit: int = 20) -> list[Due]:
    """What is due now, oldest first; on PostgreSQL each row is taken by one process only (SCH-07)."""
    lock = " for update skip locked" if tx.postgres else ""
    return await tx.all(
        Due,
        f"select * from due where state = 'new' and at <= :now order by at, id limit :limit{lock}",
        {"now": now, "limit": limit},
    )


async def set_state(tx: Tx, id: int, state: str, now: datetime) -> None:
    await tx.do("update due set state = :state, done_at = :now where id = :id", {"id": id, "state": state, "now": now})


async def between(tx: Tx, cohort_id: int, start: datetime, end: datetime) -> list[Due]:
    """All that is planned for a stretch of time, done or not."""
    return await tx.all(
        Due,
        "select * from due where cohort_id = :id and at >= :start and at < :end order by at, id",
        {"id": cohort_id, "start": start, "end": end},
    )


async def next_times(tx: Tx, limit: int = 12) -> list[Due]:
    """What comes next, over all classes."""
    return await tx.all(Due, "select * from due where state = 'new' order by at, id limit :limit", {"limit": limit})
