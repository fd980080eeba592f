"""[回答] in the private chat: words and files, the very message that goes, [发送]; notes (QA-06, QA-08)."""

from __future__ import annotations

from msgspec import structs

from actions import handbook_screens, question_books
from actions import question_answers as deeds
from actions import question_posts as posts
from actions.question_access import access_to_answer
from chat.events import Event, Tap, Text
from chat.messages import Button, Message, Refusal, Reply, Rows, Say, button, lines, say
from chat.turns import on_step, on_tap
from handlers import menus
from handlers.question_queue import ANSWERERS
from handlers.turns import Turn
from rules.questions import PRIVATE
from rules.roles import CLASS_TEACHER, TEACHERS
from storage import answers
from storage.answers import Answer, Draft
from storage.questions import Question

WRITE, NOTE = "questions-answer", "questions-note"


async def answer(turn: Turn, said: Tap) -> Reply:
    """[回答] / [更正] (`qans:<question>`): the next words and files are the answer."""
    question = await access_to_answer(turn.tx, turn.me, said.number())
    draft = await deeds.begin(turn.tx, turn.me, question, turn.now)
    memo = {"q": question.id}
    if draft.body or draft.files:
        return await _preview(turn, question, draft)
    key = "questions-answer-how" if not question.version else "questions-correct-how"
    return Reply(say(key, no=question.no), then=WRITE, memo=memo)


async def collect(turn: Turn, said: Event) -> Reply:
    """What belongs to the answer; each piece shows the whole as the asker will see it."""
    question = await access_to_answer(turn.tx, turn.me, turn.talk.number("q"))
    draft = await deeds.begin(turn.tx, turn.me, question, turn.now)
    try:
        draft = await deeds.collect(turn.tx, turn.me, draft, said, turn.now)
    except Refusal as no:
        return Reply(no.say, then=WRITE, memo=turn.talk.memo)
    return await _preview(turn, question, draft)


async def _preview(turn: Turn, question: Question, draft: Draft) -> Reply:
    """「他会看到」 and the very message, files included."""
    made = Answer(question_id=question.id, version=question.version + 1,
                  author_id=draft.author_id or turn.me.member_id, body=draft.body, at=turn.now)  # fmt: skip
    words = await posts.answer_text(turn.tx, question, made, len(draft.files), own=True)
    seen = Message(words, media=tuple(draft.files))
    rows = await _rows(turn, question, draft)
    return Reply(say("questions-preview"), then=WRITE, memo={"q": question.id},
                 more=(seen, Message(say("questions-preview-end"), rows, silent=True)))  # fmt: skip


async def _rows(turn: Turn, question: Question, draft: Draft) -> Rows:
    lecturer = await deeds.lecturer_of(turn.tx, question)
    rows: list[tuple[Button, ...]] = [(button("questions-answer-send", "qpost", question.id, draft.base),)]
    if CLASS_TEACHER in turn.me.class_roles.split() and lecturer is not None and lecturer.id != turn.me.member_id:
        label = "questions-as-me" if draft.author_id else "questions-as-lecturer"
        rows.append((button(say(label, name=lecturer.name), "qas", question.id),))
    rows.append(
        (button("questions-rewrite", "qanew", question.id), button("questions-drop-answer", "qadrop", question.id))
    )
    return tuple(rows)


async def _draft(turn: Turn, question: Question) -> Draft:
    found = await answers.draft_of(turn.tx, question.id, turn.me.member_id)
    if found is None:
        raise Refusal("questions-answer-gone", no=question.no)
    return found


async def send(turn: Turn, said: Tap) -> Reply:
    """[发送] (`qpost:<question>:<version>`)."""
    question = await access_to_answer(turn.tx, turn.me, said.number())
    if await deeds.sent_already(turn.tx, turn.me, question, said.number(1)):
        return Reply(toast=say("questions-answered", no=question.no, others=0))
    sent = await deeds.send(turn.tx, turn.me, question, await _draft(turn, question), turn.now)
    cells = [button("questions-look", "qopen", question.id)]
    cells += [button("questions-to-book", "qbook", question.id)] if question.visibility != PRIVATE else []
    return Reply(_told(turn, sent), (tuple(cells),), then=_done(turn, question))


