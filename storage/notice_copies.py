"""The messages of a notice as they lie in the outbox: on which phone, how far, and what was done to them."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Copy(Struct, frozen=True, kw_only=True):
    """A message of a notice on somebody's phone."""

    id: int
    ledger_id: int
    chat_id: int
    kind: str
    state: str
    message_id: int | None
    others: str
    sent_at: datetime | None
    body: str


async def of_notice(tx: Tx, notice_id: int, part: str = "copy", member_id: int = 0) -> list[Copy]:
    """All messages of a notice (of one person), or all that was done to them (`edit`, `delete`), oldest first."""
    whose = "and p.member_id = :member_id" if member_id else ""
    return await tx.all(
        Copy,
        f"""select o.id, o.ledger_id, o.chat_id, o.kind, o.state, o.message_id, o.others, o.sent_at, o.body
            from outbox o join notice_person p on p.id = o.ledger_id
            where p.notice_id = :id and o.part = :part {whose} order by o.id""",
        {"id": notice_id, "part": part, "member_id": member_id},
    )


async def ahead_at(tx: Tx, at: datetime) -> int:
    """How many words will wait at a moment before a notice that goes then, as far as is known now."""
    return await tx.one(
        int, "select count(*) from outbox where state = 'new' and (not_before is null or not_before <= :at)", {"at": at}
    )


async def set_state(
    tx: Tx, notice_id: int, old: tuple[str, ...], new: str, ledger_id: int = 0, *, current: bool = False,
    not_before: datetime | None = None,
) -> int:  # fmt: skip
    """Copies and questions that stand at one of these states go to another: held, resumed, tried again, called back.
    How many. `current`: only copies, of the version that counts now; `not_before`: in the night they wait."""
    names = {f"s{i}": state for i, state in enumerate(old)}
    whose = "and p.id = :ledger_id" if ledger_id else ""
    whose += " and o.part = 'copy' and o.version = p.version" if current else ""
    again = ", tries = 0, trouble = '', not_before = coalesce(:not_before, not_before)" if new == "new" else ""
    found = await tx.all(
        int,
        f"""update outbox set state = :new{again} where part in ('copy', 'chase') and id in (
              select o.id from outbox o join notice_person p on p.id = o.ledger_id
              where p.notice_id = :notice_id {whose} and o.state in ({", ".join(f":{n}" for n in names)}))
            returning id""",
        {"notice_id": notice_id, "new": new, "ledger_id": ledger_id, "not_before": not_before, **names},
    )
    return len(found)


async def put_off(tx: Tx, notice_id: int, at: datetime) -> None:
    """What has not gone yet waits for a moment."""
    await tx.do(
        """update outbox set not_before = :at where part in ('copy', 'chase') and state = 'new'
             and (not_before is null or not_before < :at)
             and ledger_id in (select id from notice_person where notice_id = :notice_id)""",
        {"notice_id": notice_id, "at": at},
    )


async def drop_questions(tx: Tx, notice_id: int, member_id: int) -> None:
    """Whoever has read it is not asked any more, not even by a message that waits already (SCH-08)."""
    await tx.do(
        """update outbox set state = 'recalled' where part = 'chase' and state in ('new', 'held') and ledger_id in (
             select id from notice_person where notice_id = :notice_id and member_id = :member_id)""",
        {"notice_id": notice_id, "member_id": member_id},
    )


async def drop_changes(tx: Tx, notice_id: int) -> None:
    """What was still to be done to copies is not done: of one that is deleted by then, an edit would become a new
    message."""
    await tx.do(
        """update outbox set state = 'recalled' where part in ('edit', 'keys') and state = 'new' and ledger_id in (
             select id from notice_person where notice_id = :notice_id)""",
        {"notice_id": notice_id},
    )


async def withdraw(tx: Tx, chat_id: int) -> None:
    """A seat was taken from its account: what has not reached this phone never does, and what is on its way is not sent
    again. Whom it was meant for counts as unbound until somebody else has the seat (XC-01)."""
    states = "('new', 'held', 'failed', 'uncertain', 'unreachable', 'sending')"
    await tx.do(
        f"""update notice_person set left_out = 'unbound', account_id = null where exists (
              select 1 from outbox o where o.ledger_id = notice_person.id and o.version = notice_person.version
              and o.chat_id = :chat_id and o.part = 'copy' and o.state in {states})""",
        {"chat_id": chat_id},
    )
    await tx.do(
        f"""update outbox set state = case when state = 'sending' then state else 'withdrawn' end, once = null,
              part = 'withdrawn' where chat_id = :chat_id and part in ('copy', 'chase') and state in {states}""",
        {"chat_id": chat_id},
    )


async def last_outcomes(tx: Tx, notice_id: int, limit: int) -> list[str]:
    """What became of the last copies, the newest first, since somebody last said to go on."""
    return await tx.all(
        str,
        """select o.state from outbox o join notice_person p on p.id = o.ledger_id
           where p.notice_id = :id and o.part = 'copy' and o.state in ('sent', 'failed', 'uncertain', 'unreachable')
             and o.sent_at > coalesce((select max(e.at) from notice_event e where e.notice_id = :id
                                       and e.act in ('resume', 'again', 'resend')), 0)
           order by o.sent_at desc, o.id desc limit :limit""",
        {"id": notice_id, "limit": limit},
    )


class _Recalled(Struct, frozen=True):
    """On how many telephones a notice is gone, and on how many it stays."""

    gone: int | None
    stays: int | None


async def after_recall(tx: Tx, notice_id: int) -> tuple[int, int]:
    """On how many phones a recalled notice was deleted, and on how many it may still be seen."""
    found = await tx.one(
        _Recalled,
        """select sum(case when x.kept > 0 and x.gone >= x.kept then 1 else 0 end) as gone,
                  sum(case when x.gone < x.kept then 1 else 0 end) as stays
           from (select o.ledger_id,
                   sum(case when o.part in ('copy', 'chase') and o.state in ('sent', 'uncertain') then 1 else 0 end)
                     as kept,
                   sum(case when o.part = 'delete' and o.state = 'sent' then 1 else 0 end) as gone
                 from outbox o join notice_person p on p.id = o.ledger_id
                 where p.notice_id = :id group by o.ledger_id) x""",
        {"id": notice_id},
    )
    return found.gone or 0, found.stays or 0
