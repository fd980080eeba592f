"""Words to other people: written down now, sent after the commit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from msgspec import json, structs

from chat.messages import Message, Say
from chat.words import Words
from rules import budget
from rules.days import class_date, is_quiet, moment, quiet_ends
from rules.settings import Settings
from storage import accounts, card_lines, cards, dues, files, outbox
from storage.accounts import Reader
from storage.cards import Shown
from storage.outbox import ANSWER, NOTICE, Parcel
from storage.question_copies import Copy
from storage.tx import Tx
from texts.press import messages_of, press

FILE_LIMIT = 50 * 2**20


async def post(
    tx: Tx, to: Reader, message: Message, now: datetime, *, once: str | None = None, priority: int = NOTICE,
    not_before: datetime | None = None, not_after: datetime | None = None, push_day: str | None = None,
    hold: bool = False, ledger_id: int | None = None, part: str = "",
) -> None:  # fmt: skip
    """Post a message to one person. `once` is a business key: a clock may ask a hundred times, it is posted once.

    `hold`: when it is uncertain whether it arrived, it is shown to staff and not sent again (SCH-03). `ledger_id` and
    `part` say to which line of a notice's ledger it belongs.
    """
    await outbox.add(
        tx,
        parcels_of(
            to, message, now, once=once, priority=priority, not_before=not_before, not_after=not_after,
            push_day=push_day, hold=hold, ledger_id=ledger_id, part=part,
        ),
    )  # fmt: skip


def parcels_of(
    to: Reader, message: Message, now: datetime, *, once: str | None = None, push_day: str | None = None, **more: Any
) -> list[Parcel]:
    """A message to one person as the outbox keeps it; `more` as in `post`."""
    return [
        Parcel(
            chat_id=to.account_id, kind=piece.kind, body=json.encode(piece.words).decode(), made_at=now,
            once=once if once is None or not number else f"{once}#{number}",
            push_day=push_day if number == 0 else None, **more,
        )
        for number, piece in enumerate(messages_of(message, to.voice))
    ]  # fmt: skip


async def send_file(
    tx: Tx, to: Reader, name: str, content: bytes, caption: Say, now: datetime, *, cohort_id: int
) -> None:
    """Send a document to the person who asked for it: an answer, so it is sent again where it may not have arrived.

    ValueError over 50 MB, which Telegram does not take.
    """
    if len(content) > FILE_LIMIT:
        raise ValueError(f"{name} has {len(content)} bytes")
    await send_kept(tx, to, await files.add(tx, cohort_id, name, content, now), caption, now)


async def send_kept(tx: Tx, to: Reader, file_id: int, caption: Say, now: datetime) -> None:
    """Send a document that is kept already."""
    words = press(Message(caption), to.voice)[0]
    parcel = Parcel(
        chat_id=to.account_id, body=json.encode(words).decode(), kind="file", priority=ANSWER, file_id=file_id,
        made_at=now,
    )  # fmt: skip
    await outbox.add(tx, [parcel])


async def push(
    tx: Tx, to: Reader, rules: Settings, message: Message, now: datetime, *, once: str, not_after: datetime,
    kind: str = "", member_id: int = 0,
) -> bool:  # fmt: skip
    """Post an automatic message within the day's budget and outside the quiet hours (section 22, BC-06).

    `kind` says when it is cut (rules/budget.py), `member_id` in which class. False when the budget of the day is used
    up, or kept for what matters more: the words then stand on the day card.
    """
    if await outbox.posted(tx, once):
        return True
    if await fits(tx, to, rules, kind, goes_at(now, to, rules)):
        await ring(tx, to, rules, message, now, once=once, not_after=not_after)
        return True
    whose = member_id or await card_lines.member_of(tx, to.account_id)
    if whose is not None:
        await card_lines.add(tx, whose, push_day(now, to, rules), once, message.text, not_after, now)
    return False


async def fits(tx: Tx, to: Reader, rules: Settings, kind: str, at: datetime) -> bool:
    """Whether a push of this kind has room on the day of a moment, with all that is still planned for that day."""
    used = await outbox.pushes_of(tx, to.account_id, push_day(at, to, rules))
    planned = await dues.ahead_of(tx, to.account_id, at, day_ends(at, to.zone, rules))
    ahead = [a.kind for a in planned if budget.meant_for(a.kind, frozenset(a.roles.split()), bool(a.muted))]
    return budget.fits(kind, used, ahead, rules)


async def ring(
    tx: Tx, to: Reader, rules: Settings, message: Message, now: datetime, *, once: str, not_after: datetime,
    counted: bool = True, hold: bool = True,
) -> None:  # fmt: skip
    """Post an automatic message, in the quiet hours for the morning; `counted` as one of the pushes of the day on which
    it goes. `hold` as in `post`: a reminder is not sent twice, an answer rather twice than never (SCH-03)."""
    await outbox.add(
        tx, ringing(to, rules, message, now, once=once, not_after=not_after, counted=counted, hold=hold)
    )  # fmt: skip


def ringing(
    to: Reader, rules: Settings, message: Message, now: datetime, *, once: str, not_after: datetime, counted: bool,
    hold: bool,
) -> list[Parcel]:  # fmt: skip
    """What `ring` posts: for many people at once it is written down together."""
    begin = goes_at(now, to, rules)
    day = push_day(begin, to, rules) if counted else None
    waits = begin if begin > now else None
    return parcels_of(
        to, message, now, once=once, priority=NOTICE, not_before=waits, not_after=not_after, push_day=day, hold=hold
    )


def goes_at(now: datetime, to: Reader, rules: Settings) -> datetime:
    """When something that is said now may make a telephone ring: not in the quiet hours (BC-06)."""
    quiet = is_quiet(now, to.zone, rules.messages.quiet_from, rules.messages.quiet_to)
    return quiet_ends(now, to.zone, rules.messages.quiet_to) if quiet else now


def day_ends(at: datetime, zone: str, rules: Settings) -> datetime:
    """When the day of a moment turns to the next."""
    turns = rules.messages.day_turns_at
    return moment(class_date(at, zone, turns) + timedelta(days=1), turns, zone)


def push_day(at: datetime, to: Reader, rules: Settings) -> str:
    """The day to whose budget a message counts."""
    return class_date(at, to.zone, rules.messages.day_turns_at).isoformat()


async def reword(tx: Tx, copy: Copy, words: Words, now: datetime, once: str) -> None:
    """A message says something else: on a phone it is edited, its file stays; what waits goes with the new words."""
    body = json.encode(structs.replace(copy.words, text=words.text, buttons=words.buttons)).decode()
    if copy.state == "new":
        await outbox.set_body(tx, copy.id, body)
    elif copy.message_id is not None:
        edit = Parcel(chat_id=copy.chat_id, kind="edit", body=body, priority=ANSWER, message_id=copy.message_id,
                      once=once, made_at=now)  # fmt: skip
        await outbox.add(tx, [edit])


async def show(tx: Tx, key: str, to: Reader, message: Message, now: datetime, push_day: str | None = None) -> None:
    """Say what a card shows: one message, edited in place; edits coalesce."""
    await cards.put_all(tx, [card_of(key, to, message, push_day)], now)


async def close_cards(tx: Tx, account_id: int, words: Say, now: datetime) -> None:
    """Somebody has lost a seat: the cards of the last two days on that telephone say so instead, and are not painted
    again (XC-01)."""
    to = await accounts.reader(tx, account_id)
    if to is not None:
        await cards.close_chat(tx, account_id, card_of("", to, Message(words)).body, now - timedelta(days=2), now)


def card_of(key: str, to: Reader, message: Message, push_day: str | None = None) -> Shown:
    """What a card of one person shows, as it is kept."""
    return Shown(key, to.account_id, json.encode(press(message, to.voice)[0]).decode(), push_day)
