"""Files that somebody hands in: classes, handbooks, pictures; damaged, endless, or made to do harm.

Invariants: each is read, or refused in words; no file makes a reader raise, takes more than `MOST_SECONDS` or more than
`MOST_MB` of memory (all of bombs.py together, in a process of their own); nothing is written anywhere; by chat nothing
is half imported; and what looks like a formula comes out again as a text.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import zipfile
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from openpyxl import Workbook, load_workbook

from actions import classes, exports
from actions.classbook import write_book
from actions.classfiles import in_words, read_folder, read_workbook
from actions.handbook_files import read_handbook
from actions.handbook_imports import Plan, problem_lines
from actions.pictures import prepared
from actions.workbooks import DEFUSED
from storage import cohorts
from storage.tx import Tx
from tests.cast import spring
from tests.fuzz.bombs import BOOKS, FOLDERS, LETTERS, PICTURES, book, letter, picture
from tests.fuzz.wild import ODD, texts
from tests.stage import Stage
from texts.render import Voice, keys_of

MOST_SECONDS, MOST_MB = 5.0, 300
HOUSE = Path(__file__).parents[2]
BURSTING = (
    "two million strings", "ten million empty strings", "a million rows", "a million cells in a row",
    "one long string in all cells", "half a million attributes", "laughs", "laughs under another ending",
    "laughs among pictures", "laughs in sixteen bits", "a file from outside",
)  # fmt: skip


async def test_what_is_small_to_send_is_small_to_open() -> None:
    """Seconds are those of the processor: a busy machine is no reason to fail."""
    asked = await create_subprocess_exec(sys.executable, "-m", "tests.fuzz.bombs", stdout=PIPE, cwd=HOUSE)
    out, _ = await asked.communicate()
    told = json.loads(out)
    costs = told["costs"]
    assert {*BOOKS, *LETTERS, *FOLDERS, *PICTURES} == set(costs)
    assert all(keys for keys, _ in costs.values()), "each is refused in words"
    assert {key for keys, _ in costs.values() for key in keys if "-" in key} <= keys_of("zh") & keys_of("en")
    at_once = {"classfile-book-bomb", "classfile-book-broken"}
    assert [name for name in BURSTING if not at_once & set(costs[name][0])] == []
    assert {name: seconds for name, (_, seconds) in costs.items() if seconds > MOST_SECONDS} == {}
    assert told["grown_mb"] < MOST_MB


def small() -> bytes:
    """A workbook of two sheets with a few lines, which is soon read."""
    made = Workbook()
    people, table = made.worksheets[0], made.create_sheet("课程表")
    people.title = "学员"
    for row in (["姓名", "组号", "座号", "出生年"], ["高远", 1, 1, 1990], ["田小雪", 1, 2, "1991年"]):
        people.append(row)
    for row in (["天", "日期", "开始", "结束", "课程"], [1, date(2027, 3, 15), time(9), time(9, 45), "开班式"]):
        table.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


SMALL = small()
SLIPS = (
    "../../slipped.txt", "/tmp/tongxue-slipped.txt", "..\\..\\slipped.txt", "C:\\slipped.txt", "xl/../../slipped.txt",
    "con", "a/" * 300 + "b", "xl/worksheets/sheet1.xml",
)  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_lead_elsewhere_write_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    link = zipfile.ZipInfo("xl/link")
    link.external_attr = 0o120777 << 16
    read_workbook(book(more=[(name, b"slipped"), (link, b"/etc/passwd")]), name)
    read_handbook(book(more=[(name, b"slipped")]), "h.xlsx")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not Path("/tmp/tongxue-slipped.txt").exists()


def _changed(data: bytes, part: str, change: tuple[int, int, bytes]) -> bytes:
    """The archive with some bytes of one part in place of others, packed rightly again."""
    out = io.BytesIO()
    at, length, new = change
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as made:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == part:
                place = at % max(1, len(content))
                content = content[:place] + new + content[place + length :]
            made.writestr(item.filename, content)
    return out.getvalue()


def _parts(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        return found.namelist()


PIECES = st.sampled_from([
    b"", b'"', b"<", b"&#0;", b"&#x1F600;", b"\xff", b"-1", b"1e999", b"99999999999", b't="e"', b't="b"', b't="d"',
    b't="n"', b't="str"', b"<f>1+1</f>", b"<f>HYPERLINK(1)</f>", b'<mergeCell ref="A1:ZZ9"/>', b'state="veryHidden"',
    b'r="A0"', b'r="XFD99"', b"2958466", b"-657435", b"0.5", b"1900-02-29T00:00:00Z", b"#REF!", b"<c/>", b"</row>",
])  # fmt: skip
CHANGES = st.tuples(st.integers(0, 1 << 16), st.integers(0, 12), PIECES)


@given(part=st.sampled_from(_parts(SMALL)), change=CHANGES)
def test_a_workbook_with_any_part_changed(part: str, change: tuple[int, int, bytes]) -> None:
    reading = read_workbook(_changed(SMALL, part, change), "班.xlsx")
    assert reading.classfile is not None or reading.problems
    assert all(in_words(problem, lang) for problem in reading.problems for lang in ("zh", "en"))


LETTER = letter('<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>党建引领</w:t></w:r></w:p>'.encode() * 3)


@given(part=st.sampled_from(_parts(LETTER)), change=CHANGES)
def test_a_letter_with_any_part_changed(part: str, change: tuple[int, int, bytes]) -> None:
    read_handbook(_changed(LETTER, part, change), "手册.docx")


CELLS = st.one_of(texts, st.sampled_from(ODD), st.sampled_from(["姓名", "组号", "座号", "T01", "1", "第一组", "=1+1"]))
TABLES = ("trainees", "timetable", "groups", "staff", "settings", "rooms", "courses", "class")


@given(
    rows=st.lists(st.lists(CELLS, max_size=5), max_size=6),
    table=st.sampled_from(TABLES),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "latin-1"]),
)
def test_tables_of_anything(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], table: str, encoding: str
) -> None:
    text = io.StringIO()
    bare = [[re.sub("[\0-\x08]", "", cell) for cell in row] for row in rows]
    csv.writer(text, escapechar="\\").writerows([["姓名", "组号", "座号"], *bare])
    folder = tmp_path_factory.getbasetemp() / "tables"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    (folder / f"{table}.csv").write_bytes(text.getvalue().encode(encoding, "replace"))
    reading = read_folder(folder)
    assert reading.problems and all(in_words(problem) for problem in reading.problems)


LINES = st.lists(texts, max_size=8).map("\n".join)
ENDINGS = ("md", "toml", "docx", "xlsx", "markdown", "MD", "exe", "")


@given(
    data=st.one_of(
        st.binary(max_size=200), LINES.map(lambda t: f"# 党建引领\n## 问题\n{t}".encode("utf-8", "replace"))
    ),
    ending=st.sampled_from(ENDINGS),
)
def test_handbooks_of_anything(data: bytes, ending: str) -> None:
    found = read_handbook(data, f"手册.{ending}")
    plan = Plan(new=[], changed=[], same=0, waiting=[], busy=[], missing=[], problems=found.problems)
    assert all(Voice(lang).html(line) for line in problem_lines(plan) for lang in ("zh", "en"))


SAMPLES = [picture(40, 30, "RGB", form) for form in ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")]


@given(
    sample=st.sampled_from(SAMPLES), at=st.integers(0, 4000), new=st.binary(min_size=1, max_size=9), cut=st.booleans()
)
def test_pictures_damaged_or_of_two_kinds(sample: bytes, at: int, new: bytes, cut: bool) -> None:
    place = at % len(sample)
    kept = prepared(sample[:place] + new + (b"" if cut else sample[place + len(new) :]))
    assert (kept.kind == "broken") == (kept.content == b"")
    both = prepared(sample + b"<script>alert(1)</script>" + new)
    assert both.kind == "image/jpeg" and b"<script>" not in both.content, "drawn anew"


@pytest.mark.parametrize("name", ["laughs", "a column beyond all", "a million rows", "half"])
async def test_by_chat_a_bad_file_is_refused_once_and_changes_nothing(plain: Stage, name: str) -> None:
    data = SMALL[: len(SMALL) // 2] if name == "half" else BOOKS[name]()
    await plain.sends("Ada", document={"file_id": "F", "file_unique_id": "U", "file_name": "班.xlsx", "file_size": 9})

    async def there(tx: Tx) -> list[str]:
        people = await tx.all(str, "select cohort_id || name || ref from member order by id")
        return people + await tx.all(str, "select key || title || settings from cohort order by id")

    before = await plain.store.work(there)
    plain.clear()
    number = await plain.fetched("Ada", data)
    assert len(plain.phone("Ada")) == 1 and not plain.labels("Ada"), "one clear refusal, nothing to confirm"
    await plain.tap_data("Ada", f"import:{number}")
    assert await plain.store.work(there) == before


FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("x","y")', "=cmd|' /C calc'!A0", "＝1+1", "－2")


async def test_what_looks_like_a_formula_is_a_text_on_the_way_in_and_out(plain: Stage) -> None:
    """A name of this kind is kept as it is typed; in every table that leaves the house it is defused."""
    people = [
        structs.replace(one, name=FORMULAS[at % len(FORMULAS)], trainee_id=f"=T{at}", phone=FORMULAS[at % 4])
        for at, one in enumerate(spring().trainees)
    ]
    groups = tuple(structs.replace(group, leader_id="", deputy_id="") for group in spring().groups)
    made = structs.replace(spring(), key="formulas", trainees=tuple(people), groups=groups)
    again = read_workbook(write_book(made)).classfile
    assert again is not None, read_workbook(write_book(made)).problems
    assert [t.name for t in again.trainees[:3]] == ["=1+1", "+1+1", "-1+1"]
    file = again

    async def work(tx: Tx) -> tuple[dict[str, exports.Table], exports.Export]:
        now = plain.clock.now()
        report = await classes.bring_in(tx, file, now)
        cohort = await cohorts.get(tx, report.cohort_id)
        out = await exports.export(tx, cohort, Voice("zh"), now, who="安老师", roles=exports.EXPORTERS)
        return await exports.tables_of(tx, cohort), out

    tables, out = await plain.store.work(work)
    cells = [cell for _, rows in (tables | out.tables).values() for row in rows for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(DEFUSED)] == []
    for sheet in load_workbook(io.BytesIO(out.content)).worksheets:
        assert [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"] == []
