"""[入库]: a good answer becomes the draft of an entry of the handbook, linked to its question (QA-10)."""

from __future__ import annotations

from datetime import datetime

from msgspec import structs

from actions import handbook
from actions.access import need
from actions.question_access import happened
from actions.question_cards import look
from chat.messages import Refusal
from rules.handbook import CATEGORIES, DRAFTERS, METHOD, RETIRED, TO_CHECK, Content, one_line, tidy
from rules.handbook_names import Cleaned, without_names
from rules.questions import POLICY, PRIVATE, WITH_ANSWER
from rules.roles import TRAINEE
from storage import accounts, answers, handbook_versions, members, question_events
from storage import handbook as entries
from storage.accounts import Me
from storage.handbook_versions import Version
from storage.questions import Question
from storage.tx import Tx

LAW, USUAL = CATEGORIES[1], CATEGORIES[3]
"""政策文件 and 常见问题: what is proposed; the editor chooses."""


async def into_book(tx: Tx, me: Me, question: Question, now: datetime) -> Version:
    """A draft out of question and answer, names removed; who asked for teachers only is never put into it."""
    if question.visibility == PRIVATE:
        raise Refusal("questions-book-private")
    answer = await answers.newest(tx, question.id)
    if question.state not in WITH_ANSWER or answer is None:
        raise Refusal("questions-book-not-answered", buttons=look(question), no=question.no)
    draft = await draft_from(
        tx, me, now, title=question.text.split("\n➕")[0], text=answer.body,
        category=LAW if question.topic == POLICY else USUAL, basis="", question_id=question.id,
    )  # fmt: skip
    known = await question_events.of_question(tx, question.id)
    if not any((e.kind, e.new) == ("book", str(draft.entry_id)) for e in known):
        await happened(tx, question, "book", me.member_id or None, now, new=str(draft.entry_id))
    return draft


async def draft_from(
    tx: Tx, me: Me, now: datetime, *, title: str, text: str, category: str, basis: str, question_id: int
) -> Version:  # fmt: skip
    """[入库]: a draft out of a question and its answer, without the names of the class (QA-10). Its `note` says what
    was replaced; that is kept nowhere. A question that has an entry gives one's own draft of that, or refuses."""
    need(me, *DRAFTERS)
    await accounts.one_at_a_time(tx, me.account_id)
    for entry in await entries.of_question(tx, question_id):
        there = await handbook_versions.open_of(tx, entry.id)
        if there is not None and there.author == me.account_id:
            return there
        if entry.state != RETIRED and (there is not None or entry.version):
            raise Refusal("handbook-is-in-already", title=entry.q_zh)
    found = await cleaned(tx, me, title, text)
    names = "、".join(f"{old}→{new}" for part in found for old, new in part.replaced)
    content = Content(category=category, q_zh=one_line(found[0].text), a_zh=tidy(found[1].text), basis=one_line(basis),
                      checked=TO_CHECK if basis.strip() else METHOD)  # fmt: skip
    version = await handbook.begin(tx, me, now, content, question_id)
    return structs.replace(version, note=names[:500])


async def cleaned(tx: Tx, me: Me, *texts: str) -> list[Cleaned]:
    """Texts without the names of the speaker's class, and what was replaced in each."""
    people = await members.of_cohort(tx, me.cohort_id) if me.cohort_id else []
    trainees = [p.name for p in people if TRAINEE in p.role_set]
    teachers = [p.name for p in people if TRAINEE not in p.role_set]
    return [without_names(text, trainees, teachers) for text in texts]
