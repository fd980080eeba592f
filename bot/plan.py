"""`tongxue plan`: the plan of a day in the terminal, the same as staff see in the chat (SCH-01)."""

from __future__ import annotations

from datetime import date, datetime

from rich.console import Console

from actions import plans
from bot import ops
from bot.words import say_out, speak, voice_for
from chat.messages import say
from storage.tx import Store, Tx


async def print_plan(store: Store, day: str, key: str, now: datetime, out: Console) -> None:
    """Print the plan of a day as it stands now; nothing is sent or changed."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise ops.Trouble(say_out(say("cli-plan-bad-date"))) from None
    for line in await store.work(lambda tx: plan_lines(tx, wanted, key, now)):
        out.print(line)


async def plan_lines(tx: Tx, day: date, key: str, now: datetime) -> list[str]:
    """The lines of the plan: one a due thing, then those who do not get it by reason; what the day asks of people."""
    cohort = await ops.find_class(tx, key)
    say_here, lang = voice_for(cohort.timezone).plain, speak().lang
    found = await plans.of_day(tx, cohort, day, now, lang)
    asked = await plans.burden_of(tx, cohort, day)
    lines = [cohort.title_in(lang), say_here(say("plans-head" if found else "plans-none", date=day, page=1, pages=1))]
    for planned in found:
        lines += [say_here(plans.line_of(planned)), *("    " + say_here(plans.skip_line(s)) for s in planned.skipped)]
    return [*lines, say_here(plans.burden_lines(asked, cohort))] if asked.acts else lines
