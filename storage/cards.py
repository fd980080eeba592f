"""Cards: messages edited in place. The newest words stand here; the outbox only says that there is a change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from storage.accounts import Reader
from storage.outbox import CARD, Outcome
from storage.tx import Tx


class Card(Struct, frozen=True):
    """One message of ours in one chat. `shown` is what the person sees now, `body` what is to be seen."""

    id: int
    key: str
    chat_id: int
    message_id: int | None
    body: str
    shown: str


async def put(tx: Tx, key: str, chat_id: int, body: str, now: datetime, push_day: str | None = None) -> None:
    """Say what a card is to show. Edits coalesce: while one waits, only the words change."""
    card = await tx.one(
        Card,
        """insert into card (key, chat_id, body) values (:key, :chat_id, :body)
           on conflict (key) do update set body = excluded.body, chat_id = excluded.chat_id
           returning id, key, chat_id, message_id, body, shown""",
        {"key": key, "chat_id": chat_id, "body": body},
    )
    other = (
        "" if card.body != card.shown else "and exists (select 1 from outbox where card_id = :id and state = 'sending')"
    )
    await tx.do(  # words that are shown already are queued too while others are on their way
        f"""insert into outbox (chat_id, kind, card_id, priority, push_day, made_at)
           select :chat_id, 'card', :id, :priority, :push_day, :now where not exists
             (select 1 from outbox where card_id = :id and state = 'new' and chat_id = :chat_id) {other}""",
        {
            "chat_id": chat_id,
            "id": card.id,
            "priority": CARD,
            "now": now,
            "push_day": None if card.message_id else push_day,
        },
    )


async def get(tx: Tx, key: str) -> Card | None:
    """A card by its key."""
    return await tx.first(
        Card, "select id, key, chat_id, message_id, body, shown from card where key = :key", {"key": key}
    )


async def set_shown(tx: Tx, outcomes: Iterable[Outcome]) -> None:
    """Note what cards show after a send."""
    await tx.many(
        "update card set message_id = :message_id, shown = :body, shown_at = :at where id = :card_id",
        outcomes,
    )


async def lift(tx: Tx, key: str) -> None:
    """Let a card be sent anew at the foot of the chat with its next words; the old message stays as it is."""
    await tx.do("update card set message_id = null, shown = '' where key = :key", {"key": key})


async def members_with(tx: Tx, cohort_id: int, day: str) -> set[int]:
    """The members of a class whose day card of a day has been sent."""
    found = await tx.all(
        int,
        """select m.id from member m join card c on c.key = 'day:' || cast(m.id as text) || ':' || cast(:day as text)
           where m.cohort_id = :id and c.message_id is not null""",
        {"id": cohort_id, "day": day},
    )
    return set(found)


async def readers(tx: Tx, prefix: str) -> list[Reader]:
    """Everybody who has a card whose key begins so."""
    return await tx.all(
        Reader,
        """select a.id as account_id, coalesce(a.lang, 'zh') as lang, 'Asia/Shanghai' as zone
           from card c join account a on a.id = c.chat_id where c.key like :prefix and a.blocked_at is null""",
        {"prefix": prefix + "%"},
    )


async def forget(tx: Tx, id: int) -> None:
    """The message of a card is not there any more: its next words are sent anew."""
    await tx.do("update card set message_id = null, shown = '' where id = :id", {"id": id})


async def prune(tx: Tx, before: datetime) -> None:
    """Forget cards that nobody has painted for long; their words name people."""
    await tx.do(
        """delete from card where shown_at < :before
           and id not in (select card_id from outbox where card_id is not null)""",
        {"before": before},
    )
