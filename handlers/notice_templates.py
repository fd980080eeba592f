"""Templates with blanks: chosen, filled blank by blank, kept for the next class (BC-12)."""

from __future__ import annotations

from actions import notice_drafts as drafts
from actions import notice_templates as templates
from actions.access import access_draft_by_id, access_notice_by_id
from actions.people import in_rows
from chat.events import Event, Tap, Text
from chat.messages import Button, Refusal, Reply, button, lines, say
from chat.turns import on_step, on_tap
from handlers import notices
from handlers.notices import WRITERS
from handlers.turns import Turn
from rules.notice_fields import first_words, open_blanks
from storage import notice_templates as stored
from storage.notices import Notice
from texts.render import bare

BLANK, KEEP = "notices-blank", "notices-keep"


async def menu(turn: Turn, said: Tap) -> Reply:
    """[用模板] (`ntemplates[:<draft>]`)."""
    id = said.number()
    ours = [button(f"notices-template-{name}", "ntake", name, id) for name in templates.OURS]
    theirs = [button(say("notices-template-own", name=t.name), "ntake", t.id, id) for t in await stored.all(turn.tx)]
    rows: list[tuple[Button, ...]] = [*in_rows(ours), *in_rows(theirs[:20])]
    if theirs:
        rows.append((button("notices-template-remove", "nunkeep"),))
    return Reply(say("notices-which-template"), tuple(rows))


async def take(turn: Turn, said: Tap) -> Reply:
    """A template becomes the words of the draft; blanks that nobody's data fills are asked for."""
    words, level = await templates.words_of(turn.tx, turn.me, said.args[0] if said.args else "")
    draft = await access_draft_by_id(turn.tx, turn.me, said.number(1)) if said.number(1) else None
    notice = draft or await drafts.begin(turn.tx, turn.me, turn.now)
    notice = await drafts.put(turn.tx, turn.me, notice, html=words, html_en="", level=level)
    return await _next(turn, notice)


async def _next(turn: Turn, notice: Notice) -> Reply:
    """Ask for the next blank; when none is open, the panel."""
    left = open_blanks(notice.html)
    if not left:
        return await notices.panel(turn, notice, anew=True)
    text = lines(say("notices-fill", name=left[0], more=len(left) - 1), say("notices-body", text=bare(notice.html)))
    return Reply(text, then=BLANK, memo={"id": notice.id, "blank": left[0]})


async def fill(turn: Turn, said: Event) -> Reply:
    """What stands in the blank."""
    notice = await access_draft_by_id(turn.tx, turn.me, turn.talk.number("id"))
    blank = turn.talk.word("blank")
    typed = (said.text if isinstance(said, Text) else "").strip()
    if not 0 < len(typed) <= templates.LONGEST:
        return Reply(say("notices-fill", name=blank, more=0), then=BLANK, memo=turn.talk.memo)
    whole = templates.filled(notice.html, {blank: typed})
    return await _next(turn, await drafts.put(turn.tx, turn.me, notice, html=whole))


async def keep(turn: Turn, said: Tap) -> Reply:
    """[存为模板]: the next text is its name."""
    notice = await access_notice_by_id(turn.tx, turn.me, said.number())
    if not notice.html:
        raise Refusal("notices-nothing-yet")
    return Reply(say("notices-name-template", words=first_words(notice.html)), then=KEEP, memo={"id": notice.id})


async def typed_name(turn: Turn, said: Event) -> Reply:
    """The name of a template; the same name again replaces it."""
    notice = await access_notice_by_id(turn.tx, turn.me, turn.talk.number("id"))
    name = (said.text if isinstance(said, Text) else "").strip()
    try:
        await templates.keep(turn.tx, turn.me, notice, name, turn.now)
    except Refusal as no:
        return Reply(no.say, then=KEEP, memo=turn.talk.memo)
    return Reply(say("notices-template-kept", name=name))


async def remove(turn: Turn, said: Tap) -> Reply:
    """Templates of the school's own may go (`nunkeep[:<id>]`)."""
    if said.args:
        found = await stored.get(turn.tx, said.number())
        if found is None:
            raise Refusal("refusals-not-here")
        await stored.remove(turn.tx, found.id)
        return Reply(say("notices-template-gone", name=found.name), edit=True)
    cells = [button(say("notices-template-drop", name=t.name), "nunkeep", t.id) for t in await stored.all(turn.tx)]
    return Reply(say("notices-which-template-goes"), in_rows(cells[:20]))


ROUTES = (
    on_tap("ntemplates", menu, who=WRITERS),
    on_tap("ntake", take, who=WRITERS),
    on_step(BLANK, fill, who=WRITERS),
    on_tap("nkeep", keep, who=WRITERS),
    on_step(KEEP, typed_name, who=WRITERS),
    on_tap("nunkeep", remove, who=WRITERS),
)
