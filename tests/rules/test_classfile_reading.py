"""From sheets to a class: what may be left out, what is made of the rest, and that nothing is too odd (CLASS-01)."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from rules.classfile import Handed, Table, check, has_errors, read_tables, rowless, shift
from rules.classfile_words import HEADERS
from tests.rules.test_classfile_cells import ANY_CELL
from tests.rules.test_classfile_checks import RULES, SHEETS, read, table


def test_sites_rooms_courses_and_groups_may_be_left_out():
    made, problems = read([("timetable", "R1-R2", "R2")], without=["sites", "rooms", "courses", "groups", "class"])
    assert {p.severity for p in problems} == {"warning"}
    assert [r.room_id for r in made.rooms] == ["R1", "R2"]
    assert [g.group_no for g in made.groups] == [1, 2]
    assert [c.course_id for c in made.courses] == ["C1"]
    assert (made.key, made.title) == ("folder", "folder")
    assert made.last_day == date(2027, 3, 16)


def test_without_a_sheet_of_groups_the_roster_says_who_leads():
    trainees = "姓名,组别,座号,班内职务\n甲,1,1,学员\n乙,1,2,第1组组长\n丙,1,3,副组长\n丁,2,4,班长"
    made, _ = read(trainees=trainees, without=["groups"])
    assert [(g.leader_id, g.deputy_id) for g in made.groups] == [("T002", "T003"), ("", "")]


def test_people_may_be_named_in_place_of_ids():
    made, problems = read(
        [
            ("groups", "T1,T2", "安立春,柏雨水"),
            ("timetable", "B1,S1,R1-R2", "百里舟,基地,R1-R2"),
            ("sites", "基地,A1", "基地,令狐衡"),
        ]
    )
    assert problems == []
    assert (made.groups[0].leader_id, made.sessions[2].lead_id, made.sessions[2].site_id) == ("T1", "B1", "S1")
    assert made.sites[0].contact_id == "A1"


def test_of_two_people_of_one_name_the_one_of_the_group_leads():
    changes = [("trainees", "岑惊蛰", "安立春"), ("groups", "1,T1", "1,安立春"), ("groups", "2,T3", "2,安立春")]
    made, _ = read(changes)
    assert [g.leader_id for g in made.groups] == ["T1", "T3"]


def test_a_name_that_two_people_bear_must_be_an_id():
    _, problems = read(
        [("lecturers", "L1,端木砚,C1", "L1,端木砚,C1\nL2,端木砚,C1"), ("timetable", "B1,S1", "端木砚,S1")]
    )
    assert [p.key for p in problems] == ["classfile-name-ambiguous"]


def test_what_is_not_said_is_made_of_what_is():
    timetable = """日期,时间,内容,学时,授课人
