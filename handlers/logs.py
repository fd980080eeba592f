"""[写日志]: collect, look, hand in (LOG-01 … LOG-04, LOG-13); long: one talk, whose steps belong together."""

from __future__ import annotations

from datetime import datetime

from actions import log_advice, log_cards, log_moods, log_reviews
from actions import logs as deeds
from actions.logs import Desk, Handing, access_own_log
from actions.people import in_rows
from chat.events import Edited, Event, Media, Tap, Text
from chat.messages import Keyboard, Lines, Message, Refusal, Reply, Rows, button, lines, say
from chat.turns import on_command, on_step, on_tap, on_word
from handlers import menus, questions
from handlers.turns import Turn
from rules.log_texts import SLOTS, puzzle_of
from rules.logs import RETURNED, Days, Window
from rules.roles import TRAINEES
from rules.settings_talk import Log as Numbers
from storage import logs
from storage.cohorts import rules_of
from storage.logs import GONE, Log

WRITE = "logs-write"
KEYS = Keyboard(
    ((say("menu-log-look"), say("menu-log-send")), (say("menu-log-later"), say("menu-back"))), say("logs-keys-hint")
)
SURE_KEYS = Keyboard(((say("menu-log-more"), say("menu-log-sure")), (say("menu-log-later"), say("menu-back"))))
PARTS = 8
"""So many parts fit on a page with their buttons."""


async def write(turn: Turn, said: Event) -> Reply:
    """[写日志]: today's questions and the draft; in the morning yesterday's is offered first (LOG-01)."""
    desk = await deeds.desk_of(turn.tx, turn.me)
    days = deeds.chosen(desk, said.at)
    return await _open(turn, desk, days.window, said.at, days)


async def choose(turn: Turn, said: Tap) -> Reply:
    """[昨天的] / [今天的] (`logday:<day>`)."""
    desk = await deeds.desk_of(turn.tx, turn.me)
    days = deeds.chosen(desk, turn.now)
    window = next((w for w in (days.window, days.other) if w and w.day == said.number()), None)
    if window is None:
        raise Refusal("help-old-button")
    return await _open(turn, desk, window, turn.now)


async def again(turn: Turn, said: Tap) -> Reply:
    """[去补充] under a return (`logagain:<log>`)."""
    log = await access_own_log(turn.tx, turn.me, said.number())
    desk = await deeds.desk_of(turn.tx, turn.me)
    return await _open(turn, desk, desk.window(log.day), turn.now)


async def _open(turn: Turn, desk: Desk, window: Window, at: datetime, days: Days | None = None) -> Reply:
    """The questions, what is in the draft already, and the step at which everything is kept."""
    log = await deeds.begin(turn.tx, turn.me, window.day, at)
    if (no := deeds.why_not(log, window, at)) is not None:
        if log.version:
            return await _seen(turn, log, no)
        raise no
    await log_cards.lift_draft(turn.tx, turn.me, log)
    counts = await logs.counts_of(turn.tx, log.id)
    choice = _choice(days) if days is not None and days.other is not None and not log.version else None
    text = lines(
        say("logs-which-day", date=window.date) if choice else say("logs-head", day=window.day, date=window.date),
        await _why_returned(turn, log) if log.state == RETURNED else None,
        *await log_cards.questions(turn.tx, turn.me, window.day),
        say("logs-how") if not counts else None,
        Lines((say("logs-resume" if not log.version else "logs-stands"), log_cards.counted(counts)), "")
        if counts
        else None,
        log_cards.hours_line(window, log, at),
    )
    more = Message(say("logs-which-question"), (*(choice or ()), *log_cards.slot_buttons(log)), silent=True)
    return Reply(text, keyboard=KEYS, then=WRITE, memo={"log": log.id}, more=(more,))


def _choice(days: Days) -> Rows:
    other = days.other
    assert other is not None
    return (
        (
            button(say("logs-day-before", day=days.window.day), "logday", days.window.day),
            button(say("logs-day-now", day=other.day), "logday", other.day),
        ),
    )


