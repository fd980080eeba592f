"""What the writer of a notice looks at: the draft's panel, the copies as people see them, and what will happen."""

from __future__ import annotations

import zlib
from datetime import datetime, timedelta

from msgspec import json

from actions import notice_cards
from actions.notice_drafts import Check
from actions.notice_people import Recipient
from actions.notice_words import copies_of, fields_of
from actions.notices import in_class
from actions.people import who_where
from actions.post import show
from chat.messages import Button, Lines, Message, Reply, Rows, Say, When, button, lines, say
from handlers.turns import Turn
from rules.notice_fields import first_words
from rules.notices import URGENT, is_silent, seconds_to_send
from rules.roles import ADMIN, SCHOOL_LEADER, STAFF
from storage import cards, cohorts, notice_copies, outbox
from storage.accounts import Me
from storage.notices import Notice
from storage.outbox import ANSWER, Parcel
from storage.tx import Tx
from texts.render import voice

WRITE = "notices-write"
PANEL = "draft:{id}"
NAMES = 6
LONG = 10
HOURS = 90 * 60
"""From so many seconds on, the time is said in hours."""


def stamp(notice: Notice) -> int:
    """A number that changes with the draft, so that [发送] sends what was seen."""
    parts = (notice.html, notice.html_en, notice.media, notice.choices, notice.audience, notice.level, notice.scope,
             notice.over, notice.to_group, notice.go_at, notice.choices_until)  # fmt: skip
    return zlib.crc32(json.encode(parts))


async def put(tx: Tx, me: Me, notice_id: int, message: Message, now: datetime, *, anew: bool = False) -> None:
    """Show something in the panel: in place, or `anew` at the foot of the chat."""
    key = PANEL.format(id=notice_id)
    if anew:
        await cards.lift(tx, key)
    await show(tx, key, me.reader, message, now)


async def show_choice(
    turn: Turn, notice: Notice, head: Say | Lines, rows: Rows, step: str = "", **memo: object
) -> Reply:  # fmt: skip
    """A choice in place of the panel, with the way back; `step` says what the next free text means."""
    back = (button("notices-back", "npanel", notice.id),)
    await put(turn.tx, turn.me, notice.id, Message(head, (*rows, back)), turn.now)
    return Reply(then=step or WRITE, memo={"id": notice.id, **memo})


async def draft(tx: Tx, me: Me, seen: Check, now: datetime) -> Message:
    """The draft in five lines, and the ways to change it."""
    notice = seen.notice
    files = len(notice.media)
    text = lines(
        say("notices-panel"),
        say("notices-panel-words", words=first_words(notice.html, 60)) if notice.html else None,
        say("notices-panel-files", count=files) if files else None,
        say("notices-panel-english") if notice.html_en else None,
        say("notices-panel-choices", choices=list(notice.choices)) if notice.choices else None,
        say("notices-panel-to", audience=await notice_cards.audience_words(tx, notice, me.lang), count=len(seen.goes)),
        say(f"notices-panel-{notice.level}"),
        _when(seen, me),
        say("notices-panel-group") if notice.to_group else None,
        seen.problem if seen.problem is not None and (notice.html or files) else None,
        say("notices-panel-more"),
    )
    return Message(text, _panel_rows(seen))


def _when(seen: Check, me: Me) -> Say:
    if seen.notice.go_at is None and not seen.waits:
        return say("notices-panel-now")
    day = seen.begins_at.astimezone(me.voice.zone).date()
    return say("notices-panel-night" if seen.waits else "notices-panel-at", day=day, at=seen.begins_at)


def _panel_rows(seen: Check) -> Rows:
    id = seen.notice.id
    first = () if seen.problem is not None else ((button("notices-preview", "npre", id),),)
    return (
        *first,
        (button("notices-set-audience", "nto", id), button("notices-set-level", "nlevel", id)),
        (button("notices-set-when", "nwhen", id), button("notices-set-more", "nmore", id)),
    )


