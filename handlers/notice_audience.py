"""[发给谁]: the class, groups, buses, sites, roles, those who have not …, or names picked one by one (BC-11)."""

from __future__ import annotations

from actions import notice_audiences as to_whom
from actions import notice_drafts as drafts
from actions.access import access_draft_by_id, access_notice_by_id, access_roll_by_id, need
from actions.people import in_rows
from chat.events import Tap
from chat.messages import Button, Refusal, Reply, Rows, button, say
from chat.turns import on_tap
from handlers import notice_picking, notices
from handlers.notice_panel import show_choice
from handlers.notices import WRITERS
from handlers.turns import Turn
from rules.notice_fields import first_words
from rules.notices import Audience
from rules.roles import ADMIN, CLASS_TEACHER
from storage.notices import Notice


async def menu(turn: Turn, said: Tap) -> Reply:
    """[发给谁] (`nto:<id>[:<kind>]`): the ways to say whom, or the choices of one way."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    kind = said.args[1] if len(said.args) > 1 else ""
    if not to_whom.is_free(turn.me):
        return await _own_sessions(turn, notice)
    if kind == "class":
        return await _set(turn, notice, Audience())
    if kind in to_whom.TICKS:
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
    return in_rows([_way(notice, kind) for kind in await to_whom.ways(turn.tx, turn.me, notice, turn.now)])


def _way(notice: Notice, kind: str) -> Button:
    return button(f"notices-way-{kind}", "nto", notice.id, kind)


async def _set(turn: Turn, notice: Notice, audience: Audience, *, stay: str = "") -> Reply:
    """Keep the choice; `stay` shows the same choices again, for several ticks."""
    notice = await drafts.set_audience(turn.tx, turn.me, notice, audience)
    return await _choose(turn, notice, stay) if stay else await notices.panel(turn, notice)


# ---- ticks: groups, buses, floors, sites, roles ------------------------------------------------------------------


async def _choose(turn: Turn, notice: Notice, kind: str) -> Reply:
    """Ticks for one way: each tap turns one on or off."""
    found = await to_whom.choices(turn.tx, turn.me, notice, kind, turn.now)
    chosen = to_whom.chosen(notice.audience) if notice.audience.kind == kind else set()
    cells = [
        button(say("notices-pick", mark="✅" if value in chosen else "⬜", name=label), "ntick", notice.id, kind, value)
        for value, label in found
    ]
    return await show_choice(turn, notice, say(f"notices-which-{kind}"), in_rows(cells))


async def tick(turn: Turn, said: Tap) -> Reply:
    """One tick (`ntick:<id>:<kind>:<value>`)."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    kind, value = (*said.args[1:3], "", "")[:2]
    if value not in {v for v, _ in await to_whom.choices(turn.tx, turn.me, notice, kind, turn.now)}:
        raise Refusal("help-old-button")
    chosen = to_whom.chosen(notice.audience) if notice.audience.kind == kind else set()
    chosen ^= {value}
    return await _set(turn, notice, to_whom.ticked(kind, chosen), stay=kind)


# ---- those who have not … ------------------------------------------------------------------


async def _unmarked(turn: Turn, notice: Notice) -> Reply:
    """Those not marked in a list: the lists that have opened, the newest first."""
    need(turn.me, *to_whom.KNOWN_TO["unmarked"])
    found = await to_whom.open_lists(turn.tx, notice, turn.now)
    if not found:
        raise Refusal("notices-no-list-yet")
    rows = tuple((button(say("notices-list-of", at=r.bell_at, title=r.title_in(turn.me.lang)), "nroll", notice.id,
                         r.id),) for r in found)  # fmt: skip
    return await show_choice(turn, notice, say("notices-which-list"), rows)


async def _without_log(turn: Turn, notice: Notice) -> Reply:
    """Those who have not handed in the log of the day whose window opened last."""
    return await _set(turn, notice, await to_whom.without_log(turn.tx, turn.me, notice, turn.now))


async def of_list(turn: Turn, said: Tap) -> Reply:
    """The people missing in a list."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    roll = await access_roll_by_id(turn.tx, turn.me, said.number(1))
    return await _set(turn, notice, Audience("unmarked", (roll.id,)))


async def _unread(turn: Turn, notice: Notice) -> Reply:
    """Those who have not read an earlier notice."""
    found = await to_whom.earlier(turn.tx, notice)
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
