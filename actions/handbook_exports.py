"""Taking the handbook away as one booklet, with date and version (HANDBOOK-07)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from actions.access import need, need_class
from actions.handbook_pages import Head, word_file
from actions.post import send_file
from actions.workbooks import file_name
from chat.messages import Refusal, say
from rules.handbook import EXPORTERS, Content
from rules.handbook_booklet import markdown
from rules.presses import TWICE
from storage import accounts, audits, documents, handbook, handbook_versions
from storage.accounts import Me, Reader
from storage.documents import Document
from storage.tx import Tx
from texts.render import Voice

ENDINGS = (".docx", ".md")
BOOKLET = "handbook"
"""The kind of the wish."""


class Booklet(Struct, frozen=True):
    """Everything that is shown, with what stands on the cover."""

    head: Head
    entries: list[tuple[str, Content]]
    name: str
    """The file's name, without its ending."""

    def content(self, ending: str, *, english: bool = False) -> bytes:
        """The booklet as a file; Markdown always holds the English too."""
        if ending == ".md":
            head = (self.head.title, *self.head.below, self.head.note)
            return markdown(head, self.entries).encode()
        return word_file(self.head, self.entries, english=english)


async def booklet(tx: Tx, speak: Voice, now: datetime) -> Booklet:
    """The handbook as it is shown now. Its version is the day of the newest change, and how often anything was
    published: the same handbook has the same one."""
    found = await handbook.shown(tx)
    if not found:
        raise Refusal("handbook-nothing-to-take")
    newest = max(entry.changed_at for entry in found).astimezone(speak.zone)
    version = f"{newest:%Y%m%d}.{await handbook_versions.publications(tx)}"
    day = f"{now.astimezone(speak.zone):%Y-%m-%d}"
    title = speak.plain(say("handbook-book-title"))
    below = (
        speak.plain(say("handbook-book-version", version=version)),
        speak.plain(say("handbook-book-day", day=day, count=len(found))),
    )
    running = speak.plain(say("handbook-book-running", title=title, version=version, day=day))
    head = Head(title, below, speak.plain(say("handbook-local-first")), running)
    name = file_name(speak.plain(say("handbook-book-file", day=day)))
    return Booklet(head, [(entry.key, entry.content) for entry in found], name)


async def take_out(tx: Tx, speak: Voice, now: datetime, account: int | None = None) -> Booklet:
    """The booklet, written into the audit."""
    made = await booklet(tx, speak, now)
    await audits.add(tx, now, "handbook-export", "handbook", who=account, new=made.head.below[0])
    return made


async def wish(tx: Tx, me: Me, now: datetime) -> None:
    """[导出手册]: the Word file is made beside the turns and comes to the speaker. Pressed twice it is one wish."""
    need(me, *EXPORTERS)
    await accounts.one_at_a_time(tx, me.account_id)
    wanted = Document(cohort_id=need_class(me), account_id=me.account_id, kind=BOOKLET, made_at=now)
    if await documents.add(tx, wanted, since=now - TWICE):
        await take_out(tx, me.voice, now, me.account_id)


async def read(tx: Tx, wish: Document, now: datetime) -> Booklet | None:
    """Read what a wish needs; None where the right to it is gone meanwhile, or nothing is shown any more."""
    me = await accounts.who(tx, wish.account_id, now)
    if me is None or not EXPORTERS & set(me.roles):
        return None
    try:
        return await booklet(tx, me.voice, now)
    except Refusal:
        return None


async def deliver(tx: Tx, wish: Document, to: Reader, made: Booklet, content: bytes, now: datetime) -> None:
    """Send it, once, whoever made it."""
    if await documents.set_done(tx, wish.id, "done"):
        caption = say("handbook-book-caption", count=len(made.entries), version=made.head.below[0])
        await send_file(tx, to, f"{made.name}.docx", content, caption, now, cohort_id=wish.cohort_id)