async def _why_returned(turn: Turn, log: Log) -> Lines:
    return await log_reviews.why_returned(turn.tx, log)


async def _seen(turn: Turn, log: Log, no: Refusal) -> Reply:
    """What cannot be changed any more is shown as it stands."""
    return Reply(lines(log_cards.state_line(log), no.say), log_cards.own_buttons(log), keyboard=None)


# ---- the step ----------------------------------------------------------------------------------------------


async def part(turn: Turn, said: Event) -> Reply:
    """Words, photos, voice notes, files: kept at once, confirmed quietly (LOG-03)."""
    memo = turn.talk.memo
    log = await access_own_log(turn.tx, turn.me, turn.talk.number("log"))
    desk = await _desk_for(turn, log, said.at)
    if desk is not None and (no := deeds.why_not(log, desk.window(log.day), said.at)) is not None:
        return Reply(no.say, keyboard=menus.keyboard(turn.me))
    told = None
    if isinstance(said, Text):
        await deeds.keep_text(turn.tx, log, said, turn.talk.word("slot"))
    elif isinstance(said, Media):
        kept = await deeds.keep_media(turn.tx, turn.me, log, said, await _numbers(turn))
        told = say(log_cards.WHYS[kept.why]) if kept.why and kept.why != "photos" else None
    else:
        told = say("logs-over-kind")
    await log_cards.paint_draft(turn.tx, turn.me, log, turn.now)
    until = turn.talk.number("until") if desk is None else _good_until(desk, log)
    return Reply(told, then=WRITE, memo={**memo, "until": until})


async def _desk_for(turn: Turn, log: Log, at: datetime) -> Desk | None:
    """The windows, unless the talk knows already till when this draft may grow: a part must be cheap."""
    fresh = not log.version and at.timestamp() <= turn.talk.number("until")
    return None if fresh else await deeds.desk_of(turn.tx, turn.me)


def _good_until(desk: Desk, log: Log) -> int:
    return 0 if log.version else int(desk.window(log.day).ends_at.timestamp())


async def _numbers(turn: Turn) -> Numbers:
    return (await rules_of(turn.tx, turn.me.cohort_id, turn.me.settings_mark)).log


async def slot(turn: Turn, said: Tap) -> Reply:
    """The next words answer this question (`logslot:<log>:<question>`)."""
    log = await access_own_log(turn.tx, turn.me, said.number())
    chosen = said.args[1] if len(said.args) > 1 and said.args[1] in SLOTS else ""
    name = say(log_cards.SLOT_NAMES[chosen], mark=deeds.MARKS[chosen]) if chosen else say("logs-slot-none")
    return Reply(toast=say("logs-slot-now", slot=name), then=WRITE, memo={"log": log.id, "slot": chosen})


async def album_goes_on(turn: Turn, said: Media) -> Reply | None:
    """The rest of an album whose beginning is in a log, after its writer went on to something else (AT-04)."""
    if not said.album or not turn.me.member_id:
        return None
    log = await logs.of_album(turn.tx, turn.me.member_id, said.album)
    if log is None:
        return None
    await deeds.keep_media(turn.tx, turn.me, log, said, await _numbers(turn))
    await log_cards.paint_draft(turn.tx, turn.me, log, turn.now)
    return Reply(then=turn.talk.step or None, memo=turn.talk.memo)


async def edited(turn: Turn, said: Edited) -> Reply | None:
    """An edited message changes the draft; None where it is in no log."""
    step, memo = turn.talk.step or None, turn.talk.memo
    try:
        log = await deeds.edit(turn.tx, turn.me, said.message_id, said.text, said.at)
    except Refusal as no:
        return Reply(no.say, then=step, memo=memo)
    if log is None:
        return None
    await log_cards.paint_draft(turn.tx, turn.me, log, turn.now)
    return Reply(say("logs-edited-again") if log.version else None, then=step, memo=memo)


