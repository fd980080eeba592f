"""People: the roster with who has joined, and a page for each person with the own record (BC-10, XC-01, CLASS-07)."""

from __future__ import annotations

from msgspec import Struct

from actions import joining, ledgers, registration
from actions.access import access_called_by_id, access_cohort_of, access_member_by_id, need_class
from actions.leave_cards import span
from actions.leaves import KINDS, STATES
from actions.people import who_where
from chat.messages import Refusal, Say, say
from desk.visits import Done, Page, Visit, Way, deed, page
from rules.leaves import WITHDRAW
from rules.roles import ADMIN, CLASS_TEACHER, STAFF, TRAINEE
from storage import leaves, logs, members
from storage.members import Addressee, Member

BINDERS = frozenset({CLASS_TEACHER, ADMIN})
BOUND, WAITING, BLOCKED, PAPER, LEFT = "bound", "waiting", "blocked", "paper", "left"
STATES_OF = (BOUND, WAITING, BLOCKED, PAPER, LEFT)
ROLES = ("class_teacher", "admin", "school_leader", "lecturer", "leader", "deputy", "monitor", "trainee",
         "site_contact", "support")  # fmt: skip


class Row(Struct, frozen=True):
    """A line of the roster."""

    member: Member
    state: str
    roles: tuple[str, ...]


async def _rows(visit: Visit) -> list[Row]:
    cohort_id = need_class(visit.me)
    reached = {p.member_id: p for p in await members.addressees(visit.tx, cohort_id, visit.now)}
    return [
        Row(m, _state(m, reached.get(m.id)), tuple(r for r in ROLES if r in m.role_set))
        for m in await members.of_cohort(visit.tx, cohort_id)
    ]


def _state(member: Member, person: Addressee | None) -> str:
    if person is None:
        return LEFT
    if member.account_id is not None:
        return BLOCKED if person.blocked_at is not None else BOUND
    return PAPER if member.paper_at is not None else WAITING


async def listed(visit: Visit) -> Page:
    """The roster: how many have joined, who has not, by group, state or name."""
    rows = await _rows(visit)
    group, state, name = visit.number("group"), visit.word("state", 10), visit.word("q", 20)
    seats = [r for r in rows if r.member.seat_no and r.state != LEFT]
    shown = [
        r
        for r in rows
        if (not group or r.member.group_no == group)
        and (state not in STATES_OF or r.state == state)
        and (not name or name in r.member.name or name == str(r.member.seat_no))
    ]
    values = {
        "rows": shown, "group": group, "state": state, "q": name, "states": STATES_OF,
        "groups": sorted({r.member.group_no for r in rows if r.member.group_no}),
        "bound": sum(r.state in (BOUND, BLOCKED) for r in seats), "count": len(seats),
    }  # fmt: skip
    return Page("people.html", say("desk-people"), values, live=("today",))


class Line(Struct, frozen=True):
    """A leave of somebody in one line."""

    id: int
    kind: Say
    when: Say | None
    state: Say


async def show(visit: Visit) -> Page:
    """One person: seat, telephone, how to join, marks, leaves; logs for class teachers only."""
    member = await members.get(visit.tx, visit.number("id"))
    if member is None or member.cohort_id != need_class(visit.me):
        raise Refusal("refusals-not-here")
    row = next(r for r in await _rows(visit) if r.member.id == member.id)
    trainee = TRAINEE in member.role_set
    cohort = await access_cohort_of(visit.tx, visit.me)
    entry = await ledgers.one(visit.tx, cohort, member, visit.now) if trainee else None
    asked = await leaves.of_member(visit.tx, member.id, set(STATES) - {"draft"}) if trainee else []
    teaches = CLASS_TEACHER in visit.me.roles
    values = {
        "row": row, "member": member, "entry": entry, "left": ledgers.what_is_left(entry) if entry else None,
        "called": [c for c in entry.called if c.is_seen(visit.now)] if entry else [],
        "leaves": [_line(visit, v) for v in asked],
        "logs": [g for g in await logs.of_member(visit.tx, member.id) if g.version] if trainee and teaches else [],
        "may_bind": bool(visit.me.roles & BINDERS) and row.state != LEFT, "code": visit.word("code", 12),
        "teaches": teaches,
    }  # fmt: skip
    return Page("person.html", say("desk-person", name=member.name), values, live=("today",))


def _line(visit: Visit, leave: leaves.Leave) -> Line:
    when = span(leave.stretch, visit.me.zone) if leave.kind != WITHDRAW and leave.starts_at else None
    return Line(leave.id, say(KINDS[leave.kind]), when, say(STATES[leave.state]))


def _here(member: Member) -> str:
    return f"/desk/people/{member.id}"


async def code(visit: Visit) -> Done:
    """The code of a seat that nobody has taken yet, to be read out."""
    member = await access_member_by_id(visit.tx, visit.me, visit.number("id"))
    if member.account_id is not None:
        return Done(_here(member), say("people-is-bound", who=who_where(member)))
    link = await joining.link_for(visit.tx, member.id, visit.now)
    return Done(_here(member), say("people-code", who=who_where(member), code=_spaced(link.code or "")))


async def free(visit: Visit) -> Done:
    """[换手机重新绑定]: the old telephone loses access at once."""
    visit.need_fresh()
    member = await access_member_by_id(visit.tx, visit.me, visit.number("id"))
    link = await joining.free_seat(visit.tx, visit.me, member, visit.now)
    return Done(_here(member), say("people-code", who=who_where(member), code=_spaced(link.code or "")))


async def late(visit: Visit) -> Done:
    """[晚入班]: lists before now do not count for this person."""
    member = await access_called_by_id(visit.tx, visit.me, visit.number("id"))
    await registration.join_late(visit.tx, visit.me, member, visit.now)
    return Done(_here(member), say("people-late-done", who=who_where(member)))


async def paper(visit: Visit) -> Done:
    """Takes part on paper: consent on paper, called by the leader."""
    member = await access_called_by_id(visit.tx, visit.me, visit.number("id"))
    if member.paper_at is None:  # in the chat the key switches back and forth; here it is there for one way only
        await registration.on_paper(visit.tx, visit.me, member, visit.now)
    return Done(_here(member), say("desk-person-paper-done", name=member.name))


def _spaced(code: str) -> str:
    return f"{code[:4]} {code[4:]}"


WAYS: tuple[Way, ...] = (
    page("/desk/people", listed, who=STAFF, nav="desk-people"),
    page("/desk/people/{id}", show, who=STAFF),
    deed("/desk/people/{id}/code", code, who=BINDERS),
    deed("/desk/people/{id}/free", free, who=BINDERS),
    deed("/desk/people/{id}/late", late, who=BINDERS),
    deed("/desk/people/{id}/paper", paper, who=BINDERS),
)
