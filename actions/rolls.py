"""The class teacher's live card of a list, and marking for somebody (ATT-12, RULE-5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from actions.access import need_class
from actions.checkins import CODE, screen_code
from actions.post import push, show
from chat.messages import Button, Lines, Message, Refusal, Rows, button, lines, say
from rules.roles import ADMIN, CLASS_TEACHER, LEADERS
from rules.settings import Settings
from storage import cards, cohorts, marks, members, rolls
from storage.accounts import Me
from storage.marks import LEADER, SELF, STAFF, UNMARKED, Mark
from storage.members import Addressee, Member
from storage.rolls import Roll
from storage.tx import Tx

PAINT_EVERY = timedelta(seconds=10)
NAMES_ON_CARD = 15
ONE_TAP = 8
CALLED_BY_LEADERS = ("leader", "bus")
"""Modes in which leaders call their ten (ATT-02)."""
LEAVES = ("leave_personal", "leave_sick", "leave_official")
CYCLE = {UNMARKED: "present", "present": "late", "late": UNMARKED}
"""One tap present, two late, three nothing (ATT-02 leader)."""


class Tally(Struct, frozen=True):
    """A list in numbers, and those missing."""

    expected: int
    here: int
    late: int
    away: int
    missing: tuple[Member, ...]
    arrived: frozenset[int] = frozenset()
    """Members who came after the late limit: evidence, the teacher decides."""


async def tally(tx: Tx, roll: Roll) -> Tally:
    """Count a list: 应到, 实到, 迟到, 请假, 未点到."""
    people = await members.trainees(tx, roll.cohort_id, roll.bell_at)
    found = await marks.of_roll(tx, roll.id)
    status = {m.id: found[m.id].status if m.id in found else UNMARKED for m in people}
    late = sum(s == "late" for s in status.values())
    away = sum(s in LEAVES for s in status.values())
    here = sum(s in ("present", "late", "early_leave", "class_duty") for s in status.values())
    missing = tuple(m for m in people if status[m.id] == UNMARKED)
    return Tally(len(people), here, late, away, missing, frozenset(m.id for m in missing if m.id in found))


def who_where(member: Member | Addressee) -> Lines:
    """A person as staff lists show him: name, group, seat (UI-04)."""
    return Lines((say("rolls-person", name=member.name, group=member.group_no or 0, seat=member.seat_no or 0),))


def card(roll: Roll, count: Tally, rules: Settings, now: datetime, lang: str) -> Message:
    """The live card: what to do, the numbers, the missing by name, the digits of this minute."""
    is_open = roll.opens_at <= now <= roll.shuts_at and roll.closed_at is None
    text = lines(
        say("rolls-title", title=roll.title_in(lang), at=roll.bell_at, place=roll.place_in(lang)),
        say("rolls-code", code=screen_code(roll, rules, now)) if is_open and roll.mode == CODE else None,
        say("rolls-numbers", expected=count.expected, here=count.here, late=count.late, away=count.away,
            missing=len(count.missing)),
        _missing(count.missing) if count.missing else say("rolls-all-here"),
        say("rolls-after", names=[who_where(m) for m in count.missing if m.id in count.arrived])
        if count.arrived else None,
        None if is_open or roll.closed_at else say("rolls-open-still" if now > roll.shuts_at else "rolls-opens",
                                                  at=roll.opens_at),
    )  # fmt: skip
    return Message(text, (*_one_tap(roll, count, now), _foot(roll)))


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


def _one_tap(roll: Roll, count: Tally, now: datetime) -> Rows:
    """When few are missing, each has a button of his own."""
    if roll.closed_at or now < roll.opens_at or not 0 < len(count.missing) <= ONE_TAP:
        return ()
    cells = [button(say("rolls-tap", name=m.name, seat=m.seat_no or 0), "mark", roll.id, m.id) for m in count.missing]
    return tuple(tuple(cells[i : i + 2]) for i in range(0, len(cells), 2))


def _foot(roll: Roll) -> tuple[Button, ...]:
    return button("rolls-mark-others", "rollgrid", roll.id, 0), button("rolls-refresh", "roll", roll.id)


async def paint(tx: Tx, roll: Roll, now: datetime, only_shown: bool = False) -> None:
    """Bring the live cards of all class teachers of a list up to date; `only_shown` makes no new ones."""
    cohort = await cohorts.get(tx, roll.cohort_id)
    count = await tally(tx, roll)
    teachers = [a.reader for a in await members.addressees(tx, roll.cohort_id, now)
                if a.account_id and a.blocked_at is None and CLASS_TEACHER in a.role_set]  # fmt: skip
    others = await cards.readers(tx, card_key(roll.id, ""))
    for reader in {r.account_id: r for r in (*others, *(() if only_shown else teachers))}.values():
        message = card(roll, count, cohort.rules, now, reader.lang)
        await show(tx, card_key(roll.id, reader.account_id), reader, message, now)
    await rolls.set_painted(tx, roll.id, now)


async def paint_stirred(tx: Tx, now: datetime, every: timedelta = PAINT_EVERY) -> bool:
    """Paint the lists that changed; each at most every 10 seconds. Whether there was any."""
    behind = await rolls.stirred(tx, now - every)
    for roll in behind:
        await paint(tx, roll, now)
    return bool(behind)


async def stir_codes(tx: Tx, now: datetime) -> None:
    """With a new minute the digits on the cards of open code lists change."""
    await rolls.stir_open(tx, CODE, now, now.replace(second=0, microsecond=0))


def card_key(roll_id: int, account_id: int | str) -> str:
    """The key of somebody's live card of a list."""
    return f"roll:{roll_id}:{account_id}"


