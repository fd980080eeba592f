"""批日志: the queue, one log a screen, [已阅] [回复] [⭐] [退回] [下一篇] [撤回] (LOG-06 … LOG-08, LOG-10, LOG-18)."""

from __future__ import annotations

from actions import log_days, log_screens
from actions import log_reviews as deeds
from actions.log_answers import REASONS, REPLY, RETURN
from actions.log_reviews import KIND_WORDS, READ, STAR, Act
from actions.people import in_rows, who_where
from chat.events import Event, Media, Tap, Text
from chat.messages import Keyboard, Message, Refusal, Reply, button, lines, say
from chat.turns import on_command, on_step, on_tap, on_word
from handlers.turns import Turn
from rules.roles import CLASS_TEACHER, EVERYONE, LEADERS, STAFF, TEACHERS
from storage import log_reviews as kept
from storage.log_reviews import Review
from storage.logs import Log

ANSWER, WHY = "logs-answer", "logs-why"
BACK = Keyboard(((say("menu-back"),),))
LOOKERS = STAFF | LEADERS


async def here(turn: Turn, said: Event) -> Reply:
    """批日志: the next log for a class teacher; for others who has handed in, never a word of it (LOG-17)."""
    if CLASS_TEACHER not in turn.me.class_roles.split():
        return Reply(await log_days.overview(turn.tx, turn.me, turn.now))
    head = await log_days.head(turn.tx, turn.me, turn.now)
    rows = await log_days.rows(turn.tx, turn.me, turn.now)
    log = await deeds.take_next(turn.tx, turn.me, turn.now)
    if log is None:
        return Reply(lines(head, say("logs-none-waiting")), rows)
    return Reply(head, rows, more=(await _screen(turn, log),))


async def start(turn: Turn, said: Tap) -> Reply:
    """[开始批] under the evening's numbers."""
    return Reply(more=(await _next(turn),))


async def _screen(turn: Turn, log: Log) -> Message:
    """A log with its files above it."""
    await log_screens.send_files(turn.tx, turn.me, log, turn.now)
    return await log_screens.screen(turn.tx, turn.me, log, turn.now)


async def _next(turn: Turn) -> Message:
    log = await deeds.take_next(turn.tx, turn.me, turn.now)
    return await _screen(turn, log) if log is not None else Message(say("logs-all-read"))


async def _log(turn: Turn, said: Tap) -> Log | None:
    """The log of a button, for class teachers of its class; anybody else is refused, and it is written down."""
    try:
        log = await deeds.access_log_by_id(turn.tx, turn.me, said.number())
        if CLASS_TEACHER not in turn.me.class_roles.split():
            raise Refusal("refusals-not-here")
    except Refusal:
        await deeds.note_denied(turn.tx, turn.me, said.number(), turn.now)
        return None
    return log


DENIED = Reply(toast=say("refusals-not-here"), alert=True)


async def open_one(turn: Turn, said: Tap) -> Reply:
    """One log (`logopen:<log>[:whole]`)."""
    log = await _log(turn, said)
    if log is None:
        return DENIED
    log = await deeds.open_one(turn.tx, turn.me, log, turn.now)
    if "whole" not in said.args:
        await log_screens.send_files(turn.tx, turn.me, log, turn.now)
    message = await log_screens.screen(turn.tx, turn.me, log, turn.now, whole="whole" in said.args)
    return Reply(message.text, message.buttons)


async def following(turn: Turn, said: Tap) -> Reply:
    """[下一篇] (`lognext:<log>`): this one stays unread."""
    log = await _log(turn, said)
    if log is None:
        return DENIED
    found = await deeds.skip(turn.tx, turn.me, log, turn.now)
    if found is None or found.id == log.id:
        return Reply(toast=say("logs-no-other"))
    return Reply(more=(await _screen(turn, found),))


async def read(turn: Turn, said: Tap) -> Reply:
    """[已阅] (`logread:<log>:<version>`): one tap, and the next log comes."""
    return await _act(turn, said, Act(kind=READ, version=said.number(1)))


