"""Whether a class makes sense as a whole: its people here, its timetable in `classfile_times` (CLASS-02)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from rules.classfile_book import Book
from rules.classfile_links import ID
from rules.classfile_rows import ClassFile, Group, Row, Trainee
from rules.classfile_times import check_times

R = TypeVar("R", bound=Row)


def check_class(book: Book, made: ClassFile) -> None:
    """Say everything that does not fit together. `book` knows how the person calls sheets and columns."""
    for check in (_ids, _seats, _names, _groups, _leaders, _dorms, _buses, _staff, check_times, _prompts):
        check(book, made)


def grouped(rows: Iterable[R], by: Callable[[R], Any]) -> dict[Any, list[R]]:
    """Rows by what they share; rows without it are left out."""
    found: dict[Any, list[R]] = {}
    for row in rows:
        if shared := by(row):
            found.setdefault(shared, []).append(row)
    return found


def doubles(rows: Iterable[R], by: Callable[[R], Any]) -> Iterator[tuple[R, R]]:
    """Each row that shares something with an earlier one, after the first that has it."""
    for same in grouped(rows, by).values():
        for later in same[1:]:
            yield same[0], later


def _ids(book: Book, made: ClassFile) -> None:
    tables: dict[str, Sequence[Any]] = {
        "sites": made.sites,
        "rooms": made.rooms,
        "courses": made.courses,
        "timetable": made.sessions,
    }
    for table, rows in tables.items():
        column = ID[table]
        for first, later in doubles(rows, lambda row, column=column: getattr(row, column)):  # type: ignore[misc]
            _double(book, table, later, column, str(getattr(later, column)), first.row)
    for first, later in doubles(made.groups, lambda group: group.group_no):
        _double(book, "groups", later, "group_no", str(later.group_no), first.row)
    _people(book, made)


def _people(book: Book, made: ClassFile) -> None:
    """Trainees, staff and lecturers share one list of ids."""
    seen: dict[str, tuple[str, int]] = {}
    for table, rows in (("trainees", made.trainees), ("staff", made.staff), ("lecturers", made.lecturers)):
        for person in rows:
            id = getattr(person, ID[table])
            if id not in seen:
                seen[id] = table, person.row
            elif seen[id][0] == table:
                _double(book, table, person, ID[table], id, seen[id][1])
            else:
                args: dict[str, str | int] = {"value": id, "sheet": book.file(seen[id][0]), "other": seen[id][1]}
                book.error(table, person.row, ID[table], "classfile-person-twice", **args)


def _double(book: Book, table: str, later: Row, column: str, value: str, other: int) -> None:
    book.error(table, later.row, column, "classfile-double", value=value, other=other)


def _seats(book: Book, made: ClassFile) -> None:
    for first, later in doubles(made.trainees, lambda t: t.seat_no):
        args: dict[str, str | int] = {"seat": later.seat_no, "name": later.name, "first": first.name}
        book.error("trainees", later.row, "seat_no", "classfile-seat-double", other=first.row, **args)


def _names(book: Book, made: ClassFile) -> None:
    """People of one name must be told apart when they take their seats (XC-01)."""
    for first, later in doubles(made.trainees, lambda t: (t.name, t.street, t.community)):
        book.warning("trainees", later.row, "name", "classfile-name-same", name=later.name, other=first.row)


def _groups(book: Book, made: ClassFile) -> None:
    known = {group.group_no for group in made.groups}
    members = grouped(made.trainees, lambda t: t.group_no)
    if not book.broken("groups"):
        for trainee in made.trainees:
            if trainee.group_no not in known:
                value = trainee.group_no
                book.error("trainees", trainee.row, "group_no", "classfile-group-unknown", value=value)
    for group in made.groups:
        if group.group_no not in members and not book.broken("trainees"):
            book.warning("groups", group.row, "group_no", "classfile-group-empty", value=group.group_no)


def _leaders(book: Book, made: ClassFile) -> None:
    group_of = {t.trainee_id: t.group_no for t in made.trainees}
    name_of = {t.trainee_id: t.name for t in made.trainees}
    for group in made.groups:
        for column in ("leader_id", "deputy_id"):
            holder = getattr(group, column)
            if group_of.get(holder, group.group_no) != group.group_no:
                own = group_of[holder]
                args: dict[str, str | int] = {"name": name_of[holder], "group": group.group_no, "own": own}
                book.error("groups", group.row, column, "classfile-leader-outside", **args)
        if group.leader_id and group.leader_id == group.deputy_id:
            book.warning("groups", group.row, "deputy_id", "classfile-deputy-same", group=group.group_no)
        if not group.leader_id:
            book.warning("groups", group.row, "leader_id", "classfile-leader-none", group=group.group_no)


def _dorms(book: Book, made: ClassFile) -> None:
    for room, people in grouped(made.trainees, lambda t: t.dorm_room).items():
        sexed = [t for t in people if t.gender]
        if odd := next((t for t in sexed if t.gender != sexed[0].gender), None):
            args: dict[str, str | int] = {"room": room, "name": odd.name, "first": sexed[0].name}
            book.error("trainees", odd.row, "dorm_room", "classfile-dorm-mixed", other=sexed[0].row, **args)
        for first, later in doubles(people, lambda t: t.dorm_bed):
            args = {"room": room, "bed": later.dorm_bed, "name": later.name, "first": first.name}
            book.error("trainees", later.row, "dorm_bed", "classfile-bed-double", other=first.row, **args)


def _buses(book: Book, made: ClassFile) -> None:
    most = made.settings.safety.bus_capacity
    for bus, riders in grouped(made.trainees, lambda t: t.bus).items():
        if len(riders) > most:
            args: dict[str, str | int] = {"bus": bus, "count": len(riders), "most": most}
            book.error("trainees", riders[most].row, "bus", "classfile-bus-full", **args)
    by_no = {group.group_no: group for group in made.groups}
    for trainee in made.trainees:
        _own_bus(book, trainee, by_no.get(trainee.group_no))


def _own_bus(book: Book, trainee: Trainee, group: Group | None) -> None:
    if group and group.bus and trainee.bus != group.bus:
        args: dict[str, str | int] = {"name": trainee.name, "bus": trainee.bus, "other": group.bus}
        book.warning("trainees", trainee.row, "bus", "classfile-bus-other", group=group.group_no, **args)


def _staff(book: Book, made: ClassFile) -> None:
    if not any(s.role == "admin" for s in made.staff) and made.staff:
        book.warning("staff", 0, "role_key", "classfile-admin-none")
    if book.broken("courses") or not made.courses:
        return
    known = {c.course_id for c in made.courses} | {s.site_id for s in made.sites}
    for lecturer in made.lecturers:
        for code in lecturer.teaches:
            if code not in known:
                book.warning("lecturers", lecturer.row, "teaches", "classfile-teaches-unknown", value=code)


def _prompts(book: Book, made: ClassFile) -> None:
    """One question for each part of a day, of days that the class has (LOG-02)."""
    for first, later in doubles(made.log_prompts, lambda prompt: (prompt.day, prompt.part)):
        book.error("log_prompts", later.row, "part", "classfile-prompt-twice", day=later.day, other=first.row)
    last = max((session.day for session in made.sessions), default=0)
    for prompt in made.log_prompts:
        if prompt.day > last:
            book.warning("log_prompts", prompt.row, "day", "classfile-prompt-day", day=prompt.day, last=last)
