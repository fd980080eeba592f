"""The desk's first page: the day of a class in numbers, each with what is to be done about it (DASH-01)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct

from actions import ledgers, log_days
from actions.access import access_cohort_of, need
from actions.attention import Looked, to_look_after
from actions.digests import Called, Count, called_lists, unclosed
from actions.ledgers import Entry
from actions.log_days import Standing
from rules.days import class_date
from rules.roles import STAFF
from storage import desk_today, digests, logs, rolls
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.desk_today import Questions, Unread
from storage.rolls import Roll
from storage.tx import Tx

READ_WITHIN = timedelta(days=7)
"""Notices older than that are no work of today."""


class Listed(Struct, frozen=True, kw_only=True):
    """One list of the day in numbers. `stands`: `closed`, `over` (ended and open still), `on`, `coming`."""

    roll: Roll
    count: Count
    stands: str


class Today(Struct, frozen=True, kw_only=True):
    """Everything on the page."""

    cohort: Cohort
    date: date
    at: datetime
    lists: list[Listed]
    left_open: list[Called]
    """Lists of any day whose session is over and which nobody has closed."""
    leaves: int
    overdue: int
    logs: Standing | None
    logs_waiting: int
    questions: Questions
    unread: list[Unread]
    looked: list[Looked]


async def look(tx: Tx, me: Me, now: datetime) -> Today:
    """Read it all; the same numbers as in digests and on cards."""
    need(me, *STAFF)
    cohort = await access_cohort_of(tx, me)
    entries = await ledgers.book(tx, cohort, now)
    called = called_lists(entries, cohort, now)
    window = await log_days.today(tx, cohort, now)
    return Today(
        cohort=cohort, date=class_date(now, cohort.timezone, cohort.rules.messages.day_turns_at), at=now,
        lists=await _lists(tx, cohort, entries, now), left_open=unclosed(called),
        leaves=await digests.pending_leaves(tx, cohort.id), overdue=len(await digests.overdue(tx, cohort.id)),
        logs=await log_days.standing(tx, cohort, window, now) if window else None,
        logs_waiting=await logs.waiting_of(tx, cohort.id), questions=await desk_today.questions(tx, cohort.id, now),
        unread=await desk_today.unread_notices(tx, cohort.id, now - READ_WITHIN),
        looked=await to_look_after(tx, cohort, entries, now, me.roles),
    )  # fmt: skip


async def _lists(tx: Tx, cohort: Cohort, entries: Mapping[int, Entry], now: datetime) -> list[Listed]:
    """Today's lists, also those that are only open yet."""
    turns = cohort.rules.messages.day_turns_at
    today = class_date(now, cohort.timezone, turns)
    found: dict[int, Counter[str]] = {}
    ends: dict[int, datetime] = {}
    for called in (c for entry in entries.values() for c in entry.called if c.roll is not None):
        assert called.roll is not None
        found.setdefault(called.roll.id, Counter())[called.status] += 1
        ends[called.roll.id] = max(called.roll.shuts_at, called.session.ends_at)
    made = [
        Listed(roll=roll, count=Count.of(found.get(roll.id, Counter())), stands=_stands(roll, ends.get(roll.id), now))
        for roll in await rolls.of_cohort(tx, cohort.id)
        if class_date(roll.bell_at, cohort.timezone, turns) == today and roll.state != "cancelled"
    ]
    return sorted(made, key=lambda listed: (listed.roll.bell_at, listed.roll.id))


def _stands(roll: Roll, ends_at: datetime | None, now: datetime) -> str:
    if roll.closed_at is not None:
        return "closed"
    if roll.opens_at > now:
        return "coming"
    return "over" if ends_at is not None and ends_at <= now else "on"
