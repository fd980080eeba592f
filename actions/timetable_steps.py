"""A prepared change: what it would do, shown first; then done in one step (TIME-01, SCH-06, BC-16)."""

from __future__ import annotations

import secrets
from datetime import datetime

from msgspec import Struct, structs

from actions import change_notices, clock, daycards, new_sessions, question_break, question_together
from actions import rolls as roll_deeds
from actions import timetable_changes as wanted
from actions.change_notices import TOLD_IN, Proposed, Touched, touched, wording_of
from actions.change_words import Changed, Wording, in_short
from actions.leaves import GRANTED, settle_marks
from actions.timetable_changes import Looked, look
from chat.messages import Refusal
from rules import timetable_changes as judge
from rules.plans import BUS_CALL, LECTURE_SOON, LEG_CALL, REMINDER, ROLL_OPENS, has_list, moments, window
from rules.timetable_changes import Moved
from storage import audits, card_lines, cohorts, dues, leaves, outbox, rolls, session_events, sessions
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.dues import Due
from storage.session_events import Change, kept
from storage.sessions import Session
from storage.tx import Tx

SHOWN = (REMINDER, BUS_CALL, LEG_CALL, LECTURE_SOON, ROLL_OPENS)
"""The things of the clock that one is told of when they move; all but the last write to people."""


class Outlook(Struct, frozen=True, kw_only=True):
    """Everything that a change does, shown before it is made (TIME-01)."""

    change: Change
    changed: Changed
    looked: Looked
    touched: Touched
    moved: tuple[Moved, ...]
    clashes: tuple[Session, ...]
    level: str
    """Of the notice; empty where nobody is told."""


async def outlook(tx: Tx, me: Me, change: Change, now: datetime) -> Outlook:
    """Look ahead: who is touched, which reminders move, what stands in the list, what goes on at that time."""
    cohort = await cohorts.get(tx, change.cohort_id)
    changed = Changed(change.before, change.after)
    before, after = changed.before, changed.session
    table = await sessions.of_cohort(tx, cohort.id)
    others = [s for s in table if before is None or s.id != before.id]
    plans = [moments(slots, cohort.rules, cohort.timezone) for slots in (table, [*others, after])]
    moves = bool({judge.TIME, judge.ADDED, judge.RESTORED} & {*changed.parts})
    told = cohort.state in TOLD_IN and bool(changed.parts) and not judge.is_over(before, after, now)
    people = await touched(tx, me, cohort, [changed], now) if told else Touched()
    loud = judge.level(before, after, now, cohort.rules, cohort.timezone) if told else ""
    return Outlook(
        change=change, changed=changed, looked=await look(tx, cohort, before or after, now), touched=people,
        moved=tuple(judge.moved(plans[0], plans[1], SHOWN, now)), level=loud,
        clashes=tuple(s for s in others if moves and not s.cancelled and judge.overlapping(after, [s])),
    )  # fmt: skip


class Done(Struct, frozen=True):
    """What came of it; `again`: it had been done already, and nothing was done now."""

    changed: Changed
    wording: Wording
    again: bool = False
    proposed: Proposed = Proposed()


async def carry_out(tx: Tx, me: Me, change: Change, now: datetime) -> Done:
    """[就这样改]: the session, its list, marks of leave, reminders, day cards, the history, and the draft of a notice,
    in one transaction. Refuses when the session does not stand as it was shown any more."""
    cohort = await cohorts.get(tx, change.cohort_id)
    changed, wording = Changed(change.before, change.after), await wording_of(tx, cohort)
    if change.act != session_events.DRAFT:
        return Done(changed, wording, again=True)
    await _check(tx, me, cohort, changed, now)
    after = await _store(tx, cohort, changed)
    made = structs.replace(change, act=" ".join(changed.parts) or "other", session_id=after.id, at=now, new=kept(after))
    if not await session_events.carry_out(tx, made):
        raise Refusal("changes-gone")
    changed = Changed(changed.before, after)
    await audits.add(tx, now, "timetable", f"session:{after.ref}", who=me.account_id, cohort_id=cohort.id,
                     old=in_short(changed.before, wording), new=in_short(after, wording), why=change.why)  # fmt: skip
    await settle_list(tx, cohort, changed)
    await free_reminders(tx, cohort, [changed], now)
    await _settle(tx, cohort, after, now)
    proposed = await change_notices.propose(tx, me, cohort, after.ref, [changed], now)
    return Done(changed, wording, proposed=proposed)


