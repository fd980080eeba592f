"""The audit: who did what, when, old, new, why. Only ever added to (XC-05)."""

from __future__ import annotations

from collections.abc import Iterable
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
    somebody: bool = False
    """Who did it is not for this reader."""
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
    sealed: tuple[str, ...] = ()
    """How acts begin of which this reader gets neither old nor new nor why."""
    nameless: tuple[str, ...] = ()
    """How acts begin of which this reader does not learn who did them."""


async def found(tx: Tx, wanted: Wanted, limit: int) -> list[Line]:
    """The newest lines that are wanted. What a reader does not get is not searched either, or the words would tell."""
    beginnings = {f"{kind}{n}": f"{act}%" for kind in ("sealed", "nameless")
                  for n, act in enumerate(getattr(wanted, kind))}  # fmt: skip
    sealed, nameless = (
        _any_of(name for name in beginnings if name.startswith(kind)) for kind in ("sealed", "nameless")
    )
    return await tx.all(
        Line,
        f"""select a.id, a.at, a.act, a.about, case when {sealed} then '' else a.old end as old,
                  case when {sealed} then '' else a.new end as new, case when {sealed} then '' else a.why end as why,
                  case when {nameless} then '' else coalesce(nullif(m.name, ''), c.first_name, '') end as name,
                  {nameless} as somebody,
                  coalesce(case when a.about like 'member:%' then
                    (select b.name from member b where b.cohort_id = :cohort_id and 'member:' || b.id = a.about)
                  when a.about like 'roll:%' then
                    (select s.title from roll r join session s on s.id = r.session_id
                     where r.cohort_id = :cohort_id and 'roll:' || r.id = a.about) end, '') as thing
           from audit a left join account c on c.id = a.who
           left join member m on m.account_id = a.who and m.cohort_id = :cohort_id
           where (a.cohort_id = :cohort_id or (a.cohort_id is null and :school)) and (a.id < :before or :before = 0)
             and a.act like :act
             and (:any or lower(case when {nameless} then '' else coalesce(m.name, '') end || ' ' || a.about || ' '
                  || case when {sealed} then '' else a.old || ' ' || a.new || ' ' || a.why end) like :words)
           order by a.id desc limit :limit""",
        {"cohort_id": wanted.cohort_id, "school": wanted.school, "before": wanted.before, "act": wanted.act + "%",
         "any": not wanted.words, "words": f"%{wanted.words.lower()}%", "limit": limit, "never": False, **beginnings},
    )  # fmt: skip


def _any_of(names: Iterable[str]) -> str:
    """A condition: the act begins in one of these ways."""
    return " or ".join([":never", *(f"a.act like :{name}" for name in names)])
