"""Who has not handed in a log, and what class teachers do about it: remind, paper, hours of one's own (LOG-10)."""

from __future__ import annotations

from actions import log_days
from actions.access import need
from actions.people import who_where
from chat.events import Event, Media, Tap, Text
from chat.messages import Reply, button, say
from chat.turns import on_step, on_tap
from handlers import menus
from handlers.turns import Turn
from rules.roles import CLASS_TEACHER, TEACHERS

PAPER = "logs-paper"


async def missing(turn: Turn, said: Tap) -> Reply:
    """Who has not handed in (`logmissing:<day>[:<page>]`), each with what can be done."""
    need(turn.me, CLASS_TEACHER)
    message = await log_days.missing(turn.tx, turn.me, said.number(), said.number(1), turn.now)
    return Reply(message.text, message.buttons, edit=len(said.args) > 1)


async def remind(turn: Turn, said: Tap) -> Reply:
    """[一键提醒] (`logremind:<day>`): once a day, to those without a log who are here (LOG-10)."""
    need(turn.me, CLASS_TEACHER)
    count = await log_days.remind(turn.tx, turn.me, said.number(), turn.now)
    return Reply(toast=say("logs-reminded", count=count), alert=True)


async def person(turn: Turn, said: Tap) -> Reply:
    """One who is missing (`logwho:<member>:<day>`): paper, or hours of the person's own."""
    message = await log_days.person(turn.tx, turn.me, said.number(), said.number(1), turn.now)
    return Reply(message.text, message.buttons)


async def reopen(turn: Turn, said: Tap) -> Reply:
    """[给他开放] (`loghours:<member>:<day>`): from now on, for twelve hours (LOG-04, LOG-13)."""
    until = await log_days.reopen(turn.tx, turn.me, said.number(), said.number(1), turn.now)
    return Reply(say("logs-reopened", until=until), edit=True)


async def paper(turn: Turn, said: Tap) -> Reply:
    """[纸质已交] (`logpaper:<member>:<day>[:y]`): a photo, typed words, or just a tick (LOG-19)."""
    member, day = said.number(), said.number(1)
    who = await log_days.writer(turn.tx, turn.me, member)
    if said.args[2:] == ("y",):
        await log_days.enter_paper(turn.tx, turn.me, member, day, None, turn.now)
        return Reply(say("logs-paper-done", who=who_where(who), day=day), edit=True)
    only = button("logs-paper-tick", "logpaper", member, day, "y")
    return Reply(say("logs-paper-how", who=who_where(who), day=day), ((only,),), then=PAPER,
                 memo={"member": member, "day": day})  # fmt: skip


async def on_paper(turn: Turn, said: Event) -> Reply:
    """The photo or the words of a log on paper."""
    if not isinstance(said, Text) and not (isinstance(said, Media) and said.kind in ("photo", "document")):
        return Reply(say("logs-paper-only"), then=PAPER, memo=turn.talk.memo)
    member, day = turn.talk.number("member"), turn.talk.number("day")
    who = await log_days.writer(turn.tx, turn.me, member)
    await log_days.enter_paper(turn.tx, turn.me, member, day, said, turn.now)
    return Reply(say("logs-paper-done", who=who_where(who), day=day), keyboard=menus.keyboard(turn.me))


ROUTES = (
    on_tap("logmissing", missing, who=TEACHERS),
    on_tap("logremind", remind, who=TEACHERS),
    on_tap("logwho", person, who=TEACHERS),
    on_tap("loghours", reopen, who=TEACHERS),
    on_tap("logpaper", paper, who=TEACHERS),
    on_step(PAPER, on_paper, who=TEACHERS),
)
