"""How loud, when, and the rest of a draft: options, English, the group's copy, the day card (BC-04, BC-05, BC-09)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from actions import notice_drafts as drafts
from actions.access import access_draft_by_id
from actions.notice_audiences import is_office, set_group
from actions.people import in_rows
from chat.events import Event, Tap, Text
from chat.messages import Button, Refusal, Reply, Rows, button, say
from chat.turns import on_step, on_tap
from handlers import notice_panel, notices
from handlers.notice_panel import show_choice
from handlers.notices import WRITERS
from handlers.turns import Turn
from rules.days import moment
from rules.notices import LEVELS
from rules.when_words import read_when
from storage import cohorts, sessions
from storage.notices import Notice

WHEN, CHOICES, ENGLISH, UNTIL = "notices-when", "notices-choices", "notices-english", "notices-until"
HOURS = range(7, 23)
QUARTERS = (0, 15, 30, 45)


async def level(turn: Turn, said: Tap) -> Reply:
    """[级别] (`nlevel:<id>[:<level>]`)."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    if len(said.args) > 1 and said.args[1] in LEVELS:
        return await notices.panel(turn, await drafts.set_level(turn.tx, turn.me, notice, said.args[1]))
    rows = [
        (button(say(f"notices-level-{one}", mark="● " if one == notice.level else ""), "nlevel", notice.id, one),)
        for one in drafts.may_send(turn.me)
    ]
    return await show_choice(turn, notice, say("notices-which-level"), tuple(rows))


# ---- when ------------------------------------------------------------------


async def when(turn: Turn, said: Tap) -> Reply:
    """[什么时候] (`nwhen:<id>[:now|:<minutes since 1970>]`): a few usual times, any day by buttons, or typed."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    if said.args[1:] == ("now",):
        return await notices.panel(turn, await drafts.set_when(turn.tx, turn.me, notice, None, turn.now))
    if len(said.args) > 1:
        at = datetime.fromtimestamp(min(said.number(1), 10**8) * 60, UTC)
        return await notices.panel(turn, await drafts.set_when(turn.tx, turn.me, notice, at, turn.now))
    rows = await _offers(turn, notice)
    days = in_rows([_day_button(turn, notice, ahead) for ahead in range(6)], 3)
    return await show_choice(turn, notice, say("notices-which-time"), (*rows, *days), WHEN)


async def _offers(turn: Turn, notice: Notice) -> Rows:
    """Now; after this class; the usual hours that still lie ahead."""
    cells = [button("notices-at-now", "nwhen", notice.id, "now")]
    table = [s for s in await sessions.of_cohort(turn.tx, notice.cohort_id) if not s.cancelled]
    on = next((s for s in table if s.starts_at <= turn.now < s.ends_at and s.kind != "meal"), None)
    if on is not None:
        cells.append(button(say("notices-at-after", at=on.ends_at), "nwhen", notice.id, _minute(on.ends_at)))
    today = turn.now.astimezone(turn.me.voice.zone).date()
    for key, day, clock in (("noon", today, time(12, 10)), ("evening", today, time(17, 40)),
                            ("morning", today + timedelta(days=1), time(7, 30))):  # fmt: skip
        at = moment(day, clock, turn.me.zone)
        if at > turn.now:
            cells.append(button(say(f"notices-at-{key}", at=at), "nwhen", notice.id, _minute(at)))
    return in_rows(cells)


def _minute(at: datetime) -> int:
    return round(at.timestamp()) // 60


def _day_button(turn: Turn, notice: Notice, ahead: int) -> Button:
    day = turn.now.astimezone(turn.me.voice.zone).date() + timedelta(days=ahead)
    return button(say("notices-day", day=day), "nday", notice.id, day.isoformat())


async def on_day(turn: Turn, said: Tap) -> Reply:
    """A day, then an hour, then a quarter (`nday:<id>:<date>[:<hour>]`)."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    try:
        day = date.fromisoformat(said.args[1])
    except (IndexError, ValueError):
        raise Refusal("help-old-button") from None
    if len(said.args) > 2:
        hour = min(said.number(2), 23)
        times = [moment(day, time(hour, minute), turn.me.zone) for minute in QUARTERS]
        cells = [button(say("notices-clock", at=at), "nwhen", notice.id, _minute(at)) for at in times if at > turn.now]
    else:
        cells = [
            button(say("notices-hour", hour=f"{hour:02}"), "nday", notice.id, day.isoformat(), hour)
            for hour in HOURS
            if moment(day, time(hour, 45), turn.me.zone) > turn.now
        ]
    head = say("notices-which-hour", day=day)
    return await show_choice(turn, notice, head, in_rows(cells, 4), WHEN)


