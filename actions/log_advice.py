"""What is said about a log before it is handed in: hints to the writer, flags for the teacher (LOG-15)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from chat.messages import Lines, Say, lines, say
from rules import log_checks
from rules.log_checks import COPIED, EMPTY, LONG, PARTS, PRIVATE, SHORT, Alike, Copy, chars, prints
from rules.settings_talk import Log as Numbers
from storage import logs
from storage.logs import Log
from storage.tx import Tx

__all__ = ["about_text", "alike", "alike_to", "chars", "flag_line", "hint_lines", "prints"]

HINTS = {
    SHORT: "logs-hint-short", PARTS: "logs-hint-parts", COPIED: "logs-hint-copied", PRIVATE: "logs-hint-private",
    EMPTY: "logs-hint-empty", LONG: "logs-hint-long",
}  # fmt: skip
FLAGS = {
    SHORT: "logs-flag-short", PARTS: "logs-flag-parts", COPIED: "logs-flag-copied", PRIVATE: "logs-flag-private",
    EMPTY: "logs-flag-empty", LONG: "logs-flag-long",
}  # fmt: skip


def about_text(text: str, slots: Iterable[str], numbers: Numbers, *, media: bool = False) -> tuple[str, ...]:
    """Hints about the text; what is told in a voice note or a film is not measured by its letters."""
    found = log_checks.advice(text, slots, numbers)
    return tuple(h for h in found if not (media and h in (SHORT, PARTS, EMPTY)))


async def alike(tx: Tx, log: Log, text: str, at: datetime, numbers: Numbers) -> tuple[str, ...]:
    """`copied` where somebody of the class, or the writer on another day, handed in nearly the same before."""
    return (COPIED,) if await alike_to(tx, log, text, at, numbers) is not None else ()


async def alike_to(tx: Tx, log: Log, text: str, at: datetime, numbers: Numbers) -> Log | None:
    """The earlier log that a text is nearly the same as; the earlier of two is never flagged."""
    look = Alike(text, numbers.copy_threshold)
    if not look.mine.grams:
        return None
    since = at
    for other in await logs.prints_of(tx, log.cohort_id, look.sizes, log.id):
        if not look.may_be(Copy(other.grams, other.sketch)):
            continue
        found = await logs.get(tx, other.id)
        if found is None or log_checks.similarity(text, found.text) < numbers.copy_threshold:
            continue
        since = min(since, await _first_time(tx, log, text, since, numbers))
        if found.handed_at and await _first_time(tx, found, found.text, found.handed_at, numbers) < since:
            return found
    return None


async def _first_time(tx: Tx, log: Log, text: str, otherwise: datetime, numbers: Numbers) -> datetime:
    """When somebody first handed this text in, or nearly this."""
    for version in await logs.versions_of(tx, log.id):
        if log_checks.similarity(text, version.body) >= numbers.copy_threshold:
            return version.at
    return otherwise


def hint_lines(hints: Iterable[str], count: int, numbers: Numbers) -> Lines:
    """The hints to the writer, a line each; nobody is told whose text it is like."""
    return lines(*(_hint(h, count, numbers) for h in hints))


def _hint(hint: str, count: int, numbers: Numbers) -> Say:
    return say(HINTS[hint], count=str(count), least=str(numbers.min_chars), most=str(numbers.max_chars))


def flag_line(flags: Iterable[str]) -> Say | None:
    """The flags as the teacher sees them."""
    found = [say(FLAGS[f]) for f in flags if f in FLAGS]
    return say("logs-flags", flags=found) if found else None
