"""[今日计划]: what will be sent on a day, to whom, when, and who is left out and why, for staff (SCH-01, XC-09)."""

from __future__ import annotations

from datetime import date, timedelta

from actions import plans
from actions.access import access_cohort_of, access_due_by_id, need
from actions.people import in_rows
from actions.plans import Planned
from chat.events import Command, Event, Tap
from chat.messages import Button, Refusal, Reply, Rows, button, lines, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from rules.days import class_date
from rules.plans import day_named
from rules.roles import STAFF
from storage.cohorts import Cohort

PAGE = 8
"""Things on a page: with head and burden at most 12 lines (UI-05)."""
NAMES_PAGE = 3
"""Groups on a page of names."""


async def today(turn: Turn, said: Event) -> Reply:
    """The plan of today, or of the day that stands behind /plan: 明天, 3月17日, 2027-03-17."""
    cohort = await access_cohort_of(turn.tx, turn.me)
    words, here = said.args if isinstance(said, Command) else "", _today(turn, cohort)
    day = day_named(words, here) if words else here
    if day is None:
        raise Refusal("plans-which-day")
    return await _page(turn, cohort, day, 0)


async def turned(turn: Turn, said: Tap) -> Reply:
    """Another day or page (`plan:<date>:<page>:e` in place of the one shown; without e a new message)."""
    cohort = await access_cohort_of(turn.tx, turn.me)
    try:
        day = date.fromisoformat(said.args[0] if said.args else "")
    except ValueError:
        raise Refusal("help-old-button") from None
    return await _page(turn, cohort, day, said.number(1), edit="e" in said.args[2:])


def _today(turn: Turn, cohort: Cohort) -> date:
    return class_date(turn.now, cohort.timezone, cohort.rules.messages.day_turns_at)


async def _page(turn: Turn, cohort: Cohort, day: date, number: int, edit: bool = False) -> Reply:
    need(turn.me, *STAFF)
    found = await plans.of_day(turn.tx, cohort, day, turn.now, turn.me.lang)
    pages = max(1, -(-len(found) // PAGE))
    at = min(number, pages - 1)
    shown = found[at * PAGE : (at + 1) * PAGE]
    asked = await plans.burden_of(turn.tx, cohort, day)
    text = lines(
        say("plans-head", date=day, page=at + 1, pages=pages) if found else say("plans-none", date=day),
        *(plans.line_of(planned) for planned in shown),
        plans.burden_lines(asked, cohort) if asked.acts else None,
    )
    return Reply(text, (*_things(shown), *_turns(day, at, pages), _days(day, _today(turn, cohort))), edit=edit)


def _things(shown: list[Planned]) -> Rows:
    """A button for each thing that goes to people: their names."""
    named = [planned for planned in shown if not planned.is_notice]
    return in_rows(
        button(say("plans-cell", at=p.thing.at, what=p.what), "planwho", p.thing.id, 0) for p in named
    )  # fmt: skip


def _turns(day: date, at: int, pages: int) -> Rows:
    iso = day.isoformat()
    keys: list[Button] = [button("plans-before", "plan", iso, at - 1, "e")] if at else []
    keys += [button("plans-after", "plan", iso, at + 1, "e")] if at + 1 < pages else []
    return (tuple(keys),) if keys else ()


def _days(day: date, here: date) -> tuple[Button, ...]:
    """The day before, today, the day after; beside today they are called 昨天 and 明天."""
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    keys = [button("plans-yesterday" if day == here else "plans-day-before", "plan", before.isoformat(), 0, "e")]
    keys += [button("plans-today", "plan", here.isoformat(), 0, "e")] if day != here else []
    return (*keys, button("plans-tomorrow" if day == here else "plans-day-after", "plan", after.isoformat(), 0, "e"))


async def names(turn: Turn, said: Tap) -> Reply:
    """Who gets one thing, by group, and who does not (`planwho:<due>:<page>[:e]`)."""
    need(turn.me, *STAFF)
    thing = await access_due_by_id(turn.tx, turn.me, said.number())
    cohort = await access_cohort_of(turn.tx, turn.me)
    planned = await plans.one(turn.tx, cohort, thing, turn.now, turn.me.lang)
    if planned is None:
        raise Refusal("plans-gone")
    everybody = plans.name_lines(planned, turn.me.roles)
    pages = max(1, -(-len(everybody) // NAMES_PAGE))
    at = min(said.number(1), pages - 1)
    text = lines(plans.line_of(planned), *everybody[at * NAMES_PAGE : (at + 1) * NAMES_PAGE])
    keys = [button("plans-before", "planwho", thing.id, at - 1, "e")] if at else []
    keys += [button("plans-after", "planwho", thing.id, at + 1, "e")] if at + 1 < pages else []
    return Reply(text, (tuple(keys),) if keys else (), edit="e" in said.args[2:])


ROUTES = (
    on_word("menu-plan", today, who=STAFF),
    on_command("plan", today, who=STAFF, about="plans-about"),
    on_tap("plan", turned, who=STAFF),
    on_tap("planwho", names, who=STAFF),
)
