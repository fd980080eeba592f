"""The leave form: a draft that grows step by step, what is still missing, and sending it (ATT-08, LEAVE-09)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from actions import leave_steps as steps
from actions import leaves as deeds
from actions.access import need_trainee
from actions.leaves import KINDS, Weighed
from chat.messages import Refusal
from rules import leaves as rules_of_leave
from rules.attendance import HERE
from rules.leave_times import Offer, offers, read_times
from rules.leaves import LONGEST_REASON, SHORTEST_REASON, WITHDRAW, Ask, Stretch, needs_letter, next_state
from rules.roles import ADMIN, CLASS_TEACHER, TRAINEE
from storage import audits, leaves, marks, rolls, sessions
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.leaves import PAPER, PHONE, SELF, Filed, Leave, LeaveEvent
from storage.members import Member
from storage.tx import Tx

LONGEST_PLACE = 60
PROBLEMS = {"unclear": "leaves-time-unclear", "half": "leaves-time-half", "reversed": "leaves-time-reversed"}
"""Why typed times are not taken."""
WRONG = {
    "kind": "refusals-not-here", "reversed": "leaves-time-reversed", "before_class": "leaves-before-class",
    "after_class": "leaves-after-class", "too_late": "leaves-too-late", "overlap": "leaves-overlap",
    "reason_short": "leaves-reason-short", "reason_long": "leaves-reason-long",
}  # fmt: skip
"""Why a request cannot be sent (rules.leaves.objections)."""


async def begin(tx: Tx, me: Me, kind: str, now: datetime) -> Leave:
    """A trainee begins a request."""
    return await _begin(tx, me.cohort_id, need_trainee(me), kind, SELF, None, now)


async def begin_for(tx: Tx, me: Me, member: Member, kind: str, source: str, now: datetime) -> Leave:
    """Staff begin a request for somebody, from paper or telephone (LEAVE-09)."""
    if source not in (PAPER, PHONE) or member.seat_no is None or member.left_at is not None:
        raise Refusal("refusals-not-here")
    return await _begin(tx, member.cohort_id, member.id, kind, source, me.member_id or None, now)


async def _begin(
    tx: Tx, cohort_id: int, member_id: int, kind: str, source: str, entered_by: int | None, now: datetime
) -> Leave:  # fmt: skip
    if kind not in KINDS:
        raise Refusal("refusals-not-here")
    leave = await leaves.begin(tx, cohort_id, member_id, kind, source, entered_by, now)
    course = await deeds.course_of(tx, cohort_id)
    if kind == WITHDRAW:
        if course is None or now >= course.ends_at:
            raise Refusal("leaves-after-class")
        await leaves.set_times(tx, leave.id, Stretch(now.replace(second=0, microsecond=0), course.ends_at))
    return await leaves.get(tx, leave.id) or leave


async def offered(tx: Tx, cohort: Cohort, leave: Leave, now: datetime) -> list[Offer]:
    """The times that may be chosen with one tap."""
    table = await sessions.of_cohort(tx, cohort.id)
    return offers(table, leave.kind, now, cohort.rules, cohort.timezone, await _is_here(tx, leave, now))


async def _is_here(tx: Tx, leave: Leave, now: datetime) -> bool:
    """Whether the person is marked as here in the session that is on: then the leave begins now."""
    for session in await sessions.of_cohort(tx, leave.cohort_id):
        if session.starts_at <= now < session.ends_at and not session.cancelled:
            roll = await rolls.of_session(tx, session.id)
            mark = await marks.get(tx, roll.id, leave.member_id) if roll else None
            if mark is not None and mark.status in HERE:
                return True
    return False


async def set_when(tx: Tx, cohort: Cohort, leave: Leave, when: Stretch, at: datetime) -> Leave:
    """Put the times into a draft; refuses in words what cannot be (LEAVE-05)."""
    _need_draft(leave)
    await _check(tx, cohort, leave, Ask(kind=leave.kind, starts_at=when.starts_at, ends_at=when.ends_at,
                                        reason="-" * SHORTEST_REASON), at)  # fmt: skip
    await leaves.set_times(tx, leave.id, when)
    return await leaves.get(tx, leave.id) or leave


async def set_typed_when(tx: Tx, cohort: Cohort, leave: Leave, text: str, at: datetime) -> Leave:
    """Read typed times into a draft."""
    table = await sessions.of_cohort(tx, cohort.id)
    found = read_times(text, leave.kind, at, table, cohort.timezone)
    if found.when is None:
        raise Refusal(PROBLEMS[found.problem])
    return await set_when(tx, cohort, leave, found.when, at)


async def set_place(tx: Tx, leave: Leave, place: str) -> Leave:
    """Where to and with whom."""
    _need_draft(leave)
    plain = " ".join(place.split())
    if not 2 <= len(plain) <= LONGEST_PLACE:
        raise Refusal("leaves-place-short")
    await leaves.set_place(tx, leave.id, plain)
    return await leaves.get(tx, leave.id) or leave


async def set_reason(tx: Tx, leave: Leave, reason: str) -> Leave:
    """The reason, in 5 to 200 characters."""
    _need_draft(leave)
    plain = " ".join(reason.split())
    if len(plain) < SHORTEST_REASON:
        raise Refusal("leaves-reason-short")
    if len(plain) > LONGEST_REASON:
        raise Refusal("leaves-reason-long")
    await leaves.set_reason(tx, leave.id, plain)
    return await leaves.get(tx, leave.id) or leave


async def set_letter(tx: Tx, leave: Leave, photo: str) -> Leave:
    """The photo of the sending unit's letter."""
    _need_draft(leave)
    await leaves.set_letter(tx, leave.id, photo)
    return await leaves.get(tx, leave.id) or leave


