"""A change of the timetable at the desk: prepared, shown with all it does, then done in one step (TIME-01, BC-16)."""

from __future__ import annotations

from datetime import timedelta

from actions import change_outlook, desk_timetable, new_sessions
from actions import timetable_changes as wanted
from actions import timetable_steps as steps
from actions.access import access_change_by_id, access_cohort_of, access_session_by_id, need_scheduler
from actions.change_notices import Proposed
from actions.desk_timetable import CHANGERS
from chat.messages import Refusal, Say, say
from desk import timetable
from desk.visits import Done, Page, Visit, Way, deed, page
from rules.timetable_changes import CALLS, KINDS, SHIFTS, Span, on_day, read_shift, shifted
from storage import session_events
from storage.cohorts import Cohort
from storage.session_events import DRAFT, Change
from storage.sessions import Session


async def _session(visit: Visit) -> Session:
    return await access_session_by_id(visit.tx, visit.me, visit.number("id"))


def _shown(change: Change) -> Done:
    return Done(f"/desk/changes/{change.id}")


# ---- what is wanted ----------------------------------------------------------------------------------------


async def move(visit: Visit) -> Done:
    """Another time: typed, a little earlier or later, the same hours on another day."""
    session = await _session(visit)
    span = _span(visit, session, await access_cohort_of(visit.tx, visit.me))
    return _shown(await wanted.to_move(visit.tx, visit.me, session, span, visit.now))


def _span(visit: Visit, session: Session, cohort: Cohort) -> Span:
    text, day, by = visit.word("time", 60), visit.day("on"), visit.word("by", 5)
    if by in {str(minutes) for minutes in SHIFTS}:
        return shifted(session, timedelta(minutes=int(by)))
    if day is None or read_shift(text) is not None:
        return wanted.read_for(text, session, cohort, visit.now)
    if not text:
        return on_day(session, day, cohort.timezone)
    return wanted.read(text, day, session.ends_at - session.starts_at, cohort, visit.now)


async def place(visit: Visit) -> Done:
    """Another room or site; what is typed counts before what is chosen."""
    session, typed = await _session(visit), visit.word("typed")
    if typed:
        return _shown(await wanted.to_typed_place(visit.tx, visit.me, session, typed, visit.now))
    kind, _, ref = visit.word("place").partition(":")
    return _shown(await wanted.to_place(visit.tx, visit.me, session, kind, ref, visit.now))


async def lecturer(visit: Visit) -> Done:
    """Somebody else teaches, or nobody in particular."""
    session = await _session(visit)
    return _shown(await wanted.to_lecturer(visit.tx, visit.me, session, visit.number("who"), visit.now))


async def cancel(visit: Visit) -> Done:
    """[取消这节]."""
    return _shown(await wanted.to_cancel(visit.tx, visit.me, await _session(visit), visit.now))


async def restore(visit: Visit) -> Done:
    """[恢复这节]."""
    return _shown(await wanted.to_restore(visit.tx, visit.me, await _session(visit), visit.now))


# ---- a new session -----------------------------------------------------------------------------------------


async def new(visit: Visit) -> Page:
    """[加一节]: everything that it needs on one page."""
    cohort_id, cohort = need_scheduler(visit.me), await access_cohort_of(visit.tx, visit.me)
    days = timetable.dates_of(cohort)
    values = {
        "days": days, "chosen": max(1, min(visit.number("day"), len(days))),
        "places": await wanted.rooms_and_sites(visit.tx, cohort_id),
        "kinds": [(kind, say(new_sessions.KIND_NAMES[kind])) for kind in KINDS],
        "calls": [(mode, say(new_sessions.CALL_NAMES[mode])) for mode in CALLS],
    }  # fmt: skip
    return Page("session_new.html", say("desk-timetable-new"), values)


