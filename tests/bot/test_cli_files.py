"""The command line and files: classes from folders and workbooks, backups, and what is broken."""

from __future__ import annotations

import csv
import io
import shutil
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook

from simulator import Simulator
from storage.schema import HEAD
from tests.bot.terminal import Terminal
from tests.conftest import Databases
from tests.stories.program import ROOT, SAMPLE, free_port


@pytest.fixture
def empty(tmp_path: Path) -> Terminal:
    """The command line with a database that is not there yet."""
    return Terminal(tmp_path, f"sqlite:///{tmp_path}/var/new.db")


@pytest.fixture
async def filled(tmp_path: Path, databases: Databases) -> Terminal:
    """The command line over a SQLite file with both classes."""
    return Terminal(tmp_path, await databases.sqlite())


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The sample class with two mistakes."""
    folder = tmp_path / "class"
    shutil.copytree(SAMPLE, folder)
    rows = (folder / "trainees.csv").read_text("utf-8").splitlines()
    rows[3] = rows[3].replace(rows[3].split(",")[0], rows[2].split(",")[0])
    (folder / "trainees.csv").write_text("\n".join(rows) + "\n", "utf-8")
    table = (folder / "timetable.csv").read_text("utf-8").splitlines()
    table[1] = table[1].replace(table[1].split(",")[2], "32.13.2027", 1)
    (folder / "timetable.csv").write_text("\n".join(table) + "\n", "utf-8")
    return folder


async def test_check_a_good_class(empty: Terminal) -> None:
    for source in (SAMPLE, ROOT / "examples" / "guanshan.xlsx"):
        said = await empty.bare("class", "check", str(source))
        assert said.code == 0 and "Nothing to mend" in said.out
    assert not empty.file.exists(), "nothing is written"


async def test_check_names_file_row_and_column(empty: Terminal, broken: Path) -> None:
    said = await empty.bare("class", "check", str(broken))
    assert said.code == 1 and said.out == ""
    assert "trainees.csv" in said.err and "timetable.csv" in said.err and "4" in said.err
    assert len(said.err.splitlines()) >= 2, "all problems at once"
    chinese = await empty.bare("class", "check", str(broken), lang="C.UTF-8")
    assert "trainees.csv" in chinese.err and "行" in chinese.err


async def test_import_is_all_or_nothing_and_repeatable(empty: Terminal, broken: Path) -> None:
    assert "no class yet" in await empty.gets("class", "list")
    lost = await empty.types("class", "import", str(broken))
    assert lost.code == 1 and "nothing was written" in lost.err
    assert "guanshan" not in await empty.gets("class", "list")
    first = await empty.gets("class", "import", str(SAMPLE))
    assert "82 new" in first
    again = await empty.gets("class", "import", str(SAMPLE))
    assert "nothing changed" in again and "82 same" in again
    assert len((await empty.gets("class", "list")).splitlines()) == 1


async def test_import_names_the_sessions_that_changed_once_a_class_has_seen_them(empty: Terminal, broken: Path) -> None:
    shutil.copy(SAMPLE / "trainees.csv", broken)
    rows = (SAMPLE / "timetable.csv").read_text("utf-8")
    moved = rows.replace("S0104,1,2027-03-15,10:50,12:20", "S0104,1,2027-03-15,10:45,12:15")
    (broken / "timetable.csv").write_text(moved, "utf-8")
    await empty.gets("class", "import", str(SAMPLE))
    assert "10:45" not in await empty.gets("class", "import", str(broken)), "a draft is nobody's timetable yet"
    await empty.gets("class", "seats")
    said = await empty.gets("class", "import", str(SAMPLE))
    assert "Community work and professional conduct: Mon 15 Mar 10:45–12:15 → 10:50–12:20" in said
    assert "drafts no notice" in said and "<b>" not in said


@pytest.mark.parametrize("name", ["nowhere", "config.toml", "empty-folder", "broken.xlsx"])
async def test_what_is_no_class(empty: Terminal, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty-folder").mkdir()
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    said = await empty.bare("class", "check", str(tmp_path / name))
    assert said.code == 1 and said.err.strip() and said.out == ""


async def test_no_class_yet(empty: Terminal) -> None:
    for args in (("class", "activate"), ("plan", "--date", "2027-03-15")):
        said = await empty.types(*args)
        assert said.code == 1 and "class import" in said.err


async def test_wrong_use(empty: Terminal) -> None:
    assert (await empty.bare("class", "list", "--config", "/nowhere.toml")).code == 2
    assert (await empty.bare("fly")).code == 2
    assert (await empty.types("plan")).code == 2
    empty.config.write_text('[telegram]\ntokn = "x"\n')
    for args in (("run",), ("class", "list")):
        said = await empty.types(*args)
        assert said.code == 2 and "tokn" in said.err and "config.example.toml" in said.err


@pytest.mark.parametrize("args", [("class", "list"), ("run",)])
async def test_a_database_that_does_not_open(tmp_path: Path, sim: Simulator, args: tuple[str, ...]) -> None:
    (tmp_path / "no.db").write_bytes(b"this is no database at all" * 100)
    (tmp_path / "folder.db").mkdir()
    for url in (f"sqlite:///{tmp_path}/no.db", f"sqlite:///{tmp_path}/folder.db", f"sqlite:///{tmp_path}/no.db/x.db"):
        said = await Terminal(tmp_path, url, sim.url).types(*args)
        assert said.code == 1 and "does not open" in said.err and url.removeprefix("sqlite:///") in said.err


async def test_a_server_that_does_not_answer(tmp_path: Path, sim: Simulator) -> None:
    said = await Terminal(tmp_path, f"postgresql://me:secret@127.0.0.1:{free_port()}/x", sim.url).types("class", "list")
    assert said.code == 1 and "does not open" in said.err and "secret" not in said.all


async def test_a_database_of_a_newer_program(filled: Terminal) -> None:
    link = sqlite3.connect(filled.file)
    link.execute("update alembic_version set version_num = '9999'")
    link.commit()
    link.close()
    said = await filled.types("class", "list")
    assert said.code == 1 and "9999" in said.err and HEAD in said.err


async def test_doctor_tells_of_a_database_that_does_not_open(tmp_path: Path, sim: Simulator) -> None:
    (tmp_path / "no.db").write_bytes(b"this is no database at all" * 100)
    said = await Terminal(tmp_path, f"sqlite:///{tmp_path}/no.db", sim.url).types("doctor")
    assert said.code == 1 and "❌" in said.out and "✅" in said.out, "the rest is looked at all the same"


def members(path: Path) -> int:
    link = sqlite3.connect(path)
    found: int = link.execute("select count(*) from member").fetchone()[0]
    link.close()
    return found


async def test_backup_while_somebody_writes(filled: Terminal, tmp_path: Path) -> None:
    writer = sqlite3.connect(filled.file)
    writer.execute("begin immediate")
    writer.execute("delete from talk")
    copy = tmp_path / "copies" / "one.db"
    assert str(copy) in await filled.gets("backup", str(copy))
    writer.rollback()
    writer.close()
    assert members(copy) == members(filled.file) == 19
    again = await filled.types("backup", str(copy))
    assert again.code == 1 and "--force" in again.err
    await filled.gets("backup", str(copy), "--force")
    assert list(copy.parent.iterdir()) == [copy], "no half copy stays behind"


async def test_restore(filled: Terminal, tmp_path: Path) -> None:
    copy = tmp_path / "one.db"
    await filled.gets("backup", str(copy))
    link = sqlite3.connect(filled.file)
    link.execute("delete from class_group")
    link.commit()
    link.close()
    refused = await filled.types("restore", str(copy))
    assert refused.code == 1 and "--force" in refused.err
    assert "Restored" in await filled.gets("restore", str(copy), "--force")
    link = sqlite3.connect(filled.file)
    assert link.execute("select count(*) from class_group").fetchone() == (3,)
    link.close()
    assert filled.file.with_name(filled.file.name + ".before-restore").exists()
    assert len((await filled.gets("class", "list")).splitlines()) == 2


async def test_restore_where_nothing_was(filled: Terminal, empty: Terminal, tmp_path: Path) -> None:
    copy = tmp_path / "one.db"
    here = Terminal(tmp_path, filled.url)
    await here.gets("backup", str(copy))
    there = Terminal(tmp_path, empty.url)
    await there.gets("restore", str(copy))
    assert members(there.file) == 19


async def test_restore_refuses_what_is_no_backup_of_ours(filled: Terminal, tmp_path: Path) -> None:
    text, foreign = tmp_path / "text.db", tmp_path / "foreign.db"
    text.write_text("hello")
    link = sqlite3.connect(foreign)
    link.execute("create table inbox (x)")
    link.commit()
    link.close()
    for path in (text, foreign):
        said = await filled.types("restore", str(path), "--force")
        assert said.code == 1 and "no backup" in said.err
    assert (await filled.types("restore", str(tmp_path / "none.db"))).code == 2
    assert members(filled.file) == 19


async def test_restore_refuses_while_the_bot_runs(filled: Terminal, tmp_path: Path) -> None:
    copy = tmp_path / "one.db"
    await filled.gets("backup", str(copy))
    bot = sqlite3.connect(filled.file, isolation_level=None)
    bot.execute("pragma journal_mode = wal")
    bot.execute("select count(*) from member").fetchone()
    said = await filled.types("restore", str(copy), "--force")
    bot.close()
    assert said.code == 1 and "stop the bot" in said.err


async def test_postgres_has_its_own_tools(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "postgresql://me@127.0.0.1:9/x")
    said = await terminal.types("backup", str(tmp_path / "x"))
    # one line in any case: that the tool is missing, or (where it is there) that nobody answers
    assert said.code == 1 and ("pg_dump" in said.err or "127.0.0.1" in said.err) and "Traceback" not in said.err


async def test_export_as_a_workbook_and_as_tables(filled: Terminal, tmp_path: Path) -> None:
    to = tmp_path / "out"
    out = await filled.types("class", "export", str(to), "--class", "spring", lang="zh_CN.UTF-8")
    assert out.code == 0, out.all
    (book,) = to.glob("*.xlsx")
    assert book.name.startswith("春晓班_2") and book.name.endswith("_考勤.xlsx") and book.name in out.out
    sheets = load_workbook(book)
    assert sheets.sheetnames == ["考勤矩阵", "请假条", "考勤变更", "花名册", "提问"]
    assert "命令行" in str(sheets["考勤矩阵"]["A2"].value) and sheets["考勤矩阵"]["C11"].value == "田小雪"
    tables = {path.stem: path.read_bytes() for path in to.glob("*.csv")}
    assert {"people", "timetable", "marks", "attendance", "leaves", "changes", "roster", "questions"} == set(tables)
    assert all(content.startswith(b"\xef\xbb\xbf") for content in tables.values()), "Excel reads it as UTF-8"
    header, first, *_ = csv.reader(io.StringIO(tables["attendance"].decode("utf-8-sig")))
    assert header[:3] == ["组", "座位", "姓名"] and first[:3] == ["1", "1", "高远"] and len(first) == len(header)
    link = sqlite3.connect(filled.file)
    written = link.execute("select who, about from audit where act = 'export'").fetchall()
    link.close()
    assert written == [(None, "class:spring")]
    await filled.gets("class", "export", str(tmp_path / "en"), "--class", "spring")
    assert "Attendance" in load_workbook(next((tmp_path / "en").glob("*.xlsx"))).sheetnames
