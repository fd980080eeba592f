"""kill -9, outages, floods: nothing is lost, nothing is counted twice (XC-06, SCH-02, SCH-03)."""

from __future__ import annotations

import asyncio
import random
from datetime import datetime
from pathlib import Path

import pytest

from simulator import Phone
from storage.door import open_store
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.conftest import Databases
from tests.stage import ZONE
from tests.stories.program import Program, playing

AFTERNOON = datetime(2027, 3, 15, 13, 50, tzinfo=ZONE)
IN_FLIGHT = 64


@pytest.fixture(params=["sqlite", "postgres"])
async def crowd_url(request: pytest.FixtureRequest, databases: Databases) -> str:
    """A database of each kind with both classes."""
    made: str = await getattr(databases, request.param)()
    return made


async def marks_of(url: str) -> list[int]:
    """The members that are marked, one entry a mark."""

    async def look(tx: Tx) -> list[int]:
        return await tx.all(int, "select member_id from mark where status <> 'unmarked' order by member_id")

    store = await open_store(url)
    try:
        return await store.work(look)
    finally:
        await store.close()


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_kill_nine_loses_nothing_and_counts_nothing_twice(tmp_path: Path, crowd_url: str, mode: str) -> None:
    random.seed(7)
    async with playing(tmp_path, crowd_url, mode, AFTERNOON) as program:
        await program.start()
        phones = [await phone_of(program, name) for name in ("Tina", "Tom", "Gao")]
        said = 0
        for _ in range(3):
            for _ in range(20):
                for phone in phones:
                    await phone.says("签到")
                    said += 1
                await asyncio.sleep(random.uniform(0, 0.02))
            await program.kill()
            await program.start()
        await answered(phones, said)
        assert len(await marks_of(crowd_url)) == 3
        answers = sum(
            len([m for m in phone.messages if "已签到" in m.text and m.sender != phone.id]) for phone in phones
        )
        assert said <= answers <= said + 3 * IN_FLIGHT


async def phone_of(program: Program, name: str) -> Phone:
    """The phone of somebody of the cast, who has pressed Start."""
    phone = program.sim.person(name, id=ACCOUNTS[name])
    await phone.start()
    return phone


async def answered(phones: list[Phone], said: int, within: float = 60.0) -> None:
    """Wait until every deed has its answer."""
    loop = asyncio.get_running_loop()
    end, count = loop.time() + within, 0
    while loop.time() < end:
        count = sum(len([m for m in p.messages if m.sender != p.id and "已签到" in m.text]) for p in phones)
        if count >= said:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{said} were said, {count} were answered")


async def test_words_said_while_the_bot_is_down_keep_their_own_time(tmp_path: Path, crowd_url: str) -> None:
    async with playing(tmp_path, crowd_url, "polling", AFTERNOON) as program:
        tina = await phone_of(program, "Tina")
        await tina.says("签到")
        await asyncio.sleep(1.2)
        await program.start()
        await tina.sees("已签到", within=10)


async def test_telegram_away_then_back(tmp_path: Path, crowd_url: str) -> None:
    async with playing(tmp_path, crowd_url, "polling", AFTERNOON) as program:
        await program.start()
        tina = await phone_of(program, "Tina")
        program.sim.fault("sendMessage", "502", times=2)
        program.sim.fault("sendMessage", "429", times=1, retry_after=1)
        await tina.says("签到")
        await tina.sees("已签到", within=15)


async def test_an_answer_that_got_lost_is_sent_again(tmp_path: Path, crowd_url: str) -> None:
    async with playing(tmp_path, crowd_url, "polling", AFTERNOON) as program:
        await program.start()
        tina = await phone_of(program, "Tina")
        await tina.sees("点下面的按键")
        await tina.sees("第1天", within=10)  # the card of the day is on its way to everybody
        program.sim.fault("sendMessage", "accept_close", chat=tina.id)
        await tina.says("签到")
        await answered([tina], 2)  # sent, but not known to be sent: an answer may come twice, never not at all
        assert len(await marks_of(crowd_url)) == 1


async def test_an_orderly_end_finishes_the_turns_at_hand(tmp_path: Path, crowd_url: str) -> None:
    async with playing(tmp_path, crowd_url, "polling", AFTERNOON) as program:
        await program.start()
        phones = [await phone_of(program, name) for name in ("Tina", "Tom", "Gao")]
        for phone in phones:
            await phone.says("签到")
        await program.stop()
        await program.start()
        await answered(phones, 3)
        assert len(await marks_of(crowd_url)) == 3


async def test_doubled_shuffled_and_poisoned_updates(tmp_path: Path, crowd_url: str) -> None:
    async with playing(tmp_path, crowd_url, "polling", AFTERNOON) as program:
        await program.start()
        tina = await phone_of(program, "Tina")
        program.sim.fault("", "duplicate", times=3)
        await tina.says("签到")
        await tina.sees("已签到")
        program.sim.fault("", "poison", times=1)
        await tina.says("帮助")
        await tina.says("课程表")
        await tina.sees("第1天")
        assert len(await marks_of(crowd_url)) == 1


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_telegram_is_told_of_us_though_it_did_not_listen_at_first(
    tmp_path: Path, databases: Databases, mode: str
) -> None:  # fmt: skip
    """A bot that starts while Telegram is down would otherwise be deaf till its next start."""
    async with playing(tmp_path, await databases.sqlite(), mode, AFTERNOON) as program:
        if mode == "polling":
            program.sim.hooks[7].url = "http://127.0.0.1:9/of-before"
            program.sim.fault("deleteWebhook", "500")
        program.sim.fault("getWebhookInfo", "502")
        program.sim.fault("setWebhook", "500")
        program.sim.fault("setMyCommands", "502", times=3)
        await program.start()
        tina = await phone_of(program, "Tina")
        await tina.says("签到")
        await answered([tina], 1)
        commands = [e for e in program.sim.journal.of("setMyCommands") if e.status == 200]
        assert {e.params.get("language_code", "") for e in commands} >= {"", "en"}
        assert "<html>" not in program.log()
