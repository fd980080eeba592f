"""Daily logs (学员日志), one a person a day; long: a log with its parts and its versions is one family of tables."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct

from rules.logs import Stand
from storage.tx import Tx

KEPT, OVER, GONE, LOST = "kept", "over", "gone", "lost"
"""A part: in the log; more than the log takes; taken out by the writer; not to be had from Telegram any more."""


class Log(Struct, frozen=True, kw_only=True):
    """One log. `text`, `chars` and `flags` are those of the version that was handed in last."""

    id: int = 0
    cohort_id: int
    member_id: int
    day: int
    state: str = "draft"
    was: str = ""
    version: int = 0
    source: str = "self"
    entered_by: int | None = None
    mood: str = ""
    private: bool = False
    text: str = ""
    chars: int = 0
    flags: tuple[str, ...] = ()
    made_at: datetime
    handed_at: datetime | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    read_at: datetime | None = None
    read_by: int | None = None
    answered_at: datetime | None = None
    starred_at: datetime | None = None
    returns: int = 0
    return_until: datetime | None = None
    reason: str = ""
    claimed_by: int | None = None
    """An account."""
    claimed_until: datetime | None = None
    asked: bool = False

    @property
    def stand(self) -> Stand:
        """What decides whether it may be handed in."""
        return Stand(state=self.state, was=self.was, version=self.version, opens_at=self.opens_at,
                     closes_at=self.closes_at, return_until=self.return_until)  # fmt: skip


ALL = """l.id, l.cohort_id, l.member_id, l.day, l.state, l.was, l.version, l.source, l.entered_by, l.mood, l.private,
  l.text, l.chars, l.flags, l.made_at, l.handed_at, l.opens_at, l.closes_at, l.read_at, l.read_by, l.answered_at,
  l.starred_at,
  l.returns, l.return_until, l.reason, l.claimed_by, l.claimed_until, l.asked"""
"""Every column but the prints, which only the search for near copies reads."""


class Part(Struct, frozen=True, kw_only=True):
    """Something that was sent for a log: words, or a file by its file id; `body` is the text or caption."""

    id: int = 0
    log_id: int
    message_id: int | None = None
    kind: str = "text"
    slot: str = ""
    body: str = ""
    file_id: str = ""
    file_name: str = ""
    size: int = 0
    seconds: int = 0
    album: str = ""
    state: str = KEPT
    media_id: int | None = None
    at: datetime


class Version(Struct, frozen=True, kw_only=True):
    """What was handed in at one time."""

    log_id: int
    no: int
    body: str
    parts: tuple[int, ...] = ()
    state: str
    source: str = "self"
    at: datetime


class _Begins(Struct, frozen=True):
    """When a day begins."""

    day: int
    begins: datetime


async def days(tx: Tx, cohort_id: int) -> dict[int, datetime]:
    """The training days: for each the beginning of its first session."""
    found = await tx.all(
        _Begins,
        """select day, min(starts_at) as begins from session where cohort_id = :id and not cancelled and day > 0
           group by day order by day""",
        {"id": cohort_id},
    )
    return {row.day: row.begins for row in found}


async def class_ends(tx: Tx, cohort_id: int) -> datetime | None:
    """The end of the last session of a class."""
    return await tx.first(
        datetime,
        "select ends_at from session where cohort_id = :id and not cancelled order by ends_at desc limit 1",
        {"id": cohort_id},
    )


async def get(tx: Tx, id: int) -> Log | None:
    return await tx.first(Log, f"select {ALL} from log l where l.id = :id", {"id": id})


async def of_day(tx: Tx, member_id: int, day: int) -> Log | None:
    return await tx.first(
        Log, f"select {ALL} from log l where l.member_id = :m and l.day = :day", {"m": member_id, "day": day}
    )


async def of_member(tx: Tx, member_id: int) -> list[Log]:
    """All logs of a person, by day; drafts too."""
    return await tx.all(Log, f"select {ALL} from log l where l.member_id = :id order by l.day", {"id": member_id})


async def of_cohort_day(tx: Tx, cohort_id: int, day: int) -> dict[int, Log]:
    """The logs of a day of a class by member; drafts too."""
    found = await tx.all(
        Log, f"select {ALL} from log l where l.cohort_id = :c and l.day = :day", {"c": cohort_id, "day": day}
    )
    return {log.member_id: log for log in found}


async def drafts_of(tx: Tx, cohort_id: int, day: int) -> set[int]:
    """Who has something in a draft of a day that was never handed in; an empty one is none."""
    found = await tx.all(
        int,
        """select l.member_id from log l where l.cohort_id = :c and l.day = :day and l.version = 0 and exists
             (select 1 from log_part p where p.log_id = l.id and p.state = 'kept'
              and (p.kind <> 'text' or p.body <> ''))""",
        {"c": cohort_id, "day": day},
    )
    return set(found)


async def begin(tx: Tx, log: Log) -> Log:
    """The draft of a person's day, new or the one there is (LOG-01)."""
    return await tx.one(
        Log,
        f"""insert into log as l (cohort_id, member_id, day, source, entered_by, made_at, known)
            values (:cohort_id, :member_id, :day, :source, :entered_by, :made_at,
              exists (select 1 from log o where o.member_id = :member_id and o.known))
            on conflict (member_id, day) do update set day = excluded.day returning {ALL.replace("l.", "")}""",
        log,
    )


