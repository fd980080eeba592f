"""What a day asks of people, as far as tables know it: notices that wait for an [已读] (XC-09)."""

from __future__ import annotations

from datetime import datetime

from storage.tx import Tx


async def reads_between(tx: Tx, cohort_id: int, start: datetime, end: datetime) -> int:
    """How many notices to acknowledge went or will go in a stretch of time to whoever gets most of them; before a
    notice has gone it is taken as one for everybody."""
    gone = await tx.one(
        int,
        """select coalesce(max(n), 0) from (
             select count(*) as n from notice_person p join notice o on o.id = p.notice_id
             where p.cohort_id = :id and o.level <> 'ordinary' and o.begun_at >= :start and o.begun_at < :end
             group by p.member_id) x""",
        {"id": cohort_id, "start": start, "end": end},
    )
    waiting = await tx.one(
        int,
        """select count(*) from notice where cohort_id = :id and level <> 'ordinary' and state = 'queued'
             and go_at >= :start and go_at < :end""",
        {"id": cohort_id, "start": start, "end": end},
    )
    return gone + waiting