async def _check(tx: Tx, me: Me, cohort: Cohort, changed: Changed, now: datetime) -> None:
    """Refuse what has become impossible since it was shown: begun, closed, past, changed by somebody else."""
    before, after, parts = changed.before, changed.session, {*changed.parts}
    if before is None:
        wanted.need_free(after, cohort, now)
        if new_sessions.missing(after):
            raise Refusal("changes-not-ready")
        return
    if await sessions.by_id(tx, before.id) != before:
        raise Refusal("changes-moved-on")
    if judge.TIME in parts:
        await wanted.need_movable(tx, me, before, now)
        wanted.need_free(after, cohort, now)
    if judge.CANCELLED in parts:
        await wanted.need_cancellable(tx, me, before, now)
    if judge.RESTORED in parts:
        wanted.need_restorable(me, before, now)


async def _store(tx: Tx, cohort: Cohort, changed: Changed) -> Session:
    """The session itself, guarded against a change at the same moment."""
    before, after = changed.before, changed.session
    if before is None:
        taken = {s.ref for s in await sessions.of_cohort(tx, cohort.id)}
        added = structs.replace(after, ref=judge.new_ref(taken, after.day))
        return structs.replace(added, id=await sessions.put(tx, added))
    if not await sessions.change(tx, before, after):
        raise Refusal("changes-moved-on")
    return after


async def settle_list(tx: Tx, cohort: Cohort, changed: Changed) -> None:
    """The list of a changed session: made, moved, cancelled (marks stay as evidence), or alive again (section 21). A
    closed one stays as it is."""
    before, after = changed.before, changed.session
    if has_list(after):
        opens, shuts = window(after, cohort.rules)
        await rolls.put(tx, cohort.id, after.id, secrets.token_hex(16), opens, after.starts_at, shuts)
    roll = await rolls.of_session(tx, after.id)
    if roll is None:
        return
    if after.cancelled:
        await rolls.set_state(tx, roll.id, "cancelled")
    elif before is not None and (before.cancelled or before.starts_at != after.starts_at):
        await rolls.set_state(tx, roll.id, "planned")


async def free_reminders(tx: Tx, cohort: Cohort, changes: list[Changed], now: datetime) -> None:
    """What was set off for the old time may be set off again for the new one, and a reminder of the old time that has
    not left yet does not leave any more (SCH-06, SCH-08)."""
    moved = {one.session.ref for one in changes if {*one.parts} & {judge.TIME, judge.CANCELLED, judge.RESTORED}}
    for key in (f"{kind}:{cohort.id}:{ref}:" for ref in sorted(moved) for kind in SHOWN):
        await outbox.call_back(tx, key)
        await card_lines.call_back(tx, key)
    table = await sessions.of_cohort(tx, cohort.id)
    plan = [m for m in moments(table, cohort.rules, cohort.timezone) if m.what in moved and m.at > now]
    await dues.forget(tx, [Due(cohort_id=cohort.id, kind=m.kind, what=m.what, at=m.at, until=m.until) for m in plan])


async def _settle(tx: Tx, cohort: Cohort, session: Session, now: datetime) -> None:
    """Everything that follows from the timetable: marks of leave, what is due, cards."""
    for member_id in sorted({o.member_id for o in await leaves.of_cohort(tx, cohort.id, GRANTED)}):
        await settle_marks(tx, cohort, member_id, now)
    await clock.replan(tx, cohort.id, now)
    await question_break.follow(tx, cohort, session, now)
    await question_together.follow(tx, cohort, session, now)
    roll = await rolls.of_session(tx, session.id)
    if roll is not None:
        await roll_deeds.paint(tx, roll, now, only_shown=True)
    await daycards.show_cards(tx, cohort.id, now, only_shown=True)
