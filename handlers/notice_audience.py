"""[发给谁]: the class, groups, buses, sites, roles, those who have not …, or names picked one by one (BC-11)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from actions import log_days, notice_people
from actions import notice_drafts as drafts
from actions.access import access_draft_by_id, access_notice_by_id, access_roll_by_id
from actions.notice_people import floor_of
from actions.people import in_rows
from chat.events import Tap
from chat.messages import Button, Refusal, Reply, Rows, Say, button, say
from chat.turns import on_tap
from handlers import notice_picking, notices
from handlers.notice_panel import show_choice
from handlers.notices import WRITERS
from handlers.turns import Turn
from rules.notice_fields import first_words
from rules.notices import ASKED, Audience
from rules.roles import ADMIN, CLASS_TEACHER, SCHOOL_LEADER, TRAINEE
from storage import cohorts, members, places, rolls
from storage import notices as stored
from storage import saved_lists as kept
from storage.members import Addressee
from storage.notices import Notice


async def menu(turn: Turn, said: Tap) -> Reply:
    """[发给谁] (`nto:<id>[:<kind>]`): the ways to say whom, or the choices of one way."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    kind = said.args[1] if len(said.args) > 1 else ""
    if not turn.me.roles & {CLASS_TEACHER, ADMIN, SCHOOL_LEADER}:
        return await _own_sessions(turn, notice)
    if kind == "class":
        return await _set(turn, notice, Audience())
    if kind in CHOICES:
        return await _choose(turn, notice, kind)
    if kind == "picked":
        return await notice_picking.picking(turn, notice, 0)
    if kind == "unmarked":
        return await _unmarked(turn, notice)
    if kind == "unread":
        return await _unread(turn, notice)
    if kind == "nolog":
        return await _without_log(turn, notice)
    if kind == "lists":
        return await notice_picking.lists(turn, notice)
    return await show_choice(turn, notice, say("notices-to-whom"), await _ways(turn, notice))


async def _ways(turn: Turn, notice: Notice) -> Rows:
    """Only the ways that this class has something for."""
    people = await _seated(turn, notice)
    cells = [_way(notice, "class"), _way(notice, "groups")]
    if any(p.bus for p in people):
        cells.append(_way(notice, "bus"))
    if any(floor_of(p.dorm_room) for p in people):
        cells.append(_way(notice, "floor"))
    cells += [_way(notice, kind) for kind in ("site", "roles", "unmarked", "unread", "nolog", "picked")]
    if await kept.of_cohort(turn.tx, notice.cohort_id):
        cells.append(_way(notice, "lists"))
    return in_rows(cells)


def _way(notice: Notice, kind: str) -> Button:
    return button(f"notices-way-{kind}", "nto", notice.id, kind)


async def _seated(turn: Turn, notice: Notice) -> list[Addressee]:
    return [p for p in await members.addressees(turn.tx, notice.cohort_id, turn.now) if TRAINEE in p.role_set]


async def _set(turn: Turn, notice: Notice, audience: Audience, *, stay: str = "") -> Reply:
    """Keep the choice; `stay` shows the same choices again, for several ticks."""
    notice = await drafts.set_audience(turn.tx, turn.me, notice, audience)
    return await _choose(turn, notice, stay) if stay else await notices.panel(turn, notice)


# ---- ticks: groups, buses, floors, sites, roles ------------------------------------------------------------------


async def _groups(turn: Turn, notice: Notice) -> list[tuple[str, Say]]:
    found = await places.groups(turn.tx, notice.cohort_id)
    return [(str(g.group_no), say("rolls-group", group=g.group_no)) for g in found]


async def _buses(turn: Turn, notice: Notice) -> list[tuple[str, Say]]:
    found = sorted({p.bus for p in await _seated(turn, notice) if p.bus})
    return [(bus, say("notices-bus", bus=bus)) for bus in found]


async def _floors(turn: Turn, notice: Notice) -> list[tuple[str, Say]]:
    found = sorted({floor_of(p.dorm_room) for p in await _seated(turn, notice)} - {""})
    return [(floor, say("notices-floor", floor=floor)) for floor in found]


async def _sites(turn: Turn, notice: Notice) -> list[tuple[str, Say]]:
    found = await places.sites(turn.tx, notice.cohort_id)
    english = turn.me.lang == "en"
    return [(p.ref, say("notices-site", name=(p.name_en if english else "") or p.name)) for p in found]


async def _roles(turn: Turn, notice: Notice) -> list[tuple[str, Say]]:
    return [(role, say(f"notices-role-{role}")) for role in notice_people.ROLES]


