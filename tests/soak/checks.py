"""What must be so after every trouble: each accepted deed once in the tables, each answer sent or listed as uncertain,
nothing late, nothing left lying about, every change with its line in the audit."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from storage.tx import Tx
from tests.soak.people import Class, Told
from tests.soak.world import World

QUIET_WITHIN = 180.0
BUSY = {
    "updates": "select count(*) from inbox where state = 'new'",
    "messages": """select count(*) from outbox where state = 'sending'
        or state = 'new' and (not_before is null or not_before <= :now) and (not_after is null or not_after >= :now)""",
    "files": "select count(*) from errand where state = 'new'",
    "documents": "select count(*) from document where state = 'new'",
    "things that are due": "select count(*) from due where state = 'new' and at <= :now",
}
NONE = {
    "updates that were given up": """select count(*) from inbox
        where state = 'dead' and trouble not like 'cannot be read%'""",
    "messages that were given up": "select count(*) from outbox where state = 'failed'",
    "answers that are uncertain": "select count(*) from outbox where state = 'uncertain' and not hold",
    "marks without a line in the audit": """select count(*) from mark k where k.status <> 'unmarked' and not exists
        (select 1 from mark_event e where e.roll_id = k.roll_id and e.member_id = k.member_id)""",
    "marks that are not what the audit says": """select count(*) from mark k where k.status <> 'unmarked'
        and k.status <> (select e.new from mark_event e where e.roll_id = k.roll_id and e.member_id = k.member_id
                         order by e.id desc limit 1)""",
    "people who were marked twice": """select count(*) from (select 1 from mark_event where old = 'unmarked'
        group by roll_id, member_id having count(*) > 1) x""",
    "leaves without a line in the audit": """select count(*) from leave l where l.state <> 'draft' and not exists
        (select 1 from leave_event e where e.leave_id = l.id)""",
    "logs without their version": """select count(*) from log l where l.version > 0 and not exists
        (select 1 from log_version v where v.log_id = l.id and v.no = l.version)""",
    "questions without a line in the audit": """select count(*) from question q where q.sent_at is not null
        and not exists (select 1 from question_event e where e.question_id = q.id)""",
    "files that belong to nothing": """select count(*) from media m
        where not exists (select 1 from log_part p where p.media_id = m.id)""",
    "photos that never came": """select count(*) from log_part where kind = 'photo' and state = 'kept'
        and media_id is null""",
}
LATE = "select not_after, sent_at from outbox where state = 'sent' and not_after is not null and sent_at > not_after"


async def quiet(world: World) -> str:
    """Wait until nothing is left to do; gives what is, should it not end."""
    left: dict[str, int] = {}
    for _ in range(round(QUIET_WITHIN / 0.5)):
        now = world.now
        left = {name: n for name, sql in BUSY.items() if (n := await _count(world, sql, {"now": now}))}
        if not left:
            return ""
        await asyncio.sleep(0.5)
    return f"it never became quiet: {left}"


async def _count(world: World, sql: str, params: dict[str, Any] | None = None) -> int:
    return await world.ask(lambda tx: tx.one(int, sql, params or {}))


async def wrong(people: Class, slack: timedelta) -> list[str]:
    """All that is not as it must be, in words; `slack` is what a call may take, by the class's clock."""
    world, told = people.world, people.told
    found = [still] if (still := await quiet(world)) else []
    for name, sql in NONE.items():
        if n := await _count(world, sql):
            found.append(f"{n} {name}")
    late = await world.ask(lambda tx: _late(tx, slack))
    found += [f"sent {by} too late" for by in late]
    found += await world.ask(lambda tx: _kept(tx, told))
    found += await _contents(world)
    found += _copies(people)
    found += [f"unanswered: {words}" for words in told.unanswered]
    found += [f"out of order: {words}" for words in told.disordered]
    return found


