"""What is asked already: 同问, one's own questions, those of the others, a more private level (QA-02, QA-03)."""

from __future__ import annotations

from datetime import datetime

from msgspec import structs

from actions import joint, search
from actions import question_cards as cards
from actions import question_live as live_queue
from actions import question_routing as routing
from actions.access import need_class, need_trainee
from actions.question_access import happened, people_of
from actions.search import Hit
from chat.messages import Refusal, say
from rules.questions import OPEN, PRIVATE, may_become
from storage import answers, audits, cohorts, passages, questions
from storage.accounts import Me
from storage.questions import Question
from storage.tx import Tx

NEAREST, NEAR = 3, 0.1
"""So many entries are shown to whoever answers, as long as they have anything to do with the question."""


async def join(tx: Tx, me: Me, question: Question, now: datetime) -> bool:
    """[同问+1]: gets the answer of this question; nothing of one's own is filed. False when said before."""
    member_id = need_trainee(me)
    if question.asker_id == member_id:
        raise Refusal("questions-own")
    if question.visibility == PRIVATE:
        raise Refusal("refusals-not-here")
    if question.state not in OPEN:
        raise Refusal("questions-answered-already", buttons=cards.look(question), no=question.no)
    new = await answers.add_same(tx, question.id, member_id, now)
    if question.live:
        await live_queue.repaint(tx, question.session_id, now)
    return new


async def hide(tx: Tx, me: Me, question: Question, level: str, now: datetime) -> Question:
    """Make one's own question more private; never less (AT-38)."""
    if not may_become(question.visibility, level):
        raise Refusal("questions-never-more-public")
    if not await questions.set_visibility(tx, question.id, question.visibility, level):
        raise Refusal("questions-faster", no=question.no)
    await happened(tx, question, "visibility", me.member_id, now, old=question.visibility, new=level)
    await audits.add(tx, now, "question-visibility", f"question:{question.id}", who=me.account_id,
                     cohort_id=question.cohort_id, old=question.visibility, new=level)  # fmt: skip
    question = structs.replace(question, visibility=level)
    if level == PRIVATE:
        await passages.set_shown(tx, "answer", question.id, False)
        if question.live:
            question = await routing.out_of_the_queue(tx, question, now)
            await live_queue.repaint(tx, question.session_id, now)
        if question.state in OPEN:
            await _part(tx, question, now)
    return question


async def _part(tx: Tx, question: Question, now: datetime) -> None:
    """Whoever asked the same learns that its answer will not come to him: it is for teachers only now."""
    rules, others = (await cohorts.get(tx, question.cohort_id)).rules, await answers.same_of(tx, question.id)
    for person in await people_of(tx, question.cohort_id, now):
        if person.member_id in others:
            words = say("questions-told-hidden", no=question.no)
            await joint.tell(tx, person, rules, words, now, once=f"question-hidden:{question.id}:{person.member_id}")


async def nearest(tx: Tx, question: Question) -> tuple[Hit, ...]:
    """The entries of the handbook that come nearest, for the person who answers: at most three (search.md)."""
    found = await search.find(tx, question.cohort_id, question.text, NEAREST)
    return tuple(hit for hit in found.hits if hit.kind == search.ENTRY) if found.p >= NEAR else ()


async def mine(tx: Tx, me: Me) -> list[Question]:
    """One's own questions, the newest first."""
    return await questions.of_asker(tx, need_trainee(me))


async def asked_here(tx: Tx, me: Me) -> list[Question]:
    """What others of the class ask and have not been answered yet: not the private ones, those most asked first."""
    need_class(me)
    counts = await answers.same_counts(tx, me.cohort_id)
    found = [
        q
        for q in await questions.of_cohort(tx, me.cohort_id, OPEN)
        if q.visibility != PRIVATE and q.asker_id != me.member_id
    ]
    return sorted(found, key=lambda q: (-counts.get(q.id, 0), q.no))
