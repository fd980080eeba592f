"""Times at which the bot did not hear (ATT-05), and the pulses by which they are noticed."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Outage(Struct, frozen=True):
    starts_at: datetime
    ends_at: datetime


async def beat(tx: Tx, name: str, at: datetime) -> datetime | None:
    """Note that something works; gives the time of the beat before."""
    before = await pulse(tx, name)
    await tx.do(
        "insert into pulse (name, at) values (:name, :at) on conflict (name) do update set at = excluded.at",
        {"name": name, "at": at},
    )
    return before


async def pulse(tx: Tx, name: str) -> datetime | None:
    return await tx.first(datetime, "select at from pulse where name = :name", {"name": name})


async def add(tx: Tx, starts_at: datetime, ends_at: datetime) -> None:
    await tx.do(
        "insert into outage (starts_at, ends_at) values (:starts_at, :ends_at)",
        {"starts_at": starts_at, "ends_at": ends_at},
    )


async def around(tx: Tx, at: datetime) -> Outage | None:
    """The outage that a moment falls into."""
    return await tx.first(
        Outage,
        "select starts_at, ends_at from outage where starts_at <= :at and ends_at >= :at order by id desc limit 1",
        {"at": at},
    )


async def ended_since(tx: Tx, since: datetime, now: datetime) -> bool:
    """Whether an outage ended in a stretch of time: what came in then was perhaps done earlier (ATT-05)."""
    found = await tx.first(
        int, "select 1 from outage where ends_at >= :since and ends_at <= :now", {"since": since, "now": now}
    )
    return found is not None
