"""`tongxue handbook`: looks, asks, writes, approves; the booklet as Word (HANDBOOK-01, HANDBOOK-07).

A program takes a second to start: what a file may hold is tried in tests/actions/test_handbook.py.
"""

from __future__ import annotations

from pathlib import Path

from docx import Document

from actions.handbook_files import read_handbook
from storage import handbook
from storage.door import open_store
from storage.handbook_versions import in_state
from tests.bot.terminal import Terminal
from tests.conftest import Databases
from tests.handlers.handbook_shelf import SAMPLE


async def stands(terminal: Terminal) -> tuple[int, int]:
    """How much is shown, and how much waits."""
    store = await open_store(terminal.url)
    found = len(await store.work(handbook.shown)), len(await store.work(lambda tx: in_state(tx, "review")))
    await store.close()
    return found


async def test_the_handbook_of_a_school(tmp_path: Path, databases: Databases) -> None:
    terminal = Terminal(tmp_path, await databases.sqlite())
    (tmp_path / "bad.md").write_text("# 别的\n## 问\n短", encoding="utf-8")
    bad = await terminal.types("handbook", "import", str(tmp_path / "bad.md"), "--yes", lang="zh_CN.UTF-8")
    looked = await terminal.types("handbook", "import", str(SAMPLE))
    assert bad.code == 1 and "《bad.md》第1行" in bad.err and "没有这一类" in bad.err and "什么都没有写入" in bad.err
    assert looked.code == 1 and "30 new" in looked.out and "Nothing was written" in looked.out
    assert await stands(terminal) == (0, 0)
    done = await terminal.gets("handbook", "import", str(SAMPLE), "--yes", "--approve", "安老师")
    assert "30 written and published, approved by 安老师" in done
    assert await stands(terminal) == (30, 0)
    word = tmp_path / "手册.docx"
    out = await terminal.gets("handbook", "export", str(word))
    assert "30 entries" in out and "手册.docx" in out
    assert sum(p.style.name == "Heading 2" for p in Document(str(word)).paragraphs) == 30
    assert len(read_handbook(word.read_bytes(), word.name).entries) == 30
