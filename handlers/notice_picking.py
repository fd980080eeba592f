"""Names picked one by one for a notice, lists of them kept for later, and the names behind a number (BC-11)."""

from __future__ import annotations

from actions import notice_drafts as drafts
from actions.access import access_draft_by_id
from actions.notice_audiences import named
from actions.people import in_rows, who_where
from chat.events import Event, Tap, Text
from chat.messages import Refusal, Reply, button, say
from chat.messages import lines as below
from chat.turns import on_step, on_tap
from handlers import notices
from handlers.notice_panel import show_choice
from handlers.turns import Turn
from rules.notices import Audience
from rules.roles import STAFF
from storage import cohorts, members
from storage import saved_lists as kept
from storage.notices import Notice

PICK, NAME = "notices-pick", "notices-list-name"
PAGE = 30


# ---- names ------------------------------------------------------------------


async def picking(turn: Turn, notice: Notice, group: int) -> Reply:
    """One group's names as ticks; seat numbers or names may be typed instead."""
    people = await members.addressees(turn.tx, notice.cohort_id, turn.now)
    groups = sorted({p.group_no for p in people if p.group_no})
    group = group if group in (*groups, -1) else (groups[0] if groups else -1)
    chosen = set(notice.audience.numbers) if notice.audience.kind == "picked" else set()
    here = [p for p in people if p.group_no == group or (group == -1 and not p.group_no)][:PAGE]
    cells = [
        button(say("notices-pick-seat" if p.seat_no else "notices-pick", mark="✅" if p.member_id in chosen else "⬜",
                   seat=p.seat_no or 0, name=p.name), "npick", notice.id, group, p.member_id)
        for p in here
    ]  # fmt: skip
    pages = [button(say("rolls-group", group=g), "npick", notice.id, g) for g in groups if g != group]
    pages += [button("people-others", "npick", notice.id, "others")] if group != -1 else []
    whole = (button("notices-pick-all", "npick", notice.id, group if group > 0 else "others", "all"),)
    done = ((button("notices-save-list", "nlist", notice.id),),) if chosen else ()
    head = below(say("notices-which-names", count=len(chosen)), say("notices-type-seats"))
    return await show_choice(turn, notice, head, (*in_rows(cells), whole, *in_rows(pages, 3), *done), PICK)


async def pick(turn: Turn, said: Tap) -> Reply:
    """A name, all of a group, or another group (`npick:<id>:<group>[:<member>|:all]`)."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    group = -1 if said.args[1:2] == ("others",) else said.number(1) or -1
    if len(said.args) > 2:
        people = await members.addressees(turn.tx, notice.cohort_id, turn.now)
        here = {p.member_id for p in people if p.group_no == group or (group == -1 and not p.group_no)}
        chosen = set(notice.audience.numbers) if notice.audience.kind == "picked" else set()
        wanted = here if said.args[2] == "all" else {said.number(2)} & here
        if not wanted:
            raise Refusal("refusals-not-here")
        chosen = chosen - wanted if wanted <= chosen else chosen | wanted
        notice = await drafts.set_audience(turn.tx, turn.me, notice, Audience("picked", tuple(sorted(chosen))))
    return await picking(turn, notice, group)


async def typed_names(turn: Turn, said: Event) -> Reply:
    """「3 7 12」 or names: those are picked too; what is not found is said."""
    notice = await access_draft_by_id(turn.tx, turn.me, turn.talk.number("id"))
    people = await members.addressees(turn.tx, notice.cohort_id, turn.now)
    try:
        found = named(people, said.text if isinstance(said, Text) else "")
    except Refusal as no:
        return Reply(no.say, then=PICK, memo=turn.talk.memo)
    if not found:
        return Reply(say("notices-type-seats"), then=PICK, memo=turn.talk.memo)
    chosen = set(notice.audience.numbers) if notice.audience.kind == "picked" else set()
    audience = Audience("picked", tuple(sorted(chosen | found)))
    return await notices.panel(turn, await drafts.set_audience(turn.tx, turn.me, notice, audience), anew=True)


# ---- lists with a name ------------------------------------------------------------------


async def lists(turn: Turn, notice: Notice) -> Reply:
    found = await kept.of_cohort(turn.tx, notice.cohort_id)
    rows = tuple((button(say("notices-saved", name=one.name, count=len(one.members)), "nsaved", notice.id, one.id),)
                 for one in found[:12])  # fmt: skip
    return await show_choice(turn, notice, say("notices-which-saved"), rows)


async def saved(turn: Turn, said: Tap) -> Reply:
    """A list that was kept."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    one = next((k for k in await kept.of_cohort(turn.tx, notice.cohort_id) if k.id == said.number(1)), None)
    if one is None:
        raise Refusal("refusals-not-here")
    notice = await drafts.set_audience(turn.tx, turn.me, notice, Audience("picked", one.members))
    return await notices.panel(turn, notice)


async def name_list(turn: Turn, said: Tap) -> Reply:
    """[存成名单]: the next text is its name."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    return await show_choice(turn, notice, say("notices-name-list"), (), NAME)


async def typed_name(turn: Turn, said: Event) -> Reply:
    """The name of a list; the same name again replaces it."""
    notice = await access_draft_by_id(turn.tx, turn.me, turn.talk.number("id"))
    name = (said.text if isinstance(said, Text) else "").strip()
    if not 0 < len(name) <= 20 or notice.audience.kind != "picked":
        return Reply(say("notices-name-list"), then=NAME, memo=turn.talk.memo)
    one = kept.SavedList(cohort_id=notice.cohort_id, name=name, members=notice.audience.numbers,
                         made_by=turn.me.account_id)  # fmt: skip
    await kept.put(turn.tx, one, turn.now)
    return await notices.panel(turn, notice, anew=True)


async def who(turn: Turn, said: Tap) -> Reply:
    """[看名单] of a preview: everybody whom it reaches, by group (`nwho:<id>:<page>`)."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    seen = await drafts.check(turn.tx, notice, turn.now)
    page = said.number(1)
    here = seen.goes[page * PAGE : (page + 1) * PAGE]
    more = len(seen.goes) > (page + 1) * PAGE
    rows = ((button("notices-next-page", "nwho", notice.id, page + 1),),) if more else ()
    several = len(notice.cohorts) > 1
    names = [who_where(one.person) for one in here]
    head = say("notices-who", count=len(seen.goes), page=page + 1)
    title = (await cohorts.get(turn.tx, here[0].cohort.id)).title_in(turn.me.lang) if several and here else ""
    return Reply(below(head, say("notices-who-class", title=title) if title else None,
                       say("notices-who-names", names=names) if names else None), rows)  # fmt: skip


ROUTES = (
    on_tap("npick", pick, who=STAFF),
    on_step(PICK, typed_names, who=STAFF),
    on_tap("nsaved", saved, who=STAFF),
    on_tap("nlist", name_list, who=STAFF),
    on_step(NAME, typed_name, who=STAFF),
    on_tap("nwho", who, who=STAFF),
)
