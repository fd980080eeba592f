"""Whether the program lives (/healthz) and can work (/readyz): to be asked from outside (SCH-12)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

Check = Callable[[], Awaitable[dict[str, object]]]


def routes(check: Check) -> list[web.RouteDef]:
    """`check` gives the state in numbers and raises when the database does not answer."""

    async def lives(_: web.Request) -> web.Response:
        """503 only when the clock stands still, which a restart mends; a database that is away is not our end."""
        try:
            state = await check()
        except Exception:  # the head of this loop: we live, whatever it is that does not answer
            return web.json_response({"ok": True})
        still = bool(state.get("clock_stands_still"))
        return web.json_response({"ok": not still}, status=503 if still else 200)

    async def ready(_: web.Request) -> web.Response:
        try:
            state = await check()
        except Exception as lost:  # the head of this loop: whatever it is, we are not ready
            return web.json_response({"ok": False, "trouble": type(lost).__name__}, status=503)
        return web.json_response({"ok": True, **state})

    return [web.get("/healthz", lives), web.get("/readyz", ready)]
