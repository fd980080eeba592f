"""Whether anything changed that a live page shows, and in which classes: small numbers, read by one poll a process."""

from __future__ import annotations

from msgspec import Struct

from storage.tx import Tx


class Newest(Struct, frozen=True):
    """The newest id of each table of events; none of them is ever changed or used again."""

    marks: int = 0
    leaves: int = 0
    log_versions: int = 0
    log_reviews: int = 0
    questions: int = 0
    notices: int = 0
    audits: int = 0


class Stir(Struct, frozen=True):
    """Something moved in a class."""

    cohort_id: int
    topic: str


class Pulse(Struct, frozen=True):
    """When the lists, or the notices, of a class last moved; the stamp says nothing but that it is another one."""

    cohort_id: int
    topic: str
    stamp: int


async def newest(tx: Tx) -> Newest:
    """One statement, each part the end of an index."""
    return await tx.one(
        Newest,
        """select (select coalesce(max(id), 0) from mark_event) as marks,
                  (select coalesce(max(id), 0) from leave_event) as leaves,
                  (select coalesce(max(id), 0) from log_version) as log_versions,
                  (select coalesce(max(id), 0) from log_review) as log_reviews,
                  (select coalesce(max(id), 0) from question_event) as questions,
                  (select coalesce(max(id), 0) from notice_event) as notices,
                  (select coalesce(max(id), 0) from audit) as audits""",
    )


async def since(tx: Tx, before: Newest) -> list[Stir]:
    """What was added after `before`, by class."""
    return await tx.all(
        Stir,
        """select r.cohort_id, 'roll' as topic from mark_event e join roll r on r.id = e.roll_id where e.id > :marks
           union select v.cohort_id, 'leave' from leave_event e join leave v on v.id = e.leave_id where e.id > :leaves
           union select l.cohort_id, 'log' from log_version e join log l on l.id = e.log_id where e.id > :log_versions
           union select l.cohort_id, 'log' from log_review e join log l on l.id = e.log_id where e.id > :log_reviews
           union select q.cohort_id, 'question' from question_event e join question q on q.id = e.question_id
             where e.id > :questions
           union select n.cohort_id, 'ledger' from notice_event e join notice n on n.id = e.notice_id
             where e.id > :notices
           union select cohort_id, 'audit' from audit where id > :audits and cohort_id is not null
             and act not like 'desk-%'""",
        before,
    )


async def pulses(tx: Tx) -> list[Pulse]:
    """Stamps of what moves without an event of its own: who is in the room, who has read a notice."""
    return await tx.all(
        Pulse,
        """select cohort_id, 'roll' as topic, max(coalesce(stirred_at, 0)) as stamp from roll group by cohort_id
           union all select cohort_id, 'ledger', max(coalesce(stirred_at, 0)) from notice group by cohort_id""",
    )
