"""The polling loop: Telegram's updates are asked for, kept, and only then confirmed by asking for what comes after."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import msgspec
from msgspec import Struct, json

from bot.intake import Keeper, number_of
from bot.telegram import ALLOWED_UPDATES
from bot.transport import Api, NotSent, Uncertain

log = logging.getLogger("tongxue.poller")

SLOW = 30.0
OTHER = "terminated by other getUpdates"
STANDS_BY, AT_MOST = 30.0, 300.0
"""Another program takes the updates of this bot (409): we ask again after so long, and twice as long each time."""
IS_OVER = 900.0
"""So long after the last 409 the other one is gone."""
MINE_EVERY = 2.0
Mine = Callable[[], Awaitable[bool]]


class Batch(Struct, frozen=True):
    """The answer to getUpdates, each update left as it came."""

    ok: bool
    result: list[msgspec.Raw] = []
    description: str = ""


_batch = json.Decoder(Batch).decode


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

    def _wanted(self, status: int, words: str) -> float:
        """How long to rest after such an answer; 0: as usual. A webhook that is still set (409 too) is about to go."""
        if status == 409 and OTHER in words:
            return self._conflict()
        return SLOW if status in (401, 404) else 0.0

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
            raise _Trouble(f"{status} {batch.description}"[:200], self._wanted(status, batch.description))
        return batch


class _Trouble(Exception):
    """`rest` is how long to wait; 0: as usual, a little longer each time."""

    def __init__(self, words: str, rest: float = 0.0) -> None:
        super().__init__(words)
        self.rest = rest


def _highest(raws: list[msgspec.Raw], offset: int) -> int:
    """The offset that confirms a batch: one more than its last readable number."""
    for raw in reversed(raws):
        number = number_of(bytes(raw))
        if number >= offset:
            return number + 1
    return offset
