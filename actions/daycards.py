"""The day card: one message a person a day, edited in place all day (CARD-01, CARD-04)."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from actions import ledgers
from actions.ledgers import Entry
from actions.post import show
from chat.messages import Lines, Message, Say, button, lines, say
from rules.daycards import icon, minutes_until, now_and_next
from rules.days import class_date
from rules.legs import ON_CAMPUS
from rules.plans import SELF_MODES, has_list
from rules.roles import ADMIN, CLASS_TEACHER, DEPUTY, LEADER, LECTURER, STAFF, TRAINEE
from storage import card_lines, cards, cohorts, marks, members, questions, rolls, sessions
from storage.accounts import Me
from storage.card_lines import CardLine
from storage.cohorts import Cohort
from storage.marks import UNMARKED, Mark
from storage.members import Addressee
from storage.questions import Counts
from storage.rolls import Roll
from storage.sessions import Session
from storage.tx import Tx

EVENING = time(18)
"""From here on, or after the last list of the day, a card says what is left (ATT-28)."""
LINES_ON_CARD, LINE_CHARS = 3, 60
"""So many lines stand on a card, so long; the rest comes with a tap."""


class Day(Struct, frozen=True):
    """Everything that the cards of one day are made from, read once for the whole class."""

    cohort: Cohort
    date: date
    number: int
    sessions: list[Session]
    rolls: list[Roll]
    marks: dict[int, dict[int, Mark]]
    """By list, by member."""
    people: list[Addressee]
    tomorrow: list[Session]
    now: datetime
    entries: dict[int, Entry] = {}
    """What everybody has left, in the evening only."""
    lines: dict[int, list[CardLine]] = {}
    """What stands on cards because it was too much for messages, by member, the newest first (section 22)."""
    asked: Counts = Counts(waiting=0, late=0)


async def load_day(tx: Tx, cohort: Cohort, now: datetime) -> Day:
    """Read the day of a class that a moment belongs to."""
    today = class_date(now, cohort.timezone, cohort.rules.messages.day_turns_at)
    everything = await sessions.of_cohort(tx, cohort.id)
    mine = [s for s in everything if not s.cancelled and date_of(s, cohort) == today]
    later = sorted({date_of(s, cohort) for s in everything if not s.cancelled and date_of(s, cohort) > today})
    found = list(await rolls.of_day(tx, cohort.id, mine[0].day)) if mine else []
    return Day(
        cohort, today, mine[0].day if mine else 0, mine, found,
        {r.id: await marks.of_roll(tx, r.id) for r in found},
        await members.addressees(tx, cohort.id, now),
        [s for s in everything if later and not s.cancelled and date_of(s, cohort) == later[0]], now,
        lines=await card_lines.of_day(tx, cohort.id, today.isoformat(), now),
        asked=await questions.counts(tx, cohort.id),
    )  # fmt: skip


def date_of(session: Session, cohort: Cohort) -> date:
    """The day of the class that a session belongs to."""
    return class_date(session.starts_at, cohort.timezone)


def compose(day: Day, person: Addressee) -> Message:
    """The card of one person: what matters, now and next, the own line by role."""
    on, coming = now_and_next(day.sessions, day.now)
    own, noted = _own(day, person), day.lines.get(person.member_id, [])
    shown, more = _noted(noted, person)
    text = lines(
        say("daycards-head", day=day.number, date=day.date, title=day.cohort.title),
        _matters(day, person),
        *shown,
        say("daycards-now", what=_what(on, person.lang), until=on.ends_at) if on else None,
        say("daycards-next", what=_what(coming, person.lang), at=coming.starts_at,
            minutes=minutes_until(coming.starts_at, day.now)) if coming else say("daycards-no-more"),
        *own,
        ledgers.in_short(day.entries[person.member_id]) if person.member_id in day.entries else None,
        tomorrow_line(day, person.lang) if _evening(day) else None,
        say("daycards-stamp", at=day.now),
    )  # fmt: skip
    keys = [button("daycards-timetable", "day", day.number or 1)]
    keys += [button(say("daycards-lines", count=len(noted)), "lines", day.date.isoformat())] if more else []
    keys += [button("plans-open", "plan", day.date.isoformat(), 0)] if person.role_set & STAFF else []
    answers = day.asked.waiting and person.role_set & {CLASS_TEACHER, ADMIN}
    keys += [button("digests-to-questions", "qlist", 0, "open")] if answers else []
    return Message(text, (tuple(keys),), silent=True)


def _noted(noted: list[CardLine], person: Addressee) -> tuple[list[Say], bool]:
    """The newest lines that came instead of messages, each cut to one line; whether a tap brings more."""
    words = [" ".join(person.reader.voice.plain(line.text).split()) for line in noted]
    cut = [w if len(w) <= LINE_CHARS else w[: LINE_CHARS - 1] + "…" for w in words[:LINES_ON_CARD]]
    return [say("daycards-noted", words=w) for w in cut], len(words) > LINES_ON_CARD or cut != words[:LINES_ON_CARD]


async def noted_on(tx: Tx, me: Me, day: str, now: datetime) -> list[Say]:
    """All lines of the speaker's own card of a day, in full (the button under a card that has more than it shows)."""
    found = await card_lines.of_member(tx, me.member_id, day, now)
    return [say("daycards-noted", words=line.text) for line in found]


