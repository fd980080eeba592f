"""What the clock does: plans from the timetable, and carries out what is due (SCH-01 … SCH-09)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from msgspec import Struct

from actions import closings, daycards, digests, leave_clock, leaves, rollcalls, rolls
from actions.daycards import Day
from actions.post import push
from chat.messages import Message, Say, lines, say
from rules.plans import (
    DAY_CARD,
    DIGEST,
    EVE,
    HEAD_COUNT,
    LEADER_CARD,
    PUSHES,
    REMINDER,
    ROLL_OPENS,
    ROLL_SHUTS,
    STAFF_POSTS,
    TOMORROW,
    TURN,
    moments,
)
from rules.roles import CLASS_TEACHER, SCHOOL_LEADER, TRAINEE
from storage import cohorts, dues, marks, outages, sessions
from storage import rolls as lists
from storage.cohorts import Cohort
from storage.dues import Due
from storage.marks import UNMARKED
from storage.members import Addressee
from storage.tx import Tx

LATE = timedelta(minutes=2)
"""Something that is later than this belongs to a gap: one catch-up message a person (SCH-05)."""

RUNS_IN = frozenset({"registration", "running"})


class Item(Struct, frozen=True):
    """One message of a due thing to one person, or the reason why it is not sent to this one."""

    person: Addressee
    message: Message | None = None
    skip: Say | None = None


async def replan(tx: Tx, cohort_id: int, now: datetime) -> None:
    """Plan a class anew from its timetable and numbers; what has been done stays done (SCH-06)."""
    cohort = await cohorts.get(tx, cohort_id)
    table = await sessions.of_cohort(tx, cohort_id)
    await dues.drop_new(tx, cohort_id)
    planned = moments(table, cohort.rules, cohort.timezone)
    await dues.put(
        tx,
        [Due(cohort_id=cohort_id, kind=m.kind, what=m.what, at=m.at, until=m.until) for m in planned if m.until >= now],
    )


async def tick(tx: Tx, now: datetime, limit: int = 40) -> int:
    """Carry out what is due; gives how many things were taken. Late work is done once and late, never twice."""
    due = await dues.next_due(tx, now, limit)
    served: dict[int, set[int]] = {}
    for thing in sorted(due, key=lambda d: (d.kind in PUSHES, -d.at.timestamp(), d.id)):
        cohort = await cohorts.get(tx, thing.cohort_id)
        runs = RUNS_IN | {"closing"} if thing.kind in STAFF_POSTS else RUNS_IN
        if thing.until < now or cohort.state not in runs:
            await dues.set_state(tx, thing.id, "expired" if thing.until < now else "idle", now)
            continue
        late = now - thing.at > LATE and thing.kind in PUSHES
        done = served.setdefault(cohort.id, set()) if late else set()
        await carry_out(tx, thing, cohort, now, done)
        await dues.set_state(tx, thing.id, "done", now)
    return len(due)


async def carry_out(tx: Tx, thing: Due, cohort: Cohort, now: datetime, served: set[int]) -> None:
    """Do one due thing. `served` are people who got their one catch-up message already; it grows."""
    deed = DEEDS.get(thing.kind)
    if deed is not None:
        await deed(tx, thing, cohort, now)
    else:
        if thing.kind == TOMORROW:
            await daycards.show_cards(tx, cohort.id, now, only_shown=True)
        day = await daycards.load_day(tx, cohort, now)
        for item in await items(tx, thing, day):
            if item.message is not None and item.person.member_id not in served:
                served.add(item.person.member_id)
                await _send(tx, thing, day, item.person, item.message)


async def _turn(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """A session begins or ends: everybody's day card shows the next."""
    await daycards.show_cards(tx, cohort.id, now, only_shown=True)


async def _send(tx: Tx, thing: Due, day: Day, person: Addressee, message: Message) -> None:
    if thing.kind == DAY_CARD:
        await daycards.show_card(tx, day, person)
        return
    once = f"{thing.kind}:{day.cohort.id}:{thing.what}:{person.member_id}"
    await push(tx, person.reader, day.cohort.rules, message, day.now, once=once, not_after=thing.until)


