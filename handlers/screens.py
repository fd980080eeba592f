"""[大屏]: the link to the projector page, for class teacher and administrator (ATT-19)."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from actions import screens as deeds
from chat.events import Event, Tap
from chat.messages import Button, Reply, button, lines, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from storage import cohorts
from storage.screens import ScreenLink


async def give(turn: Turn, said: Event) -> Reply:
    """The link of today, with how to use it."""
    return await _reply(turn, await deeds.link_for(turn.tx, turn.me, turn.now))


async def renew(turn: Turn, said: Tap) -> Reply:
    """[换新链接]: the link got about, so every older one ends."""
    reply = await _reply(turn, await deeds.link_for(turn.tx, turn.me, turn.now, anew=True))
    return Reply(reply.text, reply.buttons, edit=True, toast=say("screens-renewed"))


async def _reply(turn: Turn, link: ScreenLink) -> Reply:
    url, wall = deeds.address_of(link), deeds.wall_of(link)
    cohort = await cohorts.get(turn.tx, link.cohort_id)
    last_day = (link.expires_at - timedelta(minutes=1)).astimezone(turn.me.voice.zone).date()
    text = lines(
        say("screens-link", title=cohort.title_in(turn.me.lang)), say("screens-until", day=last_day),
        say("screens-address", url=url), say("screens-wall", url=wall), gap="\n\n",
    )  # fmt: skip
    again = button("screens-renew", "screenew")
    # Telegram refuses a whole message for a button with an address like http://localhost.
    ways = (Button(say("screens-open"), url=url), Button(say("screens-open-wall"), url=wall))
    return Reply(text, (*((ways,) if "." in (urlsplit(url).hostname or "") else ()), (again,)))


ROUTES = (
    on_word("menu-screen", give, who=deeds.OPENERS),
    on_command("screen", give, who=deeds.OPENERS, about="screens-about"),
    on_tap("screen", give, who=deeds.OPENERS),
    on_tap("screenew", renew, who=deeds.OPENERS),
)
