"""What the desk gives back: a page in its frame, a short page in words, the headers of both."""

from __future__ import annotations

import itertools
import logging
import re
import secrets
import traceback
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from aiohttp import web
from msgspec import Struct
from msgspec.json import encode
from multidict import MultiDictProxy

from actions import desk_sessions as deeds
from chat.messages import Say, say
from desk.frame import HEADERS, Link, csp, draw
from desk.proofs import came_from, csrf_of, speak_to
from desk.visits import Page, Way, Words, at_the_desk
from storage.accounts import Me
from storage.desk_sessions import DeskSession
from storage.shelf import Away
from storage.tx import Store

log = logging.getLogger("tongxue.desk")

PIECE = "Desk-Piece"


Plain = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def no_shelf(place: str) -> bytes:
    """Everything stands in the database."""
    raise Away(f"nothing is configured for {place.partition(':')[0]}")


class Setting(Struct, frozen=True, kw_only=True):
    """What the desk must know of the house. `frames`: which pages may show the Mini App inside of theirs."""

    store: Store
    now: Callable[[], datetime]
    ring: Callable[[], None] = lambda: None
    """Wakes those who send, after a deed."""
    disk: Callable[[], tuple[int, int] | None] = lambda: None
    """Free and all of the disk with the data, in GB."""
    key: bytes = b""
    signed_at: Callable[[int], datetime] = lambda at: datetime.fromtimestamp(at).astimezone()
    frames: str = "https://web.telegram.org"
    fetch: Callable[[str], Awaitable[bytes]] = no_shelf
    """Reads a content that stands outside of the database; Away or Missing."""


class Caller(Struct):
    """Who comes, as far as it is known."""

    session: DeskSession | None = None
    me: Me | None = None
    token: str = ""
    flash: str = ""
    classes: tuple[Link, ...] = ()
    trouble: Words | None = None
    """Why a form could not be done; its page is shown again with `typed`, what was typed."""
    typed: Mapping[str, tuple[str, ...]] = {}


class NoEntry(Exception):
    """Not signed in (401), a request that no page of ours would send (403), or one that cannot be read (400)."""

    def __init__(self, status: int, key: str, **args: Any) -> None:
        super().__init__(key)
        self.status, self.say = status, say(key, **args)


async def form_of(request: web.Request, most: int) -> MultiDictProxy[str | bytes | bytearray | web.FileField]:
    """What a form brings, at most so many bytes; NoEntry for what is no form."""
    try:
        form = await request.clone(client_max_size=most).post()
        for text in itertools.chain(form, form.values()):
            if isinstance(text, str):
                text.encode()  # odd encodings bring half a character, which nothing behind us can keep
        return form
    except web.HTTPRequestEntityTooLarge:
        raise NoEntry(413, "desk-too-large", mb=max(1, most >> 20)) from None
    except ConnectionError:
        raise
    except Exception:  # aiohttp raises whatever a broken form or an unheard-of encoding makes it stumble over
        raise NoEntry(400, "desk-unreadable") from None


def see(to: str, **more: str) -> web.Response:
    """Go on there."""
    return web.Response(status=303, headers={**HEADERS, "Cache-Control": "no-store", "Location": to, **more})


class Answers:
    """How answers look, for one house and its table of ways."""

    def __init__(self, setting: Setting, ways: Mapping[str, Way]) -> None:
        self.setting, self.ways = setting, ways
        pages = (re.sub(r"\{[a-z]+\}", "[^/]+", way.path) for way in ways.values() if way.method == "GET")
        self._pages = re.compile("|".join(("/desk/", *pages)))

    def back_to(self, request: web.Request) -> str:
        """The page from which a form came; "" when that is not known, or was itself the answer to a form."""
        back = came_from(request)
        return back if self._pages.fullmatch(back.partition("?")[0]) else ""

    def has(self, me: Me, path: str) -> bool:
        """Whether there is such a page for somebody: what leads nowhere is not shown as a link."""
        way = self.ways.get(f"GET {path}")
        return way is not None and bool(way.who & me.roles)

    def nav(self, me: Me, path: str) -> list[Link]:
        """The pages that somebody may see."""
        mine = [w for w in self.ways.values() if w.nav and w.who & me.roles]
        on = max((w.path for w in mine if f"{path}/".startswith(f"{w.path}/")), key=len, default="")
        return [Link(w.path, me.voice.plain(Say(w.nav)), w.path == on) for w in mine]

    def page(self, request: web.Request, caller: Caller, page: Page, framed: bool = False) -> web.Response:
        """A page with its frame, or only the piece that changes; `framed`: Telegram may show it without a session."""
        me = caller.me
        speak = me.voice if me else speak_to(request)
        title = speak.plain(page.title)
        is_app = caller.session is not None and caller.session.kind == deeds.APP
        around: dict[str, Any] = {
            "title": title, "me": me, "nav": self.nav(me, request.path) if me and caller.session else [],
            "classes": caller.classes, "flash": caller.flash, "live": ",".join(page.live), "here": request.path,
            "csrf": csrf_of(caller.token) if caller.session else "", "session": caller.session, "app": is_app,
            "has": lambda path: me is not None and self.has(me, path),
        }  # fmt: skip
        around |= {"trouble": caller.trouble, "typed": lambda name, other="": caller.typed.get(name, (other,))[0]}
        html = draw(page.template, speak, {**around, **page.values}, PIECE in request.headers)
        headers = {**HEADERS, "Content-Security-Policy": csp(self.setting.frames if is_app or framed else "'none'"),
                   "Cache-Control": "no-store", "Vary": "Cookie, Desk-Piece"}  # fmt: skip
        status = 422 if caller.trouble is not None and page.status == 200 else page.status
        response = web.Response(text=html, status=status, content_type="text/html", headers=headers)
        response.enable_compression()
        return response

    def refuse(self, request: web.Request, caller: Caller, status: int, words: Words) -> web.Response:
        """A short page in words."""
        words = at_the_desk(words)
        if PIECE in request.headers:
            speak = caller.me.voice if caller.me else speak_to(request)
            return self.json(status, {"toast": speak.plain(words)})
        fresh = not isinstance(words, Say) or words.key != "desk-not-fresh"
        values = {"what": words, "can_confirm": not fresh, "signed_in": caller.session is not None,
                  "back": self.back_to(request)}  # fmt: skip
        shown = Page("desk_refused.html", words, values, status=status)
        return self.page(
            request, caller, shown, framed=caller.session is None
        )  # words only: a Mini App's session ended

    def json(self, status: int, body: Mapping[str, str]) -> web.Response:
        headers = {**HEADERS, "Cache-Control": "no-store", "Content-Security-Policy": csp()}
        return web.Response(body=encode(body), status=status, content_type="application/json", headers=headers)

    def broken(self, request: web.Request, caller: Caller, what: str, wrong: Exception) -> web.Response:
        """Logged with a number and without anybody's words: the text of an error may hold names."""
        number = secrets.token_hex(3)
        frames = "".join(traceback.format_tb(wrong.__traceback__))
        log.error("page %s failed (%s): %s\n%s", what, number, type(wrong).__name__, frames)
        return self.refuse(request, caller, 500, say("desk-broken", number=number))
