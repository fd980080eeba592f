"""What came of it: tables on the screen, and the same in RESULTS.md with the machine described."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.table import Table as Shown

RESULTS = Path(__file__).with_name("RESULTS.md")
MODULES = {"python-telegram-bot": "telegram"}
LIBRARIES = ("python-telegram-bot", "aiogram", "aiohttp", "httpx", "aiosqlite", "msgspec")


@dataclass
class Table:
    """A title, columns, rows, and notes below."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, *cells: str) -> None:
        """One more row."""
        self.rows.append(cells)

    def show(self, out: Console) -> None:
        """Print it."""
        shown = Shown(*self.columns, title=self.title, title_justify="left")
        for row in self.rows:
            shown.add_row(*row)
        out.print(shown)
        for note in self.notes:
            out.print(f"  {note}", style="dim")

    def markdown(self) -> str:
        """The same for RESULTS.md."""
        lines = [f"## {self.title}", "", _line(self.columns), _line(["---"] * len(self.columns))]
        lines += [_line(row) for row in self.rows]
        return "\n".join([*lines, *(f"\n{note}" for note in self.notes)])


def _line(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def machine() -> list[str]:
    """What it ran on."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    cpu = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES if find_spec(MODULES.get(name, name)))
    return [
        f"- {cpu}, {os.cpu_count()} cores, {memory:.0f} GB; {platform.system()} {platform.release()}",
        f"- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version} (WAL, synchronous = FULL)",
        f"- {libraries}",
    ]


def load() -> str:
    """How busy the machine is."""
    return f"{os.getloadavg()[0]:.1f}"


def sync_times(folder: Path, tries: int = 200) -> str:
    """What the disk takes to make one page durable at this moment: the floor under every commit."""
    path, found = folder / "sync.probe", []
    with path.open("wb", buffering=0) as file:
        for _ in range(tries):
            begun = time.perf_counter()
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
            found.append((time.perf_counter() - begun) * 1000)
    path.unlink()
    found.sort()
    return f"{found[tries // 2]:.1f} ms, the slowest of a hundred {found[-tries // 100]:.1f} ms"


def keep(tables: list[Table], command: str, busy: str) -> None:
    """Write RESULTS.md."""
    head = [
        "# What is fast",
        "",
        f"Written by `{command}` on {datetime.now():%Y-%m-%d %H:%M}. Timings are shown, never asserted; ratios within"
        " one run say more than numbers. All programs talk to the same simulator process, which shares the machine.",
        "",
        *machine(),
        f"- load average when it began: {busy}",
    ]
    RESULTS.write_text("\n".join([*head, "", *(t.markdown() + "\n" for t in tables)]), encoding="utf-8")