async def add(visit: Visit) -> Done:
    """What was filled in, in the order of the chat; what is refused leaves nothing behind."""
    tx, me = visit.tx, visit.me
    made = await new_sessions.begin(tx, me, _day(visit, await access_cohort_of(tx, me)), visit.word("title"), visit.now)
    made = await new_sessions.set_time(tx, me, made, visit.word("time", 60), visit.now)
    typed, (kind, _, ref) = visit.word("typed"), visit.word("place").partition(":")
    if typed or not ref:
        made = await new_sessions.set_typed_place(tx, me, made, typed)
    else:
        made = await new_sessions.set_place(tx, made, await wanted.known_place(tx, me, kind, ref))
    made = await new_sessions.set_kind(tx, made, visit.word("kind", 20))
    return _shown(await new_sessions.set_call(tx, made, visit.word("call", 10)))


def _day(visit: Visit, cohort: Cohort) -> int:
    return max(1, min(visit.number("day"), (cohort.last_day - cohort.first_day).days + 1))


# ---- shown, then done --------------------------------------------------------------------------------------


async def show(visit: Visit) -> Page:
    """What it would do, or what it did."""
    change = await access_change_by_id(visit.tx, visit.me, visit.number("id"))
    session = change.after
    if session is None or (change.before is None and new_sessions.missing(session)):
        raise Refusal("changes-not-ready")
    is_done = change.act != DRAFT
    stale = not is_done and await desk_timetable.is_stale(visit.tx, change)
    seen = await steps.outlook(visit.tx, visit.me, change, visit.now)
    head, *rest = change_outlook.told(seen, visit.me.lang).parts
    values = {"change": change, "head": head, "lines": [] if is_done or stale else rest, "is_done": is_done,
              "stale": stale, "day": session.day}  # fmt: skip
    title = say("desk-change-done" if is_done else "desk-change", title=session.title_in(visit.me.lang))
    return Page("change.html", title, values)


async def carry_out(visit: Visit) -> Done:
    """[就这样改], with the reason where one is given; a second press does nothing."""
    change = await access_change_by_id(visit.tx, visit.me, visit.number("id"))
    why = visit.word("why", 400)
    if why and change.act == DRAFT:
        change = await wanted.set_why(visit.tx, change, why)
    done = await steps.carry_out(visit.tx, visit.me, change, visit.now)
    toast = say("changes-done-already") if done.again else _toast(done.proposed)
    return Done(_day_of(done.changed.session.day), toast)


def _day_of(day: int) -> str:
    return f"/desk/timetable#d{day}"


def _toast(proposed: Proposed) -> Say:
    """What was done, and what became of telling it."""
    if proposed.notice is not None:
        return say("desk-change-to-tell")
    return say("changes-dropped") if proposed.dropped else say("changes-done-all")


async def drop(visit: Visit) -> Done:
    """[先不改]: nothing has changed."""
    change = await access_change_by_id(visit.tx, visit.me, visit.number("id"))
    if change.act != DRAFT:
        return Done(_shown(change).to, say("changes-done-already"))
    await session_events.remove_draft(visit.tx, change.id)
    to = f"/desk/timetable/{change.session_id}" if change.session_id else "/desk/timetable"
    return Done(to, say("changes-not-done"))


WAYS: tuple[Way, ...] = (
    page("/desk/timetable/new", new, who=CHANGERS),
    deed("/desk/timetable/new", add, who=CHANGERS, again=new),
    deed("/desk/timetable/{id}/time", move, who=CHANGERS, again=timetable.show),
    deed("/desk/timetable/{id}/place", place, who=CHANGERS, again=timetable.show),
    deed("/desk/timetable/{id}/lecturer", lecturer, who=CHANGERS, again=timetable.show),
    deed("/desk/timetable/{id}/cancel", cancel, who=CHANGERS, again=timetable.show),
    deed("/desk/timetable/{id}/restore", restore, who=CHANGERS, again=timetable.show),
    page("/desk/changes/{id}", show, who=CHANGERS),
    deed("/desk/changes/{id}/do", carry_out, who=CHANGERS, again=show),
    deed("/desk/changes/{id}/drop", drop, who=CHANGERS),
)
