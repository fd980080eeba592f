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
    closed_by: int | None = None
    headcount: int | None = None
    reconciled: bool = False
    nudged_at: datetime | None = None
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
           r.closed_by, r.headcount, r.reconciled, r.nudged_at, s.mode, s.title, s.title_en, s.place, s.place_en,
           s.day"""


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


async def to_call(tx: Tx, cohort_id: int, now: datetime) -> Roll | None:
    """The list that somebody means who calls people now: the last that has opened and is not closed."""
    return await tx.first(
        Roll,
        f"""select {_ROLL} from roll r join session s on s.id = r.session_id
            where r.cohort_id = :cohort_id and r.opens_at <= :now and r.closed_at is null
              and not s.cancelled and r.state <> 'cancelled' order by r.bell_at desc limit 1""",
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


async def last_bell(tx: Tx, cohort_id: int, now: datetime) -> datetime | None:
    """When the last list that has begun by now began."""
    return await tx.first(
        datetime,
        "select max(bell_at) from roll where cohort_id = :id and bell_at <= :now having max(bell_at) is not null",
        {"id": cohort_id, "now": now},
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


async def close(tx: Tx, id: int, who: int, judged_by: str, now: datetime) -> bool:
    """Close a list that is not closed; `judged_by` are the numbers of that moment (RULE-1). False: it was closed."""
    found = await tx.first(
        int,
        """update roll set state = 'closed', closed_at = :now, closed_by = :who, judged_by = :judged_by
           where id = :id and closed_at is null returning id""",
        {"id": id, "who": who, "judged_by": judged_by, "now": now},
    )
    return found is not None


async def reopen(tx: Tx, id: int, now: datetime) -> bool:
    """Open a closed list again for staff. False: it was not closed."""
    found = await tx.first(
        int,
        """update roll set state = 'staff_only', closed_at = null, closed_by = null, reopened_at = :now
           where id = :id and closed_at is not null returning id""",
        {"id": id, "now": now},
    )
    return found is not None


async def set_headcount(tx: Tx, id: int, count: int | None, reconciled: bool, now: datetime) -> None:
    """Keep the number in the room; None takes it back."""
    await tx.do(
        "update roll set headcount = :count, reconciled = :reconciled, counted_at = :now where id = :id",
        {"id": id, "count": count, "reconciled": reconciled, "now": now},
    )


async def set_nudged(tx: Tx, id: int, now: datetime, before: datetime) -> bool:
    """Note that the missing are reminded now. False: they were after `before` (at most once in 10 min)."""
    found = await tx.first(
        int,
        "update roll set nudged_at = :now where id = :id and (nudged_at is null or nudged_at <= :before) returning id",
        {"id": id, "now": now, "before": before},
    )
    return found is not None


async def hand_in(tx: Tx, id: int, group_no: int, member_id: int | None, now: datetime) -> None:
    """A leader has called the whole group; handing in again moves the time."""
    await tx.do(
        """insert into roll_group (roll_id, group_no, handed_in_by, at) values (:id, :group_no, :member_id, :now)
           on conflict (roll_id, group_no) do update set handed_in_by = excluded.handed_in_by, at = excluded.at""",
        {"id": id, "group_no": group_no, "member_id": member_id, "now": now},
    )


async def handed_in(tx: Tx, id: int) -> list[int]:
    """The groups of a list whose leader has handed in."""
    return await tx.all(int, "select group_no from roll_group where roll_id = :id order by group_no", {"id": id})


async def of_cohort(tx: Tx, cohort_id: int) -> list[Roll]:
    """All lists of a class in order of time, without those of cancelled sessions."""
    return await tx.all(
        Roll,
        f"""select {_ROLL} from roll r join session s on s.id = r.session_id
            where r.cohort_id = :cohort_id and not s.cancelled and r.state <> 'cancelled' order by r.bell_at, r.id""",
        {"cohort_id": cohort_id},
    )


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
    """The sessions in whose list somebody is marked, or about which somebody asks: nobody drops them."""
    found = await tx.all(
        int,
        """select distinct r.session_id from mark k join roll r on r.id = k.roll_id where r.cohort_id = :id
           union select session_id from question where cohort_id = :id and session_id is not null
           union select together_id from question where cohort_id = :id and together_id is not null""",
        {"id": cohort_id},
    )
    return set(found)


async def asking(tx: Tx, roll_id: int) -> set[int]:
    """Members whose request for leave at the time of this list waits for a decision (LEAVE-06)."""
    found = await tx.all(
        int,
        """select l.member_id from roll r join session s on s.id = r.session_id
           join leave l on l.cohort_id = r.cohort_id and l.starts_at < s.ends_at and l.ends_at > s.starts_at
           where r.id = :id and l.state in ('pending', 'need_material')""",
        {"id": roll_id},
    )
    return set(found)
