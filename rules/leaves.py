"""Leave (请假): hours, limits, who decides, and what may follow what (ATT-08 to ATT-10, LEAVE-*, section 21)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from rules.daycards import Timed
from rules.days import moment
from rules.plans import Slot, has_list
from rules.roles import ADMIN, CLASS_TEACHER, SCHOOL_LEADER, TRAINEE
from rules.settings import Settings

SYSTEM, APPROVER = "system", "approver"
NIGHT_OUT, WITHDRAW = "night_out", "withdraw"
STATUS = {"sick": "leave_sick", "personal": "leave_personal", "official": "leave_official", NIGHT_OUT: "leave_personal"}
"""The mark that follows from a kind of leave; withdrawal makes none (LEAVE-01, LEAVE-02)."""

ROLES = {"class_teacher": CLASS_TEACHER, "school_admin": ADMIN, "school_leader": SCHOOL_LEADER}
"""The words of the settings for who decides, in the order of the steps (ATT-09), and our roles."""

COUNTED = frozenset({"pending", "need_material", "approved", "away", "returned", "closed"})
"""The states in which a leave takes up its time: nothing else may overlap it, its hours count."""

SHORTEST_REASON, LONGEST_REASON = 5, 200


class Stretch(Struct, frozen=True):
    """From here to there, both aware; the end is outside."""

    starts_at: datetime
    ends_at: datetime


class Ask(Struct, frozen=True, kw_only=True):
    """A leave that somebody asks for."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    reason: str = ""


def overlap(a: Timed, b: Timed) -> timedelta:
    """How long two things go on together; never less than nothing."""
    return max(timedelta(), min(a.ends_at, b.ends_at) - max(a.starts_at, b.starts_at))


def touches(leave: Timed, slot: Slot, rules: Settings) -> bool:
    """Whether a list is missed by a leave: more than 15 minutes of it, or all of a shorter one (LEAVE-02)."""
    common = overlap(leave, slot)
    enough = timedelta(minutes=rules.leave.covered_overlap_min)
    return has_list(slot) and (common > enough or timedelta() < common == slot.ends_at - slot.starts_at)


def touched(leave: Timed, slots: Iterable[Slot], rules: Settings) -> list[Slot]:
    """The sessions that a leave costs, those without hours too (bus, dormitory check)."""
    return [slot for slot in slots if touches(leave, slot, rules)]


def hours(slots: Iterable[Slot]) -> int:
    """The credit hours of sessions."""
    return sum(slot.credit_hours for slot in slots)


