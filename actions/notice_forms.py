"""A whole draft as one form, for those who write at the desk: read from a draft, written into it by the same deeds."""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from actions import notice_audiences as to_whom
from actions import notice_drafts as drafts
from actions import notice_templates as templates
from actions.access import access_notice_by_id, access_roll_by_id
from chat.messages import Refusal
from rules.notice_fields import bare
from rules.notice_marks import html_of, marks_of
from rules.notices import BODY_LIMIT, DRAFT, ORDINARY, Audience
from rules.when_words import read_when
from storage import cohorts, members, notices
from storage import saved_lists as kept
from storage.accounts import Me
from storage.notices import Notice
from storage.tx import Tx
from texts.render import MONTHS

KEEP = "keep"
"""The audience as it stands, which the form has no words for."""
WITH_NUMBER = ("session", "unread", "unmarked")


class Form(Struct, frozen=True, kw_only=True):
    """What stands in the form. `kind` is the way to say whom, `ticks` what is ticked of it, `of` the list, notice,
    session or kept list, `who` members, `names` typed seats; `fills` what was typed into blanks."""

    text: str = ""
    english: str = ""
    level: str = ORDINARY
    kind: str = "class"
    ticks: tuple[str, ...] = ()
    of: int = 0
    who: tuple[int, ...] = ()
    names: str = ""
    scope: tuple[int, ...] = ()
    when: str = ""
    choices: str = ""
    until: str = ""
    to_group: bool = False
    fills: tuple[tuple[str, str], ...] = ()


def form_of(notice: Notice, me: Me) -> Form:
    """A draft as a form."""
    audience = notice.audience
    return Form(
        text=marks_of(notice.html), english=marks_of(notice.html_en), level=notice.level, kind=audience.kind,
        ticks=tuple(sorted(to_whom.chosen(audience))) if audience.kind in to_whom.TICKS else (),
        of=audience.numbers[0] if audience.kind in WITH_NUMBER and audience.numbers else 0,
        who=audience.numbers if audience.kind == "picked" else (), scope=notice.cohorts,
        when=typed_at(notice.go_at, me), choices="\n".join(notice.choices),
        until=typed_at(notice.choices_until, me), to_group=notice.to_group,
    )  # fmt: skip


def typed_at(at: datetime | None, me: Me) -> str:
    """A moment as one would type it."""
    if at is None:
        return ""
    here = at.astimezone(ZoneInfo(me.zone))
    day = f"{here.day} {MONTHS[here.month - 1]}" if me.lang == "en" else f"{here.month}月{here.day}日"
    return f"{day} {here:%H:%M}"


async def write(tx: Tx, me: Me, notice: Notice, form: Form, now: datetime) -> Notice:
    """Put a form into a draft; the first thing that cannot be is said, and nothing is changed."""
    notice = await _words(tx, me, notice, form)
    if form.level and form.level != notice.level:
        notice = await drafts.set_level(tx, me, notice, form.level)
    audience = await _audience(tx, me, notice, form, now)
    if audience != notice.audience:
        notice = await drafts.set_audience(tx, me, notice, audience)
    if to_whom.is_office(me) and form.scope and set(form.scope) != set(notice.cohorts):
        notice = await _scope(tx, me, notice, form)
    notice = await _choices(tx, me, notice, form, now)
    if form.when != typed_at(notice.go_at, me):
        notice = await drafts.set_when(tx, me, notice, _moment(form.when, me, now), now)
    if form.to_group != notice.to_group:
        notice = await to_whom.set_group(tx, me, notice, form.to_group and audience.kind == "class", now)
    return notice


async def tried(tx: Tx, me: Me, notice: Notice, form: Form, now: datetime) -> Notice:
    """The same on a copy without a number: what it would be, and nothing is kept."""
    return await write(tx, me, structs.replace(notice, id=0, state=DRAFT), form, now)


async def find_same(tx: Tx, made: Notice) -> Notice | None:
    """A draft that somebody has begun this minute with the same words: a form that was sent twice."""
    mine = await notices.of_sender(tx, made.sender, (DRAFT,), 2)
    same = [n for n in mine if n.cohort_id == made.cohort_id and (n.html, n.audience) == (made.html, made.audience)]
    return next((n for n in same if (made.made_at - n.made_at).total_seconds() < 60), None)


