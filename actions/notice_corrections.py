"""Correcting and recalling a notice: what reaches the copies that people have already (BC-08)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct, json, structs

from actions import daycards, notice_people, notices
from actions.notice_changes import step
from actions.notice_drafts import need_short
from actions.notice_people import Recipient
from actions.notice_words import Fields, fields_of, keys_of, text_of
from chat.messages import Message, Refusal, say
from chat.words import Words
from rules.notice_fields import bare, blanks
from rules.notices import ON_ITS_WAY, PAUSED, RECALLED, SENDING, SENT, begins, life_ends, may_recall
from storage import audits, card_lines, cohorts, notice_copies, outbox
from storage import notice_people as ledger
from storage import notices as stored
from storage.accounts import Me
from storage.notice_copies import Copy
from storage.notice_people import Row
from storage.notices import Notice
from storage.outbox import NOTICE, Parcel
from storage.tx import Tx
from texts.press import CAPTION_LIMIT, press, units

LIVE = ("sent", "uncertain")
NOT_THERE = ("new", "held", "failed", "uncertain", "unreachable")
"""States of a copy that may still be sent, or sent again: then with the newest words."""
HEAD_AND_FOOT = 60
"""Room that the head and 「更正于」 take beside the words under a picture."""


class Correction(Struct, frozen=True):
    """What a correction came to: copies that are changed, those that were still to go."""

    notice: Notice
    edited: int
    waiting: int


async def prepare(tx: Tx, notice: Notice, markup: str) -> int:
    """Keep the new words beside the notice until somebody says how they are to go; gives their mark."""
    need_short(markup)
    await stored.set_facts(tx, notice.id, {**notice.facts, "fix": markup})
    return mark_of(markup)


def mark_of(markup: str) -> int:
    """A number that changes with the words, so that what was seen is what goes."""
    return zlib.crc32(markup.encode())


async def carry_out(tx: Tx, me: Me, notice: Notice, mark: int, now: datetime, *, anew: bool) -> Correction:
    """[确认更正] or [重大变更，重新通知], with the words that were shown, once."""
    markup = str(notice.facts.get("fix", ""))
    if not markup or mark_of(markup) != mark:
        raise Refusal("notices-fix-lost")
    await stored.set_facts(tx, notice.id, {k: v for k, v in notice.facts.items() if k != "fix"})
    return await correct(tx, me, notice, markup, now, anew=anew)


async def correct(tx: Tx, me: Me, notice: Notice, markup: str, now: datetime, *, anew: bool) -> Correction:
    """A correction reaches every copy and says so. A big one (`anew`) is sent anew, and must be read anew (BC-08)."""
    if notice.state not in (*ON_ITS_WAY, "expired") or (anew and notice.state == "expired"):
        raise Refusal("notices-not-now", state=say(f"notices-is-{notice.state}"))
    open_ones = [b for b in blanks(markup) if b not in blanks(notice.html)]
    if open_ones:
        raise Refusal("notices-blank", names=[f"{{{b}}}" for b in open_ones])
    changed = structs.replace(notice, html=markup, html_en="", version=notice.version + anew, corrected_at=now)
    if not anew:
        await _need_fitting(tx, changed)
    await stored.add_event(tx, notice.id, "correct" if not anew else "change", now, who=me.account_id,
                           old=notice.html, new=markup)  # fmt: skip
    await audits.add(tx, now, "notice-correct", f"notice:{notice.id}", who=me.account_id, cohort_id=notice.cohort_id)
    await stored.set_body(tx, changed, now)
    await stored.stir(tx, notice.id, now)
    if anew:
        return await _send_anew(tx, me, changed, now)
    return await _edit_copies(tx, changed, now)


async def _need_fitting(tx: Tx, notice: Notice) -> None:
    """Words under a picture cannot grow longer than Telegram's limit for them."""
    captions = [c for c in await notice_copies.of_notice(tx, notice.id) if json.decode(c.body, type=Words).media]
    length = units(bare(notice.html)) + 60
    if (
        len(notice.media) == 1
        and captions
        and json.decode(captions[-1].body, type=Words).text
        and length > CAPTION_LIMIT
    ):
        raise Refusal("notices-caption-long", limit=str(CAPTION_LIMIT - 60))


