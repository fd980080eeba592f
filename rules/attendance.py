"""Lists and marks: what may follow what, the head-count, and lists that people type (ATT-02, ATT-03, ATT-06)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from msgspec import Struct

from rules.roles import ADMIN, CALLERS, CLASS_TEACHER, DEPUTY, LEADER, MONITOR, TRAINEE
from rules.settings import Settings

SYSTEM, UNMARKED = "system", "unmarked"
LEAVES = frozenset({"leave_personal", "leave_sick", "leave_official"})
STATUSES = frozenset({UNMARKED, "present", "late", "early_leave", "class_duty", "absent", *LEAVES})
HERE = frozenset({"present", "late"})
"""Those whom one sees in the room; who left or is on duty elsewhere is not counted there (ATT-03)."""

TEACHER, CLOCK, SELF = frozenset({CLASS_TEACHER}), frozenset({SYSTEM}), frozenset({TRAINEE})
OFFICE = frozenset({CLASS_TEACHER, ADMIN})
RUNNING = frozenset({"open", "staff_only"})

LISTS: dict[tuple[str, str], tuple[frozenset[str], str]] = {
    ("planned", "open"): (frozenset({SYSTEM, CLASS_TEACHER, LEADER, DEPUTY, MONITOR}), "open"),
    ("planned", "move"): (OFFICE, "planned"),
    ("planned", "cancel"): (OFFICE, "cancelled"),
    ("open", "cancel"): (OFFICE, "cancelled"),
    ("open", "shut"): (CLOCK, "staff_only"),
    ("open", "reconcile"): (TEACHER, "open"),
    ("staff_only", "reconcile"): (TEACHER, "staff_only"),
    ("open", "close"): (TEACHER, "closed"),
    ("staff_only", "close"): (TEACHER, "closed"),
    ("closed", "reopen"): (TEACHER, "staff_only"),
}
"""State of a list and event, who may, and the state after it (section 21); no clock closes a list (RULE-2)."""


class Move(Struct, frozen=True):
    """One way in which marks change: who, from which status to which, while the list is in which state."""

    who: frozenset[str]
    old: frozenset[str]
    new: frozenset[str]
    lists: frozenset[str]


MARKS: dict[str, tuple[Move, ...]] = {
    "check_in": (Move(SELF, LEAVES | {UNMARKED}, HERE, frozenset({"open"})),),
    "arrive_late": (Move(SELF, frozenset({UNMARKED}), frozenset({UNMARKED}), frozenset({"open"})),),
    "roll_call": (Move(CALLERS, frozenset({UNMARKED}), HERE, RUNNING),),
    "leave": (Move(CLOCK, frozenset({UNMARKED}), LEAVES, RUNNING | {"planned", "closed"}),),
    "close": (Move(TEACHER, frozenset({UNMARKED}), HERE | {"class_duty", "absent"}, RUNNING),),
    "decide": (Move(TEACHER, STATUSES, STATUSES, RUNNING | {"closed"}),),
    "objection": (Move(OFFICE, STATUSES - {UNMARKED}, STATUSES, frozenset({"staff_only", "closed"})),),
}
"""The ways in which a mark changes (section 21). `close` is what the class teacher chooses at 收口; whoever is left
with a pending leave stays 未点到 (ATT-06)."""


def state_at(now: datetime, opens: datetime, shuts: datetime, closed: bool, stored: str = "") -> str:
    """The state of a list at a moment: it follows from its times, not from whether a clock has struck (section 21)."""
    if closed or stored == "cancelled":
        return "closed" if closed else stored
    if now < opens and stored in ("", "planned"):
        return "planned"
    return "open" if now <= shuts else "staff_only"


def next_list(state: str, event: str, who: str) -> str | None:
    """The state of a list after an event by a role or the `system`; None where the event is refused."""
    may, after = LISTS.get((state, event), (frozenset(), ""))
    return after if who in may else None


def next_mark(old: str, new: str, event: str, who: str, state: str = "open") -> str | None:
    """A mark after an event that asks for `new`, in a list in `state`; None where the event is refused (ATT-20)."""
    moves = MARKS.get(event, ())
    fits = any(who in m.who and old in m.old and new in m.new and state in m.lists for m in moves)
    return new if fits else None


def needs_reason(event: str, old: str, state: str) -> bool:
    """Whether a change must be given a reason: after closing, and wherever a mark stands already (ATT-11)."""
    return event == "objection" or (event == "decide" and (old != UNMARKED or state == "closed"))


def may_close(now: datetime, bell: datetime, missing: int, rules: Settings) -> bool:
    """Whether a list may be closed yet: 20 min after the start, or when nobody is missing (ATT-06)."""
    return not missing or now >= bell + timedelta(minutes=rules.attendance.close_after_min)


def may_object(now: datetime, since: datetime, rules: Settings) -> bool:
    """Whether one may still object: 24 h from closing or from the change, whichever is later (ATT-11)."""
    return now <= since + timedelta(hours=rules.attendance.state.dispute_window_hours)


def correction_refused(now: datetime, since: datetime, asked_before: int, rules: Settings) -> str:
    """Why a late correction (补签) is refused: `too_late`, `too_often`, or "" where it is not (ATT-16)."""
    if now > since + timedelta(hours=rules.attendance.correction_hours):
        return "too_late"
    return "too_often" if asked_before >= rules.attendance.corrections_per_class else ""


class HeadCount(Struct, frozen=True, kw_only=True):
    """The number in the room against the marks; seats to look at where they differ (ATT-03)."""

    in_room: int
    marked: int
    unmarked: tuple[int, ...] = ()
    """With a surplus in the room: those not marked, one of whom is likely there."""
    doubtful: tuple[int, ...] = ()
    """With too few in the room: all those marked, one of whom is not; for the spot check."""

    @property
    def surplus(self) -> int:
        return max(0, self.in_room - self.marked)

    @property
    def lacking(self) -> int:
        return max(0, self.marked - self.in_room)

    @property
    def reconciled(self) -> bool:
        return self.in_room == self.marked


def may_count(now: datetime, bell: datetime, rules: Settings) -> bool:
    """Whether the number in the room may be entered yet (ATT-03)."""
    return now >= bell + timedelta(minutes=rules.attendance.headcount_after_min)


def head_count(in_room: int, status: Mapping[int, str]) -> HeadCount:
    """Judge the number in the room against everybody's status by seat (ATT-03)."""
    here = sorted(seat for seat, mark in status.items() if mark in HERE)
    unmarked = sorted(seat for seat, mark in status.items() if mark == UNMARKED)
    return HeadCount(
        in_room=in_room,
        marked=len(here),
        unmarked=tuple(unmarked) if in_room > len(here) else (),
        doubtful=tuple(here) if in_room < len(here) else (),
    )


