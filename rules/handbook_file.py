"""Reads handbook entries out of what a school hands in: rows with named cells, or headings with text (HANDBOOK-01)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct, structs

from rules.handbook import (
    CATEGORIES,
    CITED,
    METHOD,
    TO_CHECK,
    Content,
    Wrong,
    day_of,
    one_line,
    tags_of,
    tidy,
    where_a_name_is,
    wrongs,
)
from rules.problems import Problem, error, warning

COLUMNS: dict[str, tuple[str, ...]] = {
    "key": ("编号", "序号", "id", "key", "no"),
    "category": ("类别", "分类", "category"),
    "q_zh": ("问题", "标题", "question", "q_zh"),
    "a_zh": ("回答", "答案", "内容", "answer", "a_zh"),
    "q_en": ("英文问题", "question (en)", "question_en", "q_en"),
    "a_en": ("英文回答", "英文答案", "answer (en)", "answer_en", "a_en"),
    "checked": ("核对", "核对情况", "checked"),
    "basis": ("依据", "basis"),
    "tags": ("标签", "tags"),
    "as_of": ("日期", "截至日期", "date", "as of", "as_of"),
}
"""What the columns of a sheet, and the lines below an answer, may be called; ours first."""

CHECKED_WORDS = {
    "cited": CITED, "有依据": CITED, "to_check": TO_CHECK, "to check": TO_CHECK, "待学校核对": TO_CHECK,
    "待核对": TO_CHECK, "method": METHOD, "经验做法": METHOD, "practice": METHOD,
}  # fmt: skip
WHATS = {
    "empty": "handbook-bad-empty", "length": "handbook-bad-length", "half": "handbook-bad-half",
    "unknown": "handbook-bad-unknown", "tags": "handbook-bad-tags", "date": "handbook-bad-date",
}  # fmt: skip
MOST_ENTRIES = 2000
WIDE = "\u3000"
"""Between several marks on one line."""
_NAMES = {word.casefold(): field for field, words in COLUMNS.items() for word in words}
_MARKS = {word: field for word, field in _NAMES.items() if field not in ("category", "q_zh", "a_zh")}
_MARK = re.compile(
    rf"({'|'.join(sorted(map(re.escape, _MARKS), key=len, reverse=True))})\s*[：:]\s*(.*)", re.IGNORECASE
)
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_HASHES = re.compile(r"(#{1,6})\s+(.*)")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,15}")


class Line(Struct, frozen=True):
    """A line of a text with headings: level 1 is a category, 2 a question, 0 anything else; `no` as a person counts."""

    no: int
    level: int
    text: str


class Given(Struct, frozen=True, kw_only=True):
    """An entry as it stands in a file: only what the file says. `row` is where it begins."""

    row: int
    key: str = ""
    fields: dict[str, str | tuple[str, ...]]

    @property
    def title(self) -> str:
        """Its question."""
        return str(self.fields.get("q_zh", ""))

    def over(self, old: Content | None) -> Content:
        """The whole text of the entry: what the file does not say stays as it was."""
        if old is not None:
            return structs.replace(old, **self.fields)
        basis = str(self.fields.get("basis", ""))
        guess = METHOD if not basis or CHECKED_WORDS.get(basis) == METHOD else TO_CHECK
        whole: dict[str, Any] = {"checked": guess, **self.fields}
        return Content(**whole)


class Found(Struct, frozen=True):
    """The entries of a file, and what is wrong with it."""

    entries: tuple[Given, ...]
    problems: tuple[Problem, ...] = ()


# ---- cells -------------------------------------------------------------------------------------------------


def field_of(name: str) -> str | None:
    """Which field a column means, by any of its names."""
    return _NAMES.get(" ".join(name.split()).casefold())


def given(row: int, cells: Mapping[str, Any]) -> Given:
    """An entry out of cells by field. A value that means nothing is kept as it is, for `wrongs` to say."""
    fields = {name: _value(name, value) for name, value in cells.items() if name != "key" and value is not None}
    if not fields.get("checked", "-"):
        del fields["checked"]
    return Given(row=row, key=one_line(_text(cells.get("key") or "")), fields=fields)


def _value(name: str, value: Any) -> Any:
    if name == "tags":
        words = [str(each) for each in value] if isinstance(value, list | tuple) else [_text(value)]
        return tuple(dict.fromkeys(tag for each in words for tag in tags_of(each)))
    if name == "as_of":
        return _date(value)
    text = tidy(_text(value)) if name in ("a_zh", "a_en") else one_line(_text(value))
    return CHECKED_WORDS.get(text.casefold(), text) if name == "checked" else text


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _date(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = one_line(str(value))
    return day_in_words(text) or text


def day_in_words(text: str) -> str | None:
    """A day as people write it (2026-11-22, 2026.11.22, 2026年11月22日) as an ISO date; None where there is no such."""
    found = _DATE.fullmatch(one_line(text))
    iso = f"{int(found[1]):04}-{int(found[2]):02}-{int(found[3]):02}" if found else ""
    return iso if day_of(iso) else None


def from_rows(file: str, rows: Sequence[Sequence[Any]]) -> Found:
    """The entries of a sheet: the first row that names a question and an answer is its header."""
    heads = ([field_of(str(cell)) if cell is not None else None for cell in row] for row in rows[:20])
    at, names = next(((at, n) for at, n in enumerate(heads) if "q_zh" in n and "a_zh" in n), (0, []))
    if not names:
        return Found((), (error(file, 0, "", "handbook-bad-header"),))
    twice = [name for name in names if name and names.count(name) > 1]
    if twice:
        return Found((), (error(file, at + 1, COLUMNS[twice[0]][0], "handbook-bad-column-twice"),))
    entries = []
    for number, row in enumerate(rows[at + 1 :], at + 2):
        cells = {name: "" if cell is None else cell for name, cell in zip(names, row, strict=False) if name}
        if any(str(cell).strip() for cell in cells.values()):
            entries.append(given(number, cells))
    return Found(tuple(entries))


# ---- headings ----------------------------------------------------------------------------------------------


def lines_of(text: str) -> list[Line]:
    """The lines of a Markdown text: `# category`, `## question`."""
    found = []
    for no, line in enumerate(text.splitlines(), 1):
        heading = _HASHES.match(line)
        level = len(heading[1]) if heading else 0
        found.append(Line(no, level if level < 3 else 0, _bare(heading[2]) if heading else line))
    return found


def _bare(heading: str) -> str:
    """A heading without the signs that may close it: `## question ##`."""
    text = heading.rstrip()
    bare = text.rstrip("#")
    return bare.rstrip() if not bare or bare[-1].isspace() else text


class _Headings:
    """One reading of a text with headings."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.entries: list[Given] = []
        self.problems: list[Problem] = []
        self.category: Line | None = None
        self.row, self.cells = 0, dict[str, Any]()
        self.field = "a_zh"
        self.texts: dict[str, list[str]] = {}
        """The lines of the answer, in each language."""

    def take(self, line: Line) -> None:
        """The next line."""
        if line.level == 1:
            self.close()
            self.category = line
        elif line.level == 2:
            self.close()
            self._begin(line)
        elif self.row:
            self._below(line.text)
        elif self.category is not None and self.category.text in CATEGORIES and line.text.strip():
            self.problems.append(error(self.file, line.no, line.text.strip()[:16], "handbook-bad-loose"))

    def _begin(self, line: Line) -> None:
        category = one_line(self.category.text) if self.category else ""
        if category not in CATEGORIES:
            where = self.category or line
            wrong = error(self.file, where.no, one_line(where.text)[:16], "handbook-bad-category")
            self.problems += [wrong] if wrong not in self.problems else []
        self.row, self.cells, self.field = line.no, {"category": category, "q_zh": line.text}, "a_zh"
        self.texts = {"a_zh": []}

    def _below(self, text: str) -> None:
        """A line of the answer, or one that names what it says."""
        marks = [_MARK.fullmatch(part.strip()) for part in text.strip().split(WIDE)]
        whole = _MARK.fullmatch(text.strip())
        for mark in marks if all(marks) else [whole]:
            if mark is not None:
                name = _MARKS[mark[1].casefold()]
                self.field = "a_en" if name == "a_en" else "a_zh"
                if name == "a_en":
                    self.texts[name] = [mark[2]]
                else:
                    self.cells[name] = mark[2]
        if whole is None:
            self.texts[self.field].append(text.removeprefix("\\"))

    def close(self) -> None:
        """The entry is whole."""
        if self.row:
            texts = {name: "\n".join(parts).lstrip("\n") for name, parts in self.texts.items()}
            self.entries.append(given(self.row, {**self.cells, **texts}))
        self.row = 0


