"""`tongxue doctor`: is everything as it should be? A line a part, ✅ or ❌ with what to do."""

from __future__ import annotations

import email.utils
import os
import re
import stat
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
from rich.console import Console

from actions import erasure, machine, watch
from bot import ops
from bot.clock import Clock
from bot.commands import Hook, webhook_of
from bot.config import Config, holds_secret
from bot.media_checks import look_at_media
from bot.nights import folder_of, free_bytes
from bot.transport import Api
from bot.words import say_out
from chat.messages import Lines, Say, lines, say
from storage import dumps, inbox, outages, outbox
from storage.inbox import Letter
from storage.tx import Tx
from texts.render import LANGUAGES, keys_of

MOST_SKEW = 5.0

Finding = tuple[bool, Say | Lines]


async def examine(config: Config, out: Console, place: Path) -> bool:
    """Print what was found; True when nothing is wrong. `place` is the configuration's file."""
    parts: list[tuple[str, Callable[[], Awaitable[Finding]]]] = [
        ("token", lambda: _token(config)),
        ("webhook", lambda: _webhook(config)),
        ("clock", lambda: _clock(config)),
        ("database", lambda: _database(config)),
        ("inbox", lambda: _inbox(config)),
        ("outbox", lambda: _outbox(config)),
        ("tick", lambda: _tick(config)),
        ("disk", lambda: _disk(config)),
        ("backup", lambda: _backup(config)),
        ("media", lambda: look_at_media(config)),
        ("erasure", lambda: _erasure(config)),
        ("secrets", lambda: _secrets(config, place)),
        ("texts", _texts),
        ("zone", _zone),
    ]
    good = True
    for name, look in parts:
        try:
            fine, words = await look()
            told = say_out(words)
        except ops.Trouble as wrong:
            fine, told = False, str(wrong)
        good &= fine
        out.print(f"{'✅' if fine else '❌'} {say_out(say(f'cli-doctor-{name}'))}：{told}")
    return good


async def _token(config: Config) -> Finding:
    return True, say("cli-doctor-bot", name=await ops.bot_name(config))


async def _webhook(config: Config) -> Finding:
    api = Api(config.telegram.token, config.telegram.api_url, proxy=config.telegram.proxy)
    try:
        found = await webhook_of(api)
    finally:
        await api.close()
    return judge_webhook(config, found) if found else (False, say("cli-telegram-silent", where=config.telegram.api_url))


def judge_webhook(config: Config, found: Hook) -> Finding:
    """Whether Telegram brings updates the way the configuration says."""
    if config.telegram.mode == "polling":
        return (True, say("cli-doctor-polling")) if not found.url else (False, say("cli-doctor-polling-hook"))
    if found.url != config.telegram.webhook_url:
        return False, say("cli-doctor-hook-differs", url=found.url or "–")
    if found.last_error_message:
        return False, say("cli-doctor-hook-trouble", trouble=found.last_error_message)
    return True, say("cli-doctor-hook", url=found.url)


async def _clock(config: Config) -> Finding:
    """Our clock beside the date that Telegram's server puts on its answers."""
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
            proxy = config.telegram.proxy or None
            async with session.get(config.telegram.api_url, proxy=proxy, allow_redirects=False) as answer:
                date = answer.headers.get("Date", "")
    except (aiohttp.ClientError, TimeoutError):
        return False, say("cli-doctor-offset-unknown")
    if not date:
        return False, say("cli-doctor-offset-unknown")
    skew = (Clock().now() - email.utils.parsedate_to_datetime(date)).total_seconds()
    return abs(skew) <= MOST_SKEW, say("cli-doctor-offset", seconds=f"{skew:.0f}")


async def _database(config: Config) -> Finding:
    store = await ops.opened(config)
    await store.close()
    return True, say("cli-doctor-plain", what=config.database.url.split("@")[-1].split("://")[-1])


async def _inbox(config: Config) -> Finding:
    async def look(tx: Tx) -> tuple[int, list[Letter]]:
        return await inbox.waiting(tx), await inbox.dead(tx, 10)

    store = await ops.opened(config)
    new, dead = await store.work(look)
    await store.close()
    told = say("cli-doctor-waiting", new=new, dead=len(dead))
    return not dead, lines(told, *(say("cli-doctor-dead", number=str(d.id), trouble=_kind(d.trouble)) for d in dead))


