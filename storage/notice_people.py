"""The ledger of a notice: one row a person. How far a copy has come stands in the outbox and is read from there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Entry(Struct, frozen=True, kw_only=True):
    """One person of a notice to be written down; `left_out` says why nothing is sent, else it is empty."""

    notice_id: int
    member_id: int
    cohort_id: int
    account_id: int | None = None
    left_out: str = ""


class Row(Struct, frozen=True, kw_only=True):
    """One line of the ledger (BC-02), with the person. `state`: waiting, sent, uncertain, failed, blocked, expired,
    recalled, on_card, unbound, on_leave; whether it was read stands beside it."""

    id: int
    notice_id: int
    member_id: int
    cohort_id: int
    account_id: int | None
    state: str
    sent_at: datetime | None
    trouble: str
    read_at: datetime | None
    read_by: int | None
    read_how: str
    choice: int | None
    chased: int
    version: int
    name: str
    ref: str
    roles: str
    lang: str
    zone: str
    group_no: int | None
    seat_no: int | None
    phone: str


class Counts(Struct, frozen=True, kw_only=True):
    """A ledger in numbers."""

    people: int = 0
    waiting: int = 0
    sent: int = 0
    uncertain: int = 0
    failed: int = 0
    blocked: int = 0
    unbound: int = 0
    on_leave: int = 0
    on_card: int = 0
    expired: int = 0
    recalled: int = 0
    read: int = 0
    unread: int = 0

    @property
    def tried(self) -> int:
        """The copies whose sending is over, one way or another."""
        return self.sent + self.uncertain + self.failed + self.blocked + self.expired + self.recalled

    @property
    def reached(self) -> int:
        """Who has a copy: by message, or on the day card."""
        return self.sent + self.on_card


_COPIES = """left join (
    select o.ledger_id, o.version,
           sum(case when o.state in ('new', 'sending', 'held') then 1 else 0 end) as waits,
           sum(case when o.state = 'uncertain' then 1 else 0 end) as unsure,
           sum(case when o.state = 'failed' then 1 else 0 end) as failed,
           sum(case when o.state = 'unreachable' then 1 else 0 end) as blocked,
           sum(case when o.state = 'expired' then 1 else 0 end) as late,
           sum(case when o.state = 'recalled' then 1 else 0 end) as back,
           max(o.sent_at) as sent_at, max(o.trouble) as trouble
    from outbox o join notice_person q on q.id = o.ledger_id
    where o.part = 'copy' and q.notice_id = :notice_id group by o.ledger_id, o.version
) c on c.ledger_id = p.id and c.version = p.version"""
_STATE = """case when p.left_out <> '' then p.left_out when c.ledger_id is null then 'waiting'
    when c.back > 0 then 'recalled' when c.blocked > 0 then 'blocked' when c.failed > 0 then 'failed'
    when c.unsure > 0 then 'uncertain' when c.late > 0 then 'expired' when c.waits > 0 then 'waiting'
    else 'sent' end"""


async def add(tx: Tx, entries: Iterable[Entry]) -> None:
    """Write people into the ledger; who stands there already stays as he is (unique)."""
    await tx.many(
        """insert into notice_person (notice_id, member_id, cohort_id, account_id, left_out)
           values (:notice_id, :member_id, :cohort_id, :account_id, :left_out)
           on conflict (notice_id, member_id) do nothing""",
        entries,
    )


async def of_notice(tx: Tx, notice_id: int) -> list[Row]:
    """The whole ledger, by class, group and seat."""
    return await tx.all(
        Row,
        f"""select p.*, {_STATE} as state, c.sent_at, coalesce(c.trouble, '') as trouble, m.name, m.ref, m.roles,
                   coalesce(a.lang, m.lang) as lang, h.timezone as zone, m.group_no, m.seat_no, m.phone
            from notice_person p join member m on m.id = p.member_id join cohort h on h.id = p.cohort_id
            left join account a on a.id = p.account_id {_COPIES}
            where p.notice_id = :notice_id
            order by p.cohort_id, m.group_no is null, m.group_no, m.seat_no is null, m.seat_no, m.ref""",
        {"notice_id": notice_id},
    )


async def get(tx: Tx, id: int) -> Row | None:
    """One line by its id."""
    notice_id = await tx.first(int, "select notice_id from notice_person where id = :id", {"id": id})
    if notice_id is None:
        return None
    return next((row for row in await of_notice(tx, notice_id) if row.id == id), None)


class _Pair(Struct, frozen=True):
    """A line of the ledger and whose it is."""

    id: int
    member_id: int


async def ids_of(tx: Tx, notice_id: int) -> dict[int, int]:
    """The ledger's ids by member."""
    found = await tx.all(_Pair, "select id, member_id from notice_person where notice_id = :id", {"id": notice_id})
    return {pair.member_id: pair.id for pair in found}


