"""What stands still is told to the administrators: once when it begins, once when it is over (SCH-12, XC-08)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from actions import machine
from actions.machine import State
from actions.post import post
from chat.messages import Message, say
from storage import accounts, outages
from storage.outbox import URGENT
from storage.tx import Tx

INBOX, OUTBOX, TICK, DISK, BACKUP, BACKUP_FAILED = "inbox", "outbox", "tick", "disk", "backup", "backup-failed"
WATCHED = (INBOX, OUTBOX, TICK, DISK, BACKUP)


class Limits(Struct, frozen=True, kw_only=True):
    """From when on something is a trouble. `backup` None: there is no nightly backup to be missed."""

    waits: timedelta = timedelta(minutes=10)
    disk_bytes: float = 1e9
    backup: timedelta | None = None


def troubles(state: State, free_bytes: float, limits: Limits, now: datetime) -> set[str]:
    """What stands still now."""

    def old(at: datetime | None, most: timedelta) -> bool:
        return at is not None and now - at > most

    found = {
        INBOX: old(state.inbox.since, limits.waits),
        OUTBOX: old(state.outbox.since, limits.waits),
        TICK: state.stands_still(now) and old(state.tick, limits.waits),
        DISK: free_bytes < limits.disk_bytes,
        BACKUP: limits.backup is not None and state.backup is not None and old(state.backup, limits.backup),
    }
    return {name for name, is_so in found.items() if is_so}


async def watch(tx: Tx, now: datetime, free_bytes: float, limits: Limits) -> set[str]:
    """Look, tell what is new and what is over; gives what stands still."""
    present = troubles(await machine.look(tx, now), free_bytes, limits, now)
    for name in WATCHED:
        await (begin if name in present else end)(tx, name, now)
    return present


async def begin(tx: Tx, name: str, now: datetime) -> bool:
    """A trouble is there: the first time the administrators hear of it."""
    if not await outages.trouble_begins(tx, name, now):
        return False
    await _tell(tx, f"machine-trouble-{name}", now)
    return True


async def end(tx: Tx, name: str, now: datetime) -> bool:
    """A trouble is over, if there was one."""
    if not await outages.trouble_ends(tx, name):
        return False
    await _tell(tx, f"machine-over-{name}", now)
    return True


async def _tell(tx: Tx, key: str, now: datetime) -> None:
    for admin in await accounts.admins(tx):
        await post(tx, admin, Message(say(key)), now, priority=URGENT)
