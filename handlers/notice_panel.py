"""What the writer of a notice looks at: the draft's panel, the copies as people see them, and what will happen."""

from __future__ import annotations

from datetime import datetime

from msgspec import json

from actions import notice_cards
from actions.notice_drafts import Check
from actions.notice_previews import asks_over, copies, stamp, told
from actions.post import show
from chat.messages import Button, Lines, Message, Reply, Rows, Say, When, button, lines, say
from handlers.turns import Turn
from rules.notice_fields import first_words
from rules.roles import STAFF
from storage import cards, outbox
from storage.accounts import Me
from storage.notices import Notice
from storage.outbox import ANSWER, Parcel
from storage.tx import Tx

WRITE = "notices-write"
PANEL = "draft:{id}"


async def put(tx: Tx, me: Me, notice_id: int, message: Message, now: datetime, *, anew: bool = False) -> None:
    """Show something in the panel: in place, or `anew` at the foot of the chat."""
    key = PANEL.format(id=notice_id)
    if anew:
        await cards.lift(tx, key)
    await show(tx, key, me.reader, message, now)


async def show_choice(
    turn: Turn, notice: Notice, head: Say | Lines, rows: Rows, step: str = "", **memo: object
) -> Reply:  # fmt: skip
    """A choice in place of the panel, with the way back; `step` says what the next free text means."""
    back = (button("notices-back", "npanel", notice.id),)
    await put(turn.tx, turn.me, notice.id, Message(head, (*rows, back)), turn.now)
    return Reply(then=step or WRITE, memo={"id": notice.id, **memo})


async def draft(tx: Tx, me: Me, seen: Check, now: datetime) -> Message:
    """The draft in five lines, and the ways to change it."""
    notice = seen.notice
    files = len(notice.media)
    text = lines(
        say("notices-panel"),
        say("notices-panel-words", words=first_words(notice.html, 60)) if notice.html else None,
        say("notices-panel-files", count=files) if files else None,
        say("notices-panel-english") if notice.html_en else None,
        say("notices-panel-choices", choices=list(notice.choices)) if notice.choices else None,
        say("notices-panel-to", audience=await notice_cards.audience_words(tx, notice, me.lang), count=len(seen.goes)),
        say(f"notices-panel-{notice.level}"),
        _when(seen, me),
        say("notices-panel-group") if notice.to_group else None,
        seen.problem if seen.problem is not None and (notice.html or files) else None,
        say("notices-panel-more"),
    )
    return Message(text, _panel_rows(seen))


def _when(seen: Check, me: Me) -> Say:
    if seen.notice.go_at is None and not seen.waits:
        return say("notices-panel-now")
    day = seen.begins_at.astimezone(me.voice.zone).date()
    return say("notices-panel-night" if seen.waits else "notices-panel-at", day=day, at=seen.begins_at)


def _panel_rows(seen: Check) -> Rows:
    id = seen.notice.id
    first = () if seen.problem is not None else ((button("notices-preview", "npre", id),),)
    return (
        *first,
        (button("notices-set-audience", "nto", id), button("notices-set-level", "nlevel", id)),
        (button("notices-set-when", "nwhen", id), button("notices-set-more", "nmore", id)),
    )


async def show_copies(tx: Tx, me: Me, seen: Check, now: datetime) -> None:
    """Post the copy of the first reader of each language to the writer; its buttons do nothing."""
    parcels = [
        Parcel(chat_id=me.account_id, kind=copy.kind, body=json.encode(copy.words).decode(), priority=ANSWER,
               made_at=now)
        for _, mine in await copies(tx, seen)
        for copy in mine
    ]  # fmt: skip
    await outbox.add(tx, parcels)


async def confirm(tx: Tx, me: Me, seen: Check, now: datetime) -> Message:
    """Under the copies: whom it reaches, who is left out and why, whose day is full; when, how loud."""
    shown = len({one.person.lang for one in seen.goes})
    text = lines(say("notices-confirm", copies=max(1, shown)), *await told(tx, me, seen))
    return Message(text, _confirm_rows(seen, by_name=bool(me.roles & STAFF)))


def _confirm_rows(seen: Check, *, by_name: bool) -> Rows:
    notice = seen.notice
    later = seen.waits or notice.go_at is not None
    key = "notices-send-second" if seen.asks_second and notice.second_by is None else \
        "notices-send-later" if later else "notices-send"  # fmt: skip
    rows: list[tuple[Button, ...]] = [
        (button(say(key, count=len(seen.goes), at=When(seen.begins_at)), "nsend", notice.id, stamp(notice)),)
    ]
    if asks_over(seen):
        other = "send" if notice.over == "card" else "card"
        rows.append((button(say(f"notices-over-{other}", count=len(seen.over)), "nover", notice.id, other),))
    who = (button("notices-who", "nwho", notice.id, 0),) if by_name else ()
    rows.append((*who, button("notices-change", "npanel", notice.id)))
    return tuple(rows)
