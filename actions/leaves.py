"""Leave (请假): what a request costs, who decides, who is away, and the marks that follow (LEAVE-02, LEAVE-06)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from actions import ledgers
from actions import marks as mark_deeds
from rules import leaves as rules_of_leave
from rules.attendance import HERE, LEAVES, UNMARKED
from rules.leaves import COUNTED, STATUS, WITHDRAW, Ask, Stretch, served, touches
from rules.outcomes import Balance, is_near, weigh
from rules.plans import has_list
from rules.settings import Settings
from storage import cohorts, leaves, marks, members, rolls, sessions
from storage.cohorts import Cohort
from storage.leaves import Leave
from storage.members import Member
from storage.sessions import Session
from storage.tx import Tx

GRANTED = frozenset({"approved", "away", "returned", "closed"})
"""The states in which a leave settles marks."""
KINDS = {
    "sick": "leaves-kind-sick", "personal": "leaves-kind-personal", "official": "leaves-kind-official",
    "night_out": "leaves-kind-night_out", "withdraw": "leaves-kind-withdraw",
}  # fmt: skip
"""The kinds and their names."""
STATES = {
    "draft": "leaves-state-draft", "pending": "leaves-state-pending", "need_material": "leaves-state-need_material",
    "approved": "leaves-state-approved", "refused": "leaves-state-refused", "cancelled": "leaves-state-cancelled",
    "away": "leaves-state-away", "returned": "leaves-state-returned", "closed": "leaves-state-closed",
}  # fmt: skip
"""The states and their names."""


class Weighed(Struct, frozen=True):
    """What a request comes to before anybody decides: the sessions missed, the hours, who will decide (ATT-08)."""

    missed: list[Session]
    balance: Balance
    chain: tuple[str, ...]
    near: bool
    """The total has come to 70 % of the limit (ATT-13)."""

    @property
    def over(self) -> bool:
        """Past a limit: it goes to the school leader and needs a written reason."""
        return self.balance.over


async def weighed(tx: Tx, cohort: Cohort, leave: Leave) -> Weighed:
    """Weigh a request that has its times, as if it were sent now."""
    table = [s for s in await sessions.of_cohort(tx, cohort.id) if not s.cancelled]
    when, rules = leave.stretch, cohort.rules
    status = await _status(tx, leave.member_id, table)
    known = await leaves.of_member(tx, leave.member_id)
    others = [counted(o) for o in known if o.id != leave.id and o.kind != WITHDRAW]
    missed = [s for s in table if touches(when, s, rules)]
    before = rules_of_leave.used_hours(table, others, status, rules)
    with_this = rules_of_leave.used_hours(table, [*others, when], status, rules)
    leaving = leave.kind == WITHDRAW
    member = await member_of(tx, leave)
    allowed = ledgers.bounds(cohort, rules, member, table)
    balance = weigh(0 if leaving else with_this - before, before, allowed)
    level = rules_of_leave.level_hours(when, others, table, status, rules)
    night = rules_of_leave.is_overnight(Ask(kind=leave.kind, starts_at=when.starts_at, ends_at=when.ends_at), rules,
                                        cohort.timezone)  # fmt: skip
    over = balance.over and balance.asked > 0
    chain = rules_of_leave.approvers(leave.kind, level, rules, night=night and not leaving, over=over)
    return Weighed([] if leaving else missed, balance, chain, is_near(balance.total, balance.limits.strictest, rules))


async def _status(tx: Tx, member_id: int, table: Sequence[Session]) -> dict[str, str]:
    """A person's marks by the `ref` of the session."""
    refs = {s.id: s.ref for s in table}
    return {refs[m.session_id]: m.status for m in await marks.of_member(tx, member_id) if m.session_id in refs}


def counted(leave: Leave) -> Stretch:
    """The time that a leave takes up: until the person was back."""
    return served(leave.stretch, leave.back_at) if leave.back_at else leave.stretch


async def served_hours(tx: Tx, cohort: Cohort, leave: Leave) -> int:
    """The hours that a leave came to at the end (销假)."""
    table = await sessions.of_cohort(tx, cohort.id)
    return rules_of_leave.hours(rules_of_leave.touched(counted(leave), table, cohort.rules))


async def course_of(tx: Tx, cohort_id: int) -> Stretch | None:
    """From the first session to the last."""
    table = [s for s in await sessions.of_cohort(tx, cohort_id) if not s.cancelled]
    return Stretch(table[0].starts_at, max(s.ends_at for s in table)) if table else None


