"""「记一笔」: a line for the log of the day, in the middle of anything (LOG-13)."""

from __future__ import annotations

from actions import logs as deeds
from chat.events import Event, Text
from chat.messages import Reply, say
from chat.turns import on_kind, on_step, on_word
from handlers import menus
from handlers.turns import Turn
from rules.log_texts import noted
from rules.roles import TRAINEES

NOTE = "logs-note"


async def note(turn: Turn, said: Text) -> Reply | None:
    """「记一笔 …」 in the middle of anything: kept, and the talk goes on (LOG-13)."""
    body = noted(said.text)
    if not body:
        return None
    log = await deeds.note(turn.tx, turn.me, said, body)
    return Reply(say("logs-noted", day=log.day), silent=True, then=turn.talk.step or None, memo=turn.talk.memo)


async def note_word(turn: Turn, said: Event) -> Reply:
    """「记一笔」 alone: the next words are the line."""
    deeds.chosen(await deeds.desk_of(turn.tx, turn.me), said.at)
    return Reply(say("logs-note-how"), then=NOTE)


async def note_text(turn: Turn, said: Event) -> Reply:
    """The line."""
    if not isinstance(said, Text):
        return Reply(say("logs-note-how"), then=NOTE)
    log = await deeds.note(turn.tx, turn.me, said, said.text.strip())
    return Reply(say("logs-noted", day=log.day), keyboard=menus.keyboard(turn.me))


ROUTES = (
    on_kind("note", note, who=TRAINEES),
    on_word("menu-note", note_word, who=TRAINEES),
    on_step(NOTE, note_text, who=TRAINEES),
)
