"""The desk with 50 classes × 50 people × 5 days: how long each page takes the server, what it weighs, and what fifty
live pages cost at rest.

`python -m benchmarks.desk [--classes 50] [--out FILE]`: one process, SQLite in WAL, real HTTP on this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import secrets
import statistics
import tempfile
import time
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from msgspec import Struct

from actions import classes
from actions import desk_sessions as deeds
from desk.answers import Setting
from desk.ways import WAYS, install
from rules.classfile import ClassFile, Course, Group, Room, SessionRow, Site, Staff, Trainee
from rules.roles import CLASS_TEACHER
from rules.settings import Settings
from rules.settings_attendance import HoursPart
from storage import accounts, desk_sessions
from storage.door import open_store
from storage.tx import Store, Tx

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2027, 3, 15)
EVE = datetime.combine(DAY, clock_time(7), ZONE)
NOW = datetime.combine(DAY + timedelta(days=4), clock_time(16, 30), ZONE)
PEOPLE, DAYS = 50, 5
HOURS = (("08:30", "10:00"), ("10:20", "11:50"), ("14:00", "15:30"), ("15:50", "17:20"), ("19:00", "20:30"))
TEACHER = 900_000
SAMPLES = 40
REST = 20.0


def class_of(number: int) -> ClassFile:
    """A full class: five lists a day."""
    seats = tuple(
        Trainee(trainee_id=f"T{n}", name=f"学员{number}之{n}", group_no=1 + n % 5, seat_no=n + 1, street="金阳街道",
                community="金元社区", dorm_room="301", phone=f"000-{n:04}")
        for n in range(PEOPLE)
    )  # fmt: skip
    sessions = tuple(
        SessionRow(session_id=f"S{d}{k}", day=d + 1, date=DAY + timedelta(days=d), start=clock_time.fromisoformat(a),
                   end=clock_time.fromisoformat(b), title_zh=f"第{d + 1}天第{k + 1}节 社区治理", checkin_mode="code",
                   required=True, credit_hours=2, site_id="SITE1", room_id="R1")
        for d in range(DAYS) for k, (a, b) in enumerate(HOURS)
    )  # fmt: skip
    return ClassFile(
        key=f"bench{number}", title=f"基准{number}班", first_day=DAY, last_day=DAY + timedelta(days=DAYS - 1),
        trainees=seats, groups=tuple(Group(group_no=n + 1, name_zh=f"第{n + 1}组") for n in range(5)),
        sessions=sessions, staff=(Staff(staff_id="S1", name="柯老师", role="class_teacher"),),
        sites=(Site(site_id="SITE1", name_zh="培训楼"),), rooms=(Room(room_id="R1", name_zh="301报告厅"),),
        courses=(Course(course_id="PH1", title_zh="社区治理"),),
        settings=Settings(hours=HoursPart(total=2 * DAYS * len(HOURS))),
    )  # fmt: skip


async def furnish(store: Store, count: int) -> list[int]:
    """All classes, with marks, logs, leaves, notices and questions; gives their ids."""
    dice = random.Random(7)
    found = []
    for number in range(count):

        async def work(tx: Tx, number: int = number) -> int:
            made = await classes.bring_in(tx, class_of(number), EVE)
            for state in ("registration", "running"):
                await classes.move(tx, made.cohort_id, state, EVE)
            await _teacher(tx, made.cohort_id, TEACHER + number)
            await _fill(tx, made.cohort_id, dice)
            return made.cohort_id

        found.append(await store.work(work))
    return found


async def _teacher(tx: Tx, cohort: int, account: int) -> None:
    await accounts.meet(tx, account, "柯老师", EVE)
    await tx.do(
        "update member set account_id = :a, bound_at = :now where cohort_id = :c and roles like :role",
        {"a": account, "c": cohort, "now": EVE, "role": f"%{CLASS_TEACHER}%"},
    )
    await accounts.set_cohort(tx, account, cohort)


async def _fill(tx: Tx, cohort: int, dice: random.Random) -> None:
    """What five days leave behind."""

    class Roll(Struct):
        id: int
        bell_at: datetime

    people = await tx.all(int, "select id from member where cohort_id = :c and seat_no is not null", {"c": cohort})
    rolls = await tx.all(Roll, "select id, bell_at from roll where cohort_id = :c order by bell_at", {"c": cohort})
    rolls = [roll for roll in rolls if roll.bell_at < NOW]
    ways = ("present",) * 17 + ("late", "leave_personal", "absent")
    marks = [{"r": r.id, "m": m, "s": dice.choice(ways), "at": r.bell_at} for r in rolls for m in people]
    await tx.many("insert into mark (roll_id, member_id, status, at, source) values (:r, :m, :s, :at, 'self')", marks)
    await tx.many(
        """insert into mark_event (roll_id, member_id, at, old, new, source)
           values (:r, :m, :at, 'unmarked', :s, 'self')""",
        marks,
    )
    await tx.do(
        "update roll set closed_at = bell_at + 5400000, state = 'closed' where cohort_id = :c and bell_at < :shut",
        {"c": cohort, "shut": NOW - timedelta(hours=6)},
    )
    text = "我们社区窗口的问题可能不是态度是顺序先情绪再事实没想明白后面排着五个人时候还能这样" * 6
    logs = [{"c": cohort, "m": m, "d": d + 1, "s": "submitted" if d > 2 else "accepted", "t": text, "n": len(text),
             "at": EVE + timedelta(days=d, hours=13)} for d in range(DAYS) for m in people]  # fmt: skip
    await tx.many(
        """insert into log (cohort_id, member_id, day, state, version, text, chars, made_at, handed_at)
           values (:c, :m, :d, :s, 1, :t, :n, :at, :at)""",
        logs,
    )
    await tx.do(
        """insert into log_part (log_id, kind, slot, body, at) select id, 'text', '', text, handed_at from log
           where cohort_id = :c""",
        {"c": cohort},
    )
    await tx.do(
        """insert into log_version (log_id, no, body, parts, state, source, at)
           select l.id, 1, l.text, '[' || p.id || ']', 'submitted', 'self', l.handed_at
           from log l join log_part p on p.log_id = l.id where l.cohort_id = :c""",
        {"c": cohort},
    )
    await tx.many(
        """insert into question (cohort_id, no, asker_id, text, state, made_at, sent_at, due_at)
           values (:c, :n, :m, :t, :s, :at, :at, :due)""",
        [{"c": cohort, "n": n, "m": dice.choice(people), "t": f"老师，第{n}个问题：{text[:60]}？", "at": NOW,
          "s": "queued" if n <= 30 else "closed", "due": NOW + timedelta(hours=n - 10)} for n in range(1, 101)],
    )  # fmt: skip
    for n in range(20):
        id = await tx.one(
            int,
            """insert into notice (cohort_id, level, state, sender, sender_name, html, begun_at, sent_at, made_at)
               values (:c, 'ack', 'sent', 1, '柯老师', :t, :at, :at, :at) returning id""",
            {"c": cohort, "t": f"第{n}条：{text[:80]}", "at": NOW - timedelta(hours=n)},
        )
        await tx.many(
            """insert into notice_person (notice_id, member_id, cohort_id, account_id, read_at)
               values (:n, :m, :c, :m, :read)""",
            [{"n": id, "m": m, "c": cohort, "read": NOW if dice.random() < 0.9 else None} for m in people],
        )


IDS = {
    "rolls": "select max(id) from roll where cohort_id = :c and bell_at < :now",
    "people": "select min(id) from member where cohort_id = :c", "logs": "select max(id) from log where cohort_id = :c",
    "questions": "select min(id) from question where cohort_id = :c",
    "notices": "select max(id) from notice where cohort_id = :c",
}  # fmt: skip


async def addresses(store: Store, cohort: int) -> dict[str, str]:
    """Every page that a class teacher has, with a number of this class where one is needed."""
    ids: dict[str, int] = {}
    for name, sql in IDS.items():
        ids[name] = await store.work(lambda tx, sql=sql: tx.one(int, sql, {"c": cohort, "now": NOW}))  # type: ignore[misc]
    found = {}
    for way in WAYS.values():
        if way.method != "GET" or CLASS_TEACHER not in way.who:
            continue
        kind = way.path.split("/")[2]
        if "{" in way.path and (kind not in ids or not re.fullmatch(r"/desk/\w+/\{id\}", way.path)):
            continue
        found[way.path] = way.path.replace("{id}", str(ids.get(kind, 0)))
    return found


async def measure(count: int) -> list[list[str]]:
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory(prefix="tongxue-desk-") as folder:
        store = await open_store(f"sqlite:///{Path(folder) / 'desk.db'}")
        try:
            cohorts = await furnish(store, count)
            app = web.Application(middlewares=[timed])
            install(app, Setting(store=store, now=lambda: NOW))
            async with TestServer(app) as server, aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
                deeds.serve_at(str(server.make_url("/")))
                keys = [await _session(store, TEACHER + n) for n in range(count)]
                ways = [await addresses(store, cohort) for cohort in cohorts]
                for shape in ways[0]:
                    rows.append(await _page(client, server, shape, ways, keys))
                rows.append(await _rest(client, server, keys))
        finally:
            await store.close()
    return rows


TIMES: list[tuple[float, float]] = []
"""Of each request: seconds on the clock, and of processor time, which a busy machine does not spoil."""


@web.middleware
async def timed(request: web.Request, handler: Any) -> web.StreamResponse:
    begun, cpu = time.perf_counter(), time.process_time()
    answer: web.StreamResponse = await handler(request)
    TIMES.append((time.perf_counter() - begun, time.process_time() - cpu))
    return answer


async def _session(store: Store, account: int) -> dict[str, str]:
    token = secrets.token_urlsafe(32)
    until = NOW + timedelta(hours=12)
    await store.work(lambda tx: desk_sessions.add(tx, deeds.hashed(token), account, deeds.BROWSER, until, NOW))
    return {"Cookie": f"desk={token}", "Accept-Encoding": "gzip"}


async def _page(
    client: aiohttp.ClientSession, server: TestServer, shape: str, ways: list[dict[str, str]],
    keys: list[dict[str, str]],
) -> list[str]:  # fmt: skip
    """One page in many classes: median and p95 of the server's time, and its weight on the wire."""
    TIMES.clear()
    weight = 0
    for n in range(SAMPLES):
        at = n % len(ways)
        async with client.get(server.make_url(ways[at][shape]), headers=keys[at], auto_decompress=False) as answer:
            weight = max(weight, len(await answer.read()))
            assert answer.status == 200, (shape, answer.status)
    real, cpu = (sorted(1000 * t[which] for t in TIMES) for which in (0, 1))
    late = int(SAMPLES * 0.95) - 1
    times = [f"{statistics.median(real):.0f} ms", f"{real[late]:.0f} ms", f"{cpu[late]:.0f} ms"]
    return [shape, *times, f"{weight / 1024:.0f} KB"]


async def _rest(client: aiohttp.ClientSession, server: TestServer, keys: list[dict[str, str]]) -> list[str]:
    """Fifty live pages, nothing moves: what part of a core the whole process takes, our client in it."""
    streams = []
    for n in range(50):
        url = server.make_url("/desk/events?topics=today")
        streams.append(await client.get(url, headers=keys[n % len(keys)], timeout=aiohttp.ClientTimeout(total=None)))
    await asyncio.sleep(3)
    cpu, real = time.process_time(), time.perf_counter()
    await asyncio.sleep(REST)
    share = (time.process_time() - cpu) / (time.perf_counter() - real)
    for stream in streams:
        stream.close()
    return [f"50 live pages at rest, {REST:.0f} s", "", "", f"{100 * share:.1f} % of a core", ""]


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.desk", description=__doc__)
    parser.add_argument("--classes", type=int, default=50)
    parser.add_argument("--out", type=Path)
    wish = parser.parse_args()
    rows = asyncio.run(measure(wish.classes))
    lines = [
        "| page | median | p95 | p95 of processor time | on the wire |",
        "|---|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
    print("\n".join(lines))
    if wish.out:
        wish.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
