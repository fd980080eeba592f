"""A class by chat: the administrator sends the workbook, looks at what would change, confirms (CLASS-01)."""

from __future__ import annotations

from actions import classes as deeds
from actions import errands
from actions.classes import Report
from chat.events import Event, Media, Tap
from chat.messages import Lines, Refusal, Reply, Rows, Say, button, lines, say
from chat.turns import on_command, on_kind, on_tap
from handlers import handbook_files
from handlers.timetable_change_steps import with_notice
from handlers.turns import Turn
from rules.roles import ADMIN, ADMINS, SCHOOL_LEADER, STAFF
from storage import cohorts, members

LIMIT = 20 * 1024 * 1024
SHOWN = 10
STATES = ("draft", "registration", "running", "closing", "closed")


async def how(turn: Turn, said: Event) -> Reply:
    """/import: what to send."""
    return Reply(say("classes-how"))


async def workbook(turn: Turn, said: Media) -> Reply | None:
    """A workbook: it is fetched, read and checked; nothing is written before [确认导入]. With 「手册」 below it a
    file is a handbook."""
    if handbook_files.is_meant(said) and ADMIN in turn.me.roles:
        return await handbook_files.came(turn, said)
    if not said.file_name.lower().endswith(".xlsx"):
        return Reply(say("classes-not-xlsx", name=said.file_name[:60])) if ADMIN in turn.me.roles else None
    if said.size > LIMIT:
        raise Refusal("classes-too-big")
    await errands.ask(turn.tx, turn.me, deeds.ERRAND, said.file_id, said.file_name, turn.now)
    return Reply(say("classes-reading", name=said.file_name[:60]))


async def confirm(turn: Turn, said: Tap) -> Reply:
    """[确认导入]: all or nothing."""
    errand = await errands.access_errand_by_id(turn.tx, turn.me, said.number())
    report = await deeds.import_fetched(turn.tx, errand, turn.now, who=turn.me.account_id)
    if report.problems:
        return Reply(preview(report, 0)[0], edit=True)
    done = say("classes-same" if report.is_same else "classes-done", title=report.title)
    rows = ((button("classes-to-registration", "classto", report.cohort_id, "registration"),),)
    reply = Reply(lines(done, *summary(report)), rows if report.state == "draft" else (), edit=True)
    return await with_notice(turn, reply, await deeds.tell_changes(turn.tx, turn.me, report, turn.now))


async def decline(turn: Turn, said: Tap) -> Reply:
    """[先不导入]: the file is forgotten."""
    await errands.forget(turn.tx, await errands.access_errand_by_id(turn.tx, turn.me, said.number()))
    return Reply(say("classes-declined"), edit=True)


def preview(report: Report, errand_id: int, lang: str = "zh") -> tuple[Lines, Rows]:
    """What an import would do, or why it cannot; with the two buttons. Sessions that change stand in it one by one."""
    if report.errors:
        more = len(report.problems) - SHOWN
        shown = [deeds.problem_line(p) for p in report.problems[:SHOWN]]
        head = say("classes-wrong", count=len(report.errors))
        return lines(head, *shown, say("classes-more", count=more) if more > 0 else None), ()
    head = say("classes-preview", title=report.title, first=report.first_day, last=report.last_day)
    warned = [deeds.problem_line(p) for p in report.problems[:SHOWN]]
    changes = [report.wording.list_of(report.changes, lang)] if report.changes else []
    text = lines(head, *summary(report), say("changes-import") if changes else None, *changes,
                 say("classes-warnings") if warned else None, *warned)  # fmt: skip
    return text, ((button("classes-yes", "import", errand_id), button("classes-no", "importno", errand_id)),)


def summary(report: Report) -> list[Say]:
    """One line a table: so many new, changed, gone, kept."""
    return [
        say(f"classes-{d.table}", new=d.new, changed=d.changed, gone=d.gone, kept=d.kept, same=d.same)
        for d in report.differences
        if d.total
    ]


async def states(turn: Turn, said: Event) -> Reply:
    """/classes: every class with its state and how many have bound a seat."""
    parts: list[Say] = []
    rows = []
    for cohort in await cohorts.all(turn.tx):
        seats = [m for m in await members.of_cohort(turn.tx, cohort.id) if m.seat_no]
        parts.append(
            say("classes-line", title=cohort.title_in(turn.me.lang), first=cohort.first_day, last=cohort.last_day,
                state=say(f"classes-state-{cohort.state}"), bound=sum(m.account_id is not None for m in seats),
                count=len(seats))
        )  # fmt: skip
        following = _next(cohort.state)
        if ADMIN in turn.me.roles and following:
            label = say(f"classes-to-{following}-of", title=cohort.title_in(turn.me.lang))
            rows.append((button(label, "classto", cohort.id, following),))
    if not parts:
        return Reply(say("classes-none"))
    return Reply(lines(*parts[:12], gap="\n\n"), tuple(rows[:8]))


def _next(state: str) -> str:
    """The state that the administrator may move a class to (CLASS-03)."""
    return {"draft": "registration", "registration": "running", "running": "closing", "closing": "closed"}.get(
        state, ""
    )


async def move(turn: Turn, said: Tap) -> Reply:
    """Move a class to its next state."""
    wanted = said.args[1] if len(said.args) > 1 else ""
    cohort = await deeds.move(turn.tx, said.number(), wanted, turn.now, who=turn.me.account_id)
    return Reply(say("classes-moved", title=cohort.title_in(turn.me.lang), state=say(f"classes-state-{wanted}")))


ROUTES = (
    on_command("classes", states, who=frozenset({ADMIN, SCHOOL_LEADER}) & STAFF, about="classes-about"),
    on_command("import", how, who=ADMINS, about="classes-import-about"),
    on_kind("document", workbook, who=ADMINS),
    on_tap("import", confirm, who=ADMINS),
    on_tap("importno", decline, who=ADMINS),
    on_tap("classto", move, who=ADMINS),
)
