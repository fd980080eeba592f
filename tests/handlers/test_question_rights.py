"""Who may see and do what with questions, by every way in (QA-02, RULE-8, AT-37); long: the tables of rights."""

from __future__ import annotations

import asyncio
import itertools
import pkgutil
import shutil
from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from pathlib import Path

import pytest

import handlers
from chat.messages import say
from storage import accounts, answers, members, search, talks
from storage.answers import Draft
from storage.door import open_store
from storage.members import Member
from storage.search import Ask
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.conftest import EVE, _fill
from tests.handlers.question_class import answer, asks, count, stored
from tests.handlers.rewind import Kept, put_back, remember
from tests.stage import Stage
from texts.render import voice

ACCOUNTS |= {"Fay": 205, "Qiu": 202, "Lei": 203, "Mia": 901, "Max": 902}
"""One more trainee; the class teacher of the other class; a school leader; a second lecturer; a site contact."""
ROOMS = [import_module(f"handlers.{m.name}") for m in pkgutil.iter_modules(handlers.__path__)
         if m.name.startswith("question")]  # fmt: skip
KEYS = [route.key for room in ROOMS for route in getattr(room, "ROUTES", ())]
TEXTS = {
    "N": "甲甲楼道里能不能给电动车充电？", "A": "乙乙老人不会用手机谁来代办？", "P": "丙丙和搭档处不来应该怎么办？",
    "D": "丁丁台账到底要留存多少年？", "L": "戊戊党员不来活动怎么动员呢？", "R": "己己食堂早饭能不能提前半小时？",
    "S": "庚庚宿舍热水能不能晚点再停？",
}  # fmt: skip
"""Named, by Tina; anonymous, by Gao, with a photo; for teachers only, by Tom; answered, by Fay; waiting for the break,
by Fay; begun by Tina; begun by Clara for seat 8. All but the last two are Ivan's."""
BEGINNINGS = {letter: text[:2] for letter, text in TEXTS.items()}
NAMES = {"N": "1组2号", "A": "高远", "P": "1组3号", "D": "学员05", "S": "学员08"}
ANSWER, NOTE = "辛辛留三年。", "壬壬语气轻些。"


# ---- the stage, once ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, int]]]:
    """A database in which all these questions stand, and their ids."""
    path = tmp_path_factory.mktemp("question-rights") / "built.db"
    yield path, asyncio.run(_build(path))


async def _build(path: Path) -> dict[str, int]:
    await _fill(f"sqlite:///{path}")
    store = await open_store(f"sqlite:///{path}")
    stage = Stage(store)
    await store.work(_people)
    stage.at("11:35")
    ids = {"D": (await asks(stage, "Fay", TEXTS["D"])).id}
    await answer(stage, "Ivan", (await stored(stage))[0], ANSWER)
    for letter, name, level in (("N", "Tina", "署名公开"), ("A", "Gao", ""), ("P", "Tom", "仅老师可见")):
        ids[letter] = (await asks(stage, name, TEXTS[letter], level)).id
    stage.at("10:40", 1)
    ids["L"] = (await asks(stage, "Fay", TEXTS["L"])).id
    assert (await stored(stage))[-1].live
    await stage.says("Tina", "提问题")
    await stage.says("Tina", TEXTS["R"])
    ids["R"] = await count(stage, "select max(id) from question")
    await stage.tap_data("Clara", "qfor")
    await stage.says("Clara", f"8 {TEXTS['S']}")
    ids["S"] = await count(stage, "select max(id) from question")
    await stage.tap_data("Clara", f"qnote:{ids['A']}")
    await stage.says("Clara", NOTE)
    await store.work(lambda tx: _drafts(tx, ids))
    await store.close()
    return ids


async def _people(tx: Tx) -> None:
    for ref, name, role, account in (("L02", "米教授", "lecturer", "Mia"), ("P01", "麦站长", "site_contact", "Max")):
        id = await members.add(tx, Member(cohort_id=1, ref=ref, name=name, roles=role))
        await _seat(tx, id, account, 1)
    for cohort_id, ref, account in ((1, "T05", "Fay"), (2, "S01", "Qiu")):
        member = await members.by_ref(tx, cohort_id, ref)
        assert member is not None
        await _seat(tx, member.id, account, cohort_id)
    for name in ("Lei", "Nora"):
        await accounts.meet(tx, ACCOUNTS[name], name, EVE)
    await accounts.set_roles(tx, ACCOUNTS["Lei"], "school_leader")
    await accounts.set_cohort(tx, ACCOUNTS["Lei"], 1)
    await tx.do("update account set lang = 'zh'")


