"""What the clock sets off in a class: from timetable and numbers to moments (SCH-01, section 22)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct

from rules.clock_words import DATE, DAY, WEEK, day_of, plain
from rules.days import class_date, moment
from rules.legs import ON_CAMPUS, from_campus, is_leg, leaves_at
from rules.settings import Settings

EVE, DAY_CARD, TURN, TOMORROW = "eve", "day-card", "turn", "tomorrow"
REMINDER, ROLL_OPENS, ROLL_SHUTS = "checkin-reminder", "roll-opens", "roll-shuts"
HEAD_COUNT = "head-count"
BUS_CALL, LEG_CALL = "bus-call", "leg-call"
"""The call to everybody of a bus, and to leaders only: legs between sites, and back (BUS-05)."""
JOINT = "joint-post"
CALL = "call"
"""The word to a leader that a list is open; the clock sends it when it opens the list (`ROLL_OPENS`)."""
DIGEST, LEADER_CARD = "digest", "leader-card"
LECTURE_EVE, LECTURE_SOON, SITE_EVE = "lecture-eve", "lecture-soon", "site-eve"
GUESTS = frozenset({LECTURE_EVE, LECTURE_SOON, SITE_EVE})
"""What lecturers and site contacts get: no trainee's budget knows of it (LECT-02, SITE-02)."""

LOG_REMINDER_1, LOG_REMINDER_2, LOG_DIGEST = "log-reminder-1", "log-reminder-2", "log-digest"
LOG_REMINDERS = (LOG_REMINDER_1, LOG_REMINDER_2)

PUSHES = frozenset({EVE, DAY_CARD, TOMORROW, REMINDER, BUS_CALL, LEG_CALL, JOINT, *LOG_REMINDERS}) | GUESTS
"""The kinds that make a telephone ring; of these a person gets one at most after an outage (SCH-05)."""

STAFF_POSTS = frozenset({DIGEST, LEADER_CARD, LOG_DIGEST})
"""What class teachers and school leaders get; it is not counted against anybody's budget (section 22)."""

LECTURE_SOON_BEFORE = timedelta(minutes=60)
SITE_EVE_AT = time(20, 30)
UNLED = frozenset({"meal", "transfer", "dorm_check", "registration"})
"""Kinds of sessions whose lead is nobody who teaches."""

SELF_MODES = frozenset({"code", "tap"})
COUNTED = SELF_MODES | {"leader"}
"""Modes in which people sit in a room that a teacher can count (ATT-03)."""
NOON = time(13)


