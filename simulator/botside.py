"""The bots' side over HTTP: /bot<token>/<method> and /file/bot<token>/<path>."""

from __future__ import annotations

import asyncio
import inspect
import time
from typing import Any

import msgspec
from aiohttp import web

from simulator.call import Call, read_call
from simulator.core import Telegram
from simulator.faults import Fault
from simulator.journal import Entry, summary
from simulator.methods.table import METHODS
from simulator.methods.updating import Said
from simulator.model import Account
from simulator.queues import Update
from simulator.refusal import Refusal
from simulator.troubles import befall

encode = msgspec.json.encode
HTML_ERROR = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n</body>\r\n</html>\r\n"
)
STALL = 3600.0


def json_answer(status: int, body: bytes, retry_after: int | None = None) -> web.Response:
    """An answer of the Bot API."""
    answer = web.Response(status=status, body=body, content_type="application/json")
    if retry_after is not None:
        answer.headers["Retry-After"] = str(retry_after)
    return answer


def refusal_answer(refusal: Refusal) -> web.Response:
    """The answer for a refusal: the HTTP status is the error code."""
    data: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        data["parameters"] = refusal.parameters
    return json_answer(refusal.code, encode(data), refusal.parameters.get("retry_after"))


def success(result: Any) -> bytes:
    """The body of a successful answer; updates are put in as they were encoded long ago."""
    if isinstance(result, list) and result and isinstance(result[0], Update):
        return b'{"ok":true,"result":[' + b",".join(update.raw for update in result) + b"]}"
    if isinstance(result, Said):
        return encode({"ok": True, "result": result.result, "description": result.description})
    return encode({"ok": True, "result": result})


class BotSide:
    """Takes the bots' calls in, runs them, and writes each into the journal."""

    def __init__(self, sim: Telegram) -> None:
        self.sim = sim

    def routes(self) -> list[web.RouteDef]:
        """What the web server sends here."""
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.route("*", "/bot{token}/test/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.file),
        ]

    def account(self, token: str) -> Account:
        """The bot with this token."""
        known = self.sim.tokens.get(token)
        if known is None:
            number, _, secret = token.partition(":")
            if not number.isdigit() or not secret:
                raise Refusal(401, "invalid token specified")
            if not self.sim.any_bot:
                raise Refusal(401)
            known = self.sim.add_bot(token, f"bot{number}_bot")
        if known.revoked:
            raise Refusal(401)
        return known

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        begun = time.perf_counter()
        spelled = request.match_info["method"]
        method = spelled.lower()
        sim = self.sim
        try:
            bot = self.account(request.match_info["token"])
            fault = sim.faults.for_call(method, None, True) if sim.faults.list else None
            if fault is not None:
                return self.unread(request, bot, spelled, fault)
            call = await read_call(request, method)
        except web.HTTPRequestEntityTooLarge:
            return refusal_answer(Refusal(413))
        except Refusal as refusal:
            return refusal_answer(refusal)
        fault = sim.faults.for_call(method, call.params.get("chat_id"), False) if sim.faults.list else None
        if fault is not None and fault.kind == "close":
            return self.unread(request, bot, spelled, fault)
        result, refusal_made = await self.run(bot, call, fault)
        self.note(bot, spelled, call, result, refusal_made, fault, begun)
        if fault is not None and (broken := await self.broken(request, fault)) is not None:
            return broken
        return refusal_answer(refusal_made) if refusal_made else json_answer(200, success(result))

    def unread(self, request: web.Request, bot: Account, method: str, fault: Fault) -> web.Response:
        """Hang up on a call that is not looked at; the journal still shows it."""
        entry = Entry(0, self.sim.clock.now(), bot.id, method, fault.chat, {}, 0, 0.0, None, fault.kind)
        self.sim.journal.write(entry)
        self.sim.feed.tell("call", call=entry)
        return cut(request)

    async def run(self, bot: Account, call: Call, fault: Fault | None = None) -> tuple[Any, Refusal | None]:
        """The result of a call, or why there is none."""
        try:
            if fault is not None:
                befall(self.sim, bot, call, fault)
            method = METHODS.get(call.method)
            if method is None:
                raise Refusal(404, "method not found")
            result = method(self.sim, bot, call)
            return (await result if inspect.isawaitable(result) else result), None
        except Refusal as refusal:
            return None, refusal

    async def broken(self, request: web.Request, fault: Fault) -> web.StreamResponse | None:
        """What a fault makes of a finished answer; None when the answer goes out after all."""
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            return None
        if fault.kind == "accept_stall":
            await asyncio.sleep(STALL)
        if fault.kind in ("accept_close", "accept_stall"):
            return cut(request)
        if fault.kind in ("500", "502", "504") and (fault.html or fault.kind != "500"):
            refusal = Refusal(int(fault.kind))
            text = HTML_ERROR.format(f"{refusal.code} {refusal.description}")
            return web.Response(status=refusal.code, text=text, content_type="text/html")
        return None

    def note(
        self,
        bot: Account,
        method: str,
        call: Call,
        result: Any,
        refused: Refusal | None,
        fault: Fault | None,
        begun: float,
    ) -> None:
        """Write a call into the journal and tell the page."""
        status = refused.code if refused else 200
        params = call.params
        if call.files:
            params = params | {name: f"{file.name} ({len(file.data)} bytes)" for name, file in call.files.items()}
        if refused:
            result = refused.description
        elif call.method == "getupdates":
            result = [update.id for update in result]
        elif isinstance(result, Said):
            result = result.description
        spent = round((time.perf_counter() - begun) * 1000, 1)
        kind = fault.kind if fault else ""
        chat = params.get("chat_id")
        entry = Entry(
            0, self.sim.clock.now(), bot.id, method, number(chat), params, status, spent, summary(result), kind
        )
        self.sim.journal.write(entry)
        if self.sim.feed.listeners:
            self.sim.feed.tell("call", call=entry)

    async def on_reply(self, bot: Account, body: bytes, content_type: str) -> None:
        """Run the method call that a webhook's answer may carry; nobody hears of its result."""
        if content_type != "application/json":
            return
        try:
            params = msgspec.json.decode(body)
        except msgspec.DecodeError:
            return
        if isinstance(params, dict) and isinstance(params.get("method"), str):
            call = Call(params.pop("method").lower(), params)
            begun = time.perf_counter()
            result, refused = await self.run(bot, call)
            self.note(bot, call.method, call, result, refused, None, begun)

    async def file(self, request: web.Request) -> web.Response:
        """Hand out a file that getFile named."""
        try:
            self.account(request.match_info["token"])
        except Refusal as refusal:
            return refusal_answer(refusal)
        file_id = self.sim.files.by_path(request.match_info["path"])
        data = self.sim.files.read(file_id) if file_id else None
        if data is None:
            return refusal_answer(Refusal(404))
        return web.Response(body=data, content_type="application/octet-stream")


def cut(request: web.Request) -> web.Response:
    """Close the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def number(chat: Any) -> int | str | None:
    """A chat id as a number where it is one."""
    text = str(chat) if chat is not None else ""
    return int(text) if text.lstrip("-").isdigit() else chat
