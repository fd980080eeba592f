"""Answering: collect, look, send; correct; said in class; notes for colleagues (QA-06, QA-08, QA-12)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct, structs

from actions import question_cards as cards
from actions import question_live as live
from actions import question_posts as posts
from actions.question_access import happened, people_of
from actions.question_routing import call_off, tell
from actions.question_topics import topic_of
from chat.events import Event, Media, Text
from chat.messages import Refusal, When, button, say
from chat.words import Item
from rules.days import is_quiet, quiet_ends
from rules.presses import is_twice
from rules.questions import ANSWERED, COURSE, OPEN, PRIVATE, after
from rules.roles import CLASS_TEACHER, LECTURER
from storage import answers, cohorts, dues, members, passages, question_events, questions
from storage.accounts import Me
from storage.answers import Answer, Draft, File
from storage.cohorts import Cohort
from storage.dues import Due
from storage.members import Member
from storage.passages import Passage
from storage.question_events import NOTE
from storage.questions import Question
from storage.tx import Tx

CLOSE, TOLD = "question-close", "question-told"
LONGEST = 2000
"""Signs of an answer; with the question above it still one message."""
CAPTION = 700
"""Signs of an answer that goes under a file: a caption has less room."""
MOST_FILES = 6
KINDS = frozenset({"photo", "voice", "document", "video", "audio"})
ORAL, SELF, STAFF = "oral", "self", "staff"
LOOK_AFTER = timedelta(minutes=10)
"""So long after an answer it is looked at whether it arrived."""


async def begin(tx: Tx, me: Me, question: Question, now: datetime) -> Draft:
    """[回答] or [更正]: what was written before goes on."""
    if after(question.state, "answer") is None:
        raise cards.is_over(question)
    old = await answers.draft_of(tx, question.id, me.member_id)
    if old is not None:
        return old
    return await answers.put_draft(
        tx, Draft(question_id=question.id, member_id=me.member_id, base=question.version, at=now)
    )


async def collect(tx: Tx, me: Me, draft: Draft, said: Event, now: datetime) -> Draft:
    """Words and files are added to what is there; several messages make one answer."""
    if isinstance(said, Media):
        return await _file(tx, draft, said, now)
    if not isinstance(said, Text) or not said.text.strip():
        raise Refusal("questions-answer-kind")
    body = f"{draft.body}\n{said.text.strip()}" if draft.body else said.text.strip()
    fits(body, draft.files)
    return await answers.put_draft(tx, structs.replace(draft, body=body, at=now))


async def _file(tx: Tx, draft: Draft, said: Media, now: datetime) -> Draft:
    if said.kind not in KINDS:
        raise Refusal("questions-answer-kind")
    item = Item(said.kind, said.file_id)
    files = [*draft.files] if item in draft.files else [*draft.files, item]
    if len(files) > MOST_FILES:
        raise Refusal("questions-files-most", most=MOST_FILES)
    caption = said.caption.strip()
    body = "\n".join(part for part in (draft.body, caption) if part)
    fits(body, files)
    return await answers.put_draft(tx, structs.replace(draft, body=body, files=files, at=now))


def fits(body: str, files: list[Item]) -> None:
    """Refuse an answer that is too long for a message."""
    most = CAPTION if len(files) == 1 else LONGEST
    if len(body) > most:
        raise Refusal("questions-answer-long", most=most, count=len(body))


async def rewrite(tx: Tx, draft: Draft, base: int, now: datetime) -> Draft:
    """[重写]: from the beginning, over the version that stands now."""
    return await answers.put_draft(tx, structs.replace(draft, body="", files=[], base=base, at=now))


async def turn_author(tx: Tx, me: Me, question: Question, draft: Draft, now: datetime) -> Draft:
    """A class teacher enters what the lecturer said, under the lecturer's name, or takes it back (QA-04)."""
    lecturer = await lecturer_of(tx, question)
    if CLASS_TEACHER not in me.class_roles.split() or lecturer is None:
        raise Refusal("refusals-no-right")
    author = None if draft.author_id == lecturer.id else lecturer.id
    return await answers.put_draft(tx, structs.replace(draft, author_id=author, at=now))


