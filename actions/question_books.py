"""[入库]: a good answer becomes the draft of an entry of the handbook, linked to its question (QA-10)."""

from __future__ import annotations

from datetime import datetime

from actions import handbook
from actions.question_access import happened
from chat.messages import Refusal
from rules.handbook import CATEGORIES
from rules.questions import POLICY, PRIVATE, WITH_ANSWER
from storage import answers
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
        raise Refusal("questions-not-answered", no=question.no)
    draft = await handbook.draft_from(
        tx, me, now, title=question.text.split("\n➕")[0], text=answer.body,
        category=LAW if question.topic == POLICY else USUAL, basis="", question_id=question.id,
    )  # fmt: skip
    await happened(tx, question, "book", me.member_id or None, now, new=str(draft.entry_id))
    return draft
