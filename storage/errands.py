"""Errands: files that must be fetched from Telegram before one can go on with them; kept until that is done."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Errand(Struct, frozen=True, kw_only=True):
    """One file to be fetched for somebody. `data` is what was read of it, once it was."""

    id: int = 0
    account_id: int
    kind: str
    file_id: str
    file_name: str = ""
    data: str = ""
    state: str = "new"
    tries: int = 0
    made_at: datetime
    not_before: datetime | None = None
    ref: int | None = None
    """What the file is for: the part of a log."""


async def add(tx: Tx, errand: Errand) -> None:
    await tx.do(
        """insert into errand (account_id, kind, file_id, file_name, ref, made_at)
           values (:account_id, :kind, :file_id, :file_name, :ref, :made_at)""",
        errand,
    )


async def get(tx: Tx, id: int) -> Errand | None:
    return await tx.first(Errand, "select * from errand where id = :id", {"id": id})


async def next_new(tx: Tx, now: datetime, but: str = "") -> Errand | None:
    """The oldest that may be done now, `but` not of this kind; on PostgreSQL one process holds it for two minutes."""
    lock = " for update skip locked" if tx.postgres else ""
    return await tx.first(
        Errand,
        f"""select * from errand where state = 'new' and (not_before is null or not_before <= :now) and kind <> :but
            order by id limit 1{lock}""",
        {"now": now, "but": but},
    )


async def put_off(tx: Tx, id: int, until: datetime) -> None:
    """Count a try; the next one comes after this time."""
    await tx.do("update errand set tries = tries + 1, not_before = :until where id = :id", {"id": id, "until": until})


async def give_back(tx: Tx, id: int, until: datetime) -> None:
    """This was no try: what it needed was away."""
    await tx.do("update errand set tries = tries - 1, not_before = :until where id = :id", {"id": id, "until": until})


async def release(tx: Tx) -> None:
    """Nobody else runs on this database: what was being fetched when a program died is fetched anew at once."""
    await tx.do("update errand set not_before = null where state = 'new'")


async def set_read(tx: Tx, id: int, data: str) -> None:
    await tx.do("update errand set state = 'fetched', data = :data where id = :id", {"id": id, "data": data})


async def set_done(tx: Tx, id: int, state: str) -> None:
    """It is over: `done`, `declined` or `failed`; the file is not kept."""
    await tx.do("update errand set state = :state, data = '' where id = :id", {"id": id, "state": state})


async def prune(tx: Tx, before: datetime) -> None:
    """Forget what is over; what still waits has its tries, however long something was away."""
    await tx.do("delete from errand where made_at < :before and state <> 'new'", {"before": before})
