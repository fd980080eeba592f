"""The program's metrics: counted where things happen, shown on an address of their own, or not at all."""

from __future__ import annotations

import time
from datetime import datetime

from aiohttp import web

from actions import machine
from bot import ops
from bot.config import Config
from bot.words import say_out
from chat.messages import say
from desk import metrics
from desk.metrics import Look, Metrics, Timed
from storage import inbox, outages, outbox
from storage.tx import Store, Tx


class Meters:
    """Switched off (the default) it costs nothing."""

    def __init__(self, config: Config) -> None:
        self.config = config.server
        self.metrics = Metrics() if self.config.metrics or self.config.metrics_token else None
        self._runner: web.AppRunner | None = None

    def timed(self, store: Store) -> Store:
        """The store with its transactions timed."""
        return Timed(store, time.perf_counter, self.metrics.worked) if self.metrics else store

    def turns(self, worked: int, failed: int) -> None:
        if self.metrics and worked:
            self.metrics.turns(worked - failed, failed)

    def sent(self, outcome: str) -> None:
        if self.metrics:
            self.metrics.sent(outcome)

    def media(self, what: str, went: str, seconds: float) -> None:
        """Something was done on a shelf."""
        if self.metrics:
            self.metrics.media(what, went, seconds)

    def fell(self) -> None:
        if self.metrics:
            self.metrics.fell()

    def routes(self, look: Look) -> list[web.RouteDef]:
        """For the usual pages: only where a token protects it and no address of its own is set."""
        if self.metrics is None or self.config.metrics:
            return []
        return metrics.routes(self.metrics, look, self.config.metrics_token)

    async def start(self, look: Look) -> None:
        """Listen on the address of its own, if there is one."""
        if self.metrics is None or not self.config.metrics:
            return
        app = web.Application()
        app.add_routes(metrics.routes(self.metrics, look, self.config.metrics_token))
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        host, _, port = self.config.metrics.rpartition(":")
        try:
            await web.TCPSite(self._runner, host.strip("[]") or "127.0.0.1", int(port)).start()
        except OSError as taken:
            raise ops.Trouble(
                say_out(say("cli-port", where=self.config.metrics, trouble=taken.strerror or ""))
            ) from None

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()


async def facts(store: Store, now: datetime, trouble: str) -> dict[str, object]:
    """What /healthz and /readyz say; `trouble` is what stops us from speaking with Telegram."""

    async def look(tx: Tx) -> dict[str, object]:
        tick = await outages.pulse(tx, "tick")
        return {
            "inbox_waiting": await inbox.waiting(tx),
            "inbox_dead": len(await inbox.dead(tx)),
            "outbox": await outbox.counts(tx, now),
            "tick_age_seconds": round((now - tick).total_seconds(), 1) if tick else None,
            "clock_stands_still": tick is not None and now - tick > machine.STANDS_STILL,
            "trouble": trouble,
        }

    return await store.work(look)


async def numbers(store: Store, now: datetime) -> dict[str, float]:
    """What /metrics asks of the database."""
    return machine.numbers(await store.work(lambda tx: machine.look(tx, now)), now)
