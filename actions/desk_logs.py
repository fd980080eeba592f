"""Logs as the desk shows them: a whole day in one scroll, one log with all its versions, its files (LOG-06, LOG-20)."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from msgspec import Struct

from actions import log_advice, log_cards, log_days
from actions.access import access_cohort_of, need
from actions.log_days import Standing
from actions.log_reviews import access_log_by_id, is_taken, note_denied, reader_name, stands
from actions.log_screens import parts_of_version
from actions.watch import MEDIA
from chat.messages import Lines, Refusal, Say
from rules.log_texts import Change, changes
from rules.logs import WAITING, Window
from rules.roles import CLASS_TEACHER
from storage import log_reviews, logs, media, members, outages
from storage.accounts import Me
from storage.log_reviews import Review
from storage.logs import Log, Part, Version
from storage.media import Media
from storage.members import Member
from storage.tx import Tx

PAGE = 20
WAIT, ALL, STARS = "waiting", "all", "stars"
WHICH = (WAIT, ALL, STARS)


class Shown(Struct, frozen=True, kw_only=True):
    """One log ready to be read, with what may be done about it."""

    log: Log
    author: Member
    words: Lines | None
    files: list[Part]
    flags: Say | None
    stands: Say | None
    """How it stands when nothing waits to be done."""
    taken: str
    """Who has it open in the chat just now."""

    @property
    def waits(self) -> bool:
        return self.log.state in WAITING and not self.taken

    @property
    def may_answer(self) -> bool:
        return not self.taken and self.log.answered_at is None and self.log.state != "returned"

    @property
    def may_star(self) -> bool:
        return not self.taken and (self.log.state in WAITING or self.log.state == "accepted")


class Day(Struct, frozen=True, kw_only=True):
    """A page of a day's logs, the waiting ones first in order of handing in."""

    windows: list[Window]
    window: Window | None
    standing: Standing | None
    which: str
    shown: list[Shown]
    page: int
    pages: int
    count: int


async def day(tx: Tx, me: Me, number: int, which: str, page: int, now: datetime) -> Day:
    """The logs of a day (0: the last whose window has opened), for class teachers only."""
    need(me, CLASS_TEACHER)
    cohort = await access_cohort_of(tx, me)
    opened = [w for w in await log_days.windows_of(tx, cohort) if w.opens_at <= now]
    window = next((w for w in opened if w.day == number), opened[-1] if opened else None)
    if window is None:
        return Day(windows=[], window=None, standing=None, which=WAIT, shown=[], page=0, pages=1, count=0)
    standing = await log_days.standing(tx, cohort, window, now)
    every = sorted((g for g in standing.logs.values() if g.version), key=lambda g: (g.handed_at or g.made_at, g.id))
    waiting = [g for g in every if g.state in WAITING]
    chosen = which if which in WHICH else WAIT if waiting else ALL
    found = {WAIT: waiting, ALL: every, STARS: [g for g in every if g.starred_at]}[chosen]
    pages = max(1, -(-len(found) // PAGE))
    at = min(max(0, page), pages - 1)
    shown = [await look(tx, me, log, now) for log in found[at * PAGE : (at + 1) * PAGE]]
    return Day(windows=opened, window=window, standing=standing, which=chosen, shown=shown, page=at, pages=pages,
               count=len(found))  # fmt: skip


async def look(tx: Tx, me: Me, log: Log, now: datetime) -> Shown:
    """One log."""
    author = await members.get(tx, log.member_id)
    if author is None:
        raise LookupError(f"log {log.id} has no author")
    parts = await parts_of_version(tx, log)
    return Shown(
        log=log, author=author, words=log_cards.body(parts, 100_000), files=[p for p in parts if p.file_id],
        flags=log_advice.flag_line(log.flags), stands=None if log.state in WAITING else await stands(tx, log),
        taken=await reader_name(tx, log) if is_taken(log, me, now) else "",
    )  # fmt: skip


class Whole(Struct, frozen=True, kw_only=True):
    """One log with its versions and reviews."""

    shown: Shown
    versions: list[tuple[Version, list[Change]]]
    """Each version after the first, with what changed against the one before."""
    reviews: list[tuple[Review, str]]


async def whole(tx: Tx, me: Me, id: int, now: datetime) -> Whole:
    """One log in full; whoever may not read it is refused (AT-29)."""
    log = await teachers_log(tx, me, id)
    found = await logs.versions_of(tx, log.id)
    reviews = [(r, await _name(tx, r.member_id)) for r in await log_reviews.of_log(tx, log.id) if r.undone_at is None]
    return Whole(
        shown=await look(tx, me, log, now), reviews=reviews,
        versions=[(new, changes(old.body, new.body)) for old, new in pairwise(found)][::-1],
    )  # fmt: skip


async def teachers_log(tx: Tx, me: Me, id: int) -> Log:
    """A log for a class teacher of its class: nobody else, however he came by its number."""
    log = await access_log_by_id(tx, me, id)
    if CLASS_TEACHER not in me.class_roles.split():
        raise Refusal("refusals-not-here")
    return log


async def denied(tx: Tx, me: Me, id: int, now: datetime) -> None:
    """It is written down that somebody tried."""
    await note_denied(tx, me, id, now)


async def _name(tx: Tx, member_id: int) -> str:
    member = await members.get(tx, member_id)
    return member.name if member else ""


async def file(tx: Tx, me: Me, log_id: int, part_id: int) -> tuple[Part, Media]:
    """A file of a log; its content may stand elsewhere."""
    log = await teachers_log(tx, me, log_id)
    part = next((p for p in await parts_of_version(tx, log) if p.id == part_id), None)
    found = await media.get(tx, part.media_id) if part is not None and part.media_id else None
    if part is None or found is None:
        raise Refusal("refusals-not-here")
    return part, found


async def files_away(tx: Tx) -> bool:
    """Whether the place outside of the database where files stand cannot be reached."""
    return await outages.has_trouble(tx, MEDIA)
