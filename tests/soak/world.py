"""The ground of a soak: the simulator, a database of its own, one program or two behind one webhook."""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from msgspec import Struct, structs

from actions import classes
from actions.classfiles import read_folder
from rules.classfile import ClassFile
from simulator import Phone, Simulator
from storage import accounts, members
from storage.door import open_store
from storage.tx import Store, Tx, Work
from tests.conftest import T, _start_postgres
from tests.stage import ZONE
from tests.stories.program import SAMPLE, TOKEN, Program, free_port
from tests.stories.test_replicas import Door

FIRST_ACCOUNT = 1001
TEACHER, OFFICE = "B01", "A01"
SHOWN = "shown-to-metrics"
MONDAY = datetime(2027, 3, 15, 0, 0, tzinfo=ZONE)


class Database:
    """A SQLite file, or a PostgreSQL server that nobody else uses: it may be stopped hard and started again."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind, self.folder = kind, folder
        self._server: Any = None
        if kind == "postgres":
            self._server = _start_postgres(Path(tempfile.mkdtemp(prefix="tongxue-soak")))
            self.url = str(self._server.get_uri())
        else:
            self.url = f"sqlite:///{folder}/soak.db"

    @property
    def path(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def crash(self) -> None:
        """The server is gone at once, in the middle of whatever it does; it will have to recover."""
        os.kill(self._server.get_pid(), signal.SIGQUIT)

    def come_back(self) -> None:
        self._server.start()

    def end(self) -> None:
        if self._server is not None:
            self._server.cleanup()


class World(Struct):
    """All of it, and the class that lives there now."""

    sim: Simulator
    database: Database
    programs: list[Program]
    store: Store
    shelf: Path
    phones: dict[str, Phone] = {}
    week: int = -1
    cohort_id: int = 0

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.sim.clock.now(), ZONE)

    async def ask(self, work: Work[T]) -> T:
        """Look into the database, patiently: it may be away for a while."""
        for _ in range(300):
            try:
                return await self.store.work(work)
            except Exception:
                await asyncio.sleep(0.2)
        return await self.store.work(work)

    async def numbers(self, program: Program) -> dict[str, float]:
        """The metrics of a program, by their names."""
        where, shown = f"http://127.0.0.1:{program.port}/metrics", {"Authorization": f"Bearer {SHOWN}"}
        async with aiohttp.ClientSession() as web, web.get(where, headers=shown) as answer:
            lines = [line.split(" ") for line in (await answer.text()).splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in lines}

    async def new_class(self) -> None:
        """The sample class comes for the next week; everybody is bound to a seat of it."""
        self.week += 1
        file = await asyncio.to_thread(_class_of_week, self.week)
        self.cohort_id, names = await self.ask(lambda tx: _bind(tx, file, self.now))
        for account, (ref, name) in enumerate(names.items(), FIRST_ACCOUNT):
            if ref not in self.phones:
                phone = self.phones[ref] = self.sim.person(name, id=account)
                self.sim.dialog(self.sim.home(phone.person), phone.person).started = True


def _class_of_week(week: int) -> ClassFile:
    file = read_folder(SAMPLE).classfile
    assert file is not None
    on = timedelta(weeks=week)
    table = tuple(structs.replace(s, date=s.date + on) for s in file.sessions)
    return structs.replace(
        file, key=f"week{week}", title=f"第{week + 1}期", first_day=file.first_day + on, last_day=file.last_day + on,
        sessions=table,
    )  # fmt: skip


async def _bind(tx: Tx, file: ClassFile, now: datetime) -> tuple[int, dict[str, str]]:
    report = await classes.bring_in(tx, file, now)
    await classes.move(tx, report.cohort_id, "registration", now)
    names: dict[str, str] = {}
    for account, ref in enumerate([*(t.trainee_id for t in file.trainees), TEACHER, OFFICE], FIRST_ACCOUNT):
        member = await members.by_ref(tx, report.cohort_id, ref)
        assert member is not None
        names[ref] = member.name
        await accounts.meet(tx, account, member.name, now)
        await members.set_account(tx, member.id, account, now)
        await accounts.set_cohort(tx, account, report.cohort_id)
        await accounts.set_lang(tx, account, "zh")
    return report.cohort_id, names


@asynccontextmanager
async def world(folder: Path, kind: str, programs: int, begin: datetime) -> AsyncIterator[World]:
    """One program polls and has everything in its database; two stand behind one webhook and share a folder."""
    database = await asyncio.to_thread(Database, kind, folder)
    mode = "polling" if programs == 1 else "webhook"
    async with Simulator(port=0, limits=False) as sim:
        sim.add_bot(token=TOKEN, username="tongxue_bot")
        ports = [free_port() for _ in range(programs)]
        door = Door(ports)
        shelf = folder / "shelf"
        shelf.mkdir()
        made = []
        for port in ports:
            place = folder / str(port)
            place.mkdir()
            made.append(Program(place, sim, database.url, mode, begin, True, hook_port=door.port, port=port))
            text = made[-1].config.read_text(encoding="utf-8")
            wanted = text.replace("[server]\n", f'[server]\nmetrics_token = "{SHOWN}"\n')
            if programs > 1:
                wanted += f'[media]\nplace = "folder://{shelf}"\n'
            made[-1].config.write_text(wanted, encoding="utf-8")
        store = await open_store(database.url)
        async with door.open():
            try:
                yield World(sim, database, made, store, shelf)
            finally:
                await asyncio.gather(*(program.stop() for program in made))
                await store.close()
                await asyncio.to_thread(database.end)
