"""The outbox: words to people, written down in the same transaction as the deed that caused them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from msgspec import Struct, structs

from storage.tx import Tx

NUMBERED = 7076
"""The advisory lock that each running program holds with its number (storage/presence.py)."""

ANSWER, URGENT, CARD, NOTICE = 0, 1, 3, 5
"""Priorities: what a person waits for goes before what goes to many."""


class Parcel(Struct, frozen=True, kw_only=True):
    """Something to send. `body` is chat.words.Words as JSON; a card's words stand in the card. A parcel of kind `file`
    names the document that it brings (storage/files.py); its words are the caption.

    `hold`: when it is uncertain whether it arrived, show it instead of sending it again (SCH-03). `ledger_id`,
    `version` and `part` say which copy of a notice it is (`copy`), or what is done to one (`edit`, `keys`, `delete`,
    `chase`); `others` are further messages of an album.
    """

    chat_id: int
    body: str = ""
    kind: str = "say"
    card_id: int | None = None
    priority: int = ANSWER
    once: str | None = None
    hold: bool = False
    not_before: datetime | None = None
    not_after: datetime | None = None
    push_day: str | None = None
    message_id: int | None = None
    file_id: int | None = None
    ledger_id: int | None = None
    version: int = 0
    part: str = ""
    others: str = ""
    made_at: datetime

    def again(self, once: str) -> Parcel:
        """The same under another key."""
        return structs.replace(self, once=once)


class Sending(Struct, frozen=True):
    """A parcel that is being sent, with what the sender must know; `body` of a card is its newest words."""

    id: int
    chat_id: int
    kind: str
    body: str
    card_id: int | None
    priority: int
    hold: bool
    tries: int
    message_id: int | None
    ready_at: int | None
    file_id: int | None = None
    others: str = ""


class Outcome(Struct, frozen=True):
    """What became of a parcel; `body` is what a card shows now, `edited` whether in a message that was there before."""

    id: int
    chat_id: int
    state: str
    at: datetime
    message_id: int | None = None
    trouble: str = ""
    not_before: datetime | None = None
    card_id: int | None = None
    body: str = ""
    others: str = ""
    edited: bool = False
    tried: int = 1
    """0 where Telegram has surely not taken it: it is no try, however often that happens."""


async def add(tx: Tx, parcels: Iterable[Parcel]) -> None:
    """Write parcels down; one whose `once` is already there is not written again."""
    await tx.many(
        """insert into outbox (chat_id, body, kind, card_id, priority, once, hold, not_before, not_after, push_day,
                               message_id, file_id, ledger_id, version, part, others, made_at)
           values (:chat_id, :body, :kind, :card_id, :priority, :once, :hold, :not_before, :not_after, :push_day,
                   :message_id, :file_id, :ledger_id, :version, :part, :others, :made_at)
           on conflict (once) do nothing""",
        parcels,
    )


async def call_back(tx: Tx, once: str) -> None:
    """Words whose keys begin so and that have not left yet are not sent any more (SCH-08)."""
    await tx.do(
        "update outbox set state = 'recalled' where state = 'new' and substr(once, 1, :length) = :once",
        {"once": once, "length": len(once)},
    )


async def posted(tx: Tx, once: str) -> bool:
    """Whether something with this key was ever posted."""
    return await tx.first(int, "select 1 from outbox where once = :once", {"once": once}) is not None


async def pushes_of(tx: Tx, chat_id: int, day: str) -> int:
    """How many pushes a person has had or will have on a day (section 22)."""
    return await tx.one(
        int,
        """select count(*) from outbox where chat_id = :chat_id and push_day = :day
           and state in ('new', 'sending', 'sent', 'uncertain')""",
        {"chat_id": chat_id, "day": day},
    )


async def expire(tx: Tx, now: datetime) -> None:
    """Let go of words whose time is over: they are never sent late."""
    await tx.do(
        """update outbox set state = 'expired'
           where state in ('new', 'held') and not_after is not null and not_after < :now""",
        {"now": now},
    )


async def alone(tx: Tx) -> None:
    """Until this transaction ends no other program takes parcels: two would take the same. SQLite has one writer."""
    if tx.postgres:
        await tx.do("select pg_advisory_xact_lock(7075)")


async def ready(tx: Tx, now: datetime, real_ms: int, limit: int) -> list[Sending]:
    """What may go now: of each chat only the first of its most urgent, and none while one is on its way.

    `now` is the class's time, by which words begin and expire; `real_ms` is real time, by which Telegram counts.
    Every part of it is a look into an index for one row, and must stay so: `offset 0` forbids PostgreSQL to make a
    join of it, for which it trusts numbers of a quiet hour, when the outbox was empty (ADR 36).
    """
    return await tx.all(
        Sending,
        """select o.id, o.chat_id, o.kind, coalesce(c.body, o.body) as body, o.card_id, o.priority, o.hold, o.tries,
                  case when o.card_id is null then o.message_id else c.message_id end as message_id,
                  (select p.ready_at from pace p where p.key = o.chat_id) as ready_at, o.file_id, o.others
           from (select * from outbox n
                 where n.state = 'new' and (n.not_before is null or n.not_before <= :now)
                   and (n.not_after is null or n.not_after >= :now)
                   and coalesce((select p.ready_at from pace p where p.key = n.chat_id), 0) <= :real_ms
                   and not exists (select 1 from outbox e
                     where e.chat_id = n.chat_id and e.state in ('new', 'sending') and (e.state = 'sending' or
                       ((e.priority < n.priority or (e.priority = n.priority and e.id < n.id))
                        and (e.not_before is null or e.not_before <= :now))) limit 1 offset 0)
                 order by n.priority, n.id limit :limit) o
           left join card c on c.id = o.card_id
           order by o.priority, o.id""",
        {"now": now, "real_ms": real_ms, "limit": limit},
    )


async def seconds_to_next(tx: Tx, now: datetime, real_ms: int) -> float:
    """How long until something that waits may go; an hour when nothing waits for a time."""
    begins = await tx.first(
        datetime, "select min(not_before) from outbox where state = 'new' and not_before > :now", {"now": now}
    )
    paced = await tx.first(
        int,
        """select min(p.ready_at) from outbox o join pace p on p.key = o.chat_id
           where o.state = 'new' and p.ready_at > :real_ms""",
        {"real_ms": real_ms},
    )
    waits = [(begins - now).total_seconds()] if begins else []
    return min([*waits, (paced - real_ms) / 1000] if paced else waits, default=3600.0)


async def set_sending(tx: Tx, ids: Iterable[int], lease_until: datetime, holder: int = 0) -> None:
    """Take parcels for sending, by the program `holder`. A card's queue mark falls: an edit from now on queues it
    anew."""
    rows = [{"id": i, "until": lease_until, "holder": holder} for i in ids]
    await tx.many("update outbox set state = 'sending', lease_until = :until, holder = :holder where id = :id", rows)


async def set_outcomes(tx: Tx, outcomes: Iterable[Outcome]) -> None:
    """Record what became of parcels."""
    await tx.many(
        """update outbox set state = :state, message_id = coalesce(:message_id, message_id), trouble = :trouble,
                  others = case when :others <> '' then :others else others end, sent_at = :at, tries = tries + :tried,
                  not_before = coalesce(:not_before, not_before), lease_until = null
           where id = :id""",
        outcomes,
    )


async def set_body(tx: Tx, id: int, body: str) -> None:
    """Other words for a parcel that has not gone yet, or may be sent again."""
    await tx.do(
        """update outbox set body = :body
           where id = :id and state in ('new', 'held', 'failed', 'uncertain', 'unreachable')""",
        {"id": id, "body": body},
    )


async def set_as_new_message(tx: Tx, id: int) -> None:
    """The message to be edited is gone: say the same in a new one."""
    await tx.do("update outbox set kind = 'say', message_id = null where id = :id", {"id": id})


async def release(tx: Tx, now: datetime | None) -> None:
    """After a crash: what was on its way is sent again, or held by rule. `now` None: all of it; else what its program
    cannot be sending any more: it is not there, or the lease is over."""
    late = "" if now is None else "and (lease_until < :now" + (f" or {_GONE}" if tx.postgres else "") + ")"
    for state, hold in (("new", "not hold"), ("uncertain", "hold")):
        await tx.do(
            f"update outbox set state = '{state}', lease_until = null where state = 'sending' and {hold} {late}",
            {"now": now},
        )


_GONE = f"""(holder <> 0 and holder not in (select objid::bigint from pg_locks where locktype = 'advisory'
             and classid = {NUMBERED} and objsubid = 2
             and database = (select oid from pg_database where datname = current_database())))"""
"""Whoever held the parcel does not live; programs of before this was noted, and such as lost their connection, have
no number."""


async def forget_chat(tx: Tx, chat_id: int, state: str) -> None:
    """Nothing waits any more for somebody who cannot be reached."""
    await tx.do(
        "update outbox set state = :state where chat_id = :chat_id and state = 'new'",
        {"chat_id": chat_id, "state": state},
    )


async def move_chat(tx: Tx, old: int, new: int) -> None:
    """A group became a supergroup: its words go to the new id."""
    for table in ("outbox", "card", "inbox"):
        await tx.do(f"update {table} set chat_id = :new where chat_id = :old", {"old": old, "new": new})
    await tx.do("update cohort set group_chat_id = :new where group_chat_id = :old", {"old": old, "new": new})


class _Count(Struct, frozen=True):
    """How many there are of each."""

    what: str
    n: int


async def counts(tx: Tx, since: datetime) -> dict[str, int]:
    """How many parcels stand in each state since a time, for doctor and health pages."""
    asked = "select state as what, count(*) as n from outbox where made_at >= :since or state = 'new' group by state"
    rows = await tx.all(_Count, asked, {"since": since})
    return {row.what: row.n for row in rows}


async def prune(tx: Tx, now: datetime) -> None:
    """Forget what was sent long ago; keys of `once` stay as long as anything could ask for them again, and the copies
    of notices as long as their ledger."""
    await tx.do(
        "delete from outbox where state <> 'new' and ledger_id is null and made_at < :before",
        {"before": now - timedelta(days=30)},
    )


async def pushes_of_cohort(tx: Tx, cohort_id: int, day: str) -> dict[int, int]:
    """How many pushes everybody of a class has had or will have on a day, by account (section 22)."""
    rows = await tx.all(
        _Count,
        """select cast(o.chat_id as text) as what, count(*) as n from outbox o join member m on m.account_id = o.chat_id
           where m.cohort_id = :id and o.push_day = :day and o.state in ('new', 'sending', 'sent', 'uncertain', 'held')
           group by o.chat_id""",
        {"id": cohort_id, "day": day},
    )
    return {int(row.what): row.n for row in rows}


async def let_go(tx: Tx, chats: Iterable[int], kinds: Collection[str], before: datetime) -> None:
    """Automatic messages of these kinds that have waited since before a moment, because Telegram could not be reached,
    give way to a newer one (SCH-05)."""
    names = {f"kind_{n}": f"{kind}:%" for n, kind in enumerate(sorted(kinds))}
    likes = " or ".join(f"once like :{name}" for name in names)
    await tx.many(
        f"""update outbox set state = 'expired' where chat_id = :chat_id and state = 'new' and made_at < :before
            and (not_before is null or not_before < :before) and ({likes})""",
        [{"chat_id": chat, "before": before, **names} for chat in chats],
    )


async def accounts_of(tx: Tx, prefix: str) -> set[int]:
    """Who has been sent something whose key begins so, or will be."""
    found = await tx.all(
        int,
        """select distinct chat_id from outbox where once like :prefix
           and state in ('new', 'sending', 'sent', 'uncertain', 'held')""",
        {"prefix": prefix + "%"},
    )
    return set(found)
