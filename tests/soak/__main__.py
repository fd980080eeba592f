"""`make soak`: half an hour of virtual days, with troubles and then without; an error if anything is wrong."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests.soak.days import Plan, Soak
from tests.soak.world import MONDAY, world

A_DAY = 85.0
"""So many real seconds a day takes, about."""


async def soak(kind: str, programs: int, plan: Plan) -> bool:
    """One run; whether all was well."""
    with tempfile.TemporaryDirectory(prefix="tongxue-soak-") as folder:
        async with world(Path(folder), kind, programs, MONDAY + timedelta(hours=7)) as ground:
            run = Soak(ground, plan)
            begun = time.monotonic()
            await run.run()
            print(run.report(time.monotonic() - begun), flush=True)
        return not run.faults_found()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--seed", type=int, default=round(time.time()) % 10_000)
    asked = parser.parse_args()
    days = max(2, round(asked.minutes * 60 / A_DAY))
    plan = Plan(rough=max(1, days * 2 // 3), calm=max(1, days - days * 2 // 3), seed=asked.seed)
    programs = 2 if asked.database == "postgres" else 1
    print(f"seed {asked.seed}, {days} days, {asked.database}, {programs} program(s)", flush=True)
    sys.exit(0 if asyncio.run(soak(asked.database, programs, plan)) else 1)


if __name__ == "__main__":
    main()
