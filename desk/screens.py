"""The projector page (大屏): title, clock, digits and QR code of the minute, 实到 n / 应到 m (ATT-19).

The page is whole as the server draws it; its script only fetches the same piece again, so that it also works without.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

from actions import screens as deeds
from actions.question_cards import cut
from actions.screens import Screen, Wall
from chat.messages import Say, say
from storage.cohorts import Cohort
from storage.rolls import Roll
from storage.sessions import Session
from storage.tx import Store, Tx
from texts.render import Voice, day_words, voice

PAGES = Path(__file__).parent / "pages"
FILES = {"screen.css": "text/css", "screen.js": "text/javascript"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
SECRET = {**HEADERS, "Cache-Control": "no-store"}
WAYS = {"tap": "screens-tap", "leader": "screens-leader", "staff": "screens-staff", "shut": "screens-shut"}
"""What stands in place of the digits."""

ON_WALL, WALL_CHARS = 6, 60
"""So many questions are read from the last row, of so many signs."""

_jinja = Environment(
    loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


class Both(Struct, frozen=True):
    """Words for a wall that everybody reads: Chinese large, English small; `en` is empty where it adds nothing."""

    zh: str
    en: str = ""


class Voices(Struct, frozen=True):
    """How to speak to the whole room."""

    zh: Voice
    en: Voice

    def both(self, words: Say) -> Both:
        return Both(self.zh.plain(words), self.en.plain(words))

    def title(self, thing: Cohort | Roll | Session) -> Both:
        return _apart(thing.title_in("zh"), thing.title_in("en"))

    def clock(self, at: datetime) -> str:
        return at.astimezone(self.zh.zone).strftime("%H:%M")


def _apart(zh: str, en: str) -> Both:
    return Both(zh, "" if en == zh else en)


def routes(store: Store, now: Callable[[], datetime], bot_name: Callable[[], str]) -> list[web.RouteDef]:
    """`bot_name` gives the bot's username for the QR code; while it is not known there is none, only the digits."""

    async def file(request: web.Request) -> web.FileResponse:
        name = request.match_info["name"]
        kind = f"{FILES[name]}; charset=utf-8"
        return web.FileResponse(PAGES / name, headers={**HEADERS, "Cache-Control": "no-cache", "Content-Type": kind})

    names = "|".join(FILES).replace(".", r"\.")
    return [
        *_shown_at(r"/screen/{token:[\w-]{20,64}}", Projected(
            store, now, deeds.look, lambda screen: view(screen, bot_name()), "screen_now.html", "../")),
        *_shown_at(r"/screen/{token:[\w-]{20,64}}/questions", Projected(
            store, now, deeds.wall, view_wall, "screen_questions.html", "../../")),
        web.get(f"/pages/{{name:{names}}}", file),
        web.get("/screen/{rest:.*}", _gone),
    ]  # fmt: skip


class Projected(Struct, frozen=True):
    """A page of the projector: `look` reads what is behind a token, `view` puts it into words, `piece` is what its
    script fetches again, `up` leads to our files."""

    store: Store
    now: Callable[[], datetime]
    look: Callable[[Tx, str, datetime], Awaitable[Screen | Wall | None]]
    view: Callable[[Any], dict[str, Any]]
    piece: str
    up: str

    async def seen(self, request: web.Request) -> Screen | Wall | None:
        at, token = self.now(), request.match_info["token"]

        async def look(tx: Tx) -> Screen | Wall | None:
            return await self.look(tx, token, at)

        return await self.store.work(look)

    async def page(self, request: web.Request) -> web.Response:
        seen = await self.seen(request)
        if seen is None:
            return await _gone(request)
        speak = _room(seen.cohort.timezone)
        tab = speak.both(say("screens-page", title=seen.cohort.title))
        around = {"tab": tab, "late": speak.both(say("screens-late")), "piece": self.piece, "up": self.up}
        return _page("screen.html", 200, **around, **self.view(seen))

    async def state(self, request: web.Request) -> web.Response:
        seen = await self.seen(request)
        if seen is None:
            return web.json_response({}, status=410, headers=SECRET)  # not 404, which a proxy may say too
        shown = self.view(seen)
        html = _jinja.get_template(self.piece).render(shown)
        return web.json_response({"html": html, "left": shown["left"], "step": shown["step"]}, headers=SECRET)


