"""[点名]: the class teacher's live card, and calling by buttons (ATT-02, ATT-12, RULE-5)."""

from __future__ import annotations

from actions import rollcalls
from actions import rolls as deeds
from actions.access import access_called_by_id, access_roll_by_id, need_class
from actions.marks import state_of
from actions.people import in_rows, who_where
from chat.events import Event, Tap
from chat.messages import Button, Lines, Refusal, Reply, Rows, Say, button, lines, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from rules.attendance import LEAVES
from rules.roles import ADMIN, CALLERS, CLASS_TEACHER
from storage import marks
from storage import rolls as lists
from storage.marks import UNMARKED, Mark
from storage.members import Member
from storage.rolls import Roll

STAFF = frozenset({CLASS_TEACHER, ADMIN})
"""Those who have the live card of the whole class."""
PAGE = 20
GROUPS = 12
IN_PLACE, OTHERWISE = "e", "x"
"""Flags of a grid: put it in place of the tapped message; a tap on a name offers all statuses."""


async def current(turn: Turn, said: Event) -> Reply:
    """The live card of the list that matters now, at the foot of the chat; for a leader the own group by name."""
    roll = await deeds.current(turn.tx, turn.me, turn.now)
    if not turn.me.roles & STAFF:
        text, rows = await _grid(turn, roll, turn.me.group_no or 0)
        return Reply(text, rows)
    await deeds.present(turn.tx, turn.me, roll, turn.now)
    return Reply()


async def refresh(turn: Turn, said: Tap) -> Reply:
    """[刷新] on a card, also on an old one: the newest state comes at once."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    if said.message_id == await deeds.shown_at(turn.tx, turn.me, roll):
        await deeds.paint(turn.tx, roll, turn.now, only_shown=True)
    else:
        await deeds.present(turn.tx, turn.me, roll, turn.now)
    return Reply(toast=say("rolls-fresh"))


async def grid(turn: Turn, said: Tap) -> Reply:
    """The names of one group as buttons (`rollgrid:<list>:<group>[:<flags>[:<page>]]`)."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    flags = said.args[2] if len(said.args) > 2 else ""
    text, rows = await _grid(turn, roll, said.number(1), said.number(3), OTHERWISE in flags)
    return Reply(text, rows, edit=IN_PLACE in flags)


async def mark(turn: Turn, said: Tap) -> Reply:
    """One tap present, two late, three nothing (`mark:<list>:<member>[:<group>[:<page>]]`)."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    member = await access_called_by_id(turn.tx, turn.me, said.number(1))
    done = await rollcalls.mark_for(turn.tx, turn.me, roll, member, turn.now)
    toast = say("rolls-marked", who=who_where(member), status=say(f"status-{done.status}"))
    if len(said.args) < 3:
        await deeds.paint(turn.tx, roll, turn.now, only_shown=True)
        return Reply(toast=toast)
    text, rows = await _grid(turn, roll, said.number(2), said.number(3))
    return Reply(text, rows, edit=True, toast=toast)


async def rest(turn: Turn, said: Tap) -> Reply:
    """[其余全到]: everybody of the group who is not marked is there."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    count = await rollcalls.rest_present(turn.tx, turn.me, roll, said.number(1), turn.now)
    text, rows = await _grid(turn, roll, said.number(1), said.number(2))
    return Reply(text, rows, edit=True, toast=say("rolls-rest-done", count=count))


async def nudge(turn: Turn, said: Tap) -> Reply:
    """[催一下]: privately, at most once in ten minutes."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    done = await rollcalls.nudge(turn.tx, turn.me, roll, turn.now)
    if not done.unreached:
        return Reply(toast=say("rolls-nudged", count=done.reached))
    names = [who_where(m) for m in done.unreached[:GROUPS]]
    return Reply(say("rolls-nudged-some", count=done.reached, names=names, more=len(done.unreached) - len(names)))


async def others(turn: Turn, said: Tap) -> Reply:
    """[其他课]: the lists of a day with how they stand, and the way to other days (`lists:<day>[:e]`)."""
    everything = await lists.of_cohort(turn.tx, need_class(turn.me))
    days = sorted({r.day for r in everything})
    day = said.number() if said.number() in days else max(days, default=0)
    cells = [button(say("rolls-list", icon=say(f"rolls-state-{state_of(r, turn.now)}"), at=r.bell_at,
                        title=r.title_in(turn.me.lang)), "roll", r.id)
             for r in everything if r.day == day]  # fmt: skip
    turns = [button(say("rolls-day", day=d), "lists", d, IN_PLACE) for d in days if d != day]
    return Reply(say("rolls-lists", day=day), (*in_rows(cells, 1), *in_rows(turns, 4)), edit=IN_PLACE in said.args[1:])


async def leave_pick(turn: Turn, said: Tap) -> Reply:
    """[设请假]: for whom of the missing."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    found = await deeds.tally(turn.tx, roll)
    if not found.missing:
        return Reply(toast=say("rolls-all-here"))
    shown = found.missing[said.number(1) :][:PAGE]
    cells = [button(say("rolls-seat-name", seat=m.seat_no or 0, name=m.name), "leavefor", m.id, roll.id) for m in shown]
    after = said.number(1) + PAGE
    more = ((button("rolls-next", "leavepick", roll.id, after),),) if after < len(found.missing) else ()
    return Reply(say("rolls-leave-who", title=roll.title_in(turn.me.lang)), (*in_rows(cells), *more))


