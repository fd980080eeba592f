"""The virtual clock: what time it is in the simulated world, and the marks one may jump to."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import msgspec

from simulator.refusal import NotPossible

ZONE = timezone(timedelta(hours=8))


class Mark(msgspec.Struct):
    """A moment to come that is worth jumping to."""

    at: str
    label: str


class ClockFace(msgspec.Struct):
    """The clock as others see it: `now` held at the real second `real`, and runs `speed` times as fast since."""

    now: str
    real: float
    speed: float


def moment(text: str) -> float:
    """Seconds since the epoch of an ISO time; without an offset it is +08:00."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise NotPossible(f"not a time: {text}") from wrong
    return (at if at.tzinfo else at.replace(tzinfo=ZONE)).timestamp()


def iso(seconds: float) -> str:
    """An ISO time with the offset +08:00."""
    return datetime.fromtimestamp(seconds, ZONE).isoformat(timespec="milliseconds")


class Clock:
    """Time that can be set, moved on and sped up; it tells `on_change` about each change."""

    def __init__(self, start: float | None = None) -> None:
        self._real = time.time()
        self._at = self._real if start is None else start
        self._speed = 1.0
        self.marks: list[Mark] = []
        self.on_change: Callable[[], None] = lambda: None

    def now(self) -> float:
        """The virtual time in seconds since the epoch."""
        return self._at + (time.time() - self._real) * self._speed

    def face(self) -> ClockFace:
        """The clock for the page and for a bot that follows it."""
        return ClockFace(iso(self._at), self._real, self._speed)

    def set(self, to: datetime | float | str) -> None:
        """Put the hands on a moment."""
        if isinstance(to, str):
            to = moment(to)
        elif isinstance(to, datetime):
            to = (to if to.tzinfo else to.replace(tzinfo=ZONE)).timestamp()
        self._turn(to, self._speed)

    def advance(self, seconds: float) -> None:
        """Move the hands on."""
        self._turn(self.now() + seconds, self._speed)

    def run(self, speed: float) -> None:
        """Let the time run `speed` times as fast (0: stand still)."""
        if not 0 <= speed <= 86400:
            raise NotPossible("speed must be between 0 and 86400")
        self._turn(self.now(), speed)

    def to_next(self) -> None:
        """Jump to the nearest mark that lies ahead, if there is one."""
        now = self.now()
        coming = [at for at in (moment(mark.at) for mark in self.marks) if at > now]
        if coming:
            self._turn(min(coming), self._speed)

    def change(self, wish: dict[str, Any]) -> None:
        """Do what a request of the page asks: set, add_seconds, speed, to_next."""
        if "speed" in wish:
            self.run(float(wish["speed"]))
        if "set" in wish:
            self.set(str(wish["set"]))
        if "add_seconds" in wish:
            self.advance(float(wish["add_seconds"]))
        if wish.get("to_next"):
            self.to_next()

    def restore(self, at: float, speed: float) -> None:
        """Go on where a saved clock stood."""
        self._turn(at, speed)

    def _turn(self, at: float, speed: float) -> None:
        self._at, self._real, self._speed = at, time.time(), speed
        self.on_change()
