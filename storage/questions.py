"""Questions: what was asked, by whom, whose it is, and how it stands (QA-*)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Question(Struct, frozen=True, kw_only=True):
    """One question. `no` counts the sent ones of a class; `topic_ref` names the course or site; `late`: an owner let it
    wait too long; `live`: it waits in its session for the break; `closes_at`: when an answer counts as accepted."""

    id: int = 0
    cohort_id: int
    no: int = 0
    asker_id: int
    text: str = ""
    topic: str = ""
    topic_ref: str = ""
    session_id: int | None = None
    visibility: str = "anonymous"
    door: str = "class"
    state: str = "draft"
    owner_id: int | None = None
    late: bool = False
    live: bool = False
    source: str = "self"
    entered_by: int | None = None
    log_id: int | None = None
    made_at: datetime
    sent_at: datetime | None = None
    assigned_at: datetime | None = None
    nudge_at: datetime | None = None
    return_at: datetime | None = None
    due_at: datetime | None = None
    first_answer_at: datetime | None = None
    answered_at: datetime | None = None
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    promised_at: datetime | None = None
    reason: str = ""
    version: int = 0
    reopened: int = 0
    together_id: int | None = None


async def get(tx: Tx, id: int) -> Question | None:
    return await tx.first(Question, "select * from question where id = :id", {"id": id})


async def hold(tx: Tx, question: Question) -> Question:
    """A question as it stands now; whoever else wants to change it waits for this transaction."""
    lock = " for no key update" if tx.postgres else ""
    return await tx.one(Question, f"select * from question where id = :id{lock}", {"id": question.id})


async def draft_of(tx: Tx, asker_id: int, source: str) -> Question | None:
    """What somebody has begun to ask, or staff have begun to enter for him."""
    return await tx.first(
        Question,
        "select * from question where asker_id = :asker_id and source = :source and state = 'draft'",
        {"asker_id": asker_id, "source": source},
    )


async def begin(tx: Tx, draft: Question) -> Question:
    """A new draft, or the one that is there already."""
    return await tx.one(
        Question,
        """insert into question (cohort_id, asker_id, text, topic, topic_ref, session_id, visibility, door, source,
                                 entered_by, log_id, made_at)
           values (:cohort_id, :asker_id, :text, :topic, :topic_ref, :session_id, :visibility, :door, :source,
                   :entered_by, :log_id, :made_at)
           on conflict (asker_id, source) where state = 'draft' do update set asker_id = excluded.asker_id
           returning *""",
        draft,
    )


async def set_text(tx: Tx, id: int, text: str) -> None:
    await tx.do("update question set text = :text where id = :id and state = 'draft'", {"id": id, "text": text})


async def add_text(tx: Tx, id: int, more: str) -> None:
    """What the asker adds to a sent question."""
    await tx.do("update question set text = text || :more where id = :id", {"id": id, "more": more})


async def set_door(tx: Tx, id: int, door: str, log_id: int | None) -> None:
    """Through which door a draft came, and out of which log."""
    await tx.do(
        "update question set door = :door, log_id = :log_id where id = :id and state = 'draft'",
        {"id": id, "door": door, "log_id": log_id},
    )


async def set_private_door(tx: Tx, id: int) -> None:
    """Asked privately, it counts as come through that door (QA-14)."""
    await tx.do("update question set door = 'anonymous' where id = :id", {"id": id})


async def set_topic(tx: Tx, id: int, topic: str, ref: str, session_id: int | None) -> None:
    await tx.do(
        "update question set topic = :topic, topic_ref = :ref, session_id = :session_id where id = :id",
        {"id": id, "topic": topic, "ref": ref, "session_id": session_id},
    )


async def set_visibility(tx: Tx, id: int, old: str, new: str) -> bool:
    """False when the level is another by now."""
    found = await tx.first(
        int,
        "update question set visibility = :new where id = :id and visibility = :old returning id",
        {"id": id, "old": old, "new": new},
    )
    return found is not None


async def remove_draft(tx: Tx, id: int) -> None:
    """A draft that is given up, with its files."""
    await tx.do(
        """delete from question_file where question_id = :id
           and exists (select 1 from question where id = :id and state = 'draft')""",
        {"id": id},
    )
    await tx.do("delete from question where id = :id and state = 'draft'", {"id": id})


async def set_sent(tx: Tx, id: int, live: bool, now: datetime) -> Question | None:
    """A draft is sent and gets its number; None when it has been sent already. Two of a class wait for each other."""
    if tx.postgres:
        await tx.first(
            int,
            """select id from cohort where id = (select cohort_id from question where id = :id)
               for no key update""",
            {"id": id},
        )
    return await tx.first(
        Question,
        """update question set state = 'queued', live = :live, sent_at = :now,
             no = 1 + (select coalesce(max(no), 0) from question where cohort_id =
                       (select cohort_id from question where id = :id))
           where id = :id and state = 'draft' returning *""",
        {"id": id, "live": live, "now": now},
    )


class Standing(Struct, frozen=True, kw_only=True):
    """How a question stands, and whose it is; what is to change at once is named here."""

    state: str
    owner_id: int | None
    late: bool
    live: bool
    assigned_at: datetime | None = None
    nudge_at: datetime | None = None
    return_at: datetime | None = None
    due_at: datetime | None = None
    promised_at: datetime | None = None
    together_id: int | None = None


async def set_standing(tx: Tx, old: Question, new: Standing) -> bool:
    """Guarded by how it stood: False when somebody was faster."""
    found = await tx.first(
        int,
        """update question set state = :state, owner_id = :owner_id, late = :late, live = :live,
             assigned_at = :assigned_at, nudge_at = :nudge_at, return_at = :return_at, due_at = :due_at,
             promised_at = :promised_at, together_id = :together_id
           where id = :id and state = :old and (assigned_at is null or assigned_at = :was) returning id""",
        {
            "id": old.id, "old": old.state, "was": old.assigned_at, "state": new.state,
            "owner_id": new.owner_id, "late": new.late, "live": new.live,
            "assigned_at": new.assigned_at, "nudge_at": new.nudge_at, "return_at": new.return_at,
            "due_at": new.due_at, "promised_at": new.promised_at, "together_id": new.together_id,
        },
    )  # fmt: skip
    return found is not None


async def set_answered(
    tx: Tx, question: Question, state: str, owner_id: int | None, closes_at: datetime | None, now: datetime
) -> bool:
    """A new version of the answer counts; False when somebody was faster."""
    found = await tx.first(
        int,
        """update question set state = :state, version = version + 1, answered_at = :now, closes_at = :closes_at,
             owner_id = :owner_id, live = false,
             first_answer_at = coalesce(first_answer_at, :now), promised_at = null, together_id = null
           where id = :id and state = :old and version = :version returning id""",
        {
            "id": question.id, "state": state, "old": question.state, "version": question.version, "now": now,
            "closes_at": closes_at, "owner_id": owner_id,
        },
    )  # fmt: skip
    return found is not None


async def set_closed(tx: Tx, id: int, old: str, new: str, by: str, reason: str, now: datetime) -> bool:
    """Solved or declined; `by` says how: asker, silent, declined."""
    found = await tx.first(
        int,
        """update question set state = :new, closed_at = :now, closed_by = :by, reason = :reason, live = false,
             closes_at = null, promised_at = null
           where id = :id and state = :old returning id""",
        {"id": id, "old": old, "new": new, "by": by, "reason": reason, "now": now},
    )
    return found is not None


async def set_reopened(tx: Tx, id: int, old: str) -> bool:
    """Asked again: it is open once more, and counted."""
    found = await tx.first(
        int,
        """update question set state = 'assigned', reopened = reopened + 1, closed_at = null, closed_by = '',
             closes_at = null
           where id = :id and state = :old returning id""",
        {"id": id, "old": old},
    )
    return found is not None


async def set_live(tx: Tx, id: int, live: bool) -> None:
    await tx.do("update question set live = :live where id = :id", {"id": id, "live": live})


async def of_asker(tx: Tx, asker_id: int) -> list[Question]:
    """Somebody's own questions, the newest first."""
    return await tx.all(
        Question,
        "select * from question where asker_id = :id and state <> 'draft' order by id desc",
        {"id": asker_id},
    )


