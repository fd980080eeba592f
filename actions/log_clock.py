"""What the clock does about logs: reminds who has none, and writes the evening's numbers (LOG-05, LOG-10)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from actions import log_days
from actions.log_days import Standing
from actions.people import who_where
from actions.post import post
from chat.messages import Lines, Message, Rows, Say, button, lines, say
from rules.plans import LOG_DIGEST
from storage import log_reviews, members
from storage.cohorts import Cohort
from storage.dues import Due
from storage.members import Addressee
from storage.tx import Tx

NAMES = 12


class Reminded(Struct, frozen=True):
    """One trainee before a log is due: what is said, and why it is not said to this one."""

    person: Addressee
    message: Message
    why_not: Say | None = None
    away: bool = False


async def to_remind(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> list[Reminded]:
    """Every trainee, as it stands at this moment: a draft has words of its own, who is on leave is left alone, who has
    handed in hears nothing (AT-30)."""
    window = next((w for w in await log_days.windows_of(tx, cohort) if w.day == int(thing.what)), None)
    if window is None:
        return []
    day = await log_days.standing(tx, cohort, window, now)
    missing = {p.member_id for p in day.missing}
    return [
        Reminded(
            person, log_days.reminder(day, person, now),
            None if person.member_id in missing else say("clock-has-log"), person.member_id in day.away,
        )
        for person in day.people
    ]  # fmt: skip


async def post_digest(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """The evening's numbers and names to the class teachers in charge, with [一键提醒] (LOG-10)."""
    window = next((w for w in await log_days.windows_of(tx, cohort) if w.day == int(thing.what)), None)
    if window is None:
        return
    day = await log_days.standing(tx, cohort, window, now)
    old = await log_reviews.long_unread(tx, cohort.id, now - timedelta(hours=cohort.rules.log.unread_alarm_hours))
    for teacher in await members.in_charge(tx, cohort.id, now):
        once = f"log-digest:{cohort.id}:{thing.what}:{teacher.member_id}"
        message = Message(digest(day, old, cohort), digest_rows(day))
        await post(tx, teacher.reader, message, now, once=once, not_after=thing.until, hold=True)


def digest(day: Standing, old: int, cohort: Cohort) -> Lines:
    """The numbers, and who is missing, by name."""
    names = [who_where(p) for p in day.missing]
    return lines(
        say("logs-day", day=day.window.day, date=day.window.date),
        log_days.numbers_line(day),
        say("logs-digest-missing", names=names[:NAMES], more=max(0, len(names) - NAMES)) if names else None,
        say("logs-digest-away", count=len(day.away)) if day.away else None,
        say("logs-alarm", count=old, hours=cohort.rules.log.unread_alarm_hours) if old else None,
    )


def digest_rows(day: Standing) -> Rows:
    """[开始批] and what can be done about those who are missing."""
    start = button("logs-start", "logstart")
    missing = (button("logs-missing", "logmissing", day.window.day), button("logs-remind", "logremind", day.window.day))
    return ((start,), missing) if day.missing else ((start,),)


DEEDS = {LOG_DIGEST: post_digest}
