"""[关注学员]: whom staff should look after, and the record of a person as staff see it (DASH-02)."""

from __future__ import annotations

from actions import ledgers
from actions.access import access_cohort_of, access_member_by_id, need
from actions.attention import Looked, to_look_after
from actions.ledgers import Entry
from actions.people import in_rows, who_where
from chat.events import Event, Tap
from chat.messages import Button, Lines, Refusal, Reply, Rows, button, lines, say
from chat.turns import on_command, on_tap, on_word
from handlers import records
from handlers.turns import Turn
from rules.roles import STAFF, TRAINEE

PAGE = 11
"""People on a page: with the head 12 lines (UI-05)."""


async def listed(turn: Turn, said: Event) -> Reply:
    """The first page."""
    return await _page(turn, 0)


async def turned(turn: Turn, said: Tap) -> Reply:
    """Another page (`attention:<page>:e` in place of the one shown; without e a new message)."""
    return await _page(turn, said.number(), edit="e" in said.args[1:])


async def _page(turn: Turn, number: int, edit: bool = False) -> Reply:
    need(turn.me, *STAFF)
    cohort = await access_cohort_of(turn.tx, turn.me)
    entries = await ledgers.book(turn.tx, cohort, turn.now)
    found = await to_look_after(turn.tx, cohort, entries, turn.now, turn.me.roles)
    if not found:
        return Reply(say("attention-none"), edit=edit)
    pages = -(-len(found) // PAGE)
    at = min(number, pages - 1)
    shown = found[at * PAGE : (at + 1) * PAGE]
    text = lines(
        say("attention-head", count=len(found), page=at + 1, pages=pages),
        *(say("attention-line", who=who_where(looked.member), why=looked.why) for looked in shown),
    )
    return Reply(text, _buttons(shown, at, pages), edit=edit)


def _buttons(shown: list[Looked], at: int, pages: int) -> Rows:
    cells = [
        button(say("attention-cell", seat=p.member.seat_no or 0, name=p.member.name), "book", p.member.id)
        for p in shown
    ]
    turns: list[Button] = [button("attention-before", "attention", at - 1, "e")] if at else []
    turns += [button("attention-after", "attention", at + 1, "e")] if at + 1 < pages else []
    return (*in_rows(cells), tuple(turns)) if turns else in_rows(cells)


async def person(turn: Turn, said: Tap) -> Reply:
    """One trainee's record for staff (`book:<member>[:<day>:<part>]`)."""
    member = await access_member_by_id(turn.tx, turn.me, said.number())
    if TRAINEE not in member.role_set:
        raise Refusal("refusals-not-here")
    entry = await ledgers.one(turn.tx, await access_cohort_of(turn.tx, turn.me), member, turn.now)
    head = _head(entry)
    pages = records.pages_of(entry, len(head.parts), turn.now)
    page = records.page_at(pages, said.number(1), said.number(2))
    rows = records.others(pages, page, "book", member.id)
    return Reply(records.body(head, page, turn.me.lang), rows, edit=len(said.args) > 1)


def _head(entry: Entry) -> Lines:
    """Who, what is left of the leave, tardies and unexcused hours, and how that stands."""
    leave, *_ = ledgers.what_is_left(entry).parts
    return lines(
        say("records-who", who=who_where(entry.member)), leave,
        say("records-tardies", count=entry.ledger.tardies, hours=entry.ledger.unexcused), ledgers.standing(entry),
    )  # fmt: skip


ROUTES = (
    on_word("menu-attention", listed, who=STAFF),
    on_command("attention", listed, who=STAFF, about="attention-about"),
    on_tap("attention", turned, who=STAFF),
    on_tap("book", person, who=STAFF),
)