async def ask_leaders(tx: Tx, roll: Roll, now: datetime) -> None:
    """When a list opens that leaders call, each leader gets one message with the way to the own ten."""
    cohort = await cohorts.get(tx, roll.cohort_id)
    for person in await members.addressees(tx, roll.cohort_id, now):
        if person.account_id and person.blocked_at is None and LEADERS & person.role_set and person.group_no:
            title = roll.title_in(person.lang)
            grid = button("rolls-call-group", "rollgrid", roll.id, person.group_no)
            message = Message(say("rolls-please-call", title=title, at=roll.bell_at), ((grid,),))
            once = f"call:{roll.id}:{person.member_id}"
            await push(tx, person.reader, cohort.rules, message, now, once=once, not_after=roll.shuts_at)


async def present(tx: Tx, me: Me, roll: Roll, now: datetime) -> None:
    """Send the live card anew, at the foot of the teacher's chat."""
    cohort = await cohorts.get(tx, roll.cohort_id)
    key = card_key(roll.id, me.account_id)
    await cards.lift(tx, key)
    message = card(roll, await tally(tx, roll), cohort.rules, now, me.lang)
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


async def mark_for(tx: Tx, me: Me, roll: Roll, member: Member, now: datetime) -> Mark:
    """Mark somebody in a roll-call: present, late, nothing, in turn (RULE-5).

    What the person did himself stands, and what staff entered is not changed by a leader (ATT-20).
    """
    if roll.closed_at is not None:
        raise Refusal("rolls-is-closed")
    if now < roll.opens_at:
        raise Refusal("rolls-not-yet", opens=roll.opens_at)
    old = await marks.get(tx, roll.id, member.id)
    source = STAFF if me.roles & {CLASS_TEACHER, ADMIN} else LEADER
    entered = me.member_id or None
    if old is None or (old.status == UNMARKED and old.source == SELF):
        wanted = Mark(roll_id=roll.id, member_id=member.id, status="present", at=now, source=source, entered_by=entered)
        new = await marks.add(tx, wanted) or wanted
    elif old.source == SELF:
        raise Refusal("rolls-marked-himself", name=member.name, at=old.at)
    elif old.source == STAFF and source == LEADER:
        raise Refusal("rolls-marked-by-staff", name=member.name)
    else:
        await marks.set_status(tx, old.id, CYCLE.get(old.status, "present"), source, entered)
        new = await marks.get(tx, roll.id, member.id) or old
    await marks.add_event(tx, new, old.status if old else UNMARKED, me.account_id, now)
    await rolls.stir(tx, roll.id, now)
    return new
