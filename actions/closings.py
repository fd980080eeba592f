"""Closing a list (收口), opening it again, the number in the room (ATT-03, ATT-06, ATT-28). Only a person closes."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from actions import daycards, ledgers, rolls
from actions.access import need
from actions.marks import decide, rules_text, state_of
from actions.post import post
from actions.rolls import Tally
from chat.messages import Message, Refusal, button, say
from rules import attendance
from rules.attendance import UNMARKED, HeadCount
from rules.roles import CLASS_TEACHER
from storage import audits, cohorts, marks, members, talks
from storage import rolls as lists
from storage.accounts import Me
from storage.marks import Mark
from storage.members import Member
from storage.rolls import Roll
from storage.tx import Tx

CHOICES = ("present", "late", "class_duty", "absent")
"""What a class teacher may make of somebody not marked when closing; who asks for leave stays 未点到."""
MOST = 2000
COUNT = "headcount"
"""The step at which the next free text is the number in the room."""


async def closing(tx: Tx, me: Me, roll: Roll, now: datetime) -> Tally:
    """The list as it stands before closing; refuses when it is too early or closed already."""
    need(me, CLASS_TEACHER)
    if roll.closed_at is not None:
        raise Refusal("rolls-is-closed")
    found = await rolls.tally(tx, roll)
    numbers = (await cohorts.get(tx, roll.cohort_id)).rules
    if state_of(roll, now) == "planned":
        raise Refusal("rolls-not-yet", opens=roll.opens_at)
    if not attendance.may_close(now, roll.bell_at, len(found.missing), numbers):
        raise Refusal("closings-not-yet", minutes=numbers.attendance.close_after_min)
    return found


async def choose(tx: Tx, me: Me, roll: Roll, member: Member, status: str, now: datetime) -> Mark:
    """The class teacher's choice for one person who is not marked."""
    need(me, CLASS_TEACHER)
    if status not in CHOICES:
        raise Refusal("refusals-not-here")
    return await decide(tx, me, roll, member, status, now, event="close")


async def close_list(tx: Tx, me: Me, roll: Roll, now: datetime, rest_absent: bool = False) -> Tally:
    """收口. Whoever is not decided must be, or becomes 旷课 by `rest_absent`; pending leave stays 未点到 (RULE-2)."""
    found = await closing(tx, me, roll, now)
    if attendance.next_list(state_of(roll, now), "close", CLASS_TEACHER) is None:
        raise Refusal("rolls-is-closed")
    if found.undecided and not rest_absent:
        raise Refusal("closings-undecided", count=len(found.undecided))
    for member in found.undecided:
        await decide(tx, me, roll, member, "absent", now, event="close")
    if not await lists.close(tx, roll.id, me.account_id, await rules_text(tx, roll), now):
        raise Refusal("rolls-is-closed")
    await audits.add(tx, now, "close-list", f"roll:{roll.id}", who=me.account_id, cohort_id=roll.cohort_id,
                     old=state_of(roll, now), new="closed")  # fmt: skip
    await _show(tx, roll, now)
    people = await members.trainees(tx, roll.cohort_id, roll.bell_at)
    await ledgers.warn(tx, await cohorts.get(tx, roll.cohort_id), [p.id for p in people], now)
    return await rolls.tally(tx, roll)


async def reopen(tx: Tx, me: Me, roll: Roll, reason: str, now: datetime) -> None:
    """重开 with a reason: marks may be changed again, the list must be closed again."""
    need(me, CLASS_TEACHER)
    if not reason.strip():
        raise Refusal("closings-why")
    if not await lists.reopen(tx, roll.id, now):
        raise Refusal("closings-is-open")
    await audits.add(tx, now, "reopen-list", f"roll:{roll.id}", who=me.account_id, cohort_id=roll.cohort_id,
                     old="closed", new="staff_only", why=reason.strip())  # fmt: skip
    await _show(tx, roll, now)


async def _show(tx: Tx, roll: Roll, now: datetime) -> None:
    """The cards of the list and everybody's day card say it at once."""
    fresh = await lists.get(tx, roll.id)
    assert fresh is not None
    await rolls.paint(tx, fresh, now, only_shown=True)
    await daycards.show_cards(tx, roll.cohort_id, now, only_shown=True)


