"""Who gets a message of the clock and what it says, who does not and why; by the facts of the moment (SCH-08)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from actions import daycards, guests, joint, leaves, log_clock, rollcalls
from actions.daycards import Day
from actions.post import day_ends
from chat.messages import Message, Say, button, lines, say
from rules import budget
from rules.legs import leaves_at
from rules.plans import (
    BUS_CALL,
    CALL,
    DAY_CARD,
    EVE,
    JOINT,
    LECTURE_EVE,
    LECTURE_SOON,
    LEG_CALL,
    LOG_REMINDER_1,
    LOG_REMINDER_2,
    REMINDER,
    ROLL_OPENS,
    SITE_EVE,
    TOMORROW,
)
from rules.roles import LEADER, TRAINEE
from storage import dues, joint_items, marks, outbox
from storage.dues import Due
from storage.joint_items import JointItem
from storage.marks import UNMARKED
from storage.members import Addressee
from storage.rolls import Roll
from storage.sessions import Session
from storage.tx import Tx


class Item(Struct, frozen=True):
    """One message of a due thing to one person, or the reason why it is not sent to this one. `cut`: there is no room
    on the day for it, so the words go on the card; `joined` are the answers that it brings."""

    person: Addressee
    message: Message | None = None
    skip: Say | None = None
    cut: Message | None = None
    joined: tuple[JointItem, ...] = ()


async def items(tx: Tx, thing: Due, day: Day, used: Mapping[int, int] | None = None) -> list[Item]:
    """Whom a due thing goes to, within everybody's budget of the day. `used` are the pushes so far by account, where
    they are not those that were made."""
    return await within(tx, thing, day, await LISTS[thing.kind](tx, thing, day), used)


async def within(
    tx: Tx, thing: Due, day: Day, found: list[Item], used: Mapping[int, int] | None = None
) -> list[Item]:  # fmt: skip
    """The same messages as far as there is room for them on people's days."""
    kind = kind_of(thing)
    if budget.rank_of(kind) is None or kind not in budget.KINDS:
        return found
    counted = await outbox.pushes_of_cohort(tx, day.cohort.id, day.date.isoformat()) if used is None else used
    planned = await _ahead(tx, thing, day)
    return [_within(item, kind, counted, planned, day) for item in found]


def kind_of(thing: Due) -> str:
    """The kind of message by which a due thing is counted."""
    return CALL if thing.kind == ROLL_OPENS else thing.kind


def counts(thing: Due) -> bool:
    """Whether a message of this kind is one of the pushes of a trainee's day."""
    return kind_of(thing) in budget.KINDS


async def _ahead(tx: Tx, thing: Due, day: Day) -> list[str]:
    ends = day_ends(day.now, day.cohort.timezone, day.cohort.rules)
    later = await dues.between(tx, day.cohort.id, day.now, ends)
    return [other.kind for other in later if other.state == "new" and other.id != thing.id]


def _within(item: Item, kind: str, used: Mapping[int, int], planned: Iterable[str], day: Day) -> Item:
    person = item.person
    if item.message is None or TRAINEE not in person.role_set:
        return item
    ahead = [k for k in planned if budget.meant_for(k, person.role_set, bool(person.muted))]
    if budget.fits(kind, used.get(person.account_id or 0, 0), ahead, day.cohort.rules):
        return item
    return Item(person, skip=say("clock-budget"), cut=item.message, joined=item.joined)


# ---- who, of each kind -------------------------------------------------------------------------------------


def _out_of_reach(person: Addressee) -> Say | None:
    if person.account_id is None:
        return say("clock-unbound")
    return say("clock-blocked") if person.blocked_at is not None else None


def _trainee(
    person: Addressee, at: datetime | None, away: Collection[int], kind: str, why: Say | None = None
) -> Say | None:  # fmt: skip
    """Why a trainee is not reminded of something that begins `at`; `why` is a reason of this kind alone."""
    if at is not None and person.joined_at is not None and person.joined_at > at:
        return say("clock-not-yet")
    if person.member_id in away:
        return say("clock-away")
    if (no := _out_of_reach(person)) is not None:
        return no
    return say("clock-muted") if person.muted and kind in budget.OPTIONAL else why


def trainees(day: Day) -> list[Addressee]:
    """The trainees of a day, bound or not."""
    return [p for p in day.people if TRAINEE in p.role_set]


async def _eve(tx: Tx, thing: Due, day: Day) -> list[Item]:
    first = next((s for s in (day.sessions or day.tomorrow) if s.kind != "meal"), None)
    if first is None:
        return []
    found = []
    for person in trainees(day):
        text = lines(
            say("clock-eve", title=day.cohort.title_in(person.lang), day=day.cohort.first_day, at=first.starts_at,
                place=first.place_in(person.lang)),
            say("clock-eve-bring"),
        )  # fmt: skip
        found.append(_item(person, _out_of_reach(person), EVE, Message(text)))
    return found


async def _day_card(tx: Tx, thing: Due, day: Day) -> list[Item]:
    """Everybody of the class, in his role; who comes to the class later has no card yet."""
    last = max((s.ends_at for s in day.sessions), default=day.now)
    found = []
    for person in day.people:
        no = _trainee(person, last, (), DAY_CARD)
        found.append(_item(person, no, DAY_CARD, daycards.compose(day, person)))
    return found


async def _tomorrow(tx: Tx, thing: Due, day: Day) -> list[Item]:
    first = next((s for s in day.tomorrow if s.kind != "meal"), None)
    if first is None:
        return []
    away = await leaves.on_leave_at(tx, day.cohort.id, first.starts_at)
    why = None if daycards.tomorrow_is_unusual(day) else say("clock-usual")
    found = []
    for person in trainees(day):
        line = daycards.tomorrow_line(day, person.lang)
        no = _trainee(person, first.starts_at, away, TOMORROW, why)
        found.append(_item(person, no, TOMORROW, Message(line) if line else None))
    return found


