"""Contents outside of the database: photos come, are read, wait while their place is away, and go when they must."""

from __future__ import annotations

import asyncio
import io
import os
import zipfile
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from PIL import Image

from actions import erasure, watch
from bot.clock import Bell
from bot.config import Config, Telegram
from bot.contents import Contents, contents_of
from bot.documents import Maker
from bot.errands import Fetcher
from bot.sweeps import Sweeper, sweep
from bot.transport import Api
from simulator import Simulator
from simulator.faults import Fault
from storage import accounts, cohorts, outages
from storage.door import open_store
from storage.shelf import Shelf
from storage.shelf_folder import Folder
from storage.tx import Tx
from tests.bucket import gate_to, new_bucket, settings
from tests.cast import ACCOUNTS
from tests.desk.desk import desk
from tests.handlers.leave_class import furnish
from tests.handlers.log_class import GOOD
from tests.stage import Stage

HASH = "ab" * 32


@cache
def picture(shade: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((900, 700), shade).convert("RGB").save(out, "JPEG")
    return out.getvalue()


class Row(Struct, frozen=True):
    place: str
    size: int
    here: int
    small: int


class Play:
    """The stage, a Telegram with the files, and the loops that are about contents."""

    def __init__(
        self, stage: Stage, sim: Simulator, api: Api, contents: Contents, away: Callable[[bool], None]
    ) -> None:
        self.stage, self.sim, self.contents, self.away = stage, sim, contents, away
        self.fetcher = Fetcher(stage.store, api, stage.clock, Bell(), contents)
        self.maker = Maker(stage.store, stage.clock, Bell(), contents)
        self.sweeper = Sweeper(stage.store, stage.clock, contents, Bell())

    async def photo(self, name: str, shade: int) -> None:
        """Somebody sends a photo that Telegram really has."""
        file_id = self.sim.files.add(picture(shade), "photo")
        size = {"file_id": file_id, "file_unique_id": f"u{shade}", "width": 9, "height": 7, "file_size": 9}
        await self.stage.sends(name, photo=[size])

    async def fetch(self) -> None:
        while await self.fetcher.one():
            pass
        await self.stage.settle()

    async def export(self) -> dict[str, bytes]:
        """What Tina's own data hold, if they are there."""
        while await self.maker.one():
            pass
        await self.stage.settle()
        shown = self.stage.last("Tina")
        if not shown.file:
            return {}
        archive = zipfile.ZipFile(io.BytesIO(shown.file))
        return {name: archive.read(name) for name in archive.namelist() if name.startswith("files/")}

    async def rows(self) -> list[Row]:
        return await self.ask(Row, "select place, size, length(content) as here, length(small) as small from media")

    async def ask(self, kind: Any, sql: str) -> list[Any]:
        return await self.stage.store.work(lambda tx: tx.all(kind, sql))  # type: ignore[no-any-return]

    async def objects(self, shelf: Shelf | None = None) -> set[str]:
        at = shelf or self.contents.at
        assert at is not None
        return {f"{at.kind}:{k.key}" async for part in self.contents.standing_on(at) for k in part if "/" in k.key}

    async def troubles(self) -> list[str]:
        return [t.name for t in await self.stage.store.work(outages.troubles)]


@pytest.fixture(params=["folder", "s3"])
async def play(
    request: pytest.FixtureRequest, stage: Stage, sim: Simulator, api: Api, tmp_path: Path
) -> AsyncIterator[Play]:  # fmt: skip
    """Each database with each kind of shelf, in the evening of day 1."""
    stage.at("07:30")
    await furnish(stage)
    await stage.store.work(lambda tx: accounts.set_roles(tx, ACCOUNTS["Ada"], "admin"))
    stage.at("20:00")
    if request.param == "folder":
        root = tmp_path / "media"
        root.mkdir()

        def move(gone: bool) -> None:
            os.rename(*((root, tmp_path / "away") if gone else (tmp_path / "away", root)))

        contents = Contents(Folder(root), owner="7")
        yield Play(stage, sim, api, contents, move)
        contents.close()
        return
    port: int = request.getfixturevalue("s3")
    place = await asyncio.to_thread(new_bucket, port)
    async with gate_to(port) as gate:
        config = Config(telegram=Telegram(token="7:x"), media=settings(place, gate.endpoint))
        contents = contents_of(config)
        yield Play(stage, sim, api, contents, lambda gone: gate.set("shut" if gone else "open"))
        contents.close()


async def test_photos_stand_outside_and_wait_while_their_place_is_away(play: Play) -> None:
    stage = play.stage
    await stage.says("Tina", "写日志")
    await stage.says("Tina", GOOD)
    await play.photo("Tina", 40)
    await play.fetch()
    [row] = await play.rows()
    assert row.here == 0 < row.small < row.size and await play.objects() == {row.place}
    whole = await play.contents.get(row.place)

    play.away(True)
    for shade in (60, 80):
        await play.photo("Tina", shade)
    for _ in range(7):
        await play.fetch()
        stage.clock.value += timedelta(minutes=3)
    waits = await play.ask(int, "select tries from errand where state = 'new'")
    assert waits == [0, 0] and len(await play.rows()) == 1, "an outage uses up nobody's tries"
    assert await play.troubles() == ["media"]
    assert sum("照片和文件" in s.plain for s in stage.phone("Ada")) == 1, "told once"
    await play.sweeper.look()
    stage.sees_nothing_of("Tina", "没有收到", "再发一次")
    await stage.says("Tina", "提交日志")

    async with desk(stage, fetch=play.contents.get) as d:
        [log] = await play.ask(int, "select id from log where version > 0")
        [part] = await play.ask(int, "select id from log_part where media_id is not null")
        page = await d.get("Clara", f"/desk/logs/{log}")
        assert "够不着" in page.words and "什么都没丢" in page.words
        small = await d.get("Clara", f"/desk/logs/{log}/files/{part}?small=y")
        assert small.status == 200 and small.headers["Content-Type"] == "image/jpeg"
        large = await d.get("Clara", f"/desk/logs/{log}/files/{part}")
        assert large.status == 503 and "暂时打不开" in large.words
        await stage.says("Tina", "/mydata")
        assert await play.export() == {}, "not without its files"
        stage.sees("Tina", "暂时取不到")
        play.away(False)
        await play.sweeper.look()
        assert await play.troubles() == []
        await play.fetch()
        assert sum("又好了" in s.plain for s in stage.phone("Ada")) == 1
        large = await d.get("Clara", f"/desk/logs/{log}/files/{part}")
        assert large.status == 200 and large.body == whole
        assert "够不着" not in (await d.get("Clara", f"/desk/logs/{log}")).words
        await play.contents.remove([row.place])
        assert (await d.get("Clara", f"/desk/logs/{log}/files/{part}")).status == 404
    assert len(await play.rows()) == 3 and all(r.here == 0 for r in await play.rows())
    stage.clock.value += timedelta(minutes=5)
    found = await play.export()
    assert len(found) == 2 and all(data[:2] == b"\xff\xd8" for data in found.values()), "what is missing is left out"


async def test_what_no_row_names_is_swept_and_nothing_else(play: Play) -> None:
    stage, contents = play.stage, play.contents
    await stage.says("Tina", "写日志")
    for shade in (40, 60):
        await play.photo("Tina", shade)
    await play.fetch()
    rows = {row.place for row in await play.rows()}
    orphan = await contents.put(1, HASH, b"killed before the commit")
    assert contents.at is not None
    await asyncio.to_thread(contents.at.put, "1/.part-abc", b"half")
    await asyncio.to_thread(contents.at.put, "mine.txt", b"somebody's")
    await asyncio.to_thread(contents.at.put, "1/mine.txt", b"somebody's")
    now = stage.clock.real()
    assert await sweep(stage.store, contents, contents.at, now) == 0, "younger than a day: it may be on its way"
    assert orphan in await play.objects()
    later = now + timedelta(days=1, minutes=1)
    assert await sweep(stage.store, contents, contents.at, later) == 2
    assert await play.objects() == rows | {f"{contents.kind}:1/mine.txt"}
    assert await asyncio.to_thread(contents.at.get, "mine.txt") == b"somebody's"

    async def forgotten(tx: Tx) -> None:
        cohort = await cohorts.by_key(tx, "spring")
        assert cohort is not None
        await erasure.forget(tx, cohort, await erasure.find(tx, cohort, "2号"), stage.clock.now())

    await stage.store.work(forgotten)
    other = Contents(contents.at, owner="8")
    await play.sweeper.sweep_tonight()
    await play.sweeper.sweep_tonight()
    assert await sweep(stage.store, contents, contents.at, later) == 2, (
        "erased rows: their objects go in the same night"
    )
    assert await play.objects() == {f"{contents.kind}:1/mine.txt"} and await play.rows() == []
    await contents.put(1, HASH, b"of the first bot")
    foreign = Sweeper(stage.store, stage.clock, other, Bell())
    stage.clock.value += timedelta(days=1)
    await foreign.sweep_tonight()
    assert await play.troubles() == [watch.MEDIA] and len(await play.objects()) == 2, "another bot's is not touched"
    other.close()


async def test_a_reader_who_finds_the_place_away_makes_us_look(play: Play) -> None:
    """One reads at the desk long before somebody sends the next photo."""
    await play.sweeper.look()
    play.away(True)
    for place, told in (("", []), (f"elsewhere:1/{HASH}", []), (f"{play.contents.kind}:1/{HASH}", [watch.MEDIA])):
        play.sweeper.suspect(place)
        await play.sweeper.look()
        assert await play.troubles() == told
    play.away(False)
    await play.sweeper.look()
    assert await play.troubles() == []


@pytest.mark.parametrize("play", ["folder"], indirect=True)
async def test_two_programs_share_one_folder(play: Play, url: str, api: Api) -> None:
    stage = play.stage
    await stage.says("Tina", "写日志")
    for shade in (30, 40, 50, 60, 60, 70):
        await play.photo("Tina", shade)
    assert play.contents.at is not None
    contents, store = Contents(play.contents.at, owner="7"), await open_store(url)
    second = Fetcher(store, api, stage.clock, Bell(), contents)

    async def works(fetcher: Fetcher) -> None:
        while await fetcher.one():
            pass

    try:
        await asyncio.gather(works(play.fetcher), works(second))
        rows = await play.rows()
        named, there = {row.place for row in rows}, await play.objects()
        assert len(named) == 5, "the same picture is kept once"
        assert named <= there and len(there) <= 6
        assert [row.size for row in rows] == [len(await contents.get(row.place)) for row in rows]
        assert len(await play.ask(int, "select id from log_part where media_id is not null")) == 6
        later = stage.clock.real() + timedelta(days=2)
        brooms = ((store, contents), (stage.store, play.contents))
        await asyncio.gather(*(sweep(s, c, play.contents.at, later) for s, c in brooms))
        assert await play.objects() == named, "two brooms sweep as one"
    finally:
        await store.close()
        contents.close()


@pytest.mark.parametrize("play", ["folder"], indirect=True)
async def test_a_telegram_that_is_busy_or_away_loses_no_photo(play: Play, sim: Simulator) -> None:
    """A 502 or a 429 says nothing about the file; before, the writer was told that it was lost."""
    stage = play.stage
    await stage.says("Tina", "写日志")
    await play.photo("Tina", 40)
    for kind in ("502", "429"):
        sim.faults.add(Fault(kind=kind, method="getFile", times=1))
        await play.fetch()
        stage.clock.value += timedelta(minutes=3)
    assert await play.ask(str, "select state from errand") == ["new"] and not await play.rows()
    nowhere = Api("7:TEST", "http://127.0.0.1:9")
    lost = Fetcher(stage.store, nowhere, stage.clock, Bell(), play.contents)
    for _ in range(7):
        assert await lost.one()
        stage.clock.value += timedelta(minutes=3)
    await nowhere.close()
    assert await play.ask(int, "select tries from errand") == [2], "not connected is no try"
    await play.fetch()
    assert len(await play.rows()) == 1
    stage.sees_nothing_of("Tina", "再发一次")


@pytest.mark.parametrize("play", ["folder"], indirect=True)
async def test_what_the_place_refuses_is_tried_and_then_given_up(play: Play, tmp_path: Path) -> None:
    """The place is well, only this one cannot be put: nobody is told that the place is away, and it ends."""
    [cohort_id] = await play.ask(int, "select id from cohort where key = 'spring'")
    (tmp_path / "media" / str(cohort_id)).write_text("a file in the way")
    await play.stage.says("Tina", "写日志")
    await play.photo("Tina", 40)
    for _ in range(7):
        await play.fetch()
        play.stage.clock.value += timedelta(minutes=3)
    assert await play.ask(str, "select state from errand") == ["failed"] and await play.troubles() == []
    play.stage.sees("Tina", "再发一次")
