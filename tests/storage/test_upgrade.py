"""A database of an earlier version is brought up in place; what stands in it stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine

from storage import schema
from storage.door import open_store
from storage.tx import Tx
from tests.conftest import Databases

FACTS = (
    "insert into cohort (id, key, settings, made_at) values (1, 'old', '{}', 1)",
    "insert into member (id, cohort_id, ref, name, seat_no) values (1, 1, 'T1', '老学员', 1)",
    "insert into session (id, cohort_id, ref, starts_at, ends_at) values (1, 1, 'S1', 10, 20)",
    """insert into roll (id, session_id, cohort_id, secret, opens_at, bell_at, shuts_at)
       values (1, 1, 1, 'x', 5, 10, 15)""",
    "insert into mark (id, roll_id, member_id, status, at, source) values (1, 1, 1, 'present', 9, 'self')",
    "insert into outbox (id, chat_id, made_at) values (1, 7, 1)",
)  # fmt: skip


def _begin(connection: Any, revision: str) -> None:
    """The schema of an earlier version, with one of everything."""
    from alembic import command

    command.upgrade(schema._config(connection), revision)
    for fact in FACTS:
        connection.exec_driver_sql(fact)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_the_first_schema_is_brought_up_with_all_that_is_in_it(
    kind: str, databases: Databases, tmp_path: Path
) -> None:
    if kind == "sqlite":
        url = f"sqlite:///{tmp_path}/old.db"
        engine = create_engine(url)
        with engine.begin() as connection:
            _begin(connection, "0001")
        engine.dispose()
    else:
        url = await databases.empty_postgres()
        away = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
        async with away.begin() as link:
            await link.run_sync(_begin, "0001")
        await away.dispose()
    store = await open_store(url)

    async def look(tx: Tx) -> tuple[str, str, int, int]:
        return (
            await tx.one(str, "select name from member"),
            await tx.one(str, "select k.status from mark k join roll r on r.id = k.roll_id where not r.reconciled"),
            await tx.one(int, "select count(*) from outbox where file_id is null"),
            await tx.one(int, "select count(*) from leave"),
        )

    assert await schema.version(store) == schema.HEAD
    assert await store.work(look) == ("老学员", "present", 1, 0)
    await store.close()
