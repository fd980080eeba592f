"""Writing the handbook: draft, hand in, approved by a second person, returned, retired, confirmed (HANDBOOK-05)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import structs

from actions import handbook_posts
from actions.access import need
from actions.handbook_publishing import hide, publish, school_of, show
from chat.messages import Refusal, Say, button, say
from rules.handbook import (
    DRAFT,
    DRAFTERS,
    DROPPED,
    EXPIRED,
    EXPORTERS,
    OPEN,
    PUBLISHED,
    PUBLISHERS,
    READERS,
    RETIRED,
    RETURNED,
    REVIEW,
    WRITABLE,
    Content,
    Wrong,
    changed,
    may_decide,
    review_day,
    wrongs,
)
from rules.presses import is_twice
from rules.roles import ADMIN
from storage import accounts, audits, handbook, handbook_versions
from storage.accounts import Me
from storage.handbook import Entry
from storage.handbook_versions import Version
from storage.tx import Tx

BADS = {
    "empty": "handbook-wrong-empty", "length": "handbook-wrong-length", "half": "handbook-wrong-half",
    "unknown": "handbook-wrong-unknown", "tags": "handbook-wrong-tags", "date": "handbook-wrong-date",
}  # fmt: skip
FIELD_NAMES = {
    "category": "handbook-field-category", "q_zh": "handbook-field-q-zh", "a_zh": "handbook-field-a-zh",
    "q_en": "handbook-field-q-en", "a_en": "handbook-field-a-en", "checked": "handbook-field-checked",
    "basis": "handbook-field-basis", "tags": "handbook-field-tags", "as_of": "handbook-field-as-of",
}  # fmt: skip
STATES = {
    DRAFT: "handbook-is-draft", REVIEW: "handbook-is-review", RETURNED: "handbook-is-returned",
    PUBLISHED: "handbook-is-published", EXPIRED: "handbook-is-expired", RETIRED: "handbook-is-retired",
    DROPPED: "handbook-is-dropped",
}  # fmt: skip
REASON = (2, 300)


# ---- who may touch what ------------------------------------------------------------------------------------


async def access_entry_by_id(tx: Tx, me: Me, id: int) -> Entry:
    """An entry that is shown; others for administrators only."""
    need(me, *READERS)
    entry = await handbook.get(tx, id)
    if entry is None or (entry.state not in (PUBLISHED, EXPIRED) and ADMIN not in me.roles):
        raise Refusal("refusals-not-here")
    if entry.state == EXPIRED and ADMIN not in me.roles:
        raise Refusal("handbook-is-being-checked")
    return entry


async def access_version_by_id(tx: Tx, me: Me, id: int) -> Version:
    """A text that the speaker wrote; every one for administrators; what was once published for staff."""
    need(me, *DRAFTERS, *EXPORTERS)
    version = await handbook_versions.get(tx, id)
    if version is None:
        raise Refusal("refusals-not-here")
    old = version.state == PUBLISHED and me.roles & EXPORTERS
    if version.author != me.account_id and ADMIN not in me.roles and not old:
        raise Refusal("refusals-not-here")
    return version


async def access_own_draft(tx: Tx, me: Me, id: int) -> Version:
    """A text of one's own that may still be changed."""
    version = await access_version_by_id(tx, me, id)
    if version.author != me.account_id:
        raise Refusal("handbook-not-yours", name=version.author_name)
    if version.state not in WRITABLE:
        raise Refusal("handbook-is-so", state=say(STATES[version.state]))
    return version


# ---- writing -----------------------------------------------------------------------------------------------


async def begin(
    tx: Tx, me: Me, now: datetime, content: Content | None = None, question_id: int | None = None
) -> Version:
    """A new entry, and its first draft; pressed twice it is one."""
    need(me, *DRAFTERS)
    first = content or Content()
    await accounts.one_at_a_time(tx, me.account_id)
    for there in await handbook_versions.in_state(tx, DRAFT, me.account_id):
        if question_id is None and there.no == 1 and there.content == first and is_twice(there.made_at, now):
            return there
    entry = await handbook.add(
        tx,
        Entry(key="", category=first.category, q_zh=first.q_zh, question_id=question_id, made_at=now, changed_at=now),
    )
    return await handbook_versions.add(tx, _version(me, entry.id, first, now))


