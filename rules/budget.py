"""How many messages a person gets on a day, which are cut first, and what a day asks of people (section 22, XC-09)."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from rules.plans import (
    BUS_CALL,
    CALL,
    DAY_CARD,
    EVE,
    JOINT,
    LEG_CALL,
    LOG_REMINDER_1,
    LOG_REMINDER_2,
    REMINDER,
    SELF_MODES,
    TOMORROW,
    Slot,
    has_list,
)
from rules.roles import LEADER, TRAINEE
from rules.settings import Settings

RETURNED = "log-returned"
LAST_CUT = 7
"""The rank of what the table of section 22 does not name: it is cut after everything that may be cut."""


class Kind(Struct, frozen=True):
    """One line of the table: `cut` is its rank (1 goes first, None is never cut), `sound` whether a phone rings."""

    cut: int | None = None
    sound: bool = False


KINDS: dict[str, Kind] = {
    EVE: Kind(None, True),
    DAY_CARD: Kind(None),
    BUS_CALL: Kind(None, True),
    LEG_CALL: Kind(None, True),
    LOG_REMINDER_1: Kind(1),
    TOMORROW: Kind(2),
    JOINT: Kind(3),
    REMINDER: Kind(4),
    LOG_REMINDER_2: Kind(5, True),
    RETURNED: Kind(6),
    CALL: Kind(LAST_CUT, True),
}
"""Section 22, the automatic messages to trainees; a human sender of a notice is asked instead (BC-13)."""

OPTIONAL = frozenset({REMINDER, TOMORROW, LOG_REMINDER_1, LOG_REMINDER_2})
"""What a person may mute (SCH-11)."""

FOR_LEADERS = frozenset({LEG_CALL, CALL})


def rank_of(kind: str) -> int | None:
    """The rank of a kind of message; None: it is never cut."""
    return KINDS[kind].cut if kind in KINDS else LAST_CUT


def is_silent(kind: str) -> bool:
    """Whether a kind of message makes no sound."""
    return kind in KINDS and not KINDS[kind].sound


def meant_for(kind: str, roles: frozenset[str], muted: bool) -> bool:
    """Whether a planned kind may still come to a person. A joint post comes only to whoever has something waiting,
    a call only when there is a list, so no place is kept for these."""
    if TRAINEE not in roles or kind not in KINDS or kind in (JOINT, CALL, EVE):
        return False
    return not (muted and kind in OPTIONAL) and not (kind in FOR_LEADERS and LEADER not in roles)


def fits(kind: str, used: int, ahead: Iterable[str], rules: Settings) -> bool:
    """Whether a message may go: with all that comes later today and is cut after it, the day stays within the maximum.

    `used` are the pushes of the day so far, `ahead` the kinds still planned for this person today.
    """
    rank = rank_of(kind)
    if rank is None:
        return True
    later = [rank_of(other) for other in ahead]
    kept = sum(other is None or other > rank for other in later)
    return used + 1 + kept <= rules.messages.max_push_per_trainee_per_day


# ---- what a day asks of people (XC-09) ---------------------------------------------------------------------

CHECK_IN_MIN, LOG_MIN, READ_MIN = 0.5, 5.0, 0.2
"""Minutes that a check-in by oneself, a log and an [已读] take."""
READS_KEPT = 1
"""One notice to acknowledge is planned for each day; on day 1 it is the rules card."""


class Burden(Struct, frozen=True):
    """The compulsory acts of a trainee on one day."""

    check_ins: int = 0
    logs: int = 0
    reads: int = 0

    @property
    def acts(self) -> int:
        return self.check_ins + self.logs + self.reads

    @property
    def minutes(self) -> float:
        return round(self.check_ins * CHECK_IN_MIN + self.logs * LOG_MIN + self.reads * READ_MIN, 1)


def burden(day: Iterable[Slot], reads: int = 0) -> Burden:
    """What a day of class asks: each check-in by oneself, the log, and the notices to acknowledge (at least one is
    reckoned with). Being called by a leader is no act of one's own; a day without sessions asks nothing."""
    slots = [slot for slot in day if not slot.cancelled]
    if not slots:
        return Burden(reads=reads)
    check_ins = sum(has_list(slot) and slot.mode in SELF_MODES for slot in slots)
    return Burden(check_ins, 1, max(reads, READS_KEPT))


def is_too_much(found: Burden, rules: Settings) -> bool:
    """Whether a day asks more than a class allows."""
    return found.acts > rules.burden.max_acts or found.minutes > rules.burden.max_minutes
