"""Notices (通知): one row a notice, from the first word to its end; the ledger stands in storage/notice_people.py."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct, field

from chat.words import Item
from rules.notices import Audience
from storage.tx import Tx


class Notice(Struct, frozen=True, kw_only=True):
    """One notice. `html` is the body with safe markup, `scope` the classes it goes to where they are several, `what`
    the session that a change notice is about, `facts` its before and after; `over`: what happens to those whose pushes
    of the day are used up (`send` or `card`). `sender` is an account id."""

    id: int = 0
    cohort_id: int
    kind: str = "notice"
    level: str = "ordinary"
    state: str = "draft"
    version: int = 1
    sender: int
    sender_member: int | None = None
    sender_name: str = ""
    html: str = ""
    html_en: str = ""
    media: tuple[Item, ...] = ()
    choices: tuple[str, ...] = ()
    choices_until: datetime | None = None
    audience: Audience = Audience()
    scope: tuple[int, ...] = ()
    over: str = "send"
    to_group: bool = False
    what: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    go_at: datetime | None = None
    life_until: datetime | None = None
    made_at: datetime
    confirmed_at: datetime | None = None
    confirmed_by: int | None = None
    second_by: int | None = None
    begun_at: datetime | None = None
    sent_at: datetime | None = None
    corrected_at: datetime | None = None
    ended_at: datetime | None = None
    stirred_at: datetime | None = None
    painted_at: datetime | None = None
    trouble: str = ""

    @property
    def cohorts(self) -> tuple[int, ...]:
        """The classes it goes to."""
        return self.scope or (self.cohort_id,)


class Event(Struct, frozen=True, kw_only=True):
    """One line of a notice's history: who did what, when, old, new, why."""

    at: datetime
    who: int | None = None
    act: str
    member_id: int | None = None
    old: str = ""
    new: str = ""
    why: str = ""


async def add(tx: Tx, notice: Notice) -> Notice:
    """Begin a draft."""
    return await tx.one(
        Notice,
        """insert into notice (cohort_id, kind, level, sender, sender_member, sender_name, html, html_en, media,
             choices, choices_until, audience, scope, over, to_group, what, facts, go_at, life_until, made_at)
           values (:cohort_id, :kind, :level, :sender, :sender_member, :sender_name, :html, :html_en, :media,
             :choices, :choices_until, :audience, :scope, :over, :to_group, :what, :facts, :go_at, :life_until,
             :made_at)
           returning *""",
        notice,
    )


async def get(tx: Tx, id: int) -> Notice | None:
    return await tx.first(Notice, "select * from notice where id = :id", {"id": id})


async def set_draft(tx: Tx, notice: Notice) -> None:
    """Write a draft anew; what is on its way already is not touched."""
    await tx.do(
        """update notice set level = :level, html = :html, html_en = :html_en, media = :media, choices = :choices,
             choices_until = :choices_until, audience = :audience, scope = :scope, over = :over, to_group = :to_group,
             facts = :facts, go_at = :go_at, life_until = :life_until
           where id = :id and state in ('draft', 'asked')""",
        notice,
    )


async def set_body(tx: Tx, notice: Notice, now: datetime) -> None:
    """A correction: the words, the version; `corrected_at` stands in every copy (BC-08)."""
    await tx.do(
        """update notice set html = :html, html_en = :html_en, version = :version, corrected_at = :now
           where id = :id""",
        {"html": notice.html, "html_en": notice.html_en, "version": notice.version, "id": notice.id, "now": now},
    )


async def set_facts(tx: Tx, id: int, facts: dict[str, Any]) -> None:
    """What stands beside a notice: before and after of a change, a correction that is not confirmed yet (`fix`)."""
    await tx.do("update notice set facts = :facts where id = :id", {"id": id, "facts": facts})


async def set_state(tx: Tx, id: int, old: str, new: str) -> bool:
    """Move a notice on, which its card shows at once; False when it did not stand there any more (guarded)."""
    found = await tx.first(
        int,
        "update notice set state = :new, painted_at = null where id = :id and state = :old returning id",
        {"id": id, "old": old, "new": new},
    )
    return found is not None


async def set_confirmed(tx: Tx, id: int, by: int, go_at: datetime, life_until: datetime, now: datetime) -> None:
    """The sender said yes; it goes at `go_at`."""
    await tx.do(
        """update notice set confirmed_at = :now, confirmed_by = :by, go_at = :go_at, life_until = :life_until
           where id = :id""",
        {"id": id, "by": by, "go_at": go_at, "life_until": life_until, "now": now},
    )


async def set_second(tx: Tx, id: int, by: int) -> None:
    """A second person said yes (BC-14)."""
    await tx.do("update notice set second_by = :by where id = :id", {"id": id, "by": by})


async def set_begun(tx: Tx, id: int, now: datetime) -> None:
    await tx.do("update notice set begun_at = :now, stirred_at = :now where id = :id", {"id": id, "now": now})


async def set_sent(tx: Tx, id: int, now: datetime) -> None:
    await tx.do("update notice set sent_at = coalesce(sent_at, :now) where id = :id", {"id": id, "now": now})


async def set_ended(tx: Tx, id: int, now: datetime) -> None:
    await tx.do("update notice set ended_at = :now, stirred_at = :now where id = :id", {"id": id, "now": now})


async def set_trouble(tx: Tx, id: int, trouble: str) -> None:
    await tx.do("update notice set trouble = :trouble where id = :id", {"id": id, "trouble": trouble})


async def stir(tx: Tx, id: int, now: datetime) -> None:
    """Something about it changed: its card is painted anew soon."""
    await tx.do("update notice set stirred_at = :now where id = :id and stirred_at is null", {"id": id, "now": now})