def from_lines(file: str, lines: Iterable[Line]) -> Found:
    """The entries of a text with headings; what stands before the first category is a title page."""
    reading = _Headings(file)
    for line in lines:
        reading.take(line)
    reading.close()
    return Found(tuple(reading.entries), tuple(reading.problems))


def escaped(text: str) -> str:
    """A text that reads as itself below a heading: no line of it is taken for a heading or a mark."""
    return "\n".join(
        "\\" + line if line.startswith(("#", "\\")) or _MARK.fullmatch(line.strip()) else line
        for line in text.splitlines()
    )


# ---- all of them -------------------------------------------------------------------------------------------


def together(file: str, found: Found) -> list[Problem]:
    """What is wrong with the entries of a file as a whole: none, too many, one twice, a key that is none."""
    problems = list(found.problems)
    if not found.entries and not problems:
        problems.append(error(file, 0, "", "handbook-bad-none"))
    if len(found.entries) > MOST_ENTRIES:
        problems.append(error(file, 0, "", "handbook-bad-many", most=MOST_ENTRIES))
    seen: dict[str, int] = {}
    for entry in found.entries:
        if entry.key and not _KEY.fullmatch(entry.key):
            problems.append(error(file, entry.row, entry.key[:16], "handbook-bad-key"))
        for mark in filter(None, (entry.key and f"key {entry.key}", entry.title and f"q {entry.title}")):
            if (first := seen.setdefault(mark, entry.row)) != entry.row:
                problems.append(error(file, entry.row, entry.title[:16], "handbook-bad-twice", first=first))
    return problems


def judged(file: str, entry: Given, content: Content) -> list[Problem]:
    """What is wrong with one entry, and a warning where a name or a number seems to stand in it."""
    known = content.category in CATEGORIES or "category" not in entry.fields
    found = [_problem(file, entry, wrong) for wrong in wrongs(content) if wrong.field != "category" or known or
             content.category == ""]  # fmt: skip
    if not known and content.category:
        found.append(error(file, entry.row, content.category[:16], "handbook-bad-category"))
    if names := where_a_name_is(content):
        found.append(warning(file, entry.row, entry.title[:16], "handbook-hint-names", names="、".join(names[:5])))
    return found


def _problem(file: str, entry: Given, wrong: Wrong) -> Problem:
    place = " · ".join(filter(None, (entry.title[:16], COLUMNS[wrong.field][0])))
    return error(file, entry.row, place, WHATS[wrong.what], low=wrong.low, high=wrong.high)
