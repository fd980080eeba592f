"""Reading logs: a whole day in one scroll, one log with its versions, its photos (LOG-06 … LOG-08)."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from actions import desk_logs, log_days
from actions import log_reviews as deeds
from actions.log_answers import REASONS, REPLY, RETURN
from actions.log_reviews import KIND_WORDS, LONGEST, READ, STAR, Act
from actions.people import who_where
from chat.messages import Refusal, say
from desk.charts import columns
from desk.visits import Done, Given, Page, Visit, Way, deed, not_here, page
from rules.roles import TEACHERS
from storage import log_reviews as kept

INLINE = frozenset({"image/jpeg"})
"""Pictures that we drew anew ourselves; anything else is given to be saved."""
KEPT_FOR = 3600


async def listed(visit: Visit) -> Page:
    """The day, what waits first; each log with everything that can be done about it."""
    found = await desk_logs.day(
        visit.tx, visit.me, visit.number("day"), visit.word("which", 10), visit.number("page"), visit.now
    )
    values = {
        "found": found, "which": desk_logs.WHICH, "chart": chart(visit, found), **await _words(visit),
        "numbers": log_days.numbers_line(found.standing) if found.standing else None,
        "missing": [(p.member_id, who_where(p)) for p in found.standing.missing] if found.standing else [],
    }  # fmt: skip
    return Page("logs.html", say("desk-logs"), values, live=("log",))


async def _words(visit: Visit) -> dict[str, object]:
    """What can be said with a tap: templates, reasons with their kind sentences; whether files open at all."""
    reasons = [(name, key, KIND_WORDS[name]) for name, key in REASONS.items()]
    return {"templates": await kept.templates(visit.tx, visit.me.cohort_id), "reasons": reasons, "longest": LONGEST,
            "away": await desk_logs.files_away(visit.tx)}  # fmt: skip


def chart(visit: Visit, found: desk_logs.Day) -> Markup | None:
    """At which hour the logs of a day came in."""
    if found.standing is None:
        return None
    zone = visit.speak.zone
    hours = Counter(log.handed_at.astimezone(zone).hour for log in found.standing.logs.values() if log.handed_at)
    if not hours:
        return None
    span = range(min(hours), min(23, max(max(hours), min(hours) + 6)) + 1)
    told = [visit.speak.plain(say("desk-logs-hour-told", hour=h, count=hours[h])) for h in span if hours[h]]
    title = visit.speak.plain(say("desk-logs-chart"))
    return columns([(str(h), hours[h]) for h in span], title, " ".join(told))


async def show(visit: Visit) -> Page:
    """One log with its versions side by side and what was answered."""
    try:
        found = await desk_logs.whole(visit.tx, visit.me, visit.number("id"), visit.now)
    except Refusal as no:  # not raised any further: that somebody tried is to stay (AT-29)
        await desk_logs.denied(visit.tx, visit.me, visit.number("id"), visit.now)
        return not_here(no.say)
    log = found.shown.log
    values = {"found": found, "one": found.shown, **await _words(visit)}
    title = say("desk-log", who=who_where(found.shown.author), day=log.day)
    return Page("log.html", title, values, live=("log",))


async def _act(visit: Visit, act: Act, words: str) -> Done:
    log = await desk_logs.teachers_log(visit.tx, visit.me, visit.number("id"))
    made = await deeds.review(visit.tx, visit.me, log, act, visit.now)
    author = who_where(await deeds.author_of(visit.tx, log))
    to = f"/desk/logs/{log.id}" if visit.word("back", 8) == "log" else f"/desk/logs?day={log.day}"
    return Done(to, say(words, who=author, day=log.day, review=made.id))


async def read(visit: Visit) -> Done:
    """[已阅]."""
    return await _act(visit, Act(kind=READ, version=visit.number("version")), "logs-done-read")


async def star(visit: Visit) -> Done:
    """[⭐]."""
    return await _act(visit, Act(kind=STAR, version=visit.number("version")), "logs-done-star")


async def reply(visit: Visit) -> Done:
    """[回复]: own words, or one that is often said."""
    words = visit.text("body") or visit.text("template")
    act = Act(kind=REPLY, version=visit.number("version"), body=words)
    done = await _act(visit, act, "logs-done-reply")
    if visit.word("keep", 2) == "y" and words:
        await kept.add_template(visit.tx, visit.me.cohort_id, words, visit.me.member_id, visit.now)
    return done


async def send_back(visit: Visit) -> Done:
    """[退回]: a reason, and the kind sentence that the writer reads."""
    reason = visit.word("reason", 40)
    if reason not in REASONS:
        raise Refusal("desk-logs-which-reason")
    words = visit.text("words") or visit.speak.plain(say(KIND_WORDS[reason]))
    act = Act(kind=RETURN, version=visit.number("version"), reason=reason, body=words)
    return await _act(visit, act, "logs-done-return")


async def undo(visit: Visit) -> Done:
    """[撤回] the last review, within five minutes."""
    log = await deeds.take_back(visit.tx, visit.me, visit.number("review"), visit.now)
    return Done(f"/desk/logs/{log.id}", say("logs-undone"))


async def remind(visit: Visit) -> Done:
    """[一键提醒]: privately, only those without a log."""
    count = await log_days.remind(visit.tx, visit.me, visit.number("day"), visit.now)
    return Done(f"/desk/logs?day={visit.number('day')}", say("logs-reminded", count=count))


async def picture(visit: Visit) -> Given:
    """A photo, or a file to be saved, of our own keeping."""
    part, media = await desk_logs.file(visit.tx, visit.me, visit.number("id"), visit.number("part"))
    is_small = visit.word("small", 2) == "y"
    small = media.small if is_small else None
    name = part.file_name or f"log-{part.log_id}-{part.id}"
    return Given(name, small or media.content, media.kind, inline=media.kind in INLINE, keep=KEPT_FOR,
                 place="" if small else media.place)  # fmt: skip


WAYS: tuple[Way, ...] = (
    page("/desk/logs", listed, who=TEACHERS, nav="desk-logs"),
    page("/desk/logs/{id}", show, who=TEACHERS),
    deed("/desk/logs/{id}/read", read, who=TEACHERS),
    deed("/desk/logs/{id}/star", star, who=TEACHERS),
    deed("/desk/logs/{id}/reply", reply, who=TEACHERS, again=show),
    deed("/desk/logs/{id}/return", send_back, who=TEACHERS, again=show),
    deed("/desk/reviews/{review}/undo", undo, who=TEACHERS),
    deed("/desk/logs/remind", remind, who=TEACHERS),
    page("/desk/logs/{id}/files/{part}", picture, who=TEACHERS),
)
