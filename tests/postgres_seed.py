"""A PostgreSQL database made like new: what stood in it at first is kept in a schema beside, and put back row by row.

A new database from a template takes a second on a busy machine. This takes a few thousandths, since the connection
stays open from test to test and only tables that were written to are put back: the server counts what is written.
"""

from __future__ import annotations

import asyncio

import asyncpg

WRITTEN = """select c.relname, c.oid::bigint,
       pg_stat_get_tuples_inserted(c.oid) + pg_stat_get_tuples_updated(c.oid) + pg_stat_get_tuples_deleted(c.oid)
from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"""
OTHERS = "datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'"
SEQUENCES = """select setval(('public.' || name)::regclass, coalesce(last_value, 1), last_value is not null)
from seed.sequences"""


async def keep(url: str) -> None:
    """Remember everything that stands in the database now, and where its sequences stand."""
    link = await asyncpg.connect(url)
    try:
        await link.execute("create schema seed")
        for table, _ in await _written(link):
            await link.execute(f"create table seed.{table} as table public.{table}")
        await link.execute(
            """create table seed.sequences as
               select sequencename::text as name, last_value from pg_sequences where schemaname = 'public'"""
        )
    finally:
        await link.close()


class Seeded:
    """A copy of such a database; it must be new when this is made."""

    def __init__(self, link: asyncpg.Connection, tables: set[str], written: dict[tuple[str, int], int]) -> None:
        self._link, self._tables, self._written = link, tables, written

    @classmethod
    async def at(cls, url: str) -> Seeded:
        link = await asyncpg.connect(url)
        written = await _written(link)
        return cls(link, {name for name, _ in written}, written)

    async def restore(self) -> None:
        """Put everything back as it was remembered; what came later is gone, and so is whoever is still connected."""
        await self._alone()
        found = await _written(self._link)
        changed = sorted({name for (name, id), count in found.items() if self._written.get((name, id)) != count})
        work = ["begin", "set local session_replication_role = replica"]
        work += [f"drop table public.{t} cascade" for t in changed if t not in self._tables]
        work += [f"delete from public.{t}; insert into public.{t} select * from seed.{t}"
                 for t in changed if t in self._tables]  # fmt: skip
        await self._link.execute(";\n".join([*work, SEQUENCES, "select pg_stat_force_next_flush()", "commit"]))
        self._written = await _written(self._link)

    async def _alone(self) -> None:
        """A connection tells what it wrote when it ends, so all others must have ended."""
        for _ in range(2000):
            if not await self._link.fetch(f"select pg_terminate_backend(pid) from pg_stat_activity where {OTHERS}"):
                return
            await asyncio.sleep(0.002)
        raise AssertionError("somebody stays connected to the database of a test that has ended")

    async def close(self) -> None:
        await self._link.close()


async def _written(link: asyncpg.Connection) -> dict[tuple[str, int], int]:
    """How many rows were ever written to each table, by its name and number (another of the same name is another)."""
    return {(name, id): count for name, id, count in await link.fetch(WRITTEN)}
