"""Who may touch this row: the only way from an outside id to a row (ROLE-03). Refusals are the same for "not there"
and "not yours", so nobody learns what exists."""

from __future__ import annotations

from chat.messages import Refusal
from rules.notices import DRAFT, QUEUED, TO_CONFIRM, URGENT
from rules.roles import ADMIN, CALLERS, CLASS_TEACHER, DEPUTY, LEADER, LECTURER, MONITOR, SCHOOL_LEADER, TRAINEE
from storage import (
    claims,
    cohorts,
    dues,
    leaves,
    members,
    notice_people,
    notice_readers,
    notices,
    rolls,
    session_events,
    sessions,
)
from storage.accounts import Me
from storage.claims import Claim
from storage.cohorts import Cohort
from storage.dues import Due
from storage.leaves import Leave
from storage.members import Member
from storage.notice_people import Row
from storage.notices import Notice
from storage.rolls import Roll
from storage.session_events import Change
from storage.sessions import Session
from storage.tx import Tx


def need_class(me: Me) -> int:
    """The present class of a speaker; refuses strangers."""
    if not me.cohort_id:
        raise Refusal("refusals-no-class")
    return me.cohort_id


def need_trainee(me: Me) -> int:
    """The seat of a trainee in a class that is not over."""
    if not me.member_id or TRAINEE not in me.roles:
        raise Refusal("refusals-trainees-only")
    if me.cohort_state in ("closed", "erased"):
        raise Refusal("refusals-class-over", title=me.cohort_title)
    return me.member_id


def need(me: Me, *roles: str) -> None:
    """One of these roles, or a refusal that says who can do it."""
    if not me.roles & set(roles):
        raise Refusal("refusals-no-right")


async def own_member(tx: Tx, me: Me) -> Member:
    """The speaker's own seat with all that the roster says."""
    member = await members.get(tx, me.member_id) if me.member_id else None
    if member is None:
        raise Refusal("refusals-no-class")
    return member


async def access_cohort_of(tx: Tx, me: Me) -> Cohort:
    """The present class of the speaker."""
    return await cohorts.get(tx, need_class(me))


def calls_all(me: Me) -> bool:
    """Whether somebody calls the whole class (class teacher, administrator, monitor), not only the own group."""
    return bool(me.roles & {CLASS_TEACHER, ADMIN, MONITOR})


async def access_roll_by_id(tx: Tx, me: Me, id: int) -> Roll:
    """A list that the speaker may call: class teacher and administrator; leaders while it is open (ATT-02)."""
    need(me, *CALLERS)
    roll = await rolls.get(tx, id)
    if roll is None or roll.cohort_id != me.cohort_id:
        raise Refusal("refusals-not-here")
    if roll.closed_at is not None and not me.roles & {CLASS_TEACHER, ADMIN}:
        raise Refusal("rolls-is-closed")
    if roll.state == "cancelled":
        raise Refusal("changes-not-called", title=roll.title_in(me.lang))
    return roll


async def access_called_by_id(tx: Tx, me: Me, id: int) -> Member:
    """A trainee whom the speaker may mark: anybody of the class, for a leader the own group only."""
    need(me, *CALLERS)
    member = await members.get(tx, id)
    if member is None or member.cohort_id != me.cohort_id or member.seat_no is None:
        raise Refusal("refusals-not-here")
    if not calls_all(me) and member.group_no != me.group_no:
        raise Refusal("rolls-own-group")
    return member


async def access_member_by_id(tx: Tx, me: Me, id: int) -> Member:
    """A person of the speaker's class, for staff."""
    need(me, CLASS_TEACHER, ADMIN, SCHOOL_LEADER)
    member = await members.get(tx, id)
    if member is None or member.cohort_id != me.cohort_id:
        raise Refusal("refusals-not-here")
    return member


async def access_own_roll_by_id(tx: Tx, me: Me, id: int) -> Roll:
    """A list of the speaker's class in which the speaker is expected (ATT-17)."""
    own = need_trainee(me)
    roll = await rolls.get(tx, id)
    if roll is None or roll.cohort_id != me.cohort_id:
        raise Refusal("refusals-not-here")
    if not await members.is_trainee_at(tx, own, roll.bell_at):
        raise Refusal("refusals-not-here")
    return roll


async def access_claim_by_id(tx: Tx, me: Me, id: int) -> Claim:
    """A claim about a mark: one's own; for class teacher and administrator those of the present class."""
    claim = await claims.get(tx, id)
    roll = await rolls.get(tx, claim.roll_id) if claim else None
    if claim is None or roll is None:
        raise Refusal("refusals-not-here")
    if roll.cohort_id != me.cohort_id and ADMIN in me.school_roles.split():
        raise Refusal("claims-other-class", title=(await cohorts.get(tx, roll.cohort_id)).title_in(me.lang))
    if roll.cohort_id != me.cohort_id:
        raise Refusal("refusals-not-here")
    if claim.member_id != me.member_id and not me.roles & {CLASS_TEACHER, ADMIN}:
        raise Refusal("refusals-not-here")
    return claim


def roles_in(me: Me, cohort_id: int) -> frozenset[str]:
    """The roles that a speaker has in a class; those of the school hold in every class (ROLE-01)."""
    return me.roles if cohort_id == me.cohort_id else frozenset(me.school_roles.split())