async def star(turn: Turn, said: Tap) -> Reply:
    """[⭐] (`logstar:<log>:<version>`): nobody but the teachers sees it, until the author agrees to share."""
    return await _act(turn, said, Act(kind=STAR, version=said.number(1)))


async def _act(turn: Turn, said: Tap, act: Act) -> Reply:
    log = await _log(turn, said)
    if log is None:
        return DENIED
    made = await deeds.review(turn.tx, turn.me, log, act, turn.now)
    done = await _done(turn, log, made)
    return Reply(done.text, done.buttons, edit=True, more=(await _next(turn),))


async def _done(turn: Turn, log: Log, made: Review) -> Message:
    """What was done, with [撤回]."""
    who = who_where(await deeds.author_of(turn.tx, log))
    keys = {READ: "logs-done-read", STAR: "logs-done-star", REPLY: "logs-done-reply", RETURN: "logs-done-return"}
    rows = [button("logs-undo", "logundo", made.id)]
    if made.kind in (READ, STAR):
        rows.append(button("logs-reply-too", "logreply", log.id, log.version))
    return Message(say(keys[made.kind], who=who, day=log.day), (tuple(rows),))


async def undo(turn: Turn, said: Tap) -> Reply:
    """[撤回] (`logundo:<review>`)."""
    log = await deeds.take_back(turn.tx, turn.me, said.number(), turn.now)
    message = await log_screens.screen(turn.tx, turn.me, log, turn.now)
    return Reply(message.text, message.buttons, edit=True, toast=say("logs-undone"))


# ---- answering ---------------------------------------------------------------------------------------------


async def reply(turn: Turn, said: Tap) -> Reply:
    """[回复] (`logreply:<log>:<version>[:<template>]`): words or a voice note; what is often said stands ready."""
    log = await _log(turn, said)
    if log is None:
        return DENIED
    memo = {"log": log.id, "version": said.number(1)}
    who = who_where(await deeds.author_of(turn.tx, log))
    templates = await kept.templates(turn.tx, log.cohort_id)
    chosen = next((t for t in templates if len(said.args) > 2 and t.id == said.number(2)), None)
    if chosen is not None:
        send = button("logs-send-this", "logsay", log.id, said.number(1), chosen.id)
        return Reply(say("logs-reply-this", who=who, words=chosen.body), ((send,),), then=ANSWER, memo=memo, edit=True)
    cells = [
        button(say("logs-template", words=t.body[:20]), "logreply", log.id, said.number(1), t.id) for t in templates
    ]
    return Reply(say("logs-reply-how", who=who), in_rows(cells, 1), then=ANSWER, memo=memo)


async def say_template(turn: Turn, said: Tap) -> Reply:
    """[就发这句] (`logsay:<log>:<version>:<template>`)."""
    templates = await kept.templates(turn.tx, turn.me.cohort_id)
    words = next((t.body for t in templates if t.id == said.number(2)), "")
    return await _act(turn, said, Act(kind=REPLY, version=said.number(1), body=words))


async def answer(turn: Turn, said: Event) -> Reply:
    """The answer: text, or a voice note."""
    log, version = await deeds.access_log_by_id(turn.tx, turn.me, turn.talk.number("log")), turn.talk.number("version")
    if isinstance(said, Media) and said.kind == "voice":
        act = Act(kind=REPLY, version=version, voice=said.file_id, body=said.caption[: deeds.LONGEST])
    elif isinstance(said, Text):
        act = Act(kind=REPLY, version=version, body=said.text.strip())
    else:
        return Reply(say("logs-reply-only"), then=ANSWER, memo=turn.talk.memo)
    if len(act.body) > deeds.LONGEST:
        return Reply(say("logs-reply-length", most=deeds.LONGEST), then=ANSWER, memo=turn.talk.memo)
    made = await deeds.review(turn.tx, turn.me, log, act, turn.now)
    done = await _done(turn, log, made)
    save = button("logs-keep-words", "logkeep", made.id) if act.body and not act.voice else None
    rows = (*done.buttons, (save,)) if save else done.buttons
    return Reply(done.text, rows, more=(await _next(turn),))


