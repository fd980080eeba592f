"""[我的记录]: what is left, one's own marks day by day, and what is kept about one (CLASS-06, CLASS-07, FB-13)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from actions import claims, ledgers
from actions.access import access_cohort_of, need_trainee
from actions.ledgers import Called, Entry
from actions.people import in_rows
from chat.events import Event, Tap
from chat.messages import Button, Lines, Refusal, Reply, Rows, Say, button, lines, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from rules.questions import OPEN
from rules.roles import ANYBODY, TRAINEES
from storage import members, questions

OWN_DATA = (button("owndata-export", "owndata"), button("owndata-optional", "optional"))
"""[导出我的数据] [删除可选数据] (XC-07)."""

SCREEN = 12
"""So many lines fit on a telephone (UI-05)."""


class Page(Struct, frozen=True, kw_only=True):
    """The lists of one day, or a part of them where the day has many."""

    day: int
    part: int
    parts: int
    called: tuple[Called, ...]


async def mine(turn: Turn, said: Event) -> Reply:
    """One's own record at its newest day."""
    return await _mine(turn, 0, 0)


async def tapped(turn: Turn, said: Tap) -> Reply:
    """Another day of one's own record (`record:<day>:<part>`), in place; without a day a new message."""
    return await _mine(turn, said.number(), said.number(1), edit=bool(said.args))


async def _mine(turn: Turn, day: int, part: int, edit: bool = False) -> Reply:
    member = await members.get(turn.tx, need_trainee(turn.me))
    if member is None:
        raise Refusal("refusals-not-here")
    entry = await ledgers.one(turn.tx, await access_cohort_of(turn.tx, turn.me), member, turn.now)
    waiting = sum(q.state in OPEN for q in await questions.of_asker(turn.tx, member.id))
    asked = say("records-questions", count=waiting) if waiting else None
    head = lines(*(part for part in (*ledgers.what_is_left(entry).parts, asked) if part is not None))
    pages = pages_of(entry, len(head.parts), turn.now)
    page = page_at(pages, day, part)
    below = await _below(turn, page.called if page else ())
    mine = (button("questions-mine", "qmine"),) if waiting else ()
    own = ((*mine, button("records-privacy", "privacy")), OWN_DATA)
    rows = (*below, *others(pages, page, "record"), *own)
    return Reply(body(head, page, turn.me.lang), rows, edit=edit)


async def _below(turn: Turn, shown: Iterable[Called]) -> Rows:
    """Rows under a day of one's own record: what one may do about its lists ([有异议], [申请补签])."""
    here = {c.roll.id for c in shown if c.roll is not None}
    found: list[Button] = []
    for offer in await claims.offers(turn.tx, turn.me, turn.now) if here else ():
        roll = offer.stand.roll
        verb = "correct" if offer.correct else "object"
        if roll.id in here:
            found.append(button(say(f"records-{verb}", title=roll.title_in(turn.me.lang)), verb, roll.id))
    return in_rows(found[::-1], 1)


def pages_of(entry: Entry, head: int, now: datetime) -> list[Page]:
    """The lists on a record, by days, under a head of so many lines; a day of many lists has several pages."""
    room = SCREEN - head - 1
    found: list[Page] = []
    seen = [c for c in entry.called if c.is_seen(now)]
    for day in sorted({c.session.day for c in seen}):
        of_day = [c for c in seen if c.session.day == day]
        parts = [tuple(of_day[i : i + room]) for i in range(0, len(of_day), room)]
        found += [Page(day=day, part=n, parts=len(parts), called=part) for n, part in enumerate(parts, 1)]
    return found


def page_at(pages: list[Page], day: int, part: int) -> Page | None:
    """The page that is asked for, else the newest."""
    last = pages[-1] if pages else None
    return next((p for p in pages if p.day == day and p.part == max(1, part)), last)


def body(head: Lines, page: Page | None, lang: str) -> Lines:
    """Head, day, and a line for each list: icon, time, title."""
    if page is None:
        return lines(head, say("records-none"))
    title = say("records-day", day=page.day, part=page.part, parts=page.parts)
    return lines(head, title, *(_line(called, lang) for called in page.called))


def _line(called: Called, lang: str) -> Say:
    session = called.session
    icon = say(f"status-icon-{called.status}")
    return say("records-line" if called.closed else "records-line-open", icon=icon, at=session.starts_at,
               title=session.title_in(lang))  # fmt: skip


def others(pages: list[Page], shown: Page | None, *verb: str | int) -> Rows:
    """A button for every other page, four a row."""
    name, *args = verb
    return in_rows(
        (
            button(say("records-page", day=p.day, part=p.part, parts=p.parts), str(name), *args, p.day, p.part)
            for p in pages
            if p != shown
        ),
        4,
    )


async def privacy(turn: Turn, said: Tap) -> Reply:
    """What is kept, why, who sees it, until when; and what one may do about it."""
    return Reply(say("joining-consent"), (OWN_DATA,) if turn.me.member_id else ())


ROUTES = (
    on_word("menu-record", mine, who=TRAINEES),
    on_command("record", mine, who=TRAINEES, about="records-about"),
    on_tap("record", tapped, who=TRAINEES),
    on_tap("privacy", privacy, who=ANYBODY),
)
