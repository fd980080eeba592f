"""What the program logs, plain or as JSON: never a name, a text or a token, whoever logs it (XC-07, telegram.md §7.8).

Our own lines are written so that they hold numbers and kinds only. What comes from elsewhere is not trusted: of an
exception its kinds and places are kept, never its words; of a line of another library its pattern, never its values.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType

from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web import RequestPayloadError

OURS = ("tongxue", "alembic")
"""Whose lines may be filled in; a migration names tables only."""
QUIET = ("apscheduler", "asyncio", "telegram", "aiohttp", "alembic")
TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}|(?<=/bot)\d+:[^/\s]+")
PASSWORD = re.compile(r"(?<=://)[^/@\s]+@")
HIDDEN = "…"


class Careful(logging.Formatter):
    """Formats a record without anybody's words; `secrets` are struck out wherever they stand."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = sorted({s for s in secrets if len(s) >= 4}, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        return " ".join([self.formatTime(record), record.levelname, f"{record.name}:", self.words(record)]) + "".join(
            f"\n  {line}" for line in self.trouble(record)
        )

    def words(self, record: logging.LogRecord) -> str:
        """The line itself."""
        ours = record.name.split(".")[0] in OURS
        found = record.getMessage() if ours else str(record.msg)
        return self.struck(found if ours else found.split("\n")[0].split("<")[0])[:500]

    def trouble(self, record: logging.LogRecord) -> list[str]:
        """The kinds of the exceptions and where they came from."""
        return [self.struck(line) for line in places(record.exc_info[1])] if record.exc_info else []

    def struck(self, text: str) -> str:
        """A text without secrets, and in one line."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return PASSWORD.sub(f"{HIDDEN}@", TOKEN.sub(HIDDEN, text)).replace("\n", " ")


class Json(Careful):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname, "logger": record.name, "message": self.words(record)}
        found = self.trouble(record)
        return json.dumps({**line, "trouble": found} if found else line, ensure_ascii=False)


def places(lost: BaseException | None) -> list[str]:
    """An exception and what caused it: kind and place by place, without the words of any."""
    found: list[str] = []
    seen: set[int] = set()
    while lost is not None and id(lost) not in seen:
        seen.add(id(lost))
        found.append(f"{type(lost).__module__}.{type(lost).__qualname__}{_steps(lost.__traceback__)}")
        for one in lost.exceptions[:3] if isinstance(lost, BaseExceptionGroup) else ():
            found += places(one)
        lost = lost.__cause__ or (None if lost.__suppress_context__ else lost.__context__)
    return found


def _steps(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-8:]
    return "".join(f" < {'/'.join(f.filename.split('/')[-2:])}:{f.lineno}" for f in reversed(frames))


def matters(record: logging.LogRecord) -> bool:
    """Whether a line of aiohttp's is worth an alarm: not that somebody sent what is no HTTP. Every port that is open to
    the world hears that all day, it is answered with 400, and the trace would be long."""
    lost = record.exc_info[1] if record.exc_info else None
    return not isinstance(lost, HttpProcessingError | RequestPayloadError)


def listen(level: int, form: str = "plain", secrets: Iterable[str] = ()) -> None:
    """Log to standard error from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json(secrets) if form == "json" else Careful(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    logging.getLogger("aiohttp.server").addFilter(matters)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, level))
