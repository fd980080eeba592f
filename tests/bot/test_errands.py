"""Files that people send are read beside the transactions, and kept as they were read."""

from __future__ import annotations

import asyncio
import threading

import msgspec
import pytest

from actions import classes, errands, handbook_imports
from actions.classbook import write_book
from actions.classfiles import Reading, read_folder, read_workbook
from actions.handbook_exports import Booklet
from actions.handbook_files import read_handbook
from actions.handbook_pages import Head
from bot.clock import Bell
from bot.errands import READERS, Fetcher
from chat.messages import Refusal
from rules.handbook import Content
from rules.handbook_file import Found
from storage import errands as rows
from storage.errands import Errand
from tests.cast import spring
from tests.handlers.handbook_shelf import SAMPLE
from tests.stage import Holding, Stage
from tests.stories.program import SAMPLE as CLASS

FILE = {"file_id": "F", "file_unique_id": "U", "file_size": 9000, "file_name": "spring.xlsx"}


def kept(data: str, stage: Stage) -> Errand:
    return Errand(account_id=1, kind=classes.ERRAND, file_id="F", data=data, made_at=stage.clock.now())


async def test_others_go_on_while_a_workbook_is_read(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def slow(data: bytes, name: str) -> str:
        begun.set()
        assert goes_on.wait(20)
        return classes.read_fetched(data, name)

    monkeypatch.setitem(READERS, classes.ERRAND, slow)
    await stage.sends("Ada", document=FILE)
    fetcher = Fetcher(stage.store, Holding(write_book(spring())), stage.clock, Bell())
    reading = asyncio.create_task(fetcher.one())
    assert await asyncio.to_thread(begun.wait, 20)
    stage.clear()
    await stage.says("Tina", "帮助")
    assert stage.phone("Tina"), "answered while the workbook is being read"
    assert not stage.phone("Ada")
    goes_on.set()
    assert await reading
    await stage.settle()
    stage.sees("Ada", "春晓班")


async def test_what_was_read_is_kept_as_it_was_read(stage: Stage) -> None:
    book = write_book(read_folder(CLASS).classfile or spring())
    for data, name in ((book, "班.xlsx"), (b"no workbook", "班.xlsx")):
        back = errands.unpacked(Reading, kept(classes.read_fetched(data, name), stage))
        assert back == read_workbook(data, name)
    found = read_handbook(SAMPLE.read_bytes(), SAMPLE.name)
    entries = [(entry.key, Content(**{"checked": "to_check", **entry.fields})) for entry in found.entries]
    booklet = Booklet(Head("手册", ("一", "二"), "以本地为准", "手册"), entries, "手册")
    files = {SAMPLE.name: SAMPLE.read_bytes(), "a.md": booklet.content(".md"), "b.docx": booklet.content(".docx")}
    for name, data in files.items():
        read = read_handbook(data, name)
        assert len(read.entries) == len(found.entries)
        assert errands.unpacked(Found, kept(handbook_imports.read_fetched(data, name), stage)) == read


@pytest.mark.parametrize("data", ["", "UEsDBBQAAAA=", '{"classfile": {"key": 7}}', "[]"])
async def test_what_another_version_kept_is_asked_for_once_more(stage: Stage, data: str) -> None:
    await stage.sends("Ada", document=FILE)
    number = await stage.fetched("Ada", write_book(msgspec.structs.replace(spring(), title="春晓二班")))
    await stage.store.work(lambda tx: rows.set_read(tx, number, data))
    said = await stage.taps("Ada", "确认导入")
    assert "升级" in said and "重新发一次" in said
    with pytest.raises(Refusal):
        errands.unpacked(Reading, kept(data, stage))
