"""The people of a class: trainees, lecturers and staff, each a row of the roster, bound to an account or not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct, field

from rules.roles import CLASS_TEACHER
from storage.accounts import Reader
from storage.tx import Tx


class Member(Struct, frozen=True, kw_only=True):
    """One row of the roster. `facts` holds the columns that no rule asks for."""

    id: int = 0
    cohort_id: int
    ref: str
    name: str
    roles: str
    lang: str = "zh"
    group_no: int | None = None
    seat_no: int | None = None
    bus: str = ""
    dorm_room: str = ""
    street: str = ""
    community: str = ""
    phone: str = ""
    note: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    account_id: int | None = None
    bound_at: datetime | None = None
    joined_at: datetime | None = None
    left_at: datetime | None = None
    consent_at: datetime | None = None
    consent: str = ""
    key_at: datetime | None = None
    """When the room key was handed over (ATT-23)."""
    paper_at: datetime | None = None
    """Since when the person takes part on paper: consent on paper, called by the leader (XC-04)."""

    @property
    def role_set(self) -> frozenset[str]:
        return frozenset(self.roles.split())


async def of_cohort(tx: Tx, cohort_id: int) -> list[Member]:
    """Everybody of a class, trainees by seat first."""
    return await tx.all(
        Member,
        "select * from member where cohort_id = :id order by seat_no is null, seat_no, ref",
        {"id": cohort_id},
    )


async def trainees(tx: Tx, cohort_id: int, now: datetime) -> list[Member]:
    """The trainees who are expected now, by seat."""
    return await tx.all(
        Member,
        """select * from member where cohort_id = :id and seat_no is not null
           and (joined_at is null or joined_at <= :now) and (left_at is null or left_at > :now) order by seat_no""",
        {"id": cohort_id, "now": now},
    )


async def get(tx: Tx, id: int) -> Member | None:
    return await tx.first(Member, "select * from member where id = :id", {"id": id})


async def by_ref(tx: Tx, cohort_id: int, ref: str) -> Member | None:
    return await tx.first(
        Member, "select * from member where cohort_id = :c and ref = :ref", {"c": cohort_id, "ref": ref}
    )


async def of_account(tx: Tx, account_id: int) -> list[Member]:
    """All seats of an account, the newest class first."""
    return await tx.all(
        Member,
        """select m.* from member m join cohort c on c.id = m.cohort_id where m.account_id = :id
           order by c.first_day desc, m.id""",
        {"id": account_id},
    )


class Addressee(Struct, frozen=True, kw_only=True):
    """A bound member with all that is needed to write to him."""

    member_id: int
    ref: str
    name: str
    roles: str
    group_no: int | None
    seat_no: int | None
    account_id: int | None
    lang: str
    zone: str
    blocked_at: datetime | None
    muted: bool | None
    bus: str = ""
    dorm_room: str = ""
    phone: str = ""
    joined_at: datetime | None = None

    @property
    def reader(self) -> Reader:
        return Reader(self.account_id or 0, self.lang, self.zone)

    @property
    def role_set(self) -> frozenset[str]:
        return frozenset(self.roles.split())


async def addressees(tx: Tx, cohort_id: int, now: datetime) -> list[Addressee]:
    """Everybody of a class who has not left, bound or not, by seat."""
    return await tx.all(
        Addressee,
        """select m.id as member_id, m.ref, m.name, m.roles, m.group_no, m.seat_no, m.account_id,
                  coalesce(a.lang, m.lang) as lang, c.timezone as zone, a.blocked_at, coalesce(a.muted, false) as muted,
                  m.bus, m.dorm_room, m.phone, m.joined_at
           from member m join cohort c on c.id = m.cohort_id left join account a on a.id = m.account_id
           where m.cohort_id = :id and (m.left_at is null or m.left_at > :now)
           order by m.seat_no is null, m.seat_no, m.ref""",
        {"id": cohort_id, "now": now},
    )


async def in_charge(tx: Tx, cohort_id: int, now: datetime) -> list[Addressee]:
    """The class teachers who are asked by the clock: the one to whom the class was handed over, else all (ROLE-04)."""
    found = [
        person
        for person in await addressees(tx, cohort_id, now)
        if CLASS_TEACHER in person.role_set and person.account_id is not None and person.blocked_at is None
    ]
    chosen = await tx.first(int, "select in_charge from cohort where id = :id", {"id": cohort_id})
    return [person for person in found if person.member_id == chosen] or found


async def add(tx: Tx, member: Member) -> int:
    return await tx.one(
        int,
        """insert into member (cohort_id, ref, name, roles, lang, group_no, seat_no, bus, dorm_room, street, community,
                               phone, note, facts, joined_at)
           values (:cohort_id, :ref, :name, :roles, :lang, :group_no, :seat_no, :bus, :dorm_room, :street, :community,
                   :phone, :note, :facts, :joined_at) returning id""",
        member,
    )


async def set_roster(tx: Tx, member: Member) -> None:
    """Bring the facts of the roster up to date; who is bound to it stays."""
    await tx.do(
        """update member set name = :name, roles = :roles, lang = :lang, group_no = :group_no, seat_no = :seat_no,
                  bus = :bus, dorm_room = :dorm_room, street = :street, community = :community, phone = :phone,
                  note = :note, facts = :facts where id = :id""",
        member,
    )


async def clear_seats(tx: Tx, ids: list[int]) -> None:
    """Free seat numbers before people change places with each other."""
    await tx.many("update member set seat_no = null where id = :id", [{"id": i} for i in ids])


async def set_seat(tx: Tx, id: int, seat_no: int | None) -> None:
    await tx.do("update member set seat_no = :seat_no where id = :id", {"id": id, "seat_no": seat_no})


async def remove(tx: Tx, id: int) -> None:
    """Take a row out that has left no trace yet (no account, no mark); that notices did not reach it goes with it."""
    for table in ("seat_link", "notice_person", "card_line", "joint_item"):
        await tx.do(f"delete from {table} where member_id = :id", {"id": id})
    await tx.do("delete from member where id = :id", {"id": id})


async def set_account(tx: Tx, id: int, account_id: int | None, now: datetime | None) -> None:
    """Bind a seat to an account, or free it."""
    await tx.do(
        "update member set account_id = :account_id, bound_at = :now where id = :id",
        {"id": id, "account_id": account_id, "now": now},
    )


async def set_left(tx: Tx, id: int, at: datetime) -> None:
    """Somebody left the class (退班): the seat keeps its past, and is not expected from then on."""
    await tx.do("update member set left_at = :at where id = :id", {"id": id, "at": at})


async def set_consent(tx: Tx, id: int, version: str, now: datetime) -> None:
    await tx.do(
        "update member set consent = :version, consent_at = :now where id = :id",
        {"id": id, "version": version, "now": now},
    )


async def set_joined(tx: Tx, id: int, at: datetime) -> None:
    """From when the person belongs to the class (ATT-17)."""
    await tx.do("update member set joined_at = :at where id = :id", {"id": id, "at": at})


async def set_key(tx: Tx, id: int, at: datetime | None) -> None:
    """The room key was handed over, or not."""
    await tx.do("update member set key_at = :at where id = :id", {"id": id, "at": at})


async def set_paper(tx: Tx, id: int, at: datetime | None) -> None:
    """The person takes part on paper, or by telephone again."""
    await tx.do("update member set paper_at = :at where id = :id", {"id": id, "at": at})


async def with_records(tx: Tx, cohort_id: int) -> set[int]:
    """The members who have a mark, a leave, a question, or a notice that reached them: nobody drops them."""
    found = await tx.all(
        int,
        """select m.id from member m where m.cohort_id = :id and (
             exists (select 1 from mark k where k.member_id = m.id)
             or exists (select 1 from leave v where v.member_id = m.id)
             or exists (select 1 from question q where m.id in (q.asker_id, q.owner_id, q.entered_by))
             or exists (select 1 from answer w where m.id in (w.author_id, w.entered_by))
             or exists (select 1 from notice_person p where p.member_id = m.id and p.left_out in ('', 'on_card')))""",
        {"id": cohort_id},
    )
    return set(found)
