"""What is the databases' own: opening, the thread of SQLite, presence on PostgreSQL, the schema."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import outbox, schema
from storage.door import Closed, open_store
from storage.outbox import Parcel
from storage.sqlite import SqliteStore, open_sqlite
from storage.tx import Store, Tx
from tests.conftest import Databases


@pytest.fixture
async def lite(databases: Databases) -> AsyncIterator[SqliteStore]:
    store = await open_sqlite((await databases.sqlite()).removeprefix("sqlite:///"))
    yield store
    await store.close()


async def test_a_new_database_gets_its_schema_once(tmp_path: Path, databases: Databases) -> None:
    for url in (f"sqlite:///{tmp_path}/deep/er/new.db", await databases.empty_postgres()):
        for _ in range(2):
            store = await open_store(url)
            assert await schema.version(store) == schema.HEAD
            assert await store.work(lambda tx: tx.one(int, "select count(*) from member")) == 0
            await store.close()


async def test_two_programs_open_a_new_database_at_once(databases: Databases) -> None:
    url = await databases.empty_postgres()
    stores = await asyncio.gather(*(open_store(url) for _ in range(3)))
    assert {await schema.version(store) for store in stores} == {schema.HEAD}
    for store in stores:
        await store.close()


async def test_a_newer_database_is_left_alone(store: Store, url: str) -> None:
    await store.work(lambda tx: tx.do("update alembic_version set version_num = '9999'"))
    with pytest.raises(Closed, match="9999"):
        await open_store(url)


@pytest.mark.parametrize("url", ["mysql://x", "sqlite://x", "", "postgresql://127.0.0.1:9/x", "sqlite:////proc/x/y.db"])
async def test_an_address_that_does_not_open(url: str) -> None:
    with pytest.raises(Closed):
        await open_store(url)


async def test_what_does_not_open_leaves_no_thread_behind(tmp_path: Path) -> None:
    for _ in range(50):
        with pytest.raises(sqlite3.OperationalError):
            await open_sqlite(str(tmp_path))
        left = [t.name for t in threading.enumerate() if "_connection_worker" in t.name]
        assert left == [], "it would still answer a loop that may be closed"


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"no database, by no means" * 100)
    with pytest.raises(Closed, match="not a database"):
        await open_store(f"sqlite:///{tmp_path}/x.db")


async def test_sqlite_is_durable_and_minds_its_keys(lite: SqliteStore) -> None:
    async def look(tx: Tx) -> tuple[str, int, int]:
        found = [await tx.one(int, f"pragma {name}") for name in ("synchronous", "foreign_keys")]
        return await tx.one(str, "pragma journal_mode"), found[0], found[1]

    assert await lite.work(look) == ("wal", 2, 1)
    with pytest.raises(sqlite3.IntegrityError):
        await lite.work(lambda tx: tx.do("insert into member (cohort_id, ref) values (999, 'X')"))


async def test_whoever_truly_waits_inside_a_transaction_hears_of_it(lite: SqliteStore) -> None:
    other: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def work(tx: Tx) -> None:
        await tx.do("delete from account where id not in (select account_id from member where account_id > 0)")
        await other

    with pytest.raises(RuntimeError, match="wait for nothing but the database"):
        await lite.work(work)
    with pytest.raises(RuntimeError):
        await lite.work(lambda tx: asyncio.sleep(0.01))
    assert await lite.work(lambda tx: tx.one(int, "select 1")) == 1, "and the store goes on"


async def test_a_copy_while_in_use_is_consistent(lite: SqliteStore, tmp_path: Path) -> None:
    async def busy(tx: Tx) -> None:
        await tx.do("insert into pulse (name, at) values (cast((select count(*) from pulse) as text), 0)")

    writing = [asyncio.create_task(lite.work(busy)) for _ in range(20)]
    await lite.backup(str(tmp_path / "copy.db"))
    await asyncio.gather(*writing)
    link = sqlite3.connect(tmp_path / "copy.db")
    assert link.execute("pragma integrity_check").fetchone() == ("ok",)
    assert link.execute("select count(*) from member").fetchone() == (19,)
    link.close()


async def test_the_file_of_sqlite_has_one_program(lite: SqliteStore) -> None:
    assert await lite.alone()
    await lite.close()


async def test_programs_on_postgresql_see_each_other(databases: Databases) -> None:
    url = await databases.postgres()
    one, two = await open_store(url), await open_store(url)
    assert await one.alone() and not await two.alone()
    await one.close()
    await two.close()
    three = await open_store(url)
    assert await three.alone(), "who went is not there any more"
    await three.close()


async def test_programs_on_postgresql_hear_each_other_and_take_over_from_who_is_gone(databases: Databases) -> None:
    url = await databases.postgres()
    one, two = await open_store(url), await open_store(url)
    assert (one.number, two.number) == (0, 0), "nobody has said that he runs"
    await one.alone()
    await two.alone()
    assert one.number and two.number and one.number != two.number
    own, other = asyncio.Event(), asyncio.Event()
    one.hear("inbox", own.set)
    two.hear("inbox", other.set)
    for _ in range(3):
        one.tell("inbox")
    await asyncio.wait_for(other.wait(), 5)
    assert not own.is_set(), "nobody is woken by himself"

    now, later = datetime.now(UTC), datetime.now(UTC) + timedelta(minutes=1)
    parcels = [Parcel(chat_id=chat, body="x", hold=hold, made_at=now) for chat, hold in ((1, False), (2, True))]
    await one.work(lambda tx: outbox.add(tx, parcels))
    ids = [s.id for s in await one.work(lambda tx: outbox.ready(tx, now, 2**42, 9))]
    await one.work(lambda tx: outbox.set_sending(tx, ids, later, one.number))

    async def states(tx: Tx) -> list[str]:
        await outbox.release(tx, now)
        return await tx.all(str, "select state from outbox where body = 'x' order by chat_id")

    assert await two.work(states) == ["sending", "sending"], "it is alive, and its time is not over"
    await one.close()
    for _ in range(50):
        found = await two.work(states)
        if found[0] == "new":
            break
        await asyncio.sleep(0.05)
    assert found == ["new", "uncertain"], "an answer goes again, a notice is held"
    await two.close()
