"""What the program does for itself: told once what stands still, a backup a night that can be restored, metrics."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from msgspec import structs
from prometheus_client.parser import text_string_to_metric_families

from actions import machine
from actions.watch import Limits, watch
from bot.app import House
from bot.clock import Bell, Clock
from bot.config import Backup, Config, Database, Server, Telegram
from bot.intake import arrival_of
from bot.meters import Meters
from bot.nights import Night
from bot.transport import Api
from desk.metrics import GAUGES
from simulator import Phone, Simulator
from storage import accounts, dumps, inbox, outages, outbox
from storage.outbox import Parcel
from storage.tx import Store, Tx
from tests.bot.office import body
from tests.cast import ACCOUNTS
from tests.stage import HandClock, Stage
from tests.stories.program import free_port

TOKEN = "7:TEST"
LIMITS = Limits(backup=timedelta(hours=36))


async def test_what_stands_still_is_told_once_and_once_when_it_is_over(stage: Stage) -> None:
    async def office(tx: Tx) -> None:
        await accounts.set_roles(tx, ACCOUNTS["Ada"], "admin")
        now = stage.clock.now()
        await inbox.add(tx, [arrival_of(b'{"update_id":1}', 7, now)])
        await outbox.add(tx, [Parcel(chat_id=101, body=body("x"), made_at=now, not_before=now + timedelta(minutes=5))])
        for name in ("tick", "backup"):
            await outages.beat(tx, name, now)

    async def looks(free: float = 9e9) -> set[str]:
        found = await stage.store.work(lambda tx: watch(tx, stage.clock.now(), free, LIMITS))
        stage.down = True
        return found

    await stage.store.work(office)
    assert await looks() == set()
    stage.at("08:12")
    assert await looks() == {"inbox", "tick"}, "the message has waited for 7 minutes only"
    assert await looks() == {"inbox", "tick"}
    stage.at("08:16")
    assert await looks(9e8) == {"inbox", "outbox", "tick", "disk"}
    state = await stage.store.work(lambda tx: machine.look(tx, stage.clock.now()))
    assert {t.name for t in state.troubles} == {"inbox", "tick", "disk", "outbox"}
    assert len(machine.card(state, stage.clock.now()).parts) <= 12
    numbers = machine.numbers(state, stage.clock.now())
    assert numbers["inbox_oldest_seconds"] == 960 and numbers["outbox_oldest_seconds"] == 660
    stage.down = False
    await stage.settle()
    for part in ("没处理了", "一直在等", "时钟停了", "磁盘快满"):
        assert sum(part in s.plain for s in stage.phone("Ada")) == 1, part
    await stage.store.work(lambda tx: outages.beat(tx, "tick", stage.clock.now()))
    assert await looks() == set()
    stage.down = False
    await stage.settle()
    for part in ("收件又正常", "又发得出去", "时钟又走", "又有地方"):
        assert sum(part in s.plain for s in stage.phone("Ada")) == 1, part
    stage.at("20:01", 2)
    assert await looks() == {"tick", "backup"}
    for name in ("Clara", "Tina", "Oscar"):
        stage.sees_nothing_of(name, "时钟", "磁盘")


async def test_another_program_with_our_token_is_told_once_and_only_by_who_can_say(stage: Stage) -> None:
    await stage.store.work(lambda tx: accounts.set_roles(tx, ACCOUNTS["Ada"], "admin"))

    async def looks(contested: bool | None) -> None:
        await stage.store.work(lambda tx: watch(tx, stage.clock.now(), 9e9, LIMITS, contested))
        await stage.settle()

    for contested in (True, None, True, None):
        await looks(contested)
    assert sum("别的程序" in s.plain for s in stage.phone("Ada")) == 1
    for contested in (False, None, False):
        await looks(contested)
    assert sum("又只有我们" in s.plain for s in stage.phone("Ada")) == 1
    stage.sees_nothing_of("Clara", "别的程序")


def rows(path: Path) -> int:
    link = sqlite3.connect(path)
    found: int = link.execute("select count(*) from member").fetchone()[0]
    link.close()
    return found


@pytest.mark.usefixtures("pg_tools")
async def test_a_backup_a_night_tried_kept_and_dropped(store: Store, url: str, tmp_path: Path) -> None:
    clock = HandClock()
    folder = tmp_path / "backups"
    config = Config(
        telegram=Telegram(token=TOKEN), database=Database(url=url),
        backup=Backup(folder=str(folder), keep_days=2, keep_weekly=0),
    )  # fmt: skip
    night = Night(config, store, clock, Bell())

    async def trouble(tx: Tx) -> list[str]:
        return [t.name for t in await outages.troubles(tx)]

    assert await night.back_up() is None, "a bot that was just set up waits for its first night"
    clock.value += timedelta(days=1)
    made = await night.back_up()
    assert made is not None and await night.back_up() is None, "once a night"
    expected = await store.work(lambda tx: tx.one(int, "select count(*) from member"))
    found = (await dumps.rows_in(made))["member"] if store.postgres else rows(made)
    assert found == expected == 19
    folder.rename(tmp_path / "away")
    folder.write_text("a file in its place")
    clock.value += timedelta(days=1)
    assert await night.back_up() is None and await store.work(trouble) == ["backup-failed"]
    assert await night.back_up() is None, "not again within the hour"
    folder.unlink()
    (tmp_path / "away").rename(folder)
    (folder / "mine.txt").write_text("not ours to drop")
    clock.value += timedelta(hours=1, minutes=1)
    later = await night.back_up()
    assert later is not None and await store.work(trouble) == []
    assert {p.name for p in folder.iterdir()} == {later.name, made.name, "mine.txt"}
    clock.value += timedelta(days=1)
    last = await night.back_up()
    assert last is not None and {p.name for p in folder.iterdir()} == {later.name, last.name, "mine.txt"}


async def test_metrics_are_off_protected_and_hold_no_names(store: Store, url: str, sim: Simulator, tina: Phone) -> None:
    port, own = free_port(), free_port()
    config = Config(
        telegram=Telegram(token=TOKEN, api_url=sim.url, messages_per_second=0), database=Database(url=url),
        server=Server(port=port, metrics_token="scrape-me"), backup=Backup(folder=""),
    )  # fmt: skip
    house = House(config, store, Api(TOKEN, sim.url), Clock())
    await house.start()
    try:
        now = house.clock.now()
        await store.work(lambda tx: outbox.add(tx, [Parcel(chat_id=tina.id, body=body("私事"), made_at=now)]))
        house.sender.bell.ring()
        await tina.says("帮助")
        await tina.sees("/mydata")
        where = f"http://127.0.0.1:{port}/metrics"
        async with aiohttp.ClientSession() as session:
            for wrong in ({}, {"Authorization": "Bearer wrong"}):
                async with session.get(where, headers=wrong) as answer:
                    assert answer.status == 401
            async with session.get(where, headers={"Authorization": "Bearer scrape-me"}) as answer:
                page = await answer.text()
    finally:
        await house.stop()
    families = {f.name: f for f in text_string_to_metric_families(page)}
    assert {f"tongxue_{name}" for name in GAUGES} | {"tongxue_transaction_seconds"} <= set(families)
    samples = {(s.name, *s.labels.values()): s.value for f in families.values() for s in f.samples}
    assert samples["tongxue_turns_total", "done"] >= 1 and samples["tongxue_sends_total", "sent"] >= 2
    assert samples["tongxue_transaction_seconds_count",] > 3 and samples["tongxue_inbox_dead",] == 0
    labels = {v for f in families.values() for s in f.samples for k, v in s.labels.items() if k != "le"}
    assert labels <= {"done", "failed", "sent", "benign", "gone", "unreachable", "bad", "wait", "retry", "uncertain"}
    assert "私事" not in page and str(tina.id) not in page.replace(".", " ").split() and "Tina" not in page
    seen = Meters(config)
    for went in ("done", "away", "away"):
        seen.media("put", went, 0.2)
    assert seen.metrics is not None
    shown = seen.metrics.page({}).decode()
    assert (
        'tongxue_media_total{outcome="away",what="put"} 2.0' in shown and 'media_seconds_count{what="put"} 3' in shown
    )
    off = Meters(structs.replace(config, server=Server(port=port)))
    assert off.metrics is None and off.timed(store) is store and not off.routes(_away)
    apart = Meters(structs.replace(config, server=Server(metrics=f"127.0.0.1:{own}")))
    await apart.start(_away)
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{own}/metrics") as answer:
        assert answer.status == 200 and "tongxue_inbox_waiting NaN" in await answer.text()
    assert not apart.routes(_away), "not on the usual pages too"
    await apart.stop()


async def _away() -> dict[str, float]:
    raise OSError("the database is away")