def _version(me: Me, entry_id: int, content: Content, now: datetime, note: str = "") -> Version:
    return Version(entry_id=entry_id, content=content, note=note, author=me.account_id, author_name=name_of(me),
                   made_at=now)  # fmt: skip


def name_of(me: Me) -> str:
    """How somebody stands in the history."""
    return me.name or me.first_name


async def edit(tx: Tx, me: Me, entry: Entry, now: datetime, content: Content | None = None, note: str = "") -> Version:
    """A draft of an entry that is there: the speaker's own if there is one, else a new one. One works at a time."""
    need(me, *DRAFTERS)
    there = await handbook_versions.open_of(tx, entry.id)
    if there is None:
        return await handbook_versions.add(tx, _version(me, entry.id, content or entry.content, now, note))
    if there.author != me.account_id:
        look = ((button("handbook-look", "hbopen", there.id),),) if ADMIN in me.roles else ()
        raise Refusal("handbook-somebody-writes", look, name=there.author_name, state=say(STATES[there.state]))
    if content is not None:
        raise Refusal("handbook-own-open", buttons=((button("handbook-look", "hbopen", there.id),),))
    return there


async def put(tx: Tx, me: Me, version: Version, **fields: Any) -> Version:
    """Change fields of one's own draft; nothing is judged before it is handed in."""
    content = structs.replace(version.content, **fields)
    if not await handbook_versions.set_content(tx, version.id, content):
        raise Refusal("handbook-is-so", state=say(STATES[REVIEW]))
    await handbook.set_head(tx, version.entry_id, content.category, content.q_zh)
    return structs.replace(version, content=content)


def wrong_words(wrong: Wrong) -> Say:
    """One thing that is wrong with a text, in words."""
    return say(BADS[wrong.what], field=say(FIELD_NAMES[wrong.field]), low=wrong.low, high=wrong.high)


async def send(tx: Tx, me: Me, version: Version, now: datetime) -> int:
    """[提交审核]: the text is judged, and waits for somebody else; gives how many could approve it."""
    bad = wrongs(version.content)
    if bad:
        raise Refusal("handbook-not-ready", what=[wrong_words(w) for w in bad[:3]],
                      buttons=((button("handbook-look", "hbopen", version.id),),))  # fmt: skip
    entry = await handbook.get(tx, version.entry_id)
    assert entry is not None
    if entry.version and entry.state == PUBLISHED and not changed(entry.content, version.content):
        raise Refusal("handbook-nothing-changed")
    if not await handbook_versions.set_sent(tx, version.id, now):
        raise Refusal("handbook-is-so", state=say(STATES[REVIEW]))
    note = version.note or _note(me, entry, version)
    await handbook_versions.set_note(tx, version.id, note)
    sent = structs.replace(version, state=REVIEW, sent_at=now, note=note)
    told = await handbook_posts.tell_reviewers(tx, sent, now)
    await audits.add(tx, now, "handbook-send", f"handbook:{entry.key}", who=me.account_id, new=str(version.no))
    return told


def _note(me: Me, entry: Entry, version: Version) -> str:
    """What was changed, where the author says nothing: the fields by name."""
    if not entry.version:
        return ""
    fields = [say(FIELD_NAMES[name]) for name in changed(entry.content, version.content)]
    return me.voice.plain(say("handbook-note-fields", fields=fields))


async def drop(tx: Tx, me: Me, version: Version, now: datetime) -> None:
    """[不要了]: a text that nobody wants; the author's right, and an administrator's."""
    gone = structs.replace(version, state=DROPPED, reviewer=me.account_id, reviewer_name=name_of(me), done_at=now)
    if not await handbook_versions.set_decided(tx, gone, tuple(sorted(OPEN))):
        raise Refusal("handbook-is-so", state=say(STATES[version.state]))
    if version.author not in (0, me.account_id):
        await handbook_posts.tell_author(tx, version, "handbook-told-dropped", now, name=name_of(me))
    await audits.add(tx, now, "handbook-drop", f"handbook-version:{version.id}", who=me.account_id)


# ---- deciding ----------------------------------------------------------------------------------------------


