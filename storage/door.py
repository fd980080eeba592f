"""Which database: `sqlite:///path` or `postgresql://…`."""

from __future__ import annotations

import sqlite3

from storage import schema
from storage.tx import Store


class Closed(Exception):
    """The database does not open; the words say why, as its own program puts it."""


async def open_store(url: str) -> Store:
    """Open the database that the address names and bring its schema up to date; Closed when that cannot be done."""
    if url.startswith("sqlite:///"):
        store = await _sqlite(url.removeprefix("sqlite:///"))
    elif url.startswith("postgresql://"):
        store = await _postgres(url)
    else:
        raise Closed(f"the address must begin with sqlite:/// or postgresql://, not {url.split(':')[0]}")
    try:
        await schema.bring_up(store, url)
    except schema.TooNew as wrong:
        await store.close()
        raise Closed(str(wrong)) from None
    except BaseException:
        await store.close()
        raise
    return store


async def _sqlite(path: str) -> Store:
    from storage.sqlite import open_sqlite

    try:
        return await open_sqlite(path)
    except (sqlite3.Error, OSError) as wrong:
        raise Closed(str(wrong)) from None


async def _postgres(url: str) -> Store:
    import asyncpg

    from storage.postgres import open_postgres

    try:
        return await open_postgres(url)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, ValueError) as wrong:
        raise Closed(f"{type(wrong).__name__}: {wrong}") from None
