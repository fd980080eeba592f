"""What a prepared change would do, in words: the same in the chat and at the desk (TIME-01, BC-16)."""

from __future__ import annotations

from actions.change_notices import Touched
from actions.change_words import Wording
from actions.timetable_steps import Outlook
from chat.messages import Lines, Say, lines, say
from rules.plans import BUS_CALL, LECTURE_SOON, LEG_CALL, REMINDER, ROLL_OPENS
from rules.timetable_changes import CANCELLED, TIME, Moved

FEW = 2
"""So many reminders, or sessions at the same time, are named; of more the number."""
REMINDERS = {REMINDER: "changes-reminder", BUS_CALL: "changes-bus-call", LEG_CALL: "changes-bus-call",
             LECTURE_SOON: "changes-lecture-soon", ROLL_OPENS: "changes-roll-opens"}  # fmt: skip
LEVELS = {"ordinary": "changes-level-ordinary", "ack": "changes-level-ack", "urgent": "changes-level-urgent"}


def told(seen: Outlook, lang: str) -> Lines:
    """A line each: before and after, what goes on at that time, the reminders, the list, who is told and how loud."""
    wording = seen.looked.wording
    return lines(
        wording.line(seen.changed, lang),
        *_clashes(seen, wording, lang),
        *_reminders(seen, wording),
        _list(seen),
        *_told(seen),
    )


def _clashes(seen: Outlook, wording: Wording, lang: str) -> list[Say]:
    """What goes on at the new time."""
    if not seen.clashes:
        return []
    names = [say("changes-clash-one", hours=wording.hours(s), title=s.title_in(lang)) for s in seen.clashes[:FEW]]
    return [say("changes-clash", names=names, more=len(seen.clashes) - len(names))]


def _reminders(seen: Outlook, wording: Wording) -> list[Say]:
    """Which reminders move."""
    said = [_reminder(one, wording) for one in seen.moved[:FEW]]
    more = len(seen.moved) - len(said)
    return [*said, *([say("changes-reminders-more", count=more)] if more else [])]


def _reminder(one: Moved, wording: Wording) -> Say:
    name = say(REMINDERS[one.kind])
    if one.old is None and one.new is not None:
        return say("changes-moves-new", name=name, new=wording.clock(one.new))
    if one.new is None and one.old is not None:
        return say("changes-moves-gone", name=name, old=wording.clock(one.old))
    assert one.old is not None and one.new is not None
    return say("changes-moves", name=name, old=wording.clock(one.old), new=wording.clock(one.new))


def _list(seen: Outlook) -> Say | None:
    """What stands in the list, and what becomes of it."""
    looked, parts = seen.looked, seen.changed.parts
    if looked.roll is None:
        return None
    if CANCELLED in parts:
        hours = looked.session.credit_hours
        return say("changes-list-goes", count=looked.marked, hours=hours)
    if looked.state == "open" and TIME in parts:
        return say("changes-list-again", count=looked.marked)
    return say("changes-marked", count=looked.marked) if looked.marked else None


def _told(seen: Outlook) -> list[Say]:
    """Who is touched, and how loud the notice is; or that nobody is told."""
    if not seen.level or not seen.touched.members:
        return [say("changes-nobody-told")]
    people = say("changes-touched", people=_people(seen.touched))
    away = [say("changes-touched-away", count=seen.touched.away)] if seen.touched.away else []
    return [people, *away, say(LEVELS[seen.level])]


def _people(found: Touched) -> list[Say]:
    groups = (
        ("changes-trainees", found.trainees), ("changes-lecturers", found.lecturers),
        ("changes-contacts", found.contacts), ("changes-teachers", found.teachers),
    )  # fmt: skip
    return [say(key, count=len(ids)) for key, ids in groups if ids]
