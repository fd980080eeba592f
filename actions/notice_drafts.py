"""Writing a notice: what it says, to whom, how loud, when; checked as often as it changes (BC-01, BC-12)."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct, structs

from actions import notice_people
from actions.access import need_writer
from actions.notice_people import Recipient
from actions.notice_words import body_of, fields_of
from chat.messages import Refusal, Say, When, say
from chat.words import Item
from rules import notices as judge
from rules.notice_fields import bare, blanks, open_blanks, personal
from rules.notices import (
    ACK,
    BODY_LIMIT,
    CHOICE_CHARS,
    MEDIA_LIMIT,
    ORDINARY,
    QUEUED,
    URGENT,
    Audience,
    begins,
)
from rules.roles import ADMIN, CLASS_TEACHER, SCHOOL_LEADER
from storage import cohorts, dues, notices, sessions
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.notices import Notice
from storage.tx import Tx
from texts.press import units

SENDABLE = frozenset({"photo", "video", "document", "voice", "audio", "animation"})
OVER = ("closed", "erased")
FAR = timedelta(days=60)


def may_send(me: Me) -> tuple[str, ...]:
    """The levels at which somebody may speak to a class (matrix of section 3)."""
    whole = me.roles & {CLASS_TEACHER, ADMIN, SCHOOL_LEADER}
    return (ORDINARY, ACK, URGENT) if whole else (ORDINARY, ACK)


async def begin(tx: Tx, me: Me, now: datetime) -> Notice:
    """A new draft."""
    return await notices.add(tx, await fresh(tx, me, now))


async def fresh(tx: Tx, me: Me, now: datetime) -> Notice:
    """What nothing is kept of yet: to the whole class, for a lecturer to the class of the own next session."""
    cohort = await cohorts.get(tx, need_writer(me))
    if cohort.state in OVER:
        raise Refusal("notices-class-over", title=cohort.title_in(me.lang))
    audience = Audience()
    if not me.roles & {CLASS_TEACHER, ADMIN, SCHOOL_LEADER}:
        own = await own_sessions(tx, me, cohort.id)
        coming = next((s for s in own if s.ends_at > now), own[-1] if own else None)
        if coming is None:
            raise Refusal("notices-no-session")
        audience = Audience("session", (coming.id,))
    return _new(me, cohort, audience, now)


def _new(me: Me, cohort: Cohort, audience: Audience, now: datetime, **more: Any) -> Notice:
    return Notice(
        cohort_id=cohort.id, sender=me.account_id, sender_member=me.member_id or None,
        sender_name=me.name or me.first_name, audience=audience, made_at=now, **more,
    )  # fmt: skip


async def own_sessions(tx: Tx, me: Me, cohort_id: int) -> list[sessions.Session]:
    """The sessions that somebody teaches."""
    return [s for s in await sessions.of_cohort(tx, cohort_id) if me.ref and s.lead_ref == me.ref and not s.cancelled]


async def propose(
    tx: Tx, me: Me, cohort: Cohort, *, what: str, html: str, html_en: str, level: str, members: tuple[int, ...],
    life_until: datetime, facts: dict[str, Any], now: datetime,
) -> Notice:  # fmt: skip
    """The draft of a change notice: one for each session; one that nobody has sent yet is written anew (BC-16)."""
    found = await notices.change_draft(tx, cohort.id, what)
    audience = Audience("picked", members)
    if found is None:
        return await notices.add(
            tx, _new(me, cohort, audience, now, kind="change", what=what, html=html, html_en=html_en, level=level,
                     life_until=life_until, facts=facts),
        )  # fmt: skip
    changed = structs.replace(found, html=html, html_en=html_en, level=level, audience=audience, facts=facts,
                              life_until=life_until)  # fmt: skip
    await notices.set_draft(tx, changed)
    return changed


async def drop_change(tx: Tx, cohort_id: int, what: str) -> None:
    """A change that was taken back needs no notice."""
    found = await notices.change_draft(tx, cohort_id, what)
    if found is not None:
        await notices.remove(tx, found.id)


# ---- what it says ------------------------------------------------------------------


async def put(tx: Tx, me: Me, notice: Notice, **changes: Any) -> Notice:
    """Change a draft. One that waits for its time goes back to the desk first: nothing changes under way."""
    if notice.state == QUEUED:
        notice = await take_back(tx, notice)
    if notice.state not in ("draft", "asked"):
        raise Refusal("notices-not-draft")
    if notice.state == "asked":
        await notices.set_state(tx, notice.id, "asked", "draft")
    made = structs.replace(notice, state="draft", **changes)
    await notices.set_draft(tx, made)
    return made


async def take_back(tx: Tx, notice: Notice) -> Notice:
    """A notice that waits for its time becomes a draft again, if it has not just begun."""
    if not await notices.set_state(tx, notice.id, QUEUED, "draft"):
        raise Refusal("notices-begun")
    await dues.drop_like(tx, notice.cohort_id, f"{notice.id}:")
    return structs.replace(notice, state="draft")


async def add_text(tx: Tx, me: Me, notice: Notice, text: str, markup: str) -> Notice:
    """Words are added below those that stand there already."""
    more = (markup or html.escape(text, quote=False)).strip()
    if not bare(more).strip():
        raise Refusal("notices-empty-text")
    whole = f"{notice.html}\n{more}" if notice.html else more
    need_short(whole)
    return await put(tx, me, notice, html=whole)


async def set_text(tx: Tx, me: Me, notice: Notice, text: str, markup: str, *, english: bool = False) -> Notice:
    """The words anew, or their English."""
    whole = (markup or html.escape(text, quote=False)).strip()
    if not bare(whole).strip():
        raise Refusal("notices-empty-text")
    need_short(whole)
    return await put(tx, me, notice, **{"html_en" if english else "html": whole})


def need_short(markup: str) -> None:
    """No longer than a message takes, with head and foot and people's own fields."""
    length = units(bare(markup))
    if length > BODY_LIMIT:
        raise Refusal("notices-too-long", length=str(length), limit=str(BODY_LIMIT), over=str(length - BODY_LIMIT))


