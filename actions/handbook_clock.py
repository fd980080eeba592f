"""What the clock does about the handbook: entries past their day are hidden, administrators hear once a day (QA-10)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from actions.handbook_publishing import School, hide, school_of
from actions.post import post
from chat.messages import Message, button, lines, say
from rules.handbook import EXPIRED, PUBLISHED, REVIEW
from storage import accounts, audits, handbook, handbook_versions, outbox
from storage.accounts import Reader
from storage.tx import Tx

FROM, TO = time(9), time(20)
"""Between these hours of the school's day the administrators are told."""
EARLIEST = timedelta(hours=14)
"""So far is the day of the easternmost zone ahead of UTC: what has not passed its day there has passed it nowhere."""


async def follow(tx: Tx, now: datetime) -> bool:
    """Hide what has passed its day, and tell of it; asked a hundred times it does it once."""
    if not await handbook.any_to_review(tx, f"{now + EARLIEST:%Y-%m-%d}"):
        return False
    school = await school_of(tx)
    for id in await handbook.overdue(tx, school.today(now).isoformat()):
        if await handbook.set_state(tx, id, EXPIRED, (PUBLISHED,), now):
            await hide(tx, id)
            await audits.add(tx, now, "handbook-expire", f"handbook-entry:{id}")
    return await _tell(tx, school, now)


async def _tell(tx: Tx, school: School, now: datetime) -> bool:
    """One message a day with how many wait."""
    if not FROM <= now.astimezone(ZoneInfo(school.zone)).time() < TO:
        return False
    day = school.today(now).isoformat()
    untold = [a for a in await accounts.admins(tx) if not await outbox.posted(tx, _once(day, a))]
    if not untold:
        return False
    expired, waiting = len(await handbook.expired(tx)), len(await handbook_versions.in_state(tx, REVIEW))
    if not expired:
        return False
    text = lines(
        say("handbook-day-expired", count=expired), say("handbook-day-waiting", count=waiting) if waiting else None
    )
    for admin in untold:
        message = Message(text, ((button("handbook-drafts", "hbdrafts"),),), silent=True)
        await post(tx, admin, message, now, once=_once(day, admin))
    return True


def _once(day: str, admin: Reader) -> str:
    return f"handbook-day:{day}:{admin.account_id}"
