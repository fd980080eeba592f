"""Whom a notice goes to: from the audience to people, who is left out and why, whose day is full (BC-11, BC-13)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from actions import leaves, log_days
from rules.days import class_date
from rules.notices import URGENT, Audience, begins, push_day
from rules.roles import ADMIN, CLASS_TEACHER, DEPUTY, LEADER, LECTURER, MONITOR, SCHOOL_LEADER, SITE_CONTACT, TRAINEE
from storage import cohorts, marks, members, notice_people, outbox, places, rolls, sessions
from storage.cohorts import Cohort
from storage.marks import UNMARKED
from storage.members import Addressee
from storage.notices import Notice
from storage.sessions import Session
from storage.tx import Tx

LEADERS = frozenset({LEADER, DEPUTY, MONITOR})
ROLES = {
    "leaders": LEADERS,
    "lecturers": frozenset({LECTURER}),
    "staff": frozenset({CLASS_TEACHER, ADMIN, SCHOOL_LEADER}),
    "contacts": frozenset({SITE_CONTACT}),
}
"""The roles that one may write to, beside the trainees."""
UNBOUND, BLOCKED, ON_LEAVE, ON_CARD = "unbound", "blocked", "on_leave", "on_card"


class Recipient(Struct, frozen=True, kw_only=True):
    """One person of a notice. `left_out` is empty, or unbound, blocked, on_leave, on_card; `pushes` of that day."""

    person: Addressee
    cohort: Cohort
    left_out: str = ""
    pushes: int = 0

    @property
    def over(self) -> bool:
        """Whether one more push would be over the person's budget of the day; staff have none."""
        limit = self.cohort.rules.messages.max_push_per_trainee_per_day
        return TRAINEE in self.person.role_set and self.pushes >= limit


async def recipients(tx: Tx, notice: Notice, at: datetime, now: datetime) -> list[Recipient]:
    """Everybody whom a notice is meant for that goes `at`, those who are left out too; the sender's own copy comes by
    [先发给我看] and the card."""
    found: list[Recipient] = []
    for cohort_id in notice.cohorts:
        cohort = await cohorts.get(tx, cohort_id)
        people = await meant(tx, cohort, notice.audience, now)
        people = [p for p in people if p.member_id != notice.sender_member]
        away = await _away_all_day(tx, cohort, at)
        day = push_day(begins(at, notice.level, cohort.rules, cohort.timezone), cohort.rules, cohort.timezone)
        counted = await outbox.pushes_of_cohort(tx, cohort.id, day)
        for person in people:
            had = counted.get(person.account_id or 0, 0)
            one = Recipient(person=person, cohort=cohort, pushes=had, left_out=_left_out(person, away))
            if one.over and not one.left_out and notice.over == "card" and notice.level != URGENT:
                one = Recipient(person=person, cohort=cohort, pushes=had, left_out=ON_CARD)
            found.append(one)
    return found


def _left_out(person: Addressee, away: set[int]) -> str:
    if person.account_id is None:
        return UNBOUND
    if person.blocked_at is not None:
        return BLOCKED
    return ON_LEAVE if person.member_id in away else ""


async def _away_all_day(tx: Tx, cohort: Cohort, at: datetime) -> set[int]:
    """Who is on leave from this moment to the end of the last session of the day (全天请假)."""
    turns = cohort.rules.messages.day_turns_at
    today = class_date(at, cohort.timezone, turns)
    ends = [
        s.ends_at
        for s in await sessions.of_cohort(tx, cohort.id)
        if not s.cancelled and s.credit_hours and class_date(s.starts_at, cohort.timezone, turns) == today
    ]
    until = max([at, *ends])
    return await leaves.on_leave_at(tx, cohort.id, at) & await leaves.on_leave_at(tx, cohort.id, until)


