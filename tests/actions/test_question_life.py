"""The life of questions as a state machine: whatever people and the clock do in whatever order, none is lost, none is
told twice, and each stands as section 21 says."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from actions import question_answers as answering
from actions import question_asked, question_together, search
from actions import question_routing as routing
from actions import question_states as states
from actions import questions as asking
from actions.question_access import access_own_question, access_question_by_id, access_to_answer
from chat.events import Text
from chat.messages import Refusal
from rules.questions import ASSIGNED, LEVELS, OPEN, PRIVATE, QUEUED, STEPS
from storage import accounts, answers, cohorts, members, question_events, questions
from storage.accounts import Me
from storage.door import open_store
from storage.questions import Question
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.conftest import Databases
from tests.stage import Stage

FOLDER = Path(tempfile.mkdtemp(prefix="tongxue-question-life-"))
DATABASES = Databases(FOLDER)
TEXTS = ("楼道里能不能给电动车充电？", "老人不会用手机谁来代办？", "台账到底要留存多少年？")
BODIES = ("不能，飞线充电由物业劝阻。", "可以，先在窗口登记委托。", "留三年，到期一起销毁。")
TRAINEES = st.sampled_from(["Tina", "Tom", "Gao"])
ANSWERERS = st.sampled_from(["Ivan", "Clara", "Ada"])
ONE = {(old, new) for (old, _), new in STEPS.items()} | {(s, s) for s in STEPS.values()}
TWO = {(a, d) for a, b in ONE for c, d in ONE if b == c}
"""In one go a question may be opened again and go back to the queue, when nobody can be reached."""
Deed = Callable[[Tx, Me, Question], Awaitable[Any]]


class QuestionLife(RuleBasedStateMachine):
    """Trainees ask, staff answer, the clock goes on; people stop the bot, and the lecturer leaves."""

    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()

    def run(self, work: Any) -> Any:
        return self.runner.run(work)

    def work(self, work: Callable[[Tx], Awaitable[Any]]) -> Any:
        return self.run(self.stage.store.work(work))

    @initialize(target=ids)
    def begin(self) -> Any:
        async def open_stage() -> Stage:
            return Stage(await open_store(await DATABASES.sqlite()))

        self.stage = self.run(open_stage())
        self.stage.at("10:20")
        self.before: dict[int, Question] = {}
        self.told: list[int] = []
        self.said: dict[int, list[int]] = {}
        return multiple(self.ask("Tina", TEXTS[0], "anonymous", 0), self.ask("Tom", TEXTS[1], "named", 3))

    def teardown(self) -> None:
        if hasattr(self, "stage"):
            self.run(self.stage.store.close())
        self.runner.close()

    def do(self, name: str, id: int, deed: Deed, *, own: bool = False) -> bool:
        """Somebody does something with a question, at the next minute; False when it is refused, and nothing is left of
        it."""
        self.stage.clock.value += timedelta(minutes=1)
        now = self.stage.clock.now()

        async def work(tx: Tx) -> bool:
            me = await _here(tx, name, now)
            try:
                async with tx.apart():
                    access = access_own_question if own else access_question_by_id
                    await deed(tx, me, await access(tx, me, id))
            except Refusal:
                return False
            return True

        done: bool = self.work(work)
        self.run(self.stage.settle())
        return done

    @property
    def now(self) -> Any:
        return self.stage.clock.now()

    # ---- trainees ---------------------------------------------------------------------------------------------------

    @rule(target=ids, name=TRAINEES, text=st.sampled_from(TEXTS), level=st.sampled_from(LEVELS),
          topic=st.integers(0, 4))  # fmt: skip
    def asks(self, name: str, text: str, level: str, topic: int) -> Any:
        return multiple() if len(self.before) >= 4 else self.ask(name, text, level, topic)

    def ask(self, name: str, text: str, level: str, topic: int) -> int:
        self.stage.clock.value += timedelta(minutes=1)

        async def work(tx: Tx) -> int:
            me = await _here(tx, name, self.now)
            draft = await asking.begin(tx, me, self.now)
            draft, _ = await asking.add_words(tx, me, draft, text)
            draft = await asking.choose_topic(tx, draft, topic, self.now)
            draft = await asking.choose_level(tx, draft, level)
            return (await asking.send(tx, me, draft, self.now, self.now)).question.id

        id: int = self.work(work)
        return id

    @rule(name=TRAINEES, id=ids)
    def joins(self, name: str, id: int) -> None:
        self.do(name, id, lambda tx, me, q: question_asked.join(tx, me, q, self.now))

    @rule(name=TRAINEES, id=ids)
    def asks_again(self, name: str, id: int) -> None:
        self.do(name, id, lambda tx, me, q: states.ask_again(tx, me, q, "还有一点不清楚", self.now), own=True)

    @rule(name=TRAINEES, id=ids)
    def solves(self, name: str, id: int) -> None:
        self.do(name, id, lambda tx, me, q: states.solve(tx, me, q, self.now), own=True)

    @rule(name=TRAINEES, id=ids, level=st.sampled_from(LEVELS))
    def hides(self, name: str, id: int, level: str) -> None:
        self.do(name, id, lambda tx, me, q: question_asked.hide(tx, me, q, level, self.now), own=True)

    # ---- those who answer -------------------------------------------------------------------------------------------

    @rule(name=ANSWERERS, id=ids, body=st.sampled_from(BODIES))
    def answers(self, name: str, id: int, body: str) -> None:
        async def deed(tx: Tx, me: Me, question: Question) -> None:
            question = await access_to_answer(tx, me, id)
            draft = await answering.begin(tx, me, question, self.now)
            said = Text(chat_id=me.account_id, account_id=me.account_id, at=self.now, text=body)
            draft = await answering.collect(tx, me, draft, said, self.now)
            await answering.send(tx, me, question, draft, self.now)

        self._answers(name, id, deed)

    @rule(name=ANSWERERS, id=ids)
    def says_it_in_class(self, name: str, id: int) -> None:
        async def deed(tx: Tx, me: Me, question: Question) -> None:
            await answering.said_in_class(tx, me, await access_to_answer(tx, me, id), self.now)

        self._answers(name, id, deed)

    def _answers(self, name: str, id: int, deed: Deed) -> None:
        """Each is told to the asker and to all 同问 who can be reached; of an asker who cannot the teachers hear."""
        if not self.do(name, id, deed):
            return
        now = self.now

        async def work(tx: Tx) -> tuple[Question, set[int], set[int], list[str], list[str]]:
            question = await questions.get(tx, id)
            assert question is not None
            wanted = {question.asker_id}
            if question.visibility != PRIVATE:
                wanted |= set(await answers.same_of(tx, id))
            people = await members.addressees(tx, question.cohort_id, now)
            there = {p.member_id for p in people if p.account_id and p.blocked_at is None}
            items = await tx.all(str, "select once from joint_item where once like :k",
                                 {"k": f"answer:{id}:{question.version}:%"})  # fmt: skip
            lost = await tx.all(str, "select once from outbox where once like :k",
                                {"k": f"question:unreached:{id}:{question.version}:%"})  # fmt: skip
            return question, wanted, there, items, lost

        question, wanted, there, items, lost = self.work(work)
        assert sorted(int(once.split(":")[3]) for once in items) == sorted(wanted & there)
        teachers = there & self.seats("Clara")
        assert len(lost) == (len(teachers) if question.asker_id not in there else 0)

    def seats(self, *names: str) -> set[int]:
        accounts_of = tuple(ACCOUNTS[name] for name in names)
        sql = "select id from member where cohort_id = 1 and account_id = :a"
        return {self.work(lambda tx, a=a: tx.one(int, sql, {"a": a})) for a in accounts_of}

    @rule(name=ANSWERERS, to=ANSWERERS, id=ids)
    def gives(self, name: str, to: str, id: int) -> None:
        (seat,) = self.seats(to)
        self.do(name, id, lambda tx, me, q: routing.give(tx, me, q, seat, self.now))

    @rule(name=ANSWERERS, id=ids, what=st.sampled_from([routing.take, routing.give_back]))
    def takes_or_gives_back(self, name: str, id: int, what: Any) -> None:
        self.do(name, id, lambda tx, me, q: what(tx, me, q, self.now))

    @rule(name=ANSWERERS, id=ids)
    def declines(self, name: str, id: int) -> None:
        self.do(name, id, lambda tx, me, q: states.decline(tx, me, q, "这不归课上讲。", self.now))

    @rule(name=ANSWERERS, id=ids, words=st.sampled_from(["明天中午", "半小时后", "随便"]))
    def promises(self, name: str, id: int, words: str) -> None:
        self.do(name, id, lambda tx, me, q: states.promise(tx, me, q, words, self.now))

    @rule(name=ANSWERERS, id=ids, which=st.integers(0, 2))
    def answers_together(self, name: str, id: int, which: int) -> None:
        async def deed(tx: Tx, me: Me, question: Question) -> None:
            found = await question_together.together_choices(tx, me, question, self.now)
            await question_together.together(tx, me, question, found[which % len(found)].id if found else 0, self.now)

        self.do(name, id, deed)

    @rule(id=ids)
    def puts_it_off(self, id: int) -> None:
        async def deed(tx: Tx, me: Me, question: Question) -> None:
            if question.live:
                await routing.out_of_the_queue(tx, question, self.now)

        self.do("Clara", id, deed)

    # ---- the world --------------------------------------------------------------------------------------------------

    @rule(minutes=st.sampled_from([20, 61, 125, 400, 1450, 2900]))
    def waits(self, minutes: int) -> None:
        self.stage.clock.value += timedelta(minutes=minutes)
        self.run(self.stage.tick())
        self.run(self.stage.tick())

    @rule(name=st.sampled_from(["Tina", "Tom", "Ivan", "Clara"]))
    def stops_the_bot_or_comes_back(self, name: str) -> None:
        async def work(tx: Tx) -> None:
            now = self.now.timestamp() * 1000
            await tx.do("update account set blocked_at = case when blocked_at is null then :now end where id = :id",
                        {"id": ACCOUNTS[name], "now": round(now)})  # fmt: skip

        self.work(work)

    @rule()
    def the_lecturer_leaves(self) -> None:
        (seat,) = self.seats("Ivan")
        self.work(lambda tx: members.set_left(tx, seat, self.now))

    # ---- what always holds ------------------------------------------------------------------------------------------

    @invariant()
    def all_is_well(self) -> None:
        if not hasattr(self, "stage"):
            return
        found, events, dues, reachable = self.work(self._look)
        for question in found:
            old = self.before.get(question.id)
            self._stands(question, old, reachable)
            lines = events.get(question.id, [])
            known = self.said.get(question.id, [])
            assert lines[: len(known)] == known, "nothing of a history is ever changed"
            if old is None or _told(old) != _told(question):
                assert len(lines) > len(known), f"what was done to it is written down: {old} {question}"
            self.said[question.id] = lines
            if question.state == ASSIGNED and question.promised_at is None:
                assert ("question-return", routing.stamp_of(question)) in dues, "somebody watches the clock"
            if question.state in OPEN and question.due_at is not None and question.due_at > self.now:
                assert ("question-due", routing.stamp_of(question)) in dues
            if question.promised_at is not None and question.promised_at > self.now:
                assert ("question-promise", routing.stamp_of(question)) in dues
        self.before = {q.id: q for q in found}
        self._heard()

    async def _look(self, tx: Tx) -> Any:
        found = await questions.of_cohort(tx, 1)
        events: dict[int, list[int]] = {}
        for question in found:
            events[question.id] = [e.id for e in await question_events.of_question(tx, question.id)]
            assert question.version == len(await answers.of_question(tx, question.id))
        dues = set(
            await tx.all(str, "select kind || ' ' || what from due where kind like 'question-%' and state = 'new'")
        )
        reachable = {c.member_id for c in await routing.candidates(tx, await _cohort(tx), self.now) if c.reachable}
        return found, events, {tuple(d.split(" ")) for d in dues}, reachable

    def _stands(self, question: Question, old: Question | None, reachable: set[int]) -> None:
        step = (old.state if old else "draft", question.state)
        assert step in TWO, f"{step} is no step of section 21"
        if question.state == ASSIGNED:
            assert question.owner_id is not None, "one owner"
        elif question.state == QUEUED:
            keepers = self.seats("Clara")
            assert question.owner_id is None or question.owner_id in keepers
            if old is None or old.state != QUEUED:
                assert question.owner_id is not None or not keepers & reachable, "the class teacher has it"
        if old is not None and old.owner_id != question.owner_id and question.state == ASSIGNED:
            assert question.owner_id in reachable, "to nobody who cannot be reached"
        if question.state not in OPEN:
            assert not question.live

    def _heard(self) -> None:
        """No words twice: neither under two keys in one go, nor an answer on a telephone more than once."""

        async def work(tx: Tx) -> tuple[list[str], list[str], list[str]]:
            last = max(self.told, default=0)
            fresh = await tx.all(str, """select chat_id || body from outbox where id > :last and kind = 'say'
                                         and once is not null and state <> 'recalled'""", {"last": last})  # fmt: skip
            self.told = [await tx.one(int, "select coalesce(max(id), 0) from outbox")]
            keys = await tx.all(str, "select once from outbox where once like 'answer:%' and kind = 'say'")
            hidden = await tx.all(str, "select text from question where visibility = 'private' and version > 0")
            for text in hidden:
                for cohort_id in (1, 2):
                    for hit in (await search.find(tx, cohort_id, text)).hits:
                        question = await questions.get(tx, hit.ref_id) if hit.kind == "answer" else None
                        assert question is None or question.visibility != PRIVATE, "the search finds what is private"
                        assert question is None or question.cohort_id == cohort_id
            return fresh, keys, hidden

        fresh, keys, _ = self.work(work)
        assert len(fresh) == len(set(fresh)), "the same words twice"
        assert len(keys) == len(set(keys))


async def _here(tx: Tx, name: str, now: datetime) -> Me:
    """Somebody who does something has not stopped the bot any more."""
    await tx.do("update account set blocked_at = null where id = :id", {"id": ACCOUNTS[name]})
    me = await accounts.who(tx, ACCOUNTS[name], now)
    assert me is not None
    return me


async def _cohort(tx: Tx) -> Any:
    return await cohorts.get(tx, 1)


def _told(question: Question) -> tuple[Any, ...]:
    """What cannot change without a line in the history."""
    return (question.state, question.owner_id, question.visibility, question.version, question.promised_at,
            question.together_id, question.text, question.reason, question.late)  # fmt: skip


QuestionLife.TestCase.settings = settings(max_examples=14, stateful_step_count=25, deadline=None)
TestQuestionLife = QuestionLife.TestCase


def teardown_module() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
