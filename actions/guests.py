"""What lecturers and site contacts are told before people come to them (LECT-02, SITE-02): times and numbers, never a
trainee's name."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from actions import leaves
from actions.daycards import Day, date_of
from chat.messages import Lines, Message, Say, lines, say
from rules.daycards import icon
from rules.legs import is_leg, leaves_at
from rules.plans import LECTURE_EVE, taught, visits
from rules.roles import CLASS_TEACHER, LECTURER, TRAINEE
from storage import cohorts, places
from storage.dues import Due
from storage.members import Addressee
from storage.sessions import Session
from storage.tx import Tx

Told = list[tuple[Addressee, Message]]


async def to_lecturers(tx: Tx, thing: Due, day: Day) -> Told:
    """On the eve the own sessions of the next day, an hour before the one: place, how many come, whom to ring."""
    table = [s for s in (*day.sessions, *day.tomorrow) if thing.what in (s.ref, date_of(s, day.cohort).isoformat())]
    sessions = [s for s in taught(table) if thing.kind == LECTURE_EVE or s.ref == thing.what]
    found: Told = []
    for person in day.people:
        mine = [s for s in sessions if s.lead_ref == person.ref]
        if LECTURER not in person.role_set or not mine:
            continue
        head = (
            say("guests-lecture-eve", day=date_of(mine[0], day.cohort))
            if thing.kind == LECTURE_EVE
            else say("guests-lecture-soon", at=mine[0].starts_at)
        )
        text = lines(
            head,
            *(_line(s, person.lang) for s in mine),
            say("guests-count", count=len(await expected(tx, day, mine[0].starts_at))),
            await _teacher(tx, day),
        )
        found.append((person, Message(text)))
    return found


async def to_contacts(tx: Tx, thing: Due, day: Day) -> Told:
    """On the eve: when the class comes, how many by bus, when the bus leaves."""
    wanted = date.fromisoformat(thing.what)
    table = [s for s in (*day.sessions, *day.tomorrow) if date_of(s, day.cohort) == wanted]
    found: Told = []
    for site in await places.sites(tx, day.cohort.id):
        mine = [s for s in visits(table) if s.site_ref == site.ref]
        contact = str(site.facts.get("contact_id", ""))
        for person in [p for p in day.people if p.ref == contact] if mine and contact else ():
            people = await expected(tx, day, mine[0].starts_at)
            name = site.name_en or site.name if person.lang == "en" else site.name
            text = lines(
                say("guests-site-eve", day=wanted, site=name),
                *(say("guests-visit", start=s.starts_at, end=s.ends_at, title=s.title_in(person.lang)) for s in mine),
                _buses(people),
                _leaves(table, mine[0], day.cohort.timezone),
                await _teacher(tx, day),
            )
            found.append((person, Message(text)))
    return found


async def expected(tx: Tx, day: Day, at: datetime) -> list[Addressee]:
    """The trainees who are to come at a moment: in the class by then, and not on leave (ATT-17, LEAVE-08)."""
    away = await leaves.on_leave_at(tx, day.cohort.id, at)
    return [p for p in day.people if TRAINEE in p.role_set and p.member_id not in away
            and (p.joined_at is None or p.joined_at <= at)]  # fmt: skip


def _line(session: Session, lang: str) -> Say:
    where = session.place_in(lang)
    return say("guests-line" if where else "guests-line-only", start=session.starts_at, end=session.ends_at,
               icon=icon(session.kind, session.course), title=session.title_in(lang), where=where)  # fmt: skip


def _buses(people: list[Addressee]) -> Say | Lines:
    """「共50人：A车30，B车20」."""
    buses = Counter(p.bus for p in people if p.bus)
    each = [say("guests-bus", bus=bus, count=count) for bus, count in sorted(buses.items())]
    return say("guests-buses", count=len(people), buses=each) if each else say("guests-count", count=len(people))


def _leaves(table: list[Session], visit: Session, zone: str) -> Say | None:
    legs = [s for s in table if is_leg(s) and s.site_ref == visit.site_ref and s.starts_at <= visit.starts_at]
    return say("guests-leaves", at=leaves_at(legs[-1], zone)) if legs else None


async def _teacher(tx: Tx, day: Day) -> Say | None:
    """Whom to ring: the class teacher in charge, else the first."""
    teachers = [p for p in day.people if CLASS_TEACHER in p.role_set and p.phone]
    chosen = await cohorts.in_charge(tx, day.cohort.id)
    teacher = next((p for p in teachers if p.member_id == chosen), teachers[0] if teachers else None)
    return say("guests-teacher", name=teacher.name, phone=teacher.phone) if teacher else None
