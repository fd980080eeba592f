"""What becomes everybody's: a text is published, its entry is found from the next turn on, those who asked are told."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct, structs

from actions import handbook_news
from rules.days import class_date
from rules.handbook import PUBLISHED, REVIEW, Content, review_day
from rules.settings_talk import Handbook
from storage import audits, cohorts, handbook, handbook_versions, passages
from storage.handbook import Entry
from storage.handbook_versions import Version
from storage.passages import Passage
from storage.tx import Tx

KIND = "entry"


class School(Struct, frozen=True):
    """The numbers of the handbook and the zone of its days: it belongs to no class, so the newest one lends them."""

    numbers: Handbook = Handbook()
    zone: str = "Asia/Shanghai"

    def today(self, now: datetime) -> date:
        """The day of a moment, as the school counts."""
        return class_date(now, self.zone)


async def school_of(tx: Tx) -> School:
    """The school's numbers."""
    newest = next(iter(await cohorts.all(tx)), None)
    return School(newest.rules.handbook, newest.timezone) if newest else School()


async def publish(tx: Tx, version: Version, now: datetime, *, reviewer: int, name: str) -> Entry | None:
    """Show this text from now on, approved by somebody; None where it does not wait for review any more."""
    decided = structs.replace(version, state=PUBLISHED, reviewer=reviewer, reviewer_name=name, answer="", done_at=now)
    if not await handbook_versions.set_decided(tx, decided, (REVIEW,)):
        return None
    old = await handbook.get(tx, version.entry_id)
    assert old is not None
    school = await school_of(tx)
    due = review_day(version.content.category, school.today(now), school.numbers)
    entry = _with(old, version.content, version.no, due, now)
    await handbook.set_published(tx, entry)
    await show(tx, entry, had_english=bool(old.q_en))
    await audits.add(tx, now, "handbook-publish", f"handbook:{entry.key}", who=reviewer or None, new=str(version.no))
    await handbook_news.published(tx, entry, now)
    return entry


def _with(old: Entry, content: Content, no: int, due: date, now: datetime) -> Entry:
    fields = {name: getattr(content, name) for name in Content.__struct_fields__}
    return structs.replace(
        old, state=PUBLISHED, version=no, review_by=due.isoformat(), changed_at=now, **fields
    )  # fmt: skip


async def show(tx: Tx, entry: Entry, *, had_english: bool = False) -> None:
    """Let the search find an entry in each language that it has."""
    tags = " ".join(entry.tags)
    body = f"{entry.a_zh}\n{tags}".strip()
    await passages.put(tx, Passage(kind=KIND, ref_id=entry.id, slot="zh", title=entry.q_zh, body=body))
    if entry.q_en or had_english:
        body = f"{entry.a_en}\n{tags}".strip()
        english = Passage(kind=KIND, ref_id=entry.id, slot="en", title=entry.q_en, body=body, shown=bool(entry.q_en))
        await passages.put(tx, english)


async def hide(tx: Tx, entry_id: int) -> None:
    """The search finds an entry no more."""
    await passages.set_shown(tx, KIND, entry_id, False)
