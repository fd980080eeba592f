"""Delivers updates to a bot's webhook: one queue for each key, retries that grow slower, 2xx only."""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable

import aiohttp

from simulator.queues import Queue, Update

RESPONSE_TIMEOUT = 60.0
LONGEST_WISH = 3600.0
GONE_FOR_GOOD = 23 * 3600.0
Reply = Callable[[bytes, str], Awaitable[None]]


class Hook:
    """A bot's webhook; without a url it is off."""

    def __init__(self, queue: Queue) -> None:
        self.queue = queue
        self.url = self.secret = ""
        self.most = 40
        self.last_error = ""
        self.last_error_at = 0.0
        self.on_reply: Reply | None = None
        self.resume: tuple[str, str, int] | None = None
        self._lanes: dict[int, deque[Update]] = {}
        self._ready: deque[int] = deque()
        self._tries: dict[int, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._timers: set[asyncio.TimerHandle] = set()
        self._session: aiohttp.ClientSession | None = None
        self._success = 0.0
        self._gone_since = 0.0
        self._closing: asyncio.Task[None] | None = None

    @property
    def pending(self) -> int:
        """How many updates wait."""
        return sum(len(lane) for lane in self._lanes.values()) + len(self.queue.waiting)

    def open(self, url: str, secret: str, most: int) -> None:
        """Begin to deliver, what waits included."""
        self.url, self.secret, self.most = url, secret, most
        self.last_error, self.last_error_at = "", 0.0
        self._success, self._gone_since = time.monotonic(), 0.0
        while self.queue.waiting:
            self.put(self.queue.waiting.popleft())

    def wake(self) -> None:
        """Go on with the webhook of a saved state."""
        if self.resume is not None:
            resume, self.resume = self.resume, None
            self.open(*resume)

    async def rest(self) -> None:
        """Stop delivering but remember the webhook, for the state file."""
        url = self.url
        await self.close()
        self.url = url

    async def close(self) -> None:
        """Stop delivering; what was not delivered waits for getUpdates again."""
        self.url = ""
        for timer in self._timers:
            timer.cancel()
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        left = sorted((update for lane in self._lanes.values() for update in lane), key=lambda update: update.id)
        self.queue.waiting.extendleft(reversed(left))
        self._lanes, self._ready, self._tries, self._timers = {}, deque(), {}, set()
        if self._session is not None:
            await self._session.close()
            self._session = None

    def clear(self) -> int:
        """Drop everything that waits."""
        count = self.pending
        self._lanes.clear()
        self._ready.clear()
        self.queue.waiting.clear()
        return count

    def all_waiting(self) -> list[Update]:
        """Everything not yet delivered, by number."""
        lanes = [update for lane in self._lanes.values() for update in lane]
        return sorted([*self.queue.waiting, *lanes], key=lambda update: update.id)

    def put(self, update: Update) -> None:
        """Let an update wait in its key's lane."""
        lane = self._lanes.get(update.key)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.key] = deque([update])
        self._ready.append(update.key)
        self._pump()

    def _width(self) -> int:
        return 1 if self._tries and time.monotonic() - self._success > 10 else self.most

    def _pump(self) -> None:
        while self.url and self._ready and len(self._tasks) < self._width():
            task = asyncio.get_running_loop().create_task(self._deliver(self._ready.popleft()))
            self._tasks.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._pump()

    async def _deliver(self, key: int) -> None:
        lane = self._lanes.get(key)
        while lane and self.url:
            update = lane[0]
            if update.expires <= self.queue.now():
                lane.popleft()
                continue
            wait = await self._send(update)
            if wait is not None:
                self._again(key, wait)
                return
            self._tries.pop(key, None)
            if lane and lane[0] is update:
                lane.popleft()
        if not lane:
            self._lanes.pop(key, None)

    def _again(self, key: int, wait: float) -> None:
        tries = self._tries[key] = self._tries.get(key, 0) + 1
        pause = wait or min(0 if tries == 1 else 2.0 ** (tries - 1), random.uniform(60, 120))
        loop = asyncio.get_running_loop()
        timer: asyncio.TimerHandle

        def ready() -> None:
            self._timers.discard(timer)
            self._ready.append(key)
            self._pump()

        timer = loop.call_later(pause, ready)
        self._timers.add(timer)

    async def _send(self, update: Update) -> float | None:
        """Post one update; None when it was taken, else the seconds the bot asked to wait (0: it did not say)."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=RESPONSE_TIMEOUT))
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        try:
            async with self._session.post(self.url, data=update.raw, headers=headers, allow_redirects=False) as answer:
                body = await answer.read()
        except TimeoutError:
            return self._failed("Read timeout expired")
        except aiohttp.ClientConnectorError:
            return self._failed("Connection refused")
        except aiohttp.ClientError:
            return self._failed("Connection reset by peer")
        if 200 <= answer.status < 300:
            await self._taken(body, answer.content_type)
            return None
        self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        self._note_gone(answer.status)
        return wish(answer.headers.get("Retry-After", ""))

    async def _taken(self, body: bytes, content_type: str) -> None:
        self._success, self._gone_since = time.monotonic(), 0.0
        if body and self.on_reply is not None:
            await self.on_reply(body, content_type)

    def _failed(self, why: str) -> float:
        self.last_error, self.last_error_at = why, self.queue.now()
        return 0.0

    def _note_gone(self, status: int) -> None:
        now = self.queue.now()
        if status != 410:
            self._gone_since = 0.0
        elif not self._gone_since:
            self._gone_since = now
        elif now - self._gone_since > GONE_FOR_GOOD:
            self.url = ""
            self._closing = asyncio.get_running_loop().create_task(self.close())


def wish(header: str) -> float:
    """The seconds of a Retry-After header, at most an hour."""
    return min(LONGEST_WISH, float(header)) if header.isdigit() else 0.0
