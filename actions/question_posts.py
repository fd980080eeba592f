"""What the asker, and all who ask the same, are told of an answer; a corrected one changes what they have (QA-08)."""

from __future__ import annotations

from datetime import datetime

from actions import daycards, joint
from actions.post import reword
from actions.question_access import asking, people_of
from actions.question_cards import answer_lines, cut, head
from chat.messages import Lines, Message, Rows, button, lines, say
from rules.questions import ANSWERED
from storage import answers, cohorts, joint_items, outbox, question_copies
from storage.answers import Answer
from storage.members import Addressee
from storage.questions import Question
from storage.tx import Tx
from texts.press import press


def once_of(question: Question, version: int, member_id: int) -> str:
    """The key of the message with an answer; its end tells member 1 from member 12 where keys are compared by their
    beginning."""
    return f"answer:{question.id}:{version}:{member_id}:a"


async def tell_answer(tx: Tx, question: Question, made: Answer, now: datetime) -> tuple[bool, int]:
    """Tell the asker and all 同问; gives whether the asker can be reached, and how many others were told."""
    people = {p.member_id: p for p in await people_of(tx, question.cohort_id, now)}
    items = tuple(f.item for f in await answers.files_of(tx, question.id, made.version))
    rules = (await cohorts.get(tx, question.cohort_id)).rules
    asker, others, on_cards = people.get(question.asker_id), 0, False
    for member_id in await asking(tx, question):
        to = people.get(member_id)
        if to is None or to.account_id is None or to.blocked_at is not None:
            continue
        if made.version > 1:
            on_cards |= await _edit_copies(tx, question, made, to, now)
        text = await answer_text(tx, question, made, len(items), own=to is asker)
        rows = rows_of(question) if to is asker else ()
        once = once_of(question, made.version, member_id)
        await joint.tell(tx, to, rules, text, now, once=once, buttons=rows, media=items)
        others += to is not asker
    if on_cards:
        await daycards.show_cards(tx, question.cohort_id, now, only_shown=True)
    return asker is not None and asker.account_id is not None and asker.blocked_at is None, others


async def answer_text(tx: Tx, question: Question, made: Answer, files: int, *, own: bool) -> Lines:
    """The question in short, and the answer; `own` for whoever asked it."""
    first = "questions-told-corrected" if made.version > 1 else "questions-told" if own else "questions-told-same"
    return lines(
        say(first, no=question.no, text=cut(question.text, 60)),
        await answer_lines(tx, made, files),
    )


def rows_of(question: Question) -> Rows:
    """[解决了] [还有疑问]."""
    if question.state != ANSWERED:
        return ((button("questions-reopen", "qmore", question.id),),)
    return ((button("questions-solved", "qok", question.id), button("questions-again", "qmore", question.id)),)


async def _edit_copies(tx: Tx, question: Question, made: Answer, to: Addressee, now: datetime) -> bool:
    """What is on the phone already says that it was corrected, also below a picture, in a joint post and on a day card;
    what has not left yet does not go any more. True when it stands on a card."""
    old = once_of(question, made.version - 1, to.member_id)
    await outbox.call_back(tx, old)
    await joint_items.drop(tx, old)
    what = lines(await head(tx, question, to.lang), say("questions-old-copy"))
    edit = f"answer-edit:{question.id}:{made.version}:{to.member_id}"
    copy = await question_copies.sent(tx, old)
    if copy is None:
        return await joint.rewrite(tx, to, old, what, now, edit)
    await reword(tx, copy, press(Message(what), to.reader.voice)[0], now, edit)
    return False


async def how_it_stands(tx: Tx, question: Question) -> str:
    """What became of the message with the newest answer to the asker: new, sent, unreachable …"""
    return await question_copies.state(tx, once_of(question, question.version, question.asker_id))
