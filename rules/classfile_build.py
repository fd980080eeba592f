"""Makes trainees, groups, sessions and their like from the lines of the sheets, filling in what is usual (CLASS-01)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypeVar

from msgspec import structs

from rules.classfile_about import About
from rules.classfile_book import Book
from rules.classfile_rows import Course, Group, Lecturer, LogPrompt, Room, Row, SessionRow, Site, Staff, Trainee
from rules.classfile_sheets import NEEDED, Line
from rules.classfile_words import HABITS, USUAL, choice_of

R = TypeVar("R", bound=Row)


def _whole(table: str, line: Line) -> bool:
    """Whether a line has all that is needed; what it lacks is said already."""
    return all(column in line.values for column in NEEDED[table])


def _rows(book: Book, table: str, kind: type[R], id_column: str = "", made_from: str = "") -> list[R]:
    """The lines of a sheet as rows; an id that is not given is made from another column."""
    rows = []
    for line in book.lines(table):
        if _whole(table, line):
            made = {id_column: str(line.values[made_from])} if id_column else {}
            rows.append(kind(**made | line.values, row=line.row))
    return rows


def trainees(book: Book) -> list[Trainee]:
    """The roster; an id that is not given is made from the seat, so that the next import finds it again."""
    found = []
    for line in book.lines("trainees"):
        if _whole("trainees", line):
            made = {"trainee_id": f"T{line.values['seat_no']:03d}"}
            found.append(Trainee(**made | line.values, row=line.row))
    return found


def groups(book: Book, roster: list[Trainee]) -> list[Group]:
    """The groups; where there is no such sheet, those that the roster names, led by those it calls 组长 and 副组长."""
    if "groups" in book.sheets:
        return _rows(book, "groups", Group)
    posts = {(t.group_no, _post(t)): t.trainee_id for t in reversed(roster)}
    numbers = sorted({t.group_no for t in roster})
    return [
        Group(group_no=n, leader_id=posts.get((n, "组长"), ""), deputy_id=posts.get((n, "副组长"), "")) for n in numbers
    ]


def _post(trainee: Trainee) -> str:
    return next((post for post in ("副组长", "组长") if trainee.class_role.endswith(post)), "")


def staff(book: Book) -> list[Staff]:
    """The school's people. Of several class teachers, those called 副 are deputies; if none is, all but the first."""
    found = []
    for line in book.lines("staff"):
        if _whole("staff", line):
            values = {"staff_id": line.values["name"]} | line.values
            role = values.pop("role_key")
            found.append(Staff(**values, role=role, row=line.row))
    teachers = [s for s in found if s.role == "class_teacher"]
    second = [s for s in teachers if "副" in s.role_zh or "deputy" in s.role_en.lower()]
    if not second or len(second) == len(teachers):
        second = teachers[1:]
    return [_deputy(s) if s in second else s for s in found]


def _deputy(person: Staff) -> Staff:
    return structs.replace(person, deputy=True)


def lecturers(book: Book) -> list[Lecturer]:
    """The lecturers."""
    return _rows(book, "lecturers", Lecturer, "lecturer_id", "name")


def sites(book: Book) -> list[Site]:
    """The teaching sites."""
    return _rows(book, "sites", Site, "site_id", "name_zh")


def rooms(book: Book) -> list[Room]:
    """The rooms."""
    return _rows(book, "rooms", Room, "room_id", "name_zh")


def courses(book: Book) -> list[Course]:
    """The courses, as far as the timetable needs them."""
    return _rows(book, "courses", Course)


def log_prompts(book: Book) -> list[LogPrompt]:
    """The questions of the daily logs."""
    return _rows(book, "log_prompts", LogPrompt)


def sessions(book: Book, about: About) -> tuple[list[SessionRow], date | None]:
    """The timetable, and the first day of the class as far as anything says it."""
    lines = _dated([line for line in book.lines("timetable") if _whole("timetable", line)])
    first = about.first_day or _first_day(lines)
    if first is None:
        if lines:
            book.error("class", 0, "", "classfile-first-day-missing")
        return [], None
    made = [_session(book, line, first) for line in lines]
    return [session for session in made if session], first


def _dated(lines: list[Line]) -> list[Line]:
    """A line without day and date has those of the line above, as in a sheet with merged cells."""
    above: dict[str, Any] = {}
    found = []
    for line in lines:
        own: dict[str, Any] = {key: line.values[key] for key in ("day", "date") if key in line.values}
        above = own or above
        found.append(Line(line.row, line.values | above))
    return found


def _first_day(lines: list[Line]) -> date | None:
    both = [line.values["date"] - timedelta(days=line.values["day"] - 1) for line in lines if _has_both(line)]
    dates = [line.values["date"] for line in lines if "date" in line.values]
    return min(both or dates, default=None)


def _has_both(line: Line) -> bool:
    return "day" in line.values and "date" in line.values


def _session(book: Book, line: Line, first: date) -> SessionRow | None:
    values = dict(line.values)
    if span := values.pop("span", None):
        values = {"start": span[0], "end": span[1]} | values
    lacking = [column for column in ("start", "end") if column not in values]
    if "day" not in values and "date" not in values:
        lacking.append("date")
    for column in lacking:
        book.error("timetable", line.row, column, "classfile-empty", header=book.header("timetable", column))
    if lacking:
        return None
    if "date" not in values:
        values["date"] = first + timedelta(days=values["day"] - 1)
    values.setdefault("day", (values["date"] - first).days + 1)
    values.setdefault("session_id", f"D{values['day']}-{values['start']:%H%M}")
    return SessionRow(**_habits(values), row=line.row)


def _habits(values: dict[str, Any]) -> dict[str, Any]:
    """What is usual for a kind of session where the sheet does not say how it is called."""
    kind = values.get("kind") or choice_of("kind", values["title_zh"]) or "lecture"
    mode, unit, required = HABITS.get(kind, USUAL)
    mode = values.get("checkin_mode", mode)
    usual = {"kind": kind, "checkin_mode": mode, "unit": unit, "required": required and mode != "none"}
    return usual | values
