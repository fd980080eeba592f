"""What people type into cells, and what comes of it (CLASS-01, UI-03)."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rules import classfile_cells as cells
from rules.classfile_sheets import READERS, SPECIAL

ANY_CELL = st.one_of(
    st.none(),
    st.text(max_size=60),
    st.text("0123456789零一二十第组号年月日点:：.-/～ ", max_size=20),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.timedeltas(),
)


@pytest.mark.parametrize("column", sorted(READERS))
@given(cell=ANY_CELL)
def test_no_cell_is_too_odd_for_a_reader(column, cell):
    try:
        READERS[column](cell)
    except cells.Unreadable as wrong:
        assert wrong.key.startswith("classfile-")


@given(cell=ANY_CELL)
@example(cell="0\r\x1b")
def test_words_of_any_cell_are_one_line(cell):
    said = cells.words(cell)
    assert said == said.strip() and "\n" not in said and "\0" not in said


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (0, 0), (7, 7), (7.0, 7), ("7", 7), ("７", 7), (" 7 ", 7), ("第7组", 7), ("三组", 3), ("第十组", 10),
        ("十二号", 12), ("二十", 20), ("九十九", 99), ("两个", 2), ("2学时", 2), ("300米", 300), ("零", 0),
    ],
)  # fmt: skip
def test_whole_numbers(cell, number):
    assert cells.whole(cell) == number


@pytest.mark.parametrize(
    "cell", ["", None, "七八", "-1", "1.5", 1.5, "甲", "一百", "1,000", float("nan"), "1234567890"]
)
def test_what_is_no_whole_number(cell):
    with pytest.raises(cells.Unreadable) as wrong:
        cells.whole(cell)
    assert wrong.value.key == "classfile-not-whole"


@pytest.mark.parametrize(
    "cell",
    ["2027-03-15", "2027/3/15", "2027.3.15", "2027年3月15日", "２０２７-03-15", "2027-03-15 00:00:00",
     date(2027, 3, 15), datetime(2027, 3, 15, 9), 46461, 46461.5],
)  # fmt: skip
def test_dates(cell):
    assert cells.day(cell) == date(2027, 3, 15)


@pytest.mark.parametrize(
    "cell",
    ["2027-02-29", "2027-13-01", "3月15日", "", None, True, 29_999, 80_000, "15/3/2027", "1999-12-31", "2101-01-01"],
)
def test_what_is_no_date(cell):
    with pytest.raises(cells.Unreadable):
        cells.day(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "08:30",
        "8:30",
        "8：30",
        "08:30:00",
        "8点半",
        "8点30分",
        "8时30",
        "8.30",
        time(8, 30),
        datetime(1900, 1, 1, 8, 30),
        timedelta(hours=8, minutes=30),
        8.5 / 24,
    ],
)
def test_times(cell):
    assert cells.clock(cell) == time(8, 30)


@pytest.mark.parametrize(
    "cell", ["24:00", "8:60", "8:5", "上午", "", None, 1.0, timedelta(days=1), timedelta(seconds=-1)]
)
def test_what_is_no_time(cell):
    with pytest.raises(cells.Unreadable):
        cells.clock(cell)


@pytest.mark.parametrize("cell", ["08:30-10:00", "8:30～10:00", "8：30—10：00", "8点半到10点", "08:30 至 10:00"])
def test_spans(cell):
    assert cells.span(cell) == (time(8, 30), time(10))


@pytest.mark.parametrize("cell", ["08:30", "08:30-", "08:30-09:00-10:00", "", "a-b"])
def test_what_is_no_span(cell):
    with pytest.raises(cells.Unreadable):
        cells.span(cell)


@pytest.mark.parametrize(
    ("choices", "cell", "key"),
    [
        ("gender", "女", "female"), ("gender", "M", "male"), ("mode", "口令", "code"), ("mode", "-", "none"),
        ("role", "school_admin", "admin"), ("role", "副班主任", "class_teacher"), ("mode", "TAP", "tap"),
        ("unit", "小组", "group"), ("kind", "开班式", "ceremony"),
    ],
)  # fmt: skip
def test_words_we_know(choices, cell, key):
    assert cells.choice(choices)(cell) == key


def test_a_word_we_do_not_know_comes_with_those_we_do():
    with pytest.raises(cells.Unreadable) as wrong:
        SPECIAL["timetable", "kind"]("打牌")
    assert wrong.value.key == "classfile-not-kind" and "用餐" in wrong.value.text_args["known"]


@pytest.mark.parametrize(("length", "fits"), [(40, True), (41, False)])
def test_the_longest_name(length, fits):
    if fits:
        assert cells.name("名" * length) == "名" * length
    else:
        with pytest.raises(cells.Unreadable):
            cells.name("名" * length)


@pytest.mark.parametrize(("value", "fits"), [(1, True), (99, True), (0, False), (100, False)])
def test_group_numbers_run_from_1_to_99(value, fits):
    if fits:
        assert READERS["group_no"](value) == value
    else:
        with pytest.raises(cells.Unreadable) as wrong:
            READERS["group_no"](value)
        assert wrong.value.key == "classfile-out-of-range"


def test_names_and_buses_are_made_plain():
    assert cells.name("张　三") == "张三"
    assert cells.name("阿朵·渔歌") == "阿朵·渔歌"
    assert cells.bus("a车") == "A" == cells.bus("Ａ")
    assert cells.bus("1号车") == "1"
    assert cells.listed("C1;C3、C5，C6") == ("C1", "C3", "C5", "C6")
    assert cells.words("'=1+1") == "=1+1"
