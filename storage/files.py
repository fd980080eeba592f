"""Files on their way to somebody: the bytes stand here while a parcel names them, and for a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from storage.tx import Tx

KEPT = timedelta(days=1)


class File(Struct, frozen=True, kw_only=True):
    """A document of a class as it will be uploaded."""

    id: int
    cohort_id: int
    name: str
    content: bytes


async def add(tx: Tx, cohort_id: int, name: str, content: bytes, now: datetime) -> int:
    """Keep a file; gives the id that a parcel names."""
    return await tx.one(
        int,
        """insert into file (cohort_id, name, content, made_at) values (:cohort_id, :name, :content, :now)
           returning id""",
        {"cohort_id": cohort_id, "name": name, "content": content, "now": now},
    )


async def get(tx: Tx, id: int) -> File | None:
    return await tx.first(File, "select id, cohort_id, name, content from file where id = :id", {"id": id})


async def prune(tx: Tx, now: datetime) -> None:
    """Forget the files of more than a day ago, unless they still wait to be sent."""
    await tx.do(
        """delete from file where made_at < :before and not exists
             (select 1 from outbox o where o.file_id = file.id and o.state in ('new', 'sending'))""",
        {"before": now - KEPT},
    )
