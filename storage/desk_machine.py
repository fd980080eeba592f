"""What has not been sent, in numbers: for the page about the machine."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Unsent(Struct, frozen=True, kw_only=True):
    """So many messages that stand so, for the same reason; `first` is when the oldest was written."""

    state: str
    trouble: str
    count: int
    first: datetime


async def unsent(tx: Tx) -> list[Unsent]:
    """Everything that waits or went wrong, in groups."""
    return await tx.all(
        Unsent,
        """select state, coalesce(trouble, '') as trouble, count(*) as count, min(made_at) as first from outbox
           where state in ('new', 'sending', 'held', 'uncertain', 'failed', 'unreachable')
           group by state, coalesce(trouble, '') order by state, count(*) desc limit 50""",
    )
