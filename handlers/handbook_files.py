"""A handbook by chat: the administrator sends the file with 「手册」 below it, looks at what would change, confirms."""

from __future__ import annotations

from actions import errands
from actions import handbook_imports as deeds
from actions.handbook_files import ENDINGS
from actions.handbook_imports import ERRAND, Plan
from chat.events import Media, Tap
from chat.messages import Lines, Refusal, Reply, Rows, button, lines, say
from chat.turns import on_tap
from handlers.turns import Turn
from rules.roles import ADMINS
from texts.render import word_key

LIMIT = 10_000_000


def is_meant(said: Media) -> bool:
    """Whether a document is a handbook: by the word below it."""
    return bool(said.caption) and word_key(said.caption) == "menu-handbook"


async def came(turn: Turn, said: Media) -> Reply:
    """A document that is a handbook: it is fetched and read; nothing is written before [确认导入]."""
    name = said.file_name[:60]
    if not name.lower().endswith(ENDINGS):
        return Reply(say("handbook-file-ending", name=name))
    if said.size > LIMIT:
        raise Refusal("handbook-file-large", most=LIMIT // 1_000_000)
    await errands.ask(turn.tx, turn.me, ERRAND, said.file_id, said.file_name, turn.now)
    return Reply(say("handbook-file-reading", name=name))


def preview(plan: Plan, errand_id: int) -> tuple[Lines, Rows]:
    """What an import would do, or why it cannot; with the two buttons where there is something to do."""
    text = deeds.preview(plan)
    if not plan.writes:
        return text, ()
    buttons = (
        button("handbook-import-yes", "hbimport", errand_id),
        button("handbook-import-no", "hbimportno", errand_id),
    )
    return lines(text, say("handbook-import-sure")), (buttons,)


async def confirm(turn: Turn, said: Tap) -> Reply:
    """[确认导入] (`hbimport:<errand>`): all or nothing; another administrator approves."""
    errand = await errands.access_errand_by_id(turn.tx, turn.me, said.number())
    plan = await deeds.import_fetched(turn.tx, turn.me, errand, turn.now)
    if not plan.writes:
        return Reply(deeds.preview(plan), edit=True)
    return Reply(say("handbook-imported", count=plan.writes), edit=True)


async def decline(turn: Turn, said: Tap) -> Reply:
    """[先不导入] (`hbimportno:<errand>`): the file is forgotten."""
    await errands.forget(turn.tx, await errands.access_errand_by_id(turn.tx, turn.me, said.number()))
    return Reply(say("handbook-declined"), edit=True)


ROUTES = (
    on_tap("hbimport", confirm, who=ADMINS),
    on_tap("hbimportno", decline, who=ADMINS),
)
