"""What one sees of the handbook: categories, titles, an entry; a text on its way, its history, what changed."""

from __future__ import annotations

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from msgspec import Struct

from actions.handbook import FIELD_NAMES, STATES, approvable, wrong_words
from actions.people import in_rows
from chat.messages import Button, Lines, Message, Rich, Rows, Say, button, lines, say
from rules.handbook import (
    CATEGORIES,
    CITED,
    DRAFT,
    DRAFTERS,
    EXPIRED,
    EXPORTERS,
    FIELDS,
    METHOD,
    OPEN,
    PUBLISHED,
    PUBLISHERS,
    RETURNED,
    REVIEW,
    TO_CHECK,
    WRITABLE,
    Content,
    changed,
    links_of,
    may_decide,
    where_a_name_is,
    wrongs,
)
from rules.log_texts import changes, cut
from storage import handbook, handbook_versions
from storage.accounts import Me
from storage.handbook import Entry
from storage.handbook_versions import Version
from storage.tx import Tx

PAGE = 10
TITLE = 30
SHOWN = 700
HISTORY = 8
CATEGORY_NAMES = dict(
    zip(CATEGORIES, ("handbook-cat-party", "handbook-cat-policy", "handbook-cat-methods", "handbook-cat-common",
                     "handbook-cat-hard"), strict=True)
)  # fmt: skip
CHECKED_NAMES = {
    CITED: "handbook-checked-cited",
    TO_CHECK: "handbook-checked-to-check",
    METHOD: "handbook-checked-method",
}


def category_name(category: str) -> Say:
    """A category by its name."""
    return say(CATEGORY_NAMES[category]) if category in CATEGORY_NAMES else say("handbook-nothing")


# ---- reading -----------------------------------------------------------------------------------------------


async def contents(tx: Tx, me: Me) -> Message:
    """The categories with their counts, and what the speaker may do besides reading."""
    counts = {c.category: c.count for c in await handbook.counts(tx)}
    cells = [
        button(say("handbook-category", name=category_name(name), count=counts[name]), "hbcat", CATEGORIES.index(name))
        for name in CATEGORIES
        if counts.get(name)
    ]
    below = []
    if me.roles & DRAFTERS:
        below = [button("handbook-write", "hbnew"), button("handbook-drafts", "hbdrafts")]
    rows: Rows = (*in_rows(cells, 1), tuple(below))
    if me.roles & EXPORTERS and counts:
        rows = (*rows, (button("handbook-export", "hbexport"),))
    gone = len(await handbook.retired(tx)) if me.roles & PUBLISHERS else 0
    if gone:
        rows = (*rows, (button(say("handbook-gone", count=gone), "hbgone"),))
    text = say("handbook-contents", count=sum(counts.values())) if counts else say("handbook-empty")
    return Message(text, tuple(row for row in rows if row))


async def titles(tx: Tx, me: Me, category: str, page: int) -> Message:
    """A page of the titles of a category."""
    total = next((c.count for c in await handbook.counts(tx) if c.category == category), 0)
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 0), pages - 1)
    found = await handbook.of_category(tx, category, page * PAGE, PAGE)
    number = CATEGORIES.index(category)
    rows = [(button(_titled(e.title_in(me.lang)), "entry", e.id),) for e in found]
    turn = [button("handbook-before", "hbcat", number, page - 1)] if page else []
    turn += [button("handbook-after", "hbcat", number, page + 1)] if page + 1 < pages else []
    head = say("handbook-titles", name=category_name(category), count=total, page=page + 1, pages=pages)
    return Message(head, (*rows, *((tuple(turn),) if turn else ()), (button("handbook-back", "hb"),)))


async def shelf(tx: Tx) -> Message:
    """What was retired, the newest thirty: an administrator may bring a version back."""
    found = await handbook.retired(tx)
    rows = tuple((button(_titled(e.q_zh), "entry", e.id),) for e in found[:30])
    return Message(say("handbook-gone-head", count=len(found)), (*rows, (button("handbook-back", "hb"),)))


def _titled(title: str) -> Say:
    return say("handbook-title", title=cut(title, TITLE))


async def entry_screen(tx: Tx, me: Me, entry: Entry) -> Message:
    """An entry as it is read: answer, basis, date, what it belongs to, and what the speaker may do (HANDBOOK-02)."""
    courses, cases = links_of(entry.content)
    text = lines(
        say("handbook-entry-state", state=say(STATES[entry.state])) if entry.state != PUBLISHED else None,
        say("handbook-question", title=entry.title_in(me.lang)),
        say("handbook-answer", text=entry.answer_in(me.lang)),
        _basis(entry.content),
        say("handbook-links", courses=list(courses), cases=list(cases), both=_both(courses, cases))
        if courses or cases else None,
        say("handbook-dated", day=entry.as_of or day_in(entry.changed_at, me), no=entry.version),
        say("handbook-review-by", day=entry.review_by) if me.roles & PUBLISHERS and entry.review_by else None,
        say("handbook-local-first"),
    )  # fmt: skip
    back = button("handbook-back", "hb")
    if entry.state == PUBLISHED:
        page = await handbook.before(tx, entry) // PAGE
        back = button("handbook-back", "hbcat", CATEGORIES.index(entry.category), page)
    return Message(text, (*_entry_rows(me, entry), (back,)))


