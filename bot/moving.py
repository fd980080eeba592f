"""`tongxue migrate-to postgresql://…`: a school has grown, and its SQLite file moves into PostgreSQL (XC-06)."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot import ops
from bot.config import Config
from bot.words import say_out
from chat.messages import say
from storage import moving
from storage.moving import Source, Stuck, Target
from storage.schema import upgrade_sqlite


def migrate(config: Config, url: str, out: Console) -> None:
    """Copy everything and compare it; the file stays as it is, whatever happens."""
    here = config.database.url
    if not here.startswith("sqlite:///"):
        raise ops.Trouble(say_out(say("cli-move-not-sqlite")))
    if not url.startswith("postgresql://"):
        raise ops.Trouble(say_out(say("cli-move-not-postgres")))
    path = Path(here.removeprefix("sqlite:///"))
    if not path.exists():
        raise ops.Trouble(say_out(say("cli-move-no-file", name=str(path))))
    try:
        with _stopped(path) as link:
            tables, rows = asyncio.run(_move(link, path, url, out))
    except Stuck as wrong:
        raise ops.Trouble(say_out(say(wrong.key, **wrong.args_of_text))) from None
    out.print(say_out(say("cli-move-done", tables=tables, rows=str(rows), name=str(path))))
    out.print(say_out(say("cli-move-next", url=_without_password(url))))


@contextmanager
def _stopped(path: Path) -> Iterator[sqlite3.Connection]:
    """The file held, so that nobody writes to it while it is copied; a bot that runs holds it already."""
    with closing(sqlite3.connect(path, timeout=0.2, isolation_level=None)) as link:
        try:
            link.execute("pragma locking_mode = exclusive")
            link.execute("begin exclusive")
            link.execute("commit")  # the lock stays until the connection is closed
            found = link.execute("select count(*) from sqlite_master where name in ('inbox', 'outbox', 'cohort')")
            ours = found.fetchone()[0] == 3
        except sqlite3.OperationalError:
            raise Stuck("cli-restore-running", name=str(path)) from None
        except sqlite3.DatabaseError as wrong:
            raise Stuck("cli-database", where=str(path), trouble=str(wrong)) from None
        if not ours:
            raise Stuck("cli-move-no-file", name=str(path))
        yield link


async def _move(link: sqlite3.Connection, path: Path, url: str, out: Console) -> tuple[int, int]:
    """Work on a copy of the file, which may be brought up to the present schema."""
    target = await Target.open(url)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".moving-") as folder:
            copy = Path(folder) / "copy.db"
            with closing(sqlite3.connect(copy)) as new:
                link.backup(new)
                new.execute("pragma journal_mode = delete")
            await asyncio.to_thread(upgrade_sqlite, str(copy))
            with closing(Source(copy)) as source:
                return await _fill(source, target, out)
    finally:
        await target.close()


async def _fill(source: Source, target: Target, out: Console) -> tuple[int, int]:
    try:
        tables = await target.prepare()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=out, transient=True) as bar:
            counts = {table.name: source.count(table.name) for table in tables}
            whole = bar.add_task(say_out(say("cli-move-all")), total=2 * sum(counts.values()))

            def tell(table: str, rows: int) -> None:
                bar.update(whole, advance=rows, description=f"{say_out(say('cli-move-all'))} {table}")

            return len(tables), await moving.move(source, target, tables, tell)
    except BaseException:
        await target.clear()
        raise


def _without_password(url: str) -> str:
    """The address as it stands in the configuration, but for its password: terminals are photographed."""
    password = urlsplit(url).password
    return url.replace(f":{password}@", ":***@") if password else url