async def _seat(tx: Tx, member_id: int, name: str, cohort_id: int) -> None:
    await accounts.meet(tx, ACCOUNTS[name], name, EVE)
    await members.set_account(tx, member_id, ACCOUNTS[name], EVE)
    await accounts.set_cohort(tx, ACCOUNTS[name], cohort_id)


async def _drafts(tx: Tx, ids: dict[str, int]) -> None:
    """Answers that are being written, also by people whose question it is not; a search; a photo."""
    for account in ("Ivan", "Clara", "Ada", "Mia", "Max"):
        who = await accounts.who(tx, ACCOUNTS[account], EVE)
        assert who is not None
        for letter in ("N", "A", "P", "L"):
            await answers.put_draft(
                tx, Draft(question_id=ids[letter], member_id=who.member_id, body="癸癸可以。", at=EVE)
            )
    await tx.do("""insert into question_file (question_id, kind, file_id, unique_id, at)
                   values (:id, 'photo', 'F1', 'U1', 0)""", {"id": ids["A"]})  # fmt: skip
    ids["search"] = await search.add_ask(tx, Ask(text="独居老人的药谁来帮着取", outcome="nothing", at=EVE))
    ids["Mia"] = await tx.one(int, "select id from member where account_id = 901")
    ids["S14"] = await tx.one(int, "select id from session where ref = 'S14'")
    ids["S12"] = await tx.one(int, "select id from session where ref = 'S12'")


# ---- the ways in ----------------------------------------------------------------------------------------------------

ALL, FEW = "NAPDLRS", "NPS"
"""What is tried by the class, and by those who have nothing to do with it."""
ONCE, EACH = ("",), ("{id}",)
WAYS: dict[str, tuple[str, ...]] = {
    "tap:qans": EACH, "tap:qpost": ("{id}:0",), "tap:qstill": EACH, "tap:qanew": EACH, "tap:qadrop": EACH,
    "tap:qas": EACH, "tap:qnote": EACH, "tap:qopen": EACH, "tap:qfiles": EACH,
    "tap:qprivate": ("{id}:named", "{id}:anonymous", "{id}:private"), "tap:qoral": EACH, "tap:qlater": EACH,
    "tap:qbook": EACH, "word:menu-my-questions": ONCE,
    "tap:qtake": EACH, "tap:qto": ("{id}", "{id}:{Mia}"), "tap:qback": EACH, "tap:qmenu": EACH,
    "tap:qtogether": ("{id}", "{id}:{S14}"), "tap:qhist": EACH, "tap:qnay": EACH, "tap:qdate": EACH, "tap:qok": EACH,
    "tap:qmore": EACH, "tap:qgo": EACH, "tap:qtopic": ("{id}", "{id}:1"), "tap:qlevel": ("{id}", "{id}:private"),
    "tap:qrewrite": EACH, "tap:qdrop": ("{id}", "{id}:y"), "tap:qsend": EACH, "tap:qsame": EACH,
    "tap:qjoin": ("{id}:{R}", "{id}:{S}"),
    "tap:qlive": ("{S12}", "{S14}"), "tap:qnumbers": ONCE, "tap:qmine": ("", "0"), "tap:qall": ("", "0"),
    "tap:qlist": ("", "0:open", "0:mine", "0:answered", "1:else"), "tap:qfor": ONCE, "tap:asksearch": ("{search}",),
    "/questions": ONCE, "/ask": ONCE, "word:menu-ask": ONCE, "word:menu-questions": ONCE, "word:menu-ask-send": ONCE,
    "tap:qnew": ONCE,
    "step:questions-answer": EACH, "step:questions-note": EACH, "step:questions-nay": EACH, "step:questions-date": EACH,
    "step:questions-for": ONCE, "step:questions-more": EACH, "step:questions-write": EACH,
}  # fmt: skip
"""Every way in, with what it can be tried with; a new one without a line here fails."""
TYPED = {"questions-date": "明天中午", "questions-for": f"9 {TEXTS['S']}"}

