"""[提问题]: write, see what is there already, choose category and who may read it, send (QA-01 … QA-03)."""

from __future__ import annotations

from datetime import datetime

from actions import question_asked
from actions import question_cards as cards
from actions import questions as deeds
from actions.access import need_trainee
from actions.people import in_rows, who_where
from actions.question_access import (
    access_draft_by_id,
    access_question_by_id,
    asker_of,
)
from actions.question_topics import topic_of, topics_of
from chat.events import Event, Media, Tap, Text
from chat.messages import Button, Lines, Refusal, Reply, Say, When, button, lines, say
from chat.turns import on_command, on_step, on_tap, on_word
from handlers.turns import Turn
from rules.questions import BY_CLASS, BY_HANDBOOK, LEVELS, Written
from rules.roles import EVERYONE, TEACHERS, TRAINEES
from storage import answers, questions
from storage.questions import Question
from storage.search import ask_text

WRITE, MORE = "questions-write", "questions-more"
ASKERS = TRAINEES | TEACHERS


async def ask(turn: Turn, said: Event) -> Reply:
    """[提问题]: the next words are the question; one's own questions and those of the others are a tap away."""
    draft = await deeds.begin(turn.tx, turn.me, said.at)
    if draft.text:
        return await confirm(turn, draft, say("questions-resume"))
    return await _how(turn, draft)


async def _how(turn: Turn, draft: Question) -> Reply:
    numbers = await deeds.numbers_of(turn.tx, turn.me)
    rows = ((button("questions-mine", "qmine"), button("questions-all", "qall")),)
    text = say("questions-how", min=numbers.min_chars, max=numbers.max_chars, files=numbers.photos)
    return Reply(text, rows if draft.source == deeds.SELF else (), then=WRITE, memo={"id": draft.id})


async def from_search(turn: Turn, said: Tap) -> Reply:
    """[问老师] under a search: its words are the question (HANDBOOK-03)."""
    need_trainee(turn.me)
    draft = await deeds.begin(turn.tx, turn.me, turn.now, door=BY_HANDBOOK)
    words = await ask_text(turn.tx, said.number())
    if words and words not in draft.text:
        draft, judged = await deeds.add_words(turn.tx, turn.me, draft, words)
        if judged.problem:
            return await _not_yet(turn, draft, judged)
        return await _similar_first(turn, draft, entries=False)
    return await confirm(turn, draft) if draft.text else await _how(turn, draft)


async def begin_with(turn: Turn, text: str, log_id: int) -> Reply:
    """[转为提问] under a log: its puzzle is the question, linked to the log (LOG-09)."""
    draft = await deeds.begin(turn.tx, turn.me, turn.now, door=BY_CLASS, log_id=log_id)
    if text in draft.text:
        return await confirm(turn, draft)
    draft, judged = await deeds.add_words(turn.tx, turn.me, draft, text)
    return await _not_yet(turn, draft, judged) if judged.problem else await _similar_first(turn, draft)


# ---- writing --------------------------------------------------------------------------------------------------------


async def write(turn: Turn, said: Event) -> Reply:
    """Words and files of a question; what comes in pieces is put together."""
    memo = turn.talk.memo
    draft = await access_draft_by_id(turn.tx, turn.me, turn.talk.number("id"))
    if draft.state != "draft":
        return await _again(turn, draft)
    try:
        if isinstance(said, Media):
            return await _file(turn, draft, said)
        if not isinstance(said, Text):
            raise Refusal("questions-files-kind", most=(await deeds.numbers_of(turn.tx, turn.me)).photos)
    except Refusal as no:
        return Reply(no.say, then=WRITE, memo=memo)
    seen = not (await deeds.judge(turn.tx, turn.me, draft)).problem
    draft, judged = await deeds.add_words(turn.tx, turn.me, draft, said.text)
    if judged.problem:
        return await _not_yet(turn, draft, judged)
    return await confirm(turn, draft) if seen else await _similar_first(turn, draft)


async def _file(turn: Turn, draft: Question, said: Media) -> Reply:
    """A photo with words begins the question; without words they are asked for, and the photo is kept."""
    await deeds.add_file(turn.tx, turn.me, draft, said, turn.now)
    if said.caption.strip():
        draft, judged = await deeds.add_words(turn.tx, turn.me, draft, said.caption)
        if judged.problem:
            return await _not_yet(turn, draft, judged)
    if not draft.text:
        return Reply(say("questions-file-kept"), then=WRITE, memo={"id": draft.id})
    judged = await deeds.judge(turn.tx, turn.me, draft)
    if judged.problem:
        return await _not_yet(turn, draft, judged)
    return await confirm(turn, draft) if not said.caption.strip() else await _similar_first(turn, draft)


