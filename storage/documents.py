"""Documents that take a while to make: asked for in a turn, made outside it, sent when they are done."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Document(Struct, frozen=True, kw_only=True):
    """One wish for a document. `member_id`: one person's own; none: the whole class's."""

    id: int = 0
    cohort_id: int
    member_id: int | None = None
    account_id: int
    kind: str
    state: str = "new"
    tries: int = 0
    made: int = 0
    total: int = 0
    held_until: datetime | None = None
    made_at: datetime


async def add(tx: Tx, document: Document, since: datetime | None = None) -> bool:
    """Write a wish down; False where the same one still waits, or was fulfilled after it was wished for `since`."""
    there = await tx.first(
        int,
        """select id from document where account_id = :account_id and cohort_id = :cohort_id and kind = :kind
           and (state = 'new' or (state = 'done' and made_at > :since))""",
        {"account_id": document.account_id, "cohort_id": document.cohort_id, "kind": document.kind,
         "since": since or document.made_at},
    )  # fmt: skip
    if there is not None:
        return False
    await tx.do(
        """insert into document (cohort_id, member_id, account_id, kind, made_at)
           values (:cohort_id, :member_id, :account_id, :kind, :made_at)""",
        document,
    )
    return True


async def next_new(tx: Tx, now: datetime) -> Document | None:
    """The oldest that nobody is making; who was killed over it lets it go when his time is over."""
    lock = " for update skip locked" if tx.postgres else ""
    return await tx.first(
        Document,
        f"""select * from document where state = 'new' and (held_until is null or held_until <= :now)
            order by id limit 1{lock}""",
        {"now": now},
    )


async def hold(tx: Tx, id: int, until: datetime) -> None:
    """Nobody else begins it till then."""
    await tx.do("update document set held_until = :until where id = :id", {"id": id, "until": until})


async def add_try(tx: Tx, id: int) -> None:
    """Count how often it was begun."""
    await tx.do("update document set tries = tries + 1 where id = :id", {"id": id})


async def give_back(tx: Tx, id: int) -> None:
    """This was no try: what it needed was away."""
    await tx.do("update document set tries = tries - 1 where id = :id", {"id": id})


async def set_progress(tx: Tx, id: int, made: int, total: int) -> None:
    await tx.do(
        "update document set made = :made, total = :total where id = :id", {"id": id, "made": made, "total": total}
    )


async def set_done(tx: Tx, id: int, state: str) -> bool:
    """It is over: `done` or `failed`. False: it was over already."""
    found = await tx.first(
        int,
        "update document set state = :state where id = :id and state = 'new' returning id",
        {"id": id, "state": state},
    )
    return found is not None


async def release(tx: Tx) -> None:
    """Nobody else runs on this database: what was being made when a program died is made anew at once."""
    await tx.do("update document set held_until = null where state = 'new'")


async def prune(tx: Tx, before: datetime) -> None:
    await tx.do("delete from document where made_at < :before", {"before": before})
