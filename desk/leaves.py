"""Leave: what waits for a decision, who is away, one request in full and the decisions (LEAVE-04, ATT-09, ATT-10)."""

from __future__ import annotations

from msgspec import Struct

from actions import leave_cards as shown
from actions import leave_steps as steps
from actions import leaves as deeds
from actions.access import access_leave_by_id, need, need_class, roles_in
from actions.leaves import KINDS
from actions.people import who_where
from chat.messages import Lines, Refusal, Say, say
from desk.visits import Done, Page, Visit, Way, deed, page
from rules.leaves import WITHDRAW, deciders
from rules.roles import CLASS_TEACHER, STAFF, TEACHERS
from storage import leaves
from storage.leaves import Leave

LATELY = 20
OVER = ("returned", "closed", "refused", "withdrawn")
LEAST, MOST = 2, 200
"""Signs of a refusal, as in the chat."""


class Row(Struct, frozen=True):
    """A request on a list."""

    id: int
    who: Lines
    kind: Say
    when: Say | None
    state: Say
    mine: bool = False


async def listed(visit: Visit) -> Page:
    """Undecided first, one's own on top; who is away; what was lately."""
    cohort_id = need_class(visit.me)
    undecided = [one for many in (await deeds.pending_of(visit.tx, cohort_id)).values() for one in many]
    undecided.sort(key=lambda leave: (not _mine(visit, leave), leave.stretch.starts_at, leave.id))
    waiting = [await _row(visit, leave) for leave in undecided]
    away = await deeds.away_now(visit.tx, cohort_id, None, visit.now)
    over = sorted(await leaves.of_cohort(visit.tx, cohort_id, OVER), key=lambda v: -v.id)[:LATELY]
    values = {"waiting": waiting, "away": [(a, who_where(a.member)) for a in away], "now": visit.now,
              "over": [await _row(visit, leave) for leave in over]}  # fmt: skip
    return Page("leaves.html", say("desk-leaves"), values, live=("leave",))


def _mine(visit: Visit, leave: Leave) -> bool:
    return bool(deciders(leave.standing) & visit.me.roles)


async def _row(visit: Visit, leave: Leave) -> Row:
    when = shown.span(leave.stretch, visit.me.zone) if leave.kind != WITHDRAW else None
    who = who_where(await deeds.member_of(visit.tx, leave))
    state = shown.state_line(await shown.look(visit.tx, leave, visit.now))
    return Row(leave.id, who, say(KINDS[leave.kind]), when, state, _mine(visit, leave))


async def _leave(visit: Visit) -> Leave:
    leave = await access_leave_by_id(visit.tx, visit.me, visit.number("id"))
    if not roles_in(visit.me, leave.cohort_id) & STAFF:
        need(visit.me)
    return leave


async def show(visit: Visit) -> Page:
    """One request: hours, limit, sessions, what was decided, what to do."""
    leave = await _leave(visit)
    seen = await shown.look(visit.tx, leave, visit.now)
    balance = shown.balance_of(seen)
    leaving = leave.kind == WITHDRAW
    values = {
        "leave": leave, "who": who_where(seen.member), "phone": seen.member.phone, "kind": say(KINDS[leave.kind]),
        "when": None if leaving else shown.span(leave.stretch, visit.me.zone),
        "missed": None if leaving else shown.titles(seen.missed, visit.me.lang),
        "hours": None if leaving else shown.hours_line(balance),
        "warning": shown.warning(balance, False) if balance.asked else None,
        "notice": say(shown.NOTICES[leave.notice]) if leave.notice in shown.NOTICES else None,
        "story": shown.story(seen, 50), "state": shown.state_line(seen),
        "decides": steps.deciding_role(visit.me, leave) is not None,
        "teaches": bool(roles_in(visit.me, leave.cohort_id) & TEACHERS),
        "needs_proof": leave.kind == "sick" and not leave.proof_seen and leave.state in deeds.GRANTED,
        "may_hand_on": not leave.handed_on and leave.chain.split()[leave.step : leave.step + 1] == [CLASS_TEACHER],
    }  # fmt: skip
    return Page("leave.html", say("desk-leave", who=who_where(seen.member)), values, live=("leave",))


def _current(visit: Visit, leave: Leave) -> None:
    """The step that stood on the page must still be the one (DESK-02)."""
    if visit.word("step", 8) != str(leave.step):
        raise Refusal("desk-leave-moved")


async def _end(visit: Visit, leave: Leave) -> Done:
    seen = await shown.look(visit.tx, leave, visit.now)
    await shown.paint(visit.tx, leave, visit.now)
    return Done(f"/desk/leaves/{leave.id}", say("leaves-toast", state=shown.state_line(seen)))


async def agree(visit: Visit) -> Done:
    """[同意]."""
    leave = await _leave(visit)
    _current(visit, leave)
    return await _end(visit, await steps.agree(visit.tx, visit.me, leave, visit.now))


async def refuse(visit: Visit) -> Done:
    """[不同意] with a sentence."""
    leave = await _leave(visit)
    _current(visit, leave)
    words = visit.word("why", MOST)
    if len(words) < LEAST:
        raise Refusal("leaves-why-not-short")
    return await _end(visit, await steps.refuse(visit.tx, visit.me, leave, words, visit.now))


async def material(visit: Visit) -> Done:
    """[要材料]."""
    leave = await _leave(visit)
    _current(visit, leave)
    return await _end(visit, await steps.ask_material(visit.tx, visit.me, leave, visit.now))


async def given(visit: Visit) -> Done:
    """[材料已交]."""
    leave = await _leave(visit)
    return await _end(visit, await steps.give_material(visit.tx, visit.me, leave, visit.now))


async def hand_on(visit: Visit) -> Done:
    """[转教务]."""
    leave = await _leave(visit)
    _current(visit, leave)
    return await _end(visit, await steps.hand_on(visit.tx, visit.me, leave, visit.now))


async def confirm(visit: Visit) -> Done:
    """[确认销假]."""
    leave = await _leave(visit)
    if leave.state in ("away", "returned"):
        leave = await steps.confirm(visit.tx, visit.me, leave, visit.now)
    return await _end(visit, leave)


async def proof(visit: Visit) -> Done:
    """[已看证明]."""
    leave = await _leave(visit)
    await steps.see_proof(visit.tx, visit.me, leave, visit.now)
    return await _end(visit, await leaves.get(visit.tx, leave.id) or leave)


WAYS: tuple[Way, ...] = (
    page("/desk/leaves", listed, who=STAFF, nav="desk-leaves"),
    page("/desk/leaves/{id}", show, who=STAFF),
    deed("/desk/leaves/{id}/agree", agree, who=STAFF, again=show),
    deed("/desk/leaves/{id}/refuse", refuse, who=STAFF, again=show),
    deed("/desk/leaves/{id}/material", material, who=STAFF, again=show),
    deed("/desk/leaves/{id}/given", given, who=TEACHERS, again=show),
    deed("/desk/leaves/{id}/hand", hand_on, who=TEACHERS, again=show),
    deed("/desk/leaves/{id}/confirm", confirm, who=TEACHERS, again=show),
    deed("/desk/leaves/{id}/proof", proof, who=TEACHERS, again=show),
)