def spot_check(seats: Iterable[int], seed: str, size: int = 5) -> tuple[int, ...]:
    """Some seats to be confirmed by sight; the same for the same seed, whatever their order (ATT-03)."""
    drawn = sorted(set(seats), key=lambda seat: sha256(f"{seed}:{seat}".encode()).digest())
    return tuple(sorted(drawn[:size]))


# What people type. The longest word counts, so that 「没到」 is not taken for 「到」.
_ALL = "全部都到 全部到齐 全部到 全都到 全到齐 全到 都到齐 都到 到齐 全勤 全在 其余全到 其余都到 其余到 其他都到 其他到"
_EVERYBODY = (*_ALL.split(), "all here", "all present", "all")
_SAID = {
    UNMARKED: "缺 缺席 缺勤 缺课 没到 没来 未到 不到 不在 未点到 除 除了 missing absent",
    "late": "迟 迟到 晚到 late",
    "present": "到 已到 到了 在 出勤 present here",
    "early_leave": "早退",
    "class_duty": "班务 因班务免到",
}
_STATUS = {word: status for status, words in _SAID.items() for word in words.split()}
_WORD = "|".join(sorted([*_EVERYBODY, *_STATUS], key=len, reverse=True))
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_TOKEN = re.compile(
    rf"(?P<word>{_WORD})|(?P<number>\d+\s*[-~至—–]\s*\d+|\d+|[零一二两三四五六七八九十百]+)"
    r"|(?:[\s、,.;:。!和跟及与&号座位的了外]|以外|同学|座位|本组|我组)+|(?P<odd>.)"
)
_NUMERAL = re.compile(
    r"(?:([一二两三四五六七八九])百)?(?:([一二三四五六七八九]?)(十)([一二三四五六七八九]?)|(零?)([一二两三四五六七八九]))?"
)
_LONGEST = 500


