"""Taking logs away: one's own, or the class's for the archive; wished for in a turn, made beside it (LOG-12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct, structs

from actions.access import access_cohort_of, need_trainee
from actions.log_cards import STATES, THINGS
from actions.log_days import windows_of
from actions.log_pages import Entry
from actions.log_screens import parts_of_version
from actions.logs import MARKS
from actions.people import who_where
from actions.post import send_kept, show
from actions.workbooks import file_name
from chat.messages import Message, Refusal, say
from rules.log_texts import SLOTS
from rules.presses import TWICE
from rules.roles import CLASS_TEACHER
from storage import accounts, audits, cohorts, documents, files, log_reviews, logs, members
from storage.accounts import Me, Reader
from storage.cohorts import Cohort
from storage.documents import Document
from storage.log_reviews import Review
from storage.logs import Log, Part
from storage.members import Member
from storage.tx import Tx
from texts.render import Voice

MINE, VOLUME, SHEET = "mine", "volume", "sheet"
FILE_BYTES = 20 * 2**20
"""Pictures of about so many bytes go into one file; what is more becomes a second (Telegram takes 50 MB)."""
LONG = 20
"""From so many logs on, a card shows how far it is."""


async def wish_for_mine(tx: Tx, me: Me, now: datetime) -> None:
    """My logs as a Word file, at any time."""
    member = need_trainee(me)
    if not any(log.version for log in await logs.of_member(tx, member)):
        raise Refusal("logs-mine-none")
    await documents.add(tx, Document(cohort_id=me.cohort_id, member_id=member, account_id=me.account_id, kind=MINE,
                                     made_at=now))  # fmt: skip


async def wish_for_class(tx: Tx, me: Me, kind: str, now: datetime) -> None:
    """The logs of the class for its archive, for its class teachers only; written into the audit. Pressed twice it is
    one wish."""
    cohort = await access_cohort_of(tx, me)
    if CLASS_TEACHER not in me.class_roles.split():
        raise Refusal("refusals-no-right")
    if kind not in (VOLUME, SHEET):
        raise Refusal("help-old-button")
    await accounts.one_at_a_time(tx, me.account_id)
    wish = Document(cohort_id=cohort.id, account_id=me.account_id, kind=kind, made_at=now)
    if await documents.add(tx, wish, since=now - TWICE):
        await audits.add(tx, now, "log-export", f"class:{cohort.key}", who=me.account_id, cohort_id=cohort.id, new=kind)


class Book(Struct, frozen=True, kw_only=True):
    """Everything for a document but the pictures."""

    wish: Document
    to: Reader
    title: str
    subtitle: str
    name: str
    entries: list[Entry]
    sizes: dict[int, int]
    rows: list[tuple[object, ...]]
    header: tuple[str, ...]

    def volumes(self) -> list[list[Entry]]:
        """The logs in files of a size that can be sent."""
        found: list[list[Entry]] = [[]]
        size = 0
        for entry in self.entries:
            more = sum(self.sizes.get(id, 0) for id in entry.pictures)
            if found[-1] and size + more > FILE_BYTES:
                found.append([])
                size = 0
            found[-1].append(entry)
            size += more
        return found


async def read(tx: Tx, wish: Document, to: Reader) -> Book | None:
    """Read what a wish needs; None where the right to it is gone meanwhile."""
    cohort = await cohorts.get(tx, wish.cohort_id)
    seats = [m for m in await members.of_account(tx, wish.account_id) if m.cohort_id == cohort.id and m.left_at is None]
    if wish.kind == MINE:
        people = [m for m in seats if m.id == wish.member_id]
    elif any(CLASS_TEACHER in m.role_set for m in seats):
        people = [m for m in await members.of_cohort(tx, cohort.id) if m.seat_no is not None]
    else:
        people = []
    if not people:
        return None
    return await _book(tx, wish, to, cohort, people)


async def _book(tx: Tx, wish: Document, to: Reader, cohort: Cohort, people: list[Member]) -> Book:
    speak, whole = to.voice, wish.kind != MINE
    dates = {w.day: w.date for w in await windows_of(tx, cohort)}
    teachers = {m.id: m.name for m in await members.of_cohort(tx, cohort.id)}
    entries: list[Entry] = []
    rows: list[tuple[object, ...]] = []
    ids: set[int] = set()
    for member in people:
        reviews = await log_reviews.of_member(tx, member.id)
        first = True
        for log in (log for log in await logs.of_member(tx, member.id) if log.version):
            hidden = whole and log.private
            parts = [] if hidden else await parts_of_version(tx, log)
            own = [] if hidden else [r for r in reviews if r.log_id == log.id]
            day = speak.plain(say("logs-book-day", day=log.day, date=dates.get(log.day) or cohort.first_day))
            entry = _entry(log, day, parts, own, _Speaks(speak, teachers))
            entry = structs.replace(entry, person=speak.plain(who_where(member)) if whole and first else "")
            entries.append(entry)
            ids.update(entry.pictures)
            rows.append(_row(member, log, parts, own, hidden, speak))
            first = False
    title = cohort.title_in(to.lang)
    name = people[0].name
    key = {MINE: "logs-mine-file", VOLUME: "logs-volume-file", SHEET: "logs-sheet-file"}[wish.kind]
    told = speak.plain(say(key, title=title, name=name) if wish.kind == MINE else say(key, title=title))
    return Book(
        wish=wish, to=to, entries=entries, rows=rows, name=file_name(told),
        sizes=await logs.picture_sizes(tx, sorted(ids)),
        title=speak.plain(say("logs-book-title", title=title)),
        subtitle=speak.plain(say("logs-book-mine", name=name, count=len(entries)) if wish.kind == MINE
                             else say("logs-book-class", count=len(entries), people=len(people))),
        header=tuple(speak.plain(say(k)) for k in COLUMNS),
    )  # fmt: skip


class _Speaks(Struct, frozen=True):
    """The reader's words, and the teachers' names by member."""

    voice: Voice
    teachers: dict[int, str]


def _entry(log: Log, day: str, parts: Iterable[Part], reviews: Iterable[Review], by: _Speaks) -> Entry:
    """One log as it is printed."""
    speak = by.voice
    found = list(parts)
    if log.private and not found:
        return Entry(title=day, facts=speak.plain(say("logs-book-private")))
    assert log.handed_at is not None
    facts = speak.plain(say("logs-book-facts", at=log.handed_at, state=say(STATES[log.state])))
    return Entry(
        title=day, facts=facts, lines=tuple(_lines(found)),
        pictures=tuple(p.media_id for p in found if p.kind == "photo" and p.media_id is not None),
        others=_others(found, speak),
        replies=tuple(_reply(r, by.teachers, speak) for r in reviews if r.kind in ("reply", "return")),
    )  # fmt: skip


def _lines(parts: Iterable[Part]) -> list[str]:
    return [f"{MARKS[p.slot]} {line}" if p.slot in SLOTS and at == 0 else line
            for p in parts for at, line in enumerate(p.body.splitlines()) if line.strip()]  # fmt: skip


def _others(parts: list[Part], speak: Voice) -> str:
    """Voice notes and files, which cannot be printed."""
    kinds = [p.kind for p in parts if p.kind in THINGS and not (p.kind == "photo" and p.media_id)]
    if not kinds:
        return ""
    counted = [say(THINGS[kind], count=kinds.count(kind)) for kind in dict.fromkeys(kinds)]
    return speak.plain(say("logs-book-others", things=counted))


def _reply(review: Review, teachers: dict[int, str], speak: Voice) -> str:
    words = review.body or speak.plain(say("logs-book-voice"))
    return speak.plain(say("logs-told-words", name=teachers.get(review.member_id, ""), words=words))


COLUMNS = (
    "logs-col-group", "logs-col-seat", "logs-col-name", "logs-col-day", "logs-col-at", "logs-col-state",
    "logs-col-chars", "logs-col-text", "logs-col-photos", "logs-col-replies",
)  # fmt: skip
WIDTHS = (6, 6, 12, 6, 18, 18, 8, 70, 8, 50)


def _row(
    member: Member, log: Log, parts: list[Part], reviews: list[Review], hidden: bool, speak: Voice
) -> tuple[object, ...]:
    assert log.handed_at is not None
    at = f"{log.handed_at.astimezone(speak.zone):%Y-%m-%d %H:%M}"
    text = speak.plain(say("logs-book-private")) if hidden else "\n".join(_lines(parts))
    replies = "\n".join(r.body for r in reviews if r.kind == "reply" and r.body)
    photos = sum(p.kind == "photo" for p in parts)
    return (member.group_no or 0, member.seat_no or 0, member.name, log.day, at, speak.plain(say(STATES[log.state])),
            "" if hidden else log.chars, text, photos, replies)  # fmt: skip


async def paint(tx: Tx, wish: Document, to: Reader, made: int, total: int, now: datetime) -> None:
    """Show how far it is, on a card."""
    await documents.set_progress(tx, wish.id, made, total)
    done = made >= total
    text = say("logs-making-done" if done else "logs-making", made=made, total=total)
    await show(tx, f"document:{wish.id}", to, Message(text, silent=True), now)


async def keep_file(tx: Tx, book: Book, number: int, content: bytes, now: datetime) -> int:
    """Keep one of the files till all are there; memory holds only the one that is being made."""
    stem, _, ending = book.name.rpartition(".")
    name = book.name if len(book.volumes()) == 1 else f"{stem}_{number}.{ending}"
    return await files.add(tx, book.wish.cohort_id, name, content, now)


async def deliver(tx: Tx, book: Book, ids: list[int], now: datetime) -> None:
    """Send the files, once, whoever made them."""
    if not await documents.set_done(tx, book.wish.id, "done"):
        return
    for id in ids:
        caption = say("logs-mine-caption" if book.wish.kind == MINE else "logs-volume-caption", count=len(book.entries))
        await send_kept(tx, book.to, id, caption, now)


async def give_up(tx: Tx, wish: Document, to: Reader, now: datetime) -> None:
    """It cannot be made: the person is told, and may ask again."""
    if await documents.set_done(tx, wish.id, "failed"):
        await show(tx, f"document:{wish.id}", to, Message(say("logs-making-failed")), now)
