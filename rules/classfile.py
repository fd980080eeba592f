"""A class from files: the rows, the reading, the checks, each in a file; this is their door (CLASS-01)."""

from __future__ import annotations

from rules.classfile_reading import check, read_tables
from rules.classfile_rows import (
    Cell,
    ClassFile,
    Course,
    Group,
    Handed,
    Lecturer,
    LogPrompt,
    Room,
    SessionRow,
    Site,
    Staff,
    Table,
    Trainee,
    rowless,
    shift,
)
from rules.problems import Problem, has_errors

__all__ = [
    "Cell",
    "ClassFile",
    "Course",
    "Group",
    "Handed",
    "Lecturer",
    "LogPrompt",
    "Problem",
    "Room",
    "SessionRow",
    "Site",
    "Staff",
    "Table",
    "Trainee",
    "check",
    "has_errors",
    "read_tables",
    "rowless",
    "shift",
]
