"""The big keys and the way home: /start, [返回], [取消] (XC-02)."""

from __future__ import annotations

from chat.events import Event
from chat.messages import Keyboard, Reply, say
from chat.turns import on_word
from handlers.turns import Turn
from rules.roles import ADMIN, CLASS_TEACHER, EVERYONE, LEADER, LEADERS, LECTURER, SCHOOL_LEADER, TRAINEE
from storage.accounts import Me

KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    LEADER: (("menu-check-in", "menu-timetable"), ("menu-roll", "menu-leave"), ("menu-log", "menu-ask")),
    TRAINEE: (("menu-check-in", "menu-timetable"), ("menu-leave", "menu-log"), ("menu-ask", "menu-handbook")),
    CLASS_TEACHER: (("menu-roll", "menu-leaves"), ("menu-notice", "menu-questions"), ("menu-people", "menu-timetable")),
    ADMIN: (("menu-notice", "menu-people"), ("menu-roll", "menu-leaves"), ("menu-questions", "menu-timetable")),
    SCHOOL_LEADER: (("menu-leaves", "menu-attention"), ("menu-notice", "menu-people"), ("menu-timetable", "menu-help")),
    LECTURER: (("menu-timetable", "menu-questions"), ("menu-notice", "menu-help")),
}
GIVES_WAY = ("menu-handbook", "menu-record", "menu-help", "menu-roll", "menu-timetable")
"""Whose place [我已返回] takes while somebody is away: the first of these that the person has."""
OTHERS = (("menu-timetable", "menu-help"),)


def keyboard(me: Me) -> Keyboard:
    """The keys of a person by role; who calls a roll among trainees has the key for it, who is away the one to report
    back with."""
    role = (LEADER if me.roles & LEADERS else TRAINEE) if TRAINEE in me.roles else me.role
    rows = KEYS.get(role, OTHERS) if me.cohort_id else (("menu-help",),)
    if me.away:
        gives = next(key for key in GIVES_WAY if any(key in row for row in rows))
        rows = tuple(tuple("menu-return" if key == gives else key for key in row) for row in rows)
    return Keyboard(tuple(tuple(say(key) for key in row) for row in rows), say("menus-hint"))


async def home(turn: Turn, event: Event) -> Reply:
    """Leave whatever was going on and see the keys again."""
    me = turn.me
    key = "menus-left" if turn.talk.step else "menus-home"
    return Reply(say(key, name=me.name or me.first_name, title=me.cohort_title), keyboard=keyboard(me))


ROUTES = (on_word("menu-back", home, who=EVERYONE),)