def half_days(count: int, rules: Settings) -> int:
    """Hours of leave in its unit, the half-day; what is begun counts whole (ATT-01)."""
    return -(-count // rules.hours.half_day_hours)


def used_hours(slots: Iterable[Slot], leaves: Sequence[Timed], status: Mapping[str, str], rules: Settings) -> int:
    """Hours of leave so far: what is marked so, and what counted leaves will cost (ATT-08).

    `status` is the person's mark by the `ref` of the session; a mark other than 未点到 is stronger than a leave.
    `leaves` are those in a COUNTED state, without a withdrawal.
    """
    known = set(STATUS.values())
    marks = ((slot, status.get(slot.ref, "unmarked")) for slot in slots)
    return hours(
        slot
        for slot, mark in marks
        if mark in known or (mark == "unmarked" and any(touches(leave, slot, rules) for leave in leaves))
    )


def level_hours(
    ask: Timed, others: Sequence[Timed], slots: Sequence[Slot], status: Mapping[str, str], rules: Settings
) -> int:  # fmt: skip
    """The hours by which a request is decided: leaves with no attended session between them are one (LEAVE-02).

    Only sessions with credit hours part two leaves; one without a mark yet is taken as attended.
    """
    missed = {"absent", *STATUS.values()}
    leaves = sorted([ask, *others], key=lambda leave: leave.starts_at)
    between = [
        slot
        for slot in slots
        if has_list(slot) and slot.credit_hours and status.get(slot.ref) not in missed
        and not any(touches(leave, slot, rules) for leave in leaves)
    ]  # fmt: skip
    blocks = [[leaves[0]]]
    for a, b in pairwise(leaves):
        parted = any(slot.ends_at > a.ends_at and slot.starts_at < b.starts_at for slot in between)
        if parted:
            blocks.append([])
        blocks[-1].append(b)
    own = next(block for block in blocks if any(leave is ask for leave in block))
    return hours(slot for slot in slots if any(touches(leave, slot, rules) for leave in own))


def span_of(kind: str, day: date, start: time, end: time, zone: str) -> Stretch:
    """The times of a request on one day; only a night out may run over midnight."""
    last = day + timedelta(days=1) if kind == NIGHT_OUT and end <= start else day
    return Stretch(moment(day, start, zone), moment(last, end, zone))


def objections(ask: Ask, now: datetime, others: Iterable[Timed], course: Timed, rules: Settings) -> tuple[str, ...]:
    """Why a request cannot be sent; none means it can (ATT-08, LEAVE-05).

    `others` are the person's leaves in a COUNTED state, `course` runs from the first session to the last.
    Keys: kind, reversed, before_class, after_class, too_late, overlap, reason_short, reason_long.
    """
    kind = next((known for known in rules.leave.type if known.key == ask.kind), None)
    written = len(ask.reason.strip()) if kind and kind.ask_reason else None
    found = {
        "kind": kind is None,
        "reversed": ask.ends_at <= ask.starts_at,
        "before_class": ask.ends_at <= course.starts_at,
        "after_class": ask.starts_at >= course.ends_at,
        "too_late": now > ask.starts_at + timedelta(hours=rules.leave.back_fill_hours),
        "overlap": ask.kind != WITHDRAW and any(overlap(ask, other) for other in others),
        "reason_short": written is not None and written < SHORTEST_REASON,
        "reason_long": written is not None and written > LONGEST_REASON,
    }
    return tuple(key for key, wrong in found.items() if wrong)


def notice(starts_at: datetime, now: datetime, rules: Settings) -> str:
    """How early a request comes: in time (""), `short_notice` (临时), or `back_fill` after its start (LEAVE-05)."""
    if now > starts_at:
        return "back_fill"
    return "short_notice" if starts_at - now < timedelta(minutes=rules.leave.min_notice_min) else ""


def needs_letter(kind: str, rules: Settings) -> bool:
    """Whether the letter of the sending unit must be shown (LEAVE-01)."""
    return any(status.needs_letter for status in rules.attendance.status if status.key == STATUS.get(kind))


def is_overnight(ask: Ask, rules: Settings, zone: str) -> bool:
    """A night out, or any leave that reaches between dormitory check and waking: 夜间外出或不归寝 (ATT-09)."""
    day = ask.starts_at.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
    while ask.kind != NIGHT_OUT and (dusk := moment(day, rules.closed.dorm_check_from, zone)) < ask.ends_at:
        day += timedelta(days=1)
        if overlap(ask, Stretch(dusk, moment(day, rules.closed.wake, zone))):
            return True
    return ask.kind == NIGHT_OUT


def approvers(kind: str, count: int, rules: Settings, *, night: bool = False, over: bool = False) -> tuple[str, ...]:
    """Who decides first, second, third, as roles (ATT-09).

    `count` are the hours of `level_hours`; `over` means past a limit, which needs the school leader (ATT-08).
    """
    steps = rules.leave.approval
    by_length = next((s for s in steps if not s.overnight and s.max_hours is not None and count <= s.max_hours), None)
    own = next((known.approvers for known in rules.leave.type if known.key == kind), ())
    wanted = set(own or (by_length.approvers if by_length else ROLES))
    wanted |= {who for step in steps if night and step.overnight for who in step.approvers}
    wanted |= {"school_leader"} if over else set()
    return tuple(role for key, role in ROLES.items() if key in wanted)


def unit_is_told(chain: Sequence[str]) -> bool:
    """Whether the sending unit is informed: of everything that goes up to the school leader (ATT-09)."""
    return SCHOOL_LEADER in chain


class Nudge(Struct, frozen=True):
    """A reminder about a request without an answer; `to` is a role, or `deputy`."""

    at: datetime
    to: str


def nudges(asked_at: datetime, approver: str, rules: Settings, deputy: bool = True) -> tuple[Nudge, ...]:
    """Who is reminded of a silent step and when; nothing is ever approved by time (ATT-09).

    The approver after 10 min; after 20 the deputy class teacher, and 20 later the administrator, to whom the step is
    then handed on. Without a deputy the administrator is next; other approvers are reminded twice.
    """
    wait = timedelta(minutes=rules.leave.approver_timeout.escalate_min)
    first = Nudge(asked_at + timedelta(minutes=rules.leave.approver_timeout.remind_min), approver)
    after = (("deputy", ADMIN) if deputy else (ADMIN,)) if approver == CLASS_TEACHER else (approver,)
    return (first, *(Nudge(asked_at + wait * nth, to) for nth, to in enumerate(after, 1)))


def overdue_at(ends_at: datetime, course_ends: datetime, rules: Settings) -> datetime | None:
    """When the class teacher is told that somebody is not back; never after the class (ATT-10)."""
    return ends_at + timedelta(minutes=rules.leave.overdue_alert_min) if ends_at < course_ends else None


def is_away(state: str, leave: Timed, at: datetime) -> bool:
    """Whether a person is on approved leave: not reminded, not chased, not missing (LEAVE-08)."""
    return state in ("approved", "away") and leave.starts_at <= at < leave.ends_at


def may_withdraw(leave: Timed, now: datetime) -> bool:
    """Whether there is still time to take a request back: before it starts (ATT-10)."""
    return now < leave.starts_at


def shortens(leave: Timed, at: datetime) -> bool:
    """Whether a check-in at that moment ends a leave early (ATT-10)."""
    return leave.starts_at <= at < leave.ends_at


def served(leave: Timed, back_at: datetime) -> Stretch:
    """What is left of a leave when the person was back then; hours are fixed by it (ATT-10, section 21)."""
    return Stretch(leave.starts_at, max(leave.starts_at, min(leave.ends_at, back_at)))


class Standing(Struct, frozen=True):
    """Where a leave stands; `chain` are the roles that decide, `step` counts from 0 those who have agreed."""

    state: str
    chain: tuple[str, ...] = ()
    step: int = 0
    handed_on: bool = False
    """The step of the class teacher may be decided by the administrator too (转教务, or no answer)."""
    overdue: bool = False


PERSON, TEACHER, CLOCK = frozenset({TRAINEE, CLASS_TEACHER}), frozenset({CLASS_TEACHER}), frozenset({SYSTEM})
DECIDER = frozenset({APPROVER})

STEPS: dict[tuple[str, str], tuple[frozenset[str], str]] = {
    ("draft", "submit"): (PERSON, "pending"),
    ("pending", "ask_material"): (DECIDER, "need_material"),
    ("need_material", "give_material"): (PERSON, "pending"),
    ("pending", "hand_on"): (TEACHER | CLOCK, "pending"),
    ("pending", "agree"): (DECIDER, "approved"),
    ("pending", "refuse"): (DECIDER, "refused"),
    ("pending", "withdraw"): (PERSON, "cancelled"),
    ("need_material", "withdraw"): (PERSON, "cancelled"),
    ("approved", "withdraw"): (PERSON, "cancelled"),
    ("approved", "start"): (CLOCK, "away"),
    ("away", "come_back"): (frozenset({TRAINEE}), "returned"),
    ("away", "check_in"): (frozenset({TRAINEE}), "returned"),
    ("away", "overdue"): (CLOCK, "away"),
    ("returned", "confirm"): (TEACHER, "closed"),
    ("away", "confirm"): (TEACHER, "closed"),
}
"""State and event, who may, and the state after it (section 21); `agree` leads on only after the last step."""

NEEDS_SENTENCE = frozenset({"refuse"})


def deciders(leave: Standing) -> frozenset[str]:
    """The roles that may decide the step at which a leave stands; none unless it is pending."""
    if leave.state != "pending" or leave.step >= len(leave.chain):
        return frozenset()
    return frozenset({leave.chain[leave.step], ADMIN} if leave.handed_on else {leave.chain[leave.step]})


def next_state(leave: Standing, event: str, who: str) -> Standing | None:
    """Where a leave stands after an event by a role or the `system`; None where the event is refused (LEAVE-04)."""
    may, state = STEPS.get((leave.state, event), (frozenset(), ""))
    if who not in (deciders(leave) if APPROVER in may else may):
        return None
    if event == "agree":
        return _agreed(leave, who)
    known = {
        "submit": not leave.chain,
        "hand_on": leave.handed_on or leave.chain[leave.step : leave.step + 1] != (CLASS_TEACHER,),
        "overdue": leave.overdue,
    }
    if known.get(event, False):
        return None
    return structs.replace(
        leave, state=state, handed_on=leave.handed_on or event == "hand_on", overdue=leave.overdue or event == "overdue"
    )


def _agreed(leave: Standing, who: str) -> Standing:
    """The next step, past those of the same role: nobody is asked twice; or the end."""
    step = leave.step + 1
    while leave.chain[step : step + 1] == (who,):
        step += 1
    state = "pending" if step < len(leave.chain) else "approved"
    return structs.replace(leave, state=state, step=step, handed_on=False)
