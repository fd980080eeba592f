"""PostgreSQL through asyncpg: the same statements, a pool of connections."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, TypeVar

import asyncpg

from storage.tx import Params, Work, for_postgres, names_of, row_reader, values_of

T = TypeVar("T")


@cache
def _kept_reader(kind: Any, columns: tuple[str, ...]) -> Callable[[Sequence[Any]], Any]:
    return row_reader(kind, columns)


def _reader(kind: type[T], columns: tuple[str, ...]) -> Callable[[Sequence[Any]], T]:
    """How rows with these columns are read; kept, since there are as many as statements in our code."""
    found: Callable[[Sequence[Any]], T] = _kept_reader(kind, columns)  # type: ignore[arg-type]
    return found


class PostgresTx:
    """The statements of one transaction."""

    postgres = True

    def __init__(self, link: Any, memory: dict[str, Any]) -> None:
        self.link, self.memory = link, memory

    def _values(self, sql: str, params: Params) -> list[Any]:
        return values_of(params, tuple(dict.fromkeys(names_of(sql))))

    async def one(self, kind: type[T], sql: str, params: Params = None) -> T:
        found = await self.first(kind, sql, params)
        if found is None:
            raise LookupError(f"no {kind.__name__}")
        return found

    async def first(self, kind: type[T], sql: str, params: Params = None) -> T | None:
        row = await self.link.fetchrow(for_postgres(sql), *self._values(sql, params))
        return None if row is None else _reader(kind, tuple(row.keys()))(tuple(row.values()))

    async def all(self, kind: type[T], sql: str, params: Params = None) -> list[T]:
        rows = await self.link.fetch(for_postgres(sql), *self._values(sql, params))
        if not rows:
            return []
        read = _reader(kind, tuple(rows[0].keys()))
        return [read(tuple(row.values())) for row in rows]

    async def do(self, sql: str, params: Params = None) -> None:
        await self.link.execute(for_postgres(sql), *self._values(sql, params))

    async def many(self, sql: str, rows: Iterable[Params]) -> None:
        await self.link.executemany(for_postgres(sql), [self._values(sql, r) for r in rows])

    @asynccontextmanager
    async def apart(self) -> AsyncIterator[None]:
        async with self.link.transaction():
            yield


PRESENT = 7074
"""The advisory lock that every running program shares; a program that dies lets it go at once."""


class PostgresStore:
    """A pool of connections to one PostgreSQL database."""

    postgres = True

    def __init__(self, pool: Any, url: str) -> None:
        self.memory: dict[str, Any] = {}
        self._pool, self._url = pool, url
        self._presence: Any = None
        self._running: set[asyncio.Future[Any]] = set()

    async def _work(self, work: Work[T]) -> T:
        before = dict(self.memory)
        try:
            async with self._pool.acquire() as link, link.transaction():
                return await work(PostgresTx(link, self.memory))
        except BaseException:
            self.memory.clear()
            self.memory.update(before)
            raise

    async def work(self, work: Work[T]) -> T:
        job: asyncio.Future[T] = asyncio.ensure_future(self._work(work))
        self._running.add(job)
        job.add_done_callback(self._running.discard)
        return await asyncio.shield(job)

    async def alone(self) -> bool:
        """Say that this program runs; whether no other does. A program killed just now is given half a second to go."""
        self._presence = await asyncpg.connect(self._url)
        for _ in range(6):
            if await self._presence.fetchval("select pg_try_advisory_lock($1::bigint)", PRESENT):
                await self._presence.execute(f"select pg_advisory_lock_shared({PRESENT}::bigint)")
                await self._presence.execute(f"select pg_advisory_unlock({PRESENT}::bigint)")
                return True
            await asyncio.sleep(0.1)
        await self._presence.execute(f"select pg_advisory_lock_shared({PRESENT}::bigint)")
        return False

    async def close(self) -> None:
        while self._running:
            await asyncio.wait(list(self._running))
        if self._presence is not None:
            await self._presence.close()
        await self._pool.close()


async def _as_it_is(_: Any) -> None:
    """A transaction of ours leaves nothing behind in its session, so that each is spared a round trip for tidying."""


async def open_postgres(url: str) -> PostgresStore:
    """Open a pool; raises OSError or asyncpg.PostgresError when the server does not answer or refuses."""
    pool = await asyncpg.create_pool(url, min_size=1, max_size=8, command_timeout=60, reset=_as_it_is)
    return PostgresStore(pool, url)
