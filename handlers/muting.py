"""[提醒设置]: a trainee switches optional reminders off and on with one tap (SCH-11)."""

from __future__ import annotations

from actions import muting
from chat.events import Event, Tap
from chat.messages import Reply, button, lines, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from rules.roles import TRAINEES

ON, OFF = "on", "off"


async def shown(turn: Turn, said: Event) -> Reply:
    """How it stands, and the one button that changes it."""
    return _reply(await muting.is_muted(turn.tx, turn.me))


async def switched(turn: Turn, said: Tap) -> Reply:
    """`mute:on` makes it quiet, `mute:off` lets reminders come again; a second tap changes nothing."""
    muted = said.args[:1] == (ON,)
    await muting.mute(turn.tx, turn.me, muted)
    return _reply(muted, edit=True)


def _reply(muted: bool, edit: bool = False) -> Reply:
    text = lines(say("muting-is-on" if muted else "muting-is-off"), say("muting-never"))
    row = (button("muting-let-come", "mute", OFF) if muted else button("muting-make-quiet", "mute", ON),)
    return Reply(text, (row,), edit=edit)


ROUTES = (
    on_word("menu-mute", shown, who=TRAINEES),
    on_command("mute", shown, who=TRAINEES, about="muting-about"),
    on_tap("mute", switched, who=TRAINEES),
)
