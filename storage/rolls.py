"""Lists (点名表): the attendance of one session."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Roll(Struct, frozen=True, kw_only=True):
    """A list with what is needed of its session. `secret` is what the codes are drawn from."""

    id: int
    session_id: int
    cohort_id: int
    state: str
    secret: str
    opens_at: datetime
    bell_at: datetime
    shuts_at: datetime
    closed_at: datetime | None = None
    mode: str = "code"
    title: str = ""
    title_en: str = ""
    place: str = ""
    place_en: str = ""
    day: int = 0
    status: str | None = None
    """The asker's own mark, where a statement looks for it."""
    marked_at: datetime | None = None

    def title_in(self, lang: str) -> str:
        return self.title_en or self.title if lang == "en" else self.title

    def place_in(self, lang: str) -> str:
        return self.place_en or self.place if lang == "en" else self.place


_ROLL = """r.id, r.session_id, r.cohort_id, r.state, r.secret, r.opens_at, r.bell_at, r.shuts_at, r.closed_at,
           s.mode, s.title, s.title_en, s.place, s.place_en, s.day"""


async def put(tx: Tx, cohort_id: int, session_id: int, secret: str,
              opens_at: datetime, bell_at: datetime, shuts_at: datetime) -> None:  # fmt: skip
    """Make the list of a session, or move its times while it is not closed."""
    await tx.do(
        """insert into roll (cohort_id, session_id, secret, opens_at, bell_at, shuts_at)
           values (:cohort_id, :session_id, :secret, :opens_at, :bell_at, :shuts_at)
           on conflict (session_id) do update set opens_at = excluded.opens_at, bell_at = excluded.bell_at,
             shuts_at = excluded.shuts_at where roll.closed_at is null""",
        {"cohort_id": cohort_id, "session_id": session_id, "secret": secret, "opens_at": opens_at,
         "bell_at": bell_at, "shuts_at": shuts_at},
    )  # fmt: skip


async def remove_of(tx: Tx, session_id: int) -> None:
    """A session that is not called any more has no list, unless somebody was marked in it."""
    await tx.do(
        """delete from roll where session_id = :id
           and not exists (select 1 from mark where mark.roll_id = roll.id)""",
        {"id": session_id},
    )


async def get(tx: Tx, id: int) -> Roll | None:
    return await tx.first(
        Roll, f"select {_ROLL} from roll r join session s on s.id = r.session_id where r.id = :id", {"id": id}
    )


async def of_session(tx: Tx, session_id: int) -> Roll | None:
    """The list of a session."""
    return await tx.first(
        Roll,
        f"select {_ROLL} from roll r join session s on s.id = r.session_id where s.id = :id",
        {"id": session_id},
    )


async def open_at(tx: Tx, cohort_id: int, member_id: int, at: datetime) -> list[Roll]:
    """The lists of a class that are open at a moment, the latest bell first, with the member's own mark."""
    return await tx.all(
        Roll,
        f"""select {_ROLL}, k.status, k.at as marked_at from roll r join session s on s.id = r.session_id
            left join mark k on k.roll_id = r.id and k.member_id = :member_id
            where r.cohort_id = :cohort_id and r.opens_at <= :at and r.shuts_at >= :at
              and r.closed_at is null and r.state <> 'cancelled' and not s.cancelled
            order by r.bell_at desc""",
        {"cohort_id": cohort_id, "member_id": member_id, "at": at},
    )


async def around(tx: Tx, cohort_id: int, now: datetime) -> Roll | None:
    """The list that matters most at a moment: one that is on (the latest bell), else the next, else the last."""
    return await tx.first(
        Roll,
        f"""select {_ROLL} from roll r join session s on s.id = r.session_id
            where r.cohort_id = :cohort_id and not s.cancelled and r.state <> 'cancelled'
            order by case when r.opens_at > :now then 1 when r.shuts_at < :now and s.ends_at < :now then 2 else 0 end,
                     case when r.opens_at > :now then r.bell_at else -r.bell_at end limit 1""",
        {"cohort_id": cohort_id, "now": now},
    )


async def next_after(tx: Tx, cohort_id: int, at: datetime) -> Roll | None:
    """The next list that will open."""
    return await tx.first(
        Roll,
        f"""select {_ROLL} from roll r join session s on s.id = r.session_id
            where r.cohort_id = :cohort_id and r.opens_at > :at and not s.cancelled and r.state <> 'cancelled'
            order by r.opens_at limit 1""",
        {"cohort_id": cohort_id, "at": at},
    )


async def last_before(tx: Tx, cohort_id: int, member_id: int, at: datetime, since: datetime) -> Roll | None:
    """The list that shut last, if that was not before `since`, with the member's own mark."""
    return await tx.first(
        Roll,
        f"""select {_ROLL}, k.status, k.at as marked_at from roll r join session s on s.id = r.session_id
            left join mark k on k.roll_id = r.id and k.member_id = :member_id
            where r.cohort_id = :cohort_id and r.shuts_at < :at and r.shuts_at >= :since and not s.cancelled
            order by r.shuts_at desc limit 1""",
        {"cohort_id": cohort_id, "member_id": member_id, "at": at, "since": since},
    )


async def stir(tx: Tx, id: int, now: datetime) -> None:
    """Something in the list changed: its live card is to be painted anew."""
    await tx.do("update roll set stirred_at = :now where id = :id and stirred_at is null", {"id": id, "now": now})


async def stir_open(tx: Tx, mode: str, now: datetime, minute: datetime) -> None:
    """Stir the open lists of a mode that were not painted since this minute began."""
    await tx.do(
        """update roll set stirred_at = :now where stirred_at is null and opens_at <= :now and shuts_at >= :now
           and closed_at is null and painted_at < :minute
           and session_id in (select id from session where mode = :mode and not cancelled)""",
        {"mode": mode, "now": now, "minute": minute},
    )


async def stirred(tx: Tx, painted_before: datetime) -> list[Roll]:
    """The lists whose live card is behind and was not painted just now (ATT-12: at most every 10 s)."""
    return await tx.all(
        Roll,
        f"""select {_ROLL} from roll r join session s on s.id = r.session_id
            where r.stirred_at is not null and (r.painted_at is null or r.painted_at <= :before)""",
        {"before": painted_before},
    )


async def set_painted(tx: Tx, id: int, now: datetime) -> None:
    await tx.do("update roll set stirred_at = null, painted_at = :now where id = :id", {"id": id, "now": now})


async def set_state(tx: Tx, id: int, state: str) -> None:
    """Move a list along section 21; a closed one stays closed."""
    await tx.do("update roll set state = :state where id = :id and closed_at is null", {"id": id, "state": state})


async def of_day(tx: Tx, cohort_id: int, day: int) -> list[Roll]:
    return await tx.all(
        Roll,
        f"""select {_ROLL} from roll r join session s on s.id = r.session_id
            where r.cohort_id = :cohort_id and s.day = :day and not s.cancelled order by r.bell_at""",
        {"cohort_id": cohort_id, "day": day},
    )


async def with_marks(tx: Tx, cohort_id: int) -> set[int]:
    """The sessions in whose list somebody is marked: nobody drops them."""
    found = await tx.all(
        int,
        """select distinct r.session_id from mark k join roll r on r.id = k.roll_id where r.cohort_id = :id""",
        {"id": cohort_id},
    )
    return set(found)
