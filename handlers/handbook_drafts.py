"""Writing for the handbook: a new entry step by step, [改], [提交审核]; every word is kept at once (HANDBOOK-05)."""

from __future__ import annotations

from typing import Any

from actions import handbook as deeds
from actions import handbook_screens as screens
from actions.access import need
from actions.handbook import FIELD_NAMES
from actions.people import in_rows
from chat.events import Event, Tap, Text
from chat.messages import Message, Refusal, Reply, Rows, button, lines, say
from chat.turns import on_command, on_step, on_tap
from handlers.handbook import shown
from handlers.turns import Turn
from rules.handbook import (
    CATEGORIES,
    CHECKED,
    DRAFTERS,
    EXPORTERS,
    Content,
    one_line,
    tags_of,
    tidy,
    where_a_name_is,
    wrongs,
)
from rules.handbook_file import day_in_words
from storage import handbook_versions, search
from storage.handbook_versions import Version

WRITE = "handbook-write"
ORDER = ("q_zh", "a_zh", "category", "basis")
"""What a new entry is asked for, one after another."""
ASKS = {
    "q_zh": "handbook-ask-q-zh", "a_zh": "handbook-ask-a-zh", "q_en": "handbook-ask-q-en", "a_en": "handbook-ask-a-en",
    "category": "handbook-ask-category", "checked": "handbook-ask-checked", "basis": "handbook-ask-basis",
    "tags": "handbook-ask-tags", "as_of": "handbook-ask-as-of", "note": "handbook-ask-note",
}  # fmt: skip
MAY_BE_EMPTY = frozenset({"q_en", "a_en", "tags", "as_of", "note"})
NONE_WORDS = frozenset({"无", "没有", "不要", "-", "—", "none", "no"})
MOST_NOTE = 200


async def new(turn: Turn, said: Event) -> Reply:
    """[写一条] (`hbnew[:miss:<miss>]`): asks for the question first, or begins with what was searched in vain.

    The draft is there from the first words on."""
    if isinstance(said, Tap) and said.args[:1] == ("miss",):
        return await _of_miss(turn, said.number(1))
    return Reply(say("handbook-ask-q-zh"), then=WRITE, memo={"v": 0, "f": "q_zh"})


async def _of_miss(turn: Turn, id: int) -> Reply:
    """What people looked for in vain becomes the question of a new entry, and leaves the list (HANDBOOK-04)."""
    need(turn.me, *EXPORTERS)
    found = await search.miss(turn.tx, id)
    if found is None:
        raise Refusal("help-old-button")
    await search.settle_miss(turn.tx, id, "entry")
    version = await deeds.begin(turn.tx, turn.me, turn.now, Content(q_zh=found.text))
    return shown(await screens.version_screen(turn.tx, turn.me, version))


async def edit(turn: Turn, said: Tap) -> Reply:
    """[改] (`hbedit:<entry>`)."""
    entry = await deeds.access_entry_by_id(turn.tx, turn.me, said.number())
    version = await deeds.edit(turn.tx, turn.me, entry, turn.now)
    return shown(await screens.version_screen(turn.tx, turn.me, version))


async def open_one(turn: Turn, said: Tap) -> Reply:
    """A text on its way, or one of the history (`hbopen:<version>`)."""
    version = await deeds.access_version_by_id(turn.tx, turn.me, said.number())
    return shown(await screens.version_screen(turn.tx, turn.me, version))


async def field(turn: Turn, said: Tap) -> Reply:
    """One field of a draft (`hbfield:<version>:<field>`)."""
    version = await deeds.access_own_draft(turn.tx, turn.me, said.number())
    name = said.args[1] if len(said.args) > 1 else ""
    if name not in ASKS:
        raise Refusal("help-old-button")
    return _ask(turn, version, name)


def _ask(turn: Turn, version: Version, name: str, *told: Any) -> Reply:
    """Ask for a field: with buttons where there are few answers, else for the next text."""
    if name in ("category", "checked"):
        names, keys = (CATEGORIES, screens.CATEGORY_NAMES) if name == "category" else (CHECKED, screens.CHECKED_NAMES)
        cells = [button(keys[each], "hbset", version.id, name, at) for at, each in enumerate(names)]
        return Reply(lines(*told, say(ASKS[name])), in_rows(cells, 1))
    now = version.note if name == "note" else _shown(getattr(version.content, name))
    there = say("handbook-now", text=now) if now else None
    ready: Rows = ()
    if name == "basis" and not now:
        ready = ((button("handbook-from-practice", "hbset", version.id, "basis", 0),),)
    text = lines(*told, say(ASKS[name]), there)
    return Reply(text, ready, then=WRITE, memo={"v": version.id, "f": name})


def _shown(value: Any) -> str:
    return "、".join(value) if isinstance(value, tuple) else str(value)


