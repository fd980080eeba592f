"""SQLite through aiosqlite: a whole transaction runs in the database's own thread.

A coroutine that waits for nothing but its transaction never really waits: each statement answers at once inside the
thread. So one hop serves a group of fifty turns, a turn that waits for anything else is an error that shows at once,
and cancelling the one who asked cannot tear a transaction apart (ADR 2).
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from storage.tx import KEPT, Params, Work, for_sqlite, names_of, row_reader, values_of

log = logging.getLogger("tongxue.storage")
T = TypeVar("T")

PRAGMAS = (
    "pragma journal_mode = wal",
    "pragma synchronous = full",
    "pragma foreign_keys = on",
    "pragma busy_timeout = 10000",
    "pragma temp_store = memory",
    "pragma cache_size = -16000",
)


_readers: dict[tuple[type, str], Callable[[Sequence[Any]], Any]] = {}
"""How the rows of a statement are read, by what is wanted and the statement; there are as many as in our code."""


class Thread(aiosqlite.Connection):
    """aiosqlite's connection with a door into its thread."""

    async def run(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run `job` with the raw connection in the connection's thread."""
        result: T = await self._execute(lambda: job(self._conn))  # type: ignore[no-untyped-call]
        return result

    async def gone(self) -> None:
        """Wait until the thread has ended: after a failed opening aiosqlite lets it run on, and it still answers
        this loop once, which may be closed by then."""
        await asyncio.to_thread(self._thread.join)


class SqliteTx:
    """The statements of one transaction; every call answers at once."""

    postgres = False

    def __init__(self, raw: sqlite3.Connection, memory: dict[str, Any]) -> None:
        self.raw, self.memory = raw, memory

    def _run(self, sql: str, params: Params) -> sqlite3.Cursor:
        return self.raw.execute(for_sqlite(sql), values_of(params, names_of(sql)))

    async def one(self, kind: type[T], sql: str, params: Params = None) -> T:
        found = await self.first(kind, sql, params)
        if found is None:
            raise LookupError(f"no {kind.__name__}")
        return found

    async def first(self, kind: type[T], sql: str, params: Params = None) -> T | None:
        cursor = self._run(sql, params)
        row = cursor.fetchone()
        if row is None:
            return None
        read = self._reader(kind, sql, cursor)
        cursor.close()
        return read(row)

    async def all(self, kind: type[T], sql: str, params: Params = None) -> list[T]:
        cursor = self._run(sql, params)
        return list(map(self._reader(kind, sql, cursor), cursor.fetchall()))

    def _reader(self, kind: type[T], sql: str, cursor: sqlite3.Cursor) -> Callable[[Sequence[Any]], T]:
        read = _readers.get((kind, sql))
        if read is None:
            if len(_readers) >= KEPT:
                _readers.clear()
            read = _readers[kind, sql] = row_reader(kind, tuple(c[0] for c in cursor.description or ()))
        return read

    async def do(self, sql: str, params: Params = None) -> None:
        self._run(sql, params)

    async def many(self, sql: str, rows: Iterable[Params]) -> None:
        names = names_of(sql)
        self.raw.executemany(for_sqlite(sql), (values_of(r, names) for r in rows))

    @asynccontextmanager
    async def apart(self) -> AsyncIterator[None]:
        self.raw.execute("savepoint apart")
        try:
            yield
        except BaseException:
            self.raw.execute("rollback to apart")
            self.raw.execute("release apart")
            raise
        self.raw.execute("release apart")


def _in_one_go(work: Work[T], raw: sqlite3.Connection, memory: dict[str, Any]) -> T:
    """Drive a coroutine to its end inside the thread; one that truly waits has broken the rule of the house."""
    raw.execute("begin immediate")
    before = dict(memory)
    try:
        step = work(SqliteTx(raw, memory)).__await__()
        try:
            next(step)
        except StopIteration as end:
            result: T = end.value
        else:
            raise RuntimeError("inside a transaction one may wait for nothing but the database")
        raw.execute("commit")
        return result
    except BaseException:
        memory.clear()
        memory.update(before)
        if raw.in_transaction:
            raw.execute("rollback")
        raise


class SqliteStore:
    """One SQLite file, one writer."""

    postgres = False

    def __init__(self, thread: Thread, path: str) -> None:
        self.memory: dict[str, Any] = {}
        self._thread = thread
        self._key = f"{path}-running"
        self._running_here: sqlite3.Connection | None = None
        self._running: set[asyncio.Future[Any]] = set()

    async def work(self, work: Work[T]) -> T:
        job: asyncio.Future[T] = asyncio.ensure_future(self._thread.run(lambda raw: _in_one_go(work, raw, self.memory)))
        self._running.add(job)
        job.add_done_callback(self._running.discard)
        return await asyncio.shield(job)

    number = 0

    async def alone(self) -> bool:
        """A SQLite file has one program: a second one says so, and waits until the first has gone."""
        if not self._take_key():
            log.warning("another program runs on this database: standing by")
            while not self._take_key():  # noqa: ASYNC110 (the other is another process)
                await asyncio.sleep(1)
            log.warning("the other program has gone: this one goes on")
        return True

    def _take_key(self) -> bool:
        """Hold a lock beside the database that dies with this process, however it dies."""
        key = sqlite3.connect(self._key, timeout=0, isolation_level=None)
        try:
            key.execute("pragma journal_mode = off")  # nothing is ever written into it
            key.execute("begin exclusive")
        except sqlite3.OperationalError as taken:
            key.close()
            if taken.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            return False
        self._running_here = key
        return True

    async def polls(self) -> bool:
        """There is no other program."""
        return True

    def hear(self, what: str, ring: Callable[[], None]) -> None:
        """There is no other program to be heard."""

    def tell(self, what: str) -> None:
        """There is no other program to be told."""

    async def backup(self, path: str) -> None:
        """Copy the database while it is in use; the copy is consistent."""

        def copy(raw: sqlite3.Connection) -> None:
            target = sqlite3.connect(path)
            with target:
                raw.backup(target)
            target.close()

        await asyncio.shield(asyncio.ensure_future(self._thread.run(copy)))

    async def close(self) -> None:
        while self._running:
            await asyncio.wait(list(self._running))
        await self._thread.close()
        if self._running_here is not None:
            self._running_here.close()
            self._running_here = None


async def open_sqlite(path: str, pragmas: Sequence[str] = PRAGMAS) -> SqliteStore:
    """Open (or make) the file and its folder; raises sqlite3.Error or OSError when it cannot be read or written."""
    await asyncio.to_thread(lambda: Path(path).parent.mkdir(parents=True, exist_ok=True))
    thread = Thread(lambda: sqlite3.connect(path, isolation_level=None, cached_statements=512), iter_chunk_size=64)
    try:
        await thread
    except BaseException:
        await thread.gone()
        raise

    def prepare(raw: sqlite3.Connection) -> None:
        for pragma in pragmas:
            raw.execute(pragma)

    try:
        await thread.run(prepare)
    except BaseException:
        await thread.close()
        raise
    return SqliteStore(thread, path)
