"""Server-sent events: the live events of the page, and the clock for a bot that follows it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiohttp import web

from simulator.feed import Feed


async def stream(
    request: web.Request, feed: Feed, first: Callable[[], bytes] | None, bare: bool = False
) -> web.StreamResponse:
    """Send events until the listener goes; `bare` sends the clock without its envelope."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
    await response.prepare(request)
    queue = feed.listen()
    try:
        await response.write(b": hello\n\n" if first is None else b"data: " + first() + b"\n\n")
        while True:
            try:
                data = await asyncio.wait_for(queue.get(), 15)
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            if data is None:
                return response
            if bare and first is not None:
                data = first()
            await response.write(b"data: " + data + b"\n\n")
    except ConnectionError:
        return response
    finally:
        feed.leave(queue)
