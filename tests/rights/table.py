"""The table of docs/rights.md, as people read it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

PAGE = Path(__file__).parent.parent.parent / "docs" / "rights.md"
COLUMNS = "TGCLPAHO"
ALL, GROUP, OWN, NUMBERS, NOTHING = "●○", "g", "o", "n", "–"


class Act(Struct, frozen=True):
    """One row: a mark for each column, and who may do it for another class."""

    key: str
    words: str
    marks: dict[str, str]
    elsewhere: frozenset[str]


def read(page: str | None = None) -> dict[str, Act]:
    """All rows by their key."""
    found: dict[str, Act] = {}
    for line in (page or PAGE.read_text("utf-8")).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != len(COLUMNS) + 3 or cells[0].startswith(("-", "名")):
            continue
        key, words, *marks, other = cells
        assert key not in found and set(marks) <= {*ALL, GROUP, OWN, NUMBERS, NOTHING}, line
        found[key] = Act(key, words, dict(zip(COLUMNS, marks, strict=True)), frozenset(other.split()) - {NOTHING})
    return found
