"""[课程表]: the day card again, one day, or the whole class (CARD-01, CARD-02)."""

from __future__ import annotations

from actions import daycards
from actions.access import access_cohort_of
from chat.events import Event, Tap
from chat.messages import Lines, Refusal, Reply, Rows, button, lines, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from rules.roles import EVERYONE
from storage import sessions
from storage.sessions import Session

QUIET_KINDS = frozenset({"meal", "transfer"})


async def today(turn: Turn, said: Event) -> Reply:
    """The day card, sent anew at the foot of the chat; without a day of class the whole timetable."""
    await access_cohort_of(turn.tx, turn.me)
    if await daycards.present(turn.tx, turn.me, turn.now):
        return Reply()
    return await _whole(turn)


async def day(turn: Turn, said: Tap) -> Reply:
    """One day (`day:2`), or everything (`day:0`); a third argument says that this message may be replaced."""
    await access_cohort_of(turn.tx, turn.me)
    number = said.number()
    reply = await _day(turn, number) if number else await _whole(turn)
    return Reply(reply.text, reply.buttons, edit="e" in said.args[1:])


async def _day(turn: Turn, number: int) -> Reply:
    everything = await sessions.of_cohort(turn.tx, turn.me.cohort_id)
    mine = [s for s in everything if s.day == number and not s.cancelled]
    if not mine:
        raise Refusal("timetable-no-day")
    head = say("timetable-day", day=number, date=mine[0].starts_at.astimezone(turn.me.voice.zone).date())
    text = lines(head, *(daycards.session_line(s, turn.me.lang) for s in mine))
    return Reply(text, _days(everything, number))


async def _whole(turn: Turn) -> Reply:
    everything = await sessions.of_cohort(turn.tx, turn.me.cohort_id)
    if not everything:
        raise Refusal("timetable-empty")
    parts: list[Lines] = []
    for number in sorted({s.day for s in everything}):
        mine = [s for s in everything if s.day == number and not s.cancelled and s.kind not in QUIET_KINDS]
        date = next(s for s in everything if s.day == number).starts_at.astimezone(turn.me.voice.zone).date()
        head = say("timetable-day", day=number, date=date)
        parts.append(lines(head, *(daycards.short_line(s, turn.me.lang) for s in mine)))
    text = lines(say("timetable-all", title=turn.me.cohort_title), *parts, gap="\n\n")
    return Reply(text, _days(everything, 0))


def _days(everything: list[Session], shown: int) -> Rows:
    """A button for each other day, and for all."""
    days = [d for d in sorted({s.day for s in everything}) if d != shown]
    row = [button(say("timetable-nth", day=d), "day", d, "e") for d in days]
    rows = tuple(tuple(row[i : i + 5]) for i in range(0, len(row), 5))
    return (*rows, (button("timetable-whole", "day", 0, "e"),)) if shown else rows


ROUTES = (
    on_word("menu-timetable", today, who=EVERYONE),
    on_command("timetable", today, who=EVERYONE, about="timetable-about"),
    on_tap("day", day, who=EVERYONE),
)
