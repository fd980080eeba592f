"""All sheets of a class together, and one list of what is wrong with them (CLASS-01)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rules.classfile_rows import Table
from rules.classfile_sheets import Line, Sheet
from rules.classfile_words import HEADERS, SHEETS
from rules.problems import Problem, Severity, has_errors


class Book:
    """The sheets by our names of them. What is said of a sheet that was not handed in names it in Chinese."""

    def __init__(self, tables: Mapping[str, Table], unread: Collection[str] = ()) -> None:
        self.unread = frozenset(unread)
        self.sheets = {name: Sheet(name, tables[name]) for name in SHEETS if name in tables}
        self.more: list[Problem] = []

    def lines(self, table: str) -> list[Line]:
        """The filled lines of a sheet; none where the sheet is missing."""
        return list(self.sheets[table].lines()) if table in self.sheets else []

    def error(self, table: str, row: int, column: str, key: str, /, **args: str | int) -> None:
        """Note what must be mended."""
        self._say(table, row, column, key, "error", args)

    def warning(self, table: str, row: int, column: str, key: str, /, **args: str | int) -> None:
        """Note what a person should look at."""
        self._say(table, row, column, key, "warning", args)

    def broken(self, table: str) -> bool:
        """Whether a sheet is misread in part or altogether, so that what seems to be missing may well be in it."""
        sheet = self.sheets.get(table)
        return table in self.unread or (sheet is not None and has_errors(sheet.problems))

    def file(self, table: str) -> str:
        """How the person calls a sheet."""
        return self.sheets[table].table.file if table in self.sheets else SHEETS[table][0]

    def header(self, table: str, column: str) -> str:
        """How the person calls a column."""
        if table in self.sheets:
            return self.sheets[table].header(column)
        return HEADERS[table].get(column, (column,))[0]

    def problems(self) -> list[Problem]:
        """Everything, sheet by sheet and from top to bottom; nothing twice."""
        said = [p for sheet in self.sheets.values() for p in sheet.problems] + self.more
        files = {sheet.table.file: at for at, sheet in enumerate(self.sheets.values())}
        once = {(p.file, p.row, p.column, p.key, str(p.args)): p for p in said}
        return sorted(once.values(), key=lambda p: (files.get(p.file, len(files)), p.row))

    def _say(self, table: str, row: int, column: str, key: str, severity: Severity, args: dict[str, str | int]) -> None:
        where = self.header(table, column) if column else ""
        self.more.append(Problem(file=self.file(table), row=row, column=where, key=key, args=args, severity=severity))
