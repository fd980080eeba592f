"""Who may see and do what with notices, by every way in (DASH-05); long: the acts of all routes, tables of rights."""

from __future__ import annotations

import asyncio
import itertools
import pkgutil
import re
import shutil
import zlib
from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from msgspec import json

import handlers
from actions import notice_drafts as drafts
from chat.messages import say
from handlers.notice_panel import stamp
from rules.notices import Audience
from storage import accounts, members, talks
from storage import notices as stored
from storage.door import open_store
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.conftest import EVE, _fill
from tests.handlers.rewind import Kept, put_back, remember
from tests.handlers.test_notices import compose, newest
from tests.stage import Stage
from texts.render import voice

ACCOUNTS |= {"Qiu": 202, "Lei": 203}
"""Class teacher of the other class; school leader on duty, whose account alone holds the role."""
ROOMS = [import_module(f"handlers.{m.name}") for m in pkgutil.iter_modules(handlers.__path__) if "notice" in m.name]
KEYS = [route.key for room in ROOMS for route in getattr(room, "ROUTES", ())]
WORDS = {
    "draft": "甲草稿", "queued": "乙排队", "ack": "丙需读", "urgent": "丁紧急", "choice": "戊选项", "paused": "庚停着",
    "asked": "己两班",
}  # fmt: skip
"""What each notice says; all are Clara's but `asked`, which Ada wrote for both classes."""
SENT = ("ack", "urgent", "choice", "paused")
SIGNS = {
    **WORDS, "own names": "学员05", "other names": "学员08", "own phones": "000-0005", "other phones": "000-0008",
    "ledger": "学员05（1组5号）　",
}  # fmt: skip
"""How one knows that somebody has seen something; `own` are the people of Gao's group."""
NUMBERS = re.compile(r"\d+/\d+")
FIX = "改好的话"

# ---- the stage, once ------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, int]]]:
    """A database in which all these notices stand, and their ids."""
    path = tmp_path_factory.mktemp("rights") / "built.db"
    yield path, asyncio.run(_build(path))


async def _build(path: Path) -> dict[str, int]:
    await _fill(f"sqlite:///{path}")
    store = await open_store(f"sqlite:///{path}")
    stage = Stage(store)
    await store.work(_office)
    stage.at("08:15")
    ids = {}
    for name, ways in (
        ("ack", ("级别", "需已读")), ("urgent", ("级别", "紧急")), ("choice", ()), ("paused", ()),
        ("queued", ("什么时候", "今天傍晚")), ("draft", ()),
    ):  # fmt: skip
        stage.troubles = {ACCOUNTS["Tom"]: "uncertain", ACCOUNTS["Gao"]: "failed"} if name == "ack" else {}
        await compose(stage, WORDS[name], *ways)
        ids[name] = (await newest(stage)).id
        if name == "choice":
            await stage.store.work(lambda tx: tx.do("update notice set choices = '[\"乘车\",\"不乘车\"]'"
                                                    " where id = (select max(id) from notice)"))  # fmt: skip
            await stage.tap_data("Clara", f"npre:{ids[name]}")
        if name in SENT:
            await stage.taps("Clara", "发给3人")
        if name == "urgent":
            await stage.taps("Clara", "确定")
        if name == "queued":
            await stage.taps("Clara", "排好")
    stage.troubles = {}
    await stage.tick("08:16")
    ids["asked"] = await store.work(_to_both)
    await stage.tap_data("Ada", f"npre:{ids['asked']}")
    await stage.taps("Ada", "请另一位老师同意")
    await store.work(lambda tx: _standing(tx, ids))
    await store.close()
    return ids


async def _office(tx: Tx) -> None:
    """Another class's teacher, and a school leader who has a seat nowhere."""
    member = await members.by_ref(tx, 2, "S01")
    assert member is not None
    for name in ("Qiu", "Lei", "Nora"):
        await accounts.meet(tx, ACCOUNTS[name], name, EVE)
    await members.set_account(tx, member.id, ACCOUNTS["Qiu"], EVE)
    await accounts.set_cohort(tx, ACCOUNTS["Qiu"], 2)
    await accounts.set_roles(tx, ACCOUNTS["Lei"], "school_leader")
    await accounts.set_cohort(tx, ACCOUNTS["Lei"], 1)