async def _grid(turn: Turn, roll: Roll, group: int, page: int = 0, otherwise: bool = False) -> tuple[Lines, Rows]:
    people = await rollcalls.called_by(turn.tx, turn.me, roll)
    found = await marks.of_roll(turn.tx, roll.id)
    groups = sorted({p.group_no or 0 for p in people})
    if not groups:
        raise Refusal("rolls-nobody")
    shown = group if group in groups else _first_missing(people, found, groups)
    own = [p for p in people if (p.group_no or 0) == shown]
    fixing = CLASS_TEACHER in turn.me.roles and (otherwise or roll.closed_at is not None)
    if roll.closed_at is not None and not fixing:
        raise Refusal("rolls-is-closed")
    page = min(page, (len(own) - 1) // PAGE)
    cells = [_cell(roll, p, _shown_to(turn, found.get(p.id)), shown, page, fixing) for p in own[page * PAGE :][:PAGE]]
    rows = (*in_rows(cells), *_tools(turn, roll, own, found, shown, page, fixing),
            *in_rows(_others(roll, groups, shown, fixing), 4))  # fmt: skip
    text = lines(say("rolls-grid", title=roll.title_in(turn.me.lang), at=roll.bell_at, group=shown),
                 say("rolls-grid-fix" if fixing else "rolls-grid-how"))  # fmt: skip
    return text, rows


def _tools(
    turn: Turn, roll: Roll, own: list[Member], found: dict[int, Mark], shown: int, page: int, fixing: bool
) -> Rows:  # fmt: skip
    """Below the names: pages of a large group, everybody else is there, hand in, other statuses."""
    flags = IN_PLACE + (OTHERWISE if fixing else "")
    last = (len(own) - 1) // PAGE
    pages = [button("rolls-page-back", "rollgrid", roll.id, shown, flags, page - 1)] if page else []
    pages += [button("rolls-next", "rollgrid", roll.id, shown, flags, page + 1)] if page < last else []
    deeds_row: list[Button] = []
    if not fixing and any(p.id not in found or found[p.id].status == UNMARKED for p in own):
        deeds_row.append(button("rolls-rest", "rest", roll.id, shown, page))
    if not turn.me.roles & STAFF:
        deeds_row.append(button("rolls-hand-in", "handin", roll.id, shown))
    if CLASS_TEACHER in turn.me.roles and roll.closed_at is None:
        other = "" if fixing else OTHERWISE
        deeds_row.append(button("rolls-simple" if fixing else "rolls-otherwise", "rollgrid", roll.id, shown,
                                IN_PLACE + other, page))  # fmt: skip
    return tuple(row for row in (tuple(pages), tuple(deeds_row)) if row)


def _others(roll: Roll, groups: list[int], shown: int, fixing: bool) -> list[Button]:
    """The way to other groups: all of them, or of very many the ones before and after."""
    near = [g for g in groups if g != shown]
    if len(groups) > GROUPS:
        at = groups.index(shown)
        near = [*groups[max(0, at - 2) : at], *groups[at + 1 : at + 3]]
    flags = IN_PLACE + (OTHERWISE if fixing else "")
    return [button(say("rolls-group", group=g), "rollgrid", roll.id, g, flags) for g in near]


def _first_missing(people: list[Member], found: dict[int, Mark], groups: list[int]) -> int:
    """The first group in which somebody is missing."""
    missing = [p.group_no or 0 for p in people if p.id not in found or found[p.id].status == UNMARKED]
    return min(missing, default=groups[0])


def _shown_to(turn: Turn, mark: Mark | None) -> str:
    """The status as its reader may see it: leaders see that somebody is away, never of which kind (section 3)."""
    status = mark.status if mark else UNMARKED
    return "away" if status in LEAVES and not turn.me.roles & STAFF else status


def _cell(roll: Roll, person: Member, status: str, group: int, page: int, fixing: bool) -> Button:
    label: Say = say("rolls-cell", icon=say(f"status-icon-{status}"), seat=person.seat_no or 0, name=person.name)
    if fixing:
        return button(label, "fix", roll.id, person.id)
    return button(label, "mark", roll.id, person.id, group, page)


ROUTES = (
    on_word("menu-roll", current, who=CALLERS),
    on_command("roll", current, who=CALLERS, about="rolls-about"),
    on_tap("roll", refresh, who=STAFF),
    on_tap("lists", others, who=STAFF),
    on_tap("rollgrid", grid, who=CALLERS),
    on_tap("mark", mark, who=CALLERS),
    on_tap("rest", rest, who=CALLERS),
    on_tap("nudge", nudge, who=STAFF),
    on_tap("leavepick", leave_pick, who=STAFF),
)