def _what(session: Session, lang: str) -> Say:
    where = session.place_in(lang)
    return say("daycards-what" if where else "daycards-what-only", icon=icon(session.kind, session.course),
               title=session.title_in(lang), where=where)  # fmt: skip


def _matters(day: Day, person: Addressee) -> Say:
    """The one line of what matters now."""
    if TRAINEE in person.role_set:
        for roll in day.rolls:
            if (
                roll.mode in SELF_MODES
                and roll.opens_at <= day.now <= roll.shuts_at
                and _status(day, roll, person) == ""
            ):
                return say("daycards-check-in", title=roll.title_in(person.lang))
    away = next((s for s in day.sessions if s.site_ref not in ("", ON_CAMPUS) and s.ends_at > day.now), None)
    if away is not None:
        return say("daycards-away", at=away.starts_at, place=away.place_in(person.lang))
    hours = sum(s.credit_hours for s in day.sessions)
    return say("daycards-hours", count=sum(bool(s.credit_hours) for s in day.sessions), hours=hours)


def _status(day: Day, roll: Roll, person: Addressee) -> str:
    mark = day.marks[roll.id].get(person.member_id)
    return "" if mark is None or mark.status == UNMARKED else mark.status


def _own(day: Day, person: Addressee) -> list[Say | Lines | None]:
    roles = person.role_set
    own: list[Say | Lines | None] = []
    if TRAINEE in roles:
        own.append(_attendance(day, person))
    if roles & {LEADER, DEPUTY}:
        own.append(_my_ten(day, person))
    if LECTURER in roles:
        own.append(_my_sessions(day, person))
    if roles & STAFF:
        own.append(_numbers(day))
    return own


def _attendance(day: Day, person: Addressee) -> Say | None:
    """One's own marks of the day."""
    marked = [(r, _status(day, r, person)) for r in day.rolls]
    seen = [
        Lines((say(f"status-{s}"), say("daycards-title", title=r.title_in(person.lang))), " ") for r, s in marked if s
    ]
    return say("daycards-attendance", marks=seen) if seen else None


def _current(day: Day) -> Roll | None:
    """The list that people look at now: the last that has opened."""
    opened = [r for r in day.rolls if r.opens_at <= day.now]
    return opened[-1] if opened else None


def _my_ten(day: Day, person: Addressee) -> Say | None:
    roll = _current(day)
    ten = [p for p in day.people if p.group_no == person.group_no and TRAINEE in p.role_set]
    if roll is None or roll.closed_at is not None:
        return say("daycards-my-ten", count=len(ten))
    missing = [p for p in ten if not _status(day, roll, p)]
    names = [say("daycards-name", name=p.name, seat=p.seat_no or 0) for p in missing]
    if not missing:
        return say("daycards-ten-here", title=roll.title_in(person.lang), count=len(ten))
    return say("daycards-ten-missing", title=roll.title_in(person.lang), here=len(ten) - len(missing), count=len(ten),
               names=names)  # fmt: skip


def _my_sessions(day: Day, person: Addressee) -> Lines | None:
    mine = [s for s in day.sessions if s.lead_ref == person.ref]
    if not mine:
        return None
    return lines(say("daycards-mine"), *(session_line(s, person.lang) for s in mine))