async def _to_both(tx: Tx) -> int:
    me = await accounts.who(tx, ACCOUNTS["Ada"], EVE)
    assert me is not None
    notice = await drafts.begin(tx, me, EVE)
    notice = await drafts.set_text(tx, me, notice, WORDS["asked"], "")
    notice = await drafts.set_scope(tx, me, notice, (1, 2))
    return notice.id


async def _standing(tx: Tx, ids: dict[str, int]) -> None:
    """One is on its way still, one was stopped; one has a correction to be confirmed."""
    await tx.do("update notice set state = 'sending' where id = :id", {"id": ids["choice"]})
    await tx.do("update notice set state = 'paused' where id = :id", {"id": ids["paused"]})
    to_group = json.encode(Audience("groups", (1,))).decode()
    await tx.do("update notice set audience = :to where id = :id", {"id": ids["draft"], "to": to_group})
    for name in SENT:
        await stored.set_facts(tx, ids[name], {"fix": FIX})


class Play:
    """One person tries everything."""

    def __init__(self, stage: Stage, name: str, ids: dict[str, int], rows: dict[str, list[int]]) -> None:
        self.stage, self.name, self.ids, self.rows = stage, name, ids, rows
        self.kept: Kept = {}

    async def acts(self, key: str) -> list[tuple[str, Any]]:
        """All that this way in can be tried with: (kind, what)."""
        kind, _, word = key.partition(":")
        if key.startswith("/"):
            return [("say", key)]
        if kind == "word":
            return [("say", voice("zh", "Asia/Shanghai").plain(say(word)))]
        if kind == "step":
            return [("step", (word, id)) for id in self.ids.values()]
        return [("tap", data) for data in await self.datas(word)]

    async def datas(self, verb: str) -> list[str]:
        if verb in ("nphone", "nresend", "narrived"):
            return [f"{verb}:{id}" for ids in self.rows.values() for id in ids]
        if verb == "nfor":
            return [f"{verb}:{id}{more}" for ids in self.rows.values() for id in ids for more in ("", ":1")]
        if verb == "nsent":
            return ["nsent:0"]
        if verb == "ntake":
            return [f"ntake:bring:{id}" for id in self.ids.values()]
        if verb == "nsend":
            return [f"nsend:{id}:{stamp(await self.get(id))}:sure" for id in self.ids.values()]
        mark = zlib.crc32(FIX.encode())
        more = {
            "nnames": [":all:0", ":unread:0", ":trouble:0"], "ndrop": [":yes"], "nrecall": ["", ":yes"],
            "nfixed": [f":small:{mark}", f":big:{mark}"], "nlevel": [":ordinary", ":ack"], "nwhen": [":now"],
            "nday": [":2027-03-16:8"], "nto": ["", ":class", ":picked", ":lists", ":unread"], "ntick": [":groups:1"],
            "nroll": [":1"], "nunread": [":1"], "nsession": [":2"], "npick": [":1", ":1:all"],
            "nsaved": [":1"], "nwho": [":0"], "nchoices": ["", ":none"], "nover": [":card"], "nclasses": [":2"],
            "nchoose": [":0", ":1"],
        }.get(verb, [""])  # fmt: skip
        return [f"{verb}:{id}{one}" for id in self.ids.values() for one in more]

    async def get(self, id: int) -> stored.Notice:
        found = await self.stage.store.work(lambda tx: stored.get(tx, id))
        assert found is not None
        return found

    async def do(self, acts: list[tuple[str, Any]]) -> None:
        """All at once where they do not hang together."""
        for kind, what in acts:
            if kind == "step":
                await self.waits_at(*what)
                await self.stage.says(self.name, TYPED.get(what[0], "一句话。"))
        with self.stage.bot_down():
            for kind, what in acts:
                if kind == "say":
                    await self.stage.says(self.name, what)
                elif kind == "tap":
                    await self.stage.tap_data(self.name, what)
        await self.stage.settle()

    async def waits_at(self, step: str, id: int) -> None:
        memo = {"id": id, "blank": "时间"}
        now = self.stage.clock.now()
        await self.stage.store.work(lambda tx: talks.set_talk(tx, ACCOUNTS[self.name], step, memo, now))

    async def look(self) -> dict[str, list[str]]:
        """The rows of these notices, and what was posted to others."""
        ids = ", ".join(map(str, self.ids.values()))

        async def work(tx: Tx) -> dict[str, list[str]]:
            return {
                "notice": await tx.all(str, f"select {NOTICE} from notice where id in ({ids}) order by id"),
                "notice_person": await tx.all(str, f"select {PERSON} from notice_person where notice_id in ({ids})"),
                "notice_event": await tx.all(str, f"select id from notice_event where notice_id in ({ids})"),
                "outbox": await tx.all(
                    str,
                    """select id || ':' || state || ':' || kind from outbox
                       where ledger_id is not null or (chat_id <> :me and card_id is null)""",
                    {"me": ACCOUNTS[self.name]},
                ),
            }

        return await self.stage.store.work(work)

    async def keep(self) -> None:
        """Remember all rows, to go back to them."""
        self.kept = await remember(self.stage, KEPT)

    async def undo(self) -> None:
        """Everything as it was."""
        await put_back(self.stage, self.kept)

    def seen(self) -> str:
        phone = self.stage.phone(self.name)
        words = [s.plain + " ".join(k.label for k in s.buttons) for s in phone]
        return "\n".join([*words, *self.stage.toasts.get(ACCOUNTS[self.name], [])])


