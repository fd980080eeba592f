"""The daily logs: keeping a part beside a check-in, the next log of ten thousand, near copies, the volume of a class.

`python -m benchmarks.logs [--out FILE]`: one process, no network; the real dispatcher over SQLite in WAL.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import random
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from PIL import Image

from actions import classes, joining, log_books, log_reviews
from actions.log_advice import alike_to
from actions.pictures import prepared
from benchmarks.report import Table
from bot.clock import Bell, Clock
from bot.dispatcher import Dispatcher
from bot.documents import Maker
from bot.intake import arrival_of
from handlers import ROUTES
from rules.classfile import ClassFile, Group, SessionRow, Staff, Trainee
from rules.log_checks import prints
from rules.settings import Settings
from rules.settings_attendance import HoursPart
from storage import accounts, cohorts, inbox, logs, media, members
from storage.door import open_store
from storage.logs import HandedIn, Log, Part, Version
from storage.media import Media
from storage.tx import Store, Tx

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2027, 3, 15)
CHARS = (
    "我们社区窗口的问题可能不是态度是顺序先情绪再事实没想明白后面排着五个人时候还能这样回去周一"
    "例会让两位同事互相试一次就练第句话居民物业楼长支部议题协商评理公示"
)
PEOPLE, DAYS, PHOTOS = 50, 5, 3


class Hand(Clock):
    """A clock that stands."""

    value = datetime.combine(DAY, clock_time(14), ZONE)

    def now(self) -> datetime:
        return self.value.astimezone(ZoneInfo("UTC"))


def text_of(dice: random.Random, size: int) -> str:
    return "".join(dice.choice(CHARS) for _ in range(size))


def class_of(people: int) -> ClassFile:
    """A class with a session open for check-in at 14:00 on each day."""
    seats = tuple(
        Trainee(trainee_id=f"T{n}", name=f"学员{n}", group_no=1 + n % 5, seat_no=n + 1) for n in range(people)
    )
    sessions = tuple(
        SessionRow(session_id=f"S{d}", day=d + 1, date=DAY + timedelta(days=d), start=clock_time(14),
                   end=clock_time(15, 30), title_zh="课", checkin_mode="tap", required=True, credit_hours=2)
        for d in range(DAYS)
    )  # fmt: skip
    return ClassFile(
        key="bench", title="基准班", first_day=DAY, last_day=DAY + timedelta(days=DAYS - 1), trainees=seats,
        groups=tuple(Group(group_no=n + 1) for n in range(5)), sessions=sessions,
        staff=(Staff(staff_id="S1", name="柯老师", role="class_teacher"),),
        settings=Settings(hours=HoursPart(total=2 * DAYS)),
    )  # fmt: skip


async def furnish(store: Store, people: int) -> int:
    """The class in the database, everybody bound."""
    eve = datetime.combine(DAY, clock_time(7), ZONE)

    async def work(tx: Tx) -> int:
        made = await classes.bring_in(tx, class_of(people), eve)
        for state in ("registration", "running"):
            await classes.move(tx, made.cohort_id, state, eve)
        for member in await members.of_cohort(tx, made.cohort_id):
            account = 5000 + member.id
            await accounts.meet(tx, account, member.name, eve)
            me = await accounts.who(tx, account, eve)
            assert me is not None
            await joining.bind(tx, me, (await joining.link_for(tx, member.id, eve)).token, eve)
        return made.cohort_id

    return await store.work(work)


def update(number: int, account: int, at: datetime, **body: Any) -> bytes:
    who = {"id": account, "is_bot": False, "first_name": "x", "language_code": "zh-hans"}
    message = {"message_id": number, "date": round(at.timestamp()), "chat": {"id": account, "type": "private"},
               "from": who, **body}  # fmt: skip
    return msgspec.json.encode({"update_id": number, "message": message})


async def turns(store: Store, hand: Hand, updates: list[bytes]) -> float:
    """Milliseconds a turn, each in a transaction of its own (no group commit: the slowest way)."""
    work = Dispatcher(ROUTES, hand)
    spent = 0.0
    for raw in updates:
        begun = time.perf_counter()

        async def both(tx: Tx, raw: bytes = raw) -> None:
            await inbox.add(tx, [arrival_of(raw, 1, hand.now())])
            await work.work_lane(tx, None)

        await store.work(both)
        spent += time.perf_counter() - begun
    return spent / len(updates) * 1000


async def part_beside_checkin(folder: Path) -> tuple[float, float]:
    """Keeping one part of a log, and one check-in: (ms, ms)."""
    store = await open_store(f"sqlite:///{folder}/turns.db")
    cohort_id = await furnish(store, 300)
    people = [m.account_id or 0 for m in await store.work(lambda tx: members.of_cohort(tx, cohort_id)) if m.seat_no]
    hand, number, found = Hand(), iter(range(1, 10**9)), []
    await turns(store, hand, [update(next(number), a, hand.now(), text="写日志") for a in people])
    for kind in ("part", "checkin", "part", "checkin"):
        half = people[:150] if len(found) < 2 else people[150:]
        words = "签到" if kind == "checkin" else "今天学到先情绪再事实"
        if kind == "part":  # the first part of a draft learns till when it may grow; the rest of it is what counts
            await turns(store, hand, [update(next(number), a, hand.now(), text="开头") for a in half])
        found.append(await turns(store, hand, [update(next(number), a, hand.now(), text=words) for a in half]))
    await store.close()
    return min(found[0], found[2]), min(found[1], found[3])


async def hand_in(tx: Tx, cohort_id: int, member_id: int, day: int, text: str) -> Log:
    """A log as it stands after handing in, written straight into the tables."""
    at = datetime.combine(DAY + timedelta(days=day - 1), clock_time(20), ZONE)
    log = await logs.begin(tx, Log(cohort_id=cohort_id, member_id=member_id, day=day, made_at=at))
    part = await logs.add_part(tx, Part(log_id=log.id, body=text, at=at))
    found = prints(text)
    made = HandedIn(id=log.id, old_version=0, state="submitted", text=text, chars=len(text), flags=(),
                    grams=found.grams, sketch=found.sketch, at=at)  # fmt: skip
    await logs.set_handed_in(tx, made)
    await logs.add_version(tx, Version(log_id=log.id, no=1, body=text, parts=(part or 0,), state="submitted", at=at))
    return log


async def next_of_ten_thousand(folder: Path) -> list[float]:
    """Milliseconds until the next log is claimed and its screen stands, 300 times; sorted."""
    from actions import log_screens

    store, dice = await open_store(f"sqlite:///{folder}/queue.db"), random.Random(1)
    cohort_id = await furnish(store, 2000)
    people = await store.work(lambda tx: members.of_cohort(tx, cohort_id))
    for day in range(1, DAYS + 1):

        async def fill(tx: Tx, day: int = day) -> None:
            for member in (m for m in people if m.seat_no):
                await hand_in(tx, cohort_id, member.id, day, text_of(dice, 140))

        await store.work(fill)
    teacher = next(m.account_id or 0 for m in people if not m.seat_no)
    now = datetime.combine(DAY + timedelta(days=5), clock_time(9), ZONE)
    spent = []
    for _ in range(300):

        async def one(tx: Tx) -> Log:
            me = await accounts.who(tx, teacher, now)
            assert me is not None
            log = await log_reviews.take_next(tx, me, now)
            assert log is not None
            await log_screens.screen(tx, me, log, now)
            return log

        async def read(tx: Tx, opened: Log) -> None:
            me = await accounts.who(tx, teacher, now)
            assert me is not None
            await log_reviews.review(tx, me, opened, log_reviews.Act(kind="read", version=1), now)

        begun = time.perf_counter()
        opened = await store.work(one)
        spent.append((time.perf_counter() - begun) * 1000)
        await store.work(lambda tx, log=opened: read(tx, log))  # type: ignore[misc]
    await store.close()
    return sorted(spent)


async def near_copies(folder: Path, size: int) -> float:
    """Milliseconds to look for a near copy among 500 logs of this length, database and all; the median of 30."""
    store, dice = await open_store(f"sqlite:///{folder}/copies{size}.db"), random.Random(2)
    cohort_id = await furnish(store, 100)
    people = [m for m in await store.work(lambda tx: members.of_cohort(tx, cohort_id)) if m.seat_no]
    texts = [text_of(dice, size + dice.randrange(-9, 9)) for _ in range(500)]

    async def fill(tx: Tx) -> None:
        for n, text in enumerate(texts):
            await hand_in(tx, cohort_id, people[n % 100].id, 1 + n // 100, text)

    await store.work(fill)
    numbers = (await store.work(lambda tx: cohorts.get(tx, cohort_id))).rules.log
    now = datetime.combine(DAY + timedelta(days=6), clock_time(9), ZONE)
    spent = []
    for n in range(30):
        text = texts[n][:-2] + "嗯嗯" if n % 2 else text_of(dice, size)
        mine = Log(id=10**6, cohort_id=cohort_id, member_id=people[0].id, day=9, made_at=now)
        begun = time.perf_counter()
        found = await store.work(lambda tx, mine=mine, text=text: alike_to(tx, mine, text, now, numbers))  # type: ignore[misc]
        spent.append((time.perf_counter() - begun) * 1000)
        assert (found is not None) == bool(n % 2)
    await store.close()
    return sorted(spent)[15]


def photo(dice: random.Random) -> bytes:
    """A picture with as much in it as a photo has."""
    small = Image.frombytes("RGB", (160, 120), dice.randbytes(160 * 120 * 3))
    out = io.BytesIO()
    small.resize((1600, 1200), Image.Resampling.BICUBIC).save(out, "JPEG", quality=85)
    return out.getvalue()


async def volume(folder: Path) -> tuple[float, float, int, int]:
    """The Word volume of 50 people × 5 days × 3 photos: (seconds, MB of memory more, files, bytes of the largest)."""
    store, dice = await open_store(f"sqlite:///{folder}/volume.db"), random.Random(3)
    cohort_id = await furnish(store, PEOPLE)
    people = await store.work(lambda tx: members.of_cohort(tx, cohort_id))
    pictures = [prepared(photo(dice)) for _ in range(12)]
    number = iter(range(10**6))

    async def fill(tx: Tx) -> None:
        for member in (m for m in people if m.seat_no):
            for day in range(1, DAYS + 1):
                log = await hand_in(tx, cohort_id, member.id, day, text_of(dice, 300))
                ids = [p.id for p in await logs.parts_of(tx, log.id)]
                for _ in range(PHOTOS):
                    at, kept = next(number), pictures[dice.randrange(len(pictures))]
                    trailer = at.to_bytes(4, "big")  # every photo is another one
                    part = await logs.add_part(tx, Part(log_id=log.id, kind="photo", file_id=f"f{at}", at=log.made_at))
                    found = Media(cohort_id=cohort_id, hash=f"{at}", kind=kept.kind, size=len(kept.content),
                                  content=kept.content + trailer, small=(kept.small or b"") + trailer,
                                  made_at=log.made_at)  # fmt: skip
                    await media.attach(tx, part or 0, await media.add(tx, found))
                    ids.append(part or 0)
                await tx.do("update log_version set parts = :ids where log_id = :id", {"ids": ids, "id": log.id})

    await store.work(fill)
    teacher = next(m.account_id or 0 for m in people if not m.seat_no)
    now = datetime.combine(DAY + timedelta(days=6), clock_time(9), ZONE)

    async def wish(tx: Tx) -> None:
        me = await accounts.who(tx, teacher, now)
        assert me is not None
        await log_books.wish_for_class(tx, me, log_books.VOLUME, now)

    await store.work(wish)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    await Maker(store, Clock(), Bell()).one()
    spent = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sizes = await store.work(lambda tx: tx.all(int, "select length(content) from file order by 1"))
    await store.close()
    print(f"  (memory at its highest: {peak / 1024:.0f} MB; before: {before / 1024:.0f} MB)")
    return spent, peak / 1024, len(sizes), max(sizes)


def in_a_process(name: str, folder: Path) -> Any:
    """Memory is measured by the highest it ever was, so that the volume is made in a process of its own."""
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-m", "benchmarks.logs", "--one", name, "--folder", str(folder)],
                          capture_output=True, text=True, check=True)  # fmt: skip
    return msgspec.json.decode(done.stdout.splitlines()[-1])


PARTS: dict[str, Callable[[Path], Awaitable[Any]]] = {
    "volume": volume,
    "queue": next_of_ten_thousand,
    "turns": part_beside_checkin,
    "short": lambda folder: near_copies(folder, 140),
    "long": lambda folder: near_copies(folder, 1480),
}


def table(folder: Path) -> Table:
    """All figures beside what was wanted."""
    found = {name: in_a_process(name, folder) for name in PARTS}
    made = Table("Daily logs", ("what", "measured", "wanted"))
    part, checkin = found["turns"]
    made.add(
        "keeping a part of a log", f"{part:.2f} ms, {part / checkin:.2f} × a check-in ({checkin:.2f} ms)", "≤ 1.5 ×"
    )
    queue = found["queue"]
    made.add("the next of 10,000 logs opens", f"p50 {queue[150]:.1f} ms, p99 {queue[297]:.1f} ms", "p99 ≤ 50 ms")
    made.add("near copies among 500 (140 characters)", f"{found['short']:.1f} ms", "≤ 20 ms")
    made.add("near copies among 500 (1,480 characters)", f"{found['long']:.1f} ms", "≤ 20 ms")
    seconds, memory, files, largest = found["volume"]
    made.add(f"volume of {PEOPLE} × {DAYS} × {PHOTOS} photos",
             f"{seconds:.1f} s, {memory:.0f} MB at most, {files} files up to {largest / 2**20:.0f} MB",
             "≤ 20 s, ≤ 300 MB")  # fmt: skip
    return made


def main() -> None:
    """Measure and show."""
    parser = argparse.ArgumentParser(prog="benchmarks.logs")
    parser.add_argument("--one", default="", help="one part, as JSON")
    parser.add_argument("--folder", type=Path)
    wish = parser.parse_args()
    if wish.one:
        print(msgspec.json.encode(asyncio.run(PARTS[wish.one](wish.folder))).decode())
        return
    from rich.console import Console

    with tempfile.TemporaryDirectory(prefix="tongxue-bench-logs-") as folder:
        table(Path(folder)).show(Console(width=140))


if __name__ == "__main__":
    main()
