"""Whether the timetable of a class makes sense: days, times, hours, places (CLASS-02)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from rules.classfile_book import Book
from rules.classfile_rows import ClassFile, SessionRow


def check_times(book: Book, made: ClassFile) -> None:
    """Say everything in the timetable that does not fit together."""
    for check in (_days, _lengths, _overlaps, _total, _course_hours, _places, _own_rooms, _ids_made):
        check(book, made)


def _days(book: Book, made: ClassFile) -> None:
    first, last = made.first_day, made.last_day
    for session in made.sessions:
        if not first <= session.date <= last:
            args: dict[str, str | int] = {"date": str(session.date), "first": str(first), "last": str(last)}
            book.error("timetable", session.row, "date", "classfile-outside", **args)
        elif session.date != (meant := first + timedelta(days=session.day - 1)):
            args = {"day": session.day, "date": str(session.date), "meant": str(meant)}
            book.error("timetable", session.row, "day", "classfile-day-date", **args)


def _minutes(session: SessionRow) -> int:
    day = date(2000, 1, 1)
    return (datetime.combine(day, session.end) - datetime.combine(day, session.start)) // timedelta(minutes=1)


def _lengths(book: Book, made: ClassFile) -> None:
    unit = made.settings.hours.minutes_per_hour
    for session in made.sessions:
        minutes, hours = _minutes(session), session.credit_hours
        if minutes <= 0:
            args: dict[str, str | int] = {"start": f"{session.start:%H:%M}", "end": f"{session.end:%H:%M}"}
            book.error("timetable", session.row, "end", "classfile-end-first", **args)
        elif hours and minutes != hours * unit:
            args = {"hours": hours, "meant": hours * unit, "minutes": minutes}
            book.warning("timetable", session.row, "credit_hours", "classfile-minutes", **args)
        if session.start < made.settings.messages.day_turns_at:
            turns = made.settings.messages.day_turns_at
            book.warning("timetable", session.row, "start", "classfile-night", start=f"{turns:%H:%M}")


def _overlaps(book: Book, made: ClassFile) -> None:
    """Everybody is meant by each line, so two lines at a time cannot both be kept."""
    reached: dict[date, SessionRow] = {}
    for session in sorted(made.sessions, key=lambda s: (s.date, s.start, s.end)):
        before = reached.get(session.date)
        if before and session.start < before.end and session.start < session.end:
            say = book.error if before.required and session.required else book.warning
            args: dict[str, str | int] = {"title": before.title_zh, "span": _span(before), "own": _span(session)}
            say("timetable", session.row, "start", "classfile-overlap", other=before.row, **args)
        if before is None or session.end > before.end:
            reached[session.date] = session


def _span(session: SessionRow) -> str:
    return f"{session.start:%H:%M}-{session.end:%H:%M}"


def _total(book: Book, made: ClassFile) -> None:
    total, meant = sum(s.credit_hours for s in made.sessions), made.settings.hours.total
    if not made.sessions or book.broken("timetable"):
        return
    if not total:
        book.warning("timetable", 0, "credit_hours", "classfile-total-none")
    elif total != meant:
        book.error("timetable", 0, "credit_hours", "classfile-total", total=total, meant=meant)


def _course_hours(book: Book, made: ClassFile) -> None:
    if book.broken("timetable"):
        return
    planned: Counter[str] = Counter()
    for session in made.sessions:
        planned[session.course_id] += session.credit_hours
    for course in made.courses:
        hours = planned[course.course_id]
        if course.hours is not None and hours and hours != course.hours:
            args: dict[str, str | int] = {"course": course.course_id, "hours": course.hours, "planned": hours}
            book.warning("courses", course.row, "hours", "classfile-course-hours", **args)


def _places(book: Book, made: ClassFile) -> None:
    """Whether all people fit into the room of the whole class; whether it stands at the site that is named."""
    rooms = {room.room_id: room for room in made.rooms}
    said: set[tuple[str, str, str]] = set()
    for session in made.sessions:
        room, place = rooms.get(session.room_id), (session.room_id, session.site_id, session.unit)
        if room is None or place in said:
            continue
        said.add(place)
        people = len(made.trainees)
        if session.unit == "class" and room.capacity is not None and room.capacity < people:
            args: dict[str, str | int] = {"room": room.name_zh, "capacity": room.capacity, "people": people}
            book.warning("timetable", session.row, "room_id", "classfile-room-small", **args)
        if room.site_id and session.site_id and room.site_id != session.site_id:
            args = {"room": room.name_zh, "own": room.site_id, "site": session.site_id}
            book.warning("timetable", session.row, "site_id", "classfile-room-elsewhere", **args)


def _own_rooms(book: Book, made: ClassFile) -> None:
    """Where each group goes to its own room, each needs one, and no two the same."""
    known = {room.room_id for room in made.rooms}
    if any(s.room_id and s.room_id not in known and s.unit == "group" for s in made.sessions):
        for group in made.groups:
            if not group.discussion_room:
                args = {"group": group.group_no}
                book.warning("groups", group.row, "discussion_room", "classfile-group-room-none", **args)
    taken: dict[str, int] = {}
    for group in made.groups:
        other = taken.setdefault(group.discussion_room, group.group_no) if group.discussion_room else group.group_no
        if other != group.group_no:
            said: dict[str, str | int] = {"room": group.discussion_room, "group": other}
            book.warning("groups", group.row, "discussion_room", "classfile-group-room-shared", **said)


def _ids_made(book: Book, made: ClassFile) -> None:
    """Ids made from day and time do not survive a change of the time."""
    sheet = book.sheets.get("timetable")
    if sheet and sheet.columns and "session_id" not in sheet.columns and made.sessions:
        book.warning("timetable", 0, "", "classfile-session-ids-made", header=sheet.header("session_id"))
