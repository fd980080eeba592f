"""Where leave and check-in meet: who is away and checks in is back; who is away later says so first (ATT-10)."""

from __future__ import annotations

from datetime import datetime

from msgspec import structs

from actions import leave_steps as steps
from actions.leave_cards import span
from actions.leaves import GRANTED
from actions.marks import CLOCK
from chat.messages import Refusal, button
from rules.attendance import HERE, LEAVES, UNMARKED
from rules.leaves import WITHDRAW, may_withdraw
from storage import leaves, marks
from storage.accounts import Me
from storage.marks import Mark
from storage.rolls import Roll
from storage.tx import Tx


async def is_free(tx: Tx, me: Me, roll: Roll, at: datetime) -> bool:
    """Whether a mark in a list is only what a leave has set, or left behind, and the leave has begun: then the
    person's own check-in counts as the first."""
    if roll.marked_at is None or (roll.status != UNMARKED and not (roll.status in LEAVES and me.away)):
        return False
    mark = await marks.get(tx, roll.id, me.member_id)
    if mark is None or mark.source != CLOCK:
        return False
    return mark.arrived_at is None if mark.status == UNMARKED else bool(await steps.running(tx, me.member_id, at))


async def refuse_where_away(tx: Tx, me: Me, roll: Roll, at: datetime) -> None:
    """A list that a leave has settled wants no check-in; a leave that has not begun can be taken back first."""
    if roll.status not in LEAVES:
        return
    known = [o for o in await leaves.of_member(tx, me.member_id, GRANTED) if o.kind != WITHDRAW]
    near = [o for o in known if o.stretch.ends_at > roll.bell_at]
    leave = min(near, key=lambda o: abs(o.stretch.starts_at - roll.bell_at), default=None)
    if leave is None:
        return
    title, when = roll.title_in(me.lang), span(leave.stretch, me.zone)
    if leave.state == "approved" and may_withdraw(leave.stretch, at):
        rows = ((button("leaves-withdraw", "leaveundo", leave.id),),)
        raise Refusal("leaves-listed-soon", buttons=rows, title=title, when=when)
    raise Refusal("leaves-listed", title=title, when=when)


async def put_over_leave(tx: Tx, wanted: Mark) -> Mark | None:
    """The person is here, so the mark of the leave gives way, but not where the teacher must judge."""
    old = await marks.get(tx, wanted.roll_id, wanted.member_id)
    if old is None or old.status not in LEAVES or old.source != CLOCK or wanted.status not in HERE:
        return None
    await marks.set_status(tx, old.id, wanted.status, wanted.source, None)
    return structs.replace(wanted, id=old.id)
