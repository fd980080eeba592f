"""Everything that one would want to be told before a class is imported (CLASS-02)."""

import csv
import io
from datetime import date

import pytest

from rules.classfile import Handed, Table, read_tables

SHEETS = {
    "trainees": """编号,姓名,性别,街道,社区,组别,乘车,座号,宿舍,床位
T1,安立春,女,金阳,云杉,1,A,1,301,A
T2,柏雨水,女,金华园,半坡,1,A,2,301,B
T3,岑惊蛰,男,长岭,晴川,2,B,3,401,A
T4,丁春分,男,观山,枫桥,2,B,4,401,B""",
    "groups": """组号,组长,副组长,研讨室,乘车,催化师
1,T1,T2,R1,A,L1
2,T3,T4,R2,B,L1""",
    "staff": """编号,姓名,角色
B1,百里舟,班主任
A1,令狐衡,教务""",
    "lecturers": """编号,姓名,授课
L1,端木砚,C1""",
    "sites": """编号,名称,负责人
S1,基地,A1
S2,社区,A1""",
    "rooms": """编号,名称,教学点,容量
R1,一号厅,S1,60
R2,二号厅,S1,60""",
    "courses": """编号,名称,学时
C1,第一课,3""",
    "timetable": """课次,天,日期,开始,结束,类型,学时,名称,课程编号,授课人,教学点,房间,签到方式
P1,1,2027-03-15,09:00,10:30,课堂,2,上半节,C1,L1,S1,R1,口令
P2,1,2027-03-15,10:30,11:15,课堂,1,下半节,C1,L1,S1,R1,口令
P3,2,2027-03-16,09:00,09:45,研讨,1,研讨,,B1,S1,R1-R2,组长点名""",
    "class": """项目,内容
代号,k1
班名,一班
开班日期,2027-03-15
结业日期,2027-03-16""",
}
RULES = {"hours": {"total": 4}}


def table(name, text):
    return Table(f"{name}.csv", tuple(tuple(row) for row in csv.reader(io.StringIO(text))))


def read(changes=(), without=(), rules=RULES, **extra):
    """The small class with some words of its sheets changed: (sheet, from, to)."""
    sheets = {name: text for name, text in SHEETS.items() if name not in without} | extra
    for name, old, new in changes:
        assert old in sheets[name]
        sheets[name] = sheets[name].replace(old, new)
    given = None if rules is None else Handed("rules.toml", rules)
    return read_tables({name: table(name, text) for name, text in sheets.items()}, given, "folder")


def test_the_small_class_has_nothing_wrong():
    made, problems = read()
    assert problems == []
    assert made.key == "k1" and made.title == "一班"
    assert (made.first_day, made.last_day) == (date(2027, 3, 15), date(2027, 3, 16))
    assert [s.session_id for s in made.sessions] == ["P1", "P2", "P3"]
    assert made.sessions[2].unit == "group" and made.sessions[2].required
    assert made.roles_of(made.trainees[0]) == ("trainee", "leader")


