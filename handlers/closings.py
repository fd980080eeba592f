"""[收口], [重开] and [现场人数]: what only the class teacher does with a list (ATT-03, ATT-06)."""

from __future__ import annotations

from actions import closings as deeds
from actions import rolls
from actions.access import access_called_by_id, access_roll_by_id
from actions.closings import CHOICES, COUNT, Counted
from actions.people import in_rows, who_where
from actions.rolls import Tally
from chat.events import Event, Tap, Text
from chat.messages import Button, Keyboard, Lines, Message, Refusal, Reply, Rows, button, lines, say
from chat.turns import on_step, on_tap
from handlers import menus, registration, rollcalls
from handlers.turns import Turn
from rules.attendance import read_number
from rules.roles import TEACHERS
from storage.members import Member
from storage.rolls import Roll

PEOPLE = 8
REOPEN = "reopen"
BACK = Keyboard(((say("menu-back"),),))


async def close(turn: Turn, said: Tap) -> Reply:
    """[收口]: everybody who is not marked, a choice each; with nobody left it is closed at once."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    found = await deeds.closing(turn.tx, turn.me, roll, turn.now)
    if not found.undecided and not found.asking:
        return await _closed(turn, roll, rest_absent=False, edit=False)
    text, rows = _screen(turn, roll, found)
    return Reply(text, rows, edit="e" in said.args[1:])


async def choose(turn: Turn, said: Tap) -> Reply:
    """One choice for one person (`choose:<list>:<member>:<status>`)."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    member = await access_called_by_id(turn.tx, turn.me, said.number(1))
    status = said.args[2] if len(said.args) > 2 else ""
    await deeds.choose(turn.tx, turn.me, roll, member, status, turn.now)
    text, rows = _screen(turn, roll, await deeds.closing(turn.tx, turn.me, roll, turn.now))
    toast = say("rolls-marked", who=who_where(member), status=say(f"status-{status}"))
    return Reply(text, rows, edit=True, toast=toast)


async def close_now(turn: Turn, said: Tap) -> Reply:
    """[收口] with all decided, or [其余按旷课收口] (`closenow:<list>[:rest]`)."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    return await _closed(turn, roll, rest_absent="rest" in said.args[1:], edit=True)


async def _closed(turn: Turn, roll: Roll, rest_absent: bool, edit: bool) -> Reply:
    found = await deeds.close_list(turn.tx, turn.me, roll, turn.now, rest_absent)
    text = say("closings-done", title=roll.title_in(turn.me.lang), expected=found.expected, here=found.here,
               late=found.late, away=found.away, absent=found.absent, missing=len(found.missing))  # fmt: skip
    asking = say("closings-asking", names=[who_where(m) for m in found.missing]) if found.missing else None
    return Reply(lines(text, asking), edit=edit)


def _screen(turn: Turn, roll: Roll, found: Tally) -> tuple[Lines, Rows]:
    """The missing with what speaks for them; a row of choices each; at the foot the closing itself."""
    shown = found.undecided[:PEOPLE]
    text = lines(
        say("closings-screen", title=roll.title_in(turn.me.lang), at=roll.bell_at),
        rolls.numbers(found),
        say("closings-decide", count=len(found.undecided)) if found.undecided else say("closings-all-decided"),
        *(_about(m, found) for m in found.undecided if m.id in found.arrived),
        say("closings-waits", names=[who_where(m) for m in found.missing if m.id in found.asking])
        if found.asking else None,
        say("closings-more", more=len(found.undecided) - len(shown)) if len(found.undecided) > len(shown) else None,
    )  # fmt: skip
    rest = len(found.undecided)
    last = (button("closings-close", "closenow", roll.id) if not rest
            else button(say("closings-rest", count=rest), "closenow", roll.id, "rest"))  # fmt: skip
    rows = tuple(row for m in shown for row in _choices(roll, m))
    return text, (*rows, (last,), (button("rolls-refresh", "close", roll.id, "e"),))


def _about(member: Member, found: Tally) -> Lines:
    return Lines((say("rolls-came", who=who_where(member), at=found.arrived[member.id]),))


def _choices(roll: Roll, member: Member) -> Rows:
    """The name, which leads to all statuses, and under it the four choices."""
    name = button(say("closings-name", seat=member.seat_no or 0, name=member.name), "fix", roll.id, member.id)
    cells = tuple(button(f"closings-choice-{status}", "choose", roll.id, member.id, status) for status in CHOICES)
    return ((name,), cells)


async def reopen(turn: Turn, said: Tap) -> Reply:
    """[重开]: asks why, in one sentence."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    if roll.closed_at is None:
        raise Refusal("closings-is-open")
    return Reply(say("closings-reopen-why", title=roll.title_in(turn.me.lang)), keyboard=BACK, then=REOPEN,
                 memo={"roll": roll.id})  # fmt: skip