async def add_part(tx: Tx, part: Part) -> int | None:
    """Keep a part; None where this message is in the log already."""
    return await tx.first(
        int,
        """insert into log_part (log_id, message_id, kind, slot, body, file_id, file_name, size, seconds, album, state,
             at)
           values (:log_id, :message_id, :kind, :slot, :body, :file_id, :file_name, :size, :seconds, :album, :state,
             :at)
           on conflict (log_id, message_id) do nothing returning id""",
        part,
    )


async def parts_of(tx: Tx, log_id: int) -> list[Part]:
    """Everything that was sent for a log, in order; also what was taken out."""
    return await tx.all(Part, "select * from log_part where log_id = :id order by id", {"id": log_id})


class Count(Struct, frozen=True):
    """So many parts of one kind stand in a log in one state."""

    kind: str
    state: str
    n: int
    chars: int


async def counts_of(tx: Tx, log_id: int) -> list[Count]:
    """How much of each kind is in a log; what one part more costs must not grow with the log."""
    return await tx.all(
        Count,
        """select kind, state, count(*) as n, sum(length(body)) as chars from log_part where log_id = :id
           group by kind, state""",
        {"id": log_id},
    )


async def part(tx: Tx, id: int) -> Part | None:
    return await tx.first(Part, "select * from log_part where id = :id", {"id": id})


async def part_of_message(tx: Tx, member_id: int, message_id: int) -> Part | None:
    """The part that a person's message has become, in whatever log."""
    return await tx.first(
        Part,
        """select p.* from log_part p join log l on l.id = p.log_id where l.member_id = :m and p.message_id = :n""",
        {"m": member_id, "n": message_id},
    )


async def of_album(tx: Tx, member_id: int, album: str) -> Log | None:
    """The log that an album of a person's belongs to."""
    return await tx.first(
        Log,
        f"""select {ALL} from log l join log_part p on p.log_id = l.id
            where l.member_id = :m and p.album = :album order by p.id desc limit 1""",
        {"m": member_id, "album": album},
    )


async def set_body(tx: Tx, id: int, slot: str, body: str) -> None:
    await tx.do("update log_part set slot = :slot, body = :body where id = :id", {"id": id, "slot": slot, "body": body})


async def set_part_state(tx: Tx, id: int, state: str) -> None:
    await tx.do("update log_part set state = :state where id = :id", {"id": id, "state": state})


async def set_mood(tx: Tx, id: int, mood: str) -> None:
    await tx.do("update log set mood = :mood where id = :id", {"id": id, "mood": mood})


async def set_private(tx: Tx, id: int, private: bool) -> None:
    await tx.do("update log set private = :private where id = :id", {"id": id, "private": private})


async def set_asked(tx: Tx, id: int) -> None:
    await tx.do("update log set asked = true where id = :id", {"id": id})


