"""The timetable: the days of the class beside each other, one session with its facts and its history (CARD-02)."""

from __future__ import annotations

from actions import desk_timetable as deeds
from actions import timetable_changes as wanted
from actions.access import access_cohort_of
from actions.timetable_changes import STATES
from chat.messages import Say, say
from desk.charts import Bar, Part, bars
from desk.visits import Page, Visit, Way, page
from rules.days import class_date
from rules.roles import STAFF
from rules.timetable_changes import SHIFTS
from storage.cohorts import Cohort

NAMES = {"red": "desk-timetable-red", "class": "desk-timetable-class", "field": "desk-timetable-field",
         "talk": "desk-timetable-talk", "quiet": "desk-timetable-quiet"}  # fmt: skip


async def listed(visit: Visit) -> Page:
    """Every day; what of one's changes is not told yet; how the credit hours are spread over the kinds."""
    table = await deeds.look(visit.tx, visit.me, visit.now)
    spread = [(_name(visit, kind), kind, hours) for kind, hours in table.hours]
    notes = {kind: visit.speak.plain(say("desk-timetable-hours", count=hours)) for _, kind, hours in spread}
    picture = bars([Bar(name, (Part(kind, hours),), notes[kind]) for name, kind, hours in spread],
                   visit.speak.plain(say("desk-timetable-spread")),
                   "; ".join(f"{name} {notes[kind]}" for name, kind, _ in spread))  # fmt: skip
    values = {"table": table, "names": NAMES, "picture": picture if any(h for *_, h in spread) else None}
    return Page("timetable.html", say("desk-timetable"), values, live=("roll",))


def _name(visit: Visit, kind: str) -> str:
    return visit.speak.plain(Say(NAMES[kind]))


async def show(visit: Visit) -> Page:
    """One session: how it stands, what may be changed, what was."""
    session = await deeds.find(visit.tx, visit.me, visit.number("id"))
    seen = await deeds.see(visit.tx, visit.me, session, visit.now)
    cohort = await access_cohort_of(visit.tx, visit.me)
    state = say(STATES["cancelled" if session.cancelled else seen.looked.state])
    values = {"seen": seen, "session": session, "state": state, "kind": say(NAMES[seen.cell.colour]), "shifts": SHIFTS}
    if seen.may_change:
        values |= {
            "days": dates_of(cohort), "its_day": class_date(session.starts_at, cohort.timezone),
            "places": await wanted.rooms_and_sites(visit.tx, cohort.id),
            "people": await wanted.lecturers(visit.tx, cohort.id), "lead": session.lead_ref,
        }  # fmt: skip
    title = say("desk-timetable-session", title=session.title_in(visit.me.lang))
    return Page("session.html", title, values, live=("roll",))


def dates_of(cohort: Cohort) -> list[tuple[int, object]]:
    """The days of a class with their numbers."""
    first = cohort.first_day.toordinal()
    days = range((cohort.last_day - cohort.first_day).days + 1)
    return [(ahead + 1, type(cohort.first_day).fromordinal(first + ahead)) for ahead in days]


WAYS: tuple[Way, ...] = (
    page("/desk/timetable", listed, who=STAFF, nav="desk-timetable"),
    page("/desk/timetable/{id}", show, who=STAFF),
)
