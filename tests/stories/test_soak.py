"""One day of the soak (`make soak`) with every kind of trouble, on both databases (XC-06)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.soak.days import Plan, Soak
from tests.soak.world import MONDAY, world


@pytest.mark.parametrize(("kind", "programs"), [("sqlite", 1), ("postgres", 2)])
async def test_a_day_with_every_trouble(tmp_path: Path, kind: str, programs: int) -> None:
    plan = Plan(scene=7.0, troubles=6, rough=1, calm=0, actors=6, seed=11, long=False)
    async with world(tmp_path, kind, programs, MONDAY + timedelta(hours=7)) as ground:
        run = Soak(ground, plan, lambda words: None)
        await run.run()
        told, befell = run.people.told, run.troubles.befell
        assert not run.faults_found()
        assert min(len(told.checked_in), len(told.logs), len(told.questions), len(told.leaves)) > 0, told.acts
        assert told.notices and sum(befell.values()) == 18 and len(befell) >= 13, befell
