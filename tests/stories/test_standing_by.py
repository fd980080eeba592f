"""Two programs for one bot by mistake: one works, the other says so and stands by (SCH-07)."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from simulator import Simulator
from storage.door import open_store
from tests.conftest import Databases
from tests.stage import ZONE
from tests.stories.fifty import until
from tests.stories.program import TOKEN, Program, playing
from tests.stories.test_trouble import answered, phone_of

AFTERNOON = datetime(2027, 3, 15, 13, 50, tzinfo=ZONE)


def second(folder: Path, sim: Simulator, url: str) -> Program:
    """Another program with the same token."""
    place = folder / "second"
    place.mkdir()
    return Program(place, sim, url, "polling", AFTERNOON)


async def test_on_one_sqlite_file_the_second_waits_and_takes_over(tmp_path: Path, databases: Databases) -> None:
    url = await databases.sqlite()
    async with playing(tmp_path, url, "polling", AFTERNOON) as program:
        await program.start()
        tina = await phone_of(program, "Tina")
        other = second(tmp_path, program.sim, url)
        await other.launch()
        try:
            await until(lambda: "another program runs on this database: standing by" in other.log(), other.log)
            await tina.says("签到")
            await answered([tina], 1)
            await program.kill()
            await until(lambda: "this one goes on" in other.log(), other.log)
            await tina.says("签到")
            await answered([tina], 2)
        finally:
            await other.stop()


async def test_who_stands_by_can_be_ended(tmp_path: Path, databases: Databases) -> None:
    url = await databases.sqlite()
    async with playing(tmp_path, url, "polling", AFTERNOON) as program:
        await program.start()
        other = second(tmp_path, program.sim, url)
        await other.launch()
        await until(lambda: "standing by" in other.log(), other.log)
        await other.stop()
        assert "Traceback" not in other.log()


async def test_on_one_postgresql_one_polls_and_both_work(tmp_path: Path, databases: Databases) -> None:
    url = await databases.postgres()
    async with playing(tmp_path, url, "polling", AFTERNOON) as program:
        await program.start()
        other = second(tmp_path, program.sim, url)
        await other.start()
        try:
            await until(lambda: "another program takes the updates: standing by" in other.log(), other.log)
            tina = await phone_of(program, "Tina")
            await tina.says("签到")
            await answered([tina], 1)
            assert not [e for e in program.sim.journal.of("getUpdates") if e.status == 409]
            await program.kill()
            await until(lambda: "this program takes the updates now" in other.log(), other.log)
            await tina.says("签到")
            await answered([tina], 2)
        finally:
            await other.stop()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_with_databases_of_their_own_the_one_that_is_driven_out_says_so(
    tmp_path: Path, databases: Databases, kind: str
) -> None:  # fmt: skip
    """Telegram gives the updates to whoever asked last: the other rests, and does not drive it out at once."""
    url, elsewhere = await getattr(databases, kind)(), await getattr(databases, kind)()
    async with playing(tmp_path, url, "polling", AFTERNOON) as program:
        await program.start()
        tina = await phone_of(program, "Tina")
        await tina.sees("点下面的按键")
        other = second(tmp_path, program.sim, elsewhere)
        await other.start()
        try:
            await until(lambda: "updates cannot be fetched: 409" in program.log(), program.log)
            await tina.says("签到")
            await answered([tina], 1)
            await asyncio.sleep(3)
            drives = [e for e in program.sim.journal.of("getUpdates") if e.status == 409]
            assert len(drives) == 1, "they do not fight for it"
        finally:
            await other.stop()
    store = await open_store(url)
    assert not await store.work(lambda tx: tx.all(int, "select id from mark where status <> 'unmarked'"))
    await store.close()
    assert TOKEN not in program.log()
