"""Three programs on one PostgreSQL behind one webhook: whichever a message comes to, whichever dies (SCH-07, XC-06)."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import aiohttp
from aiohttp import web

from simulator import Phone, Simulator
from storage.door import open_store
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.conftest import Databases
from tests.stage import ZONE
from tests.stories.fifty import until
from tests.stories.program import TOKEN, Program, free_port

AFTERNOON = datetime(2027, 3, 15, 13, 50, tzinfo=ZONE)
NAMES = ("Tina", "Tom", "Gao")
SAID = {"签到": "已签到", "帮助": "我要签到", "我的记录": "还可请假"}
"""What they say in turn, and by which words one knows the answer."""


class Door:
    """One address before several programs: each delivery goes to the next; who is not there is passed over."""

    def __init__(self, ports: list[int]) -> None:
        self.port, self._next, self._count = free_port(), itertools.cycle(ports), len(ports)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        for _ in range(self._count):
            url = f"http://127.0.0.1:{next(self._next)}/hook"
            try:
                async with self._web.post(url, data=body, headers=request.headers) as answer:
                    return web.Response(status=answer.status)
            except aiohttp.ClientConnectorError:
                continue
            except aiohttp.ClientError:  # it died over it: nobody knows, so Telegram brings it again
                break
        return web.Response(status=502)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        app = web.Application()
        app.router.add_post("/hook", self.take)
        runner = web.AppRunner(app)
        async with aiohttp.ClientSession() as self._web:
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", self.port).start()
            try:
                yield
            finally:
                await runner.cleanup()


@asynccontextmanager
async def three(folder: Path, url: str) -> AsyncIterator[list[Program]]:
    """The simulator, a door, and three programs behind it."""
    async with Simulator(port=0, limits=False) as sim:
        sim.add_bot(token=TOKEN, username="tongxue_bot")
        ports = [free_port() for _ in range(3)]
        door = Door(ports)
        programs = []
        for port in ports:
            place = folder / str(port)
            place.mkdir()
            programs.append(Program(place, sim, url, "webhook", AFTERNOON, hook_port=door.port, port=port))
        async with door.open():
            try:
                await asyncio.gather(*(program.start() for program in programs))
                yield programs
            finally:
                await asyncio.gather(*(program.stop() for program in programs))


def answers(sim: Simulator, phone: Phone) -> list[str]:
    """What somebody was answered, in order; one that was sent twice in a row is one (a program died over it)."""
    told = [
        str(e.params.get("text")) for e in sim.journal.of("sendMessage") if e.chat_id == phone.id and e.status == 200
    ]
    known = [word for text in told for word, sign in SAID.items() if sign in text.split("\n")[0]]
    return [word for word, _ in itertools.groupby(known)]


def cards_of_the_day(sim: Simulator) -> Counter[int | str | None]:
    """How many cards each chat was sent (edits are other calls)."""
    return Counter(e.chat_id for e in sim.journal.of("sendMessage") if "📅 第1天" in str(e.params.get("text"))[:5])


async def test_one_is_killed_one_restarts_and_nobody_notices(tmp_path: Path, databases: Databases) -> None:
    url = await databases.postgres()
    async with three(tmp_path, url) as programs:
        sim = programs[0].sim
        phones = [sim.person(name, id=ACCOUNTS[name]) for name in NAMES]
        for phone in phones:
            await phone.start()
            await phone.sees("点下面的按键", within=20)
        # No card is in the hands of whoever is killed: it would be sent again, since nobody knows.
        await until(lambda: {phone.id for phone in phones} <= set(cards_of_the_day(sim)), "everybody's card")
        said = 0
        for turn, word in zip(range(18), itertools.cycle(SAID), strict=False):
            await asyncio.gather(*(phone.says(word) for phone in phones))
            said += 1
            if turn == 5:
                await programs[0].kill()
            if turn == 9:
                restart = asyncio.create_task(programs[1].stop())
            await asyncio.sleep(0.05)
        await restart
        await asyncio.gather(programs[0].start(), programs[1].start())
        await all_answered(sim, phones, said)
        wanted = [word for _, word in zip(range(said), itertools.cycle(SAID), strict=False)]
        for phone in phones:
            assert answers(sim, phone) == wanted, "each chat in its order, nothing left out"
        assert set(cards_of_the_day(sim).values()) == {1}, "three clocks, one card of the day for each"
        kept, marked, dead = await facts(url)
        assert (kept, marked, dead) == (len(phones) * (said + 1), len(phones), 0)


async def all_answered(sim: Simulator, phones: list[Phone], count: int) -> None:
    """Wait until everybody has all answers; what the killed program had in its hands is taken over within seconds."""
    for _ in range(300):
        if all(len(answers(sim, phone)) >= count for phone in phones):
            return
        await asyncio.sleep(0.1)
    raise AssertionError({phone.id: answers(sim, phone) for phone in phones})


async def facts(url: str) -> tuple[int, int, int]:
    """Updates kept, people marked, updates not worked."""

    async def look(tx: Tx) -> tuple[int, int, int]:
        return (
            await tx.one(int, "select count(*) from inbox"),
            await tx.one(int, "select count(*) from mark where status <> 'unmarked'"),
            await tx.one(int, "select count(*) from inbox where state <> 'done'"),
        )

    store = await open_store(url)
    try:
        return await store.work(look)
    finally:
        await store.close()
