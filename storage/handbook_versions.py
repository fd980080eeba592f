"""Every text that an entry of the handbook ever had or is to have: drafts, texts in review, what was published."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from rules.handbook import Content
from storage.tx import Tx


class Version(Struct, frozen=True, kw_only=True):
    """One text of an entry on its way: who wrote it, who decided, and with which words (`answer`)."""

    id: int = 0
    entry_id: int
    no: int = 1
    state: str = "draft"
    content: Content
    note: str = ""
    author: int = 0
    author_name: str = ""
    reviewer: int = 0
    reviewer_name: str = ""
    answer: str = ""
    made_at: datetime
    sent_at: datetime | None = None
    done_at: datetime | None = None


_VERSION = """id, entry_id, no, state, content, note, author, author_name, reviewer, reviewer_name, answer, made_at,
              sent_at, done_at"""


async def add(tx: Tx, version: Version) -> Version:
    """Add the next text of an entry."""
    return await tx.one(
        Version,
        f"""insert into handbook_version (entry_id, no, state, content, note, author, author_name, reviewer,
              reviewer_name, made_at, sent_at)
            values (:entry_id, (select coalesce(max(no), 0) + 1 from handbook_version where entry_id = :entry_id),
              :state, :content, :note, :author, :author_name, :reviewer, :reviewer_name, :made_at, :sent_at)
            returning {_VERSION}""",
        version,
    )


async def get(tx: Tx, id: int) -> Version | None:
    return await tx.first(Version, f"select {_VERSION} from handbook_version where id = :id", {"id": id})


async def of_entry(tx: Tx, entry_id: int) -> list[Version]:
    """Every text of an entry, the oldest first."""
    return await tx.all(
        Version, f"select {_VERSION} from handbook_version where entry_id = :id order by no", {"id": entry_id}
    )


async def newest(tx: Tx) -> list[Version]:
    """The newest text of every entry, without those that were thrown away."""
    return await tx.all(
        Version,
        f"""select {_VERSION} from handbook_version v where state <> 'dropped' and no =
              (select max(no) from handbook_version w where w.entry_id = v.entry_id and w.state <> 'dropped')""",
    )


async def open_of(tx: Tx, entry_id: int) -> Version | None:
    """The text of an entry on which somebody still works, or that waits."""
    return await tx.first(
        Version,
        f"""select {_VERSION} from handbook_version where entry_id = :id and state in ('draft', 'review', 'returned')
            order by no desc""",
        {"id": entry_id},
    )


async def in_state(tx: Tx, state: str, author: int | None = None) -> list[Version]:
    """The texts that stand so, of everybody or of one author, the oldest first."""
    return await tx.all(
        Version,
        f"""select {_VERSION} from handbook_version where state = :state
            and (:everybody or author = :author) order by id""",
        {"state": state, "everybody": author is None, "author": author or 0},
    )


async def set_content(tx: Tx, id: int, content: Content) -> bool:
    """Change a text; False where nobody may change it any more."""
    found = await tx.first(
        int,
        """update handbook_version set content = :content where id = :id and state in ('draft', 'returned')
           returning id""",
        {"id": id, "content": content},
    )
    return found is not None


async def set_note(tx: Tx, id: int, note: str) -> None:
    """What was changed, in the author's words."""
    await tx.do("update handbook_version set note = :note where id = :id", {"id": id, "note": note})


async def set_sent(tx: Tx, id: int, now: datetime) -> bool:
    """Hand a text in; False where it is no draft any more."""
    found = await tx.first(
        int,
        """update handbook_version set state = 'review', sent_at = :now, reviewer = 0, reviewer_name = '', answer = ''
           where id = :id and state in ('draft', 'returned') returning id""",
        {"id": id, "now": now},
    )
    return found is not None


async def set_decided(tx: Tx, decided: Version, old: tuple[str, ...]) -> bool:
    """Decide about a text that stands so (`state`, who and with which words); False where somebody was faster."""
    names = ", ".join(f":old{at}" for at in range(len(old)))
    found = await tx.first(
        int,
        f"""update handbook_version set state = :state, reviewer = :reviewer, reviewer_name = :reviewer_name,
              answer = :answer, done_at = :done_at where id = :id and state in ({names}) returning id""",
        {"id": decided.id, "state": decided.state, "reviewer": decided.reviewer, "answer": decided.answer,
         "reviewer_name": decided.reviewer_name, "done_at": decided.done_at,
         **{f"old{at}": each for at, each in enumerate(old)}},
    )  # fmt: skip
    return found is not None


async def publications(tx: Tx) -> int:
    """How often anything in the handbook was published: the number of the booklet."""
    return await tx.one(int, "select count(*) from handbook_version where state = 'published'")
