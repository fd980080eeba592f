"""Which database: `sqlite:///path` or `postgresql://…`."""

from __future__ import annotations

from storage import schema
from storage.tx import Store


async def open_store(url: str) -> Store:
    """Open the database that the address names and bring its schema up to date; ValueError for any other address."""
    store: Store
    if url.startswith("sqlite:///"):
        from storage.sqlite import open_sqlite

        store = await open_sqlite(url.removeprefix("sqlite:///"))
    elif url.startswith("postgresql://"):
        from storage.postgres import open_postgres

        store = await open_postgres(url)
    else:
        raise ValueError(f"database url must begin with sqlite:/// or postgresql://, not {url.split(':')[0]}")
    try:
        await schema.bring_up(store, url)
    except BaseException:
        await store.close()
        raise
    return store