async def _turn_list(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """A list opens, or shuts for self check-in (section 21); the teachers' live cards appear or change."""
    for session in await sessions.of_cohort(tx, thing.cohort_id):
        if session.ref == thing.what:
            roll = await lists.of_session(tx, session.id)
            if roll is not None and roll.closed_at is None:
                await lists.set_state(tx, roll.id, "open" if thing.kind == ROLL_OPENS else "staff_only")
                await rolls.paint(tx, roll, now, only_shown=thing.kind == ROLL_SHUTS)
                if thing.kind == ROLL_OPENS and roll.mode in rolls.CALLED_BY_LEADERS:
                    await rollcalls.ask_leaders(tx, roll, now)


async def _ask_count(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """Ten minutes after the start the class teachers are asked for the number in the room (ATT-03)."""
    for session in await sessions.of_cohort(tx, thing.cohort_id):
        roll = await lists.of_session(tx, session.id) if session.ref == thing.what else None
        if roll is not None:
            await closings.ask_count(tx, roll, now, thing.until)


DEEDS: dict[str, Callable[[Tx, Due, Cohort, datetime], Awaitable[None]]] = {
    TURN: _turn,
    ROLL_OPENS: _turn_list,
    ROLL_SHUTS: _turn_list,
    HEAD_COUNT: _ask_count,
    DIGEST: digests.post_digest,
    LEADER_CARD: digests.post_leader_card,
    **leave_clock.DEEDS,
}
"""What is done once for the class; every other kind is a message to each person (`items`)."""

STAFF_READERS = {DIGEST: CLASS_TEACHER, LEADER_CARD: SCHOOL_LEADER}
"""Who gets what is posted by such a deed, for `items`."""


async def items(tx: Tx, thing: Due, day: Day) -> list[Item]:
    """Whom a due thing goes to and what it says; whom it leaves out, and why. Looks at the facts of now (SCH-08)."""
    marked = await _marked(tx, thing, day)
    away = await _away(tx, thing, day)
    found: list[Item] = []
    for person in day.people:
        if (TRAINEE not in person.role_set and thing.kind in (EVE, TOMORROW, REMINDER)) or (
            thing.kind in STAFF_READERS and STAFF_READERS[thing.kind] not in person.role_set
        ):
            continue
        skip = say("clock-away") if person.member_id in away else _why_not(thing, person, marked, day)
        found.append(Item(person, skip=skip) if skip else Item(person, _message(thing, day, person)))
    return found


async def _away(tx: Tx, thing: Due, day: Day) -> set[int]:
    """For a reminder: who is on leave when the session begins (LEAVE-08)."""
    session = next((s for s in day.sessions if s.ref == thing.what), None)
    if thing.kind != REMINDER or session is None:
        return set()
    return await leaves.on_leave_at(tx, day.cohort.id, session.starts_at)


async def _marked(tx: Tx, thing: Due, day: Day) -> set[int]:
    """For a reminder: who is in the list already."""
    if thing.kind != REMINDER:
        return set()
    session = next((s for s in day.sessions if s.ref == thing.what), None)
    roll = next((r for r in day.rolls if session and r.session_id == session.id), None)
    found = await marks.of_roll(tx, roll.id) if roll else {}
    return {m for m, mark in found.items() if mark.status != UNMARKED or mark.arrived_at is not None}


def _why_not(thing: Due, person: Addressee, marked: set[int], day: Day) -> Say | None:
    if person.account_id is None:
        return say("clock-unbound")
    if person.blocked_at is not None:
        return say("clock-blocked")
    if thing.kind == REMINDER and person.member_id in marked:
        return say("clock-marked")
    if thing.kind == REMINDER and person.muted:
        return say("clock-muted")
    if thing.kind == TOMORROW and not daycards.tomorrow_is_unusual(day):
        return say("clock-usual")
    return None


def _message(thing: Due, day: Day, person: Addressee) -> Message | None:
    if thing.kind == DAY_CARD:
        return daycards.compose(day, person)
    if thing.kind in STAFF_POSTS:
        return Message(say("digests-sketch"))
    if thing.kind == REMINDER:
        session = next((s for s in day.sessions if s.ref == thing.what), None)
        if session is None:
            return None
        return Message(
            say("checkins-reminder", title=session.title_in(person.lang), at=session.starts_at,
                place=session.place_in(person.lang))
        )  # fmt: skip
    if thing.kind == TOMORROW:
        line = daycards.tomorrow_line(day, person.lang)
        return Message(line, silent=True) if line else None
    first = next((s for s in (day.sessions or day.tomorrow) if s.kind != "meal"), None)
    if first is None:
        return None
    return Message(
        lines(
            say("clock-eve", title=day.cohort.title_in(person.lang), day=day.cohort.first_day, at=first.starts_at,
                place=first.place_in(person.lang)),
            say("clock-eve-bring"),
        )
    )  # fmt: skip


async def note_pulse(tx: Tx, heard_at: datetime, gap: int = 60) -> None:
    """The bot hears. A silence longer than `gap` seconds is kept as an outage (ATT-05)."""
    before = await outages.beat(tx, "intake", heard_at)
    if before is not None and (heard_at - before).total_seconds() > gap:
        await outages.add(tx, before, heard_at)


async def due_of(tx: Tx, cohort: Cohort, start: datetime, end: datetime) -> list[Due]:
    """What is planned for a stretch of time, for `tongxue plan`."""
    return [d for d in await dues.between(tx, cohort.id, start, end) if d.kind in PUSHES | STAFF_POSTS]
