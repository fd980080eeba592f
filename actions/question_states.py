"""How a question goes on: solved, asked again, declined, promised for a day, answered for all (QA-05, QA-07, QA-09)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import structs

from actions import joint
from actions import question_cards as cards
from actions import question_live as live
from actions import question_routing as routing
from actions.question_access import asking, happened, people_of
from chat.messages import Lines, Refusal, Rows, Say, When, button, lines, say
from rules.days import moment
from rules.questions import ANSWERED, ASSIGNED, DECLINED, OPEN, QUEUED, SOLVED, may_assign, written
from rules.when_words import read_when
from storage import audits, cohorts, questions
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.dues import Due
from storage.questions import Question
from storage.tx import Tx

CLOSE = "question-close"
ASKER, SILENT = "asker", "silent"
REASON_MOST = 300
OPEN_SHOWN = 6


# ---- the asker ------------------------------------------------------------------------------------------------------


async def solve(tx: Tx, me: Me, question: Question, now: datetime) -> Question:
    """[解决了]; once more gives the same answer."""
    if question.state == SOLVED:
        return question
    if question.state == DECLINED:
        raise _declined(question)
    if question.state != ANSWERED:
        raise Refusal("questions-not-answered", no=question.no)
    if not await questions.set_closed(tx, question.id, ANSWERED, SOLVED, ASKER, "", now):
        raise Refusal("questions-faster", no=question.no)
    await happened(tx, question, "solve", me.member_id, now)
    return structs.replace(question, state=SOLVED, closed_at=now, closed_by=ASKER)


async def may_ask_again(tx: Tx, question: Question, now: datetime) -> None:
    """A solved question is reopened within seven days, or until three days after the class (QA-07)."""
    if question.state in OPEN or question.state == ANSWERED:
        return
    if question.state != SOLVED or question.closed_at is None:
        raise _declined(question)
    cohort = await cohorts.get(tx, question.cohort_id)
    numbers, turns = cohort.rules.question, cohort.rules.messages.day_turns_at
    after_class = moment(cohort.last_day + timedelta(days=numbers.reopen_after_class_days + 1), turns, cohort.timezone)
    until = max(question.closed_at + timedelta(days=numbers.reopen_days), after_class)
    if now > until:
        raise Refusal("questions-reopen-late", days=numbers.reopen_days)


def _declined(question: Question) -> Refusal:
    """Nothing more can be added to it by whoever asked; another question can be asked."""
    rows = ((button("questions-ask-new", "qnew"),),)
    return Refusal("questions-declined-before", buttons=rows, no=question.no)


async def ask_again(tx: Tx, me: Me, question: Question, text: str, now: datetime) -> Question:
    """[还有疑问] or an addition: what is still unclear goes to whoever answers; the clock starts anew."""
    await may_ask_again(tx, question, now)
    cohort = await cohorts.get(tx, question.cohort_id)
    judged = written(text, 2, cohort.rules.question.max_chars)
    if judged.problem:
        raise Refusal("questions-more-length", max=cohort.rules.question.max_chars, count=judged.length)
    old = question.state
    if old in OPEN:
        await _add(tx, question, judged.text, me, now)
        question = structs.replace(question, text=f"{question.text}\n➕ {judged.text}")
        await routing.tell_owner_of(tx, question, now, say("questions-added"), f"more:{question.id}:{_ms(now)}")
        return question
    if not await questions.set_reopened(tx, question.id, old):
        raise Refusal("questions-faster", no=question.no)
    await _add(tx, question, judged.text, me, now)
    question = structs.replace(
        question, state=ASSIGNED, closed_at=None, closes_at=None, reopened=question.reopened + 1,
        text=f"{question.text}\n➕ {judged.text}",
    )  # fmt: skip
    question = await _owned(tx, cohort, question, now)
    await happened(tx, question, "ask_again", me.member_id, now, old=old, new=ASSIGNED)
    await routing.tell_owner(tx, question, now, say("questions-asked-again"))
    return question


async def _add(tx: Tx, question: Question, text: str, me: Me, now: datetime) -> None:
    await questions.add_text(tx, question.id, f"\n➕ {text}")
    await happened(tx, question, "add", me.member_id, now, new=text)


async def _owned(tx: Tx, cohort: Cohort, question: Question, now: datetime) -> Question:
    """Whose it is when it is open again: the one who answered, as long as he can be reached."""
    people = {c.member_id: c for c in await routing.candidates(tx, cohort, now)}
    owner = people.get(question.owner_id or 0)
    found = await routing.foreseen(tx, question, now)
    owner_id = question.owner_id if owner is not None and owner.reachable else found.member_id
    due = now + timedelta(hours=cohort.rules.question.answer_due_hours)
    state = ASSIGNED if owner_id else QUEUED
    return await routing.stand(tx, cohort, question, state, owner_id, now, late=False, live=False, due=due)


def _ms(now: datetime) -> int:
    return round(now.timestamp() * 1000)


# ---- the staff ------------------------------------------------------------------------------------------------------


async def decline(tx: Tx, me: Me, question: Question, reason: str, now: datetime) -> Question:
    """It is not answered, and the asker reads why (QA-09)."""
    question = await to_decide(tx, me, question)
    clean = reason.strip()
    if not 2 <= len(clean) <= REASON_MOST:
        raise Refusal("questions-reason-length", most=REASON_MOST)
    if not await questions.set_closed(tx, question.id, question.state, DECLINED, "declined", clean, now):
        raise Refusal("questions-faster", no=question.no)
    await happened(tx, question, "decline", me.member_id or None, now, old=question.state, new=DECLINED, why=clean)
    await audits.add(tx, now, "question-decline", f"question:{question.id}", who=me.account_id,
                     cohort_id=question.cohort_id, old=question.state, new=DECLINED, why=clean)  # fmt: skip
    if question.live:
        await live.repaint(tx, question.session_id, now)
    await routing.call_off(tx, question)
    question = structs.replace(question, state=DECLINED, reason=clean, closed_at=now, live=False)
    words = lines(say("questions-told-declined", no=question.no, text=cards.cut(question.text, 60)),
                  say("questions-declined-why", reason=clean))  # fmt: skip
    await tell_all(tx, question, words, now, f"declined:{question.id}:{question.reopened}")
    return question


async def to_decide(tx: Tx, me: Me, question: Question) -> Question:
    """The question as it stands, for whoever may decide about it; two who decide at once do so one after the other."""
    if not may_assign(me.roles):
        raise Refusal("questions-no-assign")
    question = await questions.hold(tx, question)
    if question.state not in OPEN:
        raise cards.is_over(question)
    return question


async def tell_all(
    tx: Tx, question: Question, words: Say | Lines, now: datetime, key: str, english: Say | Lines | None = None
) -> None:  # fmt: skip
    """The asker and all 同问 hear of it; `english` where it names something that has an English name."""
    rules = (await cohorts.get(tx, question.cohort_id)).rules
    wanted = set(await asking(tx, question))
    for person in await people_of(tx, question.cohort_id, now):
        if person.member_id in wanted:
            mine = english if english is not None and person.lang == "en" else words
            await joint.tell(tx, person, rules, mine, now, once=f"question-{key}:{person.member_id}")


async def promise(tx: Tx, me: Me, question: Question, words: str, now: datetime) -> Question:
    """A date for the answer, typed; its owner is reminded then, and the class may close meanwhile (QA-09)."""
    question = await to_decide(tx, me, question)
    cohort = await cohorts.get(tx, question.cohort_id)
    said = read_when(words, now, cohort.timezone)
    at = said.at or _noon(words, now, cohort.timezone)
    if at is None:
        raise Refusal("questions-date-unclear")
    if question.state == ASSIGNED and question.promised_at == at:  # the same press once more
        return question
    reads = await routing.may_read(tx, me, question)
    owner_id = question.owner_id or (me.member_id if reads else 0) or None
    before = question.promised_at.isoformat() if question.promised_at else ""
    due = at + timedelta(hours=cohort.rules.question.answer_due_hours)
    question = await routing.stand(tx, cohort, question, ASSIGNED if owner_id else QUEUED, owner_id, now,
                                   late=question.late, live=False, promised_at=at, due=due)  # fmt: skip
    await happened(tx, question, "promise", me.member_id or None, now, old=before, new=at.isoformat())
    words_ = say("questions-told-promised", no=question.no, text=cards.cut(question.text, 60), at=When(at))
    await tell_all(tx, question, words_, now, f"promised:{routing.stamp_of(question)}")
    return question


def _noon(words: str, now: datetime, zone: str) -> datetime | None:
    """The noon of a day that was typed alone; None where no day was named, whatever day one would have in mind."""
    first, second = (read_when(f"{words} 12:00", now, zone, now.date() + timedelta(days=n)).at for n in (20, 21))
    return first if first == second else None


# ---- the clock ------------------------------------------------------------------------------------------------------


async def close_silent(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """48 hours without a word count as solved; the asker is told, and can open it again (QA-07)."""
    id, version, reopened = (int(part) for part in thing.what.split(":"))
    question = await questions.get(tx, id)
    if question is None or question.state != ANSWERED or (question.version, question.reopened) != (version, reopened):
        return
    if not await questions.set_closed(tx, id, ANSWERED, SOLVED, SILENT, "", now):
        return
    await happened(tx, question, "solve", None, now, why=SILENT)
    asker = next((p for p in await people_of(tx, cohort.id, now) if p.member_id == question.asker_id), None)
    if asker is not None:
        hours = cohort.rules.question.silent_close_hours
        words = say("questions-told-silent", no=question.no, text=cards.cut(question.text, 60), hours=hours)
        rows: Rows = cards.asker_rows(structs.replace(question, state=SOLVED))[:1]
        await joint.tell(tx, asker, cohort.rules, words, now, once=f"question-silent:{thing.what}", buttons=rows)


async def remind_promise(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """The day that was promised has come: its owner is reminded, after the class too; the class teachers when he cannot
    be. A day later it is as late as any."""
    question = await questions.get(tx, int(thing.what.split(":")[0]))
    if question is None or question.state not in OPEN or routing.stamp_of(question) != thing.what:
        return
    head, key = say("questions-promise-now"), f"promise:{thing.what}"
    if any(c.member_id == question.owner_id and c.reachable for c in await routing.candidates(tx, cohort, now)):
        await routing.tell_owner_of(tx, question, now, head, key)
        return
    question = await routing.requeue(tx, question, now, late=question.late)
    await happened(tx, question, "return", None, now)
    await routing.tell_teachers(tx, question, now, head, key)


DEEDS = {CLOSE: close_silent, routing.PROMISE: remind_promise}


async def open_of(tx: Tx, cohort_id: int) -> list[Question]:
    """What keeps a class from being closed: open, and without a date (QA-09)."""
    return [q for q in await questions.of_cohort(tx, cohort_id, OPEN) if q.promised_at is None]


async def need_none_open(tx: Tx, cohort: Cohort) -> None:
    """A class is not closed over questions that nobody has answered, dated or declined (QA-09)."""
    found = await open_of(tx, cohort.id)
    if found:
        numbers = [say("questions-open-no", no=q.no) for q in found[:OPEN_SHOWN]]
        rows = ((button("questions-show-open", "qlist", 0, "open"),),)
        raise Refusal("classes-open-questions", buttons=rows, title=cohort.title, count=len(found), numbers=numbers,
                      more=max(0, len(found) - OPEN_SHOWN))  # fmt: skip
