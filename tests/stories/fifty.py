"""The sample class with its fifty phones in hand: all of them bound long ago, on a day with nothing else to do."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from actions import classes
from actions.classfiles import read_folder
from simulator import Phone
from simulator.phone import Shown
from storage import accounts, dues, members
from storage.door import open_store
from storage.tx import Tx
from tests.stories.program import SAMPLE, Program

TRAINEES = [f"T{number:03}" for number in range(1, 51)]
TEACHER = "B01"
FIRST_ACCOUNT = 1001


class Fifty:
    """The phones of the class and of its teacher; who has got what is read from the calls that Telegram took."""

    def __init__(self, program: Program) -> None:
        self.program, self.sim = program, program.sim
        self.phones: dict[str, Phone] = {}
        self.names: dict[str, str] = {}

    @property
    def teacher(self) -> Phone:
        return self.phones[TEACHER]

    def refs(self, *names: str) -> set[str]:
        """The seats of these names."""
        return {ref for ref, name in self.names.items() if name in names}

    async def bind(self, at: datetime, *, plans: Collection[str] = ()) -> None:
        """Import the class and bind everybody; of all that the clock would do only these kinds are left."""
        url = self.program.url
        reading = await asyncio.to_thread(read_folder, SAMPLE)
        file = reading.classfile
        assert file is not None

        async def work(tx: Tx) -> None:
            report = await classes.bring_in(tx, file, at)
            await classes.move(tx, report.cohort_id, "registration", at)
            for account, ref in enumerate([*TRAINEES, TEACHER], FIRST_ACCOUNT):
                member = await members.by_ref(tx, report.cohort_id, ref)
                assert member is not None
                self.names[ref] = member.name
                await accounts.meet(tx, account, member.name, at)
                await members.set_account(tx, member.id, account, at)
                await accounts.set_cohort(tx, account, report.cohort_id)
                await accounts.set_lang(tx, account, "zh")
            for thing in await dues.between(tx, report.cohort_id, at - timedelta(days=9), at + timedelta(days=9)):
                if thing.kind not in plans:
                    await dues.set_state(tx, thing.id, "idle", at)

        store = await open_store(url)
        await store.work(work)
        await store.close()
        for account, ref in enumerate([*TRAINEES, TEACHER], FIRST_ACCOUNT):
            phone = self.phones[ref] = self.sim.person(self.names[ref], id=account)
            self.sim.dialog(self.sim.home(phone.person), phone.person).started = True

    # ---- the teacher writes ------------------------------------------------------------------

    async def writes(self, words: str, *taps: str, typed: str = "") -> None:
        """The teacher writes a notice, chooses by these buttons, and has the preview before the eyes."""
        await self.teacher.says("发通知")
        await self.teacher.sees("要通知什么", within=20)
        await self.teacher.says(words)
        await self.goes_on(*taps, typed=typed)

    async def goes_on(self, *taps: str, typed: str = "") -> None:
        """With a draft on the phone: choose by these buttons, type what the last of them asks, then look at it."""
        await self.teacher.sees("通知草稿", within=20)
        for label in taps:
            await self.taps(label)
        if typed:
            await self.teacher.sees("打字", within=20)
            await self.teacher.says(typed)
            await self.teacher.sees("通知草稿", within=20)
        await self.taps("预览")
        await self.teacher.sees("大家收到的就是这样", within=20)

    async def sends(self, words: str, *taps: str) -> None:
        """The teacher writes a notice and sends it."""
        await self.writes(words, *taps)
        await self.taps("发给50人")

    async def taps(self, label: str) -> None:
        """The teacher taps a button as soon as it is there."""
        await until(lambda: any(label in shown for m in self.teacher.messages for shown in m.labels), f"key {label}")
        await self.teacher.taps(label)

    async def card(self, *words: str, within: float = 30) -> Shown:
        """Wait until the sender's card (the newest one) says all of this."""

        def seen() -> bool:
            found = self.newest_card()
            return found is not None and all(word in found.text for word in words)

        await until(seen, lambda: f"{words} on {self.newest_card()}", within)
        found = self.newest_card()
        assert found is not None
        return found

    def newest_card(self) -> Shown | None:
        """The sender's card of the newest notice."""
        found = [m for m in self.teacher.messages if "已发" in m.text and m.sender != self.teacher.id]
        return found[-1] if found else None

    # ---- what came ------------------------------------------------------------------

    def copies(self, words: str, method: str = "sendMessage") -> Counter[str]:
        """How often each person of the class was sent something with these words, and Telegram took it."""
        return Counter(
            TRAINEES[int(entry.chat_id) - FIRST_ACCOUNT]
            for entry in self.sim.journal.of(method)
            if entry.status == 200
            and isinstance(entry.chat_id, int)
            and 0 <= entry.chat_id - FIRST_ACCOUNT < len(TRAINEES)
            and words in str(entry.params.get("text") or entry.params.get("caption"))
        )

    async def arrive(self, words: str, count: int, method: str = "sendMessage", within: float = 30) -> Counter[str]:
        """Wait until so many people have something with these words."""
        await until(lambda: len(self.copies(words, method)) >= count, lambda: f"{self.copies(words, method)}", within)
        return self.copies(words, method)

    async def kill_at(self, words: str, count: int) -> Counter[str]:
        """kill -9 as soon as so many have it; gives who has it when the line is dead."""
        await until(lambda: len(self.copies(words)) >= count, lambda: f"{self.copies(words)}", every=0.001)
        await self.program.kill()
        await asyncio.sleep(0.2)
        return self.copies(words)

    async def in_doubt(self) -> dict[str, Shown]:
        """The teacher asks who is uncertain: names with the page on which they stand."""
        found: dict[str, Shown] = {}
        await self.taps("不确定和失败的")
        page = await self.teacher.sees("不确定、失败的", within=20)
        while True:
            found |= {label.removeprefix("补发 "): page for label in page.labels if label.startswith("补发 ")}
            if not any("下一页" in label for label in page.labels):
                return found
            await self.teacher.taps("下一页")
            page = await self.teacher.sees("不确定、失败的", within=20)


async def until(
    seen: Callable[[], bool], what: str | Callable[[], str], within: float = 30, every: float = 0.02
) -> None:  # fmt: skip
    """Wait until something is so."""
    end = asyncio.get_running_loop().time() + within
    while not seen():
        if asyncio.get_running_loop().time() > end:
            raise AssertionError(f"it never came to it: {what if isinstance(what, str) else what()}")
        await asyncio.sleep(every)


def number_in(text: str, before: str) -> int:
    """The number that follows these words."""
    found = re.search(before + r"(\d+)", text)
    return int(found[1]) if found else 0
