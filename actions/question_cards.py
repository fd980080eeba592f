"""What a question looks like: to whoever asked, to classmates, to those who answer; nobody reads more than he may."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.people import in_rows, who_where
from actions.question_access import asker_of, viewer_of
from actions.question_topics import topic_of
from chat.messages import Button, Lines, Message, Refusal, Rows, Say, When, button, lines, say
from rules.questions import (
    ANSWERED,
    ASSIGNED,
    LEVELS,
    OPEN,
    PRIVATE,
    QUEUED,
    SOLVED,
    WITH_ANSWER,
    Viewer,
    may_answer,
    may_assign,
    sees_name,
    sees_staff_side,
    sees_text,
)
from rules.roles import CLASS_TEACHER, LECTURER
from storage import answers, members, question_events, sessions
from storage.accounts import Me
from storage.answers import Answer
from storage.members import Addressee, Member
from storage.question_events import NOTE
from storage.questions import Question
from storage.tx import Tx

SHORT = 36
NOTES = 3


def state_word(question: Question) -> Say:
    """How a question stands, in a word."""
    return say(f"questions-state-{question.state}")


def look(question: Question) -> Rows:
    """[看这个问题]."""
    return ((button("questions-look", "qopen", question.id),),)


def is_over(question: Question) -> Refusal:
    """A step that does not fit how a question stands now."""
    return Refusal("questions-is-over", no=question.no, state=state_word(question))


def page_buttons(pages: int, at: int, most: int, verb: str, *rest: str) -> list[Button]:
    """To the other pages, the nearest of them, so that each can be reached."""
    others = sorted((n for n in range(pages) if n != at), key=lambda n: abs(n - at))
    return [button(say("questions-page", page=n + 1), verb, n, *rest) for n in sorted(others[:most])]


def level_word(visibility: str) -> Say:
    """A level in the words that stand on the screen before sending (RULE-8)."""
    return say(f"questions-level-{visibility}")


def cut(text: str, most: int = SHORT) -> str:
    """The beginning of a question, for a line or a button."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


async def asker_line(tx: Tx, question: Question, viewer: Viewer) -> Lines | Say:
    """Who asked, for those who may know; else 「一位学员」."""
    if not sees_name(viewer, question.visibility):
        return say("questions-somebody")
    return who_where(await asker_of(tx, question))


async def owner_of(tx: Tx, question: Question) -> Member | None:
    """Whose it is."""
    return await members.get(tx, question.owner_id) if question.owner_id else None


def role_key(question: Question, owner: Member | Addressee | None) -> str:
    """How the asker reads whose it is: a role, no name (QA-04)."""
    if owner is None or question.state == QUEUED or CLASS_TEACHER in owner.role_set:
        return "questions-role-class"
    return "questions-role-lecturer" if LECTURER in owner.role_set else "questions-role-office"


async def head(tx: Tx, question: Question, lang: str) -> Say:
    """「🙋 第12问 · 社区党建」."""
    topic = await topic_of(tx, question.cohort_id, question.topic, question.topic_ref, question.session_id)
    return say("questions-head", no=question.no, topic=topic.label(lang))


async def answer_lines(tx: Tx, answer: Answer, files: int) -> Lines:
    """An answer as people read it, with the role and name of whoever stands for it."""
    author = await members.get(tx, answer.author_id)
    body = say("questions-answer-oral") if answer.source == "oral" and not answer.body else None
    return lines(
        say(
            "questions-answer-by",
            name=author.name if author else "",
            at=When(answer.at),
            corrected=int(answer.version > 1),
        ),
        body,
        say("questions-text", text=answer.body) if answer.body else None,
        say("questions-files", count=files) if files else None,
    )


async def with_files(tx: Tx, question: Question, answer: Answer | None) -> tuple[Lines | None, int]:
    """The newest answer as people read it, and how many files there are to look at, its own and the question's."""
    there = len(await answers.files_of(tx, question.id))
    if answer is None:
        return None, there
    count = len(await answers.files_of(tx, question.id, answer.version))
    return await answer_lines(tx, answer, count), there + count