KEPT = ("notice", "notice_person", "notice_event", "outbox", "card", "due", "talk")
NOTICE = """json_array(id, level, state, version, html, html_en, media, choices, choices_until, audience, scope, over,
    to_group, facts, go_at, life_until, confirmed_at, second_by, corrected_at, trouble)"""
PERSON = "json_array(id, left_out, version, read_at, read_by, read_how, choice, choice_by, chased)"
TYPED = {"notices-when": "明早7点半", "notices-choices": "是/否", "notices-until": "今晚8点", "notices-pick": "5"}
"""What is typed at a step."""


# ---- the tables ------------------------------------------------------------------

EVERYBODY = ("Tina", "Gao", "Ivan", "Clara", "Ada", "Lei", "Oscar", "Qiu", "Nora")
SEES = {
    "Tina": {*SENT},
    "Gao": {*SENT, "own names"},
    "Ivan": set[str](),
    "Clara": {"draft", "queued", *SENT, "own names", "other names", "own phones", "other phones", "ledger",
              "numbers"},
    "Ada": {"queued", "asked", *SENT, "own names", "other names", "own phones", "other phones", "ledger",
            "numbers"},
    "Lei": {"queued", "asked", *SENT, "own names", "other names", "numbers"},
    "Oscar": set[str](),
    "Qiu": set[str](),
    "Nora": set[str](),
}  # fmt: skip
"""Whose eyes come to see what, whatever they try. A leader sees a name by [已电话告知], for the own group when it is
urgent; a school leader in the preview of what waits for a second person's yes, and nowhere else."""

READS = {"tap:ack", "tap:nchoose", "word:menu-read"}
"""As somebody who has it."""
RUNS = {"tap:nfor", "tap:nphone", "tap:nresend", "tap:narrived", "tap:nagain", "tap:npause", "tap:nresume",
        "step:notices-fix", "tap:nfixed", "tap:nrecall"}  # fmt: skip
"""On one that has gone."""
WRITES = {
    "step:notices-write", "tap:nsend", "tap:ndrop", "tap:nclear", "tap:nto", "tap:ntick", "tap:nunread", "tap:nroll",
    "tap:npick", "step:notices-pick", "tap:nlevel", "tap:nwhen", "step:notices-when", "tap:nchoices",
    "step:notices-choices", "step:notices-until", "step:notices-english", "tap:nover", "tap:ntake",
    "step:notices-blank", "tap:nback", "tap:nnow", "tap:nsession", "tap:ngroup",
}  # fmt: skip
"""On one's own that has not gone yet."""
CHANGES = {
    "Tina": READS,
    "Gao": {*READS, "tap:nphone"},
    "Ivan": set[str](),
    "Clara": {*RUNS, *WRITES},
    "Ada": {*RUNS, *WRITES, "tap:nclasses", "tap:nsecondno"} - {"tap:nback", "tap:nsend"},
    "Lei": {"tap:nsecondyes", "tap:nsecondno"},
    "Oscar": set[str](),
    "Qiu": set[str](),
    "Nora": set[str](),
}
"""Whose hands change which of these notices, by the way in."""


