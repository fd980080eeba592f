"""Between HTTP and the pages of the desk: who comes, may they, the one transaction, errors in words, headers."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from urllib.parse import quote

from aiohttp import web
from msgspec import structs

from actions import desk_sessions as deeds
from chat.messages import Refusal, say
from desk.answers import PIECE, Answers, Caller, NoEntry, Plain, Setting, form_of, see
from desk.frame import HEADERS, KINDS, PAGES, Link, csp, files
from desk.proofs import cookie_name, csrf_fits, is_ours
from desk.visits import Answer, Done, Given, Page, Upload, Visit, Way, at_the_desk, with_trouble
from rules.roles import DESK
from storage import accounts, desk_sessions
from storage.accounts import Me
from storage.desk_sessions import DeskSession
from storage.shelf import Away, Missing
from storage.tx import Tx

log = logging.getLogger("tongxue.desk")

NOT_HERE = "refusals-not-here"
FOREVER = "public, max-age=31536000, immutable"
KEPT = "private, max-age={}"


class Serving(Answers):
    """The table of ways over one house."""

    def __init__(self, setting: Setting, ways: Mapping[str, Way]) -> None:
        super().__init__(setting, ways)
        self.store = setting.store

    def routes(self) -> list[web.RouteDef]:
        """Fixed addresses come before those with a number in them."""
        fixed = sorted(self.ways.values(), key=lambda way: way.path.count("{"))
        found = [web.route(way.method, way.path, self.handler_of(way)) for way in fixed]
        names = files()

        async def look(request: web.Request) -> web.StreamResponse:
            name = request.match_info["name"]
            if name not in names:
                return await self.nowhere(request)
            kind = f"{KINDS['.' + name.rpartition('.')[2]]}; charset=utf-8"
            response = web.FileResponse(PAGES / name, headers={**HEADERS, "Cache-Control": FOREVER})
            response.headers["Content-Type"] = kind
            response.headers["Content-Security-Policy"] = csp()
            response.enable_compression()
            return response

        return [
            web.get("/desk/look/{name}", look), *found, web.get("/desk", self.home), web.get("/desk/", self.home),
            web.route("*", "/desk/{rest:.*}", self.nowhere),
        ]  # fmt: skip

    def handler_of(self, way: Way) -> Plain:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await self.serve(way, request)

        return handle

    async def home(self, request: web.Request) -> web.StreamResponse:
        """The first page that somebody has."""

        async def work(visit: Visit) -> Answer:
            found = next((w for w in self.ways.values() if w.nav and w.who & visit.me.roles), None)
            if found is None:
                raise Refusal("desk-nothing")
            return Done(found.path)

        return await self.serve(Way("GET", "/desk", work, DESK), request)

    async def nowhere(self, request: web.Request) -> web.StreamResponse:
        """An address that is none: the same words as for something that is not one's own."""

        async def work(visit: Visit) -> Answer:
            raise Refusal(NOT_HERE)

        return await self.serve(Way("GET", "/desk", work, DESK), request)

    async def serve(self, way: Way, request: web.Request) -> web.StreamResponse:
        """One request from beginning to end; whatever happens, an answer in words."""
        caller = Caller(token=request.cookies.get(cookie_name(), ""))
        try:
            values, uploads = await self._values(request, way)
            answer = await self._work(way, request, caller, values, uploads)
            if isinstance(answer, Given) and answer.place:
                answer = structs.replace(answer, content=await self.setting.fetch(answer.place))
            return self._answer(request, way, caller, answer)
        except NoEntry as no:
            return self.refuse(request, caller, no.status, no.say)
        except Refusal as no:
            return await self._refused(request, way, caller, no)
        except Away:
            return self.refuse(request, caller, 503, say("desk-file-away"))
        except Missing:
            log.error("a content that a row names is missing")
            return self.refuse(request, caller, 404, say("desk-file-missing"))
        except Exception as wrong:  # one of the two places that may: the page fails, the house goes on
            return self.broken(request, caller, way.key, wrong)

    def guard(self, handler: Plain) -> Plain:
        """A door of its own, with the same end: whatever happens, an answer in words."""

        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                return await handler(request)
            except Exception as wrong:  # the same place again, for what has no way in the table
                return self.broken(request, Caller(), handler.__name__, wrong)

        return handle

    async def _values(
        self, request: web.Request, way: Way
    ) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[Upload, ...]]]:
        found: dict[str, list[str]] = {}
        uploads: dict[str, list[Upload]] = {}
        if way.method == "POST":
            if not is_ours(request):
                raise NoEntry(403, "desk-foreign")
            for name, value in (await form_of(request, way.most)).items():
                if isinstance(value, web.FileField):
                    with value.file as brought:
                        uploads.setdefault(name, []).append(Upload(value.filename[:200], brought.read()))
                elif isinstance(value, str):
                    found.setdefault(name, []).append(value)
        for name, value in request.query.items():
            found.setdefault(name, []).append(value)
        found |= {name: [value] for name, value in request.match_info.items()}
        return {n: tuple(v) for n, v in found.items()}, {n: tuple(v) for n, v in uploads.items()}

    async def _work(
        self, way: Way, request: web.Request, caller: Caller, values: Mapping[str, tuple[str, ...]],
        uploads: Mapping[str, tuple[Upload, ...]],
    ) -> Answer:  # fmt: skip
        """The one transaction; a form that is refused is shown again in a second one, with what was typed."""
        no: Refusal | None = None
        disk = self.setting.disk()

        async def work(tx: Tx) -> Answer:
            session, me = await self._who(tx, caller, way, request, values)
            visit = Visit(tx=tx, me=me, now=self.setting.now(), session=session, path=request.path, values=values,
                          files=uploads, disk=disk)  # fmt: skip
            if no is None:
                answer = await way.handler(visit)
            else:
                assert way.again is not None
                answer = await way.again(with_trouble(visit, tx, no.say))
            if isinstance(answer, Done) and answer.toast is not None and PIECE not in request.headers:
                await desk_sessions.set_flash(tx, session.id, me.voice.plain(answer.toast))
            if isinstance(answer, Page):
                await self._around(tx, caller, way, PIECE in request.headers)
            return answer

        try:
            answer = await self.store.work(work)
        except Refusal as refused:
            if way.again is None or PIECE in request.headers or refused.say.key == NOT_HERE:
                raise
            no, caller.trouble, caller.typed = refused, at_the_desk(refused.say), values
            await self._count(caller, refused)
            answer = await self.store.work(work)
        if way.method == "POST":
            self.setting.ring()
        return answer

    async def _who(
        self, tx: Tx, caller: Caller, way: Way, request: web.Request, values: Mapping[str, tuple[str, ...]]
    ) -> tuple[DeskSession, Me]:
        """The session and the rights of this moment; refuses whom this way is not for."""
        found = await deeds.visitor(tx, caller.token, self.setting.now()) if caller.token else None
        if found is None:
            raise NoEntry(401, "desk-signed-out")
        caller.session, caller.me = found
        if way.method == "POST":
            given = request.headers.get("Desk-Csrf") or values.get("csrf", ("",))[0]
            if not csrf_fits(caller.token, given):
                raise NoEntry(403, "desk-foreign")
        if not way.who & caller.me.roles:
            raise Refusal("refusals-no-right" if caller.me.cohort_id else "refusals-no-class")
        return found

    async def _around(self, tx: Tx, caller: Caller, way: Way, piece: bool) -> None:
        """What stands around a page: navigation, classes, what is said once."""
        assert caller.session is not None and caller.me is not None
        if piece:
            return
        if caller.session.flash:
            caller.flash = caller.session.flash
            await desk_sessions.set_flash(tx, caller.session.id, "")
        me = caller.me
        caller.classes = tuple(
            Link(str(c.id), c.title_in(me.lang), c.id == me.cohort_id) for c in await deeds.classes_of(tx, me)
        )

    def _answer(self, request: web.Request, way: Way, caller: Caller, answer: Answer) -> web.StreamResponse:
        if isinstance(answer, Page):
            return self.page(request, caller, answer)
        if isinstance(answer, Given):
            shown = "inline" if answer.inline else "attachment"
            headers = {
                **HEADERS, "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
                "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(answer.name, safe='')}",
                "Cache-Control": KEPT.format(answer.keep) if answer.keep else "no-store",
            }  # fmt: skip
            return web.Response(body=answer.content, content_type=answer.kind, headers=headers)
        if not answer.to.startswith("/desk"):
            raise ValueError("a page of ours leads to pages of ours")
        if PIECE in request.headers:
            toast = caller.me.voice.plain(answer.toast) if caller.me and answer.toast else ""
            return self.json(200, {"to": answer.to, "toast": toast})
        return see(answer.to)

    async def _refused(self, request: web.Request, way: Way, caller: Caller, no: Refusal) -> web.StreamResponse:
        """An expected no: 404 for what is not there or not one's own, else the words, where they came from."""
        await self._count(caller, no)
        me, session = caller.me, caller.session
        if no.say.key == "desk-not-fresh" and me and session and PIECE not in request.headers:
            return self.refuse(request, caller, 403, no.say)
        allowed = me is not None and way.who & me.roles
        status = 404 if no.say.key == NOT_HERE else 409 if way.method == "POST" and allowed else 403
        if PIECE in request.headers:
            return self.json(status, {"toast": me.voice.plain(at_the_desk(no.say)) if me else ""})
        back = self.back_to(request)
        if status == 409 and me and session and back:
            words = me.voice.plain(at_the_desk(no.say))
            await self.store.work(lambda tx: desk_sessions.set_flash(tx, session.id, words))
            return see(back)
        return self.refuse(request, caller, status, no.say)

    async def _count(self, caller: Caller, no: Refusal) -> None:
        if no.counts and caller.me is not None:
            account, now = caller.me.account_id, self.setting.now()
            await self.store.work(lambda tx: accounts.add_attempt(tx, account, no.counts, now))
