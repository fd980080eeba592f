"""Calling a roll for others: leaders their ten, staff anybody; by buttons, message or paper (ATT-02, ATT-22)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from msgspec import Struct, structs

from actions.access import calls_all
from actions.marks import state_of
from actions.post import push
from actions.rolls import tally
from chat.messages import Message, Refusal, Say, button, say
from rules.attendance import LEAVES, UNMARKED, Typed, read_list
from rules.plans import CALL, SELF_MODES
from rules.roles import ADMIN, CLASS_TEACHER, DEPUTY, LEADER
from storage import cohorts, marks, members, outages, rolls
from storage import sessions as timetable
from storage.accounts import Me
from storage.marks import LEADER as BY_LEADER
from storage.marks import SELF, STAFF, Mark
from storage.members import Addressee, Member
from storage.rolls import Roll
from storage.tx import Tx

PAPER, DESK = "paper", "desk"
CYCLE = {UNMARKED: "present", "present": "late", "late": UNMARKED}
"""One tap present, two late, three nothing (ATT-02 leader)."""
NUDGE_AGAIN = timedelta(minutes=10)
TAPS_WAIT = timedelta(seconds=150)
"""So long Telegram keeps a tap; one that comes in just after an outage may be older than it looks (ATT-05)."""
TIME_CHECK = "time_check"
NOT_HERE = LEAVES | {"absent"}


def source_of(me: Me, roll: Roll) -> str:
    """What stands as the source of a mark that this person enters by hand."""
    if me.roles & {CLASS_TEACHER, ADMIN}:
        return DESK if roll.mode == DESK else STAFF
    return BY_LEADER


def need_open(roll: Roll, now: datetime) -> None:
    """A list takes marks from the time it opens until it is closed."""
    state = state_of(roll, now)
    if state == "closed":
        raise Refusal("rolls-is-closed")
    if state == "planned":
        raise Refusal("rolls-not-yet", opens=roll.opens_at)


async def called_by(tx: Tx, me: Me, roll: Roll) -> list[Member]:
    """The trainees whom somebody calls in a list: all of the class, or the own group."""
    people = await members.trainees(tx, roll.cohort_id, roll.bell_at)
    return people if calls_all(me) else [p for p in people if p.group_no == me.group_no]


async def mark_for(tx: Tx, me: Me, roll: Roll, member: Member, now: datetime) -> Mark:
    """Mark somebody in a roll-call: present, late, nothing, in turn (RULE-5).

    What the person did himself stands, and what staff entered is not changed by a leader (ATT-20).
    """
    need_open(roll, now)
    old = await marks.get(tx, roll.id, member.id)
    source = source_of(me, roll)
    if old is not None and old.status != UNMARKED and old.source == SELF:
        raise Refusal("rolls-marked-himself", name=member.name, at=old.at)
    if old is not None and old.status != UNMARKED and old.source != BY_LEADER and source == BY_LEADER:
        raise Refusal("rolls-marked-by-staff", name=member.name)
    new = "present" if old is None else CYCLE.get(old.status, "present")
    return await _put(tx, me, roll, member.id, old, new, source, now, now)


async def _put(
    tx: Tx, me: Me, roll: Roll, member_id: int, old: Mark | None, new: str, source: str, at: datetime, now: datetime
) -> Mark:  # fmt: skip
    """Enter a mark, over an own earlier one or where none is; `at` is the time of the message (ATT-05)."""
    tapped = at == now
    doubtful = tapped and await outages.ended_since(tx, now - TAPS_WAIT, now)
    wanted = Mark(roll_id=roll.id, member_id=member_id, status=new, at=at, source=source,
                  entered_by=me.member_id or None, arrived_at=old.arrived_at if old else None,
                  flags=TIME_CHECK if doubtful else "")  # fmt: skip
    if old is None or (old.status == UNMARKED and new != UNMARKED):
        kept = await marks.add(tx, wanted) or wanted
    else:
        await marks.set_status(tx, old.id, new, source, me.member_id or None)
        kept = structs.replace(wanted, id=old.id, at=old.at)
    await marks.add_event(tx, kept, old.status if old else UNMARKED, me.account_id, now)
    await rolls.stir(tx, roll.id, now)
    return kept


async def rest_present(tx: Tx, me: Me, roll: Roll, group: int, now: datetime) -> int:
    """[其余全到]: everybody of a group who is not marked yet is there. Gives how many."""
    need_open(roll, now)
    found = await marks.of_roll(tx, roll.id)
    people = [p for p in await called_by(tx, me, roll) if (p.group_no or 0) == group]
    unmarked = [p for p in people if p.id not in found or found[p.id].status == UNMARKED]
    for person in unmarked:
        await _put(tx, me, roll, person.id, found.get(person.id), "present", source_of(me, roll), now, now)
    return len(unmarked)


class Called(Struct, frozen=True, kw_only=True):
    """What a typed list came to: how many of those called are there, late, and who is not there."""

    count: int
    here: int
    late: int
    missing: tuple[Member, ...]
    differ: tuple[Member, ...] = ()
    """Who is marked otherwise by another source: that stands, what was typed is kept as evidence (ATT-20)."""


async def read(tx: Tx, me: Me, roll: Roll, text: str) -> Typed | None:
    """A typed list for those whom somebody calls; None when the text is none at all."""
    seats = {p.seat_no or 0 for p in await called_by(tx, me, roll)}
    typed = read_list(text, seats)
    meant = typed.marks and (typed.clear or not typed.unknown_words)
    return typed if meant or typed.twice or (typed.unknown_seats and not typed.unknown_words) else None


async def enter(tx: Tx, me: Me, roll: Roll, typed: Typed, source: str, at: datetime, now: datetime) -> Called:
    """Enter a typed list: one mark a seat, whatever another source has marked stands (ATT-20)."""
    need_open(roll, now)
    if not typed.clear:
        raise unclear(typed)
    found = await marks.of_roll(tx, roll.id)
    people = [p for p in await called_by(tx, me, roll) if p.seat_no in typed.marks]
    denied = {e.member_id for e in await marks.evidence_of(tx, roll.id) if e.source == source}
    differ: list[Member] = []
    for person in people:
        new, old = typed.marks[person.seat_no or 0], found.get(person.id)
        before = old.status if old else UNMARKED
        if before == new and (old is None or old.source == source or person.id not in denied):
            continue
        if old is not None and before != UNMARKED and old.source != source:
            differ += [person] if before != new else []
            other = Mark(roll_id=roll.id, member_id=person.id, status=new, at=at, source=source,
                         entered_by=me.member_id or None)  # fmt: skip
            await marks.keep_evidence(tx, other)
        else:
            await _put(tx, me, roll, person.id, old, new, source, at, now)
    if differ:
        await rolls.stir(tx, roll.id, now)
    return await called(tx, me, roll, differ)


async def called(tx: Tx, me: Me, roll: Roll, differ: Collection[Member] = (), group: int | None = None) -> Called:
    """How the list stands for those whom somebody calls."""
    people = [p for p in await called_by(tx, me, roll) if group is None or (p.group_no or 0) == group]
    found = await marks.of_roll(tx, roll.id)
    status = {p.id: found[p.id].status if p.id in found else UNMARKED for p in people}
    return Called(
        count=len(people), here=sum(s in ("present", "late") for s in status.values()),
        late=sum(s == "late" for s in status.values()), missing=tuple(p for p in people if status[p.id] == UNMARKED),
        differ=tuple(differ),
    )  # fmt: skip


def unclear(typed: Typed) -> Refusal:
    """Why a typed list cannot be used, in one sentence."""
    if typed.twice:
        return Refusal("rolls-typed-twice", seats=[str(s) for s in typed.twice])
    if typed.unknown_seats:
        return Refusal("rolls-typed-seats", seats=[str(s) for s in typed.unknown_seats[:8]])
    return Refusal("rolls-typed-words", words=list(typed.unknown_words[:3]))


async def hand_in(tx: Tx, me: Me, roll: Roll, group: int, now: datetime) -> Called:
    """[提交本组名单]: the leader has called the whole group; who is not marked stays 未点到."""
    need_open(roll, now)
    if not calls_all(me) and group != me.group_no:
        raise Refusal("rolls-own-group")
    await rolls.hand_in(tx, roll.id, group, me.member_id or None, now)
    await rolls.stir(tx, roll.id, now)
    return await called(tx, me, roll, group=group)


async def not_here(tx: Tx, roll: Roll) -> set[int]:
    """Who cannot be asked to call a group: whoever is on leave, or marked as not here."""
    return {m for m, mark in (await marks.of_roll(tx, roll.id)).items() if mark.status in NOT_HERE}


def callers(people: Iterable[Addressee], busy: Collection[int]) -> list[Addressee]:
    """Who calls each group: its leader, or the deputy where the leader cannot be reached or is not here (ATT-25)."""
    free = [p for p in people if p.group_no and p.account_id and p.blocked_at is None and p.member_id not in busy]
    found: list[Addressee] = []
    for group in sorted({p.group_no or 0 for p in free}):
        own = [p for p in free if p.group_no == group]
        asked = [p for p in own if LEADER in p.role_set] or [p for p in own if DEPUTY in p.role_set]
        found += asked[:1]
    return found


async def ask_leaders(tx: Tx, roll: Roll, now: datetime, served: Collection[int] = ()) -> set[int]:
    """When a list opens that leaders call, the leader of each group gets one message; the deputy where he is away.

    Who has had the one message of a catch-up (`served`, by account) is not asked; gives the accounts that were.
    """
    cohort = await cohorts.get(tx, roll.cohort_id)
    people = await members.addressees(tx, roll.cohort_id, now)
    asked: set[int] = set()
    for person in callers(people, await not_here(tx, roll)):
        if person.account_id in served:
            continue
        grid = button("rolls-call-group", "rollgrid", roll.id, person.group_no or 0)
        text = say("rolls-please-call", title=roll.title_in(person.lang), at=roll.bell_at)
        once = f"call:{roll.id}:{roll.bell_at:%Y%m%d%H%M}:{person.member_id}"  # asked anew when the session is moved
        await push(tx, person.reader, cohort.rules, Message(text, ((grid,),)), now, once=once,
                   not_after=roll.shuts_at, kind=CALL, member_id=person.member_id)  # fmt: skip
        asked.add(person.account_id or 0)
    return asked


class Nudged(Struct, frozen=True):
    """Whom a nudge reached: by number, and who could not be reached, by name."""

    reached: int
    unreached: tuple[Member, ...]


async def nudge(tx: Tx, me: Me, roll: Roll, now: datetime) -> Nudged:
    """[催一下]: one private line to each missing person without leave, at most once in 10 minutes (ATT-12)."""
    need_open(roll, now)
    if not await rolls.set_nudged(tx, roll.id, now, now - NUDGE_AGAIN):
        raise Refusal("rolls-nudged-already", at=roll.nudged_at)
    cohort = await cohorts.get(tx, roll.cohort_id)
    session = await timetable.get(tx, roll.session_id)
    found = await tally(tx, roll)
    missing = {m.id: m for m in found.undecided if m.id not in found.arrived}
    reached: set[int] = set()
    for person in await members.addressees(tx, roll.cohort_id, now):
        if person.member_id in missing and person.account_id and person.blocked_at is None:
            once = f"nudge:{roll.id}:{person.member_id}:{now:%Y%m%d%H%M}"
            message = Message(_nudge_words(roll, person, now))
            if await push(tx, person.reader, cohort.rules, message, now, once=once, not_after=session.ends_at,
                          member_id=person.member_id):  # fmt: skip
                reached.add(person.member_id)
    return Nudged(len(reached), tuple(m for id, m in missing.items() if id not in reached))


def _nudge_words(roll: Roll, person: Addressee, now: datetime) -> Say:
    itself = roll.mode in SELF_MODES and now <= roll.shuts_at
    return say("rolls-nudge-self" if itself else "rolls-nudge-called", title=roll.title_in(person.lang))
