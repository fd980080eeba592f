"""What a book is added up from: every mark of a class as member, session and status, in one wide statement."""

from __future__ import annotations

from msgspec import Struct

from storage.tx import Tx


class Status(Struct, frozen=True):
    """How somebody is marked in the list of a session."""

    member_id: int
    session_id: int
    status: str


async def statuses(tx: Tx, cohort_id: int) -> list[Status]:
    """All marks of a class."""
    return await tx.all(
        Status,
        """select k.member_id, r.session_id, k.status from mark k join roll r on r.id = k.roll_id
           where r.cohort_id = :id""",
        {"id": cohort_id},
    )


async def on_paper(tx: Tx, cohort_id: int) -> set[int]:
    """The members who take part without a telephone: not bound, and rightly so (XC-04)."""
    found = await tx.all(int, "select id from member where cohort_id = :id and paper_at is not null", {"id": cohort_id})
    return set(found)
