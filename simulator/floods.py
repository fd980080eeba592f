"""Telegram's flood limits, in real seconds: per private chat, per group and overall."""

from __future__ import annotations

import math
import time

from simulator.refusal import Refusal

PRIVATE, GROUP, OVERALL = (1.0, 4.0), (20 / 60, 20.0), (30.0, 30.0)


class Bucket:
    """Tokens that come back at `rate` a second, up to `size`."""

    __slots__ = ("at", "rate", "size", "tokens")

    def __init__(self, rate: float, size: float) -> None:
        self.rate, self.size, self.tokens, self.at = rate, size, size, time.monotonic()

    def wait(self, want: float, now: float) -> float:
        """Seconds until `want` tokens are there (an album larger than the bucket needs a full one)."""
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return (min(want, self.size) - self.tokens) / self.rate


class Floods:
    """Refuses what a bot sends too fast."""

    def __init__(self, on: bool) -> None:
        self.on = on
        self._chats: dict[tuple[int, int], Bucket] = {}
        self._bots: dict[int, Bucket] = {}
        self._hooks: dict[int, float] = {}

    def spend(self, bot: int, chat: int, count: int = 1) -> None:
        """Count messages to a chat, or refuse them with 429."""
        if not self.on:
            return
        now = time.monotonic()
        mine = self._chats.setdefault((bot, chat), Bucket(*(GROUP if chat < 0 else PRIVATE)))
        whole = self._bots.setdefault(bot, Bucket(*OVERALL))
        wait = max(mine.wait(count, now), whole.wait(count, now))
        if wait > 0:
            raise too_many(wait)
        mine.tokens -= count
        whole.tokens -= count

    def set_webhook(self, bot: int) -> None:
        """setWebhook may be called once a second."""
        now = time.monotonic()
        if self.on and now - self._hooks.get(bot, -10.0) < 1:
            raise too_many(1)
        self._hooks[bot] = now


def too_many(seconds: float) -> Refusal:
    """A 429 with the seconds to wait."""
    after = max(1, min(60, math.ceil(seconds)))
    return Refusal(429, f"retry after {after}", retry_after=after)