def _need_draft(leave: Leave) -> None:
    if leave.state != "draft":
        raise Refusal("leaves-sent-already")


class Need(Struct, frozen=True):
    """What a draft still wants: `when`, `place`, `reason`, `letter`, or nothing; with its weight once it has times."""

    step: str
    weighed: Weighed | None = None


async def missing(tx: Tx, cohort: Cohort, leave: Leave, *, letter_later: bool = False) -> Need:
    """The next thing to ask. A sick leave is asked for no reason, unless it passes a limit (ATT-08, RULE-6)."""
    if leave.starts_at is None:
        return Need("when")
    if not leave.place and leave.kind != WITHDRAW:
        return Need("place")
    weight = await deeds.weighed(tx, cohort, leave)
    over = weight.over and weight.balance.asked > 0
    if not leave.reason and (over or _asks_reason(cohort, leave.kind)):
        return Need("reason", weight)
    if not leave.letter and not letter_later and needs_letter(leave.kind, cohort.rules):
        return Need("letter", weight)
    return Need("", weight)


def _asks_reason(cohort: Cohort, kind: str) -> bool:
    return any(known.key == kind and known.ask_reason for known in cohort.rules.leave.type)


async def _check(tx: Tx, cohort: Cohort, leave: Leave, ask: Ask, at: datetime) -> None:
    """Refuse what the rules object to, the first objection in words with the next step."""
    course = await deeds.course_of(tx, cohort.id)
    if course is None:
        raise Refusal("leaves-after-class")
    others = await deeds.in_the_way(tx, leave)
    wrong = rules_of_leave.objections(ask, at, others, course, cohort.rules)
    if not wrong:
        return
    other = next((o for o in others if rules_of_leave.overlap(ask, o)), None) if wrong[0] == "overlap" else None
    local = at.astimezone(ZoneInfo(cohort.timezone))
    raise Refusal(WRONG[wrong[0]], hours=cohort.rules.leave.back_fill_hours, at=ask.starts_at, today=local.date(),
                  start=other.starts_at if other else None, end=other.ends_at if other else None)  # fmt: skip


async def submit(tx: Tx, me: Me, leave: Leave, at: datetime, now: datetime) -> Leave:
    """[提交请假]: judged by the time of the message (RULE-4); the first step is asked at once."""
    _need_draft(leave)
    cohort = await deeds.cohort_of(tx, leave)
    need = await missing(tx, cohort, leave, letter_later=True)
    if need.step or need.weighed is None:
        raise Refusal("leaves-not-ready")
    when = leave.stretch
    await _check(tx, cohort, leave, Ask(kind=leave.kind, starts_at=when.starts_at, ends_at=when.ends_at,
                                        reason=leave.reason), at)  # fmt: skip
    role = TRAINEE if leave.source == SELF else CLASS_TEACHER
    if next_state(structs.replace(leave.standing, chain=need.weighed.chain), "submit", role) is None:
        raise Refusal("leaves-sent-already")
    early = "" if leave.kind == WITHDRAW else rules_of_leave.notice(when.starts_at, at, cohort.rules)
    balance = need.weighed.balance
    filed = Filed(chain=" ".join(need.weighed.chain), hours=balance.asked, total=balance.total, notice=early)
    if not await leaves.set_filed(tx, leave.id, filed, now):
        raise Refusal("leaves-sent-already")
    as_role = role if role == TRAINEE or CLASS_TEACHER in me.roles else ADMIN
    await leaves.add_event(tx, LeaveEvent(leave_id=leave.id, at=now, who=me.account_id, act="submit", role=as_role,
                                          old="draft", new="pending"))  # fmt: skip
    await audits.add(tx, now, "leave-submit", f"leave:{leave.id}", who=me.account_id, cohort_id=leave.cohort_id,
                     old="draft", new="pending")  # fmt: skip
    sent = await leaves.get(tx, leave.id) or leave
    await steps.wait_for_decision(tx, sent, now)
    for session in need.weighed.missed:
        roll = await rolls.of_session(tx, session.id)
        if roll is not None:
            await rolls.stir(tx, roll.id, now)
    return sent
