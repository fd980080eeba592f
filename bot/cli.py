"""The command line `tongxue`: try it, run it, and all that an administrator does with files."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from bot import logs, ops
from bot.classes_cli import app as classes_app
from bot.config import Config, ConfigError, load, secrets_of
from bot.handbook_cli import app as handbook_app
from bot.media_cli import app as media_app
from bot.words import say_out
from chat.messages import Refusal

T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="同学 Tongxue：培训班的班务机器人 / a bot for training classes.",
)
app.add_typer(classes_app, name="class")
app.add_typer(handbook_app, name="handbook")
app.add_typer(media_app, name="media")
out = Console(highlight=False, markup=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

ConfigFile = Annotated[Path, typer.Option("--config", "-c", help="配置文件 / the configuration file", dir_okay=False)]
HERE = Path("config.toml")


@app.command()
def run(config: ConfigFile = HERE, verbose: bool = False) -> None:
    """运行机器人，直到 Ctrl-C / run the bot until Ctrl-C."""
    found = load(config)
    logs.listen(logging.DEBUG if verbose else logging.INFO, found.log.format, secrets_of(found))
    asyncio.run(_run(found))


@app.command()
def demo(
    state: Annotated[Path, typer.Option(help="存放演示数据的文件夹 / where the demo keeps its data")] = Path(
        "demo-state"
    ),
    port: Annotated[int, typer.Option(help="页面端口，0 = 随便一个 / the page's port, 0 = any")] = 8642,
    fresh: Annotated[bool, typer.Option("--fresh", envvar="FRESH", help="从头开始 / start over")] = False,
    browser: Annotated[bool, typer.Option(help="自动打开浏览器 / open a browser")] = True,
) -> None:
    """一分钟试用：不要账号，不要网络 / try it in a minute: no account, no internet."""
    from bot.demo import play

    logs.listen(logging.WARNING)
    asyncio.run(play(state, port, fresh=fresh, browser=browser))


@app.command("admin-link")
def admin_link(config: ConfigFile = HERE) -> None:
    """给第一位教务管理员一条链接（24小时有效）/ a link for the first administrator (24 hours)."""
    ops.work(load(config), lambda store, found: ops.admin_link(store, found, out))


@app.command()
def plan(
    date: Annotated[str, typer.Option("--date", help="哪一天 / which day: 2027-03-15")],
    config: ConfigFile = HERE,
    key: Annotated[str, typer.Option("--class", help="哪个班 / which class (its key)")] = "",
) -> None:
    """这一天会发什么、发给谁、什么时候、谁不发为什么 / what is sent that day, to whom, when, who is skipped and why."""
    from bot.plan import print_plan

    ops.work(load(config), lambda store, found: print_plan(store, date, key, ops.now_of(found), out))


@app.command()
def doctor(config: ConfigFile = HERE) -> None:
    """检查令牌、时钟、数据库、磁盘、文案 / check token, webhook, clock, database, disk, texts, zone."""
    from bot.doctor import examine

    logs.listen(logging.CRITICAL)
    if not asyncio.run(examine(load(config), out, config)):
        raise typer.Exit(1)


@app.command()
def backup(
    to: Annotated[Path, typer.Argument(help="写到哪个文件 / the file to write")],
    config: ConfigFile = HERE,
    force: Annotated[bool, typer.Option("--force", help="可以覆盖 / may overwrite")] = False,
) -> None:
    """运行中也能备份，一致 / a consistent copy, also while the bot runs."""
    from bot.backups import make_backup

    make_backup(load(config), to, out, force=force)


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="备份文件 / the backup", exists=True, dir_okay=False)],
    config: ConfigFile = HERE,
    force: Annotated[bool, typer.Option("--force", help="覆盖现有数据库 / overwrite the database")] = False,
) -> None:
    """从备份恢复；机器人要先停 / bring a backup back; stop the bot first."""
    from bot.backups import restore_backup

    restore_backup(load(config), source, out, force=force)


@app.command()
def forget(
    person: Annotated[str, typer.Argument(help="座位号、编号或姓名 / seat number, id or name")],
    config: ConfigFile = HERE,
    key: Annotated[str, typer.Option("--class", help="哪个班 / which class (its key)")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="不再问 / do not ask")] = False,
) -> None:
    """删除一个人的个人信息；考勤只留座位号 / delete a person's data; attendance stays under the seat number."""
    from bot.erasure import forget as forget_person

    def sure(question: str) -> bool:
        return yes or typer.confirm(question)

    ops.work(load(config), lambda store, found: forget_person(store, found, person, key, sure, out))


@app.command("migrate-to")
def migrate_to(
    url: Annotated[str, typer.Argument(envvar="TONGXUE_TARGET", help="postgresql://user:password@host/database")],
    config: ConfigFile = HERE,
) -> None:
    """从 SQLite 搬到空的 PostgreSQL，逐行核对；机器人要先停 / move to PostgreSQL, row by row; stop the bot first."""
    from bot.moving import migrate

    migrate(load(config), url, out)


async def _run(config: Config) -> None:
    from bot.app import open_house

    house = await open_house(config)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    starting, stopping = asyncio.create_task(house.start()), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([starting, stopping], return_when=asyncio.FIRST_COMPLETED)
        if not stopping.done():  # else it was ended while it stood by
            await starting
            _let_lie()
            logging.getLogger("tongxue").info("running (%s); Ctrl-C ends it", config.telegram.mode)
            await stopping
    finally:
        for task in (starting, stopping):
            task.cancel()
        await asyncio.gather(starting, stopping, return_exceptions=True)
        await house.stop()


def _let_lie() -> None:
    """What was made at the start stays until the end: the collector need not walk through it again and again, which
    cost every twentieth moment of a rush and stood still for 50 ms now and then."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


def main() -> None:
    """The program's door: what is wrong is said in a sentence, without a traceback."""
    try:
        app()
    except ConfigError as wrong:
        err.print(str(wrong), style="red")
        sys.exit(2)
    except Refusal as no:
        err.print(say_out(no.say), style="red")
        sys.exit(1)
    except ops.Trouble as wrong:
        err.print(str(wrong), style="red")
        sys.exit(1)
    except OSError as wrong:
        err.print(f"{type(wrong).__name__}: {wrong.strerror or wrong}", style="red")
        sys.exit(1)
