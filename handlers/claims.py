"""[申请补签] and [有异议] for the person, and the cards on which teacher and office decide (ATT-16, ATT-11)."""

from __future__ import annotations

from actions import claimcards
from actions import claims as deeds
from actions.access import access_claim_by_id
from actions.claimcards import CAUSES, KEEP
from actions.people import in_rows, who_where
from chat.events import Event, Tap, Text
from chat.messages import Button, Keyboard, Reply, Rows, Say, button, lines, say
from chat.turns import on_command, on_step, on_tap, on_word
from handlers import menus
from handlers.turns import Turn
from rules.roles import ADMIN, CLASS_TEACHER, TRAINEES
from storage import claims
from storage.claims import Claim

OFFICE = frozenset({CLASS_TEACHER, ADMIN})
WORDS, ANSWER = "claims-words", "claims-answer"
LISTS, OWN = 6, 3
BACK = Keyboard(((say("menu-back"),),))
WHYS = {"absent": "claims-why-absent", "late": "claims-why-late", "leader": "claims-why-leader"}
"""Quick answers with which a claim is refused."""


async def here(turn: Turn, said: Event) -> Reply:
    """The words 补签 and 异议: what waits for staff; for a trainee what can be asked."""
    return await waiting(turn, said) if turn.me.roles & OFFICE else await offer(turn, said)


# ---- the person ------------------------------------------------------------------------------------------


async def offer(turn: Turn, said: Event) -> Reply:
    """The own lists of late with [申请补签] and [有异议] where possible, and what was asked already."""
    found = (await deeds.offers(turn.tx, turn.me, turn.now))[:LISTS]
    own = (await claims.of_member(turn.tx, turn.me.member_id))[-OWN:]
    head = say("claims-offer") if found else say("claims-nothing")
    rows = [tuple(_asks(turn, one)) for one in found]
    rows += [(button(await _line(turn, claim), "claim", claim.id),) for claim in own]
    return Reply(lines(head, say("claims-own") if own else None), tuple(rows))


def _asks(turn: Turn, one: deeds.Offer) -> list[Button]:
    roll, status = one.stand.roll, say(f"status-{one.stand.status}")
    title = roll.title_in(turn.me.lang)
    correct = button(say("claims-offer-correct", title=title, status=status), "correct", roll.id)
    object = button(say("claims-offer-object", title=title, status=status), "object", roll.id)
    return [*([correct] if one.correct else []), *([object] if one.object else [])]


async def _line(turn: Turn, claim: Claim) -> Say:
    roll, _ = await claimcards.roll_and_member(turn.tx, claim)
    kind = say("claims-correct") if claim.kind == "correction" else say("claims-object")
    state = say("claims-state-open") if claim.is_open else say(f"status-{claim.new}")
    return say("claims-own-line", title=roll.title_in(turn.me.lang), kind=kind, state=state)


async def correct(turn: Turn, said: Tap) -> Reply:
    """[申请补签] (`correct:<list>[:<cause>]`): what went wrong, as buttons; then one sentence."""
    stand = await deeds.may_correct(turn.tx, turn.me, said.number(), turn.now)
    title, cause = stand.roll.title_in(turn.me.lang), said.args[1] if len(said.args) > 1 else ""
    if cause in CAUSES:
        memo = {"list": stand.roll.id, "cause": cause}
        return Reply(say("claims-write", title=title), keyboard=BACK, then=WORDS, memo=memo)
    cells = (button(key, "correct", stand.roll.id, cause) for cause, key in CAUSES.items())
    status = say(f"status-{stand.status}")
    return Reply(say("claims-cause", title=title, at=stand.roll.bell_at, status=status), in_rows(cells))


async def object_to(turn: Turn, said: Tap) -> Reply:
    """[有异议], and [交教务再看] (`object:<list>`): one sentence."""
    stand = await deeds.may_object_to(turn.tx, turn.me, said.number(), turn.now)
    key = "claims-object-write" if stand.level == 1 else "claims-object-again"
    text = say(key, title=stand.roll.title_in(turn.me.lang), status=say(f"status-{stand.status}"))
    return Reply(text, keyboard=BACK, then=WORDS, memo={"list": stand.roll.id})


async def words(turn: Turn, said: Event) -> Reply:
    """The sentence: with it the request is sent."""
    memo = turn.talk.memo
    if not isinstance(said, Text):
        return Reply(say("claims-only-words"), keyboard=BACK, then=WORDS, memo=memo)
    stand, cause = await deeds.stand_of(turn.tx, turn.me, turn.talk.number("list")), turn.talk.word("cause")
    no = await (deeds.no_correction if cause else deeds.no_objection)(turn.tx, turn.me, stand, turn.now)
    if no is not None:  # said too late, or settled meanwhile: the talk ends, nobody is asked for ever
        return Reply(no.say, no.buttons, keyboard=None if no.buttons else menus.keyboard(turn.me))
    if cause:
        claim = await deeds.ask_correction(turn.tx, turn.me, stand.roll.id, cause, said.text, turn.now)
    else:
        claim = await deeds.object_to(turn.tx, turn.me, stand.roll.id, said.text, turn.now)
    key = "claims-sent" if claim.level == 1 else "claims-sent-office"
    return Reply(say(key), keyboard=menus.keyboard(turn.me))


