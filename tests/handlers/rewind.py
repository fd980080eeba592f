"""Tables as they were: a play in which somebody tries everything goes back after each try (SQLite)."""

from __future__ import annotations

from typing import Any

from msgspec import json

from storage.tx import Tx
from tests.stage import Stage

Kept = dict[str, list[dict[str, Any]]]


async def remember(stage: Stage, tables: tuple[str, ...]) -> Kept:
    """All rows of these tables, those that others refer to first."""

    async def work(tx: Tx) -> Kept:
        return {table: await _rows(tx, table) for table in tables}

    return await stage.store.work(work)


async def put_back(stage: Stage, kept: Kept) -> None:
    """Everything as it was."""

    async def work(tx: Tx) -> None:
        await tx.do("pragma defer_foreign_keys = on")
        for table in reversed(kept):
            await tx.do(f"delete from {table}")
        for table, rows in kept.items():
            for row in rows:
                values = ", ".join(f":{name}" for name in row)
                await tx.do(f"insert into {table} ({', '.join(row)}) values ({values})", row)

    await stage.store.work(work)


async def _rows(tx: Tx, table: str) -> list[dict[str, Any]]:
    columns = await tx.all(str, f"select name from pragma_table_info('{table}')")
    pairs = ", ".join(f"'{name}', {name}" for name in columns)
    return [json.decode(row) for row in await tx.all(str, f"select json_object({pairs}) from {table}")]
