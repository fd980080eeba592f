"""[点名]: the class teacher's live card, and marking for somebody with one tap (ATT-12, RULE-5)."""

from __future__ import annotations

from actions import rolls as deeds
from actions.access import access_called_by_id, access_roll_by_id, calls_all
from chat.events import Event, Tap
from chat.messages import Button, Lines, Refusal, Reply, Rows, Say, button, lines, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from rules.roles import ADMIN, CALLERS, CLASS_TEACHER
from storage import marks, members
from storage.marks import UNMARKED, Mark
from storage.members import Member
from storage.rolls import Roll

STAFF = frozenset({CLASS_TEACHER, ADMIN})
"""Those who have the live card of the whole class."""


async def current(turn: Turn, said: Event) -> Reply:
    """The live card of the list that matters now, at the foot of the chat; for a leader the own group by name."""
    if not turn.me.roles & STAFF:
        text, rows = await _grid(turn, await deeds.current(turn.tx, turn.me, turn.now), turn.me.group_no or 0)
        return Reply(text, rows)
    await deeds.present(turn.tx, turn.me, await deeds.current(turn.tx, turn.me, turn.now), turn.now)
    return Reply()


async def refresh(turn: Turn, said: Tap) -> Reply:
    """[刷新] on a card, also on an old one: the newest state comes at once."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    if said.message_id == await deeds.shown_at(turn.tx, turn.me, roll):
        await deeds.paint(turn.tx, roll, turn.now)
    else:
        await deeds.present(turn.tx, turn.me, roll, turn.now)
    return Reply(toast=say("rolls-fresh"))


async def grid(turn: Turn, said: Tap) -> Reply:
    """The names of one group as buttons (`rollgrid:<list>:<group>[:e]`)."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    text, rows = await _grid(turn, roll, said.number(1))
    return Reply(text, rows, edit="e" in said.args[2:])


async def mark(turn: Turn, said: Tap) -> Reply:
    """One tap present, two late, three nothing (`mark:<list>:<member>[:<group>]`)."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    member = await access_called_by_id(turn.tx, turn.me, said.number(1))
    done = await deeds.mark_for(turn.tx, turn.me, roll, member, turn.now)
    toast = say("rolls-marked", who=deeds.who_where(member), status=say(f"status-{done.status}"))
    if len(said.args) < 3:
        await deeds.paint(turn.tx, roll, turn.now)
        return Reply(toast=toast)
    text, rows = await _grid(turn, roll, said.number(2))
    return Reply(text, rows, edit=True, toast=toast)


async def _grid(turn: Turn, roll: Roll, group: int) -> tuple[Lines, Rows]:
    people = await members.trainees(turn.tx, roll.cohort_id, roll.bell_at)
    found = await marks.of_roll(turn.tx, roll.id)
    groups = sorted({p.group_no or 0 for p in people if calls_all(turn.me) or p.group_no == turn.me.group_no})
    if not groups:
        raise Refusal("rolls-nobody")
    shown = group if group in groups else _first_missing(people, found, groups)
    cells = [_cell(roll, p, found.get(p.id), shown) for p in people if (p.group_no or 0) == shown]
    rows = [tuple(cells[i : i + 2]) for i in range(0, len(cells), 2)]
    others = [button(say("rolls-group", group=g), "rollgrid", roll.id, g, "e") for g in groups if g != shown]
    rows += [tuple(others[i : i + 4]) for i in range(0, len(others), 4)]
    text = lines(say("rolls-grid", title=roll.title_in(turn.me.lang), at=roll.bell_at, group=shown),
                 say("rolls-grid-how"))  # fmt: skip
    return text, tuple(rows)


def _first_missing(people: list[Member], found: dict[int, Mark], groups: list[int]) -> int:
    """The first group in which somebody is missing."""
    missing = [p.group_no or 0 for p in people if p.id not in found or found[p.id].status == UNMARKED]
    return min(missing, default=groups[0])


def _cell(roll: Roll, person: Member, mark: Mark | None, group: int) -> Button:
    status = mark.status if mark else UNMARKED
    label: Say = say("rolls-cell", icon=say(f"status-icon-{status}"), seat=person.seat_no or 0, name=person.name)
    return button(label, "mark", roll.id, person.id, group)


ROUTES = (
    on_word("menu-roll", current, who=CALLERS),
    on_command("roll", current, who=CALLERS, about="rolls-about"),
    on_tap("roll", refresh, who=STAFF),
    on_tap("rollgrid", grid, who=CALLERS),
    on_tap("mark", mark, who=CALLERS),
)
