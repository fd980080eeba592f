"""What an import changes, table by table: new, changed, gone, kept (CLASS-01)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import Struct


class Difference(Struct, frozen=True):
    """What an import does to one table. `kept`: not in the file any more, but with records."""

    table: str
    new: int = 0
    changed: int = 0
    gone: int = 0
    kept: int = 0
    same: int = 0

    @property
    def total(self) -> int:
        return self.new + self.changed + self.gone + self.kept + self.same


async def differ(
    table: str, old: dict[Any, Any], new: dict[Any, Any], put: Callable[[Any], Awaitable[None]],
    remove: Callable[[Any], Awaitable[bool]],
) -> Difference:  # fmt: skip
    """Put what is new or changed, remove what is gone (unless `remove` says that it is kept)."""
    changed = [key for key in new if key in old and old[key] != new[key]]
    fresh = [key for key in new if key not in old]
    for key in [*changed, *fresh]:
        await put(new[key])
    gone = [await remove(old[key]) for key in old if key not in new]
    same = len(new) - len(changed) - len(fresh)
    return Difference(table, len(fresh), len(changed), sum(gone), len(gone) - sum(gone), same)


async def never(_: Any) -> bool:
    """For tables where all that is gone was looked at before."""
    return False
