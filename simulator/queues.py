"""The updates that wait for a bot, and the rules of getUpdates."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable

import msgspec

from simulator.refusal import Refusal

KINDS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages", "message_reaction", "message_reaction_count",
    "inline_query", "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query",
    "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member", "chat_join_request",
    "chat_boost", "removed_chat_boost",
)  # fmt: skip
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
DEFAULT = frozenset(KINDS) - NOT_BY_DEFAULT
MAX_ANSWER = 4 * 1024 * 1024
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
RESTART = "restart"
BY_WEBHOOK = "terminated by setWebhook request"


class Update(msgspec.Struct):
    """One update, ready to be sent."""

    id: int
    key: int
    kind: str
    expires: float
    raw: bytes


class Queue:
    """A bot's waiting updates; at most one poll at a time waits for them."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.waiting: deque[Update] = deque()
        self.allowed: frozenset[str] = DEFAULT
        self.last_id = int(time.time()) % 100_000 * 1_000
        self.polling: asyncio.Future[str] | None = None
        self._last_offset: int | None = None
        self._started = self._finished = self._next_conflict = -10.0

    def put(self, update: Update) -> None:
        """Let an update wait, and wake the poll that waits for it."""
        self.waiting.append(update)
        if self.polling is not None and not self.polling.done():
            self.polling.set_result("")

    def forget(self, offset: int) -> None:
        """Drop what is confirmed: everything below a positive offset, all but the last few for a negative one."""
        if offset > 0:
            while self.waiting and self.waiting[0].id < offset:
                self.waiting.popleft()
        elif offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popleft()

    def look(self, limit: int) -> list[Update]:
        """The first updates that have not expired; those that have are dropped."""
        found: list[Update] = []
        size, now = 0, self.now()
        while self.waiting and len(found) < limit:
            update = self.waiting.popleft()
            if update.expires <= now:
                continue
            size += len(update.raw)
            found.append(update)
            if size > MAX_ANSWER:
                break
        self.waiting.extendleft(reversed(found))
        return found[:-1] if size > MAX_ANSWER and len(found) > 1 else found

    def end_poll(self, reason: str) -> None:
        """Send away whoever polls now."""
        if self.polling is not None and not self.polling.done():
            self.polling.set_result(reason)
        self.polling = None

    async def poll(self, offset: int, limit: int, patience: float) -> list[Update]:
        """Answer a getUpdates call."""
        self.forget(offset)
        self.end_poll(OTHER_POLL)
        now = time.monotonic()
        if offset == self._last_offset:
            if patience < 3 and now < self._started + 3:
                patience = 3
            if now < self._finished + 0.5:
                limit = 1
        self._last_offset, self._started = offset, now
        try:
            return self.look(limit) or await self._wait(limit, patience)
        finally:
            self._finished = time.monotonic()

    async def _wait(self, limit: int, patience: float) -> list[Update]:
        if patience <= 0:
            return []
        mine = self.polling = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait([mine], timeout=patience)
            if mine.done() and mine.result():
                await self._conflict(mine.result())
            if mine.done():
                await asyncio.sleep(0.002)
        finally:
            if self.polling is mine:
                self.polling = None
        return self.look(limit)

    async def _conflict(self, reason: str) -> None:
        if reason == RESTART:
            raise Refusal(500, reason)
        now = time.monotonic()
        if now < self._next_conflict:
            await asyncio.sleep(3)
        else:
            self._next_conflict = now + 3
        raise Refusal(409, reason)

    def allow(self, kinds: Iterable[str]) -> None:
        """Remember which kinds of updates the bot wants; nothing named means the usual ones."""
        known = frozenset(kind for kind in kinds if kind in KINDS)
        self.allowed = known or DEFAULT
