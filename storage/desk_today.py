"""What the desk's first page counts that no other page has counted yet: questions, unread notices."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Questions(Struct, frozen=True):
    """Questions that wait for an answer; `late`: longer than was promised."""

    waiting: int = 0
    late: int = 0


async def questions(tx: Tx, cohort_id: int, now: datetime) -> Questions:
    """The open questions of a class."""
    return await tx.one(
        Questions,
        """select count(*) as waiting, coalesce(sum(case when due_at <= :now then 1 else 0 end), 0) as late
           from question where cohort_id = :id and state in ('queued', 'assigned')""",
        {"id": cohort_id, "now": now},
    )


class Unread(Struct, frozen=True, kw_only=True):
    """A notice of the last days that somebody has not acknowledged yet."""

    id: int
    html: str
    level: str
    read: int
    people: int

    @property
    def unread(self) -> int:
        return self.people - self.read


async def unread_notices(tx: Tx, cohort_id: int, since: datetime) -> list[Unread]:
    """The notices to acknowledge that have not been read by everybody, the newest first."""
    return await tx.all(
        Unread,
        """select n.id, n.html, n.level, count(p.read_at) as read, count(*) as people
           from notice n join notice_person p on p.notice_id = n.id and p.left_out = ''
           where n.cohort_id = :id and n.level in ('ack', 'urgent') and n.state in ('sending', 'sent')
             and n.begun_at >= :since
           group by n.id, n.html, n.level having count(p.read_at) < count(*) order by n.id desc limit 20""",
        {"id": cohort_id, "since": since},
    )
