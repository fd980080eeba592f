"""[导出我的数据]: all that is kept about oneself, as a page to read and as JSON, with one's own files (XC-07)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Any

from msgspec import Struct, json

from actions.access import access_cohort_of, own_member
from actions.log_cards import MOODS, STATES
from actions.post import send_file, show
from actions.workbooks import file_name
from chat.messages import Message, Refusal, say
from storage import accounts, audits, cohorts, documents, media, members, own_data
from storage.accounts import Me, Reader
from storage.documents import Document
from storage.members import Member
from storage.tx import Tx
from texts.render import Voice, bare, keys_of

AGAIN = timedelta(minutes=10)
FILES_LIMIT = 20 * 2**20
"""So many bytes of one's own photos come along; the rest is in [我的日志], volume by volume."""
ATTEMPT = "own-data"
OWN = "own"
"""The kind of the wish."""

WORDS = {"status": "status-", "old": "status-", "new": "status-", "leave_kind": "leaves-kind-",
         "leave_state": "leaves-state-", "source": "exports-source-", "role": "owndata-role-"}  # fmt: skip
"""Columns whose values are codes, and the texts that say them."""

Rows = Sequence[Struct]


class Person(Struct, frozen=True):
    """What the roster says."""

    name: str
    group_no: int | None
    seat_no: int | None
    street: str
    community: str
    phone: str
    dorm_room: str
    bus: str
    note: str
    facts: dict[str, Any]
    lang: str
    bound_at: datetime | None
    consent_at: datetime | None
    left_at: datetime | None


class Said(Struct, frozen=True):
    """A notice as it reads."""

    at: datetime | None
    text: str
    read_at: datetime | None = None
    choice: str = ""


