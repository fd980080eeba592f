"""What the search keeps of itself: what was asked and not found, never by whom; and what it shows (HANDBOOK-04)."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from msgspec import Struct, structs

from storage.tx import Tx

NUMBERS = 10**15 - 1
"""From so many numbers that of a search is drawn: all that a tap can carry."""


class Entry(Struct, frozen=True, kw_only=True):
    """A published entry of the handbook, as the search shows it."""

    id: int
    key: str
    category: str = ""
    state: str = ""
    q_zh: str = ""
    a_zh: str = ""
    q_en: str = ""
    a_en: str = ""
    checked: str = ""
    basis: str = ""
    tags: tuple[str, ...] = ()
    as_of: str = ""


class Answered(Struct, frozen=True, kw_only=True):
    """A question that was answered, with the newest answer."""

    id: int
    cohort_id: int
    no: int
    question: str
    answer: str
    at: datetime


class Ask(Struct, frozen=True, kw_only=True):
    """A search: its words (for a day), what came of it, and whether it helped. Whose it was is not kept."""

    id: int = 0
    text: str = ""
    outcome: str = ""
    features: dict[str, float] = {}
    kind: str = ""
    ref_id: int = 0
    vote: str = ""
    at: datetime


class Miss(Struct, frozen=True, kw_only=True):
    """Words for which nothing was found, and how often."""

    id: int
    text: str
    times: int
    last_day: str


class State(Struct, frozen=True, kw_only=True):
    """The stamp of the newest change, and the limits that were fitted."""

    stamp: int
    fit: dict[str, float]


async def state(tx: Tx) -> State:
    return await tx.one(State, "select stamp, fit from search_state where id = 1")


async def set_fit(tx: Tx, fit: dict[str, float]) -> None:
    await tx.do("update search_state set fit = :fit where id = 1", {"fit": fit})


# ---- what is shown ---------------------------------------------------------------------------------------------------


async def entry(tx: Tx, id: int) -> Entry | None:
    """A published entry; None when it has gone or was hidden since."""
    return await tx.first(
        Entry,
        """select id, key, category, state, q_zh, a_zh, q_en, a_en, checked, basis, tags, as_of from handbook_entry
           where id = :id and state = 'published'""",
        {"id": id},
    )


async def answered(tx: Tx, id: int) -> Answered | None:
    """A question with its newest answer; None when it is open again, or has no words (spoken, or erased)."""
    return await tx.first(
        Answered,
        """select q.id, q.cohort_id, q.no, q.text as question, a.body as answer, a.at from question q
           join answer a on a.question_id = q.id
           where q.id = :id and q.state in ('answered', 'solved') and q.visibility <> 'private' and a.body <> ''
             and a.version = (select max(version) from answer where question_id = q.id)""",
        {"id": id},
    )


# ---- what was asked --------------------------------------------------------------------------------------------------


async def add_ask(tx: Tx, ask: Ask) -> int:
    """Keep a search without its person; gives its number, which nobody can guess: it stands on buttons, and whoever
    has it has the words."""
    ask = structs.replace(ask, id=1 + secrets.randbelow(NUMBERS))
    return await tx.one(
        int,
        """insert into search_ask (id, text, outcome, features, kind, ref_id, at)
           values (:id, :text, :outcome, :features, :kind, :ref_id, :at) returning id""",
        ask,
    )


async def get_ask(tx: Tx, id: int) -> Ask | None:
    return await tx.first(Ask, "select * from search_ask where id = :id", {"id": id})


async def ask_text(tx: Tx, id: int) -> str:
    """The words of a search; nothing when a day has passed."""
    return await tx.first(str, "select text from search_ask where id = :id", {"id": id}) or ""


async def set_vote(tx: Tx, id: int, vote: str, kind: str, ref_id: int) -> bool:
    """Note whether a search helped, and through what; False when it was said before."""
    found = await tx.first(
        int,
        """update search_ask set vote = :vote, kind = :kind, ref_id = :ref_id
           where id = :id and vote = '' returning id""",
        {"id": id, "vote": vote, "kind": kind, "ref_id": ref_id},
    )
    return found is not None


async def votes(tx: Tx, limit: int) -> list[Ask]:
    """The newest searches of which one knows whether they helped."""
    return await tx.all(
        Ask, "select * from search_ask where vote <> '' order by at desc, id limit :limit", {"limit": limit}
    )


async def forget_texts(tx: Tx, before: datetime, votes_before: datetime) -> None:
    """Words go after a day; searches without a vote after a while."""
    await tx.do("update search_ask set text = '' where at < :before and text <> ''", {"before": before})
    await tx.do("delete from search_ask where at < :before and vote = ''", {"before": votes_before})


# ---- what was not found ----------------------------------------------------------------------------------------------


async def count_miss(tx: Tx, text: str, day: date) -> None:
    """Once more nothing was found for these words. What was settled stays so."""
    await tx.do(
        """insert into search_miss (text, times, last_day) values (:text, 1, :day)
           on conflict (text) do update set times = search_miss.times + 1, last_day = excluded.last_day""",
        {"text": text, "day": day.isoformat()},
    )


async def misses(tx: Tx, offset: int, limit: int) -> list[Miss]:
    """The words that were not found and that nobody has settled, the most frequent first."""
    return await tx.all(
        Miss,
        """select id, text, times, last_day from search_miss where done = ''
           order by times desc, id desc limit :limit offset :offset""",
        {"limit": limit, "offset": offset},
    )


async def miss(tx: Tx, id: int) -> Miss | None:
    """One of them, as long as nobody has settled it."""
    return await tx.first(
        Miss, "select id, text, times, last_day from search_miss where id = :id and done = ''", {"id": id}
    )


async def count_misses(tx: Tx) -> int:
    return await tx.one(int, "select count(*) from search_miss where done = ''")


async def settle_miss(tx: Tx, id: int, done: str) -> None:
    """Somebody has seen to it: `entry` or `ignored`."""
    await tx.do("update search_miss set done = :done where id = :id and done = ''", {"id": id, "done": done})
