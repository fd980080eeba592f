"""`tongxue handbook …`: import with a look at what would change, export as one booklet (HANDBOOK-01, HANDBOOK-07)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from actions import handbook_imports as deeds
from actions.handbook_exports import ENDINGS, Booklet, take_out
from actions.handbook_files import read_handbook
from actions.handbook_imports import Hand, Plan
from bot import ops
from bot.config import Config, load
from bot.words import say_out, speak
from chat.messages import Refusal, say
from rules.handbook_file import Found
from rules.problems import has_errors
from storage.tx import Store, Tx

app = typer.Typer(no_args_is_help=True, help="社区工作手册 / the community handbook.")
out = Console(highlight=False, markup=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

ConfigFile = Annotated[Path, typer.Option("--config", "-c", help="配置文件 / the configuration file", dir_okay=False)]
HERE = Path("config.toml")
MOST_LINES = 200


@app.command("import")
def import_(
    source: Annotated[Path, typer.Argument(help=".toml、.md、.docx 或 .xlsx")],
    config: ConfigFile = HERE,
    yes: Annotated[bool, typer.Option("--yes", help="不再问，直接写入 / write without asking")] = False,
    approve: Annotated[
        str, typer.Option("--approve", help="由这位教务审核通过，马上发布 / published, approved by this administrator")
    ] = "",
) -> None:
    """先给看会改什么，再写入；导两次什么都不变 / shows what would change, then writes; twice changes nothing."""
    found, configured = _read(source), load(config)
    plan = ops.work(configured, lambda store, _: _look(store, source.name, found, approve))
    if has_errors(list(plan.problems)):
        err.print(say_out(deeds.preview(plan, MOST_LINES)), style="red")
        raise typer.Exit(1)
    out.print(say_out(deeds.preview(plan, MOST_LINES)))
    if not plan.writes and not (approve and plan.waiting):
        out.print(say_out(say("handbook-cli-nothing")))
        return
    if not yes:
        approve = _ask(configured, approve)
    done, by = ops.work(configured, lambda store, c: _write(store, c, source.name, found, approve))
    count = done.writes + (len(done.waiting) if by else 0)
    told = say("handbook-cli-published", count=count, name=by.name) if by else say("handbook-cli-waits", count=count)
    out.print(say_out(told))


def _read(source: Path) -> Found:
    if not source.is_file():
        raise ops.Trouble(say_out(say("handbook-cli-no-file", name=str(source))))
    return read_handbook(source.read_bytes(), source.name)


async def _look(store: Store, name: str, found: Found, approve: str) -> Plan:
    if approve:
        await store.work(lambda tx: deeds.administrator(tx, approve))
    return await store.work(lambda tx: deeds.compare(tx, name, found))


def _ask(config: Config, approve: str) -> str:
    """Whether to write, and who answers for it; a name that is nobody's is asked for again."""
    try:
        if not typer.confirm(say_out(say("handbook-cli-write"))):
            raise typer.Abort
        while not approve:
            name = typer.prompt(say_out(say("handbook-cli-who")), default="", show_default=False).strip()
            if not name:
                break
            try:
                ops.work(config, lambda store, _: store.work(lambda tx: deeds.administrator(tx, name)))  # noqa: B023
                approve = name
            except Refusal as no:
                err.print(say_out(no.say), style="yellow")
    except typer.Abort:
        out.print("\n" + say_out(say("handbook-cli-not-written")))
        raise typer.Exit(1) from None
    return approve


async def _write(store: Store, config: Config, name: str, found: Found, approve: str) -> tuple[Plan, Hand | None]:
    async def work(tx: Tx) -> tuple[Plan, Hand | None]:
        by = await deeds.administrator(tx, approve) if approve else None
        us = Hand(0, say_out(say("exports-command-line")))
        return await deeds.bring_in(tx, name, found, us, ops.now_of(config), by), by

    return await store.work(work)


@app.command()
def export(
    to: Annotated[Path, typer.Argument(help="写到哪个文件，.docx 或 .md / the file to write")],
    config: ConfigFile = HERE,
    english: Annotated[bool, typer.Option("--english", help="Word 里也放英文 / the English too")] = False,
) -> None:
    """整本手册，按类别，有日期和版本 / the whole handbook by chapter, with date and version."""
    if to.suffix.lower() not in ENDINGS:
        raise ops.Trouble(say_out(say("handbook-cli-ending")))

    async def work(store: Store, config: Config) -> Booklet:
        return await store.work(lambda tx: take_out(tx, speak(), ops.now_of(config)))

    made = ops.work(load(config), work)
    to.write_bytes(made.content(to.suffix.lower(), english=english))
    version = made.head.below[0]
    out.print(say_out(say("handbook-cli-exported", name=str(to), count=len(made.entries), version=version)))
