"""Personal data go, and nothing else: every column of every table is declared, and what is declared is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from storage import cohorts, erasure
from storage.door import open_store
from storage.erasure_rules import RULES
from storage.tx import Tx
from tests.storage import everything

NOW = datetime(2028, 1, 1, tzinfo=UTC)
SHE, PEER, OTHER = 9001, 9002, 9003
"""Somebody, a classmate, somebody of another class: each has one of everything."""
HERS, THEIRS, OTHERS = "她的-hers", "同学的-theirs", "外人的-others"


async def on(url: str, work: Callable[[Any], Any]) -> Any:
    """Do something with a plain connection to either database."""
    if url.startswith("sqlite"):
        engine = sa.create_engine(url)
        with engine.begin() as connection:
            found = work(connection)
        engine.dispose()
        return found
    away = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
    async with away.begin() as link:
        found = await link.run_sync(work)
    await away.dispose()
    return found


def _fill(connection: Any) -> None:
    everything.fill(connection, SHE, HERS)
    everything.fill(connection, PEER, THEIRS, cohort=SHE)
    everything.fill(connection, OTHER, OTHERS)


def _declared() -> dict[str, tuple[set[str], bool]]:
    """What becomes of each table: the columns that are named, and whether rows go."""
    found: dict[str, tuple[set[str], bool]] = {}
    for rule in RULES:
        columns, goes = found.get(rule.table, (set(), False))
        found[rule.table] = columns | rule.erases() | set(rule.kept.split()), goes or rule.goes
    return found


def _undeclared(connection: Any) -> list[str]:
    declared = _declared()
    return [
        f"{table.name}.{column.name}"
        for table in everything.tables(connection)
        for column in table.columns
        if isinstance(column.type, sa.String | sa.LargeBinary)
        and not declared.get(table.name, (set(), False))[1]
        and column.name not in declared.get(table.name, (set(), False))[0]
    ]


def _of(found: dict[str, list[dict[str, Any]]], number: int) -> dict[str, list[dict[str, Any]]]:
    """The rows of one of the three."""
    return {name: [r for r in rows if number in (r.get("id"), r.get("key"), r.get("account_id"), r.get("member_id"))]
            for name, rows in found.items()}  # fmt: skip


def _times(url: str, word: bytes) -> int:
    return Path(url.removeprefix("sqlite:///")).read_bytes().count(word)


async def test_one_person_goes_and_nobody_else_then_the_whole_class(url: str) -> None:
    await on(url, _fill)
    long = "PHONE" * 4000
    await on(url, lambda c: c.exec_driver_sql(f"update member set phone = '{long}' where id = {SHE}"))
    assert not await on(url, _undeclared), "say in storage/erasure_rules.py whether it goes or stays"
    before = await on(url, everything.dump)
    store = await open_store(url)

    async def forget(tx: Tx) -> dict[str, int]:
        scope = await erasure.of_member(tx, SHE, SHE)
        counted = await erasure.counts(tx, scope)
        await erasure.erase(tx, scope, NOW)
        return counted

    counted = await store.work(forget)
    assert counted["messages"] == 2 and counted["logs"] == counted["marks"] == counted["people"] == 1
    after = await on(url, everything.dump)
    if url.startswith("sqlite"):
        await on(url, lambda c: c.exec_driver_sql("pragma wal_checkpoint(truncate)").fetchall())
        assert not _times(url, b"PHONE"), "nor in what the file has freed"
    for number in (PEER, OTHER):
        assert _of(after, number) == _of(before, number), "the rest stays to the letter"
    for rule in (r for r in RULES if r.whose != "1 = 0"):
        left = [r for r in after[rule.table] if HERS in str({k: r[k] for k in r if rule.goes or k in rule.erases()})]
        assert not left, f"{rule.table}: {left}"
    assert next(r["name"] for r in after["member"] if r["id"] == SHE) == f"#{SHE}"
    assert next(r["status"] for r in after["mark"] if r["id"] == SHE) == HERS, "attendance stays"

    async def all_go(tx: Tx) -> None:
        await erasure.erase(tx, await erasure.of_class(tx, SHE), NOW)
        await cohorts.set_state(tx, SHE, "erased")

    await store.work(all_go)
    await store.close()
    last = await on(url, everything.dump)
    assert _of(last, OTHER) == _of(before, OTHER), "another class keeps everything"
    for rule in (r for r in RULES if r.acts):
        left = [r for r in last[rule.table]
                if {HERS, THEIRS} & {str(r[k]) for k in r if rule.goes or k in rule.erases()}]  # fmt: skip
        assert not left, f"{rule.table}: {left}"
    assert not [r for r in last["member"] if r["id"] in (SHE, PEER) and r["account_id"]]
    assert {r["id"] for r in last["account"]} >= {OTHER} and not {SHE, PEER} & {r["id"] for r in last["account"]}