def _kind(trouble: str) -> str:
    """Where a turn fell over: the kind of error and its last place in our code, without anybody's words."""
    last = trouble.strip().splitlines()[-1:] or [""]
    place = re.findall(r'File ".*?/(\w+/\w+\.py)", line (\d+)', trouble)
    return " ".join([last[0].split(":")[0], ":".join(place[-1]) if place else ""]).strip()


async def _outbox(config: Config) -> Finding:
    since = datetime.now(UTC) + timedelta(seconds=config.clock.offset_seconds) - timedelta(days=1)
    store = await ops.opened(config)
    found = await store.work(lambda tx: outbox.counts(tx, since))
    await store.close()
    failed = found.get("failed", 0)
    return not failed, say("cli-doctor-sent", new=found.get("new", 0), uncertain=found.get("uncertain", 0),
                           failed=failed)  # fmt: skip


async def _tick(config: Config) -> Finding:
    """Whether the clock strikes; one that never has belongs to a bot that was never started."""
    store = await ops.opened(config)
    tick = await store.work(lambda tx: outages.pulse(tx, "tick"))
    await store.close()
    if tick is None:
        return True, say("cli-doctor-no-tick")
    age = ops.now_of(config) - tick
    return age < machine.STANDS_STILL, say("cli-doctor-struck", seconds=str(round(age.total_seconds())))


async def _disk(config: Config) -> Finding:
    free = free_bytes(config) / 1e9
    return free >= config.watch.disk_gb, say("cli-doctor-free", gb=f"{free:.1f}")


async def _backup(config: Config) -> Finding:
    """Whether there is a fresh backup, or why there is none."""
    if folder_of(config) is None:
        return False, say("cli-doctor-backup-off")
    if config.database.url.startswith("postgresql:") and not dumps.can_dump():
        return True, say("cli-doctor-backup-own")
    if config.database.url.startswith("postgresql:"):
        await (await ops.opened(config)).close()  # a database that is away is said in words
        try:
            await dumps.look(config.database.url)
        except dumps.TooOld as old:
            return False, say("cli-backup-old-tool", here=str(old.here), there=str(old.there))

    async def look(tx: Tx) -> tuple[datetime | None, datetime | None, list[str]]:
        born = await outages.pulse(tx, "born")
        return await outages.pulse(tx, "backup"), born, [t.name for t in await outages.troubles(tx)]

    store = await ops.opened(config)
    last, born, troubles = await store.work(look)
    await store.close()
    late = timedelta(hours=config.watch.backup_hours)
    if last is None:
        return born is None or ops.now_of(config) - born < late, say(
            "cli-doctor-backup-none", where=str(folder_of(config))
        )
    fresh = ops.now_of(config) - last < late and watch.BACKUP_FAILED not in troubles
    hours = str(round((ops.now_of(config) - last).total_seconds() / 3600))
    return fresh, say("cli-doctor-backup-last", hours=hours, where=str(folder_of(config)))


async def _erasure(config: Config) -> Finding:
    """Whether what was promised to be deleted is deleted."""
    store = await ops.opened(config)
    found = await store.work(lambda tx: erasure.overdue(tx, ops.now_of(config)))
    await store.close()
    return not found, say("cli-doctor-erasure-late", names=found) if found else say("cli-doctor-erasure-done")


async def _secrets(config: Config, place: Path) -> Finding:
    """Whether others on this machine can read what holds the token or a password."""
    held = [Path(os.path.expandvars(f)) for f in (config.telegram.token_file, config.telegram.webhook_secret_file,
                                                  config.database.url_file, config.media.access_key_file,
                                                  config.media.secret_key_file) if f]  # fmt: skip
    own = [place] if holds_secret(place) else []  # in a container it holds none, and everybody may read it
    here = [p for p in (*own, *held) if p.exists() and not str(p).startswith("/run/")]  # /run: a container's own
    open_to_all = [str(p) for p in here if p.stat().st_mode & stat.S_IROTH]
    if not open_to_all:
        return True, say("cli-doctor-secrets-closed")
    return False, say("cli-doctor-secrets-open", names=open_to_all)


async def _texts() -> Finding:
    zh, en = (keys_of(lang) for lang in LANGUAGES)
    differ = sorted(zh ^ en)
    if differ:
        return False, say("cli-doctor-texts-differ", count=len(differ), names=differ[:5])
    return True, say("cli-doctor-texts-same", count=str(len(zh)))


async def _zone() -> Finding:
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        return False, say("cli-doctor-plain", what="pip install tzdata")
    return True, say("cli-doctor-plain", what="Asia/Shanghai")
