"""Reads a class that a school hands in, a folder or a workbook, and says in words what is wrong with it (CLASS-01).

Blocking: chat and desk call it in a thread. Nothing is written, and no file makes it raise.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from actions.classbook import BookRefused, sheets_of
from chat.messages import Say
from rules.classfile import ClassFile, Handed, Table, read_tables
from rules.classfile_words import table_of
from rules.problems import Problem, error
from texts.render import voice

MOST_BYTES = 10_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 200
HANDBOOK = ("handbook", "手册", "社区工作手册")
BOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
MOST_TOML, MOST_DOTS, LINE_DOTS = 2_000_000, 100_000, 100
"""Characters of a TOML file, and dots in it and in a line of it: a key of a hundred thousand parts takes the parser a
minute, and each part a table of its own."""
_COURSE = re.compile(r"\s*\[\[\s*(course|extra)\s*\]\]")
_SIGNS = ",\t;，"
_TOML_TABLE = re.compile(r"\s*\[{1,2}([^\[\]]+)\]")
_TOML_KEY = re.compile(r"\s*([\w.-]+)\s*=")
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


class Reading(Struct, frozen=True):
    """What came of reading: the class (None if something must be mended), what is wrong, files that mean nothing."""

    classfile: ClassFile | None
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...] = ()


class Unreadable(Exception):
    """A file that cannot be read; its problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem


class _Gathered:
    """What is gathered from the files, before it is read as a class."""

    def __init__(self) -> None:
        self.tables: dict[str, Table] = {}
        self.settings: Handed | None = None
        self.files: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.ignored: list[str] = []

    def claim(self, table: str, file: str) -> bool:
        """Whether a file is the first for its table; a second one is a problem."""
        first = self.files.setdefault(table, file)
        if first != file:
            self.problems.append(error(file, 0, "", "classfile-file-twice", other=first))
        return first == file

    def reading(self, name: str) -> Reading:
        """Read everything as a class."""
        wrong = {p.file for p in self.problems}
        unread = [table for table, file in self.files.items() if file in wrong]
        made, problems = read_tables(self.tables, self.settings, name, unread)
        return Reading(None if self.problems else made, (*self.problems, *problems), tuple(self.ignored))


def read_class(path: Path) -> Reading:
    """Read a folder, or a workbook."""
    return read_folder(path) if path.is_dir() else _read_file(path)


def read_folder(path: Path) -> Reading:
    """Read a folder with CSV and TOML files, or with nothing but one workbook."""
    try:
        files = sorted(file for file in path.iterdir() if file.is_file() and file.name[0] not in ".~")
    except OSError:
        return Reading(None, (error(str(path), 0, "", "classfile-folder-unreadable"),))
    books = [file for file in files if file.suffix.lower() in BOOK_ENDINGS]
    if len(books) == 1 and not any(_is_table(file) for file in files):
        return _read_file(books[0])
    handed = _Gathered()
    for file in files:
        try:
            _take(handed, file)
        except Unreadable as unreadable:
            handed.problems.append(unreadable.problem)
    return handed.reading(path.resolve().name)


def read_workbook(data: bytes, name: str = "class.xlsx") -> Reading:
    """Read a workbook, as it lies on a disk or came by chat; `name` is what its sender calls it."""
    handed = _Gathered()
    try:
        for table in sheets_of(data, name, MOST_ROWS, MOST_COLUMNS):
            if not isinstance(table, Table):
                handed.problems.append(table)
            elif (known := table_of(table.file)) is None:
                handed.ignored.append(table.file)
            elif handed.claim(known, table.file):
                handed.tables[known] = table
    except BookRefused as refused:
        return Reading(None, (refused.problem,))
    return handed.reading(Path(name).stem)


def said(problem: Problem) -> Say:
    """A problem as a line to be said: where it stands and what to do."""
    place = Say(problem.place, {"file": problem.file, "row": str(problem.row), "column": problem.column})
    args = {name: str(value) for name, value in problem.args.items()}  # 1200, not 1,200
    return Say("classfile-line", {"place": place, "words": Say(problem.key, args), "kind": problem.severity})


def in_words(problem: Problem, lang: str = "zh") -> str:
    """A problem as one line of plain text."""
    return voice(lang, "UTC").plain(said(problem))


def _read_file(path: Path) -> Reading:
    try:
        return read_workbook(_bytes(path), path.name)
    except Unreadable as unreadable:
        return Reading(None, (unreadable.problem,))


def _is_table(file: Path) -> bool:
    return file.suffix.lower() in (".csv", ".txt", ".tsv") and table_of(file.stem) is not None


