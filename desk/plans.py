"""[计划]: what will be sent on a day, to whom, when, and who is left out and why (SCH-01, XC-09)."""

from __future__ import annotations

from datetime import timedelta

from actions import plans
from actions.access import access_cohort_of, need
from chat.messages import Lines, Say, say
from desk.visits import Page, Visit, Way, page
from rules.days import class_date
from rules.roles import STAFF


async def show(visit: Visit) -> Page:
    """The plan of today, or of another day (`?day=2027-03-17`)."""
    need(visit.me, *STAFF)
    cohort = await access_cohort_of(visit.tx, visit.me)
    here = class_date(visit.now, cohort.timezone, cohort.rules.messages.day_turns_at)
    day = visit.day() or here
    found = await plans.of_day(visit.tx, cohort, day, visit.now, visit.me.lang)
    burden = await plans.burden_of(visit.tx, cohort, day)
    names: dict[int, list[Say] | list[Lines]] = {p.thing.id: plans.name_lines(p, visit.me.roles) for p in found}
    asked = plans.burden_lines(burden, cohort) if burden.acts else None
    around = {"before": day - timedelta(days=1), "after": day + timedelta(days=1), "here_day": here}
    values = {"planned": found, "names": names, "asked": asked, "date": day, "now": visit.now, **around}
    return Page("plans.html", say("desk-plans"), values)


WAYS: tuple[Way, ...] = (page("/desk/plans", show, who=STAFF, nav="desk-plans"),)
