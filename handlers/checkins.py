"""Checking in: the word, the digits on the screen, the QR code (ATT-02, ATT-19)."""

from __future__ import annotations

from msgspec import structs

from actions import checkins as deeds
from actions.checkins import Checked
from actions.rolls import PRESENCE
from chat.events import Command, Event, Text
from chat.messages import Refusal, Reply, lines, say
from chat.turns import on_command, on_kind, on_word
from handlers import menus
from handlers.turns import Turn
from rules.roles import TRAINEES
from storage.marks import UNMARKED


async def here(turn: Turn, said: Event) -> Reply:
    """[我要签到]: done where the word is enough; else the digits are asked for."""
    checked = await deeds.check_in(turn.tx, turn.me, said.at, turn.now)
    return _done(turn, checked) if checked else Reply(say("checkins-code"), aside=True)


async def digits(turn: Turn, said: Text) -> Reply | None:
    """Four digits, while a code list is open for somebody who is not marked yet (UI-01)."""
    if said.forwarded and await deeds.waits_for_digits(turn.tx, turn.me, said.at):
        raise Refusal("checkins-forwarded")
    checked = await deeds.check_in_with(turn.tx, turn.me, said.text, said.at, turn.now)
    return _done(turn, checked) if checked else None


async def by_link(turn: Turn, said: Command) -> Reply:
    """The QR code of the screen: `/start c<list>_<digits>`."""
    number, _, token = said.args[1:].partition("_")
    return _done(turn, await deeds.check_in_by_link(turn.tx, turn.me, int(number), token, said.at, turn.now))


def _done(turn: Turn, checked: Checked) -> Reply:
    title = checked.roll.title_in(turn.me.lang)
    if checked.back:
        done = _done(turn, structs.replace(checked, back=False))
        keys = menus.keyboard(structs.replace(turn.me, away=False))
        return Reply(lines(done.text, say("leaves-ended")), keyboard=keys)
    if checked.status == UNMARKED:
        told = say("checkins-for-the-teacher", title=title, at=checked.at, minutes=checked.late_after)
        return Reply(told, aside=True)
    if checked.status not in PRESENCE:
        return Reply(say("checkins-stands", title=title, status=say(f"status-{checked.status}")), aside=True)
    key = "checkins-again" if checked.again else "checkins-done"
    told = say(key, name=turn.me.name, title=title, at=checked.at, status=say(f"status-{checked.status}"))
    return Reply(told, aside=True)


ROUTES = (
    on_word("menu-check-in", here, who=TRAINEES),
    on_command("checkin", here, who=TRAINEES, about="checkins-about"),
    on_kind("digits", digits, who=TRAINEES),
)