async def _edit_copies(tx: Tx, notice: Notice, now: datetime) -> Correction:
    """Each person's text message is edited, on the phone that has the seat now; one that has not gone yet goes with the
    new words."""
    people = await _by_ledger(tx, notice, now)
    edited = waiting = 0
    parcels: list[Parcel] = []
    fields = await _fields(tx, notice, notice.begun_at or now)
    for row, copy in await _texts(tx, notice):
        one = people.get(row.member_id)
        if one is None:
            continue
        words = _words(notice, one, row, copy, fields[one.cohort.id])
        if copy.state in NOT_THERE:
            await outbox.set_body(tx, copy.id, json.encode(words).decode())
            waiting += copy.state in ("new", "held")
        elif copy.state == "sent" and copy.message_id and copy.chat_id == one.person.account_id:
            parcels.append(
                Parcel(chat_id=copy.chat_id, kind="edit", body=json.encode(words).decode(), priority=NOTICE,
                       once=f"fix:{copy.id}:{now.timestamp():.0f}", message_id=copy.message_id, ledger_id=row.id,
                       version=notice.version, part="edit", made_at=now)
            )  # fmt: skip
            edited += 1
    await outbox.add(tx, parcels)
    if await card_lines.are_there(tx, notices.line_key(notice)):
        await card_lines.set_body(tx, notices.line_key(notice), notices.line_of(notice))
        await _show_cards(tx, notice, now)
    return Correction(notice, edited, waiting)


async def _show_cards(tx: Tx, notice: Notice, now: datetime) -> None:
    """The day cards show what their lines say now."""
    for id in notice.cohorts:
        await daycards.show_cards(tx, id, now, only_shown=True)


async def _drop_lines(tx: Tx, notice: Notice, now: datetime) -> None:
    """The words disappear from the day cards."""
    if await card_lines.are_there(tx, notices.line_key(notice)):
        await card_lines.call_back(tx, notices.line_key(notice))
        await _show_cards(tx, notice, now)


async def _texts(tx: Tx, notice: Notice) -> list[tuple[Row, Copy]]:
    """The message of each person's copy that holds the words: the last one of the newest version."""
    rows = {row.id: row for row in await ledger.of_notice(tx, notice.id)}
    last: dict[int, Copy] = {}
    for copy in await notice_copies.of_notice(tx, notice.id):
        if json.decode(copy.body, type=Words).text:
            last[copy.ledger_id] = copy
    return [(rows[id], copy) for id, copy in last.items()]


async def _by_ledger(tx: Tx, notice: Notice, now: datetime) -> dict[int, Recipient]:
    """Everybody in the ledger as a recipient, whoever the audience would be today."""
    rows = await ledger.of_notice(tx, notice.id)
    picked = structs.replace(notice.audience, kind="picked", numbers=tuple(r.member_id for r in rows))
    same = structs.replace(notice, audience=picked, sender_member=None)
    return {r.person.member_id: r for r in await notice_people.recipients(tx, same, now, now)}


async def _fields(tx: Tx, notice: Notice, at: datetime) -> dict[int, Fields]:
    """What personal fields come from, by class."""
    return {id: await fields_of(tx, await cohorts.get(tx, id), at) for id in notice.cohorts}


def _words(notice: Notice, one: Recipient, row: Row, copy: Copy, fields: Fields) -> Words:
    """The new words of a copy, with the buttons as they stand for the person."""
    text = text_of(notice, one.person.lang, fields.of(one.person))
    before = json.decode(copy.body, type=Words)
    message = Message(text, keys_of(notice, row.read_at, row.choice), silent=before.silent, media=before.media)
    return press(message, one.person.reader.voice)[0]


