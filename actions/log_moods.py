"""How writers feel: one optional tap, and a private card to the class teachers after low days (LOG-16)."""

from __future__ import annotations

from datetime import datetime

from actions.people import who_where
from actions.post import post
from chat.messages import Message, button, say
from rules.logs import LOW, is_low_twice
from storage import logs, members
from storage.accounts import Me
from storage.cohorts import rules_of
from storage.logs import Log
from storage.tx import Tx


async def set_mood(tx: Tx, me: Me, log: Log, mood: str, now: datetime) -> None:
    """Keep the mood of a day; low days running are told to the class teachers, once, and never exported."""
    await logs.set_mood(tx, log.id, mood)
    numbers = (await rules_of(tx, me.cohort_id, me.settings_mark)).log
    if mood != LOW or not is_low_twice(await logs.moods_of(tx, log.member_id), log.day, numbers.mood_alert_days):
        return
    member = await members.get(tx, log.member_id)
    assert member is not None
    text = say("logs-mood-card", who=who_where(member), days=numbers.mood_alert_days)
    for teacher in await members.in_charge(tx, log.cohort_id, now):
        message = Message(text, ((button("logs-open-one", "logopen", log.id),),) if log.version else ())
        await post(tx, teacher.reader, message, now, once=f"log-mood:{log.id}:{teacher.member_id}", hold=True)
