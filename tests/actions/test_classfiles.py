"""Folders and workbooks as schools hand them in: read, or told what to do in words (CLASS-01)."""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions import classfiles
from actions.classbook import write_book
from actions.classfiles import in_words, read_class, read_folder, read_workbook
from rules.classfile import rowless
from rules.problems import Problem
from rules.settings import load_settings
from tests.actions.test_classbook_reading import BAD_BOOKS
from tests.rules.test_classfile_checks import CASES, read
from tests.rules.test_settings import WRONG, nested

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "examples" / "guanshan"
BOOK = (ROOT / "examples" / "guanshan.xlsx").read_bytes()


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(SAMPLE, tmp_path / "班级"))


def keys(reading):
    return [p.key for p in reading.problems]


def rewrite(file, encoding, old="", new=""):
    file.write_bytes(file.read_text(encoding="utf-8").replace(old, new).encode(encoding))


def test_the_sample_class_is_read_without_a_word():
    reading = read_folder(SAMPLE)
    assert reading.problems == () and reading.ignored == ()
    made = reading.classfile
    assert made.key == "guanshan-1"
    assert [len(rows) for rows in (made.trainees, made.groups, made.staff, made.lecturers)] == [50, 5, 22, 10]
    assert [len(rows) for rows in (made.sites, made.rooms, made.courses, made.sessions)] == [5, 9, 9, 47]
    assert sum(s.credit_hours for s in made.sessions) == 48 == made.settings.hours.total
    assert [s.staff_id for s in made.staff if s.role == "class_teacher"] == ["B01", "B02"]
    assert [s.staff_id for s in made.staff if s.deputy] == ["B02"]
    assert made.roles_of(made.trainees[3]) == ("trainee", "monitor")


def test_the_sample_workbook_is_the_same_class():
    reading = read_class(ROOT / "examples" / "guanshan.xlsx")
    assert reading.problems == ()
    assert rowless(reading.classfile) == rowless(read_folder(SAMPLE).classfile)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encodings_in_use(folder, encoding):
    for file in folder.iterdir():
        rewrite(file, encoding)
    reading = read_folder(folder)
    assert reading.problems == () and reading.classfile.trainees[0].name == "安立春"


@pytest.mark.parametrize("sign", ["\t", ";", "，"])
def test_other_signs_between_cells(folder, sign):
    (folder / "rooms.csv").unlink()
    text = "编号,名称,教学点\nR301,厅,SITE1\nR302,一,\nR303,二,\nR304,三,\nR305,四,\nR306,五,\n"
    text += "RB1,六,\nRCAN,七,\nRDORM,八,"
    (folder / "房间.csv").write_text(text.replace(",", sign), encoding="utf-8")
    assert read_folder(folder).problems == ()


def test_files_may_have_windows_line_ends_and_chinese_names(folder):
    rewrite(folder / "staff.csv", "utf-8", "\n", "\r\n")
    for old, new in (
        ("staff.csv", "工作人员.csv"),
        ("trainees.csv", "学员名册（定稿）.csv"),
        ("rules.toml", "设置.toml"),
    ):
        (folder / old).rename(folder / new)
    (folder / "说明.docx").write_bytes(b"PK")
    (folder / ".DS_Store").write_bytes(b"\0")
    reading = read_folder(folder)
    assert reading.problems == () and reading.ignored == ("说明.docx",)


