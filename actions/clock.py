"""What the clock does: plans from the timetable, and carries out what is due (SCH-01 … SCH-09)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta

from actions import (
    closings,
    daycards,
    digests,
    handbook_clock,
    joint,
    leave_clock,
    log_clock,
    notice_clock,
    question_clock,
    reminders,
    rollcalls,
    rolls,
)
from actions.daycards import Day
from actions.post import ring
from actions.reminders import Item
from rules import budget
from rules.days import class_date
from rules.legs import is_leg
from rules.log_plans import log_moments
from rules.plans import (
    DAY_CARD,
    DIGEST,
    HEAD_COUNT,
    JOINT,
    LEADER_CARD,
    PUSHES,
    ROLL_OPENS,
    ROLL_SHUTS,
    STAFF_POSTS,
    TOMORROW,
    TURN,
    moments,
)
from storage import card_lines, cohorts, dues, outages, outbox, sessions
from storage import rolls as lists
from storage.cohorts import Cohort
from storage.dues import Due
from storage.tx import Tx

LATE = timedelta(minutes=2)
"""Something that is later than this belongs to a gap: one catch-up message a person (SCH-05)."""

RUNS_IN = frozenset({"registration", "running"})
ALSO_AFTERWARDS = STAFF_POSTS | {JOINT}
"""What goes on while a class is closing: objections are still decided then."""

RINGING = PUSHES | {ROLL_OPENS}
"""The kinds that write to people: all of them that are due are looked at together, the newest first."""


async def replan(tx: Tx, cohort_id: int, now: datetime) -> None:
    """Plan a class anew from its timetable and numbers; what has been done stays done (SCH-06)."""
    cohort = await cohorts.get(tx, cohort_id)
    table = await sessions.of_cohort(tx, cohort_id)
    await dues.drop_new(tx, cohort_id)
    planned = moments(table, cohort.rules, cohort.timezone) + log_moments(table, cohort.rules, cohort.timezone)
    await dues.put(
        tx,
        [Due(cohort_id=cohort_id, kind=m.kind, what=m.what, at=m.at, until=m.until) for m in planned if m.until >= now],
    )


async def replan_all(tx: Tx, now: datetime) -> None:
    """Plan all classes anew when the program starts: a newer one may plan what the older did not know of."""
    for cohort in await cohorts.all(tx):
        if cohort.state in RUNS_IN | {"closing"}:
            await replan(tx, cohort.id, now)


def runs(kind: str, state: str) -> bool:
    """Whether the clock does such a thing in a class that stands so; notices and questions see to it themselves."""
    after = kind in ALSO_AFTERWARDS and state == "closing"
    return state in RUNS_IN or after or kind in notice_clock.DEEDS or kind in question_clock.DEEDS


async def tick(tx: Tx, now: datetime, limit: int = 40) -> int:
    """Carry out what is due; gives how many things were taken. Late work is done once and late, never twice.

    Of what is late a person gets one message, in whatever class and by however many things: the newest that matters.
    So all that writes to people is taken at once, however much it is; what is stale by now is let go (SCH-05).
    """
    await dues.expire(tx, now)
    quiet = await dues.next_due(tx, now, limit, but=RINGING)
    ringing = sorted(await dues.all_due(tx, now, RINGING), key=lambda d: (-d.at.timestamp(), d.id))
    served: set[int] = set()
    for thing in (*quiet, *ringing):
        cohort = await cohorts.get(tx, thing.cohort_id)
        if not runs(thing.kind, cohort.state):
            await dues.set_state(tx, thing.id, "idle", now)
            continue
        await carry_out(tx, thing, cohort, now, served)
        await dues.set_state(tx, thing.id, "done", now)
    for cohort_id in sorted({thing.cohort_id for thing in (*quiet, *ringing)}):
        if await card_lines.are_made_at(tx, cohort_id, now):
            await daycards.show_cards(tx, cohort_id, now, only_shown=True)
    told = await handbook_clock.follow(tx, now)
    return len(quiet) + len(ringing) + told


async def carry_out(tx: Tx, thing: Due, cohort: Cohort, now: datetime, served: set[int]) -> None:
    """Do one due thing. `served` are the accounts that got something in this tick; what is late passes them over."""
    late = now - thing.at > LATE
    if thing.kind == ROLL_OPENS:
        served |= await _open_list(tx, thing, now, served if late else ())
    elif thing.kind in PUSHES:
        await _write(tx, thing, cohort, now, served)
    elif (deed := DEEDS.get(thing.kind)) is not None:
        await deed(tx, thing, cohort, now)


async def _write(tx: Tx, thing: Due, cohort: Cohort, now: datetime, served: set[int]) -> None:
    """One message to each person whom a due thing concerns now."""
    if thing.kind == TOMORROW:
        await daycards.show_cards(tx, cohort.id, now, only_shown=True)
    if thing.kind == DAY_CARD:
        today = class_date(now, cohort.timezone, cohort.rules.messages.day_turns_at)
        await joint.onto_cards(tx, cohort, today.isoformat(), thing.at, now)
    day, late = await daycards.load_day(tx, cohort, now), now - thing.at > LATE
    for item in await reminders.items(tx, thing, day):
        account = item.person.account_id or 0
        if late and account in served:
            continue
        if item.message is not None:
            served.add(account)
            await _send(tx, thing, day, item)
        elif item.cut is not None and not item.joined:
            id = item.person.member_id
            await card_lines.add(tx, id, day.date.isoformat(), _key(thing, id), item.cut.text, thing.until, now)


def _key(thing: Due, member_id: int) -> str:
    """Once for this moment: a session that is moved is reminded of anew."""
    return f"{thing.kind}:{thing.cohort_id}:{thing.what}:{thing.at:%Y%m%d%H%M}:{member_id}"


async def _send(tx: Tx, thing: Due, day: Day, item: Item) -> None:
    person = item.person
    if thing.kind == DAY_CARD:
        await daycards.show_card(tx, day, person)
        return
    counted = reminders.counts(thing)
    if counted:
        await outbox.let_go(tx, person.account_id or 0, REPLACED, day.now - LATE)
    assert item.message is not None
    await ring(tx, person.reader, day.cohort.rules, item.message, day.now, once=_key(thing, item.person.member_id),
               not_after=thing.until, counted=counted, hold=thing.kind != JOINT)  # fmt: skip
    await joint.note_joined(tx, item.joined, day.now)


REPLACED = budget.OPTIONAL & PUSHES
"""What is let go when it still waits to be sent and something newer comes: a network that was away brings one too."""


async def _open_list(tx: Tx, thing: Due, now: datetime, served: Collection[int]) -> set[int]:
    """A list opens: the teachers' live cards appear, and whoever calls a group is asked to (for a leg with the bus
    call). Gives the accounts that were asked."""
    for session in await sessions.of_cohort(tx, thing.cohort_id):
        roll = await lists.of_session(tx, session.id) if session.ref == thing.what else None
        if roll is not None and roll.closed_at is None:
            await lists.set_state(tx, roll.id, "open")
            await rolls.paint(tx, roll, now)
            if roll.mode in rolls.CALLED_BY_LEADERS and not is_leg(session):
                return await rollcalls.ask_leaders(tx, roll, now, served)
    return set()


async def _shut_list(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """A list shuts for self check-in (section 21); the teachers' live cards change."""
    for session in await sessions.of_cohort(tx, thing.cohort_id):
        roll = await lists.of_session(tx, session.id) if session.ref == thing.what else None
        if roll is not None and roll.closed_at is None:
            await lists.set_state(tx, roll.id, "staff_only")
            await rolls.paint(tx, roll, now, only_shown=True)


