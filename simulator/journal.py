"""The journal of Bot API calls, for assertions and for the page's drawer."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import Any

import msgspec

KEEP = 50_000


class Entry(msgspec.Struct):
    """One Bot API call: what was asked and how it was answered; status 0 is a connection closed unanswered."""

    n: int
    at: float
    bot: int
    method: str
    chat_id: int | str | None
    params: dict[str, Any]
    status: int
    ms: float
    result_summary: Any = None
    fault: str = ""


class Journal(deque[Entry]):
    """The newest calls in order."""

    def __init__(self) -> None:
        super().__init__(maxlen=KEEP)
        self.written = 0

    def write(self, entry: Entry) -> None:
        """Add a call."""
        self.written += 1
        entry.n = self.written
        self.append(entry)

    def after(self, n: int, limit: int) -> list[Entry]:
        """The newest `limit` calls that came after number n, oldest first."""
        fresh = min(self.written - n, limit, len(self))
        return list(islice(self, len(self) - fresh, None)) if fresh > 0 else []

    def of(self, method: str) -> list[Entry]:
        """All kept calls of one method."""
        return [entry for entry in self if entry.method.lower() == method.lower()]


def summary(result: Any) -> Any:
    """A result short enough to be kept."""
    if isinstance(result, list) and len(result) > 10:
        return f"{len(result)} items"
    return result
