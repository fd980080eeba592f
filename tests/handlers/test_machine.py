"""The ops card: numbers for administrators, nothing for anybody else (SCH-12)."""

from __future__ import annotations

from storage import accounts, outages
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.stage import Stage


async def test_an_administrator_sees_the_numbers_and_what_stands_still(stage: Stage) -> None:
    async def work(tx: Tx) -> None:
        await accounts.set_roles(tx, ACCOUNTS["Ada"], "admin")
        await outages.beat(tx, "tick", stage.clock.now())

    await stage.store.work(work)
    await stage.says("Ada", "机器状况")
    stage.sees("Ada", "机器人好好的", "0秒前", "还没有备份过")
    stage.at("08:04")
    await stage.taps("Ada", "刷新")
    stage.sees("Ada", "时钟停了4分钟", "请重启")


async def test_nobody_else_sees_it(stage: Stage) -> None:
    for name in ("Tina", "Gao", "Ivan", "Clara", "Oscar", "Nora"):
        await stage.says(name, "机器状况")
        await stage.says(name, "/ops")
        await stage.tap_data(name, "machine")
        stage.sees_nothing_of(name, "走表", "备份", "Last tick")