async def lecturer_of(tx: Tx, question: Question) -> Member | None:
    """The lecturer of the course that a question is about, in whose name it may be answered."""
    if question.topic != COURSE:
        return None
    topic = await topic_of(tx, question.cohort_id, question.topic, question.topic_ref, question.session_id)
    found = await members.by_ref(tx, question.cohort_id, topic.lead_ref)
    return found if found is not None and LECTURER in found.role_set else None


async def send(tx: Tx, me: Me, question: Question, draft: Draft, now: datetime) -> Sent:
    """Send what the preview showed; refused when somebody else has answered meanwhile."""
    if not draft.body and not draft.files:
        raise Refusal("questions-answer-empty")
    if draft.base != question.version:
        raise await _second(tx, question)
    made = Answer(question_id=question.id, version=question.version + 1, author_id=draft.author_id or me.member_id,
                  body=draft.body, source=STAFF if draft.author_id else SELF,
                  entered_by=me.member_id if draft.author_id else None, at=now)  # fmt: skip
    sent = await _answered(tx, me, question, made, draft.files, now)
    await answers.remove_draft(tx, question.id, me.member_id)
    return sent


async def sent_already(tx: Tx, me: Me, question: Question, base: int) -> bool:
    """Whether [发送] over this version was tapped before: the same tap five times sends one answer (XC-03)."""
    made = next((a for a in await answers.of_question(tx, question.id) if a.version == base + 1), None)
    return made is not None and me.member_id in (made.author_id, made.entered_by)


async def _second(tx: Tx, question: Question) -> Refusal:
    """Two answered at once: the second sees the first, and may add to it."""
    first = await answers.newest(tx, question.id)
    who = await members.get(tx, first.author_id) if first else None
    rows = ((button("questions-look", "qopen", question.id), button("questions-still", "qstill", question.id)),)
    return Refusal(
        "questions-second", buttons=rows, name=who.name if who else "", at=When(first.at if first else question.made_at)
    )


async def said_in_class(tx: Tx, me: Me, question: Question, now: datetime) -> Sent:
    """[已口头答]: the asker and all who asked the same are told that it was answered in class (QA-12)."""
    if question.state not in OPEN:
        raise cards.is_over(question)
    said = await lecturer_of(tx, question) if CLASS_TEACHER in me.class_roles.split() else None
    other = said is not None and said.id != me.member_id
    made = Answer(question_id=question.id, version=question.version + 1, source=ORAL, at=now,
                  author_id=said.id if said is not None else me.member_id,
                  entered_by=me.member_id if other else None)  # fmt: skip
    return await _answered(tx, me, question, made, [], now)


class Sent(Struct, frozen=True):
    """An answer that was sent: `reached` is whether the asker can be reached, `others` how many 同问 were told."""

    question: Question
    reached: bool
    others: int


async def _answered(tx: Tx, me: Me, question: Question, made: Answer, files: list[Item], now: datetime) -> Sent:
    state = after(question.state, "answer")
    if state is None:
        raise cards.is_over(question)
    cohort = await cohorts.get(tx, question.cohort_id)
    closes = now + timedelta(hours=cohort.rules.question.silent_close_hours) if state == ANSWERED else None
    owner_id = me.member_id or question.owner_id if question.state in OPEN else question.owner_id
    if not await questions.set_answered(tx, question, state, owner_id, closes, now):
        raise Refusal("questions-faster", no=question.no)
    await answers.add(tx, made)
    for item in files:
        await answers.add_file(tx, File(question_id=question.id, version=made.version, kind=item.kind,
                                        file_id=item.file_id, unique_id=item.file_id, at=now))  # fmt: skip
    await happened(tx, question, "answer", me.member_id or None, now, old=str(question.version),
                   new=str(made.version), why=made.source)  # fmt: skip
    await call_off(tx, question)
    if question.live:
        await live.repaint(tx, question.session_id, now)
    question = structs.replace(
        question, state=state, version=made.version, answered_at=now, closes_at=closes, live=False,
        owner_id=owner_id,
    )  # fmt: skip
    await _publish(tx, question, made)
    planned = [(CLOSE, closes)] if closes is not None else []
    await dues.put(
        tx,
        [
            Due(cohort_id=cohort.id, kind=kind, what=f"{question.id}:{made.version}:{question.reopened}", at=at,
                until=at + timedelta(days=30))
            for kind, at in (*planned, (TOLD, _looks_at(cohort, now)))
        ],
    )  # fmt: skip
    reached, others = await posts.tell_answer(tx, question, made, now)
    if not reached:
        await _unreached(tx, question, now)
    return Sent(question, reached, others)


