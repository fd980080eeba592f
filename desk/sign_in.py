"""The doors of the desk: the one-time link in a browser, initData in a Mini App, and out again (DESK-01).

A link is looked at with GET and used with POST, for programs that look at links must not spoil them.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from aiohttp import web

from actions import desk_sessions as deeds
from actions.desk_sessions import APP, LIVES, Opened
from chat.messages import Refusal, say
from desk.answers import Caller, NoEntry, form_of, see
from desk.proofs import cookie_name, is_ours
from desk.serving import Serving
from desk.visits import Done, Page, Visit, Way, deed, page
from rules import init_data
from rules.init_data import Forged
from rules.roles import DESK
from storage import desk_sessions
from storage.accounts import Me
from storage.tx import Tx

log = logging.getLogger("tongxue.desk")

ByWhat = Callable[[Tx, web.Request, str], Awaitable[Opened]]

FIRST = "/desk/"
MOST_INIT = 1 << 16
"""Bytes of a form with initData."""


def routes(serving: Serving) -> list[web.RouteDef]:
    """The ways in, for people who are not signed in yet."""
    doors = Doors(serving)
    link = r"/desk/in/{token:[\w-]{20,64}}"
    return [
        web.get(link, serving.guard(doors.look)), web.post(link, serving.guard(doors.enter)),
        web.get("/desk/app", serving.guard(doors.app)), web.post("/desk/app", serving.guard(doors.enter_app)),
    ]  # fmt: skip


class Doors:
    """Both ways in. Whoever fails too often from one place gets no other answer for a while; what is right still opens,
    or one pupil could lock out a whole school."""

    def __init__(self, serving: Serving) -> None:
        self.serving, self.setting, self.store = serving, serving.setting, serving.store

    async def look(self, request: web.Request) -> web.Response:
        """Say whom the link will sign in, with the button that does it."""
        now, token = self.setting.now(), request.match_info["token"]
        source = _source(request)

        async def work(tx: Tx) -> tuple[bool, Me | None]:
            me = await deeds.whose_link(tx, token, now)
            return me is None and await deeds.failed(tx, source, now), me

        many, me = await self.store.work(work)
        if many or me is None:
            key = "desk-wait" if many else "desk-link-over"
            return self.serving.refuse(request, Caller(), 429 if many else 404, say(key))
        shown = Page("desk_enter.html", say("desk-enter"), {"name": me.name or me.first_name})
        return self.serving.page(request, Caller(me=me), shown)

    async def enter(self, request: web.Request) -> web.Response:
        """Use the link up."""
        return await self._open(request, self._by_link)

    async def app(self, request: web.Request) -> web.Response:
        """The Mini App's first page: its script hands over what stands behind the #, which no server sees."""
        return self.serving.page(request, Caller(), Page("desk_app.html", say("desk-name")), framed=True)

    async def enter_app(self, request: web.Request) -> web.Response:
        """Check initData and open a short session; whoever is signed in already goes on."""
        return await self._open(request, self._by_app)

    async def _by_link(self, tx: Tx, request: web.Request, raw: str) -> Opened:
        return await deeds.open_by_link(tx, request.match_info["token"], self.setting.now())

    async def _by_app(self, tx: Tx, request: web.Request, raw: str) -> Opened:
        try:
            said = init_data.read(raw, self.setting.key)
        except Forged as wrong:
            log.warning("initData was refused: %s", wrong)
            raise Refusal("desk-app-over") from None
        now = self.setting.now()
        there = await deeds.visitor(tx, request.cookies.get(cookie_name(), ""), now)
        if there is not None and there[0].account_id == said.person.id and there[0].kind == APP:
            return Opened("", there[0])
        return await deeds.open_by_app(tx, said, self.setting.signed_at(said.signed_at), now)

    async def _open(self, request: web.Request, way: ByWhat) -> web.Response:
        now, source = self.setting.now(), _source(request)
        try:
            if not is_ours(request):
                raise NoEntry(403, "desk-foreign")
            raw = await _init_of(request) if way == self._by_app else ""
            opened = await self.store.work(lambda tx: way(tx, request, raw))
        except NoEntry as no:
            return self.serving.refuse(request, Caller(), no.status, no.say)
        except Refusal as no:
            many = await self.store.work(lambda tx: deeds.failed(tx, source, now))
            return self.serving.refuse(request, Caller(), 429 if many else 403, say("desk-wait") if many else no.say)
        kept = {"Set-Cookie": _cookie(opened)} if opened.token else {}
        return see(FIRST, **kept)


async def _init_of(request: web.Request) -> str:
    """The field of the form; files that somebody sends along are let go."""
    form = await form_of(request, MOST_INIT)
    for brought in form.values():
        if isinstance(brought, web.FileField):
            brought.file.close()
    return str(form.get("init", ""))


def _cookie(opened: Opened) -> str:
    """Out of scripts' reach; a Mini App stands in a page of Telegram's, so its cookie must be sent there too."""
    life = int(LIVES[opened.session.kind].total_seconds())
    secure = cookie_name().startswith("__Host-")
    same = "SameSite=None; Secure; Partitioned" if secure and opened.session.kind == APP else "SameSite=Lax"
    safe = "; Secure" if secure and "Secure" not in same else ""
    return f"{cookie_name()}={opened.token}; Path=/; Max-Age={life}; HttpOnly; {same}{safe}"


def _source(request: web.Request) -> str:
    """Where somebody comes from: what our own proxy says of it, else the other end of the line."""
    end = request.remote or ""
    with contextlib.suppress(ValueError):
        if ip_address(end).is_private:
            end = request.headers.get("X-Forwarded-For", end).rpartition(",")[2].strip() or end
    return deeds.source_of(end[:64])


# ---- out, and who else is in -----------------------------------------------------------------------------------


async def devices(visit: Visit) -> Page:
    """Where one is signed in, with the way out."""
    found = await desk_sessions.of_account(visit.tx, visit.me.account_id, visit.now)
    values = {"sessions": found, "own": visit.session.id}
    return Page("desk_devices.html", say("desk-devices"), values)


async def out(visit: Visit) -> Done:
    await deeds.sign_out(visit.tx, visit.session)
    return Done("/desk/devices")


async def out_everywhere(visit: Visit) -> Done:
    await deeds.sign_out_everywhere(visit.tx, visit.me, visit.now)
    return Done("/desk/devices")


async def ask_confirm(visit: Visit) -> Done:
    """The question goes to the chat, where only the person is."""
    await deeds.ask_confirm(visit.tx, visit.me, visit.session, visit.now)
    return Done(visit.word("back", 500) if visit.word("back", 500).startswith("/desk/") else FIRST,
                say("desk-confirm-sent"))  # fmt: skip


async def change_class(visit: Visit) -> Done:
    """Work in another class from here on."""
    await deeds.move_to(visit.tx, visit.me, visit.number("cohort"))
    return Done(FIRST)


WAYS: tuple[Way, ...] = (
    page("/desk/devices", devices, who=DESK),
    deed("/desk/out", out, who=DESK),
    deed("/desk/out-all", out_everywhere, who=DESK),
    deed("/desk/confirm", ask_confirm, who=DESK),
    deed("/desk/class", change_class, who=DESK),
)
