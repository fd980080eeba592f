"""Bring a database to the present schema. Alembic is imported only when the schema is behind."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from storage.tx import Store, Tx

HEAD = "0008"
"""The newest revision in migrations/versions; a house test holds it against the files."""


class TooNew(Exception):
    """The database belongs to a newer program than this one."""


async def version(store: Store) -> str:
    """The revision that the database stands at; empty for a new one."""

    async def look(tx: Tx) -> str:
        catalogue = (
            "select tablename from pg_tables where tablename = 'alembic_version'"
            if tx.postgres
            else "select name from sqlite_master where name = 'alembic_version'"
        )
        if await tx.first(str, catalogue) is None:
            return ""
        return await tx.first(str, "select version_num from alembic_version") or ""

    return await store.work(look)


def _config(connection: Any) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Any) -> None:
    from alembic import command

    command.upgrade(_config(connection), "head")


def upgrade_sqlite(path: str) -> None:
    """Bring a SQLite file up to date (blocking)."""
    from sqlalchemy import create_engine

    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        _upgrade(connection)
    engine.dispose()


async def upgrade_postgres(url: str) -> None:
    """Bring a PostgreSQL database up to date; two processes at once wait for each other."""
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
    async with engine.begin() as connection:
        await connection.execute(text("select pg_advisory_xact_lock(7071)"))
        await connection.run_sync(_upgrade)
    await engine.dispose()


async def bring_up(store: Store, url: str) -> None:
    """Upgrade if the database is behind; says in words when it is ahead of this program."""
    present = await version(store)
    if present == HEAD:
        return
    if present > HEAD:
        raise TooNew(f"the database is of a newer Tongxue (schema {present}, this program knows {HEAD})")
    if store.postgres:
        await upgrade_postgres(url)
    else:
        await asyncio.to_thread(upgrade_sqlite, url.removeprefix("sqlite:///"))
