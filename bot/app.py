"""The house put together: open, start, run, drain, stop; long: all that one process runs stands in one place."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web
from msgspec import Struct, json

from actions import desk_sessions
from actions import screens as screen_deeds
from actions.clock import note_pulse, replan_all
from actions.search import keep_warm, seed_synonyms
from bot import commands, ops
from bot.clock import Bell, Clock
from bot.config import Config, address, frames, opens_apps
from bot.contents import contents_of
from bot.dispatcher import Dispatcher, Done
from bot.documents import Maker
from bot.errands import Fetcher
from bot.intake import Keeper
from bot.meters import Meters, facts, numbers
from bot.nights import Night, free_bytes
from bot.poller import Poller
from bot.scheduler import Ticker, ticking
from bot.sender import Sender
from bot.sweeps import Sweeper
from bot.taps import Taps
from bot.transport import Api
from bot.words import say_out
from chat.messages import say
from desk import health, screens, ways
from desk.answers import Setting
from desk.webhook import BODY_LIMIT, webhook
from handlers import ROUTES
from rules import init_data
from storage import documents, errands, inbox, outages, outbox
from storage.inbox import LANES
from storage.shelf import Away
from storage.tx import Store, Tx, is_clash

log = logging.getLogger("tongxue")

BEAT_EVERY = 10.0
INBOX = "inbox"
"""What one program tells the others: updates wait."""
LANES_AT_ONCE = 4
"""So many lanes a program works at the same time on PostgreSQL: while one waits for the database another goes on."""
DRAIN = 15.0
TELL_AGAIN = 60.0
LED_WITHIN = 5.0
INTRODUCE_AGAIN, AT_LEAST_EVERY = 2.0, 300.0


class Led(Struct, frozen=True):
    """A clock elsewhere: it was `now` when real time was `real` (epoch seconds), and runs at `speed`."""

    now: datetime
    real: float
    speed: float


class InboxBell(Bell):
    """Rings when something was kept. Are we at work ourselves, another program may be free: it is woken too."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        store.hear(INBOX, super().ring)

    def ring(self) -> None:
        if not self.waited_for:
            self.store.tell(INBOX)
        super().ring()


