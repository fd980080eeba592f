"""What people search for: kept without the person, so that the search and the handbook learn from it (HANDBOOK-04)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from msgspec import Struct

from actions import search as finding
from actions.access import need_class
from actions.search import Found, row_of
from chat.messages import Refusal
from rules.days import class_date
from rules.log_checks import private
from rules.search import BUILDING, NOTHING
from rules.search_fit import fit_votes
from rules.search_judge import Features, likelihood
from rules.search_terms import is_asked, normal
from storage import passages, search
from storage.accounts import Me
from storage.passages import Passage
from storage.search import Answered, Ask, Entry, Miss
from storage.tx import Tx

LISTED = 5
HELPED, FAILED = "yes", "no"
KEEP_TEXT, KEEP_ASK = timedelta(days=1), timedelta(days=30)
VOTES = 2000
LONGEST_ALIAS, MOST_ALIASES = 80, 60
_NUMBER = re.compile(r"\d{5,}")


class Asked(Struct, frozen=True):
    """A search that was kept under a number, with what came of it."""

    id: int
    found: Found


async def look_up(tx: Tx, me: Me, text: str, now: datetime) -> Asked | None:
    """Search for what somebody wrote; None when it asks for nothing (a greeting, a sign)."""
    if not is_asked(text):
        return None
    found = await finding.find(tx, me.cohort_id or None, text, LISTED, lang=me.lang)
    first = found.hits[0] if found.hits else None
    ask = Ask(text=normal(text)[:800], outcome=found.outcome, features=found.features, at=now,
              kind=first.kind if first else "", ref_id=first.ref_id if first else 0)  # fmt: skip
    if found.outcome == NOTHING:
        await _missed(tx, text, class_date(now, me.zone))
    return Asked(await search.add_ask(tx, ask), found)


async def again(tx: Tx, me: Me, ask_id: int) -> Found:
    """[更多]: the same search once more, as long as its words are there."""
    text = await search.ask_text(tx, ask_id)
    if not text:
        raise Refusal("search-gone")
    found = await finding.find(tx, me.cohort_id or None, text, LISTED, lang=me.lang)
    if found.outcome == BUILDING or not found.hits:
        raise Refusal("search-gone")
    return found


async def access_hit(tx: Tx, me: Me, kind: str, ref_id: int) -> Entry | Answered:
    """An entry, or an answer of the own class; refused alike when it is not there and when it is another class's."""
    row = await row_of(tx, kind, ref_id)
    if row is None or (isinstance(row, Answered) and row.cohort_id != me.cohort_id):
        raise Refusal("refusals-not-here")
    need_class(me) if isinstance(row, Answered) else None
    return row


# ---- what helped -----------------------------------------------------------------------------------------------------


async def helped(tx: Tx, me: Me, ask_id: int, kind: str, ref_id: int) -> None:
    """[有用]: whoever asks in these words again finds it at once."""
    row = await access_hit(tx, me, kind, ref_id)
    ask = await search.get_ask(tx, ask_id)
    if ask is None or not await search.set_vote(tx, ask_id, HELPED, kind, ref_id):
        return
    await _add_alias(tx, kind, ref_id, row, ask.text)


async def _add_alias(tx: Tx, kind: str, ref_id: int, row: Entry | Answered, text: str) -> None:
    if not is_asked(text) or len(text) > LONGEST_ALIAS or _is_private(text):
        return
    there = await passages.of_row(tx, kind, ref_id)
    aliases = [p for p in there if p.slot.startswith("alias:")]
    if len(aliases) >= MOST_ALIASES or any(normal(p.title) == text for p in there):
        return
    number = 1 + max((int(p.slot.removeprefix("alias:")) for p in aliases), default=0)
    cohort_id = row.cohort_id if isinstance(row, Answered) else None
    body = next((p.body for p in there if p.slot == "zh"), "")
    await passages.put(
        tx, Passage(kind=kind, ref_id=ref_id, slot=f"alias:{number}", cohort_id=cohort_id, title=text, body=body)
    )


async def failed(tx: Tx, me: Me, ask_id: int, kind: str, ref_id: int, now: datetime) -> None:
    """[没解决]: counted for the editor."""
    await access_hit(tx, me, kind, ref_id)
    ask = await search.get_ask(tx, ask_id)
    if ask is not None and await search.set_vote(tx, ask_id, FAILED, kind, ref_id) and ask.text:
        await _missed(tx, ask.text, class_date(now, me.zone))


def _is_private(text: str) -> bool:
    return private(text) or _NUMBER.search(text) is not None


async def _missed(tx: Tx, text: str, day: date) -> None:
    if not _is_private(normal(text)) and not _is_private(text):
        await search.count_miss(tx, normal(text)[:200], day)


# ---- for the editor, and every hour ----------------------------------------------------------------------------------


async def misses(tx: Tx, page: int, size: int) -> tuple[list[Miss], int]:
    """A page of the words that were not found, and how many there are in all."""
    return await search.misses(tx, page * size, size), await search.count_misses(tx)


async def tidy(tx: Tx, now: datetime) -> None:
    """Forget the words of searches after a day; with enough votes fit the limits anew."""
    await search.forget_texts(tx, now - KEEP_TEXT, now - KEEP_ASK)
    votes = [(_p(ask), ask.vote == HELPED) for ask in await search.votes(tx, VOTES)]
    limits = fit_votes(votes)
    if limits is not None:
        await search.set_fit(tx, {"sure": limits.sure, "unsure": limits.unsure, "votes": float(len(votes))})


def _p(ask: Ask) -> float:
    seen = ask.features
    return likelihood(Features(**seen)) if seen else 0.0