async def _not_yet(turn: Turn, draft: Question, judged: Written) -> Reply:
    numbers = await deeds.numbers_of(turn.tx, turn.me)
    words = say(f"questions-too-{judged.problem}", min=numbers.min_chars, max=numbers.max_chars, count=judged.length)
    return Reply(words, then=WRITE, memo={"id": draft.id})


async def _similar_first(turn: Turn, draft: Question, *, entries: bool = True) -> Reply:
    """What is there already, before anything is filed; else the confirmation (QA-03). Without `entries` for whoever
    has just looked at them; staff who enter a question for somebody decide that with him."""
    found = await deeds.similar(turn.tx, draft, entries=entries) if draft.source == deeds.SELF else None
    if not found:
        return await confirm(turn, draft)
    rows: list[tuple[Button, ...]] = []
    for hit in found.hits:
        verb = "entry" if hit.kind == "entry" else "qopen"
        rows.append((button(say("questions-hit", text=cards.cut(hit.title, 24)), verb, hit.ref_id),))
    for question in found.asked:
        rows.append((button(say("questions-join", text=cards.cut(question.text, 20)), "qjoin", question.id, draft.id),))
    last = (button("questions-solved-already", "qdrop", draft.id, "y"), button("questions-still-ask", "qgo", draft.id))
    return Reply(say("questions-similar"), (*rows, last), then=WRITE, memo={"id": draft.id})


async def go_on(turn: Turn, said: Tap) -> Reply:
    """[仍要提问] (`qgo:<draft>`)."""
    draft = await access_draft_by_id(turn.tx, turn.me, said.number())
    return await confirm(turn, draft) if draft.state == "draft" else await _again(turn, draft)


async def confirm(turn: Turn, draft: Question, first: Say | None = None, *, edit: bool = False) -> Reply:
    """One screen confirms all three: text, category, who may read it (QA-01, RULE-8)."""
    text, rows = await _screen(turn, draft, first)
    if edit:
        return Reply(text, rows, edit=True)
    return Reply(text, rows, then=WRITE, memo={"id": draft.id})


def _done(turn: Turn, draft_id: int) -> str | None:
    """The end of this talk; another one in progress goes on."""
    here = turn.talk.step == WRITE and turn.talk.number("id") == draft_id
    return "" if here or not turn.talk.step else None


async def _screen(turn: Turn, draft: Question, first: Say | None) -> tuple[Lines, tuple[tuple[Button, ...], ...]]:
    files = await answers.files_of(turn.tx, draft.id)
    topic = await topic_of(turn.tx, draft.cohort_id, draft.topic, draft.topic_ref, draft.session_id)
    who = await asker_of(turn.tx, draft) if draft.source == deeds.STAFF else None
    text = lines(
        first,
        say("questions-confirm"),
        say("questions-for", who=who_where(who)) if who else None,
        say("questions-text", text=draft.text),
        say("questions-files", count=len(files)) if files else None,
        say("questions-topic", topic=topic.label(turn.me.lang)),
        say(
            "questions-who-sees", level=cards.level_word(draft.visibility), why=say(f"questions-why-{draft.visibility}")
        ),
        say("questions-who-answers", role=await deeds.owner_role(turn.tx, draft, turn.now)),
    )
    id = draft.id
    return text, (
        (button("questions-send", "qsend", id),),
        (button("questions-change-topic", "qtopic", id), button("questions-change-level", "qlevel", id)),
        (button("questions-rewrite", "qrewrite", id), button("questions-drop", "qdrop", id)),
    )


async def topic(turn: Turn, said: Tap) -> Reply:
    """[换分类] (`qtopic:<draft>[:<number>]`)."""
    draft = await access_draft_by_id(turn.tx, turn.me, said.number())
    if draft.state != "draft":
        return await _again(turn, draft)
    if len(said.args) > 1:
        draft = await deeds.choose_topic(turn.tx, draft, said.number(1), turn.now)
        return await confirm(turn, draft, edit=True)
    found = await topics_of(turn.tx, draft.cohort_id)
    cells = [button(t.label(turn.me.lang), "qtopic", draft.id, n) for n, t in enumerate(found[:12])]
    return Reply(say("questions-which-topic"), in_rows(cells, 1 if len(cells) < 9 else 2), edit=True)