async def typed(turn: Turn, said: Event) -> Reply:
    """The words of a field. They are kept whatever they are; what is wrong with them is said, and asked again."""
    name = turn.talk.word("f")
    if name not in (*FIELD_NAMES, "note"):
        raise Refusal("refusals-not-here")
    text = said.text if isinstance(said, Text) else ""
    if not tidy(text):
        return Reply(say("handbook-only-text"), then=WRITE, memo=turn.talk.memo)
    if not turn.talk.number("v"):
        version = await deeds.begin(turn.tx, turn.me, turn.now)
    else:
        version = await deeds.access_own_draft(turn.tx, turn.me, turn.talk.number("v"))
    if name == "note":
        return await _note(turn, version, text)
    value = _value(name, text)
    if name == "as_of" and value and day_in_words(str(value)) is None:
        return Reply(say("handbook-wrong-date", field=say(FIELD_NAMES[name])), then=WRITE, memo=turn.talk.memo)
    version = await deeds.put(turn.tx, turn.me, version, **{name: value})
    wrong = next((w for w in wrongs(version.content) if w.field == name and w.what != "half"), None)
    if wrong is not None:
        text_of = lines(deeds.wrong_words(wrong), say("handbook-kept"))
        return Reply(text_of, then=WRITE, memo={"v": version.id, "f": name})
    return await _next(turn, version)


def _value(name: str, text: str) -> Any:
    if name in MAY_BE_EMPTY and one_line(text).casefold() in NONE_WORDS:
        return () if name == "tags" else ""
    if name == "tags":
        return tags_of(text)
    if name == "as_of":
        return day_in_words(text) or text
    return tidy(text) if name in ("a_zh", "a_en") else one_line(text)


async def _note(turn: Turn, version: Version, text: str) -> Reply:
    note = "" if one_line(text).casefold() in NONE_WORDS else one_line(text)[:MOST_NOTE]
    await handbook_versions.set_note(turn.tx, version.id, note)
    return await _screen(turn, version.id)


async def _next(turn: Turn, version: Version) -> Reply:
    """The first field that a new entry still lacks; when it has them all, the whole text."""
    for name in ORDER:
        if not getattr(version.content, name):
            return _ask(turn, version, name, *_hint(version))
    return await _screen(turn, version.id)


def _hint(version: Version) -> tuple[Any, ...]:
    names = where_a_name_is(version.content)
    return (say("handbook-names", names=list(names[:6])),) if names else ()


async def _screen(turn: Turn, id: int) -> Reply:
    version = await deeds.access_version_by_id(turn.tx, turn.me, id)
    return shown(await screens.version_screen(turn.tx, turn.me, version))


async def choose(turn: Turn, said: Tap) -> Reply:
    """A category, how far it is checked, or 「经验做法」 as the basis (`hbset:<version>:<field>:<number>`)."""
    version = await deeds.access_own_draft(turn.tx, turn.me, said.number())
    name, number = said.args[1] if len(said.args) > 1 else "", said.number(2)
    values = {"category": CATEGORIES, "checked": CHECKED, "basis": (turn.me.voice.plain(say("handbook-practice")),)}
    if number >= len(values.get(name, ())):
        raise Refusal("help-old-button")
    version = await deeds.put(turn.tx, turn.me, version, **{name: values[name][number]})
    return await _next(turn, version)


async def send(turn: Turn, said: Tap) -> Reply:
    """[提交审核] (`hbsend:<version>`)."""
    version = await deeds.access_own_draft(turn.tx, turn.me, said.number())
    told = await deeds.send(turn.tx, turn.me, version, turn.now)
    nobody = None if told else say("handbook-no-second")
    return Reply(lines(say("handbook-sent", title=version.content.q_zh), nobody), edit=True)


async def drop(turn: Turn, said: Tap) -> Reply:
    """[不要了] (`hbdrop:<version>[:y]`): asked once more."""
    version = await deeds.access_version_by_id(turn.tx, turn.me, said.number())
    if said.args[1:] != ("y",):
        rows = (
            (button("handbook-drop-yes", "hbdrop", version.id, "y"), button("handbook-look", "hbopen", version.id)),
        )
        return Reply(say("handbook-drop-sure", title=version.content.q_zh or "…"), rows)
    await deeds.drop(turn.tx, turn.me, version, turn.now)
    return Reply(say("handbook-dropped"), edit=True)


async def drafts(turn: Turn, said: Event) -> Reply:
    """/drafts: what waits for me (`hbdrafts[:<page>]`)."""
    tapped = isinstance(said, Tap)
    page = said.number() if isinstance(said, Tap) else 0
    message: Message = await screens.drafts(turn.tx, turn.me, page)
    return shown(message, edit=tapped)


ROUTES = (
    on_tap("hbnew", new, who=DRAFTERS),
    on_tap("hbedit", edit, who=DRAFTERS),
    on_tap("hbopen", open_one, who=DRAFTERS | EXPORTERS),
    on_tap("hbfield", field, who=DRAFTERS),
    on_step(WRITE, typed, who=DRAFTERS),
    on_tap("hbset", choose, who=DRAFTERS),
    on_tap("hbsend", send, who=DRAFTERS),
    on_tap("hbdrop", drop, who=DRAFTERS),
    on_command("drafts", drafts, who=DRAFTERS, about="handbook-drafts-about"),
    on_tap("hbdrafts", drafts, who=DRAFTERS),
)
