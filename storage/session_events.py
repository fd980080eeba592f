"""Changes of the timetable: who did what to a session, when, old, new, why. What is being prepared is such a line too,
as long as its act is `draft`; it becomes history when it is carried out, and is never changed after that (TIME-01)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct, field

from storage.sessions import Session
from storage.tx import Tx

DRAFT = "draft"


class Change(Struct, frozen=True, kw_only=True):
    """One line. `old` and `new` are the whole session as it was and as it is then; empty: there was, or is, none."""

    id: int = 0
    cohort_id: int
    session_id: int = 0
    at: datetime
    who: int | None = None
    act: str = DRAFT
    old: dict[str, Any] = field(default_factory=dict)
    new: dict[str, Any] = field(default_factory=dict)
    why: str = ""

    @property
    def before(self) -> Session | None:
        return msgspec.convert(self.old, Session) if self.old else None

    @property
    def after(self) -> Session | None:
        return msgspec.convert(self.new, Session) if self.new else None


def kept(session: Session | None) -> dict[str, Any]:
    """A session as it stands in a line."""
    return msgspec.to_builtins(session) if session is not None else {}


async def add(tx: Tx, change: Change) -> Change:
    return await tx.one(
        Change,
        """insert into session_event (cohort_id, session_id, at, who, act, old, new, why)
           values (:cohort_id, :session_id, :at, :who, :act, :old, :new, :why) returning *""",
        change,
    )


async def get(tx: Tx, id: int) -> Change | None:
    return await tx.first(Change, "select * from session_event where id = :id", {"id": id})


async def set_new(tx: Tx, id: int, new: dict[str, Any]) -> None:
    """Go on preparing a change."""
    await tx.do("update session_event set new = :new where id = :id and act = 'draft'", {"id": id, "new": new})


async def set_why(tx: Tx, id: int, why: str) -> None:
    await tx.do("update session_event set why = :why where id = :id and act = 'draft'", {"id": id, "why": why})


async def carry_out(tx: Tx, change: Change) -> bool:
    """What was prepared becomes history, once; False when it has been carried out, or thrown away, already."""
    found = await tx.first(
        int,
        """update session_event set act = :act, session_id = :session_id, at = :at, new = :new
           where id = :id and act = 'draft' returning id""",
        change,
    )
    return found is not None


async def remove_draft(tx: Tx, id: int) -> None:
    """[先不改]: nothing was done, nothing stays."""
    await tx.do("delete from session_event where id = :id and act = 'draft'", {"id": id})


async def prune_drafts(tx: Tx, who: int, before: datetime) -> None:
    """Throw away what somebody began to prepare long ago."""
    await tx.do(
        "delete from session_event where who = :who and act = 'draft' and at < :before", {"who": who, "before": before}
    )


async def of_session(tx: Tx, cohort_id: int, session_id: int) -> list[Change]:
    """The history of a session, the oldest first."""
    return await tx.all(
        Change,
        """select * from session_event where cohort_id = :cohort_id and session_id = :session_id and act <> 'draft'
           order by id""",
        {"cohort_id": cohort_id, "session_id": session_id},
    )
