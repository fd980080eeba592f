"""When the clock has something to do about logs: reminders, the evening's numbers (LOG-05, LOG-10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from rules.days import class_date, moment
from rules.logs import Window, minutes_before, windows
from rules.plans import LOG_DIGEST, LOG_REMINDERS, Moment, Slot
from rules.settings import Settings

AFTER_DUE = timedelta(minutes=5)


def log_moments(slots: Iterable[Slot], rules: Settings, zone: str) -> list[Moment]:
    """For each training day: at most two reminders, each until the next, and the digest; `what` is the day."""
    days = {slot.day: class_date(slot.starts_at, zone) for slot in slots if slot.day and not slot.cancelled}
    found = windows(days, rules.log, zone)
    return [m for window in found for m in (*_reminders(window, rules), _digest(window, rules, zone))]


def _reminders(window: Window, rules: Settings) -> list[Moment]:
    before = minutes_before(rules.messages.remind_times)[-2:]
    kinds = LOG_REMINDERS[-len(before) :] if before else ()
    at = [window.due_at - timedelta(minutes=m) for m in before]
    ends = [*(later - timedelta(seconds=1) for later in at[1:]), window.due_at]
    found = [Moment(kind, str(window.day), a, end) for kind, a, end in zip(kinds, at, ends, strict=True)]
    return [m for m in found if m.at >= window.opens_at]


def _digest(window: Window, rules: Settings, zone: str) -> Moment:
    usual = moment(window.date, rules.log.digest_at, zone)
    at = window.due_at + AFTER_DUE if window.is_last or usual < window.due_at else usual
    return Moment(LOG_DIGEST, str(window.day), at, max(window.ends_at, at + timedelta(minutes=10)))
