"""Lists: all of a class, one by groups with closing, one mark in full with its history (DESK-01, DESK-03, ATT-11)."""

from __future__ import annotations

from actions import closings, desk_rolls, marks, rollcalls, rolls
from actions.access import access_called_by_id, access_roll_by_id
from actions.closings import CHOICES
from actions.desk_rolls import SEERS
from chat.messages import Refusal, say
from desk.visits import Done, Page, Visit, Way, deed, page
from rules.attendance import read_number
from rules.roles import ADMIN, CLASS_TEACHER, TEACHERS

CALLERS = frozenset({CLASS_TEACHER, ADMIN})
ORDER = ("present", "late", "early_leave", "class_duty", "absent", "unmarked", "leave_personal", "leave_sick",
         "leave_official")  # fmt: skip
REASONS = 4
LEAST = 2
"""Signs of a reason, as in the chat."""


async def listed(visit: Visit) -> Page:
    """All lists by day, the newest day first."""
    cohort, found = await desk_rolls.everything(visit.tx, visit.me, visit.now)
    days: dict[int, list[desk_rolls.Row]] = {}
    for row in found:
        days.setdefault(row.roll.day, []).append(row)
    on = [d for d, rows in days.items() if any(r.roll.opens_at <= visit.now for r in rows)]
    current = max(on, default=min(days, default=0))
    chosen = visit.number("day") if visit.number("day") in days else current
    values = {"days": sorted(days), "chosen": chosen, "rows": days.get(chosen, []), "cohort": cohort,
              "may_open": bool(visit.me.roles & CALLERS)}  # fmt: skip
    return Page("rolls.html", say("desk-rolls"), values, live=("roll",))


async def show(visit: Visit) -> Page:
    """One list by groups."""
    sheet = await desk_rolls.sheet(visit.tx, visit.me, visit.number("id"), visit.now)
    values = {"sheet": sheet, "roll": sheet.roll, "choices": CHOICES, "numbers": rolls.numbers(sheet.tally),
              "teaches": CLASS_TEACHER in visit.me.roles}  # fmt: skip
    return Page("roll.html", say("desk-roll", title=sheet.roll.title_in(visit.me.lang)), values, live=("roll",))


def _here(visit: Visit) -> str:
    return f"/desk/rolls/{visit.number('id')}"


async def here(visit: Visit) -> Done:
    """Those ticked are there."""
    count = await desk_rolls.here(visit.tx, visit.me, visit.number("id"), visit.numbers("who"), visit.now)
    return Done(_here(visit), say("desk-roll-here", count=count))


async def rest(visit: Visit) -> Done:
    """[其余全到] of a group."""
    roll = await access_roll_by_id(visit.tx, visit.me, visit.number("id"))
    count = await rollcalls.rest_present(visit.tx, visit.me, roll, visit.number("group"), visit.now)
    await rolls.paint(visit.tx, roll, visit.now, only_shown=True)
    return Done(_here(visit), say("rolls-rest-done", count=count))


async def nudge(visit: Visit) -> Done:
    """[催一下], privately."""
    roll = await access_roll_by_id(visit.tx, visit.me, visit.number("id"))
    done = await rollcalls.nudge(visit.tx, visit.me, roll, visit.now)
    return Done(_here(visit), say("rolls-nudged", count=done.reached))


async def count(visit: Visit) -> Done:
    """[现场人数]."""
    roll = await access_roll_by_id(visit.tx, visit.me, visit.number("id"))
    number = read_number(visit.word("count", 20))
    if number is None:
        raise Refusal("closings-count-number")
    judged = (await closings.count(visit.tx, visit.me, roll, number, visit.now)).judged
    if judged.reconciled:
        return Done(_here(visit), say("closings-reconciled", count=judged.in_room))
    if judged.surplus:
        words = say("closings-surplus", count=judged.in_room, marked=judged.marked, more=judged.surplus)
    else:
        words = say("closings-lacking", count=judged.in_room, marked=judged.marked, less=judged.lacking)
    return Done(_here(visit), words)


