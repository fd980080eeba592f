"""[今日]: the day at a glance; every number leads to its list, every list has one action (DASH-01)."""

from __future__ import annotations

from actions import desk_today, ledgers
from actions.access import access_cohort_of
from actions.attention import to_look_after
from actions.people import who_where
from chat.messages import say
from desk.visits import Page, Visit, Way, page
from rules.roles import STAFF
from texts.render import bare


async def show(visit: Visit) -> Page:
    """The day of the class in which one works."""
    found = await desk_today.look(visit.tx, visit.me, visit.now)
    titles = {n.id: _first(bare(n.html)) for n in found.unread}
    return Page("today.html", say("desk-today"), {"today": found, "titles": titles}, live=("today",))


def _first(text: str) -> str:
    """The beginning of a notice."""
    line = text.strip().partition("\n")[0]
    return line if len(line) <= 30 else line[:29] + "…"


async def attention(visit: Visit) -> Page:
    """[关注学员]: whom to look after, and why."""
    cohort = await access_cohort_of(visit.tx, visit.me)
    found = await to_look_after(
        visit.tx, cohort, await ledgers.book(visit.tx, cohort, visit.now), visit.now, visit.me.roles
    )
    people = [(looked.member.id, who_where(looked.member), looked.why) for looked in found]
    return Page("attention.html", say("desk-attention"), {"people": people}, live=("today",))


WAYS: tuple[Way, ...] = (
    page("/desk/today", show, who=STAFF, nav="desk-today"),
    page("/desk/attention", attention, who=STAFF),
)
