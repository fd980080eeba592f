"""Sending a notice and having it read: confirm, begin, [已读], choose (BC-01, BC-02, BC-04, BC-09)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import json, structs

from actions import daycards, notice_people
from actions import notice_drafts as drafts
from actions.notice_drafts import Check
from actions.notice_people import ON_CARD, Recipient
from actions.notice_words import Fields, copies_of, fields_of
from actions.post import post
from chat.messages import Lines, Message, Refusal, Say, button, lines, say
from rules.notice_fields import fill, first_words
from rules.notices import (
    DRAFT,
    QUEUED,
    SENDING,
    TO_CONFIRM,
    URGENT,
    begins,
    call_list_at,
    chases,
    is_silent,
    push_day,
)
from rules.plans import COUNTED
from rules.roles import ADMIN, SCHOOL_LEADER
from storage import (
    accounts,
    audits,
    card_lines,
    cohorts,
    dues,
    notices,
    outbox,
    sessions,
)
from storage import notice_people as ledger
from storage.accounts import Me, Reader
from storage.cohorts import Cohort
from storage.dues import Due
from storage.members import Addressee
from storage.notice_people import Entry
from storage.notices import Notice
from storage.outbox import NOTICE, Parcel
from storage.tx import Tx
from texts.press import Piece

GO, CHASE, LIST, END = "notice-go", "notice-chase", "notice-list", "notice-end"
"""What the clock does with notices; planning a timetable anew leaves these alone."""
ANSWERED = frozenset({"ordinary", "ack", "urgent"})


async def confirm(tx: Tx, me: Me, notice: Notice, now: datetime) -> Check:
    """The sender says yes. A second tap changes nothing; a notice to several classes goes to a second person first."""
    seen = await drafts.check(tx, notice, now)
    if notice.state != DRAFT:
        return seen
    if seen.problem is not None:
        raise Refusal(seen.problem.key, **seen.problem.args)
    if seen.asks_second and notice.second_by is None:
        await _ask_second(tx, me, notice, now)
        return structs.replace(seen, notice=structs.replace(notice, state=TO_CONFIRM))
    return structs.replace(seen, notice=await _queue(tx, me, seen, DRAFT, now))


async def _ask_second(tx: Tx, me: Me, notice: Notice, now: datetime) -> None:
    """The other administrators and the school leaders see it and decide (BC-14)."""
    others = [reader for reader in await _seconds(tx, notice) if reader.account_id != me.account_id]
    if not others:
        raise Refusal("notices-no-second")
    if not await notices.set_state(tx, notice.id, DRAFT, TO_CONFIRM):
        return
    await notices.add_event(tx, notice.id, "ask", now, who=me.account_id)
    for reader in others:
        look = ((button("notices-look", "nsecond", notice.id),),)
        asked = say("notices-second-asked", name=notice.sender_name, count=len(notice.cohorts),
                    words=first_words(notice.html))  # fmt: skip
        await post(tx, reader, Message(asked, look), now, once=f"second:{notice.id}:{reader.account_id}:{now:%H%M%S}")


async def _seconds(tx: Tx, notice: Notice) -> list[Reader]:
    """Who may say yes to a notice for several classes."""
    return [*await accounts.admins(tx), *await accounts.holding(tx, SCHOOL_LEADER)]


async def second(tx: Tx, me: Me, notice: Notice, now: datetime) -> Notice:
    """The second person says yes; never the one who wrote it."""
    if not frozenset(me.school_roles.split()) & {ADMIN, SCHOOL_LEADER}:
        raise Refusal("refusals-no-right")
    if me.account_id == notice.sender:
        raise Refusal("notices-second-other")
    if notice.state != TO_CONFIRM:
        raise Refusal("notices-decided-already")
    seen = await drafts.check(tx, notice, now)
    if seen.problem is not None:
        raise Refusal(seen.problem.key, **seen.problem.args)
    await notices.set_second(tx, notice.id, me.account_id)
    return await _queue(tx, me, seen, TO_CONFIRM, now)


async def agree(tx: Tx, me: Me, notice: Notice, now: datetime) -> Notice:
    """[同意发送]: it goes, and the writer is told."""
    notice = await second(tx, me, notice, now)
    await tell_sender(tx, notice, say("notices-second-agreed", name=me.name or me.first_name), now)
    return notice


async def decline(tx: Tx, me: Me, notice: Notice, now: datetime) -> None:
    """[先不发]: it is a draft again, the writer is told."""
    if await notices.set_state(tx, notice.id, TO_CONFIRM, DRAFT):
        await notices.add_event(tx, notice.id, "change", now, who=me.account_id, old=TO_CONFIRM, new=DRAFT)
    await tell_sender(tx, notice, say("notices-second-refused", name=me.name or me.first_name), now)


async def _queue(tx: Tx, me: Me, seen: Check, state: str, now: datetime) -> Notice:
    """It goes now, or when its time has come."""
    notice = seen.notice
    if not await notices.set_state(tx, notice.id, state, QUEUED):
        raise Refusal("notices-decided-already")
    await notices.set_confirmed(tx, notice.id, me.account_id, seen.begins_at, seen.life_until, now)
    await notices.add_event(tx, notice.id, "confirm", now, who=me.account_id, new=notice.level)
    await audits.add(tx, now, "notice", f"notice:{notice.id}", who=me.account_id, cohort_id=notice.cohort_id,
                     new=notice.level)  # fmt: skip
    notice = structs.replace(notice, state=QUEUED, go_at=seen.begins_at, life_until=seen.life_until, confirmed_at=now)
    if seen.begins_at <= now:
        return await begin(tx, notice, now)
    what = f"{notice.id}:go:{now:%y%m%d%H%M%S}"
    until = seen.life_until + timedelta(days=30)  # what comes too late is told to the sender, not forgotten
    waits = Due(cohort_id=notice.cohort_id, kind=GO, what=what, at=seen.begins_at, until=until)
    await dues.put(tx, [waits])
    return notice


# ---- it goes ------------------------------------------------------------------


async def begin(tx: Tx, notice: Notice, now: datetime) -> Notice:
    """Write everybody into the ledger and every copy into the outbox, in one transaction; plan what follows."""
    if not await notices.set_state(tx, notice.id, QUEUED, SENDING):
        return notice
    notice = structs.replace(notice, state=SENDING, begun_at=now)
    found = await notice_people.recipients(tx, notice, now, now)
    await ledger.add(tx, (_entry(notice, one) for one in found))
    await notices.set_begun(tx, notice.id, now)
    await notices.add_event(tx, notice.id, "begin", now, old=QUEUED, new=SENDING)
    await post_copies(tx, notice, found, now)
    await plan(tx, notice, now)
    return notice


def _entry(notice: Notice, one: Recipient) -> Entry:
    person = one.person
    return Entry(notice_id=notice.id, member_id=person.member_id, cohort_id=one.cohort.id,
                 account_id=person.account_id, left_out=one.left_out)  # fmt: skip


async def post_copies(tx: Tx, notice: Notice, found: Iterable[Recipient], now: datetime) -> None:
    """The copies of these people, each with the own fields; on the day card for whoever has had enough today."""
    ids = await ledger.ids_of(tx, notice.id)
    by_class: dict[int, list[Recipient]] = {}
    for one in found:
        by_class.setdefault(one.cohort.id, []).append(one)
    for mine in by_class.values():
        cohort = mine[0].cohort
        goes = begins(now, notice.level, cohort.rules, cohort.timezone)
        fields = await fields_of(tx, cohort, goes)
        silent = is_silent(notice.level, goes, cohort.rules, cohort.timezone, await in_class(tx, cohort, goes))
        parcels: list[Parcel] = []
        for one in mine:
            if one.left_out == ON_CARD:
                await put_on_card(tx, notice, one.person, cohort, now)
            elif not one.left_out:
                parcels += copy_parcels(notice, one, ids[one.person.member_id], fields, silent, now)
        await outbox.add(tx, parcels)
        if any(one.left_out == ON_CARD for one in mine):
            await daycards.show_cards(tx, cohort.id, now, only_shown=True)


def copy_parcels(
    notice: Notice, one: Recipient, ledger_id: int, fields: Fields, silent: bool, now: datetime
) -> list[Parcel]:  # fmt: skip
    """One person's copy, as it lies in the outbox, in the night until the morning (BC-06); the first message counts as
    a push."""
    person, rules, zone = one.person, one.cohort.rules, one.cohort.timezone
    made: list[Piece] = copies_of(notice, person.reader.voice, fields.of(person), silent=silent)
    goes = begins(now, notice.level, rules, zone)
    day = push_day(goes, rules, zone) if notice.level != URGENT else None
    return [
        Parcel(
            chat_id=person.account_id or 0, kind=copy.kind, body=json.encode(copy.words).decode(),
            priority=outbox.URGENT if notice.level == URGENT else NOTICE,
            once=f"notice:{notice.id}:{notice.version}:{person.member_id}:{number}", hold=True,
            not_before=goes if goes > now else None, not_after=notice.life_until, push_day=None if number else day,
            ledger_id=ledger_id,
            version=notice.version, part="copy", made_at=now,
        )
        for number, copy in enumerate(made)
    ]  # fmt: skip


async def put_on_card(tx: Tx, notice: Notice, person: Addressee, cohort: Cohort, now: datetime) -> None:
    """The words stand on the day card instead of making the phone ring (BC-13)."""
    rules, zone = cohort.rules, cohort.timezone
    day = push_day(begins(now, notice.level, rules, zone), rules, zone)
    once = f"{line_key(notice)}{notice.version}:{person.member_id}"
    await card_lines.add(tx, person.member_id, day, once, line_of(notice), notice.life_until, now)


def line_key(notice: Notice) -> str:
    """How the keys of a notice's lines on day cards begin."""
    return f"notice:{notice.id}:"


