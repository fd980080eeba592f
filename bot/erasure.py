"""`tongxue forget`: shows what goes and what stays, asks, and does it (XC-07)."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console

from actions import erasure
from bot import ops
from bot.config import Config
from bot.contents import contents_of
from bot.words import say_out
from chat.messages import lines, say
from storage import media
from storage.cohorts import Cohort
from storage.members import Member
from storage.shelf import Away
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

    async def work(tx: Tx) -> set[str]:
        before = await media.places_of(tx, cohort.id)
        await erasure.forget(tx, cohort, member, ops.now_of(config))
        return before - await media.places_of(tx, cohort.id)

    gone = await store.work(work)
    out.print(say_out(say("erasure-person-done")))
    if gone:
        await _drop(config, gone, out)


async def _drop(config: Config, gone: set[str], out: Console) -> None:
    """What stood outside of the database goes at once, or tonight where it cannot be reached."""
    contents = contents_of(config)
    try:
        await contents.remove(gone)
        out.print(say_out(say("erasure-files-done", count=len(gone))))
    except Away:
        out.print(say_out(say("erasure-files-later", count=len(gone))))
    finally:
        contents.close()
