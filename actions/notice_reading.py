"""Having read a notice: [已读], the word 已读, a choice; the buttons then say so (BC-04, BC-09)."""

from __future__ import annotations

from datetime import datetime

from msgspec import json

from actions.notice_words import keys_of
from chat.messages import Refusal
from chat.words import Words
from rules.notices import ASKED, ON_ITS_WAY
from storage import accounts, notice_copies, notice_readers, notices, outbox
from storage import notice_people as ledger
from storage.accounts import Me
from storage.notices import Notice
from storage.outbox import NOTICE, Parcel
from storage.tx import Tx
from texts.press import keys
from texts.render import voice


async def acknowledge(tx: Tx, me: Me, notice: Notice, at: datetime, now: datetime, how: str = "self") -> bool:
    """[已读], once; the button then says so. False when that was noted before."""
    if not await note_read(tx, notice, me.member_id, at, how):
        return False
    await show_keys(tx, notice, me.member_id, now)
    await notices.stir(tx, notice.id, now)
    return True


async def note_read(tx: Tx, notice: Notice, member_id: int, at: datetime, how: str, *, by: int | None = None) -> bool:
    """Note that somebody has read it, once; nothing that still waits asks for it any more."""
    if not await ledger.set_read(tx, notice.id, member_id, at, how, by):
        return False
    await notice_copies.drop_questions(tx, notice.id, member_id)
    return True


async def acknowledge_all(tx: Tx, me: Me, at: datetime, now: datetime) -> list[Notice]:
    """The word 已读: every notice that the person got before that moment (BC-04)."""
    found: list[Notice] = []
    for id in await notice_readers.unread_of(tx, me.member_id, ASKED, at):
        notice = await notices.get(tx, id)
        if notice is not None and not notice.choices and await acknowledge(tx, me, notice, at, now, how="word"):
            found.append(notice)
    return found


async def choose(
    tx: Tx, notice: Notice, member_id: int, choice: int, at: datetime, now: datetime, by: int | None = None
) -> str:  # fmt: skip
    """One of the options, changeable until the end; choosing is reading. Gives the option's words (BC-09)."""
    if not 0 <= choice < len(notice.choices):
        raise Refusal("help-old-button")
    if notice.state not in ON_ITS_WAY or (notice.choices_until and at > notice.choices_until):
        raise Refusal("notices-choice-closed", at=notice.choices_until)
    before = await ledger.set_choice(tx, notice.id, member_id, choice, at, by)
    await note_read(tx, notice, member_id, at, "phone" if by else "self", by=by)
    if before != choice:
        old = notice.choices[before] if before is not None and before < len(notice.choices) else ""
        await notices.add_event(tx, notice.id, "choose", now, member_id=member_id, old=old, new=notice.choices[choice],
                                who=by)  # fmt: skip
        await show_keys(tx, notice, member_id, now)
        await notices.stir(tx, notice.id, now)
    return notice.choices[choice]


async def show_keys(tx: Tx, notice: Notice, member_id: int, now: datetime) -> None:
    """Let the buttons under a person's copy say what was done; a change of its own, after all that is urgent."""
    mine = await notice_readers.own(tx, notice.id, member_id)
    copies = [
        c for c in await notice_copies.of_notice(tx, notice.id, "copy", member_id) if c.message_id and c.state == "sent"
    ]
    if mine is None or not copies:
        return
    last = copies[-1]
    reader = await accounts.reader(tx, last.chat_id)
    speak = reader.voice if reader else voice("zh", "Asia/Shanghai")
    rows = keys(keys_of(notice, mine.read_at, mine.choice), speak)
    await outbox.add(
        tx,
        [Parcel(chat_id=last.chat_id, kind="keys", body=json.encode(Words("", buttons=rows)).decode(),
                priority=NOTICE, message_id=last.message_id, ledger_id=mine.id, part="keys", made_at=now)],
    )  # fmt: skip
