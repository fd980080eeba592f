"""/metrics for Prometheus: numbers of the program, never a name, a text or a chat (SCH-12).

Written with prometheus-client, Prometheus' own library: a page of counters is soon written by hand, but a histogram
with its buckets, the escaping and the format's fine print are theirs to keep right.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from storage.tx import Store, Work

T = TypeVar("T")
Look = Callable[[], Awaitable[Mapping[str, float]]]

GAUGES = {
    "inbox_waiting": "Updates that may be worked now",
    "inbox_oldest_seconds": "How long the oldest of them has waited",
    "inbox_dead": "Updates that were set aside after three tries",
    "outbox_waiting": "Messages that may go now",
    "outbox_oldest_seconds": "How long the oldest of them has waited",
    "outbox_uncertain": "Messages of a day of which it is uncertain whether they arrived",
    "outbox_failed": "Messages of a day that Telegram refused",
    "errands_waiting": "Files that are still to be fetched",
    "documents_waiting": "Documents that are still to be made",
    "due_oldest_seconds": "How late the oldest thing is that the clock should have done",
    "tick_age_seconds": "Since when the clock has not struck",
    "intake_age_seconds": "Since when nothing was heard of Telegram",
    "backup_age_seconds": "Age of the last good backup",
    "troubles": "Troubles that the administrators were told of and that are not over",
    "disk_free_bytes": "Free space where the data is",
    "open_tasks": "What this process does or waits for at the moment",
}
"""What is asked of the database at each scrape: true whichever of several processes answers (but for the last)."""

BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class Metrics:
    """What one process counts since its start, and what it asks the database for when it is looked at."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # else each counter has a second line
        self.registry = CollectorRegistry()
        self._turns = Counter("tongxue_turns", "Updates worked, by how it went", ["outcome"], registry=self.registry)
        self._sends = Counter("tongxue_sends", "Calls that send, by outcome", ["outcome"], registry=self.registry)
        self._loops = Counter(
            "tongxue_loop_falls", "Loops that fell over and were started again", registry=self.registry
        )
        self._work = Histogram("tongxue_transaction_seconds", "Time of a transaction, its waiting included",
                               buckets=BUCKETS, registry=self.registry)  # fmt: skip
        self._media = Counter("tongxue_media", "What was done where contents stand outside of the database",
                              ["what", "outcome"], registry=self.registry)  # fmt: skip
        self._media_time = Histogram("tongxue_media_seconds", "How long that took", ["what"], buckets=BUCKETS,
                                     registry=self.registry)  # fmt: skip
        self._gauges = {name: Gauge(f"tongxue_{name}", about, registry=self.registry) for name, about in GAUGES.items()}
        for outcome in ("done", "failed"):
            self._turns.labels(outcome)

    def turns(self, done: int, failed: int) -> None:
        """A group of turns was committed."""
        self._turns.labels("done").inc(done)
        self._turns.labels("failed").inc(failed)

    def sent(self, outcome: str) -> None:
        """A call came to something: a kind of bot/answers.py."""
        self._sends.labels(outcome).inc()

    def media(self, what: str, outcome: str, seconds: float) -> None:
        """put, get, remove, list or try was done, missing or away, and took so long."""
        self._media.labels(what, outcome).inc()
        self._media_time.labels(what).observe(seconds)

    def fell(self) -> None:
        """A loop was started again."""
        self._loops.inc()

    def worked(self, seconds: float) -> None:
        """A transaction took so long."""
        self._work.observe(seconds)

    def page(self, found: Mapping[str, float]) -> bytes:
        """The page; what is not known stands as NaN."""
        for name, gauge in self._gauges.items():
            gauge.set(found.get(name, float("nan")))
        return generate_latest(self.registry)


class Timed:
    """A store whose transactions are timed by `clock` (seconds)."""

    def __init__(self, store: Store, clock: Callable[[], float], seen: Callable[[float], None]) -> None:
        self._store, self._clock, self._seen = store, clock, seen
        self.postgres = store.postgres
        self.memory = store.memory

    async def work(self, work: Work[T]) -> T:
        begun = self._clock()
        try:
            return await self._store.work(work)
        finally:
            self._seen(self._clock() - begun)

    @property
    def number(self) -> int:
        return self._store.number

    async def alone(self) -> bool:
        return await self._store.alone()

    async def polls(self) -> bool:
        return await self._store.polls()

    def hear(self, what: str, ring: Callable[[], None]) -> None:
        self._store.hear(what, ring)

    def tell(self, what: str) -> None:
        self._store.tell(what)

    async def close(self) -> None:
        await self._store.close()


def routes(metrics: Metrics, look: Look, token: str) -> list[web.RouteDef]:
    """The page; with a token only for who shows it as a bearer."""

    async def page(request: web.Request) -> web.Response:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token and not hmac.compare_digest(shown.encode(errors="surrogateescape"), token.encode()):
            return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        try:
            found = await look()
        except Exception:  # the head of this page: the counters are there though the database is away
            found = {}
        return web.Response(body=metrics.page(found), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    return [web.get("/metrics", page)]
