"""A class as a workbook with Chinese headers: writes it, and takes one apart into plain cells (CLASS-01)."""

from __future__ import annotations

import io
import json
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import Any

from msgspec import structs, to_builtins

from rules.classfile import ClassFile, Table
from rules.classfile_about import taken
from rules.classfile_words import ABOUT, CHOICES, HEADERS, SHEETS
from rules.problems import Problem, error
from rules.settings import Settings
from rules.settings_parts import Part

MOST_BYTES = 10_000_000
MOST_UNPACKED = 50_000_000
MOST_PARTS = 1_000
MOST_SHEETS = 30
_MOST_SAID = 50
MOST_TAGS = MOST_ATTRIBUTES = 400_000
"""So many signs "<", and so many "=", all parts of a file may hold together. openpyxl needs about 6 µs for each, and a
workbook of 40 kB may unpack to ten million of them: six minutes and a gigabyte. The sample has twenty thousand."""
MOST_CHARS, CELL_CHARS = 10_000_000, 32_767
"""So many characters all cells of a sheet may hold together, many of them perhaps the same; and one, as in Excel."""
LAST_ROW = 1_048_576
"""Of any spreadsheet. The number of a row may say anything, and openpyxl would count up to it."""
_XML = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']*)")
_PLAIN = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""How XML in 16 or 32 bits begins: what is looked for below would not be found in it."""


class BookRefused(Exception):
    """A workbook that is not read at all; its problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem


def sheets_of(data: bytes, name: str, most_rows: int, most_columns: int) -> Iterator[Table | Problem]:
    """The sheets of a workbook as tables, and what is wrong with single cells of them."""
    examine(data, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            values, formulas = _open(data, True), _open(data, False)
            found = list(_sheets(values, formulas, most_rows, most_columns))
        except Exception as broken:  # openpyxl raises whatever a damaged part makes it stumble over
            if isinstance(broken, BookRefused):
                raise
            raise _refused(name, "classfile-book-broken") from None
    yield from found


def _refused(name: str, key: str, **args: str | int) -> BookRefused:
    return BookRefused(error(name, 0, "", key, **args))


def _open(data: bytes, data_only: bool) -> Any:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False)