# ---- looking, taking out ---------------------------------------------------------------------------------------


async def _current(turn: Turn, at: datetime) -> tuple[Desk, Log]:
    """The log that the talk is about, else the draft of the day."""
    desk = await deeds.desk_of(turn.tx, turn.me)
    id = turn.talk.number("log") if turn.talk.step == WRITE else 0
    log = next((found for found in desk.logs.values() if found.id == id), None)
    if log is None:
        days = deeds.chosen(desk, at)
        log = desk.logs.get(days.window.day) or (desk.logs.get(days.other.day) if days.other else None)
    if log is None:
        raise Refusal("logs-nothing-begun")
    return desk, log


async def look(turn: Turn, said: Event) -> Reply:
    """[预览]: as the teacher will read it."""
    desk, log = await _current(turn, said.at)
    message = await log_cards.preview(turn.tx, log, desk, said.at)
    return Reply(message.text, message.buttons, then=WRITE, memo={**turn.talk.memo, "log": log.id})


async def later(turn: Turn, said: Event) -> Reply:
    """[先存着]: it stays as it is, and is offered again."""
    return Reply(say("logs-later"), keyboard=menus.keyboard(turn.me))


async def listed(turn: Turn, said: Tap) -> Reply:
    """[删掉一段] (`logparts:<log>`): all parts with numbers."""
    return await _listed(turn, await access_own_log(turn.tx, turn.me, said.number()))


async def _listed(turn: Turn, log: Log, edit: bool = False) -> Reply:
    found = [p for p in await logs.parts_of(turn.tx, log.id) if p.state in ("kept", "lost", GONE)][-PARTS:]
    cells = [
        button(
            say("logs-put-back" if p.state == GONE else "logs-remove", number=n), "logpart", p.id, int(p.state == GONE)
        )
        for n, p in enumerate(found, 1)
    ]
    return Reply(log_cards.numbered(found), in_rows(cells, 4), edit=edit)


async def take_out(turn: Turn, said: Tap) -> Reply:
    """Take a part out, or put it back (`logpart:<part>:<0|1>`)."""
    log = await deeds.take_out(turn.tx, turn.me, said.number(), turn.now, back=said.number(1) == 1)
    await log_cards.paint_draft(turn.tx, turn.me, log, turn.now)
    return await _listed(turn, log, edit=True)


async def mood(turn: Turn, said: Tap) -> Reply:
    """How one feels, or not (`logmood:<log>:<mood>`); twice low tells the class teacher, nobody else (LOG-16)."""
    log = await access_own_log(turn.tx, turn.me, said.number())
    chosen = said.args[1] if len(said.args) > 1 and said.args[1] in log_cards.MOODS else ""
    await log_moods.set_mood(turn.tx, turn.me, log, "" if log.mood == chosen else chosen, turn.now)
    return Reply(toast=say("logs-mood-set" if chosen and log.mood != chosen else "logs-mood-unset"))


async def private(turn: Turn, said: Tap) -> Reply:
    """[只给班主任看], and back (`logprivate:<log>`)."""
    log = await access_own_log(turn.tx, turn.me, said.number())
    await logs.set_private(turn.tx, log.id, not log.private)
    return Reply(toast=say("logs-private-off" if log.private else "logs-private-on"), alert=not log.private)


# ---- handing in ----------------------------------------------------------------------------------------------


async def send(turn: Turn, said: Event) -> Reply:
    """[提交日志], a message with its own time (RULE-4). Hints come first, once."""
    return await _send(turn, said, sure=False)


async def send_sure(turn: Turn, said: Event) -> Reply:
    """[仍要提交]: nothing is ever refused for its words (LOG-02)."""
    return await _send(turn, said, sure=True)


