"""`tongxue class …`: check, import, seats, list, activate, export."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from actions import classes as deeds
from actions import seats as seat_deeds
from actions.classfiles import Reading, read_folder, read_workbook
from actions.seats import Seat
from bot import ops
from bot.config import Config, load
from bot.words import say_out, speak, voice_for
from chat.messages import lines, say
from handlers.classes import summary
from rules.classfile import ClassFile, Problem
from storage import cohorts
from storage.cohorts import Cohort
from storage.tx import Store, Tx
from texts.render import bare

T = TypeVar("T")
app = typer.Typer(no_args_is_help=True, help="建班、名册、绑定码 / classes, rosters, codes.")
out = Console(highlight=False, markup=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

ConfigFile = Annotated[Path, typer.Option("--config", "-c", help="配置文件 / the configuration file", dir_okay=False)]
Key = Annotated[str, typer.Option("--class", help="哪个班（编号），默认最近的 / which class (its key); the newest one")]
Source = Annotated[Path, typer.Argument(help="班级文件夹或 .xlsx 工作簿 / the class folder or workbook")]
HERE = Path("config.toml")


@app.command()
def check(source: Source) -> None:
    """只检查，不写入：每一处要改的，第几行第几列 / dry run: every problem with file, row and column."""
    reading = _read(source)
    _show(reading.problems)
    file = reading.classfile
    if file is None:
        raise typer.Exit(1)
    out.print(say_out(say("cli-check-good", title=file.title, people=len(file.trainees), sessions=len(file.sessions))))


@app.command("import")
def import_(source: Source, config: ConfigFile = HERE) -> None:
    """导入：要么全部，要么一点不动；再导一次只改不同的 / all or nothing; again: only what differs."""
    reading = _read(source)
    _show(reading.problems)
    if reading.classfile is None:
        err.print(say_out(say("cli-import-nothing")))
        raise typer.Exit(1)
    report = _work(config, lambda store, found: _import(store, found, reading.classfile))
    key = "classes-same" if report.is_same else "classes-done"
    out.print(say_out(lines(say(key, title=report.title), *summary(report))))
    if report.changes:
        changes = report.wording.list_of(report.changes, speak().lang, len(report.changes))
        out.print(bare(speak().html(lines(say("changes-import-done"), changes, say("changes-no-notice")))))


async def _import(store: Store, config: Config, file: ClassFile | None) -> deeds.Report:
    assert file is not None
    return await store.work(lambda tx: deeds.bring_in(tx, file, ops.now_of(config)))


@app.command()
def seats(
    config: ConfigFile = HERE,
    format: Annotated[
        str, typer.Option("--format", help="csv 或 png（打印用的二维码页）/ csv or png (sheets to print)")
    ] = "csv",
    to: Annotated[Path | None, typer.Option("--to", help="png 写到哪个文件夹 / where the png go")] = None,
    key: Key = "",
) -> None:
    """每个人的一次性链接、8位绑定码和二维码 / everybody's single-use link, code and QR."""
    if format not in ("csv", "png"):
        raise ops.Trouble(say_out(say("cli-seats-format")))
    found = _work(config, lambda store, c: _seats(store, c, key))
    if format == "csv":
        sys.stdout.write(_csv(("person_id", "name", "role", "code", "link"), [_row(s) for s in found]))
        return
    from bot.seat_sheets import draw

    folder = to or Path("seats")
    count = draw(found, folder)
    out.print(say_out(say("cli-seats-drawn", count=count, folder=str(folder))))


async def _seats(store: Store, config: Config, key: str) -> list[Seat]:
    try:
        root = f"https://t.me/{await ops.bot_name(config)}"
    except ops.Trouble as silent:
        root = ""
        err.print(f"{silent} {say_out(say('cli-links-short'))}", style="yellow")

    async def work(tx: Tx) -> tuple[Cohort, list[Seat]]:
        cohort = await ops.find_class(tx, key)
        return cohort, await seat_deeds.hand_out(tx, cohort, root, ops.now_of(config))

    cohort, found = await store.work(work)
    if cohort.state == "draft":
        err.print(say_out(say("cli-seats-opened", title=cohort.title)))
    return found


def _row(seat: Seat) -> tuple[str, ...]:
    return seat.person_id, seat.name, seat.role, seat.code, seat.link


@app.command("list")
def list_(config: ConfigFile = HERE) -> None:
    """所有班级 / all classes."""
    found = _work(config, lambda store, _: store.work(cohorts.all))
    for cohort in found:
        state = say_out(say(f"classes-state-{cohort.state}"))
        typer.echo(f"{cohort.key}\t{cohort.title}\t{cohort.first_day} – {cohort.last_day}\t{state}")
    if not found:
        out.print(say_out(say("cli-no-class")))


@app.command()
def activate(config: ConfigFile = HERE, key: Key = "") -> None:
    """往前走一步：草稿 → 报到中 → 进行中 → 收尾 → 已结束 / move a class to its next state."""

    async def work(tx: Tx, config: Config) -> Cohort:
        cohort = await ops.find_class(tx, key)
        return await deeds.move(tx, cohort.id, deeds.NEXT.get(cohort.state, ""), ops.now_of(config))

    cohort = _work(config, lambda store, c: store.work(lambda tx: work(tx, c)))
    state = say(f"classes-state-{deeds.NEXT[cohort.state]}")
    out.print(say_out(say("classes-moved", title=cohort.title, state=state)))


@app.command()
def export(
    to: Annotated[Path, typer.Argument(help="写到哪个文件夹 / the folder to write")],
    config: ConfigFile = HERE,
    key: Key = "",
) -> None:
    """名册、课程表、考勤、请假导出成 Excel 和 CSV / roster, timetable, marks and leave as a workbook and as CSV."""
    from actions.exports import Export, Table, tables_of
    from actions.exports import export as take_out
    from rules.roles import ADMINS

    async def work(tx: Tx, config: Config) -> tuple[dict[str, Table], Export]:
        cohort, now, who = await ops.find_class(tx, key), ops.now_of(config), say_out(say("exports-command-line"))
        tables = await tables_of(tx, cohort)
        return tables, await take_out(tx, cohort, voice_for(cohort.timezone), now, who=who, roles=ADMINS)

    tables, made = _work(config, lambda store, c: store.work(lambda tx: work(tx, c)))
    to.mkdir(parents=True, exist_ok=True)
    (to / made.name).write_bytes(made.content)
    typer.echo(str(to / made.name))
    for name, (header, rows) in (tables | made.tables).items():
        (to / f"{name}.csv").write_text("\ufeff" + _csv(header, rows), encoding="utf-8", newline="")
        typer.echo(f"{to / name}.csv\t{len(rows)}")


def _csv(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([header, *rows])
    return text.getvalue()


def _read(source: Path) -> Reading:
    if source.is_dir():
        return read_folder(source)
    if source.is_file():
        return read_workbook(source.read_bytes(), source.name)
    raise ops.Trouble(say_out(say("cli-no-such-folder", name=str(source))))


def _show(problems: tuple[Problem, ...]) -> None:
    """All problems in one list, on standard error."""
    for problem in problems:
        err.print(say_out(deeds.problem_line(problem)), style="red" if problem.severity == "error" else "yellow")


def _work(config: Path, job: Callable[[Store, Config], Awaitable[T]]) -> T:
    return ops.work(load(config), job)
