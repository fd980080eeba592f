"""Slips that say "this list, this notice changed": whoever changes it leaves one, the painter of cards gathers them.

A slip is a row of its own, so fifty who check in at the same moment in several programs do not wait for one another,
and what is written while a card is being painted is seen the next time.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Slip(Struct, frozen=True):
    """Something changed at a moment."""

    what: int
    at: datetime


async def add(tx: Tx, kind: str, what: int, now: datetime) -> None:
    """Say that this row of a table with live cards (`roll`, `notice`) changed."""
    await tx.do(
        "insert into stir (kind, what, at) values (:kind, :what, :now)", {"kind": kind, "what": what, "now": now}
    )


async def gather(tx: Tx, kind: str) -> None:
    """Note on the rows themselves since when their cards are behind; only the tick does this."""
    slips = await tx.all(Slip, "delete from stir where kind = :kind returning what, at", {"kind": kind})
    since: dict[int, datetime] = {}
    for slip in slips:
        since[slip.what] = min(since.get(slip.what, slip.at), slip.at)
    await tx.many(
        f"update {kind} set stirred_at = :at where id = :id and stirred_at is null",
        [{"id": what, "at": at} for what, at in sorted(since.items())],
    )
