"""`tongxue demo`: the simulator, the bot and the sample class on one machine; a page of phones to try it (XC-13)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import sys
import webbrowser
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import aiohttp
from rich.console import Console

from actions import classes, seats
from actions.classfiles import read_folder
from actions.handbook_files import read_handbook
from actions.handbook_imports import Hand, bring_in
from actions.seats import Seat
from bot.app import Led, open_house
from bot.clock import Clock
from bot.config import Backup, ClockPart, Config, Database, Server, Telegram
from bot.ops import Trouble
from bot.words import say_out, speak
from chat.messages import say
from rules.classfile import ClassFile, shift
from rules.roles import ADMIN
from storage import cohorts, dues, sessions
from storage.tx import Store, Tx

TOKEN, USERNAME = "8642:demo-token-of-the-simulator", "tongxue_demo_bot"
ZONE = "Asia/Shanghai"
SAMPLE = Path(__file__).parent.parent / "examples" / "guanshan"
HANDBOOK = SAMPLE / "handbook.toml"
BEGINS = time(8, 38)
"""When the demo begins on day 1: the first list with digits opens two minutes later."""

LEADER = "T001"
CAST = (("T003", False), ("B01", True), (LEADER, True), ("T005", True), ("T030", True), ("L01", True), ("A01", True))
"""The seven phones by the ids of the sample class; the first one has still to bind its seat."""

out = Console(highlight=False, markup=False, soft_wrap=True)


async def play(state: Path, port: int, *, fresh: bool, browser: bool) -> None:
    """Run the demo until Ctrl-C. `state` keeps everything, so that the next one goes on."""
    await asyncio.to_thread(_folder, state, fresh)
    out.print(say_out(say("cli-demo-preparing")))
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    simulator, url = await _simulate(state, _free(port))
    try:
        await _perform(state, url, stop, browser)
    finally:
        if simulator.returncode is None:
            simulator.terminate()
        try:
            await asyncio.wait_for(simulator.wait(), 5)
        except TimeoutError:
            simulator.kill()
            await simulator.wait()
        out.print(say_out(say("cli-demo-bye", folder=str(state))))


def _folder(state: Path, fresh: bool) -> None:
    if fresh:
        shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True, exist_ok=True)


async def _perform(state: Path, url: str, stop: asyncio.Event, browser: bool) -> None:
    config = Config(
        telegram=Telegram(token=TOKEN, api_url=url, messages_per_second=28),
        server=Server(port=_free((urlsplit(url).port or 0) + 1)),
        database=Database(url=f"sqlite:///{state / 'tongxue.db'}"),
        clock=ClockPart(follow=f"{url}/sim/clock/stream"),
        backup=Backup(folder=""),
    )
    async with aiohttp.ClientSession(raise_for_status=True) as web:
        page = Page(web, url)
        clock = await page.clock()
        house = await open_house(config, clock)
        try:
            if await house.store.work(cohorts.all):
                await house.start()
            else:
                people = await _set_up(house.store, clock, date.fromisoformat(await page.today()))
                await house.start()
                await house.api.call("setMyName", {"name": say_out(say("demo-bot"))})
                await page.people(people)
            out.print(say_out(say("cli-demo-ready", url=url + "/")))
            out.print(say_out(say("cli-demo-state", folder=str(state))))
            if browser:
                await asyncio.to_thread(_open, url)
            marks = asyncio.create_task(_tell_marks(house.store, page))
            await stop.wait()
            marks.cancel()
            await asyncio.gather(marks, return_exceptions=True)
        finally:
            await house.stop()


async def _set_up(store: Store, clock: Clock, day_1: date) -> list[Seat]:
    """Import the sample class so that today is its first day; gives everybody's link."""
    reading = await asyncio.to_thread(read_folder, SAMPLE)
    if reading.classfile is None:
        raise Trouble(str(reading.problems[0].key))
    file = shift(reading.classfile, day_1)

    async def work(tx: Tx) -> list[Seat]:
        now = clock.now()
        report = await classes.bring_in(tx, file, now)
        found = await seats.hand_out(tx, await cohorts.get(tx, report.cohort_id), f"https://t.me/{USERNAME}", now)
        await classes.move(tx, report.cohort_id, "running", now)
        await _fill_handbook(tx, file, now)
        return found

    return await store.work(work)


async def _fill_handbook(tx: Tx, file: ClassFile, now: datetime) -> None:
    """The sample handbook, approved by the administrator of the sample."""
    admin = next((s.name for s in file.staff if s.role == ADMIN), "")
    found = read_handbook(HANDBOOK.read_bytes(), HANDBOOK.name)
    await bring_in(tx, HANDBOOK.name, found, Hand(0, file.title), now, Hand(0, admin))