async def _send(turn: Turn, said: Event, *, sure: bool) -> Reply:
    desk, log = await _current(turn, said.at)
    try:
        done = await deeds.submit(turn.tx, turn.me, log, said.at, sure=sure or bool(turn.talk.memo.get("hinted")))
    except Refusal as no:
        stays = no.say.key in ("logs-empty", "logs-too-early")
        return Reply(no.say, keyboard=KEYS if stays else menus.keyboard(turn.me), then=WRITE if stays else None,
                     memo={"log": log.id} if stays else {})  # fmt: skip
    if done.again:
        return Reply(say("logs-sent-already", day=log.day, at=log.handed_at), keyboard=menus.keyboard(turn.me))
    if done.hints and done.log.version == log.version:
        return await _hinted(turn, done, desk)
    return await _sent(turn, done)


async def _hinted(turn: Turn, done: Handing, desk: Desk) -> Reply:
    parts = deeds.standing(await logs.parts_of(turn.tx, done.log.id))
    hints = log_advice.hint_lines(done.hints, log_advice.chars(deeds.raw_text(parts)), desk.numbers)
    memo = {"log": done.log.id, "hinted": 1}
    return Reply(lines(say("logs-hints"), hints, say("logs-hints-end")), keyboard=SURE_KEYS, then=WRITE, memo=memo)


async def _sent(turn: Turn, done: Handing) -> Reply:
    log = done.log
    window = done.window
    head = say("logs-sent-late" if log.state == "late" else "logs-sent", day=log.day, at=log.handed_at)
    change = (
        say("logs-sent-change", due=window.due_at) if turn.now <= window.due_at and log.state == "submitted" else None
    )
    found = puzzle_of([(p.slot, p.body) for p in deeds.standing(await logs.parts_of(turn.tx, log.id))])
    yes_no = button("logs-ask-yes", "logask", log.id), button("logs-ask-no", "logask", log.id, "no")
    asks = Message(say("logs-ask", puzzle=found[:80]), (yes_no,), silent=True)
    how = Message(say("logs-mood-ask"), log_cards.own_buttons(log), silent=True)
    return Reply(
        lines(head, change), keyboard=menus.keyboard(turn.me), more=(how, asks) if found and not log.asked else (how,)
    )


async def ask(turn: Turn, said: Tap) -> Reply:
    """[转为提问] / [不用] (`logask:<log>[:no]`): the puzzle becomes a question, linked to its log (LOG-09)."""
    log = await access_own_log(turn.tx, turn.me, said.number())
    if said.args[1:] == ("no",):
        await logs.set_asked(turn.tx, log.id)
        return Reply(say("logs-ask-not"), edit=True)
    found = puzzle_of([(p.slot, p.body) for p in deeds.standing(await logs.parts_of(turn.tx, log.id))])
    if not found:
        raise Refusal("help-old-button")
    await logs.set_asked(turn.tx, log.id)
    return await questions.begin_with(turn, found, log.id)


async def more(turn: Turn, said: Event) -> Reply:
    """[再写一点]: back to the draft."""
    _, log = await _current(turn, said.at)
    return Reply(say("logs-go-on"), keyboard=KEYS, then=WRITE, memo={"log": log.id})


ROUTES = (
    on_word("menu-log", write, who=TRAINEES),
    on_command("log", write, who=TRAINEES, about="logs-about"),
    on_word("menu-log-look", look, who=TRAINEES),
    on_word("menu-log-send", send, who=TRAINEES),
    on_word("menu-log-sure", send_sure, who=TRAINEES),
    on_word("menu-log-more", more, who=TRAINEES),
    on_word("menu-log-later", later, who=TRAINEES),
    on_step(WRITE, part, who=TRAINEES),
    on_tap("logday", choose, who=TRAINEES),
    on_tap("logagain", again, who=TRAINEES),
    on_tap("logslot", slot, who=TRAINEES),
    on_tap("logparts", listed, who=TRAINEES),
    on_tap("logpart", take_out, who=TRAINEES),
    on_tap("logmood", mood, who=TRAINEES),
    on_tap("logprivate", private, who=TRAINEES),
    on_tap("logask", ask, who=TRAINEES),
)
