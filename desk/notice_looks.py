"""A draft as it would go: the very messages on a phone, and what is said of them, as in the chat's preview (BC-01)."""

from __future__ import annotations

from msgspec import Struct

from actions import notice_drafts as drafts
from actions import notice_previews as previews
from actions.notice_people import Recipient
from actions.people import who_where
from chat.messages import Lines, Rich, Say, When, say
from desk.visits import Visit, Words
from rules.roles import STAFF
from storage.notices import Notice
from texts.press import Piece
from texts.render import voice


class Bubble(Struct, frozen=True):
    """One message on somebody's phone."""

    files: list[str]
    text: Say | None
    keys: list[list[str]]


class Phone(Struct, frozen=True):
    """What the first reader of a language gets."""

    lang: str
    who: Lines | None
    bubbles: list[Bubble]


class Look(Struct, frozen=True, kw_only=True):
    """A draft as it would go."""

    notice: Notice
    phones: list[Phone]
    told: list[Say | None]
    problem: Words | None
    empty: bool
    count: int
    begins: Say
    asks_over: int
    goes: list[Recipient]
    stamp: int


async def look_at(visit: Visit, notice: Notice) -> Look:
    """The very messages, and what is said below them, as in the chat's preview."""
    seen = await drafts.check(visit.tx, notice, visit.now)
    by_name = bool(visit.me.roles & STAFF)
    empty = not notice.html and not notice.media
    phones = [] if empty else [_phone(one, copies, by_name) for one, copies in await previews.copies(visit.tx, seen)]
    key = "notices-send-second" if seen.asks_second and notice.second_by is None else \
        "notices-send-later" if seen.waits or notice.go_at is not None else "notices-send"  # fmt: skip
    return Look(
        notice=notice, phones=phones, told=await previews.told(visit.tx, visit.me, seen), count=len(seen.goes),
        problem=_problem(seen.problem), empty=empty,
        begins=say(key, count=len(seen.goes), at=When(seen.begins_at)),
        asks_over=len(seen.over) if previews.asks_over(seen) else 0, goes=seen.goes if by_name else [],
        stamp=previews.stamp(notice),
    )  # fmt: skip


def _problem(found: Say | None) -> Say | None:
    """Why it cannot be sent; blanks are filled in the form here."""
    return say("desk-notices-blanks", **found.args) if found is not None and found.key == "notices-blank" else found


def _phone(one: Recipient, copies: list[Piece], by_name: bool) -> Phone:
    speak = voice(one.person.lang, one.person.zone)
    bubbles = [
        Bubble(
            [item.kind for item in copy.words.media],
            say("notices-body", text=Rich(copy.words.text)) if copy.words.text else None,
            [[key.label for key in row] for row in copy.words.buttons],
        )
        for copy in copies
    ]
    return Phone(speak.lang, who_where(one.person) if by_name else None, bubbles)