# ---- the table of rights --------------------------------------------------------------------------------------------

EVERYBODY = ("Tina", "Tom", "Gao", "Fay", "Ivan", "Mia", "Max", "Clara", "Ada", "Lei", "Oscar", "Qiu", "Nora")
READS = {
    "Tina": "NADLR", "Tom": "NAPDL", "Gao": "NADL", "Fay": "NADL", "Ivan": "NAPDL", "Mia": "NADL", "Max": "",
    "Clara": "NAPDLS", "Ada": "NADL", "Lei": "", "Oscar": "", "Qiu": "", "Nora": "",
}  # fmt: skip
"""Whose eyes come to see the text of which, whatever they try."""
KNOWS = {
    "Tina": "", "Tom": "N", "Gao": "N", "Fay": "N", "Ivan": "N", "Mia": "N", "Max": "", "Clara": "NAPDS", "Ada": "N",
    "Lei": "", "Oscar": "", "Qiu": "", "Nora": "",
}  # fmt: skip
"""Who learns who asked (AT-37)."""
ASSIGNED = "NAPL"
ANSWERS = {
    "tap:qans": "D", "step:questions-answer": "NAPDL", "tap:qpost": ASSIGNED, "tap:qanew": ASSIGNED,
    "tap:qadrop": ASSIGNED, "step:questions-note": "NAPDL", "tap:qoral": ASSIGNED, "tap:qlater": "L", "tap:qbook": "D",
    "tap:qback": ASSIGNED,
}  # fmt: skip
ASSIGNS = {"tap:qto": ASSIGNED, "step:questions-nay": ASSIGNED, "step:questions-date": ASSIGNED}
DRAFTS = ("step:questions-write", "tap:qtopic", "tap:qlevel", "tap:qrewrite", "tap:qdrop", "tap:qsend")
CHANGES: dict[str, dict[str, str]] = {
    "Tina": {"tap:qprivate": "N", "step:questions-more": "N", "tap:qsame": "AL", "tap:qjoin": "ALR",
             "word:menu-ask-send": "R", "tap:asksearch": "R", **dict.fromkeys(DRAFTS, "R")},
    "Tom": {"step:questions-more": "P", "tap:qsame": "NAL", "tap:qjoin": "NAL"},
    "Gao": {"tap:qprivate": "A", "step:questions-more": "A", "tap:qsame": "NL", "tap:qjoin": "NL"},
    "Fay": {"tap:qprivate": "DL", "step:questions-more": "DL", "tap:qok": "D", "tap:qsame": "NA", "tap:qjoin": "NA"},
    "Ivan": ANSWERS,
    "Clara": {**ANSWERS, **ASSIGNS, "tap:qas": ASSIGNED, "tap:qtake": ASSIGNED, "tap:qtogether": ASSIGNED,
              **dict.fromkeys(DRAFTS, "S")},
    "Ada": ASSIGNS,
}  # fmt: skip
"""Whose hands change which, by the way in."""


class Play:
    """One person tries everything."""

    def __init__(self, stage: Stage, ids: dict[str, int]) -> None:
        self.stage, self.ids, self.name = stage, ids, ""
        self.tried = ALL
        self.kept: Kept = {}

    async def tries(self, key: str) -> None:
        kind, _, word = key.partition(":")
        forms = {form.format(id=self.ids[letter], **self.ids) for form in WAYS[key] for letter in self.tried}
        if kind == "step":
            for letter in self.tried if WAYS[key] is EACH else "N":
                await self.waits_at(word, self.ids[letter])
                await self.stage.says(self.name, TYPED.get(word, "一句别的话。"))
            return
        with self.stage.bot_down():
            for form in sorted(forms):
                if kind == "tap":
                    await self.stage.tap_data(self.name, f"{word}:{form}" if form else word)
                else:
                    await self.stage.says(self.name, key if key[0] == "/" else _word(word))
        await self.stage.settle()

    async def waits_at(self, step: str, id: int) -> None:
        memo, now = {"q": id, "id": id}, self.stage.clock.now()
        await self.stage.store.work(lambda tx: talks.set_talk(tx, ACCOUNTS[self.name], step, memo, now))

    async def look(self) -> dict[str, list[str]]:
        """All that is kept of each question, and what was told of it to others."""

        rows = await self.stage.store.work(lambda tx: tx.all(str, FACTS))
        return {x: [row for row in rows if row.startswith(f"{self.ids[x]}:")] for x in ALL}

    async def keep(self) -> None:
        """Remember all rows, to go back to them."""
        self.kept = await remember(self.stage, KEPT)

    async def undo(self) -> None:
        """Everything as it was."""
        await put_back(self.stage, self.kept)

    def seen(self, name: str = "") -> str:
        phone = self.stage.phone(name or self.name)
        words = [s.plain + " ".join(k.label for k in s.buttons) for s in phone]
        return "\n".join([*words, *self.stage.toasts.get(ACCOUNTS[name or self.name], [])])


