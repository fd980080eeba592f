"""Answers to what people did earlier: sent at once, or waiting for the next joint post (SCH-13)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from chat.messages import Lines, Say
from chat.packed import pack, unpack
from storage.tx import Tx

NEW, SENT, JOINED, ON_CARD = "new", "sent", "joined", "card"
"""It waits; it went at once; it went with a joint post; it stands on a day card."""


class JointItem(Struct, frozen=True, kw_only=True):
    """One answer to one person; `day` is the day of the class on which it was given."""

    id: int
    member_id: int
    once: str
    body: str
    day: str
    state: str
    made_at: datetime
    posted_at: datetime | None = None

    @property
    def text(self) -> Say | Lines:
        return unpack(self.body)


_ITEM = "id, member_id, once, body, day, state, made_at, posted_at"


async def add(
    tx: Tx, member_id: int, day: str, once: str, body: Say | Lines, state: str, now: datetime
) -> bool:  # fmt: skip
    """Note an answer. False when one with this key was given before."""
    found = await tx.first(
        int,
        """insert into joint_item (member_id, once, body, day, state, made_at, posted_at)
           values (:member_id, :once, :body, :day, :state, :now, :posted_at)
           on conflict (once) do nothing returning id""",
        {"member_id": member_id, "once": once, "body": pack(body), "day": day, "state": state, "now": now,
         "posted_at": now if state == SENT else None},
    )  # fmt: skip
    return found is not None


async def drop(tx: Tx, once: str) -> None:
    """An answer that still waits for the others is not told any more: a newer one is."""
    await tx.do("delete from joint_item where once = :once and state = 'new'", {"once": once})


async def get(tx: Tx, once: str) -> JointItem | None:
    return await tx.first(JointItem, f"select {_ITEM} from joint_item where once = :once", {"once": once})


async def joined_with(tx: Tx, item: JointItem) -> list[JointItem]:
    """All that went with the same joint post, as it stood there."""
    return await tx.all(
        JointItem,
        f"""select {_ITEM} from joint_item where member_id = :member_id and posted_at = :posted_at
              and state = 'joined' order by made_at, id""",
        {"member_id": item.member_id, "posted_at": item.posted_at},
    )


async def set_body(tx: Tx, id: int, body: Say | Lines) -> None:
    """What was told says something else now."""
    await tx.do("update joint_item set body = :body where id = :id", {"id": id, "body": pack(body)})


async def known(tx: Tx, once: str) -> bool:
    """Whether an answer with this key was given."""
    return await tx.first(int, "select id from joint_item where once = :once", {"once": once}) is not None


async def sent_on(tx: Tx, member_id: int, day: str) -> int:
    """How many answers went at once to a person on a day."""
    return await tx.one(
        int,
        "select count(*) from joint_item where member_id = :id and day = :day and state = 'sent'",
        {"id": member_id, "day": day},
    )


async def waiting(tx: Tx, cohort_id: int) -> dict[int, list[JointItem]]:
    """What waits in a class, by member, the oldest first."""
    rows = await tx.all(
        JointItem,
        """select j.id, j.member_id, j.once, j.body, j.day, j.state, j.made_at
           from joint_item j join member m on m.id = j.member_id
           where m.cohort_id = :id and j.state = 'new' order by j.made_at, j.id""",
        {"id": cohort_id},
    )
    found: dict[int, list[JointItem]] = {}
    for row in rows:
        found.setdefault(row.member_id, []).append(row)
    return found


async def set_state(tx: Tx, ids: Iterable[int], state: str, now: datetime) -> None:
    """Say what became of answers that waited."""
    await tx.many(
        "update joint_item set state = :state, posted_at = :now where id = :id and state = 'new'",
        [{"id": id, "state": state, "now": now} for id in ids],
    )
