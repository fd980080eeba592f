"""Who may touch this row: the only way from an outside id to a row (ROLE-03). Refusals are the same for "not there"
and "not yours", so nobody learns what exists."""

from __future__ import annotations

from chat.messages import Refusal
from rules.roles import ADMIN, CLASS_TEACHER, SCHOOL_LEADER, TRAINEE
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


async def access_roll_by_id(tx: Tx, me: Me, id: int) -> Roll:
    """A list that the speaker may call: class teacher and administrator of its class."""
    need(me, CLASS_TEACHER, ADMIN)
    roll = await rolls.get(tx, id)
    if roll is None or roll.cohort_id != me.cohort_id:
        raise Refusal("refusals-not-here")
    return roll


async def access_member_by_id(tx: Tx, me: Me, id: int) -> Member:
    """A person of the speaker's class, for staff."""
    need(me, CLASS_TEACHER, ADMIN, SCHOOL_LEADER)
    member = await members.get(tx, id)
    if member is None or member.cohort_id != me.cohort_id:
        raise Refusal("refusals-not-here")
    return member
