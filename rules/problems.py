"""What is wrong with something that a school handed in, said so that a person can mend it (CLASS-01)."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, field

Severity = Literal["error", "warning"]


class Problem(Struct, frozen=True, kw_only=True):
    """One thing to mend: where it stands (row as the person sees it, 0 = the whole file) and what.

    `key` is a text id of `texts/*/classfile.ftl`, `args` its variables (strings and ints). An error stops the
    import, a warning is only shown.
    """

    file: str
    row: int = 0
    column: str = ""
    key: str
    args: dict[str, Any] = field(default_factory=dict)
    severity: Severity = "error"

    @property
    def place(self) -> str:
        """The text id that says where: it takes `file`, `row` and `column`."""
        if self.row:
            return "classfile-at-cell" if self.column else "classfile-at-row"
        return "classfile-at-key" if self.column else "classfile-at-file"


def error(file: str, row: int, column: str, key: str, /, **args: str | int) -> Problem:
    """Something that must be mended before the import."""
    return Problem(file=file, row=row, column=column, key=key, args=args)


def warning(file: str, row: int, column: str, key: str, /, **args: str | int) -> Problem:
    """Something that a person should look at; the import may go on."""
    return Problem(file=file, row=row, column=column, key=key, args=args, severity="warning")


def has_errors(problems: list[Problem]) -> bool:
    """Whether something stands in the way of the import."""
    return any(p.severity == "error" for p in problems)
