"""Whoever asked what has become an entry is told, and all who said that it is their question too (QA-10)."""

from __future__ import annotations

from datetime import datetime

from actions.joint import tell
from chat.messages import say
from rules.log_texts import cut
from storage import cohorts, handbook, members
from storage.handbook import Entry
from storage.tx import Tx

TITLE = 40


async def published(tx: Tx, entry: Entry, now: datetime) -> None:
    """Tell them once an entry, within the day's budget: it goes with the next joint post if the day is full."""
    if entry.question_id is None:
        return
    for person in await handbook.askers(tx, entry.question_id, now):
        member = await members.get(tx, person.member_id)
        assert member is not None
        rules = (await cohorts.get(tx, member.cohort_id)).rules
        what = say("handbook-news", title=cut(entry.title_in(person.lang), TITLE))
        await tell(tx, person, rules, what, now, once=f"handbook-news:{entry.id}:{person.member_id}")
