"""Checking in: by the digits on the screen, by its QR link, or by the word alone (ATT-02, ATT-04, ATT-19)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct, structs

from actions import leave_checkins, leave_steps
from actions.access import need_trainee
from chat.messages import Refusal, button
from rules.access_codes import code as draw_code
from rules.access_codes import digits, fits, minute_of
from rules.checkins import Arrival, bands_of, judge
from rules.settings import Settings
from storage import accounts, marks, outages, rolls
from storage.accounts import Me
from storage.cohorts import rules_of
from storage.marks import SELF, UNMARKED, Mark
from storage.rolls import Roll
from storage.tx import Tx

CODE, TAP = "code", "tap"
LINK_DIGITS = 8
OLD_CODE = "prev"
"""The flag of a mark that was made with the digits of the minute before."""
GUESSING = timedelta(minutes=20)
"""Wrong digits of this time are counted."""


class Checked(Struct, frozen=True):
    """What a check-in came to: the list, the mark that stands, and whether it stood before."""

    roll: Roll
    status: str
    at: datetime
    again: bool = False
    late_after: int = 15
    """After how many minutes an arrival is the teacher's to judge."""
    back: bool = False
    """A leave ended with it (ATT-10)."""


def by_word(roll: Roll, rules: Settings) -> bool:
    """Whether the word alone is enough for a list (ATT-02 `tap`)."""
    return roll.mode == TAP or (roll.mode == CODE and rules.attendance.tap_allowed)


def is_marked(roll: Roll) -> bool:
    """Whether the asker has a final mark in the list."""
    return roll.status not in (None, UNMARKED)


async def open_lists(tx: Tx, me: Me, at: datetime) -> list[Roll]:
    """The lists that were open at the time of the message and that expect this person (ATT-17)."""
    if me.joined_at is not None and at < me.joined_at:
        return []
    found = await rolls.open_at(tx, me.cohort_id, need_trainee(me), at)
    free = [await leave_checkins.is_free(tx, me, roll, at) for roll in found]
    return [structs.replace(r, status=UNMARKED, marked_at=None) if f else r for r, f in zip(found, free, strict=True)]


async def check_in(tx: Tx, me: Me, at: datetime, now: datetime) -> Checked | None:
    """Check in by the word alone, judged by the time of the message (ATT-05). None: this list wants its digits."""
    found = await open_lists(tx, me, at)
    own = [roll for roll in found if roll.mode in (CODE, TAP)]
    if not own:
        await _refuse(tx, me, at, found)
    unmarked = [roll for roll in own if not is_marked(roll)]
    if not unmarked:
        await leave_checkins.refuse_where_away(tx, me, own[0], at)
        return Checked(own[0], own[0].status or "", own[0].marked_at or at, again=True)
    for roll in unmarked:
        if by_word(roll, await rules_of(tx, me.cohort_id, me.settings_mark)):
            return await _mark(tx, me, roll, at, now)
    return None


async def waits_for_digits(tx: Tx, me: Me, at: datetime) -> bool:
    """Whether a code list is open in which this person is not marked yet (UI-01)."""
    return any(roll.mode == CODE and not is_marked(roll) for roll in await open_lists(tx, me, at))


async def check_in_with(tx: Tx, me: Me, typed: str, at: datetime, now: datetime) -> Checked | None:
    """Check in with the digits on the screen. None: no code list waits for this person: they mean something else."""
    found = [roll for roll in await open_lists(tx, me, at) if roll.mode == CODE]
    waiting = [roll for roll in found if not is_marked(roll)]
    plain = digits(typed) or typed
    if not waiting:
        return await _again_with(tx, me, found, plain, at, now)
    await _no_guessing(tx, me, now)
    for roll in waiting:
        if await _fits(tx, me, roll, plain, at):
            return await _mark(tx, me, roll, at, now, await _flags(tx, me, roll, plain, at))
    await _wrong(tx, me, now)
    return None


async def check_in_by_link(tx: Tx, me: Me, roll_id: int, typed: str, at: datetime, now: datetime) -> Checked:
    """Check in with the QR code of the screen: the list's id and a token of the same minute."""
    found = await open_lists(tx, me, at)
    roll = next((r for r in found if r.id == roll_id), None)
    if roll is None:
        await _refuse(tx, me, at, found)
        raise Refusal("checkins-none-today")
    fresh = await _fits(tx, me, roll, typed, at, LINK_DIGITS)
    if is_marked(roll):
        return await _second(tx, me, roll, at, now) if fresh else _as_it_stands(roll, at)
    if not fresh:
        raise Refusal("checkins-link-old")
    return await _mark(tx, me, roll, at, now, await _flags(tx, me, roll, typed, at, LINK_DIGITS))


async def _again_with(tx: Tx, me: Me, found: list[Roll], plain: str, at: datetime, now: datetime) -> Checked | None:
    """Somebody who is marked already sends the right digits. None: they are other digits, and mean something else."""
    for roll in found:
        if await _fits(tx, me, roll, plain, at):
            return await _second(tx, me, roll, at, now)
    return None


async def _second(tx: Tx, me: Me, roll: Roll, at: datetime, now: datetime) -> Checked:
    """The first mark stands; where another had entered it, the own check-in is kept beside it (ATT-20)."""
    await leave_checkins.refuse_where_away(tx, me, roll, at)
    numbers = (await rules_of(tx, me.cohort_id, me.settings_mark)).attendance
    standing = await marks.get(tx, roll.id, me.member_id)
    status = judge(at, roll.bell_at, bands_of(numbers)).status
    if standing is not None and standing.source != SELF and standing.status != status:
        await marks.keep_evidence(
            tx, Mark(roll_id=roll.id, member_id=me.member_id, status=status, at=at, source=SELF)
        )  # fmt: skip
        await rolls.stir(tx, roll.id, now)
    return _as_it_stands(roll, at)


