"""Free text that means nothing else is searched for in the handbook and the answers (UI-01, HANDBOOK-02)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from actions import search_asks as deeds
from actions.search import ANSWERED, ENTRY, words_of
from actions.search_asks import Asked
from chat.events import Event, Tap, Text
from chat.messages import Button, Lines, Refusal, Reply, Rich, Rows, Say, button, lines, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from rules.roles import ADMIN, CLASS_TEACHER, EVERYONE, TRAINEE
from rules.search import ANSWER, BUILDING, MAYBE
from rules.search_parts import Stretch, stretch
from storage import search
from storage.search import Answered, Entry

CHOICES = 3
LABEL = 24
PAGE = 6
KINDS = {"e": ENTRY, "a": ANSWERED}
LETTERS = {kind: letter for letter, kind in KINDS.items()}
EDITORS = frozenset({ADMIN, CLASS_TEACHER})


async def searched(turn: Turn, said: Text) -> Reply | None:
    """A card with the answer, three to choose from, or one line; a person can be asked under each."""
    asked = await deeds.look_up(turn.tx, turn.me, said.text, turn.now)
    if asked is None:
        return None
    found = asked.found
    if found.outcome == ANSWER:
        hit = found.hits[0]
        return _card(turn, asked.id, hit.row, hit.stretch, more=len(found.hits) > 1)
    if found.outcome == MAYBE:
        return Reply(say("search-unsure"), (*_choices(asked, CHOICES), *_teacher(turn, asked.id)))
    nothing = say("search-building") if found.outcome == BUILDING else say("search-none")
    rows = _teacher(turn, asked.id)
    return Reply(lines(nothing, say("search-none-ask") if rows else say("search-none-help")), rows)


def _choices(asked: Asked, most: int) -> Rows:
    return tuple(
        (button(say("search-choice", title=_short(hit.title)), "hit", asked.id, LETTERS[hit.kind], hit.ref_id),)
        for hit in asked.found.hits[:most]
    )


def _short(title: str) -> str:
    plain = " ".join(title.split())
    return plain if len(plain) <= LABEL else plain[: LABEL - 1] + "…"


def _teacher(turn: Turn, ask_id: int) -> Rows:
    """[问老师], for those who may ask."""
    return ((button("search-ask-teacher", "asksearch", ask_id),),) if TRAINEE in turn.me.roles else ()


def _card(turn: Turn, ask_id: int, row: Entry | Answered, part: Stretch, *, more: bool) -> Reply:
    """A short card: title, the stretch that matches, basis and date; whether it helped is a tap."""
    letter = LETTERS[ENTRY if isinstance(row, Entry) else ANSWERED]
    title, body = words_of(row, turn.me.lang == "en")
    whole = part.text == body.strip()
    rows: list[tuple[Button, ...]] = [
        (button("search-useful", "useful", ask_id, letter, row.id),
         button("search-useless", "useless", ask_id, letter, row.id))
    ]  # fmt: skip
    if not whole:
        rows.append((button("search-whole", "hit", ask_id, letter, row.id),))
    last = (button("search-more", "hits", ask_id),) if more else ()
    rows += [row for row in ((*last, *(key for keys in _teacher(turn, ask_id) for key in keys)),) if row]
    return Reply(lines(say("search-title", title=title), _part(part), *_ground(turn, row)), tuple(rows))


def _part(part: Stretch) -> Say:
    return say("search-part", part=Rich(part.marked))


def _ground(turn: Turn, row: Entry | Answered) -> tuple[Say, ...]:
    """On what it rests and from when it is; that the law of the place goes first."""
    if isinstance(row, Answered):
        return (say("search-from-answer", no=row.no, day=row.at.astimezone(ZoneInfo(turn.me.zone)).date()),)
    return (say(f"search-{row.checked}", basis=row.basis or "—", day=row.as_of or "—"), say("search-local"))


def _whole(turn: Turn, row: Entry | Answered, text: str = "") -> Lines:
    title, body = words_of(row, turn.me.lang == "en")
    part = stretch(body, text, size=len(body) + 1) if text else Stretch(body)
    return lines(say("search-title", title=title), _part(part), *_ground(turn, row))


async def open_hit(turn: Turn, said: Tap) -> Reply:
    """`hit:<search>:<e|a>:<row>`: the whole text, with whether it helped."""
    ask_id, kind, ref_id = _hit(said)
    row = await deeds.access_hit(turn.tx, turn.me, kind, ref_id)
    letter = LETTERS[kind]
    rows: Rows = (
        (button("search-useful", "useful", ask_id, letter, ref_id),
         button("search-useless", "useless", ask_id, letter, ref_id)),
        *_teacher(turn, ask_id),
    )  # fmt: skip
    return Reply(_whole(turn, row, await search.ask_text(turn.tx, ask_id)), rows)


def _hit(said: Tap) -> tuple[int, str, int]:
    kind = KINDS.get(said.args[1]) if len(said.args) > 1 else None
    if kind is None:
        raise Refusal("help-old-button")
    return said.number(), kind, said.number(2)


async def more(turn: Turn, said: Tap) -> Reply:
    """[更多]: the five best, as buttons."""
    asked = Asked(said.number(), await deeds.again(turn.tx, turn.me, said.number()))
    return Reply(say("search-all"), (*_choices(asked, deeds.LISTED), *_teacher(turn, asked.id)))


async def useful(turn: Turn, said: Tap) -> Reply:
    """[有用]."""
    ask_id, kind, ref_id = _hit(said)
    await deeds.helped(turn.tx, turn.me, ask_id, kind, ref_id)
    return Reply(toast=say("search-glad"))


async def useless(turn: Turn, said: Tap) -> Reply:
    """[没解决]: a person is offered."""
    ask_id, kind, ref_id = _hit(said)
    await deeds.failed(turn.tx, turn.me, ask_id, kind, ref_id, turn.now)
    rows = _teacher(turn, ask_id)
    return Reply(say("search-sorry-ask") if rows else say("search-sorry"), rows)


# ---- for the editor --------------------------------------------------------------------------------------------------


async def misses(turn: Turn, said: Event) -> Reply:
    """[没搜到的]: what was asked in vain, the most frequent first (HANDBOOK-04)."""
    return await _misses(turn, 0)


async def misses_page(turn: Turn, said: Tap) -> Reply:
    """`misses:<page>`."""
    reply = await _misses(turn, max(said.number(), 0))
    return Reply(reply.text, reply.buttons, edit=True)


async def settle(turn: Turn, said: Tap) -> Reply:
    """[不用管] (`missdone:<id>:<page>`)."""
    await search.settle_miss(turn.tx, said.number(), "ignored")
    reply = await _misses(turn, max(said.number(1), 0))
    return Reply(reply.text, reply.buttons, edit=True)


async def _misses(turn: Turn, page: int) -> Reply:
    found, count = await deeds.misses(turn.tx, page, PAGE)
    if not found and page:
        return await _misses(turn, 0)
    if not found:
        return Reply(say("search-misses-none"))
    rows: list[tuple[Button, ...]] = [_of_miss(i, miss.id, page) for i, miss in enumerate(found, page * PAGE + 1)]
    turns: list[Button] = []
    if page:
        turns.append(button("search-earlier", "misses", page - 1))
    if (page + 1) * PAGE < count:
        turns.append(button("search-later", "misses", page + 1))
    listed = [
        say("search-miss", no=i, text=miss.text[:60], times=miss.times) for i, miss in enumerate(found, page * PAGE + 1)
    ]
    return Reply(lines(say("search-misses", count=count), *listed), (*rows, *((tuple(turns),) if turns else ())))


def _of_miss(no: int, id: int, page: int) -> tuple[Button, ...]:
    write = button(say("search-miss-write", no=no), "hbnew", "miss", id)
    return write, button(say("search-miss-drop", no=no), "missdone", id, page)


ROUTES = (
    on_tap("hit", open_hit, who=EVERYONE),
    on_tap("hits", more, who=EVERYONE),
    on_tap("useful", useful, who=EVERYONE),
    on_tap("useless", useless, who=EVERYONE),
    on_word("menu-misses", misses, who=EDITORS),
    on_command("misses", misses, who=EDITORS, about="search-misses-about"),
    on_tap("misses", misses_page, who=EDITORS),
    on_tap("missdone", settle, who=EDITORS),
)
