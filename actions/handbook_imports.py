"""A handbook out of a file: what would change is shown first, and nothing is seen before the school approves it
(HANDBOOK-01)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, structs

from actions import handbook_posts
from actions.classfiles import said
from actions.errands import packed, unpacked
from actions.handbook import FIELD_NAMES, name_of
from actions.handbook_files import read_handbook
from actions.handbook_publishing import publish
from chat.messages import Lines, Refusal, Say, lines, say
from rules.handbook import DROPPED, OPEN, REVIEW, Content, changed
from rules.handbook_file import Found, Given, judged
from rules.log_checks import squeezed
from rules.log_texts import cut
from rules.problems import Problem, has_errors
from storage import audits, errands, handbook, handbook_versions
from storage.accounts import Me
from storage.errands import Errand
from storage.handbook import Entry
from storage.handbook_versions import Version
from storage.tx import Tx

ERRAND = "handbook"
SHOWN = 10
FIELD_SHOWN = 40


class Hand(Struct, frozen=True):
    """Who does something: an account (0 is the command line) and the name that stands in the history."""

    account: int = 0
    name: str = ""


class Changed(Struct, frozen=True):
    """An entry that differs from the file: the newest text that there is, and what would stand in its place."""

    entry: Entry
    newest: Version
    content: Content


class Plan(Struct, frozen=True, kw_only=True):
    """What an import would do. `busy`: somebody works on them, they stay as they are; `waiting`: the same as in the
    file, but not approved yet; `missing`: not in the file, they stay."""

    new: list[tuple[Given, Content]]
    changed: list[Changed]
    same: int
    waiting: list[Version]
    busy: list[Entry]
    missing: list[Entry]
    problems: tuple[Problem, ...]

    @property
    def writes(self) -> int:
        """How many entries would get a new text."""
        return 0 if has_errors(list(self.problems)) else len(self.new) + len(self.changed)


async def compare(tx: Tx, file: str, found: Found) -> Plan:
    """Hold the entries of a file against the handbook. An entry is known by its number, else by its question."""
    entries = await handbook.all(tx)
    newest = {v.entry_id: v for v in await handbook_versions.newest(tx)}
    alive = [entry for entry in entries if entry.id in newest]
    by_key, by_title = {e.key: e for e in entries}, {squeezed(newest[e.id].content.q_zh): e for e in alive}
    plan = Plan(new=[], changed=[], same=0, waiting=[], busy=[], missing=[], problems=found.problems)
    problems, seen, same = list(found.problems), set[int](), 0
    for given in found.entries:
        entry = by_key.get(given.key) if given.key else by_title.get(squeezed(given.title))
        version = newest.get(entry.id) if entry else None
        content = given.over(version.content if version else None)
        problems += judged(file, given, content)
        if entry is None or version is None:
            plan.new.append((given, content))
            seen |= {entry.id} if entry else set()
            continue
        seen.add(entry.id)
        if not changed(version.content, content):
            same += 1
            plan.waiting.extend([version] if version.state == REVIEW else [])
        elif version.state in OPEN and not (version.state == REVIEW and version.author == 0):
            plan.busy.append(entry)
        else:
            plan.changed.append(Changed(entry, version, content))
    missing = [entry for entry in alive if entry.id not in seen and entry.state != "retired"]
    return structs.replace(plan, same=same, missing=missing, problems=tuple(problems))


async def bring_in(tx: Tx, file: str, found: Found, by: Hand, now: datetime, approved: Hand | None = None) -> Plan:
    """Write what differs, all or nothing; it waits for review, unless somebody answers for it as `approved`."""
    plan = await compare(tx, file, found)
    if has_errors(list(plan.problems)):
        return plan
    keyed_first = sorted(plan.new, key=lambda new: not new[0].key)  # no free key is given that the file brings
    written = [await _begin(tx, given, content, by, now) for given, content in keyed_first]
    for each in plan.changed:
        if each.newest.state in OPEN:
            gone = structs.replace(each.newest, state=DROPPED, done_at=now)
            await handbook_versions.set_decided(tx, gone, (REVIEW,))
        written.append(await handbook_versions.add(tx, _version(each.entry.id, each.content, by, now)))
    if approved is not None:
        for version in (*written, *(v for v in plan.waiting if v.author != approved.account or not v.author)):
            await publish(tx, version, now, reviewer=approved.account, name=approved.name)
    elif written:
        await handbook_posts.tell_import(tx, by.account, by.name, len(written), now)
    if written:
        await audits.add(tx, now, "handbook-import", f"handbook:{cut(file, 60)}", who=by.account or None,
                         new=str(len(written)))  # fmt: skip
    return plan


async def _begin(tx: Tx, given: Given, content: Content, by: Hand, now: datetime) -> Version:
    there = await handbook.by_key(tx, given.key) if given.key else None
    entry = there or await handbook.add(
        tx, Entry(key=given.key, category=content.category, q_zh=content.q_zh, made_at=now, changed_at=now)
    )
    return await handbook_versions.add(tx, _version(entry.id, content, by, now))


def _version(entry_id: int, content: Content, by: Hand, now: datetime) -> Version:
    return Version(entry_id=entry_id, state=REVIEW, content=content, author=by.account, author_name=by.name,
                   made_at=now, sent_at=now)  # fmt: skip


# ---- in words ----------------------------------------------------------------------------------------------


def problem_lines(plan: Plan, most: int = SHOWN) -> list[Say]:
    """What is wrong, errors first, each with its place."""
    found = sorted(plan.problems, key=lambda p: p.severity != "error")
    more = len(found) - most
    return [*map(said, found[:most]), *([say("handbook-more-problems", count=more)] if more > 0 else [])]


def preview(plan: Plan, most: int = SHOWN) -> Lines:
    """What an import would do: the numbers, then entry by entry what would be new, changed (before and after), and what
    the file does not hold."""
    if has_errors(list(plan.problems)):
        count = sum(p.severity == "error" for p in plan.problems)
        return lines(say("handbook-import-wrong", count=count), *problem_lines(plan, most))
    parts: list[Say] = [say("handbook-import-new-one", title=_title(c.q_zh)) for _, c in plan.new]
    for each in plan.changed:
        parts.append(say("handbook-import-changed-one", title=_title(each.newest.content.q_zh)))
        parts += _fields(each)
    parts += [say("handbook-import-busy", title=_title(e.q_zh)) for e in plan.busy]
    parts += [say("handbook-import-missing", title=_title(e.q_zh)) for e in plan.missing]
    more = len(parts) - 2 * most
    return lines(
        say("handbook-import-sum", new=len(plan.new), changed=len(plan.changed), same=plan.same,
            missing=len(plan.missing)),
        *parts[: 2 * most],
        say("handbook-import-more", count=more) if more > 0 else None,
        *problem_lines(plan, most),
        say("handbook-import-waiting", count=len(plan.waiting)) if plan.waiting else None,
    )  # fmt: skip


def _title(title: str) -> str:
    return cut(title, 30)


def _fields(each: Changed) -> list[Say]:
    found = []
    for field in changed(each.newest.content, each.content):
        old, new = (_around(each, content, field) for content in (each.newest.content, each.content))
        found.append(say("handbook-import-field", field=say(FIELD_NAMES[field]), old=old, new=new))
    return found


def _around(each: Changed, content: Content, field: str) -> str:
    """A field, from a little before the place where the two texts part."""
    texts = [_words(c, field) for c in (each.newest.content, each.content)]
    parts = next((at for at, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), min(map(len, texts)))
    start = max(0, parts - 8) if max(map(len, texts)) > FIELD_SHOWN else 0
    text = _words(content, field)
    return ("…" if start else "") + cut(text[start:], FIELD_SHOWN) or "—"


def _words(content: Content, field: str) -> str:
    value = getattr(content, field)
    return "、".join(value) if isinstance(value, tuple) else " ".join(str(value).split())


# ---- by chat -----------------------------------------------------------------------------------------------


async def preview_fetched(tx: Tx, errand: Errand) -> Plan:
    """What importing the file that was sent would do."""
    return await compare(tx, errand.file_name, unpacked(Found, errand))


async def import_fetched(tx: Tx, me: Me, errand: Errand, now: datetime) -> Plan:
    """Import the file that was sent; it waits for a second administrator."""
    plan = await bring_in(tx, errand.file_name, unpacked(Found, errand), Hand(me.account_id, name_of(me)), now)
    if not has_errors(list(plan.problems)):
        await errands.set_done(tx, errand.id, "done")
    return plan


def read_fetched(data: bytes, name: str) -> str:
    """Read a handbook that was sent. Blocking, up to seconds: in a thread, and in no transaction."""
    return packed(read_handbook(data, name))


async def administrator(tx: Tx, name: str) -> Hand:
    """The administrator of this name, who answers for what the command line brings in."""
    found = await handbook.administrators(tx)
    one = next((each for each in found if each.name == name.strip()), None)
    if one is None:
        raise Refusal("handbook-no-such-admin", name=name, names=[each.name for each in found] or ["—"])
    return Hand(one.account_id or 0, one.name)
