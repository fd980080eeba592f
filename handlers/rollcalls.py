"""Lists that people type: 「全到」「缺 3 7」「迟 5」 by leaders, and a paper list by staff (ATT-02, ATT-22)."""

from __future__ import annotations

from actions import rollcalls as deeds
from actions import rolls
from actions.access import access_roll_by_id, need_class
from actions.people import in_rows
from actions.rollcalls import PAPER, Called
from chat.events import Event, Tap, Text
from chat.messages import Keyboard, Lines, Message, Refusal, Reply, Rows, Say, button, lines, say
from chat.turns import on_step, on_tap, on_word
from handlers import menus
from handlers.turns import Turn
from rules.attendance import Typed
from rules.roles import CALLERS, LEADERS
from storage import rolls as lists
from storage.marks import LEADER
from storage.members import Member
from storage.rolls import Roll

STAFF = CALLERS - LEADERS
"""Those who type a list for the whole class, from paper."""
NAMES = 12
STEP = "paper"
STAFF_KEYS = Keyboard(((say("menu-enter-list"), say("menu-back")),))
LEADER_KEYS = Keyboard(((say("menu-hand-in"), say("menu-roll")), (say("menu-back"),)))


async def typed(turn: Turn, said: Text) -> Reply | None:
    """Free text of somebody who calls a roll; None when it is no list."""
    if not turn.me.roles & CALLERS or not turn.me.cohort_id:
        return None
    roll = await lists.to_call(turn.tx, turn.me.cohort_id, said.at)
    found = await deeds.read(turn.tx, turn.me, roll, said.text) if roll else None
    if roll is None or found is None:
        return None
    if not found.clear:
        raise deeds.unclear(found)
    if turn.me.roles & STAFF:
        return _preview(turn, roll, found, said.text, await _others(turn, roll))
    done = await deeds.enter(turn.tx, turn.me, roll, found, LEADER, said.at, turn.now)
    return Reply(lines(_called(turn, roll, done), say("rolls-then-hand-in")), keyboard=LEADER_KEYS)


async def again(turn: Turn, said: Event) -> Reply | None:
    """While a paper list waits to be submitted: another list takes its place."""
    roll = await access_roll_by_id(turn.tx, turn.me, turn.talk.number("roll"))
    found = await deeds.read(turn.tx, turn.me, roll, said.text) if isinstance(said, Text) else None
    if found is None or not isinstance(said, Text):
        return None
    if not found.clear:
        raise deeds.unclear(found)
    return _preview(turn, roll, found, said.text, await _others(turn, roll))


async def other_list(turn: Turn, said: Tap) -> Reply:
    """The typed list is for another session (`paperfor:<list>`)."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    text = turn.talk.word("text") if turn.talk.step == STEP else ""
    found = await deeds.read(turn.tx, turn.me, roll, text) if text else None
    if found is None:
        return Reply(say("rolls-paper-how", title=roll.title_in(turn.me.lang)), then=STEP,
                     memo={"roll": roll.id, "text": "", "at": ""}, keyboard=STAFF_KEYS)  # fmt: skip
    return _preview(turn, roll, found, text, await _others(turn, roll))


def _preview(turn: Turn, roll: Roll, found: Typed, text: str, others: list[Roll]) -> Reply:
    """What will be entered; the decisive step is a key of the keyboard, so it is a message (RULE-4)."""
    names = [say("rolls-seat", seat=s) for s in found.seats("unmarked")]
    late = [say("rolls-seat", seat=s) for s in found.seats("late")]
    shown = lines(
        say("rolls-paper", title=roll.title_in(turn.me.lang), day=roll.bell_at.astimezone(turn.me.voice.zone).date(),
            at=roll.bell_at),
        say("rolls-paper-numbers", here=len(found.seats("present")), late=len(late), missing=len(names)),
        say("rolls-paper-missing", names=names) if names else None,
        say("rolls-paper-late", names=late) if late else None,
        say("rolls-paper-then"),
    )  # fmt: skip
    rows: Rows = in_rows(
        (button(say("rolls-paper-other", day=r.day, at=r.bell_at, title=r.title_in(turn.me.lang)), "paperfor", r.id)
         for r in others), 1
    )  # fmt: skip
    memo = {"roll": roll.id, "text": text, "at": turn.event.at.isoformat()}
    which = (Message(say("rolls-paper-which"), rows),) if rows else ()
    return Reply(shown, keyboard=STAFF_KEYS, then=STEP, memo=memo, more=which)


async def _others(turn: Turn, roll: Roll) -> list[Roll]:
    """Other lists that have opened and are not closed: a paper may be theirs."""
    found = await lists.of_cohort(turn.tx, turn.me.cohort_id)
    return [r for r in found if r.id != roll.id and r.closed_at is None and r.opens_at <= turn.now][-4:]


async def submit(turn: Turn, said: Event) -> Reply:
    """[提交名单]: the paper list is entered as it was shown."""
    if turn.talk.step != STEP or not turn.talk.word("text"):
        raise Refusal("rolls-paper-none")
    roll = await access_roll_by_id(turn.tx, turn.me, turn.talk.number("roll"))
    found = await deeds.read(turn.tx, turn.me, roll, turn.talk.word("text"))
    if found is None:
        raise Refusal("rolls-paper-none")
    at = turn.talk.moment("at") or said.at
    done = await deeds.enter(turn.tx, turn.me, roll, found, PAPER, at, turn.now)
    await rolls.paint(turn.tx, roll, turn.now, only_shown=True)
    return Reply(lines(say("rolls-paper-done"), _called(turn, roll, done)), keyboard=menus.keyboard(turn.me))


async def hand_in(turn: Turn, said: Event) -> Reply:
    """[提交本组名单]: for the list that is on now."""
    roll = await lists.to_call(turn.tx, need_class(turn.me), turn.now)
    if roll is None:
        raise Refusal("rolls-nothing-open")
    return await _hand_in(turn, roll, turn.me.group_no or 0)


async def hand_in_tap(turn: Turn, said: Tap) -> Reply:
    """The same under the grid (`handin:<list>:<group>`)."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    return await _hand_in(turn, roll, said.number(1))


async def _hand_in(turn: Turn, roll: Roll, group: int) -> Reply:
    done = await deeds.hand_in(turn.tx, turn.me, roll, group, turn.now)
    return Reply(lines(say("rolls-handed", group=group), _called(turn, roll, done)), keyboard=menus.keyboard(turn.me))


def _called(turn: Turn, roll: Roll, done: Called) -> Lines:
    """How the list stands for those called, by name where somebody is missing."""
    return lines(
        say("rolls-called", title=roll.title_in(turn.me.lang), count=done.count, here=done.here, late=done.late,
            missing=len(done.missing)),
        _names("rolls-called-missing", done.missing),
        _names("rolls-called-differ", done.differ),
    )  # fmt: skip


def _names(key: str, people: tuple[Member, ...]) -> Say | None:
    names = [say("rolls-seat-name", seat=p.seat_no or 0, name=p.name) for p in people[:NAMES]]
    return say(key, names=names, more=len(people) - len(names)) if people else None


ROUTES = (
    on_word("menu-hand-in", hand_in, who=LEADERS),
    on_word("menu-enter-list", submit, who=STAFF),
    on_step(STEP, again, who=STAFF),
    on_tap("paperfor", other_list, who=STAFF),
    on_tap("handin", hand_in_tap, who=LEADERS),
)
