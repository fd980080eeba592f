"""What was done to a question: who, when, old, new, why; also the notes that staff write to each other."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx

NOTE = "note"


class QuestionEvent(Struct, frozen=True, kw_only=True):
    """One line of a question's history; without a member it was the clock. The words of a note are its `new`."""

    question_id: int
    kind: str
    member_id: int | None = None
    old: str = ""
    new: str = ""
    why: str = ""
    at: datetime
    id: int = 0


async def add(tx: Tx, event: QuestionEvent) -> None:
    await tx.do(
        """insert into question_event (question_id, kind, member_id, old, new, why, at)
           values (:question_id, :kind, :member_id, :old, :new, :why, :at)""",
        event,
    )


async def of_question(tx: Tx, question_id: int) -> list[QuestionEvent]:
    """The whole history, oldest first."""
    return await tx.all(
        QuestionEvent, "select * from question_event where question_id = :id order by id", {"id": question_id}
    )
