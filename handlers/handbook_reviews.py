"""Deciding about the handbook: [通过], [退回], [下架], [确认仍有效], older texts; by a second person (HANDBOOK-05)."""

from __future__ import annotations

from actions import handbook as deeds
from actions import handbook_screens as screens
from actions.handbook import REASON
from chat.events import Event, Tap, Text
from chat.messages import Reply, button, say
from chat.turns import on_step, on_tap
from handlers.handbook import shown
from handlers.turns import Turn
from rules.handbook import DRAFTERS, EXPORTERS, PUBLISHERS, tidy
from rules.log_texts import cut

WHY = "handbook-why"


async def approve(turn: Turn, said: Tap) -> Reply:
    """[通过] (`hbpass:<version>`)."""
    version = await deeds.access_version_by_id(turn.tx, turn.me, said.number())
    entry = await deeds.approve(turn.tx, turn.me, version, turn.now)
    rows = ((button("handbook-look", "entry", entry.id), button("handbook-drafts", "hbdrafts")),)
    return Reply(say("handbook-approved", title=entry.q_zh, day=entry.review_by), rows, edit=True)


async def approve_all(turn: Turn, said: Tap) -> Reply:
    """[全部通过] (`hball[:<last>]`): the count first, then all that were counted."""
    found = await deeds.approvable(turn.tx, turn.me)
    if not found:
        return Reply(say("handbook-none-waiting"), edit=True)
    if not said.args:
        last = max(version.id for version in found)
        titles = "\n".join(f"· {cut(v.content.q_zh, 30)}" for v in found[:8])
        rows = (
            (
                button(say("handbook-approve-all-yes", count=len(found)), "hball", last),
                button("handbook-look-first", "hbdrafts"),
            ),
        )
        return Reply(say("handbook-approve-all-sure", count=len(found), titles=titles), rows)
    count = await deeds.approve_all(turn.tx, turn.me, said.number(), turn.now)
    return Reply(say("handbook-approved-all", count=count), edit=True)


async def give_back(turn: Turn, said: Tap) -> Reply:
    """[退回] (`hbback:<version>`): the next text is the reason."""
    version = await deeds.access_version_by_id(turn.tx, turn.me, said.number())
    deeds.need_second(turn.me, version)
    text = say("handbook-why-back", title=version.content.q_zh)
    return Reply(text, then=WHY, memo={"v": version.id})


async def why(turn: Turn, said: Event) -> Reply:
    """The reason for which a text goes back."""
    version = await deeds.access_version_by_id(turn.tx, turn.me, turn.talk.number("v"))
    words = tidy(said.text if isinstance(said, Text) else "")
    low, high = REASON
    if not low <= len(words) <= high:
        return Reply(say("handbook-why-length", low=low, high=high), then=WHY, memo=turn.talk.memo)
    await deeds.give_back(turn.tx, turn.me, version, words, turn.now)
    return Reply(say("handbook-returned", name=version.author_name))


async def retire(turn: Turn, said: Tap) -> Reply:
    """[下架] (`hbdown:<entry>[:y]`): asked once more."""
    entry = await deeds.access_entry_by_id(turn.tx, turn.me, said.number())
    if said.args[1:] != ("y",):
        rows = ((button("handbook-retire-yes", "hbdown", entry.id, "y"), button("handbook-look", "entry", entry.id)),)
        return Reply(say("handbook-retire-sure", title=entry.q_zh), rows)
    await deeds.retire(turn.tx, turn.me, entry, turn.now)
    return Reply(say("handbook-retired", title=entry.q_zh), edit=True)


async def keep(turn: Turn, said: Tap) -> Reply:
    """[确认仍有效] (`hbkeep:<entry>`)."""
    entry = await deeds.access_entry_by_id(turn.tx, turn.me, said.number())
    entry = await deeds.confirm(turn.tx, turn.me, entry, turn.now)
    return Reply(say("handbook-confirmed", title=entry.q_zh, day=entry.review_by), edit=True)


async def compare(turn: Turn, said: Tap) -> Reply:
    """[和上一版比] (`hbdiff:<version>`)."""
    version = await deeds.access_version_by_id(turn.tx, turn.me, said.number())
    return shown(await screens.compared(turn.tx, version))


async def roll_back(turn: Turn, said: Tap) -> Reply:
    """[用这一版] (`hbroll:<version>`): a new draft with the words of an older text."""
    version = await deeds.access_version_by_id(turn.tx, turn.me, said.number())
    draft = await deeds.roll_back(turn.tx, turn.me, version, turn.now)
    return shown(await screens.version_screen(turn.tx, turn.me, draft))


ROUTES = (
    on_tap("hbpass", approve, who=PUBLISHERS),
    on_tap("hball", approve_all, who=PUBLISHERS),
    on_tap("hbback", give_back, who=PUBLISHERS),
    on_step(WHY, why, who=PUBLISHERS),
    on_tap("hbdown", retire, who=PUBLISHERS),
    on_tap("hbkeep", keep, who=PUBLISHERS),
    on_tap("hbdiff", compare, who=DRAFTERS | EXPORTERS),
    on_tap("hbroll", roll_back, who=DRAFTERS),
)