async def ask_count(tx: Tx, roll: Roll, now: datetime, until: datetime) -> None:
    """Ask the class teachers for the number in the room; whoever is in no talk may just send the number (ATT-03)."""
    if roll.closed_at is not None or roll.headcount is not None:
        return
    cohort = await cohorts.get(tx, roll.cohort_id)
    minutes = cohort.rules.attendance.headcount_after_min
    for person in await members.in_charge(tx, roll.cohort_id, now):
        message = Message(say("closings-count-please", title=roll.title_in(person.lang), minutes=minutes),
                          ((button("closings-count", "count", roll.id),),))  # fmt: skip
        once = f"count:{roll.id}:{person.account_id}"
        await post(tx, person.reader, message, now, once=once, not_after=until)
        await talks.begin(tx, person.account_id or 0, COUNT, {"roll": roll.id}, now)


class Counted(Struct, frozen=True):
    """The number in the room against the list: equal, or who might make the difference."""

    judged: HeadCount
    unmarked: tuple[Member, ...]
    """With a surplus: those not marked, one of whom is likely there."""
    look_at: tuple[Member, ...]
    """With too few: some of those marked, drawn at random, to be confirmed by sight."""


async def count(tx: Tx, me: Me, roll: Roll, in_room: int, now: datetime) -> Counted:
    """Enter 现场人数 (ATT-03). Equal: the list is 已核对. A new number takes the place of an old one."""
    need(me, CLASS_TEACHER)
    numbers = (await cohorts.get(tx, roll.cohort_id)).rules
    if roll.closed_at is not None:
        raise Refusal("rolls-is-closed")
    if not attendance.may_count(now, roll.bell_at, numbers):
        raise Refusal("closings-count-early", minutes=numbers.attendance.headcount_after_min)
    if not 0 <= in_room <= MOST:
        raise Refusal("closings-count-odd", most=MOST)
    judged = await _judge(tx, roll, in_room)
    await lists.set_headcount(tx, roll.id, in_room, judged.reconciled, now)
    if roll.headcount != in_room:
        await audits.add(tx, now, "headcount", f"roll:{roll.id}", who=me.account_id, cohort_id=roll.cohort_id,
                         old="" if roll.headcount is None else str(roll.headcount), new=str(in_room))  # fmt: skip
    await lists.stir(tx, roll.id, now)
    return await _counted(tx, roll, judged, now)


async def _judge(tx: Tx, roll: Roll, in_room: int) -> HeadCount:
    people = await members.trainees(tx, roll.cohort_id, roll.bell_at)
    found = await marks.of_roll(tx, roll.id)
    status = {p.seat_no or 0: found[p.id].status if p.id in found else UNMARKED for p in people}
    return attendance.head_count(in_room, status)


async def _counted(tx: Tx, roll: Roll, judged: HeadCount, now: datetime) -> Counted:
    numbers = (await cohorts.get(tx, roll.cohort_id)).rules.attendance
    drawn = attendance.spot_check(judged.doubtful, roll.secret, numbers.spot_check_size)
    people = await members.trainees(tx, roll.cohort_id, roll.bell_at)
    return Counted(
        judged,
        tuple(p for p in people if p.seat_no in judged.unmarked),
        tuple(p for p in people if p.seat_no in drawn),
    )


async def spot(tx: Tx, me: Me, roll: Roll, member: Member, is_there: bool, now: datetime) -> Counted:
    """[抽查]: seen or not seen. Who is not there is 未点到 again; the number is compared anew."""
    need(me, CLASS_TEACHER)
    if roll.closed_at is not None:
        raise Refusal("rolls-is-closed")
    old = await marks.get(tx, roll.id, member.id)
    if not is_there and old is not None and old.status in attendance.HERE:
        why = me.voice.plain(say("closings-spot-reason"))
        await decide(tx, me, roll, member, UNMARKED, now, reason=why)
    if roll.headcount is None:
        raise Refusal("closings-count-first")
    judged = await _judge(tx, roll, roll.headcount)
    await lists.set_headcount(tx, roll.id, roll.headcount, judged.reconciled, now)
    await lists.stir(tx, roll.id, now)
    return await _counted(tx, roll, judged, now)
