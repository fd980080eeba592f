"""Lists of people that somebody picked once and wants to write to again (BC-11)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, structs

from storage.tx import Tx


class SavedList(Struct, frozen=True, kw_only=True):
    """A list with a name, of a class; `members` are member ids."""

    id: int = 0
    cohort_id: int
    name: str
    members: tuple[int, ...] = ()
    made_by: int | None = None


async def of_cohort(tx: Tx, cohort_id: int) -> list[SavedList]:
    return await tx.all(SavedList, "select * from saved_list where cohort_id = :id order by name", {"id": cohort_id})


async def put(tx: Tx, one: SavedList, now: datetime) -> None:
    """Keep a list; one of the same name is replaced."""
    await tx.do(
        """insert into saved_list (cohort_id, name, members, made_by, made_at)
           values (:cohort_id, :name, :members, :made_by, :now)
           on conflict (cohort_id, name) do update set members = excluded.members, made_by = excluded.made_by""",
        {**structs.asdict(one), "now": now},
    )