async def close(visit: Visit) -> Done:
    """[收口]: what was chosen for each who is not marked, then the closing itself."""
    roll = await access_roll_by_id(visit.tx, visit.me, visit.number("id"))
    found = await closings.closing(visit.tx, visit.me, roll, visit.now)
    for member in found.undecided:
        chosen = visit.word(f"for{member.id}", 20)
        if chosen:
            await closings.choose(visit.tx, visit.me, roll, member, chosen, visit.now)
    done = await closings.close_list(visit.tx, visit.me, roll, visit.now, rest_absent=visit.word("rest") == "y")
    words = say("closings-done", title=roll.title_in(visit.me.lang), expected=done.expected, here=done.here,
                late=done.late, away=done.away, absent=done.absent, missing=len(done.missing))  # fmt: skip
    return Done(_here(visit), words)


async def reopen(visit: Visit) -> Done:
    """[重开] with a reason."""
    roll = await access_roll_by_id(visit.tx, visit.me, visit.number("id"))
    reason = visit.word("reason")
    if len(reason) < LEAST:
        raise Refusal("closings-reopen-words")
    await closings.reopen(visit.tx, visit.me, roll, reason, visit.now)
    return Done(_here(visit), say("closings-reopened", title=roll.title_in(visit.me.lang)))


async def mark(visit: Visit) -> Page:
    """One mark: what stands, from where, every change of it."""
    found = await desk_rolls.marked(visit.tx, visit.me, visit.number("id"), visit.number("member"), visit.now)
    values = {"found": found, "order": ORDER, "reasons": [f"marks-reason-{n}" for n in range(1, REASONS + 1)],
              "may_open": bool(visit.me.roles & CALLERS), "back": visit.word("back", 20)}  # fmt: skip
    return Page("mark.html", say("desk-mark", name=found.member.name), values, live=("roll",))


async def change(visit: Visit) -> Done:
    """Another status, with its reason; `was` is what the page showed, so that nobody overwrites another unseen."""
    roll = await access_roll_by_id(visit.tx, visit.me, visit.number("id"))
    member = await access_called_by_id(visit.tx, visit.me, visit.number("member"))
    found = await desk_rolls.marked(visit.tx, visit.me, roll.id, member.id, visit.now)
    if found.status != visit.word("was", 20):
        raise Refusal("desk-mark-changed", status=say(f"status-{found.status}"))
    status = visit.word("status", 20)
    if status not in ORDER:
        raise Refusal("refusals-not-here")
    reason = visit.word("reason") or visit.word("usual", 60)
    if found.needs_reason and len(reason) < LEAST:
        raise Refusal("marks-why")
    await marks.decide(visit.tx, visit.me, roll, member, status, visit.now, reason=reason)
    await rolls.paint(visit.tx, roll, visit.now, only_shown=True)
    to = "/desk/matrix" if visit.word("back", 20) == "matrix" else f"/desk/rolls/{roll.id}"
    return Done(to, say("desk-mark-done", name=member.name, status=say(f"status-{status}")))


WAYS: tuple[Way, ...] = (
    page("/desk/rolls", listed, who=SEERS, nav="desk-rolls"),
    page("/desk/rolls/{id}", show, who=CALLERS),
    deed("/desk/rolls/{id}/here", here, who=CALLERS),
    deed("/desk/rolls/{id}/rest", rest, who=CALLERS),
    deed("/desk/rolls/{id}/nudge", nudge, who=CALLERS),
    deed("/desk/rolls/{id}/count", count, who=TEACHERS, again=show),
    deed("/desk/rolls/{id}/close", close, who=TEACHERS, again=show),
    deed("/desk/rolls/{id}/reopen", reopen, who=TEACHERS, again=show),
    page("/desk/marks/{id}/{member}", mark, who=SEERS),
    deed("/desk/marks/{id}/{member}", change, who=TEACHERS, again=mark),
)
