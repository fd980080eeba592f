"""A backup of PostgreSQL by its own programs: dumped from one snapshot, read through again, row counts compared."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOOLS = ("pg_dump", "pg_restore")
VERSION = re.compile(rb"PostgreSQL\) (\d+)")
BEGINS = re.compile(rb'COPY public\."?(\w+)"? ')


class DumpFailed(Exception):
    """The dump was not made, or does not hold what the database holds; the words name programs and tables only."""


class TooOld(DumpFailed):
    """PostgreSQL's programs here are older than the server: they dump nothing then. `here` and `there`: majors."""

    def __init__(self, here: int, there: int) -> None:
        super().__init__(f"pg_dump is of version {here}, the server of version {there}")
        self.here, self.there = here, there


def can_dump() -> bool:
    """Whether PostgreSQL's programs are on this machine."""
    return all(shutil.which(tool) for tool in TOOLS)


async def dump(url: str, target: Path) -> dict[str, int]:
    """Dump the database into a file and compare it with what stood in the database at that moment; rows by table."""
    import asyncpg

    try:
        return await _dump(url, target)
    except asyncpg.PostgresError as wrong:
        raise DumpFailed(type(wrong).__name__) from None


async def need_as_new(link: Any) -> None:
    """TooOld where the programs on this machine cannot dump the server at the other end."""
    process = await asyncio.create_subprocess_exec("pg_dump", "--version", stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    found = VERSION.search(said)
    there = link.get_server_version().major
    if found and int(found[1]) < there:
        raise TooOld(int(found[1]), there)


async def look(url: str) -> None:
    """Whether the database could be dumped from here; TooOld where it could not."""
    import asyncpg

    link = await asyncpg.connect(url)
    try:
        await need_as_new(link)
    finally:
        await link.close()


async def _dump(url: str, target: Path) -> dict[str, int]:
    import asyncpg

    link = await asyncpg.connect(url)
    try:
        await need_as_new(link)
        async with link.transaction(isolation="repeatable_read", readonly=True):
            snapshot = await link.fetchval("select pg_export_snapshot()")
            names = await link.fetch("select tablename from pg_tables where schemaname = 'public'")
            counts = {str(n[0]): int(await link.fetchval(f'select count(*) from public."{n[0]}"')) for n in names}
            await _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}", env=_place(url))
    finally:
        await link.close()
    if await rows_in(target) != counts:
        raise DumpFailed("the dump does not hold the rows of the database")
    return counts


async def rows_in(file: Path) -> dict[str, int]:
    """The rows of each table in a dump, read through as a restore would."""
    process = await asyncio.create_subprocess_exec(
        "pg_restore", "--data-only", "--file=-", str(file), stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL, limit=2**28,
    )  # fmt: skip
    assert process.stdout is not None
    found: dict[str, int] = {}
    table = ""
    async for line in process.stdout:
        begins = None if table else BEGINS.match(line)
        if begins:
            table = begins[1].decode()
            found[table] = 0
        elif table and line == b"\\.\n":
            table = ""
        elif table:
            found[table] += 1
    if await process.wait():
        raise DumpFailed("pg_restore cannot read the dump")
    return found


async def _run(tool: str, *args: str, env: dict[str, str]) -> None:
    process = await asyncio.create_subprocess_exec(
        tool, *args, env={**os.environ, **env}, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    if await process.wait():
        raise DumpFailed(f"{tool} ended with {process.returncode}")


def _place(url: str) -> dict[str, str]:
    """Where the database is, for the environment: on a command line the password would be seen by everybody."""
    parts = urlsplit(url)
    asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
    found = {
        "PGHOST": asked.get("host") or parts.hostname or "",
        "PGPORT": asked.get("port") or str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
        "PGSSLMODE": asked.get("sslmode", ""),
    }
    return {name: value for name, value in found.items() if value}
