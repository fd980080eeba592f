"""What a claim about a mark looks like to those who decide it: a card, edited in place for all of them at once."""

from __future__ import annotations

from datetime import datetime

from actions.people import in_rows, who_where
from actions.post import show
from chat.messages import Lines, Message, Rows, Say, button, lines, say
from rules.attendance import UNMARKED
from rules.claims import CORRECTION, SECOND, choices
from rules.roles import ADMIN, CLASS_TEACHER
from storage import accounts, cards, claims, marks, members, rolls
from storage.accounts import Me, Reader
from storage.claims import Claim
from storage.marks import Evidence, Mark
from storage.members import Member
from storage.rolls import Roll
from storage.tx import Tx

KEEP = "keep"
"""The verdict that refuses: the mark stays as it is."""
GRANTED, REFUSED = "granted", "refused"
CAUSES = {
    "phone": "claims-cause-phone", "network": "claims-cause-network", "forgot": "claims-cause-forgot",
    "other": "claims-cause-other",
}  # fmt: skip
SOURCES = {
    "self": "claims-source-self", "leader": "claims-source-leader", "staff": "claims-source-staff",
    "paper": "claims-source-paper",
}  # fmt: skip
SOURCES_SHOWN = 3


async def deciders(tx: Tx, cohort_id: int, level: int, now: datetime) -> list[Reader]:
    """Who decides at a level: the class teachers; then the administrators of the class and of the school."""
    role = ADMIN if level == SECOND else CLASS_TEACHER
    found = [a.reader for a in await members.addressees(tx, cohort_id, now)
             if a.account_id and a.blocked_at is None and role in a.role_set]  # fmt: skip
    school = await accounts.admins(tx) if level == SECOND else []
    return list({reader.account_id: reader for reader in (*school, *found)}.values())


async def hand_out(tx: Tx, claim: Claim, cohort_id: int, now: datetime) -> None:
    """A new claim comes at once to everybody who may decide it."""
    for reader in await deciders(tx, cohort_id, claim.level, now):
        await show(tx, _key(claim.id, reader.account_id), reader, await card(tx, claim, reader), now)


async def repaint(tx: Tx, claim: Claim, now: datetime) -> None:
    """Bring all copies of the card up to date."""
    roll, _ = await roll_and_member(tx, claim)
    for reader in await cards.holders(tx, _key(claim.id, ""), roll.cohort_id, {CLASS_TEACHER, ADMIN}, now):
        await show(tx, _key(claim.id, reader.account_id), reader, await card(tx, claim, reader), now)


async def present(tx: Tx, me: Me, claim: Claim, now: datetime) -> None:
    """Show somebody the card anew, at the foot of the chat."""
    key = _key(claim.id, me.account_id)
    await cards.lift(tx, key)
    await show(tx, key, me.reader, await card(tx, claim, me.reader), now)


def _key(claim_id: int, account_id: int | str) -> str:
    return f"claim:{claim_id}:{account_id}"


async def card(tx: Tx, claim: Claim, to: Reader) -> Message:
    """Who, which list, what stands there, what else is known, why; then the decisions as buttons, or the decision."""
    roll, member = await roll_and_member(tx, claim)
    mark = await marks.get(tx, roll.id, member.id)
    status = mark.status if mark else UNMARKED
    others = [e for e in await marks.evidence_of(tx, roll.id) if e.member_id == member.id][-SOURCES_SHOWN:]
    text = lines(
        _head(claim),
        say("claims-card-who", who=who_where(member), title=roll.title_in(to.lang), day=_day(roll, to),
            at=roll.bell_at),
        _stands(mark) if claim.is_open else say("claims-card-old", status=say(f"status-{claim.old}")),
        say("claims-card-others", what=[_other(e) for e in others]) if others else None,
        say("claims-card-cause", cause=say(CAUSES[claim.cause])) if claim.kind == CORRECTION else None,
        say("claims-card-words", words=claim.words),
        await _before(tx, claim),
        await decision(tx, claim, roll.cohort_id) if not claim.is_open else None,
    )  # fmt: skip
    return Message(text, _verdicts(claim, status) if claim.is_open else ())


def _head(claim: Claim) -> Say:
    if claim.kind == CORRECTION:
        return say("claims-card-correction")
    return say("claims-card-second" if claim.level == SECOND else "claims-card-objection")


def _day(roll: Roll, to: Reader) -> object:
    return roll.bell_at.astimezone(to.voice.zone).date()


def _stands(mark: Mark | None) -> Lines:
    status = say(f"status-{mark.status if mark else UNMARKED}")
    came = say("claims-card-came", at=mark.arrived_at) if mark and mark.arrived_at else None
    if mark is None or mark.status == UNMARKED:
        return lines(say("claims-card-empty", status=status), came)
    source = say(SOURCES.get(mark.source, "claims-source-other"))
    return lines(say("claims-card-stands", status=status, at=mark.at, source=source), came)


def _other(found: Evidence) -> Say:
    source = say(SOURCES.get(found.source, "claims-source-other"))
    return say("claims-card-other", source=source, status=say(f"status-{found.status}"), at=found.at)


async def _before(tx: Tx, claim: Claim) -> Say | None:
    """For the second look: what was said the first time, and what the class teacher answered."""
    if claim.level != SECOND:
        return None
    chain = [c for c in await claims.of_mark(tx, claim.roll_id, claim.member_id)
             if c.kind == claim.kind and c.id != claim.id and c.decided_at]  # fmt: skip
    return say("claims-card-before", words=chain[-1].words, answer=chain[-1].answer or "–") if chain else None


async def decision(tx: Tx, claim: Claim, cohort_id: int) -> Say:
    """What was decided, by whom, when."""
    who = await _name_of(tx, cohort_id, claim.decided_by)
    status = say(f"status-{claim.new}")
    if claim.state == REFUSED:
        return say("claims-decision-kept", who=who, at=claim.decided_at, status=status, answer=claim.answer)
    return say("claims-decision-granted", who=who, at=claim.decided_at, status=status)


async def _name_of(tx: Tx, cohort_id: int, account_id: int | None) -> str | Say:
    """Who decided, by name; a guest of the school's office as that."""
    own = await members.of_account(tx, account_id or 0)
    return next((m.name for m in own if m.cohort_id == cohort_id), say("claims-the-office"))


def _verdicts(claim: Claim, status: str) -> Rows:
    grants = [button(say(f"status-{new}"), "claim", claim.id, new) for new in choices(status)]
    keep = button(say("claims-keep", status=say(f"status-{status}")), "claim", claim.id, KEEP)
    return (*in_rows(grants, 3), (keep,))


async def roll_and_member(tx: Tx, claim: Claim) -> tuple[Roll, Member]:
    """The list and the person that a claim is about."""
    roll, member = await rolls.get(tx, claim.roll_id), await members.get(tx, claim.member_id)
    if roll is None or member is None:
        raise LookupError(f"claim {claim.id} is about nothing")
    return roll, member
