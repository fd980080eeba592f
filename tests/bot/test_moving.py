"""`tongxue migrate-to`: from a SQLite file to PostgreSQL, with one of everything (XC-06)."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import asyncpg

from storage.door import open_store
from storage.tx import Tx
from tests.bot.terminal import Terminal
from tests.conftest import Databases

BIG = 2**52 + 1
"""Telegram's ids have up to 52 bits."""
FACTS = (
    f"insert into account (id, first_name, muted, made_at) values ({BIG}, '👩‍🏫 Zoë “学”', true, {2**41})",
    f"insert into talk (account_id, step, memo, since) values ({BIG}, 's', '{{\"a\": \"😀\\n\"}}', 1)",
    "insert into file (id, cohort_id, name, content, made_at) values (900, 1, '表.xlsx', x'00ff00de', 1)",
    """insert into media (id, cohort_id, hash, content, small, place, made_at)
       values (7, 1, 'h', x'', null, 's3:1/h', 1)""",
    """insert into outbox (id, chat_id, body, hold, message_id, made_at)
       values (5000, -1001234567890123, '', true, null, 1)""",
    f"insert into inbox (bot, update_id, chat_id, raw, kept_at) values (7, {BIG}, {BIG}, '{{\"t\": \"\\ud83d\"}}', 1)",
)  # fmt: skip


def dump(path: Path) -> list[str]:
    link = sqlite3.connect(path)
    found = list(link.iterdump())
    link.close()
    return found


async def test_a_school_moves_to_postgresql_with_all_it_has(databases: Databases, tmp_path: Path) -> None:
    here = Terminal(tmp_path, await databases.sqlite())
    link = sqlite3.connect(here.file)
    for fact in FACTS:
        link.execute(fact)
    link.commit()
    link.close()
    before = await asyncio.to_thread(dump, here.file)
    url = await databases.empty_postgres()

    said = await here.types("migrate-to", url, lang="C.UTF-8")
    assert said.code == 0 and "逐行核对一致" in said.out and f'url = "{url}"' in said.out, said.all
    assert await asyncio.to_thread(dump, here.file) == before and not list(here.file.parent.glob(".moving-*"))

    async def look(tx: Tx) -> None:
        assert (
            await tx.one(str, "select first_name from account where id = :id and muted", {"id": BIG}) == "👩‍🏫 Zoë “学”"
        )
        assert await tx.one(bytes, "select content from file where id = 900") == b"\x00\xff\x00\xde"
        assert await tx.one(bytes, "select content from media where small is null and id = 7") == b""
        assert await tx.one(str, "select place from media where id = 7") == "s3:1/h", (
            "what stands elsewhere stays there"
        )
        assert await tx.one(int, "select chat_id from outbox where id = 5000 and hold and message_id is null") < -(
            2**39
        )
        members = await tx.one(int, "select count(*) from member")
        assert members == await asyncio.to_thread(rows_of, here.file, "member")
        made = await tx.one(int, "insert into outbox (chat_id, made_at) values (1, 1) returning id")
        assert made == 5001, "numbers go on where they were"

    store = await open_store(url)
    await store.work(look)
    await store.close()

    again = await here.types("migrate-to", url)
    assert again.code == 1 and "empty database" in again.err
    there = await Terminal(tmp_path, url).types("migrate-to", url)
    assert there.code == 1 and "not SQLite" in there.err


def rows_of(path: Path, table: str) -> int:
    link = sqlite3.connect(path)
    found = link.execute(f"select count(*) from {table}").fetchone()[0]
    link.close()
    return int(found)


async def test_what_cannot_move_is_said_and_leaves_both_sides_as_they_were(
    databases: Databases, tmp_path: Path
) -> None:
    here = Terminal(tmp_path, await databases.sqlite())
    url = await databases.empty_postgres()
    nobody = await here.types("migrate-to", "postgresql://nobody@127.0.0.1:9/none")
    assert nobody.code == 1 and "PostgreSQL cannot be used" in nobody.err
    assert (await here.types("migrate-to", "mysql://x")).err.startswith("Write the target as")

    link = sqlite3.connect(here.file)
    link.execute("update member set group_no = 'drei' where id = 3")
    link.commit()
    link.close()
    said = await here.types("migrate-to", url)
    assert said.code == 1 and "group_no in row 3 of member does not fit" in said.err, said.all
    there = await asyncpg.connect(url)
    assert await there.fetchval("select count(*) from pg_tables where schemaname = 'public'") == 0
    await there.close()

    store = await open_store(here.url)  # a bot holds the file, also while it has nothing to do
    running = await here.types("migrate-to", url)
    assert running.code == 1 and "stop the bot" in running.err, running.all
    await store.close()
