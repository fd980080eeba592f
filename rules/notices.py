"""What holds for a notice: levels, states, when it may go and sound, when it is asked again, when it dies (BC-*)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from rules.days import class_date, is_quiet, moment, quiet_ends
from rules.settings import Settings

ORDINARY, ACK, URGENT = "ordinary", "ack", "urgent"
LEVELS = (ORDINARY, ACK, URGENT)
ASKED = (ACK, URGENT)
"""The levels at which people tap [已读]."""

DRAFT, TO_CONFIRM, QUEUED, SENDING, PAUSED = "draft", "asked", "queued", "sending", "paused"
SENT, EXPIRED, RECALLED = "sent", "expired", "recalled"
ON_ITS_WAY = (SENDING, PAUSED, SENT)
"""States in which people may have a copy."""

MOVES: dict[tuple[str, str], str] = {
    (DRAFT, "confirm"): QUEUED,
    (DRAFT, "ask"): TO_CONFIRM,
    (TO_CONFIRM, "confirm"): QUEUED,
    (TO_CONFIRM, "change"): DRAFT,
    (QUEUED, "begin"): SENDING,
    (QUEUED, "change"): DRAFT,
    (QUEUED, "expire"): EXPIRED,
    (SENDING, "pause"): PAUSED,
    (PAUSED, "resume"): SENDING,
    (SENDING, "finish"): SENT,
    (SENT, "resume"): SENDING,
    (SENT, "expire"): EXPIRED,
    (SENDING, "expire"): EXPIRED,
    (PAUSED, "expire"): EXPIRED,
    (SENDING, "recall"): RECALLED,
    (PAUSED, "recall"): RECALLED,
    (SENT, "recall"): RECALLED,
    (EXPIRED, "recall"): RECALLED,
}
"""Section 21: from a state, by an event, to a state; whatever is not here is refused with the present state.
`sent` goes back to `sending` when failed copies are sent again, or a correction goes out anew."""

BODY_LIMIT = 3500
"""The longest body in Telegram's units: the head, the foot and people's own fields must still fit beside it."""
MEDIA_LIMIT, CHOICE_CHARS = 10, 30
TROUBLES_IN_A_ROW = 10
"""So many copies that failed one after another stop a notice (BC-03)."""
RECALL_WITHIN = timedelta(hours=48)
"""Telegram deletes a message for the person no later than this."""
MIXED = frozenset({"photo", "video"})
"""Kinds that may stand in one album; documents, and audio, only among themselves."""


class Audience(Struct, frozen=True):
    """Whom a notice is meant for (BC-11).

    `kind`: class, groups, bus, floor, site, session, roles, picked, unread (of a notice), unmarked (in a list),
    nolog (of a day).
    `numbers` are groups, members, a session, a notice or a list; `words` buses, floors, sites or roles.
    """

    kind: str = "class"
    numbers: tuple[int, ...] = ()
    words: tuple[str, ...] = ()


def move(state: str, event: str) -> str | None:
    """The state that follows, or None when the event is refused."""
    return MOVES.get((state, event))


def begins(at: datetime, level: str, rules: Settings, zone: str) -> datetime:
    """When a notice goes that is to go `at`: urgent ones at once, others not in the quiet hours but with the morning
    card (BC-06)."""
    said = rules.messages
    if level == URGENT or not is_quiet(at, zone, said.quiet_from, said.quiet_to):
        return at
    end = quiet_ends(at, zone, said.quiet_to)
    card = moment(end.astimezone(ZoneInfo(zone)).date(), said.day_card_at, zone)
    return (end if is_quiet(card, zone, said.quiet_from, said.quiet_to) else max(end, card)).astimezone(UTC)


def is_silent(level: str, at: datetime, rules: Settings, zone: str, in_class: bool) -> bool:
    """Whether a copy makes no sound: never an urgent one; an ordinary one in class and in the evening, one to
    acknowledge in class (BC-04)."""
    if level == URGENT:
        return False
    here = at.astimezone(ZoneInfo(zone)).time()
    evening = here >= rules.notice.silent_after or here < rules.messages.quiet_to
    return (in_class and rules.messages.class_quiet) or (level == ORDINARY and evening)


def chases(level: str, begun_at: datetime, rules: Settings, zone: str) -> list[datetime]:
    """When those who have not read it are asked again, privately. A time in the quiet hours waits for the morning, and
    two that would wait for the same moment are one."""
    if level == ACK:
        after = [timedelta(minutes=m) for m in rules.notice.ack_remind_min]
    elif level == URGENT:
        after = [timedelta(minutes=rules.notice.urgent_every_min * n) for n in range(1, rules.notice.urgent_times + 1)]
    else:
        after = []
    return sorted({begins(begun_at + wait, level, rules, zone) for wait in after})


def call_list_at(level: str, begun_at: datetime, rules: Settings, zone: str) -> datetime | None:
    """When the names with telephone numbers are handed out: one interval after the last chase (BC-04)."""
    asked = chases(level, begun_at, rules, zone)
    if level == ORDINARY:
        return None
    first = min(rules.notice.ack_remind_min, default=30) if level == ACK else rules.notice.urgent_every_min
    return begins((asked[-1] if asked else begun_at) + timedelta(minutes=first), level, rules, zone)


def life_ends(go_at: datetime, rules: Settings) -> datetime:
    """When a notice without an event of its own is let go (BC-07)."""
    return go_at + timedelta(hours=rules.notice.life_hours)


def change_level(now: datetime, touched: Sequence[datetime], rules: Settings) -> str:
    """How loud a change of the timetable is told, by the nearest of the times that it touches (BC-16)."""
    ahead = min((at - now for at in touched), default=timedelta.max)
    if ahead <= timedelta(hours=rules.notice.change_urgent_within_h):
        return URGENT
    return ACK if ahead <= timedelta(hours=rules.notice.change_ack_within_h) else ORDINARY


def may_recall(sent_at: datetime, now: datetime) -> bool:
    """Whether Telegram still deletes a copy."""
    return now - sent_at < RECALL_WITHIN


def push_day(at: datetime, rules: Settings, zone: str) -> str:
    """The day to whose budget a copy counts (BC-13)."""
    return class_date(at, zone, rules.messages.day_turns_at).isoformat()


def seconds_to_send(copies: int, per_second: float) -> float:
    """How long so many copies take at Telegram's pace."""
    return copies / per_second if per_second else 0.0


def bar(done: int, of: int, width: int = 10) -> str:
    """A bar of progress in letters."""
    full = width if of <= 0 else min(width, done * width // of)
    return "▓" * full + "░" * (width - full)
