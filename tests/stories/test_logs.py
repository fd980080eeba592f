"""kill -9 in the middle of an album, and of a document that is being made: nothing is lost, nothing comes twice."""

from __future__ import annotations

import asyncio
import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from actions.pictures import prepared
from simulator import Phone
from storage import logs, media
from storage.door import open_store
from storage.logs import Log, Part, Version
from storage.media import Media
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.conftest import Databases
from tests.handlers.log_class import GOOD
from tests.stage import ZONE
from tests.stories.program import Program, playing

EVENING = datetime(2027, 3, 15, 20, 0, tzinfo=ZONE)


@pytest.fixture(params=["sqlite", "postgres"])
async def url(request: pytest.FixtureRequest, databases: Databases) -> str:
    """A database of each kind with both classes."""
    made: str = await getattr(databases, request.param)()
    return made


async def asked(url: str, sql: str) -> list[Any]:
    """What stands in the database."""
    store = await open_store(url)
    try:
        return await store.work(lambda tx: tx.all(Any, sql))  # type: ignore[arg-type]
    finally:
        await store.close()


async def until(url: str, sql: str, wanted: int, within: float = 60.0) -> None:
    """Wait until so many rows stand there."""
    end = asyncio.get_running_loop().time() + within
    found: list[Any] = []
    while asyncio.get_running_loop().time() < end:
        found = await asked(url, sql)
        if len(found) >= wanted:
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"{len(found)} of {wanted}: {sql}")


async def phone_of(program: Program, name: str) -> Phone:
    phone = program.sim.person(name, id=ACCOUNTS[name])
    await phone.start()
    return phone


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_killed_in_the_middle_of_an_album(tmp_path: Path, url: str, mode: str) -> None:
    async with playing(tmp_path, url, mode, EVENING) as program:
        await program.start()
        tina = await phone_of(program, "Tina")
        await tina.says("写日志")
        await tina.sees("五分钟就够", within=20)
        await tina.says(GOOD)
        await tina.sends_album(6)
        await program.kill()
        await program.start()
        await until(url, "select id from log_part where state = 'kept' and kind = 'photo'", 6)
        await tina.says("提交日志")
        await tina.sees("第1天的日志交上了", within=20)
        parts = await asked(url, "select kind from log_part where state in ('kept', 'lost') order by id")
        assert parts == ["text", *["photo"] * 6]
        assert await asked(url, "select version from log where version > 0") == [1]
        await until(url, "select id from log_part where media_id is not null", 6)
        clara = await phone_of(program, "Clara")
        await clara.says("批日志")
        await clara.sees("照片6张", within=20)
        assert await asked(url, "select state from outbox where kind = 'album'") == ["sent"], "above the words"


def picture(n: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((700, 500), 60 + n).convert("RGB").save(out, "JPEG")
    return out.getvalue()


async def many_logs(url: str) -> None:
    """Twelve people's logs of two days with three photos each, written straight into the tables."""
    kept = [prepared(picture(n)) for n in range(3)]

    async def fill(tx: Tx) -> None:
        people = await tx.all(int, "select id from member where seat_no is not null and cohort_id = "
                              "(select id from cohort where key = 'spring')")  # fmt: skip
        cohort = await tx.one(int, "select id from cohort where key = 'spring'")
        for person in people:
            for day in (1, 2):
                at = EVENING + timedelta(days=day - 1)
                log = await logs.begin(tx, Log(cohort_id=cohort, member_id=person, day=day, made_at=at))
                ids = [await logs.add_part(tx, Part(log_id=log.id, body=GOOD, at=at)) or 0]
                for n, found in enumerate(kept):
                    part = await logs.add_part(tx, Part(log_id=log.id, kind="photo", file_id=f"f{n}", at=at)) or 0
                    ids.append(part)
                    row = Media(cohort_id=cohort, hash=f"{part}", kind=found.kind, size=len(found.content),
                                content=found.content, small=found.small, made_at=at)  # fmt: skip
                    await media.attach(tx, part, await media.add(tx, row))
                await tx.do("update log set version = 1, state = 'submitted', was = 'submitted', handed_at = :at, "
                            "text = 'x' where id = :id", {"at": at, "id": log.id})  # fmt: skip
                await logs.add_version(tx, Version(log_id=log.id, no=1, body=f"{GOOD}", parts=tuple(ids),
                                                   state="submitted", at=at))  # fmt: skip

    store = await open_store(url)
    await store.work(fill)
    await store.close()


async def test_killed_while_a_volume_is_made(tmp_path: Path, url: str) -> None:
    await many_logs(url)
    async with playing(tmp_path, url, "polling", EVENING + timedelta(days=1)) as program:
        await program.start()
        clara = await phone_of(program, "Clara")
        await clara.says("日志文集")
        await clara.sees("只供存档", within=20)
        await clara.taps("Word 文集")
        await until(url, "select id from document where tries > 0", 1)
        await program.kill()
        await program.start()
        if url.startswith("postgresql"):  # another program might be making it: there it is taken over after a while
            store = await open_store(url)
            await store.work(lambda tx: tx.do("update document set held_until = 0 where state = 'new'"))
            await store.close()
        await until(url, "select id from outbox where kind = 'file' and state = 'sent'", 1)
        await asyncio.sleep(1)
        assert len(await asked(url, "select id from outbox where kind = 'file'")) == 1
        assert await asked(url, "select state from document") == ["done"]
        await clara.sees("全班日志24篇", within=10)


async def test_a_reader_s_session_is_one_tap_a_log(tmp_path: Path, url: str) -> None:
    """Twenty-four logs with photos over real HTTP: 批日志 once, then [已阅] until nothing waits."""
    await many_logs(url)
    async with playing(tmp_path, url, "polling", EVENING + timedelta(days=1)) as program:
        await program.start()
        clara = await phone_of(program, "Clara")
        await clara.says("批日志")
        for n in range(24):
            await clara.sees("真问题吗", within=20)
            await clara.taps("已阅")
            if n == 0:
                assert [m for m in clara.messages if "照片3张" in m.text]
        await clara.sees("都看完了", within=20)
        assert await asked(url, "select count(*) from log where state = 'accepted'") == [24]
        assert await asked(url, "select count(*) from log_review where kind = 'read'") == [24]
        assert not await asked(url, "select id from outbox where once like 'log-review:%'"), "nobody was told"