async def _words(tx: Tx, me: Me, notice: Notice, form: Form) -> Notice:
    """The words of both languages; what was not touched stays as it came from the chat."""
    fills = {blank: typed for blank, typed in form.fills if typed}
    whole, english = (
        templates.filled(_markup(typed, before), fills)
        for typed, before in ((form.text, notice.html), (form.english, notice.html_en))
    )
    if (whole, english) == (notice.html, notice.html_en):
        return notice
    return await drafts.put(tx, me, notice, html=whole, html_en=english)


def _markup(typed: str, before: str) -> str:
    if typed == marks_of(before):
        return before
    if len(typed) > 2 * BODY_LIMIT:  # marks and all
        raise Refusal("notices-too-long", length=str(len(typed)), limit=str(BODY_LIMIT),
                      over=str(len(typed) - BODY_LIMIT))  # fmt: skip
    whole = html_of(typed).strip()
    drafts.need_short(whole)
    return whole if bare(whole).strip() else ""


async def _audience(tx: Tx, me: Me, notice: Notice, form: Form, now: datetime) -> Audience:
    """Whom the form says; what is not this class's is not there."""
    kind = form.kind
    if kind in to_whom.TICKS:
        known = {value for value, _ in await to_whom.choices(tx, me, notice, kind, now)}
        return to_whom.ticked(kind, known & set(form.ticks))
    if kind == "picked":
        return await _picked(tx, notice, form, now)
    if kind == "lists":
        one = next((k for k in await kept.of_cohort(tx, notice.cohort_id) if k.id == form.of), None)
        if one is None:
            raise Refusal("desk-notices-which-list")
        return Audience("picked", one.members)
    if kind == "unmarked" and me.roles & to_whom.KNOWN_TO[kind]:
        return Audience(kind, ((await access_roll_by_id(tx, me, form.of)).id,)) if form.of else _missing()
    if kind == "unread":
        return Audience(kind, ((await access_notice_by_id(tx, me, form.of)).id,)) if form.of else _missing()
    if kind == "nolog":
        same = notice.audience.kind == kind
        return notice.audience if same else await to_whom.without_log(tx, me, notice, now)
    if kind == "session" and form.of:
        return Audience(kind, (form.of,))
    return Audience() if kind == "class" else notice.audience


def _missing() -> NoReturn:
    raise Refusal("desk-notices-which-list")


async def _picked(tx: Tx, notice: Notice, form: Form, now: datetime) -> Audience:
    """Names that are ticked, and those that are typed."""
    people = await members.addressees(tx, notice.cohort_id, now)
    here = {p.member_id for p in people}
    before = set(notice.audience.numbers) if notice.audience.kind == "picked" else set[int]()
    chosen = set(form.who) & (here | before)
    return Audience("picked", tuple(sorted(chosen | to_whom.named(people, form.names))))


async def _scope(tx: Tx, me: Me, notice: Notice, form: Form) -> Notice:
    known = {c.id for c in await cohorts.all(tx) if c.state not in drafts.OVER}
    wanted = [notice.cohort_id, *(id for id in form.scope if id != notice.cohort_id)]
    if not set(wanted[1:]) <= known:
        raise Refusal("refusals-not-here")
    return await drafts.set_scope(tx, me, notice, tuple(wanted))


async def _choices(tx: Tx, me: Me, notice: Notice, form: Form, now: datetime) -> Notice:
    """The options and until when one may choose (BC-09)."""
    if form.choices != "\n".join(notice.choices):
        limit = (await cohorts.get(tx, notice.cohort_id)).rules.notice.choices_max
        notice = await drafts.set_choices(tx, me, notice, form.choices, limit)
    until = form.until if notice.choices else ""
    if until != typed_at(notice.choices_until, me):
        notice = await drafts.put(tx, me, notice, choices_until=_moment(until, me, now))
    return notice


def _moment(typed: str, me: Me, now: datetime) -> datetime | None:
    """「明早7点半」; nothing, and what is now, is at once."""
    if not typed:
        return None
    found = read_when(typed, now, me.zone)
    if found.at is None:
        raise Refusal(f"notices-time-{found.problem}")
    return found.at if found.at > now else None
