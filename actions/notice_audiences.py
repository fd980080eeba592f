"""Whom a notice can be addressed to in this class: what there is to choose from, names that are typed (BC-11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from actions import log_days, notice_drafts
from actions.access import need
from actions.notice_people import ROLES, floor_of
from chat.messages import Refusal, Say, say
from rules.notice_fields import personal
from rules.notices import ASKED, Audience
from rules.roles import ADMIN, CLASS_TEACHER, SCHOOL_LEADER, TEACHERS, TRAINEE
from storage import cohorts, members, notices, places, rolls
from storage import saved_lists as kept
from storage.accounts import Me
from storage.members import Addressee
from storage.notices import Notice
from storage.rolls import Roll
from storage.tx import Tx

TICKS = ("groups", "bus", "floor", "site", "roles")
"""Ways with things to tick."""
KNOWN_TO = {"unmarked": frozenset({CLASS_TEACHER, ADMIN}), "nolog": TEACHERS}
"""Ways that name people by what they have not done, and who may know that (DASH-05)."""
GAPS = str.maketrans("，、,；;", "     ")


def is_free(me: Me) -> bool:
    """Whether somebody may choose whom; a lecturer writes to the own sessions only (BC-14)."""
    return bool(me.roles & {CLASS_TEACHER, ADMIN, SCHOOL_LEADER})


def is_office(me: Me) -> bool:
    """Whether somebody writes for the school and may address several classes."""
    return bool(frozenset(me.school_roles.split()) & {ADMIN, SCHOOL_LEADER})


async def seated(tx: Tx, notice: Notice, now: datetime) -> list[Addressee]:
    return [p for p in await members.addressees(tx, notice.cohort_id, now) if TRAINEE in p.role_set]


async def ways(tx: Tx, me: Me, notice: Notice, now: datetime) -> list[str]:
    """Only the ways that this class has something for, and that name nobody whom the writer may not know of."""
    people = await seated(tx, notice, now)
    found = ["class", "groups"]
    if any(p.bus for p in people):
        found.append("bus")
    if any(floor_of(p.dorm_room) for p in people):
        found.append("floor")
    found += ["site", "roles", "unmarked", "unread", "nolog", "picked"]
    found = [way for way in found if me.roles & KNOWN_TO.get(way, me.roles)]
    return [*found, "lists"] if await kept.of_cohort(tx, notice.cohort_id) else found


async def choices(tx: Tx, me: Me, notice: Notice, kind: str, now: datetime) -> list[tuple[str, Say]]:
    """What can be ticked of one way: a value and its words."""
    match kind:
        case "groups":
            groups = await places.groups(tx, notice.cohort_id)
            return [(str(g.group_no), say("rolls-group", group=g.group_no)) for g in groups]
        case "bus":
            buses = sorted({p.bus for p in await seated(tx, notice, now) if p.bus})
            return [(bus, say("notices-bus", bus=bus)) for bus in buses]
        case "floor":
            floors = sorted({floor_of(p.dorm_room) for p in await seated(tx, notice, now)} - {""})
            return [(floor, say("notices-floor", floor=floor)) for floor in floors]
        case "site":
            english = me.lang == "en"
            sites = await places.sites(tx, notice.cohort_id)
            return [(p.ref, say("notices-site", name=(p.name_en if english else "") or p.name)) for p in sites]
        case "roles":
            return [(role, say(f"notices-role-{role}")) for role in ROLES]
    return []


def chosen(audience: Audience) -> set[str]:
    """What is ticked."""
    return {*map(str, audience.numbers), *audience.words}


def ticked(kind: str, values: Iterable[str]) -> Audience:
    """The audience of these ticks."""
    if kind == "groups":
        return Audience(kind, numbers=tuple(sorted(map(int, values))))
    return Audience(kind, words=tuple(sorted(values)))


async def open_lists(tx: Tx, notice: Notice, now: datetime) -> list[Roll]:
    """The lists that have opened, the newest first: some are not marked in them yet."""
    found = [r for r in await rolls.of_cohort(tx, notice.cohort_id) if r.opens_at <= now][-6:]
    return found[::-1]


async def earlier(tx: Tx, notice: Notice) -> list[Notice]:
    """Notices that some may not have read."""
    return [n for n in await notices.of_cohort(tx, notice.cohort_id, 12) if n.level in ASKED or n.choices][:6]


async def without_log(tx: Tx, me: Me, notice: Notice, now: datetime) -> Audience:
    """Those who have not handed in the log of the day whose window opened last."""
    need(me, *KNOWN_TO["nolog"])
    window = await log_days.today(tx, await cohorts.get(tx, notice.cohort_id), now)
    if window is None:
        raise Refusal("notices-no-log-yet")
    return Audience("nolog", (window.day,))


def named(people: Sequence[Addressee], typed: str) -> set[int]:
    """「3 7 12」 or names; what is not found, or could be two, is said."""
    found: set[int] = set()
    for word in typed.translate(GAPS).split():
        seat = int(word) if word.isdecimal() and len(word) < 5 else 0
        fits = [p for p in people if p.name == word or (seat and p.seat_no == seat)]
        if len(fits) > 1:
            raise Refusal("notices-two-of-name", word=word[:20])
        if not fits:
            raise Refusal("notices-nobody-called", word=word[:20])
        found.add(fits[0].member_id)
    return found


async def set_group(tx: Tx, me: Me, notice: Notice, on: bool, now: datetime) -> Notice:
    """[群里也放一条]: numbers only, and no more than the group's posts of a day (BC-05, BC-15)."""
    if on and not notice.to_group:
        cohort = await cohorts.get(tx, notice.cohort_id)
        here = now.astimezone(ZoneInfo(cohort.timezone)).replace(hour=0, minute=0, second=0, microsecond=0)
        if await notices.group_posts(tx, cohort.id, here) >= cohort.rules.messages.group_posts_per_day:
            raise Refusal("notices-group-full", limit=cohort.rules.messages.group_posts_per_day)
        if personal(notice.html):
            raise Refusal("notices-group-names")
    return await notice_drafts.put(tx, me, notice, to_group=on)
