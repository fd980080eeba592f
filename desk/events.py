"""Live pages: server-sent events that say only that something changed; the page then fetches its piece anew.

One poll a process, whatever the number of pages, so it works with several replicas and costs the same with fifty.
"""

from __future__ import annotations

import asyncio
import contextlib

from aiohttp import web
from msgspec import Struct

from actions import desk_sessions as deeds
from chat.messages import say
from desk.answers import Caller
from desk.frame import HEADERS, csp
from desk.proofs import cookie_name
from desk.serving import Serving
from rules.roles import DESK
from storage import desk_sessions, desk_stirs
from storage.desk_stirs import Newest, Stir
from storage.tx import Tx

TOPICS = frozenset({"today", "roll", "leave", "log", "question", "ledger"})
EVERY, BEAT = 2.0, 20.0
MOST, MOST_OF_ONE = 400, 8


class Listener(Struct, eq=False):
    """One open page."""

    session_id: int
    cohort_id: int
    topics: frozenset[str]
    bell: asyncio.Event
    over: bool = False
    """The session has ended."""
    gone: bool = False
    """The house stops."""


class Looked(Struct, frozen=True):
    """What a poll saw."""

    newest: Newest
    pulses: dict[tuple[int, str], int]
    stirs: list[Stir]
    sessions: frozenset[int]


class Live:
    """The open pages of this process, and the poll that runs while there are any."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving
        self.listeners: set[Listener] = set()
        self._poll: asyncio.Task[None] | None = None
        self._before: Looked | None = None
        self._echo: set[tuple[int, str]] = set()

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/desk/events", self.serving.guard(self.listen))]

    async def listen(self, request: web.Request) -> web.StreamResponse:
        """`/desk/events?topics=today,roll`: says `changed` with the topic, `over` when the session has ended."""
        token, now = request.cookies.get(cookie_name(), ""), self.serving.setting.now()
        found = await self.serving.store.work(lambda tx: deeds.visitor(tx, token, now)) if token else None
        if found is None or not found[1].roles & DESK:
            return web.Response(status=401, headers={**HEADERS, "Cache-Control": "no-store"})
        session, me = found
        topics = TOPICS & set(request.query.get("topics", "").split(","))
        mine = [each for each in self.listeners if each.session_id == session.id]
        if not topics or len(self.listeners) >= MOST or len(mine) >= MOST_OF_ONE:
            return self.serving.refuse(request, Caller(), 429, say("desk-wait"))
        listener = Listener(session.id, me.cohort_id, topics, asyncio.Event())
        return await self._stream(request, listener)

    async def _stream(self, request: web.Request, listener: Listener) -> web.StreamResponse:
        headers = {**HEADERS, "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store",
                   "X-Accel-Buffering": "no", "Content-Security-Policy": csp()}  # fmt: skip
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        await response.write(b"retry: 3000\n\n")
        self.listeners.add(listener)
        if self._poll is None:
            self._poll = asyncio.create_task(self._run())
        try:
            while not (listener.over or listener.gone):
                try:
                    async with asyncio.timeout(BEAT):
                        await listener.bell.wait()
                except TimeoutError:
                    await response.write(b": beat\n\n")  # proxies close a line that is silent for long
                    continue
                listener.bell.clear()
                if not listener.gone:
                    await response.write(b"event: over\ndata:\n\n" if listener.over else b"event: changed\ndata:\n\n")
        except ConnectionError:
            pass
        finally:
            self.listeners.discard(listener)
        return response

    async def _run(self) -> None:
        """Poll until nobody listens any more."""
        while self.listeners:
            await self.poll()
            await asyncio.sleep(EVERY)
        self._poll, self._before = None, None

    async def poll(self) -> None:
        """Look once, and tell whom it concerns."""
        before, now = self._before, self.serving.setting.now()

        async def look(tx: Tx) -> Looked:
            newest = await desk_stirs.newest(tx)
            stirs = await desk_stirs.since(tx, before.newest) if before and newest != before.newest else []
            pulses = {(p.cohort_id, p.topic): p.stamp for p in await desk_stirs.pulses(tx)}
            return Looked(newest, pulses, stirs, frozenset(await desk_sessions.live(tx, now)))

        try:
            seen = await self.serving.store.work(look)
        except Exception:  # the head of this loop: a database that is away comes back
            return
        self._before = seen
        moved = {(s.cohort_id, s.topic) for s in seen.stirs}
        if before is not None:
            moved |= {key for key, stamp in seen.pulses.items() if before.pulses.get(key, 0) != stamp}
        told = moved | self._echo
        # Two transactions may commit in another order than their ids; so what moved is said once more.
        self._echo = moved if self.serving.store.postgres else set()
        self._tell(told, seen.sessions)

    def _tell(self, moved: set[tuple[int, str]], sessions: frozenset[int]) -> None:
        for listener in self.listeners:
            mine = {topic for cohort, topic in moved if cohort == listener.cohort_id}
            if listener.session_id not in sessions:
                listener.over = True
            if listener.over or (mine and ("today" in listener.topics or "audit" in mine or mine & listener.topics)):
                listener.bell.set()

    async def close(self, _: object = None) -> None:
        """The house stops: every page is let go, and comes back by itself."""
        for listener in self.listeners:
            listener.gone = True
            listener.bell.set()
        if self._poll is not None:
            self._poll.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._poll
            self._poll = None