async def level(turn: Turn, said: Tap) -> Reply:
    """[换可见范围] (`qlevel:<draft>[:<level>]`)."""
    draft = await access_draft_by_id(turn.tx, turn.me, said.number())
    if draft.state != "draft":
        return await _again(turn, draft)
    if len(said.args) > 1:
        return await confirm(turn, await deeds.choose_level(turn.tx, draft, said.args[1]), edit=True)
    rows = tuple((button(f"questions-level-{v}", "qlevel", draft.id, v),) for v in LEVELS)
    why = [say("questions-level-why", level=cards.level_word(v), why=say(f"questions-why-{v}")) for v in LEVELS]
    return Reply(lines(say("questions-which-level"), *why), rows, edit=True)


async def rewrite(turn: Turn, said: Tap) -> Reply:
    """[重写] (`qrewrite:<draft>`)."""
    draft = await deeds.rewrite(turn.tx, await access_draft_by_id(turn.tx, turn.me, said.number()))
    return await _how(turn, draft)


async def drop(turn: Turn, said: Tap) -> Reply:
    """[不问了], or [已解决] under what was found: nothing is filed (`qdrop:<draft>[:y]`)."""
    solved = said.args[1:] == ("y",)
    draft = await questions.get(turn.tx, said.number())
    if draft is not None:
        draft = await access_draft_by_id(turn.tx, turn.me, draft.id)
        if draft.state != "draft":
            return await _again(turn, draft)
        await questions.remove_draft(turn.tx, draft.id)
    text = say("questions-glad" if solved else "questions-dropped")
    return Reply(text, edit=True, then=_done(turn, said.number()))


async def send(turn: Turn, said: Tap) -> Reply:
    """[发出] (`qsend:<draft>`)."""
    draft = await access_draft_by_id(turn.tx, turn.me, said.number())
    return await _send(turn, draft, said)


async def send_word(turn: Turn, said: Event) -> Reply:
    """「发出」 typed: the same by a message (RULE-4)."""
    id = turn.talk.number("id") if turn.talk.step == WRITE else 0
    draft = await access_draft_by_id(turn.tx, turn.me, id) if id else None
    if draft is None or not draft.text:
        raise Refusal("questions-nothing-begun")
    return await _send(turn, draft, said)


async def _send(turn: Turn, draft: Question, said: Event) -> Reply:
    if draft.state != "draft":
        return await _again(turn, draft)
    sent = await deeds.send(turn.tx, turn.me, draft, min(said.at, turn.now), turn.now)
    question = sent.question
    when: Say | None = None
    if question.live:
        when = say("questions-sent-live")
    elif sent.opens is not None:
        when = say("questions-sent-closed", opens=_when(turn, sent.opens))
    elif sent.until is not None:
        when = say("questions-sent-until", until=_when(turn, sent.until))
    text = lines(
        say("questions-sent", no=question.no, role=sent.role), when,
        say("questions-sent-level", level=cards.level_word(question.visibility)),
    )  # fmt: skip
    return Reply(text, cards.look(question), edit=isinstance(said, Tap), then=_done(turn, draft.id))


def _when(turn: Turn, at: datetime) -> datetime | When:
    """The clock; with its day when that is another one."""
    zone = turn.me.voice.zone
    return at if at.astimezone(zone).date() == turn.now.astimezone(zone).date() else When(at)


async def _again(turn: Turn, question: Question) -> Reply:
    return Reply(say("questions-sent-already", no=question.no), cards.look(question))


async def join(turn: Turn, said: Tap) -> Reply:
    """[同问+1] in place of one's own (`qjoin:<question>:<draft>`), or under another's (`qsame:<question>`)."""
    question = await access_question_by_id(turn.tx, turn.me, said.number())
    new = await question_asked.join(turn.tx, turn.me, question, turn.now)
    if len(said.args) < 2:
        return Reply(toast=say("questions-joined" if new else "questions-joined-before", no=question.no))
    draft = await questions.get(turn.tx, said.number(1))
    if draft is not None and draft.state == "draft" and draft.asker_id == turn.me.member_id:
        await questions.remove_draft(turn.tx, draft.id)
    return Reply(say("questions-joined", no=question.no), edit=True, then=_done(turn, said.number(1)))


ROUTES = (
    on_command("ask", ask, who=TRAINEES, about="questions-about"),
    on_tap("qnew", ask, who=TRAINEES),
    on_step(WRITE, write, who=ASKERS),
    on_word("menu-ask-send", send_word, who=ASKERS),
    on_tap("asksearch", from_search, who=EVERYONE),
    on_tap("qgo", go_on, who=ASKERS),
    on_tap("qtopic", topic, who=ASKERS),
    on_tap("qlevel", level, who=ASKERS),
    on_tap("qrewrite", rewrite, who=ASKERS),
    on_tap("qdrop", drop, who=ASKERS),
    on_tap("qsend", send, who=ASKERS),
    on_tap("qjoin", join, who=TRAINEES),
    on_tap("qsame", join, who=TRAINEES),
)