async def typed_when(turn: Turn, said: Event) -> Reply:
    """「明早7点半」, typed."""
    notice = await _of_talk(turn)
    found = read_when(said.text if isinstance(said, Text) else "", turn.now, turn.me.zone)
    if found.at is None:
        return Reply(say(f"notices-time-{found.problem}"), then=WHEN, memo=turn.talk.memo)
    at = None if found.at <= turn.now else found.at
    return await notices.panel(turn, await drafts.set_when(turn.tx, turn.me, notice, at, turn.now), anew=True)


async def _of_talk(turn: Turn) -> Notice:
    return await access_draft_by_id(turn.tx, turn.me, turn.talk.number("id"))


# ---- more ------------------------------------------------------------------


async def more(turn: Turn, said: Tap) -> Reply:
    """[更多]: options, English, the group's copy, writing anew, throwing away."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    id = notice.id
    rows: list[tuple[Button, ...]] = [(button("notices-set-choices", "nchoices", id),
                                       button("notices-set-english", "nenglish", id))]  # fmt: skip
    group = await cohorts.group_of(turn.tx, notice.cohort_id)
    if group.group_chat_id is not None and notice.audience.kind == "class" and not notice.scope:
        rows.append((button("notices-group-off" if notice.to_group else "notices-group-on", "ngroup", id),))
    if is_office(turn.me):
        rows.append((button("notices-set-classes", "nclasses", id),))
    rows.append((button("notices-keep-template", "nkeep", id), button("notices-templates", "ntemplates", id)))
    rows.append((button("notices-clear", "nclear", id), button("notices-drop", "ndrop", id)))
    return await show_choice(turn, notice, say("notices-more-what"), tuple(rows))


async def choices(turn: Turn, said: Tap) -> Reply:
    """[加选项]: the next text is the options."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    if said.args[1:] == ("none",):
        notice = await drafts.put(turn.tx, turn.me, notice, choices=(), choices_until=None)
        return await notices.panel(turn, notice)
    limit = (await cohorts.get(turn.tx, notice.cohort_id)).rules.notice.choices_max
    rows: Rows = ((button("notices-no-choices", "nchoices", notice.id, "none"),),) if notice.choices else ()
    return await show_choice(turn, notice, say("notices-which-choices", limit=limit), rows, CHOICES)


async def typed_choices(turn: Turn, said: Event) -> Reply:
    """The options, one a line; then until when one may choose."""
    notice = await _of_talk(turn)
    limit = (await cohorts.get(turn.tx, notice.cohort_id)).rules.notice.choices_max
    try:
        typed = said.text if isinstance(said, Text) else ""
        notice = await drafts.set_choices(turn.tx, turn.me, notice, typed, limit)
    except Refusal as no:
        return Reply(no.say, then=CHOICES, memo=turn.talk.memo)
    if not notice.choices:
        return Reply(say("notices-which-choices", limit=limit), then=CHOICES, memo=turn.talk.memo)
    rows = ((button("notices-until-none", "npanel", notice.id),),)
    return Reply(say("notices-until-when"), rows, then=UNTIL, memo=turn.talk.memo)


