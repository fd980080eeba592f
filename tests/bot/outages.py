"""A real database that cannot keep updates for a while."""

from __future__ import annotations

from storage.tx import Store


async def go_down(store: Store) -> None:
    """From now on nothing can be kept."""
    await store.work(lambda tx: tx.do("alter table inbox rename to inbox_away"))


async def come_back(store: Store) -> None:
    """All is well again."""
    await store.work(lambda tx: tx.do("alter table inbox_away rename to inbox"))
