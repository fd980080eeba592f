"""Asking for a correction (补签), objecting (有异议), and deciding about it (ATT-16, ATT-11)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct, structs

from actions import claimcards, joint, marks
from actions.access import access_claim_by_id, access_cohort_of, access_own_roll_by_id, need_trainee
from actions.claimcards import GRANTED, KEEP, REFUSED
from chat.messages import Refusal, Rows, button, say
from rules import claims as rules
from rules.attendance import UNMARKED, correction_refused, may_object
from rules.claims import CORRECTION, FINAL, FIRST, OBJECTION, SECOND
from rules.roles import ADMIN, CLASS_TEACHER
from storage import audits, claims, cohorts, rolls, sessions
from storage import marks as kept_marks
from storage.accounts import Me
from storage.claims import Claim
from storage.cohorts import rules_of
from storage.members import Member
from storage.rolls import Roll
from storage.tx import Tx
from texts.render import voice

SHOWN = timedelta(hours=48)
"""How far back one's lists are offered; what is too late is sorted out by the windows themselves."""


class Stand(Struct, frozen=True, kw_only=True):
    """All that decides whether somebody may say something about the own mark in a list."""

    roll: Roll
    status: str
    changed_at: datetime
    """When the mark got the value that it has."""
    chain: tuple[Claim, ...]

    @property
    def waits(self) -> bool:
        return any(claim.is_open for claim in self.chain)

    @property
    def decided(self) -> list[tuple[int, datetime]]:
        """Objections to this mark that were decided: the level, and when."""
        return [(c.level, c.decided_at) for c in self.chain if c.kind == OBJECTION and c.decided_at]

    @property
    def level(self) -> int:
        return rules.level_of(self.decided, self.changed_at)

    @property
    def since(self) -> datetime:
        """When the time for an objection begins: closing, change of the mark, or the first refusal."""
        told = [at for _, at in self.decided if at >= self.changed_at]
        return max([self.roll.closed_at or self.changed_at, self.changed_at, *told])


async def stand_of(tx: Tx, me: Me, roll_id: int) -> Stand:
    """Where the speaker stands in a list; refuses lists in which the speaker is not expected."""
    roll = await access_own_roll_by_id(tx, me, roll_id)
    if roll.state == "cancelled" or (await sessions.get(tx, roll.session_id)).cancelled:
        raise Refusal("claims-cancelled", title=roll.title_in(me.lang))
    mark = await kept_marks.get(tx, roll.id, me.member_id)
    events = [e.at for e in await kept_marks.events_of(tx, roll.id, me.member_id) if e.old != e.new]
    return Stand(
        roll=roll,
        status=mark.status if mark else UNMARKED,
        changed_at=events[-1] if events else roll.opens_at,
        chain=tuple(await claims.of_mark(tx, roll.id, me.member_id)),
    )


async def no_correction(tx: Tx, me: Me, stand: Stand, now: datetime) -> Refusal | None:
    """Why a correction cannot be asked for, in words; None where it can (ATT-16)."""
    roll, title = stand.roll, stand.roll.title_in(me.lang)
    if stand.waits:
        return Refusal("claims-waiting", title=title)
    if marks.state_of(roll, now) in ("planned", "open"):
        return Refusal("claims-still-open", title=title, shuts=roll.shuts_at)
    if stand.status not in rules.CORRECTABLE:
        status = say(f"status-{stand.status}")
        return Refusal("claims-is-fine", buttons=await _instead(tx, me, stand, now), title=title, status=status)
    numbers = await rules_of(tx, me.cohort_id, me.settings_mark)
    before = await claims.count_of(tx, me.member_id, CORRECTION)
    match correction_refused(now, roll.shuts_at, before, numbers):
        case "too_late":
            hours = numbers.attendance.correction_hours
            return Refusal("claims-too-late", buttons=await _instead(tx, me, stand, now), title=title, hours=hours)
        case "too_often":
            times = numbers.attendance.corrections_per_class
            return Refusal("claims-too-often", buttons=await _instead(tx, me, stand, now), times=times)
    return None


