"""The handbook as the desk shows it: all entries with their state, one entry with its text on the way and versions."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from actions import handbook as deeds
from actions.access import need
from chat.messages import Refusal, Say
from rules.handbook import EXPORTERS, OPEN, PUBLISHERS, REVIEW, WRITABLE, where_a_name_is, wrongs
from rules.log_texts import Change, changes
from storage import handbook, handbook_versions
from storage.accounts import Me
from storage.handbook import Entry
from storage.handbook_versions import Version
from storage.tx import Tx


class Row(Struct, frozen=True):
    """An entry on the list, with its text that is on the way."""

    entry: Entry
    open: Version | None

    @property
    def title(self) -> str:
        return self.open.content.q_zh if self.open and self.open.content.q_zh else self.entry.q_zh


async def everything(tx: Tx, me: Me) -> list[Row]:
    """Every entry for administrators; for the others what is shown, and what they write themselves."""
    need(me, *EXPORTERS)
    on_way = {v.entry_id: v for state in sorted(OPEN) for v in await handbook_versions.in_state(tx, state)}
    found = [Row(entry, on_way.get(entry.id)) for entry in await handbook.all(tx)]
    if me.roles & PUBLISHERS:
        return found
    return [r for r in found if r.entry.version or (r.open is not None and r.open.author == me.account_id)]


class Opened(Struct, frozen=True, kw_only=True):
    """One entry: what is published, what is on the way, and its history with what changed each time."""

    entry: Entry
    open: Version | None
    mine: bool
    may_write: bool
    may_decide: bool
    publishes: bool
    wrong: list[Say]
    names: tuple[str, ...]
    history: list[tuple[Version, list[Change]]]


async def opened(tx: Tx, me: Me, id: int) -> Opened:
    """One entry for those who edit; what somebody else writes is an administrator's to see."""
    need(me, *EXPORTERS)
    entry = await handbook.get(tx, id)
    there = await handbook_versions.open_of(tx, id) if entry is not None else None
    mine = there is not None and there.author == me.account_id
    publishes = bool(me.roles & PUBLISHERS)
    if entry is None or not (entry.version or mine or publishes):
        raise Refusal("refusals-not-here")
    shown = there if there is not None and (mine or publishes) else None
    past = [v for v in await handbook_versions.of_entry(tx, id) if v.state == "published"]
    first: list[tuple[Version, list[Change]]] = [(past[0], [])] if past else []
    pairs = [(new, changes(old.content.a_zh, new.content.a_zh)) for old, new in pairwise(past)]
    return Opened(
        entry=entry, open=shown, mine=mine, publishes=publishes,
        may_write=there is None or (mine and there.state in WRITABLE),
        may_decide=publishes and shown is not None and shown.state == REVIEW and not mine,
        wrong=[deeds.wrong_words(w) for w in wrongs(shown.content)] if shown else [],
        names=where_a_name_is(shown.content) if shown else (), history=[*first, *pairs][::-1],
    )  # fmt: skip
