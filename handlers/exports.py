"""[导出] and [打印签到表]: what leaves the house as a file, sent to the one who asked (DASH-04, ATT-22)."""

from __future__ import annotations

from actions.access import access_roll_by_id, need
from actions.exports import EXPORTERS, send_export
from actions.sheets import send_sheet
from chat.events import Event, Tap
from chat.messages import Reply, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn


async def export(turn: Turn, said: Event) -> Reply:
    """The workbook of the class comes as a document; its caption is the answer."""
    await send_export(turn.tx, turn.me, turn.now)
    return Reply()


async def sheet(turn: Turn, said: Tap) -> Reply:
    """The paper list of a session (`sheet:<list>`)."""
    need(turn.me, *EXPORTERS)
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    await send_sheet(turn.tx, turn.me, roll, turn.now)
    return Reply(toast=say("exports-sheet-sent"))


ROUTES = (
    on_word("menu-export", export, who=EXPORTERS),
    on_command("export", export, who=EXPORTERS, about="exports-about"),
    on_tap("sheet", sheet, who=EXPORTERS),
)