async def no_objection(tx: Tx, me: Me, stand: Stand, now: datetime) -> Refusal | None:
    """Why one cannot object, in words; None where one can (ATT-11)."""
    title = stand.roll.title_in(me.lang)
    if stand.waits:
        return Refusal("claims-waiting", title=title)
    if stand.roll.closed_at is None:
        return Refusal("claims-not-closed", title=title)
    if stand.status == UNMARKED:
        return Refusal("claims-undecided", title=title)
    if stand.level == FINAL:
        return Refusal("claims-final", title=title)
    numbers = await rules_of(tx, me.cohort_id, me.settings_mark)
    if not may_object(now, stand.since, numbers):
        return Refusal("claims-object-late", title=title, hours=numbers.attendance.state.dispute_window_hours)
    return None


async def _instead(tx: Tx, me: Me, stand: Stand, now: datetime) -> Rows:
    """[有异议] under a refused correction, where one may object."""
    if await no_objection(tx, me, stand, now) is not None:
        return ()
    return ((button("claims-object", "object", stand.roll.id),),)


async def may_correct(tx: Tx, me: Me, roll_id: int, now: datetime) -> Stand:
    """Refuses, with the reason, what cannot be asked for."""
    stand = await stand_of(tx, me, roll_id)
    if no := await no_correction(tx, me, stand, now):
        raise no
    return stand


async def may_object_to(tx: Tx, me: Me, roll_id: int, now: datetime) -> Stand:
    """Refuses, with the reason, what cannot be objected to."""
    stand = await stand_of(tx, me, roll_id)
    if no := await no_objection(tx, me, stand, now):
        raise no
    return stand


class Offer(Struct, frozen=True, kw_only=True):
    """A list about which something may be said."""

    stand: Stand
    correct: bool
    object: bool


async def offers(tx: Tx, me: Me, now: datetime) -> list[Offer]:
    """The own lists of late for which a correction or an objection is possible now, the newest first."""
    need_trainee(me)
    found = []
    for roll in await rolls.of_cohort(tx, me.cohort_id):
        ended = max(roll.shuts_at, roll.closed_at or roll.shuts_at)
        if roll.opens_at > now or ended < now - SHOWN or (me.joined_at and roll.bell_at < me.joined_at):
            continue
        stand = await stand_of(tx, me, roll.id)
        correct, object = await no_correction(tx, me, stand, now), await no_objection(tx, me, stand, now)
        if correct is None or object is None:
            found.append(Offer(stand=stand, correct=correct is None, object=object is None))
    return found[::-1]


async def ask_correction(tx: Tx, me: Me, roll_id: int, cause: str, words: str, now: datetime) -> Claim:
    """Ask the class teacher to put the own mark right; at most twice a class, within 24 h (ATT-16)."""
    stand = await may_correct(tx, me, roll_id, now)
    known = cause if cause in rules.CAUSES else "other"
    return await _put_in(tx, me, stand, words, now, kind=CORRECTION, cause=known, level=FIRST)


async def object_to(tx: Tx, me: Me, roll_id: int, words: str, now: datetime) -> Claim:
    """Object to the own mark in a closed list; after the class teacher's decision the administrator looks (ATT-11)."""
    stand = await may_object_to(tx, me, roll_id, now)
    return await _put_in(tx, me, stand, words, now, kind=OBJECTION, cause="", level=stand.level)


async def _put_in(
    tx: Tx, me: Me, stand: Stand, words: str, now: datetime, *, kind: str, cause: str, level: int
) -> Claim:  # fmt: skip
    if not rules.is_sentence(words):
        raise Refusal("claims-sentence", least=rules.SHORTEST, most=rules.LONGEST)
    wanted = Claim(roll_id=stand.roll.id, member_id=me.member_id, kind=kind, cause=cause, words=" ".join(words.split()),
                   level=level, asked_at=now, old=stand.status)  # fmt: skip
    id = await claims.add(tx, wanted)
    if id is None:
        raise Refusal("claims-waiting", title=stand.roll.title_in(me.lang))
    claim = structs.replace(wanted, id=id)
    await audits.add(tx, now, f"claim-{kind}", f"claim:{id}", who=me.account_id, cohort_id=me.cohort_id,
                     old=stand.status, why=claim.words)  # fmt: skip
    await claimcards.hand_out(tx, claim, me.cohort_id, now)
    return claim