async def _send_anew(tx: Tx, me: Me, notice: Notice, now: datetime) -> Correction:
    """Everybody gets it once more as a new message; what was read counts no longer. The old copies say so."""
    cohort = await cohorts.get(tx, notice.cohort_id)
    goes = begins(now, notice.level, cohort.rules, cohort.timezone)
    life = max(notice.life_until or now, life_ends(goes, cohort.rules)) if not notice.what else notice.life_until
    await stored.set_confirmed(tx, notice.id, me.account_id, now, life or now, notice.confirmed_at or now)
    notice = structs.replace(notice, life_until=life, begun_at=now)
    await notice_copies.set_state(tx, notice.id, ("new", "held"), "recalled")
    await notice_copies.drop_changes(tx, notice.id)
    await _drop_lines(tx, notice, now)
    await ledger.set_version(tx, notice.id, notice.version, unread=True)
    found = list((await _by_ledger(tx, notice, now)).values())
    rows = {row.member_id: row for row in await ledger.of_notice(tx, notice.id)}
    for one in found:
        await ledger.set_left_out(tx, rows[one.person.member_id].id, one.left_out, one.person.account_id)
    await notices.post_copies(tx, notice, found, now)
    for state in (SENT, PAUSED):
        await stored.set_state(tx, notice.id, state, SENDING)
    await notices.plan(tx, notice, goes)
    return Correction(notice, 0, sum(not one.left_out for one in found))


# ---- recall ------------------------------------------------------------------


class Recall(Struct, frozen=True):
    """What a recall can do: copies that are deleted, those too old for that, those that never went."""

    deletes: int
    stays: int
    unsent: int


async def recallable(tx: Tx, notice: Notice, now: datetime) -> Recall:
    """What [撤回] would do."""
    copies = await _all_copies(tx, notice)
    there = [c for c in copies if c.state in LIVE]
    deletes = [c for c in there if c.message_id is not None and c.sent_at and may_recall(c.sent_at, now)]
    unsent = {c.ledger_id for c in copies if c.state in ("new", "held", "failed", "sending")}
    whose = {c.ledger_id for c in there}
    return Recall(len({c.ledger_id for c in deletes}), len(whose - {c.ledger_id for c in deletes}), len(unsent - whose))


async def _all_copies(tx: Tx, notice: Notice) -> list[Copy]:
    return [*await notice_copies.of_notice(tx, notice.id), *await notice_copies.of_notice(tx, notice.id, "chase")]


async def recall(tx: Tx, me: Me, notice: Notice, now: datetime) -> Recall:
    """[撤回]: what has not gone never goes, what is young enough is deleted; the rest can only be corrected."""
    found = await recallable(tx, notice, now)
    if not found.deletes and not found.unsent:
        raise Refusal("notices-recall-late")
    notice = await step(tx, me, notice, "recall", now)
    await audits.add(tx, now, "notice-recall", f"notice:{notice.id}", who=me.account_id, cohort_id=notice.cohort_id)
    await notice_copies.set_state(tx, notice.id, ("new", "held", "failed"), RECALLED)
    await notice_copies.drop_changes(tx, notice.id)
    await _drop_lines(tx, notice, now)
    await outbox.add(tx, _deletes(await _all_copies(tx, notice), now))
    await notices.drop_plans(tx, notice)
    return found


def _deletes(copies: Iterable[Copy], now: datetime) -> list[Parcel]:
    return [
        Parcel(chat_id=copy.chat_id, kind="delete", priority=outbox.URGENT, once=f"recall:{copy.id}",
               message_id=copy.message_id, others=copy.others, ledger_id=copy.ledger_id, part="delete", made_at=now)
        for copy in copies
        if copy.message_id is not None and copy.state in LIVE and copy.sent_at and may_recall(copy.sent_at, now)
    ]  # fmt: skip
