"""Telegram's updates into the inbox: raw JSON is kept and committed first, only then confirmed."""

from __future__ import annotations

import asyncio
import logging
import re
import zlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct, json

from bot.clock import Bell, Clock
from bot.dispatcher import Done
from bot.telegram import chat_of
from bot.updates import text_of
from storage import inbox
from storage.inbox import LANES, Arrival
from storage.tx import Store, Tx

log = logging.getLogger("tongxue.intake")

HIGH_WATER = 5000
"""With more than this waiting, nothing new is taken: Telegram keeps it for us."""
AtOnce = tuple[Callable[[Tx], Awaitable[Done]], Callable[[Done], None]]


class _TapOnly(Struct, frozen=True):
    class Query(Struct, frozen=True):
        id: str = ""

    callback_query: Query | None = None


class _Talk(Struct, frozen=True):
    """Just enough to tell what people say in a group from what Telegram says about it."""

    class Said(Struct, frozen=True):
        migrate_to_chat_id: Any = None
        new_chat_members: Any = None
        left_chat_member: Any = None

    message: Said | None = None
    edited_message: Said | None = None


_NUMBER = re.compile(rb'"update_id"\s*:\s*"?(\d{1,18})\b')
"""Telegram's number of an update, found where the rest cannot be read."""
_tap = json.Decoder(_TapOnly).decode
_talk = json.Decoder(_Talk).decode


def arrival_of(raw: bytes, bot_id: int, now: datetime) -> Arrival:
    """An update ready to be kept. What cannot be read is kept too, under a number made from its text."""
    text = text_of(raw)
    try:
        update_id, chat_id = chat_of(text)
    except msgspec.MsgspecError:
        update_id, chat_id = number_of(raw), 0
    return Arrival(bot_id, update_id, chat_id, abs(chat_id) % LANES, text, now)


def is_group_talk(arrival: Arrival) -> bool:
    """Whether this is what people write to one another in a group: it is confirmed, and leaves no trace (AT-35)."""
    if arrival.chat_id >= 0:
        return False
    try:
        found = _talk(arrival.raw)
    except (msgspec.MsgspecError, RecursionError):
        return False
    said = found.message or found.edited_message
    return said is not None and not (said.migrate_to_chat_id or said.new_chat_members or said.left_chat_member)


def number_of(raw: bytes) -> int:
    """The number of an update that cannot be read, or one made from its bytes: below zero, where Telegram has none."""
    found = _NUMBER.search(raw)
    return int(found[1]) if found else -zlib.crc32(raw)


class Keeper:
    """Keeps updates; many that arrive at the same time share one commit."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        bot_id: int,
        bell: Bell,
        on_tap: Callable[[str], None] = lambda _: None,
        at_once: AtOnce | None = None,
    ) -> None:
        """`at_once` works what was just kept in the same transaction: (the work, what to do after the commit)."""
        self.store, self.clock, self.bot_id, self.bell, self.on_tap = store, clock, bot_id, bell, on_tap
        self.at_once = at_once
        self._counting = asyncio.Lock()
        self._queue: list[tuple[list[bytes], asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._waiting, self._counted_at = 0, 0.0

    async def keep(self, raws: list[bytes]) -> None:
        """Returns when the updates are on disk; raises what the database raises."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append((raws, kept))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await kept

    async def _write(self) -> None:
        try:
            while self._queue:
                taken, self._queue = self._queue, []
                await self._write_group(taken)
        finally:
            self._writing = None

    async def _write_group(self, taken: list[tuple[list[bytes], asyncio.Future[None]]]) -> None:
        now = self.clock.now()
        raws = [raw for group, _ in taken for raw in group]
        brought = [arrival_of(raw, self.bot_id, now) for raw in raws]
        arrivals = [arrival for arrival in brought if not is_group_talk(arrival)]
        try:
            done = await self._store(arrivals) if arrivals else Done()
        except Exception as lost:  # whoever asked hears of it: the webhook answers 503, the poller tries again
            for _, kept in taken:
                if not kept.done():
                    kept.set_exception(lost)
            return
        for _, kept in taken:
            if not kept.done():
                kept.set_result(None)
        self._waiting += len(arrivals)
        for raw in raws:
            self._notice_tap(raw)
        if done is not None and self.at_once is not None:
            self.at_once[1](done)
        if done is None or done.worked < len(arrivals):
            self.bell.ring()

    async def _store(self, arrivals: list[Arrival]) -> Done | None:
        """Keep, and work at once where that is the way: one commit instead of two before the answer can go.

        Should the work as a whole break, the updates are kept all the same, to be worked by the loop.
        """
        if self.at_once is None:
            await self.store.work(lambda tx: inbox.add(tx, arrivals))
            return None
        work = self.at_once[0]

        async def both(tx: Tx) -> Done:
            await inbox.add(tx, arrivals)
            return await work(tx)

        try:
            return await self.store.work(both)
        except Exception as lost:  # the head of this loop: keeping comes first
            await self.store.work(lambda tx: inbox.add(tx, arrivals))
            log.error("kept, but not worked at once", exc_info=lost)
            return None

    def _notice_tap(self, raw: bytes) -> None:
        if b'"callback_query"' not in raw:
            return
        try:
            found = _tap(raw)
        except (msgspec.MsgspecError, RecursionError):
            return
        if found.callback_query and found.callback_query.id:
            self.on_tap(found.callback_query.id)

    async def is_full(self) -> bool:
        """Whether too much waits. It is counted when so many have come since the last count, once a second at most."""
        if self._waiting <= HIGH_WATER:
            return False
        async with self._counting:
            if asyncio.get_running_loop().time() - self._counted_at > 1:
                self._waiting = await self.store.work(inbox.waiting)
                self._counted_at = asyncio.get_running_loop().time()
        return self._waiting > HIGH_WATER