def examine(data: bytes, name: str, main: str = "xl/workbook.xml") -> None:
    """Refuse what is no workbook (or no other such file, by its `main` part), too large, packed to burst, locked, or
    holds macros or entities."""
    if len(data) > MOST_BYTES:
        raise _refused(name, "classfile-file-large", most=MOST_BYTES // 1_000_000)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise _refused(name, "classfile-book-old")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _parts(packed, name, main)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        raise _refused(name, "classfile-book-broken") from None


def _parts(packed: zipfile.ZipFile, name: str, main: str) -> None:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _refused(name, "classfile-book-bomb")
    names = {part.filename.lower() for part in parts}
    if any(part.endswith("vbaproject.bin") for part in names):
        raise _refused(name, "classfile-book-macro")
    if main not in names:
        raise _refused(name, "classfile-book-broken")
    left, tags, attributes = MOST_UNPACKED, 0, 0
    for part in parts:
        with packed.open(part) as opened:
            content = opened.read(left + 1)
        left, tags, attributes = left - len(content), tags + content.count(b"<"), attributes + content.count(b"=")
        if left < 0 or tags > MOST_TAGS or attributes > MOST_ATTRIBUTES or _XML.search(content):
            raise _refused(name, "classfile-book-bomb")
        if not _is_plain(content):
            raise _refused(name, "classfile-book-broken")


def _is_plain(content: bytes) -> bool:
    """Whether a part is no XML, or XML in an encoding that hides nothing from us: spreadsheets write UTF-8."""
    declared = _DECLARED.match(content[:400])
    return content[:2] not in _WIDE and (declared is None or declared[1].lower() in _PLAIN)


def _sheets(values: Any, formulas: Any, most_rows: int, most_columns: int) -> Iterator[Table | Problem]:
    for sheet, source in list(zip(values.worksheets, formulas.worksheets, strict=True))[:MOST_SHEETS]:
        rows, problems = _cells(sheet, source, most_rows, most_columns)
        yield from problems
        yield Table(sheet.title, rows)


def _cells(
    sheet: Any, source: Any, most_rows: int, most_columns: int
) -> tuple[tuple[tuple[object, ...], ...], list[Problem]]:
    """The values of a sheet. A formula never reckoned, or gone wrong, is a problem of its cell."""
    rows: list[tuple[object, ...]] = []
    problems: list[Problem] = []
    for part in (sheet, source):
        part.reset_dimensions()
    pairs = zip(*(part.iter_rows(max_row=LAST_ROW, max_col=most_columns) for part in (sheet, source)), strict=True)
    blank, left = None, MOST_CHARS
    for row, written in pairs:
        if row is blank or not any(cell.value is not None for cell in written):
            blank = row  # openpyxl fills a gap with one and the same row, a million times if need be
            if len(rows) < most_rows:
                rows.append(())
        elif len(rows) < most_rows:
            rows.append(tuple(_value_of(cell) for cell in row))
            left -= sum(len(value) for value in rows[-1] if isinstance(value, str))
            if left < 0:
                raise _refused(sheet.title, "classfile-book-bomb")
            problems += [p for cell, origin in zip(row, written, strict=True) if (p := _odd(sheet.title, cell, origin))]
        else:
            problems.insert(0, error(sheet.title, 0, "", "classfile-too-many", rows=most_rows, columns=most_columns))
            break
    return tuple(rows), problems[:_MOST_SAID]


def _value_of(cell: Any) -> object:
    """What stands in a cell; of an endless text so much that whoever reads it finds it too long."""
    value = None if cell.data_type == "e" else cell.value
    return value[:CELL_CHARS] if isinstance(value, str) else value


def _odd(title: str, cell: Any, origin: Any) -> Problem | None:
    if cell.data_type == "e":
        return error(title, cell.row, cell.column_letter, "classfile-cell-error", value=str(cell.value))
    if origin.data_type == "f" and cell.value is None:
        return error(title, cell.row, cell.column_letter, "classfile-cell-formula")
    return None


# Columns whose cells hold one of the words we know, and whose words these are.
_CHOSEN = {
    "gender": "gender", "lang": "lang", "role_key": "role", "checkin_mode": "mode", "unit": "unit", "part": "part",
}  # fmt: skip
_FORMATS = {date: "yyyy-mm-dd", time: "hh:mm"}
_WIDEST = 40


def write_book(made: ClassFile) -> bytes:
    """A class as a workbook: one sheet a table, the headers in Chinese; `read_workbook` makes the same class of it."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for table, names in SHEETS.items():
        _write(book.create_sheet(names[0]), _rows(table, made))
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _rows(table: str, made: ClassFile) -> list[list[Any]]:
    if table == "class":
        said = [[names[0], getattr(made, key)] for key, names in ABOUT.items()]
        return [["项目", "内容"], *(pair for pair in said if pair[1] is not None)]
    if table == "settings":
        defaults = dict(_settings(Settings()))
        return [
            ["设置项", "值", "默认值"],
            *([path, value, defaults[path]] for path, value in _settings(made.settings)),
        ]
    columns = [column for column in HEADERS[table] if column != "span"]
    rows = made.sessions if table == "timetable" else getattr(made, table)
    return [[HEADERS[table][column][0] for column in columns], *([_value(table, r, c) for c in columns] for r in rows)]


def _value(table: str, row: Any, column: str) -> Any:
    value = getattr(row, "role" if column == "role_key" else column)
    chosen = "kind" if (table, column) == ("timetable", "kind") else _CHOSEN.get(column)
    if chosen:
        return CHOICES[chosen][value][0] if value else None
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, tuple) else value


def _settings(part: Part, path: str = "") -> Iterator[tuple[str, Any]]:
    """Each setting that is no table of settings itself, by its key path; lists and tables as JSON."""
    for field in structs.fields(part):
        value = getattr(part, field.name)
        if isinstance(value, Part):
            yield from _settings(value, f"{path}{field.encode_name}.")
        else:
            yield f"{path}{field.encode_name}", _shown(value)


def _shown(value: Any) -> Any:
    if isinstance(value, time):
        return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
    if isinstance(value, str):
        return value if taken(value) == value else json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool | int | float):
        return value
    return json.dumps(_dense(to_builtins(value)), ensure_ascii=False)


def _dense(value: Any) -> Any:
    """Without the keys that hold nothing: a setting is given or it is not there."""
    if isinstance(value, dict):
        return {key: _dense(each) for key, each in value.items() if each is not None}
    return [_dense(each) for each in value] if isinstance(value, list | tuple) else value


def _write(sheet: Any, rows: Sequence[Sequence[Any]]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row, 1):
            cell = sheet.cell(number, at, _guarded(value))
            if type(value) in _FORMATS:
                cell.number_format = _FORMATS[type(value)]
            if number == 1:
                cell.font = Font(bold=True)
    for at in range(1, len(rows[0]) + 1):
        width = max(_width(row[at - 1]) for row in rows)
        sheet.column_dimensions[get_column_letter(at)].width = min(width, _WIDEST) + 2
    sheet.freeze_panes = "A2"


def _width(value: Any) -> int:
    text = "" if value is None else str(value)
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def _guarded(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is given an apostrophe, which reading takes off again."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@") else value