async def reopen_now(turn: Turn, said: Event) -> Reply:
    """The reason: the list is open again for staff."""
    roll = await access_roll_by_id(turn.tx, turn.me, turn.talk.number("roll"))
    reason = said.text.strip() if isinstance(said, Text) else ""
    if len(reason) < 2:
        return Reply(say("closings-reopen-words"), keyboard=BACK, then=REOPEN, memo=turn.talk.memo)
    await deeds.reopen(turn.tx, turn.me, roll, reason[:200], turn.now)
    title = roll.title_in(turn.me.lang)
    return Reply(say("closings-reopened", title=title), keyboard=menus.keyboard(turn.me))


async def ask_count(turn: Turn, said: Tap) -> Reply:
    """[现场人数]: one number."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    if roll.closed_at is not None:
        raise Refusal("rolls-is-closed")
    return Reply(say("closings-count-ask", title=roll.title_in(turn.me.lang)), keyboard=BACK, then=COUNT,
                 memo={"roll": roll.id})  # fmt: skip


async def count(turn: Turn, said: Event) -> Reply | None:
    """The number. A typed list is taken as one; anything else is asked again."""
    number = read_number(said.text) if isinstance(said, Text) else None
    roll = await access_roll_by_id(turn.tx, turn.me, turn.talk.number("roll"))
    if number is None and isinstance(said, Text):
        for meant in (registration.search, rollcalls.typed):
            if (reply := await meant(turn, said)) is not None:
                return reply
    if number is None:
        return Reply(say("closings-count-number"), keyboard=BACK, then=COUNT, memo=turn.talk.memo)
    done = await deeds.count(turn.tx, turn.me, roll, number, turn.now)
    text, rows = _counted(roll, done)
    if not rows:
        return Reply(text, keyboard=menus.keyboard(turn.me))
    return Reply(say("closings-count-kept", count=number), keyboard=menus.keyboard(turn.me),
                 more=(Message(text, rows),))  # fmt: skip


async def spot(turn: Turn, said: Tap) -> Reply:
    """[抽查]: there or not there (`spot:<list>:<member>:<y|n>`)."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    member = await access_called_by_id(turn.tx, turn.me, said.number(1))
    is_there = said.args[2:] == ("y",)
    done = await deeds.spot(turn.tx, turn.me, roll, member, is_there, turn.now)
    text, rows = _counted(roll, done)
    toast = say("closings-seen" if is_there else "closings-unseen", who=who_where(member))
    return Reply(text, rows, edit=True, toast=toast)


def _counted(roll: Roll, done: Counted) -> tuple[Lines, Rows]:
    """Equal: reconciled. More: those who are not marked, one tap each. Fewer: some to look at."""
    judged = done.judged
    if judged.reconciled:
        return lines(say("closings-reconciled", count=judged.in_room)), ()
    if judged.surplus:
        cells = [button(say("rolls-tap", name=m.name, seat=m.seat_no or 0), "mark", roll.id, m.id)
                 for m in done.unmarked[:PEOPLE]]  # fmt: skip
        text = lines(say("closings-surplus", count=judged.in_room, marked=judged.marked, more=judged.surplus),
                     say("closings-surplus-who" if cells else "closings-surplus-none"))  # fmt: skip
        return text, in_rows(cells)
    text = lines(say("closings-lacking", count=judged.in_room, marked=judged.marked, less=judged.lacking),
                 say("closings-spot", count=len(done.look_at)))  # fmt: skip
    return text, tuple(_spot_row(roll, m) for m in done.look_at)


def _spot_row(roll: Roll, member: Member) -> tuple[Button, ...]:
    seen = say("closings-there", seat=member.seat_no or 0, name=member.name)
    return (
        button(seen, "spot", roll.id, member.id, "y"),
        button("closings-not-there", "spot", roll.id, member.id, "n"),
    )


ROUTES = (
    on_tap("close", close, who=TEACHERS),
    on_tap("choose", choose, who=TEACHERS),
    on_tap("closenow", close_now, who=TEACHERS),
    on_tap("reopen", reopen, who=TEACHERS),
    on_step(REOPEN, reopen_now, who=TEACHERS),
    on_tap("count", ask_count, who=TEACHERS),
    on_step(COUNT, count, who=TEACHERS),
    on_tap("spot", spot, who=TEACHERS),
)
