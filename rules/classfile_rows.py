"""A class as a school hands it in, row by row: the columns of `trainees.csv` and its sisters (CLASS-01)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any, Literal

from msgspec import Struct, field, structs

from rules.settings import Settings

Cell = object  # what stands in a cell: str, int, float, bool, date, time, datetime, timedelta or None


class Table(Struct, frozen=True):
    """A sheet as handed in: its name as the person sees it, and all its rows, the header among them.

    `places` are the lines of the file at which the rows stand, where that is not simply their number (TOML).
    """

    file: str
    rows: tuple[tuple[Cell, ...], ...] = ()
    places: tuple[int, ...] = ()

    def place(self, number: int) -> int:
        """The number under which the person finds the n-th row (from 1 on)."""
        return self.places[number - 1] if self.places else number


class Handed(Struct, frozen=True):
    """The settings as handed in: the file, its tables, and the line of each key path as far as it is known."""

    file: str
    data: Mapping[str, Any]
    lines: Mapping[str, int] = {}


class Row(Struct, frozen=True, kw_only=True):
    """A line of a table. `row` is its number as the person sees it (header = 1); 0 = made by the program."""

    row: int = 0


class Trainee(Row, frozen=True, kw_only=True):
    """A trainee (学员); name, group and seat are needed."""

    trainee_id: str
    name: str
    group_no: int
    seat_no: int
    gender: Literal["", "female", "male"] = ""
    birth_year: int | None = None
    street: str = ""
    community: str = ""
    post: str = ""
    party_member: bool | None = None
    years_in_community: int | None = None
    bus: str = ""
    dorm_room: str = ""
    dorm_bed: str = ""
    diet: str = ""
    phone: str = ""
    emergency_contact: str = ""
    lang: Literal["zh", "en"] = "zh"
    telegram_note: str = ""
    class_role: str = ""
    synthetic: bool = False


class Group(Row, frozen=True, kw_only=True):
    """A group (组) with its leader and deputy, by trainee ids."""

    group_no: int
    name_zh: str = ""
    name_en: str = ""
    leader_id: str = ""
    deputy_id: str = ""
    discussion_room: str = ""
    bus: str = ""
    topic_zh: str = ""
    topic_en: str = ""
    facilitator_id: str = ""


class Staff(Row, frozen=True, kw_only=True):
    """One of the school's people. `role`: a word of `rules/roles.py`; `deputy`: the second class teacher."""

    staff_id: str
    name: str
    role: str
    deputy: bool = False
    role_zh: str = ""
    role_en: str = ""
    duty_zh: str = ""
    phone: str = ""
    lang: Literal["zh", "en"] = "zh"
    synthetic: bool = False


class Lecturer(Row, frozen=True, kw_only=True):
    """A lecturer (授课教师); `teaches` are course or site ids."""

    lecturer_id: str
    name: str
    org_zh: str = ""
    org_en: str = ""
    title_zh: str = ""
    kind: str = ""
    teaches: tuple[str, ...] = ()
    phone: str = ""
    arrives_by: str = ""
    needs_zh: str = ""
    lang: Literal["zh", "en"] = "zh"
    synthetic: bool = False


class Site(Row, frozen=True, kw_only=True):
    """A teaching site (教学点)."""

    site_id: str
    name_zh: str
    name_en: str = ""
    kind: str = ""
    lat: float | None = None
    lon: float | None = None
    coord_datum: str = ""
    coord_accuracy_m: int | None = None
    checkin_radius_m: int = 300
    contact_id: str = ""
    capacity: int | None = None
    batch_size: int | None = None
    parking_zh: str = ""
    toilet_zh: str = ""
    network_zh: str = ""
    theme_zh: str = ""
    theme_en: str = ""
    what_to_see_zh: str = ""


class Room(Row, frozen=True, kw_only=True):
    """A room (房间) of a site."""

    room_id: str
    name_zh: str
    name_en: str = ""
    site_id: str = ""
    floor: str = ""
    capacity: int | None = None
    use_zh: str = ""


class SessionRow(Row, frozen=True, kw_only=True):
    """A line of the timetable (TIME-02). A room such as `R302-R306` = each group in its own room."""

    session_id: str
    day: int
    date: date
    start: time
    end: time
    title_zh: str
    kind: str = "lecture"
    credit_hours: int = 0
    title_en: str = ""
    course_id: str = ""
    lead_id: str = ""
    site_id: str = ""
    room_id: str = ""
    checkin_mode: str = "none"
    evaluate: bool = False
    required: bool = False
    unit: Literal["class", "group", "bus", "dorm"] = "class"
    note_zh: str = ""

    @property
    def has_list(self) -> bool:
        """Whether people are called in it (ATT-01)."""
        return self.required and self.checkin_mode != "none"


class Course(Row, frozen=True, kw_only=True):
    """A course of `courses.toml`, as far as the timetable needs it."""

    course_id: str
    title_zh: str = ""
    title_en: str = ""
    lead_id: str = ""
    hours: int | None = None


class LogPrompt(Row, frozen=True, kw_only=True):
    """One of the three questions of a day's log (LOG-02); day 0 is before the class."""

    day: int
    part: Literal["learned", "puzzle", "action"]
    prompt_zh: str
    prompt_en: str = ""
    hint_zh: str = ""


class ClassFile(Struct, frozen=True, kw_only=True):
    """A whole class from files; what an import compares with what is stored (CLASS-01)."""

    key: str
    title: str
    first_day: date
    last_day: date
    title_en: str = ""
    term: int = 1
    group_chat: int | None = None
    trainees: tuple[Trainee, ...] = ()
    groups: tuple[Group, ...] = ()
    staff: tuple[Staff, ...] = ()
    lecturers: tuple[Lecturer, ...] = ()
    sites: tuple[Site, ...] = ()
    rooms: tuple[Room, ...] = ()
    courses: tuple[Course, ...] = ()
    sessions: tuple[SessionRow, ...] = ()
    log_prompts: tuple[LogPrompt, ...] = ()
    settings: Settings = field(default_factory=Settings)

    @property
    def timezone(self) -> str:
        """The zone in which all times of the class are meant."""
        return self.settings.timezone

    def roles_of(self, trainee: Trainee) -> tuple[str, ...]:
        """What a trainee is: `trainee`, and `leader` or `deputy` of the own group, `monitor` (ROLE-01)."""
        group = next((g for g in self.groups if g.group_no == trainee.group_no), None)
        posts = {"leader": group.leader_id, "deputy": group.deputy_id} if group else {}
        more = [role for role, holder in posts.items() if holder == trainee.trainee_id]
        return ("trainee", *more, *(["monitor"] if trainee.class_role == "班长" else []))


def shift(class_file: ClassFile, first_day: date) -> ClassFile:
    """The same class on other days: every date moves by as much as the first (CLASS-05, and the demo)."""
    by: timedelta = first_day - class_file.first_day
    sessions = tuple(structs.replace(s, date=s.date + by) for s in class_file.sessions)
    return structs.replace(class_file, first_day=first_day, last_day=class_file.last_day + by, sessions=sessions)


def rowless(class_file: ClassFile) -> ClassFile:
    """The same class without a word of where its lines stood, so that two can be compared."""
    names = ("trainees", "groups", "staff", "lecturers", "sites", "rooms", "courses", "sessions", "log_prompts")
    bare = {name: tuple(structs.replace(row, row=0) for row in getattr(class_file, name)) for name in names}
    return structs.replace(class_file, **bare)
