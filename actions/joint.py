"""Answers to what people did earlier (SCH-13): two a day at once and without a sound, the rest together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from actions.post import fits, goes_at, push_day, reword, ring
from chat.messages import Lines, Message, Rows, Say, lines, say
from chat.words import Item
from rules.plans import DAY_CARD, JOINT
from rules.settings import Settings
from storage import card_lines, dues, joint_items, members, question_copies
from storage.cohorts import Cohort
from storage.joint_items import JOINED, NEW, ON_CARD, SENT, JointItem
from storage.members import Addressee
from storage.tx import Tx
from texts.press import press

AT_ONCE = 2
"""So many answers a day go when they are given."""
LIVES = timedelta(days=3)


async def tell(
    tx: Tx, person: Addressee, rules: Settings, what: Say | Lines, now: datetime, *, once: str, buttons: Rows = (),
    media: tuple[Item, ...] = (),
) -> bool:  # fmt: skip
    """Answer somebody: at once without a sound, or with the next joint post, or on the next day card.

    What has buttons or files cannot be joined: it goes at once, and counts. True when it went at once.
    """
    if person.account_id is None or person.blocked_at is not None or await joint_items.known(tx, once):
        return False
    day = push_day(now, person.reader, rules)
    goes = bool(buttons or media) or await _has_room(tx, person, rules, day, now)
    if not await joint_items.add(tx, person.member_id, day, once, what, SENT if goes else NEW, now):
        return False
    if goes:
        message = Message(what, buttons, silent=True, media=media)
        await ring(tx, person.reader, rules, message, now, once=once, not_after=now + LIVES, hold=False)
    return goes


async def _has_room(tx: Tx, person: Addressee, rules: Settings, day: str, now: datetime) -> bool:
    """Whether an answer goes at once. It does in any case when nothing comes any more that could carry it."""
    member = await members.get(tx, person.member_id)
    if member is None or not await dues.carries(tx, member.cohort_id, (JOINT, DAY_CARD), now):
        return True
    if goes_at(now, person.reader, rules) > now or await joint_items.sent_on(tx, person.member_id, day) >= AT_ONCE:
        return False
    return await fits(tx, person.reader, rules, JOINT, now)


def together(found: Sequence[JointItem]) -> Message:
    """All that waited for one person, as one message."""
    return Message(lines(say("clock-joint", count=len(found)), *(item.text for item in found), gap="\n\n"), silent=True)


async def note_joined(tx: Tx, found: Sequence[JointItem], now: datetime) -> None:
    """These went with a joint post."""
    await joint_items.set_state(tx, [item.id for item in found], JOINED, now)


async def rewrite(tx: Tx, person: Addressee, once: str, what: Say | Lines, now: datetime, edit: str) -> bool:
    """What went with a joint post, or stands on a day card, says something else now: there, not in a new message.
    `edit` is the key of the change. True when the cards are to be shown anew."""
    item = await joint_items.get(tx, once)
    if item is None or item.state not in (JOINED, ON_CARD) or person.account_id is None:
        return False
    await joint_items.set_body(tx, item.id, what)
    if item.state == ON_CARD:
        await card_lines.set_body(tx, f"joint:{once}", what)
        return True
    words = press(together(await joint_items.joined_with(tx, item)), person.reader.voice)
    copies = await question_copies.written_at(tx, person.account_id, item.posted_at or now, f"{JOINT}:")
    for number, (copy, one) in enumerate(zip(copies, words, strict=False)):
        if len(copies) == len(words) and copy.words.text != one.text:
            await reword(tx, copy, one, now, f"{edit}#{number}")
    return False


async def onto_cards(tx: Tx, cohort: Cohort, day: str, before: datetime, now: datetime) -> None:
    """What came after the last joint post and `before` the new day's card stands on that card."""
    for member_id, found in (await joint_items.waiting(tx, cohort.id)).items():
        older = [item for item in found if item.made_at < before]
        for item in older:
            await card_lines.add(tx, member_id, day, f"joint:{item.once}", item.text, None, now)
        await joint_items.set_state(tx, [item.id for item in older], ON_CARD, now)