def files_row(question: Question, files: int) -> Rows:
    """[看附件], where there are any."""
    return ((button("questions-see-files", "qfiles", question.id),),) if files else ()


# ---- for whoever asked, and classmates ------------------------------------------------------------------------------


async def for_asker(tx: Tx, question: Question, lang: str) -> Message:
    """One's own question: text, level, whose it is, the answer, and what one can do."""
    owner = await owner_of(tx, question)
    answer = await answers.newest(tx, question.id)
    files = await answers.files_of(tx, question.id)
    answered, all_files = await with_files(tx, question, answer)
    waits = question.state in OPEN
    text = lines(
        await head(tx, question, lang),
        say("questions-text", text=question.text),
        say("questions-files", count=len(files)) if files else None,
        say("questions-stands", state=state_word(question), level=level_word(question.visibility)),
        say("questions-with", role=say(role_key(question, owner))) if waits and not question.live else None,
        say("questions-in-queue") if question.live else None,
        await together_line(tx, question, lang),
        say("questions-promised", at=When(question.promised_at)) if question.promised_at else None,
        say("questions-declined-why", reason=question.reason) if question.reason else None,
        answered,
    )
    return Message(text, (*asker_rows(question), *files_row(question, all_files)))


async def together_line(tx: Tx, question: Question, lang: str) -> Say | None:
    """In which session it will be answered for all."""
    session = await sessions.by_id(tx, question.together_id) if question.together_id else None
    return say("questions-together-in", title=session.title_in(lang), at=When(session.starts_at)) if session else None


def asker_rows(question: Question) -> Rows:
    """[解决了] [还有疑问], and a more private level."""
    rows: list[tuple[Button, ...]] = []
    if question.state == ANSWERED:
        rows.append((button("questions-solved", "qok", question.id), button("questions-again", "qmore", question.id)))
    elif question.state == SOLVED:
        rows.append((button("questions-reopen", "qmore", question.id),))
    elif question.state in OPEN:
        rows.append((button("questions-add", "qmore", question.id),))
    more = LEVELS[LEVELS.index(question.visibility) + 1 :]
    rows += [(button(f"questions-make-{v}", "qprivate", question.id, v),) for v in more]
    return tuple(rows)


async def for_classmate(tx: Tx, me: Me, question: Question) -> Message:
    """A question of somebody else, with [同问]."""
    viewer = Viewer(roles=me.roles)
    answer = await answers.newest(tx, question.id) if question.state in WITH_ANSWER else None
    same = await answers.same_of(tx, question.id)
    answered, files = await with_files(tx, question, answer)
    mine = me.member_id in same
    text = lines(
        await head(tx, question, me.lang),
        await asker_line(tx, question, viewer),
        say("questions-text", text=question.text),
        say("questions-same-count", count=len(same)) if same else None,
        answered or (say("questions-waits") if question.state in OPEN else state_word(question)),
    )
    join: Rows = ((button("questions-same", "qsame", question.id),),)
    shown = files_row(question, files)
    return Message(text, shown if mine or question.state not in OPEN else (*join, *shown))


# ---- for those who answer -------------------------------------------------------------------------------------------


async def for_staff(
    tx: Tx, question: Question, to: Addressee, now: datetime, first: Say | Lines | None = None
) -> Message:
    """A question for somebody of the staff or a lecturer."""
    viewer = await viewer_of(tx, question, to.member_id, to.role_set)
    return await seen_by(tx, question, viewer, to.lang, now, first)