def _shown_at(path: str, page: Projected) -> list[web.RouteDef]:
    return [web.get(path, page.page), web.get(f"{path}/state", page.state)]


async def _gone(_: web.Request) -> web.Response:
    return _page("screen_gone.html", 404, gone=_room("Asia/Shanghai").both(say("screens-expired")))


def _page(name: str, status: int, **shown: Any) -> web.Response:
    html = _jinja.get_template(name).render(shown)
    return web.Response(text=html, status=status, content_type="text/html", headers=SECRET)


def _room(zone: str) -> Voices:
    return Voices(voice("zh", zone), voice("en", zone))


def view(screen: Screen, bot_name: str) -> dict[str, Any]:
    """All that the template shows, in words."""
    speak = _room(screen.cohort.timezone)
    on, coming = screen.now, screen.next
    shown: dict[str, Any] = {
        "cohort": speak.title(screen.cohort), "clock": speak.clock(screen.at), "on": on, "coming": coming,
        "left": round(on.left, 1) if on else 0, "step": on.step if on else 0,
    }  # fmt: skip
    if on is not None:
        link = f"https://t.me/{bot_name}?start={on.payload}" if bot_name and on.payload else ""
        how = speak.both(say(WAYS.get(on.way, "screens-how")))
        labels = {"here": speak.both(say("screens-here")), "expected": speak.both(say("screens-expected"))}
        where = _apart(_where(speak, on.roll, "zh", on.roll.bell_at), _where(speak, on.roll, "en", on.roll.bell_at))
        return {**shown, **labels, "title": speak.title(on.roll), "where": where, "how": how, "qr": _qr(link)}
    if coming is not None:
        when = [_when(speak, screen.at, coming.starts_at, lang) for lang in ("zh", "en")]
        where = _apart(*(_joined((w, coming.place_in(lang))) for w, lang in zip(when, ("zh", "en"), strict=True)))
        return {**shown, "head": speak.both(say("screens-next")), "title": speak.title(coming), "where": where}
    return {**shown, "head": speak.both(say("screens-over"))}


def view_wall(wall: Wall) -> dict[str, Any]:
    """All that the wall of questions shows: most asked first, no names."""
    speak = _room(wall.cohort.timezone)
    shown: dict[str, Any] = {
        "cohort": speak.title(wall.cohort), "clock": speak.clock(wall.at), "left": 0, "step": 0, "asked": (),
        "more": "",
    }  # fmt: skip
    if wall.session is None:
        return {**shown, "title": speak.both(say("screens-wall-head")), "how": speak.both(say("screens-wall-none"))}
    more = len(wall.waiting) - ON_WALL
    asked = [(w.question.no, cut(w.question.text, WALL_CHARS), w.same) for w in wall.waiting[:ON_WALL]]
    how = say("screens-wall-how" if asked else "screens-wall-empty")
    rest = speak.both(say("screens-wall-more", count=more)) if more > 0 else ""
    return {**shown, "title": speak.title(wall.session), "how": speak.both(how), "asked": asked, "more": rest}


def _where(speak: Voices, thing: Roll | Session, lang: str, at: datetime) -> str:
    return _joined((speak.clock(at), thing.place_in(lang)))


def _when(speak: Voices, now: datetime, at: datetime, lang: str) -> str:
    """The time; for another day with its date."""
    zone = speak.zh.zone
    day = at.astimezone(zone).date()
    return speak.clock(at) if day == now.astimezone(zone).date() else f"{day_words(day, lang)} {speak.clock(at)}"


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)


@lru_cache(maxsize=64)
def _qr(link: str) -> Markup:
    """The QR code of a link as inline SVG; few, large squares, since it is read from afar.

    The page around it is white too: two squares of border are enough here.
    """
    if not link:
        return Markup("")
    drawn = segno.make(link, error="l", micro=False, boost_error=False)
    return Markup(drawn.svg_inline(border=2, svgclass="qr", lineclass=None, omitsize=True))
