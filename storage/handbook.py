"""The handbook: each entry as it is shown, and who is told of it (storage/handbook_versions.py: the texts)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from rules.handbook import Content
from storage.members import Addressee
from storage.tx import Tx


class Entry(Struct, frozen=True, kw_only=True):
    """An entry as it is published; before that empty but for its category and question. Dates are ISO, or empty."""

    id: int = 0
    key: str
    category: str = ""
    state: str = "draft"
    version: int = 0
    q_zh: str = ""
    a_zh: str = ""
    q_en: str = ""
    a_en: str = ""
    checked: str = "method"
    basis: str = ""
    tags: tuple[str, ...] = ()
    as_of: str = ""
    review_by: str = ""
    question_id: int | None = None
    made_at: datetime
    changed_at: datetime

    @property
    def content(self) -> Content:
        """What it says."""
        return Content(category=self.category, q_zh=self.q_zh, a_zh=self.a_zh, q_en=self.q_en, a_en=self.a_en,
                       checked=self.checked, basis=self.basis, tags=self.tags, as_of=self.as_of)  # fmt: skip

    def title_in(self, lang: str) -> str:
        """The question in a language; Chinese where there is no English."""
        return self.q_en if lang == "en" and self.q_en else self.q_zh

    def answer_in(self, lang: str) -> str:
        """The answer in a language; Chinese where there is no English."""
        return self.a_en if lang == "en" and self.a_en else self.a_zh


class Count(Struct, frozen=True):
    """How many entries a category shows."""

    category: str
    count: int


_CONTENT = "category, q_zh, a_zh, q_en, a_en, checked, basis, tags, as_of"


async def add(tx: Tx, entry: Entry) -> Entry:
    """Make an entry; nothing of it is shown yet. Without a key it gets the next free one, N1, N2, …"""
    key = entry.key or await _free_key(tx)
    return await tx.one(
        Entry,
        """insert into handbook_entry (key, category, state, q_zh, question_id, made_at, changed_at)
           values (:key, :category, :state, :q_zh, :question_id, :made_at, :changed_at) returning *""",
        {"key": key, "category": entry.category, "state": entry.state, "q_zh": entry.q_zh,
         "question_id": entry.question_id, "made_at": entry.made_at, "changed_at": entry.changed_at},
    )  # fmt: skip


async def _free_key(tx: Tx) -> str:
    """Files bring keys of this kind too, so the next one may be taken."""
    number = await tx.one(int, "select coalesce(max(id), 0) + 1 from handbook_entry")
    while await by_key(tx, f"N{number}") is not None:
        number += 1
    return f"N{number}"


async def get(tx: Tx, id: int) -> Entry | None:
    return await tx.first(Entry, "select * from handbook_entry where id = :id", {"id": id})


async def by_key(tx: Tx, key: str) -> Entry | None:
    return await tx.first(Entry, "select * from handbook_entry where key = :key", {"key": key})


async def retired(tx: Tx) -> list[Entry]:
    """What was taken off the shelf, the newest first."""
    return await tx.all(Entry, "select * from handbook_entry where state = 'retired' order by changed_at desc, id desc")


async def of_question(tx: Tx, question_id: int) -> list[Entry]:
    """The entries that were made out of a question."""
    return await tx.all(Entry, "select * from handbook_entry where question_id = :id order by id", {"id": question_id})


async def all(tx: Tx) -> list[Entry]:
    """Every entry, as they were first made."""
    return await tx.all(Entry, "select * from handbook_entry order by id")


async def shown(tx: Tx) -> list[Entry]:
    """Every entry that is shown, by category and number."""
    return await tx.all(Entry, "select * from handbook_entry where state = 'published' order by category, id")


async def counts(tx: Tx) -> list[Count]:
    """How many entries each category shows."""
    return await tx.all(
        Count,
        """select category, count(*) as count from handbook_entry where state = 'published'
           group by category order by category""",
    )


async def of_category(tx: Tx, category: str, offset: int, limit: int) -> list[Entry]:
    """A page of the entries that a category shows."""
    return await tx.all(
        Entry,
        """select * from handbook_entry where category = :category and state = 'published'
           order by id limit :limit offset :offset""",
        {"category": category, "limit": limit, "offset": offset},
    )


async def before(tx: Tx, entry: Entry) -> int:
    """How many entries stand before this one in its category."""
    return await tx.one(
        int,
        """select count(*) from handbook_entry where category = :category and state = 'published' and id < :id""",
        {"category": entry.category, "id": entry.id},
    )


async def set_published(tx: Tx, entry: Entry) -> None:
    """Show this text of an entry from now on, till it is looked at again."""
    pairs = ", ".join(f"{name} = :{name}" for name in _CONTENT.split(", "))
    await tx.do(
        f"""update handbook_entry set state = 'published', version = :version, {pairs}, review_by = :review_by,
              changed_at = :changed_at where id = :id""",
        entry,
    )


async def set_head(tx: Tx, id: int, category: str, q_zh: str) -> None:
    """Category and question of an entry that was never published, for lists."""
    await tx.do(
        "update handbook_entry set category = :category, q_zh = :q_zh where id = :id and version = 0",
        {"id": id, "category": category, "q_zh": q_zh},
    )


async def set_state(tx: Tx, id: int, state: str, old: tuple[str, ...], now: datetime) -> bool:
    """Move an entry on from one of these states; False where it stands at another."""
    names = ", ".join(f":old{at}" for at in range(len(old)))
    found = await tx.first(
        int,
        f"""update handbook_entry set state = :state, changed_at = :now where id = :id and state in ({names})
            returning id""",
        {"id": id, "state": state, "now": now, **{f"old{at}": each for at, each in enumerate(old)}},
    )
    return found is not None


async def set_review_by(tx: Tx, id: int, day: str) -> None:
    """When an entry is looked at again."""
    await tx.do("update handbook_entry set review_by = :day where id = :id", {"id": id, "day": day})


async def any_to_review(tx: Tx, today: str) -> bool:
    """Whether an entry is past its day, or waits to be confirmed: what the clock asks each second."""
    found = await tx.first(
        int,
        """select 1 from handbook_entry where state = 'expired'
             or (state = 'published' and review_by <> '' and review_by < :today)""",
        {"today": today},
    )
    return found is not None


async def overdue(tx: Tx, today: str) -> list[int]:
    """The entries that are shown although they should have been looked at again before today."""
    return await tx.all(
        int,
        "select id from handbook_entry where state = 'published' and review_by <> '' and review_by < :today",
        {"today": today},
    )


async def expired(tx: Tx) -> list[Entry]:
    """The entries that wait to be confirmed."""
    return await tx.all(Entry, "select * from handbook_entry where state = 'expired' order by review_by, id")


# ---- people ------------------------------------------------------------------------------------------------


async def askers(tx: Tx, question_id: int, now: datetime) -> list[Addressee]:
    """Whoever asked a question, and all who said that it is theirs too."""
    return await tx.all(
        Addressee,
        """select m.id as member_id, m.ref, m.name, m.roles, m.group_no, m.seat_no, m.account_id,
                  coalesce(a.lang, m.lang) as lang, c.timezone as zone, a.blocked_at, coalesce(a.muted, false) as muted,
                  m.bus, m.dorm_room, m.phone, m.joined_at
           from member m join cohort c on c.id = m.cohort_id left join account a on a.id = m.account_id
           where (m.left_at is null or m.left_at > :now) and m.id in
             (select asker_id from question where id = :id union select member_id from same_question
              where question_id = :id) order by m.id""",
        {"id": question_id, "now": now},
    )


class Office(Struct, frozen=True):
    """An administrator on a roster, who may not have bound the seat yet."""

    name: str
    account_id: int | None


async def administrators(tx: Tx) -> list[Office]:
    """Everybody who is an administrator of the school by a roster."""
    return await tx.all(
        Office,
        """select name, max(account_id) as account_id from member where ' ' || roles || ' ' like '% admin %'
           group by name order by name""",
    )
