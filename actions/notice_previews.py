"""A draft before it is sent: the very copies, whom they reach, who is left out, when, how loud (BC-01)."""

from __future__ import annotations

import zlib
from datetime import datetime, timedelta

from msgspec import json

from actions.notice_drafts import Check
from actions.notice_people import Recipient
from actions.notice_words import copies_of, fields_of
from actions.notices import in_class
from actions.people import who_where
from chat.messages import Say, When, say
from rules.notices import URGENT, is_silent, seconds_to_send
from rules.roles import STAFF
from storage import cohorts, notice_copies
from storage.accounts import Me
from storage.notices import Notice
from storage.tx import Tx
from texts.press import Piece
from texts.render import voice

NAMES = 6
LONG = 10
HOURS = 90 * 60
"""From so many seconds on, the time is said in hours."""


def stamp(notice: Notice) -> int:
    """A number that changes with the draft, so that [发送] sends what was seen."""
    parts = (notice.html, notice.html_en, notice.media, notice.choices, notice.audience, notice.level, notice.scope,
             notice.over, notice.to_group, notice.go_at, notice.choices_until)  # fmt: skip
    return zlib.crc32(json.encode(parts))


def first_of_each_language(seen: Check) -> list[Recipient]:
    """Whose copies are shown: the first reader of each language."""
    found: dict[str, Recipient] = {}
    everybody = seen.goes or [one for ones in seen.left.values() for one in ones]
    for one in sorted(everybody, key=lambda r: r.person.lang != "zh"):
        found.setdefault(one.person.lang, one)
    return list(found.values())


async def copies(tx: Tx, seen: Check) -> list[tuple[Recipient, list[Piece]]]:
    """The very messages of the first reader of each language; their buttons do nothing."""
    found: list[tuple[Recipient, list[Piece]]] = []
    for one in first_of_each_language(seen):
        fields = await fields_of(tx, one.cohort, seen.begins_at)
        speak = voice(one.person.lang, one.person.zone)
        found.append((one, copies_of(seen.notice, speak, fields.of(one.person), silent=True, preview=True)))
    return found


async def told(tx: Tx, me: Me, seen: Check) -> list[Say | None]:
    """Whom it reaches, who is left out and why, whose day is full; when it goes, how loud."""
    notice = seen.notice
    silent = is_silent(notice.level, seen.begins_at, seen.cohort.rules, seen.cohort.timezone,
                       await in_class(tx, seen.cohort, seen.begins_at))  # fmt: skip
    return [
        *(_by_name(seen) if me.roles & STAFF else _in_numbers(seen)),
        *_how(seen, me, silent, await notice_copies.ahead_at(tx, seen.begins_at)),
        say("notices-confirm-again", at=seen.same_at) if seen.same_at else None,
        say("notices-confirm-english", count=seen.english) if seen.english else None,
        *await _group_line(tx, seen),
        say("notices-confirm-classes", count=len(notice.cohorts)) if seen.asks_second else None,
    ]


def _by_name(seen: Check) -> list[Say]:
    """Whom it reaches, who is left out and why, whose day is full."""
    found = [_named("notices-confirm-to", seen.goes)]
    found += [_named(f"notices-confirm-{why}", ones) for why, ones in seen.left.items()]
    return [*found, _named("notices-confirm-over", seen.over)] if asks_over(seen) else found


def _named(key: str, ones: list[Recipient]) -> Say:
    names = [who_where(one.person) for one in ones[:NAMES]]
    return say(key, count=len(ones), names=names, more=max(0, len(ones) - NAMES))


def _in_numbers(seen: Check) -> list[Say]:
    """The same for lecturers, who see numbers and no names (section 3)."""
    left = [say(f"notices-count-{why}", count=len(ones)) for why, ones in seen.left.items()]
    found = [say("notices-confirm-count", count=len(seen.goes))]
    found += [say("notices-left", parts=left)] if left else []
    return [*found, say("notices-confirm-full", count=len(seen.over))] if asks_over(seen) else found


def asks_over(seen: Check) -> bool:
    """Whether the writer chooses what happens to those whose day is full."""
    return bool(seen.over) and seen.notice.level != URGENT


def _how(seen: Check, me: Me, silent: bool, ahead: int) -> list[Say | None]:
    """When it goes, with or without sound, and until when it has sense (BC-06, BC-07); `ahead` wait before it."""
    zone = me.voice.zone
    day = seen.begins_at.astimezone(zone).date()
    later = seen.waits or seen.notice.go_at is not None
    per_second = seen.cohort.rules.messages.telegram.overall_per_s
    seconds = round(seconds_to_send(len(seen.goes) + ahead, per_second))
    key = "notices-confirm-night" if seen.waits else "notices-confirm-at" if later else "notices-confirm-now"
    return [
        say(key, day=day, at=seen.begins_at),
        _long(seconds, seen.begins_at) if seconds >= LONG else None,
        say("notices-confirm-silent") if silent else None,
        say("notices-confirm-life", day=seen.life_until.astimezone(zone).date(), at=seen.life_until),
    ]


def _long(seconds: int, begins_at: datetime) -> Say:
    """How long it takes at Telegram's pace; what takes hours also says when the last has it."""
    if seconds < HOURS:
        return say("notices-confirm-seconds", minutes=seconds // 60, seconds=seconds)
    ends = begins_at + timedelta(seconds=seconds)
    return say("notices-confirm-hours", hours=round(seconds / 3600, 1), at=When(ends))


async def _group_line(tx: Tx, seen: Check) -> list[Say]:
    if not seen.notice.to_group:
        return []
    group = await cohorts.group_of(tx, seen.cohort.id)
    return [say("notices-confirm-group", title=group.group_title)] if group.group_chat_id else []
