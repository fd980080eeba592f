"""`tongxue backup` and `restore`: a consistent copy, also while the bot runs, tried before it counts (XC-06)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import tempfile
from datetime import datetime
from pathlib import Path

from rich.console import Console

from bot import ops
from bot.config import Config
from bot.words import say_out
from chat.messages import say
from storage import dumps, outages
from storage.tx import Tx


def make_backup(config: Config, to: Path, out: Console, *, force: bool) -> None:
    """Copy the database into a file; the copy is opened and counted before it gets its name."""
    if to.exists() and not force:
        raise ops.Trouble(say_out(say("cli-backup-exists", name=str(to))))
    if config.database.url.startswith("sqlite:///") and not _file(config).exists():
        raise ops.Trouble(say_out(say("cli-database", where=str(_file(config)), trouble="no such file")))
    try:
        asyncio.run(write(config, to))
    except dumps.TooOld as old:
        raise ops.Trouble(say_out(say("cli-backup-old-tool", here=str(old.here), there=str(old.there)))) from None
    except dumps.DumpFailed as failed:
        raise ops.Trouble(say_out(say("cli-backup-failed", trouble=str(failed)))) from None
    if config.database.url.startswith("sqlite:///"):
        _note(_file(config), ops.now_of(config))
    else:
        ops.work(config, lambda store, found: store.work(lambda tx: _beat(tx, ops.now_of(found))))
    out.print(say_out(say("cli-backup-done", name=str(to), size=str(to.stat().st_size // 1024))))


async def _beat(tx: Tx, now: datetime) -> None:
    await outages.beat(tx, "backup", now)


async def write(config: Config, to: Path) -> None:
    """Write a backup of either database into a file, and see that it can be restored; Trouble or DumpFailed."""
    await asyncio.to_thread(to.parent.mkdir, parents=True, exist_ok=True)
    if config.database.url.startswith("sqlite:///"):
        await asyncio.to_thread(_copy, _file(config), to)
        return
    if not dumps.can_dump():
        raise ops.Trouble(say_out(say("cli-backup-no-tool")))
    part = to.with_name(to.name + ".part")
    try:
        await dumps.dump(config.database.url, part)
        await asyncio.to_thread(part.replace, to)
    finally:
        await asyncio.to_thread(part.unlink, missing_ok=True)


def restore_backup(config: Config, source: Path, out: Console, *, force: bool) -> None:
    """Put a backup in the database's place; the database that was there stays beside it as `….before-restore`."""
    target = _file(config)
    if not _is_ours(source):
        raise ops.Trouble(say_out(say("cli-restore-not", name=str(source))))
    if target.exists():
        if not force:
            raise ops.Trouble(say_out(say("cli-restore-exists", name=str(target))))
        if _in_use(target):
            raise ops.Trouble(say_out(say("cli-restore-running", name=str(target))))
        _copy(target, target.with_name(target.name + ".before-restore"))
    target.parent.mkdir(parents=True, exist_ok=True)
    _copy(source, target)
    out.print(say_out(say("cli-restore-done", name=str(source))))


def _file(config: Config) -> Path:
    if not config.database.url.startswith("sqlite:///"):
        raise ops.Trouble(say_out(say("cli-backup-postgres")))
    return Path(config.database.url.removeprefix("sqlite:///"))


def _copy(source: Path, target: Path) -> None:
    """SQLite's own backup into a new file, checked, then moved to its place in one step."""
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        old, new = sqlite3.connect(f"file:{source}?mode=ro", uri=True, isolation_level=None), sqlite3.connect(part)
        with contextlib.closing(old), contextlib.closing(new):
            old.execute("begin")  # what is counted is what is copied, whoever writes meanwhile
            counts = _counts(old)
            old.backup(new)
            new.execute("pragma journal_mode = delete")
        _try(part, counts, source)
        for rest in ("-wal", "-shm"):
            target.with_name(target.name + rest).unlink(missing_ok=True)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _counts(link: sqlite3.Connection) -> dict[str, int]:
    """The rows of every table."""
    names = link.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'").fetchall()
    return {name: link.execute(f'select count(*) from "{name}"').fetchone()[0] for (name,) in names}


def _try(copy: Path, counts: dict[str, int], source: Path) -> None:
    """Open a copy as a restore would; Trouble when it is not whole."""
    with contextlib.closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as link:
        found = link.execute("pragma integrity_check").fetchone()[0]
        if found == "ok" and _counts(link) != counts:
            found = "the copy has other rows"
    if found != "ok":
        raise ops.Trouble(say_out(say("cli-database", where=str(source), trouble=found)))


def _note(source: Path, now: datetime) -> None:
    """Remember when the last backup was made, for the ops card; not while somebody holds the database for long, for
    the backup itself is made and good."""
    link = sqlite3.connect(source, timeout=2)
    with contextlib.suppress(sqlite3.OperationalError), link:
        link.execute(
            "insert into pulse (name, at) values ('backup', ?) on conflict (name) do update set at = excluded.at",
            (round(now.timestamp() * 1000),),
        )
    link.close()


def _is_ours(path: Path) -> bool:
    try:
        link = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        found = link.execute(
            "select count(*) from sqlite_master where name in ('inbox', 'outbox', 'cohort')"
        ).fetchone()
        link.close()
        return bool(found[0] == 3)
    except sqlite3.DatabaseError:
        return False


def _in_use(path: Path) -> bool:
    """Whether a program holds the database open: the bot's -wal file is removed by an orderly end."""
    try:
        link = sqlite3.connect(path, timeout=0.2)
        link.execute("pragma locking_mode = exclusive")
        link.execute("begin exclusive")
        link.rollback()
        link.close()
        return False
    except sqlite3.OperationalError:
        return True
