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
from actions.post import send_file
from actions.workbooks import file_name
from chat.messages import Refusal, say
from storage import accounts, audits, media, own_data
from storage.accounts import Me
from storage.members import Member
from storage.tx import Tx
from texts.render import Voice, bare, keys_of

AGAIN = timedelta(minutes=10)
FILES_LIMIT = 20 * 2**20
"""So many bytes of one's own photos come along; the rest is in [我的日志], volume by volume."""
ATTEMPT = "own-data"

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


async def send(tx: Tx, me: Me, now: datetime) -> None:
    """Send it to the one who asks, and to nobody else; once in ten minutes, for it is work."""
    cohort = await access_cohort_of(tx, me)
    member = await own_member(tx, me)
    if await accounts.attempts(tx, me.account_id, ATTEMPT, now - AGAIN):
        raise Refusal("owndata-again", minutes=AGAIN // timedelta(minutes=1))
    await accounts.add_attempt(tx, me.account_id, ATTEMPT, now)
    found = await collect(tx, me, member, now)
    files, left = await _files(tx, found)
    content = pack(found, files, me.voice, cohort.title_in(me.lang), now)
    name = me.voice.plain(say("owndata-file", date=f"{now.astimezone(me.voice.zone):%Y-%m-%d}"))
    caption = say("owndata-caption-left", count=left) if left else say("owndata-caption")
    await send_file(tx, me.reader, file_name(name), content, caption, now, cohort_id=cohort.id)
    await audits.add(tx, now, "own-data", f"member:{member.id}", who=me.account_id, cohort_id=cohort.id)


async def collect(tx: Tx, me: Me, member: Member, now: datetime) -> dict[str, Rows]:
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
        "acts": await own.acts(tx, member.cohort_id, me.account_id, f"member:{id}"),
    }


def _choice(notice: own_data.Notice) -> str:
    chosen = notice.choice
    return notice.choices[chosen] if chosen is not None and chosen < len(notice.choices) else ""


async def _files(tx: Tx, found: dict[str, Rows]) -> tuple[list[tuple[str, bytes]], int]:
    """The files of one's own logs while they fit, and how many did not."""
    kept: list[tuple[str, bytes]] = []
    size = left = 0
    for row in found["parts"]:
        assert isinstance(row, own_data.Part)
        one = await media.get(tx, row.media_id) if row.media_id and size < FILES_LIMIT else None
        if one is not None and size + one.size <= FILES_LIMIT:
            size += one.size
            named = row.file_name or ("photo.jpg" if one.kind.startswith(("image", "photo")) else one.kind)
            kept.append((f"files/{len(kept) + 1:03}-{file_name(named)}", one.content))
        elif row.media_id:
            left += 1
    return kept, left


def pack(found: dict[str, Rows], files: Iterable[tuple[str, bytes]], speak: Voice, title: str, now: datetime) -> bytes:
    """One ZIP: the page, the JSON, the files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(speak.plain(say("owndata-page-file")), page(found, speak, title, now))
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