async def _reminder(tx: Tx, thing: Due, day: Day) -> list[Item]:
    """Who is not in the list yet, as long as it is open (SCH-14)."""
    session, roll = session_of(thing, day), roll_of(thing, day)
    if session is None:
        return []
    away = await leaves.on_leave_at(tx, day.cohort.id, session.starts_at)
    marked = await _marked(tx, roll)
    shut = say("clock-closed") if roll is not None and roll.closed_at is not None else None
    found = []
    for person in trainees(day):
        why = say("clock-marked") if person.member_id in marked else shut
        no = _trainee(person, session.starts_at, away, REMINDER, why)
        text = say("checkins-reminder", title=session.title_in(person.lang), at=session.starts_at,
                   place=session.place_in(person.lang))  # fmt: skip
        found.append(_item(person, no, REMINDER, Message(text)))
    return found


async def _bus_call(tx: Tx, thing: Due, day: Day) -> list[Item]:
    """From the school everybody of the bus, on other legs whoever calls a group: leader, or the deputy in his place."""
    leg, roll = session_of(thing, day), roll_of(thing, day)
    if leg is None:
        return []
    away = await leaves.on_leave_at(tx, day.cohort.id, leg.starts_at)
    busy = away | (await rollcalls.not_here(tx, roll) if roll else set())
    callers = {p.member_id for p in rollcalls.callers(trainees(day), busy)}
    found = []
    for person in trainees(day):
        no, calls = _trainee(person, leg.starts_at, away, thing.kind), person.member_id in callers
        if thing.kind == LEG_CALL and not calls and (no is None or LEADER not in person.role_set):
            continue
        found.append(_item(person, no, thing.kind, _bus_words(leg, roll if calls else None, person)))
    return found


def _bus_words(leg: Session, roll: Roll | None, person: Addressee) -> Message:
    """When, which bus, where to, when it leaves; who calls a group can do it from here."""
    departs, place = leaves_at(leg, person.zone), leg.place_in(person.lang)
    text = lines(
        say("clock-bus", at=leg.starts_at, title=leg.title_in(person.lang)),
        say("clock-bus-yours", bus=person.bus) if person.bus else None,
        say("clock-bus-to", place=place) if place else None,
        say("clock-bus-leaves", at=departs) if departs > leg.starts_at else None,
        say("clock-bus-count") if roll is not None else None,
    )
    grid = button("rolls-call-group", "rollgrid", roll.id, person.group_no or 0) if roll is not None else None
    return Message(text, ((grid,),) if grid else ())


async def _joint(tx: Tx, thing: Due, day: Day) -> list[Item]:
    """Who has answers waiting; being on leave or muting reminders changes nothing: one asked for them oneself."""
    waiting = await joint_items.waiting(tx, day.cohort.id)
    found = []
    for person in day.people:
        mine = waiting.get(person.member_id)
        if mine:
            no = _out_of_reach(person)
            message = None if no else joint.together(mine)
            found.append(Item(person, message, no, joined=tuple(mine)))
    return found


async def _log(tx: Tx, thing: Due, day: Day) -> list[Item]:
    """Who has not handed in the log of the day (LOG-05)."""
    found = []
    for one in await log_clock.to_remind(tx, thing, day.cohort, day.now):
        away = {one.person.member_id} if one.away else ()
        no = _trainee(one.person, day.now, away, thing.kind, one.why_not)
        found.append(_item(one.person, no, thing.kind, one.message))
    return found


async def _to_lecturers(tx: Tx, thing: Due, day: Day) -> list[Item]:
    return [_guest(*told) for told in await guests.to_lecturers(tx, thing, day)]


async def _to_contacts(tx: Tx, thing: Due, day: Day) -> list[Item]:
    return [_guest(*told) for told in await guests.to_contacts(tx, thing, day)]


def _guest(person: Addressee, message: Message) -> Item:
    no = _out_of_reach(person)
    return Item(person, skip=no) if no else Item(person, message)


def _item(person: Addressee, no: Say | None, kind: str, message: Message | None) -> Item:
    if no is not None or message is None:
        return Item(person, skip=no)
    return Item(person, Message(message.text, message.buttons, silent=budget.is_silent(kind)))


def session_of(thing: Due, day: Day) -> Session | None:
    """The session of the day that a thing is about."""
    return next((s for s in day.sessions if s.ref == thing.what), None)


def roll_of(thing: Due, day: Day) -> Roll | None:
    """Its list, where it has one."""
    session = session_of(thing, day)
    return next((r for r in day.rolls if session is not None and r.session_id == session.id), None)


async def _marked(tx: Tx, roll: Roll | None) -> set[int]:
    """Who is in the list already, or came too late to be put there by himself."""
    found = await marks.of_roll(tx, roll.id) if roll else {}
    return {m for m, mark in found.items() if mark.status != UNMARKED or mark.arrived_at is not None}


LISTS: dict[str, Callable[[Tx, Due, Day], Awaitable[list[Item]]]] = {
    EVE: _eve,
    DAY_CARD: _day_card,
    TOMORROW: _tomorrow,
    REMINDER: _reminder,
    LOG_REMINDER_1: _log,
    LOG_REMINDER_2: _log,
    BUS_CALL: _bus_call,
    LEG_CALL: _bus_call,
    JOINT: _joint,
    LECTURE_EVE: _to_lecturers,
    LECTURE_SOON: _to_lecturers,
    SITE_EVE: _to_contacts,
}
"""The kinds of `PUSHES`: a message to each person."""
