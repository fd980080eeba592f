"""Files that belong to what people wrote: the bytes stand in the database, so a backup has them (XC-06)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Media(Struct, frozen=True, kw_only=True):
    """A file by its hash: the same picture is kept once in a class."""

    id: int = 0
    cohort_id: int
    hash: str
    kind: str
    size: int
    width: int = 0
    height: int = 0
    content: bytes = b""
    small: bytes | None = None
    made_at: datetime


async def add(tx: Tx, media: Media) -> int:
    """Keep a file, or find it."""
    return await tx.one(
        int,
        """insert into media (cohort_id, hash, kind, size, width, height, content, small, made_at)
           values (:cohort_id, :hash, :kind, :size, :width, :height, :content, :small, :made_at)
           on conflict (cohort_id, hash) do update set kind = excluded.kind returning id""",
        media,
    )


async def get(tx: Tx, id: int) -> Media | None:
    return await tx.first(Media, "select * from media where id = :id", {"id": id})


async def small(tx: Tx, id: int) -> bytes | None:
    """A picture small enough for a document."""
    return await tx.first(bytes, "select small from media where id = :id and small is not null", {"id": id})


async def attach(tx: Tx, part_id: int, media_id: int) -> None:
    """The file of a part of a log is here."""
    await tx.do("update log_part set media_id = :media where id = :id", {"id": part_id, "media": media_id})
