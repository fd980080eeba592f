"""The people of all plays. Their initials are their roles, and Oscar, from another class, must never see anything."""

from __future__ import annotations

from datetime import date, time

from rules.classfile import ClassFile, Course, Group, Lecturer, Room, SessionRow, Site, Staff, Trainee
from rules.settings import Settings
from rules.settings_attendance import HoursPart

DAY_1 = date(2027, 3, 15)
TITLE, OTHER_TITLE = "春晓班", "秋实班"

ACCOUNTS = {"Tina": 101, "Tom": 102, "Gao": 103, "Ivan": 104, "Clara": 105, "Ada": 106, "Oscar": 201, "Nora": 999}
"""Nora is a stranger: nobody knows her."""

REFS = {"Gao": "T01", "Tina": "T02", "Tom": "T03", "Ivan": "L01", "Clara": "S01", "Ada": "S02", "Oscar": "T01"}


def _trainees(named: dict[int, str], count: int) -> tuple[Trainee, ...]:
    return tuple(
        Trainee(
            trainee_id=f"T{seat:02}", name=named.get(seat, f"学员{seat:02}"), group_no=1 + (seat - 1) // 6,
            seat_no=seat, street="金阳街道", community=f"第{seat}社区", dorm_room=f"3{seat:02}", phone=f"000-{seat:04}",
        )
        for seat in range(1, count + 1)
    )  # fmt: skip


def _session(id: str, day: int, start: str, end: str, title: str, **more: object) -> SessionRow:
    known: dict[str, object] = {"credit_hours": 1, "checkin_mode": "code", "required": True, "site_id": "SITE1",
                                "room_id": "R1"}  # fmt: skip
    return SessionRow(
        session_id=id, day=day, date=date.fromordinal(DAY_1.toordinal() + day - 1), start=time.fromisoformat(start),
        end=time.fromisoformat(end), title_zh=title, **{**known, **more},  # type: ignore[arg-type]
    )  # fmt: skip


SESSIONS = (
    _session("S11", 1, "09:00", "09:45", "开班式", title_en="Opening", kind="ceremony"),
    _session("S12", 1, "10:00", "11:30", "社区党建", title_en="Party building", lead_id="L01", course_id="PH1",
             credit_hours=2),
    _session("S13", 1, "12:00", "13:00", "午餐", kind="meal", checkin_mode="none", required=False, credit_hours=0),
    _session("S14", 1, "14:00", "15:30", "物业矛盾", title_en="Property", checkin_mode="tap", credit_hours=2),
    _session("S15", 1, "16:00", "16:45", "小组研讨", kind="group_discussion", checkin_mode="leader", unit="group"),
    _session("S21", 2, "08:00", "09:00", "乘车", kind="transfer", checkin_mode="bus", credit_hours=0, unit="bus"),
    _session("S22", 2, "09:30", "11:00", "现场教学", kind="site_visit", checkin_mode="leader", site_id="SITE2",
             room_id="", credit_hours=2),
    _session("S31", 3, "09:00", "10:30", "结业考核", kind="assessment", credit_hours=2),
)  # fmt: skip


def spring() -> ClassFile:
    """The class of the cast: twelve trainees in two groups, three days from 2027-03-15."""
    return ClassFile(
        key="spring", title=TITLE, title_en="Spring class", first_day=DAY_1, last_day=date(2027, 3, 17),
        trainees=_trainees({1: "高远", 2: "田小雪", 3: "田小雪"}, 12),
        groups=(
            Group(group_no=1, name_zh="第1组", leader_id="T01", deputy_id="T04"),
            Group(group_no=2, name_zh="第2组", leader_id="T07"),
        ),
        staff=(
            Staff(staff_id="S01", name="柯老师", role="class_teacher", phone="000-9001"),
            Staff(staff_id="S02", name="安老师", role="admin", phone="000-9002"),
        ),
        lecturers=(Lecturer(lecturer_id="L01", name="易教授", teaches=("PH1",)),),
        sites=(Site(site_id="SITE1", name_zh="培训楼", name_en="Main house"),
               Site(site_id="SITE2", name_zh="金元社区", name_en="Jinyuan")),
        rooms=(Room(room_id="R1", name_zh="301报告厅", name_en="Hall 301", site_id="SITE1"),),
        courses=(Course(course_id="PH1", title_zh="社区党建", lead_id="L01"),), sessions=SESSIONS,
        settings=Settings(hours=HoursPart(total=10)),
    )  # fmt: skip


def autumn() -> ClassFile:
    """Another class of the same school at the same time: Oscar's."""
    return ClassFile(
        key="autumn", title=OTHER_TITLE, first_day=DAY_1, last_day=DAY_1, trainees=_trainees({1: "欧阳客"}, 3),
        groups=(Group(group_no=1, name_zh="第1组"),),
        staff=(Staff(staff_id="S01", name="邱老师", role="class_teacher"),),
        sites=(Site(site_id="SITE1", name_zh="培训楼"),), rooms=(Room(room_id="R1", name_zh="401教室"),),
        sessions=(_session("S11", 1, "09:00", "09:45", "秋实开班式"),),
    )  # fmt: skip
