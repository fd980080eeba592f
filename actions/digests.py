"""The day in numbers for class teachers and school leaders, at fixed hours (DASH-03, ATT-06, ATT-28)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from actions import daycards, ledgers, question_numbers
from actions.attention import to_look_after
from actions.ledgers import Entry
from actions.people import in_rows, who_where
from actions.post import post
from chat.messages import Lines, Message, button, lines, say
from rules.attendance import LEAVES, UNMARKED
from rules.days import class_date
from rules.plans import DIGEST
from rules.question_numbers import Numbers
from rules.roles import TEACHERS
from storage import digests, members, questions
from storage.cohorts import Cohort
from storage.dues import Due
from storage.members import Member
from storage.questions import Counts
from storage.rolls import Roll
from storage.tx import Tx

HERE = ("present", "late", "early_leave", "class_duty")
OPEN_BY_NAME = 4
OPEN_BUTTONS = 8
OVERDUE_BY_NAME = 3
LISTS_ON_CARD = 8


class Count(Struct, frozen=True, kw_only=True):
    """A list, or several, in numbers."""

    expected: int = 0
    here: int = 0
    late: int = 0
    away: int = 0
    absent: int = 0
    missing: int = 0

    @property
    def is_full(self) -> bool:
        """Everybody came, and in time."""
        return self.here == self.expected and not self.late

    @classmethod
    def of(cls, found: Counter[str]) -> Count:
        """The numbers of so many marks of each status."""
        return cls(
            expected=found.total(), here=sum(found[s] for s in HERE), late=found["late"],
            away=sum(found[s] for s in LEAVES), absent=found["absent"], missing=found[UNMARKED],
        )  # fmt: skip


class Called(Struct, frozen=True, kw_only=True):
    """A list that was called, with its marks by status."""

    roll: Roll
    today: bool
    is_over: bool
    marks: Counter[str]


def called_lists(entries: Mapping[int, Entry], cohort: Cohort, now: datetime) -> list[Called]:
    """All lists of a class whose bell has rung, in order of time."""
    turns = cohort.rules.messages.day_turns_at
    today = class_date(now, cohort.timezone, turns)
    found: dict[int, Called] = {}
    for entry in entries.values():
        for called in entry.called:
            roll = called.roll
            if roll is None or roll.bell_at > now:
                continue
            if roll.id not in found:
                is_today = class_date(roll.bell_at, cohort.timezone, turns) == today
                is_over = max(roll.shuts_at, called.session.ends_at) <= now
                found[roll.id] = Called(roll=roll, today=is_today, is_over=is_over, marks=Counter())
            found[roll.id].marks[called.status] += 1
    return sorted(found.values(), key=lambda c: (c.roll.bell_at, c.roll.id))


def unclosed(found: list[Called]) -> list[Called]:
    """Those of sessions that are over and still not closed; nothing closes by itself (RULE-2)."""
    return [c for c in found if c.roll.closed_at is None and c.is_over]


async def post_digest(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """Write to the class teachers in charge; skipped when nothing is open and nothing changed since the last one.

    With it everybody is looked at once more for a warning that did not fit into the budget of a day (ATT-13).
    """
    entries = await ledgers.book(tx, cohort, now)
    await ledgers.warn(tx, cohort, entries, now, entries)
    since = await digests.last_done(tx, cohort.id, DIGEST, thing.at) or now - timedelta(days=1)
    found = called_lists(entries, cohort, now)
    left_open = unclosed(found)
    waiting, away = await digests.pending_leaves(tx, cohort.id), await digests.overdue(tx, cohort.id)
    asked = await questions.counts(tx, cohort.id)
    if not (left_open or waiting or away or asked.waiting or await digests.has_changed(tx, cohort.id, since)):
        return
    missing = [entries[id].member for id in away if id in entries]
    looked = len(await to_look_after(tx, cohort, entries, now, TEACHERS))
    for teacher in await members.in_charge(tx, cohort.id, now):
        message = digest(found, left_open, waiting, missing, looked, now, teacher.lang, asked)
        once = f"digest:{cohort.id}:{thing.what}:{teacher.member_id}"
        await post(tx, teacher.reader, message, now, once=once, not_after=thing.until, hold=True)


def digest(
    found: list[Called], left_open: list[Called], waiting: int, away: list[Member], looked: int, now: datetime,
    lang: str, asked: Counts,
) -> Message:  # fmt: skip
    """One digest: the day so far, the lists left open by name, what waits."""
    today = [c for c in found if c.today]
    count = Count.of(sum((c.marks for c in today), Counter()))
    closed = sum(c.roll.closed_at is not None for c in today)
    more = len(left_open) - OPEN_BY_NAME
    text = lines(
        say("digests-head", at=now),
        say("digests-lists", count=len(today), closed=closed) if today else say("digests-none-yet"),
        say("digests-numbers", late=count.late, away=count.away, absent=count.absent, missing=count.missing)
        if today else None,
        say("digests-open") if left_open else None,
        *(_open_line(c, lang) for c in left_open[:OPEN_BY_NAME]),
        say("digests-open-more", more=more) if more > 0 else None,
        say("digests-pending", count=waiting) if waiting else None,
        say("digests-overdue", names=[who_where(m) for m in away[:OVERDUE_BY_NAME]],
            more=max(0, len(away) - OVERDUE_BY_NAME)) if away else None,
        say("digests-questions", count=asked.waiting, late=asked.late) if asked.waiting else None,
        say("digests-attention", count=looked) if looked else None,
    )  # fmt: skip
    cells = [
        button(say("digests-close", title=c.roll.title_in(lang)), "roll", c.roll.id) for c in left_open[:OPEN_BUTTONS]
    ]
    ask = [button("digests-to-questions", "qlist", 0, "open")] if asked.waiting else []
    look = [button("attention-open", "attention", 0)] if looked else []
    return Message(text, (*in_rows(cells), *in_rows([*ask, *look])))


def _open_line(called: Called, lang: str) -> Lines:
    roll = called.roll
    line = say("digests-open-line", at=roll.bell_at, title=roll.title_in(lang), missing=called.marks[UNMARKED])
    return Lines((None if called.today else say("digests-day", day=roll.day), line), "")


async def post_leader_card(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """The evening: numbers without names for the school leaders, and what is left on everybody's own day card."""
    entries = await ledgers.book(tx, cohort, now)
    today = [c for c in called_lists(entries, cohort, now) if c.today]
    asked = await question_numbers.count(tx, cohort, now)
    for leader in await digests.school_leaders(tx, cohort.id) if today else ():
        once = f"leader-card:{cohort.id}:{thing.what}:{leader.account_id}"
        message = leader_card(cohort, today, now, leader.lang, asked)
        await post(tx, leader, message, now, once=once, not_after=thing.until, hold=True)
    await daycards.show_cards(tx, cohort.id, now, only_shown=True)


