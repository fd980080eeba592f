"""Notices as the desk shows them: the list with its numbers, one as it stands, what the form offers (BC-02, BC-11)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from actions import leaves, notice_cards
from actions import notice_audiences as to_whom
from actions import notice_clock as clock
from actions import notice_drafts as drafts
from actions.access import access_notice_by_id, access_second, need_writer
from actions.notices import CHASE
from chat.messages import Lines, Refusal, Say, say
from rules.notice_fields import first_words
from rules.notices import ASKED, DRAFT, QUEUED, TO_CONFIRM, begins
from rules.roles import ADMIN, CLASS_TEACHER
from storage import cohorts, members, notices
from storage import notice_people as ledger
from storage import notice_templates as kept_templates
from storage import saved_lists as kept
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.dues import Due
from storage.members import Addressee
from storage.notice_people import Counts, Row
from storage.notice_templates import Template
from storage.notices import Notice
from storage.rolls import Roll
from storage.saved_lists import SavedList
from storage.sessions import Session
from storage.tx import Tx

BY_NAME = frozenset({CLASS_TEACHER, ADMIN})
"""Who sees the ledger by name; others see numbers (section 3)."""
MINE = (DRAFT, TO_CONFIRM, QUEUED)
GONE = ("sending", "paused", "sent", "expired", "recalled")
STATES = ("queued", *GONE)
PAGE, MANY = 12, 400
BY_HAND = "ask-again"
HAVE = frozenset({*clock.WAITS} - {"waiting"})
REST = timedelta(minutes=10)
"""So long nobody is asked by hand once more."""


class Item(Struct, frozen=True):
    """A notice on the list."""

    notice: Notice
    called: str
    to: Lines | Say
    counts: Counts


class Listed(Struct, frozen=True):
    """The list: one's own drafts, what waits for one's yes, what has gone."""

    mine: list[Item]
    second: list[Item]
    items: list[Item]
    pages: int


async def listed(tx: Tx, me: Me, state: str, words: str, page: int) -> Listed:
    """For class staff and the office those of the class, for a lecturer the own ones, as in the chat."""
    cohort_id = need_writer(me)
    own = await notices.of_sender(tx, me.account_id, MINE, 20)
    mine = [n for n in own if n.cohort_id == cohort_id]
    waiting = [n for n in await notices.to_confirm(tx) if n.sender != me.account_id] if to_whom.is_office(me) else []
    if me.roles & BY_NAME or not me.member_id:
        own_ids = {n.id for n in mine}
        found = [n for n in await notices.of_cohort(tx, cohort_id, MANY) if n.id not in own_ids]
    else:
        found = [n for n in await notices.of_sender(tx, me.account_id, GONE, MANY) if cohort_id in n.cohorts]
    found = [n for n in found if (state not in STATES or n.state == state) and words.lower() in _all_words(n)]
    page = min(page, max(0, (len(found) - 1) // PAGE))
    here = found[page * PAGE : (page + 1) * PAGE]
    first, second, items = [[await _item(tx, n, me.lang) for n in some] for some in (mine, waiting, here)]
    return Listed(first, second, items, (len(found) + PAGE - 1) // PAGE)


def _all_words(notice: Notice) -> str:
    return f"{notice.html} {notice.sender_name}".lower()


async def _item(tx: Tx, notice: Notice, lang: str) -> Item:
    counts = await ledger.counts(tx, notice.id) if notice.begun_at else Counts()
    called = first_words(notice.html, 40)
    return Item(notice, called, await notice_cards.audience_words(tx, notice, lang), counts)


async def find(tx: Tx, me: Me, id: int) -> Notice:
    """A notice that somebody may look at: of the class, one's own draft, or one that waits for one's yes."""
    found = await notices.get(tx, id)
    if found is not None and found.state == TO_CONFIRM and found.sender != me.account_id and to_whom.is_office(me):
        return await access_second(tx, me, id)
    notice = await access_notice_by_id(tx, me, id)
    if notice.state in (DRAFT, TO_CONFIRM) and notice.cohort_id != me.cohort_id:
        raise Refusal("refusals-not-here")
    return notice


class Offers(Struct, frozen=True, kw_only=True):
    """What the form has to choose from, in this class and for this person."""

    ways: list[str]
    ticks: dict[str, list[tuple[str, Say]]]
    people: list[Addressee]
    lists: list[Roll]
    earlier: list[tuple[Notice, str]]
    sessions: list[Session]
    saved: list[SavedList]
    classes: list[Cohort]
    group: str
    levels: tuple[str, ...]
    templates: list[Template]
    most: int


async def offers(tx: Tx, me: Me, notice: Notice, now: datetime, unread: int = 0) -> Offers:
    """The same ways as in the chat; a lecturer has the own sessions only. `unread`: a notice that is chosen already."""
    free = to_whom.is_free(me)
    ways = await to_whom.ways(tx, me, notice, now) if free else ["session"]
    lists = await to_whom.open_lists(tx, notice, now) if free and me.roles & BY_NAME else []
    earlier = await to_whom.earlier(tx, notice) if free else []
    if free and unread and unread not in {n.id for n in earlier}:
        earlier.append(await access_notice_by_id(tx, me, unread))
    empty = {"unmarked": not lists, "unread": not earlier}
    office = to_whom.is_office(me)
    group = await cohorts.group_of(tx, notice.cohort_id)
    cohort = await cohorts.get(tx, notice.cohort_id)
    return Offers(
        ways=[way for way in ways if not empty.get(way)],
        ticks={kind: await to_whom.choices(tx, me, notice, kind, now) for kind in to_whom.TICKS if kind in ways},
        people=await members.addressees(tx, notice.cohort_id, now) if free else [], lists=lists,
        earlier=[(n, first_words(n.html)) for n in earlier],
        sessions=[] if free else await drafts.own_sessions(tx, me, notice.cohort_id),
        saved=await kept.of_cohort(tx, notice.cohort_id) if free else [],
        classes=[c for c in await cohorts.all(tx) if c.state not in drafts.OVER] if office else [],
        group=group.group_title if group.group_chat_id is not None else "", levels=drafts.may_send(me),
        templates=await kept_templates.all(tx), most=cohort.rules.notice.choices_max,
    )  # fmt: skip


async def askable(tx: Tx, notice: Notice, now: datetime) -> list[Row]:
    """Who has it, has not read it, and is not on leave: whom the clock would ask again."""
    if notice.level not in ASKED or notice.state not in clock.ASKING:
        return []
    away = {id for cohort_id in notice.cohorts for id in await leaves.on_leave_at(tx, cohort_id, now)}
    rows = await ledger.of_notice(tx, notice.id)
    return [r for r in rows if r.read_at is None and r.state in HAVE and r.member_id not in away]


async def ask_again(tx: Tx, me: Me, notice: Notice, now: datetime) -> int:
    """[催一下]: who has it and has not read it is asked once more, as by the clock; not in the night, not at every
    tap. How many."""
    if notice.level not in ASKED or notice.state not in clock.ASKING:
        raise Refusal("notices-not-now", state=say(f"notices-is-{notice.state}"))
    cohort = await cohorts.get(tx, notice.cohort_id)
    if begins(now, notice.level, cohort.rules, cohort.timezone) > now:
        raise Refusal("desk-notices-night")
    asked = [e.at for e in await notices.events_of(tx, notice.id) if e.act == BY_HAND]
    if asked and now - asked[-1] < REST:
        raise Refusal("desk-notices-asked-just", at=asked[-1])
    count = len(await askable(tx, notice, now))
    if not count:
        raise Refusal("desk-notices-nobody-to-ask")
    until = min(notice.life_until or now + REST, now + timedelta(hours=1))
    what = f"{notice.id}:{notice.version}:hand{now:%d%H%M}"
    await notices.add_event(tx, notice.id, BY_HAND, now, who=me.account_id)
    await clock.chase(tx, Due(cohort_id=cohort.id, kind=CHASE, what=what, at=now, until=until), cohort, now)
    return count
