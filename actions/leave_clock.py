"""What the clock does about leaves: reminds who is silent, begins a leave, misses who is not back (ATT-09, ATT-10).

Each looks at the leave again before it acts (SCH-08), and nothing is ever approved by time.
"""

from __future__ import annotations

from datetime import datetime

from actions import leave_cards as shown
from actions import leave_steps as steps
from chat.messages import say
from rules.leaves import SYSTEM
from rules.roles import ADMIN, CLASS_TEACHER
from storage import leaves
from storage.cohorts import Cohort
from storage.dues import Due
from storage.leaves import Holder, Leave
from storage.tx import Tx


async def nudge(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """A step has waited: its approver is reminded, then the deputy, then the administrator, who may decide it then.

    `what` is `<leave>:<step>:<number>:<to>:<when it was asked>`.
    """
    id, step, _, to, stamp = thing.what.split(":")
    leave = await leaves.get(tx, int(id))
    if leave is None or leave.state != "pending" or leave.step != int(step) or leave.step_at is None:
        return
    if round(leave.step_at.timestamp()) != int(stamp):
        return
    head = say("leaves-nudge", minutes=thing.at - leave.step_at)
    if to == ADMIN and leave.chain.split()[leave.step] == CLASS_TEACHER and not leave.handed_on:
        await steps.hand_on(tx, None, leave, now)
        return
    if any(e.act == "hand_on" and e.at >= thing.at for e in await leaves.events_of(tx, leave.id)):
        return  # late: what came after it was done already
    people = await leaves.holders(tx, leave.cohort_id, now)
    chosen = await shown.handed_to(tx, leave, people)
    wanted = [p.account_id for p in people if _is_meant(to, leave, p, chosen)]
    await shown.paint(tx, leave, now, wanted, head)


def _is_meant(to: str, leave: Leave, person: Holder, chosen: int | None) -> bool:
    """Whether a reminder goes to this person; once the step was handed on, to the administrators only."""
    if leave.handed_on:
        return ADMIN in person.role_set
    if to == "deputy":
        return shown.is_second(person, chosen)
    return to in person.role_set and not (to == CLASS_TEACHER and shown.is_second(person, chosen))


async def begin(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """An approved leave begins; one that was taken back does not."""
    leave = await leaves.get(tx, int(thing.what))
    if leave is not None and leave.state == "approved":
        await shown.paint(tx, await steps.start(tx, leave, now), now)


async def overdue(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """Half an hour after the planned return without it: a card with the telephone number to the class teachers, and
    nothing to the person."""
    leave = await leaves.get(tx, int(thing.what))
    if leave is not None and leave.state == "approved":
        leave = await steps.start(tx, leave, now)
    if leave is None or leave.state != "away" or leave.overdue:
        return
    leave = await steps.back_as_seen(tx, leave, now)
    if leave.state != "away":
        return
    leave = await steps.advance(tx, leave, "overdue", SYSTEM, now, who=None)
    people = await leaves.holders(tx, leave.cohort_id, now)
    head = say("leaves-overdue-head", due=leave.ends_at)
    await shown.paint(tx, leave, now, shown.with_role(people, CLASS_TEACHER), head)


DEEDS = {steps.NUDGE: nudge, steps.START: begin, steps.OVERDUE: overdue}
