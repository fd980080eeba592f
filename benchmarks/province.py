"""A province: one class brought in as a school would, then copied in SQL until there are hundreds, with a past."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from actions import classes
from benchmarks.school import NOW, class_of
from rules.plans import ROLL_OPENS
from storage import accounts, dues, members
from storage.door import open_store
from storage.tx import Tx

PER_CLASS = 50
STRIDE = 1_000_000
"""The n-th copy of a row has its number and n times this."""
FIRST = 101
"""The account of the first trainee of the first class; the teacher's is the last one."""
COPIED = ("cohort", "site", "room", "class_group", "account", "member", "session", "roll", "due")
SERIES = "with recursive series (n) as (select 1 union all select n + 1 from series where n < :last)"


def account(number: int) -> int:
    """The account of the n-th trainee of the whole province, class by class."""
    return FIRST + number % PER_CLASS + number // PER_CLASS * STRIDE


async def seed(url: str, classes_count: int, past: int = 0) -> None:
    """Fill an empty database; `past` are lists of earlier days that everybody has a mark in, with the messages."""
    store = await open_store(url)
    await store.work(_first)
    if classes_count > 1:
        for table in COPIED:
            await store.work(lambda tx, table=table: _copy(tx, table, classes_count - 1))  # type: ignore[misc]
    if past:
        await store.work(lambda tx: _past(tx, past))
    await store.work(_settle)
    await store.close()


async def _first(tx: Tx) -> None:
    """The first class: everybody is bound; of the clock's work only the list's opening is left."""
    report = await classes.bring_in(tx, class_of(PER_CLASS), NOW)
    await classes.move(tx, report.cohort_id, "registration", NOW)
    seats = await members.of_cohort(tx, report.cohort_id)
    for id, member in enumerate(sorted(seats, key=lambda m: (m.seat_no is None, m.seat_no)), FIRST):
        await accounts.meet(tx, id, member.name, NOW)
        await members.set_account(tx, member.id, id, NOW)
        await accounts.set_cohort(tx, id, report.cohort_id)
        await accounts.set_lang(tx, id, "zh")
    for thing in await dues.between(tx, report.cohort_id, NOW - timedelta(days=9), NOW + timedelta(days=9)):
        if thing.kind != ROLL_OPENS:
            await dues.set_state(tx, thing.id, "idle", NOW)


async def columns(tx: Tx, table: str) -> list[str]:
    """The columns of a table."""
    if tx.postgres:
        asked = "select column_name from information_schema.columns where table_name = :t and table_schema = 'public'"
    else:
        asked = "select name from pragma_table_info(:t)"
    return await tx.all(str, asked, {"t": table})


async def _copy(tx: Tx, table: str, last: int) -> None:
    names = await columns(tx, table)
    shifted = [f"{n} + series.n * {STRIDE}" if n == "id" or n.endswith("_id") else n for n in names]
    wanted = ["key || '-' || cast(series.n as text)" if n == "key" else s for n, s in zip(names, shifted, strict=True)]
    wanted = [w.replace(n, f"one.{n}", 1) for n, w in zip(names, wanted, strict=True)]
    await tx.do(
        f"""insert into {table} ({", ".join(names)}) {SERIES}
            select {", ".join(wanted)} from {table} one cross join series""",
        {"last": last},
    )


async def _past(tx: Tx, past: int) -> None:
    """Lists of days before, each with everybody's mark and its event; the messages that went to and fro."""
    values: dict[str, Any] = {"last": past, "now": NOW}
    ago = "cast(n as bigint) * 86400000"
    then = f"cast(:now as bigint) - {ago}"
    for statement in (
        f"""insert into session (cohort_id, ref, day, starts_at, ends_at, kind, title, mode) {SERIES}
            select s.cohort_id, 'H' || cast(n as text), 0, s.starts_at - {ago}, s.ends_at - {ago}, s.kind,
                   s.title, s.mode from session s cross join series""",
        """insert into roll (session_id, cohort_id, state, secret, opens_at, bell_at, shuts_at, closed_at)
           select s.id, s.cohort_id, 'closed', 'x', s.starts_at - 1200000, s.starts_at, s.starts_at + 1200000, s.ends_at
           from session s where s.ref like 'H%'""",
        """insert into mark (roll_id, member_id, status, at, arrived_at, source)
           select r.id, m.id, 'present', r.bell_at, r.bell_at, 'self'
           from roll r join member m on m.cohort_id = r.cohort_id where r.state = 'closed' and m.seat_no is not null""",
        """insert into mark_event (roll_id, member_id, at, who, old, new, source)
           select k.roll_id, k.member_id, k.at, m.account_id, 'unmarked', k.status, 'self'
           from mark k join member m on m.id = k.member_id""",
        f"""insert into inbox (bot, update_id, chat_id, lane, raw, kept_at, state, done_at) {SERIES}
            select 8001, -(a.id * 1000 + n), a.id, a.id % 16, :raw, {then}, 'done', {then}
            from account a cross join series""",
        f"""insert into outbox (chat_id, kind, body, state, message_id, push_day, made_at, sent_at) {SERIES}
            select a.id, 'say', :body, 'sent', n, 'earlier', {then}, {then}
            from account a cross join series""",
    ):
        await tx.do(statement, {**values, "last": past * 2 if "box" in statement else past, "raw": "x" * 350,
                                "body": "x" * 250})  # fmt: skip


async def _settle(tx: Tx) -> None:
    """Numbers go on after those that were copied; the planner knows what there is."""
    if tx.postgres:
        for table in COPIED:
            if table != "account":
                await tx.do(f"select setval(pg_get_serial_sequence('{table}', 'id'), max(id)) from {table}")
    await tx.do("analyze")


async def add_notice(url: str) -> int:
    """A notice that everybody of the province has and nobody has read."""
    store = await open_store(url)

    async def work(tx: Tx) -> int:
        scope = await tx.all(int, "select id from cohort order by id")
        id = await tx.one(
            int,
            """insert into notice (cohort_id, level, state, sender, html, scope, made_at, begun_at, sent_at)
               values (:first, 'ack', 'sent', :sender, '明天8点在一楼集合', :scope, :now, :now, :now) returning id""",
            {"first": scope[0], "sender": FIRST + PER_CLASS, "scope": scope, "now": NOW},
        )
        await tx.do(
            """insert into notice_person (notice_id, member_id, cohort_id, account_id)
               select :id, id, cohort_id, account_id from member where seat_no is not null""",
            {"id": id},
        )
        await tx.do(
            """insert into outbox (chat_id, kind, body, once, state, message_id, ledger_id, version, part, made_at,
                  sent_at)
               select account_id, 'say', '{"text":"x"}', 'notice:' || cast(id as text), 'sent', 7, id, 1, 'copy', :now,
                      :now
               from notice_person where notice_id = :id""",
            {"id": id, "now": NOW},
        )
        await tx.do("analyze")
        return id

    found = await store.work(work)
    await store.close()
    return found
