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
from bot.telegram import ALLOWED_UPDATES, chat_of
from bot.transport import Api, NotSent, Uncertain
from bot.updates import text_of
from storage import inbox
from storage.inbox import LANES, Arrival
from storage.tx import Store, Tx

log = logging.getLogger("tongxue.intake")

HIGH_WATER = 5000
"""With more than this waiting, nothing new is taken: Telegram keeps it for us."""
SLOW = 30.0
STANDS_BY, AT_MOST = 30.0, 300.0
"""Another program takes the updates of this bot (409): we ask again after so long, and twice as long each time."""
IS_OVER = 900.0
"""So long after the last 409 the other one is gone."""
MINE_EVERY = 2.0
Mine = Callable[[], Awaitable[bool]]
AtOnce = tuple[Callable[[Tx], Awaitable[Done]], Callable[[Done], None]]


class Batch(Struct, frozen=True):
    """The answer to getUpdates, each update left as it came."""

    ok: bool
    result: list[msgspec.Raw] = []
    description: str = ""


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
_batch = json.Decoder(Batch).decode
_tap = json.Decoder(_TapOnly).decode
_talk = json.Decoder(_Talk).decode


def arrival_of(raw: bytes, bot_id: int, now: datetime) -> Arrival:
    """An update ready to be kept. What cannot be read is kept too, under a number made from its text."""
    text = text_of(raw)
    try:
        update_id, chat_id = chat_of(text)
    except msgspec.MsgspecError:
        update_id, chat_id = _number_of(raw), 0
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


def _number_of(raw: bytes) -> int:
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
        except Exception:  # the head of this loop: keeping comes first
            log.exception("kept, but not worked at once")
            await self.store.work(lambda tx: inbox.add(tx, arrivals))
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


async def _always() -> bool:
    return True


class Poller:
    """The polling loop: take, keep, only then ask for what comes after.

    Of several programs on one database one polls (`mine`), the others stand by; who hears that a program elsewhere
    takes the updates stands by too, asking now and then, so that the two do not drive each other out all the time.
    """

    def __init__(
        self, api: Api, keeper: Keeper, heard: Callable[[], None], mine: Mine = _always, seconds: int = 25
    ) -> None:  # fmt: skip
        self.api, self.keeper, self.heard, self.mine, self.seconds = api, keeper, heard, mine, seconds
        self.trouble = ""
        self.stands_by = False
        self._conflicts: list[float] = []

    async def run(self) -> None:
        """Poll for ever; a trouble slows the loop and is shown, and never ends it."""
        offset, rest = 0, 1.0
        while True:
            if await self.keeper.is_full():
                await asyncio.sleep(0.2)
                continue
            try:
                if not await self._is_mine():
                    await asyncio.sleep(MINE_EVERY)
                    continue
                batch = await self._ask(offset)
                if batch.result:
                    await self.keeper.keep([bytes(raw) for raw in batch.result])
                    offset = _highest(batch.result, offset)
                self.trouble, rest = "", 1.0
                self.heard()
            except _Trouble as lost:
                rest = self._rest(str(lost), rest, lost.rest)
                await asyncio.sleep(rest)
            except Exception as lost:  # the head of a loop: the database was away; nothing was confirmed
                rest = self._rest(f"{type(lost).__name__}", rest)
                await asyncio.sleep(rest)

    async def _is_mine(self) -> bool:
        """Whether this program is the one that polls; the others say once that they stand by."""
        mine = await self.mine()
        if mine is self.stands_by:
            log.warning(
                "this program takes the updates now" if mine else "another program takes the updates: standing by"
            )
        self.stands_by = not mine
        return mine

    @property
    def is_contested(self) -> bool | None:
        """Whether a program that we do not know takes the updates too; None while it is not for us to say."""
        if self.stands_by:
            return None
        return bool(self._conflicts) and asyncio.get_running_loop().time() - self._conflicts[-1] < IS_OVER

    def _rest(self, trouble: str, rest: float, wanted: float = 0.0) -> float:
        if trouble != self.trouble:
            log.warning("updates cannot be fetched: %s", trouble)
        self.trouble = trouble
        return wanted or min(rest * 2, SLOW)

    def _conflict(self) -> float:
        """Another program takes the updates: how long to stand by."""
        now = asyncio.get_running_loop().time()
        self._conflicts = [at for at in self._conflicts if now - at < IS_OVER] + [now]
        return min(STANDS_BY * 2.0 ** (len(self._conflicts) - 1), AT_MOST)

    async def _ask(self, offset: int) -> Batch:
        try:
            status, body = await self.api.poll(offset, self.seconds, 100, ALLOWED_UPDATES)
        except (NotSent, Uncertain) as lost:
            raise _Trouble(str(lost)) from None
        try:
            batch = _batch(body)
        except msgspec.MsgspecError:
            raise _Trouble(f"HTTP {status}, unreadable answer") from None
        if status != 200 or not batch.ok:
            rest = self._conflict() if status == 409 else SLOW if status in (401, 404) else 0.0
            raise _Trouble(f"{status} {batch.description}"[:200], rest)
        return batch


class _Trouble(Exception):
    """`rest` is how long to wait; 0: as usual, a little longer each time."""

    def __init__(self, words: str, rest: float = 0.0) -> None:
        super().__init__(words)
        self.rest = rest


def _highest(raws: list[msgspec.Raw], offset: int) -> int:
    """The offset that confirms a batch: one more than its last readable number."""
    for raw in reversed(raws):
        number = _number_of(bytes(raw))
        if number >= offset:
            return number + 1
    return offset
