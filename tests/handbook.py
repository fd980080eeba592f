"""The sample handbook in a database of a test: its thirty entries, published, with their passages."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

import msgspec

from actions.search import seed_synonyms
from storage import passages
from storage.passages import Passage
from storage.tx import Tx

FILE = Path(__file__).parent.parent / "examples" / "guanshan" / "handbook.toml"


def entries() -> list[dict[str, str]]:
    """The thirty entries."""
    found: list[dict[str, str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["entry"]
    return found


async def publish(tx: Tx, now: datetime) -> dict[str, int]:
    """Put all of them in; gives their rows by their ids."""
    ids = {}
    for entry in entries():
        ids[entry["id"]] = await tx.one(
            int,
            """insert into handbook_entry (key, category, state, version, q_zh, a_zh, q_en, a_en, checked, basis, tags,
                                           as_of, made_at, changed_at)
               values (:id, :category, 'published', 1, :q_zh, :a_zh, :q_en, :a_en, :checked, :basis, :tags,
                       '2026-11-22', :now, :now) returning id""",
            {**entry, "tags": msgspec.json.encode(entry["tags"]).decode(), "now": now},
        )
    for entry in entries():
        words = "\n".join((entry["a_zh"], " ".join(entry["tags"])))
        for slot, title, body in (("zh", entry["q_zh"], words), ("en", entry["q_en"], entry["a_en"])):
            await passages.put(
                tx, Passage(kind="entry", ref_id=ids[entry["id"]], slot=slot, title=title, body=body)
            )  # fmt: skip
    await seed_synonyms(tx)
    return ids
