"""What waits, and since when: for the ops card, the watch and the metrics; numbers only (SCH-12)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Queue(Struct, frozen=True):
    """So many wait that could be done now, the oldest since then."""

    count: int
    since: datetime | None


async def of_inbox(tx: Tx, now: datetime) -> Queue:
    """Updates that may be worked now."""
    return await tx.one(
        Queue,
        """select count(*) as count, min(case when not_before > kept_at then not_before else kept_at end) as since
           from inbox where state = 'new' and (not_before is null or not_before <= :now)""",
        {"now": now},
    )


async def of_outbox(tx: Tx, now: datetime) -> Queue:
    """Words that could go now, and those that are on their way."""
    return await tx.one(
        Queue,
        """select count(*) as count, min(case when not_before > made_at then not_before else made_at end) as since
           from outbox where state in ('new', 'sending') and (not_before is null or not_before <= :now)
             and (not_after is null or not_after >= :now)""",
        {"now": now},
    )


async def of_errands(tx: Tx, now: datetime) -> Queue:
    """Files that are still to be fetched."""
    return await tx.one(
        Queue,
        "select count(*) as count, min(made_at) as since from errand where state = 'new' and made_at <= :now",
        {"now": now},
    )


async def of_documents(tx: Tx, now: datetime) -> Queue:
    """Documents that are still to be made."""
    return await tx.one(
        Queue,
        "select count(*) as count, min(made_at) as since from document where state = 'new' and made_at <= :now",
        {"now": now},
    )
