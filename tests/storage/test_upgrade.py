"""A database of every earlier version is brought up in place; whatever stands in it stays."""

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
from tests.storage import everything

VERSIONS = Path(schema.__file__).parent / "migrations" / "versions"
EARLIER = sorted(path.name[:4] for path in VERSIONS.glob("[0-9]*.py"))[:-1]
NUMBER, MARK = 9001, "老学员"


def _begin(connection: Any, revision: str) -> dict[str, list[dict[str, Any]]]:
    """The schema of an earlier version, with one of everything; gives all that is in it."""
    from alembic import command

    command.upgrade(schema._config(connection), revision)
    everything.fill(connection, NUMBER, MARK)
    return everything.dump(connection)


async def _on(url: str, work: Any, *args: Any) -> Any:
    """Do something with a plain connection to either database."""
    if url.startswith("sqlite"):
        engine = create_engine(url)
        with engine.begin() as connection:
            found = work(connection, *args)
        engine.dispose()
        return found
    away = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
    async with away.begin() as link:
        found = await link.run_sync(work, *args)
    await away.dispose()
    return found


def _lost(before: dict[str, list[dict[str, Any]]], after: dict[str, list[dict[str, Any]]]) -> list[str]:
    """The tables whose rows are not all there any more with all that they said; new columns may have come."""
    return [
        name
        for name, rows in before.items()
        if name != "alembic_version"
        and [{key: row.get(key) for key in old} for old, row in zip(rows, after.get(name, []), strict=False)] != rows
    ]


@pytest.mark.parametrize("revision", EARLIER)
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_an_earlier_schema_is_brought_up_with_all_that_is_in_it(
    kind: str, revision: str, databases: Databases, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/old.db" if kind == "sqlite" else await databases.empty_postgres()
    before = await _on(url, _begin, revision)
    assert sum(map(len, before.values())) > 20
    store = await open_store(url)

    async def look(tx: Tx) -> tuple[str, int]:
        return await tx.one(str, "select name from member"), await tx.one(int, "select count(*) from leave")

    assert await schema.version(store) == schema.HEAD
    assert await store.work(look) == (MARK, revision >= "0002")
    await store.close()
    assert not _lost(before, await _on(url, everything.dump))
    await databases.drop(url)


def test_every_schema_but_the_newest_is_tried() -> None:
    assert EARLIER[0] == "0001" and max(EARLIER) < schema.HEAD