BAD_FILES = {
    "no words at all": ("staff.csv", b"\xff\x00\xfe\x81", "classfile-file-encoding"),
    "zeros": ("staff.csv", b"\0\0\0\0", "classfile-file-encoding"),
    "a workbook in disguise": ("staff.csv", b"PK\x03\x04....", "classfile-file-is-book"),
    "a lonely quote": ("staff.csv", 'staff_id,name,role_key\nB1,"甲,班主任\n'.encode(), "classfile-csv-broken"),
    "broken settings": ("rules.toml", b"[hours\ntotal = 48", "classfile-toml-broken"),
    "deep settings": ("rules.toml", b"a = " + b"[" * 5000, "classfile-toml-broken"),
    "broken class": ("class.toml", "title = “一班”".encode(), "classfile-toml-broken"),
    "odd courses": ("courses.toml", b'course = "C1"', "classfile-courses-shape"),
    "endless rows": ("rooms.csv", b"room_id,name_zh\n" + b"R,R\n" * 5_000, "classfile-too-many"),
    "endless columns": ("rooms.csv", b"room_id,name_zh" + b",x" * 200, "classfile-too-many"),
    "too large": ("rooms.csv", b"x" * 10_000_001, "classfile-file-large"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_is_the_only_thing_wrong(folder, name):
    file, content, key = BAD_FILES[name]
    (folder / file).write_bytes(content)
    reading = read_folder(folder)
    assert reading.classfile is None
    assert [(p.file, p.key) for p in reading.problems] == [(file, key)]


def test_the_line_of_broken_toml_is_named(folder):
    (folder / "class.toml").write_text('key = "k"\ntitle = \n', encoding="utf-8")
    [problem] = read_folder(folder).problems
    assert (problem.row, problem.args["at"]) == (2, 9)
    assert "第2行" in in_words(problem) and "row 2" in in_words(problem, "en")


def test_the_same_table_twice(folder):
    shutil.copy(folder / "staff.csv", folder / "职工.csv")
    reading = read_folder(folder)
    assert keys(reading) == ["classfile-file-twice"] and reading.classfile is None


@pytest.mark.parametrize("name", ["trainees.csv", "timetable.csv", "staff.csv"])
def test_a_file_that_is_needed_is_missed(folder, name):
    (folder / name).unlink()
    reading = read_folder(folder)
    assert reading.classfile is None
    assert any(key.startswith("classfile-no-") for key in keys(reading))


@pytest.mark.parametrize("name", ["class.toml", "rules.toml"])
def test_what_may_be_missing_is_at_most_a_warning(folder, name):
    (folder / name).unlink()
    reading = read_folder(folder)
    assert reading.classfile is not None
    assert {p.severity for p in reading.problems} <= {"warning"}


def test_problems_of_toml_files_have_their_lines(folder):
    rewrite(folder / "courses.toml", "utf-8", 'lead = "L03"', 'lead = "L99"')
    rewrite(folder / "class.toml", "utf-8", "last_day = 2027-03-19", "last_day = 2027-02-19")
    line = (folder / "courses.toml").read_text(encoding="utf-8").splitlines().index("[[course]]", 4) + 1
    found = {(p.file, p.key): p.row for p in read_folder(folder).problems}
    assert found["courses.toml", "classfile-unknown"] == line
    assert found["class.toml", "classfile-days-order"] == 8


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(name=st.sampled_from(sorted(f.name for f in SAMPLE.iterdir())), content=st.binary(max_size=200))
def test_no_bytes_are_too_odd(folder, name, content):
    old = (folder / name).read_bytes()
    (folder / name).write_bytes(content + old[len(content) :])
    try:
        for problem in read_folder(folder).problems:
            assert in_words(problem)
    finally:
        (folder / name).write_bytes(old)


def test_problems_of_settings_have_their_lines(folder):
    rewrite(folder / "rules.toml", "utf-8", "grace_min = 3 ", "grace_min = 99 ")
    rewrite(folder / "rules.toml", "utf-8", "sick", "ill")
    lines = (folder / "rules.toml").read_text(encoding="utf-8").splitlines()
    found = {p.column: lines[p.row - 1] for p in read_folder(folder).problems}
    assert found["attendance.grace_min"].startswith("grace_min = 99")
    assert found["leave.type"] == "[[leave.type]]"


def test_nothing_there(tmp_path):
    assert keys(read_class(tmp_path / "nothing")) == ["classfile-file-missing"]
    assert keys(read_folder(tmp_path / "nothing")) == ["classfile-folder-unreadable"]
    assert "classfile-no-trainees" in keys(read_folder(tmp_path))


def test_a_folder_with_nothing_but_a_workbook(tmp_path):
    shutil.copy(ROOT / "examples" / "guanshan.xlsx", tmp_path / "第1期.xlsx")
    assert read_folder(tmp_path).classfile.key == "guanshan-1"


def variables(lang):
    found = {}
    for path in (ROOT / "texts" / lang / "classfile.ftl", ROOT / "texts" / lang / "settings.ftl"):
        for entry in re.split(r"\n(?=[a-z])", path.read_text(encoding="utf-8")):
            if entry[:1].isalpha():
                found[entry.split(" ")[0]] = set(re.findall(r"\$(\w+)", entry))
    return found


def test_both_languages_have_every_text_with_the_same_variables():
    assert variables("zh") == variables("en")


def test_every_key_in_the_code_has_a_text_and_every_text_a_use():
    sources = [*(ROOT / "rules").glob("classfile*.py"), *(ROOT / "rules").glob("settings*.py")]
    sources += [ROOT / "rules" / "problems.py", ROOT / "actions" / "classfiles.py", ROOT / "actions" / "classbook.py"]
    used = {key for path in sources for key in re.findall(r'"(classfile-[a-z-]*[a-z])"', path.read_text("utf-8"))}
    used |= {f"classfile-not-{name}" for name in ("gender", "lang", "role", "mode", "unit", "kind")}
    assert used == set(variables("zh"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_sentence_can_be_said(lang, folder):
    problems = [*_many_problems(folder)]
    assert len({p.key for p in problems}) > 40
    for problem in problems:
        line = in_words(problem, lang)
        assert "\n" not in line and problem.file in line
        assert problem.args.keys() >= variables(lang)[problem.key], problem.key


def _many_problems(folder):
    for change, *_ in CASES.values():
        yield from read([change])[1]
    for path, value, _ in WRONG:
        yield from load_settings(nested(path, value))[1]
    for file, content, _ in BAD_FILES.values():
        (folder / file).write_bytes(content)
        yield from read_folder(folder).problems
    for data, _ in BAD_BOOKS.values():
        yield from read_workbook(data).problems


def test_numbers_in_a_line_have_no_commas():
    problem = Problem(file="学员", row=1200, column="座号", key="classfile-double", args={"value": "1", "other": 1100})
    assert in_words(problem) == "❌ 《学员》第1200行「座号」：“1”在第1100行已经有了。请改一个，编号不能重复。"
    assert in_words(problem, "en").startswith("❌ “学员”, row 1200, “座号”: “1” stands in row 1100 already.")


def test_limits_are_those_that_the_words_say():
    assert (classfiles.MOST_ROWS, classfiles.MOST_BYTES) == (5_000, 10_000_000)
    assert read_workbook(write_book(read_folder(SAMPLE).classfile)).problems == ()