def _basis(content: Content) -> Say:
    return say("handbook-basis", basis=content.basis, checked=say(CHECKED_NAMES[content.checked]))


def _both(courses: tuple[str, ...], cases: tuple[str, ...]) -> str:
    return "both" if courses and cases else "courses" if courses else "cases"


def _entry_rows(me: Me, entry: Entry) -> Rows:
    first: list[Button] = [button("handbook-edit", "hbedit", entry.id)] if me.roles & DRAFTERS else []
    if me.roles & EXPORTERS:
        first.append(button("handbook-versions", "hbvers", entry.id))
    second: list[Button] = []
    if me.roles & PUBLISHERS and entry.state in (PUBLISHED, EXPIRED):
        second = [button("handbook-confirm", "hbkeep", entry.id), button("handbook-retire", "hbdown", entry.id)]
    return tuple(tuple(row) for row in (first, second) if row)


def day_in(at: datetime, me: Me) -> str:
    """A moment's day with its year."""
    return f"{at.astimezone(ZoneInfo(me.zone)):%Y-%m-%d}"


# ---- a text on its way -------------------------------------------------------------------------------------


async def version_screen(tx: Tx, me: Me, version: Version) -> Message:
    """A text with author and state, what is missing or looks like a name, and what the speaker may do with it."""
    entry = await handbook.get(tx, version.entry_id)
    assert entry is not None
    content = version.content
    names = where_a_name_is(content)
    bad = wrongs(content) if version.state in OPEN else []
    text = lines(
        say("handbook-version-head", state=say(STATES[version.state]), no=version.no, name=version.author_name,
            category=category_name(content.category)),
        say("handbook-question", title=content.q_zh) if content.q_zh else None,
        say("handbook-answer", text=cut(content.a_zh, SHOWN)) if content.a_zh else None,
        say("handbook-english", title=content.q_en, text=cut(content.a_en, SHOWN)) if content.q_en or content.a_en
        else None,
        _basis(content) if content.basis else None,
        say("handbook-tags", tags=list(content.tags)) if content.tags else None,
        say("handbook-as-of", day=content.as_of) if content.as_of else None,
        say("handbook-note", note=version.note) if version.note else None,
        say("handbook-answered", name=version.reviewer_name, words=version.answer) if version.answer else None,
        say("handbook-names", names=list(names[:6])) if names else None,
        say("handbook-missing", what=[wrong_words(w) for w in bad[:4]]) if bad else None,
    )  # fmt: skip
    return Message(text, _version_rows(me, entry, version))


def _version_rows(me: Me, entry: Entry, version: Version) -> Rows:
    rows: list[tuple[Button, ...]] = []
    own = version.author == me.account_id
    if own and version.state in WRITABLE:
        cells = [button(FIELD_NAMES[name], "hbfield", version.id, name) for name in FIELDS]
        rows += in_rows([*cells, button("handbook-field-note", "hbfield", version.id, "note")], 3)
        rows.append((button("handbook-send", "hbsend", version.id), button("handbook-drop", "hbdrop", version.id)))
    elif version.state == REVIEW and may_decide(me.roles, me.account_id, version.author):
        rows.append((button("handbook-approve", "hbpass", version.id), button("handbook-return", "hbback", version.id)))
        rows.append((button("handbook-drop", "hbdrop", version.id),))
    elif version.state in OPEN and (own or me.roles & PUBLISHERS):
        rows.append((button("handbook-drop", "hbdrop", version.id),))
    last = [button("handbook-diff", "hbdiff", version.id)] if entry.version and version.no > 1 else []
    if version.state not in OPEN and me.roles & DRAFTERS:
        last.append(button("handbook-roll-back", "hbroll", version.id))
    if me.roles & EXPORTERS and entry.version:
        last.append(button("handbook-versions", "hbvers", entry.id))
    return (*rows, tuple(last)) if last else tuple(rows)


# ---- lists -------------------------------------------------------------------------------------------------


class Waiting(Struct, frozen=True):
    """What waits for somebody: texts to decide about, entries to confirm, texts of one's own."""

    to_decide: list[Version]
    to_confirm: list[Entry]
    own: list[Version]


