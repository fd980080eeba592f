"""PostgreSQL through asyncpg: the same statements, a pool of connections."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any, TypeVar

import asyncpg

from storage.presence import Presence
from storage.tx import KEPT, Params, Work, for_postgres, names_of, row_reader, values_of

T = TypeVar("T")

STATEMENTS = 1000
"""So many prepared statements a connection keeps: all that there are in our code."""


@lru_cache(KEPT)
def _kept_reader(kind: Any, columns: tuple[str, ...]) -> Callable[[Sequence[Any]], Any]:
    return row_reader(kind, columns)


def _reader(kind: type[T], columns: tuple[str, ...]) -> Callable[[Sequence[Any]], T]:
    """How rows with these columns are read; kept, since there are as many as statements in our code."""
    found: Callable[[Sequence[Any]], T] = _kept_reader(kind, columns)  # type: ignore[arg-type]
    return found


SETTINGS = {"enable_seqscan": "off", "jit": "off"}
"""All that runs often finds its rows by an index. A plan that was made when a table was small or empty reads the whole
of it, and would be kept while it fills within a minute."""


class PostgresTx:
    """The statements of one transaction."""

    postgres = True

    def __init__(self, link: Any, memory: dict[str, Any]) -> None:
        self.link, self.memory = link, memory
        self._depth = 0
        self._standing = 0
        """How many savepoints stand: that of a stretch that is over is released by the next one, in one way."""

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
        self._depth += 1
        depth = self._depth
        begin = f"savepoint apart{depth}"
        await self.link.execute(f"release apart{depth}; {begin}" if self._standing >= depth else begin)
        self._standing = depth
        try:
            yield
        except BaseException:
            await self.link.execute(f"rollback to apart{depth}")
            self._standing = depth
            raise
        finally:
            self._depth -= 1


class PostgresStore:
    """A pool of connections to one PostgreSQL database."""

    postgres = True

    def __init__(self, pool: Any, url: str) -> None:
        self.memory: dict[str, Any] = {}
        self._pool = pool
        self._presence = Presence(url)
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

    @property
    def number(self) -> int:
        """What this program is known by among those on the database; 0 before it said that it runs."""
        return self._presence.number

    async def alone(self) -> bool:
        """Say that this program runs; whether no other does."""
        return await self._presence.begin()

    async def polls(self) -> bool:
        """Whether this program is the one that polls."""
        return await self._presence.polls()

    def hear(self, what: str, ring: Callable[[], None]) -> None:
        """Ring when another program tells of this."""
        self._presence.hear(what, ring)

    def tell(self, what: str) -> None:
        """Wake the other programs."""
        self._presence.tell(what)

    async def close(self) -> None:
        while self._running:
            await asyncio.wait(list(self._running))
        await self._presence.end()
        await self._pool.close()


async def _as_it_is(_: Any) -> None:
    """A transaction of ours leaves nothing behind in its session, so that each is spared a round trip for tidying."""


async def open_postgres(url: str) -> PostgresStore:
    """Open a pool; raises OSError or asyncpg.PostgresError when the server does not answer or refuses."""
    pool = await asyncpg.create_pool(
        url, min_size=1, max_size=8, command_timeout=60, statement_cache_size=STATEMENTS,
        max_cached_statement_lifetime=0, reset=_as_it_is, server_settings=SETTINGS,
    )  # fmt: skip
    return PostgresStore(pool, url)
