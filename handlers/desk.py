"""[工作台]: the ways to the teachers' pages, and out of them (DESK-01)."""

from __future__ import annotations

from urllib.parse import urlsplit

from actions import desk_sessions as deeds
from chat.events import Event, Tap
from chat.messages import Button, Reply, button, lines, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from rules.roles import DESK


async def give(turn: Turn, said: Event) -> Reply:
    """A link for a browser, once; where Telegram can open pages itself, a button for that too."""
    url = await deeds.link_for(turn.tx, turn.me, turn.now)
    text = lines(
        say("desk-link"), say("desk-link-address", url=url), say("desk-open-air") if deeds.is_open_air() else None,
        gap="\n\n",
    )  # fmt: skip
    ways = [Button(say("desk-app"), url=deeds.app_address(), app=True)] if deeds.app_address() else []
    # Telegram refuses a whole message for a button with an address like http://localhost.
    if "." in (urlsplit(url).hostname or ""):
        ways.append(Button(say("desk-open"), url=url))
    return Reply(text, (tuple(ways), (button("desk-out-all", "deskout"),)))


async def out(turn: Turn, said: Tap) -> Reply:
    """[退出所有设备]: whoever has one of my browsers has nothing any more."""
    count = await deeds.sign_out_everywhere(turn.tx, turn.me, turn.now)
    return Reply(say("desk-out-done", count=count))


async def yes(turn: Turn, said: Tap) -> Reply:
    """[是我] under the question of the desk (`deskyes:<session>`)."""
    await deeds.confirm(turn.tx, turn.me, said.number(), turn.now)
    return Reply(say("desk-confirmed"), edit=True)


ROUTES = (
    on_word("menu-desk", give, who=DESK),
    on_command("desk", give, who=DESK, about="desk-about"),
    on_tap("deskopen", give, who=DESK),
    on_tap("deskout", out, who=DESK),
    on_tap("deskyes", yes, who=DESK),
)