def _numbers(day: Day) -> Lines:
    people = [p for p in day.people if TRAINEE in p.role_set]
    bound = sum(p.account_id is not None for p in people)
    roll = _current(day)
    here = sum(bool(_status(day, roll, p)) for p in people) if roll else 0
    return lines(
        say("daycards-bound", bound=bound, count=len(people)),
        say("daycards-list", title=roll.title, here=here, count=len(people)) if roll else None,
        say("digests-questions", count=day.asked.waiting, late=day.asked.late) if day.asked.waiting else None,
    )


def session_line(session: Session, lang: str) -> Say:
    """A line of the timetable."""
    return say("daycards-line", start=session.starts_at, end=session.ends_at, what=_what(session, lang))


def short_line(session: Session, lang: str) -> Say:
    """A line of the whole timetable: sign, time, title."""
    return say("daycards-short", icon=icon(session.kind, session.course), start=session.starts_at,
               title=session.title_in(lang))  # fmt: skip


async def _in_the_evening(tx: Tx, day: Day, only: int = 0) -> Day:
    """The day with everybody's ledger (or only one member's) once the lists of the day are over."""
    called = [s for s in day.sessions if has_list(s)]
    over = day.now.astimezone(_zone(day)).time() >= EVENING or all(s.ends_at <= day.now for s in called)
    if not called or not over:
        return day
    if not only:
        return structs.replace(day, entries=await ledgers.book(tx, day.cohort, day.now))
    member = await members.get(tx, only)
    if member is None or TRAINEE not in member.role_set:
        return day
    return structs.replace(day, entries={only: await ledgers.one(tx, day.cohort, member, day.now)})


def _evening(day: Day) -> bool:
    local = day.now.astimezone(_zone(day))
    return bool(day.tomorrow) and local.time() >= day.cohort.rules.messages.tomorrow_at


def _zone(day: Day) -> ZoneInfo:
    return ZoneInfo(day.cohort.timezone)


def tomorrow_line(day: Day, lang: str) -> Say | None:
    """Tomorrow's first line, with weekday and place (SCH-09, SCH-10)."""
    first = next((s for s in day.tomorrow if s.kind != "meal"), None)
    if first is None:
        return None
    return say("daycards-tomorrow", day=date_of(first, day.cohort), at=first.starts_at, what=_what(first, lang))


def tomorrow_is_unusual(day: Day) -> bool:
    """Whether tomorrow begins off campus or earlier than today did: then it is worth a push (SCH-10)."""
    first = next((s for s in day.tomorrow if s.kind != "meal"), None)
    if first is None:
        return False
    if first.site_ref not in ("", ON_CAMPUS) or first.kind == "transfer":
        return True
    today = next((s for s in day.sessions if s.kind != "meal"), None)
    zone = _zone(day)
    return today is not None and first.starts_at.astimezone(zone).time() < today.starts_at.astimezone(zone).time()


def card_key(member_id: int, day: date) -> str:
    """The key of a person's card of one day."""
    return f"day:{member_id}:{day.isoformat()}"


async def show_card(tx: Tx, day: Day, person: Addressee, budget: bool = True) -> None:
    """Send the card, or edit it where it is. New and not asked for, it counts as a push (section 22)."""
    key = card_key(person.member_id, day.date)
    push_day = day.date.isoformat() if budget else None
    await show(tx, key, person.reader, compose(day, person), day.now, push_day)


async def present(tx: Tx, me: Me, now: datetime) -> bool:
    """Send the speaker's card of today anew, at the foot of the chat. False when this is no day of the class."""
    day = await _in_the_evening(tx, await load_day(tx, await cohorts.get(tx, me.cohort_id), now), me.member_id)
    person = next((p for p in day.people if p.member_id == me.member_id), None)
    if not day.sessions or person is None:
        return False
    await cards.lift(tx, card_key(person.member_id, day.date))
    await show_card(tx, day, person, budget=False)
    return True


async def show_cards(tx: Tx, cohort_id: int, now: datetime, only_shown: bool = False) -> None:
    """Bring everybody's card up to date; `only_shown` leaves out those who have none yet."""
    day = await _in_the_evening(tx, await load_day(tx, await cohorts.get(tx, cohort_id), now))
    shown = await cards.members_with(tx, cohort_id, day.date.isoformat()) if only_shown else None
    for person in day.people:
        if person.account_id and person.blocked_at is None and (shown is None or person.member_id in shown):
            await show_card(tx, day, person)
