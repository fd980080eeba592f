"""The life of a log as a state machine: whatever people do in whatever order, it stands as section 21 says."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storage import log_reviews, logs
from storage.door import open_store
from storage.log_reviews import Review
from storage.logs import Log, Version
from storage.tx import Tx
from tests.conftest import Databases
from tests.handlers.log_class import GOOD, OTHER
from tests.stage import Stage

FOLDER = Path(tempfile.mkdtemp(prefix="tongxue-log-life-"))
DATABASES = Databases(FOLDER)
STATES = {"draft", "submitted", "late", "returned", "accepted", "starred"}
STEPS = {
    ("draft", "submitted"), ("draft", "late"), ("submitted", "submitted"), ("submitted", "accepted"),
    ("late", "accepted"),
    ("submitted", "starred"), ("late", "starred"), ("accepted", "starred"), ("submitted", "returned"),
    ("late", "returned"), ("returned", "submitted"), ("returned", "late"),
}  # fmt: skip
BACK = {(new, old) for old, new in STEPS}
"""Taking a review back is the only way back."""


class LogLife(RuleBasedStateMachine):
    """Tina writes, Clara reads; the clock goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.seen: dict[str, Any] = {}

    def run(self, work: Any) -> Any:
        return self.runner.run(work)

    @initialize()
    def begin(self) -> None:
        async def work() -> Stage:
            url = await DATABASES.sqlite()
            return Stage(await open_store(url))

        self.stage = self.run(work())
        self.stage.at("20:00")
        self.before = "draft"
        self.undone = False

    def teardown(self) -> None:
        if hasattr(self, "stage"):
            self.run(self.stage.store.close())
        self.runner.close()

    def log(self) -> Log | None:
        async def look(tx: Tx) -> Log | None:
            return await tx.first(Log, f"select {logs.ALL} from log l join member m on m.id = l.member_id "
                                  "where m.account_id = 101 and l.day = 1")  # fmt: skip

        return self.run(self.stage.store.work(look))

    @rule(text=st.sampled_from([GOOD, OTHER, "短", "再补一句：那位大爷说得对。", "👍"]))
    def writes(self, text: str) -> None:
        self.run(self.stage.says("Tina", "写日志"))
        self.run(self.stage.says("Tina", text))

    @rule(word=st.sampled_from(["提交日志", "仍要提交", "预览", "先存着", "课程表", "再写一点"]))
    def says(self, word: str) -> None:
        self.run(self.stage.says("Tina", word))

    @rule(minutes=st.sampled_from([1, 6, 40, 130, 400]))
    def waits(self, minutes: int) -> None:
        self.stage.clock.value += timedelta(minutes=minutes)
        self.run(self.stage.settle())

    @precondition(lambda self: self.log() is not None)
    @rule(verb=st.sampled_from(["logread", "logstar", "logopen", "lognext"]), old=st.booleans())
    def taps(self, verb: str, old: bool) -> None:
        log = self.log()
        assert log is not None
        self.run(self.stage.tap_data("Clara", f"{verb}:{log.id}:{log.version - old}"))

    @precondition(lambda self: self.log() is not None)
    @rule()
    def answers(self) -> None:
        log = self.log()
        assert log is not None
        self.run(self.stage.tap_data("Clara", f"logreply:{log.id}:{log.version}"))
        self.run(self.stage.says("Clara", "写得好。"))

    @precondition(lambda self: self.log() is not None)
    @rule(reason=st.sampled_from(["too_short", "copied", "nonsense"]))
    def returns(self, reason: str) -> None:
        log = self.log()
        assert log is not None
        self.run(self.stage.tap_data("Clara", f"logreturn:{log.id}:{log.version}:{reason}:y"))

    @precondition(lambda self: self.log() is not None)
    @rule()
    def takes_back(self) -> None:
        last = self.reviews()
        if last:
            self.undone = True
            self.run(self.stage.tap_data("Clara", f"logundo:{last[-1].id}"))

    def reviews(self) -> list[Review]:
        log = self.log()
        return self.run(self.stage.store.work(lambda tx: log_reviews.of_log(tx, log.id))) if log else []

    def versions(self) -> list[Version]:
        log = self.log()
        return self.run(self.stage.store.work(lambda tx: logs.versions_of(tx, log.id))) if log else []

    @invariant()
    def stands_as_the_table_says(self) -> None:
        log = self.log() if hasattr(self, "stage") else None
        if log is None:
            return
        step, self.before = (self.before, log.state), log.state
        allowed = STEPS | BACK if self.undone else STEPS
        assert step[0] == step[1] or step in allowed, step
        self.undone = False
        assert log.state in STATES and (log.version == 0) == (log.state == "draft")
        found = self.versions()
        assert [v.no for v in found] == list(range(1, log.version + 1))
        assert log.returns == sum(r.kind == "return" for r in self.reviews()) <= 2
        assert (log.return_until is not None) == (log.state == "returned")
        assert (log.answered_at is not None) == any(r.kind == "reply" for r in self.reviews())
        if log.state in ("accepted", "starred"):
            assert log.read_at is not None and log.read_by is not None

    @invariant()
    def nobody_hears_more_than_was_said(self) -> None:
        if not hasattr(self, "stage"):
            return

        async def posted(tx: Tx) -> list[str]:
            return await tx.all(str, "select state from outbox where once like 'log-review:%' and chat_id = 101")

        states = self.run(self.stage.store.work(posted))
        told = [r for r in self.reviews() if r.kind in ("reply", "return")]
        assert sum(s in ("new", "sending", "sent") for s in states) == len(told)
        assert not [s for s in self.stage.phone("Tina") if "抱歉" in s.plain], "no turn has failed"
        assert not [s for s in self.stage.phone("Clara") if "抱歉" in s.plain], "no turn has failed"


LogLife.TestCase.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
TestLogLife = LogLife.TestCase


def teardown_module() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
