"""[改课]: choose a day, a session, and what is to be different: time, place, lecturer, cancelled, back (TIME-01)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from actions import timetable_changes as deeds
from actions.access import access_cohort_of, access_session_by_id, need_scheduler
from actions.change_notices import wording_of
from actions.change_words import in_button
from actions.people import in_rows
from actions.timetable_changes import ROOM, SITE, Looked
from chat.events import Event, Tap, Text
from chat.messages import Button, Lines, Refusal, Reply, Rows, Say, button, lines, say
from chat.turns import on_command, on_step, on_tap, on_word
from handlers import timetable_change_steps as steps
from handlers.timetable_change_steps import CHANGERS, left
from handlers.timetable_change_steps import PLACE_STEP as PLACE
from handlers.timetable_change_steps import TIME_STEP as TIME
from handlers.turns import Turn
from rules.days import class_date
from rules.timetable_changes import SHIFTS, Span, on_day, shifted
from storage import sessions
from storage.cohorts import Cohort
from storage.sessions import Session

IN_PLACE = "e"
PAGE = 8
PLACES = {ROOM: "changes-room", SITE: "changes-site"}


# ---- day and session ---------------------------------------------------------------------------------------


async def today(turn: Turn, said: Event) -> Reply:
    """Today, or the next day of the class."""
    need_scheduler(turn.me)
    cohort = await access_cohort_of(turn.tx, turn.me)
    now, table = class_date(turn.now, cohort.timezone), await sessions.of_cohort(turn.tx, cohort.id)
    days = {s.day: class_date(s.starts_at, cohort.timezone) for s in table}
    ahead = [number for number, date in sorted(days.items()) if date >= now]
    return await _day(turn, cohort, ahead[0] if ahead else max(days, default=1))


async def day(turn: Turn, said: Tap) -> Reply:
    """One day (`chg:<day>[:e]`)."""
    need_scheduler(turn.me)
    return await _day(turn, await access_cohort_of(turn.tx, turn.me), said.number(), edit=IN_PLACE in said.args[1:])


async def _day(turn: Turn, cohort: Cohort, number: int, *, edit: bool = False) -> Reply:
    """Its sessions as buttons, the cancelled ones too; [加一节]; the other days."""
    table = await sessions.of_cohort(turn.tx, cohort.id)
    last = (cohort.last_day - cohort.first_day).days + 1
    number = min(max(number, 1), max([last, *(s.day for s in table)]))
    date = deeds.date_of(cohort, table, number)
    wording = await wording_of(turn.tx, cohort)
    cells = [button(in_button(s, wording, turn.me.lang), "chgs", s.id, IN_PLACE) for s in table if s.day == number]
    days = sorted({*range(1, last + 1), *(s.day for s in table)})
    turns = [button(say("timetable-nth", day=d), "chg", d, IN_PLACE) for d in days if d != number]
    add = button("changes-add", "chgadd", number)
    text = lines(say("changes-day", day=number, date=date), say("changes-pick" if cells else "changes-empty-day"))
    return Reply(text, (*in_rows(cells, 1), (add,), *in_rows(turns, 5)), then=left(turn), edit=edit)


async def session(turn: Turn, said: Tap) -> Reply:
    """One session as it stands, and what can be changed (`chgs:<session>[:e]`)."""
    found = await access_session_by_id(turn.tx, turn.me, said.number())
    return await _session(turn, found, edit=IN_PLACE in said.args[1:])


async def _session(turn: Turn, session: Session, *, edit: bool = False) -> Reply:
    looked = await deeds.look(turn.tx, await access_cohort_of(turn.tx, turn.me), session, turn.now)
    return Reply(_page(looked, turn.me.lang), _ways(session), then=left(turn), edit=edit)


def _page(looked: Looked, lang: str) -> Lines:
    session, wording = looked.session, looked.wording
    return lines(
        say("changes-session", title=session.title_in(lang)),
        say("changes-now-time", when=wording.when(session)),
        say("changes-now-place", place=session.place_in(lang) or say("changes-no-place")),
        say("changes-now-lecturer", name=wording.name(session.lead_ref)),
        say(deeds.STATES["cancelled" if session.cancelled else looked.state]),
        say("changes-marked", count=looked.marked) if looked.marked else None,
    )


def _ways(session: Session) -> Rows:
    back = button(say("timetable-nth", day=session.day), "chg", session.day, IN_PLACE)
    if session.cancelled:
        return ((button("changes-do-restore", "chgon", session.id),), (back,))
    return (
        (button("changes-do-time", "chgtime", session.id), button("changes-do-place", "chgplace", session.id)),
        (button("changes-do-lecturer", "chglead", session.id, 0), button("changes-do-cancel", "chgoff", session.id)),
        (back,),
    )


# ---- time --------------------------------------------------------------------------------------------------


async def times(turn: Turn, said: Tap) -> Reply:
    """[改时间]: a little earlier or later, the same hours on another day; or typed."""
    session = await access_session_by_id(turn.tx, turn.me, said.number())
    await deeds.need_movable(turn.tx, turn.me, session, turn.now)
    cohort = await access_cohort_of(turn.tx, turn.me)
    wording = await wording_of(turn.tx, cohort)
    cells: list[Button] = []
    for minutes in SHIFTS:
        span = shifted(session, timedelta(minutes=minutes))
        if span.starts_at > turn.now:
            key = "changes-later" if minutes > 0 else "changes-earlier"
            label = say(key, minutes=abs(minutes), hours=wording.hours(span))
            cells.append(_time_button(label, session, span))
    text = lines(
        say("changes-session", title=session.title_in(turn.me.lang)),
        say("changes-now-time", when=wording.when(session)),
        say("changes-ask-time"),
    )
    rows = (*in_rows(cells), *in_rows(await _other_days(turn, cohort, session), 4), (_back(session),))
    return Reply(text, rows, then=TIME, memo={"id": session.id}, edit=True)


async def _other_days(turn: Turn, cohort: Cohort, session: Session) -> list[Button]:
    """The same hours on each other day of the class."""
    found: list[Button] = []
    for ahead in range((cohort.last_day - cohort.first_day).days + 1):
        date = cohort.first_day + timedelta(days=ahead)
        span = on_day(session, date, cohort.timezone)
        if date != class_date(session.starts_at, cohort.timezone) and span.starts_at > turn.now:
            found.append(_time_button(say("changes-on-day", day=ahead + 1), session, span))
    return found[:12]


def _time_button(label: Say, session: Session, span: Span) -> Button:
    ends = (round(at.timestamp()) // 60 for at in (span.starts_at, span.ends_at))
    return button(label, "chgto", session.id, *ends)


def _back(session: Session) -> Button:
    return button("changes-back", "chgs", session.id, IN_PLACE)


async def time(turn: Turn, said: Tap) -> Reply:
    """A time that was offered (`chgto:<session>:<start>:<end>`, in minutes since 1970)."""
    session = await access_session_by_id(turn.tx, turn.me, said.number())
    start, end = (datetime.fromtimestamp(min(said.number(n), 10**9) * 60, UTC) for n in (1, 2))
    change = await deeds.to_move(turn.tx, turn.me, session, Span(start, end), turn.now)
    return await steps.screen(turn, change, edit=True)


async def typed_time(turn: Turn, said: Event) -> Reply:
    """A time as people type it; what cannot be read is asked again."""
    session = await access_session_by_id(turn.tx, turn.me, turn.talk.number("id"))
    cohort = await access_cohort_of(turn.tx, turn.me)
    try:
        span = deeds.read_for(text_of(said), session, cohort, turn.now)
        change = await deeds.to_move(turn.tx, turn.me, session, span, turn.now)
    except Refusal as no:
        return steps.again(turn, no, TIME)
    return await steps.screen(turn, change)


# ---- place, lecturer, life ---------------------------------------------------------------------------------


async def places(turn: Turn, said: Tap) -> Reply:
    """[改地点]: rooms and sites of the class; or typed."""
    session = await access_session_by_id(turn.tx, turn.me, said.number())
    cells = await place_buttons(turn, "chgroom", session.id)
    text = lines(
        say("changes-session", title=session.title_in(turn.me.lang)),
        say("changes-now-place", place=session.place_in(turn.me.lang) or say("changes-no-place")),
        say("changes-ask-place"),
    )
    return Reply(text, (*in_rows(cells), (_back(session),)), then=PLACE, memo={"id": session.id}, edit=True)


async def place_buttons(turn: Turn, verb: str, id: int) -> list[Button]:
    """A button a place; one whose id does not fit into a button can be typed."""
    found: list[Button] = []
    for kind, place in await deeds.rooms_and_sites(turn.tx, need_scheduler(turn.me)):
        name = place.name_en or place.name if turn.me.lang == "en" else place.name
        cell = button(say(PLACES[kind], name=name), verb, id, kind, place.ref)
        if ":" not in place.ref and len(cell.data.encode()) <= 64:
            found.append(cell)
    return found[:24]


async def place(turn: Turn, said: Tap) -> Reply:
    """A place with one tap (`chgroom:<session>:<r|s>:<id of the file>`)."""
    session = await access_session_by_id(turn.tx, turn.me, said.number())
    kind, ref = place_of(said)
    return await steps.screen(turn, await deeds.to_place(turn.tx, turn.me, session, kind, ref, turn.now), edit=True)


def place_of(said: Tap) -> tuple[str, str]:
    """What kind of place, and which, in a button."""
    return (said.args[1], said.args[2]) if len(said.args) > 2 else ("", "")


async def typed_place(turn: Turn, said: Event) -> Reply:
    """A place in words."""
    session = await access_session_by_id(turn.tx, turn.me, turn.talk.number("id"))
    try:
        change = await deeds.to_typed_place(turn.tx, turn.me, session, text_of(said), turn.now)
    except Refusal as no:
        return steps.again(turn, no, PLACE)
    return await steps.screen(turn, change)


async def lecturers(turn: Turn, said: Tap) -> Reply:
    """[换讲师] (`chglead:<session>:<from>`): a page of those who may teach."""
    session = await access_session_by_id(turn.tx, turn.me, said.number())
    cohort = await access_cohort_of(turn.tx, turn.me)
    people = await deeds.lecturers(turn.tx, cohort.id)
    begin = said.number(1) if said.number(1) < len(people) else 0
    shown = people[begin : begin + PAGE]
    cells = [button(say("changes-person", name=m.name), "chglec", session.id, m.id) for m in shown]
    last = [button("changes-nobody-button", "chglec", session.id, 0)] if session.lead_ref else []
    if len(people) > PAGE:
        last.append(button("rolls-next", "chglead", session.id, begin + PAGE))
    wording = await wording_of(turn.tx, cohort)
    text = lines(
        say("changes-session", title=session.title_in(turn.me.lang)),
        say("changes-now-lecturer", name=wording.name(session.lead_ref)),
        say("changes-ask-lecturer"),
    )
    return Reply(text, (*in_rows(cells), tuple(last), (_back(session),)), edit=True)


async def lecturer(turn: Turn, said: Tap) -> Reply:
    """Somebody else teaches (`chglec:<session>:<member>`)."""
    session = await access_session_by_id(turn.tx, turn.me, said.number())
    change = await deeds.to_lecturer(turn.tx, turn.me, session, said.number(1), turn.now)
    return await steps.screen(turn, change, edit=True)


async def cancel(turn: Turn, said: Tap) -> Reply:
    """[取消这节]."""
    session = await access_session_by_id(turn.tx, turn.me, said.number())
    return await steps.screen(turn, await deeds.to_cancel(turn.tx, turn.me, session, turn.now), edit=True)


async def restore(turn: Turn, said: Tap) -> Reply:
    """[恢复]."""
    session = await access_session_by_id(turn.tx, turn.me, said.number())
    return await steps.screen(turn, await deeds.to_restore(turn.tx, turn.me, session, turn.now), edit=True)


def text_of(said: Event) -> str:
    return said.text if isinstance(said, Text) else ""


ROUTES = (
    on_word("menu-change", today, who=CHANGERS),
    on_command("change", today, who=CHANGERS, about="changes-about"),
    on_tap("chg", day, who=CHANGERS),
    on_tap("chgs", session, who=CHANGERS),
    on_tap("chgtime", times, who=CHANGERS),
    on_tap("chgto", time, who=CHANGERS),
    on_step(TIME, typed_time, who=CHANGERS),
    on_tap("chgplace", places, who=CHANGERS),
    on_tap("chgroom", place, who=CHANGERS),
    on_step(PLACE, typed_place, who=CHANGERS),
    on_tap("chglead", lecturers, who=CHANGERS),
    on_tap("chglec", lecturer, who=CHANGERS),
    on_tap("chgoff", cancel, who=CHANGERS),
    on_tap("chgon", restore, who=CHANGERS),
)
