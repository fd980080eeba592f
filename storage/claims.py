"""Claims about marks: corrections (补签) and objections (有异议), with what was decided and why (ATT-11, ATT-16)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Claim(Struct, frozen=True, kw_only=True):
    """One request about one mark. `old` is the mark when it was asked, `new` the one after the decision.

    A second objection is a row of its own at level 2, so that both reasons and both answers stay.
    """

    id: int = 0
    roll_id: int
    member_id: int
    kind: str
    cause: str = ""
    words: str = ""
    state: str = "open"
    level: int = 1
    asked_at: datetime
    decided_at: datetime | None = None
    decided_by: int | None = None
    """An account."""
    answer: str = ""
    old: str = ""
    new: str = ""

    @property
    def is_open(self) -> bool:
        return self.state == "open"


async def add(tx: Tx, claim: Claim) -> int | None:
    """Keep a new claim; None where one about this mark is open already."""
    return await tx.first(
        int,
        """insert into claim (roll_id, member_id, kind, cause, words, level, asked_at, old)
           values (:roll_id, :member_id, :kind, :cause, :words, :level, :asked_at, :old)
           on conflict (roll_id, member_id) where state = 'open' do nothing returning id""",
        claim,
    )


async def get(tx: Tx, id: int) -> Claim | None:
    return await tx.first(Claim, "select * from claim where id = :id", {"id": id})


async def open_of_cohort(tx: Tx, cohort_id: int, levels: tuple[int, ...] = (1, 2)) -> list[Claim]:
    """What waits for a decision in a class at these levels, the oldest first."""
    return await tx.all(
        Claim,
        """select c.* from claim c join roll r on r.id = c.roll_id
           where r.cohort_id = :id and c.state = 'open' and c.level between :low and :high
           order by c.asked_at, c.id""",
        {"id": cohort_id, "low": min(levels), "high": max(levels)},
    )


async def of_member(tx: Tx, member_id: int) -> list[Claim]:
    """Everything that a person asked for, in order."""
    return await tx.all(Claim, "select * from claim where member_id = :id order by asked_at, id", {"id": member_id})


async def of_mark(tx: Tx, roll_id: int, member_id: int) -> list[Claim]:
    """The chain of claims about one mark, in order."""
    return await tx.all(
        Claim,
        "select * from claim where roll_id = :roll_id and member_id = :member_id order by asked_at, id",
        {"roll_id": roll_id, "member_id": member_id},
    )


async def count_of(tx: Tx, member_id: int, kind: str) -> int:
    """How often a person asked in this class, whatever was decided."""
    return await tx.one(
        int,
        "select count(*) from claim where member_id = :id and kind = :kind",
        {"id": member_id, "kind": kind},
    )


async def set_decided(
    tx: Tx, id: int, state: str, new: str, answer: str, who: int, now: datetime
) -> bool:  # fmt: skip
    """Settle an open claim. False: somebody was faster."""
    found = await tx.first(
        int,
        """update claim set state = :state, new = :new, answer = :answer, decided_by = :who, decided_at = :now
           where id = :id and state = 'open' returning id""",
        {"id": id, "state": state, "new": new, "answer": answer, "who": who, "now": now},
    )
    return found is not None
