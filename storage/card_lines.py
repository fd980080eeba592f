"""Lines of the day card: what a person is told there because the phone has rung often enough today (section 22)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from chat.messages import Lines, Say
from chat.packed import pack, unpack
from storage.tx import Tx


class CardLine(Struct, frozen=True, kw_only=True):
    """One line on one person's card of one day; after `until` it is not shown any more."""

    id: int
    member_id: int
    day: str
    body: str
    until: datetime | None
    made_at: datetime

    @property
    def text(self) -> Say | Lines:
        return unpack(self.body)


async def add(
    tx: Tx, member_id: int, day: str, once: str, body: Say | Lines, until: datetime | None, now: datetime
) -> bool:  # fmt: skip
    """Put a line on somebody's card of a day. False when one with this key is there already."""
    found = await tx.first(
        int,
        """insert into card_line (member_id, day, once, body, until, made_at)
           values (:member_id, :day, :once, :body, :until, :now) on conflict (once) do nothing returning id""",
        {"member_id": member_id, "day": day, "once": once, "body": pack(body), "until": until, "now": now},
    )
    return found is not None


async def call_back(tx: Tx, once: str) -> None:
    """Lines whose keys begin so are not true any more: their session has another time."""
    await tx.do("delete from card_line where substr(once, 1, :length) = :once", {"once": once, "length": len(once)})


async def are_there(tx: Tx, once: str) -> bool:
    """Whether there are lines whose keys begin so."""
    found = await tx.first(
        int,
        "select 1 from card_line where substr(once, 1, :length) = :once",
        {"once": once, "length": len(once)},
    )
    return found is not None


async def set_body(tx: Tx, once: str, body: Say | Lines) -> None:
    """Lines whose keys begin so say something else now."""
    await tx.do(
        "update card_line set body = :body where substr(once, 1, :length) = :once",
        {"once": once, "length": len(once), "body": pack(body)},
    )


async def of_day(tx: Tx, cohort_id: int, day: str, now: datetime) -> dict[int, list[CardLine]]:
    """The lines of everybody's card of a day that still hold, by member, the newest first."""
    rows = await tx.all(
        CardLine,
        """select l.id, l.member_id, l.day, l.body, l.until, l.made_at
           from card_line l join member m on m.id = l.member_id
           where m.cohort_id = :id and l.day = :day and (l.until is null or l.until >= :now)
           order by l.made_at desc, l.id desc""",
        {"id": cohort_id, "day": day, "now": now},
    )
    found: dict[int, list[CardLine]] = {}
    for row in rows:
        found.setdefault(row.member_id, []).append(row)
    return found


async def of_member(tx: Tx, member_id: int, day: str, now: datetime) -> list[CardLine]:
    """The lines of one person's card of a day that still hold, the newest first."""
    return await tx.all(
        CardLine,
        """select id, member_id, day, body, until, made_at from card_line
           where member_id = :id and day = :day and (until is null or until >= :now) order by made_at desc, id desc""",
        {"id": member_id, "day": day, "now": now},
    )


async def member_of(tx: Tx, account_id: int) -> int | None:
    """Whose card it is when only the account is known: the seat in the present class, else the newest."""
    return await tx.first(
        int,
        """select m.id from member m join account a on a.id = m.account_id where a.id = :id
           order by case when m.cohort_id = a.cohort_id then 0 else 1 end, m.id desc""",
        {"id": account_id},
    )


async def are_made_at(tx: Tx, cohort_id: int, at: datetime) -> bool:
    """Whether lines were added in a class at this very moment, so that its cards must show them."""
    found = await tx.first(
        int,
        """select 1 from card_line l join member m on m.id = l.member_id
           where m.cohort_id = :id and l.made_at = :at""",
        {"id": cohort_id, "at": at},
    )
    return found is not None
