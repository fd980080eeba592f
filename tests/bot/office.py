"""A post office to try: the real sender over a real database; one posts, and looks at what became of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from bot.clock import Clock
from bot.sender import Sender
from bot.transport import Api
from chat.words import Words
from simulator import Simulator
from simulator.journal import Entry
from storage import cards, outbox
from storage.outbox import Parcel
from storage.tx import Store, Tx


def body(text: str, **more: Any) -> str:
    """Words as the outbox keeps them."""
    return msgspec.json.encode(Words(text, **more)).decode()


class Row(msgspec.Struct, frozen=True):
    """What the outbox says of a parcel."""

    id: int
    chat_id: int
    state: str
    tries: int
    trouble: str | None
    message_id: int | None


class Office:
    """The sender with its outbox; it starts to send when it is opened."""

    def __init__(self, store: Store, api: Api, sim: Simulator, **options: Any) -> None:
        self.store, self.sim, self.clock = store, sim, Clock()
        self.sender = Sender(store, api, self.clock, **{"per_second": 0.0, **options})

    async def post(self, *posted: tuple[int, str], **fields: Any) -> None:
        """Write down one message for each (chat, text), in one transaction."""
        now = self.clock.now()
        parcels = [Parcel(chat_id=chat, body=body(text), made_at=now, **fields) for chat, text in posted]
        await self.store.work(lambda tx: outbox.add(tx, parcels))
        self.sender.bell.ring()

    async def put_card(self, chat: int, text: str, key: str = "card") -> None:
        """Say what a card is to show."""
        await self.store.work(lambda tx: cards.put(tx, key, chat, body(text), self.clock.now()))
        self.sender.bell.ring()

    async def rows(self) -> list[Row]:
        """Everything in the outbox, oldest first."""

        async def look(tx: Tx) -> list[Row]:
            return await tx.all(
                Row,
                "select id, chat_id, state, tries, trouble, message_id from outbox where kind <> 'menu' order by id",
            )

        return await self.store.work(look)

    async def states(self) -> list[str]:
        return [row.state for row in await self.rows()]

    async def until(self, seen: Callable[[], Awaitable[bool]] | Callable[[], bool], within: float = 10) -> None:
        """Wait until something is so."""
        end = asyncio.get_running_loop().time() + within
        while asyncio.get_running_loop().time() < end:
            found = seen()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"it never came to it: {await self.rows()}")

    async def on_its_way(self) -> bool:
        """Whether something is being sent just now."""
        return "sending" in await self.states()

    async def settles(self, within: float = 15) -> list[str]:
        """Wait until nothing waits and nothing is on its way; gives the states."""
        end = asyncio.get_running_loop().time() + within
        while True:
            states = await self.states()
            if not {"new", "sending"} & set(states):
                return states
            assert asyncio.get_running_loop().time() < end, f"still {Counter(states)}: {await self.rows()}"
            await asyncio.sleep(0.02)

    def calls(self, method: str = "sendMessage") -> list[Entry]:
        return self.sim.journal.of(method)

    def texts(self, chat: int) -> list[str]:
        """The texts of all sends to a chat that Telegram took, in order."""
        return [e.params["text"] for e in self.calls() if e.chat_id == chat and e.status == 200]


async def emptied(store: Store) -> None:
    """Throw away what the class of the cast has waiting."""

    async def clear(tx: Tx) -> None:
        await tx.do("delete from outbox")

    await store.work(clear)


@asynccontextmanager
async def running(office: Office) -> AsyncIterator[Office]:
    """Let the sender run; in the end it is stopped in order and must have ended well."""
    task = asyncio.create_task(office.sender.run())
    try:
        yield office
    finally:
        office.sender.stop()
        await asyncio.wait_for(task, 20)
