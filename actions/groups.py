"""The group of a class: whoever teaches the class and adds the bot to a group makes it the group of that class."""

from __future__ import annotations

from datetime import datetime

from actions.post import post
from chat.messages import Message, say
from rules.roles import ADMIN, CLASS_TEACHER
from storage import accounts, audits, cohorts
from storage.accounts import Me
from storage.tx import Tx


async def adopt(tx: Tx, me: Me, chat_id: int, title: str, now: datetime) -> bool:
    """Note the group of the speaker's present class; False for whoever has no say in it."""
    if not me.cohort_id or not me.roles & {CLASS_TEACHER, ADMIN}:
        return False
    await cohorts.forget_group(tx, chat_id)
    await cohorts.set_group(tx, me.cohort_id, chat_id, title[:80])
    await audits.add(tx, now, "group", "added", who=me.account_id, cohort_id=me.cohort_id)
    return True


async def lose(tx: Tx, chat_id: int, now: datetime) -> None:
    """The bot is out of a group: its copies are dropped, private messages go on; the office is told (AT-12)."""
    cohort_id = await cohorts.of_group(tx, chat_id)
    if cohort_id is None:
        return
    await cohorts.forget_group(tx, chat_id)
    await audits.add(tx, now, "group", "lost", cohort_id=cohort_id)
    cohort = await cohorts.get(tx, cohort_id)
    for admin in await accounts.admins(tx):
        told = Message(say("groups-lost", title=cohort.title_in(admin.lang)))
        await post(tx, admin, told, now, once=f"group-lost:{cohort_id}:{now:%Y%m%d%H}:{admin.account_id}")
