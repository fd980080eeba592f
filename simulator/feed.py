"""Live events for whoever listens: the page, a bot that follows the clock, a waiting test."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec

FALLEN_BEHIND = 5_000
encode = msgspec.json.encode


class Feed:
    """Hands each event to every listener; costs nothing while nobody listens."""

    def __init__(self) -> None:
        self.listeners: set[asyncio.Queue[bytes | None]] = set()
        self.waiters: list[asyncio.Future[None]] = []

    def listen(self) -> asyncio.Queue[bytes | None]:
        """A new listener's queue of encoded events; None means that it fell behind and must begin anew."""
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[bytes | None]) -> None:
        """Stop listening."""
        self.listeners.discard(queue)

    def tell(self, kind: str, **fields: Any) -> None:
        """Tell an event to all listeners."""
        if not self.listeners:
            return
        data = encode({"type": kind, **fields})
        for queue in list(self.listeners):
            queue.put_nowait(data)
            if queue.qsize() > FALLEN_BEHIND:
                self.listeners.discard(queue)
                queue.put_nowait(None)

    def hang_up(self) -> None:
        """End all listeners' streams: they come back and fetch everything anew."""
        listeners, self.listeners = self.listeners, set()
        for queue in listeners:
            queue.put_nowait(None)

    def stir(self) -> None:
        """Wake everybody who waits for something to happen."""
        if not self.waiters:
            return
        waiters, self.waiters = self.waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def next(self, seconds: float) -> None:
        """Wait until something happens, at most some seconds."""
        waiter = asyncio.get_running_loop().create_future()
        self.waiters.append(waiter)
        await asyncio.wait([waiter], timeout=seconds)
