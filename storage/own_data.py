"""All that is kept about one person, for that person: one statement a table, nobody else's rows (XC-07)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Mark(Struct, frozen=True):
    at_session: datetime
    title: str
    status: str
    at: datetime | None
    source: str


class Change(Struct, frozen=True):
    at: datetime
    title: str
    old: str
    new: str
    reason: str


class Leave(Struct, frozen=True):
    leave_kind: str
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    reason: str
    hours: int
    leave_state: str
    asked_at: datetime | None
    decided_at: datetime | None
    back_at: datetime | None


class Decision(Struct, frozen=True):
    """One step of a leave: as whom it was taken, what the leave was afterwards, and the words with it."""

    at: datetime
    leave_kind: str
    starts_at: datetime | None
    role: str
    leave_state: str
    text: str


class Evidence(Struct, frozen=True):
    """What a second source said of somebody who was marked already."""

    at_session: datetime
    title: str
    status: str
    at: datetime
    source: str


class Claim(Struct, frozen=True):
    asked_at: datetime
    title: str
    words: str
    answer: str
    decided_at: datetime | None


class Log(Struct, frozen=True):
    day: int
    no: int
    at: datetime
    text: str


class Day(Struct, frozen=True):
    """What is kept of a log beside its words."""

    day: int
    log_state: str
    mood: str
    handed_at: datetime | None


class Part(Struct, frozen=True):
    """One thing that was sent for a log; `media_id` is its file, where it is kept."""

    day: int
    at: datetime
    text: str
    file_name: str
    media_id: int | None


class Review(Struct, frozen=True):
    day: int
    at: datetime
    text: str


class Question(Struct, frozen=True):
    no: int
    sent_at: datetime | None
    text: str


class Joined(Struct, frozen=True):
    """A question of somebody else that one wants answered too; its text as long as classmates may read it."""

    no: int
    at: datetime
    text: str


class Answer(Struct, frozen=True):
    no: int
    at: datetime
    text: str


class Notice(Struct, frozen=True):
    sent_at: datetime | None
    html: str
    read_at: datetime | None
    choice: int | None
    choices: tuple[str, ...]


class Act(Struct, frozen=True):
    at: datetime
    act: str


async def marks(tx: Tx, member_id: int) -> list[Mark]:
    return await tx.all(
        Mark,
        """select s.starts_at as at_session, s.title, k.status, k.at, k.source from mark k
           join roll r on r.id = k.roll_id join session s on s.id = r.session_id
           where k.member_id = :id order by s.starts_at""",
        {"id": member_id},
    )


async def changes(tx: Tx, member_id: int) -> list[Change]:
    return await tx.all(
        Change,
        """select e.at, s.title, e.old, e.new, e.reason from mark_event e join roll r on r.id = e.roll_id
           join session s on s.id = r.session_id where e.member_id = :id order by e.id""",
        {"id": member_id},
    )


async def leaves(tx: Tx, member_id: int) -> list[Leave]:
    return await tx.all(
        Leave,
        """select kind as leave_kind, starts_at, ends_at, place, reason, hours, state as leave_state, asked_at,
                  decided_at, back_at from leave where member_id = :id order by id""",
        {"id": member_id},
    )


async def decisions(tx: Tx, member_id: int) -> list[Decision]:
    """What became of one's leaves step by step, with the words of those who decided: by role, without names."""
    return await tx.all(
        Decision,
        """select e.at, l.kind as leave_kind, l.starts_at, e.role, e.new as leave_state, e.words as text
           from leave_event e join leave l on l.id = e.leave_id where l.member_id = :id order by l.id, e.id""",
        {"id": member_id},
    )


async def evidence(tx: Tx, member_id: int) -> list[Evidence]:
    return await tx.all(
        Evidence,
        """select s.starts_at as at_session, s.title, e.status, e.at, e.source from evidence e
           join roll r on r.id = e.roll_id join session s on s.id = r.session_id
           where e.member_id = :id order by s.starts_at, e.at, e.id""",
        {"id": member_id},
    )


async def claims(tx: Tx, member_id: int) -> list[Claim]:
    return await tx.all(
        Claim,
        """select c.asked_at, s.title, c.words, c.answer, c.decided_at from claim c join roll r on r.id = c.roll_id
           join session s on s.id = r.session_id where c.member_id = :id order by c.id""",
        {"id": member_id},
    )


async def days(tx: Tx, member_id: int) -> list[Day]:
    return await tx.all(
        Day,
        "select day, state as log_state, mood, handed_at from log where member_id = :id order by day",
        {"id": member_id},
    )


async def versions(tx: Tx, member_id: int) -> list[Log]:
    return await tx.all(
        Log,
        """select l.day, v.no, v.at, v.body as text from log_version v join log l on l.id = v.log_id
           where l.member_id = :id order by l.day, v.no""",
        {"id": member_id},
    )


async def parts(tx: Tx, member_id: int) -> list[Part]:
    return await tx.all(
        Part,
        """select l.day, p.at, p.body as text, p.file_name, p.media_id from log_part p join log l on l.id = p.log_id
           where l.member_id = :id and p.state <> 'gone' order by l.day, p.id""",
        {"id": member_id},
    )


async def reviews(tx: Tx, member_id: int, now: datetime) -> list[Review]:
    """What teachers said to the logs, once it has been sent (LOG-05)."""
    return await tx.all(
        Review,
        """select l.day, r.at, case when r.body <> '' then r.body else r.reason end as text
           from log_review r join log l on l.id = r.log_id
           where l.member_id = :id and r.kind in ('reply', 'return') and r.undone_at is null
             and (r.until is null or r.until <= :now) order by l.day, r.id""",
        {"id": member_id, "now": now},
    )


async def questions(tx: Tx, member_id: int) -> list[Question]:
    return await tx.all(
        Question, "select no, sent_at, text from question where asker_id = :id order by id", {"id": member_id}
    )


async def joined(tx: Tx, member_id: int) -> list[Joined]:
    """The questions with [同问]; one that is for teachers only by now is a number (QA-02)."""
    return await tx.all(
        Joined,
        """select q.no, s.at, case when q.visibility = 'private' then '' else q.text end as text
           from same_question s join question q on q.id = s.question_id where s.member_id = :id order by s.id""",
        {"id": member_id},
    )


async def answers(tx: Tx, member_id: int) -> list[Answer]:
    return await tx.all(
        Answer,
        """select q.no, a.at, a.body as text from answer a join question q on q.id = a.question_id
           where q.asker_id = :id order by q.id, a.version""",
        {"id": member_id},
    )


async def notices(tx: Tx, member_id: int) -> list[Notice]:
    return await tx.all(
        Notice,
        """select n.sent_at, n.html, p.read_at, p.choice, n.choices from notice_person p
           join notice n on n.id = p.notice_id
           where p.member_id = :id and n.state not in ('draft', 'asked', 'queued') order by n.id""",
        {"id": member_id},
    )


async def acts(tx: Tx, cohort_id: int, account_id: int, about: str) -> list[Act]:
    """What the audit says of somebody, or that somebody did."""
    return await tx.all(
        Act,
        "select at, act from audit where about = :about or (who = :who and cohort_id = :cohort) order by id",
        {"about": about, "who": account_id, "cohort": cohort_id},
    )