def _done(turn: Turn, question: Question) -> str | None:
    """The end of the talk about this answer; another one in progress goes on."""
    return "" if turn.talk.step == WRITE and turn.talk.memo.get("q") == question.id else None


def _told(turn: Turn, sent: deeds.Sent) -> Say:
    key = "questions-answered" if sent.reached else "questions-answered-unreached"
    if not sent.reached and CLASS_TEACHER in turn.me.class_roles.split():
        key = "questions-answered-tell"
    return say(key, no=sent.question.no, others=sent.others)


async def still(turn: Turn, said: Tap) -> Reply:
    """[仍要补充] after somebody else answered (`qstill:<question>`): what was written stays, over the newest answer."""
    question = await access_to_answer(turn.tx, turn.me, said.number())
    draft = await _draft(turn, question)
    draft = await answers.put_draft(turn.tx, structs.replace(draft, base=question.version, at=turn.now))
    return await _preview(turn, question, draft)


async def rewrite(turn: Turn, said: Tap) -> Reply:
    """[重写] (`qanew:<question>`)."""
    question = await access_to_answer(turn.tx, turn.me, said.number())
    await deeds.rewrite(turn.tx, await _draft(turn, question), question.version, turn.now)
    return Reply(say("questions-answer-how", no=question.no), then=WRITE, memo={"q": question.id}, edit=True)


async def drop(turn: Turn, said: Tap) -> Reply:
    """[先不答] (`qadrop:<question>`)."""
    question = await access_to_answer(turn.tx, turn.me, said.number())
    await answers.remove_draft(turn.tx, question.id, turn.me.member_id)
    return Reply(say("questions-answer-dropped"), edit=True, then=_done(turn, question))


async def as_lecturer(turn: Turn, said: Tap) -> Reply:
    """[署讲师的名] and back (`qas:<question>`)."""
    question = await access_to_answer(turn.tx, turn.me, said.number())
    draft = await deeds.turn_author(turn.tx, turn.me, question, await _draft(turn, question), turn.now)
    return await _preview(turn, question, draft)


async def note(turn: Turn, said: Tap) -> Reply:
    """[内部备注] (`qnote:<question>`)."""
    question = await access_to_answer(turn.tx, turn.me, said.number())
    return Reply(say("questions-note-how", no=question.no), then=NOTE, memo={"q": question.id})


async def noted(turn: Turn, said: Event) -> Reply:
    """The note itself."""
    question = await access_to_answer(turn.tx, turn.me, turn.talk.number("q"))
    try:
        await deeds.note(turn.tx, turn.me, question, said.text if isinstance(said, Text) else "", turn.now)
    except Refusal as no:
        return Reply(no.say, then=NOTE, memo=turn.talk.memo)
    return Reply(say("questions-noted", no=question.no), keyboard=menus.keyboard(turn.me))


async def into_book(turn: Turn, said: Tap) -> Reply:
    """[入库] (`qbook:<question>`): a draft of an entry without names; a second person approves it (QA-10)."""
    question = await access_to_answer(turn.tx, turn.me, said.number())
    draft = await question_books.into_book(turn.tx, turn.me, question, turn.now)
    screen = await handbook_screens.version_screen(turn.tx, turn.me, structs.replace(draft, note=""))
    told = say("questions-book-names", names=draft.note) if draft.note else None
    return Reply(lines(say("questions-booked", no=question.no), told), more=(screen,))


ROUTES = (
    on_tap("qans", answer, who=ANSWERERS),
    on_step(WRITE, collect, who=ANSWERERS),
    on_tap("qpost", send, who=ANSWERERS),
    on_tap("qstill", still, who=ANSWERERS),
    on_tap("qanew", rewrite, who=ANSWERERS),
    on_tap("qadrop", drop, who=ANSWERERS),
    on_tap("qas", as_lecturer, who=TEACHERS),
    on_tap("qnote", note, who=ANSWERERS),
    on_step(NOTE, noted, who=ANSWERERS),
    on_tap("qbook", into_book, who=ANSWERERS),
)
