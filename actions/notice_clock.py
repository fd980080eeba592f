"""What the clock does with notices: let them go, ask again, hand out the list, end them; and see how sending goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from actions import leaves, notice_cards, notice_drafts, notice_people, notices
from actions.notice_changes import pause
from actions.notice_words import Fields, fields_of
from actions.notices import CHASE, END, GO, LIST, excerpt
from actions.people import who_where
from actions.post import post
from chat.messages import Button, Lines, Message, Say, button, lines, say
from rules.notices import (
    DRAFT,
    EXPIRED,
    ON_ITS_WAY,
    QUEUED,
    SENDING,
    SENT,
    TROUBLES_IN_A_ROW,
    URGENT,
    begins,
    push_day,
)
from rules.roles import CLASS_TEACHER, DEPUTY, LEADER
from storage import accounts, cohorts, dues, members, notice_copies, outbox
from storage import notice_people as ledger
from storage import notices as stored
from storage.cohorts import Cohort
from storage.dues import Due
from storage.notice_people import Row
from storage.notices import Notice
from storage.outbox import Parcel
from storage.tx import Tx

OVER = ("closed", "erased")
ASKING = (SENDING, SENT)
"""States in which people are asked again: while a notice is stopped, it stands still for everybody."""
BY_NAME = 12
WAITS = ("sent", "uncertain", "on_card", "waiting")


async def _notice(tx: Tx, thing: Due) -> Notice | None:
    """The notice that a due thing is about (`what` begins with its id), unless a newer version has plans of its own."""
    id, version, *_ = [*thing.what.rstrip("+").split(":"), ""]
    notice = await stored.get(tx, int(id))
    return notice if notice is not None and version in ("go", str(notice.version)) else None


async def go(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """Its time has come: everything is looked at again; what cannot go now is told to the sender (SCH-08)."""
    notice = await _notice(tx, thing)
    if notice is None or notice.state != QUEUED:
        return
    at = begins(now, notice.level, cohort.rules, cohort.timezone)
    if at > now and cohort.state not in OVER:  # it woke up late, in the quiet hours
        await dues.put_again(tx, thing.id, at)
        return
    seen = await notice_drafts.check(tx, notice, now)
    if seen.problem is not None:
        new, event = (EXPIRED, "expire") if cohort.state in OVER else (DRAFT, "change")
        await stored.set_state(tx, notice.id, QUEUED, new)
        await stored.add_event(tx, notice.id, event, now, old=QUEUED, new=new)
        told = Message(lines(say("notices-not-gone", called=excerpt(notice)), seen.problem))
        await _tell_sender(tx, notice, told, now, f"go:{thing.id}")
        return
    await notices.begin(tx, notice, now)


async def _tell_sender(tx: Tx, notice: Notice, message: Message, now: datetime, why: str) -> None:
    reader = await accounts.reader(tx, notice.sender)
    if reader is not None:
        await post(tx, reader, message, now, once=f"notice-told:{notice.id}:{notice.version}:{why}")


# ---- asked again ------------------------------------------------------------------


async def chase(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """Those who have a copy and have not read it are asked once more, privately (BC-04)."""
    notice = await _notice(tx, thing)
    if notice is None or notice.state not in ASKING:
        return
    at = begins(now, notice.level, cohort.rules, cohort.timezone)
    if at > now:
        if at <= thing.until:  # otherwise the next one comes then
            await dues.put_again(tx, thing.id, at)
        return
    unread = [row for row in await ledger.of_notice(tx, notice.id) if row.read_at is None and row.state in WAITS]
    asked: list[int] = []
    for cohort_id in notice.cohorts:
        away = await leaves.on_leave_at(tx, cohort_id, now)
        here = [row for row in unread if row.cohort_id == cohort_id and row.member_id not in away]
        asked += await _ask(tx, notice, thing, here, await cohorts.get(tx, cohort_id), now)
    await ledger.set_chased(tx, asked)
    anew = any(row.state == "uncertain" and row.id in asked for row in unread)  # their copies go out again
    if anew and await stored.set_state(tx, notice.id, SENT, SENDING):
        await stored.add_event(tx, notice.id, "chase", now, old=SENT, new=SENDING)
    await stored.stir(tx, notice.id, now)


async def _ask(tx: Tx, notice: Notice, thing: Due, unread: list[Row], cohort: Cohort, now: datetime) -> list[int]:
    """One line to each; whose copy is uncertain gets the whole again, so nobody is left without (SCH-03)."""
    people = {p.member_id: p for p in await members.addressees(tx, cohort.id, now)}
    day = push_day(now, cohort.rules, cohort.timezone)
    pushes = await outbox.pushes_of_cohort(tx, cohort.id, day)
    fields = await fields_of(tx, cohort, now)
    asked: list[int] = []
    parcels: list[Parcel] = []
    for row in unread:
        person = people.get(row.member_id)
        if person is None or person.account_id is None or person.blocked_at is not None or row.state == "waiting":
            continue
        one = notice_people.Recipient(person=person, cohort=cohort, pushes=pushes.get(person.account_id, 0))
        if one.over and notice.level != URGENT:
            await notices.put_on_card(tx, notice, person, cohort, now)
        elif row.state == "uncertain":
            parcels += await _anew(tx, notice, thing, row, one, fields, now)
        else:
            read = (button("notices-read", "ack", notice.id), button("notices-whole", "nshow", notice.id))
            text = say(f"notices-chase-{notice.level}", called=excerpt(notice, fields.of(person)))
            await post(
                tx, person.reader, Message(text, (read,)), now, once=f"{thing.kind}:{thing.what}:{row.member_id}",
                priority=outbox.URGENT if notice.level == URGENT else outbox.NOTICE, not_after=thing.until,
                push_day=None if notice.level == URGENT else day, hold=True, ledger_id=row.id, part="chase",
            )  # fmt: skip
        asked.append(row.id)
    await outbox.add(tx, parcels)
    return asked


async def _anew(
    tx: Tx, notice: Notice, thing: Due, row: Row, one: notice_people.Recipient, fields: Fields, now: datetime
) -> Iterable[Parcel]:  # fmt: skip
    """A copy in place of one of which nobody knows whether it arrived."""
    await notice_copies.set_state(tx, notice.id, ("uncertain",), "replaced", row.id)
    again = notices.copy_parcels(notice, one, row.id, fields, False, now)
    return [p.again(f"{p.once}:{thing.what}") for p in again]


# ---- the list of those who have not read it ------------------------------------------------------------------


async def hand_out(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """Names with telephone numbers: to the sender where he sees names, else to the class teachers; when it is urgent
    also to the group leaders, each the own ten (BC-04)."""
    notice = await _notice(tx, thing)
    if notice is None or notice.state not in ON_ITS_WAY:
        return
    for cohort_id in notice.cohorts:
        away = await leaves.on_leave_at(tx, cohort_id, now)
        rows = [r for r in await ledger.of_notice(tx, notice.id)
                if r.cohort_id == cohort_id and r.read_at is None and r.member_id not in away
                and r.state not in ("on_leave", "recalled")]  # fmt: skip
        if rows:
            await _hand_to(tx, notice, cohort_id, rows, now)


async def _hand_to(tx: Tx, notice: Notice, cohort_id: int, rows: list[Row], now: datetime) -> None:
    people = [p for p in await members.addressees(tx, cohort_id, now) if p.account_id and p.blocked_at is None]
    teachers = [p for p in people if CLASS_TEACHER in p.role_set]
    sender = [p for p in people if p.account_id == notice.sender and p.role_set & notice_cards.NAMES]
    told = teachers if notice.level == URGENT or not sender else sender
    for person in told:
        look = (button("notices-names-unread", "nnames", notice.id, "unread", 0),)
        await post(tx, person.reader, Message(_list_words(notice, rows), (look,)), now, priority=outbox.URGENT,
                   once=f"list:{notice.id}:{notice.version}:{person.member_id}")  # fmt: skip
    if notice.level != URGENT:
        return
    for person in people:
        own = [r for r in rows if r.group_no == person.group_no and r.member_id != person.member_id]
        if own and person.role_set & {LEADER, DEPUTY} and person.group_no:
            ten = tuple((button(say("notices-told-by-phone", name=r.name), "nphone", r.id),) for r in own[:10])
            await post(tx, person.reader, Message(_list_words(notice, own), ten), now, priority=outbox.URGENT,
                       once=f"list:{notice.id}:{notice.version}:{person.member_id}")  # fmt: skip


def _list_words(notice: Notice, rows: list[Row]) -> Lines:
    named = [say("notices-phone-line", who=who_where(r), phone=r.phone or "–") for r in rows[:BY_NAME]]
    more = len(rows) - BY_NAME
    return lines(
        say("notices-list-head", called=excerpt(notice), count=len(rows)),
        *named,
        say("notices-list-more", more=more) if more > 0 else None,
    )


async def end(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """Its life is over: what has not gone is never sent late (BC-07)."""
    notice = await _notice(tx, thing)
    if notice is None:
        return
    for state in (SENT, SENDING, "paused"):
        if await stored.set_state(tx, notice.id, state, EXPIRED):
            await notice_copies.set_state(tx, notice.id, ("new", "held"), "expired")
            await stored.add_event(tx, notice.id, "expire", now, old=state, new=EXPIRED)
            await stored.set_ended(tx, notice.id, now)


DEEDS = {GO: go, CHASE: chase, LIST: hand_out, END: end}


async def plan_line(tx: Tx, thing: Due) -> Say | None:
    """What a planned thing is about, for the plan of a day."""
    notice = await stored.get(tx, int(thing.what.split(":")[0]))
    return say(f"notices-plan-{thing.kind.removeprefix('notice-')}", called=excerpt(notice)) if notice else None


# ---- at every tick ------------------------------------------------------------------


async def follow(tx: Tx, now: datetime, every: timedelta) -> bool:
    """See how sending goes: stop after many errors in a row, say when all is done; paint the cards. Whether anything
    was painted."""
    for notice in await stored.sending(tx):
        last = await notice_copies.last_outcomes(tx, notice.id, TROUBLES_IN_A_ROW)
        counts = await ledger.counts(tx, notice.id)
        if counts.waiting and len(last) == TROUBLES_IN_A_ROW and not {"sent", "unreachable"} & set(last):
            await pause(tx, None, notice, now, "errors")
            row = (button("notices-resume", "nresume", notice.id), *await _troubled(tx, notice, now))
            text = say("notices-stopped", called=excerpt(notice), count=TROUBLES_IN_A_ROW)
            await _tell_sender(tx, notice, Message(text, (row,)), now, f"paused:{now:%H%M%S}")
        elif not counts.waiting and await stored.set_state(tx, notice.id, SENDING, SENT):
            await stored.set_sent(tx, notice.id, now)
            await stored.add_event(tx, notice.id, "finish", now, old=SENDING, new=SENT)
            await stored.stir(tx, notice.id, now)
            if counts.failed and not counts.sent:
                text = say("notices-nobody-got", called=excerpt(notice), count=counts.failed)
                told = Message(text, (await _troubled(tx, notice, now),))
                await _tell_sender(tx, notice, told, now, f"none:{now:%H%M%S}")
        else:
            await stored.stir(tx, notice.id, now)
    for notice in await stored.waiting(tx):
        await _put_off(tx, notice, now)
    for id in await stored.behind(tx):
        await stored.stir(tx, id, now)
    return await notice_cards.paint_stirred(tx, now, every)


async def _troubled(tx: Tx, notice: Notice, now: datetime) -> tuple[Button, ...]:
    """The way to the names of those who have not got it, for a sender who sees names."""
    me = await accounts.who(tx, notice.sender, now)
    named = me is not None and me.cohort_id in notice.cohorts and me.roles & notice_cards.NAMES
    return (button("notices-troubled", "nnames", notice.id, "trouble", 0),) if named else ()


async def _put_off(tx: Tx, notice: Notice, now: datetime) -> None:
    """What Telegram did not take until the quiet hours began waits for the morning (BC-06)."""
    cohort = await cohorts.get(tx, notice.cohort_id)
    at = begins(now, notice.level, cohort.rules, cohort.timezone)
    if at > now:
        await notice_copies.put_off(tx, notice.id, at)