async def keep_words(turn: Turn, said: Tap) -> Reply:
    """[存为常用语] (`logkeep:<review>`): for all class teachers."""
    made = await kept.get(turn.tx, said.number())
    await deeds.access_log_by_id(turn.tx, turn.me, made.log_id if made else 0)
    assert made is not None
    await kept.add_template(turn.tx, turn.me.cohort_id, made.body, turn.me.member_id, turn.now)
    return Reply(toast=say("logs-kept-words"))


# ---- returning ---------------------------------------------------------------------------------------------


async def send_back(turn: Turn, said: Tap) -> Reply:
    """[退回] (`logreturn:<log>:<version>[:<reason>[:y]]`): a reason, then a kind sentence, ready or of one's own."""
    log = await _log(turn, said)
    if log is None:
        return DENIED
    args = (log.id, said.number(1))
    reason = said.args[2] if len(said.args) > 2 and said.args[2] in REASONS else ""
    who = who_where(await deeds.author_of(turn.tx, log))
    if not reason:
        cells = [button(key, "logreturn", *args, name) for name, key in REASONS.items()]
        return Reply(say("logs-return-why", who=who), in_rows(cells))
    words = turn.me.voice.plain(say(KIND_WORDS[reason]))
    if said.args[3:] == ("y",):
        return await _act(turn, said, Act(kind=RETURN, version=args[1], reason=reason, body=words))
    memo = {"log": log.id, "version": args[1], "reason": reason}
    send = button("logs-send-this", "logreturn", *args, reason, "y")
    return Reply(say("logs-return-this", who=who, words=words), ((send,),), then=WHY, memo=memo, edit=True)


async def why(turn: Turn, said: Event) -> Reply:
    """The teacher's own sentence for a return."""
    log = await deeds.access_log_by_id(turn.tx, turn.me, turn.talk.number("log"))
    if not isinstance(said, Text) or not 1 <= len(said.text.strip()) <= deeds.LONGEST:
        return Reply(say("logs-return-words", most=deeds.LONGEST), then=WHY, memo=turn.talk.memo)
    act = Act(kind=RETURN, version=turn.talk.number("version"), reason=turn.talk.word("reason"), body=said.text.strip())
    made = await deeds.review(turn.tx, turn.me, log, act, turn.now)
    done = await _done(turn, log, made)
    return Reply(done.text, done.buttons, keyboard=None, more=(await _next(turn),))


# ---- the rest ----------------------------------------------------------------------------------------------


async def files(turn: Turn, said: Tap) -> Reply:
    """[看附件] once more (`logfiles:<log>`)."""
    log = await _log(turn, said)
    if log is None:
        return DENIED
    count = await log_screens.send_files(turn.tx, turn.me, log, turn.now)
    return Reply(toast=say("logs-files-sent", count=count))


async def compare(turn: Turn, said: Tap) -> Reply:
    """[前后对比] (`logdiff:<log>`)."""
    log = await _log(turn, said)
    if log is None:
        return DENIED
    if log.version < 2:
        raise Refusal("help-old-button")
    return Reply((await log_screens.compared(turn.tx, log)).text)


ROUTES = (
    on_word("menu-logs", here, who=LOOKERS),
    on_command("logs", here, who=LOOKERS, about="logs-read-about"),
    on_tap("logopen", open_one, who=EVERYONE),
    on_tap("logstart", start, who=TEACHERS),
    on_tap("lognext", following, who=TEACHERS),
    on_tap("logread", read, who=TEACHERS),
    on_tap("logstar", star, who=TEACHERS),
    on_tap("logreply", reply, who=TEACHERS),
    on_tap("logsay", say_template, who=TEACHERS),
    on_tap("logkeep", keep_words, who=TEACHERS),
    on_tap("logreturn", send_back, who=TEACHERS),
    on_tap("logundo", undo, who=TEACHERS),
    on_tap("logfiles", files, who=TEACHERS),
    on_tap("logdiff", compare, who=TEACHERS),
    on_step(ANSWER, answer, who=TEACHERS),
    on_step(WHY, why, who=TEACHERS),
)