async def wish(tx: Tx, me: Me, now: datetime) -> None:
    """It is made beside the turns and sent to the one who asks, and to nobody else; once in ten minutes, for it is
    work."""
    cohort = await access_cohort_of(tx, me)
    member = await own_member(tx, me)
    if await accounts.attempts(tx, me.account_id, ATTEMPT, now - AGAIN):
        raise Refusal("owndata-again", minutes=AGAIN // timedelta(minutes=1))
    await accounts.add_attempt(tx, me.account_id, ATTEMPT, now)
    await documents.add(tx, Document(cohort_id=cohort.id, member_id=member.id, account_id=me.account_id, kind=OWN,
                                     made_at=now))  # fmt: skip
    await audits.add(tx, now, "own-data", f"member:{member.id}", who=me.account_id, cohort_id=cohort.id)


class Export(Struct, frozen=True, kw_only=True):
    """Everything for the export but the contents of the files."""

    found: dict[str, Rows]
    files: list[Brought]
    left: int
    """How many files did not fit."""
    title: str
    to: Reader
    made_at: datetime


class Brought(Struct, frozen=True):
    """A file that comes along: its name in the export, and where its content stands."""

    name: str
    id: int
    place: str


async def read(tx: Tx, wish: Document, to: Reader, now: datetime) -> Export | None:
    """Read what a wish needs; None where the right to it is gone meanwhile."""
    seats = await members.of_account(tx, wish.account_id)
    member = next((m for m in seats if m.id == wish.member_id and m.left_at is None), None)
    if member is None:
        return None
    cohort = await cohorts.get(tx, wish.cohort_id)
    found = await collect(tx, wish.account_id, member, now)
    files, left = await _files(tx, found)
    return Export(found=found, files=files, left=left, title=cohort.title_in(to.lang), to=to, made_at=now)


async def wait(tx: Tx, wish: Document, to: Reader, now: datetime) -> None:
    """Files of it are out of reach: that was no try, and the person is told once that it comes."""
    await documents.give_back(tx, wish.id)
    await show(tx, f"document:{wish.id}", to, Message(say("owndata-waits"), silent=True), now)


async def deliver(tx: Tx, wish: Document, export: Export, content: bytes, now: datetime) -> None:
    """Send it, once, whoever made it; its caption is the answer."""
    if not await documents.set_done(tx, wish.id, "done"):
        return
    speak = export.to.voice
    name = speak.plain(say("owndata-file", date=f"{export.made_at.astimezone(speak.zone):%Y-%m-%d}"))
    caption = say("owndata-caption-left", count=export.left) if export.left else say("owndata-caption")
    await send_file(tx, export.to, file_name(name), content, caption, now, cohort_id=wish.cohort_id)


async def collect(tx: Tx, account_id: int, member: Member, now: datetime) -> dict[str, Rows]:
    """Everything by heading."""
    own, id = own_data, member.id
    return {
        "person": [Person(**{f: getattr(member, f) for f in Person.__struct_fields__})],
        "marks": await own.marks(tx, id),
        "changes": await own.changes(tx, id),
        "evidence": await own.evidence(tx, id),
        "leaves": await own.leaves(tx, id),
        "decisions": await own.decisions(tx, id),
        "claims": await own.claims(tx, id),
        "days": await own.days(tx, id),
        "logs": await own.versions(tx, id),
        "parts": await own.parts(tx, id),
        "reviews": await own.reviews(tx, id, now),
        "questions": await own.questions(tx, id),
        "answers": await own.answers(tx, id),
        "joined": await own.joined(tx, id),
        "notices": [Said(n.sent_at, bare(n.html), n.read_at, _choice(n)) for n in await own.notices(tx, id)],
        "acts": await own.acts(tx, member.cohort_id, account_id, f"member:{id}"),
    }


def _choice(notice: own_data.Notice) -> str:
    chosen = notice.choice
    return notice.choices[chosen] if chosen is not None and chosen < len(notice.choices) else ""


async def _files(tx: Tx, found: dict[str, Rows]) -> tuple[list[Brought], int]:
    """The files of one's own logs while they fit, and how many did not."""
    kept: list[Brought] = []
    size = left = 0
    for row in found["parts"]:
        assert isinstance(row, own_data.Part)
        one = await media.about(tx, row.media_id) if row.media_id and size < FILES_LIMIT else None
        if one is not None and size + one.size <= FILES_LIMIT:
            size += one.size
            named = row.file_name or ("photo.jpg" if one.kind.startswith(("image", "photo")) else one.kind)
            kept.append(Brought(f"files/{len(kept) + 1:03}-{file_name(named)}", one.id, one.place))
        elif row.media_id:
            left += 1
    return kept, left


def pack(export: Export, files: Iterable[tuple[str, bytes]]) -> bytes:
    """One ZIP: the page, the JSON, the files. Blocking: call it in a thread."""
    found, speak = export.found, export.to.voice
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(speak.plain(say("owndata-page-file")), page(found, speak, export.title, export.made_at))
        archive.writestr("data.json", json.format(json.encode(found), indent=1))
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


def page(found: dict[str, Rows], speak: Voice, title: str, now: datetime) -> str:
    """A page that any browser shows, with nothing to fetch and nothing that runs."""
    head = escape(speak.plain(say("owndata-title", title=title)))
    tables = "\n".join(_table(key, rows, speak) for key, rows in found.items() if rows)
    made = escape(speak.plain(say("owndata-made", at=f"{now.astimezone(speak.zone):%Y-%m-%d %H:%M}")))
    return (
        f'<!doctype html><html lang="{speak.lang}"><meta charset="utf-8"><title>{head}</title>'
        "<style>body{font:16px/1.6 sans-serif;margin:2em auto;max-width:60em;padding:0 1em}"
        "table{border-collapse:collapse;width:100%}td,th{border:1px solid #ccc;padding:.3em .5em;text-align:left;"
        f"vertical-align:top;white-space:pre-wrap}}</style><h1>{head}</h1><p>{made}</p>{tables}</html>"
    )


def _table(key: str, rows: Rows, speak: Voice) -> str:
    names = [n for n in rows[0].__struct_fields__ if n != "media_id"]
    header = "".join(f"<th>{escape(speak.plain(say(f'owndata-col-{n}')))}</th>" for n in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_cell(n, getattr(row, n), speak))}</td>" for n in names) + "</tr>"
        for row in rows
    )
    return f"<h2>{escape(speak.plain(say(f'owndata-part-{key}')))}</h2><table><tr>{header}</tr>{body}</table>"


def _cell(name: str, value: Any, speak: Voice) -> str:
    if value is None or value == {}:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(speak.zone):%Y-%m-%d %H:%M}"
    if isinstance(value, dict):
        return "\n".join(f"{k}: {v}" for k, v in value.items())
    key = {"log_state": STATES, "mood": MOODS}.get(name, {}).get(value) or f"{WORDS.get(name, '?')}{value}"
    return speak.plain(say(key)) if key in keys_of(speak.lang) else str(value)
