"""The timetable: one row a session (课次)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Session(Struct, frozen=True, kw_only=True):
    """One row of the timetable. Times are instants; `day` counts the days of the class from 1."""

    id: int = 0
    cohort_id: int
    ref: str
    day: int
    starts_at: datetime
    ends_at: datetime
    kind: str
    credit_hours: int = 0
    title: str
    title_en: str = ""
    course: str = ""
    lead_ref: str = ""
    site_ref: str = ""
    room_ref: str = ""
    place: str = ""
    place_en: str = ""
    mode: str = "none"
    evaluate: bool = False
    required: bool = False
    unit: str = "class"
    note: str = ""
    cancelled: bool = False

    def title_in(self, lang: str) -> str:
        """The title in the reader's language, Chinese where English is missing (UI-06)."""
        return self.title_en or self.title if lang == "en" else self.title

    def place_in(self, lang: str) -> str:
        return self.place_en or self.place if lang == "en" else self.place


async def of_cohort(tx: Tx, cohort_id: int) -> list[Session]:
    """The whole timetable in order of time, cancelled rows too."""
    return await tx.all(
        Session, "select * from session where cohort_id = :id order by starts_at, ref", {"id": cohort_id}
    )


async def of_day(tx: Tx, cohort_id: int, day: int) -> list[Session]:
    return await tx.all(
        Session,
        "select * from session where cohort_id = :id and day = :day and not cancelled order by starts_at, ref",
        {"id": cohort_id, "day": day},
    )


async def get(tx: Tx, id: int) -> Session:
    return await tx.one(Session, "select * from session where id = :id", {"id": id})


async def by_id(tx: Tx, id: int) -> Session | None:
    """A session by an id that may be nobody's."""
    return await tx.first(Session, "select * from session where id = :id", {"id": id})


async def put(tx: Tx, session: Session) -> int:
    """Add a row or bring it up to date by its id of the file. Gives its id."""
    return await tx.one(
        int,
        """insert into session (cohort_id, ref, day, starts_at, ends_at, kind, credit_hours, title, title_en, course,
             lead_ref, site_ref, room_ref, place, place_en, mode, evaluate, required, unit, note, cancelled)
           values (:cohort_id, :ref, :day, :starts_at, :ends_at, :kind, :credit_hours, :title, :title_en, :course,
             :lead_ref, :site_ref, :room_ref, :place, :place_en, :mode, :evaluate, :required, :unit, :note, :cancelled)
           on conflict (cohort_id, ref) do update set day = excluded.day, starts_at = excluded.starts_at,
             ends_at = excluded.ends_at, kind = excluded.kind, credit_hours = excluded.credit_hours,
             title = excluded.title, title_en = excluded.title_en, course = excluded.course,
             lead_ref = excluded.lead_ref, site_ref = excluded.site_ref, room_ref = excluded.room_ref,
             place = excluded.place, place_en = excluded.place_en, mode = excluded.mode,
             evaluate = excluded.evaluate, required = excluded.required, unit = excluded.unit, note = excluded.note,
             cancelled = excluded.cancelled
           returning id""",
        session,
    )


async def change(tx: Tx, old: Session, new: Session) -> bool:
    """Change time, place, lecturer or life of a session that stands as `old`; False when it does not any more."""
    was = {f"was_{name}": getattr(old, name) for name in ("starts_at", "ends_at", "lead_ref", "place", "cancelled")}
    found = await tx.first(
        int,
        """update session set day = :day, starts_at = :starts_at, ends_at = :ends_at, lead_ref = :lead_ref,
             site_ref = :site_ref, room_ref = :room_ref, place = :place, place_en = :place_en, cancelled = :cancelled
           where id = :id and starts_at = :was_starts_at and ends_at = :was_ends_at and lead_ref = :was_lead_ref
             and place = :was_place and cancelled = :was_cancelled returning id""",
        {**{name: getattr(new, name) for name in new.__struct_fields__}, "id": old.id, **was},
    )
    return found is not None


async def remove(tx: Tx, id: int) -> None:
    """Take a session out that nobody was ever marked in."""
    await tx.do("delete from roll where session_id = :id", {"id": id})
    await tx.do("delete from session where id = :id", {"id": id})


async def set_cancelled(tx: Tx, id: int) -> None:
    await tx.do("update session set cancelled = true where id = :id", {"id": id})
