"""The plan of a day: what the clock will send, to whom, when, who is left out and why (SCH-01); what the day asks of
people (XC-09). The same for the chat and the command line; nothing is sent or changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable
from datetime import date, datetime, timedelta

from msgspec import Struct, structs

from actions import daycards, notice_clock, reminders, rollcalls, rolls
from actions.daycards import Day, date_of
from actions.notices import CHASE, GO, LIST
from actions.reminders import Item
from chat.messages import Lines, Message, Say, lines, say
from rules.budget import Burden, burden, is_too_much
from rules.days import class_date, moment
from rules.legs import is_leg
from rules.plans import (
    DAY_CARD,
    DIGEST,
    HEAD_COUNT,
    LEADER_CARD,
    LOG_DIGEST,
    LOG_REMINDER_1,
    LOG_REMINDER_2,
    ROLL_OPENS,
)
from rules.roles import CLASS_TEACHER, TRAINEE
from storage import burdens, cards, digests, dues, members, outbox, sessions
from storage.accounts import Reader
from storage.cohorts import Cohort
from storage.dues import Due
from storage.members import Addressee
from storage.tx import Tx

NAMES = 8
NOTICES = frozenset({GO, CHASE, LIST})


class Skipped(Struct, frozen=True):
    """People who do not get something, and why."""

    why: Say
    people: tuple[Addressee, ...]


class Planned(Struct, frozen=True, kw_only=True):
    """One due thing of a day: whom it goes to (went to, when it is done), and whom not. A notice has a ledger of its
    own, so here it is one line without people."""

    thing: Due
    what: Say
    goes: tuple[Addressee, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def is_done(self) -> bool:
        return self.thing.state == "done"

    @property
    def is_notice(self) -> bool:
        return self.thing.kind in NOTICES


async def of_day(tx: Tx, cohort: Cohort, day: date, now: datetime, lang: str = "zh") -> list[Planned]:
    """The plan of a day of a class as it stands now, in order of time; within everybody's budget."""
    start = moment(day, cohort.rules.messages.day_turns_at, cohort.timezone)
    things = await dues.between(tx, cohort.id, start, start + timedelta(days=1))
    if not things:
        return []
    seen = await daycards.load_day(tx, cohort, min(max(start, now), start + timedelta(days=1) - timedelta(seconds=1)))
    used = await outbox.pushes_of_cohort(tx, cohort.id, day.isoformat())
    found: list[Planned] = []
    for thing in things:
        one = await _planned(tx, thing, structs.replace(seen, now=thing.at), used, lang)
        if one is not None:
            found.append(one)
    return found


async def one(tx: Tx, cohort: Cohort, thing: Due, now: datetime, lang: str = "zh") -> Planned | None:
    """One thing of the plan of its day."""
    day = class_date(thing.at, cohort.timezone, cohort.rules.messages.day_turns_at)
    return next((p for p in await of_day(tx, cohort, day, now, lang) if p.thing.id == thing.id), None)


async def _planned(tx: Tx, thing: Due, day: Day, used: dict[int, int], lang: str) -> Planned | None:
    """One thing; what of it counts is added to `used`. None for what sends nothing to anybody."""
    if thing.kind in NOTICES:
        line = await notice_clock.plan_line(tx, thing) if thing.state == "new" else None
        return Planned(thing=thing, what=line) if line is not None else None
    if thing.kind not in reminders.LISTS and thing.kind not in SKETCHES:
        return None
    if thing.state != "new":
        goes = await _went(tx, thing, day) if thing.state == "done" else ()
        return Planned(thing=thing, what=_name(thing, day, lang), goes=goes) if goes else None
    if thing.kind in SKETCHES:
        items = await reminders.within(tx, thing, day, await SKETCHES[thing.kind](tx, thing, day), used)
    else:
        items = await reminders.items(tx, thing, day, used)
    if not items:
        return None
    goes = tuple(item.person for item in items if item.message is not None)
    for person in goes if reminders.counts(thing) else ():
        if TRAINEE in person.role_set and person.account_id:
            used[person.account_id] = used.get(person.account_id, 0) + 1
    return Planned(thing=thing, what=_name(thing, day, lang), goes=goes, skipped=_skipped(items))


def _skipped(items: Iterable[Item]) -> tuple[Skipped, ...]:
    by_key: dict[str, list[Addressee]] = {}
    for item in items:
        if item.skip is not None:
            by_key.setdefault(item.skip.key, []).append(item.person)
    return tuple(Skipped(say(key), tuple(people)) for key, people in by_key.items())


async def _went(tx: Tx, thing: Due, day: Day) -> tuple[Addressee, ...]:
    """Whom a thing that is done has gone to, by what was posted."""
    if thing.kind == DAY_CARD:
        shown = await cards.members_with(tx, day.cohort.id, thing.what)
        return tuple(p for p in day.people if p.member_id in shown)
    prefix = f"{thing.kind}:{thing.cohort_id}:{thing.what}:"
    if thing.kind in (ROLL_OPENS, HEAD_COUNT):
        roll = reminders.roll_of(thing, day)
        prefix = f"{'call' if thing.kind == ROLL_OPENS else 'count'}:{roll.id if roll else 0}:"
    accounts = await outbox.accounts_of(tx, prefix)
    known = {p.account_id: p for p in day.people if p.account_id}
    return tuple(known.get(id) or nobody(Reader(id)) for id in sorted(accounts))