async def typed_until(turn: Turn, said: Event) -> Reply:
    """Until when one may choose."""
    notice = await _of_talk(turn)
    found = read_when(said.text if isinstance(said, Text) else "", turn.now, turn.me.zone)
    if found.at is None:
        return Reply(say(f"notices-time-{found.problem}"), then=UNTIL, memo=turn.talk.memo)
    notice = await drafts.put(turn.tx, turn.me, notice, choices_until=found.at)
    return await notices.panel(turn, notice, anew=True)


async def english(turn: Turn, said: Tap) -> Reply:
    """[英文版]: the next text is the English."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    return await show_choice(turn, notice, say("notices-which-english"), (), ENGLISH)


async def typed_english(turn: Turn, said: Event) -> Reply:
    """The English words, for those who read English."""
    notice = await _of_talk(turn)
    if not isinstance(said, Text):
        return Reply(say("notices-which-english"), then=ENGLISH, memo=turn.talk.memo)
    try:
        notice = await drafts.set_text(turn.tx, turn.me, notice, said.text, said.html, english=True)
    except Refusal as no:
        return Reply(no.say, then=ENGLISH, memo=turn.talk.memo)
    return await notices.panel(turn, notice, anew=True)


async def group(turn: Turn, said: Tap) -> Reply:
    """[群里也放一条]: numbers only, and no more than the group's posts of a day (BC-05, BC-15)."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    notice = await set_group(turn.tx, turn.me, notice, not notice.to_group, turn.now)
    return await notices.panel(turn, notice)


async def over(turn: Turn, said: Tap) -> Reply:
    """[照发] or [写在今日卡上] for those who have had enough today (BC-13); the preview's foot changes in place."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    wanted = "card" if said.args[1:] == ("card",) else "send"
    notice = await drafts.put(turn.tx, turn.me, notice, over=wanted)
    seen = await drafts.check(turn.tx, notice, turn.now)
    message = await notice_panel.confirm(turn.tx, turn.me, seen, turn.now)
    return Reply(message.text, message.buttons, edit=True)


# ---- several classes ------------------------------------------------------------------


async def classes(turn: Turn, said: Tap) -> Reply:
    """[几个班] (`nclasses:<id>[:<class>]`): the office addresses several classes; a second person will confirm."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    chosen = list(notice.cohorts)
    if len(said.args) > 1:
        id = said.number(1)
        known = {c.id for c in await cohorts.all(turn.tx) if c.state not in drafts.OVER}
        if id not in known:
            raise Refusal("refusals-not-here")
        chosen = [c for c in chosen if c != id] if id in chosen and id != notice.cohort_id else [*chosen, id]
        notice = await drafts.set_scope(turn.tx, turn.me, notice, tuple(dict.fromkeys(chosen)))
    elif not is_office(turn.me):
        raise Refusal("refusals-no-right")
    cells = [
        button(say("notices-pick", mark="✅" if c.id in notice.cohorts else "⬜", name=c.title_in(turn.me.lang)),
               "nclasses", notice.id, c.id)
        for c in await cohorts.all(turn.tx) if c.state not in drafts.OVER
    ]  # fmt: skip
    return await show_choice(turn, notice, say("notices-which-classes"), in_rows(cells[:20], 1))


ROUTES = (
    on_tap("nlevel", level, who=WRITERS),
    on_tap("nwhen", when, who=WRITERS),
    on_tap("nday", on_day, who=WRITERS),
    on_step(WHEN, typed_when, who=WRITERS),
    on_tap("nmore", more, who=WRITERS),
    on_tap("nchoices", choices, who=WRITERS),
    on_step(CHOICES, typed_choices, who=WRITERS),
    on_step(UNTIL, typed_until, who=WRITERS),
    on_tap("nenglish", english, who=WRITERS),
    on_step(ENGLISH, typed_english, who=WRITERS),
    on_tap("ngroup", group, who=WRITERS),
    on_tap("nover", over, who=WRITERS),
    on_tap("nclasses", classes, who=notices.SECONDS),
)