async def seen_by(
    tx: Tx, question: Question, viewer: Viewer, lang: str, now: datetime, first: Say | Lines | None = None
) -> Message:  # fmt: skip
    """The whole of a question as one may see it, with what one may do."""
    readable = sees_text(viewer, question.visibility)
    owner = await owner_of(tx, question)
    answer = await answers.newest(tx, question.id) if readable else None
    files = await answers.files_of(tx, question.id) if readable else []
    answered, all_files = await with_files(tx, question, answer)
    same = await answers.same_of(tx, question.id)
    text = lines(
        first,
        await head(tx, question, lang),
        say("questions-asker", who=await asker_line(tx, question, viewer), level=level_word(question.visibility)),
        say("questions-text", text=question.text) if readable else say("questions-not-shown"),
        say("questions-files", count=len(files)) if files else None,
        say("questions-same-count", count=len(same)) if same else None,
        standing_line(question, owner, now),
        await together_line(tx, question, lang),
        say("questions-promised", at=When(question.promised_at)) if question.promised_at else None,
        say("questions-declined-why", reason=question.reason) if question.reason and readable else None,
        answered,
        await notes(tx, question) if sees_staff_side(viewer) else None,
    )
    return Message(text, staff_rows(question, viewer, bool(all_files)))


def standing_line(question: Question, owner: Member | None, now: datetime) -> Lines:
    """「待答 · 易教授 · 已等20分钟 · 超时」."""
    waits = question.state in OPEN and question.sent_at is not None
    parts = (
        state_word(question),
        say("questions-who-has", name=owner.name) if owner else None,
        say("questions-waits-for", waited=waited(now - question.sent_at)) if waits and question.sent_at else None,
        say("questions-is-late") if waits and question.late else None,
    )
    return Lines(tuple(part for part in parts if part), " · ")


def waited(time: timedelta) -> Say:
    """How long somebody waits: minutes, then hours, then days."""
    minutes = max(0, int(time.total_seconds() // 60))
    if minutes < 90:
        return say("questions-waited-minutes", count=minutes)
    if minutes < 48 * 60:
        return say("questions-waited-hours", count=minutes // 60)
    return say("questions-waited-days", count=minutes // (24 * 60))


async def notes(tx: Tx, question: Question) -> Lines | None:
    """The newest notes of colleagues."""
    found = [e for e in await question_events.of_question(tx, question.id) if e.kind == NOTE][-NOTES:]
    shown = []
    for event in found:
        writer = await members.get(tx, event.member_id) if event.member_id else None
        shown.append(say("questions-note-line", name=writer.name if writer else "", text=event.new))
    return lines(*shown) if shown else None


def staff_rows(question: Question, viewer: Viewer, files: bool) -> Rows:
    """What one may do with a question as it stands."""
    id, cells = question.id, []
    if may_answer(viewer) and question.state in OPEN | WITH_ANSWER:
        cells.append(button("questions-answer" if question.state in OPEN else "questions-correct", "qans", id))
    if question.state in OPEN:
        if CLASS_TEACHER in viewer.roles and not (viewer.is_owner and question.state == ASSIGNED):
            cells.append(button("questions-take", "qtake", id))
        if may_assign(viewer.roles):
            cells.append(button("questions-give", "qto", id))
        elif viewer.is_owner and question.state == ASSIGNED:
            cells.append(button("questions-back", "qback", id))
    if question.together_id is not None and may_answer(viewer) and viewer.roles & {LECTURER, CLASS_TEACHER}:
        cells.append(button("questions-oral", "qoral", id))
    if sees_staff_side(viewer):
        cells.append(button("questions-note", "qnote", id))
    if files and sees_text(viewer, question.visibility):
        cells.append(button("questions-see-files", "qfiles", id))
    if question.log_id is not None and CLASS_TEACHER in viewer.roles:
        cells.append(button("questions-see-log", "logopen", question.log_id))
    if question.state in OPEN and may_assign(viewer.roles):
        cells.append(button("questions-more", "qmenu", id))
    if question.state in WITH_ANSWER and sees_staff_side(viewer) and question.visibility != PRIVATE:
        cells.append(button("questions-to-book", "qbook", id))
    return in_rows(cells)


def line(question: Question, topic: Say, same: int, now: datetime) -> Say:
    """A question on a list: number, text, how long it waits."""
    assert question.sent_at is not None
    return say("questions-line", no=question.no, text=cut(question.text), topic=topic, count=same,
               waited=waited(now - question.sent_at), late=int(question.late))  # fmt: skip