def _name(thing: Due, day: Day, lang: str) -> Say:
    """What a thing is called; of a session with its title."""
    session = reminders.session_of(thing, day)
    return say(f"plans-kind-{thing.kind}", what=session.title_in(lang) if session else "")


# ---- what other deeds post ---------------------------------------------------------------------------------

SKETCH = Message(say("digests-sketch"))
"""Stands for words that are only known when they are sent."""


async def _called(tx: Tx, thing: Due, day: Day) -> list[Item]:
    """The leaders who will be asked to call their groups; a leg is asked for with the bus call."""
    session, roll = reminders.session_of(thing, day), reminders.roll_of(thing, day)
    if session is None or roll is None or roll.mode not in rolls.CALLED_BY_LEADERS or is_leg(session):
        return []
    return [
        Item(person, SKETCH)
        for person in rollcalls.callers(reminders.trainees(day), await rollcalls.not_here(tx, roll))
    ]


async def _in_charge(tx: Tx, thing: Due, day: Day) -> list[Item]:
    """Digests, and the question for the number in the room."""
    if thing.kind == HEAD_COUNT:
        roll = reminders.roll_of(thing, day)
        if roll is None or roll.closed_at is not None or roll.headcount is not None:
            return []
    return [Item(person, SKETCH) for person in await members.in_charge(tx, day.cohort.id, day.now)]


async def _school_leaders(tx: Tx, thing: Due, day: Day) -> list[Item]:
    """The school leaders, also those who have no seat in the class."""
    known = {p.account_id: p for p in day.people if p.account_id}
    found = []
    for reader in await digests.school_leaders(tx, day.cohort.id) if day.rolls else ():
        found.append(Item(known.get(reader.account_id) or nobody(reader), SKETCH))
    return found


def nobody(reader: Reader) -> Addressee:
    """Somebody of the school without a seat in the class."""
    return Addressee(member_id=0, ref="", name="", roles="", group_no=None, seat_no=None, muted=False,
                     account_id=reader.account_id, lang=reader.lang, zone=reader.zone, blocked_at=None)  # fmt: skip


SKETCHES: dict[str, Callable[[Tx, Due, Day], Awaitable[list[Item]]]] = {
    ROLL_OPENS: _called,
    HEAD_COUNT: _in_charge,
    DIGEST: _in_charge,
    LOG_DIGEST: _in_charge,
    LEADER_CARD: _school_leaders,
}
"""Kinds whose messages are written by deeds of their own; here only whom they go to."""


# ---- what the day asks of people ---------------------------------------------------------------------------


async def burden_of(tx: Tx, cohort: Cohort, day: date) -> Burden:
    """The compulsory acts of a trainee on a day, with the notices to acknowledge that are on their way."""
    start = moment(day, cohort.rules.messages.day_turns_at, cohort.timezone)
    reads = await burdens.reads_between(tx, cohort.id, start, start + timedelta(days=1))
    table = await sessions.of_cohort(tx, cohort.id)
    return burden([s for s in table if date_of(s, cohort) == day], reads)


def burden_lines(found: Burden, cohort: Cohort) -> Lines:
    """The sum of a day, with a warning above what the class allows."""
    limits = cohort.rules.burden
    return lines(
        say("plans-burden", acts=found.acts, minutes=f"{found.minutes:g}", check_ins=found.check_ins, logs=found.logs,
            reads=found.reads),
        say("plans-burden-too-much", acts=limits.max_acts, minutes=limits.max_minutes)
        if is_too_much(found, cohort.rules) else None,
    )  # fmt: skip


# ---- in words ----------------------------------------------------------------------------------------------


def line_of(planned: Planned) -> Say | Lines:
    """One thing in one line: when, what, to how many."""
    at, what, count = planned.thing.at, planned.what, len(planned.goes)
    if planned.is_notice:
        return say("plans-line-notice", at=at, what=what)
    if planned.is_done:
        return say("plans-line-done", at=at, what=what, count=count)
    left = sum(len(s.people) for s in planned.skipped)
    if left:
        return say("plans-line-some", at=at, what=what, count=count, left=left)
    return say("plans-line", at=at, what=what, count=count)


def skip_line(skipped: Skipped) -> Say:
    """Who is left out for one reason: the first by name."""
    more = max(0, len(skipped.people) - NAMES)
    names = [p.name or say("plans-nobody") for p in skipped.people[:NAMES]]
    return say("plans-skips", why=skipped.why, names=names, more=more)


def name_lines(planned: Planned, roles: Collection[str]) -> list[Say]:
    """Everybody by name: those who get it by group with their seats, then those who do not, by reason. Who is reminded
    of a log has none, which the office knows by number only (DASH-05)."""
    if planned.thing.kind in (LOG_REMINDER_1, LOG_REMINDER_2) and CLASS_TEACHER not in roles:
        return [say("plans-names-of-teacher")]
    groups: dict[int, list[Addressee]] = {}
    for person in planned.goes:
        groups.setdefault(person.group_no or 0, []).append(person)
    found = []
    for number in sorted(groups, key=lambda n: (n == 0, n)):
        names = [_named(person) for person in groups[number]]
        found.append(say("plans-group", group=number, names=names) if number else say("plans-others", names=names))
    return [*found, *map(skip_line, planned.skipped)]


def _named(person: Addressee) -> Say:
    if not person.name:
        return say("plans-nobody")
    return say("plans-seat" if person.seat_no else "plans-name", name=person.name, seat=person.seat_no or 0)
