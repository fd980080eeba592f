"""The class teacher's live card of a list: numbers, the missing by name, and what to do next (ATT-12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from actions.access import need_class
from actions.checkins import CODE, screen_code
from actions.hints import hints
from actions.marks import state_of
from actions.people import in_rows, who_where
from actions.post import show
from chat.messages import Button, Lines, Message, Refusal, Rows, Say, button, lines, say
from rules import attendance
from rules.attendance import LEAVES, UNMARKED
from rules.plans import SELF_MODES
from rules.roles import ADMIN, CLASS_TEACHER
from rules.settings import Settings
from storage import cards, cohorts, marks, members, rolls, stirs
from storage.accounts import Me
from storage.marks import Mark
from storage.members import Member
from storage.rolls import Roll
from storage.tx import Tx

PAINT_EVERY = timedelta(seconds=10)
NAMES_ON_CARD = 15
ONE_TAP = 8
CALLED_BY_LEADERS = ("leader", "bus")
"""Modes in which leaders call their ten (ATT-02)."""
PRESENCE = frozenset({"present", "late", "early_leave", "class_duty"})
"""Those who count as attended (实到)."""


class Tally(Struct, frozen=True, kw_only=True):
    """A list in numbers, and those missing."""

    expected: int
    here: int
    late: int
    away: int
    absent: int
    missing: tuple[Member, ...]
    arrived: dict[int, datetime]
    """When members came who are not marked: after the late limit, the teacher decides (ATT-04)."""
    asking: frozenset[int]
    """Members among the missing whose request for leave is not decided (LEAVE-06)."""
    handed_in: tuple[int, ...]
    """Groups whose leader has handed in."""
    groups: tuple[int, ...]

    @property
    def undecided(self) -> tuple[Member, ...]:
        """The missing about whom the teacher must decide before closing."""
        return tuple(m for m in self.missing if m.id not in self.asking)


async def tally(tx: Tx, roll: Roll) -> Tally:
    """Count a list: 应到, 实到, 迟到, 请假, 旷课, 未点到."""
    people = await members.trainees(tx, roll.cohort_id, roll.bell_at)
    found = await marks.of_roll(tx, roll.id)
    asking = await rolls.asking(tx, roll.id)
    handed_in = await rolls.handed_in(tx, roll.id)
    return count(people, found, asking, handed_in)


def count(people: list[Member], found: dict[int, Mark], asking: set[int], handed_in: list[int]) -> Tally:
    """The numbers of a list from its people and marks."""
    status = {m.id: found[m.id].status if m.id in found else UNMARKED for m in people}
    missing = tuple(m for m in people if status[m.id] == UNMARKED)
    return Tally(
        expected=len(people),
        here=sum(s in PRESENCE for s in status.values()),
        late=sum(s == "late" for s in status.values()),
        away=sum(s in LEAVES for s in status.values()),
        absent=sum(s == "absent" for s in status.values()),
        missing=missing,
        arrived={m.id: came for m in missing if m.id in found and (came := found[m.id].arrived_at)},
        asking=frozenset(asking & {m.id for m in missing}),
        handed_in=tuple(handed_in),
        groups=tuple(sorted({m.group_no or 0 for m in people})),
    )


def card(
    roll: Roll, found: Tally, rules: Settings, now: datetime, lang: str, teacher: bool = True, odd: Sequence[Say] = ()
) -> Message:
    """The live card: numbers, the missing by name, the digits of this minute; buttons for what may be done now."""
    state = state_of(roll, now)
    title = say("rolls-title", title=roll.title_in(lang), at=roll.bell_at, place=roll.place_in(lang))
    if state == "cancelled":
        return Message(lines(title, say("changes-list-cancelled")), ((button("rolls-others", "lists", roll.day),),))
    text = lines(
        title,
        say("rolls-code", code=screen_code(roll, rules, now)) if state == "open" and roll.mode == CODE else None,
        say("registration-count", here=found.here, expected=found.expected) if roll.mode == "desk" else None,
        ledger_line(roll, found) if state == "closed" else numbers(found),
        _counted(roll, found),
        None if state == "closed" else _missing(found.missing) if found.missing else say("rolls-all-here"),
        *(_notes(roll, found) if state != "closed" else ()),
        *(odd if teacher else ()),
        _what_now(roll, state),
    )  # fmt: skip
    return Message(text, _buttons(roll, found, rules, now, state, teacher))


def numbers(found: Tally) -> Say:
    """「应到50 实到46（迟到2）请假1 未点到3」."""
    return say("rolls-numbers", expected=found.expected, here=found.here, late=found.late, away=found.away,
               missing=len(found.missing))  # fmt: skip


def ledger_line(roll: Roll, found: Tally) -> Say:
    """The line of a closed list (ATT-28)."""
    return say("rolls-ledger", at=roll.closed_at, expected=found.expected, here=found.here, late=found.late,
               away=found.away, absent=found.absent, missing=len(found.missing))  # fmt: skip


def _counted(roll: Roll, found: Tally) -> Say | None:
    if roll.headcount is None:
        return None
    return say("rolls-reconciled" if roll.reconciled else "rolls-counted", count=roll.headcount)


def _notes(roll: Roll, found: Tally) -> tuple[Say | None, ...]:
    """What the teacher must know of the missing, and which leaders have handed in."""
    late = [say("rolls-came", who=who_where(m), at=found.arrived[m.id]) for m in found.missing if m.id in found.arrived]
    asking = [who_where(m) for m in found.missing if m.id in found.asking]
    missing = {m.group_no or 0 for m in found.missing}
    called = roll.mode in CALLED_BY_LEADERS
    waiting = [say("rolls-group", group=g) for g in found.groups if called and g in missing - {*found.handed_in}]
    return (
        say("rolls-after", names=late) if late else None,
        say("rolls-asking", names=asking) if asking else None,
        say("rolls-handed-in", done=len(found.handed_in), count=len(found.groups), waiting=waiting)
        if waiting else None,
    )  # fmt: skip


def _what_now(roll: Roll, state: str) -> Say | None:
    if state == "planned":
        return say("rolls-opens", at=roll.opens_at)
    if state in ("open", "staff_only") and roll.mode == "desk":
        return say("registration-how")
    if state != "staff_only":
        return None
    return say("rolls-open-still" if roll.mode in SELF_MODES else "rolls-close-soon")


def _missing(people: tuple[Member, ...]) -> Lines:
    """Who is not there, a line a group; of very many only the first by name."""
    shown = people[:NAMES_ON_CARD]
    groups = sorted({m.group_no or 0 for m in shown})
    parts = [
        say("rolls-missing-group", group=g,
            names=[say("rolls-seat-name", seat=m.seat_no or 0, name=m.name) for m in shown if (m.group_no or 0) == g])
        for g in groups
    ]  # fmt: skip
    more = len(people) - len(shown)
    return lines(say("rolls-missing"), *parts, say("rolls-missing-more", more=more) if more else None)


def _buttons(roll: Roll, found: Tally, rules: Settings, now: datetime, state: str, teacher: bool) -> Rows:
    """One tap for each of the few missing; then what may be done at this moment; what one looks at last."""
    if state == "closed":
        change = (button("rolls-change", "rollgrid", roll.id, 0), button("closings-reopen", "reopen", roll.id))
        look = (button("rolls-others", "lists", roll.day), button("rolls-refresh", "roll", roll.id))
        return (change, look) if teacher else (look,)
    tools = (
        (button("rolls-screen", "screen"), button("rolls-sheet", "sheet", roll.id)),
        (button("rolls-others", "lists", roll.day), button("rolls-refresh", "roll", roll.id)),
    )
    if state == "planned":
        return tools
    counts = teacher and attendance.may_count(now, roll.bell_at, rules)
    closes = teacher and attendance.may_close(now, roll.bell_at, len(found.missing), rules)
    own: list[Button | None] = [
        button("rolls-mark-others", "rollgrid", roll.id, 0),
        button("rolls-nudge", "nudge", roll.id) if found.undecided and now >= roll.bell_at else None,
        button("rolls-leave", "leavepick", roll.id) if found.missing else None,
        button("closings-count", "count", roll.id) if counts else None,
        button("closings-close", "close", roll.id) if closes else None,
    ]
    return (*_one_tap(roll, found), *in_rows([b for b in own if b is not None], 3), *tools)


def _one_tap(roll: Roll, found: Tally) -> Rows:
    """When few are missing, each has a button of his own."""
    if not 0 < len(found.missing) <= ONE_TAP:
        return ()
    return in_rows(
        button(say("rolls-tap", name=m.name, seat=m.seat_no or 0), "mark", roll.id, m.id) for m in found.missing
    )


async def paint(tx: Tx, roll: Roll, now: datetime, only_shown: bool = False) -> None:
    """Bring the live cards of all class teachers of a list up to date; `only_shown` makes no new ones."""
    cohort = await cohorts.get(tx, roll.cohort_id)
    found, odd = await tally(tx, roll), await hints(tx, roll, now)
    teachers = [a.reader for a in await members.addressees(tx, roll.cohort_id, now)
                if a.account_id and a.blocked_at is None and CLASS_TEACHER in a.role_set]  # fmt: skip
    others = await cards.holders(tx, card_key(roll.id, ""), roll.cohort_id, {CLASS_TEACHER, ADMIN}, now)
    teaching = {reader.account_id for reader in teachers}
    for reader in {r.account_id: r for r in (*others, *(() if only_shown else teachers))}.values():
        message = card(roll, found, cohort.rules, now, reader.lang, reader.account_id in teaching, odd)
        await show(tx, card_key(roll.id, reader.account_id), reader, message, now)
    await rolls.set_painted(tx, roll.id, now)


async def paint_stirred(tx: Tx, now: datetime, every: timedelta = PAINT_EVERY) -> bool:
    """Paint the lists that changed; each at most every 10 seconds. Whether there was any."""
    await stirs.gather(tx, "roll")
    behind = await rolls.stirred(tx, now - every)
    for roll in behind:
        await paint(tx, roll, now, only_shown=state_of(roll, now) in ("planned", "closed"))
    return bool(behind)


async def stir_codes(tx: Tx, now: datetime) -> None:
    """With a new minute the digits on the cards of open code lists change."""
    await rolls.stir_open(tx, CODE, now, now.replace(second=0, microsecond=0))


def card_key(roll_id: int, account_id: int | str) -> str:
    """The key of somebody's live card of a list."""
    return f"roll:{roll_id}:{account_id}"


async def present(tx: Tx, me: Me, roll: Roll, now: datetime) -> None:
    """Send the live card anew, at the foot of the teacher's chat."""
    cohort = await cohorts.get(tx, roll.cohort_id)
    key = card_key(roll.id, me.account_id)
    await cards.lift(tx, key)
    message = card(roll, await tally(tx, roll), cohort.rules, now, me.lang, CLASS_TEACHER in me.roles,
                   await hints(tx, roll, now))  # fmt: skip
    await show(tx, key, me.reader, message, now)


async def current(tx: Tx, me: Me, now: datetime) -> Roll:
    """The list that a teacher means by 点名: the one open now, else the next, else the last."""
    found = await rolls.around(tx, need_class(me), now)
    if found is None:
        raise Refusal("rolls-none")
    return found


async def shown_at(tx: Tx, me: Me, roll: Roll) -> int | None:
    """The message in which a teacher's live card of a list stands."""
    found = await cards.get(tx, card_key(roll.id, me.account_id))
    return found.message_id if found else None
