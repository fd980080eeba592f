"""What is due, as facts: one row for each thing that the clock will set off (SCH-01)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Due(Struct, frozen=True, kw_only=True):
    """One thing for the clock: at this moment, for this class; after `until` it is let go (SCH-04)."""

    id: int = 0
    cohort_id: int
    kind: str
    what: str
    at: datetime
    until: datetime
    state: str = "new"


async def put(tx: Tx, dues: Iterable[Due]) -> None:
    """Plan; what is planned already and not done moves to its new time."""
    await tx.many(
        """insert into due (cohort_id, kind, what, at, until) values (:cohort_id, :kind, :what, :at, :until)
           on conflict (cohort_id, kind, what) do update set at = excluded.at, until = excluded.until
           where due.state = 'new'""",
        dues,
    )


async def drop_new(tx: Tx, cohort_id: int) -> None:
    """Forget all that is planned from the timetable and not done (before planning anew); what a leave or a notice set
    off stays."""
    await tx.do(
        """delete from due where cohort_id = :id and state = 'new'
           and kind not like 'leave-%' and kind not like 'notice-%' and kind not like 'question-%'""",
        {"id": cohort_id},
    )


async def forget(tx: Tx, dues: Iterable[Due]) -> None:
    """Forget that these were ever carried out: their session has another time now, and they come again (SCH-06)."""
    await tx.many("delete from due where cohort_id = :cohort_id and kind = :kind and what = :what", dues)


async def drop_of(tx: Tx, cohort_id: int, what: str) -> None:
    """Let go of all that is planned for one thing (`what`), such as a leave that is decided."""
    await tx.do(
        "update due set state = 'idle' where cohort_id = :id and state = 'new' and what = :what",
        {"id": cohort_id, "what": what},
    )


async def drop_like(tx: Tx, cohort_id: int, prefix: str) -> None:
    """Let go of all that is planned for a notice, whose things begin so."""
    await tx.do(
        """update due set state = 'idle' where cohort_id = :id and state = 'new' and kind like 'notice-%'
           and what like :prefix""",
        {"id": cohort_id, "prefix": prefix + "%"},
    )


async def next_due(tx: Tx, now: datetime, limit: int = 20, but: Collection[str] = ()) -> list[Due]:
    """What is due now, oldest first, without the kinds `but`; on PostgreSQL each row is taken by one process only
    (SCH-07)."""
    lock = " for update skip locked" if tx.postgres else ""
    names, values = _in("kind not in", but)
    return await tx.all(
        Due,
        f"select * from due where state = 'new' and at <= :now{names} order by at, id limit :limit{lock}",
        {"now": now, "limit": limit, **values},
    )


async def all_due(tx: Tx, now: datetime, kinds: Collection[str]) -> list[Due]:
    """All that is due now of these kinds, over all classes: only together one sees which is the newest (SCH-05)."""
    lock = " for update skip locked" if tx.postgres else ""
    names, values = _in("kind in", kinds)
    return await tx.all(
        Due,
        f"select * from due where state = 'new' and at <= :now{names} order by at, id{lock}",
        {"now": now, **values},
    )


def _in(what: str, kinds: Collection[str]) -> tuple[str, dict[str, str]]:
    values = {f"kind_{n}": kind for n, kind in enumerate(sorted(kinds))}
    return (f" and {what} ({', '.join(f':{name}' for name in values)})" if values else ""), values


async def expire(tx: Tx, now: datetime) -> None:
    """Let go of what has no sense any more: it is never done late (SCH-04)."""
    await tx.do(
        "update due set state = 'expired', done_at = :now where state = 'new' and at <= :now and until < :now",
        {"now": now},
    )


async def set_state(tx: Tx, id: int, state: str, now: datetime) -> None:
    await tx.do("update due set state = :state, done_at = :now where id = :id", {"id": id, "state": state, "now": now})


async def put_again(tx: Tx, id: int, at: datetime) -> None:
    """A thing that may not be done now is planned for later, under a key of its own."""
    await tx.do(
        """insert into due (cohort_id, kind, what, at, until)
           select cohort_id, kind, what || '+', :at, case when until < :at then :at else until end
           from due where id = :id on conflict (cohort_id, kind, what) do nothing""",
        {"id": id, "at": at},
    )


async def between(tx: Tx, cohort_id: int, start: datetime, end: datetime) -> list[Due]:
    """All that is planned for a stretch of time, done or not."""
    return await tx.all(
        Due,
        "select * from due where cohort_id = :id and at >= :start and at < :end order by at, id",
        {"id": cohort_id, "start": start, "end": end},
    )


class Ahead(Struct, frozen=True):
    """Something that is planned in a class of somebody's, with what decides whether it is meant for this person."""

    kind: str
    roles: str
    muted: bool | None


async def ahead_of(tx: Tx, account_id: int, now: datetime, end: datetime) -> list[Ahead]:
    """What is still planned for an account between now and the end of the day, in all its classes."""
    return await tx.all(
        Ahead,
        """select d.kind, m.roles, a.muted from due d join member m on m.cohort_id = d.cohort_id
           join account a on a.id = m.account_id join cohort c on c.id = d.cohort_id
           where a.id = :id and d.state = 'new' and d.at > :now and d.at < :end
             and c.state in ('registration', 'running') and (m.left_at is null or m.left_at > d.at)""",
        {"id": account_id, "now": now, "end": end},
    )


async def carries(tx: Tx, cohort_id: int, kinds: Collection[str], now: datetime) -> bool:
    """Whether something of these kinds is still to come in a class."""
    names, values = _in("kind in", kinds)
    found = await tx.first(
        int,
        f"select 1 from due where cohort_id = :id and state = 'new' and at > :now{names}",
        {"id": cohort_id, "now": now, **values},
    )
    return found is not None


async def get(tx: Tx, id: int) -> Due | None:
    return await tx.first(Due, "select * from due where id = :id", {"id": id})


async def next_times(tx: Tx, limit: int = 12) -> list[Due]:
    """What comes next, over all classes."""
    return await tx.all(Due, "select * from due where state = 'new' order by at, id limit :limit", {"limit": limit})
