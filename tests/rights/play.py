"""One of the cast tries a way in; one looks at what has changed, and at what was seen."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import sqlite3
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from actions import screens
from bot.clock import Bell
from bot.documents import Maker
from chat.messages import say
from storage import talks
from storage.door import open_store
from tests.cast import ACCOUNTS
from tests.desk.desk import Desk, Seen, desk
from tests.rights.table import ALL, GROUP, OWN
from tests.rights.tries import Form, Tries
from tests.rights.ways import ACTS
from tests.rights.world import Morning
from tests.stage import Stage
from texts.render import voice

PEOPLE = {
    "Tina": ("T", "T02", 1), "Gao": ("G", "T01", 1), "Dai": ("G", "T04", 1), "Clara": ("C", "S01", 0),
    "Ivan": ("L", "L01", 0),
    "Max": ("P", "P01", 0), "Ada": ("A", "S02", 0), "Lei": ("H", "H", 0),
}  # fmt: skip
"""Column, number in the class file, group."""
ELSEWHERE = {"Ada elsewhere": ("A", "Ada"), "Lei elsewhere": ("H", "Lei"), "Qiu": ("C", "Qiu"), "Oscar": ("T", "Oscar"),
             "Nora": ("", "Nora"), "Una": ("", "Una"), "Fan": ("", "Fan")}  # fmt: skip
"""Who speaks in the autumn class, who is nobody, who was somebody until a moment ago."""
DOCUMENT = {"file_id": "F9", "file_unique_id": "U9", "file_size": 9000, "file_name": "spring.xlsx"}


PASSING = ("inbox", "outbox", "account", "talk", "attempt", "audit", "card", "pace", "stir", "search_ask",
           "search_miss", "errand",
           "desk_session", "desk_link", "desk_try", "sqlite_sequence")  # fmt: skip
"""Tables in which whoever speaks leaves something."""
FACTS = " union all ".join(f"select '{act}|' || fact from (select '' as fact where false union all {tries.facts})"
                           for act, tries in ACTS.items() if tries.facts)  # fmt: skip


class Play:
    """A stage and a desk on which the morning has come, and the way back to it."""

    def __init__(self, stage: Stage, d: Desk, files: tuple[Path, Path], ids: dict[str, int]) -> None:
        self.stage, self.desk, self.ids, self.name = stage, d, ids, ""
        self.pages: list[str] = []
        self._first = sqlite3.connect(files[0])
        self._mine = sqlite3.connect(files[1])

    def close(self) -> None:
        self._first.close()
        self._mine.close()

    def back(self) -> None:
        """Everything as it was in the morning."""
        self._first.backup(self._mine)

    def rows(self, sql: str) -> list[Any]:
        found = self._mine.execute(sql).fetchall()
        self._mine.rollback()
        return [row[0] if len(row) == 1 else row for row in found]

    def facts(self) -> set[str]:
        """What stands, of every act: `act|person|what stands`."""
        return set(self.rows(FACTS))

    def everything(self) -> set[str]:
        """All rows that are the spring class's, or nobody's in particular."""
        found = set[str]()
        for name in (n for n in self.rows("select name from sqlite_master where type = 'table'") if n not in PASSING):
            columns = [row[1] for row in self._mine.execute(f"pragma table_info('{name}')")]
            where = "where cohort_id = 1" if "cohort_id" in columns else ""
            found |= {f"{name} {row}" for row in self.rows(f"select * from {name} {where}")}
        return found

    def changed(self, before: set[str]) -> dict[str, set[str]]:
        """Of whom something has changed, by act."""
        found = dict[str, set[str]]()
        for row in before ^ self.facts():
            act, whose, _ = row.split("|", 2)
            found.setdefault(act, set()).add(whose)
        return found

    # ---- trying ---------------------------------------------------------------------------------------

    async def tries(self, way: str, form: Form) -> None:
        """By this way, with this."""
        kind, _, word = way.partition(":")
        if " /" in way:
            await self._opens(way, form)
        elif kind == "kind" and word == "document":
            await self.stage.sends(self.name, document=DOCUMENT, caption="")
        elif kind == "tap":
            assert isinstance(form, str)
            await self.stage.tap_data(self.name, ":".join([word, *map(self._id, form.split(":"))] if form else [word]))
        else:
            await self._says(way, str(form))
        maker = Maker(self.stage.store, self.stage.clock, Bell())
        while self.rows("select id from document where kind = 'own' and state = 'new'"):
            await maker.one()  # one's own data are made beside the turns
        await self.stage.settle()

    async def _says(self, way: str, form: str) -> None:
        kind, _, word = way.partition(":")
        talk, _, words = form.rpartition("|")
        if kind == "step":
            await self._waits_at(word, talk)
        elif talk:
            await self._waits_at(*talk.split(";"))
        text = way if way[0] == "/" else voice("zh", "Asia/Shanghai").plain(say(word)) if kind == "word" else words
        await self.stage.says(self.name, text or "一句话。")

    async def _waits_at(self, step: str, memo: str = "") -> None:
        pairs = (pair.split("=", 1) for pair in memo.split(",") if pair)
        kept = {key: self._memo(value) for key, value in pairs}
        now, account = self.stage.clock.now(), ACCOUNTS[self.name]
        await self.stage.store.work(lambda tx: talks.set_talk(tx, account, step, kept, now))

    def _memo(self, value: str) -> Any:
        return int(value[1:]) if value.startswith("#") else self.ids.get(value, value)

    def _id(self, piece: str) -> str:
        return str(self.ids.get(piece, piece))

    async def _opens(self, way: str, form: Form) -> None:
        method, path = way.split(" ")
        fields = dict(form) if isinstance(form, dict) else {}
        for name in re.findall(r"{(\w+)}", path):
            path = path.replace(f"{{{name}}}", self._id(str(fields.pop(name, "999999"))))
        values = {k: [self._id(x) for x in v] if isinstance(v, list) else self._id(v) for k, v in fields.items()}
        if method == "GET":
            asked = "&".join(f"{k}={v}" for k, v in values.items())
            seen = await self.desk.get(self.name, f"{path}?{asked}" if asked else path)
        else:
            seen = await self.desk.post(self.name, path, values)
        assert seen.status < 500, (way, form, seen.words)
        self.pages.append(_read(seen))

    async def tries_more(self, way: str, tried: Tries) -> None:
        """By a menu, a form, a step: with whatever there is."""
        kind = way.partition(":")[0]
        if " /" in way:
            forms: list[Form] = [
                {"id": t.split(":")[0], "member": "T08", "row": "R08", "part": "P8", "review": "1", "version": "1",
                 "text": "六六", "words": "六六", "name": "名"} for t in tried.things
            ]  # fmt: skip
            forms = forms if "{" in way else [{}]
        elif kind == "tap":
            forms = ["", *tried.things]
        elif kind == "step":
            names = ("id", "q", "log", "roll", "list", "claim", "member", "v")
            forms = [
                ",".join(f"{n}={t.split(':')[0]}" for n in names) + ",f=q_zh,version=#1,day=#1|一句话。"
                for t in tried.things
            ]
        else:
            forms = ["|1234" if way == "kind:digits" else ""]
        for form in forms:
            await self.tries(way, form)

    # ---- looking --------------------------------------------------------------------------------------

    def clear(self) -> None:
        self.stage.clear()
        self.pages.clear()

    def seen(self) -> str:
        """All words on the own telephone and on the pages, those inside of files too."""
        account = ACCOUNTS[self.name]
        words = [s.plain + " ".join(k.label for k in s.buttons) + _inside(s.file) for s in self.stage.phone(self.name)]
        return "\n".join([*words, *self.stage.toasts.get(account, []), *self.pages])

    def signs(self, act: str) -> set[str]:
        """Of whom something was seen."""
        return signs_in(self.seen(), act)


def signs_in(words: str, act: str) -> set[str]:
    """Of whom these words tell what the act would show."""
    return {ref for ref, signs in ACTS[act].signs.items() if any(sign in words for sign in signs.split(" "))}


def _read(seen: Seen) -> str:
    return seen.html + _inside(seen.body)


def _inside(file: bytes) -> str:
    """The words in a workbook, a Word file, a zip."""
    if not file.startswith(b"PK"):
        return file.decode("utf-8", "ignore") if file[:1] in (b"{", b"<") else ""
    with zipfile.ZipFile(io.BytesIO(file)) as box:
        return "\n".join(box.read(name).decode("utf-8", "ignore") for name in box.namelist())


def allowed(mark: str, ref: str, group: int, whose: str) -> bool:
    """Whether a mark in the table allows something about this person ("" is the class)."""
    if mark in ALL:
        return True
    if mark == OWN:
        return whose == ref
    return mark == GROUP and whose[:1] == "T" and (int(whose[1:]) - 1) // 6 + 1 == group


@asynccontextmanager
async def morning(made: Morning, folder: Path) -> AsyncIterator[Play]:
    """A stage of one's own on which all of that has happened."""
    mine = folder / "mine.db"
    shutil.copy(made.path, mine)
    store = await open_store(f"sqlite:///{mine}")
    stage = Stage(store)
    stage.numbers = itertools.count(1_000_000)  # those of the first stage are used up
    stage.at("09:29", 2)
    screens.serve_at("https://school.example")
    try:
        async with desk(stage) as d:
            play = Play(stage, d, (made.path, mine), made.ids)
            yield play
            play.close()
    finally:
        screens.serve_at("")
        await store.close()
