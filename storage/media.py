"""Files that belong to what people wrote: in the database, so a backup has them (XC-06), or on a shelf (ADR 39)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Media(Struct, frozen=True, kw_only=True):
    """A file by its hash: the same picture is kept once in a class. `place` says where its content stands: "" for
    `content` itself, else `folder:<key>` or `s3:<key>`; `small` is always here."""

    id: int = 0
    cohort_id: int
    hash: str
    kind: str
    size: int
    width: int = 0
    height: int = 0
    content: bytes = b""
    small: bytes | None = None
    place: str = ""
    made_at: datetime


class Where(Struct, frozen=True):
    """Where the content of a file stands, and what it must be."""

    id: int
    cohort_id: int
    hash: str
    kind: str
    size: int
    place: str


WHERE = "id, cohort_id, hash, kind, size, place"


class _Count(Struct, frozen=True):
    kind: str
    n: int


async def add(tx: Tx, media: Media) -> int:
    """Keep a file, or find it."""
    return await tx.one(
        int,
        """insert into media (cohort_id, hash, kind, size, width, height, content, small, place, made_at)
           values (:cohort_id, :hash, :kind, :size, :width, :height, :content, :small, :place, :made_at)
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


async def places_of(tx: Tx, cohort_id: int) -> set[str]:
    """What a class has on shelves."""
    found = await tx.all(str, "select place from media where cohort_id = :id and place <> ''", {"id": cohort_id})
    return set(found)


async def counts(tx: Tx) -> dict[str, int]:
    """How many contents stand on each kind of shelf; "" is the database."""
    found = await tx.all(
        _Count,
        """select case when place = '' then '' when place like 'folder:%' then 'folder' else 's3' end as kind,
                  count(*) as n from media group by 1""",
    )
    return {one.kind: one.n for one in found}


async def classes(tx: Tx) -> list[int]:
    """The classes that have anything on shelves."""
    return await tx.all(int, "select distinct cohort_id from media where place <> '' order by cohort_id")


async def of_class(tx: Tx, cohort_id: int, kind: str) -> list[Where]:
    """The files of a class whose content stands on this kind of shelf."""
    return await tx.all(
        Where,
        f"""select {WHERE} from media
            where cohort_id = :id and place like '{kind}:%' order by id""",
        {"id": cohort_id},
    )


async def next_elsewhere(tx: Tx, kind: str, after: int, most: int) -> list[Where]:
    """Some files whose content does not stand on this kind of shelf ("" for the database), by number."""
    here = "place <> ''" if not kind else f"place not like '{kind}:%'"
    return await tx.all(
        Where,
        f"""select {WHERE} from media where id > :after and {here} order by id limit :most""",
        {"after": after, "most": most},
    )


async def about(tx: Tx, id: int) -> Where | None:
    return await tx.first(Where, f"select {WHERE} from media where id = :id", {"id": id})


async def content(tx: Tx, id: int) -> bytes:
    """The content that stands in the database."""
    return await tx.first(bytes, "select content from media where id = :id", {"id": id}) or b""


async def move(tx: Tx, old: Where, place: str, content: bytes) -> bool:
    """The content stands elsewhere from now on. False: the row is gone, or somebody else has moved it.

    SQLite writes zeros over what it frees: whoever is forgotten later is then gone from there, too.
    """
    if not tx.postgres:
        await tx.do("pragma secure_delete = on")
    moved = await tx.first(
        int,
        "update media set place = :place, content = :content where id = :id and place = :old returning id",
        {"place": place, "content": content, "id": old.id, "old": old.place},
    )
    return moved is not None
