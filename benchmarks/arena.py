"""The simulator as a process, and the few levers of it that benchmarks pull."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import aiohttp
import msgspec

T = TypeVar("T")


class Call(msgspec.Struct, frozen=True):
    """One line of the simulator's journal, as far as it is needed here."""

    n: int
    at: float
    bot: int
    method: str
    chat_id: int | str | None
    status: int


class Burst(msgspec.Struct, frozen=True):
    """A crowd wrote: who, and when the first of them did (epoch seconds)."""

    people: list[int]
    messages: int
    seconds: float
    begun: float = 0.0


class Key(msgspec.Struct, frozen=True):
    """An inline button."""

    callback_data: str = ""


class Message(msgspec.Struct, frozen=True):
    """A message on a phone, as far as one taps on it."""

    message_id: int
    inline_keyboard: list[list[Key]] = []


class Chat(msgspec.Struct, frozen=True):
    """Somebody's conversation with a bot."""

    messages: list[Message]


class Arena:
    """A running simulator. `bots` are tokens."""

    def __init__(self, bots: Iterable[str], folder: Path) -> None:
        self.bots, self.folder = list(bots), folder
        self.url = ""
        self.read = 0

    async def __aenter__(self) -> Arena:
        named = [part for token in self.bots for part in ("--bot", f"{token}:b{token.split(':')[0]}_bot")]
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "simulator", "--no-limits", *named,
            stdout=asyncio.subprocess.PIPE, stderr=(self.folder / "simulator.log").open("w"),
        )  # fmt: skip
        assert self._process.stdout is not None
        line = (await self._process.stdout.readline()).decode()
        self.url = line.partition(": ")[2].strip().rstrip("/")
        if not self.url:
            raise RuntimeError(f"the simulator did not start: see {self.folder / 'simulator.log'}")
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=600))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        self._process.terminate()
        await self._process.wait()

    async def ask(self, method: str, path: str, kind: type[T], body: Any = None) -> T:
        """One call of the people's side."""
        data = None if body is None else msgspec.json.encode(body)
        async with self._session.request(method, self.url + path, data=data) as answer:
            found = await answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status} {found[:300]!r}")
            return msgspec.json.decode(found, type=kind)

    async def burst(self, bot: int, messages: int, people: int, text: str, rate: float = 0) -> Burst:
        """Let a crowd write, each in turn; `rate` messages a second, 0: as fast as it goes."""
        before = time.time()
        wish = {"bot": bot, "messages": messages, "people": people, "text": text, "rate": rate}
        done = await self.ask("POST", "/sim/burst", Burst, wish)
        return msgspec.structs.replace(done, begun=max(before, time.time() - done.seconds))

    async def crowd(self, bot: int, people: int) -> list[int]:
        """The ids of a crowd that knows this bot; made at the first call."""
        return (await self.burst(bot, 0, people, "-")).people

    async def limits(self, on: bool) -> None:
        """Telegram's flood limits on or off."""
        await self.ask("PUT", "/sim/limits", Any, {"on": on})

    async def says(self, bot: int, person: int, text: str) -> None:
        """Somebody writes to a bot."""
        await self.ask("POST", f"/sim/people/{person}/say", Any, {"chat": bot, "text": text})

    async def taps(self, bot: int, person: int, message_id: int, data: str) -> None:
        """Somebody taps a button."""
        await self.ask("POST", f"/sim/people/{person}/tap", Any, {"chat": bot, "message_id": message_id, "data": data})

    async def button(self, bot: int, person: int, verb: str, patience: float = 20) -> tuple[int, str]:
        """Wait for a button of this verb on somebody's phone, the newest one; gives the message and what it carries."""
        last = time.monotonic() + patience
        while time.monotonic() < last:
            seen = await self.ask("GET", f"/sim/chats/{bot}?person={person}", Chat)
            for message in reversed(seen.messages):
                for key in (key for row in message.inline_keyboard for key in row):
                    if key.callback_data.partition(":")[0] == verb:
                        return message.message_id, key.callback_data
            await asyncio.sleep(0.05)
        raise RuntimeError(f"no button {verb} came")

    async def fresh_calls(self) -> list[Call]:
        """The calls since the last time one asked."""
        calls = await self.ask("GET", f"/sim/journal?after={self.read}&limit=50000", list[Call])
        if calls:
            self.read = calls[-1].n
        return calls

    async def answers(
        self, bot: int, people: Iterable[int], patience: float, method: str = "sendmessage"
    ) -> list[Call]:  # fmt: skip
        """Wait until a bot has told each of these people something (or did something else to each of their chats);
        gives what there is when patience ends."""
        found: list[Call] = []
        missing, last = set(people), time.monotonic()
        while missing and time.monotonic() - last < patience:
            await asyncio.sleep(0.25)
            fresh = [c for c in await self.fresh_calls() if c.bot == bot and c.method.lower() == method]
            found += fresh
            missing -= {c.chat_id for c in fresh if isinstance(c.chat_id, int) and c.status == 200}
            last = time.monotonic() if fresh else last
        return found
