"""[绑定情况]: who has bound a seat, who has not, and a new code for whoever needs one (BC-10, XC-01)."""

from __future__ import annotations

from actions import joining, registration
from actions.access import access_called_by_id, access_cohort_of, access_member_by_id
from actions.people import who_where
from chat.events import Event, Tap
from chat.messages import Button, Reply, Rows, Say, button, lines, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from rules.roles import ADMIN, CLASS_TEACHER, STAFF
from storage import members
from storage.members import Member

BINDERS = frozenset({CLASS_TEACHER, ADMIN})
NAMES = 12
OTHERS = 0
"""The page of those without a seat: teachers and staff."""


async def board(turn: Turn, said: Event) -> Reply:
    """「已绑定 38/50」, those missing by name, a button for each group."""
    cohort = await access_cohort_of(turn.tx, turn.me)
    people = await members.of_cohort(turn.tx, cohort.id)
    seats = [p for p in people if p.seat_no]
    missing = [p for p in seats if p.account_id is None and p.paper_at is None]
    paper = [p for p in seats if p.account_id is None and p.paper_at is not None]
    title = cohort.title_in(turn.me.lang)
    text = lines(
        say("people-bound", bound=sum(p.account_id is not None for p in seats), count=len(seats), title=title),
        _names("people-missing", missing),
        _names("people-paper", paper),
        say("people-all") if not missing and not paper else None,
        say("people-staff", bound=sum(p.account_id is not None for p in people if not p.seat_no),
            count=len(people) - len(seats)),
    )  # fmt: skip
    rows = _pages(people) if turn.me.roles & BINDERS else ()
    return Reply(text, rows)


def _names(key: str, people: list[Member]) -> Say | None:
    """Some people by name, and how many more; nothing where there are none."""
    return say(key, names=[who_where(p) for p in people[:NAMES]], more=max(0, len(people) - NAMES)) if people else None


def _pages(people: list[Member], shown: int = -1) -> Rows:
    groups = sorted({p.group_no or OTHERS for p in people} - {OTHERS, shown})
    row: list[Button] = [button(say("rolls-group", group=g), "people", g) for g in groups]
    if shown != OTHERS:
        row.append(button("people-others", "people", OTHERS))
    return tuple(tuple(row[i : i + 3]) for i in range(0, len(row), 3))


async def page(turn: Turn, said: Tap) -> Reply:
    """One group by name: a tap on a name shows that person's code."""
    group = said.number()
    cohort = await access_cohort_of(turn.tx, turn.me)
    people = await members.of_cohort(turn.tx, cohort.id)
    cells = [
        button(
            say("people-cell", bound="✅" if p.account_id else "⬜", seat=p.seat_no or 0, name=p.name), "person", p.id
        )
        for p in people
        if (p.group_no or OTHERS) == group
    ]
    rows = tuple(tuple(cells[i : i + 2]) for i in range(0, len(cells), 2))
    head = say("people-page", group=group) if group else say("people-page-others")
    return Reply(head, (*rows, *_pages(people, group))[:24], edit=True)


async def person(turn: Turn, said: Tap) -> Reply:
    """One person: the code to read out, or the way to bind anew."""
    member = await access_member_by_id(turn.tx, turn.me, said.number())
    late = ((button("people-late", "late", member.id),),) if member.seat_no else ()
    if member.account_id is not None:
        free = (button("people-free", "free", member.id),)
        return Reply(say("people-is-bound", who=who_where(member)), (free, *late))
    link = await joining.link_for(turn.tx, member.id, turn.now)
    return Reply(say("people-code", who=who_where(member), code=_spaced(link.code or "")), late)


async def late(turn: Turn, said: Tap) -> Reply:
    """[晚入班]: asks once more, since lists before now will not count for this person."""
    member = await access_called_by_id(turn.tx, turn.me, said.number())
    yes = button("people-late-yes", "lateyes", member.id)
    return Reply(say("people-late-sure", who=who_where(member)), ((yes,),), edit=True)


async def late_now(turn: Turn, said: Tap) -> Reply:
    """The person counts from now on."""
    member = await access_called_by_id(turn.tx, turn.me, said.number())
    await registration.join_late(turn.tx, turn.me, member, turn.now)
    return Reply(say("people-late-done", who=who_where(member)), edit=True)


async def free(turn: Turn, said: Tap) -> Reply:
    """[换手机重新绑定]: asks once more, since the old telephone loses access at once."""
    member = await access_member_by_id(turn.tx, turn.me, said.number())
    yes = button("people-free-yes", "freeyes", member.id)
    return Reply(say("people-free-sure", who=who_where(member)), ((yes,),), edit=True)


async def free_now(turn: Turn, said: Tap) -> Reply:
    """Take the seat back and give the new code."""
    member = await access_member_by_id(turn.tx, turn.me, said.number())
    link = await joining.free_seat(turn.tx, turn.me, member, turn.now)
    text = say("people-code", who=who_where(member), code=_spaced(link.code or ""))
    return Reply(text, edit=True, commands=(member.account_id,) if member.account_id else ())


def _spaced(code: str) -> str:
    """A code as it is read out: four and four."""
    return f"{code[:4]} {code[4:]}"


ROUTES = (
    on_word("menu-people", board, who=STAFF),
    on_command("people", board, who=STAFF, about="people-about"),
    on_tap("people", page, who=BINDERS),
    on_tap("person", person, who=BINDERS),
    on_tap("late", late, who=BINDERS),
    on_tap("lateyes", late_now, who=BINDERS),
    on_tap("free", free, who=BINDERS),
    on_tap("freeyes", free_now, who=BINDERS),
)
