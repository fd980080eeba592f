"""The messages with an answer as they lie in the outbox."""

from __future__ import annotations

from msgspec import Struct

from storage.tx import Tx


class Copy(Struct, frozen=True):
    """A message with an answer on somebody's phone."""

    chat_id: int
    message_id: int


async def sent(tx: Tx, once: str) -> Copy | None:
    """The message that was sent under a key; None when it was not, or has no number."""
    return await tx.first(
        Copy,
        """select chat_id, message_id from outbox
           where once = :once and state = 'sent' and kind = 'say' and message_id is not null""",
        {"once": once},
    )


async def state(tx: Tx, once: str) -> str:
    """How a message stands; empty where there is none."""
    return await tx.first(str, "select state from outbox where once = :once", {"once": once}) or ""