CHOICES: dict[str, Callable[[Turn, Notice], Awaitable[list[tuple[str, Say]]]]] = {
    "groups": _groups, "bus": _buses, "floor": _floors, "site": _sites, "roles": _roles,
}  # fmt: skip


async def _choose(turn: Turn, notice: Notice, kind: str) -> Reply:
    """Ticks for one way: each tap turns one on or off."""
    found: list[tuple[str, Say]] = await CHOICES[kind](turn, notice)
    chosen = _chosen(notice.audience) if notice.audience.kind == kind else set()
    cells = [
        button(say("notices-pick", mark="✅" if value in chosen else "⬜", name=label), "ntick", notice.id, kind, value)
        for value, label in found
    ]
    return await show_choice(turn, notice, say(f"notices-which-{kind}"), in_rows(cells))


def _chosen(audience: Audience) -> set[str]:
    return {*map(str, audience.numbers), *audience.words}


async def tick(turn: Turn, said: Tap) -> Reply:
    """One tick (`ntick:<id>:<kind>:<value>`)."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    kind, value = (*said.args[1:3], "", "")[:2]
    if kind not in CHOICES or value not in {v for v, _ in await CHOICES[kind](turn, notice)}:
        raise Refusal("help-old-button")
    chosen = _chosen(notice.audience) if notice.audience.kind == kind else set()
    chosen ^= {value}
    if kind == "groups":
        return await _set(turn, notice, Audience(kind, numbers=tuple(sorted(map(int, chosen)))), stay=kind)
    return await _set(turn, notice, Audience(kind, words=tuple(sorted(chosen))), stay=kind)


# ---- those who have not … ------------------------------------------------------------------


async def _unmarked(turn: Turn, notice: Notice) -> Reply:
    """Those not marked in a list: the lists that have opened, the newest first."""
    found = [r for r in await rolls.of_cohort(turn.tx, notice.cohort_id) if r.opens_at <= turn.now][-6:]
    if not found:
        raise Refusal("notices-no-list-yet")
    rows = tuple((button(say("notices-list-of", at=r.bell_at, title=r.title_in(turn.me.lang)), "nroll", notice.id,
                         r.id),) for r in reversed(found))  # fmt: skip
    return await show_choice(turn, notice, say("notices-which-list"), rows)


async def _without_log(turn: Turn, notice: Notice) -> Reply:
    """Those who have not handed in the log of the day whose window opened last."""
    window = await log_days.today(turn.tx, await cohorts.get(turn.tx, notice.cohort_id), turn.now)
    if window is None:
        raise Refusal("notices-no-log-yet")
    return await _set(turn, notice, Audience("nolog", (window.day,)))


async def of_list(turn: Turn, said: Tap) -> Reply:
    """The people missing in a list."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    roll = await access_roll_by_id(turn.tx, turn.me, said.number(1))
    return await _set(turn, notice, Audience("unmarked", (roll.id,)))


async def _unread(turn: Turn, notice: Notice) -> Reply:
    """Those who have not read an earlier notice."""
    found = [n for n in await stored.of_cohort(turn.tx, notice.cohort_id, 12) if n.level in ASKED or n.choices][:6]
    if not found:
        raise Refusal("notices-no-earlier")
    rows = tuple((button(say("notices-list-of", at=n.begun_at or n.made_at, title=first_words(n.html, 16)), "nunread",
                         notice.id, n.id),) for n in found)  # fmt: skip
    return await show_choice(turn, notice, say("notices-which-notice"), rows)


async def of_notice(turn: Turn, said: Tap) -> Reply:
    """The people who have not read it."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    earlier = await access_notice_by_id(turn.tx, turn.me, said.number(1))
    return await _set(turn, notice, Audience("unread", (earlier.id,)))


async def _own_sessions(turn: Turn, notice: Notice) -> Reply:
    """A lecturer writes to the people of the own sessions."""
    own = await drafts.own_sessions(turn.tx, turn.me, notice.cohort_id)
    if not own:
        raise Refusal("notices-no-session")
    rows = tuple((button(say("notices-list-of", at=s.starts_at, title=s.title_in(turn.me.lang)), "nsession", notice.id,
                         s.id),) for s in own[:10])  # fmt: skip
    return await show_choice(turn, notice, say("notices-which-session"), rows)


async def of_session(turn: Turn, said: Tap) -> Reply:
    """The people of one's own session."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    return await _set(turn, notice, Audience("session", (said.number(1),)))


ROUTES = (
    on_tap("nto", menu, who=WRITERS),
    on_tap("ntick", tick, who=WRITERS),
    on_tap("nroll", of_list, who=frozenset({CLASS_TEACHER, ADMIN})),
    on_tap("nunread", of_notice, who=WRITERS),
    on_tap("nsession", of_session, who=WRITERS),
)
