"""Reading logs: the queue of a class, who reads what, what was answered, and taking it back (LOG-06 … LOG-08)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct, field

from storage.logs import ALL, Log
from storage.tx import Tx


class Review(Struct, frozen=True, kw_only=True):
    """One act of a reader on one version: `read`, `reply`, `star` or `return`. `before` is how the log stood, for
    taking the act back."""

    id: int = 0
    log_id: int
    version: int
    kind: str
    member_id: int
    body: str = ""
    voice: str = ""
    reason: str = ""
    until: datetime | None = None
    at: datetime
    before: dict[str, Any] = field(default_factory=dict)
    undone_at: datetime | None = None


_FREE = """l.cohort_id = :c and l.state in ('submitted', 'late')
  and (l.claimed_by is null or l.claimed_by = :me or l.claimed_until < :now)"""
_HERE = "not (l.claimed_by is null and l.claimed_until is not null and l.claimed_until > :now)"
_LOW_BEFORE = "exists (select 1 from log o where o.member_id = l.member_id and o.day = l.day - 1 and o.mood = 'low')"
_TIERS = (
    f"{_FREE} and {_HERE} and l.known = false order by l.handed_at, l.id",
    f"{_FREE} and {_HERE} and l.known = true and l.handed_at <= :long_ago order by l.handed_at, l.id",
    f"{_FREE} and {_HERE} and l.known = true and l.mood = 'low' and {_LOW_BEFORE} order by l.handed_at, l.id",
    f"{_FREE} and {_HERE} and l.known = true and l.flags <> '[]' order by l.handed_at, l.id",
    f"{_FREE} and {_HERE} and l.known = true order by l.handed_at, l.id",
    f"{_FREE} order by l.claimed_until, l.handed_at, l.id",
)
"""Whom nobody has read yet, then what waits longest, low moods, flags, and by time; at the end what a reader put off
(LOG-06, LOG-14). One small statement each: the order of ten thousand logs in one takes a third of a second."""


async def next_waiting(tx: Tx, cohort_id: int, account_id: int, now: datetime, long_ago: datetime) -> Log | None:
    """The next log that nobody else has before him; on PostgreSQL two readers at once get different ones."""
    lock = " for update of l skip locked" if tx.postgres else ""
    params = {"c": cohort_id, "me": account_id, "now": now, "long_ago": long_ago}
    for tier in _TIERS:
        found = await tx.first(Log, f"select {ALL} from log l where {tier} limit 1{lock}", params)
        if found is not None:
            return found
    return None


async def set_known(tx: Tx, member_id: int) -> None:
    """Note at all logs of a person whether somebody has read any of them."""
    await tx.do(
        """update log set known = exists
             (select 1 from log o where o.member_id = :id and o.read_at is not null) where member_id = :id""",
        {"id": member_id},
    )


async def claim(tx: Tx, id: int, account_id: int, until: datetime, now: datetime) -> bool:
    """Reserve a log for a reader; False while somebody else has it before him."""
    found = await tx.first(
        int,
        """update log set claimed_by = :me, claimed_until = :until where id = :id
           and (claimed_by is null or claimed_by = :me or claimed_until < :now) returning id""",
        {"id": id, "me": account_id, "until": until, "now": now},
    )
    return found is not None


async def put_back(tx: Tx, cohort_id: int, account_id: int, but: int = 0) -> None:
    """A reader goes on to another log: what was left unread is free for others."""
    await tx.do(
        """update log set claimed_by = null, claimed_until = null
           where cohort_id = :c and claimed_by = :me and id <> :but and state in ('submitted', 'late')""",
        {"c": cohort_id, "me": account_id, "but": but},
    )


async def put_last(tx: Tx, id: int, account_id: int, until: datetime) -> None:
    """A reader goes on without a word: till then the log comes after all others, for everybody."""
    await tx.do(
        """update log set claimed_by = null, claimed_until = :until
           where id = :id and (claimed_by is null or claimed_by = :me) and state in ('submitted', 'late')""",
        {"id": id, "me": account_id, "until": until},
    )


class Reviewed(Struct, frozen=True, kw_only=True):
    """What a review writes on the log."""

    id: int
    version: int
    old: str
    state: str
    read_at: datetime | None
    read_by: int | None
    answered_at: datetime | None
    starred_at: datetime | None
    returns: int
    return_until: datetime | None
    reason: str


async def set_reviewed(tx: Tx, made: Reviewed) -> bool:
    """Only from the state and version that the reader saw. False: it stands otherwise by now."""
    found = await tx.first(
        int,
        """update log set state = :state, read_at = :read_at, read_by = :read_by, answered_at = :answered_at,
                  starred_at = :starred_at, returns = :returns, return_until = :return_until, reason = :reason
           where id = :id and version = :version and state = :old returning id""",
        made,
    )
    return found is not None


async def add(tx: Tx, review: Review) -> int:
    return await tx.one(
        int,
        """insert into log_review (log_id, version, kind, member_id, body, voice, reason, until, at, before)
           values (:log_id, :version, :kind, :member_id, :body, :voice, :reason, :until, :at, :before) returning id""",
        review,
    )


async def get(tx: Tx, id: int) -> Review | None:
    return await tx.first(Review, "select * from log_review where id = :id", {"id": id})


async def of_log(tx: Tx, log_id: int) -> list[Review]:
    """What stands of the reviews of a log, in order."""
    return await tx.all(
        Review, "select * from log_review where log_id = :id and undone_at is null order by id", {"id": log_id}
    )


async def of_member(tx: Tx, member_id: int) -> list[Review]:
    """What stands of all reviews of a person's logs, in order."""
    return await tx.all(
        Review,
        """select r.* from log_review r join log l on l.id = r.log_id
           where l.member_id = :id and r.undone_at is null order by r.id""",
        {"id": member_id},
    )


