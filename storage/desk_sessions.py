"""Who is at the desk: one-time links, sessions of browsers and Mini Apps, used initData, failed tries. Tokens are kept
as hashes only."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class DeskSession(Struct, frozen=True, kw_only=True):
    """One browser (`browser`) or Mini App (`app`) that is signed in. `fresh_at`: when the person last proved to be it.

    `flash` is what the next page says once, after a deed.
    """

    id: int
    account_id: int
    kind: str
    flash: str = ""
    made_at: datetime
    expires_at: datetime
    fresh_at: datetime


async def add_link(tx: Tx, hash: str, account_id: int, until: datetime, now: datetime) -> None:
    """Keep a link; the older ones of the account do not open any more."""
    await tx.do("delete from desk_link where account_id = :id", {"id": account_id})
    await tx.do(
        "insert into desk_link (hash, account_id, made_at, expires_at) values (:hash, :id, :now, :until)",
        {"hash": hash, "id": account_id, "now": now, "until": until},
    )


async def account_of_link(tx: Tx, hash: str, now: datetime) -> int | None:
    """Whom a link would let in; None when it is over or used."""
    return await tx.first(
        int,
        "select account_id from desk_link where hash = :hash and used_at is null and expires_at > :now",
        {"hash": hash, "now": now},
    )


async def use_link(tx: Tx, hash: str, now: datetime) -> int | None:
    """Use a link up, once; gives its account."""
    return await tx.first(
        int,
        """update desk_link set used_at = :now where hash = :hash and used_at is null and expires_at > :now
           returning account_id""",
        {"hash": hash, "now": now},
    )


async def use_init(tx: Tx, hash: str, until: datetime) -> bool:
    """Use initData up, once. False: it has opened a session already."""
    found = await tx.first(
        int,
        "insert into desk_init (hash, expires_at) values (:hash, :until) on conflict (hash) do nothing returning 1",
        {"hash": hash, "until": until},
    )
    return found is not None


async def add(tx: Tx, hash: str, account_id: int, kind: str, until: datetime, now: datetime) -> DeskSession:
    """Open a session."""
    return await tx.one(
        DeskSession,
        """insert into desk_session (hash, account_id, kind, made_at, expires_at, fresh_at)
           values (:hash, :id, :kind, :now, :until, :now) returning *""",
        {"hash": hash, "id": account_id, "kind": kind, "now": now, "until": until},
    )


async def by_hash(tx: Tx, hash: str, now: datetime) -> DeskSession | None:
    """The live session of a token."""
    return await tx.first(
        DeskSession, "select * from desk_session where hash = :hash and expires_at > :now", {"hash": hash, "now": now}
    )


async def of_account(tx: Tx, account_id: int, now: datetime) -> list[DeskSession]:
    """Where an account is signed in."""
    return await tx.all(
        DeskSession,
        "select * from desk_session where account_id = :id and expires_at > :now order by id",
        {"id": account_id, "now": now},
    )


async def live(tx: Tx, now: datetime) -> list[int]:
    """The ids of all live sessions."""
    return await tx.all(int, "select id from desk_session where expires_at > :now", {"now": now})


async def set_fresh(tx: Tx, id: int, account_id: int, now: datetime) -> bool:
    """Note that the person confirmed in the chat that it is really them. False: no such session of theirs."""
    found = await tx.first(
        int,
        """update desk_session set fresh_at = :now where id = :id and account_id = :account_id and expires_at > :now
           returning 1""",
        {"id": id, "account_id": account_id, "now": now},
    )
    return found is not None


async def set_flash(tx: Tx, id: int, flash: str) -> None:
    await tx.do("update desk_session set flash = :flash where id = :id", {"id": id, "flash": flash})


async def remove(tx: Tx, id: int) -> None:
    await tx.do("delete from desk_session where id = :id", {"id": id})


async def remove_all(tx: Tx, account_id: int) -> int:
    """Sign an account out everywhere, links included; gives how many sessions ended."""
    await tx.do("delete from desk_link where account_id = :id", {"id": account_id})
    ended = await tx.all(int, "delete from desk_session where account_id = :id returning id", {"id": account_id})
    return len(ended)


async def add_try(tx: Tx, source: str, now: datetime) -> None:
    """Note a sign-in that failed, by where it came from (a hash)."""
    await tx.do("insert into desk_try (source, at) values (:source, :now)", {"source": source, "now": now})


async def tries(tx: Tx, source: str, since: datetime) -> int:
    return await tx.one(
        int, "select count(*) from desk_try where source = :source and at > :since", {"source": source, "since": since}
    )


async def prune(tx: Tx, now: datetime, before: datetime) -> None:
    """Forget what is over; `before`: tries and links older than that."""
    await tx.do("delete from desk_session where expires_at <= :now", {"now": now})
    await tx.do("delete from desk_init where expires_at <= :now", {"now": now})
    await tx.do("delete from desk_link where expires_at <= :before", {"before": before})
    await tx.do("delete from desk_try where at < :before", {"before": before})