class Slot(Protocol):
    """What a plan must know of a session."""

    @property
    def ref(self) -> str: ...
    @property
    def day(self) -> int: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def mode(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def cancelled(self) -> bool: ...
    @property
    def credit_hours(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def site_ref(self) -> str: ...
    @property
    def lead_ref(self) -> str: ...
    @property
    def note(self) -> str: ...


S = TypeVar("S", bound=Slot)


class Moment(Struct, frozen=True):
    """One thing for the clock; `what` names day or session, `until` is when it has no sense any more."""

    kind: str
    what: str
    at: datetime
    until: datetime


def has_list(slot: Slot) -> bool:
    """Whether a session is called (ATT-01)."""
    return slot.required and slot.mode != "none" and not slot.cancelled


def window(slot: Slot, rules: Settings) -> tuple[datetime, datetime]:
    """When check-in opens and shuts for a session (ATT-04)."""
    numbers = rules.attendance
    return (
        slot.starts_at - timedelta(minutes=numbers.open_before_min),
        slot.starts_at + timedelta(minutes=numbers.close_after_min),
    )


def first_of_half_days(slots: Iterable[Slot], zone: str) -> list[Slot]:
    """The sessions before which people are reminded: the first with credit hours of each half-day, if they check
    in themselves (SCH-14)."""
    firsts: dict[bool, Slot] = {}
    for slot in sorted(slots, key=lambda s: s.starts_at):
        if has_list(slot) and slot.credit_hours:
            firsts.setdefault(slot.starts_at.astimezone(ZoneInfo(zone)).time() >= NOON, slot)
    return [slot for slot in firsts.values() if slot.mode in SELF_MODES]


def moments(slots: Iterable[Slot], rules: Settings, zone: str) -> list[Moment]:
    """Everything that the clock will set off in a class, from the eve of day 1 to the last list."""
    alive = [slot for slot in slots if not slot.cancelled]
    days: dict[date, list[Slot]] = {}
    for slot in alive:
        days.setdefault(class_date(slot.starts_at, zone), []).append(slot)
    found = [_eve(min(days), rules, zone)] if days else []
    for day in sorted(days):
        found += _day(day, days[day], day + timedelta(days=1) in days, rules, zone)
        found += _for_staff(day, day + timedelta(days=1) in days, rules, zone)
        found += _joint_posts(day, day + timedelta(days=1) in days, rules, zone)
        found += _calls(days[day], rules, zone)
        found += _for_guests(day, days[day], rules, zone)
    for slot in filter(has_list, alive):
        found += _list(slot, rules)
    return sorted(found, key=lambda m: (m.at, m.kind, m.what))


def _eve(first: date, rules: Settings, zone: str) -> Moment:
    eve = first - timedelta(days=1)
    at = moment(eve, rules.messages.eve_card_at, zone)
    return Moment(EVE, first.isoformat(), at, moment(eve, rules.messages.quiet_from, zone))


def _day(day: date, slots: list[Slot], more: bool, rules: Settings, zone: str) -> list[Moment]:
    said = rules.messages
    night = moment(day, said.quiet_from, zone)
    found = [Moment(DAY_CARD, day.isoformat(), moment(day, said.day_card_at, zone), night)]
    if more:
        found.append(Moment(TOMORROW, day.isoformat(), moment(day, said.tomorrow_at, zone), night))
    for at in sorted({t for slot in slots for t in (slot.starts_at, slot.ends_at)}):
        found.append(Moment(TURN, _stamp(at, zone), at, at + timedelta(minutes=30)))
    for slot in first_of_half_days(slots, zone):
        before = timedelta(minutes=said.checkin_remind_min)
        found.append(Moment(REMINDER, slot.ref, slot.starts_at - before, window(slot, rules)[1]))
    return found


def _for_staff(day: date, more: bool, rules: Settings, zone: str) -> list[Moment]:
    """Digests, each until the next, and the evening's card (DASH-03). After a day without a morrow also the next
    morning's digest, which names the lists that were left open (ATT-06)."""
    said = rules.messages
    night = moment(day, said.quiet_from, zone)
    times = [moment(day, clock, zone) for clock in sorted(said.digests)]
    ends = [*(later - timedelta(seconds=1) for later in times[1:]), night]
    if times and not more:
        times.append(moment(day + timedelta(days=1), min(said.digests), zone))
        ends.append(times[-1] + timedelta(hours=4))
    found = [Moment(DIGEST, _stamp(at, zone), at, _after(at, end)) for at, end in zip(times, ends, strict=False)]
    card = moment(day, said.leader_card_at, zone)
    return [*found, Moment(LEADER_CARD, day.isoformat(), card, _after(card, night))]


def _joint_posts(day: date, more: bool, rules: Settings, zone: str) -> list[Moment]:
    """When answers that waited are sent together (SCH-13). After a day without a morrow once more on the next day, for
    what came after its last post: there is no day card any more that could show it."""
    said = rules.messages
    times = [(day, clock) for clock in sorted(said.joint_posts)]
    if times and not more:
        times.append((day + timedelta(days=1), min(said.joint_posts)))
    found = [(moment(on, clock, zone), moment(on, said.quiet_from, zone)) for on, clock in times]
    return [Moment(JOINT, _stamp(at, zone), at, _after(at, end)) for at, end in found]


def _calls(slots: list[Slot], rules: Settings, zone: str) -> list[Moment]:
    """The bus is called some minutes before people gather; the call has sense until it leaves (BUS-05, SCH-04)."""
    before = timedelta(minutes=rules.messages.bus_call_min)
    return [
        Moment(BUS_CALL if from_campus(leg, slots) else LEG_CALL, leg.ref, leg.starts_at - before,
               _after(leg.starts_at - before, leaves_at(leg, zone)))
        for leg in slots if is_leg(leg)
    ]  # fmt: skip


def taught(slots: Iterable[S]) -> list[S]:
    """The sessions that somebody teaches or leads."""
    return [slot for slot in slots if slot.lead_ref and slot.kind not in UNLED and not slot.cancelled]


def visits(slots: Iterable[S]) -> list[S]:
    """The sessions for which a class comes to a site."""
    return [slot for slot in slots if slot.site_ref not in ("", ON_CAMPUS) and not is_leg(slot) and not slot.cancelled]


def _for_guests(day: date, slots: list[Slot], rules: Settings, zone: str) -> list[Moment]:
    """Lecturers are told on the eve and an hour before, site contacts on the eve (LECT-02, SITE-02). Nobody is told in
    the middle of the own session that the next one comes."""
    eve, said = day - timedelta(days=1), rules.messages
    night, own = moment(eve, said.quiet_from, zone), taught(slots)
    found: list[Moment] = []
    if own:
        at = moment(eve, said.tomorrow_at, zone)
        found.append(Moment(LECTURE_EVE, day.isoformat(), at, _after(at, night)))
    if visits(slots):
        at = moment(eve, SITE_EVE_AT, zone)
        found.append(Moment(SITE_EVE, day.isoformat(), at, _after(at, night)))
    for slot in own:
        at = slot.starts_at - LECTURE_SOON_BEFORE
        if not any(o.lead_ref == slot.lead_ref and o.starts_at <= at < o.ends_at for o in own):
            found.append(Moment(LECTURE_SOON, slot.ref, at, slot.starts_at))
    return found


def _after(at: datetime, end: datetime) -> datetime:
    """The end of a moment, where the numbers of a school would put it before its beginning."""
    return max(end, at + timedelta(minutes=10))


def _stamp(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}"


def _list(slot: Slot, rules: Settings) -> list[Moment]:
    opens, shuts = window(slot, rules)
    count = slot.starts_at + timedelta(minutes=rules.attendance.headcount_after_min)
    return [
        Moment(ROLL_OPENS, slot.ref, opens, shuts),
        Moment(ROLL_SHUTS, slot.ref, shuts + timedelta(seconds=1), shuts + timedelta(days=1)),
        *([Moment(HEAD_COUNT, slot.ref, count, slot.ends_at)] if slot.mode in COUNTED and count < slot.ends_at else []),
    ]


def day_named(text: str, today: date) -> date | None:
    """The day that somebody types: 明天, 周三, 3月17日, 2027-03-17; None for anything else."""
    words = plain(text).strip()
    for kind, pattern in (("date", DATE), ("day", DAY), ("week", WEEK)):
        if re.fullmatch(pattern, words):
            return day_of(kind, words, today)
    return None