async def add_media(tx: Tx, me: Me, notice: Notice, item: Item, caption: str, markup: str) -> Notice:
    """A photo, film, document or voice note; its caption becomes the text."""
    if item.kind not in SENDABLE:
        raise Refusal("notices-not-sendable")
    if item in notice.media:
        return notice
    if len(notice.media) >= MEDIA_LIMIT:
        raise Refusal("notices-too-many-files", limit=MEDIA_LIMIT)
    notice = await put(tx, me, notice, media=(*notice.media, item))
    return await add_text(tx, me, notice, caption, markup) if caption.strip() else notice


async def clear(tx: Tx, me: Me, notice: Notice) -> Notice:
    """[重写]: words and files away, everything else stays."""
    return await put(tx, me, notice, html="", html_en="", media=())


async def set_choices(tx: Tx, me: Me, notice: Notice, typed: str, limit: int) -> Notice:
    """The options of a notice, one a line or with 「/」 between (BC-09); none takes them away."""
    parts = [part.strip() for line in typed.splitlines() for part in line.replace("／", "/").split("/")]
    found = tuple(dict.fromkeys(part for part in parts if part))
    if len(found) == 1 or len(found) > limit:
        raise Refusal("notices-choices-count", limit=limit)
    long = next((part for part in found if len(part) > CHOICE_CHARS), None)
    if long is not None:
        raise Refusal("notices-choice-long", label=long[:CHOICE_CHARS], limit=CHOICE_CHARS)
    return await put(tx, me, notice, choices=found)


async def set_when(tx: Tx, me: Me, notice: Notice, at: datetime | None, now: datetime) -> Notice:
    """When it goes; None: at once."""
    if at is not None and at < now - timedelta(minutes=1):
        raise Refusal("notices-past", at=When(at))
    if at is not None and at > now + FAR:
        raise Refusal("notices-far")
    return await put(tx, me, notice, go_at=at, life_until=notice.life_until if notice.what else None)


async def set_level(tx: Tx, me: Me, notice: Notice, level: str) -> Notice:
    """How loud it is; who may not speak so loud is told who can."""
    if level not in may_send(me):
        raise Refusal("notices-not-urgent")
    return await put(tx, me, notice, level=level)


async def set_audience(tx: Tx, me: Me, notice: Notice, audience: Audience) -> Notice:
    """To whom; a lecturer writes to the classes of the own sessions only (BC-14)."""
    if not me.roles & {CLASS_TEACHER, ADMIN, SCHOOL_LEADER}:
        own = {s.id for s in await own_sessions(tx, me, notice.cohort_id)}
        if audience.kind != "session" or not set(audience.numbers) <= own:
            raise Refusal("notices-own-sessions")
    to_group = notice.to_group and audience.kind == "class"
    return await put(tx, me, notice, audience=audience, to_group=to_group)