async def set_undone(tx: Tx, id: int, now: datetime) -> bool:
    found = await tx.first(
        int,
        "update log_review set undone_at = :now where id = :id and undone_at is null returning id",
        {"id": id, "now": now},
    )
    return found is not None


async def take_back(tx: Tx, once: str) -> bool:
    """Keep words with this key from being sent, alone or with a joint post. False: they are on their way already."""
    found = await tx.first(
        int,
        "update outbox set state = 'withdrawn' where once = :once and state = 'new' returning id",
        {"once": once},
    )
    states = ("new",) if found is None else ("new", "sent")
    waited = await tx.first(
        int,
        "delete from joint_item where once = :once and (state = :first or state = :last) returning id",
        {"once": once, "first": states[0], "last": states[-1]},
    )
    return found is not None or waited is not None


class Promises(Struct, frozen=True, kw_only=True):
    """How a day of a class stands with its readers."""

    handed_in: int
    waiting: int
    answered: int
    stars: int
    returned: int


async def promises(tx: Tx, cohort_id: int, day: int) -> Promises:
    return await tx.one(
        Promises,
        """select coalesce(sum(case when state in ('submitted', 'late', 'accepted', 'starred') then 1 else 0 end), 0)
                    as handed_in,
                  coalesce(sum(case when state in ('submitted', 'late') then 1 else 0 end), 0) as waiting,
                  coalesce(sum(case when answered_at is not null then 1 else 0 end), 0) as answered,
                  coalesce(sum(case when starred_at is not null then 1 else 0 end), 0) as stars,
                  coalesce(sum(case when state = 'returned' then 1 else 0 end), 0) as returned
           from log where cohort_id = :c and day = :day""",
        {"c": cohort_id, "day": day},
    )


async def never_answered(tx: Tx, cohort_id: int) -> list[int]:
    """The members of a class with a log who have had no answer yet (LOG-18)."""
    return await tx.all(
        int,
        """select m.id from member m where m.cohort_id = :c and m.seat_no is not null
           and exists (select 1 from log l where l.member_id = m.id and l.version > 0)
           and not exists (select 1 from log l where l.member_id = m.id and l.answered_at is not null)
           order by m.seat_no""",
        {"c": cohort_id},
    )


async def long_unread(tx: Tx, cohort_id: int, before: datetime) -> int:
    """How many logs have waited since before a time (LOG-14)."""
    return await tx.one(
        int,
        """select count(*) from log where cohort_id = :c and state in ('submitted', 'late') and handed_at <= :before""",
        {"c": cohort_id, "before": before},
    )


class Template(Struct, frozen=True, kw_only=True):
    """Words that readers say often, kept for all of them (LOG-08)."""

    id: int
    body: str


async def templates(tx: Tx, cohort_id: int) -> list[Template]:
    return await tx.all(
        Template, "select id, body from log_template where cohort_id = :c order by id limit 6", {"c": cohort_id}
    )


async def add_template(tx: Tx, cohort_id: int, body: str, by: int, now: datetime) -> None:
    await tx.do(
        """insert into log_template (cohort_id, body, made_by, made_at) values (:c, :body, :by, :now)
           on conflict (cohort_id, body) do nothing""",
        {"c": cohort_id, "body": body, "by": by, "now": now},
    )