async def meant(tx: Tx, cohort: Cohort, audience: Audience, now: datetime) -> list[Addressee]:
    """The people of one class that an audience means, who have not left, by seat."""
    people = await members.addressees(tx, cohort.id, now)
    seated = [p for p in people if TRAINEE in p.role_set]
    match audience.kind:
        case "class":
            return seated
        case "groups":
            return [p for p in seated if p.group_no in audience.numbers]
        case "bus":
            return [p for p in seated if p.bus in audience.words]
        case "floor":
            return [p for p in seated if floor_of(p.dorm_room) in audience.words]
        case "roles":
            wanted = frozenset[str]().union(*(ROLES.get(word, frozenset()) for word in audience.words))
            return [p for p in people if p.role_set & wanted]
        case "picked":
            return [p for p in people if p.member_id in audience.numbers]
        case "session":
            return _of_sessions(seated, people, await _by_ids(tx, cohort, audience.numbers))
        case "site":
            return await _of_site(tx, cohort, seated, people, audience.words, now)
        case "unread":
            return await _unread(tx, people, audience.numbers)
        case "nolog":
            return await _without_log(tx, cohort, audience.numbers, now)
        case "unmarked":
            return await _unmarked(tx, cohort, seated, audience.numbers)
    return []


def floor_of(dorm_room: str) -> str:
    """The floor of a room number: 3 of 302, 12 of 1203."""
    digits = "".join(c for c in dorm_room if c.isdigit())
    return digits[:-2] if len(digits) > 2 else ""


async def _by_ids(tx: Tx, cohort: Cohort, ids: Iterable[int]) -> list[Session]:
    wanted = set(ids)
    return [s for s in await sessions.of_cohort(tx, cohort.id) if s.id in wanted]


def _of_sessions(seated: list[Addressee], people: list[Addressee], of: list[Session]) -> list[Addressee]:
    """The trainees of a class that has these sessions, and whoever teaches them."""
    leads = {s.lead_ref for s in of}
    return [*seated, *(p for p in people if p.ref in leads and p not in seated)] if of else []


async def _of_site(
    tx: Tx, cohort: Cohort, seated: list[Addressee], people: list[Addressee], refs: tuple[str, ...], now: datetime
) -> list[Addressee]:
    """Who goes to a site: the trainees, whoever teaches there, and the contact of the site."""
    going = [s for s in await sessions.of_cohort(tx, cohort.id) if s.site_ref in refs and not s.cancelled]
    contacts = {str(p.facts.get("contact_id", "")) for p in await places.sites(tx, cohort.id) if p.ref in refs}
    ahead = [s for s in going if s.ends_at > now]
    leads = {s.lead_ref for s in ahead} | contacts
    return [*(seated if ahead else []), *(p for p in people if p.ref in leads and p not in seated)]


async def _unread(tx: Tx, people: list[Addressee], ids: tuple[int, ...]) -> list[Addressee]:
    """Who has not acknowledged one of these notices."""
    waiting = {row.member_id for id in ids for row in await notice_people.of_notice(tx, id) if row.read_at is None}
    return [p for p in people if p.member_id in waiting]


async def _without_log(tx: Tx, cohort: Cohort, days: tuple[int, ...], now: datetime) -> list[Addressee]:
    """Who has not handed in the log of one of these days, and is not on leave."""
    found: dict[int, Addressee] = {}
    for window in await log_days.windows_of(tx, cohort):
        if window.day in days:
            missing = (await log_days.standing(tx, cohort, window, now)).missing
            found |= {p.member_id: p for p in missing}
    return list(found.values())


async def _unmarked(tx: Tx, cohort: Cohort, seated: list[Addressee], ids: tuple[int, ...]) -> list[Addressee]:
    """Who is not marked in one of these lists of the class."""
    found = [roll for id in ids if (roll := await rolls.get(tx, id)) is not None and roll.cohort_id == cohort.id]
    if not found:
        return []
    here: set[int] = set()
    for roll in found:
        here |= {m for m, mark in (await marks.of_roll(tx, roll.id)).items() if mark.status != UNMARKED}
    return [p for p in seated if p.member_id not in here]
