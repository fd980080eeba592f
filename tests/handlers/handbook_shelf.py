"""The sample handbook for the plays: brought in and approved, or waiting."""

from __future__ import annotations

from pathlib import Path

from actions.handbook_files import read_handbook
from actions.handbook_imports import Hand, Plan, bring_in
from storage import passages
from storage.passages import Passage
from tests.stage import Stage

SAMPLE = Path(__file__).parent.parent.parent / "examples" / "guanshan" / "handbook.toml"


async def fill(stage: Stage, *, approved: bool = True) -> Plan:
    """Bring the sample in, as `tongxue handbook import` does."""
    found, now = read_handbook(SAMPLE.read_bytes(), SAMPLE.name), stage.clock.now()
    by = Hand(0, "安老师") if approved else None
    plan = await stage.store.work(lambda tx: bring_in(tx, SAMPLE.name, found, Hand(0, "命令行"), now, by))
    await stage.settle()
    return plan


async def found_by_search(stage: Stage) -> dict[tuple[int, str], Passage]:
    """What the search would read, by entry and language; hidden ones left out."""
    every = await stage.store.work(lambda tx: passages.since(tx, 0))
    return {(p.ref_id, p.slot): p for p in every if p.shown and p.kind == "entry"}
