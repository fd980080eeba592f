"""The handbook's editor: entries by category, writing with a preview, review by a second person, versions (QA-10)."""

from __future__ import annotations

from actions import desk_handbook, search_asks
from actions import handbook as deeds
from actions.access import need
from actions.handbook_screens import CHECKED_NAMES, category_name
from chat.messages import Refusal, say
from desk.visits import Done, Page, Visit, Way, deed, page
from rules.handbook import CATEGORIES, CHECKED, EXPORTERS, PUBLISHERS, Content, one_line, tags_of, tidy
from rules.roles import ADMIN, CLASS_TEACHER
from storage import handbook_versions, search
from storage.handbook_versions import Version

EDITORS = frozenset({CLASS_TEACHER, ADMIN})
MISSES = 20


async def listed(visit: Visit) -> Page:
    """All entries by category; what waits for a second person on top; what people searched in vain."""
    rows = await desk_handbook.everything(visit.tx, visit.me)
    name, category = visit.word("q", 40), visit.word("category", 20)
    shown = [r for r in rows if _meant(r, name, category)]
    editor = bool(visit.me.roles & EDITORS)
    misses = (await search_asks.misses(visit.tx, 0, MISSES))[0] if editor else []
    values = {
        "rows": shown, "q": name, "category": category, "categories": CATEGORIES, "editor": editor, "misses": misses,
        "waiting": [r for r in rows if r.open is not None and r.open.state == "review"],
        "names": {c: category_name(c) for c in CATEGORIES}, "states": deeds.STATES,
    }  # fmt: skip
    return Page("handbook.html", say("desk-handbook"), values)


def _meant(row: desk_handbook.Row, name: str, category: str) -> bool:
    """Whether an entry, or its text on the way, is one of those looked for."""
    own = {row.entry.category, row.open.content.category if row.open else ""}
    return (not name or name in row.title or name in row.entry.a_zh) and (not category or category in own)


async def show(visit: Visit) -> Page:
    """One entry: as people see it, the text on the way with its form, and every version with what changed."""
    found = await desk_handbook.opened(visit.tx, visit.me, visit.number("id"))
    content = found.open.content if found.open else found.entry.content
    values = {
        "found": found, "entry": found.entry, "content": content, "categories": CATEGORIES, "checked": CHECKED,
        "checks": CHECKED_NAMES,
        "names": {c: category_name(c) for c in CATEGORIES}, "states": deeds.STATES, "fields": deeds.FIELD_NAMES,
        "editor": bool(visit.me.roles & EDITORS),
    }  # fmt: skip
    return Page("entry.html", say("desk-entry", key=found.entry.key or "—"), values)


def _content(visit: Visit) -> Content:
    """What stands in the form."""
    return Content(
        category=visit.word("category", 20), q_zh=one_line(visit.text("q_zh")), a_zh=tidy(visit.text("a_zh")),
        q_en=one_line(visit.text("q_en")), a_en=tidy(visit.text("a_en")), checked=visit.word("checked", 20),
        basis=one_line(visit.text("basis")), tags=tags_of(visit.text("tags")), as_of=visit.word("as_of", 10),
    )  # fmt: skip


async def new(visit: Visit) -> Done:
    """[写一条], also out of what was searched in vain."""
    need(visit.me, *EDITORS)
    title = visit.word("q", 100)
    if visit.number("miss"):
        found = await search.miss(visit.tx, visit.number("miss"))
        if found is None:
            raise Refusal("help-old-button")
        title = found.text
        await search.settle_miss(visit.tx, found.id, "entry")
    version = await deeds.begin(visit.tx, visit.me, visit.now, Content(q_zh=title, category=CATEGORIES[3]))
    return Done(f"/desk/handbook/{version.entry_id}", say("desk-handbook-begun"))


