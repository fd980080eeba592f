"""`python -m benchmarks`: run them all, or `--only checkins,start`, or a `--quick` look."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from rich.console import Console

from benchmarks import broadcast, checkins, kills, latency, notices, starts
from benchmarks.arena import Arena
from benchmarks.contest import TOKENS, Hall, Options
from benchmarks.report import Table, keep, load

Part = Callable[[Hall], Awaitable[Table]]

PARTS: dict[str, Part] = {
    "checkins": lambda hall: checkins.contest(hall, webhook=False),
    "webhook": lambda hall: checkins.contest(hall, webhook=True),
    "latency": latency.steady,
    "rush": latency.rush,
    "broadcast": broadcast.to_all,
    "notices": notices.to_class,
    "read": notices.acknowledged,
    "kill": kills.storm,
    "start": starts.start,
}


def arguments() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure our program beside its peers.")
    parser.add_argument("--only", default="", metavar="A,B", help=f"some of: {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="small sizes, one round")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of the contests (the best counts)")
    parser.add_argument("--profile", type=Path, metavar="FOLDER", help="run ours under cProfile (slower!)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave databases and logs there")
    parser.add_argument("--no-results", action="store_true", help="do not write RESULTS.md")
    wish = parser.parse_args()
    wish.parts = [name for name in wish.only.split(",") if name] or list(PARTS)
    for name in wish.parts:
        if name not in PARTS:
            parser.error(f"there is no benchmark {name!r}; there are {', '.join(PARTS)}")
    return wish


async def run(wish: argparse.Namespace, folder: Path, out: Console) -> list[Table]:
    """Each part with a simulator of its own, so that none suffers from what another left behind.

    A part that breaks is shown, and the others go on; its table is then missing.
    """
    if wish.profile:
        os.environ["BENCH_PROFILE"] = str(wish.profile.resolve())
    tables = []
    for name in wish.parts:
        place = folder / name
        place.mkdir(parents=True)
        try:
            with out.status(f"{name} …"):
                async with Arena(TOKENS.values(), place) as arena:
                    table = await PARTS[name](Hall(arena, Options(wish.quick, place, wish.profile, wish.rounds)))
        except RuntimeError as broken:
            out.print(f"{name}: {broken}", style="red")
            continue
        table.show(out)
        tables.append(table)
    return tables


def main() -> None:
    """Measure, show, keep."""
    wish, busy = arguments(), load()
    out = Console(width=None if sys.stdout.isatty() else 140)
    with tempfile.TemporaryDirectory(prefix="tongxue-bench-", ignore_cleanup_errors=True) as folder:
        tables = asyncio.run(run(wish, wish.keep or Path(folder), out))
    if len(tables) < len(wish.parts):
        sys.exit(1)
    if not wish.no_results and not wish.quick and not wish.only:
        keep(tables, " ".join(["python -m benchmarks", *sys.argv[1:]]), busy)


if __name__ == "__main__":
    main()
