"""One person's turn in the talk, and the tables that say which handler takes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Any, Generic, TypeVar

from msgspec import Struct, field

from chat.events import Event, number_of
from chat.messages import Reply

Tx = TypeVar("Tx")
Me = TypeVar("Me")


class Talk(Struct, frozen=True):
    """Where somebody's talk stands: the step that the next free text belongs to, and what it needs to know."""

    step: str = ""
    memo: dict[str, Any] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """A number that it remembers; 0 for whatever is none, which is nobody's id: an older version wrote it."""
        return number_of(str(self.memo.get(name, "")))

    def word(self, name: str) -> str:
        """A text that it remembers; "" for whatever is none."""
        found = self.memo.get(name)
        return found if isinstance(found, str) else ""

    def moment(self, name: str) -> datetime | None:
        """A time that it remembers."""
        try:
            found = datetime.fromisoformat(self.word(name))
        except ValueError:
            return None
        return found if found.tzinfo else None


class Turn(Struct, Generic[Tx, Me], frozen=True):
    """All that a handler may know: the open transaction, who speaks, where the talk stands, the event, the time."""

    tx: Tx
    me: Me
    talk: Talk
    event: Event
    now: datetime


Handler = Callable[[Any, Any], Awaitable[Reply | None]]


class Route(Struct, frozen=True):
    """One way into a handler. `key` is unique in the whole house (`/x`, `word:x`, `tap:x`, `step:x`)."""

    key: str
    handler: Handler
    who: frozenset[str]
    about: str = ""


def on_command(name: str, handler: Handler, *, who: Iterable[str], about: str) -> Route:
    """A `/command`; `about` is its line in the menu and in the documents."""
    return Route(f"/{name}", handler, frozenset(who), about)


def on_word(key: str, handler: Handler, *, who: Iterable[str], about: str = "") -> Route:
    """A word of the reply keyboard, by its text id; the attribute `.also` of the text lists synonyms."""
    return Route(f"word:{key}", handler, frozenset(who), about)


def on_tap(verb: str, handler: Handler, *, who: Iterable[str]) -> Route:
    """A button under a message, by its verb."""
    return Route(f"tap:{verb}", handler, frozenset(who))


def on_step(step: str, handler: Handler, *, who: Iterable[str]) -> Route:
    """Free text or media, while the talk waits at this step."""
    return Route(f"step:{step}", handler, frozenset(who))


def on_kind(kind: str, handler: Handler, *, who: Iterable[str]) -> Route:
    """Something that is no talk: `digits`, `blocked`, `unblocked`, `joined`, `document`, `text` (the rest)."""
    return Route(f"kind:{kind}", handler, frozenset(who))


def table(*features: Iterable[Route]) -> dict[str, Route]:
    """Put the features' routes into one table; a key used twice is an error at start."""
    routes: dict[str, Route] = {}
    for route in (r for feature in features for r in feature):
        if route.key in routes:
            raise ValueError(f"two routes for {route.key}: {routes[route.key].handler} and {route.handler}")
        routes[route.key] = route
    return routes