KEPT = ("question", "same_question", "answer", "answer_draft", "question_file", "question_event", "passage", "due",
        "joint_item", "outbox", "card", "talk")  # fmt: skip
FACTS = """
    select id || ':' || json_array(text, topic, topic_ref, visibility, state, owner_id, late, live, sent_at,
        assigned_at, promised_at, reason, version, reopened, together_id) from question
    union all select question_id || ':event' || kind || new from question_event
    union all select question_id || ':same' || member_id from same_question
    union all select question_id || ':answer' || version from answer
    union all select question_id || ':draft' || json_array(member_id, body, base, author_id) from answer_draft
    union all select question_id || ':file' || file_id from question_file
    union all select ref_id || ':shown' || shown from passage where kind = 'answer'
    order by 1"""


def _word(key: str) -> str:
    return voice("zh", "Asia/Shanghai").plain(say(key))


@pytest.fixture
async def play(built: tuple[Path, dict[str, int]], tmp_path: Path) -> AsyncIterator[Play]:
    """A stage of one's own on which all of that has happened."""
    path, ids = built
    mine = tmp_path / "mine.db"
    shutil.copy(path, mine)
    store = await open_store(f"sqlite:///{mine}")
    stage = Stage(store)
    stage.numbers = itertools.count(1_000_000)  # those of the first stage are used up
    stage.at("11:10")
    found = Play(stage, ids)
    await found.keep()
    yield found
    failed = await store.work(lambda tx: tx.all(str, "select trouble from inbox where state <> 'done'"))
    await store.close()
    assert not failed, "everything is answered"


def test_every_way_in_has_its_line() -> None:
    assert set(KEYS) == set(WAYS)


@pytest.mark.parametrize("name", EVERYBODY)
async def test_who_sees_and_changes_what(play: Play, name: str) -> None:
    play.tried = ALL if name in CHANGES or name == "Mia" else FEW
    play.name, changed, silent = name, dict[str, str](), set[str]()
    before = await play.look()
    for key in KEYS:
        heard = len(play.seen())
        await play.tries(key)
        if len(play.seen()) == heard:
            silent.add(key)
        now = await play.look()
        if letters := "".join(x for x in ALL if now[x] != before[x]):
            changed[key] = letters
            await play.undo()
            assert await play.look() == before
    assert changed == CHANGES.get(name, {})
    assert name == "Nora" or not silent, "nothing is met with silence"
    for one in EVERYBODY:  # on the own telephone and on all others
        seen, given = play.seen(one), "P" if one == "Mia" and name in ("Clara", "Ada") else ""
        texts, names = ({x for x in signs if signs[x] in seen} for signs in (BEGINNINGS, NAMES))
        assert texts <= {*READS[one], *given} and names <= {*KNOWS[one]}, f"{one} sees {texts} of {names}"
        assert one != name or (texts == {*READS[one]} and names == {*KNOWS[one]}), f"{texts} {names}"
        assert NOTE[:2] not in seen or one in ("Clara", "Ivan") or given, f"{one} sees a note"
    denied = "select count(distinct about) from audit where act = 'question-denied' and about = :about"
    for letter in play.tried:
        kept = name != "Nora" and (letter in "RS" or letter not in READS[name])
        assert await count(play.stage, denied, about=f"question:{play.ids[letter]}") == kept, "what was denied is kept"
