"""One's own questions, those of the others, and one question as its reader may see it (QA-02)."""

from __future__ import annotations

from actions import question_asked as deeds
from actions import question_cards as cards
from actions.people import in_rows
from actions.question_access import (
    access_own_question,
    access_question_by_id,
    access_to_assign,
    me_before,
    note_denied,
)
from chat.events import Event, Tap
from chat.messages import Message, Refusal, Reply, button, say
from chat.turns import on_tap, on_word
from handlers.turns import Turn
from rules.questions import OPEN, PRIVATE, may_answer, sees_text
from rules.roles import CLASS_TEACHER, EVERYONE, TRAINEE, TRAINEES
from storage import answers
from storage.questions import Question

PAGE = 8


async def mine(turn: Turn, said: Event) -> Reply:
    """[我的提问] (`qmine[:<page>]`)."""
    found = await deeds.mine(turn.tx, turn.me)
    return await _listed(turn, said, found, "qmine", "questions-mine-head", "questions-mine-none")


async def all_of_class(turn: Turn, said: Event) -> Reply:
    """[大家在问] (`qall[:<page>]`)."""
    found = await deeds.asked_here(turn.tx, turn.me)
    return await _listed(turn, said, found, "qall", "questions-all-head", "questions-all-none")


async def _listed(turn: Turn, said: Event, found: list[Question], verb: str, head: str, none: str) -> Reply:
    page = said.number() if isinstance(said, Tap) else 0
    pages = max(1, -(-len(found) // PAGE))
    at = min(page, pages - 1)
    counts = await answers.same_counts(turn.tx, turn.me.cohort_id)
    shown = found[at * PAGE : (at + 1) * PAGE]
    rows = tuple(
        (button(say("questions-item", no=q.no, text=cards.cut(q.text, 26), state=cards.state_word(q),
                    count=counts.get(q.id, 0)), "qopen", q.id),)
        for q in shown
    )  # fmt: skip
    turns = cards.page_buttons(pages, at, 5, verb)
    edit = isinstance(said, Tap) and bool(said.args)
    return Reply(say(head, count=len(found)) if found else say(none), (*rows, *in_rows(turns, 5)), edit=edit)


async def open_one(turn: Turn, said: Tap) -> Reply:
    """A question as this reader may see it (`qopen:<question>`)."""
    try:
        question = await access_to_assign(turn.tx, turn.me, said.number())
    except Refusal as no:
        await note_denied(turn.tx, turn.me, said.number(), turn.now)
        return Reply(toast=no.say, alert=True)
    return await shown(turn, question)


async def shown(turn: Turn, question: Question) -> Reply:
    viewer = await me_before(turn.tx, turn.me, question)
    if viewer.is_asker and CLASS_TEACHER not in turn.me.roles:
        message = await cards.for_asker(turn.tx, question, turn.me.lang)
    elif TRAINEE in turn.me.roles and not viewer.is_owner and sees_text(viewer, question.visibility):
        message = await cards.for_classmate(turn.tx, turn.me, question)
    else:
        message = await cards.seen_by(turn.tx, question, viewer, turn.me.lang, turn.now)
        near = await deeds.nearest(turn.tx, question) if may_answer(viewer) and question.state in OPEN else ()
        rows = tuple(
            (button(say("questions-hit", text=cards.cut(hit.title, 24)), "entry", hit.ref_id),) for hit in near
        )
        return Reply(message.text, (*message.buttons, *rows))
    return Reply(message.text, message.buttons)


async def files(turn: Turn, said: Tap) -> Reply:
    """[看附件] (`qfiles:<question>`): the photos and voice notes of a question, and of its answer."""
    try:
        question = await access_question_by_id(turn.tx, turn.me, said.number())
    except Refusal as no:
        await note_denied(turn.tx, turn.me, said.number(), turn.now)
        return Reply(toast=no.say, alert=True)
    found = await answers.files_of(turn.tx, question.id)
    found += await answers.files_of(turn.tx, question.id, question.version) if question.version else []
    more = tuple(Message(say("questions-file-of", no=question.no), media=(f.item,)) for f in found)
    return Reply(more=more, toast=say("questions-files-sent", count=len(found)))


async def hide(turn: Turn, said: Tap) -> Reply:
    """A more private level (`qprivate:<question>:<level>`)."""
    question = await access_own_question(turn.tx, turn.me, said.number())
    wanted = said.args[1] if len(said.args) > 1 else PRIVATE
    question = await deeds.hide(turn.tx, turn.me, question, wanted, turn.now)
    message = await cards.for_asker(turn.tx, question, turn.me.lang)
    return Reply(message.text, message.buttons, edit=True,
                 toast=say("questions-hidden", level=cards.level_word(question.visibility)))  # fmt: skip


ROUTES = (
    on_word("menu-my-questions", mine, who=TRAINEES),
    on_tap("qmine", mine, who=TRAINEES),
    on_tap("qall", all_of_class, who=TRAINEES),
    on_tap("qopen", open_one, who=EVERYONE),
    on_tap("qfiles", files, who=EVERYONE),
    on_tap("qprivate", hide, who=TRAINEES),
)
