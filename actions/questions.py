"""Asking: a draft in three steps, what is there already, and sending it (QA-01 … QA-03, QA-14, QA-15)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct, structs

from actions import question_break, search
from actions import question_routing as routing
from actions.access import need_class, need_trainee
from actions.people import who_where
from actions.question_access import happened, people_of
from actions.question_cards import look, owner_of, role_key
from actions.question_topics import Topic, session_now, topic_now, topics_of
from actions.search import Hit
from chat.events import Media
from chat.messages import Refusal, Say, say
from rules.questions import (
    ASSIGNED,
    BY_CLASS,
    COURSE,
    DEFAULTS,
    DRAFT,
    LEVELS,
    OPEN,
    PRIVATE,
    SITE,
    Written,
    written,
)
from rules.roles import CLASS_TEACHER, TRAINEE
from rules.search import ANSWER, MAYBE
from rules.service_hours import is_open, next_open
from rules.settings_talk import Question as Numbers
from rules.similar import ALIKE, alike
from storage import answers, cohorts, members, questions
from storage.accounts import Me
from storage.answers import File
from storage.members import Addressee
from storage.questions import Question
from storage.tx import Tx

SELF, STAFF = "self", "staff"
SIMILAR, OPEN_ALIKE = 3, 2
"""So many entries and answers, and so many open questions, are shown before one is filed (QA-03)."""
FILES = frozenset({"photo", "voice"})
HELD = timedelta(minutes=10)
"""So long what a class teacher has begun to enter for a seat is not replaced by a colleague's."""
FOR_COLLEAGUE = "questions-for-colleague"


async def numbers_of(tx: Tx, me: Me) -> Numbers:
    """The numbers of the speaker's class."""
    return (await cohorts.rules_of(tx, need_class(me), me.settings_mark)).question


async def begin(tx: Tx, me: Me, now: datetime, *, door: str = BY_CLASS, log_id: int | None = None) -> Question:
    """The draft of a trainee: a new one about the session of now, or the one that is there."""
    asker_id = need_trainee(me)
    draft = await _draft(tx, me, asker_id, SELF, None, now)
    if not draft.text:
        draft = await _about_now(tx, draft, now)
    if (door, log_id) not in ((draft.door, draft.log_id), (BY_CLASS, None)):
        await questions.set_door(tx, draft.id, door, log_id)
        draft = structs.replace(draft, door=door, log_id=log_id)
    return draft


async def _about_now(tx: Tx, draft: Question, now: datetime) -> Question:
    """What was begun without a word is about the session of now, not about that of then (QA-01)."""
    topic = await topic_now(tx, draft.cohort_id, now)
    if (draft.topic, draft.topic_ref, draft.session_id) == (topic.kind, topic.ref, topic.session_id):
        return draft
    await questions.set_topic(tx, draft.id, topic.kind, topic.ref, topic.session_id)
    return structs.replace(draft, topic=topic.kind, topic_ref=topic.ref, session_id=topic.session_id)


async def begin_for(tx: Tx, me: Me, person: Addressee, now: datetime) -> Question:
    """A question that somebody asked aloud or on paper, entered by the class teacher (QA-15)."""
    if CLASS_TEACHER not in me.class_roles.split():
        raise Refusal("refusals-no-right")
    if TRAINEE not in person.role_set:
        raise Refusal("refusals-not-here")
    old = await questions.draft_of(tx, person.member_id, STAFF)
    if old is not None:
        await _need_free(tx, me, old, person, now)
        await questions.remove_draft(tx, old.id)
    draft = await _draft(tx, me, person.member_id, STAFF, me.member_id, now)
    await _need_free(tx, me, draft, person, now)  # a colleague who began at the same moment
    return draft


