"""[加一节]: a new session in the timetable, asked step by step (TIME-01)."""

from __future__ import annotations

from actions import new_sessions as deeds
from actions import timetable_changes as wanted
from actions.access import access_change_by_id, access_cohort_of, need_scheduler
from actions.change_notices import wording_of
from actions.people import in_rows
from chat.events import Event, Tap
from chat.messages import Keyboard, Lines, Refusal, Reply, button, lines, say
from chat.turns import on_step, on_tap
from handlers import timetable_change_steps as steps
from handlers.timetable_change_steps import CHANGERS
from handlers.timetable_changes import place_buttons, place_of, text_of
from handlers.turns import Turn
from rules.timetable_changes import CALLS, KINDS
from storage import session_events, sessions
from storage.session_events import Change

TITLE, TIME, PLACE = "new-session-title", "new-session-time", "new-session-place"
BACK = Keyboard(((say("menu-back"),),))


async def begin(turn: Turn, said: Tap) -> Reply:
    """[加一节] (`chgadd:<day>`): what is it called?"""
    need_scheduler(turn.me)
    cohort = await access_cohort_of(turn.tx, turn.me)
    day = max(1, min(said.number(), (cohort.last_day - cohort.first_day).days + 1))
    date = wanted.date_of(cohort, await sessions.of_cohort(turn.tx, cohort.id), day)
    return Reply(say("changes-new-title", date=date), keyboard=BACK, then=TITLE, memo={"day": day})


async def title(turn: Turn, said: Event) -> Reply:
    """The title, typed."""
    try:
        change = await deeds.begin(turn.tx, turn.me, turn.talk.number("day") or 1, text_of(said), turn.now)
    except Refusal as no:
        return steps.again(turn, no, TITLE)
    return await ask_next(turn, change)


async def ask_next(turn: Turn, change: Change, *, edit: bool = False) -> Reply:
    """What the new session still wants; when nothing, what it would do."""
    session, memo = deeds.session_of(change), {"id": change.id}
    head = say("changes-session", title=session.title)
    step = deeds.missing(session)
    if step == "time":
        return Reply(lines(head, say("changes-new-time")), then=TIME, memo=memo, edit=edit)
    head_and_when = await _head(turn, change)
    if step == "place":
        cells = await place_buttons(turn, "chgaddat", change.id)
        return Reply(lines(head_and_when, say("changes-ask-place")), in_rows(cells), then=PLACE, memo=memo, edit=edit)
    if step == "kind":
        cells = [button(deeds.KIND_NAMES[kind], "chgkind", change.id, kind) for kind in KINDS]
        return Reply(lines(head_and_when, say("changes-ask-kind")), in_rows(cells), then="", edit=edit)
    if step == "call":
        cells = [button(deeds.CALL_NAMES[mode], "chgcall", change.id, mode) for mode in CALLS]
        return Reply(lines(head_and_when, say("changes-ask-call")), in_rows(cells, 1), then="", edit=edit)
    return await steps.screen(turn, change, edit=edit)


async def _head(turn: Turn, change: Change) -> Lines:
    session = deeds.session_of(change)
    wording = await wording_of(turn.tx, await access_cohort_of(turn.tx, turn.me))
    return lines(say("changes-session", title=session.title), say("changes-now-time", when=wording.when(session)))


async def time(turn: Turn, said: Event) -> Reply:
    """Its time, typed."""
    try:
        change = await deeds.set_time(turn.tx, turn.me, await _of_talk(turn), text_of(said), turn.now)
    except Refusal as no:
        return steps.again(turn, no, TIME)
    return await ask_next(turn, change)


async def typed_place(turn: Turn, said: Event) -> Reply:
    """Its place in words."""
    try:
        change = await deeds.set_typed_place(turn.tx, turn.me, await _of_talk(turn), text_of(said))
    except Refusal as no:
        return steps.again(turn, no, PLACE)
    return await ask_next(turn, change)


async def place(turn: Turn, said: Tap) -> Reply:
    """Its place with one tap (`chgaddat:<change>:<r|s>:<id of the file>`)."""
    kind, ref = place_of(said)
    where = await wanted.known_place(turn.tx, turn.me, kind, ref)
    return await ask_next(turn, await deeds.set_place(turn.tx, await _tapped(turn, said), where), edit=True)


async def kind(turn: Turn, said: Tap) -> Reply:
    """What it is (`chgkind:<change>:<kind>`)."""
    change = await deeds.set_kind(turn.tx, await _tapped(turn, said), said.args[1] if len(said.args) > 1 else "")
    return await ask_next(turn, change, edit=True)


async def call(turn: Turn, said: Tap) -> Reply:
    """How it is called (`chgcall:<change>:<mode>`)."""
    change = await deeds.set_call(turn.tx, await _tapped(turn, said), said.args[1] if len(said.args) > 1 else "")
    return await ask_next(turn, change, edit=True)


async def _tapped(turn: Turn, said: Tap) -> Change:
    change = await access_change_by_id(turn.tx, turn.me, said.number())
    if change.act != session_events.DRAFT:
        raise Refusal("changes-done-already")
    return change


async def _of_talk(turn: Turn) -> Change:
    return await access_change_by_id(turn.tx, turn.me, turn.talk.number("id"))


ROUTES = (
    on_tap("chgadd", begin, who=CHANGERS),
    on_step(TITLE, title, who=CHANGERS),
    on_step(TIME, time, who=CHANGERS),
    on_step(PLACE, typed_place, who=CHANGERS),
    on_tap("chgaddat", place, who=CHANGERS),
    on_tap("chgkind", kind, who=CHANGERS),
    on_tap("chgcall", call, who=CHANGERS),
)
