"""From a SQLite file to an empty PostgreSQL database, table by table, and the proof that every row arrived as it was.

SQLite keeps whatever one gives it; PostgreSQL is strict, so each value is brought into its column's type first, and a
row that does not fit is named.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import asyncpg
from msgspec import Struct, msgpack

from storage.schema import upgrade_postgres

ROWS = 500
Row = tuple[Any, ...]
Tell = Callable[[str, int], None]
"""Told while it goes on: which table, how many rows of it more."""

TAKES: dict[str, tuple[type, ...]] = {
    "bigint": (int,), "integer": (int,), "boolean": (int,), "text": (str,), "character varying": (str,),
    "bytea": (bytes,), "double precision": (float, int),
}  # fmt: skip
"""Which values of SQLite fit into a column of PostgreSQL; a boolean is 0 or 1."""


class Stuck(Exception):
    """Why it cannot go on; `key` is a text of ours."""

    def __init__(self, key: str, **args: str | int) -> None:
        super().__init__(key)
        self.key, self.args_of_text = key, args


class Column(Struct, frozen=True):
    name: str
    kind: str
    sequence: str | None


class Table(Struct, frozen=True):
    """A table with its columns as PostgreSQL has them."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


class Sum(Struct):
    """What stands in a table: how many rows, and a sum over all of them that any other value would change."""

    rows: int = 0
    check: int = 0

    def add(self, row: Sequence[Any]) -> None:
        plain = [int(v) if isinstance(v, bool) else v for v in row]
        self.rows += 1
        self.check = (self.check + int.from_bytes(blake2b(msgpack.encode(plain), digest_size=16).digest())) % 2**128


class Source:
    """The SQLite file, of the present schema."""

    def __init__(self, path: Path) -> None:
        self.link = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def count(self, table: str) -> int:
        return int(self.link.execute(f'select count(*) from "{table}"').fetchone()[0])

    def rows(self, table: Table) -> Iterator[list[Row]]:
        """The rows in portions, each value in the type of its column there."""
        wanted = ", ".join(f'"{name}"' for name in table.names)
        cursor = self.link.execute(f'select {wanted} from "{table.name}" order by rowid')
        done = 0
        while portion := cursor.fetchmany(ROWS):
            yield [_fitting(table, row, done + n) for n, row in enumerate(portion, 1)]
            done += len(portion)

    def close(self) -> None:
        self.link.close()


def _fitting(table: Table, row: Row, number: int) -> Row:
    return tuple(
        _value(value, column, table.name, number) for value, column in zip(row, table.columns, strict=True)
    )  # fmt: skip


def _value(value: Any, column: Column, table: str, number: int) -> Any:
    if value is None:
        return None
    fits = isinstance(value, TAKES.get(column.kind, (object,)))
    if column.kind == "boolean":
        fits = value in (0, 1)
    elif column.kind == "integer":
        fits = fits and -(2**31) <= value < 2**31
    elif isinstance(value, str):
        fits = fits and "\0" not in value
    if not fits:
        raise Stuck("cli-move-value", table=table, row=number, column=column.name, kind=column.kind)
    if column.kind == "boolean":
        return bool(value)
    return float(value) if column.kind == "double precision" else value


class Target:
    """The PostgreSQL database."""

    def __init__(self, url: str, link: Any) -> None:
        self.url, self.link = url, link

    @classmethod
    async def open(cls, url: str) -> Target:
        """Raises Stuck when it does not open or is not empty."""
        try:
            target = cls(url, await asyncpg.connect(url, timeout=10))
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, ValueError, TimeoutError) as wrong:
            raise Stuck("cli-move-closed", trouble=f"{type(wrong).__name__}: {wrong}"[:200]) from None
        if there := await target._names():
            await target.close()
            raise Stuck("cli-move-not-empty", count=len(there))
        return target

    async def _names(self) -> list[str]:
        rows = await self.link.fetch("select tablename from pg_tables where schemaname = current_schema() order by 1")
        return [row[0] for row in rows]

    async def prepare(self) -> list[Table]:
        """Make the schema; its tables in such an order that whatever a row refers to is there before it."""
        await upgrade_postgres(self.url)
        names = [name for name in await self._names() if name != "alembic_version"]
        needs: dict[str, set[str]] = {name: set() for name in names}
        for row in await self.link.fetch(
            """select conrelid::regclass::text as one, confrelid::regclass::text as other from pg_constraint
               where contype = 'f' and conrelid <> confrelid"""
        ):
            needs[row["one"]].add(row["other"])
        ordered: list[str] = []
        while len(ordered) < len(names):
            free = [n for n in names if n not in ordered and needs[n] <= set(ordered)]
            assert free, "tables that refer to one another in a ring"
            ordered += free
        return [await self._table(name) for name in ordered]

    async def _table(self, name: str) -> Table:
        rows = await self.link.fetch(
            """select column_name, data_type, pg_get_serial_sequence(table_name, column_name)
               from information_schema.columns
               where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER'
               order by ordinal_position""",
            name,
        )
        return Table(name, tuple(Column(*row) for row in rows))

    async def fill(self, table: Table, source: Source, tell: Tell) -> Sum:
        """Copy a table; gives what was sent."""
        sent = Sum()
        for portion in source.rows(table):
            await self.link.copy_records_to_table(table.name, records=portion, columns=table.names)
            for row in portion:
                sent.add(row)
            tell(table.name, len(portion))
        return sent

    async def check(self, table: Table, tell: Tell) -> Sum:
        """What stands there now, read back."""
        found = Sum()
        wanted = ", ".join(f'"{name}"' for name in table.names)
        async for row in self.link.cursor(f'select {wanted} from "{table.name}"', prefetch=ROWS):
            found.add(tuple(row))
            if found.rows % ROWS == 0:
                tell(table.name, ROWS)
        tell(table.name, found.rows % ROWS)
        return found

    async def set_sequences(self, table: Table) -> None:
        """New rows get numbers above those that came."""
        for column in table.columns:
            if column.sequence:
                await self.link.execute(
                    f"""select setval('{column.sequence}', greatest(coalesce(max("{column.name}"), 0), 1),
                        max("{column.name}") is not null) from "{table.name}" """
                )

    async def clear(self) -> None:
        """Take away what was made here: it was empty before."""
        for name in await self._names():
            await self.link.execute(f'drop table "{name}" cascade')

    async def close(self) -> None:
        await self.link.close()


async def move(source: Source, target: Target, tables: list[Table], tell: Tell) -> int:
    """Copy all tables in one transaction and read them back; gives how many rows. Raises Stuck where they differ."""
    rows = 0
    try:
        async with target.link.transaction():
            names = ", ".join(f'"{table.name}"' for table in tables)
            await target.link.execute(f"truncate {names}")  # the schema brings a few rows of its own
            for table in tables:
                sent = await target.fill(table, source, tell)
                found = await target.check(table, tell)
                if found != sent or sent.rows != source.count(table.name):
                    raise Stuck("cli-move-differs", table=table.name, old=source.count(table.name), new=found.rows)
                await target.set_sequences(table)
                rows += found.rows
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as wrong:
        raise Stuck("cli-move-closed", trouble=f"{type(wrong).__name__}: {wrong}"[:200]) from None
    await target.link.execute("analyze")
    return rows