async def set_scope(tx: Tx, me: Me, notice: Notice, scope: tuple[int, ...]) -> Notice:
    """The classes of a notice of the office; in several it goes to everybody of each, or to roles."""
    if not frozenset(me.school_roles.split()) & {ADMIN, SCHOOL_LEADER}:
        raise Refusal("refusals-no-right")
    audience = notice.audience if notice.audience.kind in ("class", "roles") else Audience()
    one = () if len(scope) <= 1 else scope
    return await put(tx, me, notice, scope=one, audience=audience, to_group=False)


# ---- what would happen ------------------------------------------------------------------


class Check(Struct, frozen=True, kw_only=True):
    """Everything that the sender is told before sending (BC-01, BC-06, BC-07, BC-13)."""

    notice: Notice
    cohort: Cohort
    goes: list[Recipient]
    left: dict[str, list[Recipient]]
    over: list[Recipient]
    begins_at: datetime
    life_until: datetime
    waits: bool
    """Whether the quiet hours hold it back."""
    problem: Say | None
    asks_second: bool
    english: int
    """How many read English and would get Chinese."""
    same_at: datetime | None
    """When the very same went to this class within a day."""


async def check(tx: Tx, notice: Notice, now: datetime) -> Check:
    """Look at a draft as it stands: whom it would reach, when, and what keeps it from being sent."""
    cohort = await cohorts.get(tx, notice.cohort_id)
    wanted = max(now, notice.go_at) if notice.go_at else now
    begins_at = begins(wanted, notice.level, cohort.rules, cohort.timezone)
    found = await notice_people.recipients(tx, notice, begins_at, now)
    left: dict[str, list[Recipient]] = {}
    for one in found:
        if one.left_out:
            left.setdefault(one.left_out, []).append(one)
    goes = [one for one in found if not one.left_out]
    life = notice.life_until or judge.life_ends(begins_at, cohort.rules)
    return Check(
        notice=notice, cohort=cohort, goes=goes, left=left, over=[one for one in found if one.over],
        begins_at=begins_at, life_until=life, waits=begins_at > wanted,
        problem=await _problem(tx, notice, cohort, found, begins_at, now), asks_second=len(notice.cohorts) > 1,
        english=0 if notice.html_en or not notice.html else sum(one.person.lang == "en" for one in goes),
        same_at=await notices.same_words(tx, notice, now - timedelta(days=1)),
    )  # fmt: skip


async def _problem(
    tx: Tx, notice: Notice, cohort: Cohort, found: list[Recipient], begins_at: datetime, now: datetime
) -> Say | None:
    """The first thing that keeps a notice from being sent."""
    if cohort.state in OVER:
        return say("notices-class-over", title=cohort.title)
    if not notice.html and not notice.media:
        return say("notices-nothing-yet")
    unfilled = open_blanks(notice.html) + open_blanks(notice.html_en)
    if unfilled:
        return say("notices-blank", names=[f"{{{name}}}" for name in dict.fromkeys(unfilled)])
    if not found:
        return say("notices-nobody")
    if notice.life_until and notice.life_until <= begins_at:
        return say("notices-too-late", at=When(notice.life_until))
    if notice.choices_until and notice.choices_until <= begins_at:
        return say("notices-choices-over", at=When(notice.choices_until))
    return await _unresolved(tx, notice, found, begins_at)


async def _unresolved(tx: Tx, notice: Notice, found: list[Recipient], at: datetime) -> Say | None:
    """Personal fields that somebody has no value for."""
    if not personal(notice.html) and not personal(notice.html_en):
        return None
    for cohort_id in notice.cohorts:
        fields = await fields_of(tx, await cohorts.get(tx, cohort_id), at)
        for one in (r for r in found if r.cohort.id == cohort_id and r.left_out in ("", "on_card")):
            missing = missing_of(notice, one.person.lang, fields.of(one.person))
            if missing:
                return say("notices-no-value", name=one.person.name, field=f"{{{missing[0]}}}")
    return None


def missing_of(notice: Notice, lang: str, values: Mapping[str, str]) -> list[str]:
    """The blanks that stay in one person's copy."""
    return blanks(body_of(notice, lang, values))