class Typed(Struct, frozen=True, kw_only=True):
    """A typed list, read: a status by seat, and everything that was not understood."""

    marks: dict[int, str]
    unknown_words: tuple[str, ...] = ()
    unknown_seats: tuple[int, ...] = ()
    """Numbers that are nobody's seat here."""
    twice: tuple[int, ...] = ()
    """Seats said to be two different things."""

    @property
    def clear(self) -> bool:
        """Whether the list may be used as it is."""
        return bool(self.marks) and not (self.unknown_words or self.unknown_seats or self.twice)

    def seats(self, status: str) -> tuple[int, ...]:
        """The seats with a status, in order."""
        return tuple(sorted(seat for seat, said in self.marks.items() if said == status))


def read_list(text: str, seats: Collection[int]) -> Typed:
    """Read 「全到」「缺 3 7」「迟 5」「缺3、7 迟5」「3号没到」 for the seats called (ATT-02, ATT-22, UI-03).

    Who is not named is there, unless somebody was named as 到: then only those are marked. 「缺」 stays 未点到.
    """
    said, everybody, odd = _parts(unicodedata.normalize("NFKC", " ".join(text.split())).casefold())
    named: dict[int, set[str]] = {}
    for seat, status in said:
        named.setdefault(seat, set()).add(status)
    known = {seat: found for seat, found in named.items() if seat in seats}
    marks = {seat: min(found) for seat, found in known.items() if len(found) == 1}
    if everybody or (said and "present" not in {status for _, status in said}):
        marks |= {seat: "present" for seat in seats if seat not in known}
    return Typed(
        marks=marks,
        unknown_words=tuple(odd),
        unknown_seats=tuple(sorted(set(named) - set(known))),
        twice=tuple(sorted(seat for seat, found in known.items() if len(found) > 1)),
    )


def _parts(plain: str) -> tuple[list[tuple[int, str]], bool, list[str]]:
    """Seats with their status, whether everybody is there, and what makes no sense."""
    tokens, odd = _tokens(plain)
    if tokens and (tokens[0][0], tokens[-1][0]) == ("number", "word"):  # 「3号没到」: the word stands behind its seats
        tokens.reverse()
    said: list[tuple[int, str]] = []
    status, idle = "", ""
    for kind, token in tokens:
        if kind == "word":
            odd += [idle] if idle else []
            status = _STATUS.get(token, "")
            idle = token if status else ""
        elif status and (found := _numbers(token)):
            said += [(seat, status) for seat in found]
            idle = ""
        else:
            odd.append(token)
    odd += [idle] if idle else []
    return said, any(token in _EVERYBODY for _, token in tokens), odd


def _tokens(plain: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Words and numbers in their order; runs of anything else apart."""
    tokens: list[tuple[str, str]] = []
    odd: list[str] = []
    end = -1
    for found in _TOKEN.finditer(plain):
        if found.lastgroup == "odd":
            odd.append((odd.pop() if found.start() == end else "") + found[0])
            end = found.end()
        elif found.lastgroup:
            tokens.append((found.lastgroup, found[0]))
    return tokens, odd


def _numbers(token: str) -> list[int]:
    """The seats that a number or a range means; none where it could be two things, as 「七八」."""
    if token[0].isdigit():
        ends = [int(end) for end in re.split(r"\D+", token) if len(end) <= 4]
        return list(range(ends[0], ends[-1] + 1))[:_LONGEST] if ends else []
    found = _NUMERAL.fullmatch(token)
    if not found or (found[1] and found[6] and not found[5]):  # 「一百二」 may be 102 or 120
        return []
    hundreds, tens, ten, ones, _, alone = found.groups()
    value = 100 * _DIGITS.get(hundreds, 0) + (10 * _DIGITS.get(tens, 1) if ten else 0)
    return [value + _DIGITS.get(ones or alone, 0)]


_COUNT = re.compile(r"(?:现场|一共|共|有)*\s*(\d+|[零一二两三四五六七八九十百]+)\s*(?:人|个人|个|位|名)?[。.!]?")


def read_number(text: str) -> int | None:
    """One number as people type it: 「48」「４８人」「四十八」「现场48」; None where it is anything else."""
    found = _COUNT.fullmatch(" ".join(unicodedata.normalize("NFKC", text).split()))
    numbers = _numbers(found[1]) if found and len(found[1]) <= 5 else []
    return numbers[0] if len(numbers) == 1 else None
