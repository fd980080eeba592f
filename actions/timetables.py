"""The timetable of a class from its file: sessions, their places in words, their lists (TIME-02, ATT-01)."""

from __future__ import annotations

import secrets
from datetime import timedelta

from msgspec import structs

from actions.change_words import Changed
from actions.differences import Difference, differ, never
from rules.classfile import ClassFile, SessionRow
from rules.days import moment
from rules.plans import has_list, window
from storage import rolls, sessions
from storage.cohorts import Cohort
from storage.sessions import Session
from storage.tx import Tx


async def import_timetable(tx: Tx, cohort: Cohort, file: ClassFile) -> tuple[Difference, list[Changed]]:
    """Add, change and take out sessions by their ids; one in which somebody was marked is cancelled, not dropped. Gives
    the numbers, and each session as it was and as it is."""
    stored = {s.ref: s for s in await sessions.of_cohort(tx, cohort.id)}
    with_marks = await rolls.with_marks(tx, cohort.id)
    rooms = {r.room_id: (r.name_zh, r.name_en or r.name_zh) for r in file.rooms}
    sites = {s.site_id: (s.name_zh, s.name_en or s.name_zh) for s in file.sites}

    async def put(session: Session) -> None:
        id = await sessions.put(tx, session)
        if has_list(session):
            opens, shuts = window(session, file.settings)
            secret = secrets.token_hex(16)
            await rolls.put(tx, cohort.id, id, secret, opens, session.starts_at, shuts)
        else:
            await rolls.remove_of(tx, id)

    async def remove(session: Session) -> bool:
        if session.id in with_marks:
            await sessions.set_cancelled(tx, session.id)
            return False
        await sessions.remove(tx, session.id)
        return True

    new = {row.session_id: _session(cohort, row, rooms, sites) for row in file.sessions}
    result = await differ("timetable", {r: structs.replace(s, id=0) for r, s in stored.items() if r in new},
                           new, put, never)  # fmt: skip
    gone = await differ("timetable", {r: s for r, s in stored.items() if r not in new and not s.cancelled}, {}, put,
                         remove)  # fmt: skip
    await _move_lists(tx, cohort, file)
    changes = await _changes(tx, cohort, stored)
    return structs.replace(result, gone=gone.gone, kept=gone.kept), changes


async def _changes(tx: Tx, cohort: Cohort, stored: dict[str, Session]) -> list[Changed]:
    """What is different now, in order of time; a session that was taken out is cancelled for everybody."""
    table = {s.ref: s for s in await sessions.of_cohort(tx, cohort.id)}
    gone = [Changed(s, structs.replace(s, cancelled=True)) for ref, s in stored.items() if ref not in table]
    differs = [Changed(stored.get(ref), s) for ref, s in table.items() if stored.get(ref) != s]
    return sorted([*gone, *differs], key=lambda one: (one.session.starts_at, one.session.ref))


async def _move_lists(tx: Tx, cohort: Cohort, file: ClassFile) -> None:
    """Numbers of the class may have changed: open lists are opened and shut by the new ones."""
    for session in await sessions.of_cohort(tx, cohort.id):
        if has_list(session):
            opens, shuts = window(session, file.settings)
            await rolls.put(tx, cohort.id, session.id, secrets.token_hex(16), opens, session.starts_at, shuts)


def _session(
    cohort: Cohort, row: SessionRow, rooms: dict[str, tuple[str, str]], sites: dict[str, tuple[str, str]]
) -> Session:
    starts = moment(row.date, row.start, cohort.timezone)
    ends = moment(row.date + timedelta(days=row.end <= row.start), row.end, cohort.timezone)
    place = _place(row, rooms, sites, 0)
    return Session(
        cohort_id=cohort.id, ref=row.session_id, day=row.day, starts_at=starts, ends_at=ends, kind=row.kind,
        credit_hours=row.credit_hours, title=row.title_zh, title_en=row.title_en, course=row.course_id,
        lead_ref=row.lead_id, site_ref=row.site_id, room_ref=row.room_id, place=place,
        place_en=_place(row, rooms, sites, 1), mode=row.checkin_mode, evaluate=row.evaluate, required=row.required,
        unit=row.unit, note=row.note_zh,
    )  # fmt: skip


def _place(row: SessionRow, rooms: dict[str, tuple[str, str]], sites: dict[str, tuple[str, str]], lang: int) -> str:
    """Where a session is, in words: the room; the rooms from … to …; else the site."""
    if row.room_id in rooms:
        return rooms[row.room_id][lang]
    ends = [part.strip() for part in row.room_id.split("-")]
    if len(ends) == 2 and all(end in rooms for end in ends):
        return "–".join(rooms[end][lang] for end in ends)
    return sites[row.site_id][lang] if row.site_id in sites else row.room_id
