"""A prepared change: what it would do on one screen, the reason, [就这样改], and the notice proposed (BC-16)."""

from __future__ import annotations

from msgspec import structs

from actions import change_outlook
from actions import timetable_changes as wanted
from actions import timetable_steps as deeds
from actions.access import access_change_by_id
from actions.change_notices import Proposed
from actions.timetable_steps import Done
from chat.events import Event, Tap, Text
from chat.messages import Lines, Message, Refusal, Reply, Say, button, lines, say
from chat.turns import on_step, on_tap
from handlers import notices
from handlers.joining import cohorts_of
from handlers.turns import Turn
from rules.roles import ADMIN, CLASS_TEACHER
from storage import accounts, session_events
from storage import notices as kept_notices
from storage.notices import Notice
from storage.session_events import Change

CHANGERS = frozenset({CLASS_TEACHER, ADMIN})
TIME_STEP, PLACE_STEP, WHY = "changes-time", "changes-place", "changes-why"
ASKED = frozenset({TIME_STEP, PLACE_STEP, WHY})


async def screen(turn: Turn, change: Change, *, edit: bool = False) -> Reply:
    """Before and after, who is touched, what moves with it; then the reason, or [就这样改] (TIME-01)."""
    seen = await deeds.outlook(turn.tx, turn.me, change, turn.now)
    text = lines(
        say("changes-outlook"),
        change_outlook.told(seen, turn.me.lang),
        say("changes-why", why=change.why) if change.why else say("changes-ask-why"),
    )
    rows = ((button("changes-do", "chgdo", change.id), button("changes-do-not", "chgno", change.id)),)
    return Reply(text, rows, then=WHY, memo={"id": change.id}, edit=edit)


async def reason(turn: Turn, said: Event) -> Reply | None:
    """One typed line: the reason, shown on the screen; it is kept, not told."""
    change = await session_events.get(turn.tx, turn.talk.number("id"))
    if change is None or change.act != session_events.DRAFT:
        return None
    change = await access_change_by_id(turn.tx, turn.me, change.id)
    try:
        change = await wanted.set_why(turn.tx, change, said.text if isinstance(said, Text) else "")
    except Refusal as no:
        return again(turn, no, WHY)
    return await screen(turn, change)


def left(turn: Turn) -> str | None:
    """Going back ends what was being asked; any other talk is left alone."""
    return "" if turn.talk.step in ASKED else None


def again(turn: Turn, no: Refusal, step: str) -> Reply:
    """What was typed cannot be: said in words, and asked again, unless there is nothing to be asked any more."""
    over = no.say.key == "changes-gone"
    return Reply(no.say, no.buttons, then="" if over else step, memo={} if over else turn.talk.memo)


async def do_it(turn: Turn, said: Tap) -> Reply:
    """[就这样改] (`chgdo:<change>`): all in one step; a second tap does nothing."""
    change = await access_change_by_id(turn.tx, turn.me, said.number())
    try:
        done = await deeds.carry_out(turn.tx, turn.me, change, turn.now)
    except Refusal as no:
        if no.say.key != "changes-moved-on":
            raise
        raise Refusal(no.say.key, buttons=((button("changes-look", "chgs", change.session_id),),)) from no
    if done.again:
        return Reply(toast=say("changes-done-already"))
    return await _done(turn, done)


async def _done(turn: Turn, done: Done) -> Reply:
    text = lines(say("changes-done"), done.wording.line(done.changed, turn.me.lang), say("changes-done-all"))
    day = done.changed.session.day
    rows = ((button(say("timetable-nth", day=day), "chg", day),),)
    return await with_notice(turn, Reply(text, rows, edit=True), done.proposed)


async def with_notice(turn: Turn, reply: Reply, proposed: Proposed) -> Reply:
    """What was done, and below it the notice that is proposed, as people would see it, with [发送]. What is typed or
    sent next is no part of it, unless [改一改] is tapped: it may be a number in the room, or the next workbook."""
    if proposed.notice is None:
        tail = say("changes-dropped") if proposed.dropped else None
        return structs.replace(reply, text=_with(reply, tail), then="", memo={})
    head = _with(reply, say("changes-merged" if proposed.merged else "changes-proposed"))
    if proposed.notice.cohort_id != turn.me.cohort_id:
        rows = (*reply.buttons, (button("changes-see-there", "chgsee", proposed.notice.id),))
        return structs.replace(reply, text=head, buttons=rows, then="", memo={})
    shown = await preview(turn, proposed.notice)
    more = Message(shown.text, shown.buttons) if shown.text is not None else None
    return structs.replace(reply, text=head, more=(more,) if more else (), then="", memo={})


def _with(reply: Reply, tail: Say | None) -> Lines:
    return lines(reply.text, tail)


async def preview(turn: Turn, notice: Notice) -> Reply:
    """The proposed notice; where something keeps it from being sent, what."""
    try:
        return await notices.preview(turn, notice)
    except Refusal as no:
        return Reply(no.say, no.buttons)


async def not_now(turn: Turn, said: Tap) -> Reply:
    """[先不改]: nothing has changed."""
    change = await access_change_by_id(turn.tx, turn.me, said.number())
    if change.act != session_events.DRAFT:
        return Reply(toast=say("changes-done-already"))
    await session_events.remove_draft(turn.tx, change.id)
    rows = ((button("changes-look", "chgs", change.session_id),),) if change.session_id else ()
    return Reply(say("changes-not-done"), rows, edit=True, then="")


async def see(turn: Turn, said: Tap) -> Reply:
    """The notice that an import proposed for another class (`chgsee:<notice>`): one speaks in that class then."""
    notice = await kept_notices.get(turn.tx, said.number())
    own = {c.id for c in await cohorts_of(turn)}
    if notice is None or notice.sender != turn.me.account_id or notice.cohort_id not in own:
        raise Refusal("refusals-not-here")
    await accounts.set_cohort(turn.tx, turn.me.account_id, notice.cohort_id)
    me = await accounts.who(turn.tx, turn.me.account_id, turn.now) or turn.me
    there = structs.replace(turn, me=me)
    return structs.replace(await preview(there, notice), then="", memo={}, commands=(me.account_id,))


ROUTES = (
    on_step(WHY, reason, who=CHANGERS),
    on_tap("chgdo", do_it, who=CHANGERS),
    on_tap("chgno", not_now, who=CHANGERS),
    on_tap("chgsee", see, who=CHANGERS),
)