async def settle_marks(tx: Tx, cohort: Cohort, member_id: int, now: datetime) -> None:
    """Bring a person's marks in line with the leaves: those missed get the mark of the leave, also in lists to come
    and in closed ones; what a leave set and does not touch any more is 未点到 again (LEAVE-06, ATT-10)."""
    granted = [o for o in await leaves.of_member(tx, member_id, GRANTED) if o.kind in STATUS]
    known = {m.session_id: m.status for m in await marks.of_member(tx, member_id)}
    for session in await sessions.of_cohort(tx, cohort.id):
        status = known.get(session.id, UNMARKED)
        if not has_list(session) or (status != UNMARKED and status not in LEAVES):
            continue
        wanted = _mark_for(granted, session, cohort.rules)
        if wanted == status or (wanted is None and status == UNMARKED):
            continue
        roll = await rolls.of_session(tx, session.id)
        if (
            roll is not None
            and (status == UNMARKED or await mark_deeds.unset_leave(tx, roll, member_id, now))
            and wanted
        ):
            await mark_deeds.set_by_leave(tx, roll, member_id, wanted, now)


def _mark_for(granted: Sequence[Leave], session: Session, rules: Settings) -> str | None:
    return next((STATUS[o.kind] for o in granted if touches(counted(o), session, rules)), None)


async def is_by_leave(tx: Tx, roll_id: int, member_id: int) -> bool:
    """Whether a mark in a list was set by an approved leave, not by a person."""
    mark = await marks.get(tx, roll_id, member_id)
    return mark is not None and mark.status in LEAVES and mark.source == mark_deeds.CLOCK


async def on_leave_at(tx: Tx, cohort_id: int, at: datetime) -> set[int]:
    """Members on approved leave at a moment: not reminded, not chased, not missing (LEAVE-08)."""
    found = await leaves.of_cohort(tx, cohort_id, ("approved", "away"))
    return {o.member_id for o in found if o.kind != WITHDRAW and rules_of_leave.is_away(o.state, o.stretch, at)}


async def seen_since(tx: Tx, leave: Leave, since: datetime) -> bool:
    """Whether the person was marked as here in a list that began after a moment."""
    known = {m.session_id for m in await marks.of_member(tx, leave.member_id) if m.status in HERE}
    table = await sessions.of_cohort(tx, leave.cohort_id)
    return any(s.id in known and s.starts_at >= since for s in table)


class Away(Struct, frozen=True):
    """Somebody who is not here now. No kind and no reason: leaders read it too."""

    member: Member
    leave_id: int
    starts_at: datetime
    ends_at: datetime
    overdue: bool


async def away_now(tx: Tx, cohort_id: int, group_no: int | None, now: datetime) -> list[Away]:
    """Who is on leave and not back yet, of one group or (None) of the class, the first to return first."""
    found: list[Away] = []
    people = {m.id: m for m in await members.of_cohort(tx, cohort_id)}
    for leave in await leaves.of_cohort(tx, cohort_id, ("approved", "away")):
        member, when = people[leave.member_id], leave.stretch
        if leave.kind == WITHDRAW or when.starts_at > now or group_no not in (None, member.group_no):
            continue
        found.append(Away(member, leave.id, when.starts_at, when.ends_at, leave.overdue))
    return sorted(found, key=lambda a: (a.ends_at, a.member.seat_no or 0))


async def pending_of(tx: Tx, cohort_id: int) -> dict[int, list[Leave]]:
    """Undecided requests by member, for 「请假待批」 beside 未点到 (LEAVE-06)."""
    found: dict[int, list[Leave]] = {}
    for leave in await leaves.of_cohort(tx, cohort_id, ("pending", "need_material")):
        found.setdefault(leave.member_id, []).append(leave)
    return found


async def in_the_way(tx: Tx, leave: Leave) -> list[Stretch]:
    """The person's other leaves, which a request may not overlap; one that is over counts until the return."""
    known = await leaves.of_member(tx, leave.member_id, COUNTED)
    return [counted(o) for o in known if o.id != leave.id and o.kind != WITHDRAW]


async def cohort_of(tx: Tx, leave: Leave) -> Cohort:
    return await cohorts.get(tx, leave.cohort_id)


async def member_of(tx: Tx, leave: Leave) -> Member:
    """The person whose leave it is."""
    found = await members.get(tx, leave.member_id)
    assert found is not None
    return found