async def _need_free(tx: Tx, me: Me, draft: Question, person: Addressee, now: datetime) -> None:
    """Refuse to write over what a colleague enters for the same seat at this moment."""
    if draft.entered_by in (None, me.member_id) or now - draft.made_at >= HELD:
        return
    colleague = await members.get(tx, draft.entered_by) if draft.entered_by else None
    raise Refusal(FOR_COLLEAGUE, name=colleague.name if colleague else "", who=who_where(person),
                  at=draft.made_at, minutes=HELD // timedelta(minutes=1))  # fmt: skip


async def _draft(tx: Tx, me: Me, asker_id: int, source: str, by: int | None, now: datetime) -> Question:
    topic = await topic_now(tx, need_class(me), now)
    level = DEFAULTS[(await numbers_of(tx, me)).default_visibility]
    return await questions.begin(
        tx,
        Question(cohort_id=need_class(me), asker_id=asker_id, topic=topic.kind, topic_ref=topic.ref,
                 session_id=topic.session_id, visibility=level, source=source, entered_by=by, made_at=now),
    )  # fmt: skip


async def add_words(tx: Tx, me: Me, draft: Question, text: str) -> tuple[Question, Written]:
    """What was typed is added to what is there already: nothing is lost, whatever comes in pieces."""
    numbers = await numbers_of(tx, me)
    whole = f"{draft.text}\n{text}" if draft.text else text
    judged = written(whole, numbers.min_chars, numbers.max_chars)
    if judged.problem != "long":
        await questions.set_text(tx, draft.id, judged.text)
        draft = structs.replace(draft, text=judged.text)
    return draft, judged


async def judge(tx: Tx, me: Me, draft: Question) -> Written:
    """Whether a draft can be sent as it stands."""
    numbers = await numbers_of(tx, me)
    return written(draft.text, numbers.min_chars, numbers.max_chars)


async def rewrite(tx: Tx, draft: Question) -> Question:
    """[重写]: the words and files go, what was chosen stays."""
    _still_draft(draft)
    await questions.set_text(tx, draft.id, "")
    await answers.remove_files(tx, draft.id)
    return structs.replace(draft, text="")


async def add_file(tx: Tx, me: Me, draft: Question, said: Media, now: datetime) -> None:
    """A photo or a voice note with the question (up to three)."""
    most = (await numbers_of(tx, me)).photos
    if said.kind not in FILES:
        raise Refusal("questions-files-kind", most=most)
    kept = await answers.files_of(tx, draft.id)
    if len(kept) >= most and said.unique_id not in {f.unique_id for f in kept}:
        raise Refusal("questions-files-most", most=most)
    await answers.add_file(
        tx,
        File(question_id=draft.id, kind=said.kind, file_id=said.file_id, unique_id=said.unique_id or said.file_id,
             file_name=said.file_name, seconds=said.seconds, at=now),
    )  # fmt: skip


async def choose_topic(tx: Tx, draft: Question, number: int, now: datetime) -> Question:
    """Another category, by its place in the list; a course that is on now keeps its session."""
    _still_draft(draft)
    topics = await topics_of(tx, draft.cohort_id)
    if not 0 <= number < len(topics):
        raise Refusal("help-old-button")
    chosen = topics[number]
    current = await topic_now(tx, draft.cohort_id, now)
    session_id = current.session_id if _same(chosen, current) else None
    ref = chosen.ref or (current.ref if _same(chosen, current) else "")
    await questions.set_topic(tx, draft.id, chosen.kind, ref, session_id)
    return structs.replace(draft, topic=chosen.kind, topic_ref=ref, session_id=session_id)


def _same(chosen: Topic, current: Topic) -> bool:
    return chosen.kind == current.kind and (chosen.kind == SITE or chosen.ref == current.ref)


async def choose_level(tx: Tx, draft: Question, level: str) -> Question:
    """Another visibility, as long as it is not sent (QA-02)."""
    _still_draft(draft)
    if level not in LEVELS:
        raise Refusal("help-old-button")
    await questions.set_visibility(tx, draft.id, draft.visibility, level)
    return structs.replace(draft, visibility=level)


def _still_draft(draft: Question) -> None:
    if draft.state != DRAFT:
        raise Refusal("questions-sent-already", buttons=look(draft), no=draft.no)


class Similar(Struct, frozen=True):
    """What is there already: entries and published answers, and open questions of the class."""

    hits: tuple[Hit, ...]
    asked: tuple[Question, ...]

    def __bool__(self) -> bool:
        return bool(self.hits or self.asked)


async def similar(tx: Tx, draft: Question, *, entries: bool = True) -> Similar:
    """Up to three entries or published answers, and up to two open questions, before anything is filed (QA-03)."""
    found = await search.find(tx, draft.cohort_id, draft.text, SIMILAR) if entries else None
    hits = found.hits[:SIMILAR] if found is not None and found.outcome in (ANSWER, MAYBE) else ()
    others = {
        q.id: q
        for q in await questions.of_cohort(tx, draft.cohort_id, OPEN)
        if q.visibility != PRIVATE and q.asker_id != draft.asker_id
    }
    near = alike(draft.text, {id: q.text for id, q in others.items()})
    best = sorted((id for id, share in near.items() if share >= ALIKE), key=lambda id: (-near[id], id))
    return Similar(hits, tuple(others[id] for id in best[:OPEN_ALIKE]))


async def owner_role(tx: Tx, draft: Question, now: datetime) -> Say:
    """Who will answer it, as a role (QA-04)."""
    question = structs.replace(draft, state=ASSIGNED)
    found = await routing.foreseen(tx, question, now)
    return say(role_key(structs.replace(question, owner_id=found.member_id, state=found.state),
                        await owner_of(tx, structs.replace(question, owner_id=found.member_id))))  # fmt: skip


class Sent(Struct, frozen=True):
    """A sent question, and when to expect an answer: at `until`, or from `opens` on when nobody is there now."""

    question: Question
    role: Say
    until: datetime | None = None
    opens: datetime | None = None
    again: bool = False


async def send(tx: Tx, me: Me, draft: Question, at: datetime, now: datetime) -> Sent:
    """File a question: number, owner, clock. The same tap five times files one (XC-03)."""
    if draft.state != DRAFT:
        return await _sent(tx, draft, now, again=True)
    numbers = await numbers_of(tx, me)
    judged = written(draft.text, numbers.min_chars, numbers.max_chars)
    if judged.problem:
        raise Refusal(f"questions-too-{judged.problem}", min=numbers.min_chars, max=numbers.max_chars,
                      count=judged.length)  # fmt: skip
    session = await session_now(tx, draft.cohort_id, at)
    live = (
        draft.visibility != PRIVATE
        and draft.session_id is not None
        and draft.topic == COURSE
        and session is not None
        and session.id == draft.session_id
        and session.starts_at <= at
        and now < session.ends_at
    )
    question = await questions.set_sent(tx, draft.id, live, now)
    if question is None:
        raise Refusal("questions-sent-already", buttons=look(draft), no=draft.no)
    if draft.visibility == PRIVATE and draft.door == BY_CLASS:
        await questions.set_private_door(tx, question.id)
    who = draft.entered_by or draft.asker_id
    await happened(tx, question, "send", who, now, new=question.visibility)
    ends = session.ends_at if live and session is not None else None
    question = await routing.settle(tx, question, now, starts=ends)
    if question.live and session is not None:
        await question_break.plan(tx, session)
    return await _sent(tx, question, now)


async def _sent(tx: Tx, question: Question, now: datetime, *, again: bool = False) -> Sent:
    cohort = await cohorts.get(tx, question.cohort_id)
    hours = cohort.rules.question.service_hours
    role = say(role_key(question, await owner_of(tx, question)))
    if not is_open(now, hours, cohort.timezone):
        return Sent(question, role, opens=next_open(now, hours, cohort.timezone), again=again)
    return Sent(question, role, until=question.return_at, again=again)


async def seat(tx: Tx, me: Me, number: int, now: datetime) -> Addressee | None:
    """The trainee of a seat."""
    return next((p for p in await people_of(tx, need_class(me), now) if p.seat_no == number), None)
