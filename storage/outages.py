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


TROUBLE = "trouble:"
"""A pulse with such a name is a trouble that is not over; it began then."""


async def trouble_begins(tx: Tx, name: str, at: datetime) -> bool:
    """Note a trouble. False: it is known; of several processes one gets True."""
    found = await tx.first(
        str,
        "insert into pulse (name, at) values (:name, :at) on conflict (name) do nothing returning name",
        {"name": TROUBLE + name, "at": at},
    )
    return found is not None


async def trouble_ends(tx: Tx, name: str) -> bool:
    """It is over. False: there was none."""
    found = await tx.first(str, "delete from pulse where name = :name returning name", {"name": TROUBLE + name})
    return found is not None


class Trouble(Struct, frozen=True):
    """Something that stands still, and since when."""

    name: str
    at: datetime


async def troubles(tx: Tx) -> list[Trouble]:
    """What is not over, the oldest first."""
    found = await tx.all(Trouble, "select name, at from pulse where name like 'trouble:%' order by at")
    return [Trouble(one.name.removeprefix(TROUBLE), one.at) for one in found]


async def has_trouble(tx: Tx, name: str) -> bool:
    """Whether this trouble stands."""
    return await pulse(tx, TROUBLE + name) is not None


async def take_turn(tx: Tx, name: str, at: datetime, not_since: datetime) -> bool:
    """Say that one begins a thing now; False where another has, since a moment."""
    found = await tx.first(
        str,
        """insert into pulse (name, at) values (:name, :at)
           on conflict (name) do update set at = excluded.at where pulse.at < :since returning name""",
        {"name": name, "at": at, "since": not_since},
    )
    return found is not None