def line_of(notice: Notice) -> Say:
    """What stands on the day card."""
    return say("notices-card-line", words=first_words(notice.html, 60), name=notice.sender_name)


async def in_class(tx: Tx, cohort: Cohort, now: datetime) -> bool:
    """Whether people sit in class at this moment."""
    table = await sessions.of_cohort(tx, cohort.id)
    return any(s.starts_at <= now < s.ends_at and s.mode in COUNTED for s in table if not s.cancelled)


async def plan(tx: Tx, notice: Notice, now: datetime) -> None:
    """What the clock has to do after it has gone: ask again, hand out the list, end it (SCH-01)."""
    cohort = await cohorts.get(tx, notice.cohort_id)
    life = notice.life_until or now + timedelta(hours=cohort.rules.notice.life_hours)
    rules, zone = cohort.rules, cohort.timezone
    planned = [(CHASE, f"{notice.id}:{notice.version}:{n}", at, _chase_ends(notice, n, now, cohort, life))
               for n, at in enumerate(chases(notice.level, now, rules, zone))]  # fmt: skip
    listed = call_list_at(notice.level, now, rules, zone)
    if listed is not None:
        planned.append((LIST, f"{notice.id}:{notice.version}:list", listed, listed + timedelta(hours=12)))
    planned.append((END, f"{notice.id}:{notice.version}:end", life, life + timedelta(days=30)))
    await dues.put(
        tx,
        [Due(cohort_id=notice.cohort_id, kind=kind, what=what, at=at, until=until)
         for kind, what, at, until in planned if at < life or kind != CHASE],
    )  # fmt: skip


def _chase_ends(notice: Notice, n: int, now: datetime, cohort: Cohort, life: datetime) -> datetime:
    """A chase has sense until the next one, or the end of the notice: two never come at once (SCH-04, SCH-05)."""
    times = chases(notice.level, now, cohort.rules, cohort.timezone)
    return min(life, times[n + 1] - timedelta(seconds=1)) if n + 1 < len(times) else life


async def drop_plans(tx: Tx, notice: Notice) -> None:
    """Nothing more is asked or handed out for a notice."""
    await dues.drop_like(tx, notice.cohort_id, f"{notice.id}:")


async def tell_sender(tx: Tx, notice: Notice, what: Say, now: datetime) -> None:
    """Tell whoever wrote it, with the way to it."""
    reader = await accounts.reader(tx, notice.sender)
    if reader is not None:
        row = (button("notices-open", "notice", notice.id),)
        await post(tx, reader, Message(lines(what, excerpt(notice)), (row,)), now)


def excerpt(notice: Notice, values: Mapping[str, str] | None = None) -> Lines:
    """What a notice is called in a line; to somebody who has it with the own fields."""
    words = first_words(fill(notice.html, values or {}))
    return lines(say("notices-called", words=words) if words else say("notices-files"))