async def _turn(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """A session begins or ends: everybody's day card shows the next."""
    await daycards.show_cards(tx, cohort.id, now, only_shown=True)


async def _ask_count(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """Ten minutes after the start the class teachers are asked for the number in the room (ATT-03)."""
    for session in await sessions.of_cohort(tx, thing.cohort_id):
        roll = await lists.of_session(tx, session.id) if session.ref == thing.what else None
        if roll is not None:
            await closings.ask_count(tx, roll, now, thing.until)


DEEDS: dict[str, Callable[[Tx, Due, Cohort, datetime], Awaitable[None]]] = {
    TURN: _turn,
    ROLL_SHUTS: _shut_list,
    HEAD_COUNT: _ask_count,
    DIGEST: digests.post_digest,
    LEADER_CARD: digests.post_leader_card,
    **leave_clock.DEEDS,
    **notice_clock.DEEDS,
    **log_clock.DEEDS,
    **question_clock.DEEDS,
}
"""What is done once for the class; the kinds of `PUSHES` are a message to each person (actions/reminders.py)."""


async def note_pulse(tx: Tx, heard_at: datetime, gap: int = 60) -> None:
    """The bot hears. A silence longer than `gap` seconds is kept as an outage (ATT-05)."""
    before = await outages.beat(tx, "intake", heard_at)
    if before is not None and (heard_at - before).total_seconds() > gap:
        await outages.add(tx, before, heard_at)
