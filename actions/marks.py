"""Changes of marks by others than the person: each is an event with who, old, new and why (ATT-11, ATT-20)."""

from __future__ import annotations

from datetime import datetime

from msgspec import structs

from actions import joint, ledgers
from chat.messages import Refusal, button, lines, say
from rules import attendance
from rules.attendance import UNMARKED
from rules.roles import ADMIN, CLASS_TEACHER
from storage import cohorts, marks, members, rolls
from storage.accounts import Me, Reader
from storage.marks import STAFF, Mark
from storage.members import Addressee, Member
from storage.rolls import Roll
from storage.tx import Tx

CLOCK = "clock"
"""The source of a mark that follows from a leave."""


def state_of(roll: Roll, now: datetime) -> str:
    """The state of a list at a moment."""
    return attendance.state_at(now, roll.opens_at, roll.shuts_at, roll.closed_at is not None, roll.state)


async def decide(
    tx: Tx, me: Me, roll: Roll, member: Member, new: str, now: datetime, *, reason: str = "", event: str = "decide",
    source: str = STAFF,
) -> Mark:  # fmt: skip
    """Set a mark by the word of the class teacher (or, for an objection, of the office); refuses what section 21 does.

    A change of a mark that stands, and any change after closing, needs a reason; the person is then told.
    """
    old = await marks.get(tx, roll.id, member.id)
    before, state = old.status if old else UNMARKED, state_of(roll, now)
    role = CLASS_TEACHER if CLASS_TEACHER in me.roles else ADMIN if ADMIN in me.roles else ""
    if state == "planned":
        raise Refusal("rolls-not-yet", opens=roll.opens_at)
    if attendance.next_mark(before, new, event, role, state) is None:
        raise Refusal("marks-not-so", name=member.name, status=say(f"status-{before}"))
    if attendance.needs_reason(event, before, state) and not reason.strip():
        raise Refusal("marks-why")
    wanted = Mark(roll_id=roll.id, member_id=member.id, status=new, at=now, source=source,
                  entered_by=me.member_id or None, arrived_at=old.arrived_at if old else None)  # fmt: skip
    kept = await _set(tx, wanted, old)
    await marks.add_event(tx, kept, before, me.account_id, now, reason.strip())
    await rolls.stir(tx, roll.id, now)
    if before != new and state == "closed":
        await tell_changed(tx, roll, member, before, new, reason, now, final=event == "objection" and role == ADMIN)
        await ledgers.warn(tx, await cohorts.get(tx, roll.cohort_id), [member.id], now)
    return kept


async def set_by_leave(tx: Tx, roll: Roll, member_id: int, status: str, now: datetime) -> bool:
    """A decision on a leave settles an unmarked mark, in a closed list too (LEAVE-06). False: a mark stands."""
    old = await marks.get(tx, roll.id, member_id)
    before = old.status if old else UNMARKED
    if attendance.next_mark(before, status, "leave", attendance.SYSTEM, state_of(roll, now)) is None:
        return False
    wanted = Mark(roll_id=roll.id, member_id=member_id, status=status, at=now, source=CLOCK,
                  arrived_at=old.arrived_at if old else None)  # fmt: skip
    kept = await _set(tx, wanted, old)
    await marks.add_event(tx, kept, before, None, now, "leave")
    await rolls.stir(tx, roll.id, now)
    return True


async def unset_leave(tx: Tx, roll: Roll, member_id: int, now: datetime) -> bool:
    """A leave ended earlier or was taken back: what it had set is 未点到 again. False: another mark stands."""
    old = await marks.get(tx, roll.id, member_id)
    if old is None or old.status not in attendance.LEAVES or old.source != CLOCK:
        return False
    await marks.set_status(tx, old.id, UNMARKED, CLOCK, None)
    await marks.add_event(tx, structs.replace(old, status=UNMARKED), old.status, None, now, "leave")
    await rolls.stir(tx, roll.id, now)
    return True


async def _set(tx: Tx, wanted: Mark, old: Mark | None) -> Mark:
    if old is None and wanted.status != UNMARKED:
        return await marks.add(tx, wanted) or wanted
    if old is not None:
        await marks.set_status(tx, old.id, wanted.status, wanted.source, wanted.entered_by)
        return structs.replace(wanted, id=old.id)
    return wanted


async def tell_changed(
    tx: Tx, roll: Roll, member: Member, old: str, new: str, reason: str, now: datetime, final: bool = False
) -> None:  # fmt: skip
    """Tell a person privately that somebody changed the own mark after closing, with [有异议] unless the office has
    had the last word (ATT-11)."""
    to = await addressee_of(tx, member, now)
    if to is None:
        return
    text = say("marks-changed", title=roll.title_in(to.lang), old=say(f"status-{old}"), new=say(f"status-{new}"),
               reason=reason)  # fmt: skip
    rules, once = (
        (await cohorts.get(tx, roll.cohort_id)).rules,
        f"mark-told:{roll.id}:{member.id}:{now.timestamp():.3f}",
    )
    object = ((button("claims-object", "object", roll.id),),)
    what, below = (text, ()) if final else (lines(text, say("marks-may-object")), object)
    await joint.tell(tx, to, rules, what, now, once=once, buttons=below)


async def addressee_of(tx: Tx, member: Member, now: datetime) -> Addressee | None:
    """Somebody of a class as one that can be written to; None for who is not bound or stopped the bot."""
    if member.account_id is None:
        return None
    found = await members.addressees(tx, member.cohort_id, now)
    person = next((a for a in found if a.member_id == member.id), None)
    return person if person and person.blocked_at is None else None


async def reader_of(tx: Tx, member: Member, now: datetime) -> Reader | None:
    """The same as a reader."""
    person = await addressee_of(tx, member, now)
    return person.reader if person else None


async def rules_text(tx: Tx, roll: Roll) -> str:
    """The numbers by which a list is judged, kept with it when it is closed (RULE-1)."""
    numbers = (await cohorts.get(tx, roll.cohort_id)).rules.attendance
    names = ("open_before_min", "grace_min", "late_until_min", "close_after_min")
    return " ".join(f"{name}={getattr(numbers, name)}" for name in names)
