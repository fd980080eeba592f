"""`tongxue media move`: contents go to the place that the configuration names, while the bot runs (ADR 39)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct, structs
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot import ops
from bot.config import Config, load
from bot.contents import Contents, contents_of
from bot.words import say_out
from chat.messages import say
from storage import media
from storage.media import Where
from storage.shelf import Away, Foreign, Missing
from storage.tx import Store

app = typer.Typer(no_args_is_help=True, help="照片和文件放在哪里 / where photos and files stand.")
out = Console(highlight=False, markup=False, soft_wrap=True)

AT_ONCE = 100


class Moved(Struct):
    """What a move came to."""

    moved: int = 0
    damaged: int = 0
    """Missing where the row says, or other bytes than its hash: left as they are."""


@app.command()
def move(
    config: Annotated[Path, typer.Option("--config", "-c", help="配置文件 / the configuration file")] = Path(
        "config.toml"
    ),
) -> None:
    """把照片和文件搬到 [media] place，逐个核对；可以随时中断再来 / bring contents to [media] place, each compared."""
    found = load(config)
    moved = ops.work(found, lambda store, config: _move(store, config))
    out.print(say_out(say("cli-media-moved", count=str(moved.moved), place=found.media.place)))
    if moved.damaged:
        raise ops.Trouble(say_out(say("cli-media-damaged", count=moved.damaged)))
    if moved.moved and found.database.url.startswith("sqlite:") and found.media.place != "database":
        out.print(say_out(say("cli-media-vacuum")))


async def _move(store: Store, config: Config) -> Moved:
    contents = contents_of(config)
    try:
        counts = await store.work(media.counts)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=out, transient=True) as bar:
            total = sum(n for kind, n in counts.items() if kind != contents.kind)
            task = bar.add_task(say_out(say("cli-move-all")), total=total)
            return await bring(store, contents, lambda: bar.advance(task))
    except Foreign as other:
        raise ops.Trouble(say_out(say("cli-doctor-media-foreign", owner=other.owner))) from None
    except Away as away:
        raise ops.Trouble(say_out(say("cli-media-stopped", trouble=str(away)))) from None
    finally:
        contents.close()


async def bring(store: Store, contents: Contents, tell: Callable[[], None] = lambda: None) -> Moved:
    """Bring every content to where new ones go. Stopped at any moment it goes on from there; Away when it cannot."""
    for shelf in contents.known:
        await contents.try_out(shelf)

    async def rows_after(id: int) -> list[Where]:
        return await store.work(lambda tx: media.next_elsewhere(tx, contents.kind, id, AT_ONCE))

    done, after = Moved(), 0
    while rows := await rows_after(after):
        for row in rows:
            if await _bring_one(store, contents, row):
                done.moved += 1
            else:
                done.damaged += 1
            tell()
        after = rows[-1].id
    return done


async def _bring_one(store: Store, contents: Contents, row: Where) -> bool:
    """Copy, read back, change the row, then drop the old one. False where the old one is not what it was."""
    found = await _read(store, contents, row)
    if hashlib.sha256(found).hexdigest() != row.hash:
        return await store.work(lambda tx: media.about(tx, row.id)) != row  # gone meanwhile, or moved by another
    place = await contents.put(row.cohort_id, row.hash, found)
    if place and await _read(store, contents, structs.replace(row, place=place)) != found:
        raise Away("reads other bytes than were written")
    moved = await store.work(lambda tx: media.move(tx, row, place, b"" if place else found))
    gone = row.place if moved else place  # where it stood; or our copy, which nobody names
    if gone:
        await contents.remove([gone])
    return True


async def _read(store: Store, contents: Contents, row: Where) -> bytes:
    """What stands there; nothing where it is missing."""
    if not row.place:
        return await store.work(lambda tx: media.content(tx, row.id))
    try:
        return await contents.get(row.place)
    except Missing:
        return b""
