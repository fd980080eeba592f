"""The messages with an answer as they lie in the outbox."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, json

from chat.words import Words
from storage.tx import Tx


class Copy(Struct, frozen=True):
    """A message with an answer on somebody's phone, or on its way there (then without a number)."""

    id: int
    chat_id: int
    message_id: int | None
    state: str
    body: str

    @property
    def words(self) -> Words:
        return json.decode(self.body, type=Words)


_COPY = "id, chat_id, message_id, state, body"


MOST = 8
"""So many messages an answer has at the most: its files, and its words."""


async def sent(tx: Tx, once: str) -> Copy | None:
    """The message with the words that was sent under a key, after its files or below one; None when there is none."""
    keys = {f"k{n}": f"{once}#{n}" if n else once for n in range(MOST)}
    found = await tx.all(
        Copy,
        f"""select {_COPY} from outbox where once in ({", ".join(f":{name}" for name in keys)})
              and kind = 'say' and state = 'sent' and message_id is not null order by id""",
        keys,
    )
    return next((copy for copy in reversed(found) if copy.words.text), None)


async def written_at(tx: Tx, chat_id: int, at: datetime, kind: str) -> list[Copy]:
    """The messages that were written for somebody at this moment under keys that begin so."""
    return await tx.all(
        Copy,
        f"""select {_COPY} from outbox where chat_id = :chat_id and made_at = :at and kind = 'say'
              and substr(once, 1, :length) = :kind and state in ('new', 'sent') order by id""",
        {"chat_id": chat_id, "at": at, "kind": kind, "length": len(kind)},
    )


async def state(tx: Tx, once: str) -> str:
    """How a message stands; empty where there is none."""
    return await tx.first(str, "select state from outbox where once = :once", {"once": once}) or ""
