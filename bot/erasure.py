"""`tongxue forget`: shows what goes and what stays, asks, and does it (XC-07)."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console

from actions import erasure
from bot import ops
from bot.config import Config
from bot.words import say_out
from chat.messages import lines, say
from storage.cohorts import Cohort
from storage.members import Member
from storage.tx import Store, Tx

Sure = Callable[[str], bool]


async def forget(store: Store, config: Config, who: str, key: str, sure: Sure, out: Console) -> None:
    """Forget one person of a class, if `sure` says so."""

    async def look(tx: Tx) -> tuple[Cohort, Member, str]:
        cohort = await ops.find_class(tx, key)
        member = await erasure.find(tx, cohort, who)
        told = lines(
            say("joining-class", title=cohort.title), await erasure.look(tx, cohort, member), say("erasure-backups")
        )
        return cohort, member, say_out(told)

    cohort, member, told = await store.work(look)
    out.print(told)
    if not sure(say_out(say("erasure-ask"))):
        out.print(say_out(say("erasure-left")))
        return
    await store.work(lambda tx: erasure.forget(tx, cohort, member, ops.now_of(config)))
    out.print(say_out(say("erasure-person-done")))