async def _draft(visit: Visit) -> Version:
    """One's own text of this entry, begun where there is none; the version that the form showed must still be it."""
    found = await desk_handbook.opened(visit.tx, visit.me, visit.number("id"))
    version = await deeds.edit(visit.tx, visit.me, found.entry, visit.now)
    shown = visit.number("version")
    if shown and shown != version.id:
        raise Refusal("desk-handbook-moved")
    return version


async def keep(visit: Visit) -> Done:
    """[存草稿], or with `send` [提交审核]."""
    version = await _draft(visit)
    content = _content(visit)
    fields = {name: getattr(content, name) for name in Content.__struct_fields__}
    version = await deeds.put(visit.tx, visit.me, version, **fields)
    to = f"/desk/handbook/{version.entry_id}"
    if visit.word("send", 2) != "y":
        return Done(to, say("desk-handbook-kept"))
    count = await deeds.send(visit.tx, visit.me, version, visit.now)
    return Done(to, say("desk-handbook-sent", count=count))


async def _waiting(visit: Visit) -> Version:
    version = await handbook_versions.get(visit.tx, visit.number("version"))
    if version is None or version.entry_id != visit.number("id"):
        raise Refusal("refusals-not-here")
    return version


async def approve(visit: Visit) -> Done:
    """[通过], by an administrator who did not write it."""
    entry = await deeds.approve(visit.tx, visit.me, await _waiting(visit), visit.now)
    return Done(f"/desk/handbook/{entry.id}", say("desk-handbook-approved"))


async def give_back(visit: Visit) -> Done:
    """[退回] with a reason."""
    why, version = visit.text("why", 300), await _waiting(visit)
    if not deeds.REASON[0] <= len(why) <= deeds.REASON[1]:
        raise Refusal("desk-handbook-why")
    await deeds.give_back(visit.tx, visit.me, version, why, visit.now)
    return Done(f"/desk/handbook/{version.entry_id}", say("desk-handbook-returned"))


async def retire(visit: Visit) -> Done:
    """[下架]."""
    found = await desk_handbook.opened(visit.tx, visit.me, visit.number("id"))
    await deeds.retire(visit.tx, visit.me, found.entry, visit.now)
    return Done("/desk/handbook", say("desk-handbook-retired"))


async def confirm(visit: Visit) -> Done:
    """[确认仍有效]."""
    found = await desk_handbook.opened(visit.tx, visit.me, visit.number("id"))
    await deeds.confirm(visit.tx, visit.me, found.entry, visit.now)
    return Done(f"/desk/handbook/{found.entry.id}", say("desk-handbook-confirmed"))


async def roll_back(visit: Visit) -> Done:
    """[用这一版] as a new draft."""
    need(visit.me, *EDITORS)
    version = await deeds.roll_back(visit.tx, visit.me, await _waiting(visit), visit.now)
    return Done(f"/desk/handbook/{version.entry_id}", say("desk-handbook-begun"))


async def settle(visit: Visit) -> Done:
    """[不用管]: what was searched in vain leaves the list."""
    need(visit.me, *EDITORS)
    await search.settle_miss(visit.tx, visit.number("miss"), "ignored")
    return Done("/desk/handbook")


WAYS: tuple[Way, ...] = (
    page("/desk/handbook", listed, who=EXPORTERS, nav="desk-handbook"),
    page("/desk/handbook/{id}", show, who=EXPORTERS),
    deed("/desk/handbook/new", new, who=EDITORS),
    deed("/desk/handbook/settle", settle, who=EDITORS),
    deed("/desk/handbook/{id}/keep", keep, who=EDITORS, again=show),
    deed("/desk/handbook/{id}/approve", approve, who=PUBLISHERS, again=show),
    deed("/desk/handbook/{id}/return", give_back, who=PUBLISHERS, again=show),
    deed("/desk/handbook/{id}/retire", retire, who=PUBLISHERS, again=show),
    deed("/desk/handbook/{id}/confirm", confirm, who=PUBLISHERS, again=show),
    deed("/desk/handbook/{id}/rollback", roll_back, who=EDITORS, again=show),
)
