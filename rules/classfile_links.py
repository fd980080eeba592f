"""Turns what a cell names (an id, or a name that is clear) into ids, and says what is unknown (CLASS-02)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct, structs

from rules.classfile_book import Book
from rules.classfile_rows import Course, Group, Row, SessionRow, Trainee
from rules.classfile_rows import Room as RoomRow
from rules.classfile_rows import Site as SiteRow

R = TypeVar("R", bound=Row)
Rows = dict[str, list[Any]]

ID = {
    "trainees": "trainee_id",
    "staff": "staff_id",
    "lecturers": "lecturer_id",
    "sites": "site_id",
    "rooms": "room_id",
    "courses": "course_id",
    "timetable": "session_id",
}
NAME = {"trainees": "name", "staff": "name", "lecturers": "name"}
TEACHERS = ("lecturers", "staff")
# Table, column, and the tables in which it may be found, the likeliest first.
LINKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("rooms", "site_id", ("sites",)),
    ("sites", "contact_id", ("staff", "lecturers")),
    ("courses", "lead_id", TEACHERS),
    ("groups", "discussion_room", ("rooms",)),
    ("groups", "facilitator_id", TEACHERS),
    ("timetable", "course_id", ("courses",)),
    ("timetable", "lead_id", (*TEACHERS, "trainees")),
    ("timetable", "site_id", ("sites",)),
    ("timetable", "room_id", ("rooms",)),
)
# What may be missing altogether: then it is made from what the other sheets name.
MADE: dict[str, type[Row]] = {"sites": SiteRow, "rooms": RoomRow, "courses": Course}
_RANGE = re.compile(r"\s*(?:[-~\u2010-\u2015]|至|到)\s*")


class Names(Struct, frozen=True):
    """The ids of a table, and who or what bears a name."""

    ids: frozenset[str]
    by_name: Mapping[str, Sequence[str]]


def names_of(table: str, rows: Sequence[Row]) -> Names:
    """What the rows of a table may be called by."""
    by_name: dict[str, list[str]] = {}
    for row in rows:
        by_name.setdefault(getattr(row, NAME.get(table, "title_zh" if table == "courses" else "name_zh")), []).append(
            getattr(row, ID[table])
        )
    return Names(frozenset(getattr(row, ID[table]) for row in rows), by_name)


def link(book: Book, rows: Rows) -> Rows:
    """All rows with ids where a cell named something; what is unknown becomes a problem and stays as it is."""
    linked = dict(rows)
    for table in MADE:
        if not rows[table] and table not in book.sheets and not book.broken(table):
            linked[table] = _made(book, table, rows)
    names = {table: names_of(table, linked[table]) for table in ID if table != "timetable"}
    for table, column, pools in LINKS:
        linked[table] = [_linked(book, table, row, column, pools, names) for row in linked[table]]
    linked["groups"] = [_led(book, group, rows["trainees"]) for group in linked["groups"]]
    return linked


def _made(book: Book, table: str, rows: Rows) -> list[Row]:
    """Sites, rooms or courses as the other sheets name them, when they have no sheet of their own."""
    cells = [getattr(row, column) for where, column, pools in LINKS if table in pools for row in rows[where]]
    named = dict.fromkeys(filter(None, cells))
    if named:
        book.warning(table, 0, "", "classfile-sheet-made", sheet=book.file(table), count=len(named))
    field = "title_zh" if table == "courses" else "name_zh"
    return [MADE[table](**{ID[table]: name, field: name}) for name in named]


def _linked(book: Book, table: str, row: R, column: str, pools: Sequence[str], names: Mapping[str, Names]) -> R:
    named = getattr(row, column)
    if not named:
        return row
    for pool in pools:
        found = _found(named, names[pool])
        if len(found) == 1:
            return structs.replace(row, **{column: found[0]})
        if found:
            book.error(table, row.row, column, "classfile-name-ambiguous", value=named, ids="、".join(found))
            return row
    if isinstance(row, SessionRow) and column == "room_id" and _is_range(named, names["rooms"]):
        return row
    if not any(book.broken(pool) for pool in pools):
        sheets = " / ".join(book.file(pool) for pool in pools)
        book.error(table, row.row, column, "classfile-unknown", value=named, sheets=sheets)
    return row


def _found(named: str, names: Names) -> Sequence[str]:
    return [named] if named in names.ids else names.by_name.get(named, ())


def _is_range(named: str, rooms: Names) -> bool:
    """Whether it is something like `R302-R306`: each group in its own room."""
    ends = _RANGE.split(named)
    return len(ends) == 2 and all(_found(end, rooms) for end in ends)


def _led(book: Book, group: Group, roster: Sequence[Trainee]) -> Group:
    """A group with its leader and deputy; of two people of the same name the one in the group is meant."""
    own = names_of("trainees", [t for t in roster if t.group_no == group.group_no])
    all_ = names_of("trainees", roster)
    for column in ("leader_id", "deputy_id"):
        named = getattr(group, column)
        found = (_found(named, own) or _found(named, all_)) if named else ()
        if len(found) == 1:
            group = structs.replace(group, **{column: found[0]})
        elif found:
            book.error("groups", group.row, column, "classfile-name-ambiguous", value=named, ids="、".join(found))
        elif named and not book.broken("trainees"):
            sheets = book.file("trainees")
            book.error("groups", group.row, column, "classfile-unknown", value=named, sheets=sheets)
    return group
