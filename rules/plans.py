"""What the clock sets off in a class: from timetable and numbers to moments (SCH-01, section 22)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct

from rules.days import class_date, moment
from rules.settings import Settings

EVE, DAY_CARD, TURN, TOMORROW = "eve", "day-card", "turn", "tomorrow"
REMINDER, ROLL_OPENS, ROLL_SHUTS = "checkin-reminder", "roll-opens", "roll-shuts"
HEAD_COUNT = "head-count"
DIGEST, LEADER_CARD = "digest", "leader-card"
PUSHES = frozenset({EVE, DAY_CARD, TOMORROW, REMINDER})
"""The kinds that make a telephone ring; of these a person gets one at most after an outage (SCH-05)."""

STAFF_POSTS = frozenset({DIGEST, LEADER_CARD})
"""What class teachers and school leaders get; it is not counted against anybody's budget (section 22)."""

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
