"""kill -9 while a photo is on its way to a shelf: one row, one object, and nothing half is ever to be had (ADR 39)."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import Struct

from bot.config import Config, Media, Telegram
from bot.contents import contents_of
from bot.sweeps import sweep
from storage.door import open_store
from storage.tx import Tx
from tests.bucket import Gate, gate_to, new_bucket, settings
from tests.stories.program import Program, playing
from tests.stories.test_logs import EVENING, phone_of, picture, until, url

__all__ = ["url"]

FETCHED = "select id from log_part where media_id is not null"


class Row(Struct, frozen=True):
    place: str
    hash: str


@pytest.fixture
async def gate(s3: int) -> AsyncIterator[Gate]:
    async with gate_to(s3) as made:
        yield made


def place_at(program: Program, media: Media) -> None:
    """Have the program keep contents there."""
    lines = "".join(
        f'{name} = "{getattr(media, name)}"\n' for name in ("place", "endpoint", "access_key", "secret_key")
    )
    program.config.write_text(f"{program.config.read_text(encoding='utf-8')}[media]\n{lines}", encoding="utf-8")


async def again(program: Program) -> None:
    """Killed, and started anew; what it had in hand is free at once, as it is without another program beside it."""
    await program.kill()
    if program.url.startswith("postgresql"):  # another program might have it: there it would wait for two minutes
        store = await open_store(program.url)
        await store.work(lambda tx: tx.do("update errand set not_before = null where state = 'new'"))
        await store.close()
    await program.start()


async def one_for_one(program: Program, media: Media, photos: int) -> int:
    """After the sweep each row has its object, whole, and each object its row; gives how many were swept."""
    store, contents = await open_store(program.url), contents_of(Config(telegram=Telegram(token="7:x"), media=media))
    assert contents.at is not None

    async def look(tx: Tx) -> list[Row]:
        return await tx.all(Row, "select place, hash from media")

    rows = await store.work(look)
    assert len({row.hash for row in rows}) == len(rows) == photos
    for row in rows:
        assert hashlib.sha256(await contents.get(row.place)).hexdigest() == row.hash
    swept = await sweep(store, contents, contents.at, datetime.now(UTC) + timedelta(days=2))
    there = {f"{contents.kind}:{k.key}" async for part in contents.standing_on(contents.at) for k in part}
    assert {one for one in there if "/" in one} == {row.place for row in rows}
    await store.close()
    contents.close()
    return swept


async def test_killed_while_it_puts_and_between_putting_and_commit(
    tmp_path: Path, url: str, gate: Gate, s3: int
) -> None:  # fmt: skip
    media = settings(await asyncio.to_thread(new_bucket, s3), gate.endpoint)
    async with playing(tmp_path, url, "polling", EVENING) as program:
        place_at(program, media)
        await program.start()
        tina = await phone_of(program, "Tina")
        await tina.says("写日志")
        await tina.sees("五分钟就够", within=20)
        modes = ("mute", "half") if url.startswith("sqlite") else ("mute",)  # a start is a second each
        for number, mode in enumerate(modes, 1):
            await asyncio.sleep(0.3)  # what the program asks at its start has been answered
            gate.set(mode)
            await tina.sends_photo(picture(number))
            await asyncio.wait_for(gate.caught.wait(), 20)
            gate.set("open")
            await again(program)
            await until(url, FETCHED, number)
        await program.stop()
        assert await one_for_one(program, media, len(modes)) >= 1, "that of the first kill"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_killed_at_any_moment_beside_a_folder(tmp_path: Path, url: str) -> None:
    media = Media(place=f"folder://{tmp_path}/media")
    (tmp_path / "media").mkdir()
    async with playing(tmp_path, url, "polling", EVENING) as program:
        place_at(program, media)
        await program.start()
        tina = await phone_of(program, "Tina")
        await tina.says("写日志")
        await tina.sees("五分钟就够", within=20)
        for shade in range(6):
            await tina.sends_photo(picture(shade))
        await asyncio.sleep(random.uniform(0.05, 0.4))
        await again(program)
        await until(url, FETCHED, 6)
        await program.stop()
        await one_for_one(program, media, 6)
