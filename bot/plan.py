"""`tongxue plan`: what the clock will send on a day, to whom, when, and who is skipped and why (SCH-01)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console

from actions import clock, daycards
from bot import ops
from bot.words import say_out, speak
from chat.messages import say
from rules.days import moment
from storage.dues import Due
from storage.tx import Store, Tx

NAMES = 8


async def print_plan(store: Store, day: str, key: str, out: Console) -> None:
    """Print the plan of a day as it stands now; nothing is sent or changed."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise ops.Trouble(say_out(say("cli-plan-bad-date"))) from None
    for line in await store.work(lambda tx: plan_lines(tx, wanted, key)):
        out.print(line)


async def plan_lines(tx: Tx, day: date, key: str) -> list[str]:
    """The lines of the plan: one a due thing, then those who do not get it by reason."""
    cohort = await ops.find_class(tx, key)
    start = moment(day, time(4), cohort.timezone)
    lines = [say_out(say("cli-plan-head", title=cohort.title_in(speak().lang), date=day))]
    for thing in await clock.due_of(tx, cohort, start, start + timedelta(days=1)):
        lines += await _thing(tx, thing, ZoneInfo(cohort.timezone), await daycards.load_day(tx, cohort, thing.at))
    return lines if len(lines) > 1 else [*lines, say_out(say("cli-plan-none"))]


async def _thing(tx: Tx, thing: Due, zone: ZoneInfo, day: daycards.Day) -> list[str]:
    found = await clock.items(tx, thing, day)
    session = next((s for s in day.sessions if s.ref == thing.what), None)
    kind = say(f"cli-plan-{thing.kind}", what=session.title_in(speak().lang) if session else "")
    goes = sum(item.message is not None for item in found)
    done = say_out(say("cli-plan-done")) if thing.state != "new" else ""
    lines = [say_out(say("cli-plan-goes", at=_clock(thing.at, zone), kind=kind, count=goes)) + done]
    skipped: dict[str, list[str]] = defaultdict(list)
    for item in found:
        if item.skip is not None:
            skipped[item.skip.key].append(item.person.name)
    for why, names in skipped.items():
        more = max(0, len(names) - NAMES)
        lines.append(say_out(say("cli-plan-skips", why=say(why), names=names[:NAMES], more=more)))
    return lines


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%H:%M}"