def _take(handed: _Gathered, file: Path) -> None:
    """Put a file where it belongs; a file of another kind is left alone, the handbook has a command of its own."""
    if file.stem.lower() in HANDBOOK and file.suffix.lower() in (".toml", ".md", ".docx"):
        return
    table = table_of(file.stem)
    toml = file.suffix.lower() == ".toml" and table in ("settings", "class", "courses")
    if table is None or not (toml or _is_table(file)):
        handed.ignored.append(file.name)
    elif handed.claim(table, file.name):
        text = text_of(_bytes(file), file.name)
        if not toml:
            handed.tables[table] = _csv_table(file.name, text)
        elif table == "settings":
            handed.settings = Handed(file.name, toml_of(file.name, text), _lines(text))
        else:
            handed.tables[table] = (_courses if table == "courses" else _about)(file.name, text)


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Unreadable(error(file.name, 0, "", "classfile-file-large", most=MOST_BYTES // 1_000_000))
        return file.read_bytes()
    except FileNotFoundError:
        raise Unreadable(error(file.name, 0, "", "classfile-file-missing")) from None
    except OSError:
        raise Unreadable(error(file.name, 0, "", "classfile-file-unreadable")) from None


def text_of(data: bytes, name: str) -> str:
    """The text of a file, as spreadsheets and editors in use write it: UTF-8, GB 18030, or UTF-16 with its mark."""
    if data[:4] == b"PK\x03\x04" or data[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable(error(name, 0, "", "classfile-file-is-book"))
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(error(name, 0, "", "classfile-file-encoding"))


def _csv_table(file: str, text: str) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        rows = tuple(tuple(row) for row in reader)
    except csv.Error:
        raise Unreadable(error(file, reader.line_num, "", "classfile-csv-broken")) from None
    if len(rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in rows):
        raise Unreadable(error(file, 0, "", "classfile-too-many", rows=MOST_ROWS, columns=MOST_COLUMNS))
    return Table(file, rows)


def _delimiter(text: str) -> str:
    """What stands between the cells: as in the first line that has any of the usual signs (a title may be above)."""
    heads = (line for line in text[:4000].splitlines() if any(sign in line for sign in _SIGNS))
    head = next(heads, "")
    return max(_SIGNS, key=head.count)


def toml_of(file: str, text: str) -> dict[str, Any]:
    """What stands in a TOML file; Unreadable says where it is broken."""
    if len(text) > MOST_TOML or text.count(".") > MOST_DOTS:
        raise Unreadable(error(file, 0, "", "classfile-file-large", most=MOST_TOML // 1_000_000))
    if deep := next((at for at, line in _numbered(text) if line.count(".") > LINE_DOTS), 0):
        raise Unreadable(error(file, deep, "", "classfile-toml-broken", at=1))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        place = _TOML_PLACE.search(str(broken))
        line, column = (int(place[1]), int(place[2])) if place else (0, 0)
        raise Unreadable(error(file, line, "", "classfile-toml-broken", at=column)) from None
    except (RecursionError, ValueError):
        raise Unreadable(error(file, 0, "", "classfile-toml-broken", at=1)) from None


def _lines(text: str) -> dict[str, int]:
    """The line at which each key path of a TOML file first stands."""
    found: dict[str, int] = {}
    table = ""
    for at, line in _numbered(text):
        if head := _TOML_TABLE.match(line):
            table = head[1].replace(" ", "") + "."
            found.setdefault(table[:-1], at)
        elif key := _TOML_KEY.match(line):
            found.setdefault(table + key[1], at)
    return found


def _about(file: str, text: str) -> Table:
    """`class.toml` as a sheet of two columns; what stands in a table of its own means nothing to us."""
    said = toml_of(file, text)
    numbers = {line.split("=")[0].strip().strip("\"'"): at for at, line in _numbered(text) if "=" in line}
    rows = [(key, value if _is_plain(value) else str(value)) for key, value in said.items()]
    return Table(file, (("key", "value"), *rows), (1, *(numbers.get(key, 1) for key in said)))


def _is_plain(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _courses(file: str, text: str) -> Table:
    """`courses.toml` as a sheet: its `[[course]]` and `[[extra]]` tables, each at the line where it begins."""
    said = toml_of(file, text)
    columns = ("id", "title_zh", "title_en", "lead", "hours")
    lines: dict[str, list[int]] = {"course": [], "extra": []}
    for at, line in _numbered(text):
        if found := _COURSE.match(line):
            lines[found[1]].append(at)
    rows: list[tuple[object, ...]] = []
    places: list[int] = []
    for kind, at_lines in lines.items():
        for number, entry in enumerate(_entries(file, said.get(kind, []))):
            rows.append(tuple(entry.get(name) if _is_plain(entry.get(name)) else "" for name in columns))
            places.append(at_lines[number] if number < len(at_lines) else 1)
    return Table(file, (columns, *rows), (1, *places))


def _entries(file: str, said: Any) -> Iterable[Mapping[str, Any]]:
    if not isinstance(said, list) or not all(isinstance(entry, dict) for entry in said):
        raise Unreadable(error(file, 0, "course", "classfile-courses-shape"))
    return said


def _numbered(text: str) -> Iterable[tuple[int, str]]:
    return enumerate(text.splitlines(), 1)
