"""Cards: messages edited in place. The newest words stand here; the outbox only says that there is a change."""

from __future__ import annotations

from collections.abc import Collection
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


class Shown(Struct, frozen=True):
    """What a card is to show, to whom; the day to whose pushes it counts when it is new."""

    key: str
    chat_id: int
    body: str
    push_day: str | None = None

    @property
    def about(self) -> str:
        """What the cards of several people have in common: the key without its last part."""
        return self.key.rpartition(":")[0]


async def put(tx: Tx, key: str, chat_id: int, body: str, now: datetime, push_day: str | None = None) -> None:
    """Say what a card is to show. Edits coalesce: while one waits, only the words change."""
    await put_all(tx, [Shown(key, chat_id, body, push_day)], now)


async def put_all(tx: Tx, found: Collection[Shown], now: datetime) -> None:
    """The same for many cards. Words that are shown already are queued too while others are on their way."""
    await tx.many(
        """insert into card (key, about, chat_id, body) values (:key, :about, :chat_id, :body)
           on conflict (key) do update set body = excluded.body, chat_id = excluded.chat_id""",
        found,
    )
    await tx.many(
        """insert into outbox (chat_id, kind, card_id, priority, push_day, made_at)
           select c.chat_id, 'card', c.id, :priority, case when c.message_id is null then cast(:push_day as text) end,
                  :now
           from card c where c.key = :key
             and not exists (select 1 from outbox o where o.card_id = c.id and o.state = 'new'
                             and o.chat_id = c.chat_id)
             and (c.body <> c.shown or exists (select 1 from outbox o where o.card_id = c.id and o.state = 'sending'))
        """,
        [{"key": one.key, "push_day": one.push_day, "priority": CARD, "now": now} for one in found],
    )


async def get(tx: Tx, key: str) -> Card | None:
    """A card by its key."""
    return await tx.first(
        Card, "select id, key, chat_id, message_id, body, shown from card where key = :key", {"key": key}
    )


async def set_shown(tx: Tx, outcomes: Collection[Outcome]) -> None:
    """Note what cards show after a send. An edit says nothing of a card that was lifted while it was on its way: the
    next words go to the foot of the chat, not into the old message."""
    await tx.many(
        """update card set message_id = :message_id, shown = :body, shown_at = :at
           where id = :card_id and (message_id = :message_id or message_id is null and not :edited)""",
        outcomes,
    )
    # On PostgreSQL new words may have come while the parcel was being taken: it still waited, so none was added.
    await tx.many(
        f"""insert into outbox (chat_id, kind, card_id, priority, made_at)
            select c.chat_id, 'card', c.id, {CARD}, :at from card c
            where c.id = :card_id and c.body <> c.shown
              and not exists (select 1 from outbox o where o.card_id = c.id and o.state in ('new', 'sending')
                              and o.chat_id = c.chat_id)""",
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
    """Everybody who has a card whose key is this and one part more."""
    return await tx.all(
        Reader,
        """select a.id as account_id, coalesce(a.lang, 'zh') as lang, 'Asia/Shanghai' as zone
           from card c join account a on a.id = c.chat_id where c.about = :about and a.blocked_at is null""",
        {"about": prefix.rstrip(":")},
    )


async def holders(
    tx: Tx, prefix: str, cohort_id: int, roles: Collection[str], now: datetime, also: int = 0
) -> list[Reader]:  # fmt: skip
    """Those of `readers`, and the account `also`, who have one of these roles in a class, or in the school, still: who
    has lost it is told no more."""
    named = {f"role{n}": f"% {role} %" for n, role in enumerate(sorted(roles))}
    seat, office = (" or ".join(f"' ' || {column} || ' ' like :{name}" for name in named)
                    for column in ("m.roles", "a.roles"))  # fmt: skip
    return await tx.all(
        Reader,
        f"""select a.id as account_id, coalesce(a.lang, 'zh') as lang, k.timezone as zone
           from account a join cohort k on k.id = :cohort_id
           where a.id in (select chat_id from card where about = :about union all select cast(:also as bigint))
             and a.blocked_at is null
             and ({office} or exists (select 1 from member m where m.account_id = a.id and m.cohort_id = :cohort_id
                  and (m.left_at is null or m.left_at > :now) and ({seat})))""",
        {"about": prefix.rstrip(":"), "cohort_id": cohort_id, "now": now, "also": also, **named},
    )


async def close_chat(tx: Tx, chat_id: int, body: str, since: datetime, now: datetime) -> None:
    """Nothing of ours is shown in a chat any more: what was painted since a time is written over with these words, and
    nothing paints it again."""
    await tx.do(
        "update card set key = 'gone:' || cast(id as text), about = '', body = :body where chat_id = :chat_id",
        {"chat_id": chat_id, "body": body},
    )
    await tx.do(
        """insert into outbox (chat_id, kind, card_id, priority, made_at)
           select c.chat_id, 'card', c.id, :priority, :now from card c
           where c.chat_id = :chat_id and c.message_id is not null and c.shown_at > :since and c.body <> c.shown""",
        {"chat_id": chat_id, "since": since, "now": now, "priority": CARD},
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
