"""What stands still is told to the administrators: once when it begins, once when it is over (SCH-12, XC-08)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from actions.post import post
from chat.messages import Message, say
from storage import accounts, outages, waits
from storage.outbox import URGENT
from storage.tx import Tx

INBOX, OUTBOX, TICK, DISK, BACKUP, BACKUP_FAILED = "inbox", "outbox", "tick", "disk", "backup", "backup-failed"
CONTESTED = "contested"
MEDIA = "media"
"""The place outside of the database where contents stand cannot be used."""
WATCHED = (INBOX, OUTBOX, TICK, DISK, BACKUP)


class Limits(Struct, frozen=True, kw_only=True):
    """From when on something is a trouble. `backup` None: there is no nightly backup to be missed."""

    waits: timedelta = timedelta(minutes=10)
    disk_bytes: float = 1e9
    backup: timedelta | None = None


class Signs(Struct, frozen=True, kw_only=True):
    """What is looked at every half minute: cheap to ask for, however full the tables are."""

    inbox: datetime | None
    outbox: datetime | None
    tick: datetime | None
    backup: datetime | None


async def look(tx: Tx, now: datetime) -> Signs:
    """Since when the oldest waits, and the last beats."""
    return Signs(
        inbox=(await waits.of_inbox(tx, now)).since, outbox=(await waits.of_outbox(tx, now)).since,
        tick=await outages.pulse(tx, "tick"), backup=await outages.pulse(tx, "backup"),
    )  # fmt: skip


def troubles(signs: Signs, free_bytes: float, limits: Limits, now: datetime) -> set[str]:
    """What stands still now."""

    def old(at: datetime | None, most: timedelta) -> bool:
        return at is not None and now - at > most

    found = {
        INBOX: old(signs.inbox, limits.waits),
        OUTBOX: old(signs.outbox, limits.waits),
        TICK: old(signs.tick, limits.waits),
        DISK: free_bytes < limits.disk_bytes,
        BACKUP: limits.backup is not None and old(signs.backup, limits.backup),
    }
    return {name for name, is_so in found.items() if is_so}


async def watch(
    tx: Tx, now: datetime, free_bytes: float, limits: Limits, contested: bool | None = None
) -> set[str]:  # fmt: skip
    """Look, tell what is new and what is over; gives what stands still. `contested`: whether another program takes the
    updates of this bot; None: it is not for this one to say."""
    present = troubles(await look(tx, now), free_bytes, limits, now) | ({CONTESTED} if contested else set())
    for name in WATCHED if contested is None else (*WATCHED, CONTESTED):
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
