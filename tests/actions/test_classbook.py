"""A class written as a workbook and read again is the same class (CLASS-01)."""

import io
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert, structs, to_builtins
from openpyxl import load_workbook

from actions.classbook import write_book
from actions.classfiles import read_folder, read_workbook
from rules.classfile import rowless, shift
from rules.classfile_words import HEADERS, SHEETS
from rules.settings import Settings, load_settings

SAMPLE = Path(__file__).parents[2] / "examples" / "guanshan"


@pytest.fixture(scope="module")
def made():
    return read_folder(SAMPLE).classfile


def again(made):
    reading = read_workbook(write_book(made), "again.xlsx")
    assert [p for p in reading.problems if p.severity == "error"] == []
    return reading.classfile


def opened(made):
    return load_workbook(io.BytesIO(write_book(made)))


def test_the_sample_comes_back_as_it_went(made):
    assert rowless(again(made)) == rowless(made)


def test_a_class_comes_back_twice_and_on_other_days(made):
    moved = structs.replace(shift(made, date(2026, 11, 30)), group_chat=-1001234567890, term=2)
    assert rowless(again(again(moved))) == rowless(moved)


def test_sheets_and_headers_are_chinese(made):
    book = opened(made)
    assert book.sheetnames == [names[0] for names in SHEETS.values()]
    heads = [cell.value for cell in book["学员"][1]]
    assert heads[:3] == ["编号", "姓名", "性别"]
    for table in ("trainees", "staff", "timetable"):
        assert len(list(book[SHEETS[table][0]][1])) == len(set(HEADERS[table]) - {"span"})


def test_cells_are_what_a_person_expects(made):
    book = opened(made)
    head = {cell.value: cell.column for cell in book["课程表"][1]}
    row = {name: book["课程表"].cell(2, at).value for name, at in head.items()}
    assert (row["日期"], row["开始"]) == (datetime(2027, 3, 15), time(8))
    assert (row["类型"], row["签到方式"], row["点名单位"], row["必到"]) == ("报到", "报到台", "全班", "是")
    settings = {line[0].value: line[1].value for line in book["设置"].iter_rows(min_row=2)}
    assert settings["attendance.grace_min"] == 3 and settings["log.due_at"] == "22:00" and settings["test.pass"] == 60


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@all", '=HYPERLINK("http://example.org")', "=", "'quoted"])
def test_texts_that_look_like_formulas_are_guarded_and_come_back(made, text):
    first = structs.replace(made.trainees[0], telegram_note=text, diet=text)
    odd = structs.replace(made, trainees=(first, *made.trainees[1:]))
    for row in opened(odd)["学员"].iter_rows():
        assert all(cell.data_type != "f" for cell in row)
        assert not any(isinstance(cell.value, str) and cell.value[:1] in tuple("=+-@") for cell in row)
    assert again(odd).trainees[0].telegram_note == text


def test_changed_settings_come_back(made):
    settings, problems = load_settings(
        {
            "log": {"due_at": "21:15", "parts": ["learned", "puzzle"]},
            "hours": {"unit_zh": "48"},
            "attendance": {"tap_allowed": True},
            "timezone": "Asia/Urumqi",
            "eval": {"overall": {"weights": {"courses": 1.0}}},
            "question": {"service_hours": ["09:00-10:30"]},
        }
    )
    assert problems == []
    assert again(structs.replace(made, settings=settings)).settings == settings


def test_defaults_are_plain_data_that_load_again():
    assert convert(to_builtins(Settings()), Settings) == Settings()


SAFE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=30)


@given(note=SAFE)
def test_any_note_comes_back_as_one_line(note):
    from actions.classbook import _guarded
    from rules.classfile_cells import words

    plain = words(note)
    assert words(_guarded(plain)) == plain