def need_second(me: Me, version: Version) -> None:
    """An administrator, and not the one who wrote it."""
    need(me, *PUBLISHERS)
    if not may_decide(me.roles, me.account_id, version.author):
        raise Refusal("handbook-second-person")
    if version.state != REVIEW:
        raise Refusal("handbook-is-so", state=say(STATES[version.state]))


async def approve(tx: Tx, me: Me, version: Version, now: datetime) -> Entry:
    """[通过]: everybody sees it from now on."""
    need_second(me, version)
    entry = await publish(tx, version, now, reviewer=me.account_id, name=name_of(me))
    if entry is None:
        raise Refusal("handbook-is-so", state=say(STATES[PUBLISHED]))
    await handbook_posts.tell_author(tx, version, "handbook-told-published", now, name=name_of(me))
    return entry


async def approvable(tx: Tx, me: Me) -> list[Version]:
    """The texts that the speaker may approve."""
    need(me, *PUBLISHERS)
    return [v for v in await handbook_versions.in_state(tx, REVIEW) if may_decide(me.roles, me.account_id, v.author)]


async def approve_all(tx: Tx, me: Me, last: int, now: datetime) -> int:
    """[全部通过]: all that the speaker was told of (up to the text with this number), none that came since."""
    found = [v for v in await approvable(tx, me) if v.id <= last]
    for version in found:
        await publish(tx, version, now, reviewer=me.account_id, name=name_of(me))
    for author in {v.author: v for v in found}.values():
        count = sum(v.author == author.author for v in found)
        await handbook_posts.tell_author(tx, author, "handbook-told-published-all", now, name=name_of(me), count=count)
    return len(found)


async def give_back(tx: Tx, me: Me, version: Version, why: str, now: datetime) -> None:
    """[退回] with a reason: the author goes on writing."""
    need_second(me, version)
    back = structs.replace(version, state=RETURNED, reviewer=me.account_id, reviewer_name=name_of(me), answer=why,
                           done_at=now)  # fmt: skip
    if not await handbook_versions.set_decided(tx, back, (REVIEW,)):
        raise Refusal("handbook-is-so", state=say(STATES[version.state]))
    await handbook_posts.tell_author(tx, back, "handbook-told-returned", now, name=name_of(me), why=why)
    await audits.add(tx, now, "handbook-return", f"handbook-version:{version.id}", who=me.account_id, why=why)


async def retire(tx: Tx, me: Me, entry: Entry, now: datetime) -> None:
    """[下架]: nobody finds it any more; its history stays."""
    need(me, *PUBLISHERS)
    if not await handbook.set_state(tx, entry.id, RETIRED, (PUBLISHED, EXPIRED), now):
        raise Refusal("handbook-is-so", state=say(STATES[entry.state]))
    await hide(tx, entry.id)
    await audits.add(tx, now, "handbook-retire", f"handbook:{entry.key}", who=me.account_id, old=entry.state)


async def confirm(tx: Tx, me: Me, entry: Entry, now: datetime) -> Entry:
    """[确认仍有效]: it stands as it is, and is looked at again later (QA-10)."""
    need(me, *PUBLISHERS)
    if entry.state not in (PUBLISHED, EXPIRED):
        raise Refusal("handbook-is-so", state=say(STATES[entry.state]))
    school = await school_of(tx)
    day = review_day(entry.category, school.today(now), school.numbers).isoformat()
    if (entry.state, entry.review_by) == (PUBLISHED, day):
        return entry
    await handbook.set_state(tx, entry.id, PUBLISHED, (PUBLISHED, EXPIRED), now)
    await handbook.set_review_by(tx, entry.id, day)
    await show(tx, entry)
    await audits.add(
        tx, now, "handbook-confirm", f"handbook:{entry.key}", who=me.account_id, old=entry.review_by, new=day
    )
    return structs.replace(entry, state=PUBLISHED, review_by=day)


async def roll_back(tx: Tx, me: Me, version: Version, now: datetime) -> Version:
    """[用这一版]: an older text becomes a new draft, which goes its way like any other."""
    entry = await handbook.get(tx, version.entry_id)
    assert entry is not None
    note = me.voice.plain(say("handbook-note-back", no=version.no))
    return await edit(tx, me, entry, now, version.content, note)
