"""Hints beside a list, for the class teacher's eyes only; a hint never changes a mark (ATT-18)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from actions.checkins import OLD_CODE
from actions.people import who_where
from chat.messages import Say, say
from rules.attendance import HERE, UNMARKED
from rules.hints import of_one_group, together
from storage import marks, members
from storage.marks import LEADER, SELF, Evidence, Mark
from storage.members import Member
from storage.rolls import Roll
from storage.tx import Tx

NAMES = 6
NOT_THERE = frozenset({UNMARKED, "absent"})


async def hints(tx: Tx, roll: Roll, now: datetime) -> list[Say]:
    """What looks odd in a list: a line each, none where nothing does. Only reads."""
    if now < roll.opens_at:
        return []
    people = {m.id: m for m in await members.trainees(tx, roll.cohort_id, roll.bell_at)}
    found = {id: mark for id, mark in (await marks.of_roll(tx, roll.id)).items() if id in people}
    evidence = [e for e in await marks.evidence_of(tx, roll.id) if e.member_id in people]
    return [
        *_leader_says_no(people, found, evidence),
        *_leader_says_yes(people, await _seen_by_leader(tx, found, evidence)),
        *_absent_came(people, found, evidence),
        *_together(people, found),
        *_old_code(people, found),
    ]


def _leader_says_no(people: dict[int, Member], found: dict[int, Mark], evidence: list[Evidence]) -> list[Say]:
    """The own check-in counts, but the leader did not see the person."""
    last = {e.member_id: e for e in sorted(evidence, key=lambda e: e.at) if e.source == LEADER}
    denied = {id for id, said in last.items() if said.status in NOT_THERE}
    odd = [id for id, mark in found.items() if mark.source == SELF and mark.status in HERE and id in denied]
    return [say("hints-leader-no", **_names(people, odd))] if odd else []


async def _seen_by_leader(tx: Tx, found: dict[int, Mark], evidence: list[Evidence]) -> list[int]:
    """Those marked absent whom the leader marked as there before, or said to be there."""
    said = {e.member_id for e in evidence if e.source == LEADER and e.status in HERE}
    seen = []
    for id, mark in found.items():
        if mark.status == "absent":
            called = [e.new for e in await marks.events_of(tx, mark.roll_id, id) if e.source == LEADER]
            seen += [id] if id in said or HERE.intersection(called[-1:]) else []
    return seen


def _leader_says_yes(people: dict[int, Member], odd: list[int]) -> list[Say]:
    """Marked absent, though the leader saw the person (AT-19)."""
    return [say("hints-leader-yes", **_names(people, odd))] if odd else []


def _absent_came(people: dict[int, Member], found: dict[int, Mark], evidence: list[Evidence]) -> list[Say]:
    """Marked absent, though there is an arrival, kept before or come just now."""
    came = {e.member_id for e in evidence if e.source == SELF}
    odd = [id for id, mark in found.items() if mark.status == "absent" and (mark.arrived_at or id in came)]
    return [say("hints-absent-came", **_names(people, odd))] if odd else []


def _together(people: dict[int, Member], found: dict[int, Mark]) -> list[Say]:
    """Several telephones that are always in one hand."""
    own = [(id, people[id].bound_at, mark.at) for id, mark in found.items() if mark.source == SELF]
    groups = together((id, bound, at) for id, bound, at in own if bound is not None)
    return [say("hints-together", **_names(people, ids)) for ids in groups]


def _old_code(people: dict[int, Member], found: dict[int, Mark]) -> list[Say]:
    """Several of one group with the digits of the minute before: perhaps they were passed on."""
    late = [(id, people[id].group_no or 0) for id, mark in found.items() if OLD_CODE in mark.flags.split()]
    return [say("hints-old-code", group=group, **_names(people, ids)) for group, ids in of_one_group(late).items()]


def _names(people: dict[int, Member], ids: Iterable[int]) -> dict[str, object]:
    """The first of them by seat, and how many more."""
    found = sorted((people[id] for id in ids), key=lambda m: m.seat_no or 0)
    return {"names": [who_where(m) for m in found[:NAMES]], "more": max(0, len(found) - NAMES)}
