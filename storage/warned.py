"""What people were told about limits that are near: each threshold once (ATT-13)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class _Told(Struct, frozen=True):
    member_id: int
    key: str


async def of_cohort(tx: Tx, cohort_id: int) -> dict[int, set[str]]:
    """The thresholds that people of a class were told, by member."""
    found: dict[int, set[str]] = {}
    for told in await tx.all(
        _Told,
        "select w.member_id, w.key from warned w join member m on m.id = w.member_id where m.cohort_id = :id",
        {"id": cohort_id},
    ):
        found.setdefault(told.member_id, set()).add(told.key)
    return found


async def add(tx: Tx, member_id: int, keys: Iterable[str], now: datetime) -> None:
    """Note that a person was told; a second time changes nothing."""
    await tx.many(
        """insert into warned (member_id, key, at) values (:member_id, :key, :now)
           on conflict (member_id, key) do nothing""",
        [{"member_id": member_id, "key": key, "now": now} for key in keys],
    )
