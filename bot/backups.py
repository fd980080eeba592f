"""`tongxue backup` and `restore`: a consistent copy of the SQLite file, also while the bot runs (XC-06)."""

from __future__ import annotations

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


def make_backup(config: Config, to: Path, out: Console, *, force: bool) -> None:
    """Copy the database into a file; the copy is checked before it gets its name."""
    source = _file(config)
    if to.exists() and not force:
        raise ops.Trouble(say_out(say("cli-backup-exists", name=str(to))))
    if not source.exists():
        raise ops.Trouble(say_out(say("cli-database", where=str(source), trouble="no such file")))
    to.parent.mkdir(parents=True, exist_ok=True)
    _copy(source, to)
    _note(source, ops.now_of(config))
    out.print(say_out(say("cli-backup-done", name=str(to), size=str(to.stat().st_size // 1024))))


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
        old, new = sqlite3.connect(f"file:{source}?mode=ro", uri=True), sqlite3.connect(part)
        with new:
            old.backup(new)
        found = new.execute("pragma integrity_check").fetchone()[0]
        old.close()
        new.execute("pragma journal_mode = delete")
        new.close()
        if found != "ok":
            raise ops.Trouble(say_out(say("cli-database", where=str(source), trouble=found)))
        for rest in ("-wal", "-shm"):
            target.with_name(target.name + rest).unlink(missing_ok=True)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


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