class House:
    """One running program: intake, dispatcher, sender, ticker, server over one database."""

    def __init__(self, config: Config, store: Store, api: Api, clock: Clock) -> None:
        self.meters = Meters(config)
        self.config, self.api, self.clock = config, api, clock
        self.store = store = self.meters.timed(store)
        self.inbox_bell = InboxBell(store)
        self.sender = Sender(
            store,
            api,
            clock,
            per_second=config.telegram.messages_per_second,
            in_flight=config.telegram.in_flight,
            seen=self.meters.sent,
        )
        self.taps = Taps(api)
        self.dispatcher = Dispatcher(ROUTES, clock)
        # One process, one writer: there an update is worked in the transaction that keeps it.
        at_once = None if store.postgres else (lambda tx: self.dispatcher.work_lane(tx, None), self._worked)
        self.keeper = Keeper(store, clock, api.bot_id, self.inbox_bell, self.taps.seen, at_once)
        self.poller = Poller(api, self.keeper, self._heard, store.polls)
        self.ticker = Ticker(store, clock, self.sender.bell)
        self.contents = contents_of(config, self.meters.media)
        self.fetcher = Fetcher(store, api, clock, self.sender.bell, self.contents)
        self.maker = Maker(store, clock, self.sender.bell, self.contents)
        self.sweeper = Sweeper(store, clock, self.contents, self.sender.bell, self.fetcher.bell)
        self.night = Night(config, store, clock, self.sender.bell, lambda: self.poller.is_contested)
        self.heard_at = 0.0
        self.bot_name = ""
        screen_deeds.serve_at(address(config))
        desk_sessions.serve_at(address(config), opens_apps(config))
        self._sending: asyncio.Task[None] | None = None
        self._loops: list[asyncio.Task[None]] = []
        self._stopping = False
        self._runner: web.AppRunner | None = None

    def _heard(self) -> None:
        self.heard_at = asyncio.get_running_loop().time()

    def _setting(self) -> Setting:
        """What the teachers' pages must know of us."""
        key = init_data.key_of(self.config.telegram.token)
        return Setting(
            store=self.store, now=self.clock.now, ring=self._ring, key=key, signed_at=self.clock.of_message,
            frames=frames(self.config), disk=self._disk, fetch=self._fetch,
        )  # fmt: skip

    async def _fetch(self, place: str) -> bytes:
        try:
            return await self.contents.get(place)
        except Away:
            self.sweeper.suspect(place)
            raise

    def _disk(self) -> tuple[int, int] | None:
        """Free and all of the disk where the data lies, in GB; not of a database elsewhere."""
        if self.store.postgres:
            return None
        found = shutil.disk_usage(Path(self.config.database.url.removeprefix("sqlite:///")).parent)
        return found.free >> 30, found.total >> 30

    async def start(self) -> None:
        """Take up the work where it was left, then begin to listen."""
        until = None if await self.store.alone() else self.clock.real()
        if self.config.clock.follow:  # nothing is done by our own time
            self._loop(self._follow)
            await self.clock.led(LED_WITHIN)
        await self.store.work(lambda tx: outbox.release(tx, until))
        await self.store.work(self._replan)
        await self.store.work(seed_synonyms)
        if until is None:
            await self.store.work(documents.release)
            await self.store.work(errands.release)
        webhook_mode = self.config.telegram.mode == "webhook"
        if webhook_mode or self.config.server.port:
            await self._serve()
            self._loop(self._learn_name)
        await self.meters.start(self._numbers)
        self._loop(self._work_inbox)
        self._sending = asyncio.create_task(self._keep_going(self.sender.run))
        self._loop(self.fetcher.run)
        self._loop(self.maker.run)
        self._loop(self._beat)
        self._loop(self._keep_warm)
        if not self.config.clock.follow:
            self._loop(self.night.run)
        self._loop(self.sweeper.run)
        self.ticker.start()
        if not webhook_mode:
            self._loop(self.poller.run)
        self._loop(self._introduce)

    def _loop(self, run: Callable[[], Awaitable[None]]) -> None:
        self._loops.append(asyncio.create_task(self._keep_going(run)))

    async def _keep_going(self, run: Callable[[], Awaitable[None]]) -> None:
        """A loop that dies is started again. What the same loop dies of again and again is told once in a while: a
        database that is away for an hour is no reason to fill the disk."""
        told, told_at = "", 0.0
        while True:
            try:
                await run()
                return
            except Exception as lost:  # the head of every loop
                now, what = asyncio.get_running_loop().time(), type(lost).__name__
                if what != told or now - told_at > TELL_AGAIN:
                    log.exception("a loop fell over and is started again")
                    told, told_at = what, now
                self.meters.fell()
                await asyncio.sleep(1)

    async def _replan(self, tx: Tx) -> None:
        await ticking(tx)
        await replan_all(tx, self.clock.now())

    async def _work_inbox(self) -> None:
        """Turn after turn, in groups; on PostgreSQL lane by lane, some at a time, so that replicas share the work."""
        while not self._stopping:
            lanes = await self._lanes()
            free = iter(lanes)
            worked = await asyncio.gather(*(self._work_lanes(free) for _ in lanes[:LANES_AT_ONCE]))
            if not sum(worked):
                await self.inbox_bell.wait(1.0)

    async def _lanes(self) -> list[int | None]:
        """The lanes with work, each program beginning with another one."""
        if not self.store.postgres:
            return [None]
        now, first = self.clock.now(), self.store.number % LANES
        found = await self.store.work(lambda tx: inbox.lanes_waiting(tx, now))
        return [*sorted(found, key=lambda lane: (lane - first) % LANES)]

    async def _work_lanes(self, free: Iterator[int | None]) -> int:
        worked = 0
        for lane in free:
            worked += await self._work_lane(lane)
        return worked

    async def _work_lane(self, lane: int | None) -> int:
        async def work(tx: Tx) -> Done | None:
            if lane is not None and not await inbox.take_lane(tx, lane):
                return None
            return await self.dispatcher.work_lane(tx, lane)

        try:
            done = await self.store.work(work)
        except Exception as wrong:
            if not is_clash(wrong):
                raise
            log.info("two lanes waited for one another: one is worked again")
            return 1
        if done is None:
            return 0
        self._worked(done)
        return done.worked

    def _worked(self, done: Done) -> None:
        """After the commit: taps are answered, the sender is woken."""
        self.meters.turns(done.worked, done.failed)
        for toast in done.toasts:
            self.taps.answer(toast)
        if done.worked:  # cards and notices lie in the outbox too, not only replies
            self._ring()

    def _ring(self) -> None:
        """Wake those who send, fetch and make."""
        self.sender.bell.ring()
        self.fetcher.bell.ring()
        self.maker.bell.ring()

    async def _beat(self) -> None:
        """Note every few seconds that we hear, so that a silence is known as an outage (ATT-05)."""
        webhook_mode = self.config.telegram.mode == "webhook"
        while not self._stopping:
            if webhook_mode or (self.heard_at and not self.poller.trouble):
                await self.store.work(self._pulse)
            await asyncio.sleep(BEAT_EVERY if self.heard_at or webhook_mode else 0.5)

    async def _pulse(self, tx: Tx) -> None:
        if self.clock.is_led:  # hands that somebody puts forward are no silence
            await outages.beat(tx, "intake", self.clock.now())
        else:
            await note_pulse(tx, self.clock.now())

    async def _keep_warm(self) -> None:
        """The search's index is built beside the talk, so that nobody waits for it."""
        await keep_warm(self.store)

    async def _follow(self) -> None:
        """Be led by a clock elsewhere (the simulator's, in the demo)."""
        async with (
            aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=None, sock_read=None), raise_for_status=True
            ) as session,
            session.get(self.config.clock.follow) as answer,
        ):
            async for line in answer.content:
                if line.startswith(b"data:"):
                    said = json.decode(line[5:], type=Led)
                    self.clock.follow(said.now, said.real, said.speed)
                    await self.ticker.tick()
        raise ConnectionError("the clock that leads us was lost")

    async def _introduce(self) -> None:
        """Tell Telegram what we do, until it has heard it: the webhook if its address changed, the command menus."""
        rest, heard = INTRODUCE_AGAIN, False
        while not heard:
            heard = await commands.set_intake(self.api, self.config)
            heard &= await commands.set_menus(self.api, ROUTES)
            if not heard:
                await asyncio.sleep(rest)
                rest = min(rest * 2, AT_LEAST_EVERY)

    async def _learn_name(self) -> None:
        """Ask Telegram for the bot's name, which stands in the links of the projector page."""
        while not self.bot_name:
            try:
                self.bot_name = await ops.bot_name(self.config)
            except ops.Trouble:
                await asyncio.sleep(5)

    async def _serve(self) -> None:
        app = web.Application(client_max_size=BODY_LIMIT)
        app.add_routes(health.routes(self._state))
        app.add_routes(self.meters.routes(self._numbers))
        app.add_routes(screens.routes(self.store, self.clock.now, lambda: self.bot_name))
        ways.install(app, self._setting())
        if self.config.telegram.mode == "webhook":
            path = urlsplit(self.config.telegram.webhook_url).path or "/"
            receive = webhook(self.config.telegram.webhook_secret, self.keeper.keep, self.keeper.is_full)
            app.router.add_post(path, receive)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=5)
        await self._runner.setup()
        here = self.config.server
        try:
            await web.TCPSite(self._runner, here.host, here.port).start()
        except OSError as taken:
            where = f"{here.host}:{here.port}"
            raise ops.Trouble(say_out(say("cli-port", where=where, trouble=taken.strerror or ""))) from None

    async def _state(self) -> dict[str, object]:
        return await facts(self.store, self.clock.now(), self.poller.trouble or self.sender.halted)

    async def _numbers(self) -> dict[str, float]:
        here = {"disk_free_bytes": free_bytes(self.config), "open_tasks": float(len(asyncio.all_tasks()))}
        return {**await numbers(self.store, self.clock.now()), **here}

    async def stop(self) -> None:
        """Hear nothing more, finish the turns at hand and the calls in flight, close the database."""
        self._stopping = True
        if self._runner is not None:
            await self._runner.cleanup()
        await self.meters.stop()
        await self.ticker.stop()
        self.inbox_bell.ring()
        self.sender.stop()
        tasks = [*self._loops]
        if self._sending is not None:
            await asyncio.wait([self._sending], timeout=DRAIN)
            tasks.append(self._sending)
        while alive := [task for task in tasks if not task.done()]:
            for task in alive:
                task.cancel()
            await asyncio.wait(alive, timeout=1)
        await self.taps.close()
        self.contents.close()
        await self.api.close()
        await self.store.close()


async def open_house(config: Config, clock: Clock | None = None) -> House:
    """Open the database and build the house; not started yet. Trouble says in words what does not open."""
    store = await ops.opened(config)
    api = Api(
        config.telegram.token,
        config.telegram.api_url,
        proxy=config.telegram.proxy,
        in_flight=config.telegram.in_flight,
    )
    return House(config, store, api, clock or Clock(config.clock.offset_seconds))
