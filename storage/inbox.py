"""The inbox: every update as it came, kept before anything else is done with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from storage.tx import Tx

LANES = 16
"""Chats are spread over lanes; whoever holds a lane works it in order."""


class Letter(Struct, frozen=True):
    """One kept update. `raw` is the JSON text as Telegram gave it, `trouble` why it was not worked."""

    id: int
    bot: int
    update_id: int
    chat_id: int
    raw: str
    tries: int = 0
    trouble: str = ""


class Arrival(Struct, frozen=True):
    """An update on its way in."""

    bot: int
    update_id: int
    chat_id: int
    lane: int
    raw: str
    kept_at: datetime


async def add(tx: Tx, arrivals: Iterable[Arrival]) -> None:
    """Keep updates; one that is already there is left as it is."""
    await tx.many(
        """insert into inbox (bot, update_id, chat_id, lane, raw, kept_at)
           values (:bot, :update_id, :chat_id, :lane, :raw, :kept_at)
           on conflict (bot, update_id) do nothing""",
        arrivals,
    )


async def waiting(tx: Tx) -> int:
    """How many updates wait to be worked."""
    return await tx.one(int, "select count(*) from inbox where state = 'new'")


async def lanes_waiting(tx: Tx, now: datetime) -> list[int]:
    """The lanes that have something to do now."""
    return await tx.all(
        int,
        """select distinct lane from inbox
           where state = 'new' and (not_before is null or not_before <= :now) order by lane""",
        {"now": now},
    )


async def take_lane(tx: Tx, lane: int) -> bool:
    """Hold a lane until this transaction ends; False if another process has it. SQLite has one worker only."""
    if not tx.postgres:
        return True
    return await tx.one(bool, "select pg_try_advisory_xact_lock(7072, :lane)", {"lane": lane})


async def next_of(tx: Tx, lane: int | None, now: datetime, limit: int) -> list[Letter]:
    """The oldest updates that may be worked now, of one lane or of all."""
    of_lane = "" if lane is None else "lane = :lane and"
    return await tx.all(
        Letter,
        f"""select id, bot, update_id, chat_id, raw, tries from inbox
            where {of_lane} state = 'new' and (not_before is null or not_before <= :now)
            order by id limit :limit""",
        {"lane": lane, "now": now, "limit": limit},
    )


async def set_done(tx: Tx, ids: Iterable[int], now: datetime) -> None:
    """Mark updates as worked."""
    await tx.many(
        "update inbox set state = 'done', done_at = :now where id = :id", [{"id": i, "now": now} for i in ids]
    )


async def set_failed(tx: Tx, id: int, trouble: str, again_at: datetime | None) -> None:
    """Note a failed try; without a time for the next one the update is set aside for good."""
    await tx.do(
        """update inbox set tries = tries + 1, trouble = :trouble, not_before = :again_at, state = :state
           where id = :id""",
        {"id": id, "trouble": trouble, "again_at": again_at, "state": "new" if again_at else "dead"},
    )


async def dead(tx: Tx, limit: int = 50) -> list[Letter]:
    """The updates that were set aside, newest first."""
    return await tx.all(
        Letter,
        """select id, bot, update_id, chat_id, raw, tries, coalesce(trouble, '') as trouble from inbox
           where state = 'dead' order by id desc limit :limit""",
        {"limit": limit},
    )


async def prune(tx: Tx, before: datetime) -> None:
    """Forget worked updates older than a few days."""
    await tx.do("delete from inbox where state = 'done' and kept_at < :before", {"before": before})


async def prune_dead(tx: Tx, before: datetime) -> None:
    """Forget updates that were set aside long ago: they hold people's words."""
    await tx.do("delete from inbox where state = 'dead' and kept_at < :before", {"before": before})
