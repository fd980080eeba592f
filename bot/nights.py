"""What the program does for itself: looks whether anything stands still, and backs up once a night (XC-06, SCH-12)."""

from __future__ import annotations

import asyncio
import logging
import re
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from actions import watch
from actions.watch import Limits
from bot import ops
from bot.backups import write
from bot.clock import Bell, Clock
from bot.config import Config
from rules import backups as rules
from storage import dumps, outages
from storage.tx import Store, Tx

log = logging.getLogger("tongxue.nights")

EVERY = 30.0
AGAIN = timedelta(hours=1)
NAME = re.compile(r"tongxue-(\d{8}T\d{6}Z)\.(db|dump)")


class Night:
    """One loop beside the others. Clocks that somebody turns (the demo) are not watched."""

    def __init__(
        self, config: Config, store: Store, clock: Clock, bell: Bell,
        contested: Callable[[], bool | None] = lambda: None,
    ) -> None:  # fmt: skip
        """`contested`: whether a program that we do not know takes the updates of this bot."""
        self.config, self.store, self.clock, self.bell, self.contested = config, store, clock, bell, contested
        self.folder = folder_of(config)
        can = self.folder is not None and (not store.postgres or dumps.can_dump())
        self.limits = Limits(
            waits=timedelta(minutes=config.watch.minutes), disk_bytes=config.watch.disk_gb * 1e9,
            backup=timedelta(hours=config.watch.backup_hours) if can else None,
        )  # fmt: skip
        if self.folder is not None and not can:
            log.warning("there is no pg_dump here: PostgreSQL is not backed up by the bot")
            self.folder = None
        self.stands: set[str] = set()

    async def run(self) -> None:
        """Go on for ever."""
        while True:
            if not self.clock.is_led:
                await self.look()
                await self.back_up()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """See what stands still; it is logged as well, for Telegram may be what is away."""
        free = await asyncio.to_thread(free_bytes, self.config)
        other = self.contested()
        found = await self.store.work(lambda tx: watch.watch(tx, self.clock.now(), free, self.limits, other))
        for name in sorted(found - self.stands):
            log.error("something stands still: %s", name)
        for name in sorted(self.stands - found):
            log.info("it goes on: %s", name)
        self.stands = found
        self.bell.ring()

    async def back_up(self) -> Path | None:
        """Make last night's backup if it is not made yet; gives its file."""
        if self.folder is None or not await self.store.work(self._is_mine):
            return None
        now = self.clock.now()
        to = self.folder / f"tongxue-{now:%Y%m%dT%H%M%SZ}.{'dump' if self.store.postgres else 'db'}"
        try:
            await write(self.config, to)
        except (ops.Trouble, dumps.DumpFailed, sqlite3.Error, OSError) as lost:
            log.error("the backup failed: %s", lost if isinstance(lost, dumps.DumpFailed) else type(lost).__name__)
            await self.store.work(lambda tx: watch.begin(tx, watch.BACKUP_FAILED, now))
            self.bell.ring()
            return None
        await self.store.work(lambda tx: self._made(tx, now))
        dropped = await asyncio.to_thread(prune, self.folder, now, self.config)
        log.info("backed up and tried; %s old ones dropped", dropped)
        self.bell.ring()
        return to

    async def _is_mine(self, tx: Tx) -> bool:
        """Whether it is due, and no other process has begun it within the hour."""
        now = self.clock.now()
        last = await outages.pulse(tx, "backup") or await outages.pulse(tx, "born")
        if last is None:
            await outages.beat(tx, "born", now)
            return False
        due = rules.night(now, time.fromisoformat(self.config.backup.at))
        return last < due and await outages.take_turn(tx, "backup-try", now, now - AGAIN)

    async def _made(self, tx: Tx, now: datetime) -> None:
        await outages.beat(tx, "backup", now)
        await watch.end(tx, watch.BACKUP_FAILED, now)


def folder_of(config: Config) -> Path | None:
    """Where the backups go: a relative path is beside the SQLite file; None for no backups."""
    if not config.backup.folder:
        return None
    return data_folder(config) / config.backup.folder


def data_folder(config: Config) -> Path:
    """The folder of the data on this machine."""
    if config.database.url.startswith("sqlite:///"):
        return Path(config.database.url.removeprefix("sqlite:///")).parent
    return Path()


def free_bytes(config: Config) -> float:
    """Free space where the data is."""
    folder = data_folder(config)
    return float(shutil.disk_usage(folder if folder.is_dir() else Path.cwd()).free)


def prune(folder: Path, now: datetime, config: Config) -> int:
    """Drop copies that have had their time; nothing else in the folder is touched."""
    made: dict[datetime, Path] = {}
    for path in folder.iterdir():
        found = NAME.fullmatch(path.name)
        if found:
            made[datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)] = path
    drop = rules.to_drop(made, now, config.backup.keep_days, config.backup.keep_weekly)
    for at in drop:
        made[at].unlink(missing_ok=True)
    return len(drop)
