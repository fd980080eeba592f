"""The projector page: who gets its secret link, and what stands on it at a moment (ATT-19)."""

from __future__ import annotations

import secrets
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from actions.access import need, need_class
from actions.checkins import CODE, TAP, link_payload, screen_code
from actions.question_live import Waiting, queue_of
from actions.question_topics import session_now
from actions.rolls import tally
from chat.messages import Refusal
from rules.roles import ADMIN, CLASS_TEACHER
from storage import accounts, audits, cohorts, members, rolls, screens, sessions
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.rolls import Roll
from storage.screens import ScreenLink
from storage.sessions import Session
from storage.tx import Tx

OPENERS = (CLASS_TEACHER, ADMIN)
EVENING = timedelta(hours=4)
"""Who asks so late in the evening prepares the next day, and gets a link for it."""
OVER = ("closed", "erased")
WAYS = {TAP: "tap", "leader": "leader", "bus": "leader"}
"""Modes in which one gets into a list without digits (ATT-02); in all others staff call it."""

_address = ""


def serve_at(url: str) -> None:
    """Say at start where browsers find our pages (from the configuration, the same in every replica); "" is nowhere."""
    global _address
    _address = url.rstrip("/")


class Now(Struct, frozen=True, kw_only=True):
    """The list that is on. `way` is how one gets into it: `code`, `tap`, `leader`, `staff`; `shut`: not any more."""

    roll: Roll
    way: str
    here: int
    expected: int
    code: str = ""
    payload: str = ""
    left: float = 0
    """Seconds until the next digits."""
    step: int = 0
    """Seconds that digits stand."""


class Screen(Struct, frozen=True, kw_only=True):
    """What the page shows: numbers, never a name. Without a list that is on, what comes next."""

    cohort: Cohort
    at: datetime
    now: Now | None = None
    next: Session | None = None


async def link_for(tx: Tx, me: Me, now: datetime, anew: bool = False) -> ScreenLink:
    """The link to the page of the speaker's class, the same all day; `anew` takes all older ones back."""
    need(me, *OPENERS)
    cohort_id = need_class(me)
    if me.cohort_state in OVER:
        raise Refusal("refusals-class-over", title=me.cohort_title)
    if not _address:
        raise Refusal("screens-no-address")
    until = _midnight(now, me.voice.zone)
    if anew:
        await screens.revoke_of(tx, cohort_id, now)
    else:
        found = await screens.live_of(tx, cohort_id, me.account_id, until)
        if found is not None:
            return found
    link = ScreenLink(secrets.token_urlsafe(18), cohort_id, me.account_id, until)
    await screens.add(tx, link, now)
    await audits.add(tx, now, "screen-link", f"class:{cohort_id}", who=me.account_id, cohort_id=cohort_id)
    return link


def address_of(link: ScreenLink) -> str:
    """What is typed into a browser."""
    return f"{_address}/screen/{link.token}"


def wall_of(link: ScreenLink) -> str:
    """Where the wall of questions is."""
    return f"{address_of(link)}/questions"


def _midnight(now: datetime, zone: ZoneInfo) -> datetime:
    """The end of the day of class."""
    day = (now + EVENING).astimezone(zone).date()
    return datetime.combine(day + timedelta(days=1), time(), zone)


async def look(tx: Tx, token: str, now: datetime) -> Screen | None:
    """What the page behind a token shows now. None: no such link, or it does not hold any more."""
    cohort = await _behind(tx, token, now)
    if cohort is None:
        return None
    roll = await rolls.around(tx, cohort.id, now)
    if roll is not None and await _is_on(tx, roll, now):
        return Screen(cohort=cohort, at=now, now=await _now(tx, cohort, roll, now))
    coming = [s for s in await sessions.of_cohort(tx, cohort.id) if not s.cancelled and s.starts_at > now]
    return Screen(cohort=cohort, at=now, next=coming[0] if coming else None)


class Wall(Struct, frozen=True, kw_only=True):
    """The questions of the session that is on, or has just ended, for everybody to read; never a name (QA-12)."""

    cohort: Cohort
    at: datetime
    session: Session | None = None
    waiting: tuple[Waiting, ...] = ()


async def wall(tx: Tx, token: str, now: datetime) -> Wall | None:
    """What the wall of questions behind a token shows now; None as with `look`."""
    cohort = await _behind(tx, token, now)
    if cohort is None:
        return None
    session = await session_now(tx, cohort.id, now)
    waiting = tuple(await queue_of(tx, session)) if session is not None else ()
    return Wall(cohort=cohort, at=now, session=session, waiting=waiting)


async def _behind(tx: Tx, token: str, now: datetime) -> Cohort | None:
    """The class behind a token, as long as the link holds."""
    link = await screens.get(tx, token, now)
    if link is None or not await _may_still(tx, link, now):
        return None
    cohort = await cohorts.get(tx, link.cohort_id)
    return None if cohort.state in OVER else cohort


async def _may_still(tx: Tx, link: ScreenLink, now: datetime) -> bool:
    """Whether who asked for the link still leads the class: with the seat goes the page."""
    me = await accounts.who(tx, link.account_id, now)
    if me is not None and ADMIN in me.school_roles.split():
        return True
    own = [seat for seat in await members.of_account(tx, link.account_id) if seat.cohort_id == link.cohort_id]
    return any(seat.role_set & set(OPENERS) and (seat.left_at is None or seat.left_at > now) for seat in own)


async def _is_on(tx: Tx, roll: Roll, now: datetime) -> bool:
    """From the opening of the list to the end of its session."""
    if now < roll.opens_at:
        return False
    return now <= roll.shuts_at or now < (await sessions.get(tx, roll.session_id)).ends_at


async def _now(tx: Tx, cohort: Cohort, roll: Roll, now: datetime) -> Now:
    count = await tally(tx, roll)
    rules = cohort.rules
    if now > roll.shuts_at or roll.closed_at is not None:
        return Now(roll=roll, way="shut", here=count.here, expected=count.expected)
    if roll.mode != CODE:
        return Now(roll=roll, way=WAYS.get(roll.mode, "staff"), here=count.here, expected=count.expected)
    step = rules.attendance.code_seconds
    return Now(
        roll=roll, way="code", here=count.here, expected=count.expected, code=screen_code(roll, rules, now),
        payload=link_payload(roll, rules, now), left=step - now.timestamp() % step, step=step,
    )  # fmt: skip
