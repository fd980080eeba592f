"""The small way to talk SQL: parameters, instants, savepoints; nothing tears a transaction."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import Enum

import pytest
from msgspec import Struct

from storage.tx import Store, Tx, for_postgres, for_sqlite, instant, names_of, outgoing

NOW = datetime(2027, 3, 15, 1, 2, 3, 456000, UTC)


class Colour(Enum):
    RED = "red"


class Inner(Struct, frozen=True):
    n: int


class Row(Struct, frozen=True):
    """Every kind of value once."""

    id: int
    big: int
    at: datetime
    day: date
    clock: time
    yes: bool
    colour: Colour
    inner: Inner
    many: tuple[int, ...]
    gone: datetime | None = None
    words: str = "preset"


ROW = Row(1, 2**62, NOW, date(2027, 3, 15), time(9, 5), True, Colour.RED, Inner(7), (1, 2), None, "它's :name '…' 😀")
TABLE = """create table thing (id bigint primary key, big bigint, at bigint, day text, clock text, yes boolean,
           colour text, "inner" text, many text, gone bigint, words text, extra text default 'x')"""
PUT = """insert into thing (id, big, at, day, clock, yes, colour, "inner", many, gone, words)
         values (:id, :big, :at, :day, :clock, :yes, :colour, :inner, :many, :gone, :words)"""


@pytest.fixture
async def table(store: Store) -> Store:
    await store.work(lambda tx: tx.do(TABLE))
    return store


async def count(store: Store) -> int:
    return await store.work(lambda tx: tx.one(int, "select count(*) from thing"))


async def put(tx: Tx, id: int) -> None:
    await tx.do("insert into thing (id) values (:id)", {"id": id})


async def test_every_kind_of_value_comes_back_as_it_was(table: Store) -> None:
    async def work(tx: Tx) -> Row:
        await tx.do(PUT, ROW)
        return await tx.one(Row, "select * from thing where id = :id", {"id": 1})

    assert await table.work(work) == ROW, "columns that a struct does not know are passed over"


async def test_plain_values_and_the_first_column(table: Store) -> None:
    async def work(tx: Tx) -> None:
        await tx.many(PUT, [ROW, {**{f: getattr(ROW, f) for f in ROW.__struct_fields__}, "id": 2, "gone": NOW}])
        assert await tx.all(int, "select id, big from thing order by id") == [1, 2]
        assert await tx.first(datetime, "select gone from thing where id = 2") == NOW
        assert await tx.first(datetime, "select gone from thing where id = 1") is None
        assert await tx.all(bool, "select yes from thing") == [True, True]
        assert await tx.first(int, "select id from thing where id = 3") is None
        assert await tx.all(Row, "select * from thing where id = 3") == []
        with pytest.raises(LookupError, match="Row"):
            await tx.one(Row, "select * from thing where id = 3")

    await table.work(work)


async def test_a_parameter_may_stand_twice_and_no_text_is_taken_for_one(table: Store) -> None:
    async def work(tx: Tx) -> list[str]:
        await tx.do(PUT, ROW)
        await tx.many("update thing set words = :w where id = :id and id = :id", [])
        return await tx.all(
            str, "select words from thing where big >= cast(:n as bigint) and big > cast(:n as bigint)", {"n": 5}
        )

    assert await table.work(work) == [ROW.words]


def test_names_in_a_statement() -> None:
    sql = "select a::text, ':no', b from t where x = :x and y = :y_1 and z = :x and at > '10:30'"
    assert names_of(sql) == ("x", "y_1", "x")
    assert for_sqlite(sql).endswith("x = ? and y = ? and z = ? and at > '10:30'")
    assert for_postgres(sql).endswith("x = $1 and y = $2 and z = $1 and at > '10:30'")


def test_instants_are_whole_milliseconds_in_any_zone() -> None:
    there = datetime(2027, 3, 15, 9, 2, 3, 456400, timezone(timedelta(hours=8)))
    assert instant(outgoing(there)) == NOW and outgoing(NOW) == 1805072523456
    assert instant(None) is None and outgoing((1, "二")) == '[1,"二"]' and outgoing(Colour.RED) == "red"
    assert outgoing(True) is True and outgoing(date(2027, 3, 5)) == "2027-03-05"


async def test_work_that_raises_is_undone(table: Store) -> None:
    async def work(tx: Tx) -> None:
        await put(tx, 1)
        raise ValueError("halt")

    with pytest.raises(ValueError, match="halt"):
        await table.work(work)
    assert await count(table) == 0


async def test_a_statement_that_fails_undoes_all_and_the_store_goes_on(table: Store) -> None:
    async def work(tx: Tx) -> None:
        await put(tx, 1)
        await put(tx, 1)

    with pytest.raises(Exception, match=r"(?i)unique"):
        await table.work(work)
    assert await count(table) == 0
    await table.work(lambda tx: put(tx, 1))
    assert await count(table) == 1


async def test_a_savepoint_is_undone_alone(table: Store) -> None:
    async def work(tx: Tx) -> None:
        await put(tx, 1)
        for id in (2, 1):
            try:
                async with tx.apart():
                    await put(tx, 10 + id)
                    await put(tx, id)
            except Exception as lost:
                assert "unique" in str(lost).lower()
        async with tx.apart():
            await put(tx, 3)
            with pytest.raises(ZeroDivisionError):
                async with tx.apart():
                    await put(tx, 4)
                    raise ZeroDivisionError

    await table.work(work)
    assert await table.work(lambda tx: tx.all(int, "select id from thing order by id")) == [1, 2, 3, 12]


async def test_who_asks_may_be_cancelled_and_no_transaction_is_torn(table: Store) -> None:
    async def work(tx: Tx, first: int) -> None:
        for id in range(first, first + 20):
            await put(tx, id)

    tasks = [asyncio.create_task(table.work(lambda tx, n=n: work(tx, n * 100))) for n in range(30)]  # type: ignore[misc]
    for n, task in enumerate(tasks):
        await asyncio.sleep(0.001 * (n % 3))
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for _ in range(100):
        await asyncio.sleep(0.02)
        if await count(table) == 30 * 20:
            break
    done = await table.work(lambda tx: tx.all(int, "select count(*) from thing group by id / 100"))
    assert set(done) <= {20}, "all of it or nothing"


async def test_closing_waits_for_what_runs(store: Store, url: str) -> None:
    from storage.door import open_store

    other = await open_store(url)
    await other.work(lambda tx: tx.do(TABLE))
    task = asyncio.create_task(other.work(lambda tx: put(tx, 1)))
    await asyncio.sleep(0)
    await other.close()
    await task
    assert await count(store) == 1


async def test_many_at_once(table: Store) -> None:
    async def more(tx: Tx) -> None:
        await tx.do("update thing set big = big + 1 where id = 1")

    await table.work(lambda tx: tx.do("insert into thing (id, big) values (1, 0)"))
    await asyncio.gather(*(table.work(more) for _ in range(60)))
    assert await table.work(lambda tx: tx.one(int, "select big from thing")) == 60