def leader_card(cohort: Cohort, today: list[Called], now: datetime, lang: str, asked: Numbers) -> Message:
    """「应到50 实到49 迟到1 请假1」 for the day and for each list in which somebody was missing; no names."""
    counts = [(c.roll, Count.of(c.marks)) for c in today]
    odd = [(roll, count) for roll, count in counts if not count.is_full]
    total = Count.of(sum((c.marks for c in today), Counter()))
    left_open = len(unclosed(today))
    rest = len(counts) - min(len(odd), LISTS_ON_CARD)
    date = class_date(now, cohort.timezone, cohort.rules.messages.day_turns_at)
    text = lines(
        say("digests-card", title=cohort.title_in(lang), date=date),
        say("digests-card-total", count=len(counts), expected=total.expected, here=total.here, late=total.late,
            away=total.away),
        *(say("digests-card-list", at=roll.bell_at, title=roll.title_in(lang), expected=count.expected,
              here=count.here, late=count.late, away=count.away) for roll, count in odd[:LISTS_ON_CARD]),
        _rest(rest, len(odd) > LISTS_ON_CARD),
        say("digests-card-open", count=left_open) if left_open else None,
        say("digests-card-questions", count=asked.asked, open=asked.open, late=asked.late) if asked.asked else None,
    )  # fmt: skip
    return Message(text, ((button("digests-card-numbers", "qnumbers"),),) if asked.asked else ())


def _rest(rest: int, some_odd: bool) -> Lines | None:
    """The lists that have no line of their own."""
    if not rest:
        return None
    return lines(say("digests-card-more", count=rest) if some_odd else say("digests-card-full", count=rest))
