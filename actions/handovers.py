"""[交接]: one class teacher hands the class to the other: the open items, and from then on the timers (ROLE-04)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from actions import leaves
from actions.access import need, need_class
from actions.marks import reader_of, state_of
from actions.people import who_where
from actions.post import post
from chat.messages import Lines, Message, Refusal, Rows, button, lines, say
from rules.roles import CLASS_TEACHER
from storage import audits, claims, cohorts, logs, members, questions, rolls
from storage.accounts import Me
from storage.claims import Claim
from storage.leaves import Leave
from storage.members import Member
from storage.questions import Counts
from storage.rolls import Roll
from storage.tx import Tx

MOST = 6


class Items(Struct, frozen=True):
    """What is open in a class: what a teacher who takes over must know."""

    unclosed: list[Roll]
    asking: list[tuple[Leave, Member]]
    away: list[leaves.Away]
    claims: list[Claim]
    unread: int = 0
    """Logs that wait for a reader."""
    asked: Counts = Counts(waiting=0, late=0)

    @property
    def is_empty(self) -> bool:
        return not (self.unclosed or self.asking or self.away or self.claims or self.unread or self.asked.waiting)


async def open_items(tx: Tx, cohort_id: int, now: datetime) -> Items:
    """Lists that are not closed, requests for leave, claims and questions that wait, people who are away."""
    called = [r for r in await rolls.of_cohort(tx, cohort_id) if state_of(r, now) in ("open", "staff_only")]
    asking: list[tuple[Leave, Member]] = []
    for member_id, waiting in (await leaves.pending_of(tx, cohort_id)).items():
        member = await members.get(tx, member_id)
        asking += [(leave, member) for leave in waiting if member is not None]
    return Items(
        called,
        asking,
        await leaves.away_now(tx, cohort_id, None, now),
        await claims.open_of_cohort(tx, cohort_id),
        await logs.waiting_of(tx, cohort_id),
        await questions.counts(tx, cohort_id),
    )


async def others(tx: Tx, me: Me) -> list[Member]:
    """The other class teachers, to whom the class may be handed."""
    need(me, CLASS_TEACHER)
    people = await members.of_cohort(tx, need_class(me))
    return [p for p in people if CLASS_TEACHER in p.role_set and p.id != me.member_id and p.left_at is None]


async def hand_over(tx: Tx, me: Me, member_id: int, now: datetime) -> Member:
    """Hand the class over: the other has the list of open items, and is asked first from now on; rights stay equal."""
    to = next((p for p in await others(tx, me) if p.id == member_id), None)
    if to is None:
        raise Refusal("refusals-not-here")
    reader = await reader_of(tx, to, now)
    if reader is None:
        raise Refusal("handovers-unbound", name=to.name)
    before = await cohorts.in_charge(tx, need_class(me))
    await cohorts.set_in_charge(tx, need_class(me), to.id)
    await audits.add(tx, now, "hand-over", f"member:{to.id}", who=me.account_id, cohort_id=me.cohort_id,
                     old=str(before or me.member_id), new=str(to.id))  # fmt: skip
    found = await open_items(tx, need_class(me), now)
    text, rows = listed(found, reader.lang)
    await post(tx, reader, Message(lines(say("handovers-yours", name=me.name), text), rows), now)
    return to


def listed(found: Items, lang: str) -> tuple[Lines, Rows]:
    """The open items, a line a kind, with the way to each list."""
    text = lines(
        say("handovers-none") if found.is_empty else None,
        say("handovers-lists", count=len(found.unclosed)) if found.unclosed else None,
        say("handovers-leaves", count=len(found.asking), names=[who_where(m) for _, m in found.asking[:MOST]])
        if found.asking else None,
        say("handovers-away", names=[say("handovers-until", who=who_where(a.member), at=a.ends_at)
                                     for a in found.away[:MOST]]) if found.away else None,
        say("handovers-claims", count=len(found.claims)) if found.claims else None,
        say("handovers-logs", count=found.unread) if found.unread else None,
        say("digests-questions", count=found.asked.waiting, late=found.asked.late) if found.asked.waiting else None,
    )  # fmt: skip
    rows = tuple(
        (button(say("handovers-list", day=r.day, at=r.bell_at, title=r.title_in(lang)), "roll", r.id),)
        for r in found.unclosed[-MOST:]
    )
    ask = ((button("digests-to-questions", "qlist", 0, "open"),),) if found.asked.waiting else ()
    return text, (*rows, *ask)
