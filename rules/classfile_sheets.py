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
    "log_prompts": ("day", "part", "prompt_zh"),
    "settings": ("key",),
    "class": ("key",),
}
# Sheets of two columns, whose cells are read where their key is known.
RAW = ("settings", "class")
# Columns that hold no short text, and how they are read.
READERS: dict[str, Reader] = {
    **dict.fromkeys(("trainee_id", "staff_id", "lecturer_id", "site_id", "room_id"), cells.ident),
    **dict.fromkeys(("session_id", "course_id", "dorm_room", "dorm_bed", "phone", "floor"), cells.ident),
    **dict.fromkeys(("leader_id", "deputy_id", "facilitator_id", "contact_id", "lead_id"), cells.name),
    **dict.fromkeys(("capacity", "batch_size"), cells.within(cells.whole, 1, 100_000)),
    "group_no": cells.within(cells.whole, 1, 99),
    "seat_no": cells.within(cells.whole, 1, 9999),
    "birth_year": cells.within(cells.whole, 1900, 2100),
    "years_in_community": cells.within(cells.whole, 0, 80),
    "coord_accuracy_m": cells.within(cells.whole, 0, 100_000),
    "checkin_radius_m": cells.within(cells.whole, 10, 10_000),
    "day": cells.within(cells.whole, 1, 366),
    "credit_hours": cells.within(cells.whole, 0, 24),
    "hours": cells.within(cells.whole, 0, 2000),
    "lat": cells.within(cells.number, -90, 90),
    "lon": cells.within(cells.number, -180, 180),
    **dict.fromkeys(("party_member", "synthetic", "evaluate", "required"), cells.yes),
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
SPECIAL: dict[tuple[str, str], Reader] = {
    ("timetable", "kind"): cells.choice("kind"),
    ("log_prompts", "day"): cells.within(cells.whole, 0, 366),
    ("log_prompts", "part"): cells.choice("part"),
}


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
        self.header_at = table.place(self.header_row) if self.header_row else 0
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
                place = self.table.place(number)
                yield Line(place, self._read(place, filled))

    def error(self, row: int, column: str, key: str, /, **args: str | int) -> None:
        """Note what must be mended at a place of this sheet; `column` is our name of it."""
        self._say(row, self.header(column) if column else "", key, "error", args)

    def warning(self, row: int, column: str, key: str, /, **args: str | int) -> None:
        """Note what a person should look at."""
        self._say(row, self.header(column) if column else "", key, "warning", args)

    def _say(self, row: int, header: str, key: str, severity: Severity, args: Mapping[str, str | int]) -> None:
        file = self.table.file
        self.problems.append(Problem(file=file, row=row, column=header, key=key, args=dict(args), severity=severity))

    def _columns(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for at, cell in enumerate(self.table.rows[self.header_row - 1]):
            header = cells.words(cell)
            column = column_of(self.name, header) if header else None
            if column is None:
                self._say_unknown(header)
            elif column in found:
                self._say(self.header_at, header, "classfile-column-twice", "error", {"header": header})
            else:
                found[column] = at
        return found

    def _say_unknown(self, header: str) -> None:
        if header:
            self._say(self.header_at, header, "classfile-column-unknown", "warning", {"header": header})

    def _say_columns(self) -> None:
        needed = NEEDED[self.name]
        if not self.header_row:
            headers = "、".join(HEADERS[self.name][key][0] for key in needed)
            self.error(0, "", "classfile-header-missing", headers=headers)
            return
        for key in needed:
            if key not in self.columns:
                self.error(self.header_at, key, "classfile-column-missing", header=HEADERS[self.name][key][0])

    def _read(self, number: int, filled: Mapping[str, Cell]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, cell in filled.items():
            if self.name in RAW:
                values[key] = cell
                continue
            reader = SPECIAL.get((self.name, key)) or READERS.get(key, LINE)
            try:
                values[key] = reader(cell)
            except cells.Unreadable as wrong:
                self.error(number, key, wrong.key, **wrong.text_args)
        for key in NEEDED[self.name]:
            if key in self.columns and key not in filled:
                self.error(number, key, "classfile-empty", header=self.header(key))
        return values


def _header_row(name: str, table: Table) -> int:
    """The number of the row that looks most like the header (a title may stand above it); 0 = none does."""
    best, most = 0, 0
    for number, row in enumerate(table.rows[:10], 1):
        known = {column_of(name, cells.words(cell)) for cell in row} - {None}
        if len(known) > most:
            best, most = number, len(known)
    return best if most >= min(2, len(NEEDED[name]) + 1) else 0
