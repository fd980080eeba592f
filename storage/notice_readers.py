"""Notices as one person has them: what came, what is not read, what was chosen."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


async def id_of(tx: Tx, notice_id: int, member_id: int) -> int | None:
    """The ledger's line of one person."""
    return await tx.first(
        int,
        "select id from notice_person where notice_id = :notice_id and member_id = :member_id",
        {"notice_id": notice_id, "member_id": member_id},
    )


class Own(Struct, frozen=True):
    """What one person did with a notice."""

    id: int
    version: int
    left_out: str
    read_at: datetime | None
    choice: int | None


async def own(tx: Tx, notice_id: int, member_id: int) -> Own | None:
    """One person's line, without a look at the outbox."""
    return await tx.first(
        Own,
        """select id, version, left_out, read_at, choice from notice_person
           where notice_id = :notice_id and member_id = :member_id""",
        {"notice_id": notice_id, "member_id": member_id},
    )


class _Unread(Struct, frozen=True):
    """A notice and its level."""

    id: int
    level: str


async def unread_of(tx: Tx, member_id: int, levels: tuple[str, ...], before: datetime) -> list[int]:
    """The notices that somebody got before a moment and has not acknowledged, oldest first (BC-04)."""
    rows = await tx.all(
        _Unread,
        """select n.id, n.level from notice_person p join notice n on n.id = p.notice_id
           where p.member_id = :member_id and p.read_at is null and n.state in ('sending', 'sent', 'paused')
             and ((p.left_out = 'on_card' and n.begun_at <= :before)
                  or exists (select 1 from outbox o where o.ledger_id = p.id and o.version = p.version
                             and o.part = 'copy' and o.sent_at <= :before and o.state in ('sent', 'uncertain')))
           order by n.id""",
        {"member_id": member_id, "before": before},
    )
    return [row.id for row in rows if row.level in levels]


async def open_choices(tx: Tx, member_id: int) -> list[int]:
    """The notices with options that somebody has, oldest first."""
    return await tx.all(
        int,
        """select n.id from notice_person p join notice n on n.id = p.notice_id
           where p.member_id = :member_id and n.choices <> '[]' and n.state in ('sending', 'sent', 'paused')
             and p.left_out in ('', 'on_card') order by n.id""",
        {"member_id": member_id},
    )


class Got(Struct, frozen=True, kw_only=True):
    """A notice that somebody has got."""

    id: int
    level: str
    html: str
    begun_at: datetime
    read_at: datetime | None
    has_choices: bool


async def got(tx: Tx, member_id: int, limit: int) -> list[Got]:
    """What somebody has got lately, the newest first."""
    return await tx.all(
        Got,
        """select n.id, n.level, n.html, n.begun_at, p.read_at, n.choices <> '[]' as has_choices
           from notice_person p join notice n on n.id = p.notice_id
           where p.member_id = :member_id and p.left_out in ('', 'on_card') and n.begun_at is not null
             and n.state <> 'recalled' order by n.begun_at desc, n.id desc limit :limit""",
        {"member_id": member_id, "limit": limit},
    )
