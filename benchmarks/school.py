"""A class ready for its first morning: everybody is bound, the list of the first session is open by the word alone."""

from __future__ import annotations

import asyncio
import sqlite3
import time as clock
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from actions import classes, joining
from rules.classfile import ClassFile, Group, Room, SessionRow, Site, Staff, Trainee
from rules.plans import ROLL_OPENS
from storage import accounts, dues, members
from storage.cohorts import get as cohort_of
from storage.door import open_store
from storage.tx import Tx

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2027, 3, 15)
NOW = datetime.combine(DAY, time(8, 57), ZONE)
"""What the bot's clock shows when a benchmark begins; the list is open from 08:40 to 09:20."""

WORD = "我要签到"
PER_GROUP = 30
TEACHER = 9_000_001


def class_of(size: int) -> ClassFile:
    """A class of so many trainees with one session."""
    trainees = tuple(
        Trainee(
            trainee_id=f"T{n:05}", name=f"学员{n:05}", group_no=1 + (n - 1) // PER_GROUP, seat_no=n,
            street="金阳街道", community="金元社区", phone=f"000-{n:05}",
        )
        for n in range(1, size + 1)
    )  # fmt: skip
    groups = tuple(Group(group_no=g, name_zh=f"第{g}组") for g in range(1, 2 + (size - 1) // PER_GROUP))
    first = SessionRow(
        session_id="S11", day=1, date=DAY, start=time(9), end=time(11, 30), title_zh="开班式", title_en="Opening",
        kind="ceremony", credit_hours=3, checkin_mode="tap", required=True, site_id="SITE1", room_id="R1",
    )  # fmt: skip
    return ClassFile(
        key="bench", title="测速班", title_en="Bench class", first_day=DAY, last_day=DAY, trainees=trainees,
        groups=groups, staff=(Staff(staff_id="S01", name="柯老师", role="class_teacher"),),
        sites=(Site(site_id="SITE1", name_zh="培训楼"),), rooms=(Room(room_id="R1", name_zh="301报告厅"),),
        sessions=(first,),
    )  # fmt: skip


async def fill(tx: Tx, people: list[int], teacher: int = 0) -> None:
    """Import the class and bind each seat to an account; of the clock's work only the list's opening is left."""
    report = await classes.bring_in(tx, class_of(len(people)), NOW)
    cohort = await cohort_of(tx, report.cohort_id)
    await classes.move(tx, cohort.id, "registration", NOW)
    seats = [m for m in await members.of_cohort(tx, cohort.id) if m.seat_no]
    bound = list(zip(seats, people, strict=True))
    if teacher:
        clara = await members.by_ref(tx, cohort.id, "S01")
        assert clara is not None
        bound.append((clara, teacher))
    for member, account in bound:
        link = await joining.link_for(tx, member.id, NOW)
        await accounts.meet(tx, account, member.name, NOW)
        me = await accounts.who(tx, account, NOW)
        assert me is not None
        await joining.bind(tx, me, link.token, NOW)
    for thing in await dues.between(tx, cohort.id, NOW - timedelta(days=9), NOW + timedelta(days=9)):
        if thing.kind != ROLL_OPENS:
            await dues.set_state(tx, thing.id, "idle", NOW)


async def prepare(path: Path, people: list[int], teacher: int = 0) -> None:
    """Make the database of such a class, everything of it in the one file."""
    store = await open_store(f"sqlite:///{path}")
    await store.work(lambda tx: fill(tx, people, teacher))
    await store.close()
    with sqlite3.connect(path) as raw:
        raw.execute("pragma wal_checkpoint(truncate)")
    raw.close()


def config(
    path: Path, database: Path, token: str, api: str, *, per_second: float = 0, port: int = 0, webhook: bool = False
) -> Path:
    """Write our program's configuration; its clock shows NOW at this moment."""
    hook = f'webhook_url = "http://127.0.0.1:{port}/hook"\nwebhook_secret = "bench-secret"\n' if webhook else ""
    path.write_text(
        f'[telegram]\ntoken = "{token}"\napi_url = "{api}"\nmode = "{"webhook" if webhook else "polling"}"\n{hook}'
        f"messages_per_second = {per_second}\n[server]\nport = {port}\n"
        f'[database]\nurl = "sqlite:///{database}"\n[clock]\noffset_seconds = {NOW.timestamp() - clock.time():.3f}\n',
        encoding="utf-8",
    )
    return path


def count(path: Path, sql: str) -> int:
    """One number out of a database file."""
    raw = sqlite3.connect(path)
    found: int = raw.execute(sql).fetchone()[0]
    raw.close()
    return found


if __name__ == "__main__":
    asyncio.run(prepare(Path("bench.db"), list(range(1, 101))))