def _as_it_stands(roll: Roll, at: datetime) -> Checked:
    return Checked(roll, roll.status or "", roll.marked_at or at, again=True)


def screen_code(roll: Roll, rules: Settings, now: datetime) -> str:
    """The digits that stand on the screen now (ATT-19)."""
    numbers = rules.attendance
    return draw_code(roll.secret, roll.id, minute_of(now, numbers.code_seconds), numbers.code_digits)


def link_payload(roll: Roll, rules: Settings, now: datetime) -> str:
    """What stands behind `?start=` in the QR code of this minute."""
    minute = minute_of(now, rules.attendance.code_seconds)
    return f"c{roll.id}_{draw_code(roll.secret, roll.id, minute, LINK_DIGITS)}"


async def _fits(tx: Tx, me: Me, roll: Roll, typed: str, at: datetime, length: int = 0) -> bool:
    numbers = (await rules_of(tx, me.cohort_id, me.settings_mark)).attendance
    gap = await outages.around(tx, at)
    return fits(
        typed, roll.secret, roll.id, at, steps=numbers.code_valid_steps, seconds=numbers.code_seconds,
        digits=length or numbers.code_digits, outage=(gap.starts_at, gap.ends_at) if gap else None,
    )  # fmt: skip


async def _flags(tx: Tx, me: Me, roll: Roll, typed: str, at: datetime, length: int = 0) -> str:
    """`prev` where the digits were those of the minute before: for the teacher's hint only (ATT-18)."""
    numbers = (await rules_of(tx, me.cohort_id, me.settings_mark)).attendance
    wide = length or numbers.code_digits
    if fits(typed, roll.secret, roll.id, at, steps=1, seconds=numbers.code_seconds, digits=wide):
        return ""
    return "" if await outages.around(tx, at) else OLD_CODE


async def _mark(tx: Tx, me: Me, roll: Roll, at: datetime, now: datetime, flags: str = "") -> Checked:
    numbers = (await rules_of(tx, me.cohort_id, me.settings_mark)).attendance
    arrival, late_after = judge(at, roll.bell_at, bands_of(numbers)), numbers.late_until_min
    if arrival is Arrival.FOR_THE_TEACHER and roll.status == UNMARKED and roll.marked_at:
        return Checked(roll, UNMARKED, roll.marked_at, again=True, late_after=late_after)
    back = me.away and await leave_steps.come_back_by_check_in(tx, me, at, now)
    wanted = Mark(roll_id=roll.id, member_id=me.member_id, status=arrival.status, at=at, arrived_at=at, source=SELF,
                  flags=flags)  # fmt: skip
    kept = await marks.add(tx, wanted)
    if kept is None and back:
        kept = await leave_checkins.put_over_leave(tx, wanted)
    if kept is None:
        standing = await marks.get(tx, roll.id, me.member_id)
        if back:  # the leave took more of it than a late arrival may miss: the teacher decides
            return Checked(roll, UNMARKED, at, late_after=late_after, back=True)
        return Checked(roll, standing.status if standing else UNMARKED, standing.at if standing else at, again=True)
    await marks.add_event(tx, kept, roll.status or UNMARKED, me.account_id, now)
    await rolls.stir(tx, roll.id, now)
    return Checked(roll, kept.status, kept.at, late_after=late_after, back=back)


async def _no_guessing(tx: Tx, me: Me, now: datetime) -> None:
    """Far beyond any honest number of tries, nothing is compared any more: the leader or the teacher helps."""
    numbers = (await rules_of(tx, me.cohort_id, me.settings_mark)).attendance
    if await accounts.attempts(tx, me.account_id, "digits", now - GUESSING) >= 3 * numbers.code_tries:
        raise Refusal("checkins-ask-leader")


async def _wrong(tx: Tx, me: Me, now: datetime) -> None:
    tries = await accounts.attempts(tx, me.account_id, "digits", now - GUESSING) + 1
    numbers = (await rules_of(tx, me.cohort_id, me.settings_mark)).attendance
    raise Refusal("checkins-ask-leader" if tries >= numbers.code_tries else "checkins-wrong-digits", counts="digits")


async def _refuse(tx: Tx, me: Me, at: datetime, found: list[Roll]) -> None:
    """Say why there is nothing to check in to, and what to do (UI-08)."""
    if found:
        raise Refusal("checkins-called", title=found[0].title_in(me.lang))
    shut = await rolls.last_before(tx, me.cohort_id, me.member_id, at, at - timedelta(hours=2))
    if shut is not None and shut.mode in (CODE, TAP):
        if is_marked(shut):
            raise Refusal("checkins-was-marked", title=shut.title_in(me.lang), at=shut.marked_at)
        correct = ((button("claims-correct", "correct", shut.id),),)
        raise Refusal("checkins-closed", buttons=correct, title=shut.title_in(me.lang), shut=shut.shuts_at)
    coming = await rolls.next_after(tx, me.cohort_id, at)
    if coming is None:
        raise Refusal("checkins-none")
    day = coming.opens_at.astimezone(me.voice.zone).date()
    if day != at.astimezone(me.voice.zone).date():
        raise Refusal("checkins-none-today-next", day=day, opens=coming.opens_at)
    raise Refusal("checkins-too-early", opens=coming.opens_at, title=coming.title_in(me.lang))
