"""Shelves: a folder and a bucket keep, give, list and drop alike, and nothing half is ever there (ADR 39)."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.config import Config, Telegram
from bot.contents import Contents, contents_of
from storage.shelf import KEY, OWNER, Away, Foreign, Missing, Shelf, new_key, try_out
from storage.shelf_folder import Folder
from tests.bucket import Gate, bucket_at, gate_to, new_bucket, settings
from tests.stories.program import ROOT

HASH = "ab" * 32


@pytest.fixture(params=["folder", "s3"])
async def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    """Each kind of shelf, empty."""
    if request.param == "folder":
        return Folder(tmp_path)
    port: int = request.getfixturevalue("s3")
    return await asyncio.to_thread(lambda: bucket_at(new_bucket(port), f"http://127.0.0.1:{port}"))


@pytest.fixture
async def gate(s3: int) -> AsyncIterator[Gate]:
    async with gate_to(s3) as made:
        yield made


async def test_what_is_put_is_there_once_and_whole(shelf: Shelf) -> None:
    contents = Contents(shelf, owner="7")
    big = os.urandom(6_000_000)
    places = [await contents.put(3, HASH, big), await contents.put(3, HASH, b""), await contents.put(12, HASH, b"x")]
    assert len(set(places)) == 3 and all(p.startswith(f"{shelf.kind}:") for p in places)
    assert all(KEY.fullmatch(p.partition(":")[2]) for p in places)
    assert [await contents.get(p) for p in places] == [big, b"", b"x"]
    with pytest.raises(Missing):
        await contents.get(f"{shelf.kind}:{new_key(3, HASH)}")
    with pytest.raises(Away):
        await contents.get(f"nowhere:{new_key(3, HASH)}")
    found = [one async for portion in contents.standing_on(shelf) for one in portion]
    assert {f"{shelf.kind}:{one.key}": one.size for one in found} == dict(zip(places, (6_000_000, 0, 1), strict=True))
    assert all(abs(one.modified - datetime.now(UTC)) < timedelta(minutes=1) for one in found)
    await contents.remove([*places[:2], f"{shelf.kind}:{new_key(3, HASH)}"])
    assert [one.key async for portion in contents.standing_on(shelf) for one in portion] == [places[2].split(":")[1]]
    contents.close()


async def test_a_shelf_belongs_to_one_bot(shelf: Shelf) -> None:
    for _ in range(2):
        await asyncio.to_thread(try_out, shelf, "7")
    with pytest.raises(Foreign) as other:
        await asyncio.to_thread(try_out, shelf, "8")
    assert other.value.owner == "7"
    assert await asyncio.to_thread(shelf.get, OWNER) == b"7"
    assert not [one async for portion in Contents(shelf).standing_on(shelf) for one in portion if one.key != OWNER], (
        "no probe is left"
    )


async def test_a_folder_that_is_away_is_not_made_anew(tmp_path: Path) -> None:
    """Where a network folder is not mounted, nothing may land on the disk beneath."""
    folder = Contents(Folder(tmp_path / "share"))
    for work in (folder.put(1, HASH, b"x"), folder.get(f"folder:{new_key(1, HASH)}"),
                 folder.remove([f"folder:{new_key(1, HASH)}"])):  # fmt: skip
        with pytest.raises(Away, match="No such file"):
            await work
    with pytest.raises(Away):
        assert [one async for one in folder.standing_on(Folder(tmp_path / "share"))]
    assert not os.listdir(tmp_path)
    (tmp_path / "share").write_text("a file in its place")
    with pytest.raises(Away):
        await folder.put(1, HASH, b"x")


async def test_a_bucket_that_is_away_says_so_in_a_word(gate: Gate, s3: int) -> None:
    place = await asyncio.to_thread(new_bucket, s3)
    media = settings(place, gate.endpoint)
    seen: list[tuple[str, str]] = []
    contents = contents_of(Config(telegram=Telegram(token="7:x"), media=media), lambda a, b, _: seen.append((a, b)))
    kept = await contents.put(1, HASH, b"x")
    gate.set("shut")
    with pytest.raises(Away) as away:
        await asyncio.wait_for(contents.put(1, HASH, b"x"), 20)
    assert "http" not in str(away.value) and "secret" not in str(away.value)
    gate.set("open")
    assert await contents.get(kept) == b"x"
    none = await asyncio.to_thread(bucket_at, "s3://no-such-bucket", gate.endpoint)
    with pytest.raises(Away, match="NoSuchBucket"):
        await asyncio.to_thread(none.put, "k", b"x")
    assert seen == [("put", "done"), ("put", "away"), ("get", "done")]
    contents.close()


WRITER = """
import hashlib, os, sys
from pathlib import Path
from storage.shelf import new_key
from storage.shelf_folder import Folder
folder = Folder(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    content = os.urandom(3_000_000)
    folder.put(new_key(1, hashlib.sha256(content).hexdigest()), content)
"""


async def test_killed_while_it_writes_nothing_half_has_a_name(tmp_path: Path) -> None:
    for n in range(6):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", WRITER, str(tmp_path), cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        await process.stdout.readline()
        await asyncio.sleep(0.02 + n * 0.013)
        process.kill()
        await process.communicate()
    files = list((tmp_path / "1").iterdir())
    named = [f for f in files if KEY.fullmatch(f"1/{f.name}") and not f.name.startswith(".part-")]
    assert named and {f.name.partition("-")[0] for f in named} == {
        hashlib.sha256(f.read_bytes()).hexdigest() for f in named
    }
    assert all(re.fullmatch(r"\.part-\w+", f.name) and KEY.fullmatch(f"1/{f.name}") for f in set(files) - set(named))


async def test_a_full_folder_is_away_though_it_takes_small_ones(tmp_path: Path) -> None:
    fills = """
import resource, sys
from pathlib import Path
from storage.shelf import Away, try_out
from storage.shelf_folder import Folder
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try_out(Folder(Path(sys.argv[1])), "7")
try:
    try_out(Folder(Path(sys.argv[1])), "7", 200_000)
except Away:
    sys.exit(3)
"""
    full = await asyncio.create_subprocess_exec(sys.executable, "-c", fills, str(tmp_path), cwd=ROOT)
    assert await full.wait() == 3 and os.listdir(tmp_path / "0") == []


async def test_the_program_ends_in_order_right_after_the_storage_failed(s3: int) -> None:
    """obstore's async calls are followed by abort() now and then; ours are not."""
    ends = """
import asyncio, sys
from bot.contents import Contents
from storage.shelf import Away
from tests.bucket import bucket_at
async def go():
    try:
        await Contents(bucket_at("s3://nowhere", sys.argv[1])).put(1, "ab" * 32, b"x")
    except Away:
        pass
asyncio.run(go())
"""
    where = f"http://127.0.0.1:{s3}"
    ended = [await asyncio.create_subprocess_exec(sys.executable, "-c", ends, where, cwd=ROOT) for _ in range(3)]
    assert [await one.wait() for one in ended] == [0, 0, 0]