async def access_leave_by_id(tx: Tx, me: Me, id: int) -> Leave:
    """A leave: one's own; for class teacher, administrator and school leader those of their class (DASH-05)."""
    leave = await leaves.get(tx, id)
    if leave is None:
        raise Refusal("refusals-not-here")
    own = leave.member_id == me.member_id and TRAINEE in me.roles and (leave.state != "draft" or leave.source == "self")
    staff = roles_in(me, leave.cohort_id) & {CLASS_TEACHER, ADMIN, SCHOOL_LEADER}
    if not own and (not staff or (leave.state == "draft" and leave.source == "self")):
        raise Refusal("refusals-not-here")
    return leave


def need_writer(me: Me) -> int:
    """The class of somebody who may write notices (matrix of section 3)."""
    need(me, CLASS_TEACHER, ADMIN, SCHOOL_LEADER, LECTURER)
    return need_class(me)


async def access_draft_by_id(tx: Tx, me: Me, id: int, *, also_gone: bool = False) -> Notice:
    """A notice of one's own that is being written, or waits for its time; `also_gone`: or has gone since."""
    need_writer(me)
    notice = await notices.get(tx, id)
    if notice is None or notice.sender != me.account_id or notice.cohort_id != me.cohort_id:
        raise Refusal("refusals-not-here")
    if notice.state not in (DRAFT, TO_CONFIRM, QUEUED) and not also_gone:
        raise Refusal("notices-not-draft")
    return notice


async def access_notice_by_id(tx: Tx, me: Me, id: int) -> Notice:
    """A notice whose ledger the speaker may see: one's own; class teacher, administrator and school leader those of
    their class (DASH-05)."""
    notice = await notices.get(tx, id)
    if notice is None:
        raise Refusal("refusals-not-here")
    if notice.sender == me.account_id and me.cohort_id in notice.cohorts and need_writer(me):
        return notice
    if notice.state in ("draft", "asked") or not me.roles & {CLASS_TEACHER, ADMIN, SCHOOL_LEADER}:
        raise Refusal("refusals-not-here")
    if me.cohort_id not in notice.cohorts:
        raise Refusal("refusals-not-here")
    return notice


async def access_changeable(tx: Tx, me: Me, id: int) -> Notice:
    """A notice that the speaker may stop, correct, recall: the own one, or one of the class for class staff."""
    notice = await access_notice_by_id(tx, me, id)
    if notice.sender != me.account_id and not me.roles & {CLASS_TEACHER, ADMIN}:
        raise Refusal("refusals-no-right")
    return notice


async def access_second(tx: Tx, me: Me, id: int) -> Notice:
    """A notice to several classes that waits for a second person of the office (BC-14)."""
    notice = await notices.get(tx, id)
    if notice is None or not frozenset(me.school_roles.split()) & {ADMIN, SCHOOL_LEADER}:
        raise Refusal("refusals-not-here")
    if notice.state != TO_CONFIRM:
        raise Refusal("notices-decided-already")
    return notice


async def access_own_copy_by_id(tx: Tx, me: Me, id: int) -> Notice:
    """A notice that was meant for the speaker."""
    notice = await notices.get(tx, id)
    if notice is None or not me.member_id or notice.state in ("draft", "asked", "queued"):
        raise Refusal("refusals-not-here")
    if await notice_readers.id_of(tx, notice.id, me.member_id) is None:
        raise Refusal("refusals-not-here")
    return notice


async def access_session_by_id(tx: Tx, me: Me, id: int) -> Session:
    """A session of the speaker's class, for those who may change its timetable (TIME-01)."""
    need_scheduler(me)
    session = await sessions.by_id(tx, id)
    if session is None or session.cohort_id != me.cohort_id:
        raise Refusal("refusals-not-here")
    return session


async def access_change_by_id(tx: Tx, me: Me, id: int) -> Change:
    """A change of the timetable that the speaker has prepared, or carried out already."""
    need_scheduler(me)
    change = await session_events.get(tx, id)
    if change is None or change.cohort_id != me.cohort_id or change.who != me.account_id:
        raise Refusal("changes-gone")
    return change


def need_scheduler(me: Me) -> int:
    """The class of somebody who may change its timetable; a class that is over keeps it."""
    need(me, CLASS_TEACHER, ADMIN)
    if me.cohort_state in ("closed", "erased"):
        raise Refusal("changes-class-over", title=me.cohort_title)
    return need_class(me)


async def access_ledger_row(tx: Tx, me: Me, id: int) -> tuple[Notice, Row]:
    """One person's line in the ledger of a notice: class staff, for their class; a leader for the own group, and only
    when the notice is urgent (DASH-05)."""
    row = await notice_people.get(tx, id)
    notice = await notices.get(tx, row.notice_id) if row else None
    if row is None or notice is None or row.cohort_id != me.cohort_id:
        raise Refusal("refusals-not-here")
    if me.roles & {CLASS_TEACHER, ADMIN}:
        return notice, row
    if not me.roles & {LEADER, DEPUTY} or notice.level != URGENT or row.group_no != me.group_no:
        raise Refusal("refusals-not-here")
    return notice, row


async def access_due_by_id(tx: Tx, me: Me, id: int) -> Due:
    """Something that is planned in the speaker's class, for staff."""
    need(me, CLASS_TEACHER, ADMIN, SCHOOL_LEADER)
    thing = await dues.get(tx, id)
    if thing is None or thing.cohort_id != me.cohort_id:
        raise Refusal("refusals-not-here")
    return thing