async def _publish(tx: Tx, question: Question, made: Answer) -> None:
    """From the next turn on the search of the class finds an answer, unless it is for one person only."""
    shown = question.visibility != PRIVATE and bool(made.body)
    await passages.put(
        tx,
        Passage(kind="answer", ref_id=question.id, slot="zh", cohort_id=question.cohort_id, title=question.text,
                body=made.body, shown=shown),
    )  # fmt: skip


async def _unreached(tx: Tx, question: Question, now: datetime) -> None:
    """The asker cannot be reached: the answer is kept, and the class teachers are asked to tell him."""
    asker = await members.get(tx, question.asker_id)
    for teacher in await members.in_charge(tx, question.cohort_id, now):
        name, phone = (asker.name, asker.phone) if asker else ("", "")
        key = "questions-unreached-phone" if phone else "questions-unreached"
        head = say(key, name=name, phone=phone)
        await tell(tx, question, teacher, now, head, f"unreached:{question.id}:{question.version}")


def _looks_at(cohort: Cohort, now: datetime) -> datetime:
    """When an answer has had time to arrive: what is said at night goes in the morning."""
    quiet = cohort.rules.messages
    asleep = is_quiet(now, cohort.timezone, quiet.quiet_from, quiet.quiet_to)
    return (quiet_ends(now, cohort.timezone, quiet.quiet_to) if asleep else now) + LOOK_AFTER


async def look_after(tx: Tx, thing: Due, cohort: Cohort, now: datetime) -> None:
    """Some minutes later: whether the answer arrived; who has stopped the bot meanwhile is told by the teacher."""
    id, version, _ = thing.what.split(":")
    question = await questions.get(tx, int(id))
    if question is None or question.version != int(version):
        return
    stands = await posts.how_it_stands(tx, question)
    if stands == "unreachable":
        await _unreached(tx, question, now)
    elif stands in ("new", "sending"):  # the network is away: look again
        await dues.put_again(tx, thing.id, _looks_at(cohort, now) + LOOK_AFTER)


DEEDS = {TOLD: look_after}


async def note(tx: Tx, me: Me, question: Question, text: str, now: datetime) -> None:
    """A note to colleagues: the asker never sees it; the owner and the class teachers are told, and once only."""
    clean = text.strip()
    if not 1 <= len(clean) <= 500:
        raise Refusal("questions-note-length", most=500)
    await questions.hold(tx, question)
    for event in await question_events.of_question(tx, question.id):
        same = (event.kind, event.member_id, event.new) == (NOTE, me.member_id, clean)
        if same and is_twice(event.at, now):
            return
    await happened(tx, question, NOTE, me.member_id, now, new=clean)
    teachers = {p.member_id for p in await members.in_charge(tx, question.cohort_id, now)}
    for person in await people_of(tx, question.cohort_id, now):
        teacher = person.member_id in teachers
        if person.member_id != me.member_id and (teacher or person.member_id == question.owner_id):
            head = say("questions-note-new", name=me.name)
            await tell(tx, question, person, now, head, f"note:{question.id}:{round(now.timestamp() * 1000)}")
