"""The registration desk (报到台): who is here, with key and binding, a tap each (ATT-23)."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions import rollcalls
from actions.access import need
from actions.rollcalls import DESK
from chat.messages import Lines, Refusal, lines, say
from rules.attendance import UNMARKED, read_number
from rules.presses import is_twice
from rules.roles import ADMIN, CLASS_TEACHER
from storage import audits, marks, members, rolls
from storage.accounts import Me
from storage.links import Link
from storage.marks import Mark
from storage.members import Member
from storage.rolls import Roll
from storage.tx import Tx

STANDS = timedelta(hours=4)
"""So long after its beginning a desk is asked, while its list is not closed: people come late."""


async def open_desk(tx: Tx, me: Me, now: datetime) -> Roll | None:
    """The list of the registration desk, while it is open; None for who does not stand there."""
    if not me.roles & {CLASS_TEACHER, ADMIN} or not me.cohort_id:
        return None
    found = await rolls.of_cohort(tx, me.cohort_id)
    desks = [r for r in found if r.mode == DESK and r.closed_at is None and r.opens_at <= now < r.bell_at + STANDS]
    return desks[-1] if desks else None


async def find(tx: Tx, roll: Roll, text: str) -> list[Member]:
    """Trainees by seat number, or by a part of the name."""
    wanted = "".join(text.split())
    seat = read_number(wanted.removesuffix("座").removesuffix("号"))
    people = await members.trainees(tx, roll.cohort_id, roll.bell_at)
    if seat is not None:
        return [p for p in people if p.seat_no == seat]
    return [p for p in people if wanted and wanted in p.name]


async def tick(tx: Tx, me: Me, roll: Roll, member: Member, now: datetime) -> Mark:
    """[到了]: the person is here; a second tap changes nothing."""
    need(me, CLASS_TEACHER, ADMIN)
    old = await marks.get(tx, roll.id, member.id)
    if old is not None and old.status != UNMARKED:
        return old
    return await rollcalls.mark_for(tx, me, roll, member, now)


async def give_key(tx: Tx, me: Me, member: Member, now: datetime) -> None:
    """[发房卡], or taken back by a second tap."""
    need(me, CLASS_TEACHER, ADMIN)
    await members.set_key(tx, member.id, None if member.key_at else now)
    await _audit(tx, me, member, "room-key", member.key_at, now)


async def on_paper(tx: Tx, me: Me, member: Member, now: datetime) -> None:
    """[用纸质]: the person takes part without a telephone, or with one again (XC-04)."""
    need(me, CLASS_TEACHER, ADMIN)
    await members.set_paper(tx, member.id, None if member.paper_at else now)
    await _audit(tx, me, member, "on-paper", member.paper_at, now)


async def join_late(tx: Tx, me: Me, member: Member, now: datetime) -> None:
    """[晚入班]: the person counts from now on; earlier lists do not expect him (CLASS-04, ATT-17)."""
    need(me, CLASS_TEACHER, ADMIN)
    if member.joined_at is not None and is_twice(member.joined_at, now):
        return
    if await marks.attended_before(tx, member.id, now):
        raise Refusal("registration-was-here", name=member.name)
    await members.set_joined(tx, member.id, now)
    await audits.add(tx, now, "join-late", f"member:{member.id}", who=me.account_id, cohort_id=member.cohort_id,
                     old=member.joined_at.isoformat() if member.joined_at else "", new=now.isoformat())  # fmt: skip


async def _audit(tx: Tx, me: Me, member: Member, act: str, before: datetime | None, now: datetime) -> None:
    await audits.add(tx, now, act, f"member:{member.id}", who=me.account_id, cohort_id=member.cohort_id,
                     old="yes" if before else "", new="" if before else "yes")  # fmt: skip


def about(member: Member, mark: Mark | None, link: Link | None) -> Lines:
    """One person at the desk: street, room, key, binding or the code for it."""
    code = link.code if link else None
    bound = say("registration-bound") if member.account_id else say("registration-paper") if member.paper_at else None
    return lines(
        say("registration-who", name=member.name, group=member.group_no or 0, seat=member.seat_no or 0),
        say("registration-from", street=member.street, community=member.community) if member.street else None,
        say("registration-room", room=member.dorm_room, key=say("registration-has-key" if member.key_at
                                                                else "registration-no-key")),
        bound or say("registration-code", code=f"{code[:4]} {code[4:]}" if code else ""),
        say("registration-here", at=mark.at) if mark and mark.status != UNMARKED else say("registration-not-here"),
    )  # fmt: skip