async def show_copies(tx: Tx, me: Me, seen: Check, now: datetime) -> None:
    """Post the copy of the first reader of each language to the writer; its buttons do nothing."""
    parcels: list[Parcel] = []
    for one in _first_of_each_language(seen):
        fields = await fields_of(tx, one.cohort, seen.begins_at)
        speak = voice(one.person.lang, one.person.zone)
        for copy in copies_of(seen.notice, speak, fields.of(one.person), silent=True, preview=True):
            body = json.encode(copy.words).decode()
            parcels.append(Parcel(chat_id=me.account_id, kind=copy.kind, body=body, priority=ANSWER, made_at=now))
    await outbox.add(tx, parcels)


def _first_of_each_language(seen: Check) -> list[Recipient]:
    found: dict[str, Recipient] = {}
    everybody = seen.goes or [one for ones in seen.left.values() for one in ones]
    for one in sorted(everybody, key=lambda r: r.person.lang != "zh"):
        found.setdefault(one.person.lang, one)
    return list(found.values())


async def confirm(tx: Tx, me: Me, seen: Check, now: datetime) -> Message:
    """Under the copies: whom it reaches, who is left out and why, whose day is full; when, how loud."""
    notice = seen.notice
    silent = is_silent(notice.level, seen.begins_at, seen.cohort.rules, seen.cohort.timezone,
                       await in_class(tx, seen.cohort, seen.begins_at))  # fmt: skip
    shown = len({one.person.lang for one in seen.goes})
    text = lines(
        say("notices-confirm", copies=max(1, shown)),
        *(_by_name(seen) if me.roles & STAFF else _in_numbers(seen)),
        *_how(seen, me, silent, await notice_copies.ahead_at(tx, seen.begins_at)),
        say("notices-confirm-again", at=seen.same_at) if seen.same_at else None,
        say("notices-confirm-english", count=seen.english) if seen.english else None,
        *await _group_line(tx, seen),
        say("notices-confirm-classes", count=len(notice.cohorts)) if seen.asks_second else None,
    )  # fmt: skip
    return Message(text, _confirm_rows(seen, by_name=bool(me.roles & STAFF)))


def _by_name(seen: Check) -> list[Say]:
    """Whom it reaches, who is left out and why, whose day is full."""
    found = [_named("notices-confirm-to", seen.goes)]
    found += [_named(f"notices-confirm-{why}", ones) for why, ones in seen.left.items()]
    return [*found, _named("notices-confirm-over", seen.over)] if _asks_over(seen) else found


def _named(key: str, ones: list[Recipient]) -> Say:
    names = [who_where(one.person) for one in ones[:NAMES]]
    return say(key, count=len(ones), names=names, more=max(0, len(ones) - NAMES))


def _in_numbers(seen: Check) -> list[Say]:
    """The same for lecturers, who see numbers and no names (section 3)."""
    left = [say(f"notices-count-{why}", count=len(ones)) for why, ones in seen.left.items()]
    found = [say("notices-confirm-count", count=len(seen.goes))]
    found += [say("notices-left", parts=left)] if left else []
    return [*found, say("notices-confirm-full", count=len(seen.over))] if _asks_over(seen) else found


def _asks_over(seen: Check) -> bool:
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


def _confirm_rows(seen: Check, *, by_name: bool) -> Rows:
    notice = seen.notice
    later = seen.waits or notice.go_at is not None
    key = "notices-send-second" if seen.asks_second and notice.second_by is None else \
        "notices-send-later" if later else "notices-send"  # fmt: skip
    rows: list[tuple[Button, ...]] = [
        (button(say(key, count=len(seen.goes), at=When(seen.begins_at)), "nsend", notice.id, stamp(notice)),)
    ]
    if _asks_over(seen):
        other = "send" if notice.over == "card" else "card"
        rows.append((button(say(f"notices-over-{other}", count=len(seen.over)), "nover", notice.id, other),))
    who = (button("notices-who", "nwho", notice.id, 0),) if by_name else ()
    rows.append((*who, button("notices-change", "npanel", notice.id)))
    return tuple(rows)


def is_office(me: Me) -> bool:
    """Whether somebody writes for the school and may address several classes."""
    return bool(frozenset(me.school_roles.split()) & {ADMIN, SCHOOL_LEADER})
