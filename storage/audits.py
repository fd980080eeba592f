"""The audit: who did what, when, old, new, why. Only ever added to (XC-05)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


async def add(
    tx: Tx, now: datetime, act: str, about: str, *, who: int | None = None, cohort_id: int | None = None,
    old: str = "", new: str = "", why: str = "",
) -> None:  # fmt: skip
    """Write one line. `who` is an account id; None is the machine or the command line."""
    await tx.do(
        """insert into audit (at, cohort_id, who, act, about, old, new, why)
           values (:now, :cohort_id, :who, :act, :about, :old, :new, :why)""",
        {"now": now, "cohort_id": cohort_id, "who": who, "act": act, "about": about, "old": old, "new": new,
         "why": why},
    )  # fmt: skip


class Line(Struct, frozen=True, kw_only=True):
    """One line as it is read. `name` is who did it: by the seat in the class, else as Telegram says; "" is the
    machine."""

    id: int
    at: datetime
    act: str
    about: str
    old: str
    new: str
    why: str
    name: str
    thing: str = ""
    """What it was about, by name, where that is somebody or a list of the class."""


class Wanted(Struct, frozen=True, kw_only=True):
    """Which lines of a class: of one kind (`act` or how it begins), with these words, older than a line."""

    cohort_id: int
    school: bool = False
    """With the lines that belong to no class."""
    act: str = ""
    words: str = ""
    before: int = 0


async def found(tx: Tx, wanted: Wanted, limit: int) -> list[Line]:
    """The newest lines that are wanted."""
    return await tx.all(
        Line,
        """select a.id, a.at, a.act, a.about, a.old, a.new, a.why,
                  coalesce(nullif(m.name, ''), c.first_name, '') as name,
                  coalesce(case when a.about like 'member:%' then
                    (select b.name from member b where b.cohort_id = :cohort_id and 'member:' || b.id = a.about)
                  when a.about like 'roll:%' then
                    (select s.title from roll r join session s on s.id = r.session_id
                     where r.cohort_id = :cohort_id and 'roll:' || r.id = a.about) end, '') as thing
           from audit a left join account c on c.id = a.who
           left join member m on m.account_id = a.who and m.cohort_id = :cohort_id
           where (a.cohort_id = :cohort_id or (a.cohort_id is null and :school)) and (a.id < :before or :before = 0)
             and a.act like :act
             and (:any or lower(coalesce(m.name, '') || ' ' || a.about || ' ' || a.old || ' ' || a.new || ' ' || a.why)
                  like :words)
           order by a.id desc limit :limit""",
        {"cohort_id": wanted.cohort_id, "school": wanted.school, "before": wanted.before, "act": wanted.act + "%",
         "any": not wanted.words, "words": f"%{wanted.words.lower()}%", "limit": limit},
    )  # fmt: skip