async def of_cohort(tx: Tx, cohort_id: int, states: Collection[str] = ()) -> list[Question]:
    """The sent questions of a class, by number."""
    values = {f"s{n}": state for n, state in enumerate(sorted(states))}
    only = f" and state in ({', '.join(f':{name}' for name in values)})" if values else " and state <> 'draft'"
    return await tx.all(
        Question, f"select * from question where cohort_id = :id{only} order by no", {"id": cohort_id, **values}
    )


async def of_owner(tx: Tx, owner_id: int) -> list[Question]:
    """What somebody has to answer, the most pressing first."""
    return await tx.all(
        Question,
        """select * from question where owner_id = :id and state in ('queued', 'assigned')
           order by late desc, coalesce(return_at, due_at), id""",
        {"id": owner_id},
    )


async def of_log(tx: Tx, log_id: int) -> Question | None:
    """The question that a log's puzzle became."""
    return await tx.first(
        Question, "select * from question where log_id = :id and state <> 'draft' order by id limit 1", {"id": log_id}
    )


async def live_of(tx: Tx, session_id: int) -> list[Question]:
    """What waits in a session for its break, as it was asked."""
    return await tx.all(
        Question, "select * from question where session_id = :id and live order by id", {"id": session_id}
    )


class Counts(Struct, frozen=True, kw_only=True):
    """The open questions of a class in numbers."""

    waiting: int
    late: int


async def counts(tx: Tx, cohort_id: int) -> Counts:
    """How many wait for an answer, and how many of them too long."""
    return await tx.one(
        Counts,
        """select count(*) as waiting, coalesce(sum(case when late then 1 else 0 end), 0) as late
           from question where cohort_id = :id and state in ('queued', 'assigned')""",
        {"id": cohort_id},
    )
