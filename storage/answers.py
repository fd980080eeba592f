"""Answers to questions, each version of them; the draft of an answer; the files of both; who asks the same."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from chat.words import Item
from storage.tx import Tx


class Answer(Struct, frozen=True, kw_only=True):
    """One version. `author_id` is whose answer it is, `entered_by` who typed it for him; `source` is oral for what was
    said in class."""

    id: int = 0
    question_id: int
    version: int
    author_id: int
    body: str = ""
    source: str = "self"
    entered_by: int | None = None
    why: str = ""
    at: datetime


async def add(tx: Tx, answer: Answer) -> None:
    await tx.do(
        """insert into answer (question_id, version, author_id, body, source, entered_by, why, at)
           values (:question_id, :version, :author_id, :body, :source, :entered_by, :why, :at)""",
        answer,
    )


async def of_question(tx: Tx, question_id: int) -> list[Answer]:
    """All versions, the newest last."""
    return await tx.all(Answer, "select * from answer where question_id = :id order by version", {"id": question_id})


async def newest(tx: Tx, question_id: int) -> Answer | None:
    return await tx.first(
        Answer, "select * from answer where question_id = :id order by version desc limit 1", {"id": question_id}
    )


async def of_cohort(tx: Tx, cohort_id: int) -> list[Answer]:
    """Every version of every answer of a class, in their order."""
    return await tx.all(
        Answer,
        """select a.* from answer a join question q on q.id = a.question_id
           where q.cohort_id = :id order by a.question_id, a.version""",
        {"id": cohort_id},
    )


class Draft(Struct, frozen=True, kw_only=True):
    """An answer that is being written. `base` is the version that stood when it was begun."""

    id: int = 0
    question_id: int
    member_id: int
    body: str = ""
    files: list[Item] = []
    base: int = 0
    author_id: int | None = None
    at: datetime


async def draft_of(tx: Tx, question_id: int, member_id: int) -> Draft | None:
    return await tx.first(
        Draft,
        "select * from answer_draft where question_id = :q and member_id = :m",
        {"q": question_id, "m": member_id},
    )


async def put_draft(tx: Tx, draft: Draft) -> Draft:
    """Keep what is written so far."""
    return await tx.one(
        Draft,
        """insert into answer_draft (question_id, member_id, body, files, base, author_id, at)
           values (:question_id, :member_id, :body, :files, :base, :author_id, :at)
           on conflict (question_id, member_id) do update set body = excluded.body, files = excluded.files,
             base = excluded.base, author_id = excluded.author_id, at = excluded.at
           returning *""",
        draft,
    )


async def remove_draft(tx: Tx, question_id: int, member_id: int) -> None:
    await tx.do(
        "delete from answer_draft where question_id = :q and member_id = :m", {"q": question_id, "m": member_id}
    )


class File(Struct, frozen=True, kw_only=True):
    """A photo, voice note or document: of the question (version 0), or of a version of its answer."""

    question_id: int
    version: int = 0
    kind: str
    file_id: str
    unique_id: str = ""
    file_name: str = ""
    seconds: int = 0
    at: datetime

    @property
    def item(self) -> Item:
        return Item(self.kind, self.file_id)


async def add_file(tx: Tx, file: File) -> None:
    """Keep a file; the same one is kept once."""
    await tx.do(
        """insert into question_file (question_id, version, kind, file_id, unique_id, file_name, seconds, at)
           values (:question_id, :version, :kind, :file_id, :unique_id, :file_name, :seconds, :at)
           on conflict (question_id, version, unique_id) do nothing""",
        file,
    )


async def files_of(tx: Tx, question_id: int, version: int = 0) -> list[File]:
    """The files of a question, or of a version of its answer, as they came."""
    return await tx.all(
        File,
        "select * from question_file where question_id = :id and version = :version order by id",
        {"id": question_id, "version": version},
    )


async def remove_files(tx: Tx, question_id: int) -> None:
    """The files of a draft are taken out."""
    await tx.do("delete from question_file where question_id = :id and version = 0", {"id": question_id})


# ---- 同问 -----------------------------------------------------------------------------------------------------


async def add_same(tx: Tx, question_id: int, member_id: int, now: datetime) -> bool:
    """Somebody asks the same; False when he has said so already."""
    found = await tx.first(
        int,
        """insert into same_question (question_id, member_id, at) values (:q, :m, :now)
           on conflict (question_id, member_id) do nothing returning id""",
        {"q": question_id, "m": member_id, "now": now},
    )
    return found is not None


async def same_of(tx: Tx, question_id: int) -> list[int]:
    """The members who ask the same, as they said so."""
    return await tx.all(
        int, "select member_id from same_question where question_id = :id order by id", {"id": question_id}
    )


async def same_counts(tx: Tx, cohort_id: int) -> dict[int, int]:
    """How many ask the same, by question of a class; those whom nobody joined are not in it."""
    rows = await tx.all(
        Same,
        """select s.question_id, count(*) as count from same_question s join question q on q.id = s.question_id
           where q.cohort_id = :id group by s.question_id""",
        {"id": cohort_id},
    )
    return {row.question_id: row.count for row in rows}


class Same(Struct, frozen=True):
    question_id: int
    count: int
