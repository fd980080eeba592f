"""Telegram accounts: who speaks to the bot, in which class, in what role."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from rules.roles import RANK, STRANGER
from storage.tx import Tx
from texts.render import Voice, voice


class Me(Struct, frozen=True, kw_only=True, dict=True):
    """The one who speaks: account, seat in the present class (member_id 0 without one), roles, language, talk."""

    account_id: int
    first_name: str = ""
    lang: str = "zh"
    blocked_at: datetime | None = None
    school_roles: str = ""
    member_id: int = 0
    cohort_id: int = 0
    cohort_title: str = ""
    cohort_state: str = ""
    zone: str = "Asia/Shanghai"
    settings_mark: str = ""
    ref: str = ""
    name: str = ""
    class_roles: str = ""
    group_no: int | None = None
    seat_no: int | None = None
    joined_at: datetime | None = None
    away: bool = False
    """On approved leave that has begun, and not back yet."""
    step: str = ""
    memo: dict[str, Any] = field(default_factory=dict)
    since: datetime | None = None

    @cached_property
    def roles(self) -> frozenset[str]:
        """All roles in the present class and in the school; a stranger has that one only."""
        return frozenset([*self.class_roles.split(), *self.school_roles.split()]) or frozenset({STRANGER})

    @property
    def role(self) -> str:
        """The role whose card and keyboard the person gets."""
        return next((r for r in RANK if r in self.roles), STRANGER)

    @property
    def voice(self) -> Voice:
        """How to speak to this person."""
        return voice(self.lang, self.zone)

    @property
    def reader(self) -> Reader:
        """The speaker as somebody to be written to."""
        return Reader(self.account_id, self.lang, self.zone)


async def who(tx: Tx, account_id: int, now: datetime) -> Me | None:
    """Everything a turn must know about the speaker, in one statement. Who left the class has no seat any more."""
    return await tx.first(
        Me,
        """select a.id as account_id, a.first_name, coalesce(a.lang, m.lang, '') as lang, a.blocked_at,
                  a.roles as school_roles, coalesce(m.id, 0) as member_id, coalesce(c.id, 0) as cohort_id,
                  coalesce(case when coalesce(a.lang, m.lang) = 'en' and c.title_en <> '' then c.title_en
                           else c.title end, '') as cohort_title, coalesce(c.state, '') as cohort_state,
                  coalesce(c.timezone, 'Asia/Shanghai') as zone, coalesce(c.settings_mark, '') as settings_mark,
                  coalesce(m.ref, '') as ref, coalesce(m.name, '') as name, coalesce(m.roles, '') as class_roles,
                  m.group_no, m.seat_no, m.joined_at,
                  exists (select 1 from leave v where v.member_id = m.id and v.kind <> 'withdraw'
                    and (v.state = 'away' or (v.state = 'approved' and v.starts_at <= :now))) as away,
                  coalesce(t.step, '') as step,
                  coalesce(t.memo, '{}') as memo, t.since
           from account a
           left join member m on m.account_id = a.id and m.cohort_id = a.cohort_id
                and (m.left_at is null or m.left_at > :now)
           left join cohort c on c.id = a.cohort_id and (m.id is not null or a.roles <> '')
           left join talk t on t.account_id = a.id
           where a.id = :id""",
        {"id": account_id, "now": now},
    )


async def one_at_a_time(tx: Tx, account_id: int) -> None:
    """What somebody does in two windows at once is done one after the other; SQLite does everything so."""
    if tx.postgres:
        await tx.first(int, "select 1 from account where id = :id for no key update", {"id": account_id})


async def meet(tx: Tx, account_id: int, first_name: str, now: datetime) -> None:
    """Remember an account that writes for the first time."""
    await tx.do(
        """insert into account (id, first_name, made_at) values (:id, :first_name, :now)
           on conflict (id) do update set first_name = excluded.first_name""",
        {"id": account_id, "first_name": first_name, "now": now},
    )


async def set_lang(tx: Tx, account_id: int, lang: str) -> None:
    await tx.do("update account set lang = :lang where id = :id", {"id": account_id, "lang": lang})


async def set_cohort(tx: Tx, account_id: int, cohort_id: int | None) -> None:
    """Which class the account speaks in from now on."""
    await tx.do("update account set cohort_id = :cohort_id where id = :id", {"id": account_id, "cohort_id": cohort_id})


async def set_roles(tx: Tx, account_id: int, roles: str) -> None:
    """Roles that belong to no class: admin, school_leader."""
    await tx.do("update account set roles = :roles where id = :id", {"id": account_id, "roles": roles})


async def set_blocked(tx: Tx, account_id: int, at: datetime | None) -> None:
    """The person stopped the bot (or took it back: None)."""
    await tx.do("update account set blocked_at = :at where id = :id", {"id": account_id, "at": at})


class Reader(Struct, frozen=True):
    """Somebody to be written to."""

    account_id: int
    lang: str = "zh"
    zone: str = "Asia/Shanghai"

    @property
    def voice(self) -> Voice:
        """How to speak to this person."""
        return voice(self.lang, self.zone)


async def admins(tx: Tx) -> list[Reader]:
    """The administrators that can be written to."""
    return await tx.all(
        Reader,
        """select a.id as account_id, coalesce(a.lang, 'zh') as lang, coalesce(c.timezone, 'Asia/Shanghai') as zone
           from account a left join cohort c on c.id = a.cohort_id
           where ' ' || a.roles || ' ' like '% admin %' and a.blocked_at is null""",
    )


async def attempts(tx: Tx, account_id: int, kind: str, since: datetime) -> int:
    """How often an account tried something since a time (wrong codes, a stranger's greetings)."""
    return await tx.one(
        int,
        "select count(*) from attempt where account_id = :id and kind = :kind and at > :since",
        {"id": account_id, "kind": kind, "since": since},
    )


async def add_attempt(tx: Tx, account_id: int, kind: str, now: datetime) -> None:
    await tx.do(
        "insert into attempt (account_id, kind, at) values (:id, :kind, :now)",
        {"id": account_id, "kind": kind, "now": now},
    )


async def prune_attempts(tx: Tx, before: datetime) -> None:
    await tx.do("delete from attempt where at < :before", {"before": before})


async def holding(tx: Tx, role: str) -> list[Reader]:
    """Everybody with a role of the school who can be written to."""
    return await tx.all(
        Reader,
        """select a.id as account_id, coalesce(a.lang, 'zh') as lang, coalesce(c.timezone, 'Asia/Shanghai') as zone
           from account a left join cohort c on c.id = a.cohort_id
           where ' ' || a.roles || ' ' like :role and a.blocked_at is null""",
        {"role": f"% {role} %"},
    )


async def reader(tx: Tx, account_id: int) -> Reader | None:
    """Somebody to be written to, by the account; the zone of the present class."""
    return await tx.first(
        Reader,
        """select a.id as account_id, coalesce(a.lang, m.lang, 'zh') as lang,
                  coalesce(c.timezone, 'Asia/Shanghai') as zone
           from account a left join cohort c on c.id = a.cohort_id
           left join member m on m.account_id = a.id and m.cohort_id = a.cohort_id where a.id = :id""",
        {"id": account_id},
    )


async def is_muted(tx: Tx, account_id: int) -> bool:
    """Whether somebody wants no optional reminders (SCH-11)."""
    return bool(await tx.first(int, "select 1 from account where id = :id and muted", {"id": account_id}))


async def set_muted(tx: Tx, account_id: int, muted: bool) -> None:
    await tx.do("update account set muted = :muted where id = :id", {"id": account_id, "muted": muted})
