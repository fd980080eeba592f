"""Leave (请假): requests of a class, where each stands, and every act on one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from rules.leaves import COUNTED, Standing, Stretch
from storage.accounts import Reader
from storage.tx import Tx

SELF, PAPER, PHONE = "self", "paper", "phone"


class Leave(Struct, frozen=True, kw_only=True):
    """One request. `chain` are the roles that decide, split by blanks; `hours` and `total` are those of the moment it
    was sent, fixed anew when the person is back. The reason of a sick leave is an exception and never asked first."""

    id: int = 0
    cohort_id: int
    member_id: int
    kind: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    reason: str = ""
    letter: str = ""
    """The photo of the sending unit's letter, a file id of Telegram."""
    hours: int = 0
    total: int = 0
    state: str = "draft"
    chain: str = ""
    step: int = 0
    handed_on: bool = False
    overdue: bool = False
    proof_seen: bool = False
    notice: str = ""
    source: str = SELF
    entered_by: int | None = None
    made_at: datetime | None = None
    asked_at: datetime | None = None
    step_at: datetime | None = None
    decided_at: datetime | None = None
    back_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def standing(self) -> Standing:
        """Where it stands, as the rules see it."""
        return Standing(self.state, tuple(self.chain.split()), self.step, self.handed_on, self.overdue)

    @property
    def stretch(self) -> Stretch:
        """From when to when; LookupError while a draft has no times yet."""
        if self.starts_at is None or self.ends_at is None:
            raise LookupError("a draft without times")
        return Stretch(self.starts_at, self.ends_at)


async def begin(
    tx: Tx, cohort_id: int, member_id: int, kind: str, source: str, entered_by: int | None, now: datetime
) -> Leave:  # fmt: skip
    """A new draft; the one that this person had from the same source is written over."""
    return await tx.one(
        Leave,
        """insert into leave (cohort_id, member_id, kind, source, entered_by, made_at)
           values (:cohort_id, :member_id, :kind, :source, :entered_by, :now)
           on conflict (member_id, source) where state = 'draft' do update set kind = excluded.kind,
             starts_at = null, ends_at = null, place = '', reason = '', letter = '',
             entered_by = excluded.entered_by, made_at = excluded.made_at
           returning *""",
        {"cohort_id": cohort_id, "member_id": member_id, "kind": kind, "source": source, "entered_by": entered_by,
         "now": now},
    )  # fmt: skip


async def draft_of(tx: Tx, member_id: int) -> Leave | None:
    """What a person began and has not sent."""
    return await tx.first(
        Leave,
        "select * from leave where member_id = :id and source = 'self' and state = 'draft'",
        {"id": member_id},
    )


async def get(tx: Tx, id: int) -> Leave | None:
    return await tx.first(Leave, "select * from leave where id = :id", {"id": id})


async def of_member(tx: Tx, member_id: int, states: Collection[str] = COUNTED) -> list[Leave]:
    """A person's leaves in these states, in order of time."""
    found = await tx.all(
        Leave, "select * from leave where member_id = :id order by starts_at, id", {"id": member_id}
    )  # fmt: skip
    return [leave for leave in found if leave.state in states]


async def of_cohort(tx: Tx, cohort_id: int, states: Collection[str] = COUNTED) -> list[Leave]:
    """The leaves of a class in these states, in order of time."""
    found = await tx.all(
        Leave, "select * from leave where cohort_id = :id order by starts_at, id", {"id": cohort_id}
    )  # fmt: skip
    return [leave for leave in found if leave.state in states]


async def set_times(tx: Tx, id: int, when: Stretch) -> None:
    await tx.do(
        "update leave set starts_at = :starts_at, ends_at = :ends_at where id = :id and state = 'draft'",
        {"id": id, "starts_at": when.starts_at, "ends_at": when.ends_at},
    )


async def set_place(tx: Tx, id: int, place: str) -> None:
    await tx.do("update leave set place = :place where id = :id and state = 'draft'", {"id": id, "place": place})


async def set_reason(tx: Tx, id: int, reason: str) -> None:
    await tx.do("update leave set reason = :reason where id = :id and state = 'draft'", {"id": id, "reason": reason})


async def set_letter(tx: Tx, id: int, letter: str) -> None:
    """The photo of the letter, or of anything else that the approvers asked for."""
    await tx.do(
        "update leave set letter = :letter where id = :id and state in ('draft', 'need_material', 'pending')",
        {"id": id, "letter": letter},
    )


async def set_proof_seen(tx: Tx, id: int) -> bool:
    """The class teacher has seen the proof on paper. False: it was ticked before."""
    found = await tx.first(
        int, "update leave set proof_seen = true where id = :id and not proof_seen returning id", {"id": id}
    )  # fmt: skip
    return found is not None


async def set_hours(tx: Tx, id: int, hours: int) -> None:
    """Fix the hours that a leave came to (销假)."""
    await tx.do("update leave set hours = :hours where id = :id", {"id": id, "hours": hours})


