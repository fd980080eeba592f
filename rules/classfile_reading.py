"""From sheets to a class: reads, links, checks, and says all that is wrong at once (CLASS-01, CLASS-02)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import structs

from rules import classfile_build as build
from rules.classfile_about import read_about, read_settings
from rules.classfile_book import Book
from rules.classfile_checks import check_class
from rules.classfile_links import link
from rules.classfile_rows import ClassFile, Handed, Table, Trainee
from rules.problems import Problem, has_errors
from rules.settings import Settings


def read_tables(
    tables: Mapping[str, Table],
    settings: Handed | None = None,
    name: str = "",
    unread: Collection[str] = (),
) -> tuple[ClassFile | None, list[Problem]]:
    """A class from its sheets, by our names of them (`trainees`, `timetable`, …), and everything that is wrong.

    `settings` are those of a TOML file (None: of the sheet 设置, if there is one); `name` stands in for key
    and title where the class has none; `unread` are sheets that are
    there but could not be read at all. There is a class only if nothing must be mended. Never an exception.
    """
    book = Book(tables, unread)
    told, wrong, total_told = read_settings(book, settings)
    about = read_about(book, name)
    rows = _rows(book)
    sessions, first = build.sessions(book, about)
    rows["timetable"] = list(sessions)
    rows = link(book, rows)
    if first is None:
        return None, _missing(book, rows) + book.problems() + wrong
    last = about.last_day or max((s.date for s in sessions), default=first)
    made = ClassFile(
        key=about.key,
        title=about.title,
        title_en=about.title_en,
        first_day=first,
        last_day=max(first, last),
        term=about.term,
        group_chat=about.group_chat,
        settings=_totalled(book, told, total_told, sum(s.credit_hours for s in sessions)),
        **{field: tuple(rows[table]) for table, field in FIELDS.items()},
    )
    check_class(book, made)
    problems = _missing(book, rows) + book.problems() + wrong
    return (None if has_errors(problems) else made), problems


FIELDS = {
    "trainees": "trainees",
    "groups": "groups",
    "staff": "staff",
    "lecturers": "lecturers",
    "sites": "sites",
    "rooms": "rooms",
    "courses": "courses",
    "log_prompts": "log_prompts",
    "timetable": "sessions",
}


def check(made: ClassFile) -> list[Problem]:
    """What does not fit together in a class that is here already; rows are those it was read from."""
    book = Book({})
    check_class(book, made)
    return book.problems()


def _rows(book: Book) -> dict[str, list[Any]]:
    roster = build.trainees(book)
    groups = build.groups(book, roster)
    buses = {group.group_no: group.bus for group in groups}
    return {
        "trainees": [_seated(trainee, buses) for trainee in roster],
        "groups": groups,
        "staff": build.staff(book),
        "lecturers": build.lecturers(book),
        "sites": build.sites(book),
        "rooms": build.rooms(book),
        "courses": build.courses(book),
        "log_prompts": build.log_prompts(book),
    }


def _seated(trainee: Trainee, buses: Mapping[int, str]) -> Trainee:
    """A trainee whose bus is not said rides with the group."""
    return trainee if trainee.bus else structs.replace(trainee, bus=buses.get(trainee.group_no, ""))


def _missing(book: Book, rows: Mapping[str, list[Any]]) -> list[Problem]:
    """What no class can do without: people, a timetable, a class teacher."""
    before = len(book.more)
    for table, key in (("trainees", "classfile-no-trainees"), ("timetable", "classfile-no-timetable")):
        if not rows[table] and not book.broken(table):
            book.error(table, 0, "", key)
    if not any(s.role == "class_teacher" for s in rows["staff"]) and not book.broken("staff"):
        book.error("staff", 0, "", "classfile-no-teacher")
    found, book.more = book.more[before:], book.more[:before]
    return found


def _totalled(book: Book, settings: Settings, told: bool, total: int) -> Settings:
    """The settings with the hours of the timetable as their total, where they do not say a total themselves."""
    if (
        told
        or book.broken("settings")
        or book.broken("timetable")
        or not 0 < total <= 2000
        or total == settings.hours.total
    ):
        return settings
    book.warning("timetable", 0, "credit_hours", "classfile-total-taken", total=total)
    return structs.replace(settings, hours=structs.replace(settings.hours, total=total))