async def waiting_for(tx: Tx, me: Me) -> Waiting:
    """All that the speaker has to do with."""
    publishes = bool(me.roles & PUBLISHERS)
    own = [v for state in (RETURNED, DRAFT, REVIEW) for v in await handbook_versions.in_state(tx, state, me.account_id)]
    return Waiting(await approvable(tx, me) if publishes else [], await handbook.expired(tx) if publishes else [], own)


SIGNS = {REVIEW: "handbook-line-review", DRAFT: "handbook-line-draft", RETURNED: "handbook-line-returned"}


async def drafts(tx: Tx, me: Me, page: int) -> Message:
    """What waits for the speaker, ten a page, the most pressing first."""
    found = await waiting_for(tx, me)
    cells = [button(say("handbook-line-decide", title=_short(v.content)), "hbopen", v.id) for v in found.to_decide]
    cells += [button(say("handbook-line-confirm", title=cut(e.q_zh, TITLE)), "entry", e.id) for e in found.to_confirm]
    cells += [button(say(SIGNS[v.state], title=_short(v.content)), "hbopen", v.id) for v in found.own]
    page = min(max(page, 0), max(0, (len(cells) - 1) // PAGE))
    turn = [button("handbook-before", "hbdrafts", page - 1)] if page else []
    turn += [button("handbook-after", "hbdrafts", page + 1)] if (page + 1) * PAGE < len(cells) else []
    rows: list[tuple[Button, ...]] = [(cell,) for cell in cells[page * PAGE : (page + 1) * PAGE]]
    rows += [tuple(turn)] if turn else []
    if len(found.to_decide) > 1:
        rows.append((button(say("handbook-approve-all", count=len(found.to_decide)), "hball"),))
    rows.append((button("handbook-back", "hb"),))
    if not cells:
        return Message(say("handbook-none-waiting"), tuple(rows))
    text = lines(
        say("handbook-waiting-decide", count=len(found.to_decide)) if found.to_decide else None,
        say("handbook-waiting-confirm", count=len(found.to_confirm)) if found.to_confirm else None,
        say("handbook-waiting-own", count=len(found.own)) if found.own else None,
    )
    return Message(text, tuple(rows))


def _short(content: Content) -> str:
    return cut(content.q_zh, TITLE) or "…"


async def history(tx: Tx, me: Me, entry: Entry) -> Message:
    """The texts of an entry, the newest first; what was never published only for administrators."""
    every = bool(me.roles & PUBLISHERS)
    found = [v for v in await handbook_versions.of_entry(tx, entry.id) if every or v.state == PUBLISHED][::-1]
    listed = [_history_line(me, v) for v in found[:HISTORY]]
    more = say("handbook-more-versions", count=len(found) - HISTORY) if len(found) > HISTORY else None
    cells = [button(say("handbook-version-no", no=v.no), "hbopen", v.id) for v in found[:HISTORY]]
    back: tuple[Button, ...] = (button("handbook-back", "entry", entry.id),)
    head = say("handbook-history", title=cut(entry.q_zh, TITLE))
    return Message(lines(head, *listed, more), (*in_rows(cells, 4), back))


def _history_line(me: Me, version: Version) -> Lines:
    day = day_in(version.done_at or version.sent_at or version.made_at, me)
    who = say("handbook-by-two", author=version.author_name, reviewer=version.reviewer_name)
    one = say("handbook-by-one", author=version.author_name)
    line = say("handbook-history-line", no=version.no, state=say(STATES[version.state]), day=day,
               who=who if version.reviewer_name else one)  # fmt: skip
    return lines(line, say("handbook-history-note", note=cut(version.note, 60)) if version.note else None)


async def compared(tx: Tx, version: Version) -> Message:
    """A text beside the one before it that was published: what went is struck out, what came is underlined."""
    before = [
        v for v in await handbook_versions.of_entry(tx, version.entry_id) if v.state == PUBLISHED and v.no < version.no
    ]
    if not before:
        return Message(say("handbook-diff-first"))
    old, new = before[-1], version
    fields = changed(old.content, new.content)
    if not fields:
        return Message(say("handbook-diff-same", old=old.no, new=new.no))
    parts = [say("handbook-diff-field", field=say(FIELD_NAMES[f]), text=_marked(old, new, f)) for f in fields]
    return Message(lines(say("handbook-diff-head", old=old.no, new=new.no), *parts))


def _marked(old: Version, new: Version, field: str) -> Rich:
    tags = {"gone": "s", "new": "u"}
    before, after = (_words(v.content, field)[:SHOWN] for v in (old, new))
    pieces = [(tags.get(piece.kind), escape(piece.text, quote=False)) for piece in changes(before, after)]
    return Rich("".join(f"<{tag}>{text}</{tag}>" if tag else text for tag, text in pieces))


def _words(content: Content, field: str) -> str:
    value = getattr(content, field)
    return "、".join(value) if isinstance(value, tuple) else str(value)
