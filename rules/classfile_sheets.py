"""Reads one sheet: finds its header, knows its columns, and turns every line into values (CLASS-01)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from rules import classfile_cells as cells
from rules.classfile_rows import Cell, Table
from rules.classfile_words import HEADERS, column_of
from rules.problems import Problem, Severity

Reader = Callable[[Cell], Any]
TITLE, LINE, LONG = cells.text(120), cells.text(200), cells.text(1000)
NEEDED = {
    "trainees": ("name", "group_no", "seat_no"),
    "groups": ("group_no",),
    "staff": ("name", "role_key"),
    "lecturers": ("name",),
    "sites": ("name_zh",),
    "rooms": ("name_zh",),
    "courses": ("course_id",),
    "timetable": ("title_zh",),
    "settings": ("key",),
}
# Columns that hold no short text, and how they are read.
READERS: dict[str, Reader] = {
    **dict.fromkeys(("trainee_id", "staff_id", "lecturer_id", "site_id", "room_id"), cells.ident),
    **dict.fromkeys(("session_id", "course_id", "dorm_room", "dorm_bed", "phone", "floor"), cells.ident),
    **dict.fromkeys(("leader_id", "deputy_id", "facilitator_id", "contact_id", "lead_id"), cells.name),
    **dict.fromkeys(("group_no", "seat_no", "birth_year", "years_in_community"), cells.whole),
    **dict.fromkeys(("capacity", "batch_size", "coord_accuracy_m", "checkin_radius_m"), cells.whole),
    **dict.fromkeys(("day", "credit_hours", "hours"), cells.whole),
    **dict.fromkeys(("party_member", "synthetic", "evaluate", "required"), cells.yes),
    **dict.fromkeys(("lat", "lon"), cells.number),
    **dict.fromkeys(("title_zh", "title_en", "name_zh", "name_en"), TITLE),
    **dict.fromkeys(("needs_zh", "what_to_see_zh", "note_zh", "duty_zh", "telegram_note"), LONG),
    **dict.fromkeys(("start", "end"), cells.clock),
    "name": cells.name,
    "bus": cells.bus,
    "teaches": cells.listed,
    "date": cells.day,
    "span": cells.span,
    "gender": cells.choice("gender"),
    "lang": cells.choice("lang"),
    "role_key": cells.choice("role"),
    "checkin_mode": cells.choice("mode"),
    "unit": cells.choice("unit"),
}
# The same header, another meaning.
SPECIAL: dict[tuple[str, str], Reader] = {("timetable", "kind"): cells.choice("kind")}


class Line(Struct, frozen=True):
    """One line of a sheet: its row as the person sees it, and the values of its filled cells."""

    row: int
    values: dict[str, Any]


class Sheet:
    """A sheet with its header understood. Problems are gathered in `problems` as they are met."""

    def __init__(self, name: str, table: Table) -> None:
        self.name, self.table = name, table
        self.problems: list[Problem] = []
        self.header_row = _header_row(name, table)
        self.columns = self._columns() if self.header_row else {}
        self._say_columns()

    def header(self, column: str) -> str:
        """What the person calls a column: as it stands in the sheet, or as we would write it."""
        if column in self.columns:
            return cells.words(self.table.rows[self.header_row - 1][self.columns[column]])
        return HEADERS[self.name].get(column, (column,))[0]

    def lines(self) -> Iterator[Line]:
        """All lines with something in them; cells that make no sense become problems and are left out."""
        if not self.columns:
            return
        for number, row in enumerate(self.table.rows[self.header_row :], self.header_row + 1):
            filled = {key: row[at] for key, at in self.columns.items() if at < len(row) and cells.words(row[at])}
            if filled:
                yield Line(number, self._read(number, filled))

    def say(self, row: int, column: str, key: str, severity: Severity = "error", **args: str | int) -> None:
        """Note a problem at a place of this sheet; `column` is our name of it."""
        where = self.header(column) if column else ""
        self.problems.append(
            Problem(file=self.table.file, row=row, column=where, key=key, args=args, severity=severity)
        )

    def _columns(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for at, cell in enumerate(self.table.rows[self.header_row - 1]):
            header = cells.words(cell)
            column = column_of(self.name, header) if header else None
            if column is None:
                self._say_unknown(header)
            elif column in found:
                self._raw(self.header_row, header, "classfile-column-twice", "error")
            else:
                found[column] = at
        return found

    def _say_unknown(self, header: str) -> None:
        if header:
            self._raw(self.header_row, header, "classfile-column-unknown", "warning")

    def _raw(self, row: int, header: str, key: str, severity: Severity) -> None:
        args = {"header": header}
        self.problems.append(
            Problem(file=self.table.file, row=row, column=header, key=key, args=args, severity=severity)
        )

    def _say_columns(self) -> None:
        needed = NEEDED[self.name]
        if not self.header_row:
            headers = "、".join(HEADERS[self.name][key][0] for key in needed)
            self.say(0, "", "classfile-header-missing", headers=headers)
            return
        for key in needed:
            if key not in self.columns:
                self.say(self.header_row, key, "classfile-column-missing", header=HEADERS[self.name][key][0])

    def _read(self, number: int, filled: Mapping[str, Cell]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, cell in filled.items():
            if self.name == "settings":
                values[key] = cell
                continue
            reader = SPECIAL.get((self.name, key)) or READERS.get(key, LINE)
            try:
                values[key] = reader(cell)
            except cells.Unreadable as wrong:
                self.say(number, key, wrong.key, **wrong.text_args)
        for key in NEEDED[self.name]:
            if key in self.columns and key not in filled:
                self.say(number, key, "classfile-empty", header=self.header(key))
        return values


def _header_row(name: str, table: Table) -> int:
    """The number of the row that looks most like the header (a title may stand above it); 0 = none does."""
    best, most = 0, 0
    for number, row in enumerate(table.rows[:10], 1):
        known = {column_of(name, cells.words(cell)) for cell in row} - {None}
        if len(known) > most:
            best, most = number, len(known)
    return best if most >= min(2, len(NEEDED[name]) + 1) else 0
