"""[手册]: categories, titles, an entry; its history; the booklet (HANDBOOK-02, HANDBOOK-05, HANDBOOK-07)."""

from __future__ import annotations

from actions import handbook as deeds
from actions import handbook_screens as screens
from actions.access import need
from actions.handbook_exports import wish
from chat.events import Event, Tap
from chat.messages import Message, Refusal, Reply, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from rules.handbook import CATEGORIES, EXPORTERS, PUBLISHERS, READERS


def shown(message: Message, *, edit: bool = False) -> Reply:
    """A screen as the answer to what somebody did."""
    return Reply(message.text, message.buttons, edit=edit)


async def contents(turn: Turn, said: Event) -> Reply:
    """The categories with their counts (`hb`)."""
    return shown(await screens.contents(turn.tx, turn.me), edit=isinstance(said, Tap))


async def titles(turn: Turn, said: Tap) -> Reply:
    """A page of titles (`hbcat:<category>:<page>`)."""
    if said.number() >= len(CATEGORIES):
        raise Refusal("help-old-button")
    category = CATEGORIES[said.number()]
    return shown(await screens.titles(turn.tx, turn.me, category, said.number(1)), edit=True)


async def show(turn: Turn, said: Tap) -> Reply:
    """An entry (`entry:<id>`)."""
    entry = await deeds.access_entry_by_id(turn.tx, turn.me, said.number())
    return shown(await screens.entry_screen(turn.tx, turn.me, entry))


async def history(turn: Turn, said: Tap) -> Reply:
    """[版本] (`hbvers:<entry>`)."""
    need(turn.me, *EXPORTERS)
    entry = await deeds.access_entry_by_id(turn.tx, turn.me, said.number())
    return shown(await screens.history(turn.tx, turn.me, entry))


async def gone(turn: Turn, said: Tap) -> Reply:
    """[已下架] (`hbgone`)."""
    return shown(await screens.shelf(turn.tx), edit=True)


async def export(turn: Turn, said: Tap) -> Reply:
    """[导出手册]: a Word file comes."""
    await wish(turn.tx, turn.me, turn.now)
    return Reply(toast=say("handbook-book-comes"))


ROUTES = (
    on_word("menu-handbook", contents, who=READERS),
    on_command("handbook", contents, who=READERS, about="handbook-about"),
    on_tap("hb", contents, who=READERS),
    on_tap("hbcat", titles, who=READERS),
    on_tap("entry", show, who=READERS),
    on_tap("hbvers", history, who=EXPORTERS),
    on_tap("hbgone", gone, who=PUBLISHERS),
    on_tap("hbexport", export, who=EXPORTERS),
)