# change -> sheet, row, column as the person calls it, text id
CASES = {
    "seat twice": (("trainees", "A,2,", "A,1,"), "trainees", 3, "座号", "classfile-seat-double", "error"),
    "id twice": (("trainees", "T2,", "T1,"), "trainees", 3, "编号", "classfile-double", "error"),
    "id of staff too": (("trainees", "T4,", "B1,"), "staff", 2, "编号", "classfile-person-twice", "error"),
    "session twice": (("timetable", "P2,", "P1,"), "timetable", 3, "课次", "classfile-double", "error"),
    "group twice": (("groups", "2,T3", "1,T3"), "groups", 3, "组号", "classfile-double", "error"),
    "same people": (
        ("trainees", "柏雨水,女,金华园,半坡", "安立春,女,金阳,云杉"),
        "trainees", 3, "姓名", "classfile-name-same", "warning",
    ),
    "unknown group": (("trainees", "晴川,2", "晴川,3"), "trainees", 4, "组别", "classfile-group-unknown", "error"),
    "leader outside": (("groups", "1,T1", "1,T3"), "groups", 2, "组长", "classfile-leader-outside", "error"),
    "deputy outside": (("groups", "T1,T2", "T1,T3"), "groups", 2, "副组长", "classfile-leader-outside", "error"),
    "leader unknown": (("groups", "1,T1", "1,T9"), "groups", 2, "组长", "classfile-unknown", "error"),
    "leader none": (("groups", "1,T1", "1,"), "groups", 2, "组长", "classfile-leader-none", "warning"),
    "same deputy": (("groups", "T1,T2", "T1,T1"), "groups", 2, "副组长", "classfile-deputy-same", "warning"),
    "facilitator": (("groups", "R1,A,L1", "R1,A,L9"), "groups", 2, "催化师", "classfile-unknown", "error"),
    "group room": (("groups", "R1,A", "R9,A"), "groups", 2, "研讨室", "classfile-unknown", "error"),
    "no group room": (("groups", "R1,A", ",A"), "groups", 2, "研讨室", "classfile-group-room-none", "warning"),
    "same group room": (("groups", "R2,B", "R1,B"), "groups", 3, "研讨室", "classfile-group-room-shared", "warning"),
    "mixed room": (("trainees", "301,B", "401,C"), "trainees", 4, "宿舍", "classfile-dorm-mixed", "error"),
    "same bed": (("trainees", "301,B", "301,A"), "trainees", 3, "床位", "classfile-bed-double", "error"),
    "other bus": (("trainees", "1,A,2", "1,B,2"), "trainees", 3, "乘车", "classfile-bus-other", "warning"),
    "no teacher": (("staff", "班主任", "后勤"), "staff", 0, "", "classfile-no-teacher", "error"),
    "no admin": (("staff", "教务", "后勤"), "staff", 0, "角色", "classfile-admin-none", "warning"),
    "teaches": (("lecturers", ",C1", ",C9"), "lecturers", 2, "授课", "classfile-teaches-unknown", "warning"),
    "lead": (("timetable", "上半节,C1,L1", "上半节,C1,L9"), "timetable", 2, "授课人", "classfile-unknown", "error"),
    "course": (("timetable", "上半节,C1", "上半节,C9"), "timetable", 2, "课程编号", "classfile-unknown", "error"),
    "site": (("timetable", "B1,S1", "B1,S9"), "timetable", 4, "教学点", "classfile-unknown", "error"),
    "room": (("timetable", "R1-R2", "R1-R9"), "timetable", 4, "房间", "classfile-unknown", "error"),
    "elsewhere": (("rooms", "一号厅,S1", "一号厅,S2"), "timetable", 2, "教学点", "classfile-room-elsewhere", "warning"),
    "small room": (("rooms", "一号厅,S1,60", "一号厅,S1,3"), "timetable", 2, "房间", "classfile-room-small", "warning"),
    "site of room": (("rooms", "二号厅,S1", "二号厅,S7"), "rooms", 3, "教学点", "classfile-unknown", "error"),
    "contact": (("sites", "基地,A1", "基地,A7"), "sites", 2, "负责人", "classfile-unknown", "error"),
    "after the end": (("timetable", "2027-03-16", "2027-03-17"), "timetable", 4, "日期", "classfile-outside", "error"),
    "too early": (("timetable", "2027-03-16", "2027-03-14"), "timetable", 4, "日期", "classfile-outside", "error"),
    "wrong day": (("timetable", "P3,2", "P3,1"), "timetable", 4, "天", "classfile-day-date", "error"),
    "overlap": (("timetable", "10:30,11:15", "10:29,11:14"), "timetable", 3, "开始", "classfile-overlap", "error"),
    "ends first": (("timetable", "10:30,11:15", "11:15,10:30"), "timetable", 3, "结束", "classfile-end-first", "error"),
    "no length": (("timetable", "10:30,11:15", "10:30,10:30"), "timetable", 3, "结束", "classfile-end-first", "error"),
    "minutes": (("timetable", "11:15", "11:16"), "timetable", 3, "学时", "classfile-minutes", "warning"),
    "at night": (("timetable", "09:00,09:45", "03:00,03:45"), "timetable", 4, "开始", "classfile-night", "warning"),
    "total": (("timetable", "研讨,1", "研讨,2"), "timetable", 0, "学时", "classfile-total", "error"),
    "course hours": (("courses", "第一课,3", "第一课,4"), "courses", 2, "学时", "classfile-course-hours", "warning"),
    "no seat": (("trainees", "A,2,", "A,,"), "trainees", 3, "座号", "classfile-empty", "error"),
    "odd seat": (("trainees", "A,2,", "A,二乙,"), "trainees", 3, "座号", "classfile-not-whole", "error"),
    "seat 0": (("trainees", "A,2,", "A,0,"), "trainees", 3, "座号", "classfile-out-of-range", "error"),
    "long name": (("trainees", "柏雨水", "柏" * 41), "trainees", 3, "姓名", "classfile-too-long", "error"),
    "no time": (("timetable", "09:00,10:30", ",10:30"), "timetable", 2, "开始", "classfile-empty", "error"),
    "unknown column": (("staff", "角色\n", "角色,星座\n"), "staff", 1, "星座", "classfile-column-unknown", "warning"),
    "column twice": (("staff", "角色\n", "角色,姓名\n"), "staff", 1, "姓名", "classfile-column-twice", "error"),
    "no column": (("staff", "姓名", "星座"), "staff", 1, "姓名", "classfile-column-missing", "error"),
    "last before first": (("class", "2027-03-16", "2027-03-14"), "class", 5, "", "classfile-days-order", "error"),
    "too many days": (("class", "2027-03-16", "2027-04-15"), "class", 5, "", "classfile-days-many", "warning"),
    "odd first day": (("class", "2027-03-15", "开春"), "class", 4, "", "classfile-not-date", "error"),
    "odd key": (("class", "k1", "我们 班"), "class", 2, "", "classfile-not-key", "error"),
    "unknown about": (("class", "代号,k1", "代号,k1\n口号,好"), "class", 3, "", "classfile-about-unknown", "warning"),
    "about twice": (("class", "班名,一班", "班名,一班\n名称,二班"), "class", 4, "", "classfile-about-twice", "error"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_said_where_it_stands(name):
    change, sheet, row, column, key, severity = CASES[name]
    made, problems = read([change])
    said = [p for p in problems if p.key == key]
    assert said, problems
    file = f"{sheet}.csv"
    assert (said[0].file, said[0].row, said[0].column, said[0].severity) == (file, row, column, severity)
    assert (made is None) == any(p.severity == "error" for p in problems)


@pytest.mark.parametrize("days", [31, 32])
def test_a_class_of_31_days_is_not_remarkable(days):
    last = {31: "2027-04-14", 32: "2027-04-15"}[days]
    _, problems = read([("class", "2027-03-16", last)])
    assert [p.key for p in problems] == ([] if days == 31 else ["classfile-days-many"])


@pytest.mark.parametrize(("capacity", "full"), [(2, False), (1, True)])
def test_a_bus_takes_so_many_people(capacity, full):
    _, problems = read(rules=RULES | {"safety": {"bus_capacity": capacity}})
    assert [p.key for p in problems] == (["classfile-bus-full"] * 2 if full else [])


def test_what_need_not_be_attended_may_overlap_with_a_warning():
    made, problems = read(
        [("timetable", "10:30,11:15,课堂,1,下半节,C1,L1,S1,R1,口令", "10:00,10:45,课堂,1,答疑,C1,L1,S1,R1,无")]
    )
    assert [(p.key, p.severity) for p in problems] == [("classfile-overlap", "warning")] and made


@pytest.mark.parametrize(
    ("without", "key"),
    [
        ("trainees", "classfile-no-trainees"),
        ("timetable", "classfile-no-timetable"),
        ("staff", "classfile-no-teacher"),
    ],
)
def test_what_no_class_can_do_without(without, key):
    made, problems = read(without=[without])
    assert made is None and key in [p.key for p in problems]


def test_nothing_at_all_is_said_in_a_few_words():
    made, problems = read_tables({})
    assert made is None
    assert {p.key for p in problems if p.severity == "error"} == {
        "classfile-no-trainees",
        "classfile-no-timetable",
        "classfile-no-teacher",
    }


def test_a_sheet_that_could_not_be_read_is_not_missing_as_well():
    tables = {name: table(name, text) for name, text in SHEETS.items() if name not in ("staff", "rooms")}
    _, problems = read_tables(tables, Handed("rules.toml", RULES), unread=["staff", "rooms"])
    assert problems == []
