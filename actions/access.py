"""Who may touch this row: the only way from an outside id to a row (ROLE-03). Refusals are the same for "not there"
and "not yours", so nobody learns what exists."""

from __future__ import annotations

from chat.messages import Refusal
from rules.roles import ADMIN, CALLERS, CLASS_TEACHER, MONITOR, SCHOOL_LEADER, TRAINEE
from storage import cohorts, members, rolls
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.members import Member
from storage.rolls import Roll
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
