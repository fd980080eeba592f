"""Questions: who may see what of them, whose they are, and what may follow what (QA-*, section 21)."""

from __future__ import annotations

import re
from collections.abc import Collection

from msgspec import Struct

from rules.roles import ADMIN, CLASS_TEACHER, LECTURER, TRAINEE

DRAFT, QUEUED, ASSIGNED, ANSWERED, SOLVED, DECLINED = "draft", "queued", "assigned", "answered", "solved", "declined"
OPEN = frozenset({QUEUED, ASSIGNED})
"""Somebody still owes an answer."""
WITH_ANSWER = frozenset({ANSWERED, SOLVED})

NAMED, ANONYMOUS, PRIVATE = "named", "anonymous", "private"
LEVELS = (NAMED, ANONYMOUS, PRIVATE)
"""署名公开, 对同学匿名, 仅老师可见: each more private than the one before (QA-02)."""
DEFAULTS = {"named": NAMED, "anonymous_to_classmates": ANONYMOUS, "teacher_only": PRIVATE}
"""The levels as the settings call them (`question.default_visibility`)."""

COURSE, SITE, POLICY, LOGISTICS, OTHER = "course", "site", "policy", "logistics", "other"
PLAIN_TOPICS = (SITE, POLICY, LOGISTICS, OTHER)
"""The categories that are no course (QA-01)."""

BY_CLASS, BY_HANDBOOK, BY_SELF = "class", "handbook", "anonymous"
"""Through which door a question came, kept for counting only (QA-14)."""

SYSTEM = "system"
STEPS: dict[tuple[str, str], str] = {
    (DRAFT, "send"): QUEUED,
    (QUEUED, "assign"): ASSIGNED,
    (ASSIGNED, "assign"): ASSIGNED,
    (ASSIGNED, "return"): QUEUED,
    (QUEUED, "answer"): ANSWERED,
    (ASSIGNED, "answer"): ANSWERED,
    (ANSWERED, "answer"): ANSWERED,
    (SOLVED, "answer"): SOLVED,
    (ANSWERED, "ask_again"): ASSIGNED,
    (ANSWERED, "solve"): SOLVED,
    (SOLVED, "reopen"): ASSIGNED,
    (QUEUED, "decline"): DECLINED,
    (ASSIGNED, "decline"): DECLINED,
}
"""State and event, and the state after it; whatever is not here is refused with the present state."""


def after(state: str, event: str) -> str | None:
    """The state after an event; None where it may not happen."""
    return STEPS.get((state, event))


def may_become(old: str, new: str) -> bool:
    """Whether a level may change: to a more private one only (AT-38)."""
    return new in LEVELS and LEVELS.index(new) > LEVELS.index(old)


class Viewer(Struct, frozen=True, kw_only=True):
    """Somebody who looks at a question of the own class."""

    roles: frozenset[str]
    is_asker: bool = False
    is_owner: bool = False
    """It is his to answer, or he has answered it."""


def sees_text(viewer: Viewer, visibility: str) -> bool:
    """Whether somebody may read a question and its answers (QA-02): the asker, the class teachers, whoever answers;
    classmates, lecturers and the office unless it is for teachers only."""
    if viewer.is_asker or viewer.is_owner or CLASS_TEACHER in viewer.roles:
        return True
    return visibility != PRIVATE and bool(viewer.roles & {TRAINEE, LECTURER, ADMIN})


def sees_name(viewer: Viewer, visibility: str) -> bool:
    """Whether somebody learns who asked (RULE-8): of what is not signed only the class teachers, and the asker."""
    return viewer.is_asker or CLASS_TEACHER in viewer.roles or visibility == NAMED


def sees_staff_side(viewer: Viewer) -> bool:
    """Whether somebody sees notes and history: class teachers, and who answers."""
    return CLASS_TEACHER in viewer.roles or viewer.is_owner


def may_answer(viewer: Viewer) -> bool:
    """Class teachers answer anything, others what was routed to them (DASH-05)."""
    return CLASS_TEACHER in viewer.roles or viewer.is_owner


def may_assign(roles: Collection[str]) -> bool:
    """Who gives a question to somebody else, or back to the queue."""
    return bool({CLASS_TEACHER, ADMIN} & set(roles))


class Candidate(Struct, frozen=True, kw_only=True):
    """Somebody who could answer. `reachable`: has joined, has not left, has not stopped the bot."""

    member_id: int
    ref: str
    roles: frozenset[str]
    reachable: bool
    in_charge: bool = False


class Routed(Struct, frozen=True):
    """Whose a question is. `stands_in`: the class teacher has it because its lecturer cannot be reached (QA-04)."""

    member_id: int | None
    state: str
    stands_in: bool = False


def route(topic: str, lead_ref: str, people: Collection[Candidate]) -> Routed:
    """One owner for each question (QA-04): a course's lecturer, the office for logistics, else the class teacher.

    Without any class teacher who can be reached it is nobody's and waits in the queue.
    """
    reached = sorted((p for p in people if p.reachable), key=lambda p: (not p.in_charge, p.member_id))
    if topic == COURSE:
        lecturer = next((p for p in reached if p.ref == lead_ref and LECTURER in p.roles), None)
        if lecturer is not None:
            return Routed(lecturer.member_id, ASSIGNED)
    if topic == LOGISTICS:
        office = next((p for p in reached if ADMIN in p.roles), None)
        if office is not None:
            return Routed(office.member_id, ASSIGNED)
    teacher = next((p for p in reached if CLASS_TEACHER in p.roles), None)
    stands_in = topic in (COURSE, LOGISTICS)
    return Routed(teacher.member_id, ASSIGNED, stands_in) if teacher else Routed(None, QUEUED, stands_in)


class Written(Struct, frozen=True):
    """What somebody typed for a question: usable, or why not (`short`, `long`)."""

    text: str
    problem: str = ""
    length: int = 0


def written(text: str, shortest: int, longest: int) -> Written:
    """Judge the text of a question by its signs without blanks at the ends (QA-01)."""
    clean = "\n".join(line.strip() for line in text.strip().splitlines() if line.strip())
    count = len("".join(clean.split()))
    if count < shortest:
        return Written(clean, "short", count)
    if count > longest:
        return Written(clean, "long", count)
    return Written(clean, "", count)


_SEAT = re.compile(r"^\s*(\d{1,4})(?!\d)\s*(?:号|座)?\s*[,，、:：.．]?\s*(.*)$", re.DOTALL)


def number_and_rest(text: str) -> tuple[int, str]:
    """A seat and what follows it, as it was typed: 「１２号：老人不会用手机怎么办？」; 0 where there is no seat."""
    found = _SEAT.match(text)
    return (int(found[1]), found[2].strip()) if found else (0, "")