async def set_hours(tx: Tx, id: int, opens_at: datetime | None, closes_at: datetime | None) -> None:
    """Hours of the person's own (LOG-13); a deadline of a return that was too short grows with them."""
    await tx.do(
        """update log set opens_at = :opens_at, closes_at = cast(:closes_at as bigint),
                  return_until = case when return_until is null then null else cast(:closes_at as bigint) end
           where id = :id""",
        {"id": id, "opens_at": opens_at, "closes_at": closes_at},
    )


class HandedIn(Struct, frozen=True, kw_only=True):
    """What handing in writes down."""

    id: int
    old_version: int
    state: str
    text: str
    chars: int
    flags: tuple[str, ...]
    grams: int
    sketch: bytes
    at: datetime
    source: str = "self"
    entered_by: int | None = None


async def set_handed_in(tx: Tx, made: HandedIn) -> bool:
    """The next version is handed in. False: somebody was faster (the same log from two telephones)."""
    found = await tx.first(
        int,
        """update log set state = :state, was = :state, version = version + 1, text = :text, chars = :chars,
                  flags = :flags,
                  grams = :grams, sketch = :sketch, handed_at = :at, source = :source, entered_by = :entered_by,
                  return_until = null, reason = '', claimed_by = null, claimed_until = null
           where id = :id and version = :old_version returning id""",
        made,
    )
    return found is not None


async def add_version(tx: Tx, version: Version) -> None:
    await tx.do(
        """insert into log_version (log_id, no, body, parts, state, source, at)
           values (:log_id, :no, :body, :parts, :state, :source, :at)""",
        version,
    )


async def versions_of(tx: Tx, log_id: int) -> list[Version]:
    return await tx.all(Version, "select * from log_version where log_id = :id order by no", {"id": log_id})


class Print(Struct, frozen=True):
    """The prints of a log that was handed in."""

    id: int
    grams: int
    sketch: bytes


async def prints_of(tx: Tx, cohort_id: int, sizes: tuple[int, int], but: int) -> list[Print]:
    """The prints of all logs of a class of about the same size, but one."""
    return await tx.all(
        Print,
        """select id, grams, sketch from log where cohort_id = :c
           and grams between :least and :most and grams > 0 and version > 0 and id <> :but""",
        {"c": cohort_id, "least": sizes[0], "most": sizes[1], "but": but},
    )


async def set_flags(tx: Tx, id: int, flags: tuple[str, ...]) -> None:
    await tx.do("update log set flags = :flags where id = :id", {"id": id, "flags": flags})


async def moods_of(tx: Tx, member_id: int) -> dict[int, str]:
    return {log.day: log.mood for log in await of_member(tx, member_id)}


class _Size(Struct, frozen=True):
    """How large a picture is."""

    id: int
    n: int


_AT_ONCE = 100
_SIZES = f"""select id, length(small) as n from media where small is not null
    and id in ({", ".join(f":id{n}" for n in range(_AT_ONCE))})"""


async def picture_sizes(tx: Tx, ids: list[int]) -> dict[int, int]:
    """How large the small pictures of these files are."""
    found: dict[int, int] = {}
    for at in range(0, len(ids), _AT_ONCE):
        some = [*ids[at : at + _AT_ONCE], *[0] * _AT_ONCE][
            :_AT_ONCE
        ]  # always as many: one statement, whatever they are
        values = {f"id{n}": id for n, id in enumerate(some)}
        rows = await tx.all(_Size, _SIZES, values)
        found |= {row.id: row.n for row in rows}
    return found


async def waiting_of(tx: Tx, cohort_id: int) -> int:
    """How many logs of a class wait for a reader."""
    return await tx.one(
        int,
        """select count(*) from log where cohort_id = :c and state in ('submitted', 'late')
           and known in (false, true)""",  # names the beginning of the index log_waiting, so that it is counted there
        {"c": cohort_id},
    )


async def exists_of(tx: Tx, cohort_id: int) -> Collection[int]:
    """The members of a class who have begun a log: nobody drops them."""
    return set(await tx.all(int, "select distinct member_id from log where cohort_id = :c", {"c": cohort_id}))