async def _late(tx: Tx, slack: timedelta) -> list[str]:
    ends = await tx.all(datetime, LATE.replace("not_after, sent_at", "not_after"))
    sent = await tx.all(datetime, LATE.replace("not_after, sent_at", "sent_at"))
    return [str(at - end) for end, at in zip(ends, sent, strict=True) if at - end > slack]


async def _kept(tx: Tx, told: Told) -> list[str]:
    """What people were told is done is there, once."""
    found = []
    for account, roll in sorted(told.checked_in):
        n = await tx.one(
            int,
            """select count(*) from mark k join member m on m.id = k.member_id
               where k.roll_id = :roll and m.account_id = :account and k.status <> 'unmarked'""",
            {"roll": roll, "account": account},
        )
        if n != 1:
            found.append(f"{n} marks of {account} in list {roll}")
    for what, signs, sql in (
        ("question", told.questions, "select count(*) from question where text like :sign and sent_at is not null"),
        ("leave", told.leaves, "select count(*) from leave where reason like :sign and state <> 'draft'"),
        ("log", dict.fromkeys(told.logs.values(), 0), "select count(*) from log where text like :sign and version = 1"),
        ("part", dict.fromkeys(told.logs.values(), 0), "select count(*) from log_part where body like :sign"),
        ("notice", dict.fromkeys(told.notices, 0), "select count(*) from notice where html like :sign"),
    ):
        for sign in signs:
            n = await tx.one(int, sql, {"sign": f"%{sign}%"})
            if n != 1:
                found.append(f"{n} {what}s with {sign}")
    for sign, readers in told.read.items():
        n = await tx.one(
            int,
            """select count(*) from notice_person p join notice n on n.id = p.notice_id
               where n.html like :sign and p.read_at is not null""",
            {"sign": f"%{sign}%"},
        )
        if n < len(readers):
            found.append(f"{len(readers)} were told that they have read {sign}, {n} have")
    return found


async def _contents(world: World) -> list[str]:
    """Every content of the shared folder that a row names is there, as long as the row says."""
    places = await world.ask(lambda tx: tx.all(str, "select place || ' ' || cast(size as text) from media"))
    sizes = {place.partition(":")[2]: int(size) for place, _, size in (row.partition(" ") for row in places) if place}
    return [
        f"{key} is not whole on the shelf"
        for key, size in sizes.items()
        if not (world.shelf / key).is_file() or (world.shelf / key).stat().st_size != size
    ]


def _copies(people: Class) -> list[str]:
    """No notice comes to anybody twice; who has none is counted by the caller as uncertain, never silently."""
    found = []
    for ref, texts in _read(people).items():
        twice = Counter(sign for sign in people.told.plain for text in texts if sign in text)
        found += [f"{ref} got {sign} {n} times" for sign, n in twice.items() if n > 1]
    return found


def _read(people: Class) -> dict[str, list[str]]:
    """What the bot wrote to each trainee."""
    phones = {ref: phone for ref, phone in people.world.phones.items() if ref.startswith("T")}
    return {
        ref: [m.text for m in phone.messages_in(limit=400) if m.sender != phone.id] for ref, phone in phones.items()
    }


async def without_a_copy(people: Class) -> list[str]:
    """People to whom a notice neither came nor stands as uncertain (or expired, or blocked) in its ledger."""
    read = _read(people)
    found = []
    for sign in people.told.plain:
        listed = set(await _listed(people.world, sign))
        for ref, texts in read.items():
            if not any(sign in text for text in texts) and people.phone(ref).id not in listed:
                found.append(f"{ref} has no {sign}, and nobody knows")
    return found


async def _listed(world: World, sign: str) -> list[int]:
    """Whom the ledger of a notice names as not having it."""
    sql = """select o.chat_id from outbox o join notice_person p on p.id = o.ledger_id
             join notice n on n.id = p.notice_id
             where n.html like :sign and o.state <> 'sent' and o.part = 'copy'"""
    return await world.ask(lambda tx: tx.all(int, sql, {"sign": f"%{sign}%"}))