@pytest.fixture
async def play(built: tuple[Path, dict[str, int]], tmp_path: Path) -> AsyncIterator[Play]:
    """A stage of one's own on which all of that has happened."""
    path, ids = built
    mine = tmp_path / "mine.db"
    shutil.copy(path, mine)
    store = await open_store(f"sqlite:///{mine}")
    stage = Stage(store)
    stage.numbers = itertools.count(1_000_000)  # those of the first stage are used up
    stage.at("08:20")

    async def work(tx: Tx) -> dict[str, list[int]]:
        sql = """select p.id from notice_person p join member m on m.id = p.member_id
                 where p.notice_id = :id and m.ref in ('T01', 'T03', 'T05', 'T08') order by m.ref"""
        return {one: await tx.all(int, sql, {"id": ids[one]}) for one in SENT}

    found = Play(stage, "", ids, await store.work(work))
    await found.keep()
    yield found
    failed = await store.work(lambda tx: tx.all(str, "select trouble from inbox where state <> 'done'"))
    await store.close()
    assert not failed, "everything is answered"


@pytest.mark.parametrize("name", EVERYBODY)
async def test_who_sees_and_changes_what(play: Play, name: str) -> None:
    play.name, changed = name, set()
    before = await play.look()
    for key in KEYS:
        await play.do(await play.acts(key))
        if await play.look() != before:
            changed.add(key)
            await play.undo()
            assert await play.look() == before
    seen = play.seen()
    found = {sign for sign, words in SIGNS.items() if words in seen} | ({"numbers"} if NUMBERS.search(seen) else set())
    assert found == SEES[name]
    assert changed == CHANGES[name]


async def test_a_lecturer_sees_numbers_of_the_own_notice_and_no_names(play: Play) -> None:
    play.name, stage = "Ivan", play.stage
    for level in ("ack", "ordinary"):
        await stage.says("Ivan", "发通知")
        await stage.says("Ivan", f"课前预习{level}。")
        id = (await newest(stage)).id
        await stage.tap_data("Ivan", f"nlevel:{id}:{level}")
        await stage.tap_data("Ivan", f"npre:{id}")
    play.ids = {"own sent": id - 1, "own draft": id}
    play.rows = {"own sent": []}
    notice = await play.get(id - 1)
    await stage.tap_data("Ivan", f"nsend:{notice.id}:{stamp(notice)}")
    for clock in ("08:50", "10:20", "10:50", "10:51"):
        await stage.tick(clock)
    sql = "select id from notice_person where notice_id = :id order by id"
    play.rows = {"own sent": await stage.store.work(lambda tx: tx.all(int, sql, {"id": id - 1}))}
    for key in KEYS:
        await play.do(await play.acts(key))
        assert not {s for s, words in SIGNS.items() if words in play.seen()}, f"{key} shows Ivan too much"
    seen = play.seen()
    assert "课前预习" in seen and NUMBERS.search(seen), "the own words, and how many have read them"


async def test_the_list_of_an_urgent_one_goes_to_teachers_and_each_leader_gets_the_own_ten(play: Play) -> None:
    await play.stage.tick("08:36")
    seen = {}
    for play.name in EVERYBODY:
        found = play.seen()
        seen[play.name] = {sign for sign in ("own names", "other names", "own phones", "other phones")
                           if SIGNS[sign] in found}  # fmt: skip
    assert seen.pop("Clara") == {"own names", "other names", "own phones", "other phones"}
    assert seen.pop("Gao") == {"own names", "own phones"}
    assert not any(seen.values()), seen
