"""The one clock of the house: real time moved by an offset, or led from outside (the demo)."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Gives `now`, and moves the dates that Telegram puts on messages by the same offset."""

    def __init__(self, offset_seconds: float = 0) -> None:
        self._offset = offset_seconds
        self._base, self._since, self._speed = 0.0, 0.0, 0.0

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        if self._speed:
            return datetime.fromtimestamp(self._base + (time.time() - self._since) * self._speed, UTC)
        if self._since:
            return datetime.fromtimestamp(self._base, UTC)
        return datetime.fromtimestamp(time.time() + self._offset, UTC)

    def of_message(self, date: int) -> datetime:
        """The time of a message by its `date` (epoch seconds)."""
        return datetime.fromtimestamp(date, UTC) + timedelta(seconds=0 if self._since else self._offset)

    def follow(self, now: datetime, real: float, speed: float) -> None:
        """Be led: it was `now` when real time was `real`, and runs at `speed` since."""
        self._base, self._since, self._speed = now.timestamp(), real, speed

    @property
    def is_led(self) -> bool:
        """Whether somebody else turns our hands (the demo): then class time may jump, run fast, or stand still."""
        return self._since > 0

    @property
    def is_moved(self) -> bool:
        """Whether our now is not the world's: a rehearsal, or a demo."""
        return self.is_led or self._offset != 0

    @staticmethod
    def real() -> datetime:
        """Real time: what is on its way is so by it, however somebody turns our hands."""
        return datetime.now(UTC)

    @staticmethod
    def real_ms() -> int:
        """Real time in milliseconds since 1970: Telegram's limits run by it, whatever the class's clock says."""
        return int(time.time() * 1000)


class Bell:
    """Wakes a loop that sleeps; rung any number of times, heard once."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.waited_for = False
        """Whether the loop sleeps now, and will hear at once."""

    def ring(self) -> None:
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Sleep until rung, at most so long."""
        self.waited_for = True
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):  # wait_for may swallow a cancellation that comes with the ring
                    await self._event.wait()
        finally:
            self.waited_for = False
        self._event.clear()