async def stirred(tx: Tx, before: datetime, limit: int = 50) -> list[Notice]:
    """What is to be painted: changed, and not painted since `before`."""
    return await tx.all(
        Notice,
        """select * from notice where stirred_at is not null and (painted_at is null or painted_at <= :before)
           order by stirred_at, id limit :limit""",
        {"before": before, "limit": limit},
    )


async def sending(tx: Tx) -> list[Notice]:
    """Those that are being sent now."""
    return await tx.all(Notice, "select * from notice where state = 'sending' order by id")


async def waiting(tx: Tx) -> list[Notice]:
    """Those that are not urgent and of which something waits to be sent."""
    return await tx.all(
        Notice,
        """select * from notice where level <> 'urgent' and id in (
             select p.notice_id from outbox o join notice_person p on p.id = o.ledger_id
             where o.state = 'new' and o.part in ('copy', 'chase')) order by id""",
    )


async def behind(tx: Tx) -> list[int]:
    """Those that stand still, of which a copy on its way came to its end after the card was painted."""
    return await tx.all(
        int,
        """select n.id from notice n where n.state = 'paused' and exists (
             select 1 from notice_person p join outbox o on o.ledger_id = p.id
             where p.notice_id = n.id and o.part = 'copy' and o.sent_at >= n.painted_at)""",
    )


async def set_painted(tx: Tx, id: int, now: datetime) -> None:
    await tx.do("update notice set painted_at = :now, stirred_at = null where id = :id", {"id": id, "now": now})


async def of_cohort(tx: Tx, cohort_id: int, limit: int = 8, skip: int = 0) -> list[Notice]:
    """The notices of a class that were confirmed, the newest first; school-wide ones too."""
    return await tx.all(
        Notice,
        """select * from notice where state not in ('draft', 'asked')
           and (cohort_id = :id or exists (select 1 from notice_person p
                where p.notice_id = notice.id and p.cohort_id = :id))
           order by confirmed_at desc, id desc limit :limit offset :skip""",
        {"id": cohort_id, "limit": limit, "skip": skip},
    )


async def of_sender(tx: Tx, account_id: int, states: tuple[str, ...], limit: int = 8) -> list[Notice]:
    """Somebody's own notices in these states, the newest first."""
    found = await tx.all(
        Notice,
        "select * from notice where sender = :id order by id desc limit :limit",
        {"id": account_id, "limit": limit * 4},
    )
    return [n for n in found if n.state in states][:limit]


async def to_confirm(tx: Tx) -> list[Notice]:
    """Those to several classes that wait for a second person (BC-14)."""
    return await tx.all(Notice, "select * from notice where state = 'asked' order by id")


async def same_words(tx: Tx, notice: Notice, since: datetime) -> datetime | None:
    """When the same words last went to this class (the guard against sending twice)."""
    return await tx.first(
        datetime,
        """select begun_at from notice where cohort_id = :cohort_id and html = :html and media = :media
           and html || media <> '[]' and id <> :id and begun_at >= :since and state <> 'recalled'
           order by begun_at desc limit 1""",
        {"cohort_id": notice.cohort_id, "html": notice.html, "media": notice.media, "id": notice.id, "since": since},
    )


async def change_draft(tx: Tx, cohort_id: int, what: str) -> Notice | None:
    """The change notice of a session that nobody has sent yet."""
    return await tx.first(
        Notice,
        "select * from notice where cohort_id = :id and what = :what and state = 'draft'",
        {"id": cohort_id, "what": what},
    )


async def open_changes(tx: Tx, cohort_id: int) -> list[Notice]:
    """The change notices of a class that nobody has got yet, those that wait for their time too."""
    return await tx.all(
        Notice,
        """select * from notice where cohort_id = :id and kind = 'change' and what <> ''
           and state in ('draft', 'asked', 'queued') order by id""",
        {"id": cohort_id},
    )


async def remove(tx: Tx, id: int) -> None:
    """Throw a draft away that nobody has got."""
    draft = "select id from notice where id = :id and state in ('draft', 'asked')"
    await tx.do(f"delete from notice_event where notice_id in ({draft})", {"id": id})
    await tx.do(f"delete from notice where id in ({draft})", {"id": id})


async def add_event(
    tx: Tx, id: int, act: str, now: datetime, *, who: int | None = None, member_id: int | None = None, old: str = "",
    new: str = "", why: str = "",
) -> None:  # fmt: skip
    """Write one line of the history; never changed."""
    await tx.do(
        """insert into notice_event (notice_id, at, who, act, member_id, old, new, why)
           values (:id, :now, :who, :act, :member_id, :old, :new, :why)""",
        {"id": id, "now": now, "who": who, "act": act, "member_id": member_id, "old": old, "new": new, "why": why},
    )


async def events_of(tx: Tx, id: int) -> list[Event]:
    return await tx.all(Event, "select * from notice_event where notice_id = :id order by id", {"id": id})


async def group_posts(tx: Tx, cohort_id: int, since: datetime) -> int:
    """How many notices went to the group of a class since a moment (BC-15)."""
    return await tx.one(
        int,
        "select count(*) from notice where cohort_id = :id and to_group and begun_at >= :since",
        {"id": cohort_id, "since": since},
    )


async def pin(tx: Tx, id: int, chat_id: int, message_id: int, now: datetime) -> None:
    """Have the group's copy pinned, once."""
    await tx.do(
        """insert into outbox (chat_id, kind, message_id, once, priority, made_at)
           values (:chat_id, 'pin', :message_id, :once, 3, :now) on conflict (once) do nothing""",
        {"chat_id": chat_id, "message_id": message_id, "once": f"pin:{id}:{message_id}", "now": now},
    )
