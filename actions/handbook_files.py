"""Opens what a school hands in as its handbook: TOML, Markdown, Word, Excel; says in words what is wrong with it.

Blocking: a terminal may call it at once, a loop in a thread. Nothing is written, and no file makes it raise.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from actions.classbook import BookRefused, examine, sheets_of
from actions.classfiles import MOST_BYTES, Unreadable, text_of, toml_of
from rules.classfile import Table
from rules.handbook_file import MOST_ENTRIES, Found, Line, field_of, from_lines, from_rows, given, lines_of, together
from rules.problems import Problem, error

ENDINGS = (".toml", ".md", ".docx", ".xlsx")
MOST_ROWS, MOST_COLUMNS, MOST_LINES = 2_100, 40, 20_000
MOST_TEXT = 4_000_000
"""Characters of a text with headings."""
_ENTRY = re.compile(r"\s*\[\[\s*entry\s*\]\]")
_LEVEL = re.compile(r"(?:heading|标题)\s*([12])", re.IGNORECASE)
_BROKEN = {
    "classfile-book-broken": "handbook-bad-broken", "classfile-book-old": "handbook-bad-locked",
    "classfile-book-macro": "handbook-bad-macro", "classfile-book-bomb": "handbook-bad-bomb",
}  # fmt: skip


def read_handbook(data: bytes, name: str) -> Found:
    """The entries of a file, by the ending of its name; what is wrong with it stops the import."""
    ending = "." + name.lower().rpartition(".")[2]
    if ending == ".markdown":
        ending = ".md"
    if ending not in ENDINGS:
        return Found((), (error(name, 0, "", "handbook-bad-ending"),))
    if len(data) > MOST_BYTES:
        return Found((), (error(name, 0, "", "classfile-file-large", most=MOST_BYTES // 1_000_000),))
    try:
        found = {".toml": _toml, ".md": _markdown, ".docx": _word, ".xlsx": _sheet}[ending](data, name)
    except Unreadable as unreadable:
        return Found((), (unreadable.problem,))
    except BookRefused as refused:
        problem = refused.problem
        key = _BROKEN.get(problem.key, problem.key) if ending == ".docx" else problem.key
        return Found((), (error(name, 0, "", key, **problem.args),))
    return Found(found.entries, tuple(together(name, found)))


def _toml(data: bytes, name: str) -> Found:
    text = text_of(data, name)
    said = toml_of(name, text)
    places = [at for at, line in enumerate(text.splitlines(), 1) if _ENTRY.match(line)]
    listed = said.get("entry", [])
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        return Found((), (error(name, 0, "entry", "handbook-bad-shape"),))
    if len(listed) > MOST_ENTRIES:
        return Found((), (error(name, 0, "", "handbook-bad-many", most=MOST_ENTRIES),))
    entries, problems = [], []
    for number, each in enumerate(listed):
        row = places[number] if number < len(places) else 0
        cells: dict[str, Any] = {"as_of": said["as_of"]} if "as_of" in said else {}
        for column, value in each.items():
            field = field_of(column)
            if field is None or isinstance(value, dict):
                problems.append(error(name, row, column[:16], "handbook-bad-column"))
            else:
                cells[field] = value
        entries.append(given(row, cells))
    return Found(tuple(entries), tuple(problems))


def _markdown(data: bytes, name: str) -> Found:
    text = text_of(data, name)
    if len(text) > MOST_TEXT:
        raise Unreadable(error(name, 0, "", "classfile-file-large", most=MOST_TEXT // 1_000_000))
    if text.count("\n") + text.count("\r") > MOST_LINES:
        raise Unreadable(error(name, 0, "", "handbook-bad-long", most=MOST_LINES))
    return from_lines(name, lines_of(text))


def _sheet(data: bytes, name: str) -> Found:
    """The first sheet that has a header of ours; wrong cells of other sheets do not matter."""
    wrong: list[Problem] = []
    first: Found | None = None
    for table in sheets_of(data, name, MOST_ROWS, MOST_COLUMNS):
        if not isinstance(table, Table):
            wrong.append(table)
            continue
        found = from_rows(f"{name} · {table.file}", table.rows)
        if found.entries or found.problems[0].key != "handbook-bad-header":
            return Found(found.entries, (*wrong, *found.problems))
        first, wrong = first or found, []
    return first or Found((), (error(name, 0, "", "handbook-bad-header"),))


def _word(data: bytes, name: str) -> Found:
    examine(data, name, "word/document.xml")
    try:
        lines, tables = _paragraphs(data)
    except Exception:  # python-docx raises whatever a damaged part makes it stumble over
        return Found((), (error(name, 0, "", "handbook-bad-broken"),))
    if len(lines) > MOST_LINES:
        return Found((), (error(name, 0, "", "handbook-bad-long", most=MOST_LINES),))
    found = from_lines(name, lines)
    more = (error(name, 0, "", "handbook-bad-table", count=tables),) if tables else ()
    return Found(found.entries, (*found.problems, *more))


def _paragraphs(data: bytes) -> tuple[list[Line], int]:
    """The lines of a Word file, each with the level of its heading and the number of its paragraph; and how many
    tables there are, whose text would be lost."""
    from docx import Document

    book = Document(io.BytesIO(data))
    found: list[Line] = []
    headings: dict[str, int] = {}
    for no, paragraph in enumerate(book.paragraphs, 1):
        style = paragraph._p.style or ""
        if style not in headings:  # to look a style up takes longer than all the rest of a paragraph
            headings[style] = _level(paragraph)
        level = headings[style] if headings[style] and paragraph.text.strip() else 0
        found += [Line(no, level, text) for text in _split(paragraph.text, level)]
        if len(found) > MOST_LINES:
            break
    return found, len(book.tables)


def _split(text: str, level: int) -> Iterator[str]:
    if level:
        yield " ".join(text.split())
    else:
        yield from text.split("\n")


def _level(paragraph: Any) -> int:
    """1 or 2 for a heading, by the name of its style in either language."""
    style = paragraph.style.name if paragraph.style is not None else ""
    found = _LEVEL.fullmatch(style or "")
    return int(found[1]) if found else 0
