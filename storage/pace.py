"""How fast one may speak: the next allowed moment of each chat and of the whole bot, shared by all processes."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from storage.tx import Tx

WHOLE_BOT = 0
"""The key of the bot's own pace; every other key is a chat id."""


class Pace(Struct, frozen=True):
    """From `ready_at` (milliseconds since 1970) on, `key` may be spoken to again."""

    key: int
    ready_at: int


async def whole_bot(tx: Tx) -> int:
    """The bot's next free moment in milliseconds; on PostgreSQL held until the transaction ends."""
    await tx.do("insert into pace (key, ready_at) values (0, 0) on conflict (key) do nothing")
    lock = " for update" if tx.postgres else ""
    return await tx.one(int, f"select ready_at from pace where key = 0{lock}")


async def put(tx: Tx, paces: Iterable[Pace]) -> None:
    """Set when chats may be spoken to again."""
    await tx.many(
        """insert into pace (key, ready_at) values (:key, :ready_at)
           on conflict (key) do update set ready_at = excluded.ready_at""",
        paces,
    )


async def prune(tx: Tx, before_ms: int) -> None:
    """Forget chats that have long been free."""
    await tx.do("delete from pace where ready_at < :before and key <> 0", {"before": before_ms})