async def _own(turn: Turn, claim: Claim) -> Reply:
    """What one asked oneself, and what came of it."""
    roll, _ = await claimcards.roll_and_member(turn.tx, claim)
    text = lines(
        await _line(turn, claim),
        say("claims-card-words", words=claim.words),
        await claimcards.decision(turn.tx, claim, turn.me.cohort_id) if not claim.is_open else None,
    )
    return Reply(text, deeds.after_refusal(claim, roll))


# ---- class teacher and office ----------------------------------------------------------------------------


async def waiting(turn: Turn, said: Event) -> Reply:
    """What waits for a decision, the oldest first; a tap brings the card."""
    found = await deeds.open_for(turn.tx, turn.me)
    if not found:
        return Reply(say("claims-none"))
    rows: Rows = tuple([(button(await _who(turn, claim), "claim", claim.id),) for claim in found[:LISTS]])
    more = say("claims-more", count=len(found) - LISTS) if len(found) > LISTS else None
    return Reply(lines(say("claims-waiting-for-you", count=len(found)), more), rows)


async def _who(turn: Turn, claim: Claim) -> Say:
    roll, member = await claimcards.roll_and_member(turn.tx, claim)
    kind = say("claims-correct") if claim.kind == "correction" else say("claims-object")
    return say("claims-line", who=who_where(member), title=roll.title_in(turn.me.lang), kind=kind)


async def claim(turn: Turn, said: Tap) -> Reply:
    """`claim:<id>` shows it; `claim:<id>:<status>` grants; `claim:<id>:keep[:<why>]` refuses, with a sentence."""
    found = await access_claim_by_id(turn.tx, turn.me, said.number())
    if not turn.me.roles & OFFICE:
        return await _own(turn, found)
    verdict, why = (*said.args[1:3], "", "")[:2]
    if not verdict:
        await claimcards.present(turn.tx, turn.me, found, turn.now)
        return Reply()
    if verdict == KEEP and why not in WHYS:
        return await _ask_why(turn, found)
    _, member = await claimcards.roll_and_member(turn.tx, found)
    answer = turn.me.voice.plain(say(WHYS[why])) if verdict == KEEP else ""
    done = await deeds.decide(turn.tx, turn.me, found.id, verdict, answer, turn.now)
    if verdict == KEEP:
        return Reply(say("claims-done-kept", who=who_where(member), answer=answer), edit=True)
    return Reply(toast=say("claims-done", who=who_where(member), status=say(f"status-{done.new}")))


async def _ask_why(turn: Turn, found: Claim) -> Reply:
    await deeds.to_decide(turn.tx, turn.me, found.id)
    _, member = await claimcards.roll_and_member(turn.tx, found)
    rows = in_rows((button(key, "claim", found.id, KEEP, why) for why, key in WHYS.items()), 1)
    return Reply(say("claims-ask-why", who=who_where(member)), rows, then=ANSWER, memo={"claim": found.id})


async def answer(turn: Turn, said: Event) -> Reply | None:
    """The sentence with which a claim is refused. None: it was refused with a button meanwhile; this means another."""
    memo = turn.talk.memo
    found = await access_claim_by_id(turn.tx, turn.me, turn.talk.number("claim"))
    if not found.is_open and found.decided_by == turn.me.account_id:
        return None
    if not found.is_open:
        decision = await claimcards.decision(turn.tx, found, turn.me.cohort_id)
        return Reply(say("claims-was-decided", decision=decision))
    if not isinstance(said, Text):
        return Reply(say("claims-only-words"), then=ANSWER, memo=memo)
    done = await deeds.decide(turn.tx, turn.me, found.id, KEEP, said.text, turn.now)
    _, member = await claimcards.roll_and_member(turn.tx, done)
    return Reply(say("claims-done-kept", who=who_where(member), answer=done.answer))


ROUTES = (
    on_word("menu-correct", here, who=TRAINEES | OFFICE),
    on_word("menu-claims", here, who=TRAINEES | OFFICE),
    on_command("claims", waiting, who=OFFICE, about="claims-about"),
    on_tap("correct", correct, who=TRAINEES),
    on_tap("object", object_to, who=TRAINEES),
    on_tap("claim", claim, who=TRAINEES | OFFICE),
    on_step(WORDS, words, who=TRAINEES),
    on_step(ANSWER, answer, who=OFFICE),
)