async def open_for(tx: Tx, me: Me) -> list[Claim]:
    """What waits for the speaker: the class teacher's, the administrator's, or both."""
    cohort = await access_cohort_of(tx, me)
    levels = (*((FIRST,) if CLASS_TEACHER in me.roles else ()), *((SECOND,) if ADMIN in me.roles else ()))
    return await claims.open_of_cohort(tx, cohort.id, levels) if levels else []


async def to_decide(tx: Tx, me: Me, claim_id: int) -> Claim:
    """A claim that the speaker may decide now; whoever comes second is told what stands."""
    claim = await access_claim_by_id(tx, me, claim_id)
    if not claim.is_open:
        raise Refusal("claims-was-decided", decision=await claimcards.decision(tx, claim, me.cohort_id))
    if claim.level == SECOND and ADMIN not in me.roles:
        raise Refusal("claims-for-the-office")
    if claim.level == FIRST and CLASS_TEACHER not in me.roles:
        raise Refusal("claims-for-the-teacher")
    return claim


async def decide(tx: Tx, me: Me, claim_id: int, verdict: str, words: str, now: datetime) -> Claim:
    """Grant a status, or keep the mark with a sentence why; the person is told, all cards show it (ATT-11)."""
    claim = await to_decide(tx, me, claim_id)
    roll, member = await claimcards.roll_and_member(tx, claim)
    mark = await kept_marks.get(tx, roll.id, member.id)
    before = mark.status if mark else UNMARKED
    refused = verdict == KEEP
    if not refused and verdict not in rules.CHOICES:
        raise Refusal("refusals-not-here")
    if refused and not rules.is_sentence(words):
        raise Refusal("claims-why", least=rules.SHORTEST, most=rules.LONGEST)
    state, new = (REFUSED, before) if refused else (GRANTED, verdict)
    if not await claims.set_decided(tx, claim.id, state, new, words.strip(), me.account_id, now):
        await to_decide(tx, me, claim.id)  # somebody was faster by a moment: says what stands now
        raise Refusal("refusals-not-here")
    if new != before:
        event = "objection" if claim.kind == OBJECTION else "decide"
        reason = _reason(claim, member, words.strip())
        await marks.decide(tx, me, roll, member, new, now, reason=reason, event=event)
    done = structs.replace(claim, state=state, new=new, answer=words.strip(), decided_by=me.account_id, decided_at=now)
    await audits.add(tx, now, f"claim-{state}", f"claim:{claim.id}", who=me.account_id, cohort_id=roll.cohort_id,
                     old=before, new=new, why=done.answer)  # fmt: skip
    if new == before or marks.state_of(roll, now) != "closed":  # else the change itself has told
        await _tell(tx, done, roll, member, now)
    await claimcards.repaint(tx, done, now)
    return done


def _reason(claim: Claim, member: Member, words: str) -> str:
    """The reason kept with the change of a mark, in the person's language: what was asked, what was answered."""
    key = "claims-reason-correction" if claim.kind == CORRECTION else "claims-reason-objection"
    return voice(member.lang, "UTC").plain(say(key, words=words or claim.words))


async def _tell(tx: Tx, claim: Claim, roll: Roll, member: Member, now: datetime) -> None:
    """Tell the person privately; what can still be done stands below as a button."""
    to = await marks.addressee_of(tx, member, now)
    if to is None:
        return
    title, status = roll.title_in(to.lang), say(f"status-{claim.new}")
    text = say("claims-told-granted", title=title, status=status)
    if claim.state != GRANTED:
        key = "claims-told-final" if claim.level == SECOND else "claims-told-kept"
        text = say(key, title=title, status=status, answer=claim.answer)
    numbers, below = (await cohorts.get(tx, roll.cohort_id)).rules, after_refusal(claim, roll)
    await joint.tell(tx, to, numbers, text, now, once=f"claim-told:{claim.id}", buttons=below)


def after_refusal(claim: Claim, roll: Roll) -> Rows:
    """[交教务再看] after the class teacher refused an objection; [有异议] after a refused correction."""
    if claim.state != REFUSED or claim.level == SECOND or roll.closed_at is None or claim.new == UNMARKED:
        return ()
    label = "claims-to-the-office" if claim.kind == OBJECTION else "claims-object"
    return ((button(label, "object", roll.id),),)
