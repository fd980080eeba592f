"""🆘 from anybody at any time: the class teachers are alarmed, the telephone numbers given (SAFETY-05)."""

from __future__ import annotations

from datetime import datetime

from actions.people import who_where
from actions.post import post
from chat.messages import Message, lines, say
from rules.roles import CLASS_TEACHER
from storage import audits, members
from storage.accounts import Me
from storage.members import Member
from storage.outbox import URGENT
from storage.tx import Tx


async def call_for_help(tx: Tx, me: Me, now: datetime) -> list[Member]:
    """Alarm the class teachers of the caller's class; gives those who have a telephone."""
    if not me.cohort_id:
        return []
    everybody = await members.of_cohort(tx, me.cohort_id)
    teachers = [m for m in everybody if CLASS_TEACHER in m.role_set]
    caller = next((m for m in everybody if m.id == me.member_id), None)
    reachable = {a.member_id: a for a in await members.addressees(tx, me.cohort_id, now)}
    for teacher in teachers:
        if teacher.id != me.member_id and teacher.account_id:
            await post(tx, reachable[teacher.id].reader, _alarm(me, caller), now, priority=URGENT)
    await audits.add(tx, now, "sos", f"member:{me.member_id}", who=me.account_id, cohort_id=me.cohort_id)
    return [t for t in teachers if t.phone and t.id != me.member_id]


def _alarm(me: Me, caller: Member | None) -> Message:
    who = who_where(caller) if caller else say("help-alarm-name", name=me.name or me.first_name)
    return Message(lines(say("help-alarm", who=who), say("help-alarm-phone", phone=caller.phone)
                         if caller and caller.phone else None))  # fmt: skip
