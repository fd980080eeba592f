"""Where Telegram delivers updates: checked, kept, committed, and only then answered with 200."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable

import msgspec
from aiohttp import web

log = logging.getLogger("tongxue.webhook")

BODY_LIMIT = 1 << 20
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
BUSY = {"Retry-After": "5"}

Keep = Callable[[list[bytes]], Awaitable[None]]


def webhook(
    secret: str, keep: Keep, is_full: Callable[[], Awaitable[bool]]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler of the webhook route. 403 for a wrong secret, 503 with Retry-After when it cannot be kept now."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=403)
        if request.content_type != "application/json":
            return web.Response(status=415)
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        if await is_full():
            return web.Response(status=503, headers=BUSY)
        try:
            msgspec.json.decode(body, type=dict[str, msgspec.Raw])
        except msgspec.MsgspecError:
            return web.Response(status=400)
        except RecursionError:  # brackets in brackets in brackets: kept and set aside, or it would come for ever
            log.warning("an update is nested too deeply")
        try:
            await keep([body])
        except Exception as lost:  # the head of this loop: not kept, so not confirmed; Telegram brings it again
            log.error("an update could not be kept: %s", type(lost).__name__)
            return web.Response(status=503, headers=BUSY)
        return web.Response()

    return receive
