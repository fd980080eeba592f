"""What the plays about questions share: to ask, to answer, and what stands in the tables."""

from __future__ import annotations

from typing import Any

from storage import answers, question_events, questions
from storage.answers import Answer
from storage.question_events import QuestionEvent
from storage.questions import Question
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.stage import Shown, Stage

PHONE = "老人不会用手机，能不能由志愿者代办？"
BIKES = "楼道里到底能不能给电动车充电，出了事谁负责？"
CANTEEN = "食堂的早饭能不能提前到六点半，赶车来不及。"


async def asks(stage: Stage, name: str, text: str, level: str = "", topic: str = "") -> Question:
    """[提问题], the words, category and level where they are named, [发出]."""
    await stage.says(name, "提问题")
    await stage.says(name, text)
    if any("仍要提问" in label for label in stage.labels(name)):
        await stage.taps(name, "仍要提问")
    if topic:
        await stage.taps(name, "换分类")
        await stage.taps(name, topic)
    if level:
        await stage.taps(name, "换可见范围")
        await stage.taps(name, level)
    await stage.taps(name, "发出")
    return (await stored(stage))[-1]


async def writes(stage: Stage, name: str, question: Question, *texts: str) -> None:
    """[回答] or [更正回答] and the words, till the preview."""
    await stage.tap_data(name, f"qans:{question.id}")
    for text in texts:
        await stage.says(name, text)


async def answer(stage: Stage, name: str, question: Question, *texts: str) -> None:
    """The whole of it."""
    await writes(stage, name, question, *texts)
    await stage.tap_data(name, f"qpost:{question.id}:{(await one(stage, question)).version}")


async def stored(stage: Stage) -> list[Question]:
    """The sent questions of the class, by number."""
    return await stage.store.work(lambda tx: questions.of_cohort(tx, 1))


async def one(stage: Stage, question: Question) -> Question:
    found = await stage.store.work(lambda tx: questions.get(tx, question.id))
    assert found is not None
    return found


async def versions(stage: Stage, question: Question) -> list[Answer]:
    return await stage.store.work(lambda tx: answers.of_question(tx, question.id))


async def events(stage: Stage, question: Question) -> list[QuestionEvent]:
    return await stage.store.work(lambda tx: question_events.of_question(tx, question.id))


async def kinds(stage: Stage, question: Question) -> list[str]:
    """The history in words."""
    return [e.kind for e in await events(stage, question)]


async def count(stage: Stage, sql: str, **values: Any) -> int:
    return await stage.store.work(lambda tx: tx.one(int, sql, values))


async def do(stage: Stage, sql: str, **values: Any) -> None:
    await stage.store.work(lambda tx: tx.do(sql, values))


async def id_of(stage: Stage, name: str) -> int:
    """The seat of somebody of the cast in the class."""
    return await count(stage, "select id from member where account_id = :id and cohort_id = 1", id=ACCOUNTS[name])


async def photo(stage: Stage, name: str, number: int, **more: Any) -> None:
    sizes = [{"file_id": f"F{number}", "file_unique_id": f"U{number}", "width": 9, "height": 9}]
    await stage.sends(name, photo=sizes, **more)


def of(stage: Stage, name: str, part: str) -> list[Shown]:
    """The messages of somebody that hold these words."""
    return [s for s in stage.phone(name) if part in s.plain]


async def nothing_failed(stage: Stage) -> None:
    async def look(tx: Tx) -> list[str]:
        return await tx.all(str, "select trouble from inbox where state <> 'done'")

    assert not await stage.store.work(look), "no turn has failed"
