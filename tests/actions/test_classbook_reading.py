"""Workbooks as they come from schools: whole, damaged, locked, or made to do harm (CLASS-01)."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from actions.classfiles import in_words, read_class, read_workbook

ROOT = Path(__file__).parents[2]
BOOK = (ROOT / "examples" / "guanshan.xlsx").read_bytes()


def keys(reading):
    return [p.key for p in reading.problems]


def sample_book():
    return load_workbook(ROOT / "examples" / "guanshan.xlsx")


def packed(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def repacked(change):
    """The sample workbook with the bytes of its parts changed."""
    out = io.BytesIO()
    sample = ROOT / "examples" / "guanshan.xlsx"
    with zipfile.ZipFile(sample) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
    return out.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "boom">]><a>&b;</a>'
BAD_BOOKS = {
    "nothing": (b"", "classfile-book-broken"),
    "words": ("编号,姓名".encode(), "classfile-book-broken"),
    "half": (BOOK[:20_000], "classfile-book-broken"),
    "old or locked": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "classfile-book-old"),
    "another archive": (archive(**{"a.txt": "a"}), "classfile-book-broken"),
    "no workbook inside": (archive(**{"xl/workbook.xml": "<a/>"}), "classfile-book-broken"),
    "macros": (archive(**{"xl/workbook.xml": "<a/>", "xl/vbaProject.bin": "x"}), "classfile-book-macro"),
    "a bomb": (archive(**{"xl/workbook.xml": b" " * 81_000_000}), "classfile-book-bomb"),
    "many parts": (archive(**{f"xl/{n}.xml": "" for n in range(1_001)}), "classfile-book-bomb"),
    "entities": (archive(**{"xl/workbook.xml": ENTITY}), "classfile-book-bomb"),
    "too large": (b"PK" + b"x" * 10_000_000, "classfile-file-large"),
    "damaged part": (repacked(lambda name, old: old[:-30] if "sheet2" in name else old), "classfile-book-broken"),
}


@pytest.mark.parametrize("name", BAD_BOOKS)
def test_a_workbook_that_is_not_read(name):
    data, key = BAD_BOOKS[name]
    reading = read_workbook(data, "班.xlsx")
    assert reading.classfile is None
    assert [(p.file, p.key) for p in reading.problems] == [("班.xlsx", key)]


def test_a_formula_must_have_been_reckoned():
    book = sample_book()
    book["学员"]["L5"] = "=1+3"
    reading = read_workbook(packed(book))
    assert ("学员", 5, "L", "classfile-cell-formula") in [(p.file, p.row, p.column, p.key) for p in reading.problems]


def test_a_formula_gone_wrong_is_said():
    book = sample_book()
    book["学员"]["L5"] = "#REF!"
    found = [(p.file, p.row, p.column, p.key) for p in read_workbook(packed(book)).problems]
    assert ("学员", 5, "L", "classfile-cell-error") in found


def test_sheets_that_mean_nothing_are_left_alone():
    book = sample_book()
    book.create_sheet("草稿")["A1"] = "随便写写"
    reading = read_workbook(packed(book))
    assert reading.classfile and reading.ignored == ("草稿",)


def test_an_empty_workbook_lacks_everything():
    reading = read_workbook(packed(Workbook()), "空.xlsx")
    assert {"classfile-no-trainees", "classfile-no-timetable", "classfile-no-teacher"} <= set(keys(reading))


@pytest.mark.parametrize(("cell", "said"), [("A1048576", ["classfile-too-many"]), ("XFD1048576", []), ("XFD2", [])])
def test_a_cell_far_away_does_not_blow_up_the_sheet(cell, said):
    book = sample_book()
    book["房间"][cell] = "远"
    assert keys(read_workbook(packed(book))) == said


def test_a_false_size_of_a_sheet_does_no_harm():
    data = repacked(lambda name, old: re.sub(rb'<dimension ref="[^"]+"', b'<dimension ref="A1:A1"', old))
    assert read_workbook(data).classfile == read_class(ROOT / "examples" / "guanshan.xlsx").classfile


def test_a_time_table_with_merged_days_is_understood():
    book = sample_book()
    sheet = book["课程表"]
    head = {cell.value: cell.column_letter for cell in sheet[1]}
    for column in (head["天"], head["日期"]):
        sheet.merge_cells(f"{column}2:{column}13")
    reading = read_workbook(packed(book))
    assert reading.problems == () and reading.classfile.sessions[5].day == 1


@settings(deadline=None, max_examples=60)
@given(at=st.integers(0, 40_000), content=st.binary(min_size=1, max_size=40))
def test_no_damage_to_a_workbook_is_too_odd(at, content):
    data = BOOK[:at] + content + BOOK[at + len(content) :]
    for problem in read_workbook(data).problems:
        assert in_words(problem)
