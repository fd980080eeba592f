"""What the writer of a log is told about a review: one message, held for as long as it may be taken back (LOG-08)."""

from __future__ import annotations

from datetime import datetime

from actions.joint import AT_ONCE
from actions.post import post
from chat.messages import Message, button, lines, say
from chat.words import Item
from rules.days import class_date, is_quiet, quiet_ends
from rules.logs import STARRED, UNDO
from rules.plans import DAY_CARD, JOINT
from rules.settings import Settings
from storage import dues, joint_items, members
from storage.accounts import Me
from storage.joint_items import NEW, SENT
from storage.log_reviews import Review
from storage.logs import Log
from storage.outbox import ANSWER
from storage.tx import Tx

REPLY, RETURN = "reply", "return"
REASONS = {
    "too_short": "logs-reason-short", "copied": "logs-reason-copied", "off_topic": "logs-reason-topic",
    "contains_private_data": "logs-reason-private", "empty_talk": "logs-reason-empty",
}  # fmt: skip


async def tell(tx: Tx, me: Me, log: Log, made: Review, rules: Settings, now: datetime) -> None:
    """One message to the writer, held for as long as it may be taken back; answers beyond two a day come with the
    joint post (section 22)."""
    member = await members.get(tx, log.member_id)
    people = await members.addressees(tx, log.cohort_id, now)
    to = next((p for p in people if p.member_id == log.member_id and p.account_id and p.blocked_at is None), None)
    if to is None or member is None:
        return
    day = class_date(now, to.zone, rules.messages.day_turns_at)
    begin = now + UNDO
    if is_quiet(begin, to.zone, rules.messages.quiet_from, rules.messages.quiet_to):
        begin = quiet_ends(begin, to.zone, rules.messages.quiet_to)
    message = message_of(me.name, log, made)
    if made.kind == REPLY:
        waits = not made.voice and await _waits(tx, log, day.isoformat(), now)
        state = NEW if waits else SENT
        await joint_items.add(tx, log.member_id, day.isoformat(), once_of(made), message.text, state, now)
        if waits:
            return
    await post(tx, to.reader, message, now, once=once_of(made), priority=ANSWER,
               not_before=begin, push_day=day.isoformat(), hold=True)  # fmt: skip


async def _waits(tx: Tx, log: Log, day: str, now: datetime) -> bool:
    """Whether the person has had the two answers of the day, and something still comes that can carry this one."""
    had = await joint_items.sent_on(tx, log.member_id, day)
    return had >= AT_ONCE and await dues.carries(tx, log.cohort_id, (JOINT, DAY_CARD), now)


def once_of(made: Review) -> str:
    """The key of the one message of a review."""
    return f"log-review:{made.id}"


def message_of(name: str, log: Log, made: Review) -> Message:
    """What the writer reads."""
    if made.kind == RETURN:
        assert made.until is not None
        text = lines(
            say("logs-told-return", day=log.day, reason=say(REASONS[made.reason])),
            say("logs-told-words", name=name, words=made.body),
            say("logs-told-until", until=made.until),
        )
        return Message(text, ((button("logs-rewrite", "logagain", log.id),),))
    words = say("logs-told-words", name=name, words=made.body) if made.body else say("logs-told-voice", name=name)
    star = say("logs-told-star") if log.state == STARRED else None
    media = (Item("voice", made.voice),) if made.voice else ()
    return Message(lines(say("logs-told-reply", day=log.day), words, star), media=media)