class _Standing(Struct, frozen=True):
    """How many stand so."""

    state: str
    read: bool
    n: int


async def counts(tx: Tx, notice_id: int) -> Counts:
    """The ledger in numbers, in one statement; `unread` are those who have a copy, or may have one."""
    rows = await tx.all(
        _Standing,
        f"""select state, read, count(*) as n from (
              select {_STATE} as state, p.read_at is not null as read from notice_person p {_COPIES}
              where p.notice_id = :notice_id) x group by state, read""",
        {"notice_id": notice_id},
    )
    found: dict[str, int] = {}
    for row in rows:
        found[row.state] = found.get(row.state, 0) + row.n
        key = "read" if row.read else "unread" if row.state not in ("on_leave", "recalled", "expired") else ""
        if key:
            found[key] = found.get(key, 0) + row.n
    return Counts(people=sum(row.n for row in rows), **found)


async def set_read(
    tx: Tx, notice_id: int, member_id: int, at: datetime, how: str, by: int | None = None
) -> bool:  # fmt: skip
    """Note that somebody has read it, once; False when that stands there already."""
    found = await tx.first(
        int,
        """update notice_person set read_at = :at, read_how = :how, read_by = :by
           where notice_id = :notice_id and member_id = :member_id and read_at is null returning id""",
        {"notice_id": notice_id, "member_id": member_id, "at": at, "how": how, "by": by},
    )
    return found is not None


async def set_choice(
    tx: Tx, notice_id: int, member_id: int, choice: int, at: datetime, by: int | None = None
) -> int | None:  # fmt: skip
    """What somebody chose (BC-09); gives the choice before."""
    before = await tx.first(
        int,
        """select choice from notice_person
           where notice_id = :notice_id and member_id = :member_id and choice is not null""",
        {"notice_id": notice_id, "member_id": member_id},
    )
    await tx.do(
        """update notice_person set choice = :choice, choice_at = :at, choice_by = :by
           where notice_id = :notice_id and member_id = :member_id""",
        {"notice_id": notice_id, "member_id": member_id, "choice": choice, "at": at, "by": by},
    )
    return before


class _Chosen(Struct, frozen=True):
    """How many chose an option."""

    choice: int
    n: int


async def choice_counts(tx: Tx, notice_id: int) -> dict[int, int]:
    """How many chose each option."""
    rows = await tx.all(
        _Chosen,
        """select choice, count(*) as n from notice_person where notice_id = :id and choice is not null
           group by choice order by choice""",
        {"id": notice_id},
    )
    return {row.choice: row.n for row in rows}


async def set_version(tx: Tx, notice_id: int, version: int, *, unread: bool) -> None:
    """A correction is sent anew, also to whoever is left out as yet; `unread` asks all for a new [已读] (BC-08)."""
    cleared = ", read_at = null, read_by = null, read_how = ''" if unread else ""
    await tx.do(
        f"update notice_person set version = :version, chased = 0{cleared} where notice_id = :id",
        {"id": notice_id, "version": version},
    )


async def set_left_out(tx: Tx, id: int, left_out: str, account_id: int | None) -> None:
    """Somebody can be reached now who was left out, or the other way round."""
    await tx.do(
        "update notice_person set left_out = :left_out, account_id = :account_id where id = :id",
        {"id": id, "left_out": left_out, "account_id": account_id},
    )


async def set_chased(tx: Tx, ids: Iterable[int]) -> None:
    await tx.many("update notice_person set chased = chased + 1 where id = :id", [{"id": id} for id in ids])
