"""What the search reads: a row for each way to ask for an entry or an answer, and the school's synonyms.

Every change takes the next stamp; whoever keeps an index reads what came after the stamp it knows.
"""

from __future__ import annotations

from msgspec import Struct

from storage.tx import Tx


class Passage(Struct, frozen=True, kw_only=True):
    """A question with its text. `kind` is entry or answer, `ref_id` its row there; `slot` tells its passages apart
    (zh, en, alias:…). Without a class it is the whole school's."""

    kind: str
    ref_id: int
    slot: str = "zh"
    cohort_id: int | None = None
    title: str = ""
    body: str = ""
    shown: bool = True
    id: int = 0
    stamp: int = 0


class Synonym(Struct, frozen=True, kw_only=True):
    """A word of everyday life and what it is called in the handbook."""

    word: str
    means: str
    shown: bool = True
    id: int = 0
    stamp: int = 0


async def stamp(tx: Tx) -> int:
    """The stamp of the newest change."""
    return await tx.one(int, "select stamp from search_state where id = 1")


async def next_stamp(tx: Tx) -> int:
    """The stamp of a change that is being made; changes wait for each other here, so stamps appear in their order."""
    return await tx.one(int, "update search_state set stamp = stamp + 1 where id = 1 returning stamp")


async def put(tx: Tx, passage: Passage) -> None:
    """Keep a passage, in place of the one with this kind, row and slot; it is found from the next turn on. Other ways
    to ask (alias:…) stand before the same text, so they get it too."""
    mark = await next_stamp(tx)
    if passage.slot == "zh":
        await tx.do(
            """update passage set body = :body, shown = :shown, stamp = :mark
               where kind = :kind and ref_id = :ref_id and slot like 'alias:%'""",
            {
                "kind": passage.kind,
                "ref_id": passage.ref_id,
                "body": passage.body,
                "shown": passage.shown,
                "mark": mark,
            },
        )
    await tx.do(
        """insert into passage (kind, ref_id, slot, cohort_id, title, body, shown, stamp)
           values (:kind, :ref_id, :slot, :cohort_id, :title, :body, :shown, :mark)
           on conflict (kind, ref_id, slot) do update set cohort_id = excluded.cohort_id, title = excluded.title,
             body = excluded.body, shown = excluded.shown, stamp = excluded.stamp""",
        {
            "kind": passage.kind, "ref_id": passage.ref_id, "slot": passage.slot, "cohort_id": passage.cohort_id,
            "title": passage.title, "body": passage.body, "shown": passage.shown, "mark": mark,
        },
    )  # fmt: skip


async def set_shown(tx: Tx, kind: str, ref_id: int, shown: bool) -> None:
    """Hide all passages of an entry or an answer from the search, or show them again."""
    mark = await next_stamp(tx)
    await tx.do(
        "update passage set shown = :shown, stamp = :mark where kind = :kind and ref_id = :ref_id",
        {"kind": kind, "ref_id": ref_id, "shown": shown, "mark": mark},
    )


async def since(tx: Tx, stamp: int) -> list[Passage]:
    """The passages changed after a stamp (0: all there are), in the order of their ids; hidden ones too."""
    return await tx.all(
        Passage,
        """select id, kind, ref_id, slot, cohort_id, title, body, shown, stamp from passage
           where stamp > :stamp order by id""",
        {"stamp": stamp},
    )


async def page(tx: Tx, after_id: int, limit: int) -> list[Passage]:
    """The next shown passages by their ids, for a reader that takes them piece by piece."""
    return await tx.all(
        Passage,
        """select id, kind, ref_id, slot, cohort_id, title, body, shown, stamp from passage
           where id > :after_id and shown order by id limit :limit""",
        {"after_id": after_id, "limit": limit},
    )


async def of_row(tx: Tx, kind: str, ref_id: int) -> list[Passage]:
    """All passages of an entry or an answer."""
    return await tx.all(
        Passage,
        """select id, kind, ref_id, slot, cohort_id, title, body, shown, stamp from passage
           where kind = :kind and ref_id = :ref_id order by id""",
        {"kind": kind, "ref_id": ref_id},
    )


async def count_since(tx: Tx, stamp: int) -> int:
    """How many passages changed after a stamp."""
    return await tx.one(int, "select count(*) from passage where stamp > :stamp", {"stamp": stamp})


async def put_synonym(tx: Tx, synonym: Synonym) -> None:
    """Keep a synonym, or hide it."""
    mark = await next_stamp(tx)
    await tx.do(
        """insert into synonym (word, means, shown, stamp) values (:word, :means, :shown, :mark)
           on conflict (word, means) do update set shown = excluded.shown, stamp = excluded.stamp""",
        {"word": synonym.word, "means": synonym.means, "shown": synonym.shown, "mark": mark},
    )


async def synonyms(tx: Tx) -> list[Synonym]:
    """The school's synonyms, as they were first kept."""
    return await tx.all(Synonym, "select id, word, means, shown, stamp from synonym where shown order by id")


async def synonym_words(tx: Tx) -> set[tuple[str, str]]:
    """All synonyms that were ever kept, hidden ones too."""
    found = await tx.all(Synonym, "select id, word, means, shown, stamp from synonym")
    return {(s.word, s.means) for s in found}
