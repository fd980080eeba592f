"""Words to other people: written down now, sent after the commit."""

from __future__ import annotations

from datetime import datetime

from msgspec import json

from chat.messages import Message, Say
from rules.days import class_date, is_quiet, quiet_ends
from rules.settings import Settings
from storage import cards, files, outbox
from storage.accounts import Reader
from storage.outbox import ANSWER, NOTICE, Parcel
from storage.tx import Tx
from texts.press import press

FILE_LIMIT = 50 * 2**20


async def post(
    tx: Tx, to: Reader, message: Message, now: datetime, *, once: str | None = None, priority: int = NOTICE,
    not_before: datetime | None = None, not_after: datetime | None = None, push_day: str | None = None,
    hold: bool = False,
) -> None:  # fmt: skip
    """Post a message to one person. `once` is a business key: a clock may ask a hundred times, it is posted once.

    `hold`: when it is uncertain whether it arrived, it is shown to staff and not sent again (SCH-03).
    """
    parts = press(message, to.voice)
    await outbox.add(
        tx,
        [
            Parcel(
                chat_id=to.account_id,
                body=json.encode(words).decode(),
                priority=priority,
                once=once if once is None or not number else f"{once}#{number}",
                hold=hold,
                not_before=not_before,
                not_after=not_after,
                push_day=push_day if number == 0 else None,
                made_at=now,
            )
            for number, words in enumerate(parts)
        ],
    )


async def send_file(
    tx: Tx, to: Reader, name: str, content: bytes, caption: Say, now: datetime, *, cohort_id: int
) -> None:
    """Send a document to the person who asked for it: an answer, so it is sent again where it may not have arrived.

    ValueError over 50 MB, which Telegram does not take.
    """
    if len(content) > FILE_LIMIT:
        raise ValueError(f"{name} has {len(content)} bytes")
    words = press(Message(caption), to.voice)[0]
    file_id = await files.add(tx, cohort_id, name, content, now)
    parcel = Parcel(
        chat_id=to.account_id, body=json.encode(words).decode(), kind="file", priority=ANSWER, file_id=file_id,
        made_at=now,
    )  # fmt: skip
    await outbox.add(tx, [parcel])


async def push(
    tx: Tx, to: Reader, rules: Settings, message: Message, now: datetime, *, once: str, not_after: datetime
) -> bool:
    """Post an automatic message within the day's budget and outside the quiet hours (section 22, BC-06).

    False when the budget of the day is used up: what it says then stands on the day card only.
    """
    day = class_date(now, to.zone, rules.messages.day_turns_at).isoformat()
    if await outbox.posted(tx, once):
        return True
    if await outbox.pushes_of(tx, to.account_id, day) >= rules.messages.max_push_per_trainee_per_day:
        return False
    quiet = is_quiet(now, to.zone, rules.messages.quiet_from, rules.messages.quiet_to)
    begin = quiet_ends(now, to.zone, rules.messages.quiet_to) if quiet else None
    await post(tx, to, message, now, once=once, not_before=begin, not_after=not_after, push_day=day, hold=True)
    return True


async def show(tx: Tx, key: str, to: Reader, message: Message, now: datetime, push_day: str | None = None) -> None:
    """Say what a card shows: one message, edited in place; edits coalesce."""
    words = press(message, to.voice)[0]
    await cards.put(tx, key, to.account_id, json.encode(words).decode(), now, push_day)
