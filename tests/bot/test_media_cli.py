"""`tongxue media move`, `doctor` and `forget` with contents outside of the database (ADR 39)."""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path

import pytest
from msgspec import Struct

from actions.own_data import Brought
from bot.clock import Bell
from bot.config import Config, Telegram
from bot.contents import Contents, contents_of
from bot.documents import Maker
from bot.media_cli import bring
from simulator import Simulator
from storage import logs, media
from storage.logs import Log, Part
from storage.media import Media
from storage.shelf import Away
from storage.shelf_folder import Folder
from storage.tx import Store, Tx
from tests.bot.terminal import Terminal
from tests.bucket import gate_to, new_bucket, settings
from tests.handlers.log_class import member
from tests.stage import HandClock

FILES = {number: os.urandom(5_000 + number) for number in range(9)}


class Row(Struct, frozen=True):
    place: str
    hash: str
    content: bytes
    small: bytes | None


async def fill(tx: Tx) -> None:
    """Each trainee's log has files; what is small stays in the database."""
    now = HandClock().now()
    for number, content in FILES.items():
        who = await member(tx, f"T0{1 + number % 3}")
        log = await logs.begin(tx, Log(cohort_id=who.cohort_id, member_id=who.id, day=1, made_at=now))
        part = await logs.add_part(
            tx, Part(log_id=log.id, kind="photo", file_id=f"f{number}", message_id=number, at=now)
        )
        row = Media(cohort_id=who.cohort_id, hash=hashlib.sha256(content).hexdigest(), kind="image/jpeg",
                    size=len(content), content=content, small=content[:100], made_at=now)  # fmt: skip
        await media.attach(tx, part or 0, await media.add(tx, row))


async def rows(store: Store) -> list[Row]:
    return await store.work(lambda tx: tx.all(Row, "select place, hash, content, small from media order by id"))


async def kinds(store: Store) -> dict[str, int]:
    return await store.work(media.counts)


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("[0-9]*/*"))


async def test_contents_move_there_and_back_and_are_what_they_were(
    store: Store, url: str, sim: Simulator, tmp_path: Path, s3: int
) -> None:
    await store.work(fill)
    folder = tmp_path / "media"
    folder.mkdir()
    bucket = await asyncio.to_thread(new_bucket, s3)
    keys = f'endpoint = "http://127.0.0.1:{s3}"\naccess_key = "key"\nsecret_key = "a-secret"\n'

    def at(place: str, before: str = "", more: str = "") -> Terminal:
        return Terminal(tmp_path, url, sim.url, f'[media]\nplace = "{place}"\nbefore = "{before}"\n{more}')

    assert "9 more stand elsewhere: run tongxue media move" in (await at(f"folder://{folder}").types("doctor")).out
    said = await at(f"folder://{folder}").gets("media", "move")
    assert "Moved 9" in said and ("vacuum" in said) == (not store.postgres)
    assert await kinds(store) == {"folder": 9} and len(files_in(folder)) == 9
    assert all(row.content == b"" and row.small for row in await rows(store))
    assert "Moved 0" in await at(f"folder://{folder}").gets("media", "move"), "a second time changes nothing"
    assert "all 9 that are listed are there" in (await at(f"folder://{folder}").types("doctor")).out
    lost = await at("database").types("doctor")
    assert lost.code == 1 and "9 stand on folder, which the configuration does not name" in lost.out

    assert "Moved 9" in await at(bucket, f"folder://{folder}", keys).gets("media", "move")
    assert await kinds(store) == {"s3": 9} and not files_in(folder), "where they stood nothing is left"
    assert "all 9 that are listed are there" in (await at(bucket, "", keys).types("doctor")).out

    assert "Moved 9" in await at("database", bucket, keys).gets("media", "move")
    assert [row.content for row in await rows(store)] == list(FILES.values())
    assert all(row.place == "" for row in await rows(store))
    assert "in the database, 9" in (await at("database").types("doctor")).out