2027-03-15,9:00-10:30,第一课,2,端木砚
,12:00-12:40,午餐,,
2027年3月16日,9点到10点半,查寝,2,百里舟"""
    trainees = "姓名,组,座位\n安立春,第一组,１号\n柏雨水,1,2"
    made, problems = read(without=["groups", "courses"], timetable=timetable, trainees=trainees)
    assert not [p for p in problems if p.severity == "error"]
    assert [(s.session_id, s.day, s.kind, s.checkin_mode, s.required) for s in made.sessions] == [
        ("D1-0900", 1, "lecture", "code", True),
        ("D1-1200", 1, "meal", "none", False),
        ("D2-0900", 2, "dorm_check", "duty", True),
    ]
    assert made.sessions[2].end == time(10, 30)
    assert [t.trainee_id for t in made.trainees] == ["T001", "T002"]
    assert "classfile-session-ids-made" in [p.key for p in problems]


def test_days_alone_do_when_the_first_day_is_said():
    timetable = "天,开始,结束,名称,学时\n1,09:00,10:30,课,2\n2,09:00,10:30,课,2"
    made, _ = read(timetable=timetable)
    assert [s.date for s in made.sessions] == [date(2027, 3, 15), date(2027, 3, 16)]
    made, problems = read(timetable=timetable, without=["class"])
    assert made is None and "classfile-first-day-missing" in [p.key for p in problems]


def test_the_total_of_hours_is_taken_from_the_timetable_when_no_setting_says_it():
    made, problems = read(rules={})
    assert made.settings.hours.total == 4
    assert [(p.key, p.severity) for p in problems] == [("classfile-total-taken", "warning")]


def test_settings_may_be_a_sheet_and_their_problems_have_its_rows():
    sheet = '设置项,值\nhours.total,4\nattendance.grace_min,很久\nlog.parts,"[""learned""]"\nlog.min_distinct_parts,1'
    made, problems = read(rules=None, settings=sheet)
    assert made is None
    assert [(p.key, p.file, p.row) for p in problems] == [("classfile-setting-type", "settings.csv", 3)]
    made, problems = read(rules=None, settings=sheet.replace("很久", "5"))
    assert problems == [] and made.settings.attendance.grace_min == 5 and made.settings.log.parts == ("learned",)


@pytest.mark.parametrize("title", ["", "某某班学员名册,,\n"])
def test_a_title_may_stand_above_the_header(title):
    _, problems = read(staff=title + SHEETS["staff"].replace("班主任", "?"))
    assert [p.row for p in problems if p.key == "classfile-not-role"] == [3 if title else 2]


def test_a_sheet_without_a_header_is_told_so():
    _, problems = read(staff="B1,百里舟,班主任")
    assert "classfile-header-missing" in [p.key for p in problems]


def test_of_two_class_teachers_the_one_called_so_is_the_deputy():
    staff = "编号,姓名,角色,岗位\nB2,甲,班主任,班主任（副）\nB1,乙,班主任,班主任（主）\nA1,丙,教务,"
    made, _ = read(staff=staff)
    assert [(s.staff_id, s.deputy) for s in made.staff] == [("B2", True), ("B1", False), ("A1", False)]
    made, _ = read(staff=staff.replace("班主任（副）", "").replace("班主任（主）", ""))
    assert [s.deputy for s in made.staff] == [False, True, False]


@given(st.dictionaries(st.sampled_from(sorted(SHEETS)), st.lists(st.lists(ANY_CELL, max_size=8), max_size=6)))
def test_no_sheets_are_too_odd(odd):
    tables = {
        name: Table(name, (tuple(HEADERS[name]), *map(tuple, rows))) if rows else Table(name)
        for name, rows in odd.items()
    }
    made, problems = read_tables(tables, None, "odd")
    assert made is None or not has_errors(problems)


@given(data=st.data())
def test_no_single_cell_is_too_odd(data):
    tables = {name: table(name, text) for name, text in SHEETS.items()}
    name = data.draw(st.sampled_from(sorted(tables)))
    rows = [list(row) for row in tables[name].rows]
    row = data.draw(st.integers(0, len(rows) - 1))
    rows[row][data.draw(st.integers(0, len(rows[row]) - 1))] = data.draw(ANY_CELL)
    made, problems = read_tables(tables | {name: Table(name, tuple(map(tuple, rows)))}, Handed("rules.toml", RULES))
    assert (made is None) == has_errors(problems)


def test_a_class_without_sheets_can_be_checked_again():
    made, _ = read()
    assert check(made) == []
    crowded = structs.replace(made, trainees=made.trainees * 2)
    assert {(p.file, p.column, p.key) for p in check(crowded)} >= {("学员", "座号", "classfile-seat-double")}


def test_shift_moves_every_date_and_nothing_else():
    made, _ = read()
    moved = shift(made, date(2026, 11, 30))
    assert (moved.first_day, moved.last_day) == (date(2026, 11, 30), date(2026, 12, 1))
    assert [s.date for s in moved.sessions] == [date(2026, 11, 30)] * 2 + [date(2026, 12, 1)]
    assert shift(moved, made.first_day) == made
    assert rowless(made).trainees[0].row == 0
