"""Words about a leave to others than those who decide: to the person, with the exit pass, and to the leaders of the
group, who never see kind or reason (LEAVE-07)."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions import leaves as deeds
from actions.leave_cards import Seen, look, span, who_did
from actions.marks import reader_of
from actions.people import who_where
from actions.post import post, push
from chat.messages import Keyboard, Message, lines, say
from rules.roles import CLASS_TEACHER, DEPUTY, LEADER
from storage import members
from storage.leaves import Holder, Leave
from storage.outbox import ANSWER, URGENT
from storage.tx import Tx

AWAY_KEYS = Keyboard(
    ((say("menu-return"), say("menu-check-in")), (say("menu-leave"), say("menu-timetable"))), say("menus-hint")
)
"""The keys of somebody with an exit pass."""


async def tell(tx: Tx, leave: Leave, message: Message, now: datetime, urgent: bool = False) -> None:
    """Something to the person whose leave it is, if there is a telephone."""
    to = await reader_of(tx, await deeds.member_of(tx, leave), now)
    if to is not None:
        await post(tx, to, message, now, priority=URGENT if urgent else ANSWER)


async def exit_pass(tx: Tx, leave: Leave, now: datetime) -> Message:
    """出门条 for the gate: name, seat, out, back, number, and whom to ring (LEAVE-07)."""
    seen = await look(tx, leave, now)
    last = next((e for e in reversed(seen.events) if e.act == "agree"), None)
    call = _first_teacher(seen)
    text = lines(
        say("leaves-pass", number=f"{leave.id:06}"),
        say("leaves-pass-who", who=who_where(seen.member), title=seen.cohort.title),
        span(leave.stretch, seen.cohort.timezone),
        say("leaves-pass-by", who=who_did(seen, last), at=last.at) if last else None,
        say("leaves-pass-how"),
        say("leaves-pass-call", name=call.name, phone=call.phone) if call else None,
    )
    return Message(text, keyboard=AWAY_KEYS)


def _first_teacher(seen: Seen) -> Holder | None:
    """The class teacher to ring: the lead before the deputy."""
    known = [p for p in seen.people if CLASS_TEACHER in p.role_set and p.phone]
    return min(known, key=lambda p: p.is_deputy, default=None)


async def tell_leaders(tx: Tx, leave: Leave, now: datetime, key: str) -> None:
    """「2号田小雪 不在，10:30-12:00」 to leader and deputy of the group, without kind or reason (LEAVE-07)."""
    cohort, member = await deeds.cohort_of(tx, leave), await deeds.member_of(tx, leave)
    when = span(leave.stretch, cohort.timezone)
    for person in await members.addressees(tx, leave.cohort_id, now):
        mine = person.group_no == member.group_no and person.member_id != member.id
        if mine and {LEADER, DEPUTY} & person.role_set and person.account_id and person.blocked_at is None:
            words = Message(say(key, name=member.name, seat=member.seat_no or 0, when=when))
            once, until = f"{key}:{leave.id}:{person.member_id}", max(leave.stretch.ends_at, now + timedelta(hours=1))
            await push(tx, person.reader, cohort.rules, words, now, once=once, not_after=until,
                       member_id=person.member_id)  # fmt: skip
