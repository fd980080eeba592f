"""The attendance matrix: people beside sessions, with the days as a small picture (ATT-28, DASH-04)."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup
from msgspec import Struct

from actions import desk_rolls
from actions.desk_rolls import SEERS, Matrix
from actions.digests import HERE
from actions.ledgers import Entry
from chat.messages import say
from desk.charts import Bar, Part, bars
from desk.visits import Page, Visit, Way, page
from rules.attendance import LEAVES, UNMARKED

KINDS = {"present": "p", "late": "l", "early_leave": "l", "class_duty": "p", "absent": "a", "unmarked": "u"}
"""Classes of the stylesheet by status; every kind of leave is `v`."""
SHOWN = ("present", "late", "early_leave", "class_duty", "leave_personal", "leave_sick", "leave_official", "absent",
         "unmarked")  # fmt: skip


class Cell(Struct, frozen=True):
    """One mark: where it leads, its sign, its status in words, its colour."""

    roll_id: int
    sign: str
    status: str
    kind: str


class Line(Struct, frozen=True):
    """One person with the marks of the sessions shown; None where the person was not expected."""

    entry: Entry
    cells: list[Cell | None]


async def show(visit: Visit) -> Page:
    """Filtered by day, group, name, or only who has something; all of it at first."""
    found = await desk_rolls.matrix(visit.tx, visit.me, visit.now)
    day, group, odd = visit.number("day"), visit.number("group"), visit.word("odd") == "y"
    name = visit.word("q", 20)
    columns = [(s, r) for s, r in found.sessions if not day or s.day == day]
    people = [e for e in found.entries if (not group or e.member.group_no == group) and _meant(e, name)]
    lines = [_line(visit, e, [r.id for _, r in columns]) for e in people]
    lines = [line for line in lines if not odd or any(c and c.kind not in ("p", "") for c in line.cells)]
    values = {
        "columns": columns, "lines": lines, "days": found.days, "day": day, "odd": odd, "q": name, "group": group,
        "groups": sorted({e.member.group_no for e in found.entries if e.member.group_no}), "shown": SHOWN,
        "signs": {s: _sign(visit, s) for s in SHOWN}, "kinds": {s: kind_of(s) for s in SHOWN},
        "chart": chart(visit, found), "cohort": found.cohort,
    }  # fmt: skip
    return Page("matrix.html", say("desk-matrix"), values, live=("roll",))


def kind_of(status: str) -> str:
    """The colour of a status."""
    return "v" if status in LEAVES else KINDS.get(status, "u")


def _meant(entry: Entry, name: str) -> bool:
    return not name or name in entry.member.name or name == str(entry.member.seat_no)


def _sign(visit: Visit, status: str) -> str:
    return "·" if status == UNMARKED else visit.speak.plain(say(f"exports-mark-{status}"))


def _line(visit: Visit, entry: Entry, rolls: list[int]) -> Line:
    own = {c.roll.id: c.status for c in entry.called if c.roll is not None}
    cells: list[Cell | None] = []
    for id in rolls:
        status = own.get(id)
        cells.append(None if status is None else Cell(id, _sign(visit, status), status, kind_of(status)))
    return Line(entry, cells)


def chart(visit: Visit, found: Matrix) -> Markup:
    """Who was there over the days: present, late, on leave, absent, not marked."""
    rows, told = [], []
    for day in found.days:
        rolls = {r.id for s, r in found.sessions if s.day == day}
        marks = Counter(c.status for e in found.entries for c in e.called if c.roll and c.roll.id in rolls)
        late = marks["late"] + marks["early_leave"]
        away = sum(marks[s] for s in LEAVES)
        here = sum(marks[s] for s in HERE) - late
        absent, open_yet = marks["absent"], marks[UNMARKED]
        share = round(100 * (here + late) / marks.total()) if marks.total() else 0
        label = visit.speak.plain(say("desk-matrix-day", day=day))
        rows.append(Bar(label, (Part("good", here), Part("warn", late), Part("now", away), Part("bad", absent),
                                Part("soft", open_yet)),
                        f"{share}%"))  # fmt: skip
        told.append(visit.speak.plain(say("desk-matrix-told", day=day, here=here + late, count=marks.total(),
                                          late=late, away=away, absent=absent, missing=open_yet)))  # fmt: skip
    title = visit.speak.plain(say("desk-matrix-chart"))
    return bars(rows, title, " ".join(told))


WAYS: tuple[Way, ...] = (page("/desk/matrix", show, who=SEERS, nav="desk-matrix"),)