async def _tell_marks(store: Store, page: Page) -> None:
    """Tell the page where the clock can jump to: what is due next in the class."""
    told: list[dict[str, str]] = []
    while True:
        marks = await store.work(_marks)
        if marks != told:
            with contextlib.suppress(aiohttp.ClientError):
                await page.put("/sim/marks", marks)
                told = marks
        await asyncio.sleep(2)


async def _marks(tx: Tx) -> list[dict[str, str]]:
    """The next moments of the class, each once, in words; half a minute later, so that what is due is done."""
    found: dict[datetime, str] = {}
    due = [thing for thing in await dues.next_times(tx, 60) if thing.kind != "turn"]
    titles = {s.ref: s.title_in(speak().lang) for s in await sessions.of_cohort(tx, due[0].cohort_id)} if due else {}
    for thing in due:
        words = say_out(say(f"demo-{thing.kind}"))
        found.setdefault(thing.at, f"{words} · {titles[thing.what][:12]}" if thing.what in titles else words)
    zone = ZoneInfo(ZONE)
    marks = sorted(found.items())[:12]
    return [{"at": (at + timedelta(seconds=1)).astimezone(zone).isoformat(), "label": words} for at, words in marks]


class Page:
    """The simulator's people's side, as the demo uses it."""

    def __init__(self, web: aiohttp.ClientSession, url: str) -> None:
        self.web, self.url = web, url

    async def clock(self) -> Clock:
        """A clock that is led by the simulator's from the start."""
        async with self.web.get(f"{self.url}/sim/state") as answer:
            said = (await answer.json())["clock"]
        clock = Clock()
        led = Led(datetime.fromisoformat(said["now"]), said["real"], said["speed"])
        clock.follow(led.now, led.real, led.speed)
        return clock

    async def today(self) -> str:
        async with self.web.get(f"{self.url}/sim/state") as answer:
            return str((await answer.json())["clock"]["now"])[:10]

    async def put(self, path: str, body: Any) -> None:
        async with self.web.put(self.url + path, json=body):
            pass

    async def post(self, path: str, body: Any) -> Any:
        async with self.web.post(self.url + path, json=body) as answer:
            return await answer.json()

    async def people(self, found: list[Seat]) -> None:
        """The seven phones; all but one bind their seat as people do, by link and key."""
        by_id = {seat.person_id: seat for seat in found}
        for ref, binds in CAST:
            seat = by_id[ref]
            role = "leader" if ref == LEADER else seat.role
            note = say_out(say("demo-note", role=say(f"demo-role-{role}"), group=seat.group_no or 0))
            payload = seat.link.partition("?start=")[2]
            person = {"name": seat.name, "lang": "en" if ref == "T030" else "zh", "note": note, "shown": True}
            id = (await self.post("/sim/people", person))["id"]
            if binds:
                await self.post(f"/sim/people/{id}/start", {"payload": payload})
                await self._until_asked(id)
                word = "Yes, that is me" if ref == "T030" else "是我，绑定"
                await self.post(f"/sim/people/{id}/say", {"text": word})
            else:
                link = {"payload": payload, "label": say_out(say("demo-link"))}
                async with self.web.patch(f"{self.url}/sim/people/{id}", json={"link": link}):
                    pass

    async def _until_asked(self, person: int) -> None:
        """Wait until the bot has asked who it is."""
        async with self.web.get(f"{self.url}/sim/state") as answer:
            chat = (await answer.json())["bots"][0]["id"]
        for _ in range(100):
            async with self.web.get(f"{self.url}/sim/chats/{chat}?person={person}&limit=5") as answer:
                if (await answer.json()).get("keyboard"):
                    return
            await asyncio.sleep(0.05)


async def _simulate(state: Path, port: int) -> tuple[asyncio.subprocess.Process, str]:
    """Start the simulator as a program of its own; gives it and its address."""
    begin = datetime.combine(datetime.now(ZoneInfo(ZONE)).date(), BEGINS, ZoneInfo(ZONE))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulator", "--port", str(port), "--state", str(state / "simulator.json"),
        "--bot", f"{TOKEN}:{USERNAME}", "--start", begin.isoformat(), "--title", say_out(say("demo-title")),
        stdout=asyncio.subprocess.PIPE, start_new_session=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
    if "http://" not in line:
        raise Trouble(line or "simulator")
    return process, "http://" + line.split("http://")[1].strip().rstrip("/")


def _free(port: int) -> int:
    """The wanted port, or any free one when it is taken."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
        except OSError:
            probe.bind(("127.0.0.1", 0))
            other = int(probe.getsockname()[1])
            out.print(say_out(say("cli-demo-port", port=str(port), other=str(other))))
            return other


def _open(url: str) -> None:
    """Open a browser if there is one; without a display there is none to open."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform in ("darwin", "win32"):
        webbrowser.open(url)
