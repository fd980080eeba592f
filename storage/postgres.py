"""PostgreSQL through asyncpg: the same statements, a pool of connections."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import asyncpg

from storage.tx import Params, Work, for_postgres, names_of, rows_as, value_of

T = TypeVar("T")


class PostgresTx:
    """The statements of one transaction."""

    postgres = True

    def __init__(self, link: Any) -> None:
        self.link = link

    def _values(self, sql: str, params: Params) -> list[Any]:
        return [value_of(params, n) for n in dict.fromkeys(names_of(sql))]

    async def one(self, kind: type[T], sql: str, params: Params = None) -> T:
        found = await self.first(kind, sql, params)
        if found is None:
            raise LookupError(f"no {kind.__name__}")
        return found

    async def first(self, kind: type[T], sql: str, params: Params = None) -> T | None:
        row = await self.link.fetchrow(for_postgres(sql), *self._values(sql, params))
        return None if row is None else rows_as(kind, tuple(row.keys()), (tuple(row.values()),))[0]

    async def all(self, kind: type[T], sql: str, params: Params = None) -> list[T]:
        rows = await self.link.fetch(for_postgres(sql), *self._values(sql, params))
        return rows_as(kind, tuple(rows[0].keys()), [tuple(r.values()) for r in rows]) if rows else []

    async def do(self, sql: str, params: Params = None) -> None:
        await self.link.execute(for_postgres(sql), *self._values(sql, params))

    async def many(self, sql: str, rows: Iterable[Params]) -> None:
        await self.link.executemany(for_postgres(sql), [self._values(sql, r) for r in rows])

    @asynccontextmanager
    async def apart(self) -> AsyncIterator[None]:
        async with self.link.transaction():
            yield


class PostgresStore:
    """A pool of connections to one PostgreSQL database."""

    postgres = True

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._running: set[asyncio.Future[Any]] = set()

    async def _work(self, work: Work[T]) -> T:
        async with self._pool.acquire() as link, link.transaction():
            return await work(PostgresTx(link))

    async def work(self, work: Work[T]) -> T:
        job: asyncio.Future[T] = asyncio.ensure_future(self._work(work))
        self._running.add(job)
        job.add_done_callback(self._running.discard)
        return await asyncio.shield(job)

    async def close(self) -> None:
        while self._running:
            await asyncio.wait(list(self._running))
        await self._pool.close()


async def open_postgres(url: str) -> PostgresStore:
    """Open a pool; raises OSError or asyncpg.PostgresError when the server does not answer or refuses."""
    pool = await asyncpg.create_pool(url, min_size=1, max_size=8, command_timeout=60)
    return PostgresStore(pool)