async def test_a_move_that_stops_half_way_goes_on_from_there(store: Store, tmp_path: Path, s3: int) -> None:
    await store.work(fill)
    place = await asyncio.to_thread(new_bucket, s3)
    async with gate_to(s3) as gate:
        contents = contents_of(Config(telegram=Telegram(token="7:x"), media=settings(place, gate.endpoint)))
        count = 0

        def tell() -> None:
            nonlocal count
            count += 1
            gate.set("shut" if count == 4 else "open")

        with pytest.raises(Away):
            await bring(store, contents, tell)
        assert await kinds(store) == {"": 5, "s3": 4}
        gate.set("open")
        both = await asyncio.gather(bring(store, contents), bring(store, contents))
        assert sum(one.damaged for one in both) == 0
        found = await rows(store)
        assert await kinds(store) == {"s3": 9}
        assert [await contents.get(row.place) for row in found] == list(FILES.values())
        assert contents.at is not None
        there = {f"s3:{k.key}" async for part in contents.standing_on(contents.at) for k in part if "/" in k.key}
        assert there == {row.place for row in found}, "who came second has taken away his copy"
        contents.close()


async def test_a_document_finds_what_was_moved_under_its_hands(store: Store, tmp_path: Path) -> None:
    await store.work(fill)
    folder = Contents(Folder(tmp_path), owner="7")
    await bring(store, folder)
    before = Brought("files/1", 1, (await rows(store))[0].place)
    await bring(store, Contents(None, folder.at, "7"))
    assert await Maker(store, HandClock(), Bell(), folder)._content(before) == FILES[0] and not files_in(tmp_path)
    folder.close()


async def test_what_is_damaged_is_left_and_said(store: Store, url: str, sim: Simulator, tmp_path: Path) -> None:
    await store.work(fill)
    folder = tmp_path / "media"
    folder.mkdir()
    shelf = Contents(Folder(folder), owner="7")
    await bring(store, shelf)
    gone, cut, *_ = files_in(folder)
    gone.unlink()
    cut.write_bytes(cut.read_bytes()[:-1])
    here = Terminal(tmp_path, url, sim.url, f'[media]\nplace = "database"\nbefore = "folder://{folder}"\n')
    doctor = await here.types("doctor")
    assert doctor.code == 1 and "2 of 9 that are listed are missing or not whole" in doctor.out
    said = await here.types("media", "move")
    assert said.code == 1 and "Moved 7" in said.out and "2 were missing or not whole" in said.err
    assert await kinds(store) == {"": 7, "folder": 2} and len(files_in(folder)) == 1, "nothing is thrown away"
    folder.rename(tmp_path / "away")
    stopped = await here.types("media", "move")
    assert stopped.code == 1 and "Stopped half way" in stopped.err and "No such file" in stopped.err
    assert "cannot be used" in (await here.types("doctor")).out
    shelf.close()


async def test_who_is_forgotten_is_gone_from_the_shelf_at_once(
    store: Store, url: str, sim: Simulator, tmp_path: Path
) -> None:  # fmt: skip
    await store.work(fill)
    folder = tmp_path / "media"
    folder.mkdir()
    shelf = Contents(Folder(folder), owner="7")
    await bring(store, shelf)
    here = Terminal(tmp_path, url, sim.url, f'[media]\nplace = "folder://{folder}"\n')
    said = await here.gets("forget", "2", "--class", "spring", "--yes")
    assert "3 photos and files outside of the database are removed" in said
    assert len(files_in(folder)) == 6 and await kinds(store) == {"folder": 6}
    folder.rename(tmp_path / "away")
    said = await here.gets("forget", "3", "--class", "spring", "--yes")
    assert "they go tonight" in said and await kinds(store) == {"folder": 3}
    (tmp_path / "away" / "tongxue-owner").write_text("999")
    (tmp_path / "away").rename(folder)
    assert "belongs to bot 999" in (await here.types("doctor")).out
    shelf.close()