class Filed(Struct, frozen=True, kw_only=True):
    """What is written into a draft when it is sent."""

    chain: str
    hours: int
    total: int
    notice: str


async def set_filed(tx: Tx, id: int, filed: Filed, now: datetime) -> bool:
    """Send a draft. False: it was sent already."""
    found = await tx.first(
        int,
        """update leave set state = 'pending', chain = :chain, hours = :hours, total = :total, notice = :notice,
             asked_at = :now, step_at = :now where id = :id and state = 'draft' returning id""",
        {"id": id, "chain": filed.chain, "hours": filed.hours, "total": filed.total, "notice": filed.notice,
         "now": now},
    )  # fmt: skip
    return found is not None


class Moved(Struct, frozen=True, kw_only=True):
    """Times that a change of state sets; None leaves a time as it is."""

    step_at: datetime | None = None
    decided_at: datetime | None = None
    back_at: datetime | None = None
    closed_at: datetime | None = None


async def set_standing(tx: Tx, id: int, old: Standing, new: Standing, at: Moved) -> bool:
    """Move a leave on from where it stands. False: somebody else was first, nothing is changed."""
    found = await tx.first(
        int,
        """update leave set state = :state, step = :step, handed_on = :handed_on, overdue = :overdue,
             step_at = coalesce(:step_at, step_at), decided_at = coalesce(:decided_at, decided_at),
             back_at = coalesce(:back_at, back_at), closed_at = coalesce(:closed_at, closed_at)
           where id = :id and state = :old_state and step = :old_step and handed_on = :old_handed_on
             and overdue = :old_overdue returning id""",
        {"id": id, "state": new.state, "step": new.step, "handed_on": new.handed_on, "overdue": new.overdue,
         "old_state": old.state, "old_step": old.step, "old_handed_on": old.handed_on, "old_overdue": old.overdue,
         "step_at": at.step_at, "decided_at": at.decided_at, "back_at": at.back_at, "closed_at": at.closed_at},
    )  # fmt: skip
    return found is not None


async def remove_draft(tx: Tx, id: int) -> None:
    await tx.do("delete from leave where id = :id and state = 'draft'", {"id": id})


class LeaveEvent(Struct, frozen=True, kw_only=True):
    """One act on a leave: who (an account; None is the clock), in which role, from which state to which, with what
    words. `step` stands only where a step was decided: each is decided once."""

    leave_id: int
    at: datetime
    who: int | None = None
    act: str
    step: int | None = None
    role: str = ""
    old: str
    new: str
    words: str = ""


async def add_event(tx: Tx, event: LeaveEvent) -> None:
    await tx.do(
        """insert into leave_event (leave_id, at, who, act, step, role, old, new, words)
           values (:leave_id, :at, :who, :act, :step, :role, :old, :new, :words)""",
        event,
    )


async def events_of(tx: Tx, leave_id: int) -> list[LeaveEvent]:
    """All that happened to a leave, in order."""
    return await tx.all(
        LeaveEvent,
        "select leave_id, at, who, act, step, role, old, new, words from leave_event where leave_id = :id order by id",
        {"id": leave_id},
    )


class Holder(Struct, frozen=True, kw_only=True):
    """Somebody who has a say in leaves: class teachers of the class, and the school's own people."""

    account_id: int
    lang: str
    zone: str
    roles: str
    name: str
    phone: str
    member_id: int
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def reader(self) -> Reader:
        return Reader(self.account_id, self.lang, self.zone)

    @property
    def role_set(self) -> frozenset[str]:
        return frozenset(self.roles.split())

    @property
    def is_deputy(self) -> bool:
        """Whether this is the second class teacher (ROLE-04)."""
        return bool(self.facts.get("deputy"))


async def holders(tx: Tx, cohort_id: int, now: datetime) -> list[Holder]:
    """Everybody who can be written to and holds a role of the class or of the school."""
    return await tx.all(
        Holder,
        """select a.id as account_id, coalesce(a.lang, m.lang, 'zh') as lang, c.timezone as zone,
                  coalesce(m.roles, '') || ' ' || a.roles as roles,
                  coalesce(m.name, (select min(o.name) from member o where o.account_id = a.id), a.first_name) as name,
                  coalesce(m.phone, '') as phone, coalesce(m.id, 0) as member_id, coalesce(m.facts, '{}') as facts
           from account a join cohort c on c.id = :id
           left join member m on m.account_id = a.id and m.cohort_id = c.id and (m.left_at is null or m.left_at > :now)
           where a.blocked_at is null and (a.roles <> '' or m.roles like '%class_teacher%' or m.roles like '%admin%'
             or m.roles like '%school_leader%') order by a.id""",
        {"id": cohort_id, "now": now},
    )


async def carded(tx: Tx, leave_id: int) -> set[int]:
    """The accounts that have a card of a leave."""
    found = await tx.all(int, "select chat_id from card where key like :prefix", {"prefix": f"leave:{leave_id}:%"})
    return set(found)
